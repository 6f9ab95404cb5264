"""Everything a publisher's folder holds, read once and checked against itself: keys, references, source documents."""

import datetime
import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from pathlib import Path

from scripts import days, official, privacy, registers, schema, tables
from scripts.cells import Origin, State
from scripts.official import codes
from scripts.problems import Problem, problem
from scripts.publisher import Publisher, checked, left_by_programs, read_sources, read_toml
from scripts.tables.forms import document_number

NOT_REGISTERS = {"releases"}
EXAMPLES = {"function": "2081104", "economic": "30201"}
SETTINGS = {"publisher.toml", "corrections.toml", "explanations.toml", "privacy-overrides.toml", "privacy.key"}
SOURCES = "sources.toml"
BY_HAND = {".md", ".txt"}  # notes that the clerk keeps beside the data
EXPLANATION = {"identity": "text", "place": "text", "difference": "text", "reason": "text", "approved_by": "text",
               "date": "date", "differs": "truth"}  # fmt: skip
YEAR = re.compile("(19|20)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Document:
    """A source document, as sources.toml describes it."""

    key: str
    title: str
    issuer: str = ""
    number: str = ""
    date: datetime.date | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class RegisterYear:
    """One register's year: its own tables by name, its official tables, its documents."""

    register: str
    year: int
    tables: dict[str, tables.Data]
    documents: dict[str, Document]
    official: "official.Year | None" = None
    lost: frozenset[str] = frozenset()  # what could not be read, by table's name or as sources.toml: nothing that leads there can be judged

    def rows(self, table: str) -> tuple[tables.Row, ...]:
        return self.tables[table].rows if table in self.tables else ()


@dataclass(frozen=True, slots=True)
class Inputs:
    publisher: Publisher
    years: dict[tuple[str, int], RegisterYear]
    explanations: tuple[dict, ...] = ()
    problems: list[Problem] = field(default_factory=list)

    def of(self, register: str) -> list[RegisterYear]:
        """A register's years, oldest first."""
        return [self.years[key] for key in sorted(self.years) if key[0] == register]

    def get(self, register: str, year: int) -> RegisterYear | None:
        return self.years.get((register, year))

    def titles(self, register: str, year: int, table: str) -> dict[str, str]:
        """What each row of a table is called, by its code; nothing where the year has no such table."""
        found = self.get(register, year)
        return {row.text(found.tables[table].schema.key[0]): row.text("title") for row in found.rows(table)} if found else {}


def read(publisher: Publisher) -> Inputs:
    """All registers and years of a publisher. Problems are collected, never raised."""
    problems = [wrong for name in registers.ORDER for wrong in privacy.unfounded(schema.load(name))]
    problems += [problem("unknown-setting", file="publisher.toml", column=f"catalogue.{name}") for name in publisher.catalogue if name not in registers.ORDER]
    years = {}
    for path in sorted(publisher.folder.iterdir()):
        name = path.name
        if name in NOT_REGISTERS or name.startswith(".") or left_by_programs(name):
            continue
        if not path.is_dir():
            if name not in SETTINGS and path.suffix.lower() not in BY_HAND:
                problems.append(problem("unknown-file", file=name))
            continue
        if name not in registers.ORDER:
            problems.append(problem("unknown-register", file=name))
            continue
        for folder in sorted((publisher.folder / name).iterdir()):
            if left_by_programs(folder.name):
                continue
            if not _is_year(folder):
                problems.append(problem("unknown-file", file=folder.relative_to(publisher.folder).as_posix()))
            elif (name, int(folder.stem)) not in years:  # a year's folder and its workbook are one
                years[name, int(folder.stem)] = _register_year(folder.with_name(folder.stem), name, publisher.folder, problems)
    explanations = _explanations(publisher, problems)
    inputs = Inputs(publisher, years, explanations, problems)
    problems += [wrong for each in years.values() for wrong in references(each)]
    return inputs


def opened(inputs: Inputs, hidden: Collection[Origin] = ()) -> Inputs:
    """The inputs as pages may see them: columns that the schema does not open are blank, and so are hidden cells."""
    years = {
        key: replace(year, tables={name: data.opened(hidden) for name, data in year.tables.items()}) for key, year in inputs.years.items()
    }
    return replace(inputs, years=years)


def latest_date(read: Inputs) -> datetime.date | None:
    """The latest date of any published cell: what the data themselves are as of."""
    return max(
        (
            row[field.id]
            for year in read.years.values()
            for data in year.tables.values()
            for field in data.schema.fields
            if field.type == "date" and field.publish and field.id in ("published", "until")
            for row in data.rows
            if row[field.id]
        ),
        default=None,
    )


def _is_year(path: Path) -> bool:
    """A year's folder, or the workbook of a year."""
    return bool(YEAR.fullmatch(path.stem)) and (path.is_dir() and not path.suffix or path.is_file() and path.suffix == tables.WORKBOOK)


def _register_year(folder: Path, name: str, root: Path, problems: list[Problem]) -> RegisterYear:
    told, year = schema.load(name), int(folder.name)
    documents, broken = _documents(folder, root, problems)
    read_year = None
    taken = {SOURCES}
    if told.official and folder.is_dir():
        read_year = official.read_year(root, name, year)
        problems += [each for each in read_year.problems if not (broken and each.kind == "official-no-unit")]
        taken |= {Path(table.file).name for table in read_year.tables.values()} | set(read_year.files)
        problems += [
            problem("told-not-there", file=(folder / SOURCES).relative_to(root).as_posix(), column=f"tables.{name_}", value=name_)
            for name_ in read_year.sources["tables"]
            if not (folder / name_).is_file()
        ]
    found = tables.read_year(told, year, root)
    problems += found.problems
    taken |= {path.name for path in found.taken if path.parent == folder} | {f"{table.name}.csv" for table in told.tables if not table.optional}
    problems += [
        problem("unknown-file", file=path.relative_to(root).as_posix())
        for path in sorted(folder.iterdir() if folder.is_dir() else ())
        if path.name not in taken and not left_by_programs(path.name)
    ]
    own = {}
    for key, data in found.tables.items():
        own[key], wrong = official.named(data)
        problems += wrong
    return RegisterYear(name, year, own, documents, read_year, found.lost | ({SOURCES} if broken else frozenset()))


def _documents(folder: Path, root: Path, problems: list[Problem]) -> tuple[dict[str, Document], bool]:
    """The documents by key, those with an error too, for it is said; and whether there may be others that could not be read."""
    path = folder / SOURCES
    told, _, wrong = read_sources(path, root)
    problems += wrong
    for key, each in told.items():
        if not each.get("title"):
            problems.append(problem("document-without-title", file=path.relative_to(root).as_posix(), column=key))
        number = each.get("number", "")
        if (normal := document_number(number)) != number:
            place = {"file": path.relative_to(root).as_posix(), "column": f"documents.{key}.number"}
            problems.append(problem("read-as", **place, value=number, normal=normal))
            each["number"] = normal
    faulty = {each.column.split(".")[1]: {} for each in wrong if each.column.startswith("documents.")}
    documents = {key: Document(**({"title": ""} | each | {"key": key})) for key, each in (faulty | told).items()}
    return documents, any(each.column in ("", "documents") for each in wrong) or bool(wrong and not documents)


def _explanations(publisher: Publisher, problems: list[Problem]) -> tuple[dict, ...]:
    path = publisher.folder / "explanations.toml"
    if not path.is_file():
        return ()
    told, wrong = read_toml(path, publisher.folder)
    told, unknown = checked(told or {}, {"explanations": "sections"}, path.name)
    problems += wrong + unknown
    found = []
    for number, each in enumerate(told.get("explanations", ()), start=1):
        entry, unfit = checked(each, EXPLANATION, path.name, f"explanations.{number}.")
        problems += unfit
        if not all(str(entry.get(part, "")).strip() for part in ("reason", "approved_by", "date")):
            problems.append(problem("explanation-without-reason", file=path.name, column=entry.get("identity", ""), value=entry.get("place", "")))
        found.append(entry)
    return tuple(found)


def references(each: RegisterYear) -> list[Problem]:
    """Codes that no table of codes has, days that cannot be, source documents that sources.toml does not describe."""
    problems = []
    for data in each.tables.values():
        problems += _unknown_codes(data) + days.problems(data)
        for field_ in (f for f in data.schema.fields if f.source and SOURCES not in each.lost):
            for row in data.rows:
                name = row.text(field_.id)
                if row.values[field_.id].state is State.KNOWN and name not in each.documents:
                    problems.append(problem("missing-document", **data.place(row, field_.id)))
    return problems


def _unknown_codes(data: tables.Data) -> list[Problem]:
    """Codes that the year's code table does not have, where it lists their neighbours; published as they are, and said."""
    known, problems, seen = codes.load(data.year), [], set()
    for told in (f for f in data.schema.fields if f.code in ("function", "economic")):
        for row in data.rows:
            code = row.text(told.id)
            listed = (told.code, code) in known.near or not known.covers(told.code, code)
            if row.values[told.id].state is State.KNOWN and not listed and code not in seen:
                seen.add(code)
                problems.append(problem("unknown-code", **data.place(row, told.id), year=data.year, example=EXAMPLES[told.code]))
    return problems
