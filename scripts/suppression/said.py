"""What the clerk must know of hidden numbers: those that stay open all the same, in words, in an order, in an earlier site."""

import re
from collections.abc import Iterable, Iterator

from scripts import wording
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
    """Hidden counts that the same row tells in words, or that the order of the rows tells."""
    for data in tables(inputs):
        for field in data.schema.people_fields:
            keys = [leaf_key(data, row, field.id) for row in data.rows]
            shut = [key for key in keys if not hidden[key].known and facts[key].known]
            if not shut:
                continue
            for row, key in zip(data.rows, keys, strict=True):
                if key in shut:
                    yield from _in_words(data, row, facts[key])
            known = [facts[key].value for key in keys if facts[key].known]
            if len(set(known)) >= FEW_ROWS and (known == sorted(known) or known == sorted(known, reverse=True)):
                yield problem("order-tells", **data.place(), column=field.name)


def _in_words(data: Data, row: Row, fact: Fact) -> Iterator[Problem]:
    said = wording.table("suppression")
    number = "|".join({str(fact.value), *said["numerals"].get(str(fact.value), ())})
    told = re.compile(f"(?<![0-9.])(?:{number})\\s*(?:{'|'.join(said['persons'])})")
    for field in data.schema.fields:
        if field.publish and field.type == "string" and told.search(row.text(field.id)):
            yield problem("count-in-words", **data.place(row, field.id))
