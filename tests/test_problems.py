"""What is wrong is said once, in one line that a clerk can act on: the most serious first."""

import errno
import json
import os
import re

import pytest

from scripts import wording
from scripts.problems import ERROR, Problem, errors, failure, problem, ranked, visible


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
