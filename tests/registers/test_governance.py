"""Congress and presidium: shares on both sides of every threshold, groups never added, the small kept shut; two published sets."""

import csv
from fractions import Fraction

import pytest

from scripts import commitments, display
from scripts.cells import State
from tests.governing import desk, said
from tests.real_sets import FOLDER

COUNTY = "机构,届次,换届日期,总人数,残疾人及亲友,自强模范和基层一线,农村残疾人及亲友,助残社会组织,助残志愿者,公开日期,来源文件\n"
TOWNS = "乡镇,机构,换届日期,总人数,残疾人及亲友,自强模范和基层一线,公开日期,来源文件\n"
POSTS = "职务,专兼挂,应配,实配,任期开始,任期结束,统计日期,公开日期,来源文件\n"
TOWN_POSTS = "乡镇,职务,应配,实配,来源文件\n"
CADRES = "单位,干部总数,残疾人干部,残疾人理事长或副理事长,来源文件\n"
TRAINING = "日期,名称,类别,人次,来源文件\n"
POLITICS = "类别,其中残疾人,件数,主办,分办,会办,参阅,已经解决,正在解决,留作参考,办结,来源文件\n"
NOW = "县代表大会,本届,2022-11-18,10000,{relatives},{models},{rural},900,700,2022-12-02,doc"
BEFORE = "县代表大会,上届,2017-11-10,10000,5000,5000,3000,800,700,,doc"
PRESIDIUM = "县主席团,本届,2022-11-18,10000,{presidium},{cadres},,,,2022-12-02,doc"


def tables(relatives=6500, models=6000, rural=3000, presidium=6000, cadres=3500, before=BEFORE, **other) -> dict:
    lines = [NOW.format(relatives=relatives, models=models, rural=rural), before, PRESIDIUM.format(presidium=presidium, cadres=cadres)]
    return {
        "county": COUNTY + "\n".join(line for line in lines if line) + "\n",
        "towns": TOWNS + "甲镇,乡镇代表大会,2022-06-20,1000,650,600,,doc\n甲镇,乡镇主席团,2022-06-20,1000,600,350,,doc\n"
                 "乙镇,乡镇代表大会,2022-06-20,1000,649,599,,doc\n乙镇,乡镇主席团,2022-06-20,1000,599,349,,doc\n",
        "posts": POSTS + "主席团主席（政府分管领导兼任）,兼职,1,1,,,2025-12-31,,doc\n挂职副理事长,挂职,1,1,2025-03-01,2026-02-28,2025-12-31,,doc\n"
                 "兼职副理事长,兼职,1,1,2024-01-01,2025-12-31,2025-12-31,,doc\n",
        "town_posts": TOWN_POSTS + "甲镇,挂职理事,1,1,doc\n乙镇,挂职理事,1,0,doc\n",
        "cadres": CADRES + "演示县残疾人联合会（本级）,20,3,1,doc\n",
        "training": TRAINING + "2025-12-18,述职会,兼职干部述职述廉,8,doc\n",
        "politics": POLITICS + "人大代表建议、议案,2,8,3,1,3,1,5,2,1,8,doc\n政协委员提案,0,6,3,0,2,1,4,1,1,6,doc\n",
    } | other  # fmt: skip


def judged(made, id_: str, plan: str = "plan-1") -> list[tuple[str, str]]:
    site = made.site()
    return sorted((each.value, str(each.verdict)) for each in commitments.results(site.inputs, site.facts, commitments.load(plan)[id_]))


@pytest.mark.parametrize(
    ("id_", "part", "least"), [("G1", "relatives", 6500), ("G2", "models", 6000), ("G3.1", "presidium", 6000), ("G3.2", "cadres", 3500)]
)
def test_shares_on_both_sides_of_the_threshold(tmp_path, id_, part, least):
    below = desk(tmp_path / "below", "governance", {2025: tables(**{part: least - 1})})
    exact = desk(tmp_path / "exact", "governance", {2025: tables(**{part: least})})
    assert judged(below, id_) == [("", "unmet")] and judged(exact, id_) == [("", "met")]


def test_a_share_that_fails_never_looks_as_if_it_held(tmp_path):
    page = desk(tmp_path, "governance", {2025: tables(relatives=6499)}).pages()["governance/2025/"]
    block = page.blocks["shares.html"]
    assert "64.99%" in block and "没有达到要求" in block and "role-missing" in block


@pytest.mark.parametrize("id_", ["G4.1", "G4.2", "G4.3", "G4.4"])
def test_each_town_by_itself(tmp_path, id_):
    assert judged(desk(tmp_path, "governance", {2025: tables()}), id_) == [("乙镇", "unmet"), ("甲镇", "met")]


def test_groups_overlap_and_are_not_added(tmp_path):
    """More in all groups together than there are members is nothing wrong; more in one is, at its cell."""
    assert [p for p in desk(tmp_path / "a", "governance", {2025: tables(relatives=9000, models=9000)}).problems() if p[0] == "error"] == []
    found = desk(tmp_path / "b", "governance", {2025: tables(relatives=10001)}).problems()
    assert [(p[2], p[3], p[5]) for p in found if p[0] == "error"] == [(2, "残疾人及亲友", "unexplained-difference")]


@pytest.mark.parametrize(
    ("rural", "verdict", "sentence"),
    [
        (3001, "met", "比上届提高 0.0 个百分点。"), (3300, "met", "比上届提高 3.0 个百分点。"),
        (3000, "unmet", "和上届相同。"), (2900, "unmet", "比上届降低 1.0 个百分点。"),
    ],
)  # fmt: skip
def test_more_than_last_term(tmp_path, rural, verdict, sentence):
    made = desk(tmp_path, "governance", {2025: tables(rural=rural)})
    assert judged(made, "G6.1") == [("", verdict)] and sentence in said(made, "governance/2025/")


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"before": ""}, "上届的数没有公布，不能比较。"), ({"rural": "未公布"}, "上届或者本届的农村代表没有公布，不能比较。"),
        ({"rural": 3}, "农村代表的比例为保护个人信息不公开。"), ({"relatives": 3}, "县代表大会的构成为保护个人信息不公开。"),
        ({"relatives": "未公布"}, "县代表大会由哪些人组成没有公布。"),
    ],
)  # fmt: skip
def test_what_is_not_known_or_not_shown_is_said(tmp_path, told, sentence):
    assert sentence in said(desk(tmp_path, "governance", {2025: tables(**told)}), "governance/2025/")


def test_no_rows_of_the_county(tmp_path):
    made = desk(tmp_path, "governance", {2025: tables(county=COUNTY + "本表无数据\n")})
    assert "县代表大会由哪些人组成没有公布。" in said(made, "governance/2025/") and "shares.html" not in made.pages()["governance/2025/"].blocks


def test_last_term_beside_this(tmp_path):
    blocks = [desk(tmp_path / str(n), "governance", {2025: tables(rural=rural)}).pages()["governance/2025/"].blocks["terms.html"] for n, rural in enumerate((3300, 2900))]
    assert "农村残疾人及亲友</span>的比例提高最多" in blocks[0] and "助残社会组织</span>的比例提高最多" in blocks[1]
    fell = BEFORE.replace(",800,700,", ",900,700,")
    block = desk(tmp_path / "fell", "governance", {2025: tables(rural=2900, before=fell)}).pages()["governance/2025/"].blocks["terms.html"]
    assert "没有一项提高" in block


@pytest.mark.parametrize(("end", "verdict"), [("2026-02-27", "unmet"), ("2026-02-28", "met"), ("2026-03-01", "met"), ("2026-03-02", "unmet")])
def test_a_year_of_secondment(tmp_path, end, verdict):
    """365 or 366 days, the first and the last one counted."""
    told = tables()
    told["posts"] = told["posts"].replace("2026-02-28", end)
    assert judged(desk(tmp_path, "governance", {2025: told}), "G7.4") == [("", verdict)]


def test_posts_and_terms_of_the_other_plan(tmp_path):
    made = desk(tmp_path, "governance", {2025: tables()}, plan="plan-2")
    found = {id_: judged(made, id_, "plan-2") for id_ in ("G8.1", "G8.2", "G8.3", "G8.4", "G10.2")}
    assert found == {"G8.1": [("", "met")], "G8.2": [("", "met")], "G8.3": [("", "unmet")], "G8.4": [("", "met"), ("", "unmet")], "G10.2": [("", "unmet")]}
    assert judged(desk(tmp_path / "one", "governance", {2025: tables()}), "G7.5") == [("乙镇", "unmet"), ("甲镇", "met")]


@pytest.mark.parametrize(("disabled", "verdict"), [(2, "unmet"), (3, "met")])
def test_fifteen_per_cent_of_a_small_office_is_only_a_verdict(tmp_path, disabled, verdict):
    told = tables(cadres=3500) | {"cadres": CADRES + f"演示县残疾人联合会（本级）,20,{disabled},1,doc\n"}
    made = desk(tmp_path, "governance", {2025: told}, plan="plan-2")
    site, pages = made.site(), made.pages()
    assert judged(made, "G9", "plan-2") == [("", verdict)] and site.facts["governance/2025/disabled-cadres"].state is State.SUPPRESSED
    shown = [text for page in pages.values() for text in (page.markdown, *page.blocks.values()) if "disabled-cadres" in text and "data-fact" in text and "15.0%</data>" in text]
    assert shown == []


def test_a_wish_of_few_persons_is_only_a_verdict(tmp_path):
    made = desk(tmp_path, "governance", {2025: tables()})
    assert judged(made, "G7.1") == [("", "achieved")] and judged(made, "G12.1") == [("", "met")]
    assert made.site().facts["governance/2025/disabled-leaders"].state is State.SUPPRESSED


def test_proposals_add_up_by_share_of_work_and_by_outcome(tmp_path):
    told = tables()
    told["politics"] = told["politics"].replace("8,3,1,3,1,5,2,1,8", "8,3,1,3,2,5,2,2,8")
    found = desk(tmp_path, "governance", {2025: told}).problems()
    assert [(p[2], p[3], p[5]) for p in found if p[0] == "error"] == [(2, "件数", "unexplained-difference")] * 2


# ---- published sets


def read(name: str, table: str) -> list[dict]:
    with (FOLDER / name / "raw" / f"{table}.csv").open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def test_the_congress_of_one_real_town(tmp_path):
    """28 of 40 is 70 per cent, as printed; the ones who only listened are none of the forty; the committee's members were not told."""
    counts = {row["项"]: row["人数"] for row in read("lichuan-boyangba-congress", "比例")}
    printed = next(row["占比(原文)"] for row in read("lichuan-boyangba-congress", "比例") if row["占比(原文)"])
    town = f"柏杨坝镇,乡镇代表大会,未公布,{counts['正式代表']},{counts['其中:残疾人代表']},未公布,,doc\n柏杨坝镇,乡镇主席团,未公布,{counts['镇残联委员']},未公布,未公布,,doc\n"
    made = desk(tmp_path, "governance", {2025: tables() | {"towns": TOWNS + town}})
    facts = made.book().facts
    share = facts["governance/2025/town-congress-relatives@柏杨坝镇"]
    assert share.value == Fraction(28, 40) == Fraction(printed.rstrip("%")) / 100
    assert judged(made, "G4.1") == [("柏杨坝镇", "met")] and judged(made, "G4.2") == judged(made, "G4.3") == [("柏杨坝镇", "uncheckable")]


@pytest.mark.parametrize(("unit", "filed"), [("迪庆州政协", 89), ("河南某市", 92)])
def test_outcomes_of_real_proposals(tmp_path, unit, filed):
    """Three outcomes add up to those filed, and each printed share is its own to the hundredth."""
    rows = [row for row in read("proposal-handling", "办理结果") if row["单位"] == unit]
    outcomes = [int(row["件"]) for row in rows]
    line = f"政协委员提案,,{filed},未公布,未公布,未公布,未公布,{','.join(map(str, outcomes))},未公布,doc\n"
    made = desk(tmp_path, "governance", {2025: tables() | {"politics": POLITICS + line}})
    assert [p for p in made.problems() if p[0] == "error"] == []
    told = {c.identity: str(c.verdict) for c in made.book().comparisons if c.table == "politics"}
    assert told == {"governance-handled": "uncheckable", "governance-results": "balanced", "governance-answered": "uncheckable"}
    assert [display.decimal(Fraction(n, filed) * 100, 2) for n in outcomes] == [row["占比(原文%)"] for row in rows]


def test_who_handled_real_proposals(tmp_path):
    rows = {row["类型"]: row for row in read("proposal-handling", "承办") if row["单位"] == "中国残联"}
    filed = rows["政协提案"]
    line = f"政协委员提案,,{filed['合计']},{filed['主办']},{filed['分办']},{filed['会办/协办']},{filed['参阅']},未公布,未公布,未公布,{filed['合计']},doc\n"
    line += f"人大代表建议、议案,,{rows['人大建议']['合计']},未公布,未公布,未公布,未公布,未公布,未公布,未公布,未公布,doc\n"
    made = desk(tmp_path, "governance", {2025: tables() | {"politics": POLITICS + line}})
    told = [(c.place, str(c.verdict)) for c in made.book().comparisons if c.identity == "governance-handled"]
    assert told == [("政协委员提案", "balanced"), ("人大代表建议、议案", "uncheckable")]
    changed = desk(tmp_path / "wrong", "governance", {2025: tables() | {"politics": POLITICS + line.replace(",25,", ",26,")}})
    assert [(p[2], p[3]) for p in changed.problems() if p[0] == "error"] == [(2, "件数")]
