"""A folder of CSV files or a workbook of official tables -> the files of a register's year, with their sources."""

import csv
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts import cells
from scripts.official import kinds, names, printed, receipt, years
from scripts.official.unfold import Printed, Unfolded, preamble, unfold
from scripts.problems import Problem, problem


@dataclass(frozen=True, slots=True)
class Imported:
    """`files`: what was written, relative to the publisher; `year`: the same, read back; `problems` of both steps."""

    files: list[str]
    problems: list[Problem]
    year: years.Year


@dataclass(frozen=True, slots=True)
class Found:
    """One table of the source, recognised: how it is called there, and where it comes from."""

    kind: str
    title: str
    unit: str
    partial: bool
    sheet: Unfolded
    source: Path


def import_tables(src: Path, register: str, year: int, publisher_dir: Path, unit: str | None = None,
                  units_by_kind: Mapping[str, str] | None = None, document: str = "") -> Imported:  # fmt: skip
    """Recognises each table by its title or the name of its file or sheet, never by number; writes it as published.

    `unit`, `units_by_kind`: units of tables that do not say theirs, as their words or as "yuan", "wan"; a kind by its
    id or by a word of its title. `document`: what the source is called as a whole.
    """
    folder = publisher_dir / register / str(year)
    found: dict[str, Found] = {}
    problems: list[Problem] = []
    sheets, wrong = printed.read(src)
    problems += wrong
    for path, sheet in sheets:
        table, wrong = _recognised(path, sheet, register, year, unit, units_by_kind or {})
        problems += wrong
        if table is not None and table.kind in found:
            problems.append(problem("import-twice", file=path.name, sheet=_sheet(path, sheet), title=table.title))
        elif table is not None:
            found[table.kind] = table
    if found:
        folder.mkdir(parents=True, exist_ok=True)
    for table in found.values():
        problems += _write(folder / f"{kinds.load(year)[table.kind].title(register)}.csv", table, publisher_dir)
    if found:
        receipt.write(folder / years.SOURCES, _receipts(found, register, year, document))
    read = years.read_year(publisher_dir, register, year)
    return Imported([t.file for kind, t in read.tables.items() if kind in found], problems + read.problems, read)


def _recognised(path: Path, sheet: Printed, register: str, year: int, unit: str | None, by_kind: Mapping[str, str]):
    """(table or None, problems): a title printed above the table goes before the name of the file or sheet."""
    _, said = preamble(sheet)
    place = {"file": path.name, "sheet": _sheet(path, sheet)}
    titles = [text for text in said if kinds.recognise(text)] + [sheet.name]
    kind = kinds.recognise(titles[0])
    if names.expression("not_tables").search(names.plain(sheet.name)):
        return None, [problem("import-not-a-table", **place)]
    if kind is None:
        columns = max((sum(bool(text.strip()) for text in texts) for texts in sheet.texts), default=0)
        return None, [
            problem("import-unrecognised" if columns > 1 else "import-not-a-table", **place, value=sheet.name)
        ]
    if _of_another(titles[0], register):
        return None, [problem("import-other-register", **place, value=titles[0])]
    table = unfold(sheet, kinds.load(year)[kind])
    said_year = names.expression("year_title").search(names.plain(titles[0]))
    problems = []
    if said_year and int(said_year[1]) != year:
        problems.append(problem("import-other-year", **place, value=titles[0], year=year))
    word = _unit([*said, sheet.name], table.header) or _given(kind, register, year, unit, by_kind)
    if word and word not in cells.UNIT_WORDS:
        problems.append(problem("import-unit", **place, value=word))
        word = ""
    partial = bool(names.expression("partial").search(names.plain(titles[0])))
    return Found(kind, names.shown_title(titles[0]), word, partial, table, path), problems


def _of_another(title: str, register: str) -> bool:
    """Whether a title calls itself a table of the other register."""
    told = names.plain(title)
    accounts, budget = (bool(names.expression(each).search(told)) for each in ("accounts_title", "budget_title"))
    return accounts if register == "budget" else budget and not accounts


def _sheet(path: Path, sheet: Printed) -> str:
    return "" if sheet.name == path.stem else sheet.name


def _unit(said: list[str], header: list[str]) -> str:
    """The unit a table says itself: above it, in its name, or in the bracket of a label. "" where it says none."""
    for text in said:
        for each in ("unit", "unit_bracket"):
            if found := names.expression(each).search(names.plain(text)):
                return found[1]
    brackets = {found[1] for path in header if (found := names.expression("unit_bracket").search(names.plain(path)))}
    return brackets.pop() if len(brackets) == 1 else ""


def _given(kind: str, register: str, year: int, unit: str | None, by_kind: Mapping[str, str]) -> str:
    title = names.plain(kinds.load(year)[kind].title(register))
    told = next((each for key, each in by_kind.items() if key == kind or names.plain(key) in title), unit)
    words = {each: word for word, each in cells.UNIT_WORDS.items()}
    return words.get(told, told) if told else ""


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


def _receipts(found: dict[str, Found], register: str, year: int, document: str) -> receipt.Receipts:
    """What sources.toml says of each written table, and of each file it came from."""
    tables, documents = {}, {}
    for table in found.values():
        name = table.source.name
        title = document or (table.title if table.source.suffix.lower() == ".csv" else table.source.stem)
        documents[name] = {"title": title, "sha256": hashlib.sha256(table.source.read_bytes()).hexdigest()}
        entry = {"title": table.title, "unit": table.unit, "document": name}
        entry |= {"partial": True} if table.partial else {}
        entry |= {"notes": table.sheet.notes} if table.sheet.notes else {}
        tables[f"{kinds.load(year)[table.kind].title(register)}.csv"] = entry
    return receipt.Receipts(tables, documents)
