"""Late is visible: due dates against published dates, from dates in the data and one as_of, never the machine's clock."""

import datetime
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from scripts import commitments, days, registers, schema, wording
from scripts.cells import State
from scripts.declared import Obligation
from scripts.facts import Fact, Facts, Unit, key_part
from scripts.inputs import Inputs, RegisterYear
from scripts.tables import Row

OBLIGATIONS = Path(__file__).with_name("reference") / "obligations.toml"


class Standing(StrEnum):
    OVERDUE = "overdue"
    LATE = "late"
    UNCHECKABLE = "uncheckable"
    PENDING = "pending"
    ON_TIME = "on-time"


WORST = tuple(Standing)


@dataclass(frozen=True, slots=True)
class Judged:
    """`days`: late or overdue by, in calendar days or (`working`) in working days; 0 otherwise. `lacks`: why it cannot be judged."""

    standing: Standing
    due: datetime.date | None = None
    days: int = 0
    working: bool = False
    lacks: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that had to be published or done. `key`: of the fact that counts its days."""

    register: str
    year: int
    title: str
    rule: str
    base: datetime.date | None
    published: datetime.date | None
    judged: Judged
    key: str
    clause: str = ""

    @property
    def standing(self) -> Standing:
        return self.judged.standing


@cache
def rules() -> dict:
    return tomllib.loads(OBLIGATIONS.read_text(encoding="utf-8"))


def judge(rule: str, base: datetime.date | None, published: datetime.date | None, as_of: datetime.date | None,
          year: int, named: datetime.date | None = None) -> Judged:  # fmt: skip
    """The standing of one thing under a rule; the day of the limit itself is in time. `named`: the day that a plan names."""
    told = rules()[rule]
    if base is None and {"days", "working_days"} & told.keys():
        return Judged(Standing.UNCHECKABLE, lacks="base")
    if "working_days" in told:
        return _working(base, told["working_days"], published, as_of)
    due = named or (base + datetime.timedelta(told["days"]) if "days" in told else _following(told["following"], year))
    if published is None and as_of is None:
        return Judged(Standing.UNCHECKABLE, due, lacks="as_of")
    beyond = max(0, ((published or as_of) - due).days)
    return Judged(_standing(published, beyond), due, beyond)


def _following(day: str, year: int) -> datetime.date:
    month, number = day.split("-")
    return datetime.date(year + 1, int(month), int(number))


def _working(base: datetime.date, limit: int, published: datetime.date | None, as_of: datetime.date | None) -> Judged:
    """By the calendar of holidays; where it does not reach, nothing is said."""
    due = days.working_after(base, limit)
    if due is None:
        return Judged(Standing.UNCHECKABLE, working=True, lacks="calendar")
    if published is None and as_of is None:
        return Judged(Standing.UNCHECKABLE, due, working=True, lacks="as_of")
    gone = days.working_between(due, published or as_of)
    if gone is None:
        return Judged(Standing.UNCHECKABLE, due, working=True, lacks="calendar")
    return Judged(_standing(published, gone), due, gone, True)


def _standing(published: datetime.date | None, beyond: int) -> Standing:
    if published is None:
        return Standing.OVERDUE if beyond else Standing.PENDING
    return Standing.LATE if beyond else Standing.ON_TIME


def all_of(inputs: Inputs, as_of: datetime.date | None) -> list[Duty]:
    """Every duty of a publisher, overdue first, then the latest, the longest first.

    A task of the plan that stands in the list of every year is one task: as the latest list tells it.
    """
    return _told_once(_of_each_year(inputs, as_of))


def _of_each_year(inputs: Inputs, as_of: datetime.date | None) -> list[Duty]:
    """In the order of the registers, of each the newest year first."""
    return [duty for key in sorted(inputs.years, key=lambda k: (registers.ORDER.index(k[0]), -k[1])) for duty in of_year(inputs, inputs.years[key], as_of)]


def _told_once(found: list[Duty]) -> list[Duty]:
    """Sorted, without earlier lists of a task of the plan."""
    latest = {(duty.register, duty.clause): duty.year for duty in reversed(found)}
    found = [duty for duty in found if not duty.clause or duty.year == latest[duty.register, duty.clause]]
    return sorted(found, key=lambda duty: (WORST.index(duty.standing), -duty.judged.days))


def of_year(inputs: Inputs, year: RegisterYear, as_of: datetime.date | None) -> Iterator[Duty]:
    """The duties of one register's year, in the order of its schema and its rows; rows of one thing that came out together are one."""
    told_already = set()
    for told in schema.load(year.register).obligations:
        if told.title and not told.matter and not told.base:
            yield from _once(told, year, as_of)
        else:
            for row in year.rows(told.table):
                for duty in _of_row(told, inputs, year, row, as_of):
                    thing = (duty.rule, duty.title, duty.base, duty.published, duty.clause)
                    if thing not in told_already:
                        told_already.add(thing)
                        yield duty


def _once(told: Obligation, year: RegisterYear, as_of: datetime.date | None) -> Iterator[Duty]:
    """One thing a year: it is out when the last of its rows is."""
    rows = [row for row in year.rows(told.table) if row.values[told.published].state is not State.NOT_APPLICABLE]
    out = [row[told.published] for row in rows]
    published = max(out) if out and all(out) else None
    judged = judge(told.rule, None, published, as_of, year.year)
    yield Duty(year.register, year.year, told.title, told.rule, None, published, judged, f"{year.register}/{year.year}/{told.table}/{told.rule}")


def _of_row(told: Obligation, inputs: Inputs, year: RegisterYear, row: Row, as_of: datetime.date | None) -> Iterator[Duty]:
    if row.values[told.published].state is State.NOT_APPLICABLE:
        return
    clause, named, base = "", None, row[told.base] if told.base else None
    if "plan" in rules()[told.rule]:
        clause, base = row.text(told.base), None
        promised = commitments.load(inputs.publisher.plan).get(clause)
        named = promised.due if promised else None
        if named is None:
            return  # the publisher's plan names no day for it
    title = " ".join(part for part in (told.title, row.text(told.matter) if told.matter else "") if part)
    judged = judge(told.rule, base, row[told.published], as_of, year.year, named)
    key = f"{year.register}/{year.year}/{told.table}/{year.tables[told.table].key(row)}/{key_part(told.rule)}"
    yield Duty(year.register, year.year, title, told.rule, base, row[told.published], judged, key, clause)


def derive(inputs: Inputs, as_of: datetime.date | None, facts: Facts) -> None:
    """Days late of each duty, and how many stand how: `obligations/[<register>/]<standing>`. After the gate, from open columns."""
    counts: Counter[tuple[str, Standing]] = Counter()
    found = _of_each_year(inputs, as_of)
    for duty in _told_once(found):
        counts.update([("", duty.standing), (f"{duty.register}/", duty.standing)])
    for duty in found:
        if duty.judged.days:
            unit = Unit.WORKING_DAYS if duty.judged.working else Unit.DAYS
            title = wording.say("duties.days_title", title=wording.say("duties.title", year=duty.year, matter=duty.title), deed=rules()[duty.rule]["deed"])
            facts.add(Fact(f"{duty.key}/{duty.standing}", title, duty.judged.days, unit, operation="calendar"))
    for (scope, standing), number in sorted(counts.items()):
        name = f"{schema.load(scope[:-1]).title} " if scope else ""
        title = wording.say("duties.count_title", scope=name, standing=wording.say(f"duties.standings.{standing}"))
        facts.add(Fact(f"obligations/{scope}{standing}", title, number, Unit.ITEMS, operation="count"))
