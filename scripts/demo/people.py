"""Who holds a certificate, year by year: a town's persons by category and level, and how many came and went."""

from dataclasses import dataclass
from functools import cache

from scripts.demo.chance import split, stream
from scripts.demo.county import County, ends
from scripts.demo.texts import table

NEW, MOVED_IN, MOVED_OUT, GONE = (4, 6), (1, 2), (1, 2), (2, 3)  # of a thousand holders, in a month


@dataclass(frozen=True, slots=True)
class Month:
    """What certificates were issued, moved and cancelled; `net`: how many more holders there are after it."""

    name: str
    issued: int
    moved_in: int
    moved_out: int
    cancelled: int

    @property
    def net(self) -> int:
        return self.issued + self.moved_in - self.moved_out - self.cancelled


@cache
def months(seed: int, holders: int, year: int) -> tuple[Month, ...]:
    """`holders`: of the county at first; the traffic of a month goes with its size."""
    dice = stream(seed, "months", year)
    found = []
    for day in ends(year, 1):
        counts = [max(12, holders * dice.randint(*bounds) // 1000) for bounds in (NEW, MOVED_IN, MOVED_OUT, GONE)]
        found.append(Month(f"{year}-{day.month:02}", *counts))
    return tuple(found)


def of_county(county: County, year: int) -> tuple[Month, ...]:
    return months(county.seed, county.holders, year)


@cache
def _weights(levels: int) -> tuple[int, ...]:
    return tuple(a * b for a in table("county.category_weights") for b in table("county.level_weights")[:levels])


def holders(county: County, year: int) -> dict[tuple[str, str, str], int]:
    """By town, category and level at the end of what is known of a year: the first count, and what came in each year since."""
    found = {(town.name, *kind): count for town in county.towns for kind, count in town.persons.items()}
    kinds = list(county.towns[0].persons)
    for other in range(county.years[0] + 1, year + 1):
        more = sum(month.net for month in of_county(county, other))
        by_town = split(more, [town.holders for town in county.towns])
        for town, count in zip(county.towns, by_town, strict=True):
            for kind, part in zip(kinds, split(count, _weights(len(table("county.levels")))), strict=True):
                found[town.name, *kind] += part
    return found


def by(county: County, year: int, place: int) -> dict[str, int]:
    """Holders by town (0), category (1) or level (2)."""
    found: dict[str, int] = {}
    for key, count in holders(county, year).items():
        found[key[place]] = found.get(key[place], 0) + count
    return found
