"""What is being computed: the inputs, the facts found so far, their comparisons and the explanations that cover them."""

import datetime
from dataclasses import dataclass, field, replace
from fractions import Fraction

from scripts import display, identities, wording
from scripts.cells import FEN_IN, WAN, YUAN
from scripts.facts import Fact, Facts, Unit
from scripts.identities import Comparison, Verdict
from scripts.inputs import Inputs
from scripts.problems import Problem, problem

UNITS_APART = FEN_IN[WAN] // FEN_IN[YUAN]
NEAR = 50  # one part in so many: amounts in 10,000 yuan are rounded


@dataclass(slots=True)
class Book:
    """Filled register by register, in the order of their needs; read-only for everybody after the gate."""

    inputs: Inputs
    facts: Facts = field(default_factory=Facts)
    comparisons: list[Comparison] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    closed: set[str] = field(default_factory=set)

    def compare(
        self, register: str, year: int, table: str, identity: str, left: Fact, right: Fact,
        *, place: str, addends: int = 0, within: Fraction | None = None, differs: str = "", **words: object,
    ) -> Comparison:  # fmt: skip
        """Adds one comparison; its words are `identities.<identity>` of wording.toml.

        `addends`: how many printed numbers stand on the side that was rounded; 0 where both sides are kept to the fen,
        so that nothing is excused. `within`: how far the sides may be apart, where that is known otherwise.
        """
        allowed = within if within is not None else identities.tolerance(left, right, addends) if addends else 0
        verdict = identities.verdict(left, right, allowed, differs)
        known = verdict is not Verdict.UNCHECKABLE
        found = Comparison(
            register, year, table, identity, wording.say(f"identities.{identity}", **words), place, left.key, right.key,
            (left.value or 0) - (right.value or 0) if known else None, allowed, verdict,
            differs if verdict is Verdict.DIFFERENT_BASIS else "",
            tuple(f.key for f in (left, right) if f.leaf),
        )  # fmt: skip
        self.comparisons.append(found)
        return found

    def settle(self, own_tables: set[tuple[str, str]]) -> None:
        """Applies explanations.toml, then says what stays unexplained in the county's own tables.

        An explanation names identity, place and difference (as printed, with its sign). It is void, and a problem,
        when nothing of that name is off by exactly that much.
        """
        unused = list(self.inputs.explanations)
        settled = []
        for each in self.comparisons:
            entry = next((e for e in unused if _covers(e, each, self.facts)), None)
            if entry is not None:
                unused.remove(entry)
                each = _explained(each, entry)
            elif each.verdict is Verdict.UNBALANCED:
                own = (each.register, each.table) in own_tables
                slip = self._other_unit(each, own_tables) if own else []
                self.problems += slip or [self._unexplained(each, "unexplained-difference" if own else "unbalanced-official")]
            settled.append(each)
        self.comparisons[:] = settled
        for entry in unused:
            self.problems.append(
                problem(
                    "void-explanation", file="explanations.toml", column=str(entry.get("identity", "")),
                    value=f"{entry.get('place', '')} {entry.get('difference', '')}".strip(),
                )
            )  # fmt: skip

    def differences(self) -> None:
        """`<register>/<year>/check/<identity>/<left>/difference`: what a comparison is off by, as a fact of its own."""
        for each in self.comparisons:
            key = difference_key(each)
            if each.difference and key not in self.facts:
                title = wording.say("checks.difference", place=each.place)
                self.facts.difference(key, title, self.facts[each.left], self.facts[each.right])

    def _other_unit(self, each: Comparison, own_tables: set[tuple[str, str]]) -> list[Problem]:
        """Where one side is a ten-thousandth of the other: its cells, which seem to be in 10,000 yuan, not those of the right side."""
        small, large = sorted((self.facts[each.left], self.facts[each.right]), key=lambda fact: abs(fact.value or 0))
        if small.unit is not Unit.FEN or not small.value or abs(small.value * UNITS_APART - (large.value or 0)) * NEAR > abs(large.value or 0):
            return []
        cells, other = ([leaf for leaf in self._leaves(side) if leaf.value] for side in (small, large))
        if not other or any(leaf.scale != YUAN or tuple(leaf.key.split("/")[:3:2]) not in own_tables for leaf in cells):
            return []
        return [
            problem("other-unit", file=leaf.origin.file, sheet=leaf.origin.sheet, row=leaf.origin.row, column=leaf.origin.column, value=leaf.printed, other=other[0].origin.file)
            for leaf in cells
        ]  # fmt: skip

    def _leaves(self, fact: Fact) -> list[Fact]:
        return [fact] if fact.leaf else [leaf for key in fact.inputs for leaf in self._leaves(self.facts[key])]

    def _unexplained(self, each: Comparison, kind: str) -> Problem:
        """An error in the county's own tables; in an official one a warning, for it is printed as it was published."""
        fact = self.facts[each.left]
        cell = next((self.facts[key] for key in each.cells), fact)
        origin = cell.origin
        return problem(
            kind,
            file=origin.file if origin else "",
            sheet=origin.sheet if origin else "",
            row=origin.row if origin else None,
            column=origin.column if origin else "",
            value=cell.printed,
            rule=each.words, place=each.place, left=amount(fact), right=amount(self.facts[each.right]),
            difference=difference_text(each, self.facts), identity=each.identity,
        )  # fmt: skip


def difference_key(each: Comparison) -> str:
    """Left and right name a comparison within its identity; their common head is left away."""
    head = f"{each.register}/{each.year}/"
    sides = "--".join(side.removeprefix(head) for side in (each.left, each.right))
    return f"{head}check/{each.identity}/{sides}/difference"


def amount(fact: Fact) -> str:
    """A side of a comparison in the unit its source is printed in."""
    return display.shown(fact, fact.scale or "wan") or wording.say("checks.empty")


def difference_text(each: Comparison, facts: Facts) -> str:
    """The signed difference in the unit of the left side, as explanations.toml writes it."""
    if each.difference is None:
        return ""
    left = facts[each.left]
    if left.unit is Unit.FEN:
        return display.machine_decimal(each.difference, left.scale or "wan")
    return display.shown(replace(left, value=each.difference), unit=False)


def _covers(entry: dict, each: Comparison, facts: Facts) -> bool:
    return (
        each.verdict is Verdict.UNBALANCED
        and entry.get("identity") == each.identity
        and entry.get("place") == each.place
        and str(entry.get("difference", "")).replace(",", "") == difference_text(each, facts).replace(",", "")
    )


def _explained(each: Comparison, entry: dict) -> Comparison:
    said = wording.say(
        "explanations.said", reason=entry.get("reason", ""), by=entry.get("approved_by", ""), date=str(entry.get("date", ""))
    )
    verdict = Verdict.DIFFERENT_BASIS if entry.get("differs") is True else each.verdict
    return replace(each, verdict=verdict, note=said)


def elapsed(book: Book, key: str, day: datetime.date) -> Fact:
    """The share of its year that has passed at the end of a day."""
    start, end = datetime.date(day.year, 1, 1), datetime.date(day.year + 1, 1, 1)
    share = Fraction((day - start).days + 1, (end - start).days)
    title = wording.say("execution.elapsed", day=display.day(day))
    return book.facts.add(Fact(key, title, share, Unit.SHARE, operation="calendar"))


def days_between(book: Book, key: str, title: str, first: datetime.date, last: datetime.date) -> Fact:
    """Whole days from one date to another; negative when `last` comes first."""
    return book.facts.add(Fact(key, title, (last - first).days, Unit.DAYS, operation="calendar"))
