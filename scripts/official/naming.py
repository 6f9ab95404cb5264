"""Names that stand beside codes in a register's own tables: as the tables of codes give them, in any year, however they are spaced."""

from dataclasses import replace

from scripts import schema
from scripts.cells import Cell, State, Value
from scripts.official import codes, names
from scripts.official.words import told
from scripts.problems import Problem, problem
from scripts.tables import Data, Row
from scripts.tables.words import pattern


def named(data: Data) -> tuple[Data, list[Problem]]:
    """The table with spaced names of known codes written together, and what is to be said of its names."""
    problems: list[Problem] = []
    for field in (f for f in data.schema.fields if f.names):
        rows, said = [], set()
        for row in data.rows:
            rows.append(row)
            if row.values[field.id].state is State.KNOWN:
                right, wrong = _name(data, row, field)
                if right != row.text(field.id):
                    rows[-1] = _renamed(row, field.id, right)
                kinds = {(each.kind, each.severity, row.text(field.names), row.text(field.id)) for each in wrong}
                problems += wrong if not kinds <= said else []  # each other name of a code once
                said |= kinds
        data = replace(data, rows=tuple(rows))
    return data, problems


def _name(data: Data, row: Row, field: schema.Field) -> tuple[str, list[Problem]]:
    """(the name to publish, what is to be said of it). Another year's name is kept as printed."""
    text, code = row.text(field.id), row.text(field.names)
    place, kind = data.place(row, field.id), data.schema.field(field.names).code
    known = codes.load(data.year)
    present = known.own.get((kind, code)) or known.near.get((kind, code), "")
    if not pattern("texts", "han").search(text):
        return text, [problem("not-a-name", **place, code=code, example=present or field.example)]
    every = {names.plain(name): name for name in (*codes.names(kind, code), present) if name}
    if names.plain(text) in every:
        right = every[names.plain(text)] if _spaced(text) else text
        if names.plain(text) != names.plain(present):
            return right, [problem("name-of-another-year", **place, code=code, present=present)]
        return right, [problem("read-as", **place, normal=right)] if right != text else []
    if now := _earlier(text, code, kind, data.year):
        return text, [problem("name-of-another-year", **place, code=code, present=present or now)]
    if present:
        return text, [problem("name-of-no-code", **place, code=code, right=present)]
    together = "".join(text.split())
    if _spaced(text) and _by_spaces(text):
        return together, [problem("read-as", **place, normal=together)]
    return text, []


def _earlier(text: str, code: str, kind: str, year: int) -> str:
    """The present name of a subject that bore this one in earlier years, "" where none is known."""
    if kind == "function" and len(code) == 3 and codes.class_key(text, year) == code:
        return codes.load(year).near[kind, code]
    return told()["renamed"].get(names.plain(text), "")


def _spaced(text: str) -> bool:
    return any(c.isspace() for c in text)


def _by_spaces(text: str) -> bool:
    """Whether every sign stands alone, as a name is spread over the width of its cell."""
    parts = text.split()
    return len(parts) > 1 and all(len(part) == 1 for part in parts)


def _renamed(row: Row, field_id: str, text: str) -> Row:
    cell = Cell(text, row.cells[field_id].origin)
    return Row(row.line, {**row.cells, field_id: cell}, {**row.values, field_id: Value(State.KNOWN, text)})
