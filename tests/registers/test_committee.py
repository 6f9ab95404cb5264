"""Meetings and pledges: one a year each, a unit that pledged nothing is seen, every branch of what the page says."""

import pytest

from scripts import commitments
from tests.governing import desk, said

MEETINGS = "日期,会议,类别,议题,结论,谁列席,公开日期,来源文件\n"
PLEDGES = "单位,序号,事项,期限,完成情况,完成日期,来源文件\n"


def tables(year: int, done=("已办成", "已办成", "已办成"), heard: int = 1) -> dict:
    meetings = [f"{year}-03-0{n + 1},第{n}次听取,县委常委会听取汇报,全年工作,同意,,{year}-03-10,doc" for n in range(heard)]
    meetings.append(f"{year}-04-01,全体会议,残工委全体会议,述职,通过,,{year}-04-10,doc")
    pledges = [f"演示县{unit}局,01,{'' if state == '没有报' else '装坡道'},,{state},,doc" for unit, state in zip(("教育", "民政", "司法"), done, strict=True)]
    return {"meetings": MEETINGS + "\n".join(meetings) + "\n", "pledges": PLEDGES + "\n".join(pledges) + "\n"}


def judged(made, id_: str) -> dict[str, str]:
    site = made.site()
    return {each.value: str(each.verdict) for each in commitments.results(site.inputs, site.facts, commitments.load("plan-1")[id_])}


@pytest.mark.parametrize(("heard", "verdict"), [(0, "unmet"), (1, "met"), (2, "met")])
def test_the_standing_committee_hears_once_a_year(tmp_path, heard, verdict):
    made = desk(tmp_path, "committee", {2025: tables(2025, heard=heard)})
    assert judged(made, "M7.1") == {"": verdict} and judged(made, "M7.2") == {"": "met"}


def test_a_unit_that_pledged_nothing_is_not_overlooked(tmp_path):
    made = desk(tmp_path, "committee", {2025: tables(2025, ("已办成", "没有报", "正在办"))})
    assert judged(made, "M6") == {"演示县教育局": "met", "演示县民政局": "unmet", "演示县司法局": "met"}
    facts = made.book().facts
    assert [facts[f"committee/2025/{name}"].value for name in ("pledges-count", "pledges-done", "pledges-failed", "without-pledge")] == [2, 1, 0, 1]


@pytest.mark.parametrize(
    ("before", "now", "sentences"),
    [
        (None, ("已办成", "已办成", "没有报"), ("报了实事 2 个，办成 2 个。", "没有报的单位有 1 个。", "上一年的数没有公布，不能比较。")),
        (("已办成", "没有办成", "正在办"), ("已办成", "已办成", "没有办成"), ("没有办成的有 1 个。", "每个成员单位都报了。", "办成的比上一年多，上一年是 1 个。")),
        (("已办成", "已办成", "已办成"), ("已办成", "正在办", "正在办"), ("办成的比上一年少，上一年是 3 个。",)),
        (("已办成", "正在办", "正在办"), ("正在办", "已办成", "正在办"), ("办成的和上一年一样多。",)),
    ],
)  # fmt: skip
def test_what_the_page_says(tmp_path, before, now, sentences):
    years = ({2024: tables(2024, before)} if before else {}) | {2025: tables(2025, now)}
    told = said(desk(tmp_path, "committee", years), "committee/2025/")
    assert [each for each in sentences if each not in told] == [] and "听取残疾人工作汇报 1 次，残工委开全体会议 1 次。" in told


def test_a_year_that_is_not_over_is_not_compared(tmp_path):
    made = desk(tmp_path, "committee", {2024: tables(2024), 2025: tables(2025, ("正在办", "正在办", "正在办"))}, as_of="2025-09-30")
    assert "这一年还没有过完，不和上一年比。" in said(made, "committee/2025/")


def test_meetings_are_due_in_twenty_working_days(tmp_path):
    late = tables(2025)
    late["meetings"] = MEETINGS + "2025-03-03,听取,县委常委会听取汇报,全年工作,同意,,2025-04-01,doc\n"
    found = {duty.title: str(duty.standing) for duty in desk(tmp_path, "committee", {2025: late}).site().duties}
    assert found == {"会议情况 听取": "late"}
    late["meetings"] = late["meetings"].replace("2025-04-01", "2025-03-31")
    assert {str(duty.standing) for duty in desk(tmp_path, "committee", {2025: late}).site().duties} == {"on-time"}
