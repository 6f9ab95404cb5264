"""Every kind of slip has its own problem and remedy; bad tables of the corpus and beyond get their verdict; workbooks are tables too."""

import io
import re
import tomllib
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from scripts import cells, official, schema, site, tables, wording
from scripts.account import account
from scripts.tables import values
from tests.redteam import strict, strict_more
from tests.redteam.strict import Case, judge
from tests.small_publisher import FILES, LINES, PAYMENTS, Desk, desk

ROOT = Path(__file__).resolve().parents[1]
SLOW = {"too many rows", "too many bytes", "1 MB in one cell"}


def made(folder: Path, lines: list[list[str]] | bytes, table: str = "budget") -> strict.Verdict:
    """What is said of one table of the test's schema."""
    path = folder / "made.csv"
    path.write_bytes(lines if isinstance(lines, bytes) else strict_more.csv(lines).encode())
    return judge(Case(path, table, True, {}))


def said(folder: Path, lines: list[list[str]] | bytes, table: str = "budget") -> list[tuple]:
    return [(p.kind, p.row, p.column, p.value) for p in made(folder, lines, table).problems]


# ---- the corpus, and what goes beyond it


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_each_table_of_the_corpus_gets_its_verdict_and_each_refusal_names_all(kind):
    verdicts = strict.judged(case for case in strict.corpus(kind) if case.what not in SLOW)
    assert [(v.case.file.name, [p.line() for p in v.problems]) for v in verdicts if not v.right] == []
    assert [v.case.file.name for v in verdicts if not v.case.good and not v.complete()] == []


def test_tables_of_further_kinds_get_theirs(tmp_path):
    verdicts = strict.judged(case for case in strict_more.cases(tmp_path) if case.what not in SLOW)
    assert [(v.case.what, [p.line() for p in v.problems]) for v in verdicts if not v.right] == []
    assert [v.case.what for v in verdicts if not v.case.good and not v.complete()] == []
    assert len({p.kind for v in verdicts for p in v.problems}) > 70


def test_a_refusal_that_does_not_say_where_is_not_complete(tmp_path):
    verdict = made(tmp_path, strict_more.budget(3, "30万元"))
    assert verdict.complete()
    (problem,) = verdict.problems
    for part in ({"row": None}, {"column": ""}, {"value": ""}, {"fix": ""}, {"file": ""}):
        assert not strict.Verdict(verdict.case, verdict.data, [replace(problem, **part)]).complete()


# ---- one kind after another


@pytest.mark.parametrize(
    ("column", "text", "kind"),
    [
        (3, "-", "dash-amount"), (3, "=A1", "formula-start"), (3, "12%", "percent-sign"), (3, "（12.00）", "bracket-negative"), (3, "+5", "plus-sign"),
        (3, "1_000", "underscore"), (3, "3E+05", "exponent"), (3, "inf", "no-number"), (3, "未公开", "no-number"), (3, "30万元", "unit-in-cell"),
        (3, "12,00000.00", "wrong-thousands"), (3, "1 200.00", "inner-space"), (3, "1" * 16, "too-many-digits"), (3, "0.0000001", "too-many-digits"),
        (3, "", "empty-amount"), (3, "####", "hashes"), (3, "#REF!", "error-value"), (3, "1.005", "part-of-a-fen"), (3, "3o", "not-money"),
        (2, "残疾人\n康复", "line-break"), (2, "残疾\u202e人康复", "hidden-character"), (2, "残疾\ufffd", "lost-characters"), (2, "字" * 2001, "cell-too-long"),
        (2, "＝残疾人", "formula-start"), (2, "NA", "not-a-name"), (2, "合  计：", "total-row"), (2, "其中：儿童", "of-which-row"),
        (1, "2.08E+06", "code-as-number"), (1, "208110", "function-code"), (0, "2023", "row-of-another-year"),
    ],
)  # fmt: skip
def test_a_cell_that_is_wrong_has_its_own_problem(tmp_path, column, text, kind):
    assert said(tmp_path, strict_more.budget(column, text)) == [(kind, 3, strict_more.HEADER[column], text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [("03/04/2024", "ambiguous-date"), ("2024115", "stripped-date"), ("2021年915日", "stripped-date"), ("45641", "serial-date"), ("2024-12-15 08:00", "date-with-time"),
     ("2024-13-01", "no-such-day"), ("明天", "not-a-date"), ("2094-12-15", "after-as-of")],
)  # fmt: skip
def test_a_day_that_is_none_has_its_own_problem(tmp_path, text, kind):
    assert said(tmp_path, strict_more.project(6, text), "project") == [(kind, 3, "完成日期", text)]


@pytest.mark.parametrize("code", ["CON", "nul", "Aux", "PRN", "com1", "LPT9", "con.txt"])
def test_no_code_bears_a_name_that_windows_keeps(tmp_path, code):
    assert said(tmp_path, strict_more.project(0, code), "project") == [("reserved-name", 3, "项目编码", code)]


def test_a_code_that_lost_its_zero_is_told_by_the_others():
    header = "项目编码,序号,日期,金额(元),收款方类型,收款单位,经济科目编码,用途,来源文件"
    row = "KF-01,{},2025-06-20,1.00,单位,演示康复中心,30399,训练费,ledger"
    grid = tables.Grid("payments.csv", [line.split(",") for line in (header, row.format("01"), row.format("2"), row.format("10"))])
    _, wrong = tables.read_grid(grid, schema.load("projects").table("payments"), "projects", 2025)
    assert [(p.kind, p.row, p.value, p.fix[-2:]) for p in wrong] == [("lost-zero", 3, "2", "02")]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (["合计", "", "", "1", "1", "1"], "total-row"), (["注：含上年结转", "", "", "", "", ""], "note-row"), (["填报人：", "", "复核人：", "", "", ""], "note-row"),
        (["一、县本级", "", "", "", "", ""], "note-row"), (strict_more.HEADER, "header-again"), (["1", "2", "3", "4", "5", "6"], "header-again"),
        (["", " ", "", "", "　", ""], "empty-row"), (["【示例】2024", "2081104", "【示例】", "1", "1", "1"], "example-row"), (["本表无数据", "", "", "", "", ""], "rows-and-none"),
        (["2024", "2081106", "残疾人体育"], "cell-count"), (["2024;2081106;残疾人体育;1;1;1"], "wrong-separator"),
    ],
)  # fmt: skip
def test_a_row_that_is_no_data_is_said_and_never_added(tmp_path, line, kind):
    header, *rows = strict_more.budget()
    verdict = made(tmp_path, [header, rows[0], line, *rows[1:]])
    assert [(p.kind, p.row) for p in verdict.problems] == [(kind, 3)]
    assert sum(row["final"] for row in verdict.data.rows) == 179_550_049


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("決算数(元)", ["near-column"]), ("决算数（元）", ["near-column"]), ("决 算 数(元)", ["near-column"]), ("结算数(元)", ["near-column"]), ("决算", ["near-column"]),
        ("决算数", ["column-without-unit"]), ("决算数(万元)", ["column-of-other-unit"]), ("", ["blank-column", "missing-column"]), ("备注", ["extra-column", "missing-column"]),
    ],
)  # fmt: skip
def test_a_name_of_a_column_that_is_not_exact_says_which_is(tmp_path, name, kinds):
    verdict = made(tmp_path, [[*strict_more.HEADER[:5], name], *strict_more.ROWS])
    assert [p.kind for p in verdict.problems] == kinds and verdict.data is None
    assert "决算数(元)" in verdict.problems[-1].line()


def test_below_a_wrong_header_the_cells_are_looked_at_all_the_same(tmp_path):
    lines = [[*strict_more.HEADER[:5], "决算"], *strict_more.budget(3, "30万元")[1:]]
    assert [kind for kind, *_ in said(tmp_path, [["支出决算表"], ["单位：元"], *lines])] == ["header-not-first", "near-column", "unit-in-cell"]


@pytest.mark.parametrize(
    ("content", "kind", "row"),
    [
        ("年度".encode("utf-16"), "utf-16", None), (b"\xef\xbb\xbf\xef\xbb\xbf1", "double-bom", 1), (b"PK\x03\x04x", "not-a-csv", None), (b"\n<table>", "not-a-csv", None),
        ("a,残疾人康复\n".encode() + "b,残疾人康复\n".encode("gbk"), "two-encodings", 2), (b"a,\xff\xfe\xff\n", "not-utf8", 1), (b"", "empty-file", None),
        (strict_more.csv(strict_more.budget()).encode().decode("latin-1").encode(), "garbled", 1), (b"\n" + strict_more.csv(strict_more.budget()).encode(), "header-not-first", 1),
        (strict_more.csv(strict_more.budget()).replace("残疾人康复", '"残疾人康复').replace("残疾人就业", '残疾人就业"').encode(), "broken-quotes", 3),
        (strict_more.csv([strict_more.HEADER]).encode(), "no-rows", 2),
    ],
)  # fmt: skip
def test_a_file_that_is_no_such_table_is_called_by_its_name(tmp_path, content, kind, row):
    found = [(p.kind, p.row) for p in made(tmp_path, content).problems if not p.kind.startswith("private-")]
    assert found == [(kind, row)]


# ---- what is read though it is spelt otherwise


@pytest.mark.parametrize(
    ("column", "text", "normal"),
    [(3, "１２００．５０", "1200.50"), (3, "−5.00", "-5.00"), (3, "\u00a080.00\u3000", "80.00"), (3, "1,234.50", "1234.50"), (0, "2024年", "2024"), (1, "２０８１１０４", "2081104"),
     (2, "残 疾 人 康 复", "残疾人康复")],
)  # fmt: skip
def test_an_unambiguous_spelling_is_read_in_its_normal_form_and_said(tmp_path, column, text, normal):
    verdict = made(tmp_path, strict_more.budget(column, text))
    assert [(p.severity, p.kind, p.row, p.value) for p in verdict.problems] == [("warning", "read-as", 3, text)]
    assert f"当作“{normal}”读" in verdict.problems[0].message
    assert verdict.data.rows[1].text(verdict.data.schema.fields[column].id) == normal


def test_like_spellings_are_told_as_one(tmp_path):
    rows = [[*row[:3], f"1,00{n}.00", *row[4:]] for n, row in enumerate(strict_more.ROWS)]
    from scripts.problems import grouped

    assert [group.count for group in grouped(made(tmp_path, [strict_more.HEADER, *rows]).problems)] == [4]


def test_a_name_of_another_year_is_kept_and_said(tmp_path):
    verdict = made(tmp_path, strict_more.budget(2, "残疾人就业和扶贫"))
    assert [(p.severity, p.kind) for p in verdict.problems] == [("warning", "name-of-another-year")]
    assert verdict.data.rows[1].text("name") == "残疾人就业和扶贫"


def test_a_name_that_no_year_gives_a_known_code_is_an_error_with_the_right_name(tmp_path):
    rows = strict_more.budget()
    rows[4][2] = "行政运行"
    (problem,) = made(tmp_path, rows).problems
    assert (problem.kind, problem.severity, problem.row, problem.value) == ("name-of-no-code", "error", 5, "行政运行") and problem.fix.endswith("例：其他残疾人事业支出")


def test_free_words_may_begin_as_they_like_and_names_may_not():
    free = schema.load("execution").table("lines").field("reason")
    title = schema.load("projects").table("projects").field("title")
    assert tables.parse("-流标一次", free).value == "-流标一次"
    with pytest.raises(cells.NotUnderstood) as wrong:
        tables.parse("-流标一次", title)
    assert wrong.value.kind == "formula-start"


def test_wan_may_have_six_decimals_when_they_are_whole_fen():
    field = replace(schema.load("projects").table("payments").field("amount"), scale="wan")
    assert tables.parse("12.345678", field).value == 12_345_678
    with pytest.raises(cells.NotUnderstood) as wrong:
        tables.parse("12.3456789", field)
    assert wrong.value.kind == "too-many-digits"


def test_attributes_of_the_schemas_stand_where_they_belong():
    fields = [(f"{name}/{t.name}", f) for name in ("execution", "projects", "organisation", "evaluations", "budget", "final_accounts") for t in schema.load(name).tables for f in t.fields]
    assert [(table, f.id, f.names) for table, f in fields if f.names] == [("execution/lines", "name", "code")]
    assert all(f.type == "string" and not f.code and not f.source and "enum" not in f.constraints for _, f in fields if f.free)
    assert {f.id for _, f in fields if f.free} >= {"reason", "response", "problem", "note"}


def test_every_pattern_is_tried():
    """A pattern that the reader never asks for would be a rule that nobody keeps."""
    told = tomllib.loads((ROOT / "scripts/tables/forms.toml").read_text(encoding="utf-8"))
    assert set(told["numbers"]) == set(values.NUMBERS) and set(told["dates"]) == set(values.DATES)


# ---- workbooks as tables


def book(folder: Path, path: str, sheets: dict[str, list[list[str | float]]]) -> None:
    made_ = openpyxl.Workbook()
    made_.remove(made_.active)
    for name, lines in sheets.items():
        sheet = made_.create_sheet(name)
        for line in lines:
            sheet.append(line)
    out = io.BytesIO()
    made_.save(out)
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(out.getvalue())


def lines_of(clerk: Desk, path: str) -> list[list[str | float]]:
    """The CSV as a clerk has it in Excel: amounts are numbers, all else is text."""
    header, *rows = [line.split(",") for line in clerk.text(path).splitlines()]
    return [header, *([float(text) if "(元)" in name and text else text for name, text in zip(header, row, strict=True)] for row in rows)]


@pytest.fixture
def in_excel(tmp_path) -> Desk:
    """The tiny publisher with its execution in one workbook of the year and its payments in a workbook of their own."""
    clerk = desk(tmp_path / "publisher")
    paths = {name: f"execution/2025/{name}.csv" for name in ("lines", "adjustments", "reports")}
    titles = {table.name: table.title for table in schema.load("execution").tables}
    book(clerk.folder, "execution/2025.xlsx", {titles[name]: lines_of(clerk, path) for name, path in paths.items()})
    book(clerk.folder, "projects/2025/payments.xlsx", {"Sheet1": lines_of(clerk, PAYMENTS)})
    for path in (*paths.values(), PAYMENTS):
        clerk.remove(path)
    return clerk


def test_a_register_may_be_kept_in_workbooks(in_excel, tmp_path):
    plain = desk(tmp_path / "plain").account()
    found = in_excel.account()
    assert found.problems == [] and found.public is not None
    assert {f.key: (f.value, f.unit) for f in found.public.facts} == {f.key: (f.value, f.unit) for f in plain.public.facts}
    origin = next(f.origin for f in found.public.facts if f.key.startswith("execution/2025/lines/") and f.origin)
    assert (origin.file, origin.sheet, origin.place, origin.year) == ("execution/2025.xlsx", "预算执行明细", "2025.xlsx/预算执行明细", "2025")


def test_a_site_from_workbooks_is_sealed(in_excel, tmp_path):
    built = site.build_into(account(in_excel.folder), tmp_path / "site", lambda _: None)
    assert [p.line() for p in built.problems] == []
    how = (tmp_path / "site/execution/2025/how/index.html").read_text(encoding="utf-8")
    assert re.search(r'href="[./]*execution/2025/lines/index\.html#L2"><time[^>]*>2025 年</time> <span data-origin>2025\.xlsx/预算执行明细 第 2 行', how)


def test_a_problem_in_a_workbook_names_sheet_row_and_column(in_excel):
    content = lines_of(Desk(in_excel.folder), "projects/2025/funding.csv")
    content[1][7] = 2081104.0
    book(in_excel.folder, "projects/2025/funding.xlsx", {"到账": content})
    in_excel.remove("projects/2025/funding.csv")
    assert [p.line()[: p.line().index("：")] for p in in_excel.account().problems] == ["projects/2025/funding.xlsx·到账·第2行·功能科目编码·“2081104”"]


def test_what_does_not_belong_into_a_workbook_is_said(in_excel):
    one = [["x", "y"], ["1", "2"]]
    in_excel.write(LINES, FILES[LINES])
    titles = {table.name: table.title for table in schema.load("execution").tables}
    sheets = {title: [[f.name for f in schema.load("execution").table(name).fields], ["本表无数据"]] for name, title in titles.items()}
    book(in_excel.folder, "execution/2025.xlsx", sheets | {"草稿": one})
    book(in_excel.folder, "projects/2025/payments.xlsx", {"表": [["x"]], "草稿": one})
    book(in_excel.folder, "projects/25.xlsx", {"表": one})
    found = [(p.file, p.sheet, p.kind) for p in in_excel.account().problems]
    assert {
        ("execution/2025.xlsx", "预算执行明细", "table-twice"), ("execution/2025.xlsx", "草稿", "unknown-sheet"), ("projects/2025/payments.xlsx", "草稿", "second-sheet"),
        ("projects/25.xlsx", "", "unknown-file"),
    } <= set(found)  # fmt: skip


def by_hand(clerk: Desk, path: str, table: str, change) -> list[tuple]:
    """(kind, row, column, fix) of what is said of a table in a workbook of its own, after somebody was at it in Excel."""
    lines = lines_of(clerk, path)
    clerk.remove(path)
    made_ = openpyxl.Workbook()
    for line in lines:
        made_.active.append(line)
    change(made_.active)
    made_.save(clerk.folder / path.replace(".csv", ".xlsx"))
    return [(p.kind, p.row, p.column, p.fix) for p in clerk.account().problems if p.file.endswith(f"{table}.xlsx")]


def test_what_is_wrong_in_a_workbook_is_told_by_title_with_a_right_value_of_the_column(tmp_path):
    def change(sheet):
        sheet["C2"].comment = openpyxl.comments.Comment("记得改", "x")
        sheet["K2"] = True
        sheet.merge_cells("G2:H2")
        sheet["M4"] = True  # right of the header

    found = by_hand(desk(tmp_path, "projects"), "projects/2025/projects.csv", "projects", change)
    assert {each for each in found if each[0].startswith("workbook-")} == {
        ("workbook-comment", 2, "类别", "请右键这一格选“删除批注”；要公开的内容，写进它自己的列。"),
        ("workbook-boolean", 2, "实际人数", "请照原件重新填这一格。例：48"),
        ("workbook-merged", 2, "开始日期", "请取消合并，每一格都填上。例：每一行都写 2025-01-01"),
        ("workbook-boolean", 4, "M", "请照原件重新填这一格。例：是"),
    }


def test_a_number_among_texts_is_told_once_and_not_by_its_format(tmp_path):
    def change(sheet):
        sheet["B2"], sheet["B2"].number_format = 1, "00"
        sheet["D2"].number_format = "0%"

    found = by_hand(desk(tmp_path, "projects"), PAYMENTS, "payments", change)
    assert found == [
        ("number-in-text", 2, "序号", "请把这一列设为文本，再重填。例：01"),
        ("workbook-shown-otherwise", 2, "金额(元)", "请把这一列的格式改成“常规”，看清楚数以后再改。例：200000.00"),
    ]


def test_a_sheet_with_a_wrong_name_is_one_problem_that_names_the_workbook(tmp_path):
    clerk = desk(tmp_path, "projects")
    paths = {"项目": "projects/2025/projects.csv", "资金下达和到账": "projects/2025/funding.csv", "拨付": PAYMENTS}
    sheets = {name: lines_of(clerk, path) for name, path in paths.items()}
    for path in paths.values():
        clerk.remove(path)
    book(clerk.folder, "projects/2025.xlsx", sheets)
    (wrong,) = clerk.account().problems
    assert (wrong.kind, wrong.file, wrong.sheet) == ("unknown-sheet", "projects/2025.xlsx", "拨付") and wrong.fix.endswith("可以用的名字：拨付明细")
    del sheets["拨付"]
    book(clerk.folder, "projects/2025.xlsx", sheets)
    assert [(p.kind, p.file, p.message) for p in clerk.account().problems] == [("missing-table", "projects/2025.xlsx", "缺《拨付明细》。")]


def test_an_error_in_a_years_workbook_leaves_other_years_to_be_added_up(in_excel):
    content = lines_of(Desk(in_excel.folder), "projects/2025/funding.csv")
    book(in_excel.folder, "organisation/2025/units.xlsx", {"单位": content})
    kinds = {(p.file, p.kind) for p in in_excel.account().problems}
    assert ("organisation/2025/units.xlsx", "table-twice") in kinds


def test_cells_of_a_workbook_keep_their_type(tmp_path):
    day = strict_more.book(strict_more.filled(strict_more.budget(), further=lambda b, s: s.write_number(1, 0, 45351, b.add_format({"num_format": "yyyy-mm-dd"}))))
    out = strict_more.book(strict_more.filled(strict_more.budget(), further=lambda b, s: s.write_string(2, 8, "记得改")))
    found = []
    for number, content in enumerate((day, out, strict_more.book(strict_more.filled(strict_more.budget(), (1, 3, 4, 5))))):
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(content)
        found.append({p.kind for p in judge(Case(path, "budget", False, {})).problems})
    assert found == [{"date-in-cell"}, {"cell-outside"}, {"number-in-text"}]


def test_the_words_of_an_example_and_of_no_data_are_the_ones_that_blank_workbooks_write():
    assert (wording.say("tables.example"), wording.say("tables.no_rows")) == ("【示例】", "本表无数据")


def test_a_bad_row_count_or_cell_count_has_its_own_words(tmp_path, monkeypatch):
    monkeypatch.setattr(tables.limits, "LIMIT_ROWS", 2)
    assert said(tmp_path, strict_more.budget()) == [("too-many-rows", 3, "", "")]
    monkeypatch.setattr(tables.limits, "LIMIT_COLUMNS", 5)
    assert [kind for kind, *_ in said(tmp_path, strict_more.budget())] == ["too-many-rows", "too-many-columns"]


def test_names_beside_codes_are_looked_up_once_for_each_name(tmp_path):
    rows = [["2024", "2081199", "NA", "1", "1", "1"]] * 3
    verdict = made(tmp_path, [strict_more.HEADER, *rows])
    assert [p.kind for p in verdict.problems].count("not-a-name") == 1
    assert official.named(verdict.data)[0].rows[0].text("name") == "NA"
