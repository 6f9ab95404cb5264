"""Surveys: rates with numerator, denominator and definition, their 95 % intervals, and the change since the survey before."""

from fractions import Fraction
from math import isqrt

from scripts import restated, targets, wording
from scripts.book import Book
from scripts.cells import State
from scripts.facts import Fact, Unit, key_part
from scripts.inputs import RegisterYear
from scripts.plain import leaf
from scripts.problems import problem
from scripts.tables import Data, Row

LEAST = 30  # fewer answers give no rate
Z = Fraction(1959964, 10**6)  # the normal quantile of 97.5 %
FINE = 10**12  # bounds are cut off here, so that half up at any coarser decimal is exact
DRAWN_ONE_BY_ONE = 2  # methods of the schema's list that an interval holds for
ANSWERS = ("very", "satisfied", "fairly")


def derive(book: Book) -> None:
    for year in book.inputs.of("surveys"):
        if "rounds" in year.tables:
            for row in year.rows("rounds"):
                _round(book, year, row)
            _totals(book, year)


def at(year: RegisterYear, row: Row, name: str) -> str:
    return f"surveys/{year.year}/{key_part(row.text('no'))}/{name}"


def wilson(part: int, whole: int) -> tuple[Fraction, Fraction]:
    """Lower and upper 95 % bound of part / whole, cut off at the twelfth decimal (0 <= part <= whole, whole > 0).

    (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n); the root is taken in whole numbers, no float comes near it.
    """
    p, n = Fraction(part, whole), whole
    middle, spread = p + Z**2 / (2 * n), Z**2 * (p * (1 - p) / n + Z**2 / (4 * n**2))
    root = Fraction(isqrt(spread.numerator * FINE**4 // spread.denominator), FINE**2)
    low, high = ((middle + sign * root) / (1 + Z**2 / n) for sign in (-1, 1))
    return max(Fraction(0), _cut(low)), Fraction(1) if part == whole else _cut(high)  # of all, the bound is all


def _cut(value: Fraction) -> Fraction:
    return Fraction(value.numerator * FINE // value.denominator, FINE)


def counted(data: Data, row: Row) -> tuple[str, ...]:
    """The answers that count as satisfied by the row's own definition; none where it says none."""
    words = data.schema.field("definition").constraints["enum"]
    return ANSWERS[: 2 + words.index(row.text("definition"))] if row.text("definition") in words else ()


def random(data: Data, row: Row) -> bool:
    """Whether each was drawn for itself at random: only then has chance a measure."""
    return row.text("method") in data.schema.field("method").constraints["enum"][:DRAWN_ONE_BY_ONE]


def enough(row: Row) -> bool:
    return row["valid"] is not None and row["valid"] >= LEAST


def _round(book: Book, year: RegisterYear, row: Row) -> None:
    """`surveys/<year>/<no>/satisfied|rate|low|high|response|change`; no rate of few answers, none without all three of its parts."""
    facts, data = book.facts, year.tables["rounds"]
    valid, issued = leaf(data, row, "valid", facts), leaf(data, row, "issued", facts)
    facts.ratio(at(year, row, "response"), wording.say("surveys.response"), valid, issued)
    parts = [leaf(data, row, each, facts) for each in counted(data, row)]
    whole = bool(parts) and valid.known and all(each.known for each in parts)
    _printed(book, year, row, whole)
    if not parts:
        return
    satisfied = facts.sum(at(year, row, "satisfied"), wording.say("surveys.satisfied"), parts, Unit.PERSONS)
    if not whole or not enough(row) or satisfied.value > valid.value:
        return
    rate = facts.ratio(at(year, row, "rate"), wording.say("surveys.rate"), satisfied, valid)
    if random(data, row):
        for name, bound in zip(("low", "high"), wilson(satisfied.value, valid.value), strict=True):
            facts.add(Fact(at(year, row, name), wording.say(f"surveys.{name}"), bound, Unit.SHARE, operation=f"wilson-{name}", inputs=(satisfied.key, valid.key)))
    printed = restated.printed_share(book, data, row, "printed", at(year, row, "printed-rate"), (satisfied, valid))
    if printed is not None:
        restated.compare(book, data, "surveys-printed", printed, rate, wording.say("surveys.place", no=row.text("no")))
    _change(book, year, row, rate)


def _printed(book: Book, year: RegisterYear, row: Row, whole: bool) -> None:
    """A rate whose numerator, denominator and definition do not stand beside it is refused, and so is one of few answers."""
    if targets.told(row.text("printed")):
        if not whole:
            book.problems.append(problem("rate-without-parts", **year.tables["rounds"].place(row, "printed")))
        elif not enough(row):
            book.problems.append(problem("rate-of-few", **year.tables["rounds"].place(row, "printed"), least=LEAST))


def before(book_or_inputs, year: RegisterYear, row: Row) -> tuple[RegisterYear, Row] | None:
    """The survey of the year before of the same place and people."""
    last = book_or_inputs.get("surveys", year.year - 1)
    same = [each for each in (last.rows("rounds") if last else ()) if all(each.text(id_) == row.text(id_) for id_ in ("level", "area", "kind"))]
    return (last, same[0]) if same else None


def alike(one: Row, other: Row) -> bool:
    """Whether two surveys ask the same and count the same."""
    return all(one.text(id_) == other.text(id_) for id_ in ("question", "definition"))


def _change(book: Book, year: RegisterYear, row: Row, rate: Fact) -> None:
    found = before(book.inputs, year, row)
    earlier = book.facts.get(at(*found, "rate")) if found else None
    if earlier is None:
        return
    key, title = at(year, row, "change"), wording.say("surveys.change", year=year.year - 1)
    if alike(row, found[1]):
        book.facts.gap(key, title, rate, earlier)
    else:
        book.facts.add(Fact(key, title, None, Unit.SHARE, State.NOT_APPLICABLE, operation="difference", inputs=(rate.key, earlier.key)))


def _totals(book: Book, year: RegisterYear) -> None:
    """How many kinds of people were asked, how many surveys were made."""
    facts, data, rows = book.facts, year.tables["rounds"], year.rows("rounds")
    kinds = {row.text("kind"): row for row in rows}
    for name, told, unit in (("kinds-count", tuple(kinds.values()), Unit.ITEMS), ("surveys-count", rows, Unit.OCCASIONS)):
        places = tuple(row.cells["kind" if name == "kinds-count" else data.schema.key[0]].origin for row in told)
        title = wording.say(f"surveys.{name.replace('-', '_')}")
        facts.add(Fact(f"surveys/{year.year}/{name}", title, len(told), unit, operation="count", rows=places))
