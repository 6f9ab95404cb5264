"""Years that are not there although those around them are, or although another register of the same year rests on them."""

from collections.abc import Iterator

from scripts import registers, schema
from scripts.inputs import Inputs
from scripts.problems import Problem, problem


def problems(read: Inputs) -> list[Problem]:
    gaps = {each.file: each for name in registers.ORDER for each in _gaps(read, name)}
    needed = {each.file: each for name in registers.ORDER for each in _needed(read, name)}
    return list((needed | gaps).values())


def _years(read: Inputs, name: str) -> list[int]:
    return [each.year for each in read.of(name)]


def _gaps(read: Inputs, name: str) -> Iterator[Problem]:
    years = _years(read, name)
    for year in range(min(years, default=0), max(years, default=0)):
        if year not in years:
            yield problem("year-missing", file=f"{name}/{year}", title=schema.load(name).title, year=year, first=min(years), last=max(years))


def _needed(read: Inputs, name: str) -> Iterator[Problem]:
    """A register that is kept, and not in this year. An official one comes later in the year, or in the next."""
    for other in schema.load(name).needs:
        years = _years(read, other)
        for year in _years(read, name) if years and not schema.load(other).official else ():
            if year > min(years) and year not in years:
                yield problem("year-needed", file=f"{other}/{year}", title=schema.load(other).title, needs=schema.load(name).title, year=year)
