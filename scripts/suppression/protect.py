"""Hides what must be hidden and the least beside it, until no attacker finds out too much."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from scripts.suppression.attack import Breach, breaches
from scripts.suppression.cover import cheapest, cuts, lines
from scripts.suppression.system import Cell, Relation, System

# A part with more hidden cells is attacked where something changed, and everywhere only when nothing is found there.
LARGE, SHORT = 400, 40


@dataclass(frozen=True, slots=True)
class Protection:
    """`hidden`: primary and complementary cells. `exposed`: primary cells that no hiding protects, in the order of keys."""

    hidden: frozenset[str]
    primary: frozenset[str]
    exposed: tuple[str, ...]


def protect(cells: Mapping[str, Cell], relations: Sequence[Relation], fixed: Collection[str] = ()) -> Protection:
    """The smallest set found that an attack does not break: fewest cells, of these what loses least.

    `fixed` may never be hidden, being shown elsewhere. A value under what everybody knows (a zero among counts of at least 1) is shown
    too. A primary cell that is fixed is exposed and not hidden; one that stays too narrow whatever else is hidden is both.
    """
    system = System.of(cells, relations)
    primary = frozenset(key for key, cell in system.cells.items() if cell.primary)
    open_ = {key for key, cell in system.cells.items() if key not in fixed and (cell.down is None or cell.down >= 0)}
    hidden, exposed = set(), primary - open_
    for part in system.parts(open_):
        if primary.intersection(part):
            chosen, lost = _part(system, part, primary.intersection(part))
            hidden |= chosen
            exposed |= lost
    return Protection(frozenset(hidden), primary, tuple(sorted(exposed)))


def _part(system: System, part: Sequence[str], primary: Collection[str]) -> tuple[set[str], set[str]]:
    """Hidden and exposed cells of one part of what may be hidden."""
    open_, exposed = _defensible(system, part, primary)
    pool, known, hidden, found = lines(system, open_, exposed), {}, set(primary), []
    everywhere = True
    while True:
        before, (hidden, sure) = hidden, cheapest(system, primary, pool, known)
        changed = (hidden ^ before).union(breach.key for breach in found)
        suspects = hidden - exposed if everywhere else (hidden - exposed) & _near(system, changed)
        found = [*_breaches(system, hidden, suspects)]
        if not found and everywhere:
            return hidden if sure else _pruned(system, hidden, primary, exposed), exposed
        pool += [cut for breach in found for cut in cuts(system, breach, hidden, open_)]
        everywhere = not found or len(hidden) <= LARGE


def _near(system: System, keys: Collection[str]) -> set[str]:
    """The keys and whatever stands in a short relation with one of them."""
    return {key for relation in system.without(SHORT).touching(keys) for key, _ in relation.terms}.union(keys)


def _breaches(system: System, hidden: Collection[str], suspects: Collection[str]) -> Iterator[Breach]:
    """Of many hidden cells first those that short relations alone give away; all the others only where there are none."""
    if len(hidden) > LARGE:
        near = system.without(SHORT)
        blocks = near.parts(hidden)
        if found := [breach for block in blocks for breach in breaches(near, block, suspects)]:
            yield from found
            return
        # What is safe when only some blocks are hidden is safe among all of them.
        suspects = {breach.key for group in _grouped(blocks) for part in system.parts(group) for breach in breaches(system, part, suspects)}
    for part in system.parts(hidden):
        yield from breaches(system, part, suspects)


def _grouped(blocks: Sequence[list[str]]) -> Iterator[list[str]]:
    """Blocks put together until they are large enough to hide each other."""
    group: list[str] = []
    for block in blocks:
        group += block
        if len(group) >= LARGE:
            yield group
            group = []
    yield group


def _defensible(system: System, part: Sequence[str], primary: Collection[str]) -> tuple[set[str], set[str]]:
    """What may be hidden without being broken when all of it is hidden, and the primary cells that are broken even then."""
    open_, exposed = set(part), set()
    while True:
        lost = {breach.key for breach in _breaches(system, open_, open_)} - exposed
        if not lost:
            return open_, exposed
        exposed |= lost.intersection(primary)
        open_ -= lost - exposed


def _pruned(system: System, hidden: set[str], primary: Collection[str], exposed: Collection[str]) -> set[str]:
    """Without complements that could as well be shown, the dearest first."""
    kept = set(hidden)
    for key in sorted(hidden - set(primary), key=lambda key: (-system.cells[key].cost, key)):
        if next(_breaches(system, kept - {key}, kept - {key} - set(exposed)), None) is None:
            kept.discard(key)
    return kept
