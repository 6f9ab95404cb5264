"""A grid as CSV records, and what each of them means, so that the seal can read them back."""

import csv
import datetime
import io
from fractions import Fraction

from scripts import display, wording
from scripts.facts import Fact, Unit
from scripts.grids.table import Cell, Column, Grid, Text, part_text


def records(grid: Grid, mark: str = "") -> tuple[list[list[str]], list[list[str]]]:
    """The grid as CSV records, and for each what it is ("fact:KEY" or "text:...") so that the seal can read it back.

    `mark`: said in a last column of every row (demonstration data).
    """
    header = [no_formula("/".join(part_text(part) for part in c.path) + _unit_bracket(c, grid)) for c in grid.columns]
    texts, meanings = [header], [[f"text:{h}" for h in header]]
    for row in grid.rows:
        pairs = [_record(cell, column, grid) for cell, column in zip(row.cells, grid.columns, strict=True)]
        texts.append([text for text, _ in pairs])
        meanings.append([meaning for _, meaning in pairs])
    if mark:
        for index, (line, meaning) in enumerate(zip(texts, meanings, strict=True)):
            said = wording.say("downloads.nature") if index == 0 else mark
            line.append(said)
            meaning.append(f"text:{said}")
    return texts, meanings


def csv_bytes(texts: list[list[str]], *, excel: bool) -> bytes:
    """For Excel: BOM and CRLF. For machines: UTF-8 and LF."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n" if excel else "\n").writerows(texts)
    return out.getvalue().encode("utf-8-sig" if excel else "utf-8")


def _unit_bracket(column: Column, grid: Grid) -> str:
    cells = [row.cells[grid.columns.index(column)] for row in grid.rows]
    facts = [c for c in cells if isinstance(c, Fact)]
    if not facts or grid.printed:
        return ""
    if all(f.unit is Unit.FEN for f in facts):
        return f"({wording.table('cells.units')[column.scale or 'wan']})"
    return "(%)" if all(f.unit is Unit.SHARE for f in facts) else ""


def _record(cell: Cell, column: Column, grid: Grid) -> tuple[str, str]:
    if cell is None:
        return "", "text:"
    if isinstance(cell, datetime.date):
        return cell.isoformat(), f"text:{cell.isoformat()}"
    if isinstance(cell, Text):
        safe = no_formula(cell.text)
        return safe, f"text:{safe}"
    if not cell.known:
        word = cell.printed if grid.printed else display.state_word(cell.state)
        return word, f"text:{word}"
    if cell.unit is Unit.FEN:
        text = display.machine_decimal(cell.value, cell.scale if grid.printed and cell.scale else column.scale or "wan")
    elif cell.unit is Unit.SHARE:
        text = display.decimal(Fraction(cell.value) * 100, 2).replace(",", "")
    elif cell.unit is Unit.POINTS:
        text = display.decimal(Fraction(cell.value), 2).replace(",", "")
    else:
        text = str(cell.value)
    return text, f"fact:{cell.key}"


def no_formula(text: str) -> str:
    """A text that a spreadsheet would run as a formula gets an apostrophe; number columns never pass here."""
    return f"'{text}" if text[:1] in tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20") else text
