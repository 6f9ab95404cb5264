"""Projects: allotted, arrived, paid, left, for each project and for all; nobody pays out what has not arrived."""

from fractions import Fraction

import pytest

from scripts.cells import State
from scripts.facts import Unit
from tests.small_publisher import FUNDING, LINES, PAYMENTS, PROJECTS, desk

MONEY = ("allotted", "arrived", "paid", "missing", "left", "paid-share")
SECOND = "FJ-02,辅助器具适配,辅具,《办法》,演示县残疾人综合服务中心,持证残疾人,2025-01-01,2025-12-31,未开始,30,,plan"


def values(facts, *names: str, prefix="projects/2025/") -> tuple:
    return tuple(f.value if f.known else f.state for f in (facts[prefix + name] for name in names))


def compared(found) -> list[tuple]:
    return [
        (c.identity, c.place, c.left, c.right, c.difference, str(c.verdict))
        for c in found.book().comparisons
        if c.register == "projects"
    ]


def test_a_projects_money_from_its_sources_to_what_is_left(tmp_path):
    facts = desk(tmp_path).book().facts
    assert values(facts, *MONEY, prefix="projects/2025/KF-01/") == (
        60_000_000,
        60_000_000,
        58_000_000,
        0,
        2_000_000,
        Fraction(29, 30),
    )
    assert values(facts, "allotted", "arrived", "missing", prefix="projects/2025/KF-01/source/省/") == (
        40_000_000,
        40_000_000,
        0,
    )
    assert facts["projects/2025/KF-01/paid"].inputs == (
        "projects/2025/payments/KF-01+01/amount",
        "projects/2025/payments/KF-01+02/amount",
    )


def test_the_years_money_is_that_of_all_projects(tmp_path):
    found = desk(tmp_path, "projects")
    found.add(PROJECTS, SECOND)
    found.add(FUNDING, "FJ-02,县,演财预〔2025〕1号,2025-02-01,90000.00,2025-02-10,30000.00,2081104,county-1")
    facts = found.book().facts
    assert values(facts, *MONEY) == (69_000_000, 63_000_000, 58_000_000, 6_000_000, 5_000_000, Fraction(58, 63))
    assert values(facts, "planned", "served", "projects-count") == (80, 48, 2)
    assert values(facts, "source/县/allotted", "source/县/arrived", "source/县/missing") == (
        29_000_000,
        23_000_000,
        6_000_000,
    )
    assert (facts["projects/2025/planned"].unit, facts["projects/2025/projects-count"].unit) == (
        Unit.PERSONS,
        Unit.ITEMS,
    )


def test_a_project_that_got_no_money_and_paid_none_has_zero_not_blank(tmp_path):
    found = desk(tmp_path, "projects")
    found.add(PROJECTS, SECOND)
    facts = found.book().facts
    assert values(facts, *MONEY, prefix="projects/2025/FJ-02/") == (0, 0, 0, 0, 0, State.NOT_APPLICABLE)
    page = found.pages()["projects/2025/fj-02/"]
    assert "到账 [0.00 万元]" in page.markdown and "还剩 [0.00 万元]" in page.markdown and "付完" not in page.markdown


def test_persons_that_nobody_counted_are_blank(tmp_path):
    found = desk(tmp_path, "projects")
    found.change(PROJECTS, ",50,48,", ",50,,")
    assert values(found.book().facts, "planned", "served") == (50, State.BLANK)


def test_nothing_is_paid_beyond_what_arrived_and_nothing_arrives_beyond_what_was_allotted(tmp_path):
    found = desk(tmp_path, "projects")
    found.add(PROJECTS, SECOND)
    found.change(PAYMENTS, "380000.00", "400000.01")
    found.add(FUNDING, "FJ-02,县,演财预〔2025〕1号,2025-02-01,90000.00,2025-02-10,90000.01,2081104,county-1")
    assert found.problems() == [
        ("error", PROJECTS, 2, "", "KF-01", "paid-beyond-arrived"), ("error", PROJECTS, 3, "", "FJ-02", "arrived-beyond-allotted"),
    ]  # fmt: skip
    assert found.account().problems[0].message == "项目“KF-01”付出 600,000.01 元，超过到账的 600,000.00 元。"


def test_money_paid_without_any_funding_is_beyond_what_arrived(tmp_path):
    found = desk(tmp_path, "projects")
    found.keep_header(FUNDING)
    assert found.problems() == [("error", PROJECTS, 2, "", "KF-01", "paid-beyond-arrived")]
    assert found.account().problems[0].message == "项目“KF-01”付出 580,000.00 元，超过到账的 0.00 元。"


def test_all_that_arrived_may_be_paid(tmp_path):
    found = desk(tmp_path, "projects")
    found.change(PAYMENTS, "380000.00", "400000.00")
    assert found.problems() == []
    assert "到账的全部付完。" in found.pages()["projects/2025/kf-01/"].markdown


def test_an_arrival_that_was_not_published_is_not_nothing(tmp_path):
    found = desk(tmp_path, "projects")
    found.change(FUNDING, "2025-01-20,400000.00", "2025-01-20,未公布")
    assert found.problems() == []
    assert values(found.book().facts, *MONEY) == (
        60_000_000,
        *[State.UNPUBLISHED] * 1,
        58_000_000,
        *[State.UNPUBLISHED] * 3,
    )
    pages = found.pages()
    assert (
        "到账 [未公布]" in pages["projects/2025/kf-01/"].markdown and "flow.html" not in pages["projects/2025/"].blocks
    )


# ---- with execution


def test_payments_up_to_the_date_are_what_execution_says(tmp_path):
    assert compared(desk(tmp_path)) == [
        (
            "projects-execution",
            "残疾人康复（KF-01）",
            "projects/2025/KF-01/paid@2025-12-31",
            "execution/2025/lines/2081104+KF-01+2025-12-31/executed",
            0,
            "balanced",
        ),
        (
            "projects-budget",
            "残疾人康复（KF-01）",
            "projects/2025/KF-01/allotted",
            "execution/2025/lines/2081104+KF-01+2025-12-31/adjusted",
            0,
            "balanced",
        ),
    ]


def test_a_payment_after_the_date_is_not_counted(tmp_path):
    found = desk(tmp_path)
    found.write(
        LINES, "".join(line for line in found.text(LINES).splitlines(keepends=True) if "2025-12-31" not in line)
    )
    assert [(c[0], c[4]) for c in compared(found)] == [("projects-execution", 0), ("projects-budget", 10_000_000)]


def test_a_project_paid_from_two_items_is_compared_with_both_together(tmp_path):
    found = desk(tmp_path)
    found.change(
        LINES,
        "2081104,残疾人康复,KF-01,500000.00,100000.00,600000.00,2025-12-31,580000.00",
        "2081104,残疾人康复,KF-01,500000.00,100000.00,600000.00,2025-12-31,560000.00",
    )
    found.add(LINES, "2296006,用于残疾人事业的彩票公益金支出,KF-01,0.00,0.00,0.00,2025-12-31,20000.00,年初没有安排,report-12")
    assert [p for p in found.problems() if p[0] == "error"] == []
    assert [(c[0], c[3], c[4]) for c in compared(found)] == [
        ("projects-execution", "projects/2025/KF-01/lines/executed@2025-12-31", 0), ("projects-budget", "projects/2025/KF-01/lines/adjusted@2025-12-31", 0),
    ]  # fmt: skip


def test_a_missing_payment_stops_publication(tmp_path):
    found = desk(tmp_path)
    found.write(
        PAYMENTS, "".join(line for line in found.text(PAYMENTS).splitlines(keepends=True) if "KF-01,02" not in line)
    )
    assert found.problems() == [("error", LINES, 5, "累计执行数(元)", "580000.00", "unexplained-difference")]


def test_a_line_without_any_payment_is_compared_with_nothing_paid(tmp_path):
    found = desk(tmp_path)
    found.keep_header(PAYMENTS)
    assert [(c[0], c[4], c[5]) for c in compared(found)] == [
        ("projects-execution", -58_000_000, "unbalanced"),
        ("projects-budget", 0, "balanced"),
    ]


# ---- codes and pages


@pytest.mark.parametrize("code", ["funding", "projects", "how", "康复一", "KF 01", "KF/01", "../01", "KF_01"])
def test_a_code_makes_an_address_of_its_own(tmp_path, code):
    found = desk(tmp_path, "projects")
    found.write(PROJECTS, found.text(PROJECTS).replace("KF-01", code))
    for path in (FUNDING, PAYMENTS):
        found.keep_header(path)
    assert found.problems() == [("error", PROJECTS, 2, "项目编码", code, "wrong-code")]


def test_a_project_page_rests_on_its_own_documents_and_shows_its_own_checks(tmp_path):
    found = desk(tmp_path)
    found.add(PROJECTS, SECOND)
    pages = found.pages()
    first, second = pages["projects/2025/kf-01/"], pages["projects/2025/fj-02/"]
    assert "拨付台账" in first.blocks["sources.html"] and "拨付台账" not in second.blocks["sources.html"]
    assert "checks.html" in first.blocks and "checks.html" not in second.blocks
    assert (
        "第三方评 [86.50 分]" in first.markdown
        and "高 [8.50 分]" in first.markdown
        and "这一年没有第三方评价。" in second.markdown
    )


def test_dates_that_were_not_published_are_said(tmp_path):
    found = desk(tmp_path, "projects")
    found.change(PROJECTS, "2025-01-01,2025-12-31", "未公布,2025-12-31")
    found.change(PAYMENTS, "2025-06-20", "未公布")
    page = found.pages()["projects/2025/kf-01/"]
    assert "未公布 至 <time" in page.markdown and "未公布" in page.blocks["payments.html"]
