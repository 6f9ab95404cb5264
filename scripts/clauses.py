"""The clauses of the reform plans as data: their words, what they ask for, and for whom."""

import datetime
import re
import tomllib
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from scripts import display, wording
from scripts.facts import Unit
from scripts.publisher import PROFILES

COMPARATORS = (">=", ">", "=", "<=", "range", "may", "aspire", "each-year", "by")
WISHES = ("may", "aspire")  # a permission and an aspiration never fail
_WHEN = re.compile("(>=|>) ([0-9]+)")


@dataclass(frozen=True, slots=True)
class Clause:
    """One threshold of a plan. `quote`: its very words. `target`: exact, in `unit`; "by" has a day in `due` instead.

    `reading`: how words without a number are read here, "" where the plan says the number. `scope`: "county" or "town".
    `when`: for whom it holds at all (">= 20": from twenty on). `small`: so few persons that only the verdict may be shown.
    `yearly`: its target is what a whole year comes to.
    """

    id: str
    title: str
    quote: str
    comparator: str
    target: str = ""
    unit: Unit | None = None
    scope: str = "county"
    reading: str = ""
    when: str = ""
    small: bool = False
    due: datetime.date | None = None
    yearly: bool = False

    @property
    def whole_years(self) -> bool:
        """Whether only a year that is over can be judged: what has not been done by September may still be done."""
        return self.yearly or self.comparator == "each-year"


@cache
def load(plan: str) -> dict[str, Clause]:
    """The clauses of a profile by id, in the order of the plan; none where a publisher names no plan, or one that nobody wrote."""
    if plan not in plans():
        return {}
    told = tomllib.loads((PROFILES / f"{plan}.toml").read_text(encoding="utf-8"))
    found = [Clause(**each | ({"unit": Unit(each["unit"])} if "unit" in each else {})) for each in told["clauses"]]
    if wrong := [each.id for each in found if each.comparator not in COMPARATORS or (each.due is None) != (each.comparator != "by")]:
        raise ValueError(f"{plan}: no such comparator, or a day missing: {wrong}")
    for each in found:
        if each.comparator != "by":
            bounds(each)
    return {each.id: each for each in found}


@cache
def plans() -> tuple[str, ...]:
    return tuple(path.stem for path in sorted(PROFILES.glob("*.toml")))


@cache
def small() -> frozenset[str]:
    """Ids of clauses that point at so few persons, in whatever plan, that their figure is never shown."""
    return frozenset(each.id for plan in plans() for each in load(plan).values() if each.small)


def bounds(clause: Clause) -> tuple[Fraction, Fraction]:
    """Least and most of a target in the unit of its facts: "65%" -> 0.65, "10000" fen from yuan, "1-2" -> (1, 2)."""
    least, _, most = clause.target.partition("-")
    found = [_number(text, clause.unit) for text in (least, most or least)]
    return found[0], found[1]


def _number(text: str, unit: Unit | None) -> Fraction:
    if unit is Unit.SHARE:
        if not text.endswith("%"):
            raise ValueError(f"a share is told in per cent: {text}")
        return Fraction(text.removesuffix("%")) / 100
    return Fraction(text) * (100 if unit is Unit.FEN else 1)


def applies(clause: Clause, number: int) -> bool:
    """Whether a clause holds for a village or town of so many: ">= 20" holds for 20, "> 1000" not for 1000."""
    if not clause.when:
        return True
    sign, least = _WHEN.fullmatch(clause.when).groups()
    return number > int(least) if sign == ">" else number >= int(least)


def said(clause: Clause) -> str:
    """The target in words: "at least 65%"; a reading of ours is told apart by its own words."""
    if clause.due:
        return wording.say("commitments.targets.by", target=display.day(clause.due))
    least, _, most = clause.target.partition("-")
    parts = {"target": _amount(least, clause.unit), "most": _amount(most, clause.unit)}
    return wording.say(f"commitments.targets.{clause.comparator}", **parts)


def _amount(text: str, unit: Unit | None) -> str:
    return text if unit is Unit.SHARE or not text else f"{display.grouped(int(text))} {wording.say(f'units.{unit}')}"
