"""Certificates: what was handled each month, who holds one by kind, residence, town and level; all of it one population."""

import datetime
from collections.abc import Iterator

from scripts.demo import people, told
from scripts.demo.chance import stream
from scripts.demo.county import AS_OF, ends, until
from scripts.demo.folder import Folder
from scripts.demo.texts import table

RENEWED, REPLACED, RECHECKED = (110, 170), (14, 20), (60, 80)
FOUND = (5, 9)  # cards that were found not to be of their person, all put right


def write(folder: Folder) -> None:
    dice = stream(folder.county.seed, folder.register, folder.year)
    handled = list(_handling(folder, dice))
    folder.add("handling", handled)
    folder.add("mismatches", [_mismatches(folder, sum(row["rechecked"] for row in handled), dice)])
    folder.add("categories", _categories(folder))
    folder.add("residence", _residence(folder, dice))
    folder.add("holders", _holders(folder))
    told.rows(folder, "assessment")


def _handling(folder: Folder, dice) -> Iterator[dict]:
    for month, day in zip(people.of_county(folder.county, folder.year), ends(folder.year, 1), strict=True):
        published = day + datetime.timedelta(days=dice.randint(*table("certificates.published")))
        yield {
            "month": month.name, "issued": month.issued, "renewed": dice.randint(*RENEWED), "replaced": dice.randint(*REPLACED),
            "moved_in": month.moved_in, "moved_out": month.moved_out, "cancelled": month.cancelled, "rechecked": dice.randint(*RECHECKED),
            "published": published if published <= AS_OF else None, "document": folder.document("ledger"),
        }  # fmt: skip


def _mismatches(folder: Folder, rechecked: int, dice) -> dict:
    found = dice.randint(*FOUND)
    return {
        "until": until(folder.year), "rechecked": rechecked, "opening": 0, "found": found, "corrected": found, "closing": 0,
        "document": folder.document("ledger"),
    }  # fmt: skip


def _categories(folder: Folder) -> Iterator[dict]:
    """Without the share that a bulletin may print: it is rounded, and nothing here is."""
    for category, count in people.by(folder.county, folder.year, 1).items():
        yield {"category": category, "persons": count, "until": until(folder.year), "document": folder.document("bulletin")}


def _residence(folder: Folder, dice) -> Iterator[dict]:
    whole = sum(people.by(folder.county, folder.year, 1).values())
    urban = whole * dice.randint(*table("certificates.urban")) // 100
    for residence, count in zip(table("certificates.residence"), (urban, whole - urban), strict=True):
        yield {"residence": residence, "persons": count, "until": until(folder.year), "document": folder.document("bulletin")}


def _holders(folder: Folder) -> Iterator[dict]:
    for (town, category, level), count in people.holders(folder.county, folder.year).items():
        yield {
            "town": town, "category": category, "level": level, "persons": count, "until": until(folder.year), "document": folder.document("register"),
        }  # fmt: skip
