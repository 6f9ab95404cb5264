"""Keys that lead nowhere. A mistyped key is told once, at the cell that seems mistyped, with the key that seems meant."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from scripts import schema, wording
from scripts.cells import State
from scripts.facts import key_part
from scripts.inputs import SOURCES, Inputs, RegisterYear
from scripts.problems import Problem, problem
from scripts.tables import Data, Row

ALIKE = 0.7  # of difflib: one character of a short code
PROJECTS = schema.ForeignKey(("project",), "projects", "projects")  # what a ledger's line names, where projects are kept


@dataclass(frozen=True, slots=True)
class Use:
    """One cell that names a row of another table. `strict`: it must be there."""

    data: Data
    row: Row
    field: str
    code: str
    strict: bool

    @property
    def place(self) -> dict:
        return {"file": self.data.file, "sheet": self.data.sheet, "row": self.row.line, "column": self.data.schema.field(self.field).name, "value": self.row.text(self.field)}


def problems(read: Inputs) -> list[Problem]:
    uses: dict[tuple[int, schema.ForeignKey], list[Use]] = defaultdict(list)
    for year in read.years.values():
        for data in year.tables.values():
            for key in data.schema.foreign_keys:
                uses[year.year, _target(key)] += _bound(read, year.year, key, _uses(data, key, True))
            if not data.schema.foreign_keys and _names_projects(data) and read.get("projects", year.year):
                uses[year.year, _target(PROJECTS)] += _uses(data, PROJECTS, False)
    unknown = [each for (year, key), told in uses.items() for each in _unknown(read.get(key.register, year), key, told)]
    return unknown + [each for year in read.years.values() for each in _documents(year)]


def _target(key: schema.ForeignKey) -> schema.ForeignKey:
    """What keys that lead to the same columns have in common."""
    return schema.ForeignKey((), key.register, key.table, at=key.at)


def _codes(year: RegisterYear | None, key: schema.ForeignKey) -> dict[str, Row]:
    """What a foreign key may say in a year, and the row that bears it."""
    data = year.tables.get(key.table) if year else None
    return {"+".join(data.key_of(row, each) for each in key.there(data.schema)): row for row in data.rows} if data else {}


def _bound(read: Inputs, year: int, key: schema.ForeignKey, uses: Iterator[Use]) -> Iterator[Use]:
    """The uses that the year itself must answer for: all, but those that any year may hold and another one does."""
    elsewhere = {code for other in read.of(key.register) if key.any_year and other.year != year for code in _codes(other, key)}
    here = _codes(read.get(key.register, year), key)
    return (use for use in uses if use.code in here or use.code not in elsewhere)


def _documents(year: RegisterYear) -> Iterator[Problem]:
    """Official tables that rest on a document which sources.toml does not describe."""
    for each in year.official.tables.values() if year.official and SOURCES not in year.lost else ():
        if each.document and each.document not in year.documents:
            column = f"tables.{Path(each.file).name}.document"
            yield problem("missing-document", file=f"{year.register}/{year.year}/sources.toml", column=column, value=each.document)


def _names_projects(data: Data) -> bool:
    return data.register != "projects" and any(field.id == "project" for field in data.schema.fields)


def _uses(data: Data, key: schema.ForeignKey, strict: bool) -> Iterator[Use]:
    for row in data.rows:
        texts = key.texts(row)
        if texts and all(row.values[id_].state is State.KNOWN or not row.text(id_) for id_ in key.fields):  # what could not be read is said already
            yield Use(data, row, key.fields[0], "+".join(key_part(text) for text in texts), strict)


def _unknown(target: RegisterYear | None, key: schema.ForeignKey, uses: list[Use]) -> Iterator[Problem]:
    if target and key.table in target.lost:
        return  # what is wrong there is said there
    data, rows = target.tables.get(key.table) if target else None, _codes(target, key)
    title = schema.load(key.register).table(key.table).title
    lost: dict[str, list[Use]] = defaultdict(list)
    for use in uses:
        if use.code not in rows and not (data and any(use.code in line for line in data.dropped)):
            lost[use.code].append(use)
    unused = rows.keys() - {use.code for use in uses}
    for code, told in lost.items():
        near = next(iter(get_close_matches(code, rows, n=1, cutoff=ALIKE)), None)
        if near in unused and len(told) > 1:
            yield _at_target(data, rows[near], told)
        else:
            yield from (_lost(use, title, rows[near].text(data.schema.key[0]) if near else "") for use in told)


def _at_target(data: Data, row: Row, told: list[Use]) -> Problem:
    """Many name what is not there, nobody what is: the one cell is wrong, not the many."""
    meant = told[0].row.text(told[0].field)
    return problem("key-mistyped", **data.place(row, data.schema.key[0]), meant=meant, count=len(told))


def _lost(use: Use, title: str, near: str) -> Problem:
    meant = wording.say("references.near", near=near) if near else ""
    return problem("foreign-key" if use.strict or near else "project-not-listed", **use.place, title=title, meant=meant)
