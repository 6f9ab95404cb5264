"""A table read under its schema: the header, then every row, then all rows together; nothing is dropped without a word."""

from pathlib import Path

from scripts import schema
from scripts.cells import Cell, NotUnderstood, Origin, State, Value
from scripts.problems import Problem, problem
from scripts.tables import header, odd_rows, values
from scripts.tables.data import Data, Row, together
from scripts.tables.grid import Grid
from scripts.tables.header import Header
from scripts.tables.records import read_lines
from scripts.workbooks import BOOLEAN, ERROR, FORMULA

SAID = {BOOLEAN, ERROR, FORMULA}  # cells of a workbook of which it is said already that they are no values


def read_table(path: Path, table: schema.Table, register: str, year: int, folder: Path) -> tuple[Data | None, list[Problem]]:
    """A register's CSV under its schema. None only when the file cannot be read as this table at all."""
    shown = path.relative_to(folder).as_posix()
    lines, problems = read_lines(path, shown)
    if lines is None:
        return None, problems
    if not any(any(text.strip() for text in texts) for texts in lines):
        return None, [*problems, problem("empty-file", file=shown)]
    data, wrong = read_grid(Grid(shown, lines), table, register, year)
    return data, problems + wrong


def read_grid(grid: Grid, table: schema.Table, register: str, year: int) -> tuple[Data | None, list[Problem]]:
    """The same of lines already at hand. With a wrong header there are no data, but all that is wrong below it is said."""
    told = header.read(grid, table)
    problems = list(told.problems)
    if not told.order:
        return None, problems
    below = grid.texts[told.line :]
    rows: list[Row] = []
    dropped: list[str] = []
    if odd_rows.declared_empty(below):
        below = []
    elif not below:
        problems.append(problem("no-rows", **grid.place(told.line + 1), title=table.title, example=odd_rows.NO_ROWS))
    for line, texts in enumerate(below, start=told.line + 1):
        row, wrong = _line(grid, line, texts, told, table)
        rows += [row] if row is not None else []
        dropped += [",".join(texts)] if row is None else []
        problems += wrong
    problems += [wrong for row in rows for wrong in _other_year(row, table, grid, year)]
    if told.problems:
        return None, problems
    data = Data(table, register, year, grid.file, tuple(rows), grid.sheet, tuple(dropped))
    return data, problems + together(data)


def _line(grid: Grid, line: int, texts: list[str], told: Header, table: schema.Table) -> tuple[Row | None, list[Problem]]:
    place = grid.place(line)
    if swallowed := next((text for text in texts if "\n" in text and text.count(",") >= told.width - 1 > 0), ""):
        return None, [problem("broken-quotes", **place, value=swallowed)]
    if sign := header.row_separator(texts):
        return None, [problem("wrong-separator", **place, value=texts[0], sign=sign)]
    if odd_rows.says_no_rows(texts):
        return None, [problem("rows-and-none", **place, value=texts[0])]
    if wrong := odd_rows.odd(texts, line, told, table, grid):
        return None, [wrong]
    if grid.kinds:  # cells right of the header belong to no column
        outside = [(index, text) for index, text in enumerate(texts) if index >= told.width and text]
        if outside:
            return None, [problem("cell-outside", **place, column=header.letters(index), value=text) for index, text in outside]
        texts = (texts + [""] * told.width)[: told.width]
    if len(texts) != told.width:
        return None, [problem("cell-count", **place, value=",".join(texts), has=len(texts), needs=told.width)]
    return _row(grid, line, texts, told, table)


def _row(grid: Grid, line: int, texts: list[str], told: Header, table: schema.Table) -> tuple[Row, list[Problem]]:
    read, found, problems = {}, {}, []
    for field in table.fields:
        if field.name not in told.order:
            continue
        index = told.order[field.name]
        text, place = texts[index], grid.place(line) | {"column": field.name, "value": texts[index]}
        found[field.id] = Value(State.BLANK)
        read[field.id] = Cell(text, Origin(grid.file, grid.sheet, line, field.name))
        if grid.kind(line, index) in SAID:
            continue
        try:
            cell = values.read(text, field, grid.kind(line, index))
            text, found[field.id] = cell.text, cell.value
            if field.type == "date" and field.id in table.key and cell.value.state is not State.KNOWN:
                raise NotUnderstood("not-a-date", example=values.DAY)  # an observation without its date is none
            read[field.id] = Cell(text, read[field.id].origin)
            if cell.rewritten:
                problems.append(problem("read-as", **place, normal=text))
        except NotUnderstood as wrong:
            found[field.id] = Value(State.BLANK)
            problems.append(problem(wrong.kind, **place, **wrong.details))
    return Row(line, read, found), problems


def _other_year(row: Row, table: schema.Table, grid: Grid, year: int) -> list[Problem]:
    """A row of another year than its folder's."""
    return [
        problem("row-of-another-year", **grid.place(row.line), column=field.name, value=row.text(field.id), year=year)
        for field in table.fields
        if field.year and field.id in row.values and row.values[field.id].state is State.KNOWN and str(row[field.id]) != str(year)
    ]


