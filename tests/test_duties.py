"""Late is visible: the due date follows from rule and base, the standing from the dates in the data, never from a clock."""

import datetime

import pytest

from scripts import days, registers, schema
from scripts.declared import Wrong, obligation
from scripts.duties import Standing, judge, rules
from scripts.facts import Unit
from scripts.pages import limits
from tests.small_publisher import EVALUATIONS, desk

BASE, DUE = datetime.date(2025, 2, 5), datetime.date(2025, 2, 25)


def day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("published", "as_of", "standing", "count"),
    [
        ("2025-02-05", "2025-12-31", Standing.ON_TIME, 0), ("2025-02-25", "2025-12-31", Standing.ON_TIME, 0),
        ("2025-02-26", "2025-12-31", Standing.LATE, 1), ("2025-03-25", "2025-12-31", Standing.LATE, 28),
        ("", "2025-02-24", Standing.PENDING, 0), ("", "2025-02-25", Standing.PENDING, 0), ("", "2025-02-26", Standing.OVERDUE, 1),
        ("", "2026-02-25", Standing.OVERDUE, 365), ("2025-01-31", "2025-12-31", Standing.ON_TIME, 0),
    ],
)  # fmt: skip
def test_the_day_of_the_limit_is_on_time(published, as_of, standing, count):
    found = judge("approval", BASE, day(published), day(as_of), 2025)
    assert (found.due, found.standing, found.days, found.working) == (DUE, standing, count, False)


@pytest.mark.parametrize(
    ("published", "as_of", "standing", "count"),
    [
        ("2025-10-17", "2025-12-31", Standing.ON_TIME, 0),  # 1 to 8 October are holidays, 28 September and 11 October are worked
        ("2025-10-18", "2025-12-31", Standing.ON_TIME, 0),  # a Saturday: no further working day has gone
        ("2025-10-20", "2025-12-31", Standing.LATE, 1), ("", "2025-10-17", Standing.PENDING, 0), ("", "2025-10-21", Standing.OVERDUE, 2),
    ],
)  # fmt: skip
def test_working_days_are_counted_by_the_calendar_of_holidays(published, as_of, standing, count):
    found = judge("formation", day("2025-09-15"), day(published), day(as_of), 2025)
    assert (found.due, found.standing, found.days, found.working) == (day("2025-10-17"), standing, count, True)


def test_beyond_the_calendar_nothing_is_judged():
    assert days.working_after(day("2060-01-01"), 20) is None
    found = judge("formation", day("2060-01-01"), day("2060-01-02"), day("2060-12-31"), 2060)
    assert (found.standing, found.lacks, found.due) == (Standing.UNCHECKABLE, "calendar", None)


@pytest.mark.parametrize(("rule", "due"), [("lottery", "2026-06-30"), ("information-report", "2026-01-31")])
def test_a_fixed_day_lies_in_the_year_that_follows(rule, due):
    assert judge(rule, None, day(due), day("2026-12-31"), 2025).standing is Standing.ON_TIME
    late = judge(rule, None, day(due) + datetime.timedelta(1), day("2026-12-31"), 2025)
    assert (late.due, late.standing, late.days) == (day(due), Standing.LATE, 1)


def test_without_a_base_or_a_day_to_stand_on_nothing_is_judged():
    assert judge("approval", None, DUE, DUE, 2025).lacks == "base" and judge("approval", BASE, None, None, 2025).lacks == "as_of"
    assert judge("formation", BASE, None, None, 2025).lacks == "as_of"
    assert judge("approval", BASE, DUE, None, 2025).standing is Standing.ON_TIME


def test_a_limit_runs_over_the_end_of_february_in_a_leap_year():
    assert judge("approval", day("2024-02-15"), None, day("2024-03-01"), 2024).due == day("2024-03-06")


def test_a_day_that_the_plan_names():
    found = judge("plan", None, day("2020-09-01"), day("2020-12-31"), 2020, day("2020-08-31"))
    assert (found.standing, found.days, rules()["plan"]["deed"]) == (Standing.LATE, 1, "完成")


def test_every_rule_has_one_way_to_its_day_and_names_its_source():
    for rule in rules().values():
        assert len({"days", "working_days", "following", "plan"} & rule.keys()) == 1 and rule["title"] and rule["source"] and rule["deed"]
    assert "工作日" in rules()["formation"]["title"] and "工作日" not in rules()["approval"]["title"]


def test_every_obligation_names_a_rule_and_has_the_base_that_it_needs():
    for name in registers.ORDER:
        for told in schema.load(name).obligations:
            field = schema.load(name).table(told.table).field(told.base) if told.base else None
            rule = rules()[told.rule]
            assert (field is not None and field.type == "date") == bool({"days", "working_days"} & rule.keys()), (name, told)


@pytest.mark.parametrize(
    "told",
    [
        {}, {"published": "公开日期"}, {"title": "x"}, {"title": "x", "published": "总分"}, {"title": "x", "published": "哪天"},
        {"title": "x", "published": "公开日期", "table": "gone"}, {"title": "x", "published": "公开日期", "every": "year"},
    ],
)  # fmt: skip
def test_a_wrong_obligation_fails_when_the_schema_is_read(told):
    with pytest.raises(Wrong):
        obligation({"rule": "formation", **told}, schema.load("evaluations").tables, "evaluations")


def test_two_documents_of_one_approval_are_late_each_by_its_own_days(tmp_path):
    """They share the approval date, not the delay."""
    found = desk(tmp_path, "organisation")
    found.write("budget/2025/sources.toml", '[documents.approval]\ntitle = "批复"\n')
    found.write(
        "budget/2025/disclosure.csv",
        "事项,批复日期,公开日期,来源文件\n部门预算,2025-02-05,2025-03-01,approval\n三公经费,2025-02-05,2025-03-31,approval\n"
        "绩效目标,2025-02-05,,approval\n决算,未公布,2025-03-01,approval\n无,2025-02-05,不适用,approval\n",
    )
    site = found.site()
    told = [(duty.title, limits.days(site, duty)) for duty in limits.of_year(site, site.inputs.get("budget", 2025))]
    assert [(title, fact and (fact.value, fact.unit, fact.title)) for title, fact in told] == [
        ("部门预算", (4, Unit.DAYS, "2025 年部门预算迟公开的天数")), ("三公经费", (34, Unit.DAYS, "2025 年三公经费迟公开的天数")),
        ("绩效目标", (399, Unit.DAYS, "2025 年绩效目标迟公开的天数")), ("决算", None),
    ]  # fmt: skip
    assert [duty.title for duty in limits.late(site)] == ["绩效目标", "三公经费", "部门预算"]
    assert {str(standing): fact and fact.value for standing, fact in limits.counts(site)} == {
        "overdue": 1, "late": 2, "uncheckable": 1, "pending": None, "on-time": None,
    }  # fmt: skip
    pages = found.pages()
    board = pages["obligations/"].blocks["board.html"]
    assert board.index("绩效目标") < board.index("三公经费") < board.index("决算") and "不可核（缺基准日期）" in board
    assert "过了期限还没有的 [1 个]" in pages[""].markdown and "缺日期、不能判断的 [1 个]" in pages["obligations/"].markdown


def test_an_evaluation_is_late_in_working_days(tmp_path):
    found = desk(tmp_path)
    found.change(EVALUATIONS, "2026-03-16", "2026-03-31")
    site = found.site()
    (duty,) = limits.of_year(site, site.inputs.get("evaluations", 2025))
    assert (duty.title, duty.judged.due, limits.days(site, duty).unit, limits.days(site, duty).value) == (
        "评价报告 PJ-01", day("2026-03-30"), Unit.WORKING_DAYS, 1,
    )  # fmt: skip


REFORM = """
title = "改革任务"
summary = "方案写明日期的事，做到哪一步。"
[[obligations]]
rule = "plan"
matter = "任务"
base = "条款"
published = "完成日期"
[[obligations]]
rule = "information-report"
title = "工作报告"
published = "报告公开"
[[tables]]
name = "tasks"
title = "任务"
primaryKey = ["任务"]
fields = [
  { name = "任务", id = "item", type = "string", publish = true, constraints = { required = true } },
  { name = "条款", id = "clause", type = "string", publish = true },
  { name = "完成日期", id = "done", type = "date", publish = true },
  { name = "报告公开", id = "out", type = "date", publish = true },
  { name = "来源文件", id = "document", type = "string", source = true, publish = true, constraints = { required = true } },
]
"""
TASKS = """任务,条款,完成日期,报告公开,来源文件
县级改革,T1.1,2020-09-02,2021-01-31,plan
乡镇改革,T1.2,,2021-02-02,plan
总结,T1.3,,2021-02-01,plan
没有日子的,Y1,,不适用,plan
"""


@pytest.fixture
def reform(monkeypatch, tmp_path):
    """`organisation` as a register of reform tasks, for one test."""
    folder = tmp_path / "registers"
    for name in registers.ORDER:
        (folder / name).mkdir(parents=True)
        source = REFORM if name == "organisation" else (schema.REGISTERS / name / "schema.toml").read_text(encoding="utf-8")
        (folder / name / "schema.toml").write_text(source, encoding="utf-8")
    monkeypatch.setattr(schema, "REGISTERS", folder)
    schema.load.cache_clear()
    found = desk(tmp_path / "publisher", "none of them")
    found.write("organisation/2020/tasks.csv", TASKS)
    found.write("organisation/2020/sources.toml", '[documents.plan]\ntitle = "改革方案"\n')
    yield found
    schema.load.cache_clear()


def test_the_days_of_a_plan_are_those_of_the_publishers_own(reform):
    told = {}
    for plan in ("plan-1", "plan-2", ""):
        reform.write("publisher.toml", 'name = "演示县残疾人联合会"\nas_of = 2021-03-01\n' + (f'plan = "{plan}"\n' if plan else ""))
        site = reform.site()
        told[plan] = [(d.title, d.clause, str(d.judged.due), str(d.standing), d.judged.days) for d in limits.of_year(site, site.inputs.get("organisation", 2020))]
    report = ("工作报告", "", "2021-01-31", "late", 2)  # out when the last of its rows is; what does not apply is no row of it
    assert told == {
        "plan-1": [("县级改革", "T1.1", "2020-08-31", "late", 2), ("乡镇改革", "T1.2", "2020-12-31", "overdue", 60), report],
        "plan-2": [("县级改革", "T1.1", "2020-09-10", "on-time", 0), ("乡镇改革", "T1.2", "2020-09-30", "overdue", 152),
                   ("总结", "T1.3", "2020-12-31", "overdue", 60), report],
        "": [report],
    }  # fmt: skip


def test_a_promise_with_a_day_is_kept_by_the_task_that_stands_under_it(reform):
    reform.write("publisher.toml", 'name = "演示县残疾人联合会"\nas_of = 2021-03-01\nplan = "plan-1"\n')
    pages = reform.pages()
    county = pages["commitments/"].blocks["county.html"]
    assert county.count("未达标") == 2 and county.index("T1.1") < county.index("G1<")
    assert "已逾期未完成（" in pages["organisation/2020/"].blocks["obligations.html"]
