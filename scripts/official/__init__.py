"""Official budget and final-accounts tables: recognised by name, printed as published, recomputed by role."""

from scripts.facts import Facts
from scripts.identities import Comparison
from scripts.official import across, equations
from scripts.official.bench import Bench
from scripts.official.column import Column
from scripts.official.compare import within
from scripts.official.leaves import leaves
from scripts.official.naming import named
from scripts.official.table import OfficialTable, Row
from scripts.official.years import Year, kind_of_file, read_year

__all__ = ["Column", "OfficialTable", "Row", "Year", "chain", "compare", "kind_of_file", "leaves", "named", "read_year"]


def compare(tables: dict[str, OfficialTable], register: str, year: int, facts: Facts) -> list[Comparison]:
    """Every identity inside a table, then between the tables of the year; all leaves must be in `facts`."""
    bench, found = Bench(register, year, tables, facts), []
    for table in tables.values():
        found += within(table, facts)
        named = [equation for equation in table.meaning.equations if equation.each == "cell"]
        found += across.compare(bench, named, table.kind)
    return found + (across.compare(bench, equations.across()) if tables else [])


def chain(before: Year, now: Year, facts: Facts) -> list[Comparison]:
    """What a year opens with against what the year before closed with; leaves of both years must be in `facts`."""
    bench = Bench(now.register, now.year, now.tables, facts, before.tables)
    return across.compare(bench, equations.chain(), "chain")
