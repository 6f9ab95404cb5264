"""Findings and what became of them: counts by state, money in place and not, what is overdue on the day the data are of."""

from scripts import wording
from scripts.book import Book, days_between
from scripts.cells import State
from scripts.facts import Fact, Unit, key_part
from scripts.inputs import RegisterYear
from scripts.plain import leaf
from scripts.registers.rectifications.states import OPEN, RECTIFIED, STATES, actions, ever_reopened, problems, state
from scripts.tables import Row


def derive(book: Book) -> None:
    for year in book.inputs.of("rectifications"):
        if "findings" in year.tables:
            for finding in year.rows("findings"):
                _finding(book, year, finding)
                book.problems += problems(year, finding)
            _totals(book, year)
            _money(book, year)
            _by_source(book, year)
            _before(book, year)


def prefix(year: RegisterYear, finding: Row | None = None) -> str:
    return f"rectifications/{year.year}/" + (f"{key_part(finding.text('no'))}/" if finding else "")


def _finding(book: Book, year: RegisterYear, finding: Row) -> None:
    """`rectifications/<year>/<no>/done|left|overdue|late`: money at the last step, days beyond the limit."""
    at, facts, done = prefix(year, finding), book.facts, actions(year, finding)
    amount = leaf(year.tables["findings"], finding, "amount", facts)
    for action in done:
        _adds_up(book, year, finding, action, amount)
    if amount.state is not State.BLANK:
        said = wording.table("rectifications")
        if done:
            facts.same(f"{at}done", said["done"], leaf(year.tables["actions"], done[-1], "done", facts))
        else:  # the ledger is whole: no step means nothing is in place
            facts.add(Fact(f"{at}done", said["done"], 0, Unit.FEN, scale="yuan", operation="sum"))
        facts.difference(f"{at}left", said["left"], amount, facts[f"{at}done"])
    as_of, closed = book.inputs.publisher.as_of, state(year, finding) == RECTIFIED
    if not closed and as_of and finding["due"] and finding["due"] < as_of:
        days_between(book, f"{at}overdue", wording.say("rectifications.overdue_days"), finding["due"], as_of)
    if closed and done[-1]["date"] and finding["due"] and finding["due"] < done[-1]["date"]:
        days_between(book, f"{at}late", wording.say("rectifications.late_days"), finding["due"], done[-1]["date"])


def _adds_up(book: Book, year: RegisterYear, finding: Row, action: Row, amount: Fact) -> None:
    """What is in place and what is not make the amount of the finding, after every step."""
    facts, data = book.facts, year.tables["actions"]
    parts = [leaf(data, action, name, facts) for name in ("done", "left")]
    if all(each.state is State.BLANK for each in (amount, *parts)):
        return
    both = facts.sum(f"{prefix(year, finding)}{key_part(action.text('no'))}/both", wording.say("rectifications.both"), parts)
    place = wording.say("rectifications.place", no=finding.text("no"), step=action.text("no"))
    book.compare("rectifications", year.year, "actions", "rectifications-money", both, amount, place=place)


def _count(book: Book, key: str, title: str, rows: list[Row]) -> Fact:
    places = tuple(row.cells["no"].origin for row in rows)
    return book.facts.add(Fact(key, wording.say(f"rectifications.{title}"), len(rows), Unit.ITEMS, operation="count", rows=places))


def _totals(book: Book, year: RegisterYear) -> None:
    """`findings-count`, `<state>-count` of each state, `unresolved-count`, `overdue-count`, `ever-reopened-count`, `rectified-share`."""
    at, facts, rows = prefix(year), book.facts, list(year.rows("findings"))
    whole = _count(book, f"{at}findings-count", "findings", rows)
    by_state = {each: [row for row in rows if state(year, row) == each] for each in STATES}
    counts = {each: _count(book, f"{at}{'untouched' if each == OPEN else each}-count", each, by_state[each]) for each in STATES}
    summed = facts.sum(f"{at}states", wording.say("rectifications.states"), list(counts.values()), Unit.ITEMS)
    book.compare("rectifications", year.year, "findings", "rectifications-states", whole, summed, place=wording.say("display.year", year=year.year))
    facts.difference(f"{at}open-count", wording.say("rectifications.unresolved"), whole, counts[RECTIFIED])
    facts.ratio(f"{at}rectified-share", wording.say("rectifications.rectified_share"), counts[RECTIFIED], whole)
    _count(book, f"{at}ever-reopened-count", "ever_reopened", [row for row in rows if ever_reopened(year, row)])
    if book.inputs.publisher.as_of:  # without the day nobody can tell what is overdue
        _count(book, f"{at}overdue-count", "overdue", [row for row in rows if f"{prefix(year, row)}overdue" in facts])


def _money(book: Book, year: RegisterYear) -> None:
    at, facts, data = prefix(year), book.facts, year.tables["findings"]
    amounts = [leaf(data, row, "amount", facts) for row in data.rows]
    facts.sum(f"{at}amount", wording.say("rectifications.amount"), amounts)
    facts.sum(f"{at}done", wording.say("rectifications.done"), [facts[key] for row in data.rows if (key := f"{prefix(year, row)}done") in facts])
    facts.difference(f"{at}left", wording.say("rectifications.left"), facts[f"{at}amount"], facts[f"{at}done"])
    facts.ratio(f"{at}done-share", wording.say("rectifications.done_share"), facts[f"{at}done"], facts[f"{at}amount"])


def sources(year: RegisterYear) -> list[str]:
    """Who pointed something out in a year, in the order of the schema's words."""
    told = {row.text("source") for row in year.rows("findings")}
    return [word for word in year.tables["findings"].schema.field("source").constraints["enum"] if word in told]


def _by_source(book: Book, year: RegisterYear) -> None:
    """`rectifications/<year>/source/<source>/findings-count|rectified-count|open-count`."""
    for source in sources(year):
        rows = [row for row in year.rows("findings") if row.text("source") == source]
        at = f"{prefix(year)}source/{key_part(source)}/"
        whole = _count(book, f"{at}findings-count", "findings", rows)
        closed = _count(book, f"{at}rectified-count", RECTIFIED, [row for row in rows if state(year, row) == RECTIFIED])
        book.facts.difference(f"{at}open-count", wording.say("rectifications.unresolved"), whole, closed)


def _before(book: Book, year: RegisterYear) -> None:
    """How many more findings than in the year before; nothing where that year was not published."""
    before = book.facts.get(f"rectifications/{year.year - 1}/findings-count")
    if before is not None:
        book.facts.difference(f"{prefix(year)}more", wording.say("rectifications.more"), book.facts[f"{prefix(year)}findings-count"], before)
