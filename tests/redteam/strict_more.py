"""Tables of kinds that the corpus lacks, made from a good one: what a clerk's hand, Excel, WPS and old systems do to a file."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import xlsxwriter

from tests.redteam.strict import Case

HEADER = ["年度", "科目编码", "科目名称", "年初预算数(元)", "全年预算数(元)", "决算数(元)"]
ROWS = [
    ["2024", "2081101", "行政运行", "1200000.00", "1250000.00", "1248000.50"],
    ["2024", "2081104", "残疾人康复", "300000.00", "320000.00", "318500.00"],
    ["2024", "2081105", "残疾人就业", "150000.00", "150000.00", "149000.00"],
    ["2024", "2081199", "其他残疾人事业支出", "80000.00", "80000.00", "79999.99"],
]
PROJECT = ["项目编码", "项目名称", "实施单位", "年初预算数(元)", "全年预算数(元)", "决算数(元)", "完成日期"]
PROJECTS = [
    ["P2024-001", "残疾儿童康复救助", "县残联", "500000.00", "520000.00", "518000.00", "2024-11-30"],
    ["P2024-002", "家庭无障碍改造", "县残联", "200000.00", "200000.00", "198000.00", "2024-12-15"],
]
Lines = list[list[str]]

# ---- one cell of the third row: (what, column, text)

BAD_AMOUNTS = [
    "3万", "30 万元", "￥300000.00", "300000元", "约300000", "300000.00人", "3000000%", "12‰", "(1200.00)", "（1200.00）", "△1200.00", "1200.00-",
    "+1200", "＋1200", "1_200", "1e5", "3.2E+05", "inf", "-Infinity", "NaN", "null", "None", "N/A", "#N/A", "#REF!", "#DIV/0!", "#VALUE!", "####",
    "1,20,000.00", "12,34.5", "1234,50", "1,234,", "1.234.567", "1 200.00", "1\u00a0200.00", "300000.005", "0.0000001", "1234567890123456",
    "-", "—", "/", "无", "三十万", "٣٠٠", "=1+1", "=SUM(D2:D3)", "@1", "--5", "0x10", "300000.00\n", "\u200b300000", "300000\u202e", "1/2",
    "300000。00", "3OOOOO", "", " ", "未公开", "TRUE", "'300000", "300000;", "约", "?", "???", "300000.00 320000.00",
]  # fmt: skip
GOOD_AMOUNTS = [
    ("0", "0"), ("0.00", "0.00"), ("-5.00", "-5.00"), ("300,000.00", "300000.00"), ("３００００００", "3000000"), ("－12.50", "-12.50"), ("\u30003000.00 ", "3000.00"),
    ("未公布", "未公布"), ("不适用", "不适用"), ("300000", "300000"), ("1，234．50", "1234.50"), ("−1,234.50", "-1234.50"), ("300000.1", "300000.1"),
]  # fmt: skip
BAD_CODES = [
    "208110", "20811040", "2081104.0", "2.081104E6", "2081104.5", "O081104", "2081l04", "208 1104", "2081-104", "=2081104", "'2081104", "", "#####",
    "合计", "小计", "总计", "2081104、2081105", "类", "2081104\u200b",
]  # fmt: skip
BAD_NAMES = [
    "NA", "None", "null", "nan", "-", "=1+1", "+残疾人康复", "－残疾人康复", "@残疾人", "残疾\u200b人康复", "残疾人\r康复", "残疾人\u2028康复", "残\ue000疾", "残疾\ufffd",
    "锟斤拷锟斤拷", "????", "字" * 2001, "其中：儿童康复", "其中:项目", "　其中　成人康复", "合 计", "本页小计", "", "　", "#NAME?", "12345", "残疾人\x07康复", "\ufeff残疾人康复",
]  # fmt: skip
BAD_YEARS = ["2023", "2025", "24", "二〇二四", "2024.0", "2024年度预算", "2023年", "", "2024-01-01"]
BAD_DATES = [
    "2024-13-01", "2024-02-30", "2023-02-29", "2024-00-10", "2024115", "20241215", "202412", "2024年115日", "03/04/2024", "3/4/24", "24-12-15", "15.12.2024", "45641",
    "45641.5", "2024-12-15 00:00:00", "2024/12/15 8:30", "2094-12-15", "1024-12-15", "二〇二四年十二月", "2024-12", "12月15日", "昨天", "", "=TODAY()", "######", "2024-12-15至12-20",
    "2024–12–15", "2026-01-01",
]  # fmt: skip
GOOD_DATES = ["2024/12/5", "2024年12月5日", "2024.12.5", "2024 年 12 月 5 日", "２０２４-12-05", " 2024-12-05", "2024-12-5", "2024／12／05"]
BAD_PROJECT_CODES = ["CON", "nul", "PRN.txt", "COM1", "LPT9", "P 001", "../P1", "P2024_001", "项目一", "", "P2024-001", "p2024-001", "-P1", "P" + "1" * 70, "1E+10", "AUX"]


def cases(folder: Path) -> Iterator[Case]:
    """Every case, its file written into the folder."""
    for number, (suffix, table, good, what, content, expect) in enumerate(_all()):
        path = folder / f"{number:03}{suffix}"
        path.write_bytes(content)
        yield Case(path, table, good, expect, what)


Made = tuple[str, str, bool, str, bytes, dict]


def _all() -> Iterator[Made]:
    yield from _cells()
    yield from _files()
    yield from _rows()
    yield from _headers()
    yield from _books()


def csv(lines: Lines, end: str = "\n") -> str:
    return "".join(",".join(_quoted(text) for text in line) + end for line in lines)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\r\n') else text


def budget(column: int | None = None, text: str = "") -> Lines:
    """The good table, or with another text in its third row."""
    rows = [list(row) for row in ROWS]
    if column is not None:
        rows[1][column] = text
    return [HEADER, *rows]


def project(column: int | None = None, text: str = "") -> Lines:
    rows = [list(row) for row in PROJECTS]
    if column is not None:
        rows[1][column] = text
    return [PROJECT, *rows]


def _csv(table: str, good: bool, what: str, lines: Lines, **expect) -> Made:
    return ".csv", table, good, what, csv(lines).encode(), expect


def _cells() -> Iterator[Made]:
    for column, texts in ((0, BAD_YEARS), (1, BAD_CODES), (2, BAD_NAMES), (3, BAD_AMOUNTS)):
        for text in texts:
            yield _csv("budget", False, f"{HEADER[column]}: {text[:30]!r}", budget(column, text))
    for text, normal in GOOD_AMOUNTS:
        yield _csv("budget", True, f"amount {text!r}", budget(3, text), rows=4, cell=["2081104", HEADER[3], normal], warn=text != normal)
    for text, normal in (("２０８１１０４", "2081104"), (" 2081104", "2081104"), ("2081104\u3000", "2081104")):
        yield _csv("budget", True, f"code {text!r}", budget(1, text), rows=4, cell=[normal, HEADER[1], normal], warn=text != normal)
    for text, normal in (("2024年", "2024"), ("２０２４", "2024"), (" 2024", "2024"), ("2024年度", "2024")):
        yield _csv("budget", True, f"year {text!r}", budget(0, text), rows=4, cell=["2081104", HEADER[0], normal], warn=True)
    for text in ("残疾人康复<b>", "{{ 残疾人 }}", "残疾人康复（试点）", "“残疾人康复”", "残疾人、康复", "残疾人-康复", "𠮷祥残疾人康复"):
        yield _csv("budget", True, f"name {text!r}", budget(2, text), rows=4, cell=["2081104", HEADER[2], text])
    for text in BAD_DATES:
        yield _csv("project", False, f"date {text!r}", project(6, text))
    for text in GOOD_DATES:
        yield _csv("project", True, f"date {text!r}", project(6, text), rows=2, cell=["P2024-002", PROJECT[6], "2024-12-05"], warn=True)
    for text in BAD_PROJECT_CODES:
        yield _csv("project", False, f"project {text[:20]!r}", project(0, text))


def _files() -> Iterator[Made]:
    good, lines = csv(budget()), csv(budget()).splitlines(keepends=True)
    for what, content in {
        "utf-8 with mark": good.encode("utf-8-sig"), "gb18030": good.encode("gb18030"), "no last line end": good.strip().encode(), "cr": good.replace("\n", "\r").encode(),
        "empty last lines": (good + "\n\n,,,,,\n").encode(), "every cell quoted": "\n".join(",".join(f'"{c}"' for c in line) for line in budget()).encode(),
        "gb18030 and crlf": csv(budget(), "\r\n").encode("gb18030"),
    }.items():  # fmt: skip
        yield ".csv", "budget", True, what, content, {"rows": 4, "sum": {HEADER[5]: "1795500.49"}}
    for what, content in {
        "utf-16": good.encode("utf-16"), "utf-16 big": b"\xfe\xff" + good.encode("utf-16-be"), "utf-16 without mark": good.encode("utf-16-le"), "utf-32": good.encode("utf-32"),
        "big5": good.replace("残疾", "殘疾").encode("big5", "replace"), "three marks": b"\xef\xbb\xbf" * 3 + good.encode(),
        "gbk header, utf-8 rows": lines[0].encode("gbk") + "".join(lines[1:]).encode(), "utf-8, last row gbk": "".join(lines[:-1]).encode() + lines[-1].encode("gbk"),
        "latin of utf-8": good.encode().decode("latin-1").encode(), "gbk of utf-8": good.encode().decode("gb18030", "replace").encode(),
        "nothing": b"", "spaces": b"  \n \n", "only a mark": b"\xef\xbb\xbf", "a workbook renamed": b"PK\x03\x04" + bytes(40), "an old workbook": b"\xd0\xcf\x11\xe0" + bytes(40),
        "a page renamed": f"<html><table><tr><td>{good}</td></tr></table></html>".encode(), "a mark in the middle": good.replace("残疾人康复", "\ufeff残疾人康复").encode(),
        "cut in a sign": good.encode()[:-30] + "残".encode()[:2], "tabs": good.replace(",", "\t").encode(), "bars": good.replace(",", "|").encode(),
        "wide semicolons": good.replace(",", "；").encode(), "tabs below": (lines[0] + "".join(lines[1:]).replace(",", "\t")).encode(),
        "a wide comma in the header": good.replace("年度,", "年度，").encode(), "quote never closed in the last row": good.replace("其他残疾人", '"其他残疾人').encode(),
        "text behind a quote": good.replace("残疾人康复", '"残疾人"康复').encode(), "a quote that closes rows later": good.replace("残疾人康复", '"残疾人康复').replace("残疾人就业,", '残疾人就业",').encode(),
        "sixty-one columns": csv([[*line, *[f"c{n}" for n in range(55)]] for line in budget()]).encode(), "a wide cell": csv(budget(2, "残" * 40_000)).encode(),
        "too many rows": (lines[0] + "2024,2081101,行政运行,1.00,1.00,1.00\n" * 200_001).encode(), "too many bytes": good.encode() + b"," * 20_000_001,
    }.items():  # fmt: skip
        yield ".csv", "budget", False, what, content, {}


def _rows() -> Iterator[Made]:
    base = budget()
    yield _csv("budget", True, "declared empty", [HEADER, ["本表无数据", "", "", "", "", ""]], rows=0)
    yield _csv("budget", True, "declared empty, one cell", [HEADER, ["本表无数据"]], rows=0)
    for what, line in {
        "no data and data": ["本表无数据", "", "", "", "", ""], "the header again": HEADER, "columns counted": ["1", "2", "3", "4", "5", "6"], "empty": [""] * 6, "spaces": [" ", "", "　", "", "", ""],
        "a note": ["注：本表金额含上年结转", "", "", "", "", ""], "a note of one cell": ["说明：数字来自决算报表。"], "who filled it": ["填报人：", "", "审核人：", "", "", ""], "unit": ["单位：元", "", "", "", "", ""],
        "total": ["", "", "合计", "1.00", "1.00", "1.00"], "total first": ["合计", "", "", "1.00", "1.00", "1.00"], "subtotal": ["2024", "20811", "残疾人事业小计", "1.00", "1.00", "1.00"],
        "grand total": ["2024", "总  计", "", "1.00", "1.00", "1.00"], "Total": ["2024", "Total", "Total", "1.00", "1.00", "1.00"], "example": ["【示例】2024", "2081104", "【示例】残疾人康复", "1", "1", "1"],
        "a section's title": ["一、县本级", "", "", "", "", ""], "one too few": ["2024", "2081106", "残疾人体育", "1.00", "1.00"], "one too many": ["2024", "2081106", "残疾人体育", "1", "1", "1", ""],
        "of which, counted": ["2024", "2081106", "#其中：体育", "1.00", "1.00", "1.00"], "the same again": ROWS[0], "another year": ["2023", "2081106", "残疾人体育", "1.00", "1.00", "1.00"],
        "merged below": ["", "2081106", "残疾人体育", "1.00", "1.00", "1.00"], "page": ["第 1 页 共 2 页", "", "", "", "", ""],
    }.items():  # fmt: skip
        if what != "empty":  # an editor's last empty line is no row
            yield _csv("budget", False, f"row: {what}", [*base, line])
        if what != "the same again":
            yield _csv("budget", False, f"row in the middle: {what}", [*base[:2], line, *base[2:]])
    yield _csv("budget", False, "shifted left", [HEADER, *[row[1:] + [""] for row in ROWS]])
    yield _csv("budget", False, "columns swapped", [HEADER, *[[row[0], row[2], row[1], *row[3:]] for row in ROWS]])


def _headers() -> Iterator[Made]:
    yield _csv("budget", True, "columns in another order", [list(reversed(line)) for line in budget()], rows=4, sum={HEADER[5]: "1795500.49"})
    for name in ("決算数(元)", "决算数（元）", "决算数 (元)", "决算数", "决算数(万元)", "决算", "结算数(元)", "决算数(元", "决算数(元)\n", "", " ", "决算數(元)", "年初预算数(元)", "2024决算数(元)", "决算数\u200b(元)", "决算数（万元）"):
        yield _csv("budget", False, f"header {name!r}", [[*HEADER[:5], name], *ROWS])
    for what, above in {"a title": [["支出决算表"]], "title, unit, empty": [["支出决算表", "", "", "", "", ""], ["单位：元"], [""] * 6], "an empty line": [[""] * 6], "an empty line of nothing": [[""]], "counted": [["1", "2", "3", "4", "5", "6"]]}.items():
        yield _csv("budget", False, f"above: {what}", [*above, *budget()])
    yield _csv("budget", False, "two lines of header", [["年度", "科目", "", "预算", "", "决算"], *budget()])
    yield _csv("budget", False, "no header", ROWS)
    yield _csv("budget", False, "header only", [HEADER])
    yield _csv("budget", False, "an unnamed last column", [[*line, ""] for line in budget()])
    yield _csv("budget", False, "a further column", [[*HEADER, "备注"], *[[*row, "x"] for row in ROWS]])
    yield _csv("budget", False, "another table", project())


# ---- workbooks


def book(write: Callable, *, sheets: tuple[str, ...] = ("表",)) -> bytes:
    """A workbook that `write(workbook, sheet)` fills."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    for name in sheets:
        write(made, made.add_worksheet(name))
    made.close()
    return out.getvalue()


def filled(lines: Lines, numbers: tuple[int, ...] = (3, 4, 5), further: Callable | None = None) -> Callable:
    """Texts as texts, columns of numbers as numbers."""

    def write(made, sheet) -> None:
        for row, line in enumerate(lines):
            for column, text in enumerate(line):
                if row and column in numbers and text.replace(".", "").replace("-", "").isdigit():
                    sheet.write_number(row, column, float(text))
                else:
                    sheet.write_string(row, column, text)
        if further:
            further(made, sheet)

    return write


def _books() -> Iterator[Made]:
    def made(good: bool, what: str, content: bytes, **expect) -> Made:
        return ".xlsx", "budget", good, what, content, expect

    yield made(True, "plain", book(filled(budget())), rows=4, sum={HEADER[5]: "1795500.49"})
    yield made(True, "amounts as text", book(filled(budget(), ())), rows=4, sum={HEADER[5]: "1795500.49"})
    yield made(True, "wide columns, frozen, formatted", book(filled(budget(), further=lambda b, s: (s.set_column(0, 5, 30), s.freeze_panes(1, 0)))), rows=4)
    yield made(True, "declared empty", book(filled([HEADER, ["本表无数据"]])), rows=0)
    yield made(True, "the guide beside it", book(filled(budget())), rows=4)
    yield made(True, "year as number", book(filled(budget(), (0, 3, 4, 5))), rows=4)
    for what, content in {
        "codes as numbers": book(filled(budget(), (1, 3, 4, 5))), "a name as number": book(filled(budget(2, "12345"), (2, 3, 4, 5))), "header only": book(filled([HEADER])), "empty": book(lambda b, s: None),
        "two sheets": book(filled(budget()), sheets=("表", "表二")), "title above": book(filled([["支出决算表"], *budget()])), "text right of the header": book(filled(budget(), further=lambda b, s: s.write_string(2, 8, "记得改"))),
        "text far below": book(filled(budget(), further=lambda b, s: s.write_string(40, 0, "注：含上年结转"))), "an empty row between": book(filled([*budget()[:3], [""] * 6, *budget()[3:]])),
        "total below": book(filled([*budget(), ["2024", "合计", "合计", "1", "1", "1"]])), "a formula": book(filled(budget(), further=lambda b, s: s.write_formula(1, 5, "=D2+1", None, 5))),
        "a comment": book(filled(budget(), further=lambda b, s: s.write_comment(1, 2, "改过"))), "a link": book(filled(budget(), further=lambda b, s: s.write_url(1, 2, "https://x.invalid", string="行政运行"))),
        "a hidden row": book(filled(budget(), further=lambda b, s: s.set_row(2, None, None, {"hidden": True}))), "a hidden column": book(filled(budget(), further=lambda b, s: s.set_column(2, 2, 9, None, {"hidden": True}))),
        "merged": book(filled(budget(), further=lambda b, s: s.merge_range(1, 0, 4, 0, "2024"))), "true and false": book(filled(budget(), further=lambda b, s: s.write_boolean(1, 5, True))),
        "a day for a year": book(filled(budget(), further=lambda b, s: s.write_number(1, 0, 45351, b.add_format({"num_format": "yyyy-mm-dd"})))), "unit in a cell": book(filled(budget(3, "30万元"))),
        "an amount left empty": book(filled(budget(3, ""))), "more than a fen": book(filled(budget(3, "1.005"))), "a long number": book(filled(budget(3, "1234567890123456"))), "line break": book(filled(budget(2, "残疾人\n康复"))),
        "example row": book(filled([HEADER, ["【示例】2024", "2081104", "【示例】残疾人康复", "1", "1", "1"], *ROWS])), "not a workbook": b"\xd0\xcf\x11\xe0" + bytes(600), "cut": book(filled(budget()))[:3000], "name of formula": book(filled(budget(2, "=1+1"))),
        "the same code twice": book(filled([*budget(), ROWS[0]])), "another year": book(filled(budget(0, "2023"))), "header near": book(filled([[*HEADER[:5], "决算数"], *ROWS])), "hidden sheet": book(_hidden, sheets=("表", "底稿")),
    }.items():  # fmt: skip
        yield made(False, f"workbook: {what}", content)


def _hidden(made, sheet) -> None:
    filled(budget())(made, sheet)
    if sheet.get_name() == "底稿":
        sheet.hide()
