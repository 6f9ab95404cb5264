"""Nothing changes in silence: `check --previous SITE` says every published cell that differs, by table, row, column, was and is."""

import json
import random
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts import __main__, changes
from scripts.account import account
from scripts.changes.compare import compare
from scripts.changes.earlier import Table
from scripts.changes.ledgers import Ledger
from scripts.changes.tell import excerpt
from scripts.problems import problem
from tests.built import small_copy, small_site

LINES, PAYMENTS, PROJECTS = "execution/2025/lines.csv", "projects/2025/payments.csv", "projects/2025/projects.csv"
EXPENDITURE, PUBLIC = "final_accounts/2025/支出决算表.csv", "final_accounts/2025/财政拨款“三公”经费支出决算表.csv"
SOURCES = "final_accounts/2025/sources.toml"


class Clerk:
    """The publisher of the small site, who goes on working after it was published."""

    def __init__(self, folder: Path):
        self.folder = small_copy(folder)

    def write(self, path: str, text: str) -> None:
        (self.folder / path).write_text(text, encoding="utf-8", newline="")

    def text(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    def change(self, path: str, old: str, new: str) -> None:
        assert self.text(path).count(old) == 1, self.text(path).count(old)
        self.write(path, self.text(path).replace(old, new))

    def changes(self, site: Path | None = None) -> list[tuple[str, str, int | None, str, str]]:
        """(kind, file, row, column, message) of everything that differs."""
        found = changes.since(site or small_site().folder, account(self.folder))
        assert all(each.severity == "warning" for each in found)
        return [(each.kind, each.file, each.row, each.column, each.message) for each in found]


@pytest.fixture
def clerk(tmp_path) -> Clerk:
    return Clerk(tmp_path / "publisher")


# ---- what is listed


def test_a_folder_that_was_just_published_differs_in_nothing(clerk):
    assert clerk.changes() == []


def test_an_amount_a_reason_and_a_date_are_listed_where_the_clerk_finds_them(clerk):
    clerk.change(LINES, "2025-06-30,98000.00", "2025-06-30,89000.00")
    clerk.change(LINES, "流标 1 次", "流标 2 次")
    clerk.change("execution/2025/reports.csv", "2025-07-11", "2025-07-12")
    assert clerk.changes() == [
        ("changed-figure", LINES, 2, "累计执行数(元)", "2081101、2025-06-30：公开过的是“98000.00”，现在是“89000.00”。"),
        ("changed-figure", LINES, 7, "偏差原因",
         "2081105、JY-01、2025-12-31：公开过的是“流标 1 次，合同推迟到 9 月，结余退回财政。”，现在是“流标 2 次，合同推迟到 9 月，结余退回财政。”。"),
        ("changed-figure", "execution/2025/reports.csv", 2, "公开日期", "2025-06-30：公开过的是“2025-07-11”，现在是“2025-07-12”。"),
    ]  # fmt: skip


def test_order_spelling_of_dates_and_the_form_of_the_file_are_no_change(clerk):
    header, *rows = clerk.text(LINES).splitlines()
    clerk.write(LINES, "\r\n".join([header, *reversed(rows), "", ""]).replace("2025-06-30", "2025/6/30"))
    (clerk.folder / EXPENDITURE).write_bytes(clerk.text(EXPENDITURE).removeprefix("\ufeff").encode("gb18030"))
    assert clerk.changes() == []


def test_a_number_spelt_otherwise_is_listed_although_it_is_the_same(clerk):
    clerk.change(LINES, "2025-06-30,150000.00", "2025-06-30,150000.0")
    assert clerk.changes() == [
        ("changed-figure", LINES, 3, "累计执行数(元)",
         "残疾人康复 累计执行数（到 2025 年 6 月 30 日）：公开过的是“150000.00”，现在是“150000.0”。"),
    ]  # fmt: skip


def test_a_cell_emptied_and_a_cell_filled(clerk):
    clerk.change("evaluations/2025/problems.csv", "每天登记训练情况。", "")
    clerk.change("execution/2024/lines.csv", "291000.00,,", "291000.00,少办一期。,")
    assert clerk.changes() == [
        ("vanished-figure", "evaluations/2025/problems.csv", 2, "建议", "pj-01、01：公开过“每天登记训练情况。”，现在是空的。"),
        ("new-figure", "execution/2024/lines.csv", 2, "偏差原因", "2081104、2024-12-31：公开过的是空的，现在是“少办一期。”。"),
    ]


def test_a_row_that_vanished_is_quoted_and_new_rows_are_counted(clerk):
    clerk.write("evaluations/2025/problems.csv", clerk.text("evaluations/2025/problems.csv").splitlines()[0] + "\n本表无数据\n")
    clerk.write(PAYMENTS, clerk.text(PAYMENTS) + "JY-01,03,2025-12-20,0.00,单位,甲,30216,一,ledger\nJY-01,04,2025-12-20,0.00,单位,甲,30216,二,ledger\n")
    assert clerk.changes() == [
        ("vanished-figure", "evaluations/2025/problems/problems.csv", None, "",
         "《问题、建议和答复》公开过的一行没有了：pj-01，01，有 2 名儿童的训练天数没有记录。，5600.00，每天登记训练情况。，2026 年 5 月起每天登记。，report。"),
        ("new-figure", PAYMENTS, 6, "", "《拨付明细》比公开过的多 2 行，从这一行起。"),
    ]  # fmt: skip


def test_a_year_that_is_gone_is_named_table_by_table_with_its_sources(clerk):
    shutil.rmtree(clerk.folder / "execution" / "2024")
    assert clerk.changes() == [
        ("vanished-figure", "execution/2024/lines/lines.csv", None, "", "公开过的这张表没有了，原来有 3 行。"),
        ("vanished-figure", "execution/2024/reports/reports.csv", None, "", "公开过的这张表没有了，原来有 1 行。"),
        ("vanished-figure", "execution/2024/sources.toml", None, "",
         "《来源文件》公开过的一行没有了：预算执行，2024，report，2024 年预算执行表，样例县残疾人联合会，样残财〔2025〕1号，2025-01-09，"
         "3786c2d21152b51ab2f685b603f8a5d25721f8811a2afa20e21c686713dded5e。"),
    ]  # fmt: skip


def test_a_row_called_otherwise_at_the_same_place_is_one_changed_cell(clerk):
    clerk.change(PAYMENTS, "KF-01,02,2025-12-10", "KF-01,03,2025-12-10")
    assert clerk.changes() == [("changed-figure", PAYMENTS, 5, "序号", "KF-01、03：公开过的是“02”，现在是“03”。")]


def test_a_head_of_an_official_table_that_changed(clerk):
    clerk.change(EXPENDITURE, ",上缴上级支出,", ",上缴上级,")
    assert ("changed-figure", EXPENDITURE, None, "上缴上级", "《支出决算表》的这一列，公开过的名字是“上缴上级支出”，现在是“上缴上级”。") in clerk.changes()


def test_the_same_digits_in_another_unit_are_told_once_for_the_table(clerk):
    told = clerk.text(SOURCES)
    head, _, tail = told.rpartition('unit = "万元"')
    clerk.write(SOURCES, f'{head}unit = "元"{tail}')
    assert clerk.changes() == [
        ("changed-figure", SOURCES, None, "单位", "部门决算、2025、three_public：公开过的是“万元”，现在是“元”。"),
        ("changed-figure", PUBLIC, None, "", "单位公开过的是“万元”，现在是“元”，12 个数都变了。"),
    ]


def test_who_publishes_and_what_the_sources_say_are_published_too(clerk):
    clerk.change("publisher.toml", "000-1111111", "000-1111112")
    clerk.change("publisher.toml", "demonstration = true\n", "")
    clerk.change(SOURCES, "60e9639c", "60e9639d")
    assert clerk.changes() == [
        ("changed-figure", SOURCES, None, "校验码",
         "部门决算、2025、tables：公开过的是“60e9639c201fc41ffffacd9b7a2873515c5a2f89…”，现在是“60e9639d201fc41ffffacd9b7a2873515c5a2f89…”。"),
        ("changed-figure", "publisher.toml", None, "内容", "电话：公开过的是“000-1111111”，现在是“000-1111112”。"),
        ("changed-figure", "publisher.toml", None, "demonstration", "公开过的是“演示数据”，现在是“真实数据”。"),
    ]  # fmt: skip


def test_of_two_long_texts_the_part_is_shown_in_which_they_differ():
    long = "残" * 100
    assert (excerpt(f"{long}甲乙", f"{long}丙"), excerpt("短", long)) == ("…" + "残" * 38 + "甲乙", "短")
    assert excerpt(f"{long}甲{long}", f"{long}乙{long}") == "…" + "残" * 8 + "甲" + "残" * 31 + "…"


# ---- one table then and now

HEADER = ["编码", "名称", "金额"]
TABLES = st.integers(0, 7).flatmap(
    lambda n: st.tuples(*[st.tuples(st.sampled_from(["甲", "乙", ""]), st.sampled_from(["1.00", "2.00", ""])) for _ in range(n)])
)


def ledger(rows: list[list[str]]) -> Ledger:
    return Ledger("表", HEADER, rows, (0,), [{"file": "a.csv", "row": line} for line in range(2, len(rows) + 2)])


@given(TABLES, TABLES, st.randoms(use_true_random=False))
def test_every_cell_that_differs_is_told_and_no_other(then, now, dice: random.Random):
    before = [[str(n), *cells] for n, cells in enumerate(then)]
    after = [[str(n), *cells] for n, cells in enumerate(now)]
    both = min(len(then), len(now))
    changed = {(after[n][0], HEADER[c]) for n in range(both) for c in (1, 2) if before[n][c] != after[n][c]}
    dice.shuffle(after)
    found = list(compare("a/a.csv", Table(HEADER, before), ledger(after)))
    cells = [(after[each.row - 2][0], each.column) for each in found if each.column]
    rest = [each.kind for each in found if not each.column]
    gone, new = max(0, len(then) - both), max(0, len(now) - both)
    assert (set(cells), len(cells)) == (changed, len(changed))
    assert rest == ["vanished-figure"] * gone + ["new-figure"] * bool(new)


def test_heads_over_other_columns_are_told_even_where_no_number_stands():
    swapped = list(compare("a/a.csv", Table(["名称", "编码", "金额"], [["", "", ""]]), ledger([["", "", ""]])))
    assert [(each.kind, each.message) for each in swapped] == [("changed-figure", "《表》各列的次序和公开过的不同。")]


def test_a_column_that_only_one_of_them_has():
    before = Table([*HEADER, "备注"], [["1", "甲", "1.00", "说明"]])
    assert [(p.kind, p.column) for p in compare("a/a.csv", before, ledger([["1", "甲", "1.00"]]))] == [("vanished-figure", "备注")]
    assert [(p.kind, p.column) for p in compare("a/a.csv", Table(HEADER[:2], [["1", "甲"]]), ledger([["1", "甲", "1.00"]]))] == [("new-figure", "金额")]


# ---- what cannot be compared


def test_a_folder_with_an_error_publishes_nothing_that_could_be_compared(clerk):
    clerk.change(LINES, "98000.00", "九万八")
    assert clerk.changes() == []


def spoilt(tmp_path: Path, path: str, change) -> Path:
    site = Path(shutil.copytree(small_site().folder, tmp_path / "site"))
    change(site / path)
    return site


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("facts.json", Path.unlink),
        ("manifest.json", Path.unlink),
        ("manifest.json", lambda path: path.write_text("[]")),
        ("manifest.json", lambda path: path.write_text("{")),
        ("facts.json", lambda path: path.write_bytes(path.read_bytes().replace(b"98000", b"89000"))),
        ("execution/2025/lines/lines.csv", lambda path: path.write_bytes(path.read_bytes().replace(b"98000", b"89000"))),
        ("execution/2025/reports/reports.csv", Path.unlink),
    ],
)
def test_a_damaged_site_is_an_error_and_never_a_list_of_changes(clerk, tmp_path, path, change):
    site = spoilt(tmp_path, path, change)
    found = changes.since(site, account(clerk.folder))
    assert [(each.severity, each.kind, each.file) for each in found] == [("error", "earlier-site", str(site))]


def test_the_command_lists_changes_as_warnings_and_refuses_what_is_no_site(clerk, tmp_path, capsys):
    clerk.change("publisher.toml", "000-1111111", "000-1111112")
    base = ["check", "--publisher", str(clerk.folder), "--json", "--previous"]
    assert __main__.main([*base, str(small_site().folder)]) == 0
    assert [(each["kind"], each["file"]) for each in json.loads(capsys.readouterr().out)["problems"]] == [("changed-figure", "publisher.toml")]
    assert __main__.main([*base, str(tmp_path)]) == 1
    assert [(each["kind"], each["value"]) for each in json.loads(capsys.readouterr().out)["problems"]] == [("earlier-site", "manifest.json")]
    assert __main__.main([*base, str(tmp_path / "nowhere")]) == 1
    assert json.loads(capsys.readouterr().out)["problems"] == [problem("no-site", file=str(tmp_path / "nowhere")).as_json()]


def test_nothing_is_built_against_a_site_that_cannot_be_read(clerk, tmp_path, capsys):
    output = tmp_path / "output"
    assert __main__.main(["build", "--publisher", str(clerk.folder), "--output", str(output), "--previous", str(tmp_path / "nowhere")]) == 1
    assert not output.exists() and capsys.readouterr().out.splitlines()[-1] == "没有发布，原来的网站没有动。"
