"""Rows that are no data: totals, parts of another row, notes, a second header, an example, nothing at all."""

from scripts import cells, schema
from scripts.problems import Problem, problem
from scripts.tables import header
from scripts.tables.grid import Grid
from scripts.tables.header import Header
from scripts.tables.words import pattern

EXAMPLE, NO_ROWS = cells.wording.say("tables.example"), cells.wording.say("tables.no_rows")
FEW = 3  # required columns: with so many, a row of one cell is a title or a note


def odd(texts: list[str], line: int, told: Header, table: schema.Table, grid: Grid) -> Problem | None:
    """What kind of row it is instead of data, as a problem; None for data."""
    filled = [text for text in texts if text.strip()]
    place = grid.place(line)
    if not filled:
        return problem("empty-row", **place)
    if any(text.startswith(EXAMPLE) for text in texts):
        return problem("example-row", **place, value=filled[0])
    if header.repeated(texts, told):
        return problem("header-again", **place, value=filled[0])
    if pattern("rows", "note").fullmatch(cells.normal(filled[0])) and len(filled) < told.width or _lone(filled, texts, table):
        return problem("note-row", **place, value=filled[0])
    return _summed(texts, told, table, place)


def _lone(filled: list[str], texts: list[str], table: schema.Table) -> bool:
    """One cell alone at the beginning of a row that needs several."""
    return len(filled) == 1 and filled[0] == texts[0] and sum(f.required for f in table.fields) >= FEW


def _summed(texts: list[str], told: Header, table: schema.Table, place: dict) -> Problem | None:
    """A total, or a part of another row: by the word in a column of names or codes."""
    for field in table.fields:
        index = told.order.get(field.name, len(texts))
        if field.type == "date" or field.free or index >= len(texts):
            continue
        text = "".join(cells.normal(texts[index]).split())
        if pattern("rows", "total").fullmatch(text):
            return problem("total-row", **place, column=field.name, value=texts[index])
        if field.type == "string" and pattern("rows", "of_which").fullmatch(text):
            return problem("of-which-row", **place, column=field.name, value=texts[index])
    return None


def declared_empty(rows: list[list[str]]) -> bool:
    """Whether the one row says that the table has none."""
    return len(rows) == 1 and says_no_rows(rows[0])


def says_no_rows(texts: list[str]) -> bool:
    return bool(texts) and texts[0].strip() == NO_ROWS and not any(text.strip() for text in texts[1:])
