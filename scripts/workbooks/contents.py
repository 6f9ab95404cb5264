"""workbook.xml, styles and shared strings: what must be known before a sheet is walked."""

import re
from dataclasses import dataclass, field

from scripts.workbooks import formats, markup, package
from scripts.workbooks.found import Findings, Refused

VISIBLE = ("", "visible")
WORKSHEET = "worksheet"
ESCAPE = re.compile("_x[0-9A-Fa-f]{4}_")


@dataclass(frozen=True, slots=True)
class Tab:
    """One sheet of the workbook. `part`: its name in the package; `kind`: worksheet, chartsheet …"""

    name: str
    visible: bool
    part: str
    kind: str


@dataclass(slots=True)
class Contents:
    """`lengths` of the shared strings, 0 for one of spaces; `escaped`: those that spell a sign as _x000D_; `formats`: of each cell style, id and code."""

    tabs: list[Tab] = field(default_factory=list)
    epoch_1904: bool = False
    formats: list[tuple[int, str]] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)
    escaped: set[int] = field(default_factory=set)


def read(members: dict[str, bytes], found: Findings, *, strict: bool) -> Contents:
    """Refused when a part that is named is not there."""
    told = Contents()
    by_name = {name.casefold(): name for name in members}
    part = next((each.target for each in package.of(members, "").values() if each.kind == "officeDocument"), "")
    part = by_name.get(part.casefold(), "")
    if part.casefold() != "xl/workbook.xml":
        raise Refused("workbook-damaged", detail="xl/workbook.xml")
    linked = package.of(members, part)
    _workbook(members, part, linked, by_name, told, found)
    for each in linked.values():
        name = by_name.get(each.target.casefold())
        if name and each.kind == "styles":
            _styles(name, members[name], told)
        elif name and each.kind == "sharedStrings":
            _strings(name, members[name], told)
    if strict and told.epoch_1904:
        found.add("workbook-epoch")
    return told


def _workbook(members: dict[str, bytes], part: str, linked: dict[str, package.Relation], by_name: dict[str, str], told: Contents, found: Findings) -> None:
    names: list[str] = []
    inside: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            relation = linked.get(markup.attribute(attributes, "id"))
            target = by_name.get(relation.target.casefold(), "") if relation else ""
            if not target or attributes.get("name", "").casefold() in {each.name.casefold() for each in told.tabs}:
                raise Refused("workbook-damaged", detail=attributes.get("name", ""))
            visible = attributes.get("state", "").strip() in VISIBLE
            told.tabs.append(Tab(attributes["name"], visible, target, relation.kind))
        elif tag == "workbookPr":
            told.epoch_1904 = markup.truth(attributes.get("date1904", ""))
        elif tag == "definedName":
            inside[:] = [attributes.get("name", "")]
            names.append("")
            if any(markup.truth(attributes.get(each, "")) for each in ("xlm", "vbProcedure", "function")) or "auto_" in inside[0].lower():
                found.add("workbook-macro", detail=inside[0])

    def text(said: str) -> None:
        if inside:
            names[-1] += said

    def end(tag: str) -> None:
        if tag == "definedName":
            if package.OUTWARD.search(names[-1]):
                found.add("workbook-external", detail=f"{inside[0]} = {names[-1]}")
            inside.clear()

    markup.walk(part, members[part], start, end, text)
    if not told.tabs:
        raise Refused("workbook-no-sheet")


def _styles(name: str, content: bytes, told: Contents) -> None:
    custom: dict[int, str] = {}
    within: list[str] = []
    numbers: list[int] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        within.append(tag)
        if tag == "numFmt" and within[-2:-1] == ["numFmts"]:
            custom[_whole(attributes.get("numFmtId", ""), name)] = attributes.get("formatCode", "")
        elif tag == "xf" and within[-2:-1] == ["cellXfs"]:
            numbers.append(_whole(attributes.get("numFmtId", "0"), name))

    markup.walk(name, content, start, lambda _: within.pop())
    told.formats = [(number, formats.code(number, custom)) for number in numbers]


def _strings(name: str, content: bytes, told: Contents) -> None:
    within: list[str] = []
    current: list[str] = []

    def start(tag: str, _: dict[str, str]) -> None:
        within.append(tag)
        if tag == "si":
            current.clear()

    def text(said: str) -> None:
        if within[-1] == "t" and "rPh" not in within:
            current.append(said)

    def end(tag: str) -> None:
        within.pop()
        if tag == "si":
            said = "".join(current)
            if ESCAPE.search(said):
                told.escaped.add(len(told.lengths))
            told.lengths.append(len(said) if said.strip() else 0)

    markup.walk(name, content, start, end, text)


def _whole(text: str, name: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Refused("workbook-damaged", detail=name)
    return int(text)
