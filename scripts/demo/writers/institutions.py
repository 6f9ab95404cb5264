"""Institutions that projects paid, what they got, and when they were looked at."""

import datetime
from collections.abc import Iterator

from scripts.demo.chance import stream
from scripts.demo.county import AS_OF, until
from scripts.demo.folder import Folder
from scripts.demo.texts import phrase, table


def write(folder: Folder) -> None:
    dice = stream(folder.county.seed, folder.register, folder.year)
    rows = list(_institutions(folder, dice))
    folder.add("institutions", rows)
    folder.add("inspections", (each for row in rows for each in _inspections(folder, row["no"], dice)))


def _institutions(folder: Folder, dice) -> Iterator[dict]:
    payments = [each for project in folder.county.money[folder.year].projects for each in project.payments]
    published = until(folder.year) + datetime.timedelta(days=dice.randint(14, 26))
    for number, (name, kind) in enumerate(table("institutions.institutions").items(), start=1):
        capacity = dice.randint(60, 120)
        yield {
            "no": f"JG-{number:02}", "name": name, "kind": kind, "licence": phrase("institutions.licence"), "capacity": capacity,
            "served": capacity * dice.randint(80, 150) // 100, "paid": sum(each.amount for each in payments if each.payee == name),
            "until": until(folder.year), "published": published if published <= AS_OF else None, "document": folder.document("roll"),
        }  # fmt: skip


def _inspections(folder: Folder, no: str, dice) -> Iterator[dict]:
    """All in order: what was wrong stands among the findings of inspections."""
    day = datetime.date(folder.year, dice.randint(3, 8), dice.randint(1, 28))
    good = folder.schema.table("inspections").field("result").constraints["enum"][0]
    for item in table("institutions.items"):
        yield {
            "no": no, "inspected_on": day, "item": item, "inspector": phrase("institutions.inspector"), "result": good,
            "published": day + datetime.timedelta(days=dice.randint(10, 24)), "document": folder.document("record"),
        }  # fmt: skip
