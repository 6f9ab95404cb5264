"""What the reform plan promises: every threshold as data, and whether a measured fact keeps it."""

import datetime
import re
import tomllib
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import cache

from scripts import display, measures, registers, schema, wording
from scripts.book import Book
from scripts.cells import State
from scripts.declared import Measure
from scripts.facts import Fact, Facts, Unit
from scripts.inputs import Inputs, RegisterYear, latest_date
from scripts.publisher import PROFILES

COMPARATORS = (">=", ">", "=", "<=", "range", "may", "aspire", "each-year", "by")
WISHES = ("may", "aspire")  # a permission and an aspiration never fail
_WHEN = re.compile("(>=|>) ([0-9]+)")


class Verdict(StrEnum):
    UNMET = "unmet"
    NOT_YET = "not-yet"
    UNCHECKABLE = "uncheckable"
    WITHHELD = "withheld"
    MET = "met"
    ACHIEVED = "achieved"
    UNFINISHED = "unfinished"
    UNMEASURED = "unmeasured"


WORST = tuple(Verdict)


@dataclass(frozen=True, slots=True)
class Clause:
    """One threshold of a plan. `quote`: its very words. `target`: exact, in `unit`; "by" has a day in `due` instead.

    `reading`: how words without a number are read here, "" where the plan says the number. `scope`: "county" or "town".
    `when`: for whom it holds at all (">= 20": from twenty on). `small`: so few persons that only the verdict may be shown.
    `yearly`: its target is what a whole year comes to.
    """

    id: str
    title: str
    quote: str
    comparator: str
    target: str = ""
    unit: Unit | None = None
    scope: str = "county"
    reading: str = ""
    when: str = ""
    small: bool = False
    due: datetime.date | None = None
    yearly: bool = False

    @property
    def whole_years(self) -> bool:
        """Whether only a year that is over can be judged: what has not been done by September may still be done."""
        return self.yearly or self.comparator == "each-year"


@dataclass(frozen=True, slots=True)
class Result:
    """A clause with what measures it: one fact of one year, or one for each town (`value`); nothing where nothing does.

    `running`: the same of a later year that is not over, shown beside and not judged.
    """

    clause: Clause
    verdict: Verdict
    year: RegisterYear | None = None
    measure: Measure | None = None
    fact: Fact | None = None
    value: str = ""
    running: "Result | None" = None


@cache
def load(plan: str) -> dict[str, Clause]:
    """The clauses of a profile by id, in the order of the plan; none where a publisher names no plan."""
    if not plan:
        return {}
    told = tomllib.loads((PROFILES / f"{plan}.toml").read_text(encoding="utf-8"))
    found = [Clause(**each | ({"unit": Unit(each["unit"])} if "unit" in each else {})) for each in told["clauses"]]
    if wrong := [each.id for each in found if each.comparator not in COMPARATORS or (each.due is None) != (each.comparator != "by")]:
        raise ValueError(f"{plan}: no such comparator, or a day missing: {wrong}")
    for each in found:
        if each.comparator != "by":
            bounds(each)
    return {each.id: each for each in found}


@cache
def plans() -> tuple[str, ...]:
    return tuple(path.stem for path in sorted(PROFILES.glob("*.toml")))


@cache
def small() -> frozenset[str]:
    """Ids of clauses that point at so few persons, in whatever plan, that their figure is never shown."""
    return frozenset(each.id for plan in plans() for each in load(plan).values() if each.small)


def bounds(clause: Clause) -> tuple[Fraction, Fraction]:
    """Least and most of a target in the unit of its facts: "65%" -> 0.65, "10000" fen from yuan, "1-2" -> (1, 2)."""
    least, _, most = clause.target.partition("-")
    found = [_number(text, clause.unit) for text in (least, most or least)]
    return found[0], found[1]


def _number(text: str, unit: Unit | None) -> Fraction:
    if unit is Unit.SHARE:
        if not text.endswith("%"):
            raise ValueError(f"a share is told in per cent: {text}")
        return Fraction(text.removesuffix("%")) / 100
    return Fraction(text) * (100 if unit is Unit.FEN else 1)


def applies(clause: Clause, number: int) -> bool:
    """Whether a clause holds for a village or town of so many: ">= 20" holds for 20, "> 1000" not for 1000."""
    if not clause.when:
        return True
    sign, least = _WHEN.fullmatch(clause.when).groups()
    return number > int(least) if sign == ">" else number >= int(least)


def judge(clause: Clause, fact: Fact | None) -> Verdict:
    """Whether an exact value keeps the clause; nothing is rounded first."""
    if fact is None:
        return Verdict.UNMEASURED
    if fact.state is State.SUPPRESSED:
        return Verdict.WITHHELD
    if not fact.known or fact.unit is not clause.unit:
        return Verdict.UNCHECKABLE
    least, most = bounds(clause)
    keeps = {
        ">": fact.value > least, "=": fact.value == least, "<=": fact.value <= most, "range": least <= fact.value <= most,
    }.get(clause.comparator, fact.value >= least)  # fmt: skip
    if clause.comparator in WISHES:
        return Verdict.ACHIEVED if keeps else Verdict.NOT_YET
    return Verdict.MET if keeps else Verdict.UNMET


def said(clause: Clause) -> str:
    """The target in words: "at least 65%"; a reading of ours is told apart by its own words."""
    if clause.due:
        return wording.say("commitments.targets.by", target=display.day(clause.due))
    least, _, most = clause.target.partition("-")
    parts = {"target": _amount(least, clause.unit), "most": _amount(most, clause.unit)}
    return wording.say(f"commitments.targets.{clause.comparator}", **parts)


def _amount(text: str, unit: Unit | None) -> str:
    return text if unit is Unit.SHARE or not text else f"{display.grouped(int(text))} {wording.say(f'units.{unit}')}"


def met_key(year: RegisterYear, measure: Measure) -> str:
    return f"{measures.key(year, measure)}/met"


def derive(book: Book) -> None:
    """Small clauses are judged before the gate and their figures closed: whether they are kept (1 or 0) is all that passes."""
    clauses = load(book.inputs.publisher.plan)
    for year in book.inputs.years.values():
        for measure in schema.load(year.register).measures:
            for id_ in small().intersection(measure.clauses):
                for value, fact in measures.found(book.facts, year, measure):
                    at = measures.key(year, measure, value)
                    book.closed |= {at} | {each.key for each in book.facts.under(f"{at}/")} | set(fact.inputs)
                    if id_ in clauses and fact.known and not value:
                        kept = int(judge(clauses[id_], fact) in (Verdict.MET, Verdict.ACHIEVED))
                        title = wording.say("commitments.met_title", title=clauses[id_].title)
                        book.facts.add(Fact(met_key(year, measure), title, kept, Unit.ITEMS, operation="judged"))


@cache
def measuring() -> dict[str, list[tuple[str, Measure]]]:
    """Clause id -> (register, measure) of all that measures it, in the order of the registers."""
    found: dict[str, list[tuple[str, Measure]]] = {}
    for name in registers.ORDER:
        for measure in schema.load(name).measures:
            for id_ in measure.clauses:
                found.setdefault(id_, []).append((name, measure))
    return found


def results(inputs: Inputs, facts: Facts, clause: Clause) -> list[Result]:
    """What measures a clause in the latest year that knows it, the worst first; one result without a fact where nothing does.

    Of a clause of whole years it is the latest year that is over; one that is not stands beside it, or alone where there is no other.
    """
    found = []
    for register, measure in measuring().get(clause.id, ()):
        told = [made for year in reversed(inputs.of(register)) if (made := _results(inputs, facts, year, measure, clause))]
        running = [each for each in told if each[0].verdict is Verdict.UNFINISHED]
        over = [each for each in told if each not in running]
        chosen = next((each for each in over if any(r.verdict is not Verdict.UNCHECKABLE for r in each)), over[0] if over else [])
        found += _beside(chosen, running[0]) if running else chosen
    return sorted(found, key=_worst) or [Result(clause, Verdict.UNMEASURED)]


def _beside(judged: list[Result], running: list[Result]) -> list[Result]:
    """Each result with its own of the unfinished year; what only that year knows stands by itself."""
    now = {each.value: each for each in running}
    there = {each.value for each in judged}
    return [replace(each, running=now.get(each.value)) for each in judged] + [each for each in running if each.value not in there]


def of_year(inputs: Inputs, facts: Facts, year: RegisterYear) -> list[Result]:
    """The results of one register's year: every clause of the publisher's plan that it measures."""
    clauses = load(inputs.publisher.plan)
    told = [(clauses[id_], measure) for measure in schema.load(year.register).measures for id_ in measure.clauses if id_ in clauses]
    return [result for clause, measure in told for result in sorted(_results(inputs, facts, year, measure, clause), key=_worst)]


def _results(inputs: Inputs, facts: Facts, year: RegisterYear, measure: Measure, clause: Clause) -> list[Result]:
    open_still = clause.whole_years and not over(inputs, year)
    return [
        Result(clause, Verdict.UNFINISHED if open_still else _verdict(facts, year, measure, clause, fact), year, measure, fact, value)
        for value, fact in measures.found(facts, year, measure)
    ]


def over(inputs: Inputs, year: RegisterYear) -> bool:
    """Whether a year has ended by the day that the data reach to; its last day ends it."""
    day = inputs.publisher.as_of or latest_date(inputs)
    return day is not None and day >= datetime.date(year.year, 12, 31)


def _verdict(facts: Facts, year: RegisterYear, measure: Measure, clause: Clause, fact: Fact) -> Verdict:
    kept = facts.get(met_key(year, measure)) if clause.small else None
    if kept is None:
        return judge(clause, fact)
    yes, no = (Verdict.ACHIEVED, Verdict.NOT_YET) if clause.comparator in WISHES else (Verdict.MET, Verdict.UNMET)
    return yes if kept.value else no


def _worst(result: Result) -> tuple:
    """The order of a list: verdicts from the worst, then the furthest from the target."""
    fact = result.fact
    ahead = fact.value if fact and fact.known else 0
    return WORST.index(result.verdict), -ahead if result.clause.comparator == "<=" else ahead
