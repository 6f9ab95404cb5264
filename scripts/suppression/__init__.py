"""The one gate: what passes here may be published, and every later module accepts only this."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from scripts.facts import Facts, hidden
from scripts.identities import Comparison, Verdict


@dataclass(frozen=True, slots=True)
class Public:
    """Public facts and comparisons. A hidden fact keeps its key and its state word, nothing else."""

    facts: Facts
    comparisons: tuple[Comparison, ...]


def disclose(facts: Facts, comparisons: Iterable[Comparison], closed: frozenset[str] = frozenset()) -> Public:
    """Hides the facts of closed columns and whatever is computed from them.

    A comparison that touches a hidden fact prints no left, right or difference.
    """
    shut = _spread(facts, closed)
    public = Facts(hidden(fact) if fact.key in shut else fact for fact in facts)
    return Public(public, tuple(_covered(each, public, shut) for each in comparisons))


def _spread(facts: Facts, closed: frozenset[str]) -> set[str]:
    """Closed keys and every derived fact with a closed input; facts are stored after their inputs."""
    shut = {key for key in closed if key in facts}
    for fact in facts:
        if shut.intersection(fact.inputs):
            shut.add(fact.key)
    return shut


def _covered(each: Comparison, public: Facts, shut: set[str]) -> Comparison:
    if each.left not in shut and each.right not in shut:
        return each
    return replace(each, difference=None, tolerance=0, verdict=Verdict.UNCHECKABLE, cells=())


