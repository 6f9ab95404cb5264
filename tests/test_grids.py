"""One table, several writers: what HTML, Excel and machines get is the same cells, each in its digit class."""

import datetime
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from scripts import grids
from scripts.cells import Origin, State
from scripts.facts import Fact, Unit
from scripts.grids import Column, Grid, Row, Text

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


def test_records_hold_exact_numbers_and_what_each_cell_is():
    texts, meanings = grids.records(GRID)
    assert texts == [
        ["科目编码", "名称", "2025 年 6 月 30 日/执行(万元)", "执行率(%)"],
        ["2081101", "'=1+1", "96.00", ""],
        ["", "合计", "154.00", "96.25"],
    ]
    assert meanings[1:] == [
        ["text:2081101", "text:'=1+1", f"fact:{LEAF.key}", "text:"], ["text:", "text:合计", f"fact:{SUM.key}", f"fact:{RATE.key}"],
    ]  # fmt: skip


def test_every_row_of_demonstration_data_says_that_it_is():
    texts, meanings = grids.records(GRID, "演示数据")
    assert [row[-1] for row in texts] == ["数据性质", "演示数据", "演示数据"]
    assert [row[-1] for row in meanings] == ["text:数据性质", "text:演示数据", "text:演示数据"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (SCORE, "86.50"), (COUNT, "12"), (unknown(State.UNPUBLISHED), "未公布"), (unknown(State.BLANK), ""), (datetime.date(2025, 3, 1), "2025-03-01"),
        (Fact("k", "甲", 1, Unit.FEN, scale="yuan"), "0.000001"), (Text("-5 度"), "'-5 度"), (Text("＝1"), "'＝1"), (Text("@x"), "'@x"),
    ],
)  # fmt: skip
def test_cells_of_downloads(cell, text):
    assert grids.records(Grid("g", "表", (Column("c", ("列",), numeric=True),), (Row((cell,)),)))[0][1] == [text]


def test_an_official_table_is_offered_in_the_unit_it_was_printed_in():
    blank = unknown(State.BLANK, "-")
    grid = Grid(
        "g", "表", (Column("c", ("执行数",), numeric=True, scale="wan"),), (Row((LEAF,)), Row((blank,))), printed=True
    )
    assert grids.records(grid)[0] == [["执行数"], ["960000.00"], ["-"]]


def test_no_head_runs_as_a_formula():
    assert grids.records(Grid("g", "表", (Column("c", ("=HYPERLINK(1)",)),), ()))[0] == [["'=HYPERLINK(1)"]]


def test_one_file_for_excel_and_one_for_machines():
    texts = [["名称", "数"], ['引“号”,"逗"', "1"]]
    assert grids.csv_bytes(texts, excel=False) == '名称,数\n"引“号”,""逗""",1\n'.encode()
    assert grids.csv_bytes(texts, excel=True) == b"\xef\xbb\xbf" + '名称,数\r\n"引“号”,""逗""",1\r\n'.encode()


def test_a_grid_knows_the_facts_it_shows():
    assert GRID.facts() == [LEAF, SUM, RATE]
