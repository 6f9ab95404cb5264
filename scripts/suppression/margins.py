"""What everybody can add up although no page prints it: totals that tables of one population share, amounts by a known standard."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from scripts.facts import Facts
from scripts.inputs import Inputs
from scripts.plain import leaf_key
from scripts.suppression.people import counted, tables
from scripts.tables import Data

Terms = dict[str, int]


def shared(inputs: Inputs, facts: Facts) -> Iterator[Terms]:
    """Sums of facts that are nothing, by key and coefficient: one table's rows against another's, a paid amount against its persons."""
    populations: dict[tuple[str, int], list[Data]] = defaultdict(list)
    for data in tables(inputs):
        yield from _standard(data, facts)
        if data.schema.people.population:
            populations[data.schema.people.population, data.year].append(data)
    for group in populations.values():
        for one, other in combinations(group, 2):
            yield from _margin(one, other, facts)


def _margin(one: Data, other: Data, facts: Facts) -> Iterator[Terms]:
    """Wherever the columns that both divide by say the same, both rows count the same persons.

    Only where the two do add up to the same: what does not is for the comparisons to say.
    """
    names = {name for name in _names(one) if name in _names(other)}
    left, right = _grouped(one, names, facts), _grouped(other, names, facts)
    for group in sorted(left.keys() & right.keys()):
        if _total(left[group], facts) == _total(right[group], facts):
            yield {**left[group], **{key: -1 for key in right[group]}}


def _names(data: Data) -> list[str]:
    """Headers of the columns that say which persons and when: those that divide, and the rest of the key."""
    return [data.schema.field(id_).name for id_ in dict.fromkeys((*data.schema.people.by, *data.schema.key))]


def _grouped(data: Data, names: set[str], facts: Facts) -> dict[tuple[str, ...], Terms]:
    ids = [field.id for field in sorted(data.schema.fields, key=lambda field: field.name) if field.name in names]
    first = data.schema.people_fields[0].id
    found: dict[tuple[str, ...], Terms] = defaultdict(dict)
    for row in data.rows:
        if row[first] is not None:
            found[tuple(row.text(id_) for id_ in ids)][leaf_key(data, row, first)] = 1
    return found


def _total(terms: Terms, facts: Facts) -> int:
    return sum(coefficient * facts[key].value for key, coefficient in terms.items())


def _standard(data: Data, facts: Facts) -> Iterator[Terms]:
    """amount - what is paid besides = standard x persons (x months): whoever knows the standard has the persons from the amount."""
    people = data.schema.people
    if not people.standard:
        return
    for row, fact in counted(data, facts):
        if fact.key != leaf_key(data, row, data.schema.people_fields[0].id):
            continue
        for id_ in people.amounts:
            amount = facts[leaf_key(data, row, id_)]
            besides = facts[leaf_key(data, row, people.besides)] if people.besides else None
            if amount.known and fact.value:
                rest = {besides.key: -fact.value} if besides and besides.value else {}
                yield {amount.key: fact.value, **rest, fact.key: -(amount.value - (besides.value or 0 if besides else 0))}
