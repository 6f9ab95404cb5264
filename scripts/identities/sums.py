"""Two sums of facts -> a comparison; what is recomputed becomes a fact of its own."""

from dataclasses import dataclass

from scripts.cells import State
from scripts.facts import Fact, Facts, Unit
from scripts.identities.verdicts import Comparison, Verdict, tolerance, verdict


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: signed facts, and how a sum of them is called."""

    terms: tuple[tuple[int, Fact], ...]
    title: str = ""


def weigh(facts: Facts, register: str, year: int, table: str, identity: str, address: str, left: Side, right: Side,
          *, words: str, place: str, relation: str = "=", differs: str = "",
          within: str = "", exact: bool = False) -> Comparison | None:  # fmt: skip
    """Compares two sides, each one printed fact or a sum that becomes a fact under `register/year/check/`.

    None when nothing at all is printed on either side. `address`: row/column, makes the keys of the sums unique.
    `within`: what a satisfied ">=" or "<=" is noted with. A sum's rounding grows with its known terms; `exact`: nothing was rounded.
    """
    terms = left.terms + right.terms
    if all(fact.state is State.BLANK for _, fact in terms):
        return None
    key = f"{register}/{year}/check/{identity}/{address}"
    one, other = _side(facts, f"{key}--left", left), _side(facts, key, right)
    allowed = 0 if exact else tolerance(one, other, sum(fact.known for _, fact in terms) - 1)
    result = verdict(one, other, allowed, differs)
    known = result is not Verdict.UNCHECKABLE
    off = (one.value or 0) - (other.value or 0) if known else None
    note = differs if result is Verdict.DIFFERENT_BASIS else ""
    if known and ((relation == ">=" and off >= 0) or (relation == "<=" and off <= 0)):
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
        return facts.sum(key, side.title, plus, plus[0].unit if plus else Unit.FEN)
    first = plus[0] if len(plus) == 1 else facts.sum(f"{key}--plus", side.title, plus, plus[0].unit)
    second = minus[0] if len(minus) == 1 else facts.sum(f"{key}--minus", side.title, minus, minus[0].unit)
    return facts.difference(key, side.title, first, second)
