"""Slips that pass every form: each is said at its cell, with the value that seems meant, and nothing is said of what is usual."""

import shutil

import pytest

from scripts.account import account
from tests.built import SMALL
from tests.small_publisher import EVALUATIONS, FUNDING, LINES, PAYMENTS, PROJECTS, desk

ADJUSTMENTS, REPORTS = "execution/2025/adjustments.csv", "execution/2025/reports.csv"
ITEMS = "final_accounts/2025/逐项预决算说明.csv"


@pytest.fixture
def clerk(tmp_path):
    return desk(tmp_path / "publisher")


def told(clerk) -> list[tuple]:
    """(kind, file, row, column, value, what the line says) of every problem."""
    return [(p.kind, p.file, p.row, p.column, p.value, p.message + p.fix) for p in clerk.account().problems]


def kinds(clerk, *wanted: str) -> list[tuple]:
    return [each[:5] for each in told(clerk) if each[0] in wanted]


# ---- amounts


def test_an_amount_in_ten_thousands_is_said_with_the_amount_in_yuan_also_at_an_interim_date(clerk):
    clerk.change(LINES, "2025-06-30,450000.00", "2025-06-30,45.00")
    assert told(clerk) == [
        ("amount-too-small", LINES, 2, "累计执行数(元)", "45.00", "“45.00”约为同列万分之一，像是万元。若是请改。例：450000.00"),
    ]  # fmt: skip


def test_an_amount_ten_thousand_times_too_large(clerk):
    clerk.change(LINES, "1000000.00,0.00,1000000.00,2025-06-30,450000.00", "1000000.00,0.00,1000000.00,2025-06-30,4500000000.00")
    assert ("amount-too-large", LINES, 2, "累计执行数(元)", "4500000000.00", "“4500000000.00”约为同列一万倍，像是多写了四位。若是请改。例：450000.00") in told(clerk)


@pytest.mark.parametrize("amount", ["0.00", "4500.00", "450000.00", "990000.00", "-4500.00"])
def test_small_amounts_and_nothing_are_no_slips(clerk, amount):
    clerk.change(LINES, "2025-06-30,450000.00", f"2025-06-30,{amount}")
    assert kinds(clerk, "amount-too-small", "amount-too-large") == []


def test_one_payment_recorded_twice_under_two_numbers(clerk):
    clerk.add(PAYMENTS, "KF-01,03,2025-12-10,380000.00,单位,演示康复中心,30399,6 月至 12 月训练费,ledger")
    assert kinds(clerk, "same-deed") == [("same-deed", PAYMENTS, 4, "金额(元)", "380000.00")]
    clerk.change(PAYMENTS, "KF-01,03,2025-12-10", "KF-01,03,2025-12-11")
    assert kinds(clerk, "same-deed") == []


# ---- dates


def test_a_date_after_the_day_the_data_are_as_of_is_said_at_its_cell(clerk):
    clerk.change(REPORTS, "2026-01-16", "2026-04-16")
    clerk.change("execution/2025/sources.toml", "date = 2025-08-01", "date = 2028-08-01")
    assert told(clerk) == [
        ("after-as-of", REPORTS, 3, "公开日期", "2026-04-16",
         "“2026-04-16”在数据截至日期 2026-03-31 之后，那时还没有发生。日期写错请改；数据更新了的，请在 publisher.toml 里改 as_of。"),
        ("after-as-of", "execution/2025/sources.toml", None, "documents.county-8.date", "2028-08-01",
         "“2028-08-01”在数据截至日期 2026-03-31 之后，那时还没有发生。日期写错请改；数据更新了的，请在 publisher.toml 里改 as_of。"),
    ]  # fmt: skip


def test_many_dates_after_it_mean_that_the_day_itself_is_old(clerk):
    clerk.change("publisher.toml", "2026-03-31", "2025-03-31")
    assert kinds(clerk, "after-as-of", "as-of-old") == [("as-of-old", "publisher.toml", None, "as_of", "2025-03-31")]
    assert "最晚是 2026-03-16（evaluations/2025/evaluations.csv）" in told(clerk)[-1][5]


@pytest.mark.parametrize(
    ("starts", "ends", "kind", "line"),
    [("2025-06-21", "2025-12-31", "before-project", 2), ("2025-01-01", "2025-08-31", "after-project", 3), ("2025-01-01", "2025-11-30", "", 0)],
)
def test_a_payment_outside_its_project(clerk, starts, ends, kind, line):
    clerk.change(PROJECTS, "2025-01-01,2025-12-31", f"{starts},{ends}")
    day = {2: "2025-06-20", 3: "2025-12-10"}.get(line)
    assert kinds(clerk, "before-project", "after-project") == ([(kind, PAYMENTS, line, "日期", day)] if kind else [])


@pytest.mark.parametrize(("file", "old", "new", "row"), [(PAYMENTS, "2025-06-20", "2024-06-20", 2), (ADJUSTMENTS, "2025-08-01", "2024-08-01", 2)])
def test_a_deed_of_another_year_than_its_folder(clerk, file, old, new, row):
    clerk.change(file, old, new)
    assert kinds(clerk, "deed-of-another-year") == [("deed-of-another-year", file, row, "日期", new)]


def test_of_a_row_that_is_wrong_for_sure_nothing_doubtful_is_said(clerk):
    clerk.change(REPORTS, "2025-12-31,2026-01-16", "2026-12-31,2027-01-16")
    assert kinds(clerk, "after-as-of", "date-of-another-year") == [("date-of-another-year", REPORTS, 3, "截至日期", "2026-12-31")]


# ---- names, grades, printed rates


def test_another_name_for_a_code_than_the_other_rows_give(clerk):
    clerk.write(LINES, clerk.text(LINES).replace("2081101", "2081198"))
    clerk.change(LINES, "2081198,行政运行,,1000000.00,0.00,1000000.00,2025-06-30", "2081198,行政管理,,1000000.00,0.00,1000000.00,2025-06-30")
    assert [each[:3] + each[4:] for each in told(clerk) if each[0].startswith("official-")] == [
        ("official-two-names", LINES, 4, "2081198", "“2081198”这里叫“行政运行”，别的地方叫“行政管理”。请照原件核对编码和名称；原件如此可留。"),
    ]


def test_another_name_for_a_code_than_the_table_of_codes_gives(clerk):
    clerk.write(LINES, clerk.text(LINES).replace("2081104,残疾人康复", "2080505,养老保险"))
    clerk.write(ADJUSTMENTS, clerk.text(ADJUSTMENTS).replace("2081104", "2080505"))
    assert kinds(clerk, "official-other-name") == []
    assert [(p.kind, p.row, p.column, p.value, p.fix) for p in clerk.account().problems if p.file == LINES] == [
        ("name-of-no-code", 3, "科目名称", "养老保险", "请核对编码和名称，改正写错的一个。例：机关事业单位基本养老保险缴费支出"),
    ]


@pytest.mark.parametrize(
    ("score", "grade", "meant"),
    [("90", "良", "优"), ("89.99", "优", "良"), ("79.99", "良", "中"), ("59.99", "中", "差"), ("60", "差", "中"), ("86.5", "良", ""), ("86.5", "合格", "")],
)
def test_a_grade_that_contradicts_its_score_is_said_and_printed_as_given(clerk, score, grade, meant):
    clerk.change(EVALUATIONS, "86.5,良", f"{score},{grade}")
    assert kinds(clerk, "grade-contradicts") == ([("grade-contradicts", EVALUATIONS, 2, "原等级", grade)] if meant else [])
    assert not meant or f"应是“{meant}”" in next(each[5] for each in told(clerk) if each[0] == "grade-contradicts")


@pytest.mark.parametrize(("printed", "right"), [("99.00", ""), ("98.99", ""), ("90.00", "99.00"), ("100.00%", "99.00%"), ("-", "")])
def test_a_printed_rate_that_the_numbers_of_its_row_cannot_give(clerk, printed, right):
    clerk.write("final_accounts/2025/disclosure.csv", "事项,批复日期,公开日期,来源文件\n")
    clerk.write("final_accounts/2025/three_public_reasons.csv", "项目,数量说明,原因,来源文件\n")
    clerk.write("final_accounts/2025/other_matters.csv", "事项,分项,金额(元),数量,说明,来源文件\n")
    clerk.write("final_accounts/2025/sources.toml", f'[tables."{ITEMS.rpartition("/")[2]}"]\nunit = "万元"\n')
    clerk.write(ITEMS, f"科目,预算数,决算数,完成%(原文),主要原因\n残疾人康复,33.86,33.52,{printed},照实支付\n")
    assert kinds(clerk, "printed-rate") == ([("printed-rate", ITEMS, 2, "完成%(原文)", printed)] if right else [])
    assert not right or next(each[5] for each in told(clerk) if each[0] == "printed-rate").endswith(f"例：{right}")


# ---- years


def another_year(clerk, register: str, year: str) -> None:
    shutil.copytree(clerk.folder / register / "2025", clerk.folder / register / year)


def test_a_year_between_two_others_that_is_missing(clerk):
    another_year(clerk, "organisation", "2023")
    assert told(clerk) == [
        ("year-missing", "organisation/2024", None, "", "", "《机构职责》有 2023 年和 2025 年，没有 2024 年。文件夹丢了请放回；还没有公开的可留。"),
    ]


def test_a_year_on_which_another_register_rests(clerk):
    another_year(clerk, "projects", "2026")
    another_year(clerk, "projects", "2024")
    assert kinds(clerk, "year-needed", "year-missing") == [("year-needed", "execution/2026", None, "", "")]


# ---- keys


def test_a_key_that_everybody_else_spells_otherwise_is_told_once_at_its_own_cell(clerk):
    clerk.change(PROJECTS, "KF-01,", "KF-10,")
    assert told(clerk) == [
        ("key-mistyped", PROJECTS, 2, "项目编码", "KF-10",
         "别处有 8 处写的是“KF-01”，没有一处写“KF-10”，像是这一格写错了。请改这一格，或者改那 8 处。例：KF-01"),
    ]  # fmt: skip


def test_a_mistyped_reference_names_the_key_that_seems_meant(clerk):
    clerk.change(FUNDING, "KF-01,县", "KF-10,县")
    assert told(clerk) == [
        ("foreign-key", FUNDING, 3, "项目编码", "KF-10", "《项目》里没有“KF-10”。请改正这一格，像是“KF-01”；或者先在那张表里加一行。"),
    ]


def test_a_ledger_that_names_no_project_of_the_year(clerk):
    clerk.change(LINES, "KF-01,500000.00,0.00,500000.00,2025-06-30", "KF-O1,500000.00,0.00,500000.00,2025-06-30")
    assert [each[:5] for each in told(clerk)] == [("foreign-key", LINES, 3, "项目编码", "KF-O1")]
    clerk.write(LINES, clerk.text(LINES).replace("KF-O1", "KF-01").replace("KF-01", "2024-07"))
    clerk.write(ADJUSTMENTS, clerk.text(ADJUSTMENTS).replace("KF-01", "2024-07"))
    assert kinds(clerk, "project-not-listed", "foreign-key") == [
        ("project-not-listed", ADJUSTMENTS, 2, "项目编码", "2024-07"),
        ("project-not-listed", LINES, 3, "项目编码", "2024-07"),
        ("project-not-listed", LINES, 5, "项目编码", "2024-07"),
    ]


def test_a_code_mistyped_at_one_date_is_told_there_and_not_as_two_missing_lines(tmp_path):
    made = desk(tmp_path / "publisher", "execution")
    made.add(LINES, "2081101,行政运行,,1000000.00,0.00,1000000.00,2025-09-30,700000.00,,report-06", "2081105,残疾人康复,KF-01,500000.00,0.00,500000.00,2025-09-30,300000.00,,report-06")
    assert kinds(made, "line-mistyped", "line-missing", "spent-falls") == [("line-mistyped", LINES, 7, "科目编码", "2081105")]


def test_a_document_that_an_official_table_rests_on_and_nobody_describes(tmp_path):
    folder = shutil.copytree(SMALL, tmp_path / "publisher")
    path = folder / "final_accounts/2025/sources.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("[documents.tables]", "[documents.table]"), encoding="utf-8")
    assert [(p.kind, p.column, p.value) for p in account(folder).problems if p.file.endswith("sources.toml")] == [
        ("missing-document", f"tables.{name}.document", "tables") for name in ("支出决算表.csv", "收入决算表.csv", "财政拨款“三公”经费支出决算表.csv")
    ]


# ---- what leads to something that could not be read


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [("项目编码,项目名称", "项目编号,项目名称", "near-column"), ("KF-01,残疾儿童康复救助,", 'KF-01,"残疾"儿童,', "broken-quotes"), (",48,plan", ",48", "cell-count")],
)
def test_a_table_that_cannot_be_read_is_one_problem_not_one_for_each_reference(clerk, old, new, kind):
    clerk.change(PROJECTS, old, new)
    assert [each[:2] for each in told(clerk)] == [(kind, PROJECTS)]


def test_a_table_that_is_missing_or_a_workbook_that_is_none_is_one_problem(clerk):
    clerk.remove(PROJECTS)
    assert [each[:2] for each in told(clerk)] == [("missing-table", PROJECTS)]
    clerk.write_bytes(PROJECTS.replace(".csv", ".xlsx"), b"no workbook")
    assert [each[:2] for each in told(clerk)] == [("workbook-not-one", PROJECTS.replace(".csv", ".xlsx"))]


@pytest.mark.parametrize(
    ("old", "new", "kind", "column"),
    [
        ("[documents.plan]", "[documents.plan", "not-toml", ""), ("[documents.plan]", "[documents.plan]\ntitel = 1", "unknown-setting", "documents.plan.titel"),
        ('title = "2025 年项目计划"', "", "document-without-title", "plan"), ('[documents.plan]\ntitle = "2025 年项目计划"', '[documents]\nplan = "x"', "wrong-setting", "documents.plan"),
    ],
)  # fmt: skip
def test_sources_that_are_broken_are_one_problem_not_one_for_each_row(clerk, old, new, kind, column):
    clerk.change("projects/2025/sources.toml", old, new)
    assert [(p.kind, p.column) for p in clerk.account().problems] == [(kind, column)]


def test_a_misspelt_section_is_one_problem(clerk):
    clerk.write("projects/2025/sources.toml", clerk.text("projects/2025/sources.toml").replace("[documents.", "[document."))
    assert [(p.kind, p.column) for p in clerk.account().problems] == [("unknown-setting", "document")]


def test_what_is_not_described_is_still_said_where_the_sources_can_be_read(clerk):
    clerk.change("projects/2025/sources.toml", "[documents.plan]", "[documents.plans]")
    assert [(p.kind, p.file) for p in clerk.account().problems] == [("missing-document", PROJECTS)]


# ---- documents and days of money


@pytest.mark.parametrize("typed", ["演财预[2025]1号", "演财预［2025］1号", "演财预【2025】1号", "演财预(2025)1号", "演财预（2025）1号", " 演财预〔2025]1号"])
def test_a_document_number_in_other_brackets_is_read_in_the_right_ones_and_said(clerk, typed):
    clerk.change(FUNDING, "演财预〔2025〕1号", typed)
    assert told(clerk) == [
        ("read-as", FUNDING, 3, "文号", typed, "写法不规范，当作“演财预〔2025〕1号”读。不是这个意思请改；是的可留，下次请照这个写法填。"),
    ]
    assert clerk.account().inputs.years["projects", 2025].rows("funding")[1].text("number") == "演财预〔2025〕1号"


def test_so_it_is_in_the_sources(clerk):
    clerk.change("execution/2025/sources.toml", "演财预〔2025〕8号", "演财预[2025]8号")
    assert kinds(clerk, "read-as") == [("read-as", "execution/2025/sources.toml", None, "documents.county-8.number", "演财预[2025]8号")]
    assert clerk.account().inputs.years["execution", 2025].documents["county-8"].number == "演财预〔2025〕8号"


@pytest.mark.parametrize("number", ["演财预2025-1", "[2025]1号", "演财预〔2025〕1号", "合同[2025]"])
def test_other_numbers_stay_as_they_are(clerk, number):
    clerk.change(FUNDING, "演财预〔2025〕1号", number)
    assert told(clerk) == []


def test_money_that_arrived_before_it_was_allotted_is_said(clerk):
    clerk.change(FUNDING, "2025-01-20", "2025-01-09")
    assert kinds(clerk, "arrived-early") == [("arrived-early", FUNDING, 2, "到账日期", "2025-01-09")]
    clerk.change(FUNDING, "2025-01-09", "2025-01-10")
    assert told(clerk) == []
