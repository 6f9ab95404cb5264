"""Inspections that anyone repeats from the page, and the findings of a year: of inspections, of evaluations, of the audit."""

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from scripts.demo import evaluated
from scripts.demo.chance import HUNDRED_YUAN, stream
from scripts.demo.county import AS_OF, County
from scripts.demo.projects import Project
from scripts.demo.texts import table
from scripts.registers.inspections.draw import digest

BALLS, DRAWN = 33, 5
LARGE = 100_000_000  # fen, from which a project is a large one
EACH = 5  # one in so many is inspected
WRONG = 0.2
LISTED = (5, 6)  # month and day


@dataclass(frozen=True, slots=True)
class Item:
    """`project`: None for a village. `stratum`: an id of inspections.toml, "" where the list has none."""

    no: str
    title: str
    project: Project | None
    stratum: str


@dataclass(frozen=True, slots=True)
class Batch:
    """`results`: item, matter, what is wrong ("" where nothing is)."""

    no: str
    kind: dict
    items: tuple[Item, ...]
    sizes: dict[str, int]
    seed: str
    days: dict[str, datetime.date]
    results: tuple[tuple[Item, str, dict | None], ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """`source`: an id of rectifications.toml. `steps`: day and state of each action, by the order of the schema's words."""

    no: str
    source: str
    source_no: str
    project: Project | None
    told: dict
    amount: int | None
    raised_on: datetime.date
    due: datetime.date
    published: datetime.date
    steps: tuple[tuple[datetime.date, int], ...]


def batches(county: County, year: int) -> Iterator[Batch]:
    """One of the year's projects, one of villages."""
    things_of = {"projects": [(each.title, each) for each in county.money[year].projects], "villages": [(village, None) for town in county.towns for village in town.villages]}
    width = max(2, len(str(max(map(len, things_of.values())))))  # one column holds the numbers of all lists
    for number, (id_, kind) in enumerate(table("inspections.batches").items(), start=1):
        dice = stream(county.seed, "inspected", year, id_)
        items = tuple(Item(f"{n:0{width}}", title, project, _stratum(project)) for n, (title, project) in enumerate(things_of[id_], start=1))
        sizes = {each: max(1, count // EACH) for each, count in Counter(item.stratum for item in items).items()}
        seed = "-".join(f"{ball:02}" for ball in sorted(dice.sample(range(1, BALLS + 1), DRAWN)))
        drawn = _drawn(items, sizes, seed)
        results = tuple(
            (item, matter, dice.choice(table("inspections.wrong")[matter]) if dice.random() < WRONG else None)
            for item in drawn for matter in kind["matters"]
        )  # fmt: skip
        yield Batch(f"CC-{year}-{number}", kind, items, sizes, seed, _days(year), results)


def _stratum(project: Project | None) -> str:
    """Projects by their money; villages are one list."""
    return "" if project is None else "large" if project.allotted() >= LARGE else "small"


def _drawn(items: tuple[Item, ...], sizes: dict[str, int], seed: str) -> list[Item]:
    """The first of each stratum in the order of the draw, told in the order of the list."""
    ordered = sorted(items, key=lambda item: digest(seed, item.no))
    found = [item for stratum, size in sizes.items() for item in [each for each in ordered if each.stratum == stratum][:size]]
    return sorted(found, key=lambda item: item.no)


def _days(year: int) -> dict[str, datetime.date]:
    """The list first, the seed on the Friday after, then the visits, the report, its publication."""
    listed = datetime.date(year, *LISTED)
    seeded = listed + datetime.timedelta(days=(4 - listed.weekday()) % 7 or 7)
    after = {"visited": 12, "reported_on": 40, "published": 54}
    return {"listed": listed, "seeded": seeded} | {name: seeded + datetime.timedelta(days=days) for name, days in after.items()}


def findings(county: County, year: int) -> list[Finding]:
    """Numbered in the order in which they were raised; those of evaluations where their report came out in this year."""
    dice, raised = stream(county.seed, "findings", year), []
    for batch in batches(county, year):
        raised += [(batch.days["reported_on"], "inspection", batch.no, item.project, told, None) for item, _, told in batch.results if told]
    for other in (year - 1, year):
        for each in evaluated.of_year(county, other) if other in county.money else ():
            if each.reported_on.year == year and each.published:
                raised += [(each.reported_on, "evaluation", each.no, each.project, told, amount) for told, amount in each.problems]
    day = datetime.date(year, 7, dice.randint(3, 28))
    for told in table("rectifications.audit"):
        projects = [project for project in county.money[year].projects if project.approved]
        raised.append((day, "audit", table("rectifications.audit_number").format(year=year), dice.choice(projects), told, dice.randint(20, 200) * HUNDRED_YUAN))
    raised.sort(key=lambda each: (each[0], each[1], each[2]))
    width = max(2, len(str(len(raised))))
    return [_finding(f"WT-{year}-{n:0{width}}", each, dice) for n, each in enumerate(raised, start=1)]


def _finding(no: str, raised: tuple, dice) -> Finding:
    day, source, source_no, project, told, amount = raised
    due = day + datetime.timedelta(days=dice.choice((60, 90, 120)))
    published = min(day + datetime.timedelta(days=dice.choice((10, 14, 20))), AS_OF)
    steps, at, states = [], day, dice.choice(((1, 2), (1, 2), (2,), (1,), (1, 2, 3, 2), ()))
    for state in states:
        at += datetime.timedelta(days=dice.randint(15, 60))
        if at <= AS_OF:
            steps.append((at, state))
    return Finding(no, source, source_no, project, told, amount, day, due, published, tuple(steps))
