"""One table, several writers: what HTML, Excel and programs get is the same cells, each in its digit class."""

import datetime
import io
from csv import reader
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from scripts import grids
from scripts.cells import Origin, State
from scripts.facts import Fact, Unit
from scripts.grids import Column, Entry, Grid, Row, Text
from scripts.grids.workbook import places_of

HERE = Origin("execution/2025/lines.csv", "", 2, "累计执行数(元)")
LEAF = Fact(
    "execution/2025/lines/a/executed",
    "执行",
    96_000_000,
    Unit.FEN,
    printed="960000.00",
    places=2,
    scale="yuan",
    origin=HERE,
)
SUM = Fact("execution/2025/executed", "合计", 154_000_000, Unit.FEN, scale="yuan", operation="sum", inputs=(LEAF.key,))
RATE = Fact("execution/2025/rate", "执行率", Fraction(77, 80), Unit.SHARE, operation="ratio")
SCORE = Fact("evaluations/2025/mean", "平均", Fraction(173, 2), Unit.POINTS, operation="mean")
COUNT = Fact("projects/2025/projects-count", "项目数", 12, Unit.ITEMS, operation="count")


def unknown(state: State, printed="", origin=HERE) -> Fact:
    return Fact("k", "甲", None, Unit.FEN, state, printed, 2, "yuan", origin)


# ---- HTML


@pytest.mark.parametrize(
    ("cell", "html"),
    [
        (None, ""),
        (LEAF, '<data data-fact="execution/2025/lines/a/executed" value="96000000">96.00</data>'),
        (
            SUM,
            '<a class="fact" href="how/index.html#f-execution/2025/executed"><data data-fact="execution/2025/executed" value="154000000">154.00</data></a>',
        ),
        (unknown(State.BLANK), ""),
        (unknown(State.UNPUBLISHED, "未公布"), '<span class="state unpublished">未公布</span>'),
        (unknown(State.SUPPRESSED, "", None), '<span class="state suppressed">不公开</span>'),
        (datetime.date(2025, 3, 1), '<time datetime="2025-03-01">2025 年 3 月 1 日</time>'),
        (Text("2081104", "code"), '<span data-code class="code">2081104</span>'),
        (Text("演财预〔2025〕8号", "document"), '<span data-code class="document">演财预〔2025〕8号</span>'),
        (Text("<b>&\"'"), "<span data-text>&lt;b&gt;&amp;&#34;&#39;</span>"),
        (Text("合计", "words"), "合计"),
        (Text("", "quote", "x.html"), ""),
        (Text("甲", "", 'a"b.html'), '<a href="a&#34;b.html"><span data-text>甲</span></a>'),
        (Text("说", "ready", html=Markup("<b>x</b>")), "<b>x</b>"),
    ],
)
def test_every_cell_has_its_digit_class(cell, html):
    assert grids.cell_html(cell, Column("c", ("列",), numeric=True)) == html


def test_an_official_cell_stands_as_it_was_spelt():
    column = Column("c", ("列",), numeric=True)
    assert (
        grids.cell_html(LEAF, column, printed=True)
        == f'<data data-fact="{LEAF.key}" data-printed value="96000000">960000.00</data>'
    )
    assert (
        grids.cell_html(unknown(State.BLANK, "-"), column, printed=True)
        == '<data data-fact="k" data-printed value="">-</data>'
    )
    assert grids.cell_html(unknown(State.BLANK, ""), column, printed=True) == ""
    zero = Fact("k", "甲", 0, Unit.FEN, printed="0", scale="yuan", origin=HERE)
    assert grids.cell_html(zero, column, printed=True) == '<data data-fact="k" data-printed value="0">0</data>'


def test_a_figure_whose_sign_is_in_the_words_says_so():
    less = Fact("k", "差", -100, Unit.FEN, scale="yuan", operation="difference")
    html = '<a class="fact" href="how/index.html#f-k"><data data-fact="k" data-abs value="-100">1.00 元</data></a>'
    assert grids.cell_html(less, Column("c", ("列",), scale="yuan", unit=True), absolute=True) == html


def test_several_quotations_stand_each_on_its_line():
    cell = grids.quotes(("流标 1 次", "<推迟>"))
    assert (cell.html, cell.text) == (
        "<span data-text>流标 1 次</span><br><span data-text>&lt;推迟&gt;</span>",
        "流标 1 次；<推迟>",
    )


# ---- headers


def columns(*paths: str) -> tuple[Column, ...]:
    return tuple(Column(f"c{i}", tuple(path.split("/"))) for i, path in enumerate(paths))


def spans(*paths: str) -> list[list[tuple]]:
    return [
        [(h["text"], h["colspan"], h["rowspan"], h["scope"]) for h in row] for row in grids.header_rows(columns(*paths))
    ]


def test_heads_span_what_stands_under_them():
    assert spans("编码/类", "编码/款", "名称", "支出/合计", "支出/其中/基本", "支出/其中/项目") == [
        [("编码", 2, 1, "colgroup"), ("名称", 1, 3, "col"), ("支出", 3, 1, "colgroup")],
        [("类", 1, 2, "col"), ("款", 1, 2, "col"), ("合计", 1, 2, "col"), ("其中", 2, 1, "colgroup")],
        [("基本", 1, 1, "col"), ("项目", 1, 1, "col")],
    ]


def test_a_head_that_is_a_column_too_does_not_swallow_it():
    assert spans("支出/基本", "支出", "支出/项目") == [
        [("支出", 1, 1, "col"), ("支出", 1, 2, "col"), ("支出", 1, 1, "col")],
        [("基本", 1, 1, "col"), ("项目", 1, 1, "col")],
    ]


def test_dates_and_years_in_heads_stay_dates():
    found = grids.header_rows((Column("a", (datetime.date(2025, 6, 30),)), Column("b", (2024,))))
    assert [h["text"] for h in found[0]] == [
        '<time datetime="2025-06-30">2025 年 6 月 30 日</time>',
        '<time datetime="2024">2024 年</time>',
    ]


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from("甲乙丙"), min_size=1, max_size=4), min_size=1, max_size=8))
def test_heads_fill_a_rectangle_without_holes_or_overlap(paths):
    """Laid out as a browser lays them out, every column has a head at every level, and its own at the bottom."""
    rows = grids.header_rows(tuple(Column(f"c{i}", tuple(path)) for i, path in enumerate(paths)))
    depth = max(map(len, paths))
    taken: dict[tuple[int, int], str] = {}
    for level, row in enumerate(rows):
        at = 0
        for head in row:
            while (level, at) in taken:
                at += 1
            for down in range(head["rowspan"]):
                for right in range(head["colspan"]):
                    assert (level + down, at + right) not in taken
                    taken[level + down, at + right] = head["text"]
    assert set(taken) == {(level, column) for level in range(depth) for column in range(len(paths))}
    assert all(
        taken[min(level, len(path) - 1), column] == path[min(level, len(path) - 1)]
        for column, path in enumerate(paths)
        for level in range(depth)
    )


# ---- views and downloads


GRID = Grid(
    "functions", "按功能",
    (Column("code", ("科目编码",), kind="code"), Column("name", ("名称",)), Column("executed", (datetime.date(2025, 6, 30), "执行"), numeric=True),
     Column("rate", ("执行率",), numeric=True)),
    (Row((Text("2081101", "code"), Text("=1+1"), LEAF, None), line=2, href="lines/index.html#L2"),
     Row((None, Text("合计", "words"), SUM, RATE), level=0, total=True)),
    unit="万元", head=1,
)  # fmt: skip


def test_a_view_has_the_row_head_lead_to_its_source_and_the_code_under_the_name():
    view = grids.view(GRID)
    first = view["rows"][0]
    assert (view["id"], view["caption"], view["unit"], first["id"], view["rows"][1]["id"]) == (
        "t-functions",
        "按功能",
        "万元",
        "L2",
        None,
    )
    assert first["cells"][1] == {
        "html": '<a class="row-link" href="lines/index.html#L2"><span data-text>=1+1</span></a>', "head": True, "numeric": False,
        "label": "名称", "kind": "", "code": '<span data-code class="code">2081101</span>',
    }  # fmt: skip
    assert [cell["label"] for cell in first["cells"]] == ["科目编码", "名称", "执行", "执行率"]


def texts(found: list[list[Entry]]) -> list[list[str]]:
    return [[entry.text for entry in line] for line in found]


def one(cell, **column) -> Grid:
    return Grid("g", "表", (Column("c", ("列",), **column),), (Row((cell,)),))


def test_records_hold_exact_numbers_and_what_each_cell_is():
    assert grids.records(GRID) == [
        [Entry("科目编码"), Entry("名称"), Entry("2025 年 6 月 30 日/执行(万元)"), Entry("执行率(%)")],
        [Entry("2081101"), Entry("=1+1"), Entry("96.00", LEAF.key), Entry("")],
        [Entry(""), Entry("合计"), Entry("154.00", SUM.key), Entry("96.25", RATE.key)],
    ]
    assert [entry.meaning for entry in grids.records(GRID)[2]] == ["text:", "text:合计", f"fact:{SUM.key}", f"fact:{RATE.key}"]


def test_every_row_of_demonstration_data_says_that_it_is():
    assert [row[-1] for row in grids.records(GRID, "演示数据")] == [Entry("数据性质"), Entry("演示数据"), Entry("演示数据")]


@pytest.mark.parametrize(
    ("cell", "entry"),
    [
        (SCORE, Entry("86.50", SCORE.key)), (COUNT, Entry("12", COUNT.key)), (unknown(State.UNPUBLISHED), Entry("未公布")),
        (unknown(State.BLANK), Entry("")), (datetime.date(2025, 3, 1), Entry("2025-03-01")),
        (Fact("k", "甲", 1, Unit.FEN, scale="yuan"), Entry("0.000001", "k")), (Text("-5 度"), Entry("-5 度")),
    ],
)  # fmt: skip
def test_cells_of_downloads(cell, entry):
    assert grids.records(one(cell, numeric=True))[1] == [entry]


OFFICIAL = Grid("g", "表", (Column("c", ("执行数",), numeric=True),), (Row((LEAF,)), Row((unknown(State.BLANK, "-"),))), printed=True)


def test_an_official_table_is_offered_as_it_was_printed():
    assert texts(grids.records(OFFICIAL)) == [["执行数"], ["960000.00"], ["-"]]


def test_a_workbook_says_the_unit_that_the_caption_of_an_official_table_says():
    assert texts(grids.records(OFFICIAL, units=True))[0] == ["执行数(元)"]


def test_a_unit_that_the_header_names_is_not_named_again():
    head = Column("c", ("累计执行数(元)",), numeric=True)
    assert texts(grids.records(Grid("g", "表", (head,), (Row((LEAF,)),), printed=True), units=True))[0] == ["累计执行数(元)"]


def test_an_official_table_without_a_unit_names_none():
    bare = Row((replace(LEAF, scale=""),))
    assert texts(grids.records(replace(OFFICIAL, rows=(bare,)), units=True))[0] == ["执行数"]


# ---- CSV


def csv(*cells: Entry) -> str:
    return grids.csv_bytes([list(cells)]).decode("utf-8")


def test_the_file_for_programs_is_utf8_with_plain_line_ends():
    assert grids.csv_bytes([[Entry("名称"), Entry("数")], [Entry('引“号”,"逗"'), Entry("1", "k")]]) == '名称,数\n"引“号”,""逗""",1\n'.encode()


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-5 度", "@SUM(1)", "＝1", "＋1", "－1", "＠x", "\t=1", "\r=1+1", " =1+1", "'=1", "''=1", " ' =1"])
def test_words_that_a_spreadsheet_would_run_stand_behind_one_apostrophe(text):
    (written,), *_ = reader(io.StringIO(csv(Entry(text)), newline=""))
    assert written == f"'{text}" and grids.guarded([[Entry(text)]])


@pytest.mark.parametrize("text", ["甲", "1-2", "a=b", "'甲", "0811", "1E5", "1/2", "TRUE", "%0A=1", '"=1+1', "〔2025〕8号", ""])
def test_other_words_stand_as_they_are(text):
    (written,), *_ = reader(io.StringIO(csv(Entry(text)), newline=""))
    assert written == text and not grids.guarded([[Entry(text)]])


@pytest.mark.parametrize("number", ["-5", "-1200.50", "0.00"])
def test_a_number_never_gets_an_apostrophe(number):
    assert csv(Entry(number, "k")) == f"{number}\n" and not grids.guarded([[Entry(number, "k")]])


def test_no_head_runs_as_a_formula():
    assert grids.csv_bytes(grids.records(Grid("g", "表", (Column("c", ("=HYPERLINK(1)",)),), ()))) == b"'=HYPERLINK(1)\n"


# ---- XLSX, as a library of others reads it


def sheet(*lines: list[Entry], title: str = "表"):
    return load_workbook(io.BytesIO(grids.xlsx_bytes(title, [*lines]))).worksheets[0]


HEAD = [Entry("名称"), Entry("数(万元)")]


def test_a_workbook_holds_texts_as_texts_and_numbers_as_numbers():
    found = sheet(HEAD, [Entry("0811040"), Entry("-1200.50", "k")], [Entry("合计"), Entry("12", "k")])
    assert [[(cell.value, cell.data_type, cell.number_format) for cell in row] for row in found.iter_rows()] == [
        [("名称", "s", "General"), ("数(万元)", "s", "General")],
        [("0811040", "s", "General"), (-1200.5, "n", "#,##0.00")],
        [("合计", "s", "General"), (12, "n", "#,##0")],
    ]
    assert (found.freeze_panes, found.sheet_state) == ("A2", "visible")


@pytest.mark.parametrize("text", ["=1+1", "{=1+1}", "http://x.invalid", "internal:Sheet1!A1", "@SUM(1)", "-5", "1E5", "2024-12-15", "_x0041_", "<r><t>甲</t></r>", "a\nb", "'甲", " 甲 "])
def test_no_text_of_a_workbook_is_anything_else(text):
    cell = sheet(HEAD, [Entry(text), Entry("1", "k")])["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_an_escape_behind_an_escape_is_a_text_too():
    book = CalamineWorkbook.from_filelike(io.BytesIO(grids.xlsx_bytes("表", [HEAD, [Entry("_x005F_x0041_"), Entry("")]])))
    assert book.get_sheet_by_index(0).to_python()[1][0] == "_x005F_x0041_"


@pytest.mark.parametrize(
    ("number", "value"),
    [
        ("9007199254740.99", 9007199254740.99), ("0.000001", 0.000001), ("123456789012345", 123456789012345),
        ("1234567890123456", "1234567890123456"), ("12345678901234.56", "12345678901234.56"), ("51316/58801", "51316/58801"),
    ],
)  # fmt: skip
def test_a_number_that_excel_would_round_stands_as_a_text(number, value):
    assert sheet(HEAD, [Entry("甲"), Entry(number, "k")])["B2"].value == value


@settings(deadline=None, max_examples=300)
@given(st.integers(-(10**20), 10**20), st.integers(0, 8))
def test_a_number_written_as_one_reads_back_to_the_last_digit(whole, places):
    text = format(Decimal(whole).scaleb(-places), "f")
    if places_of(text) is not None:
        assert Decimal(repr(float(text))) == Decimal(text) and len(text.replace(".", "").lstrip("-0")) <= 15


def test_a_text_too_long_for_a_cell_is_no_silent_cut():
    with pytest.raises(ValueError, match="40000 characters"):
        grids.xlsx_bytes("表", [[Entry("x" * 40_000)]])


def test_the_same_table_gives_the_same_bytes_at_any_time(monkeypatch):
    first = grids.xlsx_bytes("表", [HEAD])
    monkeypatch.setattr("time.localtime", lambda *_: (2031, 5, 6, 7, 8, 9, 1, 126, 0))
    monkeypatch.setenv("TZ", "America/Lima")
    assert grids.xlsx_bytes("表", [HEAD]) == first


def test_a_workbook_names_nobody_and_no_day():
    told = load_workbook(io.BytesIO(grids.xlsx_bytes("表", [HEAD]))).properties
    assert (told.creator, told.lastModifiedBy, told.created, told.modified) == (None, None, datetime.datetime(1980, 1, 1), datetime.datetime(1980, 1, 1))


@pytest.mark.parametrize(
    ("title", "name"),
    [("支出决算表", "支出决算表"), ("[a]:*?/\\b", "a      b"), ("'", "表"), ("History", "表"), ("", "表"), ("表" * 40, "表" * 31)],
)
def test_a_sheet_has_a_name_that_excel_allows(title, name):
    assert sheet(HEAD, title=title).title == name


def test_columns_are_as_wide_as_what_stands_in_them():
    assert grids.widths([[Entry("科目编码"), Entry("名")], [Entry("1"), Entry("长" * 99)]]) == [10, 60]


def test_a_grid_knows_the_facts_it_shows():
    assert GRID.facts() == [LEAF, SUM, RATE]
