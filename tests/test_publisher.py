"""A folder with publisher.toml is a publisher; its name is enough, and a setting that says nothing is not passed over."""

import datetime
from fractions import Fraction

import pytest

from scripts.publisher import DEFAULT_THRESHOLDS, Publisher, load, read_sources, read_toml


def publisher(folder, text: str | bytes):
    folder.mkdir(exist_ok=True)
    (folder / "publisher.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    found, problems = load(folder)
    return found, sorted((p.severity, p.file, p.column, p.value, p.kind) for p in problems)


def test_a_name_is_enough(tmp_path):
    assert publisher(tmp_path, 'name = "演示县残疾人联合会"\n') == (Publisher(tmp_path, "演示县残疾人联合会"), [])


def test_everything_that_may_be_set(tmp_path):
    text = """
name = " 演示县残疾人联合会 "
as_of = 2026-03-31
demonstration = true
[contacts]
telephone = "0851-0000"
email = ""
[thresholds]
variance = "0.15"
"""
    found = Publisher(
        tmp_path,
        "演示县残疾人联合会",
        "",
        {"telephone": "0851-0000"},
        datetime.date(2026, 3, 31),
        DEFAULT_THRESHOLDS | {"variance": Fraction(3, 20)},
        True,
    )
    assert publisher(tmp_path, text) == (found, [])


def test_a_threshold_written_as_a_number_is_exact(tmp_path):
    assert publisher(tmp_path, 'name = "甲"\nthresholds = {variance = 0.1}')[0].thresholds["variance"] == Fraction(1, 10)


def test_the_file_may_come_from_a_windows_editor(tmp_path):
    assert publisher(tmp_path, b"\xef\xbb\xbf" + 'name = "甲"\r\n'.encode()) == (Publisher(tmp_path, "甲"), [])


def test_a_folder_without_the_file_is_no_publisher(tmp_path):
    found, problems = load(tmp_path / "county")
    assert (found, [(p.severity, p.file, p.kind) for p in problems]) == (
        None,
        [("error", "publisher.toml", "no-publisher")],
    )
    assert problems[0].message == "“county”里没有 publisher.toml。"


@pytest.mark.parametrize("text", ["", 'name = ""', 'name = "  "'])
def test_a_publisher_has_a_name(tmp_path, text):
    assert publisher(tmp_path, text) == (None, [("error", "publisher.toml", "name", "", "no-publisher-name")])


@pytest.mark.parametrize(
    ("line", "column", "value"),
    [
        ('contacts = "0851-0000"', "contacts", "0851-0000"),
        ("contacts = {telephone = 8510000}", "contacts.telephone", "8510000"),
        ('contacts = {letter = "一行\\n两行"}', "contacts.letter", "一行\n两行"),
        ("thresholds = 3", "thresholds", "3"),
        ('thresholds = {variance = "10%"}', "thresholds.variance", "10%"),
        ('thresholds = {variance = "1/0"}', "thresholds.variance", "1/0"),
        ("thresholds = {variance = -0.1}", "thresholds.variance", "-0.1"),
        ("thresholds = {variance = nan}", "thresholds.variance", "nan"),
        ("thresholds = {variance = true}", "thresholds.variance", "True"),
        ('as_of = "2026-03-31"', "as_of", "2026-03-31"),
        ("as_of = 2026-03-31T08:00:00", "as_of", "2026-03-31 08:00:00"),
        ('demonstration = "true"', "demonstration", "true"),
        ("plan = 1", "plan", "1"),
    ],
)
def test_a_setting_in_the_wrong_form_is_not_passed_over(tmp_path, line, column, value):
    found, problems = publisher(tmp_path, f'name = "甲"\n{line}\n')
    assert problems == [("error", "publisher.toml", column, value, "wrong-setting")]
    assert (found.contacts, found.thresholds, found.as_of, found.plan, found.demonstration) == (
        {},
        DEFAULT_THRESHOLDS,
        None,
        "",
        False,
    )


def test_unknown_settings_are_named_all_at_once(tmp_path):
    text = 'nmae = "甲"\nname = "甲"\ncontacts = {phone = "1"}\nthresholds = {varience = "0.1"}\n'
    assert publisher(tmp_path, text) == (
        Publisher(tmp_path, "甲"),
        [
            ("error", "publisher.toml", "contacts.phone", "", "unknown-setting"),
            ("error", "publisher.toml", "nmae", "", "unknown-setting"),
            ("error", "publisher.toml", "thresholds.varience", "", "unknown-setting"),
        ],
    )


@pytest.mark.parametrize("plan", ["plan-9", "../obligations", "计划", "x" * 300])
def test_a_plan_is_one_of_those_there_are(tmp_path, plan):
    assert publisher(tmp_path, f'name = "甲"\nplan = "{plan}"\n')[1] == [
        ("error", "publisher.toml", "plan", plan, "unknown-plan")
    ]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ('name = "甲"'.encode("utf-16"), "settings-not-utf8"),
        ('name = "甲"'.encode("gb18030"), "settings-not-utf8"),
        ("name = 甲".encode(), "not-toml"),
        (b'name = "a"\nname = "b"', "not-toml"),
        (b"x = " + b"[" * 5000, "not-toml"),
        (b"x = " + b"9" * 5000, "not-toml"),
        (b"as_of = 2026-02-30", "not-toml"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path, content, kind):
    assert publisher(tmp_path, content) == (None, [("error", "publisher.toml", "", "", kind)])


@pytest.mark.parametrize(
    ("text", "row", "reason"),
    [
        ('a = 1\ntitle = "甲\nb = 2', 2, "引号没有成对"), ("title = '甲", 1, "引号没有成对"), ('a = """x', 1, "引号没有成对"),
        ("a = 1\n[documents.a\ntitle = 1", 2, "方括号没有成对"), ("a = [1, 2\nb = 3", 2, "方括号没有成对"), ("a = [1, 2", 1, "方括号没有成对"),
        ('a = 1\na = 2', 2, "同一个名字写了两次"), ("[a]\n[b]\n[a]", 3, "同一个名字写了两次"), ("a = {b = 1, b = 2}", 1, "同一个名字写了两次"),
        ("\n\nname = 甲", 3, "等号右边的写法不对，像是字的两头没有引号"), ("name = ", 1, "等号右边的写法不对，像是字的两头没有引号"),
        ("name = “甲”", 1, "这里用了中文的引号、等号、冒号、逗号或者括号"), ('name ＝ "甲"', 1, "这里用了中文的引号、等号、冒号、逗号或者括号"),
        ("【documents.a】", 1, "这里用了中文的引号、等号、冒号、逗号或者括号"), ("[documents.a】", 1, "这里用了中文的引号、等号、冒号、逗号或者括号"),
        ('name "甲"', 1, "名字后面没有等号"), ('单位 = "甲"', 1, "这一行开头不是设置的名字"), ('name = "关于"阳光"的通知"', 1, "这一行后面多出了内容"),
        ("as_of = 2026-02-30", 1, "日期的写法不对，或者没有这一天"), ("as_of = 2026/9/30", 1, "日期的写法不对，或者没有这一天"),
        ("as_of = 2026年9月30日", 1, "日期的写法不对，或者没有这一天"), ("as_of = 2026-9-30  # 季末", 1, "日期的写法不对，或者没有这一天"),
        (r'path = "附件\单位"', 1, "引号里有反斜杠"), ('a = "b\x00"', 1, "写法不对"), ("x = " + "[" * 5000, None, "写法不对"), ("x = " + "9" * 5000, None, "写法不对"),
    ],
)  # fmt: skip
def test_a_broken_settings_file_is_told_by_its_row_and_never_in_english(tmp_path, text, row, reason):
    (tmp_path / "publisher.toml").write_bytes(text.encode())
    (wrong,) = load(tmp_path)[1]
    assert (wrong.kind, wrong.row, wrong.message) == ("not-toml", row, f"读不懂：{reason}。")
    assert "Expected" not in wrong.line() and "例：" in wrong.fix and "..." not in wrong.fix


def test_a_folder_in_place_of_a_file_is_refused_by_the_system(tmp_path):
    (tmp_path / "explanations.toml").mkdir()
    told, problems = read_toml(tmp_path / "explanations.toml", tmp_path)
    assert (told, [(p.file, p.kind) for p in problems]) == (None, [("explanations.toml", "system")])


# ---- sources.toml


def sources(folder, text: str):
    (folder / "projects" / "2025").mkdir(parents=True)
    path = folder / "projects" / "2025" / "sources.toml"
    path.write_text(text, encoding="utf-8")
    documents, tables, problems = read_sources(path, folder)
    return documents, tables, [(p.severity, p.file, p.column, p.value, p.kind) for p in problems]


def test_a_year_may_have_no_sources(tmp_path):
    assert read_sources(tmp_path / "sources.toml", tmp_path) == ({}, {}, [])


def test_documents_and_tables_of_a_year(tmp_path):
    text = """
[documents.approval]
title = "关于批复部门预算的通知"
date = 2025-02-01
[tables."支出预算总表.csv"]
unit = "万元"
notes = ["注：空表照印。"]
partial = true
"""
    assert sources(tmp_path, text) == (
        {"approval": {"title": "关于批复部门预算的通知", "date": datetime.date(2025, 2, 1)}},
        {"支出预算总表.csv": {"unit": "万元", "notes": ["注：空表照印。"], "partial": True}},
        [],
    )


FILE = "projects/2025/sources.toml"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("documents = 5", ("error", FILE, "documents", "5", "wrong-setting")),
        ("documents = {a = 5}", ("error", FILE, "documents.a", "5", "wrong-setting")),
        ("documents = {a = {title = 5}}", ("error", FILE, "documents.a.title", "5", "wrong-setting")),
        ('documents = {a = {date = "2025-01-01"}}', ("error", FILE, "documents.a.date", "2025-01-01", "wrong-setting")),
        ("documents = {a = {sha256 = 123}}", ("error", FILE, "documents.a.sha256", "123", "wrong-setting")),
        ('documents = {a = {tittle = "x"}}', ("error", FILE, "documents.a.tittle", "", "unknown-setting")),
        ('document = {a = {title = "x"}}', ("error", FILE, "document", "", "unknown-setting")),
        ('tables = {"a.csv" = {notes = "注"}}', ("error", FILE, "tables.a.csv.notes", "注", "wrong-setting")),
        ('tables = {"a.csv" = {unit = ["元"]}}', ("error", FILE, "tables.a.csv.unit", "['元']", "wrong-setting")),
    ],
)
def test_a_source_in_the_wrong_form_is_not_passed_over(tmp_path, text, problem):
    assert sources(tmp_path, text)[2] == [problem]
