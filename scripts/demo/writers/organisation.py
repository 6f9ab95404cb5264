"""Offices and institutions, associations, and the stations of the towns."""

import datetime
from collections.abc import Iterator

from scripts.demo.chance import stream
from scripts.demo.folder import Folder
from scripts.demo.texts import phrase, table

OURS = ("headquarters", "institution")


def write(folder: Folder) -> None:
    folder.add("units", _units(folder))


def _units(folder: Folder) -> Iterator[dict]:
    dice = stream(folder.county.seed, folder.register, folder.year)
    published = datetime.date(folder.year, 3, dice.randint(2, 27))
    for office in folder.county.offices:
        ours = office.kind in OURS
        yield {
            "unit": office.name,
            "type": phrase(f"organisation.types.{office.kind}"),
            "duties": phrase(f"organisation.duties.{office.kind}"),
            "posts": office.posts,
            "included": phrase(f"organisation.included.{'yes' if ours else 'no'}"),
            "left_out_because": None if ours else table("organisation.left_out")[office.kind],
            "published": published,
            "document": folder.document("posts" if ours else "coverage"),
        }
