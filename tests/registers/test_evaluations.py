"""Third-party evaluations: dimensions add up to totals, self-scores stand beside them, days to publication are counted."""

import datetime
from fractions import Fraction

import pytest

from scripts.book import Book
from scripts.cells import State
from scripts.facts import Unit
from scripts.grades import grade
from scripts.inputs import Inputs
from scripts.publisher import Publisher
from scripts.registers.evaluations.facts import working_days
from tests.small_publisher import EVALUATIONS, SCORES, desk

TOTALS = ("mean", "self-mean", "mean-gap", "evaluations-count", "projects-evaluated", "evaluated-share")


def values(facts, *names: str, prefix="evaluations/2025/") -> tuple:
    return tuple(f.value if f.known else f.state for f in (facts[prefix + name] for name in names))


def desk_of(folder):
    return desk(folder, "evaluations", "projects")


def second(found, total: str, own: str) -> None:
    """Another evaluation of the same project, without dimensions."""
    row = found.text(EVALUATIONS).splitlines()[1]
    found.add(EVALUATIONS, row.replace("PJ-01", "PJ-02").replace("86.5", total).replace("95.0", own))


def test_totals_means_and_the_share_of_projects_evaluated(tmp_path):
    facts = desk_of(tmp_path).book().facts
    assert values(facts, *TOTALS) == (Fraction(173, 2), Fraction(95), Fraction(17, 2), 1, 1, Fraction(1))
    assert values(facts, "gap", "days", "working-days", "过程/given-share", "产出/self-share", prefix="evaluations/2025/PJ-01/") == (
        Fraction(17, 2), 14, 10, Fraction(9, 10), Fraction(19, 20),
    )  # fmt: skip
    assert facts["evaluations/2025/mean"].unit is Unit.POINTS


def test_two_evaluations_of_one_project_evaluate_one_project(tmp_path):
    found = desk_of(tmp_path)
    second(found, "76.5", "80.0")
    assert values(found.book().facts, *TOTALS) == (Fraction(163, 2), Fraction(175, 2), Fraction(6), 2, 1, Fraction(1))


def test_a_score_that_was_not_given_leaves_no_gap(tmp_path):
    found = desk_of(tmp_path)
    found.change(EVALUATIONS, ",95.0,", ",,")
    found.write(SCORES, found.text(SCORES).replace("19.0", "").replace("76.0", ""))
    facts = found.book().facts
    assert values(facts, "self-mean", "mean-gap", "PJ-01/gap", "PJ-01/过程/self-share") == (State.BLANK,) * 4
    page = found.pages()["evaluations/2025/pj-01/"]
    assert (
        "单位没有公布自评分。" in page.markdown
        and "自评高出" not in page.blocks["figures.html"]
        and "空白" in page.blocks["figures.html"]
    )


def test_means_of_different_evaluations_are_not_compared(tmp_path):
    found = desk_of(tmp_path)
    second(found, "50", "")
    assert values(found.book().facts, "mean", "self-mean", "mean-gap") == (
        Fraction(273, 4),
        Fraction(95),
        State.NOT_APPLICABLE,
    )
    assert "比第三方" not in found.pages()["evaluations/2025/"].markdown


def test_a_unit_may_be_harder_on_itself_than_others_are(tmp_path):
    found = desk_of(tmp_path)
    found.change(EVALUATIONS, ",95.0,", ",80.0,")
    found.write(SCORES, found.text(SCORES).replace("19.0", "16.0").replace("76.0", "64.0"))
    pages = found.pages()
    assert (
        "低 [6.50 分]" in pages["evaluations/2025/pj-01/"].markdown
        and "比第三方低 [6.50 分]" in pages["evaluations/2025/"].markdown
    )
    figures = pages["evaluations/2025/pj-01/"].blocks["figures.html"]
    assert "自评低 " in figures and "自评高出" not in figures


# ---- dimensions against totals


@pytest.mark.parametrize(
    ("score", "kinds"),
    [("68.5", []), ("68.4", ["unexplained-difference"]), ("68.51", ["unexplained-difference"])],
)
def test_dimensions_add_up_to_the_total_exactly(tmp_path, score, kinds):
    found = desk_of(tmp_path)
    found.change(SCORES, "68.5", score)
    assert [p[5] for p in found.problems()] == kinds


def test_self_scores_add_up_too(tmp_path):
    found = desk_of(tmp_path)
    found.change(SCORES, "76.0", "70.0")
    assert found.problems() == [("error", EVALUATIONS, 2, "自评总分", "95.0", "unexplained-difference")]


def test_an_evaluation_without_dimensions_is_compared_with_nothing(tmp_path):
    found = desk_of(tmp_path)
    found.keep_header(SCORES)
    assert (
        found.problems() == [] and [c.identity for c in found.book().comparisons if c.register == "evaluations"] == []
    )
    assert "dimensions.html" not in found.pages()["evaluations/2025/pj-01/"].blocks


def test_a_dimension_that_was_not_published_makes_the_total_uncheckable(tmp_path):
    found = desk_of(tmp_path)
    found.change(SCORES, "68.5", "未公布")
    assert [(c.identity, str(c.verdict)) for c in found.book().comparisons if c.register == "evaluations"] == [
        ("evaluations-given", "uncheckable"), ("evaluations-self", "balanced"),
    ]  # fmt: skip
    dimensions = found.pages()["evaluations/2025/pj-01/"].blocks["dimensions.html"]
    assert "扣分最多的是<span data-text>过程</span>" in dimensions


def test_a_total_that_was_not_published_has_pages_all_the_same(tmp_path):
    found = desk_of(tmp_path)
    found.change(EVALUATIONS, "86.5", "未公布")
    pages = found.pages()
    assert values(found.book().facts, "mean", "mean-gap", "evaluations-count") == (
        State.UNPUBLISHED,
        State.UNPUBLISHED,
        1,
    )
    assert (
        "平均 [未公布]" in pages["evaluations/2025/"].markdown
        and "scores.html" not in pages["evaluations/2025/"].blocks
    )
    assert "统一等级" not in pages["evaluations/2025/pj-01/"].markdown


def test_the_evaluation_with_the_lowest_total_is_named_and_an_unpublished_one_is_not_it(tmp_path):
    found = desk_of(tmp_path)
    second(found, "未公布", "80.0")
    assert (
        "得分最低的是<span data-text>残疾儿童康复救助</span>，第三方评 [86.50 分]"
        in found.pages()["evaluations/2025/"].markdown
    )


# ---- grades and days


@pytest.mark.parametrize(
    ("total", "name"),
    [
        (100, "excellent"),
        (90, "excellent"),
        (Fraction(899, 10), "good"),
        (80, "good"),
        (Fraction(7999, 100), "fair"),
        (60, "fair"),
        (Fraction(599, 10), "poor"),
        (0, "poor"),
    ],
)
def test_no_total_falls_between_two_grades(total, name):
    assert grade(total) == name


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2026-03-02", "2026-03-16", 10), ("2026-03-02", "2026-03-02", 0), ("2026-03-06", "2026-03-08", 0), ("2026-03-06", "2026-03-09", 1),
        ("2025-09-30", "2025-10-09", 1), ("2026-03-16", "2026-03-02", 0),
    ],
)  # fmt: skip
def test_working_days_leave_out_weekends_and_holidays(first, last, days):
    book = Book(Inputs(Publisher(None, "甲"), {}))
    assert working_days(book, "k", datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)).value == days


def test_beyond_the_calendar_of_holidays_there_is_no_count(tmp_path):
    book = Book(Inputs(Publisher(None, "甲"), {}))
    assert (
        working_days(book, "k", datetime.date(2060, 1, 1), datetime.date(2060, 2, 1)) is None and "k" not in book.facts
    )
    found = desk_of(tmp_path)
    found.change(EVALUATIONS, "2026-03-02,2026-03-16", "2060-03-02,2060-03-16")
    found.change("publisher.toml", "as_of = 2026-03-31", "as_of = 2060-03-31")
    assert "evaluations/2025/pj-01/" in found.pages()


@pytest.mark.parametrize("dates", ["2026-03-02,", "2026-03-02,未公布", "未公布,2026-03-16"])
def test_without_both_dates_there_are_no_days(tmp_path, dates):
    found = desk_of(tmp_path)
    found.change(EVALUATIONS, "2026-03-02,2026-03-16", dates)
    assert "evaluations/2025/PJ-01/days" not in found.book().facts
    markdown = found.pages()["evaluations/2025/pj-01/"].markdown
    assert ("报告 未公布" in markdown) == dates.startswith("未公布") and ("公开日期未公布" in markdown) == (
        not dates.endswith("16")
    )


def test_an_evaluation_is_of_a_project_of_its_year(tmp_path):
    found = desk(tmp_path, "evaluations")
    assert found.problems() == [("error", EVALUATIONS, 2, "项目编码", "KF-01", "foreign-key")]


def test_scores_belong_to_an_evaluation_and_stay_within_full_marks(tmp_path):
    found = desk_of(tmp_path)
    found.change(SCORES, "PJ-01,产出,80,68.5,76.0", "PJ-09,产能,80,101,-1")
    assert found.problems() == [
        ("error", SCORES, 3, "第三方得分", "101", "above-maximum"),
        ("error", SCORES, 3, "维度", "产能", "not-in-list"),
        ("error", SCORES, 3, "编号", "PJ-09", "foreign-key"),
        ("error", SCORES, 3, "自评得分", "-1", "below-minimum"),
    ]
