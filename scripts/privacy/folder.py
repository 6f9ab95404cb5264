"""A publisher's folder before anything is read from it: every cell, name, note and hidden part, and what must not be printed of them."""

import os
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from scripts import schema, wording
from scripts.privacy import headers, overrides, spots
from scripts.privacy.finding import find
from scripts.privacy.hits import Hit
from scripts.privacy.overrides import NOTHING, Cleared
from scripts.privacy.parts import Rows, Unscanned, Words, letters, parts
from scripts.problems import Problem, problem
from scripts.publisher import left_by_programs

BETWEEN_ROWS = "\n;\n"  # no sign of a number: the last cell of a row and the first of the next are not read as one
HEADER_ROWS = 8  # official tables begin with titles
UNREAD = {".pdf", ".doc", ".docx", ".xls", ".png", ".jpg", ".jpeg", ".gif", ".zip"}  # never published; `inputs` says they do not belong


@dataclass(frozen=True, slots=True)
class Place:
    file: str
    sheet: str = ""
    row: int | None = None
    column: str = ""


@dataclass(frozen=True, slots=True)
class Scan:
    """What was found, not yet masked: no repr shows it. `secrets`: texts of cells with a hit, to be hidden in any message."""

    problems: tuple[Problem, ...] = field(default=(), repr=False)
    hits: tuple[tuple[Place, Hit], ...] = field(default=(), repr=False)
    secrets: frozenset[str] = field(default=frozenset(), repr=False)
    closed_files: frozenset[str] = field(default=frozenset(), repr=False)  # with a private column or text: no value of theirs is printed
    cleared: Cleared = NOTHING


UNSEEN = Scan()


def scan(folder: Path, pages: Path) -> Scan:
    """Everything private in a publisher's folder and in the pages written by hand."""
    cleared, problems = overrides.read(folder)
    every: list[tuple[Place, Hit]] = []
    secrets: set[str] = set()
    closed: set[str] = set()
    for path, shown in (*_files(folder, folder), *_files(pages, pages.parents[1])):
        if path.is_symlink():
            problems.append(problem("symlink", file=shown))
            continue
        found, columns = _file(path, shown)
        every += [(place, hit) for place, hit, _ in found]
        secrets |= {text for _, hit, text in found if not cleared.passes(hit)}
        problems += columns
        closed |= {shown for place, _, _ in found if place.row is None or not place.column} | {each.file for each in columns}
    hits = tuple((place, hit) for place, hit in every if not cleared.passes(hit))
    problems += overrides.void(cleared, (hit for _, hit in every))
    problems += [told(place, hit) for place, hit in hits]
    return Scan(tuple(problems), hits, frozenset(secrets), frozenset(closed), cleared)


def told(place: Place, hit: Hit) -> Problem:
    what = wording.say(f"privacy.kinds.{hit.kind}")
    return problem("private-string", file=place.file, sheet=place.sheet, row=place.row, column=place.column, what=what)


def _files(folder: Path, root: Path) -> Iterator[tuple[Path, str]]:
    """Files and folders by name, links not followed; hidden ones and what programs leave are no inputs."""
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith(".") and (Path(where) / each) != folder / "releases")
        for name in sorted([*folders, *files]):
            if not name.startswith(".") and name != overrides.KEY and not left_by_programs(name):
                path = Path(where) / name
                yield path, path.relative_to(root).as_posix()


def _file(path: Path, shown: str) -> tuple[list[tuple[Place, Hit, str]], list[Problem]]:
    """(place, hit, text of its cell) of a file or folder, its name included, and its private columns."""
    found = [(Place(shown), hit, path.name[hit.start : hit.end]) for hit in find(path.name)]
    problems: list[Problem] = []
    if not path.is_file() or path.suffix.lower() in UNREAD:  # a folder; or a pipe, which is never waited for
        return found, problems
    try:
        for part in parts(path):
            if isinstance(part, Rows):
                found += _in_rows(part, shown)
                problems += _columns(part, path, shown)
            else:
                known = {hit.plain for _, hit, _ in found}  # a cell of a workbook stands in its parts as well
                found += [each for each in _in_words(part, shown) if each[1].plain not in known]
    except OSError as wrong:  # whoever reads it next says the same
        problems.append(problem("system", file=shown, reason=wrong.strerror or ""))
    except Unscanned:
        problems.append(problem("private-unscanned", file=shown))
    return found, problems


def _in_rows(part: Rows, shown: str) -> Iterator[tuple[Place, Hit, str]]:
    lines = ["\t".join(cell.replace("\n", " ") for cell in cells) for cells in part.cells.values()]
    begins, at = [], 0
    for line in lines:
        begins.append(at)
        at += len(line) + len(BETWEEN_ROWS)
    numbers = list(part.cells)
    head = part.cells[numbers[0]] if numbers else []
    for hit in find(BETWEEN_ROWS.join(lines)):
        row = bisect_right(begins, hit.start) - 1
        column = lines[row].count("\t", 0, hit.start - begins[row])
        named = row > 0 and column < len(head) and head[column]
        name = head[column] if named else letters(column)
        yield Place(shown, part.sheet, numbers[row], name), hit, part.cells[numbers[row]][column]


def _in_words(part: Words, shown: str) -> Iterator[tuple[Place, Hit, str]]:
    for hit in find(part.text):
        row = None if part.member else part.text.count("\n", 0, hit.start) + 1
        yield Place(shown, part.sheet, row, spots.spot(part.member, part.text, hit.start) if part.member else ""), hit, part.text[hit.start : hit.end]


def _columns(part: Rows, path: Path, shown: str) -> list[Problem]:
    """Private headers; in a register's own table the first row is the header, in any other it is looked for."""
    register = shown.partition("/")[0]
    told = schema.load(register) if (schema.REGISTERS / register / "schema.toml").is_file() else None
    own = told is not None and (part.sheet or path.stem) in {name for table in told.tables for name in (table.name, table.title)}
    open_ = headers.founded(told) if told else set()
    return [
        problem("private-column", file=shown, sheet=part.sheet, row=row, column=name)
        for row, cells in part.cells.items() if row <= (1 if own else HEADER_ROWS)
        for name in headers.private(cells) if name not in open_
    ]  # fmt: skip
