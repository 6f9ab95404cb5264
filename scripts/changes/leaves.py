"""What no CSV shows of a number: how it is spelt on the page, and the unit it stands in."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from scripts.changes import tell
from scripts.facts import Fact, Facts
from scripts.problems import Problem


def compare(before: dict[str, dict], facts: Facts, said: set[tuple[str, str, int | None, str]]) -> Iterator[Problem]:
    """`before`: leaves of facts.json by key; `said`: places of which something was told already. A unit is told once a table."""
    units: dict[str, Counter] = defaultdict(Counter)
    for fact in facts:
        old = before.get(fact.key) if fact.leaf else None
        if old is None:
            continue
        if old["scale"] != fact.scale:
            units[fact.origin.file][old["scale"], fact.scale] += 1
        elif _differs(old, fact) and _place(fact) not in said:
            yield tell.spelling(fact, old["printed"])
    for file, changes in sorted(units.items()):
        for (was, is_), count in sorted(changes.items()):
            yield tell.unit(file, was, is_, count)


def _place(fact: Fact) -> tuple[str, str, int, str]:
    return fact.origin.file, fact.origin.sheet, fact.origin.row, fact.origin.column


def _differs(old: dict, fact: Fact) -> bool:
    value = None if fact.value is None else str(fact.value)
    return (old["value"], old["state"], old["printed"]) != (value, str(fact.state), fact.printed)
