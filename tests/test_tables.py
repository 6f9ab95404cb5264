"""The only reader of a register's data: strict, every problem of a file in one reading, nothing dropped."""

import csv
import datetime
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts import schema, tables
from scripts.cells import Cell, NotUnderstood, Origin, State, Value

PAYMENTS = "项目编码,序号,日期,金额(元),收款方类型,收款单位,经济科目编码,用途,来源文件\n"
ROW = "KF-01,01,2025-06-20,200000.00,单位,演示康复中心,30399,训练费,ledger\n"
FILE = "projects/2025/payments.csv"


def read(folder, content: str | bytes, register="projects", table="payments"):
    path = folder / register / "2025" / f"{table}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return tables.read_table(path, schema.load(register).table(table), register, 2025, folder)


def problems(folder, content: str | bytes, register="projects", table="payments"):
    """(severity, file, row, column, value, kind) in the order in which they are found."""
    found = read(folder, content, register, table)[1]
    return [(p.severity, p.file, p.row, p.column, p.value, p.kind) for p in found]


def error(row, column, value, kind):
    return ("error", FILE, row, column, value, kind)


# ---- what is read


def test_a_cell_knows_where_it_stood(tmp_path):
    data, wrong = read(tmp_path, PAYMENTS + ROW)
    row = data.rows[0]
    assert wrong == [] and (data.register, data.year, data.file, row.line) == ("projects", 2025, FILE, 2)
    assert row.cells["amount"] == Cell("200000.00", Origin(FILE, "", 2, "金额(元)"))
    assert row.values["amount"] == Value(State.KNOWN, 20_000_000, 2)
    assert (row["date"], row["payee"], row.text("no"), data.key(row)) == (
        datetime.date(2025, 6, 20),
        "演示康复中心",
        "01",
        "KF-01+01",
    )


def test_a_table_that_says_so_is_an_empty_table(tmp_path):
    data, wrong = read(tmp_path, PAYMENTS + "本表无数据\n")
    assert (data.rows, wrong) == ((), [])


def test_columns_may_stand_in_any_order(tmp_path):
    header, row = PAYMENTS.strip().split(","), ROW.strip().split(",")
    turned = ",".join(reversed(header)) + "\n" + ",".join(reversed(row)) + "\n"
    data, wrong = read(tmp_path, turned)
    assert wrong == [] and data.rows[0].text("amount") == "200000.00"


@pytest.mark.parametrize(
    "content",
    [
        (PAYMENTS + ROW).encode(),
        (PAYMENTS + ROW).encode("utf-8-sig"),
        (PAYMENTS + ROW).encode("gb18030"),
        (PAYMENTS + ROW).replace("\n", "\r\n").encode("utf-8-sig"),
        (PAYMENTS + ROW).replace("\n", "\r").encode(),
        (PAYMENTS + ROW).rstrip("\n").encode(),
        (PAYMENTS + ROW + "\n\n").encode(),
        (PAYMENTS + ROW + ",,,,,,,,\n,,,,,,,,\n").encode(),
    ],
    ids=["utf-8", "bom", "gb18030", "crlf", "cr", "no last line end", "empty last lines", "last rows of commas"],
)
def test_what_excel_and_editors_save_is_the_same_table(tmp_path, content):
    data, wrong = read(tmp_path, content)
    old = ["old-line-ends"] if content.count(b"\r") and not content.count(b"\n") else []
    assert [p.kind for p in wrong] == old and [[c.text for c in row.cells.values()] for row in data.rows] == [ROW.strip().split(",")]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_encodings_are_refused(tmp_path, encoding):
    assert problems(tmp_path, (PAYMENTS + ROW).encode(encoding)) == [error(None, "", "", "utf-16")]


def test_a_number_that_was_not_published_is_neither_blank_nor_zero(tmp_path):
    rows = ["KF-01,01,2025-06-20,未公布,个人（汇总）,,30399,训练费,ledger", "KF-01,02,未公布,0.00,个人（汇总）,,30399,训练费,ledger"]
    data, wrong = read(tmp_path, PAYMENTS + "\n".join(rows) + "\n")
    assert wrong == []
    assert [row.values["amount"] for row in data.rows] == [Value(State.UNPUBLISHED), Value(State.KNOWN, 0, 2)]
    assert [row.values["payee"].state for row in data.rows] == [State.BLANK] * 2
    assert (data.rows[1]["date"], data.rows[1].values["date"].state) == (None, State.UNPUBLISHED)


# ---- what is wrong with a file


@pytest.mark.parametrize("content", [b"", b"\n\n", b",,\n", b"\xef\xbb\xbf", b"\r\n,,,\r\n"])
def test_a_file_without_a_header_is_empty(tmp_path, content):
    assert problems(tmp_path, content) == [error(None, "", "", "empty-file")]


@pytest.mark.parametrize("separator", [";", "\t", "，", "|"])
def test_only_a_comma_parts_cells(tmp_path, separator):
    text = (PAYMENTS + ROW).replace(",", separator)
    assert problems(tmp_path, text) == [error(1, "", PAYMENTS.strip().replace(",", separator), "wrong-separator")]


@pytest.mark.parametrize(
    ("text", "row", "value"),
    [('"KF-01,01\n', 2, '"KF-01,01'), ('"KF"-01,01\n', 2, '"KF"-01,01'), ('a,"b\n\n\nc', 2, '"b'), (ROW + '"a\nb",c\nd,"e\n' + ROW, 4, '"e')],
)
def test_quotes_that_do_not_close_are_not_guessed(tmp_path, text, row, value):
    assert problems(tmp_path, PAYMENTS + text) == [error(row, "", value, "broken-quotes")]


def test_a_link_is_not_followed(tmp_path):
    target = tmp_path / "elsewhere.csv"
    target.write_text(PAYMENTS + ROW, encoding="utf-8")
    path = tmp_path / "payments.csv"
    path.symlink_to(target)
    data, wrong = tables.read_table(path, schema.load("projects").table("payments"), "projects", 2025, tmp_path)
    assert (data, [(p.severity, p.file, p.kind) for p in wrong]) == (None, [("error", "payments.csv", "symlink")])


def test_what_the_system_does_not_let_us_read_is_said(tmp_path):
    (tmp_path / "payments.csv").mkdir()
    lines, wrong = tables.read_lines(tmp_path / "payments.csv", "payments.csv")
    assert (lines, [(p.file, p.kind) for p in wrong]) == (None, [("payments.csv", "system")])


@pytest.mark.parametrize(
    ("limit", "value", "kind", "row"), [("LIMIT_BYTES", 50, "too-large", None), ("LIMIT_ROWS", 1, "too-many-rows", 2), ("LIMIT_COLUMNS", 8, "too-many-columns", 1)]
)
def test_a_file_beyond_all_measure_is_refused(tmp_path, monkeypatch, limit, value, kind, row):
    monkeypatch.setattr(tables.limits, limit, value)
    assert problems(tmp_path, PAYMENTS + ROW) == [error(row, "", "", kind)]


def test_all_columns_that_are_wrong_are_named_at_once(tmp_path):
    header = "项目编码,序号,日期,金额（元）,收款方类型,身份证号,收款单位,序号,用途,来源文件\n"
    assert problems(tmp_path, header + ROW) == [
        error(1, "金额（元）", "金额（元）", "near-column"),
        error(1, "身份证号", "", "extra-column"),
        error(1, "序号", "", "duplicate-column"),
        error(1, "经济科目编码", "", "missing-column"),
        error(2, "", ROW.strip(), "cell-count"),
    ]


def test_a_header_with_a_space_is_another_header(tmp_path):
    assert problems(tmp_path, PAYMENTS.replace("日期", "日期 ") + ROW) == [
        error(1, "日期 ", "日期 ", "near-column"),
    ]  # fmt: skip


# ---- what is wrong with rows and cells


def test_everything_wrong_in_a_table_is_said_in_one_reading(tmp_path):
    rows = [
        "KF-01,01,2025-06-20,200000.00,单位,演示康复中心,30399,训练费,ledger",
        "",
        "KF-01,02,2025-06-31,12万,公司,演示康复中心,399,,ledger",
        "KF-01,03,6月,1.005,单位,演示康复中心,30399,训练费",
        "KF-01,04,2025-07-01,1.00,单位,演示康复中心,30399,训练费,ledger,多出",
        "KF-01,01,2025-07-02,3.00,单位,\u202e心中复康,3039,训练费,",
        "KF-01,a,7月2日,３,单位,,30399,训练费,ledger",
    ]
    assert problems(tmp_path, PAYMENTS + "\n".join(rows) + "\n") == [
        error(3, "", "", "empty-row"),
        error(4, "日期", "2025-06-31", "no-such-day"),
        error(4, "金额(元)", "12万", "unit-in-cell"),
        error(4, "收款方类型", "公司", "not-in-list"),
        error(4, "用途", "", "required"),
        error(5, "", "KF-01,03,6月,1.005,单位,演示康复中心,30399,训练费", "cell-count"),
        error(6, "", "KF-01,04,2025-07-01,1.00,单位,演示康复中心,30399,训练费,ledger,多出", "cell-count"),
        error(7, "收款单位", "\u202e心中复康", "hidden-character"),
        error(7, "经济科目编码", "3039", "economic-code"),
        error(7, "来源文件", "", "required"),
        error(8, "序号", "a", "wrong-code"),
        error(8, "日期", "7月2日", "not-a-date"),
        ("warning", FILE, 8, "金额(元)", "３", "read-as"),
        error(7, "项目编码、序号", "KF-01+01", "duplicate-key"),
        error(8, "收款单位", "", "only-there"),
    ]


@pytest.mark.parametrize(
    ("kind", "payee", "found"),
    [
        ("单位", "演示康复中心", ""), ("单位", "", "only-there"), ("单位", "不适用", "only-there"), ("单位", "未公布", ""),
        ("个人（汇总）", "", ""), ("个人（汇总）", "不适用", ""), ("个人（汇总）", "甲某", "not-there"), ("公司", "甲某", "not-in-list"), ("", "", "required"),
    ],
)  # fmt: skip
def test_a_payee_is_named_exactly_where_an_institution_was_paid(tmp_path, kind, payee, found):
    said = problems(tmp_path, PAYMENTS + f"KF-01,01,2025-06-20,1.00,{kind},{payee},30399,训练费,ledger\n")
    assert [each[-1] for each in said] == [found] * bool(found)
    assert [each[1:4] for each in said if found.endswith("-there")] == [(FILE, 2, "收款单位")] * found.endswith("-there")


def test_what_may_be_a_name_is_not_repeated(tmp_path):
    (wrong,) = read(tmp_path, PAYMENTS + "KF-01,01,2025-06-20,1.00,个人（汇总）,甲某,30399,训练费,ledger\n")[1]
    assert wrong.line() == (
        f"{FILE}·第2行·收款单位：“收款方类型”是“个人（汇总）”，这一行不能有“收款单位”。请清空这一格，个人的姓名不要留；“收款方类型”填错了的请改成“单位”。"
    )


def test_a_lost_zero_is_told_from_a_good_code(tmp_path):
    header = "项目编码,资金来源,文号,下达日期,下达金额(元),到账日期,到账金额(元),功能科目编码,来源文件\n"
    rows = "".join(
        f"KF-01,省,{i}号,2025-01-10,1.00,,1.00,{code},a\n"
        for i, code in enumerate(("208", "20811", "2081104", "208110", "20.8", "２０８"))
    )
    assert [(p[2], p[4], p[5]) for p in problems(tmp_path, header + rows, table="funding")] == [
        (5, "208110", "function-code"), (6, "20.8", "code-as-number"), (7, "２０８", "read-as"),
    ]  # fmt: skip


def test_scores_and_persons_keep_their_limits(tmp_path):
    scores = "编号,维度,满分,第三方得分,自评得分,来源文件\nPJ-01,决策,20,-0.1,100.01,r\nPJ-01,产出,80分,80,,r\n"
    assert [(p[2], p[3], p[4], p[5]) for p in problems(tmp_path, scores, "evaluations", "scores")] == [
        (2, "第三方得分", "-0.1", "below-minimum"), (2, "自评得分", "100.01", "above-maximum"), (3, "满分", "80分", "unit-in-cell"),
    ]  # fmt: skip
    units = "单位名称,单位类型,职责,编制数,是否纳入本套表,不纳入的原因,公开日期,来源文件\n甲,机关,管理,12.0,是,,,a\n乙,机关,管理,-1,是,,,a\n丙,机关,管理,,是,,,a\n"
    assert [(p[2], p[3], p[4], p[5]) for p in problems(tmp_path, units, "organisation", "units")] == [
        (2, "编制数", "12.0", "not-an-integer"), (3, "编制数", "-1", "below-minimum"),
    ]  # fmt: skip


def test_the_remedy_names_what_the_clerk_knows(tmp_path):
    found = read(tmp_path, PAYMENTS + ROW + ROW.replace("单位", "个人", 1))[1]
    assert [p.line() for p in found] == [
        f"{FILE}·第3行·收款方类型·“个人”：这一格只能填固定的几个词。请从这些里选：单位、个人（汇总）。",
        f"{FILE}·第3行·项目编码、序号·“KF-01+01”：和第 2 行的“项目编码、序号”相同。重录的请删去一行；确实是两笔，请写成不同的项目编码、序号。",
    ]


def test_the_row_is_the_one_excel_shows_even_below_a_cell_of_two_lines(tmp_path):
    rows = 'KF-01,01,2025-06-20,1.00,单位,"演示\n康复中心",30399,训练费,ledger\n\nKF-01,02,2025-06-20,x,个人（汇总）,,30399,"说 ""好""",ledger\n'
    assert problems(tmp_path, PAYMENTS + rows) == [
        error(2, "收款单位", "演示\n康复中心", "line-break"),
        error(3, "", "", "empty-row"),
        error(4, "金额(元)", "x", "no-number"),
    ]


# ---- keys


LINES = (
    "科目编码,科目名称,项目编码,年初预算数(元),调整数(元),全年预算数(元),截至日期,累计执行数(元),偏差原因,来源文件\n"
)


def lines(*tails: str) -> str:
    return LINES + "".join(f"2081101,行政运行,{tail},r\n" for tail in tails)


def test_a_day_spelt_otherwise_is_the_same_day(tmp_path):
    text = lines(
        ",1.00,0.00,1.00,2025-06-30,1.00,", ",1.00,0.00,1.00,2025/6/30,1.00,", ",1.00,0.00,1.00,2025年6月30日,1.00,"
    )
    assert [(p[2], p[4], p[5]) for p in problems(tmp_path, text, "execution", "lines")] == [
        (3, "2025/6/30", "read-as"), (4, "2025年6月30日", "read-as"),
        (3, "2081101++2025-06-30", "duplicate-key"), (4, "2081101++2025-06-30", "duplicate-key"),
    ]  # fmt: skip


def test_an_observation_needs_its_day(tmp_path):
    text = lines(",1.00,0.00,1.00,未公布,1.00,", ",1.00,0.00,1.00,,1.00,")
    assert [(p[2], p[3], p[5]) for p in problems(tmp_path, text, "execution", "lines")] == [
        (2, "截至日期", "not-a-date"), (3, "截至日期", "required"),
    ]  # fmt: skip


def test_codes_that_differ_by_case_alone_would_share_an_address(tmp_path):
    header = "项目编码,项目名称,类别,政策依据,实施单位,对象,开始日期,结束日期,状态,计划人数,实际人数,来源文件\n"
    row = "{},康复,康复,办法,中心,儿童,2025-01-01,2025-12-31,已完成,1,1,p\n"
    text = header + "".join(row.format(code) for code in ("KF-01", "kf-01", "funding", "康复一", "KF 2"))
    assert [(p[2], p[3], p[4], p[5]) for p in problems(tmp_path, text, table="projects")] == [
        (4, "项目编码", "funding", "wrong-code"), (5, "项目编码", "康复一", "wrong-code"), (6, "项目编码", "KF 2", "wrong-code"),
        (3, "项目编码", "kf-01", "duplicate-key"),
    ]  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_characters="\0\ufeff", exclude_categories=["Cs"]), max_size=5),
            min_size=2,
            max_size=3,
        ),
        min_size=1,
        max_size=5,
    )
)
def test_reading_a_file_gives_its_records_without_the_empty_last_ones(tmp_path_factory, records):
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(records)
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_bytes(out.getvalue().encode())
    while records and not any(records[-1]):
        records = records[:-1]
    found, wrong = tables.read_lines(path, "a.csv")
    if records:
        assert (found, wrong) == (records, [])
    else:
        assert (found, [p.kind for p in wrong]) == (None, ["empty-file"])


@pytest.mark.parametrize(
    ("column", "remedy"),
    [
        ("类别", "请从这些里选：康复、就业、托养、辅具、无障碍、教育、文体、救助、设施建设、组织建设。"), ("来源文件", "请填来源文件的代号，先在 sources.toml 里登记。例：plan"),
        ("项目编码", "请补上。例：KF-01"), ("项目名称", "请补上；确实没有公布就写：未公布。例：残疾儿童康复救助"), ("开始日期", "请补上；确实没有公布就写：未公布。例：2025-01-01"),
    ],
)  # fmt: skip
def test_what_to_write_into_an_empty_cell_depends_on_its_column(tmp_path, column, remedy):
    told = schema.load("projects").table("projects")
    field = next(f for f in told.fields if f.name == column)
    with pytest.raises(NotUnderstood) as wrong:
        tables.parse("", field)
    assert (wrong.value.kind, wrong.value.details["remedy"]) == ("required", remedy)
    if "未公布" in remedy:
        tables.parse("未公布", field)
