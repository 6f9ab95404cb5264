"""Amounts that look typed in the other unit, and payments that stand twice."""

from bisect import bisect_left

from scripts import display
from scripts.inputs import RegisterYear
from scripts.problems import Problem, problem
from scripts.schema import Field
from scripts.tables import Data, Row

UNITS_APART = 10_000  # yuan in ten thousand yuan
FAR = 1_000  # an amount this many times off the middle of its column is looked at
ENOUGH = 3  # other amounts, to say what is usual
# What makes two rows the same deed, though their numbers differ; by table.
SAME_DEED = {
    "payments": ("project", "date", "amount", "payee_type", "payee", "economic", "purpose"),
    "funding": ("project", "source", "allotted_on", "allotted", "arrived_on", "code"),
    "adjustments": ("date", "code", "project", "kind", "amount"),
}


def problems(year: RegisterYear) -> list[Problem]:
    found = []
    for data in year.tables.values():
        for field in (f for f in data.schema.fields if f.scale):
            found += _other_unit(data, field)
        found += _twice(data)
    return found


def _other_unit(data: Data, field: Field) -> list[Problem]:
    """An amount that is about a ten-thousandth, or ten thousand times, of what else stands in its column."""
    rows = [row for row in data.rows if row[field.id]]
    amounts = sorted(abs(row[field.id]) for row in rows)
    if len(amounts) <= ENOUGH:
        return []
    found = []
    for row in rows:
        amount = abs(row[field.id])
        at = bisect_left(amounts, amount)
        usual, least, most = _usual(amounts, at), amounts[at == 0], amounts[-2 if at == len(amounts) - 1 else -1]
        place = data.place(row, field.id)
        if amount * FAR < usual and amount * UNITS_APART <= 2 * most:
            found.append(problem("amount-too-small", **place, example=_shown(field, row[field.id] * UNITS_APART)))
        elif amount > usual * FAR and amount * 2 >= least * UNITS_APART:
            found.append(problem("amount-too-large", **place, example=_shown(field, row[field.id] // UNITS_APART)))
    return found


def _usual(amounts: list[int], at: int) -> float:
    """The median of all sorted amounts but the one at a place."""
    middle = len(amounts) - 2
    low, high = middle // 2, (middle + 1) // 2
    return (amounts[low + (low >= at)] + amounts[high + (high >= at)]) / 2


def _shown(field: Field, fen: int) -> str:
    return display.machine_decimal(fen, field.scale)


def _twice(data: Data) -> list[Problem]:
    """The second of two rows that tell the same deed."""
    seen: dict[tuple, Row] = {}
    found = []
    ids = SAME_DEED.get(data.schema.name, ())
    for row in data.rows if ids else ():
        deed = tuple(row[id_] for id_ in ids)
        first = seen.setdefault(deed, row)
        amount = next(id_ for id_ in ids if data.schema.field(id_).scale)
        if first is not row and row[amount]:
            found.append(problem("same-deed", **data.place(row, amount), first=first.line))
    return found
