"""A publisher's folder read once and checked against itself; `account` answers whatever is in it with problems, never with a traceback."""

import datetime
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scripts import account, inputs, publisher
from scripts.inputs import Document
from tests.small_publisher import EVALUATIONS, FUNDING, LINES, PAYMENTS, PROJECTS, SCORES, Desk, desk

UNITS = "organisation/2025/units.csv"


def error(file, kind, row=None, column="", value=""):
    return ("error", file, row, column, value, kind)


def test_the_tiny_publisher_has_nothing_wrong(tmp_path):
    found = desk(tmp_path).account()
    assert (found.problems, found.as_of, found.public is not None) == ([], datetime.date(2026, 3, 31), True)


def test_what_was_read_is_found_by_register_year_and_table(tmp_path):
    read = inputs.read(publisher.load(desk(tmp_path).folder)[0])
    year = read.get("execution", 2025)
    assert sorted(read.years) == [
        ("evaluations", 2025),
        ("execution", 2025),
        ("organisation", 2025),
        ("projects", 2025),
    ]
    assert read.of("execution") == [year] and read.get("execution", 2024) is None
    assert [row.line for row in year.rows("lines")] == [2, 3, 4, 5] and year.rows("no_such_table") == ()
    assert year.documents["county-8"] == Document(
        "county-8", "关于追加康复救助经费的通知", "演示县财政局", "演财预〔2025〕8号", datetime.date(2025, 8, 1),
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    )  # fmt: skip


def test_without_a_date_of_its_own_the_data_are_as_of_their_latest_publication(tmp_path):
    found = desk(tmp_path)
    found.write("publisher.toml", 'name = "甲"\n')
    assert found.account().as_of == datetime.date(2026, 3, 16)


def test_one_run_names_everything_wrong_in_the_whole_folder(tmp_path):
    found = desk(tmp_path)
    found.write("publisher.toml", 'name = "甲"\nplna = "plan-1"\n')
    found.write("subsidies/2025/a.csv", "a\n")
    found.write("execution/2025/lines-copy.csv", "a\n")
    found.write("execution/25/lines.csv", "a\n")
    found.write("预算.xlsx", "x")
    found.remove("execution/2025/reports.csv")
    found.change("organisation/2025/sources.toml", "title", "tittle")
    found.change(PROJECTS, "KF-01,残疾儿童康复救助", "KF-02,残疾儿童康复救助")
    found.change(
        PAYMENTS,
        "380000.00,单位,演示康复中心,30399,6 月至 12 月训练费,ledger",
        "38万,单位,演示康复中心,30399,6 月至 12 月训练费,账本",
    )
    found.change(EVALUATIONS, "86.5", "186.5")
    assert found.problems() == [
        error(EVALUATIONS, "above-maximum", 2, "总分", "186.5"),
        error("execution/2025/lines-copy.csv", "unknown-file"),
        error("execution/2025/reports.csv", "missing-table"),
        error("execution/25", "unknown-file"),
        error("organisation/2025/sources.toml", "unknown-setting", None, "documents.posts.tittle"),
        error("organisation/2025/sources.toml", "document-without-title", None, "posts"),
        error(PAYMENTS, "missing-document", 3, "来源文件", "账本"),
        error(PAYMENTS, "unit-in-cell", 3, "金额(元)", "38万"),
        error(PROJECTS, "key-mistyped", 2, "项目编码", "KF-02"),
        error("publisher.toml", "unknown-setting", None, "plna"),
        error("subsidies", "unknown-register"),
        error("预算.xlsx", "unknown-file"),
    ]


def test_sound_years_are_added_up_although_another_has_an_error(tmp_path):
    found = desk(tmp_path)
    found.change(UNITS, ",12,", ",十二,")
    found.change(LINES, "1000000.00,2025-12-31", "1100000.00,2025-12-31")
    assert found.problems() == [
        error(LINES, "missing-reason", 4, "偏差原因"),
        error(LINES, "unexplained-difference", 4, "全年预算数(元)", "1100000.00"),
        error(UNITS, "no-number", 2, "编制数", "十二"),
    ]


def test_a_folder_of_a_register_is_named_in_the_sentence(tmp_path):
    found = desk(tmp_path, "organisation")
    found.write("执行/2025/lines.csv", "a")
    assert [p.line() for p in found.account().problems] == [
        "执行：没有叫“执行”的公开事项，这个文件夹没有人读。请核对文件夹的名字，或者移走。"
    ]


@pytest.mark.parametrize("name", ["README.md", "说明.txt", ".DS_Store", "corrections.toml", "releases/1/figures.csv"])
def test_what_stands_beside_the_data_on_purpose_is_no_problem(tmp_path, name):
    found = desk(tmp_path, "organisation")
    found.write(name, "")
    assert found.problems() == []


@pytest.mark.parametrize("year", ["0000", "0001", "1024", "2125", "9999", "20255", "２０２５", "2025年"])
def test_a_year_is_a_year_of_our_time(tmp_path, year):
    found = desk(tmp_path, "organisation")
    found.write(f"organisation/{year}/units.csv", "x")
    assert found.problems() == [error(f"organisation/{year}", "unknown-file")]


def test_a_file_in_place_of_a_register_is_not_passed_over(tmp_path):
    found = desk(tmp_path, "organisation")
    found.write("budget", "x")
    assert found.problems() == [error("budget", "unknown-file")]


def test_a_link_in_place_of_a_table_is_refused(tmp_path):
    found = desk(tmp_path, "organisation")
    outside = tmp_path.parent / f"{tmp_path.name}-outside.csv"
    outside.write_text(found.text(UNITS), encoding="utf-8")
    found.remove(UNITS)
    (found.folder / UNITS).symlink_to(outside)
    assert found.problems() == [error(UNITS, "symlink")]


@pytest.mark.parametrize(
    "name", ["publisher.toml", "execution", "execution/2025", "execution/2025/sources.toml", "execution/2025/lines.csv", "releases", "notes.md"]
)
def test_nothing_is_read_through_a_link(tmp_path, name):
    """Neither a table nor a setting nor a folder; and the publisher's own folder is none either."""
    found = desk(tmp_path / "publisher")
    place, outside = found.folder / name, tmp_path / "outside"
    if place.exists():
        place.rename(outside)
    place.symlink_to(outside)
    assert found.problems() == [error(name, "symlink")]


def test_the_publishers_folder_itself_is_no_link(tmp_path):
    found = desk(tmp_path / "publisher")
    (tmp_path / "link").symlink_to(found.folder)
    assert [(p.file, p.kind) for p in account.account(tmp_path / "link").problems] == [("link", "symlink")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files there")
def test_what_is_no_file_is_not_waited_for(tmp_path):
    found = desk(tmp_path)
    found.remove(LINES)
    os.mkfifo(found.folder / LINES)
    assert found.problems() == [error(LINES, "special-file")]


def test_a_folder_in_place_of_a_table(tmp_path):
    found = desk(tmp_path, "organisation")
    found.remove(UNITS)
    (found.folder / UNITS).mkdir()
    (found.folder / "budget/2025/支出预算总表.csv").mkdir(parents=True)
    assert [p for p in found.problems() if p[0] == "error"] == [
        error("budget/2025/支出预算总表.csv", "system"),
        error("budget/2025/支出预算总表.csv", "unknown-file"),
        error(UNITS, "missing-table"),
    ]


def test_a_year_of_sources_alone_lacks_its_tables(tmp_path):
    found = desk(tmp_path)
    found.write("projects/2024/sources.toml", "")
    assert found.problems() == [
        error(f"projects/2024/{name}.csv", "missing-table") for name in ("funding", "payments", "projects")
    ]


def test_a_blank_reference_leads_nowhere_and_need_not(tmp_path):
    found = desk(tmp_path, "execution")
    assert [
        row.text("project") for row in inputs.read(publisher.load(found.folder)[0]).get("execution", 2025).rows("lines")
    ] == ["", "KF-01", "", "KF-01"]
    assert found.problems() == []


def test_a_reference_holds_within_its_year(tmp_path):
    found = desk(tmp_path)
    for table in ("projects", "funding", "payments"):
        found.write(f"projects/2024/{table}.csv", found.text(f"projects/2025/{table}.csv").partition("\n")[0] + "\n本表无数据\n")
    found.write("evaluations/2024/evaluations.csv", found.text(EVALUATIONS))
    found.write("evaluations/2024/scores.csv", found.text(SCORES).partition("\n")[0] + "\n本表无数据\n")
    found.write("evaluations/2024/sources.toml", found.text("evaluations/2025/sources.toml"))
    assert found.problems() == [error("evaluations/2024/evaluations.csv", "foreign-key", 2, "项目编码", "KF-01")]


def test_a_code_that_the_year_does_not_have_is_published_and_said(tmp_path):
    found = desk(tmp_path)
    found.write(PAYMENTS, found.text(PAYMENTS).replace("30399", "30298"))
    assert found.problems() == [("warning", PAYMENTS, 2, "经济科目编码", "30298", "unknown-code")]
    assert found.account().public is not None


def test_a_table_saved_in_gb18030_is_read(tmp_path):
    found = desk(tmp_path, "organisation")
    found.write_bytes(UNITS, found.text(UNITS).encode("gb18030"))
    assert found.problems() == []


# ---- explanations.toml


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("explanations = 5", error("explanations.toml", "wrong-setting", None, "explanations", "5")),
        ('explanations = ["x"]', error("explanations.toml", "wrong-setting", None, "explanations", "['x']")),
        (
            '[explanations]\nreason = "x"',
            error("explanations.toml", "wrong-setting", None, "explanations", "{'reason': 'x'}"),
        ),
        ('[[explanation]]\nreason = "x"', error("explanations.toml", "unknown-setting", None, "explanation")),
        ("[[explanations]]\nidentity", error("explanations.toml", "not-toml", 2)),
    ],
)
def test_explanations_are_not_passed_over(tmp_path, text, problem):
    found = desk(tmp_path, "organisation")
    found.write("explanations.toml", text)
    assert found.problems() == [problem]


def test_an_explanation_says_why(tmp_path):
    found = desk(tmp_path)
    found.change(LINES, "1000000.00,2025-12-31", "1000001.00,2025-12-31")
    entry = '[[explanations]]\nidentity = "execution-adjusted"\nplace = "行政运行（2081101），截至 2025-12-31"\ndifference = "1.00"\n'
    found.write("explanations.toml", entry + 'reason = " "\napproved_by = "科长"\ndate = "2026-01-01"\n')
    assert found.problems() == [
        error(
            "explanations.toml",
            "explanation-without-reason",
            None,
            "execution-adjusted",
            "行政运行（2081101），截至 2025-12-31",
        ),
        error("explanations.toml", "wrong-setting", None, "explanations.1.date", "2026-01-01"),
    ]


# ---- whatever is in the folder


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_folder_brings_a_traceback(tmp_path, data):
    """Rows doubled, emptied, cut, mixed up between columns; a state word or odd text in any cell of any table."""
    found = desk(tmp_path)
    for _ in range(data.draw(st.integers(1, 3))):
        _spoil(found, data)
    account = found.account()
    assert account.public is not None or any(p.severity == "error" for p in account.problems)


def _spoil(found: Desk, data) -> None:
    path = data.draw(
        st.sampled_from(
            [LINES, PROJECTS, FUNDING, PAYMENTS, EVALUATIONS, SCORES, UNITS, "execution/2025/adjustments.csv"]
        )
    )
    header, *rows = [line.split(",") for line in found.text(path).splitlines()]
    deed = data.draw(st.sampled_from(["cell", "double", "drop", "all", "swap"]))
    if not rows:
        return
    row = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.integers(0, len(header) - 1))
    if deed == "cell":
        rows[row] = (
            rows[row][:column] + [data.draw(st.sampled_from(ODD) | st.text(max_size=4))] + rows[row][column + 1 :]
        )
    elif deed == "double":
        rows.append(rows[row])
    elif deed == "drop":
        del rows[row]
    elif deed == "all":
        rows = []
    else:
        rows[row] = rows[row][1:] + rows[row][:1]
    lines = [",".join(cells).replace("\0", "").encode("utf-8", "ignore").decode() for cells in [header, *rows]]
    found.write(path, "\n".join(lines) + "\n")


ODD = [
    "",
    "未公布",
    "不适用",
    "0",
    "0.00",
    "-1",
    "-",
    "1e5",
    "NaN",
    "１",
    "2025-12-31",
    "2025/1/1",
    "9999-12-31",
    "208",
    "KF-02",
    "kf-01",
    '"',
    "=1+1",
    "字" * 3000,
]


# ---- dates in order, tables that are told of


@pytest.mark.parametrize(
    ("path", "old", "new", "row", "column", "value"),
    [
        (PROJECTS, "2025-12-31", "2024-12-31", 2, "结束日期", "2024-12-31"),
        (EVALUATIONS, "2026-03-16", "2026-03-01", 2, "公开日期", "2026-03-01"),
        ("execution/2025/reports.csv", "2025-07-15", "2025-06-29", 2, "公开日期", "2025-06-29"),
    ],
)
def test_a_date_before_the_one_it_follows_is_an_error(tmp_path, path, old, new, row, column, value):
    found = desk(tmp_path)
    found.change(path, old, new)
    assert found.problems() == [error(path, "days-reversed", row, column, value)]


def test_a_table_that_sources_tell_of_and_nobody_finds_is_an_error(tmp_path):
    found = desk(tmp_path, "organisation")
    found.write("budget/2025/sources.toml", '[tables."支出预算总表.csv"]\nunit = "万元"\n')
    assert found.problems() == [
        error("budget/2025/sources.toml", "told-not-there", None, "tables.支出预算总表.csv", "支出预算总表.csv")
    ]


@pytest.mark.parametrize(("digest", "kinds"), [("abc", ["wrong-setting"]), ("g" * 64, ["wrong-setting"]), ("A" * 64, []), ("", [])])
def test_a_digest_is_64_hexadecimal_digits_or_nothing(tmp_path, digest, kinds):
    found = desk(tmp_path)
    found.change("execution/2025/sources.toml", "0123456789abcdef" * 4, digest)
    assert [kind for *_, kind in found.problems()] == kinds


# ---- what programs leave beside the tables


@pytest.mark.parametrize("name", ["~$projects.xlsx", ".~lock.projects.csv#", ".DS_Store", "._projects.csv", "Thumbs.db", "desktop.ini", "~$支出决算表.csv"])
@pytest.mark.parametrize("place", ["", "projects/", "projects/2025/", "final_accounts/2025/"])
def test_what_a_program_leaves_is_passed_over_in_silence(tmp_path, name, place):
    found = desk(tmp_path, "organisation", "projects")
    before = found.problems()
    if place.startswith("final_accounts"):
        found.write("final_accounts/2025/sources.toml", "")
        before = found.problems()
    found.write_bytes(f"{place}{name}", "张小明 110101190001011234 肢体二级\x00\n".encode())
    assert found.problems() == before
