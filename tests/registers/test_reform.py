"""Tasks of the reform: every clause has its row, due days are those of the plan, every branch of what the page says."""

import csv
import datetime

import pytest

from scripts import commitments, coverage
from tests import built
from tests.governing import desk, said

HEAD = "编号,条款,任务,责任单位,期限,状态,完成日期,成果,统计日期,公开日期,来源文件\n"


def tables(year: int, *states: str, done_on: str = "2020-08-31") -> dict:
    rows = [f"GG-0{n},{'T1.1' if n == 1 else f'B{n}'},任务{n},改革领导小组,2020-08-31,{state},{done_on if n == 1 else ''},,{year}-12-31,,doc" for n, state in enumerate(states, 1)]
    return {"tasks": HEAD + "\n".join(rows) + "\n"}


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026])
def test_every_clause_of_the_plan_has_a_row(year):
    with (built.ROOT / "data" / "reform" / str(year) / "tasks.csv").open(encoding="utf-8-sig") as file:
        named = {row["条款"] for row in csv.DictReader(file)}
    wanted = {clause.id for clause in commitments.load("plan-1").values()} | {system.id for system in coverage.load()}
    assert sorted(id_ for id_ in wanted if not {id_, id_.partition(".")[0]} & named and f"{id_}.1" not in named) == []


@pytest.mark.parametrize(("done_on", "standing", "verdict"), [("2020-08-31", "on-time", "达标"), ("2020-09-01", "late", "未达标"), ("", "overdue", "未达标")])
def test_the_day_of_the_plan_is_in_time(tmp_path, done_on, standing, verdict):
    made = desk(tmp_path, "reform", {2025: tables(2025, "已完成", "正在办", done_on=done_on)})
    (duty,) = made.site().duties
    assert (duty.clause, str(duty.standing), duty.judged.due) == ("T1.1", standing, datetime.date(2020, 8, 31))
    line = next(row for row in made.pages()["commitments/"].blocks["county.html"].split("<tr") if ">T1.1<" in row)
    assert f">{verdict}<" in line.replace("\n", "") or f" {verdict}" in line or verdict in line


@pytest.mark.parametrize(
    ("before", "now", "sentences"),
    [
        ((), ("已完成", "过期未完成"), ("列出改革任务 2 个，已经完成 1 个。", "过了期限还没有完成的有 1 个。", "上一年的数没有公布，不能比较。")),
        (("正在办",), ("已完成", "正在办"), ("没有过了期限还没有完成的。", "完成的比上一年多，上一年是 0 个。")),
        (("已完成", "已完成"), ("已完成", "没有开始"), ("完成的比上一年少，上一年是 2 个。",)),
        (("已完成",), ("已完成",), ("完成的和上一年一样多。",)),
    ],
)  # fmt: skip
def test_what_the_page_says(tmp_path, before, now, sentences):
    years = ({2024: tables(2024, *before)} if before else {}) | {2025: tables(2025, *now)}
    told = said(desk(tmp_path, "reform", years), "reform/2025/")
    assert [each for each in sentences if each not in told] == []


def test_a_task_that_every_list_repeats_is_one_task(tmp_path):
    """It is due once, and late once: as the latest list tells it; a page of an earlier year still tells its own."""
    made = desk(tmp_path, "reform", {2024: tables(2024, "正在办", done_on=""), 2025: tables(2025, "已完成", done_on="2020-09-01")})
    site, pages = made.site(), made.pages()
    assert [(duty.year, str(duty.standing)) for duty in site.duties] == [(2025, "late")]
    assert pages["commitments/"].blocks["county.html"].count(">T1.1<") == 1 and "已逾期" in pages["reform/2024/"].blocks["obligations.html"]
