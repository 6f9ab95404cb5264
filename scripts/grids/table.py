"""One published table. HTML, CSV and chart data are writers of the same grid, so none can leak what another hides."""

import datetime
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from scripts import display, wording
from scripts.facts import Fact


@dataclass(frozen=True, slots=True)
class Text:
    """A cell of words. `kind`: "" plain from data, "code", "document", "quote", "words" (the program's own),
    "ready" (markup made by a component in `html`; downloads say `text`)."""

    text: str
    kind: str = ""
    href: str = ""
    html: Markup = Markup("")


@dataclass(frozen=True, slots=True)
class Column:
    """`path`: header from the top down; a date or a year (int) in it stays one. `scale` of money: "wan", "yuan"; "" where the cell brings its own unit."""

    id: str
    path: tuple[str | int | datetime.date, ...]
    numeric: bool = False
    scale: str = "wan"
    unit: bool = False  # print the unit in each cell
    kind: str = ""  # "code": the column goes under the name on a phone


@dataclass(frozen=True, slots=True)
class Against:
    """A fact beside targets that its print must not look like: 64.96% beside 65%. Money in the fact's own unit."""

    fact: Fact
    targets: tuple[Fraction, ...]


Cell = Fact | Against | Text | datetime.date | None


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    line: int | None = None  # the row's anchor L<line> on a table page
    level: int = 2
    total: bool = False
    href: str = ""  # where the row head leads: its source row, or its own page
    code: str = ""  # the row's whole code, where it is split over columns
    notes: tuple[Markup, ...] = ()  # results of checking, shown beside the row; not part of the table or its downloads


@dataclass(frozen=True, slots=True)
class Grid:
    """`heads`: how many leading columns name the row. `printed`: official, every leaf as spelt by its source."""

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    unit: str = ""
    kind: str = "plain"
    note: str = ""
    printed: bool = False
    head: int = 0

    def facts(self) -> list[Fact]:
        return [found for row in self.rows for cell in row.cells if (found := fact_of(cell)) is not None]


def fact_of(cell: Cell) -> Fact | None:
    """The fact that a cell prints, None for words and days."""
    return cell.fact if isinstance(cell, Against) else cell if isinstance(cell, Fact) else None


def part_text(part: str | int | datetime.date) -> str:
    """One part of a header path in words."""
    if isinstance(part, datetime.date):
        return display.day(part)
    return part if isinstance(part, str) else wording.say("display.year", year=part)
