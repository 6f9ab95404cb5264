"""Surveys: no rate without its parts, Wilson's bounds to the printed decimal, towns ranked only where chance allows, people guarded."""

import math
import re
from decimal import Decimal, getcontext
from fractions import Fraction

import pytest

from scripts import display
from scripts.cells import State
from scripts.registers.surveys.facts import wilson
from tests.registers.results import rows
from tests.small_publisher import Desk, desk

ROUNDS = "surveys/{}/rounds.csv"
HEAD = "编号,层级,地区,调查对象,实施机构,开始日期,结束日期,抽样框人数,抽样方法,发出问卷,有效问卷,非常满意,满意,基本满意,不满意,哪些算满意,报告写的满意率,问题原文,公开日期,来源文件"
STRICT, WIDE = "非常满意和满意", "非常满意、满意和基本满意"


def line(no="1", level="县", area="演示县", kind="残疾人", method="简单随机", frame="8000", issued="600", valid="500", answers="200,260,30,10",
         definition=STRICT, printed="", question="您满意吗？", year=2025) -> str:  # fmt: skip
    return (f"DC-{no},{level},{area},{kind},演示大学,{year}-11-03,{year}-11-21,{frame},{method},{issued},{valid},{answers},{definition},"
            f"{printed},{question},{year}-12-10,survey")  # fmt: skip


def survey(folder, *lines: str, before: tuple[str, ...] = ()) -> Desk:
    found = desk(folder, "organisation")
    for year, told in ((2025, lines), (2024, before)):
        if told:
            found.write(ROUNDS.format(year), "\n".join((HEAD, *told)) + "\n")
            found.write(f"surveys/{year}/sources.toml", '[documents.survey]\ntitle = "调查报告"\n')
    return found


def said(found: Desk, year=2025) -> str:
    return found.pages()[f"surveys/{year}/"].markdown


def kinds(found: Desk) -> list[tuple]:
    return [(p[2], p[3], p[5]) for p in found.problems()]


# ---- the interval


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (460, 500, "89.3", "94.1"), (0, 30, "0.0", "11.4"), (30, 30, "88.6", "100.0"), (15, 30, "33.2", "66.8"), (1, 100, "0.2", "5.4"),
        (8, 10, "49.0", "94.3"), (81, 263, "25.5", "36.6"),
    ],
)  # fmt: skip
def test_the_interval_is_that_of_wilson(part, whole, low, high):
    """(81, 263) is Newcombe's own example: 0.2553 to 0.3662."""
    found = wilson(part, whole)
    assert [display.decimal(bound * 100, 1) for bound in found] == [low, high]


def test_bounds_are_exact_to_twelve_decimals():
    """Against decimals of sixty digits, for every part of some wholes."""
    getcontext().prec = 60
    z = Decimal(1959964) / 10**6
    for whole in (30, 31, 97, 500, 12800):
        for part in range(0, whole + 1, max(1, whole // 40)):
            p, n = Decimal(part) / whole, Decimal(whole)
            middle, root = p + z * z / (2 * n), z * (p * (1 - p) / n + z * z / (4 * n * n)).sqrt()
            low, high = ((middle + sign * root) / (1 + z * z / n) for sign in (-1, 1))
            for bound, true in zip(wilson(part, whole), (max(low, 0), min(high, 1)), strict=True):
                assert abs(Decimal(bound.numerator) / bound.denominator - true) < Decimal(10) ** -11
                assert bound.denominator <= 10**12 and 0 <= bound <= 1
            assert wilson(part, whole)[0] <= Fraction(part, whole) <= wilson(part, whole)[1]


def test_bounds_fall_in_with_rising_numbers():
    widths = [high - low for low, high in (wilson(n * 9 // 10, n) for n in (30, 100, 500, 5000))]
    assert widths == sorted(widths, reverse=True) and math.isclose(float(widths[0]), 0.2216, abs_tol=0.0001)


# ---- rates


def test_a_rate_has_numerator_denominator_definition_and_interval(tmp_path):
    found = survey(tmp_path, line(printed="92.0%"))
    facts = found.book().facts
    assert [facts[f"surveys/2025/DC-1/{name}"].value for name in ("satisfied", "rate", "response")] == [460, Fraction(23, 25), Fraction(5, 6)]
    assert found.problems() == []
    assert ("[500 人]有效回答，[460 人]满意，占 [92.0%]。抽样误差范围 [89.3%] 至 [94.1%]。满意不含“基本满意”。上一年没有这项调查。"
            in links_out(said(found)))  # fmt: skip


def links_out(markdown: str) -> str:
    return re.sub(r"<[^>]*>", "", re.sub(r"\]\([^)]*\)", "]", markdown))


def test_with_a_wider_definition_more_are_satisfied(tmp_path):
    found = survey(tmp_path, line(definition=WIDE))
    assert found.book().facts["surveys/2025/DC-1/satisfied"].value == 490 and "满意包括“基本满意”。" in said(found)


@pytest.mark.parametrize(
    "bare",
    [line(printed="96%", valid="", answers=",,,"), line(printed="96%", definition=""), line(printed="96%", answers="200,,30,10", valid="500"), line(printed="约96%", valid="", answers=",,,")],
)  # fmt: skip
def test_a_rate_without_its_parts_is_refused(tmp_path, bare):
    assert (2, "报告写的满意率", "rate-without-parts") in kinds(survey(tmp_path, bare))


@pytest.mark.parametrize(("valid", "answers", "kind"), [("29", "10,10,5,4", "rate-of-few"), ("30", "10,10,5,5", None)])
def test_fewer_than_thirty_answers_give_no_rate(tmp_path, valid, answers, kind):
    found = survey(tmp_path, line(valid=valid, answers=answers, printed="69.0%" if kind else "66.7%"))
    assert [each[2] for each in kinds(found)] == ([kind] if kind else [])
    assert ("surveys/2025/DC-1/rate" in found.book().facts) == (kind is None)


@pytest.mark.parametrize(
    ("printed", "verdict"), [("92.0%", "balanced"), ("92%", "balanced"), ("92.1%", "unbalanced"), ("91.95%", "unbalanced"), ("92百分比", "balanced")]
)
def test_a_printed_rate_is_what_its_parts_give(tmp_path, printed, verdict):
    found = survey(tmp_path, line(printed=printed))
    (each,) = [c for c in found.book().comparisons if c.identity == "surveys-printed"]
    assert str(each.verdict) == verdict
    assert ((2, "报告写的满意率", "unexplained-difference") in kinds(found)) == (verdict == "unbalanced")


def test_answers_add_up_and_stay_within_the_sample(tmp_path):
    found = survey(tmp_path, line(answers="200,260,30,11"), line(no="2", kind="亲友", issued="499"), line(no="3", kind="基层组织", frame="599"))
    assert kinds(found) == [
        (2, "有效问卷", "unexplained-difference"), (3, "有效问卷", "unexplained-difference"), (4, "发出问卷", "unexplained-difference"),
    ]  # fmt: skip


@pytest.mark.parametrize("method", ["整群随机", "全部调查", "配额", "方便"])
def test_only_a_sample_drawn_one_by_one_has_an_interval(tmp_path, method):
    found = survey(tmp_path, line(method=method))
    assert "surveys/2025/DC-1/low" not in found.book().facts and "没有抽样误差范围。" in said(found)


def test_published_formats_without_counts_are_refused(tmp_path):
    """Chongqing 2009 printed only percentages of 5,018 households: four answers that make 99.9 %, and no counts."""
    told = {row["选项"]: row["占比(%)"] for row in rows("satisfaction-formats", "重庆2009.csv")}
    parts = [Fraction(told[name]) for name in ("满意", "基本满意", "不满意", "说不清")]
    assert sum(parts) == Fraction("99.9") and Fraction(told["满意+基本满意（原文）" if "满意+基本满意（原文）" in told else "满意+基本满意(原文)"]) == parts[0] + parts[1]
    found = survey(tmp_path, line(valid="", issued="", frame="", answers=",,,", printed="85.2%", definition=WIDE))
    assert kinds(found) == [(2, "报告写的满意率", "rate-without-parts")]
    scores = [line(no=str(i), printed=f"{row['总体满意度(分)']}分", valid="", issued="", frame="", answers=",,,") for i, row in enumerate(rows("satisfaction-formats", "安徽2013-2017.csv"))]
    assert {each[2] for each in kinds(survey(tmp_path / "b", *scores[:1]))} == {"rate-without-parts"}  # a score is no rate


# ---- sentences: since the year before


@pytest.mark.parametrize(
    ("now", "earlier", "words"),
    [
        ({}, {"answers": "150,210,100,40"}, "比上一年提高 [20.0 个百分点]。"),
        ({"answers": "150,210,100,40"}, {}, "比上一年降低 [20.0 个百分点]。"),
        ({}, {}, "和上一年相同。"),
        ({}, {"answers": "200,255,35,10"}, "和上一年的误差范围重叠，看不出变化。"),
        ({"method": "配额"}, {"method": "配额", "answers": "150,210,100,40"}, "没有误差范围，不能说比上一年高还是低。"),
        ({"question": "您对服务满意吗？"}, {}, "和上一年的问法或者口径不同，不能直接比较。"),
        ({"definition": WIDE}, {}, "和上一年的问法或者口径不同，不能直接比较。"),
        ({}, {"valid": "", "answers": ",,,"}, "上一年的满意率没有公布，不能比较。"),
        ({}, None, "上一年没有这项调查。"),
    ],
)  # fmt: skip
def test_the_change_since_the_year_before(tmp_path, now, earlier, words):
    before = (line(**earlier, year=2024),) if earlier is not None else ()
    assert words in links_out(said(survey(tmp_path, line(**now), before=before)))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"valid": "", "answers": ",,,"}, "残疾人：满意率没有公布。"), ({"valid": "29", "answers": "9,10,5,5"}, "有效回答只有 [29 人]，太少，不算满意率。"),
        ({"valid": "40", "answers": "35,2,2,1", "definition": STRICT}, "残疾人"),
    ],
)  # fmt: skip
def test_why_there_is_no_rate(tmp_path, row, words):
    assert words in links_out(said(survey(tmp_path, line(**row))))


def test_without_surveys_the_year_says_so(tmp_path):
    assert "没有做满意度调查。" in said(survey(tmp_path, "本表无数据"))


# ---- towns


def town(no: str, area: str, answers: str, valid="100", **more) -> str:
    return line(no=no, level="镇", area=area, answers=answers, valid=valid, issued="120", frame="900", **more)


def test_towns_are_ranked_only_where_intervals_separate(tmp_path):
    found = survey(tmp_path, line(), town("2", "城关镇", "50,45,0,5"), town("3", "柳林乡", "40,30,20,10"), town("4", "南滩乡", "45,43,5,7"))
    markdown, page = links_out(said(found)), found.pages()["surveys/2025/"]
    assert "城关镇的残疾人比柳林乡的满意率高，误差范围不重叠。" in markdown and "残疾人：城关镇高于柳林乡。" in markdown
    assert "残疾人：南滩乡高于柳林乡。" in markdown and "城关镇高于南滩乡" not in markdown
    assert "只能说城关镇高于柳林乡，别的不能排名" in page.blocks["towns.html"]


def test_towns_whose_intervals_overlap_are_not_ranked(tmp_path):
    found = survey(tmp_path, line(), town("2", "城关镇", "50,40,0,10"), town("3", "柳林乡", "50,35,5,10"))
    assert "各乡镇的误差范围互相重叠，不排名。" in said(found) and "不排名" in found.pages()["surveys/2025/"].blocks["towns.html"]


def test_different_people_are_not_ranked_against_each_other(tmp_path):
    found = survey(tmp_path, line(), town("2", "城关镇", "50,48,0,2"), town("3", "柳林乡", "40,20,30,10", kind="亲友"))
    assert "高于" not in said(found)


def test_without_towns_or_without_county_that_is_said(tmp_path):
    assert "乡镇一级的调查没有公布。" in said(survey(tmp_path / "a", line()))
    found = survey(tmp_path / "b", town("2", "城关镇", "50,40,0,10"))
    assert "县一级的调查没有公布。" in said(found)


# ---- kinds, levels, people


def test_three_kinds_of_people_and_how_many_surveys(tmp_path):
    facts = survey(tmp_path, line(), line(no="2", kind="亲友"), line(no="3", kind="基层组织"), town("4", "城关镇", "50,40,0,10")).book().facts
    assert [facts[f"surveys/2025/{name}"].value for name in ("kinds-count", "surveys-count")] == [3, 4]


def test_small_counts_of_answers_are_hidden_with_all_that_gives_them_back(tmp_path):
    found = survey(tmp_path, line(valid="40", answers="34,2,2,2", printed="90.0%"))
    site = found.site()
    facts = site.facts
    shut = {name for name in ("very", "satisfied", "fairly", "not") if not facts[f"surveys/2025/rounds/DC-1/{name}"].known}
    assert {"satisfied", "fairly", "not"} <= shut
    rate = facts["surveys/2025/DC-1/rate"]
    if not rate.known:
        assert not facts["surveys/2025/DC-1/low"].known and not facts["surveys/2025/DC-1/printed-rate"].known
        assert site.inputs.get("surveys", 2025).rows("rounds")[0].text("printed") == ""
        assert "满意率为保护个人信息不公开。" in said(found)
    for page in found.pages().values():
        assert "value=\"2\"" not in page.blocks.get("rounds.html", "")


def test_a_rate_of_whom_all_answers_but_few_are_known_is_hidden_and_so_is_the_printed_one(tmp_path):
    """Nothing may be left that divides to a hidden count: all satisfied but two."""
    found = survey(tmp_path, line(valid="40", answers="38,0,0,2", definition=WIDE, printed="95.0%"))
    facts = found.site().facts
    assert not facts["surveys/2025/rounds/DC-1/not"].known
    gone = [facts[f"surveys/2025/DC-1/{name}"].state for name in ("rate", "low", "high", "printed-rate")]
    assert gone == [State.SUPPRESSED] * 4
    assert "95.0%" not in "".join(found.pages()["surveys/2025/"].blocks.values())
    assert "满意率为保护个人信息不公开。" in said(found)


def test_a_hidden_year_before_is_not_compared_with(tmp_path):
    found = survey(tmp_path, line(definition=WIDE), before=(line(valid="40", answers="38,0,0,2", definition=WIDE, year=2024),))
    assert "上一年的满意率不公开，不能比较。" in said(found)


def test_the_county_has_a_line_over_the_years_until_the_question_changes(tmp_path):
    same = survey(tmp_path / "a", line(), before=(line(year=2024),)).pages()["surveys/2025/"]
    other = survey(tmp_path / "b", line(question="好吗？"), before=(line(year=2024),)).pages()["surveys/2025/"]
    assert "残疾人的满意率是 92.0%" in same.blocks["years-chart.html"] and "years-chart.html" not in other.blocks


def test_a_survey_that_is_published_late_has_its_limit(tmp_path):
    assert "obligations.html" in survey(tmp_path, line()).pages()["surveys/2025/"].blocks
