"""compare(left, right) -> a verdict. A table's equations are data beside the table; both sides are facts."""

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache

from scripts.cells import FEN_IN, State
from scripts.facts import Fact, Facts, Unit


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
    """max(2u, n*u), u = last printed place of the coarser side, n addends. A side that prints nothing has no last place."""
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


Term = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Sides:
    """A parsed `holds`: signed names on either side of "=" or ">="."""

    left: tuple[Term, ...]
    relation: str
    right: tuple[Term, ...]

    @property
    def names(self) -> list[str]:
        return [name for _, name in self.left + self.right]


_TOKEN = re.compile(r"\s*(>=|[=+\u2212-]|[^\s=+>\u2212-]+)")


def parse_holds(text: str) -> Sides:
    """`total = basic + project − closing`: names, one "=" or ">=", "+" and "−" (or "-"). ValueError otherwise."""
    tokens = _TOKEN.findall(text)
    if "".join(tokens) != "".join(text.split()):
        raise ValueError(f"not an equation: {text!r}")
    relation = [t for t in tokens if t in ("=", ">=")]
    if len(relation) != 1:
        raise ValueError(f"an equation has one sign of equality: {text!r}")
    split = tokens.index(relation[0])
    return Sides(_terms(tokens[:split], text), relation[0], _terms(tokens[split + 1 :], text))


def _terms(tokens: list[str], text: str) -> tuple[Term, ...]:
    """Signed names of one side; a sign before each but the first."""
    if tokens and tokens[0] not in _SIGNS:
        tokens = ["+", *tokens]
    signs, names = tokens[::2], tokens[1::2]
    if not tokens or len(signs) != len(names) or set(signs) - set(_SIGNS) or set(names) & (set(_SIGNS) | {"=", ">="}):
        raise ValueError(f"not a sum of names: {text!r}")
    return tuple((_SIGNS[sign], name) for sign, name in zip(signs, names, strict=True))


_SIGNS = {"+": 1, "-": -1, "\u2212": -1}


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: signed facts, and how a sum of them is called."""

    terms: tuple[tuple[int, Fact], ...]
    title: str = ""


def weigh(facts: Facts, register: str, year: int, table: str, identity: str, address: str, left: Side, right: Side,
          *, words: str, place: str, relation: str = "=", differs: str = "", within: str = "") -> Comparison | None:  # fmt: skip
    """Compares two sides, each one printed fact or a sum that becomes a fact under `register/year/check/`.

    None when nothing at all is printed on either side. `address`: row/column, makes the keys of the sums unique.
    `within`: what a satisfied ">=" is noted with. A sum's rounding grows with its known terms.
    """
    terms = left.terms + right.terms
    if all(fact.state is State.BLANK for _, fact in terms):
        return None
    key = f"{register}/{year}/check/{identity}/{address}"
    one, other = _side(facts, f"{key}--left", left), _side(facts, key, right)
    allowed = tolerance(one, other, sum(fact.known for _, fact in terms) - 1)
    result = verdict(one, other, allowed, differs)
    known = result is not Verdict.UNCHECKABLE
    off = (one.value or 0) - (other.value or 0) if known else None
    note = differs if result is Verdict.DIFFERENT_BASIS else ""
    if relation == ">=" and known and off >= 0:
        result, note = Verdict.BALANCED, within
    leaves = tuple(fact.key for _, fact in terms if fact.leaf)
    return Comparison(
        register, year, table, identity, words, place, one.key, other.key, off, allowed, result, note, leaves
    )


def uncheckable(facts: Facts, register: str, year: int, table: str, identity: str, address: str, left: Side,
                *, words: str, place: str, note: str) -> Comparison:  # fmt: skip
    """A comparison that cannot be made; its missing side is a fact that says it was not published."""
    key = f"{register}/{year}/check/{identity}/{address}"
    missing = Fact(key, note, None, Unit.FEN, State.UNPUBLISHED, operation="sum")
    other = facts.get(key) or facts.add(missing)
    one = _side(facts, f"{key}--left", left) if left.terms else other
    leaves = tuple(fact.key for _, fact in left.terms if fact.leaf)
    return Comparison(
        register, year, table, identity, words, place, one.key, other.key, None, 0, Verdict.UNCHECKABLE, note, leaves
    )


def _side(facts: Facts, key: str, side: Side) -> Fact:
    """The fact itself where it stands alone, else the sum, or the difference of two sums."""
    if len(side.terms) == 1 and side.terms[0][0] > 0:
        return side.terms[0][1]
    plus = [fact for sign, fact in side.terms if sign > 0]
    minus = [fact for sign, fact in side.terms if sign < 0]
    if not minus:
        return facts.sum(key, side.title, plus)
    first = plus[0] if len(plus) == 1 else facts.sum(f"{key}--plus", side.title, plus)
    second = minus[0] if len(minus) == 1 else facts.sum(f"{key}--minus", side.title, minus)
    return facts.difference(key, side.title, first, second)
