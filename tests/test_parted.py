"""The chart of what is told by parts: against the promise, or side by side; its sentence in every branch."""

import pytest

from scripts.pages.render import text_of
from tests.governing import desk
from tests.registers.test_associations import rows
from tests.registers.test_committee import tables
from tests.registers.test_governance import TOWNS
from tests.registers.test_governance import tables as bodies


def finding(block: str) -> str:
    return text_of(block.partition('<h3 class="finding">')[2].partition("</h3>")[0])


def blocks(made, path: str) -> dict[str, str]:
    return made.pages()[path].blocks


@pytest.mark.parametrize(
    ("budgets", "said"),
    [
        (("9000.00", "8000.00"), "离要求最远的是聋人协会，0.80 万元"), (("10000.00", "12000.00"), "都达到了要求的 1.00 万元"),
        (("未公布", "9000.00"), "已公布的各项中，离要求最远的是聋人协会，0.90 万元"), (("0.00", "10000.00"), "离要求最远的是盲人协会，0.00 万元"),
    ],
)  # fmt: skip
def test_against_the_promise(tmp_path, budgets, said):
    made = desk(tmp_path, "associations", {2025: rows(2025, budgets, ("0.00", "0.00"))})
    found = blocks(made, "associations/2025/")["by-budget.html"]
    assert finding(found) == said and ("role-missing" in found) == ("要求最远" in said)


def test_what_nobody_published_is_not_drawn(tmp_path):
    made = desk(tmp_path, "associations", {2025: rows(2025, ("未公布", "未公布"), ("未公布", "未公布"))})
    assert "by-budget.html" not in blocks(made, "associations/2025/")


@pytest.mark.parametrize(("spent", "said"), [(("5", "3"), "最多的是盲人协会，5 次"), (("3", "3"), "各项相同，都是 3 次")])
def test_side_by_side_where_nothing_is_promised(tmp_path, spent, said):
    told = rows(2025)
    lines = told["associations"].splitlines()
    told["associations"] = "\n".join([lines[0], *(line.replace(",读书会,3,", f",读书会,{n},") for line, n in zip(lines[1:], spent, strict=True))]) + "\n"
    assert finding(blocks(desk(tmp_path, "associations", {2025: told}), "associations/2025/")["by-held.html"]) == said


def test_without_a_plan_there_is_no_target(tmp_path):
    made = desk(tmp_path, "associations", {2025: rows(2025)}, plan="")
    assert "role-target" not in blocks(made, "associations/2025/")["by-budget.html"]


def test_a_year_that_is_not_over_has_missed_nothing(tmp_path):
    made = desk(tmp_path, "committee", {2025: tables(2025, ("没有报", "正在办", "已办成"))}, as_of="2025-09-30")
    found = blocks(made, "committee/2025/")["by-pledged.html"]
    assert finding(found) == "本年还没有过完，现在最少的是演示县教育局，0 个" and "role-missing" not in found


def test_a_hidden_part_is_among_none(tmp_path):
    """Three relatives of a town are not shown: its bar is a block of one size, and the sentence speaks of the others."""
    towns = TOWNS + "甲镇,乡镇主席团,2022-06-20,1000,650,600,,doc\n乙镇,乡镇主席团,2022-06-20,1000,3,600,,doc\n丙镇,乡镇主席团,2022-06-20,1000,590,600,,doc\n"
    made = desk(tmp_path, "governance", {2025: bodies() | {"towns": towns}})
    found = blocks(made, "governance/2025/")["by-town-presidium-relatives.html"]
    assert finding(found) == "已公布的各项中，离要求最远的是丙镇，59.0%" and "不公开" in found and "0.3%" not in found


def test_what_another_plan_asks_for_is_not_drawn(tmp_path):
    """Directors of towns are asked for by the second plan alone; seconded ones by the first."""
    posts = bodies() | {"town_posts": "乡镇,职务,应配,实配,来源文件\n" + "".join(f"{t},{p},1,1,doc\n" for t in ("甲镇", "乙镇") for p in ("理事长", "挂职理事"))}
    drawn = {plan: set(blocks(desk(tmp_path / plan, "governance", {2025: posts}, plan=plan), "governance/2025/")) for plan in ("plan-1", "plan-2")}
    assert {"by-town-seconded.html"} <= drawn["plan-1"] and "by-town-directors.html" not in drawn["plan-1"]
    assert {"by-town-directors.html"} <= drawn["plan-2"] and "by-town-seconded.html" not in drawn["plan-2"]


def test_main_figures_are_those_that_are_meant(tmp_path):
    figures = blocks(desk(tmp_path, "governance", {2025: bodies()}), "governance/2025/")["figures.html"]
    assert "县代表大会：残疾人和亲友" in figures and "不公开" not in figures and "比上届" not in figures
