"""The reader of downloads: a workbook or a CSV that says anything but what its facts say, or holds more than a table, is found."""

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import load_workbook

from scripts import grids
from scripts.cells import Origin
from scripts.facts import Fact, Facts, Unit
from scripts.grids import Entry
from scripts.seal.downloads import judge_download
from tests import built

HERE = Origin("execution/2025/lines.csv", "", 2, "累计执行数(元)")
FACTS = Facts(
    [
        Fact("spent", "执行", 96_000_050, Unit.FEN, printed="960000.50", scale="yuan", origin=HERE),
        Fact("less", "差", -120_050, Unit.FEN, scale="yuan", operation="difference"),
        Fact("huge", "多", 12_345_678_901_234_567, Unit.FEN, scale="yuan", operation="sum"),
        Fact("served", "人数", 48, Unit.PERSONS, operation="count"),
    ]
)
TABLE = [
    [Entry("名称"), Entry("执行数(元)"), Entry("人数")],
    [Entry("残疾人康复"), Entry("960000.50", "spent"), Entry("48", "served")],
    [Entry("=1+1"), Entry("-1200.50", "less"), Entry("")],
    [Entry("多"), Entry("123456789012345.67", "huge"), Entry("未公布")],
]
MEANINGS = [[entry.meaning for entry in line] for line in TABLE]
BOOK, CSV = grids.xlsx_bytes("表", TABLE), grids.csv_bytes(TABLE)


def found(path: str, content: bytes, meanings: list[list[str]] | None = None) -> list[tuple[str, int | None, str]]:
    return [(each.kind, each.row, each.column) for each in judge_download(path, content, meanings or MEANINGS, FACTS)]


def test_what_was_written_is_what_was_meant():
    assert found("a.xlsx", BOOK) == [] and found("a.csv", CSV) == []


# ---- workbooks


def changed(part: str, old: str, new: str, times: int = 1) -> bytes:
    """The workbook with one part's text changed, else the same to the byte."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as before, zipfile.ZipFile(out, "w") as after:
        for member in before.infolist():
            text = before.read(member).decode("utf-8")
            if member.filename == part:
                assert text.count(old) >= 1, text
                text = text.replace(old, new, times)
            after.writestr(member, text)
    return out.getvalue()


SHEET, STRINGS, BOOKS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (changed(SHEET, "<v>960000.5</v>", "<v>960000.51</v>"), [("seal-download", 2, "执行数(元)")]),
        (changed(SHEET, "<v>960000.5</v>", "<v>960000.500000001</v>"), [("seal-download", 2, "执行数(元)")]),  # beyond what the format shows
        (changed(SHEET, "<v>-1200.5</v>", "<v>1200.5</v>"), [("seal-download", 3, "执行数(元)")]),
        (changed(SHEET, "<v>48</v>", "<v>49</v>"), [("seal-download", 2, "人数")]),
        (changed(STRINGS, "残疾人康复", "残疾人就业"), [("seal-download", 2, "名称")]),
        (changed(STRINGS, "=1+1", "=1+2"), [("seal-download", 3, "名称")]),
        (changed(STRINGS, "123456789012345.67", "123456789012345.68"), [("seal-download", 4, "执行数(元)")]),
        (changed(SHEET, re.search('<c r="C2".*?</c>', zipfile.ZipFile(io.BytesIO(BOOK)).read(SHEET).decode())[0], ""), [("seal-download", 2, "人数")]),
        (changed(SHEET, '</row><row r="3"', '<c r="D2" s="2"><v>1</v></c></row><row r="3"'), [("seal-download", n, "") for n in (1, 2, 3, 4)]),
        (changed(SHEET, "</sheetData>", '<row r="5"><c r="A5" s="2"><v>1</v></c></row></sheetData>'), [("seal-download", 5, "")]),
    ],
)
def test_a_cell_of_a_workbook_that_says_something_else_is_found(content, told):
    assert found("a.xlsx", content) == told


def test_a_number_kept_as_a_text_is_found_unless_excel_would_round_it():
    texts = grids.xlsx_bytes("表", [[Entry(entry.text) for entry in line] for line in TABLE])
    assert found("a.xlsx", texts) == [("seal-download", 2, "执行数(元)"), ("seal-download", 2, "人数"), ("seal-download", 3, "执行数(元)")]


def test_a_name_kept_as_a_number_is_found():
    numbers = grids.xlsx_bytes("表", [[Entry("编码")], [Entry("2081104", "spent")]])
    assert found("a.xlsx", numbers, [["text:编码"], ["text:2081104"]]) == [("seal-download", 2, "编码")]


@pytest.mark.parametrize(
    "content",
    [
        b"", b"PK\x03\x04", BOOK[:-30], BOOK[: len(BOOK) // 2], CSV,
        changed(SHEET, "<v>48</v>", "<f>40+8</f><v>48</v>"),
        changed(SHEET, "</sheetData>", '</sheetData><hyperlinks><hyperlink ref="A2" location="x"/></hyperlinks>'),
        changed(SHEET, "</sheetData>", "</sheetData><legacyDrawing/>"),
        changed(SHEET, '<row r="3"', '<row r="3" hidden="1"'),
        changed(SHEET, "<col ", '<col hidden="1" '),
        changed(SHEET, '<c r="A2"', '<c r="A1"'),
        changed(SHEET, '<c r="A2"', '<c r="AAAA2"'),
        changed(SHEET, 't="s"', 't="inlineStr"'),
        changed(SHEET, 't="s"><v>0</v>', 't="s"><v>99</v>'),
        changed(BOOKS, "<sheet ", '<sheet state="hidden" '),
        changed(BOOKS, "</sheets>", '<sheet name="二" sheetId="2" r:id="rId1"/></sheets>'),
        changed(BOOKS, "</sheets>", '</sheets><definedNames><definedName name="x">1</definedName></definedNames>'),
        changed("docProps/core.xml", "<dc:creator>", "<dc:creator>某人"),
        changed("docProps/core.xml", "<cp:lastModifiedBy>", "<cp:lastModifiedBy>某人"),
        changed("docProps/core.xml", "1980-01-01T00:00:00Z", "2026-01-01T00:00:00Z"),
        changed("docProps/app.xml", "<Company>", "<Company>某公司"),
        changed("xl/_rels/workbook.xml.rels", 'Target="worksheets/sheet1.xml"', 'Target="http://x.invalid/a.xml" TargetMode="External"'),
    ],
    ids=range(22),
)  # fmt: skip
def test_a_workbook_that_is_more_or_less_than_a_table_is_no_download(content):
    assert found("a.xlsx", content) == [("seal-record", None, "")]


def repacked(change: Callable[[zipfile.ZipFile], None]) -> bytes:
    out = io.BytesIO(BOOK)
    with zipfile.ZipFile(out, "a") as book:
        change(book)
    return out.getvalue()


@pytest.mark.parametrize(
    "change",
    [
        lambda book: book.writestr("xl/comments1.xml", "<x/>"),
        lambda book: book.writestr("xl/vbaProject.bin", "x"),
        lambda book: book.writestr(zipfile.ZipInfo(SHEET, (1980, 1, 1, 0, 0, 0)), "<x/>"),
        lambda book: setattr(book, "comment", b"made by"),
    ],
    ids=["comment", "macro", "a part twice", "remark"],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_no_table_needs_is_found(change):
    assert found("a.xlsx", repacked(change)) == [("seal-record", None, "")]


def test_every_workbook_of_a_site_opens_in_a_library_of_others_and_holds_values_alone():
    books = sorted(built.small_site().folder.rglob("*.xlsx"))
    assert len(books) > 20
    for path in books:
        book = load_workbook(path)
        (sheet,) = book.worksheets
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n"} and not any(cell.hyperlink or cell.comment for cell in cells), path
        assert (sheet.freeze_panes, book.properties.creator, book.defined_names) == ("A2", None, {}), path
        book.close()


# ---- CSV


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (b"960000.50", b"960000.51", [("seal-download", 2, "执行数(元)")]),
        (b"'=1+1", b"=1+1", [("seal-download", 3, "名称")]),  # would run
        (b"'=1+1", b"''=1+1", [("seal-download", 3, "名称")]),
        (b"-1200.50", b"'-1200.50", [("seal-download", 3, "执行数(元)")]),
        (",未公布".encode(), b"", [("seal-download", 4, "")]),
        ("多,123456789012345.67,未公布\n".encode(), b"", [("seal-download", 4, "")]),
        ("名称".encode(), b"\xff", [("seal-record", None, "")]),
        ("名称".encode(), b'"', [("seal-record", None, "")]),
    ],
)
def test_a_cell_of_a_csv_that_says_something_else_is_found(old, new, told):
    assert CSV.count(old) == 1
    assert found("a.csv", CSV.replace(old, new)) == told
