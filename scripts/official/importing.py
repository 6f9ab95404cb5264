"""A folder of CSV files or a workbook of official tables -> the files of a register's year, with their sources."""

import csv
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from scripts import cells
from scripts.official import found, kinds, names, printed, receipt, stated, years
from scripts.official.found import Found
from scripts.problems import Problem, problem


@dataclass(frozen=True, slots=True)
class Imported:
    """`files`: what was written, relative to the publisher; `year`: the same, read back; `problems` of both steps."""

    files: list[str]
    problems: list[Problem]
    year: years.Year


def import_tables(src: Path, register: str, year: int, publisher_dir: Path, unit: str | None = None,
                  units_by_kind: Mapping[str, str] | None = None, document: str = "") -> Imported:  # fmt: skip
    """Recognises each table by its title or the name of its file or sheet, never by number; writes it as published.

    `unit`, `units_by_kind`: units of tables that do not say theirs, as their words or as "yuan", "wan"; a kind by its
    id or by a word of its title. `document`: what the source is called as a whole.
    """
    folder = publisher_dir / register / str(year)
    sheets, problems = printed.read(src)
    given = found.Given(register, year, src if src.is_dir() else None, _words(unit), _by_kind(units_by_kind or {}, year, register))
    tables, wrong = found.tables(sheets, given)
    problems += stated.source_problems(((table.source, table.title) for table in tables.values()), given.folder, year) + wrong
    if tables:
        folder.mkdir(parents=True, exist_ok=True)
    for table in tables.values():
        problems += _write(folder / table.file(register, year), table, publisher_dir)
    if tables:
        receipt.write(folder / years.SOURCES, _receipts(tables, register, year, document))
    read = years.read_year(publisher_dir, register, year, {t.file(register, year): t.sheet.numbers for t in tables.values()})
    written = [t.file for kind, t in read.tables.items() if kind in tables]
    return Imported(written, problems + _placed(read.problems, tables, read), read)


def _words(unit: str | None) -> str:
    words = {each: word for word, each in cells.UNIT_WORDS.items()}
    return words.get(unit or "", unit or "")


def _by_kind(told: Mapping[str, str], year: int, register: str) -> dict[str, str]:
    """Units given for one table, by the table's kind."""
    return {
        kind: _words(unit) for kind, each in kinds.load(year).items() for key, unit in told.items()
        if key == kind or names.plain(key) in names.plain(each.title(register))
    }  # fmt: skip


def _write(path: Path, table: Found, root: Path) -> list[Problem]:
    """The CSV as Excel reads it; a file that was there and differs is replaced, and that is said."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([table.sheet.header, *table.sheet.lines])
    content = b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")
    if path.is_file() and path.read_bytes() == content:
        return []
    replaced = path.is_file()
    path.write_bytes(content)
    return [problem("import-replaced", file=path.relative_to(root).as_posix())] if replaced else []


def _placed(problems: list[Problem], tables: Mapping[str, Found], read: years.Year) -> list[Problem]:
    """What is wrong with an imported table is said at its place in the source, not in the copy."""
    sources = {table.file: tables[kind] for kind, table in read.tables.items() if kind in tables}

    def placed(each: Problem) -> Problem:
        if each.file not in sources:
            return each
        table = sources[each.file]
        return replace(each, file=table.source.name, sheet=table.name, row=table.sheet.top if each.row == 1 else each.row)

    return [placed(each) for each in problems]


def _receipts(tables: Mapping[str, Found], register: str, year: int, document: str) -> receipt.Receipts:
    """What sources.toml says of each written table, and of each file it came from."""
    said, documents = {}, {}
    for table in tables.values():
        name = table.source.name
        title = document or (table.title if table.source.suffix.lower() == ".csv" else table.source.stem)
        documents[name] = {"title": title, "sha256": hashlib.sha256(table.source.read_bytes()).hexdigest()}
        entry = {"title": table.title, "unit": table.unit, "document": name}
        entry |= {"partial": True} if table.partial else {}
        entry |= {"notes": table.sheet.notes} if table.sheet.notes else {}
        entry |= {"around": table.around} if table.around else {}
        said[table.file(register, year)] = entry
    return receipt.Receipts(said, documents)
