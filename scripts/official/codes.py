"""The subject codes and names of a year, as far as a source vouches for them; functional classes by name."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scripts.official import names
from scripts.official.words import told

FOLDER = Path(__file__).parents[1] / "reference" / "codes"


@dataclass(frozen=True, slots=True)
class Codes:
    """Plain names by code. `exact`: the table is of the year itself, so that an unknown code is worth saying."""

    year: int
    exact: bool
    function: dict[str, str]
    economic: dict[str, str]


@cache
def load(year: int) -> Codes:
    """The table of the year, or of the nearest year that has one."""
    years = sorted((int(path.stem) for path in FOLDER.glob("*.csv")), key=lambda y: (abs(y - year), y))
    rows = list(csv.DictReader((FOLDER / f"{years[0]}.csv").open(encoding="utf-8", newline=""))) if years else []
    by_classification = {
        each: {row["code"]: row["name"] for row in rows if row["classification"] == each}
        for each in ("function", "economic")
    }
    return Codes(years[0] if years else year, bool(years) and years[0] == year, **by_classification)


@cache
def _classes(year: int) -> dict[str, str]:
    """Plain class name, old or new, with or without its ending -> code, or the present name where no source has a code."""
    known = {name: code for code, name in load(year).function.items() if len(code) == 3}
    ending, found = told()["classes"]["ending"], {}
    for group in told()["classes"]["names"]:
        key = next((known[name] for name in group if name in known), names.plain(group[0]))
        for name in map(names.plain, group):
            found[name] = found[name.removesuffix(ending)] = key
    return found


def class_key(name: str, year: int) -> str | None:
    """`208` for a class name; the name itself for a class without a sourced code; None when it is no class."""
    return _classes(year).get(names.plain(name))
