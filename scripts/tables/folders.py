"""A register's year as its clerk keeps it: CSV files, workbooks of one table, one workbook of the year; each table from one place."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from scripts import cells, schema, workbooks
from scripts.problems import Problem, problem
from scripts.tables import header
from scripts.tables.data import Data
from scripts.tables.grid import Grid
from scripts.tables.reading import read_grid, read_table
from scripts.tables.records import too_much

WORKBOOK = ".xlsx"


@dataclass(slots=True)
class Found:
    """`tables` by name; `taken`: the files that were looked into; `unread`: a workbook that may hold what is missing."""

    tables: dict[str, Data] = field(default_factory=dict)
    taken: set[Path] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    unread: bool = False
    lost: frozenset[str] = frozenset()  # names of the tables that are not here because something is wrong, which is said


@dataclass(frozen=True, slots=True)
class _Source:
    path: Path
    sheet: workbooks.Sheet | None = None


def read_year(told: schema.Schema, year: int, root: Path) -> Found:
    """Every table of a register's year, wherever it stands; a table in two places is read once and said."""
    folder, found = root / told.register / str(year), Found()
    book = folder.with_name(f"{year}{WORKBOOK}")
    sheets = _sheets(book, root, found, lambda sheet: _table_of(told, sheet)) if book.is_file() else []
    whole = [(book, sheet) for sheet in sheets if told.of_sheet(sheet.name)]
    for table in told.tables:
        sources = [*_own(folder, table, root, found), *(_Source(path, sheet) for path, sheet in whole if told.of_sheet(sheet.name) == table.name)]
        for other in sources[1:]:
            sheet = other.sheet.name if other.sheet else ""
            place = {"file": _shown(other.path, root), "sheet": sheet, "title": table.title, "other": _shown(sources[0].path, root)}
            found.problems.append(problem("table-twice", **place))
        if sources:
            _read(sources[0], table, told.register, year, root, found)
    looked = {path.stem for path in found.taken} | {told.of_sheet(sheet.name) for _, sheet in whole} | set(found.tables)
    missing = [table for table in told.tables if table.name not in looked and not table.optional] if not found.unread else []
    strays = [sheet.name for sheet in sheets if not told.of_sheet(sheet.name)]
    titles = cells.wording.say("lists.join").join(table.title for table in missing or told.tables)
    found.problems += [problem("unknown-sheet", file=_shown(book, root), sheet=name, sheet_name=name, titles=titles) for name in strays]
    if len(missing) > len(strays):  # else each of them is a sheet with a wrong name
        place, example = book if book.is_file() else None, cells.wording.say("tables.no_rows")
        found.problems += [
            problem("missing-table", file=_shown(place or folder / f"{table.name}.csv", root), title=table.title, example=example) for table in missing
        ]
    absent = {table.name for table in told.tables if table.optional and table.name not in looked and not (strays or found.unread)}
    found.lost = frozenset({table.name for table in told.tables} - set(found.tables) - absent)
    return found


def _own(folder: Path, table: schema.Table, root: Path, found: Found) -> list[_Source]:
    """The table's own CSV, and the one sheet of its own workbook."""
    csv, book = folder / f"{table.name}.csv", folder / f"{table.name}{WORKBOOK}"
    sources = [_Source(csv)] if csv.is_file() else []
    found.taken |= {source.path for source in sources}
    if book.is_file():
        sheets = _sheets(book, root, found, lambda sheet: table)
        found.problems += [
            problem("second-sheet", file=_shown(book, root), sheet=sheet.name, sheet_name=sheet.name, title=table.title) for sheet in sheets[1:]
        ]
        sources += [_Source(book, sheet) for sheet in sheets[:1]]
    return sources


def _table_of(told: schema.Schema, sheet: workbooks.Sheet) -> schema.Table | None:
    name = told.of_sheet(sheet.name)
    return told.table(name) if name else None


def _sheets(path: Path, root: Path, found: Found, table_of: Callable[[workbooks.Sheet], schema.Table | None]) -> list[workbooks.Sheet]:
    """The sheets of a workbook. What is wrong with them is told by the titles of their columns, where the header has them."""

    def field_of(sheet: workbooks.Sheet, letters: str) -> schema.Field | None:
        table, head = table_of(sheet), sheet.rows[0] if sheet.rows else ()
        name = next((name for index, name in enumerate(head) if header.letters(index) == letters), "")
        return next((field for field in table.fields if field.name == name), None) if table else None

    found.taken.add(path)
    book, problems = workbooks.read(path, _shown(path, root), strict=True, field_of=field_of)
    found.problems += problems
    if book is None:
        found.unread = True
        return []
    return list(book.sheets)


def _read(source: _Source, table: schema.Table, register: str, year: int, root: Path, found: Found) -> None:
    if source.sheet is None:
        data, wrong = read_table(source.path, table, register, year, root)
    else:
        data, wrong = read_sheet(source.sheet, _shown(source.path, root), table, register, year)
    found.problems += wrong
    if data is not None:
        found.tables[table.name] = data


def read_sheet(sheet: workbooks.Sheet, shown: str, table: schema.Table, register: str, year: int) -> tuple[Data | None, list[Problem]]:
    """One sheet under its schema; empty last rows are none, as in a CSV."""
    texts = [list(row) for row in sheet.rows]
    while texts and not any(texts[-1]):
        texts.pop()
    if not texts:
        return None, [problem("empty-file", file=shown, sheet=sheet.name)]
    if wrong := too_much([_filled(texts)] + texts[1:], shown, sheet.name):
        return None, wrong
    return read_grid(Grid(shown, texts, sheet.name, sheet.kinds), table, register, year)


def _filled(texts: list[list[str]]) -> list[str]:
    """The header as far as it is written: a sheet is as wide as its widest row."""
    return texts[0][: max((index for index, name in enumerate(texts[0], start=1) if name), default=0)]


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()
