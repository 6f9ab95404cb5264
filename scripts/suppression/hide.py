"""From the chosen keys to public facts: whatever a hidden number can be read from goes with it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from scripts.cells import Origin
from scripts.facts import Facts, hidden
from scripts.identities import Comparison, Verdict


def spread(facts: Facts, closed: Collection[str], chosen: Collection[str], beside: Mapping[str, Iterable[str]]) -> set[str]:
    """Keys that may not be shown; facts are stored after their inputs.

    Closed keys take everything with them that is computed from them. Of chosen keys a sum stays (its protection was reckoned
    with), and a count of rows too; a difference, a share, a mean go.
    """
    shut = {key for key in closed if key in facts}
    linear = set(chosen)  # hidden, yet what a sum of it tells is reckoned with
    gone = shut | linear | {key for each in chosen for key in beside.get(each, ())}
    for fact in facts:
        inputs = gone.intersection(fact.inputs)
        if not inputs or fact.key in gone and fact.key not in linear:
            continue
        if shut.intersection(inputs):
            shut.add(fact.key)
        elif fact.operation == "count" or (fact.operation == "sum" and inputs <= linear):
            continue
        elif fact.operation in ("difference", "same") and inputs <= linear:
            linear.add(fact.key)
        gone.add(fact.key)
    return gone


def disclosed(facts: Facts, shut: Collection[str]) -> Facts:
    return Facts(hidden(fact) if fact.key in shut else fact for fact in facts)


def covered(each: Comparison, shut: Collection[str]) -> Comparison:
    """A comparison that touches a hidden fact prints no difference and no verdict."""
    if each.left not in shut and each.right not in shut:
        return each
    return replace(each, difference=None, tolerance=0, verdict=Verdict.UNCHECKABLE, cells=())


def places(facts: Facts, public: Facts) -> set[Origin]:
    """Where the hidden leaves stand in the clerk's tables."""
    return {fact.origin for fact in facts if fact.leaf and not public[fact.key].leaf}
