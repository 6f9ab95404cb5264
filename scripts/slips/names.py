"""One code has one name: the names beside codes in a register's own tables against the code table, the year's official tables, the other rows."""

from collections import Counter
from collections.abc import Iterator

from scripts.inputs import Inputs
from scripts.official import codes, names
from scripts.problems import Problem, problem
from scripts.tables import Data


def problems(read: Inputs) -> list[Problem]:
    official = {year.year: _official(read, year.year) for year in read.years.values()}
    return [each for year in read.years.values() for data in year.tables.values() for each in _names(data, official[year.year])]


def _official(read: Inputs, number: int) -> dict[str, str]:
    """Name by code in the year's official tables by function."""
    years = [year.official for year in read.years.values() if year.year == number and year.official is not None]
    tables = [table for year in years for table in year.tables.values() if table.layout == "function"]
    return {row.code: row.name for table in tables for row in table.rows if row.sort == "code" and row.name}


def _names(data: Data, official: dict[str, str]) -> Iterator[Problem]:
    """Each other name of a code once. Where nobody else names the code, the name that most rows give is taken for right."""
    ids = {field.id for field in data.schema.fields}
    code_field = next((f for f in data.schema.fields if f.code == "function"), None)
    if code_field is None or "name" not in ids:
        return
    usual, listed, said = _usual(data, code_field.id), codes.load(data.year).own, set()
    for row in data.rows:
        code, name = row.text(code_field.id), row.text("name")
        if not name or (code, names.plain(name)) in said:
            continue
        said.add((code, names.plain(name)))
        known = listed.get((code_field.code, code))
        other = known or official.get(code) or usual[code]
        if names.plain(other) != names.plain(name):
            kind = "official-other-name" if known else "official-two-names"
            column = data.schema.field("name").name
            yield problem(kind, file=data.file, sheet=data.sheet, row=row.line, column=column, value=code, name=name, other=other, year=data.year)


def _usual(data: Data, code_id: str) -> dict[str, str]:
    """The name that most rows give a code, the first of several."""
    usual: dict[str, tuple[int, str]] = {}
    for (code, name), count in Counter((row.text(code_id), row.text("name")) for row in data.rows).items():
        usual[code] = max(usual.get(code, (0, "")), (count, name), key=lambda each: each[0])
    return {code: name for code, (_, name) in usual.items()}
