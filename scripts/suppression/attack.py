"""What an attacker can find out of hidden cells from those that are shown: linear programming against our own tables."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from scripts.suppression.solver import Polyhedron, Proof, far, inward
from scripts.suppression.system import Cell, Interval, Relation, System, narrow

# A part with more suspects is first attacked in bulk: one solution is a witness for many cells.
# A push of many costs about as much as attacking WORTH of them; lines with CROWD cells more take one more at a time.
BULK, PATIENCE, CROWD, WORTH = 24, 3, 12, 16


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
    return sorted(breach.key for part in system.parts(hidden) for breach in breaches(system, part, part))


@dataclass(frozen=True, slots=True)
class Breach:
    """A hidden cell that is too narrow, and the proofs of its two ends: relations and multipliers."""

    key: str
    interval: Interval
    above: Proof
    below: Proof


def breaches(system: System, part: Sequence[str], suspects: Collection[str]) -> Iterator[Breach]:
    """The broken ones among the suspects in one part of the hidden cells; what a solution shows to be safe is not attacked."""
    if suspected := [key for key in part if key in suspects]:
        polyhedron, seen = Polyhedron(system, part), Witnesses(system, part)
        for key in _bulk(polyhedron, seen, suspected):
            if not seen.safe(key) and (breach := _attacked(polyhedron, seen, key)):
                yield breach


def _attacked(polyhedron: Polyhedron, seen: "Witnesses", key: str) -> Breach | None:
    cell = polyhedron.cells[polyhedron.place[key]]
    above = polyhedron.end(key, +1, cell.value + far(cell))
    seen.add(above.point)
    if seen.safe(key):
        return None
    below = polyhedron.end(key, -1, cell.value - cell.need)
    seen.add(below.point)
    interval = (below.value, above.value)
    return Breach(key, interval, above.proof, below.proof) if narrow(cell, interval) else None


def _bulk(polyhedron: Polyhedron, seen: "Witnesses", left: list[str]) -> list[str]:
    """What many cells pushed at once, each no further than it must go, leave unproven."""
    idle = 0
    for sign in (1, -1) if len(left) > BULK else ():
        seen.add(polyhedron.push(dict.fromkeys(left, sign)))
    while len(left) > BULK and idle < PATIENCE:
        seen.add(polyhedron.push(_apart(polyhedron, seen, left)))
        before, left = len(left), [key for key in left if not seen.safe(key)]
        idle = idle + 1 if before - len(left) < WORTH else 0
        left = left[len(left) // 3 :] + left[: len(left) // 3]  # the next push starts elsewhere
    return sorted(left)


def _apart(polyhedron: Polyhedron, seen: "Witnesses", left: Sequence[str]) -> dict[str, int]:
    """Directions for suspects that hardly stand in each other's way: few of a relation up, few down."""
    signs: dict[str, int] = {}
    pushed: dict[tuple[int, int], int] = {}
    for key in left:
        cell = polyhedron.cells[place := polyhedron.place[key]]
        sign = 1 if seen.highest[place] < far(cell) and seen.pushes[place] % 2 == 0 else -1
        lines = polyhedron.lines[place]
        if all(pushed.get((line, sign), 0) <= len(polyhedron.rows[line][0]) // CROWD for line in lines):
            signs[key] = sign
            seen.pushes[place] += 1
            for line in lines:
                pushed[line, sign] = pushed.get((line, sign), 0) + 1
    return signs


class Witnesses:
    """How far every cell stood from its true value in any possible state seen so far."""

    def __init__(self, system: System, part: Sequence[str]):
        self.cells = [system.cells[key] for key in part]
        self.place = {key: place for place, key in enumerate(part)}
        self.pushes = [0] * len(part)
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
