"""Per cents that an official table prints as words: can the numbers of their row give them at all?"""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations

from scripts import display
from scripts.cells import FEN_IN, WAN, State, normal
from scripts.inputs import RegisterYear
from scripts.official import OfficialTable, Row
from scripts.problems import Problem, problem

RATES, CHANGES = "rate", "change_text"  # beginnings of the roles that hold per cents; of changes, only what bears the sign
PERCENT = re.compile(r"([0-9]+(?:\.([0-9]+))?)(%?)")


def problems(year: RegisterYear) -> list[Problem]:
    if year.official is None:
        return []
    return [each for table in year.official.tables.values() for row in table.rows for each in _rates(table, row)]


def _rates(table: OfficialTable, row: Row) -> Iterator[Problem]:
    amounts = [value.value for _, value in row.cells.values() if value.state is State.KNOWN and isinstance(value.value, int)]
    place = Fraction(FEN_IN[table.unit or WAN], 10**table.places)
    for role, (cell, _) in row.cells.items():
        found = PERCENT.search(normal(cell.text)) if role.startswith((RATES, CHANGES)) else None
        if found is None or not (found[3] or role.startswith(RATES)) or len(amounts) < 2:
            continue
        places = len(found[2] or "")
        near = sorted(_ratios(amounts, place), key=lambda each: abs(each[0] - Fraction(found[1])))
        if near and all(abs(rate - Fraction(found[1])) > Fraction(1, 10**places) + slack for rate, slack in near):
            example = f"{display.decimal(near[0][0], places).replace(',', '')}{found[3]}"
            yield problem("printed-rate", file=table.file, row=row.line, column=cell.origin.column, value=cell.text, example=example)


def _ratios(amounts: list[int], place: Fraction) -> Iterator[tuple[Fraction, Fraction]]:
    """Part of whole, change against what was before, change printed beside its result; each with what rounding of the amounts explains."""
    for one, other in permutations(amounts, 2):
        for part, whole in ((one, other), (one - other, other), (one, other - one)):
            if whole:
                rate = abs(Fraction(part * 100, whole))
                yield rate, (100 + rate) * place / abs(whole)
