"""A table as read: rows of cells and values, and what can be said of all its rows together."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass, replace

from scripts import cells, schema
from scripts.cells import Cell, Origin, State, Value
from scripts.facts import key_part
from scripts.problems import Problem, problem


@dataclass(frozen=True, slots=True)
class Row:
    """One data row; `line` is the row number Excel shows. `cells` and `values` by field id."""

    line: int
    cells: dict[str, Cell]
    values: dict[str, Value]

    def __getitem__(self, field_id: str):
        """The bare value, None unless known."""
        return self.values[field_id].value

    def text(self, field_id: str) -> str:
        return self.cells[field_id].text

    def without(self, shut: set[str]) -> "Row":
        """These columns blank."""
        if not shut:
            return self
        blank = {id_: Cell("", self.cells[id_].origin) for id_ in shut}
        return Row(self.line, {**self.cells, **blank}, {**self.values, **dict.fromkeys(shut, Value(State.BLANK))})


@dataclass(frozen=True, slots=True)
class Data:
    """A table as read. `file` is relative to the publisher's folder; `sheet` is "" for a CSV."""

    schema: schema.Table
    register: str
    year: int
    file: str
    rows: tuple[Row, ...]
    sheet: str = ""
    dropped: tuple[str, ...] = ()  # lines that are no rows because something is wrong with them: what they name may be there

    def key(self, row: Row) -> str:
        """The row's part of a fact key: its primary key joined by `+`; a date is the same day however it is spelt."""
        return "+".join(self.key_of(row, field) for field in self.schema.key)

    def key_of(self, row: Row, field: str) -> str:
        return key_part(_named(row.values[field], row.text(field)))

    def place(self, row: Row | None = None, field_id: str = "") -> dict:
        """What a problem says of where it is: file, sheet, row, column and value."""
        told = {"file": self.file, "sheet": self.sheet}
        if row is not None:
            told["row"] = row.line
        if row is not None and field_id:
            told |= {"column": self.schema.field(field_id).name, "value": row.text(field_id)}
        return told

    def opened(self, hidden: Collection[Origin] = ()) -> "Data":
        """The same without what closed columns and hidden cells say."""
        shut = {field.id for field in self.schema.fields if not field.publish}
        rows = tuple(row.without(shut | {id_ for id_, cell in row.cells.items() if cell.origin in hidden}) for row in self.rows)
        return replace(self, rows=rows)


def _named(value: Value, text: str) -> str:
    return value.value.isoformat() if isinstance(value.value, datetime.date) else text


def together(data: Data) -> list[Problem]:
    """What no cell shows by itself: a key that comes twice, a code that lost its zeros, a cell that another one rules out or asks for."""
    return _duplicates(data) + _lost_zeros(data) + _only_where(data)


def _only_where(data: Data) -> list[Problem]:
    """A cell filled although the column that decides says otherwise, or empty although it says so. What stands in it is not repeated."""
    problems = []
    for field in (f for f in data.schema.fields if f.only):
        for row in data.rows:
            decides, text = row.values[field.only.field], row.text(field.id)
            if decides.state is not State.KNOWN or text and row.values[field.id].state is State.BLANK:
                continue  # one of the two is wrong by itself
            wanted, state = decides.value == field.only.value, cells.STATE_WORDS.get(text, State.KNOWN)
            empty = state in (State.BLANK, State.NOT_APPLICABLE)
            if empty if wanted else state is State.KNOWN:
                place = data.place(row) | {"column": field.name}
                words = {"title": field.title, "other": field.only.name, "meant": field.only.value}
                kind = "only-there" if empty else "not-there"
                problems.append(problem(kind, **place, **words, told=row.text(field.only.field), example=field.example))
    return problems


def _duplicates(data: Data) -> list[Problem]:
    seen: dict[str, int] = {}
    problems = []
    names = cells.wording.say("lists.join").join(data.schema.field(f).name for f in data.schema.key)
    for row in data.rows:
        key = data.key(row)
        same = key.casefold()  # "KF-01" and "kf-01" would have one address
        if same in seen:
            problems.append(problem("duplicate-key", **data.place(row), column=names, value=key, first=seen[same]))
        seen.setdefault(same, row.line)
    return problems


def _lost_zeros(data: Data) -> list[Problem]:
    """A serial number that is shorter than another of its column that begins with zero: 1 among 01, 02."""
    problems = []
    for field in (f for f in data.schema.fields if f.code == "plain" and "pattern" in f.constraints):
        digits = [(row, row.text(field.id)) for row in data.rows if row.values[field.id].state is State.KNOWN and row.text(field.id).isdecimal()]
        width = max((len(text) for _, text in digits if text.startswith("0")), default=0)
        problems += [
            problem("lost-zero", **data.place(row, field.id), meant=text.zfill(width)) for row, text in digits if len(text) < width
        ]
    return problems
