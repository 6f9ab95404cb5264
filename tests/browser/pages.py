"""What a written site holds, found by looking: its pages, their kinds, the pages that a reader opens first."""

import re
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote

KIND = re.compile(r'<body[^>]*\b(?:data-kind="|class="page-)([a-z0-9-]+)')
OFFICIAL = 'class="ledger official'


@cache
def all_pages(site: Path) -> tuple[str, ...]:
    return tuple(sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html")))


@cache
def text(site: Path, page: str) -> str:
    return (site / page).read_text(encoding="utf-8")


def kind(site: Path, page: str) -> str:
    """What the theme calls the page, and whether it holds an official table, which scrolls and has a frame of its own."""
    found = KIND.search(text(site, page))
    assert found, f"{page}: <body> does not say its kind"
    return found[1] + ("-official" if OFFICIAL in text(site, page) else "")


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


def dead_figures(html: str) -> list[str]:
    """Figure links whose place is not on the page, by the browser's rule: the address as written, else decoded."""
    ids = {unescape(found) for found in re.findall(r'\sid="([^"]*)"', html)}
    dead = []
    for href in dict.fromkeys(re.findall(r'<a class="fact" href="#([^"]*)"', html)):
        address = quote(unescape(href), safe="%!#$&'()*+,/:;=?@[]~")
        if address not in ids and unquote(address) not in ids:
            dead.append(href)
    return dead
