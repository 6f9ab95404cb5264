"""Cells of an official table -> values; what is not understood is a problem and counts as blank."""

from dataclasses import dataclass, field
from fractions import Fraction

from scripts import cells
from scripts.cells import Cell, NotUnderstood, State, Value
from scripts.official import kinds, names
from scripts.official.column import Column
from scripts.problems import Problem, problem


@dataclass(slots=True)
class Sheet:
    """What the rows of one file share while they are read."""

    kind: kinds.Kind
    columns: list[Column]
    layout: str
    year: int
    unit: str | None
    file: str
    problems: list[Problem] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    code: str = ""

    def say(self, kind: str, line: int, column: str = "", value: str = "", **details: object) -> None:
        self.problems.append(problem(kind, file=self.file, row=line, column=column, value=value, **details))


def value_of(sheet: Sheet, column: Column, cell: Cell, unit: str | None = None) -> Value:
    """The parsed cell, in the unit of its row, its column or its table; what is not understood counts as blank."""
    try:
        if column.type == "money":
            return cells.printed_money(cell.text, unit or names.unit_in(column.path) or sheet.unit)
        if column.type == "percent":
            return _percent(cell.text)
        return Value(State.KNOWN, cell.text) if cell.text.strip() else Value(State.BLANK)
    except NotUnderstood as wrong:
        if sheet.kind.lines != "summary":
            sheet.say(f"official-{wrong.kind}", cell.origin.row, column.path, cell.text, **wrong.details)
        return Value(State.BLANK)


def _percent(text: str) -> Value:
    plain = names.plain(text).removesuffix("%")
    value = cells.printed_money(plain, cells.YUAN) if plain else Value(State.BLANK)
    if value.state is not State.KNOWN:
        return value
    return Value(State.KNOWN, Fraction(plain.replace(",", "")) / 100, value.places + 2)
