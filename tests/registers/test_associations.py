"""The five associations: money to the fen, the promise on both sides, every branch of what the page says."""

import pytest

from scripts import commitments
from scripts.cells import State
from tests.governing import desk, said

HEAD = "协会,法人登记,登记文号,办公场所,预算安排(元),支出(元),用途,活动数,统计日期,公开日期,来源文件\n"
FILE = "associations/2025/associations.csv"


def rows(year: int, budgets=("10000.00", "10000.00"), spent=("9000.00", "8000.05"), registered="已登记") -> dict:
    names = ("盲人协会", "聋人协会")
    lines = [f"{n},{r},,有,{b},{s},读书会,3,{year}-12-31,,doc" for n, b, s, r in zip(names, budgets, spent, ("已登记", registered), strict=True)]
    return {"associations": HEAD + "\n".join(lines) + "\n"}


def test_sums_to_the_fen(tmp_path):
    facts = desk(tmp_path, "associations", {2025: rows(2025)}).book().facts
    found = [facts[f"associations/2025/{name}"] for name in ("budgeted", "spent", "activities", "registered-share", "office-share")]
    assert [fact.value for fact in found] == [2_000_000, 1_700_005, 6, 1, 1]


@pytest.mark.parametrize(("budget", "verdict"), [("9999.99", "unmet"), ("10000.00", "met"), ("10000.01", "met")])
def test_ten_thousand_yuan_each(tmp_path, budget, verdict):
    site = desk(tmp_path, "associations", {2025: rows(2025, (budget, "12000.00"), ("1.00", "1.00"))}).site()
    told = commitments.results(site.inputs, site.facts, commitments.load("plan-1")["B1"])
    assert {each.value: str(each.verdict) for each in told} == {"盲人协会": verdict, "聋人协会": "met"}


def test_one_that_is_not_registered_fails_all(tmp_path):
    site = desk(tmp_path, "associations", {2025: rows(2025, registered="没有登记")}).site()
    (told,) = commitments.results(site.inputs, site.facts, commitments.load("plan-1")["B2"])
    assert (told.fact.value, str(told.verdict)) == (told.fact.value.__class__(1, 2), "unmet")


def test_more_spent_than_budgeted_is_told_at_its_cell(tmp_path):
    found = desk(tmp_path, "associations", {2025: rows(2025, spent=("10000.01", "1.00"))}).problems()
    assert [(p[1], p[2], p[5]) for p in found if p[0] == "error"] == [(FILE, 2, "unexplained-difference")]


@pytest.mark.parametrize(
    ("budgets", "sentence"),
    [
        (("9000.00", "9000.00"), "比上一年多，上一年是 18,000.00 元。"), (("11000.00", "10000.00"), "比上一年少，上一年是 21,000.00 元。"),
        (("10000.00", "10000.00"), "和上一年相同。"), (("未公布", "10000.00"), "有的数没有公布，不能和上一年比。"),
    ],
)  # fmt: skip
def test_beside_the_year_before(tmp_path, budgets, sentence):
    made = desk(tmp_path, "associations", {2024: rows(2024, budgets, ("1.00", "1.00")), 2025: rows(2025)})
    told = said(made, "associations/2025/")
    assert "预算共 20,000.00 元，用了 17,000.05 元。" in told and sentence in told and "都登记为社会团体法人。一共办活动 6 次。" in told


def test_the_first_year_has_none_before_it(tmp_path):
    told = said(desk(tmp_path, "associations", {2025: rows(2025, registered="没有登记")}), "associations/2025/")
    assert "上一年的数没有公布，不能比较。" in told and "登记为社会团体法人的占 50.0%。" in told


def test_each_is_drawn_against_the_promise(tmp_path):
    made = desk(tmp_path, "associations", {2025: rows(2025, ("9000.00", "10000.00"))})
    block = made.pages()["associations/2025/"].blocks["by-budget.html"]
    assert "离要求最远的是<span data-text>盲人协会</span>" in block and "1.00" in block and "role-missing" in block


def test_a_budget_that_was_not_published_is_not_judged(tmp_path):
    site = desk(tmp_path, "associations", {2025: rows(2025, ("未公布", "10000.00"), ("1.00", "1.00"))}).site()
    told = commitments.results(site.inputs, site.facts, commitments.load("plan-1")["B1"])
    assert {each.value: str(each.verdict) for each in told} == {"盲人协会": "uncheckable", "聋人协会": "met"}
    assert site.facts["associations/2025/budget@盲人协会"].state is State.UNPUBLISHED
