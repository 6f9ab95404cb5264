"""Complaints and proposals month by month: what is not done goes on into the next month."""

import datetime
from collections.abc import Iterator

from scripts.demo.chance import stream
from scripts.demo.county import AS_OF, ends
from scripts.demo.folder import Folder
from scripts.demo.texts import table


def write(folder: Folder) -> None:
    folder.add("monthly", sorted(_monthly(folder), key=lambda row: row["month"]))


def _monthly(folder: Folder) -> Iterator[dict]:
    dice = stream(folder.county.seed, folder.register, folder.year)
    for channel, category, least, most in table("grievances.subjects"):
        pending = 0
        for day in ends(folder.year, 1):
            opening, received = pending, dice.randint(least, most)
            pending = min(received, dice.randint(0, 2))
            closed = opening + received - pending
            published = day + datetime.timedelta(days=dice.randint(9, 20))
            yield {
                "month": f"{day:%Y-%m}", "channel": channel, "category": category, "opening": opening, "received": received, "closed": closed,
                "in_time": closed - (1 if closed > 3 and dice.random() < 0.2 else 0), "pending": pending, "days": dice.randint(2, 9), "counted_on": day,
                "published": published if published <= AS_OF else None, "document": folder.document("ledger"),
            }  # fmt: skip
