"""Budget execution: totals at each reporting date, the bridge of adjustments, and the reasons that must be given."""

import datetime
from fractions import Fraction

import pytest

from scripts.facts import Unit
from scripts.identities import Verdict
from scripts.registers.execution.facts import dates, needs_reason
from tests.small_publisher import FILES, LINES, desk

ADJUSTMENTS = "execution/2025/adjustments.csv"
JUNE, DECEMBER = "2025-06-30", "2025-12-31"


def values(facts, *names: str) -> dict:
    return {name: facts[f"execution/2025/{name}"].value for name in names}


def verdicts(book, identity: str) -> list[tuple[str, str, object]]:
    return [(c.place, str(c.verdict), c.difference) for c in book.comparisons if c.identity == identity]


def test_totals_at_every_date_are_facts_of_their_own(tmp_path):
    facts = desk(tmp_path, "execution").book().facts
    assert values(facts, *(f"{name}@{day}" for day in (JUNE, DECEMBER) for name in ("approved", "adjustment", "adjusted", "executed", "rate", "left"))) == {
        "approved@2025-06-30": 150_000_000, "adjustment@2025-06-30": 0, "adjusted@2025-06-30": 150_000_000, "executed@2025-06-30": 65_000_000,
        "rate@2025-06-30": Fraction(13, 30), "left@2025-06-30": 85_000_000,
        "approved@2025-12-31": 150_000_000, "adjustment@2025-12-31": 10_000_000, "adjusted@2025-12-31": 160_000_000,
        "executed@2025-12-31": 154_000_000, "rate@2025-12-31": Fraction(77, 80), "left@2025-12-31": 6_000_000,
    }  # fmt: skip
    assert values(facts, "elapsed@2025-06-30", "2081104/rate@2025-12-31", "2081104+KF-01/left@2025-12-31") == {
        "elapsed@2025-06-30": Fraction(181, 365), "2081104/rate@2025-12-31": Fraction(29, 30), "2081104+KF-01/left@2025-12-31": 2_000_000,
    }  # fmt: skip


def test_adjustments_are_summed_by_kind(tmp_path):
    found = desk(tmp_path, "execution")
    found.change(ADJUSTMENTS, "100000.00", "130000.00")
    found.add(ADJUSTMENTS, "2025-09-01,演财预〔2025〕9号,2081104,KF-01,收回,-30000.00,用不完,county-8")
    book = found.book()
    assert values(book.facts, "adjustments/追加", "adjustments/收回", "adjustments/all") == {
        "adjustments/追加": 13_000_000, "adjustments/收回": -3_000_000, "adjustments/all": 10_000_000,
    }  # fmt: skip
    assert verdicts(book, "execution-documents") == [("残疾人康复（2081104、KF-01），截至 2025-12-31", "balanced", 0)]


def test_documents_after_a_date_do_not_explain_that_date(tmp_path):
    found = desk(tmp_path, "execution")
    found.change(ADJUSTMENTS, "2025-08-01", "2025-06-30")
    assert verdicts(found.book(), "execution-documents") == [
        ("残疾人康复（2081104、KF-01），截至 2025-06-30", "unbalanced", -10_000_000), ("残疾人康复（2081104、KF-01），截至 2025-12-31", "balanced", 0),
    ]  # fmt: skip


def test_an_adjustment_without_a_document_does_not_add_up(tmp_path):
    found = desk(tmp_path, "execution")
    found.remove(ADJUSTMENTS)
    assert found.problems() == [("error", LINES, 5, "调整数(元)", "100000.00", "unexplained-difference")]


def test_every_line_of_every_date_adds_up(tmp_path):
    assert [v for _, v, _ in verdicts(desk(tmp_path, "execution").book(), "execution-adjusted")] == ["balanced"] * 4


@pytest.mark.parametrize(
    ("off", "kinds"),
    [
        ("1000000.00", []),
        ("1000000.01", ["unexplained-difference"]),
        ("999999.99", ["unexplained-difference"]),
    ],
)
def test_a_fen_is_not_rounding_in_a_ledger_kept_to_the_fen(tmp_path, off, kinds):
    found = desk(tmp_path, "execution")
    found.change(LINES, "1000000.00,2025-12-31", f"{off},2025-12-31")
    assert [kind for *_, kind in found.problems()] == kinds


# ---- reasons


class Line(dict):
    """Amounts of a line in fen."""


@pytest.mark.parametrize(
    ("approved", "adjusted", "executed", "needs"),
    [
        (100, 100, 90, False), (100, 100, 110, False), (100, 100, 89, True), (100, 100, 111, True), (100, 200, 185, False), (100, 200, 100, True),
        (0, 0, 0, False), (0, 0, 1, True), (0, 100, 100, True), (100, 0, 5, True), (100, 0, 0, False), (None, 100, 95, False), (100, None, 95, False),
        (100, None, 80, True), (100, 100, None, False), (None, None, 5, False),
    ],
)  # fmt: skip
def test_a_tenth_of_the_adjusted_budget_needs_a_reason_and_so_does_money_without_a_first_budget(
    approved, adjusted, executed, needs
):
    assert needs_reason(Line(approved=approved, adjusted=adjusted, executed=executed), Fraction(1, 10)) is needs


def test_a_missing_reason_is_asked_for_at_the_end_of_the_year_alone(tmp_path):
    found = desk(tmp_path, "execution")
    found.change(LINES, "2025-12-31,960000.00", "2025-12-31,890000.00")
    found.change(LINES, "2025-06-30,450000.00", "2025-06-30,10000.00")
    assert found.problems() == [("error", LINES, 4, "偏差原因", "", "missing-reason")]
    assert (
        found.account().problems[0].message
        == "“行政运行”年底执行数和全年预算相差超过 10.0%，或者年初没有预算，要写原因。"
    )
    found.change(LINES, "890000.00,,", "890000.00,推迟到下年,")
    assert found.problems() == []


def test_the_publisher_may_set_another_threshold(tmp_path):
    found = desk(tmp_path, "execution")
    found.add("publisher.toml", "[thresholds]", 'variance = "0.03"')
    assert [p[2:4] + p[5:] for p in found.problems()] == [
        (4, "偏差原因", "missing-reason"),
        (5, "偏差原因", "missing-reason"),
    ]


# ---- with other registers and years


def years(folder, *, executed: str = "1232000.00"):
    found = desk(folder, "execution")
    found.write(
        "execution/2024/lines.csv",
        FILES[LINES].strip().partition("\n")[0]
        + f"\n2081101,行政运行,,1250000.00,0.00,1250000.00,2024-12-31,{executed},,report\n",
    )
    found.write("execution/2024/reports.csv", "截至日期,公开日期,来源文件\n2024-12-31,2025-01-16,report\n")
    found.write("execution/2024/sources.toml", '[documents.report]\ntitle = "2024 年预算执行表"\n')
    return found


def test_a_year_is_compared_with_the_one_before(tmp_path):
    assert values(years(tmp_path).book().facts, "executed-change", "executed-growth") == {
        "executed-change": 30_800_000, "executed-growth": Fraction(1, 4),
    }  # fmt: skip


def test_nothing_grows_from_nothing(tmp_path):
    found = years(tmp_path, executed="0.00")
    found.change("execution/2024/lines.csv", ",0.00,,report", ",0.00,没有开展,report")
    growth = found.book().facts["execution/2025/executed-growth"]
    assert (growth.value, str(growth.state)) == (None, "not-applicable")


HEADER = "功能分类科目编码/类,功能分类科目编码/款,功能分类科目编码/项,功能分类科目名称,支出预算/合计,支出预算/基本支出,支出预算/项目支出\n"


def with_budget(folder, administration="100.00", care="50.00"):
    found = desk(folder, "execution")
    total = f"{float(administration) + float(care):.2f}"
    rows = [f"208,,,社会保障和就业支出,{total},{administration},{care}", f"208,11,,残疾人事业,{total},{administration},{care}",
            f"208,11,01,行政运行,{administration},{administration},", f"208,11,04,残疾人康复,{care},,{care}", f"合计,,,,{total},{administration},{care}"]  # fmt: skip
    found.write("budget/2025/支出预算总表.csv", HEADER + "\n".join(rows) + "\n")
    found.write("budget/2025/sources.toml", '[tables."支出预算总表.csv"]\nunit = "万元"\n')
    return found


def test_what_was_approved_is_compared_with_the_budget_item_by_item(tmp_path):
    assert verdicts(with_budget(tmp_path).book(), "execution-budget") == [
        ("2081101 行政运行 年初预算数" + title(tmp_path), "balanced", 0), ("2081104 残疾人康复 年初预算数" + title(tmp_path), "balanced", 0),
    ]  # fmt: skip


def title(folder) -> str:
    """What follows the name of an amount in the title of its total at the end of the year."""
    told = desk(folder, "execution").book().facts[f"execution/2025/2081101/approved@{DECEMBER}"].title
    return told.removeprefix("行政运行 年初预算数")


@pytest.mark.parametrize(
    ("care", "verdict"), [("50.02", Verdict.ROUNDING), ("49.98", Verdict.ROUNDING), ("50.03", Verdict.UNBALANCED)]
)
def test_the_budget_in_wan_is_compared_as_closely_as_it_is_printed(tmp_path, care, verdict):
    found = [v for _, v, _ in verdicts(with_budget(tmp_path, care=care).book(), "execution-budget")]
    assert found == ["balanced", str(verdict)]


def test_money_under_a_code_that_the_budget_does_not_have_is_named(tmp_path):
    found = with_budget(tmp_path)
    found.write(
        "budget/2025/支出预算总表.csv",
        found.text("budget/2025/支出预算总表.csv").replace("208,11,04,残疾人康复", "208,11,05,残疾人就业"),
    )
    wrong = [p for p in found.problems() if p[0] == "error"]
    assert wrong == [("error", LINES, 3, "科目编码", "2081104", "code-not-in-official")]


# ---- edges of a year


def test_a_year_may_have_one_date(tmp_path):
    found = desk(tmp_path, "execution")
    found.write(LINES, "".join(line for line in found.text(LINES).splitlines(keepends=True) if JUNE not in line))
    year = found.account().inputs.get("execution", 2025)
    assert dates(year) == [datetime.date(2025, 12, 31)]
    assert "pace.html" not in found.pages()["execution/2025/"].blocks


def test_a_year_without_lines_has_no_page_and_no_numbers(tmp_path):
    found = desk(tmp_path, "execution")
    found.keep_header(LINES)
    assert found.problems() == [] and "execution/2025/" not in found.pages()
    assert found.book().comparisons == []


def test_what_was_not_published_leaves_the_year_open(tmp_path):
    """One unpublished amount: no total, no rate, no bridge; the rest of the page stands and says so."""
    found = desk(tmp_path, "execution")
    found.change(LINES, "960000.00", "未公布")
    facts = found.book().facts
    states = {
        name: str(facts[f"execution/2025/{name}@{DECEMBER}"].state) for name in ("adjusted", "executed", "rate", "left")
    }
    assert states == {"adjusted": "known", "executed": "unpublished", "rate": "unpublished", "left": "unpublished"}
    page = found.pages()["execution/2025/"]
    assert "全年花了 [未公布]" in page.markdown and "还有多少没有用完，没有公布。" in page.markdown
    assert '<span class="state unpublished">未公布</span>' in page.blocks["functions.html"]


def test_two_reports_of_one_month_are_drawn_once(tmp_path):
    found = desk(tmp_path, "execution")
    found.write(LINES, found.text(LINES).replace(JUNE, "2025-12-15"))
    found.change(ADJUSTMENTS, "2025-08-01", "2025-12-20")
    pages = found.pages()
    assert (
        "pace.html" not in pages["execution/2025/"].blocks
        and len(dates(found.account().inputs.get("execution", 2025))) == 2
    )


def test_shares_are_shares(tmp_path):
    facts = desk(tmp_path, "execution").book().facts
    assert {f.unit for f in facts if "rate@" in f.key or "elapsed@" in f.key} == {Unit.SHARE}


# ---- a whole ledger


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "2081104,残疾人康复,KF-01,500000.00,0.00,500000.00,2025-06-30,200000.00,,report-06\n", "",
            [("error", LINES, 4, "截至日期", "2025-12-31", "line-missing")],
        ),
        (
            "2081101,行政运行,,1000000.00,0.00,1000000.00,2025-12-31,960000.00,,report-12\n", "",
            [("error", LINES, 2, "截至日期", "2025-06-30", "line-missing")],
        ),
        ("450000.00", "-450000.00", [("warning", LINES, 2, "累计执行数(元)", "-450000.00", "spent-falls")]),
        ("450000.00", "960000.01", [("warning", LINES, 4, "累计执行数(元)", "960000.00", "spent-falls")]),
        ("450000.00", "未公布", []),
        ("450000.00", "960000.00", []),
    ],
)  # fmt: skip
def test_a_line_stays_in_every_report_and_what_was_spent_only_grows(tmp_path, old, new, expected):
    found = desk(tmp_path, "execution")
    found.change(LINES, old, new)
    assert found.problems() == expected


def test_a_line_that_was_added_during_the_year_begins_at_its_first_date(tmp_path):
    found = desk(tmp_path, "execution")
    found.add(LINES, "2081105,残疾人就业,,0.00,50000.00,50000.00,2025-12-31,50000.00,年中追加,report-12")
    found.add(ADJUSTMENTS, "2025-09-01,演财预〔2025〕9号,2081105,,追加,50000.00,新增,county-8")
    assert found.problems() == []
