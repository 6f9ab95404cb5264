"""Rows that name each other: a foreign key leads to its row, the row leads back, of another year only where the schema says so."""

from dataclasses import replace

import pytest

from scripts import mentions, schema
from scripts.pages import datapackage
from scripts.slips import references
from tests.small_publisher import EVALUATIONS, PAYMENTS, desk


def any_year(monkeypatch, told: bool) -> None:
    """Evaluations may name a project of any year, for one test."""
    real, table = schema.load, schema.load("evaluations").table("evaluations")
    changed = replace(table, foreign_keys=(replace(table.foreign_keys[0], any_year=told),))
    whole = replace(real("evaluations"), tables=(changed, *real("evaluations").tables[1:]))
    monkeypatch.setattr(schema, "load", lambda name: whole if name == "evaluations" else real(name))


def test_a_foreign_key_is_a_link_and_the_row_leads_back(tmp_path):
    pages = desk(tmp_path).pages()
    table = pages["evaluations/2025/evaluations/"].blocks["table.html"]
    assert 'href="../../../projects/2025/kf-01/index.html"' in table and 'href="../../../evaluations/2025/pj-01/index.html"' in table
    back = pages["projects/2025/kf-01/"].blocks["mentions.html"]
    assert 'href="../../../evaluations/2025/pj-01/index.html"' in back and "拨付" not in back
    assert "named.html" not in pages["projects/2025/projects/"].blocks


def test_rows_are_named_by_what_tells_them_apart(tmp_path):
    found = mentions.index(desk(tmp_path).site().inputs).back
    told = found["projects", 2025, "projects", "KF-01"]
    assert [(each.year.register, each.data.schema.name, each.name) for each in told] == [
        ("evaluations", "evaluations", "PJ-01"), ("projects", "funding", "省"), ("projects", "funding", "县"),
        ("projects", "payments", "01"), ("projects", "payments", "02"),
    ]  # fmt: skip
    assert [each.name for each in found["evaluations", 2025, "evaluations", "PJ-01"]] == ["过程", "产出"]


def test_a_row_without_a_page_of_its_own_shows_who_names_it(tmp_path):
    """In the table of a register that gives its rows no page."""
    from scripts.pages import links

    site = desk(tmp_path).site()
    from scripts.pages import Draft

    draft = Draft(site, "projects/2025/projects/", "t", template="table", section="money", code="X", crumbs=[])
    data = site.inputs.get("projects", 2025).tables["projects"]
    real = links.page_of
    try:
        links.page_of = lambda *told: ""
        (item,) = links.of_table(draft, data)
    finally:
        links.page_of = real
    assert 'href="#L2"' in item["html"] and "evaluations/index.html#L2" in item["html"] and "payments/index.html#L3" in item["html"]


@pytest.mark.parametrize("told", [True, False])
def test_another_year_is_named_only_where_the_schema_says_so(tmp_path, monkeypatch, told):
    found = desk(tmp_path)
    for name in ("projects", "funding", "payments"):
        found.write(f"projects/2024/{name}.csv", found.text(f"projects/2025/{name}.csv").replace("KF-01", "KF-09"))
    found.write("projects/2024/sources.toml", found.text("projects/2025/sources.toml"))
    found.change(EVALUATIONS, "PJ-01,KF-01", "PJ-01,KF-09")
    any_year(monkeypatch, told)
    read = found.account().inputs
    problems = [(p.file, p.kind) for p in references.problems(read) if "evaluations" in p.file]
    assert problems == ([] if told else [(EVALUATIONS, "foreign-key")])
    index = mentions.index(read).back
    assert [each.name for each in index.get(("projects", 2024, "projects", "KF-09"), []) if each.year.register == "evaluations"] == (["PJ-01"] if told else [])


def test_a_key_that_no_year_has_stays_a_problem(tmp_path, monkeypatch):
    found = desk(tmp_path)
    found.change(EVALUATIONS, "PJ-01,KF-01", "PJ-01,XX-77")
    any_year(monkeypatch, True)
    assert [(p.file, p.row, p.kind) for p in found.account().problems if p.file == EVALUATIONS] == [(EVALUATIONS, 2, "foreign-key")]


def test_a_table_of_many_rows_is_named_once(tmp_path):
    found = desk(tmp_path)
    text = "".join(f"PJ-{n:02},KF-01,绩效评价,演示会计师事务所,公开招标,,12000.00,没有利益冲突。,2025 年,2026-03-02,2026-03-16,86.5,良,95.0,report\n" for n in range(2, 12))
    found.add(EVALUATIONS, *text.splitlines())
    back = found.pages()["projects/2025/kf-01/"].blocks["mentions.html"]
    assert back.count("第三方评价与考核验收") == 1 and "PJ-08" in back and "PJ-09" not in back and ">全部</a>" in back
    assert found.text(PAYMENTS)


# ---- keys that name some columns only, or stand only in some rows


def key(monkeypatch, **told) -> None:
    """The evaluations' key to their project, changed for one test."""
    real, table = schema.load, schema.load("evaluations").table("evaluations")
    changed = replace(table, foreign_keys=(replace(table.foreign_keys[0], **told),))
    whole = replace(real("evaluations"), tables=(changed, *real("evaluations").tables[1:]))
    monkeypatch.setattr(schema, "load", lambda name: whole if name == "evaluations" else real(name))


def test_a_key_of_some_columns_names_the_last_row_that_bears_them(tmp_path, monkeypatch):
    key(monkeypatch, register="execution", table="lines", at=("项目编码",))
    found = desk(tmp_path)
    index = mentions.index(found.account().inputs)
    (meant,) = [each for told, each in index.to.items() if told[1] == "project" and told[0][0] == "evaluations"]
    assert meant.row.line == 5 and [each.name for each in index.back[meant.key]] == ["PJ-01"]
    found.change(EVALUATIONS, "PJ-01,KF-01", "PJ-01,KF-77")
    assert ("项目编码", "foreign-key") in [(p.column, p.kind) for p in found.account().problems]


@pytest.mark.parametrize(("words", "named"), [(("绩效评价",), True), (("考核验收",), False), (("考核验收", "绩效评价"), True)])
def test_a_key_stands_only_in_rows_that_say_so(tmp_path, monkeypatch, words, named):
    key(monkeypatch, where=("kind", words))
    found = desk(tmp_path)
    assert (("projects", 2025, "projects", "KF-01") in [each.key for told, each in mentions.index(found.account().inputs).to.items() if told[0][0] == "evaluations" and told[0][2] == "evaluations"]) == named
    found.change(EVALUATIONS, "PJ-01,KF-01", "PJ-01,XX-77")
    assert ([p for p in found.account().problems if p.kind == "foreign-key"] != []) == named


def test_what_the_standard_cannot_say_is_not_promised_to_programs():
    """A key that holds in some rows only, or leads to another year's table, would be a wrong one there."""
    told = {name: datapackage.table_schema(schema.load(register).table(name), register, 2025)["foreignKeys"]
            for register, name in (("rectifications", "findings"), ("decisions", "decisions"), ("inspections", "results"))}  # fmt: skip
    frame = {"fields": ["批次", "序号"], "reference": {"resource": "inspections-2025-frame", "fields": ["批次", "序号"]}}
    assert told == {"findings": [], "decisions": [], "results": [frame]}
