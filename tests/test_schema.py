"""schema.toml says what a register's tables look like; what the code leans on holds for every register there is."""

import re

import pytest

from scripts import registers, schema
from scripts.facts import Unit, key_part

EVERY = [(name, table) for name in registers.ORDER for table in schema.load(name).tables]
TABLES = [pytest.param(name, table, id=f"{name}/{table.name}") for name, table in EVERY]


def test_a_money_column_takes_its_unit_from_the_bracket():
    field = schema.load("execution").table("lines").field("executed")
    assert (field.name, field.title, field.scale, field.unit, field.numeric) == (
        "累计执行数(元)",
        "累计执行数",
        "yuan",
        Unit.FEN,
        True,
    )


def test_a_score_and_a_count_say_their_unit():
    total = schema.load("evaluations").table("evaluations").field("total")
    planned = schema.load("projects").table("projects").field("planned")
    assert [(f.title, f.scale, f.unit) for f in (total, planned)] == [
        ("总分", "", Unit.POINTS),
        ("计划人数", "", Unit.PERSONS),
    ]


def test_words_are_no_numbers():
    field = schema.load("execution").table("lines").field("reason")
    assert (field.numeric, field.required, field.publish, field.source) == (False, False, True, False)


def test_a_foreign_key_may_lead_to_another_register():
    table = schema.load("evaluations").table("evaluations")
    assert table.foreign_keys == (schema.ForeignKey(("project",), "projects", "projects"),)
    assert schema.load("projects").table("payments").foreign_keys == (
        schema.ForeignKey(("project",), "projects", "projects"),
    )


def test_tables_of_an_optional_register_may_all_be_missing():
    assert [t.optional for t in schema.load("final_accounts").tables] == [True, True, True]
    assert [t.optional for t in schema.load("projects").tables] == [False, False, False]


@pytest.mark.parametrize(("name", "table"), TABLES)
def test_ids_and_names_are_unique_and_fit_into_keys(name, table):
    ids = [field.id for field in table.fields]
    assert len(set(ids)) == len(ids) == len({field.name for field in table.fields})
    assert all(re.fullmatch("[a-z][a-z0-9_]*", each) for each in [name, table.name, *ids])
    assert [key_part(each) for each in ids] == ids


@pytest.mark.parametrize(("name", "table"), TABLES)
def test_a_row_is_named_by_columns_that_are_there_and_say_something(name, table):
    key = [table.field(each) for each in table.key]
    assert all(field.type in ("string", "date") for field in key)
    assert key[0].required


@pytest.mark.parametrize(("name", "table"), TABLES)
def test_every_row_rests_on_a_document(name, table):
    assert [(f.name, f.required) for f in table.fields if f.source] == [("来源文件", True)]


@pytest.mark.parametrize(("name", "table"), TABLES)
def test_references_lead_to_columns_that_are_there_from_words_that_are_said(name, table):
    for reference in table.foreign_keys:
        target = schema.load(reference.register).table(reference.table)
        assert len(reference.there(target)) == len(reference.fields)
        assert not reference.where or set(reference.where[1]) <= set(table.field(reference.where[0]).constraints["enum"])


@pytest.mark.parametrize(("name", "table"), TABLES)
def test_amounts_are_numbers_and_limits_stand_on_numbers(name, table):
    for field in table.fields:
        assert (field.unit is Unit.FEN) == bool(field.scale)
        assert field.numeric == (field.type in ("number", "integer"))
        assert field.numeric or not {"minimum", "maximum"} & set(field.constraints)
        assert field.type == "string" or not {"enum", "pattern"} & set(field.constraints)


def test_no_register_waits_for_itself():
    from scripts.account import in_order_of_needs

    order = in_order_of_needs()
    assert sorted(order) == sorted(registers.ORDER)
    assert all(order.index(need) < order.index(name) for name in registers.ORDER for need in schema.load(name).needs)
