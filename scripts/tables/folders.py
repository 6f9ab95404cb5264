"""A register's year as its clerk keeps it: CSV files, workbooks of one table, one workbook of the year; each table from one place."""

from dataclasses import dataclass, field
from pathlib import Path

from scripts import cells, schema, workbooks
from scripts.problems import Problem, problem
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


@dataclass(frozen=True, slots=True)
class _Source:
    path: Path
    sheet: workbooks.Sheet | None = None


def read_year(told: schema.Schema, year: int, root: Path) -> Found:
    """Every table of a register's year, wherever it stands; a table in two places is read once and said."""
    folder, found = root / told.register / str(year), Found()
    whole = _whole(folder.with_name(f"{year}{WORKBOOK}"), told, root, found)
    for table in told.tables:
        sources = [*_own(folder, table, root, found), *(_Source(path, sheet) for path, sheet in whole if sheet.name in (table.title, table.name))]
        for other in sources[1:]:
            sheet = other.sheet.name if other.sheet else ""
            place = {"file": _shown(other.path, root), "sheet": sheet, "title": table.title, "other": _shown(sources[0].path, root)}
            found.problems.append(problem("table-twice", **place))
        if sources:
            _read(sources[0], table, told.register, year, root, found)
    if not found.unread:
        found.problems += [
            problem("missing-table", file=_shown(folder / f"{table.name}.csv", root), title=table.title, example=cells.wording.say("tables.no_rows"))
            for table in told.tables
            if table.name not in found.tables and not table.optional and not any(_is_of(path, table) for path in found.taken) and not _named(whole, table)
        ]
    return found


def _own(folder: Path, table: schema.Table, root: Path, found: Found) -> list[_Source]:
    """The table's own CSV, and the one sheet of its own workbook."""
    csv, book = folder / f"{table.name}.csv", folder / f"{table.name}{WORKBOOK}"
    sources = [_Source(csv)] if csv.is_file() else []
    found.taken |= {source.path for source in sources}
    if book.is_file():
        sheets = _sheets(book, root, found)
        found.problems += [
            problem("second-sheet", file=_shown(book, root), sheet=sheet.name, sheet_name=sheet.name, title=table.title) for sheet in sheets[1:]
        ]
        sources += [_Source(book, sheet) for sheet in sheets[:1]]
    return sources


def _whole(path: Path, told: schema.Schema, root: Path, found: Found) -> list[tuple[Path, workbooks.Sheet]]:
    """The sheets of the year's workbook; one that is no table of the register is said."""
    if not path.is_file():
        return []
    known = {name for table in told.tables for name in (table.title, table.name)}
    titles = cells.wording.say("lists.join").join(table.title for table in told.tables)
    sheets = _sheets(path, root, found)
    found.problems += [
        problem("unknown-sheet", file=_shown(path, root), sheet=sheet.name, sheet_name=sheet.name, titles=titles) for sheet in sheets if sheet.name not in known
    ]
    return [(path, sheet) for sheet in sheets if sheet.name in known]


def _sheets(path: Path, root: Path, found: Found) -> list[workbooks.Sheet]:
    found.taken.add(path)
    book, problems = workbooks.read(path, _shown(path, root), strict=True)
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


def _is_of(path: Path, table: schema.Table) -> bool:
    return path.stem == table.name


def _named(whole: list[tuple[Path, workbooks.Sheet]], table: schema.Table) -> bool:
    return any(sheet.name in (table.title, table.name) for _, sheet in whole)


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()
