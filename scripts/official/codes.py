"""The subject codes and names of a year, as far as a source vouches for them; functional classes by name."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scripts.official import names as spelling
from scripts.official.words import told

ENOUGH = 3
LOWEST = {"function": 7, "economic": 5}
FOLDER = Path(__file__).parents[1] / "reference" / "codes"


@dataclass(frozen=True, slots=True)
class Codes:
    """Names by code, by classification. `own`: what a source of the year itself gives; `near`: of the nearest year."""

    own: dict[tuple[str, str], str]
    near: dict[tuple[str, str], str]

    def covers(self, classification: str, code: str) -> bool:
        """Whether the year's sources list what stands under the same heading, so that a missing code says something."""
        beside = [known for kind, known in self.own if kind == classification and known[:-2] == code[:-2]]
        return len(code) == LOWEST[classification] and len(beside) >= ENOUGH


@cache
def load(year: int) -> Codes:
    near: dict[tuple[str, str], str] = {}
    for other in sorted(_years(), key=lambda y: (-abs(y - year), y)):
        near |= _table(other)
    return Codes(_table(year) if year in _years() else {}, near)


@cache
def names(classification: str, code: str) -> tuple[str, ...]:
    """Every name that some year's sources give a code."""
    return tuple(dict.fromkeys(name for year in _years() if (name := _table(year).get((classification, code)))))


@cache
def _years() -> tuple[int, ...]:
    return tuple(int(path.stem) for path in FOLDER.glob("*.csv"))


@cache
def _table(year: int) -> dict[tuple[str, str], str]:
    with (FOLDER / f"{year}.csv").open(encoding="utf-8", newline="") as file:
        return {(row["classification"], row["code"]): row["name"] for row in csv.DictReader(file)}


@cache
def _classes(year: int) -> dict[str, str]:
    """Plain class name, old or new, with or without its ending -> code, or the present name without a sourced code."""
    known = {name: code for (kind, code), name in load(year).near.items() if kind == "function" and len(code) == 3}
    ending, found = told()["classes"]["ending"], {}
    for group in told()["classes"]["names"]:
        key = next((known[name] for name in group if name in known), spelling.plain(group[0]))
        for name in map(spelling.plain, group):
            found[name] = found[name.removesuffix(ending)] = key
    return found


@cache
def class_key(name: str, year: int) -> str | None:
    """`208` for a class name; the name itself for a class without a sourced code; None when it is no class."""
    return _classes(year).get(spelling.plain(name))
