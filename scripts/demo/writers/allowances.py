"""Allowances by standard, town by town and month by month: what the projects paid to persons."""

import datetime
from collections.abc import Iterator

from scripts.demo.chance import split, stream
from scripts.demo.county import AS_OF
from scripts.demo.folder import Folder
from scripts.demo.projects import Project
from scripts.demo.texts import phrase


def write(folder: Folder) -> None:
    projects = [project for project in folder.county.money[folder.year].projects if project.standard]
    rows = [row for project in projects for row in _allowances(folder, project)]
    folder.add("allowances", rows)
    folder.add("notices", _notices(folder, projects[0]))
    folder.add("allocation", (row for project in projects for row in _allocation(folder, project, rows)))


def _allowances(folder: Folder, project: Project) -> Iterator[dict]:
    """The persons of a month, divided among the towns as the holders are."""
    towns = folder.county.towns
    for payment in project.payments:
        persons = split(payment.amount // project.standard, [town.holders for town in towns])
        for town, count in zip(towns, persons, strict=True):
            yield {
                "project": project.code, "item": project.title, "level": phrase("allowances.level"), "town": town.name,
                "month": f"{payment.day:%Y-%m}", "months": 1, "persons": count, "standard": project.standard, "adjusted": 0,
                "amount": count * project.standard, "document": folder.document("payroll"),
            }  # fmt: skip


def _notices(folder: Folder, project: Project) -> Iterator[dict]:
    dice = stream(folder.county.seed, folder.register, folder.year)
    for payment in project.payments:
        published = payment.day + datetime.timedelta(days=dice.randint(3, 12))
        yield {
            "item": f"{payment.day:%Y-%m}", "noticed_on": payment.day, "published": published if published <= AS_OF else None,
            "document": folder.document("payroll"),
        }  # fmt: skip


def _allocation(folder: Folder, project: Project, rows: list[dict]) -> Iterator[dict]:
    """What each town was paid, and its part of what is left."""
    towns = folder.county.towns
    paid = [sum(row["amount"] for row in rows if (row["project"], row["town"]) == (project.code, town.name)) for town in towns]
    rest = split(project.allotted() - sum(paid), [town.holders for town in towns])
    told = {"allowance": project.title, "document": folder.document("allocation")}
    yield told | {"item": phrase("allowances.whole"), "allotted": project.allotted()}
    for town, spent, more in zip(towns, paid, rest, strict=True):
        yield told | {"item": town.name, "above": phrase("allowances.whole"), "allotted": spent + more}
