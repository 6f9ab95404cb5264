"""Columns that an official table should have and has not: by the form, or because every line lacks what they held."""

from scripts.cells import FEN_IN, WAN
from scripts.official.equations import Equation
from scripts.official.phrases import line_title
from scripts.official.table import TOTAL, OfficialTable, Row
from scripts.official.words import say
from scripts.problems import Problem, problem


def problems(table: OfficialTable) -> list[Problem]:
    """One problem for each column that is gone. A table that is said to be a part may lack what it likes."""
    known = any(isinstance(value.value, int) for row in table.rows for _, value in row.cells.values())
    if table.partial or not known:  # an empty table may be a header alone
        return []
    absent = [_title(table, choice) for choice in table.meaning.columns_needed.get(table.register, ()) if not _has(table, choice)]
    if not absent:
        absent = [say("or").join(titles) for titles in dict.fromkeys(map(tuple, _by_difference(table)))]
    return [problem("official-missing-column", file=table.file, row=1, column=each, title=table.title) for each in absent]


def gone(table: OfficialTable, equation: Equation) -> list[str]:
    """Columns of a rule that the layout lacks, where all lines that do not hold, the total and another, lack an amount."""
    if equation.each != "row" or not equation.holds or equation.holds.relation != "=":
        return []
    absent = [role for _, role in equation.holds.right if table.meaning.column(role) and not _has(table, role)]
    rows = [row for row in table.rows if row.block == equation.block and row.sort != "text"]
    if not absent or not any(set(row.indexes) & {role for _, role in equation.holds.right} for row in rows):
        return []
    off = {row.key: short for row in rows if abs(short := _short(equation, row)) > _allowed(table, equation)}
    total = [row.key for row in rows if row.key.rpartition(".")[2] == TOTAL]
    return absent if len(off) > 1 and min(off.values()) > 0 and all(key in off for key in total) else []


def _by_difference(table: OfficialTable) -> list[list[str]]:
    """The titles of what may be gone, once for each rule that shows it."""
    found = []
    for equation in table.meaning.equations:
        present = {role for row in table.rows for role in row.indexes}
        if all(role in present for role in equation.has) and not present & set(equation.lacks):
            found += [[table.meaning.column(role).title for role in absent]] if (absent := gone(table, equation)) else []
    return found


def _short(equation: Equation, row: Row) -> int:
    """What the left side of a rule has more than the right side, in fen; nothing where there is no left side."""
    left, right = (sum(sign * (row[role] or 0) for sign, role in side) for side in (equation.holds.left, equation.holds.right))
    return left - right if all(role in row.cells for _, role in equation.holds.left) else 0


def _allowed(table: OfficialTable, equation: Equation) -> int:
    return max(2, len(equation.holds.right)) * FEN_IN[table.unit or WAN] // 10**table.places


def _has(table: OfficialTable, choice: str) -> bool:
    """Whether one of `a|b` is there; `block.role` in that block, else a column or the line a column stands for."""
    for each in choice.split("|"):
        block, _, role = each.rpartition(".")
        if any(role in (c.role, c.row) and (not block or c.block == block) for c in table.columns):
            return True
    return False


def _title(table: OfficialTable, choice: str) -> str:
    block, _, role = choice.partition("|")[0].rpartition(".")
    told = table.meaning.column(role)
    return told.title if told else line_title(table, block, role)
