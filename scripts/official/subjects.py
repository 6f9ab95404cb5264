"""Subject codes and their names across the tables of a year: one code one name, a narrative's items by code."""

from dataclasses import replace

from scripts.official import codes, lines, names
from scripts.official.table import OfficialTable, Row
from scripts.problems import Problem, problem

LISTED = "narrative_items"
SOURCES = ("expenditure", "general_expenditure", "income")


def settle(tables: dict[str, OfficialTable]) -> dict[str, OfficialTable]:
    """The tables with the narrative's rows keyed by code where exactly one code bears those names."""
    if LISTED not in tables:
        return tables
    known: dict[str, set[str]] = {}
    for kind in SOURCES:
        for name, code in _paths(tables[kind]) if kind in tables else ():
            known.setdefault(name, set()).add(code)
    taken = {row.key for row in tables[LISTED].rows}
    rows = []
    for row in tables[LISTED].rows:
        codes_named = known.get(lines.path_of(row), set()) - taken
        if len(codes_named) == 1 and not row.code and row.key == lines.path_of(row):
            code = next(iter(codes_named))
            taken.add(code)
            row = replace(row, key=code, code=code)
        rows.append(row)
    return tables | {LISTED: replace(tables[LISTED], rows=rows)}


def _paths(table: OfficialTable) -> list[tuple[str, str]]:
    """(`class-section-item` in plain names, code) of each item of a table by function."""
    named = {row.code: names.plain(row.name) for row in table.rows if row.code}
    return [("-".join(named.get(code[:length], "") for length in (3, 5, 7)), code) for code in named if len(code) == 7]


def names_and_codes(tables: dict[str, OfficialTable], year: int) -> list[Problem]:
    """One code has one name: in every table of the year, and in the year's table of codes. Said once for each code."""
    spelt: dict[tuple[str, str], str] = {}
    found = []
    for table in tables.values():
        for row in (row for row in table.rows if row.sort == "code" and row.name):
            first = spelt.setdefault((table.layout, row.code), row.name)
            place = {"file": table.file, "row": row.line, "value": row.code, "name": row.name}
            if names.plain(row.name) != names.plain(first):
                found.append(problem("official-two-names", **place, other=first))
            elif first is row.name:
                found += _listed(table.layout, row, year, place)
    return found


def _listed(classification: str, row: Row, year: int, place: dict) -> list[Problem]:
    """A code that the year's table of codes calls otherwise, or should list and does not."""
    known = codes.load(year)
    listed = known.own.get((classification, row.code))
    if listed is not None and names.plain(listed) != names.plain(row.name):
        return [problem("official-other-name", **place, other=listed, year=year)]
    same_beside = names.plain(known.near.get((classification, row.code), "")) == names.plain(row.name)
    if listed is None and not same_beside and known.covers(classification, row.code):
        return [problem("official-unknown-code", **place, year=year)]
    return []
