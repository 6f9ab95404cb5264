"""What an indicator's value says, as tables of performance write it: comparator, number and unit; or a day; or words. Never a guess."""

import calendar
import datetime
import re
import tomllib
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

from scripts.cells import STATE_WORDS, normal


@dataclass(frozen=True, slots=True)
class Value:
    """Words where neither `number` nor `day` is told. `number` without multiplier ("2.4" ten thousands are 24000), 90% as 90.

    `comparator`: "" where none is written. `places`: decimals as written. `scaled`: a multiplier stood behind the number.
    """

    comparator: str = ""
    number: Fraction | None = None
    unit: str = ""
    day: datetime.date | None = None
    places: int = 0
    scaled: bool = False

    @property
    def share(self) -> Fraction | None:
        """A percentage as a share, None for anything else."""
        return self.number / 100 if self.number is not None and self.unit == "%" else None

    @property
    def persons(self) -> bool:
        return self.number is not None and self.unit in _tables()["people"]["units"]


WORDS = Value()


@cache
def _tables() -> dict:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


@cache
def _form() -> re.Pattern:
    """One expression of all that is declared: longest words first."""

    def one_of(words) -> str:
        return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))

    tables = _tables()
    before, after, units = (
        one_of(normal(word) for words in tables[part].values() for word in words) for part in ("before", "after", "units")
    )  # fmt: skip
    return re.compile(
        rf"(?P<before>{before})?(?P<digits>\d+(?:\.\d+)?|\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?)"
        rf"(?P<times>{one_of(tables['multipliers'])})??(?P<unit>{units})?(?P<after>{after})?"
    )


@cache
def _meaning(part: str) -> dict[str, str]:
    """As written -> as meant."""
    return {normal(word): meant for meant, words in _tables()[part].items() for word in words}


def read(text: str) -> Value:
    """What a cell says. A comparator on both sides, an unknown unit, "about" and whatever else is not declared make it words."""
    plain = re.sub(r"\s+", "", normal(text))
    day = _day(plain)
    if day is not None:
        return Value("<=", day=day)
    found = _form().fullmatch(plain)
    if found is None or (found["before"] and found["after"]):
        return WORDS
    digits, times = found["digits"].replace(",", ""), found["times"]
    comparator = _meaning("before").get(found["before"]) or _meaning("after").get(found["after"]) or ""
    number = Fraction(digits) * (_tables()["multipliers"][times] if times else 1)
    return Value(comparator, number, _meaning("units").get(found["unit"], ""), None, len(digits.partition(".")[2]), bool(times))


def told(text: str) -> bool:
    """Whether a cell says anything: a blank, "not published" and "not applicable" say nothing that could be read."""
    return text not in STATE_WORDS


def _day(plain: str) -> datetime.date | None:
    """The last day that is in time; None where the text is no day of the calendar."""
    forms = _tables()["dates"]
    try:
        if found := re.fullmatch(forms["day"], plain):
            return datetime.date(*map(int, found.groups()))
        if found := re.fullmatch(forms["month_end"], plain):
            year, month = map(int, found.groups())
            return datetime.date(year, month, calendar.monthrange(year, month)[1])
        if found := re.fullmatch(forms["year_end"], plain):
            return datetime.date(int(found[1]), 12, 31)
    except (ValueError, calendar.IllegalMonthError):
        return None
    return None


def comparable(target: Value, actual: Value) -> bool:
    """Whether two values are of one kind: two days, or two numbers of one unit. A bare number takes the unit of its target.

    Where the target has a multiplier, a bare number may be in either measure: not compared.
    """
    if target.day and actual.day:
        return True
    if target.number is None or actual.number is None or actual.comparator:
        return False
    return actual.unit == target.unit or (not actual.unit and not target.scaled)


def met(target: Value, actual: Value) -> bool | None:
    """Whether the target was reached, None where that cannot be said. A target without comparator is reached from above."""
    if not comparable(target, actual):
        return None
    if target.day:
        return actual.day <= target.day
    goal, there = target.number, actual.number
    return {">": there > goal, "<": there < goal, "<=": there <= goal, "=": there == goal}.get(target.comparator, there >= goal)


def reached(target: Value, actual: Value, reverse: bool = False) -> Fraction | None:
    """The share of the target that was reached: actual / target, in reverse target / actual; None without two such numbers."""
    if not comparable(target, actual) or target.day:
        return None
    part, whole = (target.number, actual.number) if reverse else (actual.number, target.number)
    if whole:
        return part / whole
    return Fraction(1) if reverse or part >= 0 else None
