"""Who might take part in a project, who did, and who got something of it."""

import datetime
from collections.abc import Iterator

from scripts.demo.chance import split, stream
from scripts.demo.county import AS_OF, until
from scripts.demo.folder import Folder
from scripts.demo.projects import Project
from scripts.demo.texts import phrase, table

ENOUGH = 400  # persons served, to be told by category without pointing at anybody


def write(folder: Folder) -> None:
    projects = folder.county.money[folder.year].projects
    dice = stream(folder.county.seed, folder.register, folder.year)
    published = until(folder.year) + datetime.timedelta(days=dice.randint(14, 24))
    folder.add("served", (_served(folder, each, published if published <= AS_OF else None, dice) for each in projects))
    folder.add("categories", (row for each in projects if each.town is None and each.served >= ENOUGH for row in _categories(folder, each)))


def _served(folder: Folder, project: Project, published: datetime.date | None, dice) -> dict:
    participated = project.served + project.served * dice.randint(2, 10) // 100
    return {
        "project": project.code, "definition": phrase("participation.definition"), "eligible": participated + participated * dice.randint(5, 25) // 100,
        "participated": participated, "benefited": project.served, "times": project.served * dice.randint(1, 12), "published": published,
        "document": folder.document("ledger"),
    }  # fmt: skip


def _categories(folder: Folder, project: Project) -> Iterator[dict]:
    parts = split(project.served, table("county.category_weights"))
    for category, count in zip(table("participation.categories"), parts, strict=True):
        yield {"project": project.code, "category": category, "benefited": count, "document": folder.document("ledger")}
