"""Numbers that may be hidden and what everybody knows of them: cells, relations, and the parts that hang together."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Cell:
    """A number that may be hidden. Exact whole numbers (persons, or fen).

    `low`: what everybody knows that it is at least; None: nothing. `need`: once hidden, what an attacker finds out must stay at
    least this wide. `reach`: and must go up to at least this; None: no such demand. `cost`: what hiding it loses.
    """

    key: str
    value: int
    low: int | None
    need: int
    reach: int | None
    cost: int
    primary: bool

    @property
    def down(self) -> int | None:
        """How far below its value an attacker must hold it possible at most; None: without end."""
        return None if self.low is None else self.value - self.low


@dataclass(frozen=True, slots=True)
class Relation:
    """low <= sum(coefficient * cell) <= high, known to everybody; exact where low == high. The true values satisfy it."""

    terms: tuple[tuple[str, int], ...]
    low: int
    high: int


Interval = tuple[int | None, int | None]


def narrow(cell: Cell, interval: Interval) -> bool:
    """Whether an attacker who knows this much of a hidden cell knows too much."""
    low, high = interval
    if high is None:
        return False
    return low is not None and high - low < cell.need or cell.reach is not None and high < cell.reach


@dataclass(frozen=True)
class System:
    """Cells by key and relations, both in an order of their own: whoever asks, in whatever order, gets the same answer."""

    cells: Mapping[str, Cell]
    relations: tuple[Relation, ...]

    @classmethod
    def of(cls, cells: Mapping[str, Cell], relations: Iterable[Relation]) -> "System":
        """ValueError where a cell stands under another key, needs nothing, or a relation speaks of others or is not true."""
        for key, cell in cells.items():
            if cell.key != key or cell.need < 1 or cell.cost < 0:
                raise ValueError(f"no cell to protect: {key}: {cell}")
        told = {relation for each in relations if (relation := _gathered(each)).terms}
        for relation in told:
            if not all(key in cells for key, _ in relation.terms):
                raise ValueError(f"of unknown cells: {relation}")
            if not relation.low <= sum(factor * cells[key].value for key, factor in relation.terms) <= relation.high:
                raise ValueError(f"not true of the cells: {relation}")
        return cls({key: cells[key] for key in sorted(cells)}, tuple(sorted(told, key=lambda r: (r.terms, r.low, r.high))))

    @cached_property
    def around(self) -> Mapping[str, tuple[int, ...]]:
        """Key -> indices of the relations that speak of it."""
        found: dict[str, list[int]] = {key: [] for key in self.cells}
        for index, relation in enumerate(self.relations):
            for key, _ in relation.terms:
                found[key].append(index)
        return {key: tuple(indices) for key, indices in found.items()}

    def without(self, longest: int) -> "System":
        """What somebody knows who never adds up so many numbers: less, so what is broken here is broken."""
        return System(self.cells, tuple(relation for relation in self.relations if len(relation.terms) < longest))

    def parts(self, keys: Collection[str]) -> list[list[str]]:
        """The keys in groups that no relation joins; each sorted, in the order of their first."""
        chosen, seen, groups = set(keys), set(), []
        for start in sorted(chosen):
            if start in seen:
                continue
            group, waiting = [], [start]
            seen.add(start)
            while waiting:
                key = waiting.pop()
                group.append(key)
                near = {other for index in self.around[key] for other, _ in self.relations[index].terms}
                waiting += (fresh := (near & chosen) - seen)
                seen |= fresh
            groups.append(sorted(group))
        return groups

    def touching(self, keys: Iterable[str]) -> list[Relation]:
        """The relations that speak of at least one of the keys, in their order."""
        return [self.relations[index] for index in sorted({index for key in keys for index in self.around[key]})]


def _gathered(relation: Relation) -> Relation:
    """The same with every cell named once, in the order of keys."""
    factors: dict[str, int] = {}
    for key, factor in relation.terms:
        factors[key] = factors.get(key, 0) + factor
    return Relation(tuple((key, factors[key]) for key in sorted(factors) if factors[key]), relation.low, relation.high)
