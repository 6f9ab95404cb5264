"""What every column means: the page, datapackage.json, and both against the schemas and the real Frictionless library."""

import copy
import csv
import io
import json
import re
import tomllib
from dataclasses import replace

import frictionless
import pytest

from scripts import registers, schema
from scripts.pages import datapackage, dictionary
from tests import built
from tests.small_publisher import desk

EVERY = [pytest.param(name, table, id=f"{name}/{table.name}") for name in registers.ORDER for table in schema.load(name).tables]
SMALL = [path for path in sorted(built.SMALL.glob("*/2*/*.csv")) if any(t.name == path.stem for t in schema.load(path.parts[-3]).tables)]


@pytest.fixture(scope="module")
def package() -> dict:
    return json.loads((built.small_site().folder / "datapackage.json").read_bytes())


@pytest.fixture
def field() -> schema.Field:
    return schema.load("projects").table("payments").field("payee")


def rows(html: str) -> list[list[str]]:
    """The cells of a table, as they read."""
    lines = re.findall(r"<tr[^>]*>(.*?)</tr>", html.partition("<tbody>")[2], re.S)
    return [[re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.S)] for line in lines]


# ---- the page


def test_every_column_is_told_with_meaning_type_unit_words_and_whether_it_is_open(tmp_path):
    page = desk(tmp_path).pages()["dictionary/"]
    assert rows(page.blocks["organisation-units.html"]) == [
        ["单位名称", "单位全称。", "文字，必填", "公开"],
        ["单位类型", "只能是：机关、事业单位、社会组织、其他。", "文字，必填", "公开"],
        ["职责", "管什么事，一两句话。", "文字，必填", "公开"],
        ["编制数", "编制部门核定的人数。不小于 0。", "整数（人）", "公开"],
        ["是否纳入本套表", "这个单位的收支算不算在本站的预算、决算里。只能是：是、否。", "文字，必填", "公开"],
        ["不纳入的原因", "填“否”的写清为什么。", "文字", "公开"],
        ["公开日期", "职责哪一天向社会公开；还没有公开的空着。", "日期", "公开"],
        ["来源文件", "数字出自哪份文件的代号，全名见数据来源。", "编码，必填", "公开"],
    ]
    assert rows(page.blocks["projects-funding.html"])[4] == ["下达金额", "文件上写的金额。", "金额（元），必填", "公开"]
    assert rows(page.blocks["evaluations-scores.html"])[3] == ["第三方得分", "评价机构给的分。从 0 到 100。", "数（分），必填", "公开"]
    assert '<span data-text>从 0 到 100。</span>' in page.blocks["evaluations-scores.html"]


def test_only_tables_that_are_there_are_told(tmp_path):
    found = desk(tmp_path, "projects", "organisation")
    found.remove("projects/2025/payments.csv")
    page = desk(tmp_path / "whole").pages()["dictionary/"]
    assert sorted(name.removesuffix(".html") for name in page.blocks if "-" in name) == sorted(
        ["organisation-units", "execution-lines", "execution-adjustments", "execution-reports", "projects-projects", "projects-funding",
         "projects-payments", "evaluations-evaluations", "evaluations-scores"]
    )  # fmt: skip
    assert "official.html" not in page.blocks
    assert [name for name, _ in dictionary.told(desk(tmp_path / "one", "organisation").site())] == ["organisation"]


def test_official_tables_are_told_by_their_titles():
    (page,) = [page for page in built.small_site().made if page.path == "dictionary/"]
    assert [row[0] for row in rows(page.blocks["official.html"])] == ["收入决算表", "支出决算表", "财政拨款“三公”经费支出决算表"]


def test_a_closed_column_is_named_and_one_opened_by_law_says_by_which_and_by_whom(field):
    assert dictionary.opened(field) == "公开"
    assert dictionary.opened(replace(field, publish=False)) == "不公开"
    law = replace(field, legal_basis="《政府信息公开条例》第二十条", approved_by="理事长")
    assert dictionary.opened(law) == "公开。依据：《政府信息公开条例》第二十条；批准：理事长。"


def test_a_page_of_rows_leads_to_the_meaning_of_its_columns(tmp_path):
    pages = desk(tmp_path).pages()
    assert "[每一列的意思](../../../dictionary/index.html#t-projects-payments)" in pages["projects/2025/payments/"].markdown
    assert 'id="t-projects-payments"' in pages["dictionary/"].blocks["projects-payments.html"]
    assert all("dictionary/index.html" in pages[name].markdown for name in ("sources/", "comparisons/"))


# ---- datapackage.json


def test_every_download_for_programs_is_a_resource_with_size_and_digest(package):
    site = built.small_site()
    files = {each.path: each.content for page in site.made for each in page.downloads}
    own = [f"{y.register.replace('_', '-')}-{y.year}-{name.replace('_', '-')}" for y in site.site.inputs.years.values() for name in y.tables]
    assert set(own) <= {each["name"] for each in package["resources"]} and len(package["resources"]) == 17
    for each in package["resources"]:
        assert (each["bytes"], each["hash"]) == (
            len(files[each["path"]]), f"sha256:{datapackage.hashlib.sha256(files[each['path']]).hexdigest()}",
        )  # fmt: skip
    assert package["description"] == "演示数据"


def test_the_real_library_finds_the_package_and_every_row_of_it_valid(package):
    report = frictionless.validate(built.small_site().folder / "datapackage.json")
    assert report.flatten(["rowNumber", "fieldName", "type", "note"]) == []
    assert len(report.tasks) == len(package["resources"])


def test_a_figure_that_no_longer_fits_is_found_by_the_library(package, tmp_path):
    """The package can fail: a word where an amount belongs, a key twice, a reference to nowhere."""
    folder = tmp_path / "site"
    for each in package["resources"]:
        (folder / each["path"]).parent.mkdir(parents=True, exist_ok=True)
        (folder / each["path"]).write_bytes((built.small_site().folder / each["path"]).read_bytes())
    told = copy.deepcopy(package)
    for each in told["resources"]:
        del each["bytes"], each["hash"]
    path = folder / "projects/2025/payments/payments.csv"
    lines = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    lines[1][3] = "二十万"
    lines[2][0] = "KF-99"
    lines[4][:2] = lines[3][:2]
    path.write_text("\n".join(",".join(line) for line in lines) + "\n", encoding="utf-8")
    (folder / "datapackage.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    found = frictionless.validate(folder / "datapackage.json").flatten(["rowNumber", "type"])
    assert sorted(found) == [[2, "type-error"], [3, "foreign-key"], [5, "primary-key"]]


def test_a_column_that_is_closed_is_named_in_the_package_and_nothing_more(monkeypatch):
    table = schema.load("projects").table("payments")
    shut = replace(table, fields=tuple(replace(f, publish=f.id not in ("payee", "no")) for f in table.fields))
    told = datapackage.table_schema(shut, "projects", 2025, published=True)
    assert told["closed"] == ["序号", "收款单位"]
    assert not {"序号", "收款单位"} & {each["name"] for each in told["fields"]} and "primaryKey" not in told


def test_words_in_place_of_a_number_are_missing_values_and_a_needed_number_is_never_blank():
    fields = {f["name"]: f for f in datapackage.table_schema(schema.load("projects").table("funding"))["fields"]}
    assert fields["到账金额(元)"] == {
        "name": "到账金额(元)", "title": "到账金额", "description": "已经到账的金额；没有到的写零。", "type": "number", "example": "400000.00",
        "unit": "元", "missingValues": ["未公布", "不适用", "不公开"],
    }  # fmt: skip
    assert fields["到账日期"]["missingValues"] == ["", "未公布", "不适用", "不公开"]
    assert fields["资金来源"]["constraints"] == {
        "enum": ["中央一般公共预算", "中央彩票公益金", "省", "市", "县", "残保金", "其他"], "required": True,
    }  # fmt: skip


# ---- schema.toml is a Table Schema


@pytest.mark.parametrize(("name", "table"), EVERY)
def test_schema_toml_is_a_valid_table_schema_as_it_stands(name, table):
    told = tomllib.loads((schema.REGISTERS / name / "schema.toml").read_text(encoding="utf-8"))
    (own,) = [each for each in told["tables"] if each["name"] == table.name]
    read = frictionless.Schema.from_descriptor({key: own[key] for key in ("fields", "primaryKey", "foreignKeys") if key in own})
    assert read.field_names == [field.name for field in table.fields]
    assert frictionless.Schema.from_descriptor(datapackage.table_schema(table, name, 2025)).field_names == read.field_names


@pytest.mark.parametrize("path", SMALL, ids=["-".join(path.parts[-3:]) for path in SMALL])
def test_a_clerks_table_is_valid_under_its_schema_row_by_row(path):
    """The real library reads what the clerk keeps: as many rows as there are, none of them wrong."""
    table = schema.load(path.parts[-3]).table(path.stem)
    told = datapackage.table_schema(table)
    with frictionless.Resource(path=path.name, basepath=str(path.parent), schema=frictionless.Schema.from_descriptor(told)) as resource:
        read = list(resource.row_stream)
    assert [error.note for row in read for error in row.errors] == []
    assert len(read) == len(path.read_text(encoding="utf-8-sig").strip().splitlines()) - 1
