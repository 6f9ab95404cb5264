"""The official tables of a register's year, as kept in a publisher's folder: read, understood, checked for form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scripts import cells, publisher, tables
from scripts.official import form, kinds, missing, names, order, resolve, rows, subjects
from scripts.official.table import OfficialTable
from scripts.official.words import say
from scripts.problems import Problem, problem

SOURCES = "sources.toml"


@dataclass(frozen=True, slots=True)
class Year:
    """`missing`: required kinds without a table; `files`: names of the files taken; `sources`: sources.toml as read."""

    register: str
    year: int
    tables: dict[str, OfficialTable]
    missing: list[str]
    sources: dict
    problems: list[Problem] = field(default_factory=list)

    @property
    def files(self) -> list[str]:
        return [Path(table.file).name for table in self.tables.values()]


def read_year(publisher_dir: Path, register: str, year: int, numbers: Mapping[str, Sequence[int]] | None = None) -> Year:
    """Every official table of a year by kind. Problems are collected; a table that cannot be understood is left out.

    `numbers`: by file name, the line of the source that each line came from, for a table just imported.
    """
    folder = publisher_dir / register / str(year)
    documents, said, problems = publisher.read_sources(folder / SOURCES, publisher_dir)
    sources = {"documents": documents, "tables": said}
    found: dict[str, OfficialTable] = {}
    for path in sorted(folder.glob("*.csv")) if folder.is_dir() else ():
        kind = kind_of_file(register, path.stem)
        if kind is None or publisher.left_by_programs(path.name):
            continue
        if kind in found:
            problems.append(
                problem("official-twice", file=_shown(path, publisher_dir), title=_title(kind, register, year))
            )
            continue
        table, wrong = read_table(path, kind, register, year, publisher_dir, said.get(path.name, {}), (numbers or {}).get(path.name))
        problems += wrong
        if table is not None:
            found[kind] = table
    ordered = subjects.settle({kind: found[kind] for kind in kinds.load(year) if kind in found})
    problems += subjects.names_and_codes(ordered, year)
    return Year(register, year, ordered, [kind for kind in kinds.required() if kind not in found], sources, problems)


def kind_of_file(register: str, stem: str) -> str | None:
    """The kind that a file's name means: its title in kinds.toml, or one of its other names."""
    for kind in kinds.load(0).values():
        if kind.titles.get(register) == stem:
            return kind.id
    return kinds.recognise(stem)


def read_table(
    path: Path, kind: str, register: str, year: int, root: Path, told: dict, numbers: Sequence[int] | None = None
) -> tuple[OfficialTable | None, list[Problem]]:
    """One CSV: header paths in line 1, printed rows below. None when its header says nothing of this kind."""
    shown = _shown(path, root)
    read, problems = tables.read_lines(path, shown)
    if read is None:
        return None, problems
    if not any(read[0]):
        line = next(number for number, texts in enumerate(read, start=1) if any(texts))
        return None, [*problems, problem("header-not-first", file=shown, row=1, line=line, count=line - 1)]
    meaning = kinds.load(year)[kind]
    columns = resolve.resolve(meaning, read[0], register)
    problems += form.header(columns, meaning, shown, register)
    if meaning.rows == "one" and len(read) == 1:
        read.append([""] * len(read[0]))  # its one row is there even when nothing stands in it
    grid, wrong = form.grid(read, shown, numbers)
    unit = cells.UNIT_WORDS.get(told.get("unit", ""))
    sheet = rows.Sheet(meaning, columns, resolve.layout(meaning, columns), year, unit, shown)
    understood = rows.read(sheet, grid)
    problems += wrong + sheet.problems
    table = OfficialTable(
        kind=kind, register=register, year=year,
        title=told.get("title") or _title(kind, register, year),
        unit=unit, unit_word=told.get("unit", "") if unit else say("no_unit"),
        file=shown, header=[path.split(names.SEPARATOR) for path in read[0]], columns=columns, rows=understood,
        grid=grid, layout=sheet.layout, places=_places(understood),
        notes=tuple(told.get("notes", ())), partial=told.get("partial", False), document=told.get("document", ""),
    )  # fmt: skip
    return table, problems + missing.problems(table) + order.problems(table)


def _places(understood: list[rows.Row]) -> int:
    """Decimals of the table: the most that any of its amounts has."""
    return max((value.places for row in understood for cell, value in row.cells.values()
                if value.state is cells.State.KNOWN and isinstance(value.value, int)), default=0)  # fmt: skip


def _title(kind: str, register: str, year: int) -> str:
    return kinds.load(year)[kind].title(register)


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()
