"""Late is visible: the due date follows from the base date, the standing from the dates in the data, never from a clock."""

import datetime

import pytest

from scripts.duties import Duty, Standing, judge, obligations
from tests.small_publisher import desk

BASE, DUE = datetime.date(2025, 2, 5), datetime.date(2025, 2, 25)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("published", "as_of", "standing", "days"),
    [
        ("2025-02-05", "2025-12-31", Standing.ON_TIME, 0), ("2025-02-25", "2025-12-31", Standing.ON_TIME, 0),
        ("2025-02-26", "2025-12-31", Standing.LATE, 1), ("2025-03-25", "2025-12-31", Standing.LATE, 28),
        ("", "2025-02-24", Standing.PENDING, 1), ("", "2025-02-25", Standing.PENDING, 0), ("", "2025-02-26", Standing.OVERDUE, 1),
        ("", "2026-02-25", Standing.OVERDUE, 365), ("2025-01-31", "2025-12-31", Standing.ON_TIME, 0),
    ],
)  # fmt: skip
def test_the_day_of_the_limit_is_on_time(published, as_of, standing, days):
    found = judge("approval", "部门预算", BASE, day(published) if published else None, day(as_of))
    assert (found.due, found.standing, found.days) == (DUE, standing, days)


def test_a_duty_names_its_rule_and_its_source():
    found = judge("approval", "部门预算", BASE, DUE, DUE)
    told = obligations()["approval"]
    assert found == Duty("部门预算", told["title"], told["source"], BASE, DUE, DUE, Standing.ON_TIME, 0)


def test_a_limit_runs_over_the_end_of_february_in_a_leap_year():
    assert judge("approval", "部门预算", day("2024-02-15"), None, day("2024-03-01")).due == day("2024-03-06")


def test_two_documents_of_one_approval_are_late_each_by_its_own_days(tmp_path):
    """They share the approval date, not the delay."""
    from scripts.pages import duties

    found = desk(tmp_path, "organisation")
    found.write("budget/2025/sources.toml", '[documents.approval]\ntitle = "批复"\n')
    found.write(
        "budget/2025/disclosure.csv",
        "事项,批复日期,公开日期,来源文件\n部门预算,2025-02-05,2025-03-01,approval\n三公经费,2025-02-05,2025-03-31,approval\n绩效目标,2025-02-05,,approval\n",
    )
    site = found.site()
    year = site.inputs.get("budget", 2025)
    days = [(duty.title, duties.days(site, year, duty)) for duty in duties.of_year(site, year)]
    assert [(title, fact.value, fact.title) for title, fact in days] == [
        ("部门预算", 4, "2025 年部门预算迟公开的天数"), ("三公经费", 34, "2025 年三公经费迟公开的天数"), ("绩效目标", 399, "2025 年绩效目标迟公开的天数"),
    ]  # fmt: skip
    assert [duty.title for _, duty in duties.late(site)] == ["绩效目标", "三公经费", "部门预算"]
