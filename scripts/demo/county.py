"""The made-up county: towns with persons by category and level, offices, and for each year its money."""

import calendar
import datetime
from dataclasses import dataclass, field

from scripts.demo.chance import split, stream
from scripts.demo.texts import phrase, table

LAST = 2026  # the year that is not over yet
AS_OF = datetime.date(LAST, 9, 30)
HOLDERS = (1700, 3200)  # persons with a certificate in a town: enough that few of its counts are small
LEAST_VILLAGES = 7


@dataclass(frozen=True, slots=True)
class Town:
    """`persons`: how many, by (category, level)."""

    no: int
    name: str
    villages: tuple[str, ...]
    persons: dict[tuple[str, str], int]

    @property
    def holders(self) -> int:
        return sum(self.persons.values())


@dataclass(frozen=True, slots=True)
class Office:
    """`kind`: headquarters, institution, association or station; only the first two are in the tables."""

    name: str
    kind: str
    posts: int | None = None


@dataclass(slots=True)
class County:
    """`money`: by year, filled by scripts.demo.money."""

    seed: int
    name: str
    towns: tuple[Town, ...]
    years: tuple[int, ...]
    offices: tuple[Office, ...]
    money: dict[int, object] = field(default_factory=dict)

    @property
    def holders(self) -> int:
        return sum(town.holders for town in self.towns)

    def office(self, id_: str, **details: object) -> str:
        return phrase(f"county.offices.{id_}", county=self.name, **details)

    def posts(self, kind: str) -> int:
        return sum(office.posts or 0 for office in self.offices if office.kind == kind)

    def quarters(self, year: int) -> list[datetime.date]:
        """The ends of the quarters that are over."""
        return ends(year, 3)


def ends(year: int, months: int) -> list[datetime.date]:
    """The last days of a year's periods of so many months, as far as they are over."""
    found = [datetime.date(year, month, calendar.monthrange(year, month)[1]) for month in range(months, 13, months)]
    return [day for day in found if day <= AS_OF]


def until(year: int) -> datetime.date:
    """The day that a year's counts speak of."""
    return min(datetime.date(year, 12, 31), AS_OF)


def whole(year: int) -> bool:
    """Whether a year is over."""
    return year < LAST


def county(seed: int, towns: int, years: int) -> County:
    name = phrase("county.county", letters=_letters(seed))
    made = tuple(_town(seed, number) for number in range(towns))
    return County(seed, name, made, tuple(range(LAST - years + 1, LAST + 1)), _offices(name, made))


def _letters(number: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA: no digits, which would be figures on every page."""
    signs, found = table("county.letters"), ""
    while number >= 0:
        number, place = divmod(number, len(signs))
        found, number = signs[place] + found, number - 1
    return found


def _town(seed: int, number: int) -> Town:
    dice = stream(seed, "town", number)
    name = town_name(number)
    numerals = table("county.numerals")
    villages = tuple(phrase("county.village", town=name, number=n) for n in numerals[: dice.randint(LEAST_VILLAGES, len(numerals))])
    by_category = split(dice.randint(*HOLDERS), table("county.category_weights"))
    persons = {
        (category, level): part
        for category, count in zip(table("county.categories"), by_category, strict=True)
        for level, part in zip(table("county.levels"), split(count, table("county.level_weights")), strict=True)
    }
    return Town(number, name, villages, persons)


def town_name(number: int) -> str:
    """The stems in turn, then two of them, then three."""
    stems, endings, rest, found = table("county.stems"), table("county.endings"), number, ""
    while rest >= 0:
        rest, place = divmod(rest, len(stems))
        found, rest = stems[place] + found, rest - 1
    return found + endings[number % len(endings)]


def _offices(name: str, towns: tuple[Town, ...]) -> tuple[Office, ...]:
    def called(id_: str, **details: object) -> str:
        return phrase(f"county.offices.{id_}", county=name, **details)

    return (
        Office(called("headquarters"), "headquarters", 12 + len(towns) // 3),
        Office(called("center"), "institution", 8 + len(towns) // 3),
        Office(called("jobs"), "institution", 5 + len(towns) // 6),
        *(Office(f"{name}{each}", "association") for each in table("county.associations")),
        *(Office(called("station", town=town.name), "station") for town in towns),
    )
