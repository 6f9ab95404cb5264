"""A grid as records for downloads: of each cell its exact spelling and whose number it is, so that the seal can read it back."""

import datetime
import re
from dataclasses import dataclass
from fractions import Fraction

from scripts import display, wording
from scripts.facts import Fact, Unit
from scripts.grids.table import Against, Cell, Column, Grid, Text, part_text

_FORMULA = re.compile("[\\s']*[=+\\-@\uff1d\uff0b\uff0d\uff20]|[\\s']*[\t\r\n]")

_QUOTED, _EMPTY = re.compile('[",\r\n]'), '""'  # a line of one empty cell would be no line


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell of a download. `fact`: key of the fact whose number `text` is, "" for words.

    `alike`: keys of two facts between which there is no difference; the text is then a zero that is no fact of its own.
    """

    text: str
    fact: str = ""
    alike: tuple[str, ...] = ()

    @property
    def number(self) -> bool:
        return bool(self.fact or self.alike)

    @property
    def meaning(self) -> str:
        return f"fact:{self.fact}" if self.fact else f"alike:{' '.join(self.alike)}" if self.alike else f"text:{self.text}"


def records(grid: Grid, mark: str = "", *, units: bool = False) -> list[list[Entry]]:
    """The header and the rows. `mark`: said in a last column of every row (demonstration data).

    `units`: heads of official tables, which stand as printed, get the unit of their caption too.
    """
    found = [[Entry(_head(index, column, grid, units)) for index, column in enumerate(grid.columns)]]
    found += [[_entry(cell, column, grid) for cell, column in zip(row.cells, grid.columns, strict=True)] for row in grid.rows]
    return marked(found, mark)


def marked(found: list[list[Entry]], mark: str) -> list[list[Entry]]:
    """With a last column that says in every row what the data are, where `mark` says something."""
    if not mark:
        return found
    return [[*line, Entry(mark if index else wording.say("downloads.nature"))] for index, line in enumerate(found)]


def csv_bytes(found: list[list[Entry]]) -> bytes:
    """For programs: UTF-8 and LF. Words that a spreadsheet would run as a formula stand behind an apostrophe."""
    return "".join(f"{','.join(map(_quoted, line)) or _EMPTY}\n" for line in csv_texts(found)).encode("utf-8")


def csv_texts(found: list[list[Entry]]) -> list[list[str]]:
    """The cells as the CSV has them."""
    return [[each.text if each.number else no_formula(each.text) for each in line] for line in found]


def _quoted(text: str) -> str:
    """As the csv module does it, which leaves a carriage return bare where lines end with LF alone."""
    return '"{}"'.format(text.replace('"', '""')) if _QUOTED.search(text) else text


def no_formula(text: str) -> str:
    """An apostrophe before a text that begins like a formula, apostrophes and spaces aside: taking one off gives the text back.

    Numbers never pass here: a negative one stays a number.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def guarded(found: list[list[Entry]]) -> bool:
    """Whether the CSV has an apostrophe that the data have not."""
    return any(not each.number and _FORMULA.match(each.text) for line in found for each in line)


def _head(index: int, column: Column, grid: Grid, units: bool) -> str:
    """Every level of the header and the unit, where all numbers of the column share one that the header does not name."""
    text = "/".join(part_text(part) for part in column.path)
    facts = [cell for row in grid.rows if isinstance(cell := row.cells[index], Fact)]
    unit = _unit(facts, column, grid) if facts and (units or not grid.printed) else ""
    return text if unit in text else f"{text}({unit})"


def _unit(facts: list[Fact], column: Column, grid: Grid) -> str:
    if all(fact.unit is Unit.FEN for fact in facts):
        scales = {fact.scale for fact in facts} if grid.printed else {column.scale or "wan"}
        return wording.table("cells.units").get(scales.pop(), "") if len(scales) == 1 else ""
    return "%" if not grid.printed and all(fact.unit is Unit.SHARE for fact in facts) else ""


def _entry(cell: Cell, column: Column, grid: Grid) -> Entry:
    if cell is None:
        return Entry("")
    if isinstance(cell, datetime.date):
        return Entry(cell.isoformat())
    if isinstance(cell, Text):
        return Entry(cell.text)
    beside = isinstance(cell, Against)
    if isinstance(cell, Against):
        cell = cell.fact
    if not cell.known:
        return Entry(cell.printed if grid.printed and cell.printed else display.state_word(cell.state))
    if cell.unit is Unit.FEN:
        own = (grid.printed or beside) and cell.scale
        text = display.machine_decimal(cell.value, cell.scale if own else column.scale or "wan")
    elif beside and cell.unit is Unit.SHARE:
        text = display.plain_decimal(Fraction(cell.value) * 100)
    elif cell.unit is Unit.SHARE:
        text = display.decimal(Fraction(cell.value) * 100, 2).replace(",", "")
    elif cell.unit is Unit.POINTS:
        text = display.decimal(Fraction(cell.value), 2).replace(",", "")
    else:
        text = str(cell.value)
    return Entry(text, cell.key)
