"""Empty workbooks from the schemas: what a clerk finds in them, what is never written over, and that filling one gives the same table."""

import io
import re
import tomllib
import zipfile
from pathlib import Path

import openpyxl
import pytest

from scripts import __main__, annotating, blanks, registers, schema, site, tables, wording
from scripts.blanks import layout
from scripts.pages import dictionary
from scripts.problems import problem
from tests.built import digests
from tests.small_publisher import FILES, Desk, desk

YEAR = 2027
EVERY = [(name, table) for name in registers.ORDER for table in schema.load(name).tables]
COLUMNS = [pytest.param(field, id=f"{name}/{table.name}/{field.id}") for name, table in EVERY for field in table.fields]


@pytest.fixture
def empty(tmp_path) -> Desk:
    """A publisher that has only its name."""
    made = Desk(tmp_path / "publisher")
    made.write("publisher.toml", FILES["publisher.toml"])
    return made


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def texts(sheet) -> list[list[str]]:
    return [["" if cell.value is None else str(cell.value) for cell in row] for row in sheet.iter_rows()]


# ---- what stands in a workbook


@pytest.mark.parametrize("name", registers.ORDER)
def test_a_workbook_has_its_instructions_and_a_sheet_a_table_with_the_exact_header(name):
    told = schema.load(name)
    book = opened(layout.workbook(told, YEAR))
    assert book.sheetnames == [wording.say("workbooks.instructions"), *(table.title for table in told.tables)]
    for table in told.tables:
        header, example = texts(book[table.title])
        assert header == [field.name for field in table.fields]
        assert example[0].startswith("【示例】") and all(example)
        assert book[table.title].freeze_panes == "A2"


@pytest.mark.parametrize("name", registers.ORDER)
def test_a_workbook_holds_nothing_that_a_strict_reader_refuses(name):
    """No formula, link, comment, hidden or merged part, macro; and no clock and no maker in its properties."""
    content = layout.workbook(schema.load(name), YEAR)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {part: archive.read(part).decode("utf-8") for part in archive.namelist()}
    assert not [part for part in parts if re.search("comments|drawings|externalLinks|vba|printerSettings", part)]
    sheets = "".join(text for part, text in parts.items() if part.startswith("xl/worksheets/"))
    assert not re.search('<f[ >]|hyperlink|mergeCell|hidden="1"|state="hidden"', sheets + parts["xl/workbook.xml"])
    assert re.findall("<dcterms:created[^>]*>([^<]*)<", parts["docProps/core.xml"]) == ["2000-01-01T00:00:00Z"]
    assert re.findall("<(?:dc:creator|cp:lastModifiedBy)>([^<]+)<", parts["docProps/core.xml"]) == []
    assert content == layout.workbook(schema.load(name), YEAR)


def test_columns_are_kept_as_a_clerk_types_them():
    """Codes, dates and numbers of documents stay text; money looks like money; words that are fixed are chosen from a list."""
    sheet = opened(layout.workbook(schema.load("projects"), YEAR))["资金下达和到账"]
    formats = {cell.value: sheet.column_dimensions[cell.column_letter] for cell in sheet[1]}
    assert {name: sheet.cell(2, i + 1).number_format for i, name in enumerate(formats)} == {
        "项目编码": "@", "资金来源": "@", "文号": "@", "下达日期": "@", "下达金额(元)": "General", "到账日期": "@", "到账金额(元)": "General",
        "功能科目编码": "@", "来源文件": "@",
    }  # fmt: skip
    text = {name for name, column in formats.items() if column.number_format == "@"}
    assert set(formats) - text == {"下达金额(元)", "到账金额(元)"}, "a whole column has its format, typed or not yet"
    assert all(formats[name].width > 2 * len(name) for name in formats)
    (chosen,) = sheet.data_validations.dataValidation
    assert (str(chosen.sqref), chosen.formula1) == ("B2:B200001", '"中央一般公共预算,中央彩票公益金,省,市,县,残保金,其他"')
    assert (chosen.showErrorMessage, chosen.errorTitle, chosen.error) == (True, "资金来源", "请从下拉的词里选一个。")


def test_the_example_row_is_one_right_row_of_the_year_that_is_asked_for():
    sheet = opened(layout.workbook(schema.load("execution"), YEAR))["预算执行明细"]
    assert [cell.value for cell in sheet[2]] == [
        "【示例】2081104", "【示例】残疾人康复", "KF-01", 500000, 100000, 600000, "2027-12-31", 580000, "【示例】流标一次，合同推迟到三月", "report",
    ]  # fmt: skip


def test_examples_keep_their_order_in_the_year_that_is_asked_for():
    """A report of the last day of a year is published in the next; a document bears the year of its table."""
    sheet = opened(layout.workbook(schema.load("execution"), YEAR))["执行报告的公开"]
    assert [cell.value for cell in sheet[2]] == ["【示例】2027-12-31", "2028-01-16", "report"]
    assert opened(layout.workbook(schema.load("projects"), YEAR))["资金下达和到账"]["C2"].value == "演财社〔2027〕3号"


@pytest.mark.parametrize("field", COLUMNS)
def test_every_column_has_a_right_example_and_says_what_it_means(field):
    assert tables.parse(layout.example(field, YEAR), field).state == "known"
    assert field.description or "enum" in field.constraints or field.title in ("项目名称", "开始日期", "结束日期")
    assert len(",".join(field.constraints.get("enum", ()))) <= 255  # what Excel takes as a list


def test_the_instructions_tell_meaning_unit_need_words_and_example_of_every_column():
    told = texts(opened(layout.workbook(schema.load("projects"), YEAR))["填写说明"])
    head = next(i for i, row in enumerate(told) if row[0] == "表")
    assert told[head] == ["表", "列", "填什么", "类型", "必填", "例"]
    assert [row[:2] for row in told[head + 1 :]] == [[t.title, f.name] for t in schema.load("projects").tables for f in t.fields]
    lines = {tuple(row[:2]): row[2:] for row in told[head + 1 :]}
    assert lines["资金下达和到账", "资金来源"] == [
        "这笔钱是谁给的。只能是：中央一般公共预算、中央彩票公益金、省、市、县、残保金、其他。", "文字", "是", "中央一般公共预算",
    ]  # fmt: skip
    assert lines["资金下达和到账", "到账金额(元)"] == ["已经到账的金额；没有到的写零。", "金额（元）", "是", "400000.00"]
    assert lines["资金下达和到账", "到账日期"] == ["钱哪一天到了单位账上；没有到的空着。写成年-月-日。", "日期", "否", "2027-01-20"]
    assert lines["拨付明细", "序号"] == ["同一个项目里从一编起，两位。按文本填，开头的零不能丢。", "编码", "是", "01"]
    assert lines["项目", "计划人数"] == ["计划帮助多少人，每人只算一次。不小于 0。", "整数（人）", "否", "50"]
    assert any("projects/2027/sources.toml" in row[0] for row in told) and any("请删去整行" in row[0] for row in told)


@pytest.mark.parametrize("name", registers.ORDER)
def test_instructions_and_dictionary_say_the_same_of_a_column(name):
    """Both are written from one sentence of the schema; here they are read back."""
    told = texts(opened(layout.workbook(schema.load(name), YEAR))["填写说明"])
    written = {(row[0].partition("（")[0], row[1]): (row[2], row[3]) for row in told if len(row) > 3}
    for table in schema.load(name).tables:
        for field in table.fields:
            meaning, kind = written[table.title.partition("（")[0], field.name]
            shown = [getattr(cell, "text", "") for cell in dictionary._row(field).cells]
            assert meaning.startswith(shown[1]) and shown[2].startswith(kind)


def test_official_tables_are_brought_in_not_typed():
    budget, projects = (texts(opened(layout.workbook(schema.load(name), YEAR))["填写说明"]) for name in ("budget", "projects"))
    line = "批复的官方表不在这里抄。有电子表格的，这样读入：python -m scripts import 文件夹 --register budget --year 2027 --unit 万元"
    assert [row[0] for row in budget].count(line) == 1
    assert not any("import" in row[0] for row in projects)


def test_a_table_that_may_be_missing_is_told_so():
    told = texts(opened(layout.workbook(schema.load("evaluations"), YEAR))["填写说明"])
    assert {row[0] for row in told if row[0].startswith(("评价", "分项得分", "问题"))} == {"评价", "分项得分", "问题、建议和答复（可以没有）"}


@pytest.mark.parametrize(("name", "table"), [pytest.param(name, table, id=f"{name}/{table.name}") for name, table in EVERY])
def test_a_title_can_be_the_name_of_a_sheet(name, table):
    assert len(table.title) <= 31 and not re.search(r"[\[\]:*?/\\]", table.title)
    assert table.title not in (wording.say("workbooks.instructions"), wording.say("annotate.list"))


# ---- where it is put


def test_a_year_is_laid_out_and_what_is_there_stays(empty):
    made = blanks.new(empty.folder, ("projects", "organisation"), YEAR)
    assert made == blanks.Made(
        ("projects/2027.xlsx", "projects/2027/sources.toml", "organisation/2027.xlsx", "organisation/2027/sources.toml"), ()
    )
    assert tomllib.loads(empty.text("projects/2027/sources.toml")) == {}
    before = digests(empty.folder)
    again = blanks.new(empty.folder, ("projects",), YEAR)
    assert again == blanks.Made((), (problem("blank-exists", file="projects/2027.xlsx"),))
    assert digests(empty.folder) == before


@pytest.mark.parametrize("there", ["projects/2027/funding.csv", "projects/2027/payments.xlsx"])
def test_a_year_that_has_a_table_gets_no_second_one(empty, there):
    empty.write(there, "")
    assert blanks.new(empty.folder, ("projects",), YEAR) == blanks.Made((), (problem("blank-exists", file=there),))


def test_sources_that_are_told_already_are_kept(empty):
    empty.write("projects/2027/sources.toml", '[documents.plan]\ntitle = "计划"\n')
    assert blanks.new(empty.folder, ("projects",), YEAR).files == ("projects/2027.xlsx",)
    assert empty.text("projects/2027/sources.toml") == '[documents.plan]\ntitle = "计划"\n'


def test_the_command_says_what_it_wrote(empty, capsys):
    assert __main__.main(["new", "--year", "2027", "--register", "organisation", "--publisher", str(empty.folder)]) == 0
    assert capsys.readouterr().out == (
        f"organisation/2027.xlsx\norganisation/2027/sources.toml\n写好 2 个文件，放在 {empty.folder}。\n"
    )
    assert __main__.main(["new", "--year", "2027", "--publisher", str(empty.folder)]) == 1
    assert capsys.readouterr().out.splitlines()[0] == (
        "organisation/2027.xlsx：这一年的表已经有了，没有动。接着填，打开它就行；要从空表重新填，请先把它移走。"
    )
    assert sorted(path.name for path in empty.folder.glob("*/2027.xlsx")) == ["2027.xlsx"] * len(registers.ORDER)


def test_without_a_publisher_nothing_is_written(tmp_path, capsys):
    assert __main__.main(["new", "--year", "2027", "--publisher", str(tmp_path)]) == 1
    assert problem("no-publisher", file="publisher.toml", folder=tmp_path.name).line() in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_through_a_link(empty, tmp_path, capsys):
    (tmp_path / "elsewhere").mkdir()
    (empty.folder / "projects").symlink_to(tmp_path / "elsewhere")
    assert __main__.main(["new", "--year", "2027", "--publisher", str(empty.folder)]) == 1
    assert problem("symlink", file="projects").line() in capsys.readouterr().out
    assert list((tmp_path / "elsewhere").iterdir()) == [] and sorted(each.name for each in empty.folder.iterdir()) == ["projects", "publisher.toml"]


def test_a_half_written_workbook_does_not_stay(empty, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    class Full(io.BytesIO):
        write = full

    def opened_full(path, mode):
        Path(path).touch(exist_ok=False)
        return Full()

    monkeypatch.setattr(blanks, "open", opened_full, raising=False)
    with pytest.raises(OSError, match="No space"):
        blanks.new(empty.folder, ("projects",), YEAR)
    assert [*empty.folder.rglob("*.xlsx")] == []


# ---- what the loader makes of it


def test_an_example_row_that_stays_stops_publication(tmp_path):
    publisher = desk(tmp_path, "organisation")
    publisher.add("organisation/2025/units.csv", "【示例】演示县残疾人联合会（本级）,机关,管钱。,12,是,,2025-03-03,posts")
    assert publisher.problems() == [
        ("error", "organisation/2025/units.csv", 4, "", "【示例】演示县残疾人联合会（本级）", "example-row")
    ]
    assert publisher.account().public is None


def test_an_example_is_known_by_any_of_its_texts(tmp_path):
    """Who types over the first cell alone has still left the example."""
    publisher = desk(tmp_path, "organisation")
    publisher.add("organisation/2025/units.csv", "演示县聋人协会,社会组织,【示例】管理项目和资金。,12,是,,2025-03-03,posts")
    assert [each[-1] for each in publisher.problems()] == ["example-row"]




@pytest.fixture
def filled(tmp_path) -> Desk:
    """The small publisher typed into the blank workbooks of its year."""
    made = Desk(tmp_path / "filled")
    for path, text in FILES.items():
        if not path.endswith(".csv"):
            made.write(path, text)
    blanks.new(made.folder, ("organisation", "execution", "projects", "evaluations"), 2025)
    for register in ("organisation", "execution", "projects", "evaluations"):
        fill(made.folder / register / "2025.xlsx", register)
    return made


def fill(path: Path, register: str) -> None:
    """As a clerk does it: the example row deleted, numbers typed as numbers, the rest as text."""
    book = openpyxl.load_workbook(path)
    for table in schema.load(register).tables:
        sheet, lines = book[table.title], FILES.get(f"{register}/2025/{table.name}.csv", "").strip().splitlines()
        sheet.delete_rows(2)
        for number, line in enumerate(lines[1:], start=2):
            for field, text in zip(table.fields, line.split(","), strict=True):
                if text:
                    sheet.cell(number, table.fields.index(field) + 1, float(text) if field.numeric else text)
        if not lines:
            sheet["A2"] = "本表无数据"
    book.save(path)


def test_a_filled_workbook_gives_the_same_values_as_csv(filled, tmp_path):
    by_csv, by_book = desk(tmp_path / "csv").account(), filled.account()
    assert [each.line() for each in by_book.problems] == [each.line() for each in by_csv.problems] == []
    for key, year in by_csv.inputs.years.items():
        for name, data in year.tables.items():
            other = by_book.inputs.years[key].tables[name]
            assert [[row[f.id] for f in data.schema.fields] for row in data.rows] == [[row[f.id] for f in data.schema.fields] for row in other.rows]
    told = [{fact.key: (fact.title, fact.value, fact.state, fact.unit) for fact in each.public.facts} for each in (by_csv, by_book)]
    assert told[0] == told[1] and len(told[0]) > 100


def test_a_site_of_filled_workbooks_is_sealed_and_names_sheets_as_origins(filled, tmp_path):
    """Every figure leads to the sheet and row that it was typed in."""
    assert site.build(filled.account(), tmp_path / "site", lambda _: None).problems == []
    html = (tmp_path / "site/projects/2025/how/index.html").read_text(encoding="utf-8")
    (target,) = set(re.findall('<a href="([^"]*)">[^@]{0,60}<span data-origin>2025.xlsx/拨付明细 第 2–3 行“金额\\(元\\)”<', html))
    page = tmp_path / "site/projects/2025/how" / target.partition("#")[0]
    assert 'id="L2"' in page.read_text(encoding="utf-8") and page.parent.name == "payments"


@pytest.mark.parametrize("register", registers.ORDER)
def test_blank_workbooks_that_are_not_filled_are_told_by_their_example_rows(empty, register):
    """A line for every table, and no value of an example becomes anything else."""
    blanks.new(empty.folder, (register,), YEAR)
    found = empty.account()
    assert found.public is None
    told = [each for each in found.problems if each.kind == "example-row"]
    assert {(each.file, each.sheet, each.row) for each in told} == {
        (f"{register}/2027.xlsx", table.title, 2) for table in schema.load(register).tables
    }  # fmt: skip


def test_without_its_example_row_an_empty_table_asks_for_its_words(empty):
    """A header alone may be a table that was forgotten."""
    blanks.new(empty.folder, ("organisation",), YEAR)
    path = empty.folder / "organisation/2027.xlsx"
    book = openpyxl.load_workbook(path)
    book["单位和职责"].delete_rows(2)
    book.save(path)
    assert empty.account().public is None
    book["单位和职责"]["A2"] = "本表无数据"
    book.save(path)
    assert [each for each in empty.problems() if each[1] == "organisation/2027.xlsx"] == []


def test_exactly_the_wrong_cells_of_a_filled_workbook_are_marked(filled, tmp_path):
    wrong = {
        "projects": {("拨付明细", "C2"): "2025-06-31", ("拨付明细", "E3"): "朋友", ("资金下达和到账", "E2"): "约20万"},
        "execution": {("预算执行明细", "A3"): "208110x"},
    }
    for register, cells in wrong.items():
        path = filled.folder / register / "2025.xlsx"
        book = openpyxl.load_workbook(path)
        for (sheet, place), text in cells.items():
            book[sheet][place] = text
        book.save(path)
    annotating.annotate(filled.folder, filled.account().problems, tmp_path / "marked")
    for register, cells in wrong.items():
        before, copy = (openpyxl.load_workbook(folder / register / "2025.xlsx") for folder in (filled.folder, tmp_path / "marked"))
        marked = {
            (sheet.title, cell.coordinate) for sheet in copy.worksheets if sheet.title in before.sheetnames for row in sheet.iter_rows() for cell in row
            if cell.fill.fgColor.rgb == "FFF6B5AC" and cell.comment
        }  # fmt: skip
        assert marked == set(cells)
        for sheet in before.worksheets:
            assert [[(c.value, c.data_type, c.number_format) for c in row] for row in sheet.iter_rows()] == [
                [(c.value, c.data_type, c.number_format) for c in row] for row in copy[sheet.title].iter_rows()
            ]  # fmt: skip
    assert not (tmp_path / "marked/organisation").exists()
