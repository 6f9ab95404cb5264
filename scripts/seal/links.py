"""Where links lead: inside the site to a written file and an id that exists, never to another host."""

import posixpath
import re
from collections.abc import Collection, Mapping
from urllib.parse import unquote

from scripts.problems import Problem, problem
from scripts.seal.marks import Page

CONTACT = ("tel:", "sms:", "mailto:")
_SCHEME = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:|//)")
_ELSEWHERE = re.compile(rb"""(?:url\(\s*["']?|@import\s+["']?)\s*((?:[a-z]+:)?//[^"')\s]*)""", re.I)


def resolve(path: str, target: str) -> tuple[str, str]:
    """(file, fragment) that a relative address on a page leads to; the file of "#part" is the page itself."""
    address, _, fragment = target.partition("#")
    address = unquote(address.partition("?")[0])
    if not address:
        return path, unquote(fragment)
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), address)), unquote(fragment)


def external(page: Page) -> list[Problem]:
    """Addresses with a scheme or host, or from the root of a host (the site also works from a folder)."""
    return [
        problem("seal-external", file=page.path, row=page.line(position), target=target)
        for target, position in page.links
        if (_SCHEME.match(target) or target.startswith("/")) and not target.startswith(CONTACT)
    ]


def internal(page: Page) -> list[tuple[str, str, str]]:
    """(as written, file, fragment) of the links within the site that the page cannot settle alone."""
    within = {target for target, _ in page.links if not _SCHEME.match(target) and not target.startswith("/")}
    resolved = [(target, *resolve(page.path, target)) for target in sorted(within)]
    return [each for each in resolved if each[1] != page.path or not _there(each[0], each[2], page.ids)]


def dangling(path: str, links: list, files: frozenset[str], ids: Mapping[str, Collection[str]]) -> list[Problem]:
    """Links of one page to files or ids that are not there."""
    return [
        problem("seal-link", file=path, target=target)
        for target, file, fragment in links
        if file not in files or not _there(target, fragment, ids.get(file, ()))
    ]


def _there(target: str, fragment: str, ids: Collection[str]) -> bool:
    """An id may itself hold percent signs: browsers look for the fragment as written first, then decoded."""
    return not fragment or fragment in ids or target.partition("#")[2] in ids


def style_sheet(path: str, content: bytes) -> list[Problem]:
    """What a style sheet or drawing would fetch from elsewhere."""
    found = (target.decode("utf-8", "replace") for target in _ELSEWHERE.findall(content))
    return [problem("seal-external", file=path, target=target) for target in found]
