"""Findings and what became of them, step by step, with the proof of what is done."""

import hashlib
from collections.abc import Iterator

from scripts.demo import inspected
from scripts.demo.folder import Folder
from scripts.demo.inspected import Finding
from scripts.demo.texts import phrase, table

RECTIFIED = 2  # in the order of the schema's words


def write(folder: Folder) -> None:
    found = inspected.findings(folder.county, folder.year)
    folder.add("findings", (_finding(folder, each) for each in found))
    folder.add("actions", (row for each in found for row in _actions(folder, each)))


def _finding(folder: Folder, each: Finding) -> dict:
    return {
        "no": each.no,
        "source": phrase(f"rectifications.sources.{each.source}"),
        "source_no": each.source_no,
        "project": each.project.code if each.project else None,
        "category": each.told.get("category", _category(folder, each)),
        "title": each.told["problem"],
        "amount": each.amount,
        "unit": each.project.office if each.project else folder.county.office("federation"),
        "raised_on": each.raised_on,
        "due": each.due,
        "published": each.published,
        "document": folder.document("audit" if each.source == "audit" else "sources"),
    }


def _category(folder: Folder, each: Finding) -> str:
    """Of an evaluation's problem: money where it is about money, else the procedure."""
    words = folder.schema.table("findings").field("category").constraints["enum"]
    return words[0] if each.amount else words[1]


def _actions(folder: Folder, each: Finding) -> Iterator[dict]:
    """Half of the money is in place on the way, all of it in the end."""
    states = folder.schema.table("actions").field("state").constraints["enum"]
    for number, (day, state) in enumerate(each.steps, start=1):
        done = None if each.amount is None else each.amount if state == RECTIFIED else each.amount // 2
        proof = {
            "evidence": phrase("rectifications.evidence"), "evidence_date": day, "evidence_sha256": hashlib.sha256(f"{each.no}/{number}".encode()).hexdigest(),
        }  # fmt: skip
        yield {
            "finding": each.no,
            "no": f"{number:02}",
            "date": day,
            "state": states[state],
            "done": done,
            "left": None if each.amount is None else each.amount - done,
            "measure": table("rectifications.measures")[state],
            "document": folder.document("ledger"),
        } | (proof if state == RECTIFIED else {})
