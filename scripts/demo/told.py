"""Registers told by their words alone: rows of words/<register>.toml with chance in them, for the whole county, its towns, its quarters.

[tables.<name>]
each = "town"        one row for each town; "village", "quarter" and "month" the same; without it `rows` are the rows
common = { … }     what every row says

A value is a text (with {county} {year} {before} {after} {town} {village} {period} {n} filled in), a number, or one of
  [a, b]                      any number from a to b
  { choose = [ … ] }          one of these
  { yuan = [a, b] }           money, whole hundreds of yuan
  { say = "{v}%", v = [a, b] }  a text with a number from a to b in it
  { holders = [a, b] }        between a and b per cent of those of the town who hold a certificate
  { of = "id", part = [a, b] }  between a and b per cent of an earlier column, rounded down
  { add = [ … ], less = [ … ] } earlier columns added, others taken off
  { day = "MM-DD" }           a day of the year (-1, +1 before it: of the year beside); blank where it is not yet; skip = true: no row then
  { until = true }            the last day of the row's period
  { published = [a, b] }      so many days after that, blank where it is not yet
  { document = "id" }         a document, told under [documents]
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from scripts.demo.chance import HUNDRED_YUAN, stream
from scripts.demo.county import AS_OF, ends, until
from scripts.demo.folder import Folder
from scripts.demo.texts import table

WORKED_OUT = ("of", "add")


class NotYet(Exception):
    """The row speaks of a day that is still to come."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a row is about, and the last day that it speaks of."""

    words: dict
    day: datetime.date


def write(folder: Folder) -> None:
    for name in table(f"{folder.register}.tables"):
        rows(folder, name)


def rows(folder: Folder, name: str) -> None:
    """One table. Its stream is its own, so that no other moves with it."""
    dice, made = stream(folder.county.seed, folder.register, folder.year, name), []
    for told in _parts(folder, name):
        for place in _places(folder, told.get("each", "")):
            for row in told.get("rows", ({},)):
                try:
                    made.append(_row(folder, told.get("common", {}) | row, Place(place.words | {"n": f"{len(made) + 1:02}"}, place.day), dice))
                except NotYet:
                    continue
    folder.add(name, made)


def _parts(folder: Folder, name: str) -> list[dict]:
    """A table may be told in several parts, each with an `each` of its own."""
    told = table(f"{folder.register}.tables")[name]
    return told if isinstance(told, list) else [told]


def _places(folder: Folder, each: str) -> Iterator[Place]:
    county, year = folder.county, folder.year
    words = {"county": county.name, "year": year, "before": year - 1, "after": year + 1}
    last = until(year)
    if each == "town":
        yield from (Place(words | {"town": town.name, "holders": town.holders}, last) for town in county.towns)
    elif each == "village":
        yield from (Place(words | {"town": town.name, "village": village}, last) for town in county.towns for village in town.villages)
    elif each == "quarter":
        yield from (Place(words | {"period": f"{year}-{number}"}, day) for number, day in enumerate(ends(year, 3), start=1))
    elif each == "month":
        yield from (Place(words | {"period": f"{year}-{day.month:02}"}, day) for day in ends(year, 1))
    else:
        yield Place(words, last)


def _row(folder: Folder, told: dict, place: Place, dice) -> dict:
    """What is worked out from other columns comes after them, in the order in which it is told."""
    found: dict = {}
    for id_, value in sorted(told.items(), key=lambda item: isinstance(item[1], dict) and next(iter(item[1])) in WORKED_OUT):
        found[id_] = _value(folder, value, place, dice, found)
    return found


def _value(folder: Folder, value, place: Place, dice, found: dict):
    if isinstance(value, str):
        return value.format(**place.words)
    if isinstance(value, list):
        return dice.randint(*value)
    if not isinstance(value, dict):
        return value
    (kind, told), *_ = value.items()
    return _KINDS[kind](folder, told, value, place, dice, found)


def _day(folder: Folder, told, value, place, dice, found) -> datetime.date | None:
    beside, _, day = told.rpartition(" ")
    date = datetime.date.fromisoformat(f"{folder.year + int(beside or 0)}-{day}")
    if date > AS_OF and value.get("skip"):
        raise NotYet
    return date if date <= AS_OF else None


def _published(folder: Folder, told, value, place, dice, found) -> datetime.date | None:
    date = place.day + datetime.timedelta(days=dice.randint(*told))
    return date if date <= AS_OF else None


def _add(folder: Folder, told, value, place, dice, found) -> int:
    return sum(found[id_] for id_ in told) - sum(found[id_] for id_ in value.get("less", ()))


_KINDS = {
    "say": lambda folder, told, value, place, dice, found: told.format(v=dice.randint(*value["v"])),
    "holders": lambda folder, told, value, place, dice, found: place.words["holders"] * dice.randint(*told) // 100,
    "choose": lambda folder, told, value, place, dice, found: _value(folder, dice.choice(told), place, dice, found),
    "yuan": lambda folder, told, value, place, dice, found: dice.randint(told[0] // 100, told[1] // 100) * HUNDRED_YUAN,
    "of": lambda folder, told, value, place, dice, found: found[told] * dice.randint(*value["part"]) // 100,
    "add": _add,
    "day": _day,
    "until": lambda folder, told, value, place, dice, found: place.day,
    "published": _published,
    "document": lambda folder, told, value, place, dice, found: folder.document(told),
}
