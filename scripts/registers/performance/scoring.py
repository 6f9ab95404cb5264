"""One indicator's score by its stated rule. What cannot be read is not guessed: its score is not recomputed, and the clerk is told."""

from fractions import Fraction

from scripts import targets, wording
from scripts.book import Book
from scripts.cells import State
from scripts.facts import Fact, Unit, key_part
from scripts.inputs import RegisterYear
from scripts.plain import leaf
from scripts.problems import problem
from scripts.tables import Data, Row

PLACES = 2  # a recomputed score as fine as scores are printed; the value itself is exact
UPWARD, DOWNWARD, SATISFACTION, TIMELY, WORDS = range(5)  # the rules, by their place in the schema
AGAINST = {UPWARD: ("<", "<="), SATISFACTION: ("<", "<="), DOWNWARD: (">", ">=")}


def rule_of(data: Data, row: Row) -> int:
    return data.schema.field("rule").constraints["enum"].index(row.text("rule"))


def read(row: Row) -> tuple[targets.Value, targets.Value]:
    return targets.read(row.text("target")), targets.read(row.text("actual"))


def met(row: Row) -> bool | None:
    """Whether the target was reached, None where the two do not say."""
    return targets.met(*read(row))


def of_rate(book: Book, key: str, rate: Fact, weight: Fact) -> Fact:
    """min(1, rate) x weight."""
    known = rate.known and weight.known
    value = min(Fraction(1), rate.value) * weight.value if known else None
    return book.facts.add(Fact(key, wording.say("performance.score"), value, Unit.POINTS, State.KNOWN if known else State.NOT_APPLICABLE,
                               places=PLACES, operation="score", inputs=(rate.key, weight.key)))  # fmt: skip


def score(book: Book, year: RegisterYear, row: Row, prefix: str) -> Fact:
    """`…/indicator/<no>/reached`, the share of the target reached, and `…/score` by the rule."""
    data, at = year.tables["indicators"], f"{prefix}indicator/{key_part(row.text('no'))}/"
    rule, (target, actual) = rule_of(data, row), read(row)
    _told(book, year, row, rule, target, actual)
    share = _share(rule, target, actual)
    state = State.NOT_APPLICABLE if share is None else State.KNOWN
    places = (row.cells["target"].origin, row.cells["actual"].origin)
    operation = "timely" if rule == TIMELY else "reached-down" if rule == DOWNWARD else "reached"
    title = wording.say("performance.reached_of", name=row.text("name"))
    reached = book.facts.add(Fact(f"{at}reached", title, share, Unit.SHARE, state, operation=operation, rows=places))
    _cost(book, year, row, prefix, at, actual)
    return of_rate(book, f"{at}score", reached, leaf(data, row, "weight", book.facts))


def _share(rule: int, target: targets.Value, actual: targets.Value) -> Fraction | None:
    """1 = reached. A day in time is all of it; for one that is late no rule is stated."""
    if rule == TIMELY:
        return Fraction(1) if targets.met(target, actual) and target.day else None
    return None if rule == WORDS else targets.reached(target, actual, rule == DOWNWARD)


def _told(book: Book, year: RegisterYear, row: Row, rule: int, target: targets.Value, actual: targets.Value) -> None:
    """What the clerk must mend: a rule that needs what is not there, or that goes against the comparator; a small count in words."""
    data = year.tables["indicators"]
    for id_, value in (("target", target), ("actual", actual)):
        told = value.day if rule == TIMELY else value.number
        if rule != WORDS and targets.told(row.text(id_)) and told is None:
            book.problems.append(problem("indicator-unread", **data.place(row, id_), rule=row.text("rule")))
    if rule not in (WORDS, TIMELY) and None not in (target.number, actual.number) and not targets.comparable(target, actual):
        book.problems.append(problem("indicator-units", **data.place(row, "actual"), target=row.text("target")))
    if target.comparator in AGAINST.get(rule, ()):
        book.problems.append(problem("rule-against-target", **data.place(row, "rule"), target=row.text("target")))
    small = int(book.inputs.publisher.thresholds["small_count"])
    if (actual.persons or (target.persons and not actual.unit)) and actual.number is not None and 0 < actual.number < small:
        book.problems.append(problem("indicator-small-count", **data.place(row, "actual") | {"value": ""}))


def _cost(book: Book, year: RegisterYear, row: Row, prefix: str, at: str, actual: targets.Value) -> None:
    """The whole cost of a project, told as an indicator, is what its money rows say was spent."""
    scale = wording.table("performance.cost")
    target = targets.read(row.text("target"))
    fen = scale["fen"].get(actual.unit or target.unit)
    if row.text("name") not in scale["names"] or actual.number is None or fen is None or "funds" not in year.tables:
        return
    facts, data = book.facts, year.tables["funds"]
    whole = next((leaf(data, each, "executed", facts) for each in data.rows if each.text("project") == row.text("project")), None)
    summed = facts.get(f"{prefix}parts/executed") or whole
    if summed is None or not summed.known or (actual.number * fen).denominator != 1:
        return
    cost = facts.add(Fact(f"{at}cost", row.text("name"), int(actual.number * fen), Unit.FEN, places=actual.places, scale="wan",
                          operation="read", rows=(row.cells["actual"].origin,)))  # fmt: skip
    book.compare("performance", year.year, "indicators", "performance-cost", cost, summed,
                 place=wording.say("performance.place_of", code=row.text("project"), name=row.text("name")))  # fmt: skip
