"""What the reform plan promises: every threshold as data, and whether a measured fact keeps it."""

import datetime
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from scripts import measures, registers, schema, wording
from scripts.book import Book
from scripts.cells import State
from scripts.clauses import WISHES, Clause, applies, bounds, load, plans, said, small
from scripts.declared import Measure
from scripts.facts import Fact, Facts, Unit
from scripts.inputs import Inputs, RegisterYear, latest_date

__all__ = [
    "WORST", "Clause", "Result", "Verdict", "applies", "bounds", "derive", "judge", "load", "measuring", "met_key", "of_year", "over",
    "plans", "results", "said", "small",
]  # fmt: skip


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
