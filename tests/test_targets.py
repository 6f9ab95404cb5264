"""Indicator values as tables of performance write them: comparator, number and unit; a day; else words, never a guess."""

import datetime
from fractions import Fraction

import pytest

from scripts import targets
from scripts.targets import WORDS, read
from tests.registers.results import rows


@pytest.mark.parametrize(
    ("text", "comparator", "number", "unit"),
    [
        ("≥18000人", ">=", 18000, "人"), ("=22个", "=", 22, "个"), ("≤90万元", "<=", 90, "万元"), ("≥100百分比", ">=", 100, "%"),
        ("不低于85%", ">=", 85, "%"), ("大于等于85户", ">=", 85, "户"), ("达到17500名", ">=", 17500, "人"), ("至少20家", ">=", 20, "家"),
        ("不少于100万名", ">=", 1_000_000, "人"), ("4万名以上", ">=", 40000, "人"), ("2万户以上", ">=", 20000, "户"), ("不低于300处", ">=", 300, "处"),
        ("不低于2.4万名", ">=", 24000, "人"), ("100%", "", 100, "%"), ("100", "", 100, ""), ("38.472", "", Fraction("38.472"), ""),
        ("≥1,200人", ">=", 1200, "人"), ("＞ 1000 名", ">", 1000, "人"), ("超过1000名", ">", 1000, "人"), ("30天以内", "<=", 30, "天"), ("低于5%", "<", 5, "%"),
        ("≥0.5", ">=", Fraction(1, 2), ""), ("４个工作日", "", 4, "个工作日"),
    ],
)  # fmt: skip
def test_a_number_with_its_comparator_and_unit(text, comparator, number, unit):
    found = read(text)
    assert (found.comparator, found.number, found.unit, found.day) == (comparator, number, unit, None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023年12月底", "2023-12-31"), ("2024年2月底前", "2024-02-29"), ("2025年12月31日前完成", "2025-12-31"), ("2025-06-30", "2025-06-30"),
        ("2023年底", "2023-12-31"), ("于2025年6月30日之前", "2025-06-30"),
    ],
)  # fmt: skip
def test_a_day(text, day):
    assert read(text) == targets.Value("<=", day=datetime.date.fromisoformat(day))


@pytest.mark.parametrize(
    "text",
    [
        "效果明显", "达成预期指标", "40(截断)", "7600多名", "约14%", "约20人", "每月20日前", "2025-02-30", "2025年13月底", "2025年6月前", "≥", "",
        "≥5人以上", "5-8人", "12匹", "在项目计划完成时间内完成", "符合相关规定", "≥1,20人", "200余名",
    ],
)  # fmt: skip
def test_what_is_not_sure_stays_words(text):
    assert read(text) == WORDS


def test_every_goal_of_a_real_evaluation_is_read():
    found = [read(row["目标值(原文)"]) for row in rows("shandong-cl-2023-overall", "整体绩效目标.csv")]
    assert [(each.comparator, each.number, each.unit) for each in found] == [
        (">=", 17500, "人"), (">=", 20, "家"), (">=", 1_000_000, "人"), (">=", 40_000, "人"), (">=", 20_000, "户"), (">=", 300, "处"),
        (">=", 24_000, "人"), (">=", 90, "%"), ("", 100, "%"),
    ]  # fmt: skip


def test_a_real_form_keeps_its_words_apart_from_its_numbers():
    found = {row["年度指标值"]: read(row["年度指标值"]) for row in rows("guichi-tangxi-2022-selfeval", "绩效指标.csv")}
    numbers = {text: (each.comparator, each.number, each.unit) for text, each in found.items() if each.number is not None}
    assert numbers == {"≥50个": (">=", 50, "个"), "≥100百分比": (">=", 100, "%"), "≤90万元": ("<=", 90, "万元")}
    assert {text for text, each in found.items() if each == WORDS} == {
        "严格执行相关制度规定", "在项目计划完成时间内完成", "符合相关规定", "效果明显", "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("target", "actual", "met"),
    [
        ("≥100人", "100人", True), ("≥100人", "99人", False), ("超过1000名", "1000名", False), ("超过1000名", "1001名", True), ("≤90万元", "90", True),
        ("≤90万元", "90.01", False), ("低于5%", "5%", False), ("=22个", "23个", False), ("100%", "100%", True), ("100%", "99.9%", False),
        ("2023年12月底", "2023-12-31", True), ("2023年12月底", "2024-01-01", False), ("≥85户", "40(截断)", None), ("≥85户", "90人", None),
        ("效果明显", "达成预期指标", None), ("不低于2.4万名", "25000", None), ("不低于2.4万名", "25000名", True), ("≥85户", "≥90户", None),
    ],
)  # fmt: skip
def test_whether_a_target_was_reached(target, actual, met):
    assert targets.met(read(target), read(actual)) is met


@pytest.mark.parametrize(
    ("target", "actual", "reverse", "share"),
    [
        ("≥50人", "48人", False, Fraction(24, 25)), ("≥50人", "60人", False, Fraction(6, 5)), ("≤90万元", "100万元", True, Fraction(9, 10)),
        ("≤90万元", "0万元", True, 1), ("≥0人", "0人", False, 1), ("2023年12月底", "2023-12-01", False, None), ("≥85户", "90人", False, None),
    ],
)  # fmt: skip
def test_the_share_of_a_target(target, actual, reverse, share):
    assert targets.reached(read(target), read(actual), reverse) == share
