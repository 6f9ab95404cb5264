"""Which public facts count people, or what few of them were paid: what the gate guards, and how closely."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from scripts.facts import Fact, Facts, Unit
from scripts.inputs import Inputs
from scripts.plain import leaf_key
from scripts.tables import Data, Row


@dataclass(frozen=True, slots=True)
class Guard:
    """How a fact is guarded once it is hidden: what others may learn of it is no narrower than `need` and reaches up to `reach`.

    `sensitive`: hidden whatever else is. `low`: what everybody knows it is at least; a zero may be hidden too. `cost`: of hiding it.
    `total`: over others, and so rather shown than these.
    """

    sensitive: bool
    need: int
    reach: int | None = None
    low: int | None = None
    cost: int = 1
    total: bool = False


def guards(inputs: Inputs, facts: Facts) -> dict[str, Guard]:
    """Every fact that may have to be hidden, by key: counts of people, what they were paid, and the sums of these."""
    limits = inputs.publisher.thresholds
    found: dict[str, Guard | None] = {}  # None: of the family, and no number (a blank, an amount of nothing)
    for data in tables(inputs):
        found |= dict(_counts(data, facts, int(limits["small_count_fine" if data.schema.people.fine else "small_count"])))
        found |= dict(_amounts(data, _recipients(data, inputs), facts, int(limits["recipients"]), limits["dominance"]))
    for fact in facts:
        if fact.operation == "sum" and fact.known and fact.inputs and all(key in found for key in fact.inputs):
            money = fact.unit is Unit.FEN
            guard = Guard(False, 1, cost=_cost(fact)) if money else _count(fact.value, int(limits["small_count"]))
            found[fact.key] = replace(guard, total=True) if guard else None
    return {key: guard for key, guard in found.items() if guard is not None}


def tables(inputs: Inputs) -> Iterator[Data]:
    """Every table of a register's own that counts people, or what they were paid."""
    for year in inputs.years.values():
        for data in year.tables.values():
            if data.schema.people_fields or data.schema.people.amounts:
                yield data


def counted(data: Data, facts: Facts) -> Iterator[tuple[Row, Fact]]:
    """Each row with each count of people that it publishes."""
    for row in data.rows:
        for field in data.schema.people_fields:
            if field.publish:
                yield row, facts[leaf_key(data, row, field.id)]


def _counts(data: Data, facts: Facts, threshold: int) -> Iterator[tuple[str, Guard | None]]:
    for _, fact in counted(data, facts):
        yield fact.key, _count(fact.value, threshold)


def _count(value: int | None, threshold: int) -> Guard | None:
    return None if value is None else Guard(0 < value < threshold, threshold, threshold, 0, value)


def _recipients(data: Data, inputs: Inputs) -> dict[int, int | None]:
    """How many persons each row pays, by line: counted in the row itself, or in the row that it names; None: it pays none, or nobody knows."""
    people, lines = data.schema.people, {}
    if not people.amounts:
        return lines
    for row in data.rows:
        if all(row.text(id_) == word for id_, word in people.only):
            lines[row.line] = _named(data, row, inputs) if people.recipients else row[data.schema.people_fields[0].id]
    return lines


def _named(data: Data, row: Row, inputs: Inputs) -> int | None:
    key = data.schema.foreign_keys[0]
    year = inputs.get(key.register, data.year)
    target = year.tables.get(key.table) if year else None
    if target is None:
        return None
    counts = {field.name: field.id for field in target.schema.people_fields}
    wanted = tuple(row.text(id_) for id_ in key.fields)
    found = [each for each in target.rows if tuple(each.text(id_) for id_ in target.schema.key) == wanted]
    return found[0][counts[data.schema.people.recipients]] if found else None


def _amounts(
    data: Data, recipients: dict[int, int | None], facts: Facts, least: int, dominance: Fraction
) -> Iterator[tuple[str, Guard | None]]:
    """What persons were paid: sensitive for too few of them, or where one got nearly all.

    The other rows of the table are guarded only where one of these is: they may have to be hidden beside it.
    """
    found = dict(_paid(data, recipients, facts, least, dominance))
    few = any(guard is not None and guard.sensitive for guard in found.values())
    paying = {leaf_key(data, row, id_) for row in data.rows if row.line in recipients for id_ in data.schema.people.amounts}
    yield from ((key, guard) for key, guard in found.items() if few or key in paying)


def _paid(
    data: Data, recipients: dict[int, int | None], facts: Facts, least: int, dominance: Fraction
) -> Iterator[tuple[str, Guard | None]]:
    people = data.schema.people
    for row in data.rows:
        persons = recipients.get(row.line)
        largest = row[people.largest] if people.largest else None
        for id_ in people.amounts:
            fact = facts[leaf_key(data, row, id_)]
            if not fact.known or not fact.value:
                yield fact.key, None
                continue
            few = persons is not None and 0 < persons < least
            one = largest is not None and Fraction(largest, fact.value) >= dominance
            yield fact.key, Guard(few or one, max(1, abs(fact.value) // 5) if few or one else 1, None, 0 if fact.value > 0 else None, _cost(fact))


def _cost(fact: Fact) -> int:
    """Of an amount: the shorter, the cheaper to hide."""
    return len(str(abs(fact.value)))
