"""The levy's own ledger: it closes, it follows from the year before, its uses are those of projects, all that is due is budgeted."""

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from scripts.registers.evaluations.facts import grade
from tests.small_publisher import EVALUATIONS, FUNDING, SCORES, desk

REAL = Path(__file__).parents[1] / "real" / "lukou-canbaojin-2023-thirdparty"
COLLECTION, ALLOCATION, NOTICES = (f"levy/2025/{name}.csv" for name in ("collection", "allocation", "employers_notice"))
HEAD = "年度,上年结转(元),征收(元),入库(元),支出(元),年末结转(元),应安排(元),预算安排(元),统计日期,公开日期,来源文件\n"
YEAR = "2025,100.00,1100.00,1000.00,700.00,400.00,900.00,900.00,2025-12-31,2026-01-16,levy\n"
EARLIER = "2024,0.00,800.00,800.00,700.00,100.00,0.00,0.00,2024-12-31,2025-01-16,levy\n"
USES = "用途,项目编码,上年结转(元),预算安排(元),调整(元),支出(元),余额(元),来源文件\n"
TRAINING, GRANTS = "培训,KF-01,100.00,500.00,-50.00,400.00,150.00,levy\n", "奖励,,0.00,400.00,0.00,300.00,100.00,levy\n"
STANDS = "公示批次,公示内容,开始日期,结束日期,单位数,异议数,来源文件\nGS-2025-1,审核结果,2025-07-01,2025-07-07,312,2,levy\n"
PAGE = "levy/2025/"


def desk_of(folder, year=YEAR, before=""):
    found = desk(folder, "projects")
    found.add(FUNDING, "KF-01,残保金,演财社〔2025〕5号,2025-02-24,550.00,2025-03-06,550.00,2081105,county-1")
    found.write(COLLECTION, HEAD + (year or "本表无数据\n"))
    found.write(ALLOCATION, USES + TRAINING + GRANTS)
    found.write(NOTICES, STANDS)
    found.write("levy/2025/sources.toml", '[documents.levy]\ntitle = "残保金收支表"\n')
    if before:
        found.write("levy/2024/collection.csv", HEAD + before)
        found.write("levy/2024/allocation.csv", USES + "本表无数据\n")
        found.write("levy/2024/sources.toml", '[documents.levy]\ntitle = "残保金收支表"\n')
    return found


def said(found) -> str:
    return found.pages()[PAGE].markdown.partition("## ")[0]


def of_year(**changed: str) -> str:
    names = ("opening", "levied", "received", "spent", "closing", "entitled", "budgeted")
    told = dict(zip(names, YEAR.split(",")[1:8], strict=True)) | changed
    return ",".join(["2025", *told.values(), "2025-12-31", "2026-01-16", "levy\n"])


def test_what_is_sound_balances_everywhere(tmp_path):
    found = desk_of(tmp_path, before=EARLIER)
    assert found.problems() == []
    told = [(c.identity, str(c.verdict)) for c in found.book().comparisons if c.register == "levy" and c.year == 2025]
    assert sorted({name for name, _ in told}) == [
        "levy-budgeted", "levy-closing", "levy-funding", "levy-left", "levy-opening", "levy-paid", "levy-received", "levy-spent",
    ]  # fmt: skip
    assert {verdict for _, verdict in told} == {"balanced"}


@pytest.mark.parametrize(
    ("path", "old", "new", "identities"),
    [
        (COLLECTION, "700.00,400.00,", "700.00,400.01,", ["levy-closing"]),
        (COLLECTION, "1100.00,1000.00", "1000.00,1000.00", []), (COLLECTION, "1100.00,1000.00", "999.99,1000.00", ["levy-received"]),
        (COLLECTION, "900.00,900.00", "900.00,900.01", ["levy-budgeted"]),
        (ALLOCATION, "300.00,100.00", "300.01,99.99", ["levy-spent"]), (ALLOCATION, "400.00,150.00", "400.00,150.01", ["levy-left"]),
        (COLLECTION, "2025,100.00,1100.00,1000.00,700.00,400.00", "2025,100.01,1100.00,1000.00,700.00,400.01", ["levy-opening"]),
        (ALLOCATION, "100.00,500.00,-50.00,400.00,150.00", "100.01,500.00,-50.00,400.00,150.01", ["levy-funding"]),
    ],
)  # fmt: skip
def test_an_error_is_told_at_its_cell(tmp_path, path, old, new, identities):
    found = desk_of(tmp_path, before=EARLIER)
    found.change(path, old, new)
    assert [c.identity for c in found.book().comparisons if str(c.verdict) == "unbalanced"] == identities
    told = COLLECTION if identities == ["levy-spent"] else path  # a total is told at the total
    assert [(p[0], p[1], p[5]) for p in found.problems()] == [("error", told, "unexplained-difference")] * len(identities)


def test_a_use_spends_no_more_than_its_project_paid(tmp_path):
    found = desk_of(tmp_path)
    found.write(ALLOCATION, USES + TRAINING.replace("400.00,150.00", "580000.01,-579450.01") + GRANTS)
    assert "levy-paid" in [c.identity for c in found.book().comparisons if str(c.verdict) == "unbalanced"]


def test_a_project_that_got_nothing_of_the_levy(tmp_path):
    found = desk_of(tmp_path)
    found.change(FUNDING, "KF-01,残保金", "KF-01,其他")
    assert [(p[1], p[2], p[5]) for p in found.problems()] == [(ALLOCATION, 2, "unexplained-difference")]


def test_a_project_that_is_not_there(tmp_path):
    found = desk_of(tmp_path)
    found.change(ALLOCATION, "KF-01", "XX-77")
    assert [(p[1], p[3], p[4], p[5]) for p in found.problems()] == [(ALLOCATION, "项目编码", "XX-77", "foreign-key")]


def test_a_project_and_its_use_link_both_ways(tmp_path):
    pages = desk_of(tmp_path).pages()
    assert "培训" in pages["projects/2025/kf-01/"].blocks["mentions.html"]
    assert "projects/2025/kf-01/" in pages["levy/2025/allocation/"].blocks["table.html"]


@pytest.mark.parametrize(("last", "kinds", "days"), [("2025-07-07", [], 7), ("2025-07-06", [("warning", NOTICES, 2, "结束日期", "2025-07-06", "notice-short")], 6)])
def test_a_notice_stands_for_seven_days(tmp_path, last, kinds, days):
    found = desk_of(tmp_path)
    found.change(NOTICES, "2025-07-07", last)
    assert found.problems() == kinds and found.book().facts["levy/2025/notice/GS-2025-1/days"].value == days


@pytest.mark.parametrize(("budgeted", "share", "verdict"), [("900.00", Fraction(1), "kept"), ("899.99", Fraction(89_999, 90_000), "not-kept"), ("900.01", Fraction(90_001, 90_000), "kept")])
def test_all_that_is_due_is_budgeted(tmp_path, budgeted, share, verdict):
    found = desk_of(tmp_path, of_year(budgeted=budgeted))
    found.write(ALLOCATION, USES + TRAINING + GRANTS.replace("400.00", f"{float(budgeted) - 500:.2f}").replace(",100.00,levy", f",{float(budgeted) - 800:.2f},levy"))
    found.write("publisher.toml", 'plan = "plan-1"\n' + found.text("publisher.toml"))
    facts, pages = found.book().facts, found.pages()
    assert facts["levy/2025/budgeted-share"].value == share
    assert "B10" in pages[PAGE].blocks["commitments.html"] or "残保金" in pages[PAGE].blocks["commitments.html"]
    assert ("未达标" in pages[PAGE].blocks["commitments.html"]) == (verdict == "not-kept")


# ---- sentences


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("", "2024 年</time>的数没有公布，不能比较。"), (EARLIER, "多，<time"), (EARLIER.replace("800.00,800.00,700", "1200.00,1200.00,1100"), "少，<time"),
        (EARLIER.replace("800.00,800.00,700", "1000.00,1000.00,900"), "相同。"), (EARLIER.replace("0.00,800.00,800.00,700.00", "100.00,0.00,0.00,0.00"), "2024 年</time>没有。"),
        (EARLIER.replace("800.00,800.00", "未公布,未公布"), "2024 年</time>的数没有公布，不能比较。"),
    ],
)  # fmt: skip
def test_beside_the_year_before(tmp_path, before, words):
    text = said(desk_of(tmp_path, before=before))
    assert words in text and "入库残保金 [0.10 万元]" in text and "支出 [0.07 万元]" in text and "还有 [0.04 万元]" in text


def test_a_year_that_is_not_over_is_not_compared(tmp_path):
    found = desk_of(tmp_path, YEAR.replace("2025-12-31,2026-01-16", "2025-12-20,"), EARLIER)
    found.write("publisher.toml", found.text("publisher.toml").replace("2026-03-31", "2025-12-30"))
    assert "还没有过完，不和" in said(found)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "全部列入预算。"), ({"entitled": "1000.00"}, "少安排 [0.01 万元]"), ({"entitled": "800.00"}, "多安排 [0.01 万元]"),
        ({"entitled": "未公布"}, "应安排多少、安排了多少没有全部公布，不能比较。"),
        ({"received": "未公布", "closing": "400.00"}, "入库多少残保金没有公布。"), ({"spent": "未公布"}, "支出没有公布。"),
        ({"levied": "0.00", "received": "0.00", "closing": "-600.00"}, "没有残保金入库。"),
    ],
)  # fmt: skip
def test_every_branch_of_the_sentences(tmp_path, changed, words):
    assert words in said(desk_of(tmp_path, of_year(**changed)))


def test_a_year_without_its_row_says_so(tmp_path):
    assert "的残保金收支没有公布。" in said(desk_of(tmp_path, ""))


@pytest.mark.parametrize(("rows", "words"), [(STANDS, "公示用人单位 [312 个]"), (STANDS.replace("312", "未公布"), "公示的个数没有全部公布。"), (STANDS.partition("\n")[0] + "\n本表无数据\n", "没有公示记录。")])
def test_employers_are_counted_not_named(tmp_path, rows, words):
    found = desk_of(tmp_path)
    found.write(NOTICES, rows)
    assert words in found.pages()[PAGE].markdown


def test_the_bridge_stands_only_where_every_step_is_known(tmp_path):
    assert "ledger.html" in desk_of(tmp_path / "1").pages()[PAGE].blocks
    assert "ledger.html" not in desk_of(tmp_path / "2", of_year(spent="未公布")).pages()[PAGE].blocks


# ---- a published evaluation of the levy


def test_lukou_just_above_the_line_and_dimensions_of_other_names(tmp_path):
    """80.10 is a "good" as its report says; its four dimensions bear other names than ours, which the table tells."""
    (told,) = csv.DictReader((REAL / "结论.csv").read_text(encoding="utf-8-sig").splitlines())
    total = Fraction(told["综合得分"])
    assert (grade(total), grade(total - Fraction(11, 100))) == ("good", "fair")
    found = desk(tmp_path, "evaluations", "projects")
    found.change(EVALUATIONS, "86.5,良,95.0", f"{told['综合得分']},{told['等次(原文)']},")
    found.keep_header(SCORES)
    assert found.problems() == []
    first = told["评价维度(原文)"].partition("、")[0]
    found.write(SCORES, f"编号,维度,满分,第三方得分,自评得分,来源文件\nPJ-01,{first},100,{told['综合得分']},,report\n")
    assert [(p[3], p[4], p[5]) for p in found.problems()] == [("维度", first, "not-in-list")]
