"""Items of a narrative, told by the names of class, section and item -> subject codes, from the year's own tables."""

from dataclasses import replace

from scripts.official import lines, names
from scripts.official.table import OfficialTable, Row

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
    return tables | {LISTED: replace(tables[LISTED], rows=[_settled(row, known) for row in tables[LISTED].rows])}


def _paths(table: OfficialTable) -> list[tuple[str, str]]:
    """(`class-section-item` in plain names, code) of each item of a table by function."""
    named = {row.code: names.plain(row.name) for row in table.rows if row.code}
    return [
        ("-".join(named.get(code[:length], "") for length in (3, 5, 7)), code) for code in named if len(code) == 7
    ]


def _settled(row: Row, known: dict[str, set[str]]) -> Row:
    codes = known.get(lines.path_of(row), set())
    return replace(row, key=(code := next(iter(codes))), code=code) if len(codes) == 1 and not row.code else row
