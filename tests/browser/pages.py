"""What a written site holds, found by looking: its pages, their kinds, the pages that a reader opens first."""

import posixpath
import re
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote

KIND = re.compile(r'<body[^>]*\b(?:data-kind="|class="page-)([a-z0-9-]+)')
HOW = "how/index.html"  # how the figures of the page above were come by
OFFICIAL = 'class="ledger official'


@cache
def all_pages(site: Path) -> tuple[str, ...]:
    return tuple(sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html")))


@cache
def text(site: Path, page: str) -> str:
    return (site / page).read_text(encoding="utf-8")


def kind(site: Path, page: str) -> str:
    """What the theme calls the page, whether it derives another page's figures, and whether it holds an official table, which scrolls and has a frame of its own."""
    found = KIND.search(text(site, page))
    assert found, f"{page}: <body> does not say its kind"
    name = "how" if page.endswith(HOW) else found[1]
    return name + ("-official" if OFFICIAL in text(site, page) else "")


@cache
def richest_of_each_kind(site: Path) -> dict[str, str]:
    """Kind -> its page with the most different things on it, the smallest of equals: it stands for the others."""
    ranked = sorted(all_pages(site), key=lambda page: (len(things(text(site, page))), -len(text(site, page)), page))
    return {kind(site, page): page for page in ranked}


def things(html: str) -> set[str]:
    """The elements and classes that a page is made of."""
    return {name for names in re.findall(r'class="([^"]*)"', html) for name in names.split()} | set(re.findall(r"<(\w+)", html))


def landmarks(site: Path) -> dict[str, str]:
    """The home page, the newest year of execution that is over, one of its projects, the official table of expenditure."""
    year = max(p for p in all_pages(site) if re.fullmatch(r"execution/\d{4}/index.html", p))
    whole = max((p for p in all_pages(site) if re.fullmatch(r"final-accounts/\d{4}/index.html", p)), default=year)
    number = whole.split("/")[1]
    projects = [p for p in all_pages(site) if p.startswith(f"projects/{number}/") and kind(site, p).startswith("entity")]
    tables = [p for p in all_pages(site) if p.startswith("final-accounts/") and p.endswith("/expenditure/index.html")]
    return {"home": "index.html", "year": f"execution/{number}/index.html", "project": max(projects), "official table": max(tables)}


@cache
def ids(site: Path, page: str) -> frozenset[str]:
    return frozenset(unescape(found) for found in re.findall(r'\sid="([^"]*)"', text(site, page)))


def dead_figures(site: Path, page: str) -> list[str]:
    """Figure links that lead nowhere, by the browser's rule: the place as the address spells it, else decoded."""
    dead = []
    for href in dict.fromkeys(re.findall(r'<a class="fact" href="([^"]*)"', text(site, page))):
        where, _, place = unescape(href).partition("#")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(where))) if where else page
        spelt = quote(place, safe="%!#$&'()*+,/:;=?@[]~")
        if target not in all_pages(site) or not {spelt, unquote(spelt)} & ids(site, target):
            dead.append(href)
    return dead
