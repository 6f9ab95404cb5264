"""Two facts -> a verdict, and how far rounding may carry them apart."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache

from scripts.cells import FEN_IN, State
from scripts.facts import Fact, Unit


class Verdict(StrEnum):
    BALANCED = "balanced"
    ROUNDING = "rounding"
    UNBALANCED = "unbalanced"
    DIFFERENT_BASIS = "different-basis"
    UNCHECKABLE = "uncheckable"


# Failures first: the order in which every list of comparisons is shown.
SEVERITY = [Verdict.UNBALANCED, Verdict.UNCHECKABLE, Verdict.DIFFERENT_BASIS, Verdict.ROUNDING, Verdict.BALANCED]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`left` and `right` are fact keys; `difference` = left - right in the unit of the facts (None if uncheckable).

    `identity`: stable id, `words`: the rule in words, `place`: where in the table (row and column in words).
    `cells`: keys of the leaves to mark when it fails. `note`: reason of a declared difference, or of an explanation.
    """

    register: str
    year: int
    table: str
    identity: str
    words: str
    place: str
    left: str
    right: str
    difference: int | Fraction | None
    tolerance: int | Fraction
    verdict: Verdict
    note: str = ""
    cells: tuple[str, ...] = ()


def last_place(fact: Fact) -> int | Fraction:
    """One unit in the last printed place of a leaf, in fen (or in the fact's own unit): 0.01 wan, 0.01 or 1 yuan."""
    return _place(fact.scale or "wan" if fact.unit is Unit.FEN else "", fact.places)


@cache
def _place(scale: str, places: int) -> int | Fraction:
    found = Fraction(FEN_IN.get(scale, 1), 10**places)
    return int(found) if found.denominator == 1 else found


def tolerance(left: Fact, right: Fact, addends: int) -> int | Fraction:
    """max(2u, n*u), u = last printed place of the coarser side, n addends. A side that prints nothing has none."""
    u = max(last_place(side) for side in ([s for s in (left, right) if s.known] or (left, right)))
    return max(2 * u, addends * u)


def verdict(left: Fact, right: Fact, allowed: int | Fraction, differs: str = "") -> Verdict:
    """A blank side counts as nothing against a known one; any other unknown makes the two uncheckable.

    `differs`: the declared reason why the two sides measure different things; without it nothing is excused.
    """
    sides = {left.state, right.state}
    if State.KNOWN not in sides or sides - {State.KNOWN, State.BLANK}:
        return Verdict.UNCHECKABLE
    off = abs((left.value or 0) - (right.value or 0))
    if off == 0:
        return Verdict.BALANCED
    if off <= allowed:
        return Verdict.ROUNDING
    return Verdict.DIFFERENT_BASIS if differs else Verdict.UNBALANCED
