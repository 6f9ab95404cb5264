"""From a folder to public facts: what reading alone cannot see, and that all of it is said at once."""

import shutil
from pathlib import Path

from scripts import account
from tests.small_publisher import LINES, PROJECTS, SCORES, desk

REAL = Path(__file__).with_name("real")


def test_full_marks_that_are_not_a_hundred_are_said(tmp_path):
    clerk = desk(tmp_path)
    clerk.change(SCORES, "PJ-01,过程,20,18.0", "PJ-01,过程,21,18.0")
    assert clerk.problems() == [("error", SCORES, 2, "满分", "PJ-01", "full-marks")]


def test_a_score_above_its_full_mark_is_said(tmp_path):
    clerk = desk(tmp_path)
    clerk.change(SCORES, "PJ-01,过程,20,18.0,19.0", "PJ-01,过程,20,28.0,19.0")
    clerk.change(SCORES, "PJ-01,产出,80,68.5", "PJ-01,产出,80,58.5")
    assert clerk.problems() == [("error", SCORES, 2, "第三方得分", "28.0", "score-above-full")]


def test_a_plan_nobody_wrote_is_said(tmp_path):
    clerk = desk(tmp_path)
    clerk.change("publisher.toml", "as_of", 'plan = "plan-9"\nas_of')
    assert clerk.problems() == [("error", "publisher.toml", None, "plan", "plan-9", "unknown-plan")]


def test_a_code_beside_known_ones_that_no_source_has_is_a_note_and_is_published_as_it_is(tmp_path):
    clerk = desk(tmp_path)
    clerk.change("projects/2025/payments.csv", "2025-06-20,200000.00,单位,演示康复中心,30399", "2025-06-20,200000.00,单位,演示康复中心,30177")
    assert clerk.problems() == [("warning", "projects/2025/payments.csv", 2, "经济科目编码", "30177", "unknown-code")]
    assert clerk.account().public is not None


def test_money_under_a_code_that_the_official_table_lacks_stops_publication(tmp_path):
    clerk = desk(tmp_path)
    shutil.copytree(REAL / "putuo-wanli-2025-budget" / "publisher" / "budget" / "2025", tmp_path / "budget" / "2025")
    found = [p for p in clerk.problems() if p[0] == "error" and p[1] == LINES]
    assert found == [
        ("error", LINES, 2, "科目编码", "2081101", "code-not-in-official"),
        ("error", LINES, 3, "科目编码", "2081104", "code-not-in-official"),
    ]


def test_a_difference_in_an_official_table_is_printed_and_said(tmp_path):
    folder = tmp_path / "publisher"
    shutil.copytree(REAL / "putuo-shegongbu-2024" / "publisher", folder)
    table = folder / "final_accounts" / "2024" / "支出决算表.csv"
    text = table.read_text(encoding="utf-8-sig")
    assert text.count("307.82") == 1  # the total
    table.write_text(text.replace("307.82", "308.82"), encoding="utf-8-sig")
    found = account.account(folder)
    said = [(p.severity, p.kind) for p in found.problems if p.kind == "unbalanced-official"]
    assert said and set(said) == {("warning", "unbalanced-official")}
    assert found.public is not None


def test_what_reading_and_what_computing_finds_is_said_in_one_run(tmp_path):
    clerk = desk(tmp_path)
    clerk.change(PROJECTS, "已完成", "做完了")
    clerk.change(SCORES, "PJ-01,过程,20,18.0", "PJ-01,过程,21,18.0")
    assert {p[5] for p in clerk.problems()} == {"not-in-list", "full-marks"}


def test_a_report_of_another_year_is_in_the_wrong_folder(tmp_path):
    clerk = desk(tmp_path)
    clerk.change("execution/2025/reports.csv", "2025-12-31,2026-01-16", "2026-12-31,2027-01-16")
    assert clerk.problems() == [
        ("error", "execution/2025/reports.csv", 3, "截至日期", "2026-12-31", "date-of-another-year")
    ]


def test_a_ledger_kept_to_the_fen_excuses_no_fen(tmp_path):
    clerk = desk(tmp_path)
    clerk.change(LINES, "500000.00,100000.00,600000.00", "500000.00,100000.00,600000.01")
    assert {p[5] for p in clerk.problems()} == {"unexplained-difference"}
