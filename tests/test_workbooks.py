"""The door for workbooks: what is refused and why, what is read and how, and that nothing ends the program that asks."""

import json
import os
import re
import stat
import sys
import time
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import Workbook, load_workbook

from scripts import schema, tables, wording, workbooks
from scripts.cells import NotUnderstood
from scripts.privacy.parts import Unscanned, unpacked
from scripts.workbooks import asking, child, formats, found, packing, walking
from tests import evil_books as evil
from tests.evil_books import CELLS, book, style

CORPUS = Path(__file__).parent / "redteam" / "xlsx"
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def read(tmp_path, content, strict=True, name="表.xlsx"):
    path = tmp_path / name
    path.write_bytes(content)
    return workbooks.read(path, f"execution/2024/{name}", strict=strict)


def told(found_):
    return [(p.kind, p.row, p.column, p.value) for p in found_]


def answered(content, strict=True):
    """The child's findings without a child: (kind, row, column, value)."""
    given = child.answer(content, strict=strict)
    return [(each.kind, each.row, each.column, each.value) for each in given["findings"]], given["sheets"]


def cell(inside, kind="", style_=0, place="A1"):
    return f'<row r="1"><c r="{place}" s="{style_}"{f" t={chr(34)}{kind}{chr(34)}" if kind else ""}>{inside}</c></row>'


# ---- the corpus


@pytest.mark.parametrize("line", [json.loads(line) for line in (CORPUS / "manifest.jsonl").read_text("utf-8").splitlines()], ids=lambda each: each["file"])
def test_the_corpus_is_judged_as_it_must_be(line):
    """A number or a day where a code or a year belongs is told by the table, not by the workbook."""
    got, problems = workbooks.read(CORPUS / line["file"], line["file"], strict=True)
    if line["must"] == "accept":
        assert (problems, got.sheets[0].rows[1][:3]) == ([], ("2024", "2081104", "残疾人康复"))
        return
    for each in problems:
        assert each.file == line["file"] and re.search("[一-鿿]", each.message) and re.search("[一-鿿]", each.fix)
        assert not re.search(r"[{}]|Traceback", each.line())
    if not problems:
        with pytest.raises(NotUnderstood):
            for field, text in zip(YEAR_AND_CODE, got.sheets[0].rows[1], strict=False):
                tables.parse(text, field)


YEAR_AND_CODE = [
    schema.Field("年度", "year", "integer", publish=True, scale="", unit=None, code="", source=False, constraints={}),
    schema.Field("科目编码", "code", "string", publish=True, scale="", unit=None, code="function", source=False, constraints={}),
]


# ---- what is read


def test_texts_numbers_and_days_are_read_as_they_are_seen(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "b.xlsx") as made:
        page = made.add_worksheet("lines")
        page.write_row(0, 0, ["编码", "金额", "日期", "时刻"])
        page.write_string(1, 0, "0811040")
        page.write_number(1, 1, 0.1 + 0.2)
        page.write_number(1, 2, 45321, made.add_format({"num_format": "yyyy-mm-dd"}))
        page.write_number(1, 3, 45321.5, made.add_format({"num_format": "yyyy-mm-dd hh:mm"}))
        page.write_rich_string(2, 0, "残", made.add_format({"bold": True}), "疾人")
        page.write_number(2, 1, 1234.5600000000001)
        page.write_number(3, 1, -1e-7)
        page.write_number(4, 1, 2081104)
        page.repeat_rows(0)
        page.autofilter(0, 0, 4, 3)
        page.conditional_format(1, 1, 4, 1, {"type": "cell", "criteria": ">", "value": 5, "format": made.add_format({"bold": True})})
        page.data_validation(1, 0, 4, 0, {"validate": "list", "source": ["甲", "乙"]})
        page.freeze_panes(1, 0)
    got, problems = workbooks.read(tmp_path / "b.xlsx", "b.xlsx", strict=True)
    assert problems == []
    assert got.sheets == (
        workbooks.Sheet(
            "lines",
            (
                ("编码", "金额", "日期", "时刻"), ("0811040", "0.3", "2024-01-30", "2024-01-30 12:00:00"), ("残疾人", "1234.56", "", ""),
                ("", "-0.0000001", "", ""), ("", "2081104", "", ""),
            ),
            (
                ("text",) * 4, ("text", "number", "date", "date"), ("text", "number", "empty", "empty"),
                ("empty", "number", "empty", "empty"), ("empty", "number", "empty", "empty"),
            ),
        ),
    )  # fmt: skip


def test_the_sheet_begins_at_a1_and_spaces_stay(tmp_path):
    cells = '<row r="3"><c r="C3" t="inlineStr"><is><t xml:space="preserve"> 甲 </t></is></c></row>'
    got, problems = read(tmp_path, book(cells))
    assert (got.sheets[0].rows, problems) == ((("", "", ""), ("", "", ""), ("", "", " 甲 ")), [])


def test_a_table_of_excel_and_phonetic_signs_are_no_problem(tmp_path):
    strings = ("<si><r><t>残</t></r><r><t>联</t></r><rPh sb='0' eb='1'><t>can</t></rPh></si>",)
    got, problems = read(tmp_path, book('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=strings, extra={"xl/tables/table1.xml": "<table/>"}))
    assert (got.sheets[0].rows, problems) == ((("残联",),), [])


def test_another_namespace_is_the_same_workbook(tmp_path):
    strict = {MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main" for MAIN in (evil.MAIN,)}
    strict[evil.OFFICE] = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    made = evil.parts()
    for name, text in made.items():
        for old, new in strict.items():
            made[name] = made[name].replace(old, new)
    got, problems = read(tmp_path, evil.packed(made))
    assert (got.sheets[0].rows, problems) == ((("年度",), ("2024",)), [])


def test_instructions_are_passed_over_and_looked_through(tmp_path):
    sheets = '<sheet name="填写说明" sheetId="1" r:id="rId1"/><sheet name="lines" sheetId="2" r:id="rId2"/>'
    second = {"xl/worksheets/sheet2.xml": evil.sheet()}
    merged = '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    links = (("rId2", "worksheet", "worksheets/sheet2.xml"),)
    got, problems = read(tmp_path, book(sheets=sheets, more_links=links, extra=second, after=merged))
    assert ([each.name for each in got.sheets], problems) == (["lines"], [])
    got, problems = read(tmp_path, book('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>', sheets=sheets, more_links=links, extra=second))
    assert [(p.kind, p.sheet) for p in problems] == [("workbook-formula", "填写说明")]
    got, problems = read(tmp_path, book(sheets=sheets.partition("/>")[0] + "/>"))
    assert [p.kind for p in problems] == ["workbook-no-sheet"]


# ---- findings at their cell

LINK = '<hyperlinks><hyperlink ref="A1" r:id="rId1"/></hyperlinks>'
FORMULA = "workbook-formula"


@pytest.mark.parametrize(
    ("cells", "more", "expected"),
    [
        (cell("<f>D2-100</f>"), {}, (FORMULA, 1, "A", "=D2-100")),
        (cell("<f>D2-100</f><v>5</v>"), {}, (FORMULA, 1, "A", "=D2-100")),
        (cell('<f t="shared" si="0"/><v>5</v>'), {}, (FORMULA, 1, "A", "=")),
        (cell('<f t="array" ref="A1">SUM(B1:B2)</f><v>5</v>'), {}, (FORMULA, 1, "A", "=SUM(B1:B2)")),
        (cell('<f>HYPERLINK("http://a.cn","x")</f><v>x</v>', "str"), {}, (FORMULA, 1, "A", '=HYPERLINK("http://a.cn","x")')),
        (cell("<v>#REF!</v>", "e"), {}, ("workbook-error", 1, "A", "#REF!")),
        (cell("<v>1</v>", "b"), {}, ("workbook-boolean", 1, "A", "TRUE")),
        (cell("<v>110101190001011234</v>"), {}, ("workbook-digits", 1, "A", "110101190001011234")),
        (cell("<v>1.10101190001011E+17</v>"), {}, ("workbook-digits", 1, "A", "1.10101190001011E+17")),
        (cell("<v>12345678901234.56</v>"), {}, ("workbook-digits", 1, "A", "12345678901234.56")),
        (cell("<v>1e308</v>"), {}, ("workbook-digits", 1, "A", "1e308")),
        (cell("<v>1e999</v>"), {}, ("workbook-digits", 1, "A", "1e999")),
        (CELLS, {"after": '<mergeCells><mergeCell ref="B2:C3"/></mergeCells>'}, ("workbook-merged", 2, "B", "B2:C3")),
        (CELLS, {"after": LINK, "sheet_links": [("rId1", "hyperlink", "javascript:alert(1)", True)]}, ("workbook-link", 1, "A", "javascript:alert(1)")),
        (CELLS, {"after": '<hyperlinks><hyperlink ref="A2" location="表!A1"/></hyperlinks>'}, ("workbook-link", 2, "A", "表!A1")),
        (CELLS.replace('r="2">', 'r="2" hidden="1">', 1), {}, ("workbook-hidden-row", 2, "", "")),
        (CELLS.replace('r="2">', 'r="2" ht="0" customHeight="1">', 1), {}, ("workbook-hidden-row", 2, "", "")),
        (CELLS, {"before": '<cols><col min="1" max="2" hidden="true"/></cols>'}, ("workbook-hidden-column", None, "A", "")),
        (CELLS, {"before": '<cols><col min="1" max="1" width="0"/></cols>'}, ("workbook-hidden-column", None, "A", "")),
        (CELLS, {"after": '<drawing r:id="rId1"/>'}, ("workbook-drawing", None, "", "")),
        (CELLS, {"after": '<picture r:id="rId1"/>'}, ("workbook-drawing", None, "", "")),
        (CELLS, {"after": '<legacyDrawing r:id="rId1"/>'}, ("workbook-drawing", None, "", "")),
        (CELLS, {"workbook": '<workbookPr date1904="1"/>'}, ("workbook-epoch", None, "", "")),
        (cell("<is><t>a_x000D_b</t></is>", "inlineStr"), {}, ("workbook-escape", 1, "A", "")),
        (cell("<v>0</v>", "s"), {"strings": ["<si><t>a_x0007_</t></si>"]}, ("workbook-escape", 1, "A", "")),
        (cell("<is><t>藏</t></is>", "inlineStr", style(";;;")), {}, ("workbook-shown-otherwise", 1, "A", "")),
    ],
)  # fmt: skip
def test_what_is_no_plain_cell_is_told_at_its_place(cells, more, expected, tmp_path):
    assert answered(book(cells, **more))[0] == [expected]


@pytest.mark.parametrize("kind", ["comments", "threadedComment"])
def test_a_comment_is_told_at_its_cell(kind):
    element = "comment" if kind == "comments" else kind
    extra = {"xl/any.xml": f'<all><{element} ref="B7"/></all>'}
    got, sheets = answered(book(sheet_links=[("rId1", kind, "../any.xml")], extra=extra, after='<legacyDrawing r:id="rId2"/>'))
    assert ("workbook-comment", 7, "B", "") in got and sheets


def test_comments_as_programs_write_them(tmp_path):
    made = Workbook()
    made.active["B2"] = "x"
    from openpyxl.comments import Comment

    made.active["B2"].comment = Comment("私下说", "张三")
    made.save(tmp_path / "b.xlsx")
    _, problems = workbooks.read(tmp_path / "b.xlsx", "b.xlsx", strict=True)
    assert told(problems) == [("workbook-comment", 2, "B", "")]


@pytest.mark.parametrize(
    ("value", "code", "odd"),
    [
        ("2940000", '0!.0,"万"', True), ("0.5", "0.00%", True), ("1234.56", "#,##0", True), ("1234", "#,##0", False), ("1234.5", "0.00", False),
        ("1234.567", "0.00", True), ("811040", "0000000", True), ("2081104", "0000000", False), ("5", ";;;", True), ("5000", "#,##0.0,", True),
        ("29400", '[>=10000]0!.0,"万";0', True), ("-5", '#,##0.00_);[Red]\\(#,##0.00\\)', False), ("-5", "0.00;0.00", True), ("5", "0.00;0.00", False),
        ("0", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', False), ("-5.25", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', False),
        ("5", '0"万元"', True), ("5", '"共"0"项"', True), ("5", "G/通用格式", False), ("5", "[$¥-804]#,##0.00", False), ("5", "0.00E+00", True),
        ("45321", 'yyyy"年"m"月"', False), ("1234.5600000000001", "0.00", False), ("0.30000000000000004", "0.00", False),
    ],
)  # fmt: skip
def test_a_number_shows_what_it_holds(value, code, odd):
    got, _ = answered(book(cell(f"<v>{value}</v>", style_=style(code))))
    assert [kind for kind, *_ in got] == (["workbook-shown-otherwise"] if odd else [])


@pytest.mark.parametrize(("number", "date"), [(14, True), (22, True), (31, True), (58, True), (9, False), (4, False), (49, False)])
def test_formats_without_a_code_are_known_by_number(number, date):
    assert formats.is_date(number, formats.code(number, {})) == date


def test_hidden_and_empty_is_no_problem():
    cells = CELLS + '<row r="3" hidden="1"><c r="A3" s="1"/></row>'
    assert answered(book(cells, before='<cols><col min="2" max="16384" hidden="1"/></cols>'))[0] == []


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_told_by_name(state, tmp_path):
    made = Workbook()
    made.active.append(["x"])
    made.create_sheet("旧表").sheet_state = state
    made.save(tmp_path / "b.xlsx")
    for strict, kind in ((True, "workbook-hidden-sheet"), (False, "import-hidden")):
        got, problems = workbooks.read(tmp_path / "b.xlsx", "b.xlsx", strict=strict)
        assert [(p.kind, p.sheet) for p in problems] == [(kind, "旧表")]
        assert [each.name for each in got.sheets] == ["Sheet"]


def test_a_sheet_that_is_a_chart_or_holds_one(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "b.xlsx") as made:
        page = made.add_worksheet("表")
        page.write_row(0, 0, [1, 2])
        for chart in (made.add_chart({"type": "bar"}), made.add_chart({"type": "bar"})):
            chart.add_series({"values": "=表!$A$1:$B$1"})
            page.insert_chart(3, 3, chart) if not page.charts else made.add_chartsheet("图").set_chart(chart)
    got, problems = workbooks.read(tmp_path / "b.xlsx", "b.xlsx", strict=True)
    assert [(p.kind, p.sheet) for p in problems] == [("workbook-drawing", "表"), ("workbook-other-sheet", "图")]


@pytest.mark.parametrize("part", ["customXml/item1.xml", "xl/pivotCache/pivotCacheDefinition1.xml", "xl/richData/rdarray.xml", "xl/featurePropertyBag/a.xml", "a.txt"])
def test_a_part_that_no_cell_shows_is_told(part, tmp_path):
    got, problems = read(tmp_path, book(extra={part: "<a/>"}))
    assert [p.kind for p in problems] == ["workbook-hidden-part"] and part in problems[0].message and got
    assert read(tmp_path, book(extra={part: "<a/>"}), strict=False)[1] == []


def test_everything_is_told_at_once(tmp_path):
    cells = cell("<f>1</f><v>1</v>") + '<row r="2" hidden="1"><c r="A2" t="b"><v>0</v></c><c r="B2" s="2"><v>5</v></c></row>'
    _, problems = read(tmp_path, book(cells, after='<mergeCells><mergeCell ref="A3:B3"/></mergeCells>', extra={"customXml/a.xml": "<a/>"}))
    assert [p.kind for p in problems] == [
        "workbook-hidden-part", "workbook-formula", "workbook-boolean", "workbook-shown-otherwise", "workbook-hidden-row", "workbook-merged",
    ]  # fmt: skip
    assert {(p.file, p.sheet) for p in problems[1:]} == {("execution/2024/表.xlsx", "表")}


def test_very_many_findings_are_counted(tmp_path):
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="b"><v>1</v></c></row>' for n in range(1, found.MOST + 8))
    _, problems = read(tmp_path, book(rows))
    assert len(problems) == found.MOST + 1
    assert (problems[-1].kind, problems[-1].message) == ("workbook-more", "还有 7 处别的问题没有列出。")


# ---- what is not read at all, strict or not

BOMB = '<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;">]>'


def with_member(name, content="x", **attributes):
    info = zipfile.ZipInfo(name)
    for key, value in attributes.items():
        setattr(info, key, value)
    return evil.packed({**evil.parts(), info: content})


def changed(raw, old, new, times=-1):
    assert old in raw
    return raw.replace(old, new, times)


PLAIN = book()
OUTSIDE = "workbook-external"
REFUSED = {
    "empty": (b"", "workbook-empty"),
    "ole2": (OLE2, "workbook-old-or-locked"),
    "html": (b"<html><table><tr><td>1</td></tr></table></html>", "workbook-not-one"),
    "csv": ("年度,金额\n2024,1\n".encode(), "workbook-not-one"),
    "docx": (evil.packed({"[Content_Types].xml": "<a/>", "word/document.xml": "<a/>"}), "workbook-not-one"),
    "ods": (evil.packed({"mimetype": "x", "content.xml": "<a/>"}), "workbook-not-one"),
    "truncated": (PLAIN[:-40], "workbook-damaged"),
    "half": (PLAIN[: len(PLAIN) // 2], "workbook-damaged"),
    "prefix": (b"MZ" + PLAIN, "workbook-odd-packing"),
    "prefix-zip": (b"PK\x03\x04" + PLAIN, "workbook-odd-packing"),
    "suffix": (PLAIN + b"<script>", "workbook-odd-packing"),
    "no-types": (book(extra={"[Content_Types].xml": None}), "workbook-damaged"),
    "no-workbook": (book(extra={"xl/workbook.xml": None}), "workbook-damaged"),
    "no-relations": (book(extra={"xl/_rels/workbook.xml.rels": None}), "workbook-damaged"),
    "no-sheet-part": (book(extra={"xl/worksheets/sheet1.xml": None}), "workbook-damaged"),
    "no-sheets": (book(sheets=""), "workbook-no-sheet"),
    "two-sheets-of-a-name": (book(sheets='<sheet name="a" r:id="rId1"/><sheet name="A" r:id="rId1"/>'), "workbook-damaged"),
    "gbk": (book(extra={"xl/worksheets/sheet1.xml": evil.sheet().replace("UTF-8", "GBK").encode("gbk")}), "workbook-damaged"),
    "utf16": (book(extra={"xl/worksheets/sheet1.xml": evil.sheet().replace("UTF-8", "UTF-16").encode("utf-16")}), "workbook-damaged"),
    "not-utf8": (book(extra={"xl/worksheets/sheet1.xml": evil.sheet().encode("gbk")}), "workbook-damaged"),
    "unclosed": (book(extra={"xl/worksheets/sheet1.xml": evil.sheet()[:-30]}), "workbook-damaged"),
    "cdata": (book(cell("<is><t><![CDATA[<si>]]></t></is>", "inlineStr")), "workbook-damaged"),
    "missing-string": (book(cell("<v>5</v>", "s")), "workbook-damaged"),
    "word-as-number": (book(cell("<v>abc</v>")), "workbook-damaged"),
    "wide-digits": (book(cell("<v>１２</v>")), "workbook-damaged"),
    "underscore": (book(cell("<v>1_0</v>")), "workbook-damaged"),
    "unknown-type": (book(cell("<v>1</v>", "zz")), "workbook-damaged"),
    "cell-twice": (book('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'), "workbook-disordered"),
    "row-twice": (book(cell("<v>1</v>") + cell("<v>2</v>")), "workbook-disordered"),
    "rows-disordered": (book('<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>'), "workbook-disordered"),
    "cell-of-another-row": (book('<row r="1"><c r="A2"><v>1</v></c></row>'), "workbook-disordered"),
    "cell-in-cell": (book('<row r="1"><c r="A1"><c r="B1"/><v>1</v></c></row>'), "workbook-disordered"),
    "data-twice": (book(after="<sheetData/>"), "workbook-disordered"),
    "far": (book('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "workbook-far-cell"),
    "far-empty-text": (book('<row r="1048576"><c r="XFD1048576" t="str"><v></v></c></row>'), "workbook-far-cell"),
    "far-error": (book('<row r="1048576"><c r="XFD1048576" t="e"><v>#N/A</v></c></row>'), "workbook-far-cell"),
    "wide-and-long": (book('<row r="1"><c r="ALL1"><v>1</v></c></row><row r="199999"><c r="A199999"><v>1</v></c></row>'), "workbook-far-cell"),
    "doctype": (book(extra={"xl/worksheets/sheet1.xml": evil.sheet().replace("<worksheet", BOMB + "<worksheet")}), "workbook-doctype"),
    "doctype-elsewhere": (book(extra={"docProps/app.xml": f"{BOMB}<a>&y;</a>"}), "workbook-doctype"),
    "doctype-vml": (book(extra={"xl/drawings/a.vml": f"{BOMB}<a>&y;</a>"}), "workbook-doctype"),
    "ratio": (book(extra={"docProps/app.xml": f"<a>{' ' * 2_000_000}</a>"}), "workbook-too-large"),
    "sum": (evil.packed({**evil.parts(), "a.xml": os.urandom(100) + b"x" * 51_000_000}), "workbook-too-large"),
    "lie": (evil.lying(5_000), "workbook-too-large"),
    "lie-below-ratio": (evil.lying(8_999_999), "workbook-too-large"),
    "members": (evil.packed({f"{n}.xml": "" for n in range(2_100)}), "workbook-too-large"),
    "strings-times-cells": (
        book(
            "".join(f'<row r="{r}">' + "".join(f'<c t="s"><v>0</v></c>' for _ in range(50)) + "</row>" for r in range(1, 41)),
            strings=[f"<si><t>{'长' * 30_000}</t></si>"],
        ), "workbook-too-large",
    ),
    "upward": (with_member("../../evil.txt"), "workbook-odd-packing"),
    "absolute": (with_member("/etc/evil.txt"), "workbook-odd-packing"),
    "drive": (with_member("C:evil.txt"), "workbook-odd-packing"),
    "backslash": (changed(with_member("xl#evil.txt"), b"xl#evil", b"xl\\evil"), "workbook-odd-packing"),
    "link": (with_member("xl/a.xml", external_attr=(stat.S_IFLNK | 0o777) << 16), "workbook-odd-packing"),
    "same-name": (with_member("XL/workbook.XML"), "workbook-odd-packing"),
    "encrypted": (changed(PLAIN, b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"), "workbook-odd-packing"),
    "other-local-name": (changed(with_member("xl/aaa.xml"), b"xl/aaa.xml", b"xl/bbb.xml", 1), "workbook-odd-packing"),
    "bzip2": (evil.packed(evil.parts(), zipfile.ZIP_BZIP2), "workbook-odd-packing"),
    "zip64": (with_member("a.xml", extra=b"\x01\x00\x08\x00" + bytes(8)), "workbook-odd-packing"),
    "unicode-name": (with_member("a.xml", extra=b"\x75\x70\x02\x00ab"), "workbook-odd-packing"),
    "macro": (book(extra={"xl/vbaProject.bin": b"x"}), "workbook-macro"),
    "macro-renamed": (book(more_links=[("rId7", "vbaProject", "a.bin")], extra={"xl/a.bin": b"x"}), "workbook-macro"),
    "macro-sheet": (book(extra={"xl/macrosheets/sheet1.xml": "<a/>"}), "workbook-macro"),
    "macro-type": (book(extra={"[Content_Types].xml": evil.parts()["[Content_Types].xml"].replace("spreadsheetml.sheet.main", "ms-excel.sheet.macroEnabled.main")}), "workbook-macro"),
    "macro-name": (book(names='<definedNames><definedName name="_xlnm.Auto_Open">表!$A$1</definedName></definedNames>'), "workbook-macro"),
    "external": (book(extra={"xl/externalLinks/externalLink1.xml": "<a/>"}), OUTSIDE),
    "external-renamed": (book(more_links=[("rId7", "externalLink", "links/a.xml")], extra={"xl/links/a.xml": "<a/>"}), OUTSIDE),
    "external-name": (book(names="<definedNames><definedName name='a'>'[1]别的'!$A$1</definedName></definedNames>"), OUTSIDE),
    "external-formula": (book(cell("<f>[1]Sheet1!A1</f><v>1</v>")), OUTSIDE),
    "dde": (book(cell("<f>cmd|'/c calc'!A0</f><v>1</v>")), OUTSIDE),
    "connections": (book(extra={"xl/connections.xml": "<a/>"}), OUTSIDE),
    "query": (book(extra={"xl/queryTables/queryTable1.xml": "<a/>"}), OUTSIDE),
    "remote-picture": (book(extra={"xl/drawings/_rels/d.xml.rels": evil.relations(("rId1", "image", "http://a.cn/x.png", True))}), OUTSIDE),
    "embedded": (book(extra={"xl/embeddings/oleObject1.bin": b"x"}), "workbook-embedded"),
    "embedded-renamed": (book(sheet_links=[("rId1", "package", "../a.docx")], extra={"xl/a.docx": b"x"}), "workbook-embedded"),
    "activex": (book(extra={"xl/activeX/activeX1.xml": "<a/>"}), "workbook-embedded"),
}  # fmt: skip
AS_UNREADABLE = {"workbook-empty", "workbook-not-one", "workbook-damaged"}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_dangerous_or_cannot_be_trusted_is_refused(name):
    content, kind = REFUSED[name]
    for strict in (True, False):
        findings, sheets = answered(content, strict)
        assert sheets is None
        assert kind in [each[0] for each in findings], findings


@pytest.mark.parametrize("name", ["empty", "ole2", "half", "upward", "lie", "doctype", "far", "macro", "external-name", "embedded", "missing-string", "cell-twice"])
def test_a_refusal_says_what_is_wrong_and_how_to_mend_it(name, tmp_path):
    content, kind = REFUSED[name]
    for strict in (True, False):
        got, problems = read(tmp_path, content, strict)
        expected = "import-unreadable" if not strict and kind in AS_UNREADABLE else kind
        assert got is None and expected in [p.kind for p in problems]
        assert all(p.file == "execution/2024/表.xlsx" and p.severity == "error" and "请" in p.fix and "{" not in p.line() for p in problems)


def test_the_place_of_a_cell_that_cannot_be_is_told(tmp_path):
    assert told(read(tmp_path, REFUSED["far"][0])[1]) == [("workbook-far-cell", 1048576, "XFD", "")]
    assert told(read(tmp_path, REFUSED["missing-string"][0])[1]) == [("workbook-damaged", 1, "A", "5")]
    assert told(read(tmp_path, REFUSED["cell-twice"][0])[1]) == [("workbook-disordered", 1, "A", "A1")]


def test_overlapping_members_are_refused():
    raw = bytearray(evil.packed({"[Content_Types].xml": "a" * 50, "b.xml": "a" * 50}))
    second = raw.rindex(b"PK\x01\x02")
    raw[second + 42 : second + 46] = (10).to_bytes(4, "little")
    with pytest.raises(found.Refused) as wrong:
        packing.unpack(bytes(raw))
    assert wrong.value.finding.kind == "workbook-odd-packing"


# ---- official documents


def test_an_official_document_is_read_as_printed(tmp_path):
    cells = '<row r="1" hidden="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="b"><v>1</v></c></row><row r="2"><c r="C2" t="inlineStr"><is><t>甲</t></is></c></row>'
    content = book(cells, before='<cols><col min="3" max="3" width="0"/></cols>', after='<mergeCells><mergeCell ref="A1:B2"/></mergeCells><drawing r:id="x"/>')
    got, problems = read(tmp_path, content, strict=False)
    assert [(p.severity, p.kind, p.row, p.column) for p in problems] == [("warning", "import-hidden-row", 1, ""), ("warning", "import-hidden-column", None, "C")]
    assert got.sheets[0].rows == (("2", "TRUE", ""), ("", "", "甲"))
    assert got.sheets[0].kinds[0] == ("formula", "boolean", "empty")
    assert got.sheets[0].merged == ((0, 0, 1, 1),)


def test_holes_and_mistakes_of_an_official_document_are_told(tmp_path):
    cells = '<row r="1"><c r="A1"><f>B1*2</f></c><c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C1" t="e"><v>#REF!</v></c><c r="D1" s="2"><v>2940000</v></c></row>'
    got, problems = read(tmp_path, book(cells), strict=False)
    assert told(problems) == [
        ("workbook-no-result", 1, "A", "=B1*2"), ("workbook-error", 1, "B", "#DIV/0!"), ("workbook-error", 1, "C", "#REF!"),
        ("workbook-shown-otherwise", 1, "D", "2940000"),
    ]  # fmt: skip
    assert got.sheets[0].rows == (("", "#DIV/0!", "#REF!", "2940000"),)


# ---- the child


@pytest.mark.parametrize(
    "program",
    [
        "import os; os.abort()", "import sys; sys.exit(3)", "print('garbage')", "print('{\"findings\":[],\"sheets\":null}')", "print('[1]')",
        "print('{\"findings\":[[\"a\",1]],\"sheets\":null}')", "print('{\"findings\":[],\"sheets\":[{\"name\":\"a\",\"rows\":[[1]],\"kinds\":[\"n\"],\"merged\":[]}]}')",
        "print('{\"findings\":[],\"sheets\":[{\"name\":\"a\",\"rows\":[[\"1\"]],\"kinds\":[\"nn\"],\"merged\":[]}]}')", "print('['*100000)",
        "raise MemoryError", "import os; os.kill(os.getpid(), 9)", "import time; time.sleep(60)",
    ],
)  # fmt: skip
def test_whatever_the_child_does_the_parent_tells_one_problem(program, tmp_path, monkeypatch):
    monkeypatch.setattr(asking, "COMMAND", (sys.executable, "-c", program))
    monkeypatch.setattr(asking, "SECONDS", 2)
    got, problems = read(tmp_path, PLAIN)
    assert (got, told(problems)) == (None, [("workbook-unfinished", None, "", "")])


@pytest.mark.skipif(sys.platform == "win32", reason="memory is not limited there")
@pytest.mark.parametrize("program", ["bytearray(1_500_000_000)", "import resource, signal; assert resource.getrlimit(resource.RLIMIT_CPU)[0] == 31"])
def test_the_child_cannot_take_more_than_its_share(program, tmp_path, monkeypatch):
    monkeypatch.setattr(asking, "COMMAND", (sys.executable, "-c", f"from scripts.workbooks import child; child.limit(); {program}; child.main()"))
    assert [p.kind for p in read(tmp_path, PLAIN)[1]] == ["workbook-unfinished"]
    monkeypatch.setattr(asking, "COMMAND", (sys.executable, "-c", "from scripts.workbooks import child; child.limit(); bytearray(100_000_000); child.main()"))
    assert read(tmp_path, PLAIN)[0] is not None


def test_the_child_starts_without_what_it_does_not_need():
    import subprocess

    program = "import scripts.workbooks.child, sys; print([m for m in ('pandas', 'altair', 'tomllib', 'scripts.wording', 'openpyxl') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=asking.ROOT).stdout.strip() == "[]"


def test_what_the_library_reads_must_be_what_was_walked():
    seen = walking.Walked(rows=1, columns=1, cells=1)
    assert child._sheet("a", [["x"]], seen)["kinds"] == ["t"]
    for values in ([["x", "y"]], [[""]], [["", "x"]]):
        with pytest.raises(found.Refused):
            child._sheet("a", values, seen)


def test_a_large_honest_workbook_is_read_in_time(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "b.xlsx", {"constant_memory": True}) as made:
        page = made.add_worksheet("lines")
        for row in range(20_000):
            page.write_row(row, 0, [f"项目{row}", row * 1.01, "2081104", "残疾人康复", row, "无"])
    begun = time.monotonic()
    got, problems = workbooks.read(tmp_path / "b.xlsx", "b.xlsx", strict=True)
    assert (problems, len(got.sheets[0].rows), time.monotonic() - begun < 20) == ([], 20_000, True)


def test_what_is_no_file_is_told(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(PLAIN)
    (tmp_path / "folder.xlsx").mkdir()
    (tmp_path / "link.xlsx").symlink_to(tmp_path / "a.xlsx")
    (tmp_path / "big.xlsx").write_bytes(b"PK" + bytes(packing.FILE))
    kinds = {name: [p.kind for p in workbooks.read(tmp_path / name, name, strict=True)[1]] for name in ("folder.xlsx", "link.xlsx", "big.xlsx", "none.xlsx")}
    assert kinds == {"folder.xlsx": ["special-file"], "link.xlsx": ["symlink"], "big.xlsx": ["too-large"], "none.xlsx": ["system"]}


# ---- the scan for private strings


@pytest.mark.parametrize("name", ["ratio", "sum", "lie", "doctype", "upward", "same-name", "prefix", "half", "cdata"])
def test_the_scan_for_private_strings_unpacks_nothing_that_the_reader_refuses(name):
    with pytest.raises(Unscanned):
        unpacked(REFUSED[name][0])


def test_the_scan_for_private_strings_is_not_held_up_by_empty_elements():
    from scripts.privacy import parts

    begun = time.monotonic()
    assert parts.STRING.findall("<si/>" * 200_000) == parts.TEXT.findall("<t/>" * 200_000) == []
    assert time.monotonic() - begun < 5


def test_the_name_of_the_instructions_has_one_source():
    assert wording.say("workbooks.instructions") == "填写说明"


def test_a_saved_copy_of_the_plain_workbook_is_read_the_same(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(PLAIN)
    load_workbook(tmp_path / "a.xlsx").save(tmp_path / "b.xlsx")
    first, second = (workbooks.read(tmp_path / name, name, strict=True) for name in ("a.xlsx", "b.xlsx"))
    assert first == second and first[1] == []
