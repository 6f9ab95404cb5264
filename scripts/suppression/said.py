"""What the clerk must know of hidden numbers: those that stay open all the same, in words, in an order, in an earlier site."""

import re
from collections.abc import Iterable, Iterator

from scripts import wording
from scripts.cells import normal
from scripts.facts import Fact, Facts
from scripts.inputs import Inputs
from scripts.plain import leaf_key
from scripts.problems import Problem, problem
from scripts.suppression.people import tables
from scripts.tables import Data, Row

FEW_ROWS = 4  # so many stand in order by chance


def exposed(facts: Facts, keys: Iterable[str], kind: str) -> Iterator[Problem]:
    """One problem for each number that can be reckoned, at its cell, or at the first cell that it is made of."""
    for key in keys:
        fact = facts[key]
        origin = _first(facts, fact).origin
        yield problem(kind, file=origin.file, sheet=origin.sheet, row=origin.row, column=origin.column, title=fact.title)


def _first(facts: Facts, fact: Fact) -> Fact:
    while not fact.leaf:
        fact = facts[fact.inputs[0]]
    return fact


def elsewhere(inputs: Inputs, facts: Facts, hidden: Facts) -> Iterator[Problem]:
    """Hidden counts that a row tells in words, the count's own or one that names it; or that the order of the rows tells."""
    for data in tables(inputs):
        for field in data.schema.people_fields:
            keys = [leaf_key(data, row, field.id) for row in data.rows]
            shut = {key for key in keys if not hidden[key].known and facts[key].known}
            for row, key in zip(data.rows, keys, strict=True):
                if key in shut:
                    yield from _in_words(inputs, data, row, facts[key])
            known = [facts[key].value for key in keys if facts[key].known]
            if shut and len(set(known)) >= FEW_ROWS and _sorted(known) and not _sorted([data.key(row) for row in data.rows]):
                yield problem("order-tells", **data.place(), column=field.name)


def _sorted(values: list) -> bool:
    return values == sorted(values) or values == sorted(values, reverse=True)


def _in_words(inputs: Inputs, data: Data, row: Row, fact: Fact) -> Iterator[Problem]:
    said = wording.table("suppression")
    number = "|".join([str(fact.value), *said["numerals"].get(str(fact.value), ())])
    told = re.compile(said["in_words"].format(number=number))
    for other, each in [(data, row), *_naming(inputs, data, row)]:
        for field in other.schema.fields:
            if field.publish and field.type == "string" and "enum" not in field.constraints and told.search(normal(each.text(field.id))):
                yield problem("count-in-words", **other.place(each, field.id))


def _naming(inputs: Inputs, data: Data, row: Row) -> Iterator[tuple[Data, Row]]:
    """Rows of the year's other tables that hold the row's code."""
    if len(data.schema.key) != 1 or not data.schema.field(data.schema.key[0]).code:
        return
    code = row.text(data.schema.key[0])
    for year in inputs.years.values():
        for other in year.tables.values():
            if other is not data and other.year == data.year:
                codes = [field.id for field in other.schema.fields if field.code]
                yield from ((other, each) for each in other.rows if any(each.text(id_) == code for id_ in codes))
