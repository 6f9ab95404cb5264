"""Reach: a plain register. Households due, reached and missed add up; its sentences in every branch; small counts hidden."""

import re
from fractions import Fraction

import pytest

from tests.small_publisher import Desk, desk

HEAD = "行动,乡镇,应到户数,实到户数,未到户数,没有走到的原因,督查次数,发现问题数,已解决问题数,统计日期,公开日期,来源文件"
VISITS = "reach/2025/visits.csv"


def line(due="300", reached="290", missed="10", town="城关镇", inspections="2", problems="6", solved="5", year=2025) -> str:
    return f"大走访,{town},{due},{reached},{missed},外出务工,{inspections},{problems},{solved},{year}-12-20,{year + 1}-01-09,visits"


def visits(folder, *lines: str, before: tuple[str, ...] = ()) -> Desk:
    found = desk(folder, "organisation")
    for year, told in ((2025, lines), (2024, before)):
        if told:
            found.write(f"reach/{year}/visits.csv", "\n".join((HEAD, *told)) + "\n")
            found.write(f"reach/{year}/sources.toml", '[documents.visits]\ntitle = "走访汇总"\n')
    return found


def said(found: Desk) -> str:
    return re.sub(r"<[^>]*>", "", re.sub(r"\]\([^)]*\)", "]", found.pages()["reach/2025/"].markdown))


def test_the_share_reached_is_exact(tmp_path):
    facts = visits(tmp_path, line(), line(town="东河镇", due="200", reached="200", missed="0")).book().facts
    assert facts["reach/2025/reached-share"].value == Fraction(49, 50)
    assert [facts[f"reach/2025/{name}"].value for name in ("due-total", "reached-total", "problems-total")] == [500, 490, 12]


@pytest.mark.parametrize(("row", "column"), [(line(missed="9"), "应到户数"), (line(solved="7"), "已解决问题数")])
def test_planted_errors_are_told_at_their_cells(tmp_path, row, column):
    assert [(p[2], p[3], p[5]) for p in visits(tmp_path, row).problems()] == [(2, column, "unexplained-difference")]


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (line(), None, "到户率 [96.7%]。还有的户没有走到。上一年没有这项数。"), (line(), line(reached="280", missed="20", year=2024), "到户率比上一年高，上一年是 [93.3%]。"),
        (line(), line(reached="295", missed="5", year=2024), "到户率比上一年低"), (line(), line(year=2024), "到户率和上一年相同。"),
        (line(reached="300", missed="0"), None, "到户率 [100.0%]。每一户都走到了。"), (line(reached="未公布", missed="未公布"), None, "到户率没有公布。"),
        (line(), line(reached="未公布", missed="未公布", year=2024), "不能比较"), (line(due="4", reached="2", missed="2"), None, "不公开"),
        ("本表无数据", None, "没有到户的行动。"), (line(problems="0", solved="0"), None, "没有发现问题。"), (line(problems="未公布", solved="未公布"), None, "督查发现的问题没有公布。"),
    ],
)  # fmt: skip
def test_sentences_in_every_branch(tmp_path, now, before, words):
    assert words in said(visits(tmp_path, now, before=(before,) if before else ()))


def test_small_counts_of_households_are_hidden(tmp_path):
    facts = visits(tmp_path, line(reached="297", missed="3"), line(town="东河镇")).site().facts
    assert not facts["reach/2025/visits/大走访+城关镇/missed"].known and not facts["reach/2025/visits/大走访+城关镇/reached"].known


def test_towns_that_came_out_together_are_one_duty(tmp_path):
    found = visits(tmp_path, line(), line(town="东河镇"))
    assert [duty.title for duty in found.site().duties if duty.register == "reach"] == ["到户情况 大走访"]
