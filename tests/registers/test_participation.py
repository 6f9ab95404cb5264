"""Participation: rates only with numerator, denominator and definition; persons apart from person-times; small counts hidden."""

import re
from fractions import Fraction

import pytest

from scripts.cells import State
from scripts.facts import Unit
from tests.registers.results import rows
from tests.small_publisher import PROJECTS, Desk, desk

SERVED, CATEGORIES = "participation/2025/served.csv", "participation/2025/categories.csv"
HEAD = "项目编码,口径,符合条件人数,参与人数,受益人数,人次,公布的参与率,公开日期,来源文件"
CATEGORY_HEAD = "项目编码,残疾类别,受益人数,来源文件"


def line(project="KF-01", definition="符合条件：经评估的；受益：训练过一次的", eligible="60", participated="52", benefited="48", times="5600", printed="") -> str:
    return f"{project},{definition},{eligible},{participated},{benefited},{times},{printed},2026-01-20,ledger"


def people(folder, *lines: str, before: tuple[str, ...] = (), categories: tuple[str, ...] = (), served="48") -> Desk:
    found = desk(folder, "projects")
    found.change(PROJECTS, ",50,48,", f",50,{served},")
    for year, told in ((2025, lines), (2024, before)):
        if told:
            found.write(f"participation/{year}/served.csv", "\n".join((HEAD, *told)) + "\n")
            found.write(f"participation/{year}/sources.toml", '[documents.ledger]\ntitle = "服务台账"\n')
    if before:
        for name in ("projects.csv", "funding.csv", "payments.csv", "sources.toml"):
            found.write(f"projects/2024/{name}", re.sub("2025", "2024", found.text(f"projects/2025/{name}")))
        found.write("projects/2024/projects.csv", re.sub(",50,[0-9]+,", f",50,{before[0].split(',')[4]},", found.text("projects/2024/projects.csv")))
    if categories:
        found.write(CATEGORIES, "\n".join((CATEGORY_HEAD, *categories)) + "\n")
    return found


def kinds(found: Desk) -> list[tuple]:
    return [(p[2], p[3], p[5]) for p in found.problems()]


def said(found: Desk) -> str:
    return re.sub(r"<[^>]*>", "", re.sub(r"\]\([^)]*\)", "]", found.pages()["participation/2025/"].markdown))


def verdict(found: Desk, identity: str) -> list[str]:
    return [str(each.verdict) for each in found.book().comparisons if each.identity == f"participation-{identity}" and each.year == 2025]


def test_both_rates_have_their_parts_and_persons_are_not_person_times(tmp_path):
    found = people(tmp_path, line(printed="86.7%"))
    facts = found.book().facts
    assert [facts[f"participation/2025/KF-01/{name}"].value for name in ("participation-rate", "benefit-rate")] == [Fraction(13, 15), Fraction(4, 5)]
    assert facts["participation/2025/served/KF-01/times"].unit is Unit.TIMES and found.problems() == []
    assert "[60 人]符合条件，[48 人]得到帮助，占 [80.0%]。上一年没有这个项目。" in said(found) and "一共服务 [5,600 人次]" in said(found)


@pytest.mark.parametrize(
    ("row", "places"),
    [
        (line(participated="61"), [(2, "参与人数")]), (line(eligible="47", participated="47"), [(2, "受益人数")]), (line(times="47"), [(2, "人次")]),
        (line(benefited="47"), [(2, "受益人数")]), (line(printed="86.8%"), [(2, "公布的参与率")]),
    ],
)  # fmt: skip
def test_planted_errors_are_told_at_their_cells(tmp_path, row, places):
    assert kinds(people(tmp_path, row)) == [(*place, "unexplained-difference") for place in places]


@pytest.mark.parametrize(
    "row",
    [line(printed="86.7%", definition=""), line(printed="86.7%", eligible=""), line(printed="86.7%", participated="未公布"), line(printed="约八成"), line(printed="86.7%", eligible="0", participated="0", benefited="")],
)  # fmt: skip
def test_a_rate_without_its_parts_is_refused(tmp_path, row):
    assert (2, "公布的参与率", "participation-without-parts") in kinds(people(tmp_path, row))


def test_without_a_definition_there_is_no_rate(tmp_path):
    found = people(tmp_path, line(definition=""))
    assert "participation/2025/KF-01/benefit-rate" not in found.book().facts
    assert "不算参与率和受益率。" in said(found) and "受益率没有公布。" in said(found)


# ---- published rates whose denominators differ

REAL = {row["地区"]: row for row in rows("survey-participation", "入户率.csv")}


def real(folder, place: str, eligible: str, participated: str) -> Desk:
    return people(folder, line(eligible=eligible, participated=participated, benefited="", times="", printed=f"{REAL[place]['印出的率(%)']}%"), served="")


@pytest.mark.parametrize(
    ("place", "eligible", "verdicts"),
    [
        ("荆州市沙市区", "7384", "unbalanced"), ("荆州市沙市区", "7251", "rounding"), ("常州市雕庄街道", "361", "unbalanced"), ("某市(县级以上)", "58167", "unbalanced"),
        ("衢州市", "64761", "rounding"),
    ],
)  # fmt: skip
def test_published_rates_are_true_of_one_denominator_only(tmp_path, place, eligible, verdicts):
    """97.49 % is of the forms typed in, not of those registered; 96.3 % and 94.53 % are of what nobody says."""
    assert verdict(real(tmp_path, place, eligible, REAL[place]["入户"]), "printed") == [verdicts]


def test_a_rate_whose_denominator_was_never_published_is_refused(tmp_path):
    assert REAL["衢州市"]["应查/登记"] == ""
    assert (2, "公布的参与率", "participation-without-parts") in kinds(real(tmp_path, "衢州市", "", REAL["衢州市"]["入户"]))


def test_a_declared_difference_of_definition_is_shown_as_one(tmp_path):
    found = real(tmp_path, "荆州市沙市区", "7384", REAL["荆州市沙市区"]["入户"])
    exact = Fraction("0.9749") - Fraction(7069, 7384)
    (each,) = [c for c in found.book().comparisons if c.identity == "participation-printed"]
    assert each.difference == exact
    told = next(p for p in found.account().problems if p.kind == "unexplained-difference")
    off = re.search(r"相差 ([0-9.%]+)", told.message)[1]
    found.write("explanations.toml", f'[[explanations]]\nidentity = "participation-printed"\nplace = "项目 KF-01"\ndifference = "{off}"\n'
                'differs = true\nreason = "公布的率除以录入的表数。"\napproved_by = "科长"\ndate = 2026-03-02\n')  # fmt: skip
    assert verdict(found, "printed") == ["different-basis"]


# ---- categories and people


def test_categories_add_up_to_those_who_benefited(tmp_path):
    good = people(tmp_path / "a", line(), categories=("KF-01,智力,30,ledger", "KF-01,多重,18,ledger"))
    bad = people(tmp_path / "b", line(), categories=("KF-01,智力,30,ledger", "KF-01,多重,17,ledger"))
    assert verdict(good, "categories") == ["balanced"] and verdict(bad, "categories") == ["unbalanced"]


def test_a_small_category_is_hidden_and_cannot_be_subtracted(tmp_path):
    found = people(tmp_path, line(), categories=("KF-01,智力,30,ledger", "KF-01,多重,15,ledger", "KF-01,肢体,3,ledger"))
    facts = found.site().facts
    states = [facts[f"participation/2025/categories/KF-01+{name}/benefited"].known for name in ("智力", "多重", "肢体")]
    assert states[2] is False and states.count(False) >= 2


def test_a_small_count_takes_its_rates_along(tmp_path):
    found = people(tmp_path, line(eligible="60", participated="4", benefited="4", printed="6.7%"), served="4")
    facts = found.site().facts
    assert [facts[f"participation/2025/KF-01/{name}"].state for name in ("participation-rate", "benefit-rate", "printed-rate")] == [State.SUPPRESSED] * 3
    page = found.pages()["participation/2025/"]
    assert "6.7%" not in "".join(page.blocks.values()) and "受益率为保护个人信息不公开。" in page.markdown and "benefit.html" not in page.blocks


def test_no_person_is_named_by_a_column():
    assert not {"姓名", "身份证", "电话", "住址"} & set(HEAD.split(",") + CATEGORY_HEAD.split(","))


# ---- since the year before


@pytest.mark.parametrize(
    ("earlier", "words"),
    [
        (line(benefited="45"), "比上一年提高 [5.0 个百分点]。"), (line(benefited="51", participated="52"), "比上一年降低 [5.0 个百分点]。"), (line(), "和上一年相同。"),
        (line(definition="符合条件：登记的"), "口径和上一年不同，不能直接比较。"), (line(eligible="未公布", participated="未公布"), "上一年的受益率没有公布，不能比较。"),
        (line(benefited="4", participated="30"), "上一年的受益率不公开，不能比较。"),
    ],
)  # fmt: skip
def test_the_change_since_the_year_before(tmp_path, earlier, words):
    assert words in said(people(tmp_path, line(), before=(earlier,)))


@pytest.mark.parametrize(("times", "words"), [("5500", "比上一年多"), ("5700", "比上一年少"), ("5600", "和上一年相同"), ("未公布", "[5,600 人次]。")])
def test_person_times_since_the_year_before(tmp_path, times, words):
    assert words in said(people(tmp_path, line(), before=(line(times=times),)))


def test_without_rows_the_year_says_so(tmp_path):
    assert "参与率和受益率没有公布。" in said(people(tmp_path, "本表无数据"))


def test_the_chart_names_the_lowest_rate(tmp_path):
    assert "受益率最低的是残疾儿童康复救助，80.0%" in people(tmp_path, line()).pages()["participation/2025/"].blocks["benefit.html"]
