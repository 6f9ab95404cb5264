"""Names of rows, columns and rules in the table's own titles, for comparisons to be read by people."""

from collections.abc import Iterable, Mapping

from scripts.identities import Term
from scripts.official import kinds, names
from scripts.official.table import TOTAL, OfficialTable, Row
from scripts.official.words import patterns, say


def rule(side: Iterable[Term], titles: Mapping[str, str]) -> str:
    """The names of one side that the layout has, joined by their signs."""
    words = ""
    for sign, name in side:
        if name in titles:
            words += (say("plus") if sign > 0 else say("minus")) + titles[name] if words or sign < 0 else titles[name]
    return words


def column_title(table: OfficialTable, row: Row, role: str) -> str:
    """The lowest label of a column as printed; for a spread table the measure's."""
    column = table.columns[row.indexes[role]]
    if column.row:
        told = table.meaning.column(role)
        return told.title if told else column.title
    return column.title


def row_title(row: Row) -> str:
    """Code and name, or the line as printed."""
    return f"{row.code} {row.name}" if row.code and row.sort == "code" else line_name(row)


def line_name(row: Row) -> str:
    """The line as printed; a bare total says which side it is the total of."""
    side = patterns()["block_words"].get(row.block, "")
    bare = row.sort == "total" and side not in names.plain(row.name)
    return side + "".join(row.name.split()) if bare else row.name


def line_title(table: OfficialTable, block: str, role: str) -> str:
    """What kinds.toml calls a line that the table does not print."""
    told = kinds.lines(block or table.meaning.lines) + kinds.lines("economic")
    return next((line.title for line in told if line.role == role), say("total") if role == TOTAL else role)


def place(table: OfficialTable, row: Row, role: str) -> str:
    return say("place", title=table.title, row=row_title(row), column=column_title(table, row, role))
