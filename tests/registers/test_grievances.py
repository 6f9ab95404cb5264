"""Grievances: a plain register of counts. What came in, what was closed, how long it took; its sentences in every branch."""

import re
from fractions import Fraction

import pytest

from tests.small_publisher import Desk, desk

HEAD = "月份,渠道,类别,上月结转,受理,办结,按时办结,未办结,平均办理天数,统计日期,公开日期,来源文件"


def line(opening="1", received="12", closed="11", in_time="10", pending="2", days="6", category="补贴发放", year=2025) -> str:
    return f"{year}-03,热线电话,{category},{opening},{received},{closed},{in_time},{pending},{days},{year}-03-31,{year}-04-14,ledger"


def ledger(folder, *lines: str, before: tuple[str, ...] = ()) -> Desk:
    found = desk(folder, "organisation")
    for year, told in ((2025, lines), (2024, before)):
        if told:
            found.write(f"grievances/{year}/monthly.csv", "\n".join((HEAD, *told)) + "\n")
            found.write(f"grievances/{year}/sources.toml", '[documents.ledger]\ntitle = "办理台账"\n')
    return found


def said(found: Desk) -> str:
    return re.sub(r"<[^>]*>", "", re.sub(r"\]\([^)]*\)", "]", found.pages()["grievances/2025/"].markdown))


def test_totals_share_and_categories(tmp_path):
    facts = ledger(tmp_path, line(), line(category="残疾人证", received="3", closed="2", in_time="2", days="9")).book().facts
    assert [facts[f"grievances/2025/{name}"].value for name in ("received-total", "closed-total", "in-time-share", "slowest", "received@补贴发放")] == [
        15, 13, Fraction(12, 13), 9, 12,
    ]  # fmt: skip


@pytest.mark.parametrize(("row", "column"), [(line(pending="1"), "上月结转"), (line(in_time="12"), "按时办结")])
def test_planted_errors_are_told_at_their_cells(tmp_path, row, column):
    assert [(p[2], p[3], p[5]) for p in ledger(tmp_path, row).problems()] == [(2, column, "unexplained-difference")]


def test_a_month_is_a_month(tmp_path):
    found = ledger(tmp_path, line().replace("2025-03,热线", "2025-13,热线"))
    assert [(p[2], p[3], p[5]) for p in found.problems()] == [(2, "月份", "wrong-code")]


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (line(), None, "收到投诉和建议 [12 个]，办完 [11 个]。上一年没有公布这项数。"), (line(), line(opening="2", received="11", year=2024), "比上一年多，上一年是 [11 个]。"),
        (line(), line(opening="0", received="13", year=2024), "比上一年少，上一年是 [13 个]。"), (line(), line(year=2024), "和上一年相同。"),
        (line(), line(received="未公布", year=2024), "上一年的数没有公开，不能比较。"), (line(received="未公布"), None, "收到多少投诉建议，没有公布。"),
        (line(in_time="11"), None, "办完的都在答应的日子以前办完。"), (line(), None, "按时办完的占 [90.9%]。办得最慢的，平均用 [6 日]。"),
        (line(opening="0", received="0", closed="0", in_time="0", pending="0", days="不适用"), None, "没有收到投诉和建议。"), ("本表无数据", None, "没有收到投诉和建议。"),
    ],
)  # fmt: skip
def test_sentences_in_every_branch(tmp_path, now, before, words):
    assert words in said(ledger(tmp_path, now, before=(before,) if before else ()))


def test_a_month_is_one_duty(tmp_path):
    found = ledger(tmp_path, line(), line(category="残疾人证"))
    assert [duty.title for duty in found.site().duties if duty.register == "grievances"] == ["投诉建议办理 2025-03"]
