"""The least that has to be hidden so that every proof of an attacker fails: each proof is a cut, the cheapest choice an integer programme."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from scripts.suppression.attack import Breach
from scripts.suppression.solver import far
from scripts.suppression.system import System

FAINT = 1e-7


@dataclass(frozen=True, slots=True)
class Cut:
    """`shares` of the cells hidden must add up to 1 wherever `key` is hidden; a share is at most 1."""

    key: str
    shares: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class _Reach:
    """What a proof says: the cell goes no further than `known` and the room of those hidden cells (None: without end)."""

    known: float
    room: Mapping[str, float | None]


def cuts(system: System, breach: Breach, hidden: Collection[str], open_: Collection[str]) -> list[Cut]:
    """What has to be hidden beside the breached cell, as its proofs say; `open_`: what may be hidden at all."""
    cell = system.cells[breach.key]
    above, below = _reach(system, breach.key, +1, breach.above, open_), _reach(system, breach.key, -1, breach.below, open_)
    found = []
    low, high = breach.interval
    if high is not None and cell.reach is not None and high < cell.reach:
        found.append(_cut(breach.key, [above], cell.reach - cell.value))
    if low is not None and high is not None and high - low < cell.need:
        found.append(_cut(breach.key, [above, below], cell.need))
    kept = [cut for cut in found if sum(share for key, share in cut.shares if key in hidden) < 1 - FAINT]
    return kept or [_any_other(breach.key, [above, below], hidden, open_)]


def _reach(system: System, key: str, sign: int, proof: Mapping[int, float], open_: Collection[str]) -> _Reach:
    """sign * deviation of the cell = sum of the others' by what is left of the proof + multipliers * what the relations leave."""
    left: dict[str, float] = {key: float(sign)}
    weights: dict[str, float] = {key: 1.0}
    known = 0.0
    for index, multiplier in proof.items():
        relation = system.relations[index]
        true = 0
        for other, factor in relation.terms:
            left[other] = left.get(other, 0.0) - multiplier * factor
            weights[other] = max(weights.get(other, 0.0), abs(multiplier * factor))
            true += factor * system.cells[other].value
        known += multiplier * ((relation.high if multiplier > 0 else relation.low) - true)
    room: dict[str, float | None] = {}
    for other, share in left.items():
        if (other in open_ or other == key) and abs(share) > FAINT * weights[other]:
            down = system.cells[other].down
            room[other] = None if share > 0 or down is None else -share * down
    return _Reach(known, room)


def _cut(key: str, ends: Sequence[_Reach], demand: int) -> Cut:
    """The room of what is hidden must come up to the demand."""
    room: dict[str, float] = {}
    for end in ends:
        demand -= end.known
        for other, size in end.room.items():
            room[other] = room.get(other, 0.0) + (math.inf if size is None else size)
    demand -= room.pop(key, 0.0)
    if demand <= 0:  # proves nothing
        return Cut(key, ((key, 1.0),))
    return Cut(key, tuple((other, min(1.0, room[other] / demand)) for other in sorted(room) if room[other] > 0))


def _any_other(key: str, ends: Sequence[_Reach], hidden: Collection[str], open_: Collection[str]) -> Cut:
    """Where only whole numbers make it narrow: at least one more cell that stands in the way, or, where none is known, any."""
    blocking = {other for end in ends for other in end.room} - set(hidden) or set(open_) - set(hidden)
    return Cut(key, tuple((other, 1.0) for other in sorted(blocking)))


def cheapest(system: System, open_: Sequence[str], primary: Collection[str], pool: Sequence[Cut]) -> set[str]:
    """The fewest cells, of these what loses least, that satisfy every cut; primary cells are always among them."""
    import highspy  # heavy; only where something is hidden

    place = {key: number for number, key in enumerate(open_)}
    whole = 1 + sum(system.cells[key].cost for key in open_)
    lp, start, index, value = highspy.HighsLp(), [0], [], []
    for cut in pool:
        row = [(place[key], share) for key, share in cut.shares if key in place and key != cut.key]
        index += [*(number for number, _ in row), place[cut.key]]
        value += [*(share for _, share in row), -1.0]
        start.append(len(index))
    lp.num_col_, lp.num_row_ = len(open_), len(pool)
    lp.col_cost_ = [1 + system.cells[key].cost / whole for key in open_]
    lp.col_lower_, lp.col_upper_ = [float(key in primary) for key in open_], [1.0] * len(open_)
    lp.row_lower_, lp.row_upper_ = [0.0] * len(pool), [math.inf] * len(pool)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(open_)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = start, index, value
    model = highspy.Highs()
    for option, wanted in {"output_flag": False, "threads": 1, "random_seed": 0, "mip_rel_gap": 0.0}.items():
        model.setOptionValue(option, wanted)
    model.passModel(lp)
    model.run()
    return {key for key, chosen in zip(open_, model.getSolution().col_value, strict=True) if chosen > 0.5}
