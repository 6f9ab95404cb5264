"""Reads a written workbook back from its own XML, and refuses one that holds more than a sheet of texts and numbers."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from xml.etree import ElementTree as ET

PARTS = frozenset(
    """[Content_Types].xml _rels/.rels docProps/app.xml docProps/core.xml xl/_rels/workbook.xml.rels xl/sharedStrings.xml xl/styles.xml
    xl/theme/theme1.xml xl/workbook.xml xl/worksheets/sheet1.xml""".split()
)
SHEET = frozenset("worksheet dimension sheetViews sheetView pane selection sheetFormatPr cols col sheetData row c v pageMargins".split())
BOOK = frozenset("workbook fileVersion workbookPr bookViews workbookView sheets sheet calcPr".split())
TARGETS = frozenset("worksheets/sheet1.xml theme/theme1.xml styles.xml sharedStrings.xml".split())
BUILT_IN = {3: "#,##0", 4: "#,##0.00"}  # formats that every workbook knows by number
MADE, ZIP_MADE = "1980-01-01T00:00:00Z", (1980, 1, 1, 0, 0, 0)
_xml = lru_cache(maxsize=16)(ET.fromstring)  # all but two parts of the workbooks of a site are the same
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]*)")
_FORMAT = re.compile(r"#,##0(?:\.(0+))?")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Written:
    """What a cell says, a number as its format shows it, without the grouping."""

    text: str
    number: bool = False


def read(content: bytes) -> dict[tuple[int, int], Written]:
    """The cells by row and column, both from 1. ValueError names what does not belong in such a workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            _members(book)
            parts = {name: _xml(book.read(name)) for name in PARTS}
        _plain(parts)
        return _cells(parts)
    except (zipfile.BadZipFile, zlib.error, ET.ParseError, LookupError, TypeError, StopIteration, RuntimeError) as wrong:
        raise ValueError(str(wrong) or type(wrong).__name__) from wrong


def _members(book: zipfile.ZipFile) -> None:
    """Exactly the parts of such a workbook, each once, none with a time or a remark."""
    members = book.infolist()
    strange = sorted({each.filename for each in members} ^ PARTS) + [each.filename for each in members if each.extra or each.comment]
    strange += [each.filename for each in members if each.date_time != ZIP_MADE]
    if strange or len(members) != len(PARTS) or book.comment:
        raise ValueError(strange[0] if strange else "zip")


def _cells(parts: dict[str, ET.Element]) -> dict[tuple[int, int], Written]:
    texts = [_text(each) for each in parts["xl/sharedStrings.xml"]]
    places = _places(parts["xl/styles.xml"])
    found: dict[tuple[int, int], Written] = {}
    for cell in parts["xl/worksheets/sheet1.xml"].iter():
        if _tag(cell) == "c":
            place = _place(cell.get("r", ""))
            if place in found:
                raise ValueError(cell.get("r"))
            found[place] = _written(cell, texts, places)
    return found


def _plain(parts: dict[str, ET.Element]) -> None:
    """One visible sheet of values: no formula, link, comment or hidden row; nobody's name, no date but the fixed one."""
    sheet, book = parts["xl/worksheets/sheet1.xml"], parts["xl/workbook.xml"]
    for root, allowed in ((sheet, SHEET), (book, BOOK)):
        for element in root.iter():
            if _tag(element) not in allowed or {"hidden", "state"} & element.attrib.keys() and _tag(element) != "pane":
                raise ValueError(_tag(element))
    if sum(_tag(element) == "sheet" for element in book.iter()) != 1:
        raise ValueError("sheet")
    for link in parts["xl/_rels/workbook.xml.rels"]:
        if link.get("TargetMode") or link.get("Target") not in TARGETS:
            raise ValueError(link.get("Target") or "Target")
    for element in (*parts["docProps/core.xml"].iter(), *parts["docProps/app.xml"].iter()):
        wanted = {"created": MADE, "modified": MADE, "creator": None, "lastModifiedBy": None, "Company": None}
        if element.text != wanted.get(_tag(element), element.text):
            raise ValueError(_tag(element))


def _places(styles: ET.Element) -> list[int | None]:
    """Of each cell format, how many decimals it shows; None where it is no format of numbers."""
    codes = dict(BUILT_IN)
    codes |= {int(each.get("numFmtId")): each.get("formatCode") for each in styles.iter() if _tag(each) == "numFmt"}
    cells = next(each for each in styles if _tag(each) == "cellXfs")
    found = [_FORMAT.fullmatch(codes.get(int(each.get("numFmtId")), "")) for each in cells]
    return [len(each[1] or "") if each else None for each in found]


def _written(cell: ET.Element, texts: list[str], places: list[int | None]) -> Written:
    value = "".join(cell.itertext())
    if cell.get("t") == "s":
        return Written(texts[int(value)])
    shown = places[int(cell.get("s", "0"))]
    if cell.get("t") or shown is None:
        raise ValueError(cell.get("r"))
    number = Decimal(repr(float(value)))
    return Written(f"{number:.{shown}f}" if number == round(number, shown) else f"{number:f}", True)


@lru_cache(maxsize=4096)
def _place(name: str) -> tuple[int, int]:
    """"AB12" -> (12, 28)."""
    found = _PLACE.fullmatch(name)
    if not found:
        raise ValueError(name)
    letters, row = found.groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(row), column


def _text(element: ET.Element) -> str:
    """A text, in one piece or in several; signs that XML cannot hold are spelt out within a piece."""
    pieces = (each.text or "" for each in element.iter() if _tag(each) == "t")
    return "".join(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), piece) for piece in pieces)


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]
