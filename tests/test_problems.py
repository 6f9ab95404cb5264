"""What is wrong is said once, in one line that a clerk can act on: the most serious first."""

import errno
import json
import os
import re

import pytest

from scripts import wording
from scripts.problems import ERROR, Problem, as_json, errors, failure, grouped, lines, problem, ranked, visible


def test_a_problem_says_place_value_what_is_wrong_and_how_to_mend_it():
    found = problem(
        "not-money", file="execution/2025/lines.csv", row=5, column="累计执行数(元)", value="约3万", example="1234.50"
    )
    assert found == Problem(
        severity="error", kind="not-money", message="这一格不是金额。", fix="请只写数字和小数点。例：1234.50",
        file="execution/2025/lines.csv", sheet="", row=5, column="累计执行数(元)", value="约3万",
    )  # fmt: skip
    assert (
        found.line()
        == "execution/2025/lines.csv·第5行·累计执行数(元)·“约3万”：这一格不是金额。请只写数字和小数点。例：1234.50"
    )


def test_a_problem_without_a_place_is_a_sentence():
    assert problem("busy").line() == "另一次发布正在进行。请等它做完再试。"


def test_a_warning_says_that_it_is_one():
    found = problem(
        "reason-not-given",
        file="final_accounts/2025/支出决算表.csv",
        row=7,
        value="2081104",
        name="残疾人康复",
        share="10.0%",
    )
    assert found.severity == "warning"
    assert found.line().startswith("提醒：final_accounts/2025/支出决算表.csv·第7行·“2081104”：“残疾人康复”的决算")


def test_json_holds_every_part_in_one_order():
    found = problem("empty-row", file="a.csv", row=3)
    assert json.dumps(found.as_json(), ensure_ascii=False) == (
        '{"severity": "error", "file": "a.csv", "sheet": "", "row": 3, "column": "", "value": "", '
        '"kind": "empty-row", "message": "中间有一个空行。", "fix": "请删去这一行。"}'
    )


@pytest.mark.parametrize("kind", sorted(wording.table("problems")))
def test_the_words_of_every_kind_can_be_said(kind):
    """A sentence names its own details; the file, the column and the value are there for all."""
    words = wording.table(f"problems.{kind}")
    places = set(re.findall(r"\{(\w+)\}", words["message"] + words["fix"])) - {"file", "column", "value"}
    said = problem(kind, file="a/2025/b.csv", row=2, column="列", value="值", **dict.fromkeys(places, "○"))
    assert "{" not in said.message + said.fix and words["severity"] == said.severity


def test_the_worst_comes_first_then_the_place_and_nothing_twice():
    late = problem("reason-not-given", file="a.csv", row=1, name="康复", share="10.0%")
    second, third = problem("empty-row", file="a.csv", row=9), problem("empty-row", file="a.csv", row=10)
    other = problem("empty-row", file="b.csv", row=2)
    assert ranked([late, other, third, second, second]) == [second, third, other, late]
    assert errors([late, other]) == [other] and other.severity == ERROR


# ---- like problems are one message


def bad(row: int, value: str = "约3万", **place) -> Problem:
    return problem("not-money", **({"file": "a/2025/lines.csv", "row": row, "column": "金额(元)", "value": value} | place), example="1234.50")


@pytest.mark.parametrize(
    ("found", "line"),
    [
        ([bad(2)], "a/2025/lines.csv·第2行·金额(元)·“约3万”："),
        ([bad(2), bad(9)], "a/2025/lines.csv·第2、9行·金额(元)·“约3万”："),
        ([bad(n) for n in range(2, 1002)], "a/2025/lines.csv·第2–1001行共1,000处·金额(元)·“约3万”："),
        ([bad(n, "x" * n) for n in (2, 3, 5, 7, 9)], "a/2025/lines.csv·第2–3、5、7行等共5处·金额(元)·“xx”“xxx”“xxxxx”等："),
        ([bad(2, sheet="明细"), bad(4, sheet="明细")], "a/2025/lines.csv·明细·第2、4行·金额(元)·“约3万”："),
    ],
)
def test_a_cause_is_told_once_with_its_first_places_values_and_exact_count(found, line):
    (group,) = grouped(found)
    assert (group.count, group.line()) == (len(found), line + bad(2).message + bad(2).fix)
    assert lines(found) == [group.line(), f"共 {len(found):,} 个错误、0 条提醒。"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (bad(2), bad(2, column="费用(元)")),
        (bad(2), bad(3, file="a/2025/other.csv")),
        (bad(2), bad(3, sheet="明细")),
        (problem("below-minimum", file="a.csv", row=2, column="分", value="-1", least=0, example="1"), problem("above-maximum", file="a.csv", row=3, column="分", value="101", most=100, example="1")),
        (problem("cell-count", file="a.csv", row=2, value="1,2", has=2, needs=3), problem("cell-count", file="a.csv", row=3, value="1,2,3,4", has=4, needs=3)),
        (problem("unknown-code", file="a.csv", row=2, value="2081188", year=2025, example="2081104"), problem("foreign-key", file="a.csv", row=2, value="2081188", title="项目", meant="")),
    ],
)  # fmt: skip
def test_another_column_file_sheet_or_sentence_is_another_cause(one, other):
    assert [group.count for group in grouped([one, other])] == [1, 1]


def test_a_sentence_that_names_its_own_value_or_another_row_is_still_the_same_cause():
    dates = [problem("no-such-day", file="a.csv", row=n, column="日期", value=f"2025-02-{n}", example="2024-02-29") for n in (30, 31)]
    twice = [problem("duplicate-key", file="a.csv", row=n + 9, column="编号", value=f"B{n}", first=n) for n in (2, 3, 4)]
    assert [group.line() for group in grouped([*dates, *twice])] == [
        "a.csv·第30–31行共2处·日期·“2025-02-30”“2025-02-31”：没有“2025-02-30”这一天。请改成真实的日期。例：2024-02-29",
        "a.csv·第11–13行共3处·编号·“B2”“B3”“B4”：和第 2 行的“编号”相同。重录的请删去一行；确实是两笔，请写成不同的编号。",
    ]


def test_sums_that_do_not_hold_are_told_one_by_one():
    told = {"rule": "合计 = 各行相加", "left": "1 元", "right": "2 元", "identity": "total"}
    found = [problem("unexplained-difference", file="a.csv", place=place, difference=f"{n} 元", **told) for n, place in enumerate(("康复", "就业"))]
    assert [group.count for group in grouped(found)] == [1, 1]


def test_files_that_belong_nowhere_are_one_message_a_folder():
    found = [problem("unknown-file", file=f"projects/2025/照片{n}.jpg", example="lines.csv") for n in range(1, 13)] + [problem("unknown-file", file="projects/备份.csv", example="lines.csv")]
    said = found[0].message + found[0].fix
    assert lines(found) == [
        f"projects/2025/照片1.jpg、projects/2025/照片2.jpg、projects/2025/照片3.jpg等共12处：{said}",
        f"projects/备份.csv：{said}",
        "共 13 个错误、0 条提醒。",
    ]


def test_a_warning_is_never_counted_with_an_error_and_the_serious_stay_first():
    late = problem("reason-not-given", file="a.csv", row=1, name="康复", share="10.0%")
    told = as_json(ranked([late, bad(3), bad(2)]))
    assert (told["errors"], told["warnings"]) == (2, 1)
    assert [(group["kind"], group["count"], group["rows"]) for group in told["groups"]] == [("not-money", 2, [2, 3]), ("reason-not-given", 1, [1])]
    assert [each["row"] for each in told["problems"]] == [2, 3, 1]


def test_no_problems_are_no_lines():
    assert lines([]) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("平常的字", "平常的字"),
        ("换\n行", "换\\u000a行"),
        ("\u202e倒写", "\\u202e倒写"),
        ("字" * 60, "字" * 60),
        ("字" * 61, "字" * 57 + "..."),
    ],
)
def test_what_cannot_be_seen_is_shown(text, shown):
    assert visible(text) == shown


def test_what_the_data_say_cannot_pose_as_a_place_in_a_sentence():
    assert problem("unknown-setting", file="publisher.toml", column="{value}").message == "不认识“{value}”这一项设置。"


def test_what_the_system_refuses_is_said_with_its_file():
    found = failure(PermissionError(13, "Permission denied", "lines.csv"))
    assert (found.kind, found.file, found.message) == (
        "system",
        "lines.csv",
        "系统不让读写这个文件（Permission denied）。",
    )


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EFBIG])
def test_a_full_disk_is_called_that(number):
    found = failure(OSError(number, os.strerror(number), "facts.json"))
    assert (found.kind, found.line()) == ("disk-full", "facts.json：磁盘满了，没有写完。请腾出空间再试。")


def test_a_mistake_of_the_program_is_said_on_one_line():
    try:
        raise KeyError("fact\ndefined twice")
    except KeyError as wrong:
        found = failure(wrong)
    assert (found.kind, found.file.partition(":")[0]) == ("unexpected", "test_problems.py")
    assert "\n" not in found.line()
