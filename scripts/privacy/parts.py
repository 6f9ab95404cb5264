"""What a file says, whatever its kind: rows of cells, and all other text in it, hidden or not."""

import csv
import html
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from scripts.privacy import spots
from scripts.workbooks import markup, packing
from scripts.workbooks.found import Refused

LIMIT_BYTES = 50_000_000  # of a file that is no workbook; a workbook has the limits of its reader
BINARY = {".bin", ".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf"}
SHEET = re.compile(r"<(?:\w+:)?sheet\b[^>]*?\bname=\"([^\"]*)\"[^>]*?\b\w+:id=\"([^\"]*)\"")
RELATION = re.compile(r"<Relationship\b[^>]*>")
STRING = re.compile(r"<(?:\w+:)?si\b[^>]*(?<!/)>(.*?)</(?:\w+:)?si>", re.DOTALL)
CELL = re.compile(r"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
PLACE = re.compile(r"\br=\"([A-Z]{1,3})([0-9]{1,7})\"")
TEXT = re.compile(r"<(?:\w+:)?(?:t|v)\b[^>]*(?<!/)>(.*?)</(?:\w+:)?(?:t|v)>", re.DOTALL)
# A tag whose attribute holds a ">": it would be taken to end there, and its partner be looked for to the end of the part.
OPEN = re.compile(r"""<(?:\w+:)?(?:c|si|t|v)\s[^<>]*=\s*(?:"[^"<>]*|'[^'<>]*)>""")


class Unscanned(Exception):
    """Too large, or not what its name says."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: number that Excel shows -> cells."""

    sheet: str
    cells: dict[int, list[str]] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Words:
    """Any other text. `member`: the part of a workbook that it is, "" of any other file; `sheet`: the sheet that the part belongs to."""

    sheet: str
    text: str = field(repr=False)
    member: str = ""


def parts(path: Path) -> Iterator[Rows | Words]:
    """Everything that a file says. Unscanned when that cannot be known."""
    if path.stat().st_size > LIMIT_BYTES:
        raise Unscanned
    raw = path.read_bytes()
    if raw[:2] == b"PK":
        yield from _workbook(raw)
    elif path.suffix.lower() == ".csv":
        yield _table(decoded(raw))
    else:
        yield Words("", decoded(raw))


def decoded(raw: bytes) -> str:
    """As text in any coding that a clerk's program may write; what cannot be read is put aside sign by sign."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    for coding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(coding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def _table(text: str) -> Rows | Words:
    try:
        return Rows("", dict(enumerate(csv.reader(io.StringIO(text, newline="")), start=1)))
    except csv.Error:
        return Words("", text)


def _workbook(raw: bytes) -> Iterator[Rows | Words]:
    """The cells of every sheet, hidden ones too, and each part as it stands: comments, names, properties, styles."""
    members = unpacked(raw)
    strings = ["".join(TEXT.findall(each)) for each in STRING.findall(members.get("xl/sharedStrings.xml", ""))]
    names = _sheet_names(members)
    for member, text in members.items():
        if member.startswith("xl/worksheets/") and member.endswith(".xml"):
            yield Rows(names.get(member, member), _cells(text, strings))
    yield from (Words(spots.sheet_of(member, members, names), f"{member}\n{text}", member) for member, text in members.items())


def unpacked(raw: bytes) -> dict[str, str]:
    """The parts of a workbook as text, pictures and programs left out: never more than was declared, never what readers take differently."""
    try:
        members = packing.unpack(raw)
        markup.check(members)
    except Refused as wrong:
        raise Unscanned from wrong
    texts = {name: "" if Path(name).suffix.lower() in BINARY else decoded(content) for name, content in members.items()}
    if any(OPEN.search(text) for text in texts.values()):
        raise Unscanned
    return texts


def _sheet_names(members: dict[str, str]) -> dict[str, str]:
    targets = {}
    for each in RELATION.findall(members.get("xl/_rels/workbook.xml.rels", "")):
        told = dict(re.findall(r'\b(Id|Target)="([^"]*)"', each))
        targets[told.get("Id", "")] = "xl/" + told.get("Target", "").removeprefix("/xl/")
    return {targets.get(key, ""): html.unescape(name) for name, key in SHEET.findall(members.get("xl/workbook.xml", ""))}


def _cells(text: str, strings: list[str]) -> dict[int, list[str]]:
    rows: dict[int, dict[int, str]] = {}
    for told, inside in CELL.findall(text):
        place = PLACE.search(told)
        said = "".join(TEXT.findall(inside))
        if 't="s"' in told and said.isdigit():
            said = strings[int(said)] if int(said) < len(strings) else ""
        if place and said:
            rows.setdefault(int(place[2]), {})[_number(place[1])] = html.unescape(said)
    return {row: [cells.get(n, "") for n in range(max(cells) + 1)] for row, cells in sorted(rows.items())}


def letters(number: int) -> str:
    """0 -> A, 26 -> AA: what Excel calls a column."""
    return (letters(number // 26 - 1) if number > 25 else "") + chr(65 + number % 26)


def _number(letters: str) -> int:
    """A -> 0, AA -> 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
