"""The one gate: what passes here may be published, and every later module accepts only this."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from scripts.facts import Facts
from scripts.identities import Comparison
from scripts.inputs import Inputs
from scripts.problems import Problem
from scripts.suppression import hide, said
from scripts.suppression.hide import places
from scripts.suppression.people import Guard, guards
from scripts.suppression.previous import Earlier, load
from scripts.suppression.published import Published
from scripts.suppression.rules import Rules, rules
from scripts.suppression.system import Cell, Relation

__all__ = ["Earlier", "Guard", "Public", "Rules", "disclose", "guards", "load", "places", "problems", "rules"]


@dataclass(frozen=True, slots=True)
class Public:
    """Public facts and comparisons. A hidden fact keeps its key and its state word, nothing else.

    `guarded`: how many numbers tell of people; `withheld`: how many of them are hidden, small ones and those beside them alike.
    """

    facts: Facts
    comparisons: tuple[Comparison, ...]
    guarded: int = 0
    withheld: int = 0
    exposed: tuple[str, ...] = field(default=(), repr=False)  # hidden, and yet to be reckoned from what is shown
    remembered: tuple[str, ...] = field(default=(), repr=False)  # hidden, and given away by an earlier site


def disclose(
    facts: Facts, comparisons: Iterable[Comparison], closed: frozenset[str] = frozenset(), told: Rules = Rules(), before: Earlier = Earlier()
) -> Public:  # fmt: skip
    """Hides the facts of closed columns and whatever is computed from them; then small counts of people, what few of them were
    paid, and as many others as it takes that nobody can reckon these from all that is published, nor from earlier sites. What these
    hid stays hidden: shown, it would tell what was small beside it.

    A comparison that touches a hidden fact prints no left, right or difference.
    """
    comparisons = tuple(comparisons)
    chosen, exposed, remembered = choose(facts, comparisons, told, before)
    shut = hide.spread(facts, closed, chosen, told.beside)
    return Public(
        hide.disclosed(facts, shut), tuple(hide.covered(each, shut) for each in comparisons),
        len(told.guards), len(chosen), exposed, remembered,
    )  # fmt: skip


def choose(
    facts: Facts, comparisons: Iterable[Comparison], told: Rules, before: Earlier
) -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    """Keys to hide; of these, what no hiding can protect, and what only an earlier site gives away."""
    sticky = before.hid(told.guards)
    if not sticky and not any(guard.sensitive for guard in told.guards.values()):
        return frozenset(), (), ()
    from scripts.suppression.protect import protect  # the solver waits until there is something to hide

    published = Published(facts, told.guards)
    cells, relations = published.cells(sticky), published.relations(comparisons, told.shared)
    heights = published.heights()

    def hidden(cells, relations, shown):
        """Totals stay, unless something small cannot be hidden without one: the lower before the higher."""
        for height in range(max(heights.values(), default=0) + 1):
            above = {key for key in cells if heights.get(key, 0) > height and not cells[key].primary}
            found = protect(cells, relations, shown | above)
            if not found.exposed or not above:
                return found
        return protect(cells, relations, shown)

    shown = before.shown(cells)
    given = {key for key in shown if cells[key].primary}  # too late: hidden, and reckoned with as known
    rest = {key: cell for key, cell in cells.items() if key not in given}
    found = hidden(rest, without(relations + list(before.relations(cells)), cells, given), shown - given)
    alone = set(hidden(cells, relations, set()).exposed) if found.exposed and before.sites else set(found.exposed)
    lost = {key for key in found.exposed if key not in alone}
    told_again = {key for key in given if told.guards[key].sensitive}
    return found.hidden | given, tuple(sorted(set(found.exposed) - lost)), tuple(sorted(lost | told_again))


def problems(inputs: Inputs, facts: Facts, public: Public) -> list[Problem]:
    """What stays open of a hidden number all the same."""
    found = [*said.exposed(facts, public.exposed, "cannot-hide"), *said.exposed(facts, public.remembered, "shown-before")]
    return found + list(said.elsewhere(inputs, facts, public.facts)) if public.withheld else found


def without(relations: Iterable[Relation], cells: Mapping[str, Cell], known: Collection[str]) -> list[Relation]:
    """The same with some cells as their numbers."""
    found = []
    for each in relations:
        number = sum(coefficient * cells[key].value for key, coefficient in each.terms if key in known)
        terms = tuple((key, coefficient) for key, coefficient in each.terms if key not in known)
        if terms:
            found.append(Relation(terms, each.low - number, each.high - number))
    return found
