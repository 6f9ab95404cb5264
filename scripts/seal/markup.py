"""The tags and texts of a page, read strictly: what this reader does not understand is a problem, never skipped."""

import html
import re
from collections.abc import Iterator
from functools import lru_cache

from scripts.seal.words import RUN

_TOKEN = re.compile(
    r"""<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9:-]*)"""
    r"""(?P<attributes>(?:\s+[^\s"'<>/=]+(?:=(?:"[^"]*"|'[^']*'|[^\s"'<>=`]+))?)*)\s*(?P<self>/?)>"""
    r"""|<!--.*?-->|<!(?i:doctype)[^>]*>""",
    re.S,
)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:=(?:"([^"]*)"|'([^']*)'|([^\s"'<>=`]+)))?""")
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
LINKS = frozenset("href src xlink:href action formaction poster data srcset cite ping background manifest".split())
SPOKEN = frozenset(
    "alt title placeholder label abbr summary data-label aria-label aria-description aria-valuetext aria-valuenow "
    "aria-roledescription aria-placeholder".split()
)
VALUED = frozenset(("input", "button", "option", "meter", "progress"))
REFERENCES = frozenset("aria-labelledby aria-describedby aria-controls aria-owns aria-details for headers list".split())
MARKS = {
    "data-fact": "fact", "datetime": "date", "data-code": "code", "data-source": "quotation", "data-text": "text",
    "data-origin": "origin", "data-bytes": "size", "data-label": "label", "data-axis": "axis",
}  # fmt: skip
START, END, EMPTY, TEXT, WRONG = range(5)


class Attributes(dict):
    """Attributes of one tag, and what matters of them to the seal, found once for all tags that spell them alike.

    `marks`: digit classes claimed; `spoken`: (name, value) that a reader meets and that hold digits.
    """

    __slots__ = ("marks", "spoken", "links", "references", "forbidden")


NONE = Attributes()
NONE.marks, NONE.spoken, NONE.links, NONE.references, NONE.forbidden = (), (), (), (), ""
Event = tuple[int, str, Attributes, int]


def events(page: str) -> Iterator[Event]:
    """(START | EMPTY, tag, attributes, position), (END, tag, …), (TEXT, text, …), (WRONG, markup not understood, …)."""
    at = 0
    for token in _TOKEN.finditer(page):
        start = token.start()
        if start > at:
            yield _text(page, at, start)
        at = token.end()
        close, name, raw, closed = token.groups()
        if name is None:
            continue
        if close:
            yield END, name, NONE, start
        else:
            yield EMPTY if closed or name in VOID else START, name, attributes(name, raw) if raw else NONE, start
    if at < len(page):
        yield _text(page, at, len(page))


def _text(page: str, start: int, end: int) -> Event:
    text = page[start:end]
    return (WRONG if "<" in text else TEXT), html.unescape(text) if "&" in text else text, NONE, start


@lru_cache(maxsize=8192)
def attributes(tag: str, raw: str) -> Attributes:
    """Names in lower case; a name given twice keeps its first value, as browsers do."""
    found = Attributes()
    for name, double, single, bare in _ATTRIBUTE.findall(raw):
        found.setdefault(name.lower(), html.unescape(double or single or bare))
    found.marks = tuple(MARKS[name] for name in found if name in MARKS)
    found.spoken = tuple(
        (name, value)
        for name, value in found.items()
        if (name in SPOKEN or (name == "value" and tag in VALUED) or (name == "content" and _described(found)))
        and RUN.search(value)
    )
    found.links = tuple((name, value) for name, value in found.items() if name in LINKS)
    found.references = tuple(id_ for name, value in found.items() if name in REFERENCES for id_ in value.split())
    found.forbidden = "style" if "style" in found else "script" if any(name.startswith("on") for name in found) else ""
    return found


def _described(meta: Attributes) -> bool:
    """Whether a meta element's content is meant for people."""
    name = meta.get("name") or meta.get("property") or ""
    return name in ("description", "author", "keywords") or name.startswith(("og:", "twitter:"))


def line_of(page: str, position: int) -> int:
    return page.count("\n", 0, position) + 1
