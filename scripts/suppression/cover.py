"""The least to hide so that every proof of an attacker fails: each proof is a cut, the cheapest choice an integer programme."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from scripts.suppression.attack import Breach
from scripts.suppression.solver import Proof, loaded
from scripts.suppression.system import Cell, System

FAINT = 1e-7
SATISFIED = 1e-5  # more than what an integer programme takes for kept
NODES = 2_000  # branches of one choice; what is found by then is safe all the same


@dataclass(frozen=True, slots=True)
class Cut:
    """`shares` of the cells hidden must add up to 1 wherever `key` is hidden; a share is at most 1."""

    key: str
    shares: tuple[tuple[str, float], ...]


Known = dict[tuple[Cut, ...], tuple[frozenset[str], bool]]


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
    kept = [cut for cut in found if sum(share for key, share in cut.shares if key in hidden) < 1 - SATISFIED]
    return kept or [_any_other(breach.key, [above, below], hidden, open_)]


def _reach(system: System, key: str, sign: int, proof: Proof, open_: Collection[str]) -> _Reach:
    """sign * deviation of the cell = sum of the others' by what is left of the proof + multipliers * what the relations leave."""
    left: dict[str, float] = {key: float(sign)}
    weights: dict[str, float] = {key: 1.0}
    known = 0.0
    for relation, multiplier in proof:
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


def lines(system: System, open_: Collection[str], exposed: Collection[str]) -> list[Cut]:
    """What one relation alone already says of the smallest primary cell in it: found without any attack."""
    found = []
    for relation in system.touching(open_):
        terms = relation.terms
        for sign in (1, -1):
            side = [key for key, factor in terms if factor * sign > 0 and system.cells[key].primary and key in open_]
            for key in sorted(set(side) - set(exposed), key=lambda key: (system.cells[key].value, key))[:1]:
                factor = dict(terms)[key]
                above, below = (_reach(system, key, way, ((relation, way / factor),), open_) for way in (1, -1))
                cell = system.cells[key]
                found += [_cut(key, [above, _own(cell)], cell.need), _cut(key, [below], 1), _cut(key, [above], 1)]
    return [cut for cut in dict.fromkeys(found) if all(other != cut.key for other, _ in cut.shares)]


def _own(cell: Cell) -> _Reach:
    """A cell goes no further down than to what everybody knows."""
    return _Reach(0.0, {cell.key: None if cell.down is None else float(cell.down)})


def cheapest(system: System, primary: Collection[str], pool: Sequence[Cut], known: Known) -> tuple[set[str], bool]:
    """The fewest cells, of these what loses least, that satisfy every cut; primary cells are always among them.

    Also whether nothing smaller does. Cuts that share no cell which is still to be chosen are solved apart; `known` keeps what was
    solved before.
    """
    chosen, sure = set(primary), True
    for group in _apart(pool, primary):
        if group not in known:
            known[group] = _solved(system, primary, group)
        chosen |= known[group][0]
        sure &= known[group][1]
    return chosen, sure


def _apart(pool: Sequence[Cut], primary: Collection[str]) -> list[tuple[Cut, ...]]:
    leader: dict[str, str] = {}

    def top(key: str) -> str:
        while leader.setdefault(key, key) != key:
            leader[key] = key = leader[leader[key]]
        return key

    free = [(cut, [key for key in (cut.key, *(key for key, _ in cut.shares)) if key not in primary]) for cut in pool]
    for _, keys in free:
        for key in keys[1:]:
            first, second = sorted((top(keys[0]), top(key)))
            leader[second] = first
    groups: dict[str, list[Cut]] = {}
    for cut, keys in free:
        if keys:
            groups.setdefault(top(keys[0]), []).append(cut)
    return [tuple(sorted(set(groups[key]), key=lambda cut: (cut.key, cut.shares))) for key in sorted(groups)]


def _solved(system: System, primary: Collection[str], pool: Sequence[Cut]) -> tuple[frozenset[str], bool]:
    import highspy  # heavy; only where something is hidden

    keys = sorted({key for cut in pool for key in (cut.key, *(key for key, _ in cut.shares))} - set(primary))
    place = {key: number for number, key in enumerate(keys)}
    whole = 1 + sum(system.cells[key].cost for key in keys)
    lp, start, index, value, least = highspy.HighsLp(), [0], [], [], []
    for cut in pool:
        least.append((cut.key in primary) - sum(share for key, share in cut.shares if key in primary))
        row = [(place[key], share) for key, share in cut.shares if key in place]
        row += [(place[cut.key], -1.0)] if cut.key in place else []
        index += [number for number, _ in row]
        value += [share for _, share in row]
        start.append(len(index))
    lp.num_col_, lp.num_row_ = len(keys), len(pool)
    lp.col_cost_ = [1 + system.cells[key].cost / whole for key in keys]
    lp.col_lower_, lp.col_upper_ = [0.0] * len(keys), [1.0] * len(keys)
    lp.row_lower_, lp.row_upper_ = least, [math.inf] * len(pool)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(keys)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = start, index, value
    model = loaded(lp, mip_rel_gap=0.0, mip_max_nodes=NODES)
    model.run()
    sure = model.getModelStatus() == highspy.HighsModelStatus.kOptimal
    values = model.getSolution().col_value if sure or model.getInfo().primal_solution_status else [1.0] * len(keys)
    return frozenset(key for key, value in zip(keys, values, strict=True) if value > 0.5), sure
