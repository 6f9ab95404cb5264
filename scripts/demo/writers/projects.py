"""Projects, their money by source, their payments."""

from collections.abc import Iterator

from scripts.demo.folder import Folder
from scripts.demo.projects import Project
from scripts.demo.texts import phrase


def write(folder: Folder) -> None:
    projects = folder.county.money[folder.year].projects
    folder.add("projects", (_project(folder, each) for each in projects))
    folder.add("funding", (row for each in projects for row in _funding(folder, each)))
    folder.add("payments", (row for each in projects for row in _payments(folder, each)))


def _project(folder: Folder, project: Project) -> dict:
    return {
        "project": project.code,
        "title": project.title,
        "category": project.kind["category"],
        "basis": project.kind["basis"],
        "unit": project.office,
        "beneficiaries": project.beneficiaries,
        "starts": project.starts,
        "ends": project.ends,
        "status": project.status,
        "planned": project.planned,
        "served": project.served,
        "document": folder.document("plan"),
    }


def _funding(folder: Folder, project: Project) -> Iterator[dict]:
    for each in project.allotments:
        document = folder.document(each.document)
        yield {
            "project": project.code,
            "source": each.source,
            "number": folder.number(document),
            "allotted_on": each.day,
            "allotted": each.amount,
            "arrived_on": each.arrived_on,
            "arrived": each.arrived,
            "code": project.function,
            "document": document,
        }


def _payments(folder: Folder, project: Project) -> Iterator[dict]:
    for each in project.payments:
        yield {
            "project": project.code,
            "no": f"{each.no:02}",
            "date": each.day,
            "amount": each.amount,
            "payee_type": phrase(f"money.titles.{'unit' if each.payee else 'person'}"),
            "payee": each.payee or None,
            "economic": project.kind["economic"],
            "purpose": each.purpose,
            "document": folder.document("ledger"),
        }
