"""Measures: one aggregate of one column, as facts that say what they were made from; wrong ones fail when the schema is read."""

import copy
import tomllib
from dataclasses import replace

import pytest

from scripts import declared, measures, plain, registers, schema
from scripts.account import account
from scripts.cells import Cell, Origin, State
from scripts.declared import Wrong
from scripts.facts import Facts, Unit
from scripts.inputs import RegisterYear
from scripts.suppression import disclose
from scripts.tables import Data, Row, parse
from tests.built import SMALL

SCHEMA = tomllib.loads("""
[[tables]]
name = "loans"
title = "辅具借用"
primaryKey = ["乡镇", "月份"]
fields = [
  { name = "乡镇", id = "town", type = "string", publish = true },
  { name = "月份", id = "month", type = "string", publish = true },
  { name = "种类", id = "kind", type = "string", publish = true, constraints = { enum = ["轮椅", "助听器"] } },
  { name = "借出", id = "lent", type = "integer", unit = "items", publish = true },
  { name = "归还", id = "back", type = "integer", unit = "items", publish = true },
  { name = "押金(元)", id = "deposit", type = "number", publish = true },
  { name = "得分", id = "points", type = "number", unit = "points", publish = true },
  { name = "内部编号", id = "inner", type = "string" },
]
""")
FIELDS = SCHEMA["tables"][0]["fields"]
ROWS = (
    ("甲镇", "2025-01", "轮椅", "10", "8", "100.00", "80"), ("甲镇", "2025-02", "轮椅", "4", "4", "0.10", "90"),
    ("乙镇", "2025-02", "助听器", "6", "2", "50.00", "70"), ("乙镇", "2025-01", "助听器", "1", "1", "1.00", "60"),
)  # fmt: skip


def table():
    return schema._table(copy.deepcopy(SCHEMA["tables"][0]), "aids", False)


def data(rows=ROWS) -> Data:
    told, found = table(), []
    for line, texts in enumerate(rows, 2):
        cells = {f.id: Cell(text, Origin("aids/2025/loans.csv", "", line, f.name)) for f, text in zip(told.fields, (*texts, ""), strict=True)}
        values = {f.id: parse(cells[f.id].text, f) for f in told.fields}
        found.append(Row(line, cells, values))
    return Data(told, "aids", 2025, "aids/2025/loans.csv", tuple(found))


def measured(rows=ROWS, **told):
    """The facts of one measure, by what follows the year in their keys."""
    measure, kept, facts = declared.measure({"name": "m", "title": "量", **told}, [table()], "aids"), data(rows), Facts()
    plain.leaves(kept, facts)
    leaves = {fact.key for fact in facts}
    for value, group in measures.groups(measure, kept):
        year = RegisterYear("aids", 2025, {"loans": kept}, {})
        measures._derive(facts, measures.key(year, measure, value), measure.title, measure, kept, group)
    return {fact.key.removeprefix("aids/2025/"): fact for fact in facts if fact.key not in leaves}, facts


def one(rows=ROWS, **told):
    return measured(rows, **told)[0]["m"]


@pytest.mark.parametrize(
    ("told", "value", "unit", "operation"),
    [
        ({"by": "count"}, 4, Unit.ITEMS, "count"), ({"by": "count", "unit": "occasions"}, 4, Unit.OCCASIONS, "count"),
        ({"by": "count", "where": {"种类": "轮椅"}}, 2, Unit.ITEMS, "count"), ({"by": "count", "where": {"种类": ["轮椅", "助听器"]}}, 4, Unit.ITEMS, "count"),
        ({"by": "sum", "of": "借出"}, 21, Unit.ITEMS, "sum"), ({"by": "sum", "of": "押金(元)", "where": {"乡镇": "乙镇"}}, 5100, Unit.FEN, "sum"),
        ({"by": "sum", "of": "押金(元)", "where": {"乡镇": "丙镇"}}, 0, Unit.FEN, "sum"),
        ({"by": "min", "of": "借出"}, 1, Unit.ITEMS, "least"), ({"by": "max", "of": "借出"}, 10, Unit.ITEMS, "most"),
        ({"by": "mean", "of": "得分"}, 75, Unit.POINTS, "mean"),
    ],
)  # fmt: skip
def test_each_aggregate(told, value, unit, operation):
    fact = one(**told)
    assert (fact.value, fact.unit, fact.operation) == (value, unit, operation)


def test_a_share_of_sums_and_a_share_of_rows():
    found, _ = measured(by="share", of="归还", over="借出")
    assert (found["m"].value * 21, found["m/part"].value, found["m/whole"].value, found["m"].inputs) == (15, 15, 21, ("aids/2025/m/part", "aids/2025/m/whole"))
    found, _ = measured(by="share", where={"种类": "助听器"})
    assert (found["m"].value * 2, len(found["m/part"].rows), len(found["m/whole"].rows)) == (1, 2, 4)


def test_the_latest_is_that_of_the_last_period_whatever_the_order_of_rows():
    assert one(by="latest", of="借出", where={"乡镇": "乙镇"}).value == 6
    found, _ = measured(by="latest", of="借出", each="乡镇")
    assert {key: fact.value for key, fact in found.items()} == {"m@甲镇": 4, "m@乙镇": 6}


def test_each_gives_one_fact_for_each_value():
    found, _ = measured(by="share", of="归还", over="借出", each="乡镇")
    assert [key for key in found if "/" not in key] == ["m@甲镇", "m@乙镇"]
    assert found["m@甲镇"].value * 14 == 12 and found["m@乙镇"].value * 7 == 3


def test_what_is_not_known_makes_the_extremes_and_not_the_rest_unknown():
    rows = (*ROWS[:3], ("乙镇", "2025-03", "助听器", "未公布", "0", "1.00", ""))
    assert [one(rows, by=by, of="借出").state for by in ("min", "max", "sum")] == [State.UNPUBLISHED] * 3
    assert one((), by="min", of="借出").state is State.BLANK and one((), by="count").value == 0
    assert one((*ROWS, ("丙镇", "2025-03", "助听器", "不适用", "0", "1.00", "")), by="min", of="借出").value == 1


def test_counted_rows_are_named_and_hidden_inputs_hide():
    assert one(by="count", where={"乡镇": "甲镇"}).rows == (Origin("aids/2025/loans.csv", "", 2, "乡镇"), Origin("aids/2025/loans.csv", "", 3, "乡镇"))
    _, facts = measured(by="min", of="借出")
    shut = disclose(facts, (), frozenset({facts["aids/2025/m"].inputs[0]})).facts["aids/2025/m"]
    assert (shut.state, shut.value, shut.inputs) == (State.SUPPRESSED, None, ())


@pytest.mark.parametrize(
    "told",
    [
        {"by": "median", "of": "借出"}, {"of": "借出"}, {"by": "sum"}, {"by": "sum", "of": "借了"}, {"by": "sum", "of": "种类"}, {"by": "count", "of": "借出"},
        {"by": "count", "where": {"种类": "轮椅", "乡镇": "甲镇"}}, {"by": "count", "where": {"借出": "10"}}, {"by": "count", "where": {"种类": "拐杖"}},
        {"by": "count", "where": {"内部编号": "1"}}, {"by": "share"}, {"by": "share", "of": "归还"}, {"by": "share", "over": "借出"},
        {"by": "sum", "of": "借出", "over": "归还"}, {"by": "latest", "of": "借出"}, {"by": "latest", "of": "借出", "where": {"乡镇": ["甲镇", "乙镇"]}},
        {"by": "count", "each": "内部编号"}, {"by": "count", "table": "gone"}, {"by": "count", "when": "x"}, {"by": "sum", "of": "借出", "unit": "items"},
        {"by": "mean", "of": "借出"}, {"by": "count", "unit": "miles"}, {"by": "count", "where": {"种类": 1}}, {"name": "loans", "by": "count"},
        {"fact": "m", "by": "count"},
    ],
)  # fmt: skip
def test_a_wrong_measure_fails_when_the_schema_is_read(told):
    with pytest.raises((Wrong, ValueError, TypeError)):
        measured(**told)


def test_every_schema_can_be_read_and_its_derived_measures_are_made():
    public = account(SMALL).public.facts
    for name in registers.ORDER:
        for measure in schema.load(name).measures:
            assert measure.derived or measure.title
    assert "evaluations/2025/evaluated-share" in public and "evaluations/2025/slowest" in public


# ---- equations of own tables


def weighed(holds: str, differs: str = ""):
    kept, facts = data(), Facts()
    plain.leaves(kept, facts)
    equation = declared.equation({"id": "e", "each": "row", "holds": holds, **({"differs": differs} if differs else {})}, kept.schema.fields, "aids")
    return plain.equations(replace(kept, schema=replace(kept.schema, equations=(equation,))), facts), facts


def test_an_equation_holds_in_every_row_and_says_titles():
    found, _ = weighed("back <= lent")
    assert [(str(c.verdict), c.words, c.note) for c in found] == [("balanced", "归还 不超过 借出", "在限度以内。")] * 4
    assert found[0].place == "甲镇（2025-01）"
    found, _ = weighed("lent <= back")
    assert [str(c.verdict) for c in found] == ["unbalanced", "balanced", "unbalanced", "balanced"]
    found, _ = weighed("lent = back", differs="口径")
    assert {str(c.verdict) for c in found} == {"balanced", "different-basis"}


def test_one_fen_is_never_rounding_in_own_tables():
    found, _ = weighed("deposit = deposit + deposit - deposit")
    assert {str(c.verdict) for c in found} == {"balanced"}
    kept = data((("甲镇", "2025-01", "轮椅", "1", "1", "0.01", "1"),))
    facts = Facts()
    plain.leaves(kept, facts)
    equation = declared.equation({"id": "e", "each": "row", "holds": "deposit <= deposit - deposit"}, kept.schema.fields, "aids")
    (found,) = plain.equations(replace(kept, schema=replace(kept.schema, equations=(equation,))), facts)
    assert (str(found.verdict), found.difference) == ("unbalanced", 1)


@pytest.mark.parametrize("told", [{"holds": "lent = gone"}, {"holds": "lent = town"}, {"holds": "lent"}, {"holds": "lent = back", "each": "tree"}, {"holds": "lent = back", "x": 1}])
def test_a_wrong_equation_fails_when_the_schema_is_read(told):
    with pytest.raises(ValueError):
        declared.equation({"id": "e", "each": "row", **told}, table().fields, "aids")


def test_a_measure_may_stay_out_of_the_main_figures():
    table_ = table()
    assert declared.measure({"name": "m", "title": "量", "by": "count", "figure": False}, [table_], "aids").figure is False
    assert declared.measure({"fact": "m", "figure": False}, [table_], "aids").figure is False and declared.measure({"fact": "m"}, [table_], "aids").figure
