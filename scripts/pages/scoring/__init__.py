"""The site scores itself: each item of the rubric is judged by tests over the plan of pages and the facts, none is typed.

An item is a list of tests. All of them met is 1, none is 0, anything between is a half.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

from scripts.pages.scoring import people, records, site, tables
from scripts.pages.scoring.ground import NONE, WHOLE, Answer, Ground

RUBRIC = Path(__file__).resolve().parents[2] / "reference" / "rubric.toml"
ESSENTIAL = 3
JUDGES = {name: judge for module in (tables, records, people, site) for name, judge in module.JUDGES.items()}


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the rubric. `tests`: name of a judge with what it needs to know."""

    id: str
    group: str
    title: str
    weight: int
    passes: str
    judged: str
    tests: tuple[Mapping, ...]

    @property
    def essential(self) -> bool:
        return self.weight == ESSENTIAL


@dataclass(frozen=True, slots=True)
class Score:
    """What an item came to: 0, 1/2 or 1; the pages that show it, and what is lacking (an Answer each)."""

    item: Item
    value: Fraction
    answers: tuple[Answer, ...]

    @property
    def evidence(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.path for each in self.answers if each.path is not None))

    @property
    def lacking(self) -> tuple[Answer, ...]:
        return tuple(each for each in self.answers if each.score < WHOLE)


@cache
def rubric() -> tuple[Item, ...]:
    """All items in their order."""
    told = tomllib.loads(RUBRIC.read_text(encoding="utf-8"))
    return tuple(Item(**{**each, "tests": tuple(each["tests"])}) for each in told["items"])


@cache
def groups() -> dict[str, str]:
    """Group -> title, in the order of the rubric."""
    return tomllib.loads(RUBRIC.read_text(encoding="utf-8"))["groups"]


def judge(ground: Ground, item: Item) -> Score:
    """An item by its tests."""
    answers = tuple(JUDGES[test["judge"]](ground, **{name: told for name, told in test.items() if name != "judge"}) for test in item.tests)
    return Score(item, together([each.score for each in answers]), answers)


def together(scores: list[Fraction]) -> Fraction:
    """All met is met, none is none, the rest a half."""
    if all(each == WHOLE for each in scores):
        return WHOLE
    return NONE if all(each == NONE for each in scores) else Fraction(1, 2)


def scores(ground: Ground) -> list[Score]:
    return [judge(ground, item) for item in rubric()]
