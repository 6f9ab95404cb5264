"""The tags and texts of a page, read strictly: what this reader does not understand is a problem, never skipped."""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from itertools import zip_longest

from scripts.seal.words import RUN

_TOKEN = re.compile(  # whole, /, name, attributes, /
    r"""(<(?:(/?)([A-Za-z][A-Za-z0-9:-]*)((?:\s+[^\s"'<>/=]+(?:=(?:"[^"]*"|'[^']*'|[^\s"'<>=`]+))?)*)\s*(/?)>"""
    r"""|!--(?!-?>)(?:(?!--).)*-->|!(?i:doctype)[^>]*>))""",  # browsers end other comments earlier
    re.S,
)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:=(?:"([^"]*)"|'([^']*)'|([^\s"'<>=`]+)))?""")
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
ROLES = {
    name: role
    for role, names in {
        "link": "href src xlink:href action formaction poster data srcset cite ping background manifest",
        "spoken": "alt title placeholder label abbr summary data-label aria-label aria-description aria-valuetext "
        "aria-valuenow aria-roledescription aria-placeholder value content",
        "reference": "aria-labelledby aria-describedby aria-controls aria-owns aria-details for headers list",
    }.items()
    for name in names.split()
}
VALUED = frozenset(("input", "button", "option", "meter", "progress"))
MARKS = {
    "data-fact": "fact", "datetime": "date", "data-code": "code", "data-source": "quotation", "data-text": "text",
    "data-origin": "origin", "data-bytes": "size", "data-label": "label", "data-axis": "axis",
}  # fmt: skip
# Browsers read what stands in these otherwise than this reader does.
FOREIGN = frozenset("base embed frame iframe noembed object plaintext template textarea xmp".split())
START, END, EMPTY, TEXT, WRONG = range(5)


class Attributes(dict):
    """Attributes of one tag, and what matters of them to the seal, found once for all tags that spell them alike.

    `marks`: digit classes claimed; `spoken`: (name, value) that people meet and that hold digits; `plain`: nothing.
    """

    __slots__ = ("marks", "spoken", "links", "references", "forbidden", "plain")


NONE = Attributes()
NONE.marks, NONE.spoken, NONE.links, NONE.references, NONE.forbidden, NONE.plain = (), (), (), (), "", True
Event = tuple[int, str, Attributes, int]


def events(page: str) -> Iterator[Event]:
    """(START | EMPTY, tag, attributes, position), (END, tag, …), (TEXT, text, …), (WRONG, markup not understood, …)."""
    at = 0
    parts = iter(_TOKEN.split(page))
    for text, token, close, name, raw, closed in zip_longest(parts, parts, parts, parts, parts, parts):
        if text:
            yield WRONG if "<" in text else TEXT, unescape(text) if "&" in text else text, NONE, at
            at += len(text)
        if name is not None:
            name = name.lower()
            if close:
                yield END, name, NONE, at
            else:
                yield EMPTY if closed or name in VOID else START, name, attributes(name, raw) if raw else NONE, at
        at += len(token or "")


@lru_cache(maxsize=8192)
def attributes(tag: str, raw: str) -> Attributes:
    """Names in lower case; a name given twice keeps its first value, as browsers do."""
    found, roles = Attributes(), {"mark": [], "spoken": [], "link": [], "reference": []}
    found.forbidden = ""
    for name, double, single, bare in _ATTRIBUTE.findall(raw):
        name, value = name.lower(), double or single or bare
        if name in found:
            continue
        found[name] = value = unescape(value) if "&" in value else value
        if name in MARKS:
            roles["mark"].append(MARKS[name])
        if name in ROLES:
            roles[ROLES[name]].append((name, value))
        elif name == "style" or name.startswith("on"):
            found.forbidden = "style" if name == "style" else "script"
    found.marks, found.links = tuple(roles["mark"]), tuple(roles["link"])
    found.spoken = tuple(each for each in roles["spoken"] if RUN.search(each[1]) and _spoken(tag, each[0], found))
    found.references = tuple(id_ for _, value in roles["reference"] for id_ in value.split())
    found.plain = not (any(roles.values()) or found.forbidden or "id" in found)
    return found


def _spoken(tag: str, name: str, found: Attributes) -> bool:
    """Values only of controls, content only of a meta element that is meant for people."""
    if name == "content":
        about = found.get("name") or found.get("property") or ""
        return about in ("description", "author", "keywords") or about.startswith(("og:", "twitter:"))
    return name != "value" or tag in VALUED


def line_of(page: str, position: int) -> int:
    return page.count("\n", 0, position) + 1
