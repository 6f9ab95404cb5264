"""What a judge stands on: the publisher's rows, the facts, the pages that will be written; and its answer."""

import datetime
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from scripts import registers, schema
from scripts.addresses import address
from scripts.cells import State
from scripts.inputs import RegisterYear
from scripts.pages import Page, Site
from scripts.tables import Row

NONE, HALF, WHOLE = Fraction(0), Fraction(1, 2), Fraction(1)
CURRENT = 1  # years that the newest may lie behind the day of the data


@dataclass(frozen=True, slots=True)
class Answer:
    """`path`: the page that shows it ("" the home page), None where there is none. `why`: what is lacking, a name of self_score.why with its `words`."""

    score: Fraction
    path: str | None = None
    why: str = ""
    words: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Ground:
    site: Site
    made: tuple[Page, ...]

    @cached_property
    def pages(self) -> dict[str, Page]:
        return {page.path: page for page in self.made}

    def has(self, path: str) -> bool:
        return path.partition("#")[0] in self.pages

    def title(self, register: str, table: str = "") -> str:
        """What people call a register or its table; its own name where nobody has written it yet."""
        if register not in registers.ORDER:
            return ""
        told = schema.load(register)
        return told.table(table).title if table and table in {each.name for each in told.tables} else told.title

    def years(self, register: str, table: str = "") -> list[RegisterYear]:
        """Years in which a table (or any table) has rows, or official tables were published; oldest first."""
        return [year for year in self.site.inputs.of(register) if self.rows(year, table) or (not table and year.official and year.official.tables)]

    def rows(self, year: RegisterYear, table: str = "") -> list[Row]:
        return [row for name in ([table] if table else year.tables) for row in year.rows(name)]

    def newest(self, register: str, table: str = "") -> RegisterYear | None:
        return next(reversed(self.years(register, table)), None)

    def newest_over(self, register: str, table: str = "") -> RegisterYear | None:
        """The newest year that had ended by the day that the data reach to."""
        over = [year for year in self.years(register, table) if not self.site.part_of_year(year.year)]
        return next(reversed(over), None)

    def current(self, year: RegisterYear) -> bool:
        """Not older than the year before the day that the data reach to; where no day is known, the newest is current."""
        day = self.site.day or datetime.date(year.year, 12, 31)
        return day.year - year.year <= CURRENT

    def at(self, year: RegisterYear, table: str = "") -> str | None:
        """The page of a table of a year, else that of the year; None where neither is written."""
        own = f"{address(year.register)}/{year.year}/"
        return f"{own}{address(table)}/" if table and self.has(f"{own}{address(table)}/") else own if self.has(own) else None

    def absent(self, register: str, table: str = "") -> Answer:
        """Nothing was published of it."""
        title = self.title(register, table)
        return Answer(NONE, None, "absent" if title else "no_register", {"title": title or register})


def filled(row: Row, columns: list[str]) -> bool:
    """Whether something stands in each of these columns; a word for a state counts, an empty cell does not."""
    return all(row.values[each].state is not State.BLANK for each in columns)
