"""Towns and villages: their posts by the plan's rule, who fills them, what of it is in the budget."""

import datetime
from collections.abc import Iterator

from scripts.demo import people, told
from scripts.demo.chance import split, stream
from scripts.demo.county import AS_OF, until
from scripts.demo.folder import Folder
from scripts.demo.money import Money
from scripts.demo.texts import phrase, table
from scripts.registers.grassroots.facts import RULES, posts

UNFILLED = 0.06  # of the posts of villages
ASSISTANTS = "assistants"
OFFICE = "2081101"


def write(folder: Folder) -> None:
    dice = stream(folder.county.seed, folder.register, folder.year)
    villages = list(_villages(folder, dice))
    folder.add("towns", _towns(folder, villages, dice))
    told.rows(folder, "contact")
    folder.add("funds", _funds(folder))
    folder.add("villages", villages)


def _band(folder: Folder, name: str, holders: int) -> dict:
    """The band of a count, and the posts that the plan asks for."""
    least, must, may = RULES[name]
    below, above = folder.schema.table(name).field("band").constraints["enum"]
    allowed = posts(table("grassroots.plan"), must, may, holders) or (0, 0)
    return {"holders": holders, "band": above if holders >= least else below, "required_posts": allowed[0]}


def _villages(folder: Folder, dice) -> Iterator[dict]:
    counts = people.by(folder.county, folder.year, 0)
    for town in folder.county.towns:
        weights = [dice.randint(60, 140) for _ in town.villages]
        for village, holders in zip(town.villages, split(counts[town.name], weights), strict=True):
            band = _band(folder, "villages", holders)
            filled = band["required_posts"] if dice.random() > UNFILLED else 0
            yield {
                "town": town.name, "village": village, **band, "filled": filled, "staffed": phrase(f"grassroots.words.{'staffed' if filled else 'missing'}"),
                "association": phrase("grassroots.words.association"), "chaired_by": dice.choice(table("grassroots.chaired_by")),
                "document": folder.document("villages"),
            }  # fmt: skip


def _towns(folder: Folder, villages: list[dict], dice) -> Iterator[dict]:
    published = until(folder.year) + datetime.timedelta(days=dice.randint(12, 24))
    for town, holders in people.by(folder.county, folder.year, 0).items():
        band, in_villages = _band(folder, "towns", holders), sum(row["filled"] for row in villages if row["town"] == town)
        filled = band["required_posts"]
        yield {
            "town": town, **band, "filled": filled, "in_villages": in_villages, "assessed": filled + in_villages, "until": until(folder.year),
            "published": published if published <= AS_OF else None, "document": folder.document("towns"),
        }  # fmt: skip


def _funds(folder: Folder) -> Iterator[dict]:
    """What the first budget of the year gives the office, and those who work in villages."""
    money: Money = folder.county.money[folder.year]
    assistants = sum(project.approved for project in money.projects if project.kind["id"] == ASSISTANTS)
    amounts = (money.basic.lines[OFFICE], assistants)
    document = folder.document("approval")
    for item, amount in zip(folder.schema.table("funds").field("item").constraints["enum"], amounts, strict=True):
        yield {"item": item, "budgeted": amount, "number": folder.number(document), "document": document}
