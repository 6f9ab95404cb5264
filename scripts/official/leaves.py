"""Cells of an official table -> leaf facts `register/year/kind/row/column`."""

from scripts.cells import State, Value
from scripts.facts import Fact, Facts, Unit
from scripts.official import names
from scripts.official.table import OfficialTable, Row
from scripts.official.words import say


def leaves(table: OfficialTable, register: str, year: int, facts: Facts) -> list[Fact]:
    """Adds a fact for every amount and rate, blank ones included; all with the decimals of their table.

    `scale` is the unit the cell is printed in, "" where the source gives none.
    """
    columns = {column.index: column for column in table.columns}
    found = []
    for row in table.rows:
        if not table.is_fact(row):
            continue
        for role, index in row.indexes.items():
            column = columns[index]
            if column.numeric:
                found.append(_leaf(table, register, year, facts, row, role, column))
    return found


def _leaf(table: OfficialTable, register: str, year: int, facts: Facts, row: Row, role: str, column) -> Fact:
    cell, value = row.cells[role]
    money = column.type == "money"
    scale = (names.unit_in(row.name) or names.unit_in(column.path) or table.unit or "") if money else ""
    if money:
        value = Value(value.state, value.value if value.state is State.KNOWN else None, table.places)
    title = say("title", year=year, title=table.title, row=row.name, column=column.title)
    return facts.leaf(table.leaf_key(row, role), title, cell, value, Unit.FEN if money else Unit.SHARE, scale)
