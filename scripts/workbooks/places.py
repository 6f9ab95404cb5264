"""Places of a sheet: B7 and numbers, the cell that is being walked, and what is kept of a walk."""

import re
from dataclasses import dataclass, field

from scripts.workbooks.found import Refused

PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")


@dataclass(slots=True)
class Walked:
    """What the reader needs and what must be found again in what it reads: last row and column, number of cells that say something."""

    rows: int = 0
    columns: int = 0
    cells: int = 0
    reach: tuple[int, int] = (0, 0)  # the same of every cell that a reader keeps a place for
    letters: int = 0
    errors: dict[tuple[int, int], str] = field(default_factory=dict)  # which the reader does not tell
    formulas: set[tuple[int, int]] = field(default_factory=set)
    hidden: list[tuple[int, int]] = field(default_factory=list)  # ranges of columns
    used: set[int] = field(default_factory=set)
    comments: bool = False


@dataclass(slots=True)
class Cell:
    """The cell that is being walked; row and column from 1."""

    row: int
    column: int
    type: str
    style: int
    formula: list[str] | None = None
    value: list[str] = field(default_factory=list)


def count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Refused("workbook-damaged", value=text[:40])
    return int(text)


def is_nothing(size: str | None) -> bool:
    """A height or width of nothing."""
    try:
        return size is not None and float(size) < 0.1
    except ValueError:
        return False


def place(text: str) -> tuple[int, int]:
    found = PLACE.fullmatch(text)
    if not found:
        raise Refused("workbook-damaged", value=text[:40])
    number = 0
    for letter in found[1].upper():
        number = number * 26 + ord(letter) - 64
    return int(found[2]), number


def letters(number: int) -> str:
    """1 -> A, 27 -> AA: what Excel calls a column."""
    return (letters((number - 1) // 26) if number > 26 else "") + chr(65 + (number - 1) % 26)
