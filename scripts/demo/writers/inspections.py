"""Batches of inspections: the list, the public seed, what was drawn by it, what was found."""

from collections.abc import Iterator

from scripts.demo import inspected
from scripts.demo.county import AS_OF
from scripts.demo.folder import Folder
from scripts.demo.inspected import Batch
from scripts.demo.texts import phrase

RANDOM, STRATIFIED = 0, 1  # in the order of the schema's words


def write(folder: Folder) -> None:
    found = list(inspected.batches(folder.county, folder.year))
    folder.add("batches", (_batch(folder, each, number) for number, each in enumerate(found, start=1)))
    folder.add("strata", (row for number, each in enumerate(found, start=1) for row in _strata(folder, each, number)))
    folder.add("frame", (row for number, each in enumerate(found, start=1) for row in _frame(folder, each, number)))
    folder.add("results", (row for number, each in enumerate(found, start=1) for row in _results(folder, each, number)))


def _document(folder: Folder, id_: str, batch: Batch, number: int) -> str:
    day = batch.days["listed" if id_ == "list" else "reported_on"]
    return folder.document(id_, f"{id_}-{number}", title=batch.kind["title"], inspector=batch.kind["inspector"], number=number, day=day)


def _batch(folder: Folder, batch: Batch, number: int) -> dict:
    return {
        "batch": batch.no,
        "title": batch.kind["title"],
        "basis": phrase("inspections.basis", year=folder.year),
        "inspector": batch.kind["inspector"],
        "population": batch.kind["population"].format(year=folder.year),
        "size": len(batch.items),
        "sample": sum(batch.sizes.values()),
        "method": folder.schema.table("batches").field("method").constraints["enum"][RANDOM if "" in batch.sizes else STRATIFIED],
        "rule": phrase("inspections.rule"),
        "origin": phrase("inspections.origin"),
        "seed": batch.seed,
        "document": _document(folder, "report", batch, number),
    } | {name: day for name, day in batch.days.items() if day <= AS_OF}


def _strata(folder: Folder, batch: Batch, number: int) -> Iterator[dict]:
    for stratum, size in batch.sizes.items():
        if stratum:
            name, document = phrase(f"inspections.strata.{stratum}"), _document(folder, "list", batch, number)
            yield {"batch": batch.no, "stratum": name, "sample": size, "document": document}


def _frame(folder: Folder, batch: Batch, number: int) -> Iterator[dict]:
    for item in batch.items:
        project = item.project
        yield {
            "batch": batch.no,
            "no": item.no,
            "object": item.title,
            "stratum": phrase(f"inspections.strata.{item.stratum}") if item.stratum else None,
            "project": project.code if project else None,
            "amount": project.allotted() if project else None,
            "document": _document(folder, "list", batch, number),
        }


def _results(folder: Folder, batch: Batch, number: int) -> Iterator[dict]:
    """What is wrong has its finding, by the order in which findings are numbered."""
    good, bad = folder.schema.table("results").field("verdict").constraints["enum"]
    numbers = iter([each.no for each in inspected.findings(folder.county, folder.year) if each.source_no == batch.no])
    for item, matter, told in batch.results:
        yield {
            "batch": batch.no,
            "no": item.no,
            "matter": matter,
            "verdict": bad if told else good,
            "note": told["problem"] if told else None,
            "finding": next(numbers) if told else None,
            "document": _document(folder, "report", batch, number),
        }
