"""A fact is a number and where it comes from; its algebra computes formulas and rows, nothing types them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from math import prod

from scripts.cells import Cell, Origin, State, Value


class Unit(StrEnum):
    """What a value counts. FEN is money; SHARE is a pure ratio (0.873 = 87.3 %)."""

    FEN = "fen"
    PERSONS = "persons"
    TIMES = "person-times"
    ITEMS = "items"
    OCCASIONS = "occasions"
    PLACES = "places"
    SHARE = "share"
    DAYS = "days"
    MONTHS = "months"
    WORKING_DAYS = "working-days"
    POINTS = "points"
    HOURS = "hours"
    SQUARE_METRES = "square-metres"


@dataclass(frozen=True, slots=True)
class Fact:
    """`key`: leaf `register/year/table/row/column`; derived `register/year/[entity/]name[@date]`.

    `value` is int (fen, counts, days) or Fraction (shares, points), None unless KNOWN. `places`: decimals of the printed leaf.
    `scale`: the unit a leaf was printed in ("yuan", "wan", "" where none was given). `rows`: what was counted, where no number stands.
    """

    key: str
    title: str
    value: int | Fraction | None
    unit: Unit
    state: State = State.KNOWN
    printed: str = ""
    places: int = 0
    scale: str = ""
    origin: Origin | None = None
    operation: str = ""
    inputs: tuple[str, ...] = ()
    rows: tuple[Origin, ...] = ()

    @property
    def known(self) -> bool:
        return self.state is State.KNOWN

    @property
    def leaf(self) -> bool:
        return self.origin is not None


def key_part(text: str) -> str:
    """One part of a key: letters, digits, Han, `-`, `.` stay, the rest is escaped with `~`: percent signs beside Han would
    lead nowhere as the fragment of an address."""
    return "".join(c if c.isalnum() or c in "-._" else "".join(f"~{byte:02X}" for byte in c.encode()) for c in text)


class Facts:
    """All facts by key. Adding a key twice is a programming error; a derived fact names its inputs."""

    def __init__(self, facts: Iterable[Fact] = ()):
        self._facts: dict[str, Fact] = {}
        for fact in facts:
            self.add(fact)

    def __getitem__(self, key: str) -> Fact:
        return self._facts[key]

    def __contains__(self, key: object) -> bool:
        return key in self._facts

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._facts.values())

    def __len__(self) -> int:
        return len(self._facts)

    def get(self, key: str) -> Fact | None:
        return self._facts.get(key)

    def under(self, prefix: str) -> list[Fact]:
        return [fact for key, fact in self._facts.items() if key.startswith(prefix)]

    def add(self, fact: Fact) -> Fact:
        if fact.key in self._facts:
            raise KeyError(f"fact defined twice: {fact.key}")
        self._facts[fact.key] = fact
        return fact

    def leaf(self, key: str, title: str, cell: Cell, value: Value, unit: Unit, scale: str = "") -> Fact:
        return self.add(
            Fact(key, title, value.value, unit, value.state, cell.text, value.places, scale, cell.origin)
        )

    # Derived facts. BLANK adds as nothing; one unknown input makes the result unknown; all BLANK stays BLANK.

    def sum(self, key: str, title: str, inputs: Iterable[Fact], unit: Unit = Unit.FEN) -> Fact:
        terms = list(inputs)
        state = _state_of_sum(terms)
        value = sum(t.value for t in terms if t.known) if state is State.KNOWN else None
        return self._derived(key, title, value, unit, state, "sum", terms)

    def difference(self, key: str, title: str, left: Fact, right: Fact) -> Fact:
        """left - right; a BLANK side counts as nothing when the other side is known."""
        state = _state_of_sum([left, right])
        value = (left.value or 0) - (right.value or 0) if state is State.KNOWN else None
        return self._derived(key, title, value, left.unit, state, "difference", [left, right])

    def gap(self, key: str, title: str, left: Fact, right: Fact) -> Fact:
        """left - right of two measurements: a side that is not known is not nothing, so neither is the gap."""
        known = left.known and right.known
        state = State.KNOWN if known else _worst([left, right])
        return self._derived(key, title, left.value - right.value if known else None, left.unit, state, "difference", [left, right])

    def product(self, key: str, title: str, inputs: Iterable[Fact], unit: Unit) -> Fact:
        """All inputs multiplied; one that is not known leaves nothing to multiply."""
        factors = list(inputs)
        known = all(t.known for t in factors)
        value = prod(t.value for t in factors) if known else None
        return self._derived(key, title, value, unit, State.KNOWN if known else _worst(factors), "product", factors)

    def ratio(self, key: str, title: str, part: Fact, whole: Fact, unit: Unit = Unit.SHARE) -> Fact:
        """part / whole; NOT_APPLICABLE when whole is zero, unknown when a side is. `unit`: of what comes to one (fen a person)."""
        if part.known and whole.known and whole.value:
            value, state = Fraction(part.value) / Fraction(whole.value), State.KNOWN
        else:
            value, state = None, State.NOT_APPLICABLE if whole.known and part.known else _worst([part, whole])
        return self._derived(key, title, value, unit, state, "ratio", [part, whole])

    def growth(self, key: str, title: str, now: Fact, before: Fact) -> Fact:
        """(now - before) / before; NOT_APPLICABLE when the base is zero or negative."""
        if now.known and before.known and before.value > 0:
            value, state = Fraction(now.value - before.value) / Fraction(before.value), State.KNOWN
        else:
            value, state = None, State.NOT_APPLICABLE if now.known and before.known else _worst([now, before])
        return self._derived(key, title, value, Unit.SHARE, state, "growth", [now, before])

    def count(self, key: str, title: str, inputs: Iterable[Fact], unit: Unit = Unit.ITEMS) -> Fact:
        """How many inputs there are; each input is one row's identifying fact."""
        terms = list(inputs)
        return self._derived(key, title, len(terms), unit, State.KNOWN, "count", terms)

    def mean(self, key: str, title: str, inputs: Iterable[Fact]) -> Fact:
        """The mean of what is known."""
        told = list(inputs)
        terms = [t for t in told if t.known]
        value = sum((Fraction(t.value) for t in terms), Fraction(0)) / len(terms) if terms else None
        state = State.KNOWN if terms else _worst(told) if told else State.BLANK
        return self._derived(key, title, value, told[0].unit if told else Unit.POINTS, state, "mean", terms)

    def least(self, key: str, title: str, inputs: Iterable[Fact]) -> Fact:
        """The smallest input; what does not apply is left out, one that is not known makes the result unknown."""
        return self._extreme(key, title, list(inputs), "least", min)

    def most(self, key: str, title: str, inputs: Iterable[Fact]) -> Fact:
        """The largest input, on the same terms."""
        return self._extreme(key, title, list(inputs), "most", max)

    def _extreme(self, key, title, told, operation, choose) -> Fact:
        terms = [t for t in told if t.state is not State.NOT_APPLICABLE]
        known = bool(terms) and all(t.known for t in terms)
        state = State.KNOWN if known else _worst(terms or told) if told else State.BLANK
        unit = told[0].unit if told else Unit.ITEMS
        return self._derived(key, title, choose(t.value for t in terms) if known else None, unit, state, operation, terms)

    def same(self, key: str, title: str, source: Fact) -> Fact:
        """The same number under the name a page speaks of it by."""
        return self._derived(key, title, source.value, source.unit, source.state, "same", [source])

    def _derived(self, key, title, value, unit, state, operation, inputs) -> Fact:
        places = max((t.places for t in inputs), default=0)
        scale = next((t.scale for t in inputs if t.scale), "")
        return self.add(
            Fact(key, title, value, unit, state, "", places, scale, None, operation, tuple(t.key for t in inputs))
        )


def _worst(terms: list[Fact]) -> State:
    for state in (State.SUPPRESSED, State.UNPUBLISHED, State.NOT_APPLICABLE, State.BLANK):
        if any(t.state is state for t in terms):
            return state
    return State.KNOWN


def _state_of_sum(terms: list[Fact]) -> State:
    if any(t.state in (State.SUPPRESSED, State.UNPUBLISHED) for t in terms):
        return _worst(terms)
    return State.KNOWN if any(t.known for t in terms) else _worst(terms) if terms else State.BLANK


def hidden(fact: Fact) -> Fact:
    """The fact as the public sees it when it may not be seen: no value, no spelling, no origin, no inputs."""
    return replace(fact, value=None, state=State.SUPPRESSED, printed="", origin=None, operation="", inputs=(), rows=())
