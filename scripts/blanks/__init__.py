"""`new`: empty workbooks for a year, one a register, written from the schemas; nothing that is there is touched."""

from dataclasses import dataclass
from pathlib import Path

from scripts import schema
from scripts.blanks import layout
from scripts.problems import Problem, problem
from scripts.publisher import links

SOURCES = Path(__file__).with_name("sources.toml")


@dataclass(frozen=True, slots=True)
class Made:
    """What was written, relative to the publisher's folder, and what stood in the way."""

    files: tuple[str, ...]
    problems: tuple[Problem, ...]


def new(publisher: Path, registers: tuple[str, ...], year: int) -> Made:
    """`<register>/<year>.xlsx` and a `sources.toml` to fill, for every register that has no table of the year yet."""
    files, problems = [], links(publisher)
    if problems:  # nothing is written through a link: what it leads to is not in the folder
        return Made((), tuple(problems))
    for register in registers:
        there = [path.relative_to(publisher).as_posix() for path in _tables(publisher, register, year) if path.exists()]
        if there:
            problems += [problem("blank-exists", file=there[0])]
            continue
        files += _write(publisher, f"{register}/{year}.xlsx", layout.workbook(schema.load(register), year))
        if not (publisher / register / str(year) / SOURCES.name).exists():
            files += _write(publisher, f"{register}/{year}/{SOURCES.name}", SOURCES.read_bytes())
    return Made(tuple(files), tuple(problems))


def _tables(publisher: Path, register: str, year: int) -> list[Path]:
    """Every place in which the year's own tables may already be kept."""
    names = [table.name for table in schema.load(register).tables]
    folder = publisher / register
    return [folder / f"{year}.xlsx", *(folder / str(year) / f"{name}.{ending}" for name in names for ending in ("csv", "xlsx"))]


def _write(publisher: Path, name: str, content: bytes) -> list[str]:
    path = publisher / name
    path.parent.mkdir(parents=True, exist_ok=True)
    file = open(path, "xb")  # never over a file, even one that came a moment ago  # noqa: SIM115
    try:
        with file:
            file.write(content)
    except OSError:  # a half is no workbook
        path.unlink()
        raise
    return [name]
