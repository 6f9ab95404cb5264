"""Towns and villages: the staffing rule on both sides of its boundaries, bands that agree with counts nobody sees, days in the field."""

import pytest

from scripts import commitments
from scripts.cells import State
from scripts.facts import Unit
from scripts.registers.grassroots.facts import posts
from tests.governing import desk, said

TOWNS = "乡镇,持证残疾人,人数档,应配,实配,村专职委员,考核人数,统计日期,公开日期,来源文件\n"
VILLAGES = "乡镇,村（社区）名称,持证残疾人,人数档,应配,实配,专职委员,残协,残协主席,来源文件\n"
CONTACT = "岗位类别,应下天数,人均天数,最少天数,联系点数,走访户次,统计日期,公开日期,来源文件\n"
FUNDS = "项目,预算安排(元),文号,来源文件\n"
FILE = "grassroots/2025/villages.csv"


def village(name: str, holders: int, required: int, filled: int) -> str:
    band = "20 人及以上" if holders >= 20 else "不到 20 人"
    word = "有" if filled else "应设没有设" if required else "不用设"
    return f"城关镇,城关镇{name},{holders},{band},{required},{filled},{word},有,其他,doc"


def tables(*villages: str, year: int = 2025, town: str = "1000,1000 人及以下,1,1", days: int = 60) -> dict:
    filled = sum(int(each.split(",")[5]) for each in villages)
    return {
        "towns": TOWNS + f"城关镇,{town},{filled},{filled},{year}-12-31,,doc\n",
        "villages": VILLAGES + "\n".join(villages) + "\n",
        "contact": CONTACT + f"领导班子成员,60,{days + 3},{days},2,40,{year}-12-31,,doc\n其他干部,30,40,30,4,90,{year}-12-31,,doc\n",
        "funds": FUNDS + "残联工作经费,100000.01,演财预〔2025〕1号,doc\n专职委员岗位补贴,0.00,,doc\n",
    }


FULL = (village("一村", 20, 1, 1), village("二村", 19, 0, 0), village("三村", 30, 1, 1))
SHORT = (*FULL, village("四村", 25, 1, 0))


def judged(made, id_: str, plan: str = "plan-1") -> dict[str, str]:
    site = made.site()
    return {each.value: str(each.verdict) for each in commitments.results(site.inputs, site.facts, commitments.load(plan)[id_])}


@pytest.mark.parametrize(
    ("plan", "table", "holders", "expected"),
    [
        ("plan-1", "villages", 19, (0, 0)), ("plan-1", "villages", 20, (1, 1)), ("plan-1", "towns", 0, (1, 1)), ("plan-1", "towns", 1001, (1, 1)),
        ("plan-2", "villages", 20, None), ("plan-2", "towns", 1000, (1, 1)), ("plan-2", "towns", 1001, (1, 2)), ("", "towns", 5, None),
    ],
)  # fmt: skip
def test_how_many_posts_a_place_must_have(plan, table, holders, expected):
    rules = {"villages": (("B6.2",), ""), "towns": (("B6.1", "B7.1"), "B7.2")}
    assert posts(plan, *rules[table], holders) == expected


@pytest.mark.parametrize(("villages", "share", "verdict"), [(FULL, 1, "met"), (SHORT, 2 / 3, "unmet")])
def test_villages_that_must_have_one_have_one(tmp_path, villages, share, verdict):
    made = desk(tmp_path, "grassroots", {2025: tables(*villages)})
    assert float(made.book().facts["grassroots/2025/villages-staffed"].value) == share and judged(made, "B6.2") == {"": verdict}


def test_a_band_that_contradicts_its_count_is_told_at_its_cell(tmp_path):
    wrong = (FULL[0].replace(",20,", ",19,"), *FULL[1:])
    found = desk(tmp_path, "grassroots", {2025: tables(*wrong)}).problems()
    assert ("error", FILE, 2, "人数档", "20 人及以上", "band-contradicts") in found


def test_the_count_is_in_no_page(tmp_path):
    made = desk(tmp_path, "grassroots", {2025: tables(village("一村", 777, 1, 1))})
    pages = made.pages()
    assert [path for path, page in pages.items() if "777" in page.markdown or any("777" in block for block in page.blocks.values())] == []
    assert made.site().facts["grassroots/2025/villages/城关镇+城关镇一村/holders"].state is State.SUPPRESSED


@pytest.mark.parametrize(("holders", "required", "wrong"), [(20, 0, True), (20, 1, False), (19, 0, False), (19, 1, True)])
def test_posts_against_the_rule(tmp_path, holders, required, wrong):
    found = desk(tmp_path, "grassroots", {2025: tables(village("一村", holders, required, 0))}).problems()
    assert (("warning", FILE, 2, "应配", str(required), "posts-against-rule") in found) == wrong


def test_the_villages_of_a_town_add_up(tmp_path):
    made = desk(tmp_path, "grassroots", {2025: tables(*FULL)})
    made.change("grassroots/2025/towns.csv", ",1,2,2,", ",1,3,2,")
    assert [(p[2], p[3], p[5]) for p in made.problems() if p[0] == "error"] == [(2, "村专职委员", "unexplained-difference")]


@pytest.mark.parametrize(("filled", "verdict"), [(0, "unmet"), (1, "met"), (2, "met")])
def test_a_town_without_its_liaison_is_seen(tmp_path, filled, verdict):
    assert judged(desk(tmp_path, "grassroots", {2025: tables(*FULL, town=f"900,1000 人及以下,1,{filled}")}), "B6.1") == {"城关镇": verdict}


@pytest.mark.parametrize(("town", "verdict"), [("1001,超过 1000 人,2,2", "achieved"), ("1001,超过 1000 人,1,1", "not-yet"), ("1000,1000 人及以下,1,1", "uncheckable")])
def test_a_large_town_may_have_two(tmp_path, town, verdict):
    assert judged(desk(tmp_path, "grassroots", {2025: tables(*FULL, town=town)}, plan="plan-2"), "B7.2", "plan-2") == {"": verdict}


@pytest.mark.parametrize(("days", "verdict"), [(59, "unmet"), (60, "met")])
def test_the_one_who_goes_least_is_judged(tmp_path, days, verdict):
    made = desk(tmp_path, "grassroots", {2025: tables(*FULL, days=days)})
    assert judged(made, "B3.1") == {"": verdict} and judged(made, "B3.2") == {"": "met"}
    assert judged(made, "B9.1") == {"": "met"} and judged(made, "B9.2") == {"": "unmet"}


@pytest.mark.parametrize(
    ("before", "now", "sentences"),
    [
        (None, FULL, ("都设了。", "上一年的数没有公布，不能比较。", "领导班子成员下基层，最少的一人 60 日。")),
        (SHORT, FULL, ("比上一年高，上一年是 66.7%。",)), (FULL, SHORT, ("设了 66.7%，还差 1 个。", "比上一年低，上一年是 100.0%。")),
        (FULL, FULL, ("和上一年相同。",)), (FULL, (village("二村", 19, 0, 0),), ("设了多少没有公布。", "上一年的数没有公布，不能比较。")),
    ],
)  # fmt: skip
def test_what_the_page_says(tmp_path, before, now, sentences):
    years = ({2024: tables(*before, year=2024)} if before else {}) | {2025: tables(*now)}
    told = said(desk(tmp_path, "grassroots", years), "grassroots/2025/")
    assert [each for each in sentences if each not in told] == []


def test_days_that_were_not_published(tmp_path):
    made = desk(tmp_path, "grassroots", {2025: tables(*FULL) | {"contact": CONTACT + "本表无数据\n"}})
    assert "领导班子成员下基层的天数没有公布。" in said(made, "grassroots/2025/")


def test_a_limit_made_of_two_columns_is_in_persons(tmp_path):
    book = desk(tmp_path, "grassroots", {2025: tables(*FULL)}).book()
    (told,) = [each for each in book.comparisons if each.identity == "grassroots-assessed"]
    assert (book.facts[told.right].value, book.facts[told.right].unit, str(told.verdict)) == (3, Unit.PERSONS, "balanced")
