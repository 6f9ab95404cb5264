"""Decisions taken together: the budget, and the largest projects."""

import datetime

from scripts.demo.chance import stream
from scripts.demo.folder import Folder
from scripts.demo.texts import phrase

LARGEST = 6  # and a tenth of the others
PARTY, COUNCIL = 0, 1  # meetings, in the order of the schema's words
MATTER, PROJECT = 0, 2  # kinds of decisions
UNCHECKED = 0.1


def write(folder: Folder) -> None:
    folder.add("decisions", (_row(folder, number, *each) for number, each in enumerate(_decisions(folder), start=1)))


def _decisions(folder: Folder) -> list[tuple]:
    """Day, project or None, in the order of days."""
    dice = stream(folder.county.seed, folder.register, folder.year)
    projects = sorted((p for p in folder.county.money[folder.year].projects if p.approved), key=lambda p: (-p.approved, p.code))
    chosen = projects[: LARGEST + len(projects) // 10]
    found = [(datetime.date(folder.year, 1, 14), None, True, True)]
    for project in chosen:
        day = datetime.date(folder.year, dice.randint(2, 5), dice.randint(1, 28))
        found.append((day, project, dice.random() > UNCHECKED, dice.random() > UNCHECKED))
    return sorted(found, key=lambda each: (each[0], each[1].code if each[1] else ""))


def _row(folder: Folder, number: int, day: datetime.date, project, assessed: bool, reviewed: bool) -> dict:
    told = folder.schema.table("decisions")

    def word(id_: str, place: int) -> str:
        return told.field(id_).constraints["enum"][place]

    return {
        "no": f"JC-{folder.year}-{number:02}",
        "date": day,
        "title": phrase("decisions.project", title=project.title) if project else phrase("decisions.budget", year=folder.year),
        "category": word("category", PROJECT if project else MATTER),
        "meeting": word("meeting", COUNCIL if project else PARTY),
        "assessed": word("assessed", 0 if assessed else 1),
        "reviewed": word("reviewed", 0 if reviewed else 1),
        "amount": project.approved if project else None,
        "code": project.function if project else None,
        "project": project.code if project else None,
        "published": day + datetime.timedelta(days=12),
        "document": folder.document("council" if project else "party"),
    }


