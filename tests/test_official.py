"""Official tables of any layout: recognised by name, unfolded, understood by role, printed as they are."""

import csv
from collections import Counter

import pytest
from openpyxl import Workbook

from scripts import official
from scripts.official import codes, importing, kinds, names
from scripts.official.unfold import Printed, unfold
from scripts.problems import errors
from tests.real_sets import COMPLETE, FOLDER, recomputed

PUBLISHER = "部门：某县残疾人联合会"


def workbook(path, sheets):
    """Sheets as (name, rows, merged ranges)."""
    book = Workbook()
    book.remove(book.active)
    for name, rows, *merged in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for cells in merged:
            sheet.merge_cells(cells)
    book.save(path)
    return path


@pytest.fixture
def budget_book(tmp_path):
    """A county's budget of 2025 in the national form: merged headers, unit in the corner, sheets out of order and misnumbered."""
    corner = lambda width: [PUBLISHER] + [None] * (width - 2) + ["单位：万元"]  # noqa: E731
    return workbook(
        tmp_path / "2025年部门预算公开表.xlsx",
        [
            ("封面", [["某县残疾人联合会2025年部门预算公开表"]]),
            (
                "9", [["支出总表"], corner(5), ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
                      [208, "社会保障和就业支出", 1010.5, 610.5, 400], [20811, "残疾人事业", 1010.5, 610.5, 400],
                      [2081101, "行政运行", 610.5, 610.5], [2081104, "残疾人康复", 400, None, 400],
                      [229, "其他支出", 50, None, 50], [22960, "彩票公益金安排的支出", 50, None, 50],
                      [2296006, "用于残疾人事业的彩票公益金支出", 50, None, 50], ["合计", None, 1060.5, 610.5, 450]], "A1:E1",
            ),
            (
                "3", [["预算01表"], ["收支总表"], corner(4), ["收    入", None, "支    出", None],
                      ["项    目", "预算数", "项目（按功能分类）", "预算数"],
                      ["一、一般公共预算拨款收入", 990.5, "一、社会保障和就业支出", 1010.5],
                      ["二、政府性基金预算拨款收入", 50, "二、其他支出", 50], ["本年收入合计", 1040.5, "本年支出合计", 1060.5],
                      ["上年结转结余", 20, "年终结转结余", None], ["收入总计", 1060.5, "支出总计", 1060.5]], "A2:D2", "A4:B4", "C4:D4",
            ),
            (
                "7", [["一般公共预算“三公”经费支出表"], corner(12), ["2024年预算数"] + [None] * 5 + ["2025年预算数"] + [None] * 5,
                      ["合计", "因公出国（境）费", "公务用车购置及运行费", None, None, "公务接待费"] * 2,
                      [None, None, "小计", "公务用车购置费", "公务用车运行费", None] * 2,
                      [16, None, 5, None, 5, 11, 15, None, 5, None, 5, 10]],
                "A3:F3", "G3:L3", "A4:A5", "B4:B5", "C4:E4", "F4:F5", "G4:G5", "H4:H5", "I4:K4", "L4:L5",
            ),
            (
                "5", [["一般公共预算支出表"], corner(8), ["支出功能分类科目", None, "2024年执行数", "2025年预算数", None, None, "2025年预算数比2024年执行数", None],
                      ["科目编码", "科目名称", None, "小计", "基本支出", "项目支出", "增减额", "增减%"],
                      ["合计", None, 1000, 1010.5, 610.5, 400, 10.5, "1.05%"], ["208", "社会保障和就业支出", 1000, 1010.5, 610.5, 400, 10.5, 1.05]],
                "A3:B3", "C3:C4", "D3:F3", "G3:H3",
            ),
        ],
    )  # fmt: skip


def test_a_workbook_in_any_order_and_numbering_is_recognised_by_its_titles(budget_book, tmp_path):
    imported = importing.import_tables(budget_book, "budget", 2025, tmp_path / "county")
    assert [(p.kind, p.sheet) for p in imported.problems] == [("import-not-a-table", "封面")]
    tables = imported.year.tables
    assert {kind: (t.title, t.unit_word) for kind, t in tables.items()} == {
        "overall": ("收支总表", "万元"),
        "expenditure": ("支出总表", "万元"),
        "general_expenditure": ("一般公共预算支出表", "万元"),
        "three_public": ("一般公共预算“三公”经费支出表", "万元"),
    }
    assert imported.year.missing == ["income", "appropriation", "basic_expenditure", "fund", "capital"]
    assert tables["general_expenditure"].header[-3:] == [
        ["2025年预算数", "项目支出"], ["2025年预算数比2024年执行数", "增减额"], ["2025年预算数比2024年执行数", "增减%"],
    ]  # fmt: skip
    assert [(c.role, c.row) for c in tables["three_public"].columns][4:8] == [
        ("previous", "car_running"), ("previous", "reception"), ("budget", "total"), ("budget", "abroad"),
    ]  # fmt: skip


def test_a_workbook_s_tables_agree_and_a_missing_one_is_said(budget_book, tmp_path):
    importing.import_tables(budget_book, "budget", 2025, tmp_path / "county")
    got = recomputed(tmp_path / "county", "budget", 2025)
    assert [(c.identity, c.note) for c in got.comparisons if str(c.verdict) != "balanced"] == [
        ("across.income_total", "缺《收入预算总表》，不能核对。"),
        ("across.income_appropriation", "缺《收入预算总表》，不能核对。"),
        ("across.appropriation_classes", "缺《财政拨款收支预算总表》，不能核对。"),
        ("across.basic", "缺《一般公共预算基本支出部门预算经济分类预算表》，不能核对。"),
    ]
    assert Counter(str(c.verdict) for c in got.comparisons)["balanced"] == 45
    assert got.facts["budget/2025/three_public/reception/budget"].value == 10 * 1_000_000
    assert got.facts["budget/2025/general_expenditure/208/rate"].value * 10000 == 105


def test_an_unrecognised_table_is_a_problem_that_names_it(tmp_path):
    book = workbook(tmp_path / "b.xlsx", [("康复服务情况", [["项目", "数量"], ["车辆", 3]])])
    imported = importing.import_tables(book, "final_accounts", 2024, tmp_path / "county")
    assert [p.line() for p in imported.problems] == [
        "b.xlsx·康复服务情况·“康复服务情况”：认不出“康复服务情况”是哪一张表，没有导入。"
        "请把文件名、工作表名或表上的标题改成正式的表名。例：支出决算表"
    ]


def test_a_hidden_sheet_is_not_read_in_silence(tmp_path):
    path = workbook(tmp_path / "b.xlsx", [("支出决算表", [["科目编码", "科目名称", "合计"]]), ("旧表", [["x", "y"]])])
    from openpyxl import load_workbook

    book = load_workbook(path)
    book["旧表"].sheet_state = "hidden"
    book.save(path)
    imported = importing.import_tables(path, "final_accounts", 2024, tmp_path / "county")
    assert [(p.kind, p.sheet) for p in imported.problems if p.severity == "error"] == [("import-hidden", "旧表")]


def test_two_tables_of_one_kind_are_a_problem_and_the_first_is_kept(tmp_path):
    rows = [["科目编码", "科目名称", "合计", "基本支出", "项目支出"], ["合计", "", "1.00", "1.00", ""]]
    folder = csv_folder(
        tmp_path / "raw",
        {"05一般公共预算财政拨款支出决算表(一)": rows, "03支出决算表": rows, "3支出决算表（分科目）": rows},
    )
    imported = importing.import_tables(folder, "final_accounts", 2024, tmp_path / "county", "万元")
    assert [(p.kind, p.file) for p in errors(imported.problems)] == [("import-twice", "3支出决算表（分科目）.csv")]
    assert list(imported.year.tables) == ["expenditure", "general_expenditure"]


def csv_folder(folder, tables, encoding="utf-8"):
    folder.mkdir(parents=True)
    for name, rows in tables.items():
        width = max(map(len, rows))
        with (folder / f"{name}.csv").open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows(row + [""] * (width - len(row)) for row in rows)
    return folder


def test_files_may_be_numbered_and_ordered_as_they_like(tmp_path):
    each = COMPLETE[1]
    folder = tmp_path / "shuffled"
    folder.mkdir()
    for number, path in enumerate(sorted((each.folder / "raw").glob("0[1-9]*.csv"), reverse=True), start=1):
        (folder / f"表{number}_{path.stem[2:]}.csv").write_bytes(path.read_bytes())
    imported = importing.import_tables(folder, "final_accounts", 2024, tmp_path / "county", "万元")
    assert (imported.year.missing, errors(imported.problems)) == ([], [])
    assert imported.year.tables["expenditure"].title == "支出决算表"


def test_files_that_are_not_tables_of_the_set_are_said(tmp_path):
    folder = csv_folder(
        tmp_path / "raw", {"checks": [["identity", "left"]], "支出决算表": [["科目编码", "科目名称", "合计"]]}
    )
    (folder / "narrative.txt").write_text("说明", encoding="utf-8")
    imported = importing.import_tables(folder, "final_accounts", 2024, tmp_path / "county", "万元")
    assert [(p.kind, p.file) for p in imported.problems if p.kind.startswith("import")] == [
        ("import-not-a-table", "narrative.txt"),
        ("import-not-a-table", "checks.csv"),
    ]


NATIONAL_FORM = {
    "Z02收入决算表": [
        ["收入决算表"], ["", "", "", "", "", "", "", "公开02表"], [PUBLISHER, "", "", "", "", "", "", "金额单位：万元"],
        ["项目", "", "", "", "本年收入合计", "财政拨款收入", "事业收入", "其他收入"], ["功能分类科目编码", "", "", "科目名称"],
        ["类", "款", "项", "栏次", "1", "2", "3", "4"], ["", "", "", "合计", "1,030.50", "1,020.50", "", "10.00"],
        ["208", "", "", "社会保障和就业支出", "1,030.50", "1,020.50", "", "10.00"], ["", "11", "", "残疾人事业", "1,030.50", "1,020.50", "", "10.00"],
        ["", "", "04", "残疾人康复", "1,030.50", "1,020.50", "", "10.00"],
    ],
    "Z06一般公共预算财政拨款基本支出决算明细表": [
        [PUBLISHER, "", "", "", "", "", "", "", "单位：万元"], ["人员经费", "", "", "公用经费"],
        ["科目编码", "科目名称", "决算数", "科目编码", "科目名称", "决算数", "科目编码", "科目名称", "决算数"],
        ["301", "工资福利支出", "500.00", "302", "商品和服务支出", "100.00", "310", "资本性支出", "5.00"],
        ["30101", "  基本工资", "500.00", "30201", "  办 公 费", "100.00", "31002", "  办公设备购置", "5.00"],
        ["人员经费合计", "", "500.00", "公用经费合计", "", "", "", "", "105.00"],
    ],
    "Z09国有资本经营预算财政拨款支出决算表": [
        ["项目", "", "本年支出"], ["科目编码", "科目名称", "合计", "基本支出", "项目支出"], ["栏次", "", "1", "2", "3"], ["合计"],
        ["说明：本部门没有国有资本经营预算财政拨款支出，故本表无数据。"],
    ],
}  # fmt: skip


def test_the_national_form_with_line_and_column_numbers_is_understood_and_printed(tmp_path):
    folder = csv_folder(tmp_path / "raw", NATIONAL_FORM, "gb18030")
    imported = importing.import_tables(folder, "final_accounts", 2023, tmp_path / "county")
    assert errors(imported.problems) == []
    tables = imported.year.tables
    assert tables["income"].header[:4] == [["项目", "功能分类科目编码", part] for part in "类款项"] + [
        ["项目", "科目名称"]
    ]
    assert [texts for _, texts in tables["income"].grid][:2] == [
        ("", "", "", "栏次", "1", "2", "3", "4"),
        ("", "", "", "合计", "1,030.50", "1,020.50", "", "10.00"),
    ]
    assert [(row.key, row.level) for row in tables["income"].rows] == [
        ("total", 0),
        ("208", 1),
        ("20811", 2),
        ("2081104", 3),
    ]
    assert (tables["capital"].notes, tables["capital"].unit_word) == (
        ("说明：本部门没有国有资本经营预算财政拨款支出，故本表无数据。",), "单位未注明",
    )  # fmt: skip
    got = recomputed(tmp_path / "county", "final_accounts", 2023)
    inside = [c for c in got.comparisons if not c.identity.startswith("across.")]
    assert {str(c.verdict) for c in inside} == {"balanced"}
    assert got.facts["final_accounts/2023/basic_expenditure/public_total/total"].value == 105 * 1_000_000


def test_printed_cells_lead_to_their_facts(tmp_path):
    importing.import_tables(csv_folder(tmp_path / "raw", NATIONAL_FORM), "final_accounts", 2023, tmp_path / "county")
    table = official.read_year(tmp_path / "county", "final_accounts", 2023).tables["basic_expenditure"]
    assert [table.key_at(4, index) for index in range(9)] == [
        "", "", "final_accounts/2023/basic_expenditure/personnel_total/total",
        "", "", "", "", "", "final_accounts/2023/basic_expenditure/public_total/total",
    ]  # fmt: skip


def test_income_by_unit_adds_up_to_its_total(tmp_path):
    rows = [["单位代码", "单位名称", "合计", "一般公共预算", "其他收入"], ["合计", "", "300", "290", "10"], ["130", "县残联", "300", "290", "10"],
            ["130001", "县残联（本级）", "180", "170", "10"], ["130002", "县康复中心", "121", "121", ""]]  # fmt: skip
    importing.import_tables(
        csv_folder(tmp_path / "raw", {"收入总表": rows}), "budget", 2025, tmp_path / "county", "万元"
    )
    got = recomputed(tmp_path / "county", "budget", 2025)
    wrong = [
        (c.place, c.words, c.difference)
        for c in got.comparisons
        if c.identity == "income.tree" and str(c.verdict) == "rounding"
    ]
    assert wrong == [
        ("《收入总表》县残联，合计", "县残联 = 各行相加", -1_000_000),
        ("《收入总表》县残联，一般公共预算", "县残联 = 各行相加", -1_000_000),
    ]


def year_of(tmp_path, register, tables, unit="万元"):
    """A publisher's year written as a clerk keeps it: files named by title, header in line 1."""
    folder = tmp_path / register / "2024"
    csv_folder(folder, tables)
    lines = [f'[tables."{name}.csv"]\nunit = "{unit}"' for name in tables]
    (folder / "sources.toml").write_text("\n".join(lines), encoding="utf-8")
    return official.read_year(tmp_path, register, 2024)


HEADER = ["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"]


def test_everything_wrong_with_a_table_is_said_at_once_with_its_place_and_remedy(tmp_path):
    rows = [HEADER + ["备注2"], ["合计", "", "3.00", "一", "2.00", ""], ["2081104", "残疾人康复", "1.00", "1.00", "", ""],
            ["2081104", "残疾人康复", "2.00", "", "2.00", ""], ["20811x", "不明", "", "", "", ""]]  # fmt: skip
    folder = tmp_path / "final_accounts" / "2024"
    csv_folder(folder, {"支出决算表": rows})
    with (folder / "支出决算表.csv").open("a", encoding="utf-8") as file:
        file.write("208,短\n")
    (folder / "sources.toml").write_text('[tables."支出决算表.csv"]\nunit = "万元"', encoding="utf-8")
    year = official.read_year(tmp_path, "final_accounts", 2024)
    assert [(p.severity, p.kind, p.row, p.column, p.value) for p in year.problems] == [
        ("error", "official-column", 1, "备注2", ""),
        ("error", "cell-count", 6, "", "208,短"),
        ("error", "official-not-money", 2, "基本支出", "一"),
        ("warning", "official-code", 5, "科目编码", "20811x"),
        ("error", "official-duplicate", 4, "", "2081104"),
        ("warning", "official-order", 6, "", "208"),
        ("warning", "official-other-name", 6, "", "208"),
    ]
    assert year.problems[0].line() == (
        "final_accounts/2024/支出决算表.csv·第1行·备注2：《支出决算表》多出“备注2”列，不知道是什么。"
        "请照原件核对表头，最接近的是“备注”；原件真有这一列，先在 kinds.toml 登记。"
    )


def test_a_code_with_two_names_is_said_once(tmp_path):
    rows = [HEADER, ["合计", "", "1", "1", ""], ["208", "社会保障和就业支出", "1", "1", ""]]
    other = [HEADER, ["合计", "", "1", "1", ""], ["208", "社会保障支出", "1", "1", ""]]
    year = year_of(tmp_path, "final_accounts", {"支出决算表": rows, "一般公共预算财政拨款支出决算表": other})
    assert [(p.kind, p.value, p.file) for p in year.problems] == [
        ("official-two-names", "208", "final_accounts/2024/一般公共预算财政拨款支出决算表.csv"),
    ]


def test_a_blank_total_over_known_rows_does_not_balance(tmp_path):
    year_of(
        tmp_path,
        "final_accounts",
        {"支出决算表": [HEADER, ["合计", "", "", "", ""], ["208", "社会保障和就业支出", "5.00", "5.00", ""]]},
    )
    got = recomputed(tmp_path, "final_accounts", 2024)
    assert [
        (c.identity, str(c.verdict), c.difference) for c in got.comparisons if c.identity.startswith("expenditure.")
    ] == [
        ("expenditure.tree", "unbalanced", -5_000_000),
        ("expenditure.tree", "unbalanced", -5_000_000),
        ("expenditure.row", "balanced", 0),
    ]


def test_opening_balances_are_compared_with_the_year_before_and_a_difference_is_declared(tmp_path):
    def overall(opening, closing):
        return {"收入支出决算总表": [
            ["收入/项目", "收入/决算数", "支出/项目", "支出/决算数"], ["一、其他收入", "10.00", "一、其他支出", "9.00"],
            ["本年收入合计", "10.00", "本年支出合计", "9.00"], ["年初结转和结余", opening, "年末结转和结余", closing],
            ["总计", "", "总计", ""],
        ]}  # fmt: skip

    for year, tables in ((2023, overall("1.00", "2.00")), (2024, overall("2.50", "3.50"))):
        folder = csv_folder(tmp_path / "final_accounts" / str(year), tables)
        (folder / "sources.toml").write_text('[tables."收入支出决算总表.csv"]\nunit = "万元"', encoding="utf-8")
    years = [official.read_year(tmp_path, "final_accounts", year) for year in (2023, 2024)]
    facts = recomputed(tmp_path, "final_accounts", 2023).facts
    official.leaves(years[1].tables["overall"], "final_accounts", 2024, facts)
    assert [(c.identity, str(c.verdict), c.difference, c.note) for c in official.chain(*years, facts)] == [
        ("chain.chain_overall", "different-basis", 500_000, "年初数可以经批准调整，和上年年末不一定相同"),
    ]


def test_an_of_which_line_is_not_added_again(tmp_path):
    rows = [["收入/项目", "收入/决算数", "支出/项目", "支出/决算数"], ["一、财政拨款收入", "10.00", "一、其他支出", "12.00"],
            ["其中：政府性基金预算财政拨款", "4.00", "", ""], ["二、其他收入", "2.00", "", ""],
            ["本年收入合计", "12.00", "本年支出合计", "12.00"], ["总计", "12.00", "总计", "12.00"]]  # fmt: skip
    year_of(tmp_path, "final_accounts", {"收入支出决算总表": rows})
    got = recomputed(tmp_path, "final_accounts", 2024)
    assert [(c.identity, str(c.verdict), c.note) for c in got.comparisons if c.identity.startswith("overall.")] == [
        ("overall.year_income", "balanced", ""),
        ("overall.income_total", "balanced", ""),
        ("overall.appropriation_part", "balanced", "在限度以内。"),
        ("overall.year_expenditure", "balanced", ""),
        ("overall.expenditure_total", "balanced", ""),
        ("overall.both_totals", "balanced", ""),
    ]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("收支总表(表1)", "overall"), ("部门收支总体情况", "overall"), ("上海市普陀区财政局2024年度收入支出决算总表", "overall"),
        ("2019年度部门收入决算表(分科目)", "income"), ("2019年度部门收入决算表(分单位)", None), ("附表3：支出决算表", "expenditure"),
        ("财政拨款收支总体情况表", "appropriation"), ("一般公共预算支出情况表(按功能分类科目)", "general_expenditure"),
        ("一般公共预算财政拨款支出决算表(二)", None), ("一般公共预算财政拨款基本支出决算明细表", "basic_expenditure"),
        ("一般公共预算基本支出表-人员经费(工资福利支出)(按政府预算经济分类)", None),
        ("财政拨款安排的行政经费及“三公”经费预算表", "three_public"), ('一般公共预算"三公"经费支出情况表', "three_public"),
        ("政府性基金预算财政拨款收入支出决算表(表8)", "fund"), ("国有资本经营预算支出情况表", "capital"), ("项目支出绩效目标表", None),
    ],
)  # fmt: skip
def test_names_seen_in_published_contents_lists_are_recognised(name, kind):
    assert kinds.recognise(name) == kind


def test_every_kind_is_recognised_by_its_own_title():
    for kind in kinds.load(2024).values():
        assert {kinds.recognise(title) for title in kind.titles.values()} == {kind.id}


def test_every_equation_names_columns_or_lines_that_exist():
    for kind in kinds.load(2024).values():
        roles = {c.role for c in kind.columns + kind.measures}
        for equation in kind.equations:
            if equation.each == "row":
                assert set(equation.holds.names) <= roles, (kind.id, equation.id)
            if equation.each == "lines":
                lines = {line.role for v in (equation.block or kind.lines, "economic") for line in kinds.lines(v)} | {
                    "items"
                }
                assert {n for n in equation.holds.names if not n.isdigit()} <= lines, (kind.id, equation.id)


def test_every_code_of_a_year_names_its_source():
    for path in sorted(codes.FOLDER.glob("*.csv")):
        rows = list(csv.DictReader(path.open(encoding="utf-8", newline="")))
        assert [row for row in rows if not (row["source"] and row["name"] and row["code"].isdigit())] == [], path.name
        codes_seen = Counter((row["classification"], row["code"]) for row in rows)
        assert [code for code, times in codes_seen.items() if times > 1] == [], path.name


def test_headers_are_unfolded_without_merged_ranges():
    texts = [["财政拨款“三公”经费"] + [""] * 5, ["合计", "", "公务用车购置及运行维护费", "", "", ""], ["", "", "小计", "", "公务用车购置费", ""],
             ["预算数", "决算数"] * 3, ["1", "2", "3", "4", "5", "6.00"]]  # fmt: skip
    found = unfold(Printed("x", texts), kinds.load(2024)["three_public"])
    assert found.header == [
        "财政拨款“三公”经费/合计/预算数", "财政拨款“三公”经费/合计/决算数",
        "财政拨款“三公”经费/公务用车购置及运行维护费/小计/预算数", "财政拨款“三公”经费/公务用车购置及运行维护费/小计/决算数",
        "财政拨款“三公”经费/公务用车购置及运行维护费/公务用车购置费/预算数",
        "财政拨款“三公”经费/公务用车购置及运行维护费/公务用车购置费/决算数",
    ]  # fmt: skip
    assert found.lines == [["1", "2", "3", "4", "5", "6.00"]]


def test_ordinals_and_of_which_are_taken_off_a_line():
    assert [names.line_name(text) for text in ("二十一、国有资本经营预算支出", "（三）国有资本", "1. 一般公共预算资金", "其中：基金 ", "总计")] == [
        ("国有资本经营预算支出", 1, False), ("国有资本", 2, False), ("一般公共预算资金", 3, False), ("基金", 0, True), ("总计", 0, False),
    ]  # fmt: skip
    assert [names.ordinal(text) for text in ("二十一、x", "十、x", "（三）x", "12、x", "x")] == [
        (1, 21),
        (1, 10),
        (2, 3),
        (3, 12),
        (0, 0),
    ]


def test_importing_twice_changes_nothing_and_says_nothing(tmp_path):
    first = importing.import_tables(
        COMPLETE[0].folder / "raw", "final_accounts", 2024, tmp_path, "万元", document="2024 年度部门决算"
    )
    before = {path.name: path.read_bytes() for path in (tmp_path / "final_accounts" / "2024").iterdir()}
    second = importing.import_tables(
        COMPLETE[0].folder / "raw", "final_accounts", 2024, tmp_path, "万元", document="2024 年度部门决算"
    )
    assert {path.name: path.read_bytes() for path in (tmp_path / "final_accounts" / "2024").iterdir()} == before
    assert (first.problems, first.files) == (second.problems, second.files)
    assert len(first.files) == len(list((FOLDER / "putuo-caizhengju-2024" / "raw").iterdir()))


LINES = ["收入/项目", "收入/决算数", "支出/项目", "支出/决算数"]
FORM = [
    LINES, ["一、其他收入", "5.00", "一、外交支出", "2.00"], ["", "", "二、国防支出", "3.00"], ["本年收入合计", "5.00", "本年支出合计", "5.00"],
    ["年初结转和结余", "", "年末结转和结余", ""], ["总计", "5.00", "总计", "5.00"],
]  # fmt: skip
TREE = [
    HEADER, ["合计", "", "3.00", "3.00", ""], ["208", "社会保障和就业支出", "3.00", "3.00", ""], ["20811", "残疾人事业", "3.00", "3.00", ""],
    ["2081101", "行政运行", "1.00", "1.00", ""], ["2081104", "残疾人康复", "2.00", "2.00", ""],
]  # fmt: skip


HEALTH = [["210", "卫生健康支出"], ["21011", "行政事业单位医疗"], ["2101101", "行政单位医疗"]]
HEALTH = [[*row, "9.00", "9.00", ""] for row in HEALTH]


def without(rows, line):
    return rows[: line - 1] + rows[line:]


def changed(rows, line, column, text):
    row = rows[line - 1]
    return [*rows[: line - 1], [*row[:column], text, *row[column + 1 :]], *rows[line:]]


def swapped(rows, line):
    return [*rows[: line - 1], rows[line], rows[line - 1], *rows[line + 1 :]]


@pytest.mark.parametrize(
    ("title", "rows", "found"),
    [
        ("收入支出决算总表", FORM, []),
        ("收入支出决算总表", swapped(FORM, 5), [("official-order", 6, "年初结转和结余"), ("official-order", 6, "年末结转和结余")]),
        ("收入支出决算总表", swapped(FORM, 2), [("official-ordinal", 2, "二、国防支出")]),
        ("收入支出决算总表", without(FORM, 2), [("official-ordinal", 2, "二、国防支出")]),
        ("收入支出决算总表", without(FORM, 4), [("official-missing-line", None, ""), ("official-missing-line", None, "")]),
        ("收入支出决算总表", changed(FORM, 3, 2, "二、星际旅行支出"), [("official-unknown-row", 3, "二、星际旅行支出")]),
        ("支出决算表", TREE, []),
        ("支出决算表", without(TREE, 2), [("official-missing-line", None, "")]),
        ("支出决算表", without(TREE, 4) + HEALTH, [("official-orphan", 4, "2081101"), ("official-orphan", 5, "2081104")]),
        ("支出决算表", TREE[:4], []),
        ("支出决算表", [*TREE, ["210", "卫生健康支出", "1.00", "1.00", ""]], [("official-childless", 7, "210")]),
        ("支出决算表", swapped(TREE, 5), [("official-order", 6, "2081101")]),
        ("支出决算表", changed(TREE, 5, 2, "1.0000001"), [("official-not-money", 5, "1.0000001")]),
        ("支出决算表", changed(TREE, 5, 0, "208110"), [("official-code", 5, "208110")]),
        ("支出决算表", [HEADER, ["合计", "", "", "", ""]], [("official-empty", None, "")]),
        ("政府性基金预算财政拨款收入支出决算表", [HEADER, ["合计", "", "", "", ""]], []),
    ],
)  # fmt: skip
def test_what_no_sum_can_show_is_a_warning_at_its_line(title, rows, found, tmp_path):
    year = year_of(tmp_path, "final_accounts", {title: rows})
    assert [(p.kind, p.row, p.value) for p in year.problems] == found


def test_an_amount_of_less_than_a_fen_and_a_table_without_unit_are_said(tmp_path):
    year = year_of(tmp_path, "final_accounts", {"支出决算表": changed(TREE, 5, 2, "1.001")}, unit="元")
    assert [(p.kind, p.row, p.value) for p in year.problems] == [("official-part-of-a-fen", 5, "1.001")]
    year = year_of(tmp_path / "other", "final_accounts", {"支出决算表": TREE}, unit="")
    assert [(p.kind, p.severity) for p in year.problems] == [("official-no-unit", "warning")]


def test_a_second_row_or_a_second_file_of_one_table_is_an_error(tmp_path):
    rows = [["“三公”经费预算数/合计", "“三公”经费预算数/公务接待费", "机关运行经费预算数"], ["1.00", "1.00", "9.00"], ["2.00", "2.00", ""]]
    year = year_of(tmp_path, "budget", {"“三公”经费和机关运行经费预算表": rows, "一般公共预算“三公”经费支出表": rows[:2]})
    assert [(p.severity, p.kind, p.file.rpartition("/")[2]) for p in year.problems] == [
        ("error", "official-second-row", "“三公”经费和机关运行经费预算表.csv"),
        ("error", "official-twice", "一般公共预算“三公”经费支出表.csv"),
    ]  # fmt: skip


def test_codes_are_held_against_the_year_s_own_table(tmp_path):
    rows = [*TREE, ["221", "住房保障支出", "1", "1", ""], ["22102", "住房改革支出", "1", "1", ""], ["2210201", "房屋公积金", "1", "1", ""],
            ["2080588", "不存在的项", "", "", ""]]  # fmt: skip
    year = year_of(tmp_path, "final_accounts", {"支出决算表": rows})
    assert [(p.kind, p.value) for p in year.problems if "code" in p.kind or "name" in p.kind] == [
        ("official-other-name", "2210201"),
        ("official-unknown-code", "2080588"),
    ]


def test_a_source_that_cannot_be_read_is_said(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "b.xlsx").write_bytes(b"not a workbook")
    problems = [importing.import_tables(tmp_path / name, "budget", 2025, tmp_path / "county").problems for name in ("empty", "b.xlsx")]
    assert [[p.kind for p in each] for each in problems] == [["import-nothing"], ["import-unreadable"]]


def test_another_year_another_unit_and_a_replaced_file_are_said(tmp_path):
    titled = [["2023年度支出决算表（单位：亿元）"], *TREE]
    county = tmp_path / "county"
    first = importing.import_tables(csv_folder(tmp_path / "a", {"支出决算表": titled}), "final_accounts", 2024, county)
    assert [(p.severity, p.kind, p.value) for p in first.problems if p.kind.startswith("import")] == [
        ("warning", "import-other-year", "2023年度支出决算表（单位：亿元）"),
        ("error", "import-unit", "亿元"),
    ]
    second = importing.import_tables(csv_folder(tmp_path / "b", {"支出决算表": TREE[:3]}), "final_accounts", 2024, county, "万元")
    assert [p.kind for p in second.problems] == ["import-replaced"]


def test_an_unrecognised_name_is_never_guessed_from_its_number(tmp_path):
    imported = importing.import_tables(csv_folder(tmp_path / "raw", {"03": TREE}), "final_accounts", 2024, tmp_path / "county", "万元")
    assert [(p.severity, p.kind) for p in imported.problems] == [("error", "import-unrecognised")]


def test_a_column_that_stands_there_twice_is_an_error(tmp_path):
    year = year_of(tmp_path, "final_accounts", {"支出决算表": [[*row, row[-1]] for row in TREE]})
    assert [(p.severity, p.kind, p.column) for p in year.problems] == [("error", "duplicate-column", "项目支出")]


def test_tables_of_the_other_register_are_not_imported(tmp_path):
    told = {"支出决算表": TREE, "收入预算总表": TREE}
    raw = csv_folder(tmp_path / "raw", told)
    for register, wrong in (("budget", "支出决算表"), ("final_accounts", "收入预算总表")):
        done = importing.import_tables(raw, register, 2024, tmp_path / register, "万元")
        refused = [(p.severity, p.file, p.value) for p in done.problems if p.kind == "import-other-register"]
        assert refused == [("error", f"{wrong}.csv", wrong)]
        assert not list((tmp_path / register).rglob(f"{wrong}.csv"))


def test_an_import_of_nothing_leaves_no_year_behind(tmp_path):
    importing.import_tables(csv_folder(tmp_path / "raw", {"03": TREE}), "budget", 2024, tmp_path / "county", "万元")
    assert not (tmp_path / "county" / "budget").exists()
