"""Import of official tables: what a source says in contradiction, what it says besides, and what is not taken."""

import csv
from collections import Counter

import pytest
from openpyxl import Workbook

from scripts.official import importing
from tests.real_sets import COMPLETE, recomputed

FUNCTION = ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]
TREE = [
    ["合计", "", "3.00", "1.00", "2.00"], ["208", "社会保障和就业支出", "3.00", "1.00", "2.00"], ["20811", "残疾人事业", "3.00", "1.00", "2.00"],
    ["2081101", "行政运行", "1.00", "1.00", ""], ["2081104", "残疾人康复", "2.00", "", "2.00"],
]  # fmt: skip
ECONOMIC = [["合计", "", "1.00", "0.90", "0.10"], ["301", "工资福利支出", "0.90", "0.90", ""], ["30101", "基本工资", "0.90", "0.90", ""],
            ["302", "商品和服务支出", "0.10", "", "0.10"], ["30201", "办公费", "0.10", "", "0.10"]]  # fmt: skip


def workbook(path, sheets):
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append([None if text == "" else text for text in row])
    book.save(path)
    return path


def bring(tmp_path, sheets, register="final_accounts", year=2024, name="公开.xlsx", **given):
    return importing.import_tables(workbook(tmp_path / name, sheets), register, year, tmp_path / "county", **given)


def told(imported, *kinds):
    return [(p.severity, p.kind, p.sheet, p.value) for p in imported.problems if p.kind in kinds or p.kind.startswith("import-") and not kinds]


def plain(title, unit="单位：万元", rows=TREE, header=FUNCTION):
    return [[title], ["部门：某县残联", "", "", "", unit], header, *rows]


# ---- what else it is


def test_a_known_other_table_is_named_and_not_read(tmp_path):
    got = bring(tmp_path, {"支出": plain("支出决算表"), "采购": plain("2024年政府采购支出表"), "分": plain("支出决算表（分单位）")})
    assert told(got) == [
        ("warning", "import-known-other", "采购", "2024年政府采购支出表"),
        ("warning", "import-known-other", "分", "支出决算表（分单位）"),
    ]
    assert [p.message for p in got.problems if p.kind == "import-known-other"] == [
        "这是政府采购表，不是要公开的各张总表，没有导入。",
        "这是分单位的支出表，不是要公开的各张总表，没有导入。",
    ]
    assert list(got.year.tables) == ["expenditure"]


def test_the_second_part_of_a_table_is_what_its_rows_say(tmp_path):
    """Some provinces print 一般公共预算财政拨款支出决算表 in two parts: by function, and what basic expenditure went into."""
    first, second = "一般公共预算财政拨款支出决算表（一）", "一般公共预算财政拨款支出决算表（二）"
    basic = plain(second, header=["经济分类科目编码", "科目名称", "合计", "人员经费", "公用经费"], rows=ECONOMIC)
    got = bring(tmp_path, {"5": plain(first), "6": basic})
    assert [(kind, t.title) for kind, t in got.year.tables.items()] == [("general_expenditure", first), ("basic_expenditure", second)]
    unclear = plain(second, header=["经济分类科目编码", "科目名称", "合计", "基本支出", "项目支出"], rows=ECONOMIC)
    (tmp_path / "b").mkdir()
    got = bring(tmp_path / "b", {"5": plain(first), "6": unclear})
    assert told(got) == [("warning", "import-known-other", "6", second)]
    assert list(got.year.tables) == ["general_expenditure"]


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_tables_of_the_three_expenses_the_wider_is_kept(order, tmp_path):
    wide, narrow = "财政拨款三公经费、行政参公单位机关运行经费情况表", "一般公共预算财政拨款三公经费情况表"
    rows = [["一、“三公”经费支出", "1", "2.00", "1.00"], ["1．因公出国（境）费", "2", "", ""], ["2．公务接待费", "3", "2.00", "1.00"],
            ["国内公务接待批次（个）", "4", "—", "12"]]  # fmt: skip
    sheets = [(title, [[title], ["单位：万元"], ["项目", "行次", "预算数", "决算数"], *rows]) for title in (wide, narrow)][::order]
    got = bring(tmp_path, {str(n): sheet for n, (_, sheet) in enumerate(sheets)})
    assert [p.kind for p in got.problems if p.kind.startswith("import")] == ["import-narrower"]
    table = got.year.tables["three_public"]
    assert table.title == wide
    assert [(row.key, row.sort) for row in table.rows][-1] == ("国内公务接待批次(个)", "text")  # how many, not how much


def test_rows_that_are_not_what_the_title_says_are_not_taken_for_it(tmp_path):
    got = bring(tmp_path, {"支出总表": plain("支出总表", rows=ECONOMIC)}, "budget")
    assert [p.message for p in got.problems if p.kind == "import-known-other"] == [
        "这是按部门预算经济分类的支出表，不是要公开的各张总表，没有导入。"
    ]
    sides = [["一般公共预算收支总表"], ["单位：万元"], ["收入", "", "支出", ""], ["项目", "预算数", "项目", "预算数"],
             ["一、一般公共预算拨款", "3.00", "一、社会保障和就业支出", "3.00"], ["收入总计", "3.00", "支出总计", "3.00"]]  # fmt: skip
    (tmp_path / "b").mkdir()
    got = bring(tmp_path / "b", {"x": sides}, "budget")
    assert [p.message for p in got.problems if p.kind == "import-known-other"] == [
        "这是一般公共预算收支总表，不是要公开的各张总表，没有导入。"
    ]


def test_covers_lists_of_contents_and_texts_are_no_tables(tmp_path):
    contents = [["序号", "表名", "页码"], ["1", "收支总表", "3"], ["2", "收入总表", "4"], ["3", "支出总表", "5"]]
    got = bring(tmp_path, {"封面": [["某县残联", "2024年"]], "Sheet9": contents, "编制说明": [["一、", "基本情况"]], "支出": plain("支出决算表")})
    assert [(p.kind, p.sheet) for p in got.problems] == [("import-not-a-table", "封面"), ("import-not-a-table", "Sheet9"), ("import-not-a-table", "编制说明")]


# ---- contradictions


@pytest.mark.parametrize(
    ("title", "corner", "header", "value"),
    [
        ("支出决算表（单位：万元）", "单位：元", FUNCTION, "万元 / 元"),
        ("支出决算表", "单位：元", FUNCTION, None),
        ("支出决算表", "", [*FUNCTION[:2], "合计（元）", "基本支出（元）", "项目支出（元）"], None),
        ("支出决算表（单位：元）", "金额单位：元", FUNCTION, None),
    ],
)
def test_two_units_of_one_table_are_a_problem_and_never_a_choice(title, corner, header, value, tmp_path):
    got = bring(tmp_path, {"3": plain(title, corner, header=header)})
    if value:
        assert told(got) == [("error", "import-units-differ", "3", value)]
        assert got.files == []
    else:
        assert [t.unit_word for t in got.year.tables.values()] == ["元"]  # also where the amounts look like 万元


def test_a_unit_given_for_one_table_that_says_another_is_a_problem(tmp_path):
    got = bring(tmp_path, {"3": plain("支出决算表")}, units_by_kind={"支出决算表": "元"})
    assert told(got) == [("error", "import-units-differ", "3", "万元 / 元")]


@pytest.mark.parametrize(("corner", "word"), [("单位：亿元", "亿元"), ("单位：万", "万"), ("计量单位：千元", "千元")])
def test_a_unit_that_is_neither_is_said(corner, word, tmp_path):
    assert told(bring(tmp_path, {"3": plain("支出决算表", corner)})) == [("error", "import-unit", "3", word)]


@pytest.mark.parametrize("corner", ["单位：万元", "金额单位:万元", "单位： 人民币万元", "（单位：万元）", "计量单位：万元", "单位(万元)", "单位：万元  公开03表"])
def test_a_unit_is_read_however_it_is_written(corner, tmp_path):
    assert [t.unit_word for t in bring(tmp_path, {"3": plain("支出决算表", corner)}).year.tables.values()] == ["万元"]


def test_an_office_whose_name_begins_like_a_unit_gives_none(tmp_path):
    got = bring(tmp_path, {"3": [["支出决算表"], ["编制单位：元氏县残联"], FUNCTION, *TREE]})
    assert [(t.unit, t.unit_word) for t in got.year.tables.values()] == [(None, "单位未注明")]
    assert [p.kind for p in got.problems] == ["official-no-unit"]


@pytest.mark.parametrize(
    ("name", "sheet", "title", "header", "value"),
    [
        ("公开.xlsx", "3", "2019年度支出决算表", FUNCTION, "2019年度支出决算表"),
        ("公开.xlsx", "2023年支出", "支出决算表", FUNCTION, "2023年支出"),
        ("2023年度部门决算.xlsx", "3", "支出决算表", FUNCTION, "2023年度部门决算"),
        ("公开.xlsx", "3", "二〇二三年度支出决算表", FUNCTION, "二〇二三年度支出决算表"),
        ("2024年决算.xlsx", "2024", "2024年度支出决算表", FUNCTION, None),
        ("公开20230131.xlsx", "3", "支出决算表", FUNCTION, None),
    ],
)
def test_whatever_speaks_of_another_year_is_said(name, sheet, title, header, value, tmp_path):
    got = bring(tmp_path, {sheet: plain(title, header=header)}, name=name)
    assert [(p.kind, p.value) for p in got.problems] == ([("import-other-year", value)] if value else [])


@pytest.mark.parametrize(
    ("columns", "year", "value"),
    [
        (["2024年预算数", "2023年执行数"], 2024, None),
        (["2025年预算数", "2024年执行数"], 2024, "2025年预算数"),
        (["上年执行数", "2023年执行数"], 2024, "上年执行数"),
    ],
)
def test_a_header_of_another_year_is_said(columns, year, value, tmp_path):
    rows = [[*row[:2], row[2], row[2]] for row in TREE]
    got = bring(tmp_path, {"5": plain("一般公共预算支出表", rows=rows, header=[*FUNCTION[:2], *columns])}, "budget", year)
    assert [p.value for p in got.problems if p.kind == "import-other-year"] == ([value] if value else [])


@pytest.mark.parametrize(
    ("name", "title", "register", "kinds"),
    [
        ("2024年部门预算公开.xlsx", "支出总表", "final_accounts", ["import-other-register"]),
        ("2024年部门决算公开.xlsx", "支出总表", "budget", ["import-other-register"]),
        ("2024年部门预算公开.xlsx", "支出决算表", "final_accounts", []),
        ("2024年部门预决算公开.xlsx", "支出总表", "budget", []),
        ("公开.xlsx", "支出总表", "budget", []),
    ],
)
def test_a_workbook_named_like_the_other_register_is_refused_unless_the_table_says_its_own(name, title, register, kinds, tmp_path):
    got = bring(tmp_path, {"3": plain(title)}, register, name=name)
    assert [p.kind for p in got.problems] == kinds
    assert list(got.year.tables) == ([] if kinds else ["expenditure"])


def test_a_title_and_a_sheet_that_name_two_tables_are_said(tmp_path):
    got = bring(tmp_path, {"收入决算表": plain("支出决算表")})
    assert told(got) == [("warning", "import-two-names", "收入决算表", "支出决算表")]
    assert list(got.year.tables) == ["expenditure"]


# ---- several tables, and what stands around them


def test_a_sheet_may_hold_tables_below_each_other_and_side_by_side(tmp_path):
    income = ["科目编码", "科目名称", "合计", "财政拨款收入", "其他收入"]
    below = [*plain("支出决算表"), [""], ["公开05表"], *plain("一般公共预算财政拨款支出决算表", "单位：元"), ["注：本表反映支出情况。"]]
    left, right = plain("收入决算表", header=income), plain("政府性基金预算财政拨款支出决算表")
    beside = [[*one, *[""] * (6 - len(one)), *other] for one, other in zip(left, right, strict=True)]
    got = bring(tmp_path, {"甲": below, "乙": beside})
    assert {kind: t.unit_word for kind, t in got.year.tables.items()} == {
        "income": "万元", "expenditure": "万元", "general_expenditure": "元", "fund": "万元",
    }  # fmt: skip
    assert got.year.tables["general_expenditure"].notes == ("注：本表反映支出情况。",)
    assert [p.line() for p in got.problems] == []


def test_who_filled_in_a_form_is_not_kept(tmp_path):
    got = bring(tmp_path, {"3": [["联系人：王五 电话：0951-1234567"], *plain("支出决算表"), ["填表人：张三", "", "负责人：李四"]]})
    assert [(p.kind, p.row, p.value) for p in got.problems] == [("import-signed", 1, ""), ("import-signed", 10, "")]
    kept = "".join(path.read_text(encoding="utf-8-sig") for path in (tmp_path / "county").rglob("*.*"))
    assert [name for name in ("张三", "李四", "王五", "1234567") if name in kept] == []
    assert "部门：某县残联" in kept


def test_a_problem_of_an_imported_table_names_its_place_in_the_source(tmp_path):
    rows = [[*TREE[0][:3], "约1", "2.00"], *TREE[1:4], [*TREE[4][:4], "２．００元"]]
    got = bring(tmp_path, {"表三": plain("支出决算表", rows=rows, header=[*FUNCTION[:4], "项目支岀"])})
    assert [p.line() for p in got.problems if p.severity == "error"][:2] == [
        "公开.xlsx·表三·第3行·项目支岀：《支出决算表》多出“项目支岀”列，不知道是什么。请照原件核对表头，最接近的是“项目支出”；原件真有这一列，先在 kinds.toml 登记。",
        "公开.xlsx·表三·第4行·基本支出·“约1”：这一格不是金额。请照原件改成数字；原件是空的就空着。例：1,234.50",
    ]


def test_blank_zero_and_dashes_stay_as_they_are_spelt(tmp_path):
    spelt = ["", "0", "0.00", "-", "—"]
    rows = [[*row[:2], row[2], text, row[4]] for row, text in zip(TREE, spelt, strict=True)]
    got = bring(tmp_path, {"3": plain("支出决算表", rows=rows)})
    table = got.year.tables["expenditure"]
    assert [(row.text("basic"), row["basic"]) for row in table.rows] == [("", None), ("0", 0), ("0.00", 0), ("-", None), ("—", None)]


def test_what_was_wrapped_in_its_cell_is_one_line_again_and_numbers_are_never_joined(tmp_path):
    rows = [TREE[0], [TREE[1][0], "社会保障和\n就业支出", *TREE[1][2:]], *TREE[2:4], [*TREE[4][:4], "1\n2.00"]]
    header = [*FUNCTION[:2], "合\t计", "基本\r\n支出", "项目支出"]
    got = bring(tmp_path, {"3": [*plain("某县残联\n支出决算表", rows=rows, header=header), ["说明：本表反映\n支出情况。"]]})
    assert [(p.kind, p.row, p.value) for p in got.problems] == [("official-not-money", 8, "1 2.00")]
    table = got.year.tables["expenditure"]
    assert (table.row("208").name, table.notes, table.title) == ("社会保障和就业支出", ("说明：本表反映支出情况。",), "某县残联支出决算表")
    assert ["/".join(path) for path in table.header] == FUNCTION


# ---- columns that are gone


@pytest.mark.parametrize("column", [2, 3, 4])
def test_a_column_of_the_form_that_is_gone_is_named_once(column, tmp_path):
    cut = [[text for n, text in enumerate(row) if n != column] for row in [FUNCTION, *TREE]]
    got = bring(tmp_path, {"3": plain("支出决算表", rows=cut[1:], header=cut[0])})
    title = {2: "本年支出合计", 3: "基本支出", 4: "项目支出"}[column]
    assert [p.line() for p in got.problems] == [
        f"公开.xlsx·3·第3行·{title}：《支出决算表》没有“{title}”列，各行的数对不全。请照原件补上这一列；原件确实没有，在 sources.toml 里给这张表写 partial = true。"
    ]


def test_a_column_that_only_some_offices_have_is_missed_when_every_line_lacks_it(tmp_path):
    rows = [[*row[:2], "9.00", *row[3:]] for row in TREE]
    got = bring(tmp_path, {"3": plain("支出决算表", rows=rows)})
    assert [(p.kind, p.column) for p in got.problems] == [("official-missing-column", "上缴上级支出”或“经营支出”或“对附属单位补助支出”或“结转下年")]


# ---- nothing is lost


@pytest.mark.parametrize("each", COMPLETE[:3], ids=lambda each: each.name)
def test_every_cell_of_a_source_is_written_or_said(each, tmp_path):
    imported = importing.import_tables(each.folder / "raw", each.register, each.year, tmp_path, each.unit, each.units_by_kind)
    written = Counter(text for file in imported.files for text in cells(tmp_path / file))
    source = Counter(text for path in (each.folder / "raw").glob("*.csv") for text in cells(path))
    assert source - written == Counter()


def cells(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [text for row in csv.reader(file) for text in row if text.strip()]


def test_an_unknown_label_over_known_ones_is_said(tmp_path):
    header = [["科目编码", "科目名称", "合计", "某项工程", ""], ["", "", "", "基本支出", "项目支出"]]
    got = bring(tmp_path, {"3": [["支出决算表（单位：万元）"], *header, *TREE]})
    assert [(p.severity, p.kind, p.row, p.column) for p in got.problems] == [("warning", "official-label", 3, "某项工程")]


# ---- words


def test_the_two_totals_of_a_table_say_which_side_they_are(tmp_path):
    rows = [["收入", "", "支出", ""], ["项目", "决算数", "项目", "决算数"], ["一、其他收入", "3.00", "一、其他支出", "3.00"],
            ["本年收入合计", "3.00", "本年支出合计", "3.00"], ["总    计", "3.00", "总    计", "4.00"]]  # fmt: skip
    bring(tmp_path, {"1": [["收入支出决算总表（单位：万元）"], *rows]})
    found = {c.identity: (c.words, c.place) for c in recomputed(tmp_path / "county", "final_accounts", 2024).comparisons}
    assert found["overall.both_totals"] == (
        "《收入支出决算总表》收入总计，决算数 = 《收入支出决算总表》支出总计，决算数",
        "《收入支出决算总表》收入总计，决算数",
    )
    assert found["overall.expenditure_total"] == ("支出总计 = 本年支出合计", "《收入支出决算总表》支出总计，决算数")
