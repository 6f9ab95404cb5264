"""Which rows of two tables belong together: by subject code, a summary table's classes by code or name."""

from scripts.official import codes
from scripts.official.table import TOTAL, OfficialTable, Row

STAR = "*"


def by_key(table: OfficialTable) -> dict[str, Row]:
    """Rows by their key; a class also by its name where that is what summary tables are keyed by."""
    rows = [row for row in table.rows if table.is_fact(row)]
    return {_class(table, row): row for row in rows if row.sort == "code" and row.level == 1} | {r.key: r for r in rows}


def stars(bench, each: str, relation: str, left: tuple, right: tuple) -> list[str]:
    """What `*` stands for: the codes (or class names) of either side, of the levels that all tables have.

    A limit asks for what its right side prints, a list for what it lists, part of a table for what both have.
    """
    sides = [[_named(bench, cell, each) for _, cell in side] for side in (left, right)]
    levels = _levels([found for side in sides for found in side]) if each == "code" else None
    first, second = ({star for found in side for star in found} for side in sides)
    if each == "listed":
        wanted = first
    elif relation == ">=":
        wanted = second
    elif any(table.partial for _, cell in left + right if (table := bench.table(cell)) is not None):
        wanted = first & second
    else:
        wanted = first | second
    return sorted(star for star in wanted if levels is None or len(star) in levels)


def _levels(found: list[dict[str, Row]]) -> set[int]:
    """Code lengths that every table with codes goes down to."""
    lengths = [{len(star) for star in each} for each in found if each]
    return set.intersection(*lengths) if lengths else set()


def _named(bench, cell, each: str) -> dict[str, Row]:
    """Rows of a table by what `*` would be, and, under class joins, the same rows under the star's key."""
    table = bench.table(cell)
    if table is None:
        return {}
    prefix = cell.row.partition(STAR)[0]
    if prefix:
        return {row.key.removeprefix(prefix): row for row in table.rows if _is_class(row, prefix)}
    if each != "class":
        return {row.key: row for row in table.rows if row.sort in ("code", "named")}
    return {_class(table, row): row for row in table.rows if row.sort == "code" and len(row.code) == 3}


def _is_class(row: Row, prefix: str) -> bool:
    return row.key.startswith(prefix) and row.sort == "item"


def _class(table: OfficialTable, row: Row) -> str:
    """A class by its code; by its name where no source gives that class a code."""
    key = codes.class_key(row.name, table.year)
    return key if key and not key.isdigit() else row.code


def families(table: OfficialTable) -> list[tuple[Row, list[Row]]]:
    """(parent, rows directly under it): by the longest code that begins theirs; what has none is under the total."""
    rows = [row for row in table.rows if row.sort in ("code", "unit", "named")]
    coded = {row.code for row in rows if row.code}
    below: dict[str, list[Row]] = {}
    for row in rows:
        above = next((row.code[:n] for n in range(len(row.code) - 1, 0, -1) if row.code[:n] in coded), TOTAL)
        below.setdefault(above, []).append(row)
    total = next((row for row in table.rows if row.key == TOTAL), None)
    parents = ([total] if total else []) + [row for row in rows if row.code in below]
    return [(parent, below[parent.code or TOTAL]) for parent in parents if (parent.code or TOTAL) in below]
