"""The only reader of a register's own data: strict, text first, every problem of a file at once, nothing dropped."""

import csv
import datetime
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from scripts import cells, schema
from scripts.cells import Cell, NotUnderstood, Origin, State, Value
from scripts.facts import key_part
from scripts.problems import Problem, problem

LIMIT_BYTES, LIMIT_ROWS, LIMIT_COLUMNS = 20_000_000, 200_000, 60


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
        blank = {id_: Cell("", self.cells[id_].origin) for id_ in shut}
        return Row(self.line, {**self.cells, **blank}, {**self.values, **dict.fromkeys(shut, Value(State.BLANK))})


@dataclass(frozen=True, slots=True)
class Data:
    """A table as read. `file` is relative to the publisher's folder."""

    schema: schema.Table
    register: str
    year: int
    file: str
    rows: tuple[Row, ...]

    def key(self, row: Row) -> str:
        """The row's part of a fact key: its primary key joined by `+`; a date is the same day however it is spelt."""
        return "+".join(self.key_of(row, field) for field in self.schema.key)

    def key_of(self, row: Row, field: str) -> str:
        return key_part(_named(row.values[field], row.text(field)))

    def opened(self) -> "Data":
        """The same without what closed columns say."""
        shut = {field.id for field in self.schema.fields if not field.publish}
        return replace(self, rows=tuple(row.without(shut) for row in self.rows)) if shut else self


def _named(value: Value, text: str) -> str:
    return value.value.isoformat() if isinstance(value.value, datetime.date) else text


def read_table(path: Path, table: schema.Table, register: str, year: int, folder: Path) -> tuple[Data | None, list[Problem]]:
    """A register's CSV under its schema. None only when the file cannot be read as this table at all."""
    shown = path.relative_to(folder).as_posix()
    lines, problems = read_lines(path, shown)
    if lines is None:
        return None, problems
    header_problems = _header_problems(lines, table, shown)
    if header_problems:
        return None, problems + header_problems
    order = {name: index for index, name in enumerate(lines[0])}
    rows = []
    for number, texts in enumerate(lines[1:], start=2):
        if not any(texts):
            problems.append(problem("empty-row", file=shown, row=number))
        elif len(texts) != len(lines[0]):
            problems.append(
                problem("cell-count", file=shown, row=number, value=",".join(texts), has=len(texts), needs=len(order))
            )
        else:
            row, wrong = _row(number, texts, order, table, shown)
            rows.append(row)
            problems += wrong
    data = Data(table, register, year, shown, tuple(rows))
    return data, problems + _duplicates(data)


def read_lines(path: Path, shown: str) -> tuple[list[list[str]] | None, list[Problem]]:
    """Records of a CSV as text, UTF-8 (with or without BOM) or GB18030, or one problem that says why not."""
    if path.is_symlink():
        return None, [problem("symlink", file=shown)]
    try:
        raw = path.read_bytes()
    except OSError as wrong:  # open in another program, or not ours to read
        return None, [problem("system", file=shown, reason=wrong.strerror or "")]
    if len(raw) > LIMIT_BYTES:
        return None, [problem("too-large", file=shown)]
    text = _decoded(raw)
    if text is None or "\0" in text:
        return None, [problem("not-utf8", file=shown)]
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        return None, [problem("broken-quotes", file=shown)]
    while lines and not any(lines[-1]):  # a text editor's last empty lines are not rows
        lines.pop()
    if not lines or not any(lines[0]):
        return None, [problem("empty-file", file=shown)]
    if len(lines) > LIMIT_ROWS or len(lines[0]) > LIMIT_COLUMNS:
        return None, [problem("too-large", file=shown)]
    return lines, []


def _decoded(raw: bytes) -> str | None:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _header_problems(lines: list[list[str]], table: schema.Table, shown: str) -> list[Problem]:
    header, wanted = lines[0], [f.name for f in table.fields]
    if len(header) == 1 and re.search("[;\t\uff0c|]", header[0]):
        return [problem("wrong-separator", file=shown, value=header[0])]
    found = []
    for index, name in enumerate(header):
        if name in header[:index]:
            found.append(problem("duplicate-column", file=shown, row=1, column=name))
        elif name not in wanted:
            found.append(problem("extra-column", file=shown, row=1, column=name, title=table.title))
    for name in wanted:
        if name not in header:
            found.append(problem("missing-column", file=shown, row=1, column=name, title=table.title))
    return found


def _row(number: int, texts: list[str], order: dict[str, int], table: schema.Table, shown: str) -> tuple[Row, list[Problem]]:
    read, values, problems = {}, {}, []
    for field in table.fields:
        text = texts[order[field.name]]
        read[field.id] = Cell(text, Origin(shown, "", number, field.name))
        try:
            values[field.id] = parse(text, field)
            if field.type == "date" and field.id in table.key and values[field.id].state is not State.KNOWN:
                raise NotUnderstood("not-a-date", example="2024-02-29")  # an observation without its date is none
        except NotUnderstood as wrong:
            values[field.id] = Value(State.BLANK)
            problems.append(problem(wrong.kind, file=shown, row=number, column=field.name, value=text, **wrong.details))
    return Row(number, read, values), problems


def parse(text: str, field: schema.Field) -> Value:
    """A cell under its field: type first, then constraints. NotUnderstood carries the problem kind."""
    value = _PARSERS[field.type](text, field)
    if value.state is State.BLANK and field.required:
        raise NotUnderstood("required", title=field.title)
    if value.state is not State.KNOWN:
        return value
    rules = field.constraints
    if "enum" in rules and text not in rules["enum"]:
        raise NotUnderstood("not-in-list", choices=cells.wording.say("lists.join").join(rules["enum"]))
    if "pattern" in rules and not re.fullmatch(rules["pattern"], text):
        raise NotUnderstood("wrong-code", title=field.title)
    if field.code == "function" and not re.fullmatch("[0-9]{3}|[0-9]{5}|[0-9]{7}", text):
        raise NotUnderstood("function-code", example="2081104")
    if field.code == "economic" and not re.fullmatch("[0-9]{3}|[0-9]{5}", text):
        raise NotUnderstood("economic-code", example="30201")
    if "minimum" in rules and value.value < rules["minimum"]:
        raise NotUnderstood("below-minimum", least=rules["minimum"])
    if "maximum" in rules and value.value > rules["maximum"]:
        raise NotUnderstood("above-maximum", most=rules["maximum"])
    return value


_PARSERS: dict[str, Callable[[str, schema.Field], Value]] = {
    "string": lambda text, field: cells.string(text),
    "number": lambda text, field: cells.money(text, field.scale) if field.scale else cells.number(text),
    "integer": lambda text, field: cells.integer(text),
    "date": lambda text, field: cells.date(text),
}


def _duplicates(data: Data) -> list[Problem]:
    seen: dict[str, int] = {}
    problems = []
    names = cells.wording.say("lists.join").join(data.schema.field(f).name for f in data.schema.key)
    for row in data.rows:
        key = data.key(row)
        same = key.casefold()  # "KF-01" and "kf-01" would have one address
        if same in seen:
            problems.append(
                problem("duplicate-key", file=data.file, row=row.line, column=names, value=key, first=seen[same])
            )
        seen.setdefault(same, row.line)
    return problems
