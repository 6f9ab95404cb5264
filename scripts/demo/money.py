"""A year's money, whole fen, from the bottom: payments and basic lines; everything above is a sum."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from scripts.demo import basic, projects
from scripts.demo.basic import Basic
from scripts.demo.chance import stream
from scripts.demo.county import County, whole
from scripts.demo.projects import Project

LOTTERY = "2296006"  # the one line of the government fund


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a year's budget, by a document. `project`: "" for basic money; `reason`: an id of money.toml."""

    day: datetime.date
    document: str
    function: str
    project: str
    kind: str
    amount: int


@dataclass(frozen=True, slots=True)
class Line:
    """Where money is budgeted: a function code, and the project that it belongs to, "" for basic money."""

    function: str
    project: str
    approved: int
    reason: str
    spent: Callable[[datetime.date], int]


@dataclass(slots=True)
class Money:
    """`other`: income that is not the treasury's; `balance`: what of it was there when the year began."""

    year: int
    basic: Basic
    projects: list[Project]
    other: int
    balance: int
    changes: list[Change] = field(default_factory=list)

    @property
    def lines(self) -> list[Line]:
        """Every line, by code, then by project."""
        found = [Line(code, "", approved, "", lambda day, c=code: self.basic.spent(c, day)) for code, approved in self.basic.lines.items()]
        found += [Line(p.function, p.code, p.approved, p.reason, p.paid) for p in self.projects]
        return sorted(found, key=lambda line: (line.function, line.project))

    def changed(self, line: Line, day: datetime.date) -> int:
        return sum(c.amount for c in self.changes if (c.function, c.project) == (line.function, line.project) and c.day <= day)

    def approved(self, basic_money: bool) -> dict[str, int]:
        """First budget by function code, of basic or of project money."""
        return _sums((line.function, line.approved) for line in self.lines if bool(line.project) != basic_money)

    def spent(self, basic_money: bool, day: datetime.date) -> dict[str, int]:
        return _sums((line.function, line.spent(day)) for line in self.lines if bool(line.project) != basic_money)

    def opening(self) -> dict[str, int]:
        """What the year began with, by function code."""
        return _sums((p.function, p.carried) for p in self.projects)

    def closing(self) -> dict[str, int]:
        return _sums((p.function, p.passed_on) for p in self.projects)


def _sums(pairs) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for key, amount in pairs:
        found[key] += amount
    return {key: found[key] for key in sorted(found) if found[key]}


def fill(county: County) -> None:
    """Year after year, because what is left of one goes on into the next."""
    before: list[Project] = []
    balance = stream(county.seed, "balance").randint(100_000, 900_000)
    for year in county.years:
        dice = stream(county.seed, "money", year)
        made = projects.of_year(county, year, before)
        other = dice.randint(80_000, 400_000) if whole(year) else 0
        money = Money(year, basic.of_year(county, year), made, other, balance)
        money.changes = sorted([*_basic_changes(money), *_project_changes(money)], key=lambda c: (c.day, c.function, c.project))
        county.money[year] = money
        before, balance = made, balance + other


def _basic_changes(money: Money) -> Iterator[Change]:
    for code, amount in money.basic.raised.items():
        yield Change(datetime.date(money.year, 6, 5), "pay", code, "", "raised", amount)


def _project_changes(money: Money) -> Iterator[Change]:
    """Every allotment that is not of the first budget is a change of it."""
    for project in money.projects:
        for each in project.allotments:
            if each.kind != "approved":
                yield Change(each.day, each.document, project.function, project.code, each.kind, each.amount)
