"""Certificates: holders add up in every direction and from year to year, small counts are hidden, mismatches are told in every branch."""

import csv
import re
from decimal import Decimal
from fractions import Fraction

import pytest

from scripts import privacy, schema
from scripts.commitments import Verdict, load, of_year
from scripts.pages.render import text_of
from tests.real_sets import FOLDER
from tests.small_publisher import Desk

HANDLING, MISMATCHES, CATEGORIES, RESIDENCE, HOLDERS, ASSESSMENT = (
    f"certificates/2025/{name}.csv" for name in ("handling", "mismatches", "categories", "residence", "holders", "assessment")
)
KINDS = {"视力": (200, 60), "听力": (100, 50), "肢体": (500, 90)}  # (甲镇, 乙镇), of level two; 260 + 150 + 590 = 1,000
MONTHS = "".join(f"2025-{month:02},10,20,5,6,5,6,50,,ledger\n" for month in range(1, 13))  # +10 +6 −5 −6 = +5 a month, +60 a year
FILES = {
    "publisher.toml": 'name = "演示县残疾人联合会"\nplan = "plan-1"\nas_of = 2026-03-31\n',
    HANDLING: "月份,新办,换领,补办,迁入,迁出,注销,复核,公开日期,来源文件\n" + MONTHS,
    MISMATCHES: "统计日期,复核,期初未纠正,发现人证不符,纠正,期末未纠正,公开日期,来源文件\n2025-12-31,600,0,12,12,0,2026-01-20,ledger\n",
    CATEGORIES: "残疾类别,人数,公布的占比,统计日期,来源文件\n"
    + "".join(f"{name},{sum(towns)},{Decimal(sum(towns)) / 1000},2025-12-31,ledger\n" for name, towns in KINDS.items()),
    RESIDENCE: "城乡,人数,统计日期,来源文件\n城镇,300,2025-12-31,ledger\n农村,700,2025-12-31,ledger\n",
    HOLDERS: "乡镇,残疾类别,等级,人数,统计日期,来源文件\n"
    + "".join(f"{town},{name},二级,{towns[n]},2025-12-31,ledger\n" for name, towns in KINDS.items() for n, town in enumerate(("甲镇", "乙镇"))),
    ASSESSMENT: "评定机构,评定类别,申请,评定,异议,复评,平均天数,统计日期,公开日期,来源文件\n"
    "甲医院,视力,60,55,12,12,9,2025-12-31,2026-01-20,ledger\n乙医院,精神,40,40,10,8,21,2025-12-31,2026-01-20,ledger\n",
    "certificates/2025/sources.toml": '[documents.ledger]\ntitle = "台账"\n',
}  # fmt: skip
BEFORE = {path.replace("2025", "2024"): text.replace("2025", "2024") for path, text in FILES.items() if path in (CATEGORIES, "certificates/2025/sources.toml")}


@pytest.fixture
def desk(tmp_path) -> Desk:
    found = Desk(tmp_path)
    for path, text in FILES.items():
        found.write(path, text)
    return found


def last_year(desk: Desk, limbs: int = 530) -> None:
    """The year before, with so many of one kind instead of 590; the shares are left out."""
    for path, text in BEFORE.items():
        desk.write(path, re.sub(r"(?m)^(\w+),(\d+),[\d.]+,", r"\1,\2,,", text).replace("肢体,590", f"肢体,{limbs}"))


def told(desk: Desk) -> str:
    """What a reader reads of the year, without links."""
    return text_of(desk.pages()["certificates/2025/"].markdown)


def verdicts(desk: Desk) -> set[tuple[str, str]]:
    return {(each.identity, str(each.verdict)) for each in desk.book().comparisons}


# ---- facts


def test_totals_shares_and_measures(desk):
    facts = desk.book().facts
    names = ("total", "category/肢体/share", "town@甲镇", "level@二级", "rechecked", "found", "outstanding", "issued", "cancelled", "applied", "assessed", "slowest")
    assert [facts[f"certificates/2025/{name}"].value for name in names] == [
        1000, Fraction(59, 100), 800, 1000, 600, 12, 0, 120, 72, 100, 95, 21,
    ]  # fmt: skip


def test_every_table_agrees_with_every_other(desk):
    last_year(desk)
    names = ("share", "categories", "residence", "rechecked", "moved", "closing", "found", "assessed", "again")
    assert desk.problems() == []
    assert verdicts(desk) == {(f"certificates-{name}", "balanced") for name in names}


@pytest.mark.parametrize(
    ("path", "old", "new", "place"),
    [
        (CATEGORIES, "听力,150,0.15", "听力,150,0.16", (CATEGORIES, 3, "公布的占比")),
        (HOLDERS, "甲镇,听力,二级,100", "甲镇,听力,二级,101", (CATEGORIES, 3, "人数")),
        (RESIDENCE, "城镇,300", "城镇,301", (RESIDENCE, 2, "人数")),
        (HANDLING, "2025-03,10,20,5,6,5,6,50", "2025-03,10,20,5,6,5,6,51", (MISMATCHES, 2, "复核")),
        (HANDLING, "2025-03,10,20,5,6,5,6,50", "2025-03,11,20,5,6,5,6,50", (HANDLING, 2, "新办")),
        (MISMATCHES, "0,12,12,0", "0,12,11,0", (MISMATCHES, 2, "期末未纠正")),
        (ASSESSMENT, "甲医院,视力,60,55", "甲医院,视力,54,55", (ASSESSMENT, 2, "评定")),
        (ASSESSMENT, "精神,40,40,10,8", "精神,40,40,7,8", (ASSESSMENT, 3, "复评")),
    ],
)
def test_a_planted_error_is_told_at_its_cell(desk, path, old, new, place):
    last_year(desk)
    desk.change(path, old, new)
    found = {(p[1], p[2], p[3]): p[5] for p in desk.problems()}
    assert found.get(place) == "unexplained-difference"


@pytest.mark.parametrize(("stated", "kind"), [("0.15", []), ("0.2", []), ("0.1", []), ("0.149", ["unexplained-difference"]), ("0.151", ["unexplained-difference"])])
def test_a_share_is_excused_by_half_of_its_last_place(desk, stated, kind):
    """15.0 % exactly: 0.2 and 0.1 are half of a tenth away, 0.149 is a whole thousandth away."""
    desk.change(CATEGORIES, "听力,150,0.15", f"听力,150,{stated}")
    assert [p[5] for p in desk.problems()] == kind


def test_what_was_open_at_the_end_of_a_year_is_open_at_the_beginning_of_the_next(desk):
    last_year(desk)
    desk.write(MISMATCHES.replace("2025", "2024"), desk.text(MISMATCHES).replace("2025", "2024").replace("0,12,12,0", "0,12,5,7"))
    assert ("error", MISMATCHES, 2, "期初未纠正", "0", "unexplained-difference") in desk.problems()
    desk.change(MISMATCHES, "0,12,12,0", "7,12,19,0")
    assert ("certificates-opening", "balanced") in verdicts(desk)


def test_a_missing_month_makes_the_change_uncheckable(desk):
    last_year(desk)
    desk.change(HANDLING, "2025-03,10,20,5,6,5,6,50,,ledger\n", "")
    assert ("certificates-moved", "uncheckable") in verdicts(desk)
    assert not any(identity == "certificates-rechecked" for identity, _ in verdicts(desk))


def test_tables_of_different_days_are_not_compared_as_if_they_were_of_one(desk):
    desk.write(RESIDENCE, desk.text(RESIDENCE).replace("2025-12-31", "2025-06-30").replace("300", "290"))
    assert ("certificates-residence", "different-basis") in verdicts(desk) and desk.problems() == []


# ---- sentences


@pytest.mark.parametrize(
    ("limbs", "said"),
    [
        (530, "持残疾人证的有 1,000 人。比 2024 年 12 月 31 日多 60 人，增长 6.4%。"),
        (650, "比 2024 年 12 月 31 日少 60 人，下降 5.7%。"),
        (590, "和 2024 年 12 月 31 日相同。"),
    ],
)
def test_more_less_and_equal(desk, limbs, said):
    last_year(desk, limbs)
    desk.remove(HANDLING)
    assert said in told(desk)


def test_nobody_before(desk):
    desk.remove(HANDLING)
    last_year(desk)
    path = CATEGORIES.replace("2025", "2024")
    desk.write(path, re.sub(r"(?m)^(\w+),\d+,", r"\1,0,", desk.text(path)))
    assert "2024 年 12 月 31 日还没有人持证，算不出增长多少。" in told(desk)


def test_no_year_before_is_not_spoken_of(desk):
    assert "持残疾人证的有 1,000 人。\n" in told(desk) and "比 20" not in told(desk)


def test_a_year_that_was_not_published_is_compared_with_nothing(desk):
    last_year(desk)
    desk.remove(HANDLING)
    desk.change(CATEGORIES.replace("2025", "2024"), "肢体,530", "肢体,未公布")
    assert "持残疾人证的有 1,000 人。上一次的数没有公布，不能比较。" in told(desk)
    desk.change(CATEGORIES, "肢体,590,0.59", "肢体,未公布,")
    for name in ("certificates/2025/holders.csv", RESIDENCE):
        desk.remove(name)
    assert "人数没有公布，或者只公布了一部分，不能合计。" in told(desk)


def test_no_table_of_holders_is_said(desk):
    for path in (CATEGORIES, RESIDENCE, HOLDERS):
        desk.remove(path)
    assert "持残疾人证的有多少人，没有公布。" in told(desk)


def tiny(desk: Desk, path: str = CATEGORIES) -> None:
    """A county of three holders: even their total would point at them."""
    desk.write(path, desk.text(path).partition("\n")[0] + f"\n肢体,3,,{path[13:17]}-12-31,ledger\n")


def test_a_hidden_total_is_said_and_nothing_of_it(desk):
    for path in (HANDLING, RESIDENCE, HOLDERS):
        desk.remove(path)
    tiny(desk)
    page = told(desk)
    assert "持残疾人证的人数，为保护个人信息不公开。" in page and "最多" not in page.partition("## ")[0]


def test_a_total_is_not_compared_with_a_hidden_one(desk):
    desk.remove(HANDLING)
    last_year(desk)
    tiny(desk, CATEGORIES.replace("2025", "2024"))
    assert "持残疾人证的有 1,000 人。上一次的数为保护个人信息不公开，不能比较。" in told(desk)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("600,0,12,12,0", "复核残疾人证 600 个。发现人证不符 12 个，都已纠正。"),
        ("600,0,12,5,7", "复核残疾人证 600 个。发现人证不符 12 个，还有 7 个没有纠正。"),
        ("600,0,0,0,0", "复核残疾人证 600 个。没有发现新的人证不符。"),
        ("600,8,0,8,0", "没有发现新的人证不符，都已纠正。"),
        ("600,8,0,0,8", "没有发现新的人证不符，还有 8 个没有纠正。"),
        ("600,0,未公布,未公布,未公布", "人证不符的数没有公布全，不能判断。"),
        ("600,0,3,3,0", "人证不符的数，为保护个人信息不公开。"),
    ],
)
def test_mismatches_in_every_branch(desk, row, said):
    desk.change(MISMATCHES, "600,0,12,12,0", row)
    assert said in told(desk)


def test_who_rechecked_nothing_knows_nothing(desk):
    desk.remove(HANDLING)
    desk.change(MISMATCHES, "600,0,12,12,0", "0,0,0,0,0")
    assert "没有复核残疾人证，有没有人证不符不知道。" in told(desk)
    desk.remove(MISMATCHES)
    assert "复核了多少残疾人证、有没有人证不符，没有公布。" in told(desk)


@pytest.mark.parametrize(("row", "verdict"), [("0,12,12,0", Verdict.MET), ("0,12,6,6", Verdict.UNMET), ("0,12,11,1", Verdict.WITHHELD)])
def test_the_promise_of_no_mismatch(desk, row, verdict):
    desk.change(MISMATCHES, "0,12,12,0", row)
    site = desk.site()
    (result,) = of_year(site.inputs, site.facts, site.inputs.get("certificates", 2025))
    assert (result.clause, result.verdict) == (load("plan-1")["Y6"], verdict)
    assert "commitments.html" in desk.pages()["certificates/2025/"].blocks


def test_the_chart_names_the_largest_of_what_is_shown(desk):
    assert "<span data-text>肢体</span>最多，占 " in desk.pages()["certificates/2025/"].blocks["categories.html"]
    assert "肢体残疾的人最多，占 59.0%。" in told(desk)


def test_the_slowest_hospital_is_named_where_it_is_one(desk):
    assert "乙医院平均用时最长，21 日。" in told(desk)
    desk.change(ASSESSMENT, "12,12,9,", "12,12,21,")
    assert "平均用时最长" not in told(desk)


# ---- privacy


def small(desk: Desk) -> None:
    """Another kind with four holders, in one of the towns."""
    desk.add(CATEGORIES, "言语,4,0.0040,2025-12-31,ledger")
    desk.add(HOLDERS, "甲镇,言语,二级,3,2025-12-31,ledger", "乙镇,言语,二级,1,2025-12-31,ledger")
    desk.change(RESIDENCE, "城镇,300", "城镇,304")


def test_small_kinds_are_hidden_in_every_table_and_so_is_their_share(desk):
    small(desk)
    site, pages = desk.site(), desk.pages()
    hidden = [key for key in ("categories/言语/persons", "categories/言语/stated", "category/言语/share") if not site.facts[f"certificates/2025/{key}"].known]
    assert hidden == ["categories/言语/persons", "categories/言语/stated", "category/言语/share"]
    assert not any(fact.known for fact in site.facts.under("certificates/2025/holders/") if "言语" in fact.key)
    assert "公开的类别中，肢体残疾的人最多" in told(desk)
    table = next(each for each in pages["certificates/2025/categories/"].downloads if each.path.endswith(".csv")).content.decode("utf-8-sig")
    assert "\n言语,不公开,不公开," in table


def test_the_threshold_of_the_finest_table_is_ten(desk):
    """Nine of one town, kind and level are hidden, ten are not."""
    for number, known in (("9", False), ("10", True)):
        desk.write(HOLDERS, FILES[HOLDERS].replace("乙镇,听力,二级,50", f"乙镇,听力,二级,{number}"))
        desk.write(CATEGORIES, FILES[CATEGORIES].replace("听力,150,0.15", f"听力,{100 + int(number)},"))
        desk.write(CATEGORIES, re.sub(r"0\.\d+", "", desk.text(CATEGORIES)))
        desk.write(RESIDENCE, FILES[RESIDENCE].replace("300", str(250 + int(number))))
        assert desk.site().facts["certificates/2025/holders/乙镇+听力+二级/persons"].known is known


def test_no_column_is_a_persons_own():
    told = schema.load("certificates")
    assert [privacy.unfounded(told), [f.name for t in told.tables for f in t.fields if "姓名" in f.name or "证号" in f.name]] == [[], []]
    assert {f.id for t in told.tables for f in t.fields if f.unit and str(f.unit) in ("persons", "items") and not f.people} == set()


# ---- published tables


def raw(name: str, table: str) -> list[dict[str, str]]:
    with (FOLDER / name / "raw" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def qiongzhong(tmp_path) -> Desk:
    """A county's yearbook of 2020: seven kinds with printed shares, and two kinds of household."""
    desk, base = Desk(tmp_path), "certificates/2020/"
    kinds = [row for row in raw("qiongzhong-2020-category", "分类别") if row["占比(原文%)"]]
    desk.write("publisher.toml", 'name = "某县残疾人联合会"\nas_of = 2020-12-31\n')
    desk.write(f"{base}sources.toml", '[documents.yearbook]\ntitle = "年鉴"\n')
    desk.write(f"{base}categories.csv", "残疾类别,人数,公布的占比,统计日期,来源文件\n" + "".join(
        f"{row['残疾类别']},{row['人数']},{Decimal(row['占比(原文%)']).scaleb(-2)},2020-12-31,yearbook\n" for row in kinds))  # fmt: skip
    desk.write(f"{base}residence.csv", "城乡,人数,统计日期,来源文件\n" + "".join(
        f"{row['项'].replace('人口', '户口').replace('非农户口', '非农业户口')},{row['人数']},2020-12-31,yearbook\n" for row in raw("qiongzhong-2020-category", "户口")))  # fmt: skip
    return desk


def test_a_yearbook_s_shares_that_are_wrong_are_found(qiongzhong):
    """As its own list of checks says: hearing 7.08 % printed 8, mental 21.95 % printed 21; the others are rounded."""
    path = "certificates/2020/categories.csv"
    assert qiongzhong.problems() == [
        ("error", path, 3, "公布的占比", "0.08", "unexplained-difference"),
        ("error", path, 7, "公布的占比", "0.21", "unexplained-difference"),
    ]  # fmt: skip
    theirs = {row["identity"].removesuffix(" 占比%"): row["verdict"] for row in raw_checks() if row["identity"].endswith("占比%")}
    words = {"balanced": "平", "rounding": "舍入差", "unbalanced": "不平"}
    explain(qiongzhong)
    ours = {each.place: words[str(each.verdict)] for each in qiongzhong.book().comparisons if each.identity == "certificates-share"}
    assert ours == theirs


def raw_checks() -> list[dict[str, str]]:
    with (FOLDER / "qiongzhong-2020-category" / "checks.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def explain(desk: Desk) -> None:
    """The two wrong shares, told as printed so."""
    entries = "".join(
        f'[[explanations]]\nidentity = "certificates-share"\nplace = "{place}"\ndifference = "{off}"\nreason = "年鉴这样印"\napproved_by = "办公室主任"\ndate = 2021-06-01\n'
        for place, off in (("听力", "0.9%"), ("精神", "-0.9%"))
    )
    desk.write("explanations.toml", entries)


def test_a_yearbook_s_numbers_become_pages(qiongzhong):
    explain(qiongzhong)
    facts = qiongzhong.site().facts
    assert facts["certificates/2020/total"].value == 5099
    assert [facts[f"certificates/2020/categories/{name}/persons"].value for name in ("言语", "肢体")] == [38, 2566]
    assert "肢体残疾的人最多，占 50.3%。" in text_of(qiongzhong.pages()["certificates/2020/"].markdown)
    assert ("certificates-residence", "balanced") in verdicts(qiongzhong)


def test_the_38_of_one_kind_spread_over_towns_are_hidden_where_they_are_few(qiongzhong):
    """What the yearbook's note warns of: 38 in the county, one to four in a town."""
    explain(qiongzhong)
    towns = (20, 11, 4, 3)
    rows = [f"镇{n},{row['残疾类别']},二级,{count},2020-12-31,yearbook" for row in raw("qiongzhong-2020-category", "分类别") if row["占比(原文%)"]
            for n, count in enumerate(towns if row["残疾类别"] == "言语" else (int(row["人数"]) - 90, 30, 30, 30))]  # fmt: skip
    qiongzhong.write("certificates/2020/holders.csv", "乡镇,残疾类别,等级,人数,统计日期,来源文件\n" + "\n".join(rows) + "\n")
    facts = qiongzhong.site().facts
    known = [facts[f"certificates/2020/holders/镇{n}+言语+二级/persons"].known for n in range(4)]
    assert known[2:] == [False, False] and facts["certificates/2020/categories/言语/persons"].value == 38


def test_the_kinds_and_levels_are_those_of_the_card():
    table = schema.load("certificates").table("holders")
    assert [row["残疾类别"].removesuffix("残疾") for row in raw("tieling-cjz-2010", "类别代码")] != []
    assert {row["残疾类别"].removesuffix("残疾") for row in raw("tieling-cjz-2010", "类别代码")} == set(table.field("category").constraints["enum"])
    assert [row["等级"] for row in raw("tieling-cjz-2010", "等级代码")] == table.field("level").constraints["enum"]
