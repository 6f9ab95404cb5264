"""What is known to everybody, as cells and relations: every sum, every equation that holds, every shared total."""

from collections.abc import Collection, Iterable, Mapping
from math import prod

from scripts.facts import Fact, Facts
from scripts.identities import Comparison, Verdict
from scripts.suppression.margins import Terms
from scripts.suppression.people import Guard
from scripts.suppression.system import Cell, Relation

LINEAR = ("sum", "difference", "same", "product")


class Published:
    """Facts written in cells: the guarded facts are unknowns, all others are their numbers."""

    def __init__(self, facts: Facts, guards: Mapping[str, Guard]):
        self.facts, self.guards = facts, guards
        self._known: dict[str, tuple[Terms, int]] = {}

    def cells(self, sticky: Collection[str] = ()) -> dict[str, Cell]:
        """`sticky`: what must be hidden although it is not small."""
        return {
            key: Cell(key, int(self.facts[key].value), guard.low, guard.need, guard.reach, guard.cost, guard.sensitive or key in sticky)
            for key, guard in self.guards.items()
        }

    def heights(self) -> dict[str, int]:
        """How many sums a guarded total stands above the cells that it adds up."""
        found: dict[str, int] = {}
        for fact in self.facts:  # stored after their inputs
            if fact.key in self.guards and self.guards[fact.key].total:
                found[fact.key] = 1 + max((found.get(key, 0) for key in fact.inputs), default=0)
        return found

    def written(self, key: str) -> tuple[Terms, int]:
        """A fact as cells with their coefficients, plus a number. What is not linear is a number: it is hidden with its inputs."""
        if key in self.guards:
            return {key: 1}, 0
        if key not in self._known:
            fact = self.facts[key]
            self._known[key] = self.inside(fact) if fact.operation in LINEAR else ({}, int(fact.value or 0))
        return self._known[key]

    def inside(self, fact: Fact) -> tuple[Terms, int]:
        """A linear fact as its inputs have it."""
        if fact.operation == "product":
            return self.multiplied(fact)
        signs = (1, -1) if fact.operation == "difference" else (1,) * len(fact.inputs)
        return self.added(zip(fact.inputs, signs, strict=True))

    def recomputed(self, fact: Fact) -> bool:
        """A sum of products is shown only where none of its counts is hidden, so it tells nothing of these."""
        return any(self.facts[key].operation == "product" for key in fact.inputs)

    def multiplied(self, fact: Fact) -> tuple[Terms, int]:
        """A product of one unknown and of numbers that everybody knows; of more unknowns it is a number, hidden with them."""
        written = [self.written(key) for key in fact.inputs] if fact.known else []
        unknown = [terms for terms, _ in written if terms]
        if len(unknown) != 1 or any(terms and number for terms, number in written):
            return {}, int(fact.value or 0)
        factor = prod(number for terms, number in written if not terms)
        return {cell: coefficient * factor for cell, coefficient in unknown[0].items() if factor}, 0

    def added(self, parts: Iterable[tuple[str, int]]) -> tuple[Terms, int]:
        terms, number = {}, 0
        for key, sign in parts:
            inner, constant = self.written(key)
            number += sign * constant
            for cell, coefficient in inner.items():
                terms[cell] = terms.get(cell, 0) + sign * coefficient
        return {cell: coefficient for cell, coefficient in terms.items() if coefficient}, number

    def relations(self, comparisons: Iterable[Comparison], shared: Iterable[Terms]) -> list[Relation]:
        found = []
        for fact in self.facts:
            if fact.operation == "sum" and fact.known and not self.recomputed(fact):
                terms, number = self.inside(fact)
                if fact.key in self.guards:
                    found.append(({**terms, fact.key: terms.get(fact.key, 0) - 1}, -number))
                else:
                    found.append((terms, int(fact.value) - number))
        for each in comparisons:
            if each.verdict is Verdict.BALANCED and not each.difference and each.left in self.facts and each.right in self.facts:
                terms, number = self.added(((each.left, 1), (each.right, -1)))
                found.append((terms, -number))
        for parts in shared:
            terms, number = self.added(parts.items())
            found.append((terms, -number))
        return [exactly(terms, value) for terms, value in found if terms]


def exactly(terms: Terms, value: int) -> Relation:
    return Relation(tuple(sorted(terms.items())), value, value)
