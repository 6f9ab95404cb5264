"""The levy: what came in, which projects it paid for, what is left."""

import datetime
from collections.abc import Iterator

from scripts.demo import told
from scripts.demo.chance import part, stream
from scripts.demo.county import AS_OF, County, until
from scripts.demo.folder import Folder
from scripts.demo.projects import Project
from scripts.demo.texts import phrase, table

THOUSAND_YUAN = 100_000


def write(folder: Folder) -> None:
    folder.add("collection", [_collection(folder)])
    folder.add("allocation", (_allocation(folder, project) for project in _paid_for(folder.county, folder.year)))
    told.rows(folder, "employers_notice")


def _paid_for(county: County, year: int) -> Iterator[Project]:
    yield from (project for project in county.money[year].projects if next(iter(project.kind["sources"])) == phrase("levy.source"))


def _received(county: County, year: int) -> int:
    """A little more than what is budgeted."""
    dice = stream(county.seed, "levy", year)
    budgeted = sum(project.approved for project in _paid_for(county, year))
    return part(dice, budgeted, *(each * 10 for each in table("levy.received")))


def _opening(county: County, year: int) -> int:
    """What was there at first, and what all years before added to it."""
    found = stream(county.seed, "levy").randint(*table("levy.opening")) * len(county.towns) * THOUSAND_YUAN
    for other in range(county.years[0], year):
        found += _received(county, other) - sum(project.paid() for project in _paid_for(county, other))
    return found


def _collection(folder: Folder) -> dict:
    county, year = folder.county, folder.year
    dice = stream(county.seed, folder.register, year, "collection")
    projects = list(_paid_for(county, year))
    opening, received, spent = _opening(county, year), _received(county, year), sum(project.paid() for project in projects)
    budgeted = sum(project.approved for project in projects)
    published = until(year) + datetime.timedelta(days=dice.randint(14, 24))
    return {
        "year": year, "opening": opening, "levied": part(dice, received, *(each * 10 for each in table("levy.levied"))), "received": received,
        "spent": spent, "closing": opening + received - spent, "entitled": budgeted, "budgeted": budgeted, "counted_on": until(year),
        "published": published if published <= AS_OF else None, "document": folder.document("levy"),
    }  # fmt: skip


def _allocation(folder: Folder, project: Project) -> dict:
    adjusted = project.allotted() - project.carried - project.approved
    return {
        "item": project.title, "project": project.code, "carried": project.carried, "budgeted": project.approved, "adjusted": adjusted,
        "spent": project.paid(), "left": project.allotted() - project.paid(), "document": folder.document("levy"),
    }  # fmt: skip
