"""What an attacker can find out of hidden cells from those that are shown: linear programming against our own tables."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

from scripts.suppression.solver import Polyhedron, far, inward
from scripts.suppression.system import Cell, Interval, Relation, System, narrow

# A part with more suspects is first attacked in bulk: one solution is a witness for many cells.
BULK = 24
ROUNDS = 60


def attack(cells: Mapping[str, Cell], relations: Sequence[Relation], hidden: Collection[str]) -> dict[str, Interval]:
    """The tightest interval of every hidden cell when all others are known; None: without end. In the order of keys.

    Linear bounds, rounded inward to whole numbers; where sizes differ so much that arithmetic is in doubt, too narrow rather than too wide.
    """
    system, found = System.of(cells, relations), {}
    for part in system.parts(hidden):
        polyhedron = Polyhedron(system, part)
        for key in part:
            found[key] = (polyhedron.end(key, -1).value, polyhedron.end(key, +1).value)
    return {key: found[key] for key in sorted(found)}


def broken(cells: Mapping[str, Cell], relations: Sequence[Relation], hidden: Collection[str]) -> list[str]:
    """Hidden cells of which an attacker finds out too much, in the order of keys."""
    system = System.of(cells, relations)
    return sorted(breach.key for part in system.parts(hidden) for breach in breaches(system, part))


@dataclass(frozen=True, slots=True)
class Breach:
    """A hidden cell that is too narrow, and the proofs of its two ends: multipliers by index of relation."""

    key: str
    interval: Interval
    above: Mapping[int, float]
    below: Mapping[int, float]


def breaches(system: System, part: Sequence[str]) -> Iterator[Breach]:
    """Every broken cell of one part of the hidden cells, without attacking what a solution has shown to be safe."""
    polyhedron, seen = Polyhedron(system, part), Witnesses(system, part)
    yield from attacked(polyhedron, seen, _bulk(polyhedron, seen, list(part)))


def attacked(polyhedron: Polyhedron, seen: "Witnesses", suspects: Sequence[str]) -> Iterator[Breach]:
    """The broken ones of the suspects."""
    for key in suspects:
        if seen.safe(key):
            continue
        cell = polyhedron.cells[polyhedron.place[key]]
        above = polyhedron.end(key, +1, cell.value + far(cell))
        seen.add(above.point)
        if seen.safe(key):
            continue
        below = polyhedron.end(key, -1, cell.value - cell.need)
        seen.add(below.point)
        if narrow(cell, (below.value, above.value)):
            yield Breach(key, (below.value, above.value), above.proof, below.proof)


def _bulk(polyhedron: Polyhedron, seen: "Witnesses", left: list[str]) -> list[str]:
    """What many cells pushed at once, each no further than it must go, leave unproven."""
    for number in range(ROUNDS):
        if len(left) <= BULK:
            break
        turn = -1 if number % 2 else 1
        seen.add(polyhedron.push({key: turn * (1 if crc32(f"{number // 2} {key}".encode()) & 1 else -1) for key in left}))
        before, left = len(left), [key for key in left if not seen.safe(key)]
        if number % 2 and before == len(left):
            break
    return left


class Witnesses:
    """How far every cell stood from its true value in any possible state seen so far."""

    def __init__(self, system: System, part: Sequence[str]):
        self.cells = [system.cells[key] for key in part]
        self.place = {key: place for place, key in enumerate(part)}
        self.highest: list[float] = [0] * len(part)
        self.lowest: list[float] = [0] * len(part)

    def add(self, point: Sequence[float]) -> None:
        for place, deviation in enumerate(point):
            if deviation > self.highest[place]:
                self.highest[place] = deviation
            elif deviation < self.lowest[place]:
                self.lowest[place] = deviation

    def safe(self, key: str) -> bool:
        cell = self.cells[place := self.place[key]]
        return not narrow(cell, (cell.value + inward(self.lowest[place], -1), cell.value + inward(self.highest[place], +1)))
