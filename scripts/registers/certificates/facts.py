"""Holders of certificates: their total, what each kind is of it, and whether the tables of a year and of two years agree."""

import datetime
from collections.abc import Iterable

from scripts import display, identities, wording
from scripts.book import Book
from scripts.facts import Fact, Unit, key_part
from scripts.identities import Side
from scripts.inputs import RegisterYear
from scripts.plain import leaf
from scripts.tables import Row

REGISTER = "certificates"
MOVES = ((1, "issued"), (1, "moved_in"), (-1, "moved_out"), (-1, "cancelled"))


def derive(book: Book) -> None:
    """`certificates/<year>/total`, `change` and `growth` against the year before, `category/<name>/share`."""
    for year in book.inputs.of(REGISTER):
        table = counting(year)
        if not table:
            continue
        facts, prefix = book.facts, f"{REGISTER}/{year.year}/"
        total = facts.sum(f"{prefix}total", wording.say("certificates.total"), [fact for _, fact in _terms(book, year, table, year.rows(table))], Unit.PERSONS)
        for row in year.rows("categories"):
            name = row.text("category")
            title = wording.say("certificates.share", name=name)
            facts.ratio(f"{prefix}category/{key_part(name)}/share", title, leaf(year.tables["categories"], row, "persons", facts), total)
        before = facts.get(f"{REGISTER}/{year.year - 1}/total")
        if before is not None:
            facts.gap(f"{prefix}change", wording.say("certificates.change"), total, before)
            facts.growth(f"{prefix}growth", wording.say("certificates.growth"), total, before)


def counting(year: RegisterYear) -> str:
    """The table that a year's total is taken from, "" where no table counts the holders."""
    return next((table for table in ("categories", "holders", "residence") if year.rows(table)), "")


def counted_on(year: RegisterYear, table: str) -> datetime.date | None:
    """The day that a table of holders speaks of: the latest of its rows."""
    return max((row["until"] for row in year.rows(table) if row["until"]), default=None)


def agree(book: Book) -> None:
    for year in book.inputs.of(REGISTER):
        before = book.inputs.get(REGISTER, year.year - 1)
        _stated(book, year)
        _categories(book, year)
        _residence(book, year)
        _cards(book, year)
        _rechecked(book, year)
        if before is not None:
            _moved(book, before, year)
            _opening(book, before, year)


def _stated(book: Book, year: RegisterYear) -> None:
    """A share as it was printed is within half of its last place of the share recomputed."""
    for row in year.rows("categories"):
        name, stated = row.text("category"), leaf(year.tables["categories"], row, "stated", book.facts)
        if stated.known:
            share = book.facts[f"{REGISTER}/{year.year}/category/{key_part(name)}/share"]
            book.compare(REGISTER, year.year, "categories", "certificates-share", stated, share, place=name, within=identities.last_place(stated) / 2)


def _categories(book: Book, year: RegisterYear) -> None:
    """The towns and levels of one kind add up to that kind."""
    for row in year.rows("categories") if year.rows("holders") else ():
        name = row.text("category")
        rows = [each for each in year.rows("holders") if each.text("category") == name]
        whole = leaf(year.tables["categories"], row, "persons", book.facts)
        _weigh(book, year, "categories", "categories", name, ((1, whole),), _terms(book, year, "holders", rows), place=name, differs=_other_day(year, "holders"))


def _residence(book: Book, year: RegisterYear) -> None:
    if counting(year) != "residence":
        total, place = book.facts.get(f"{REGISTER}/{year.year}/total"), wording.say("certificates.all")
        parts = _terms(book, year, "residence", year.rows("residence"))
        if total is not None and parts:
            _weigh(book, year, "residence", "residence", "all", parts, ((1, total),), place=place, differs=_other_day(year, "residence"))


def _cards(book: Book, year: RegisterYear) -> None:
    """Who may hold a card of the third generation in a town are who hold a certificate there."""
    other = book.inputs.get("digital", year.year)
    for row in other.rows("cards") if other else ():
        town = row.text("town")
        rows = [each for each in year.rows("holders") if each.text("town") == town]
        if rows:
            whole = leaf(other.tables["cards"], row, "holders", book.facts)
            differs = _days_apart(counted_on(year, "holders"), row["until"])
            _weigh(book, year, "holders", "cards", town, ((1, whole),), _terms(book, year, "holders", rows), place=town, differs=differs)


def _other_day(year: RegisterYear, table: str) -> str:
    """Why a table counts other persons than the total does, "" where both were counted on one day."""
    return _days_apart(counted_on(year, table), counted_on(year, counting(year)))


def _days_apart(*days: datetime.date) -> str:
    return "" if days[0] == days[1] else wording.say("certificates.other_day", one=display.day(days[0]), other=display.day(days[1]))


def _rechecked(book: Book, year: RegisterYear) -> None:
    """The months of a year add up to what was rechecked until the day of the other table."""
    for row in year.rows("mismatches"):
        months = _months(year, row["until"])
        if months:
            whole, day = leaf(year.tables["mismatches"], row, "rechecked", book.facts), row["until"]
            _weigh(book, year, "mismatches", "rechecked", str(day), ((1, whole),), _terms(book, year, "handling", months, "rechecked"), place=display.day(day))


def _moved(book: Book, before: RegisterYear, year: RegisterYear) -> None:
    """Who held one a year ago, and who came and went since, are who hold one now."""
    if not (counting(before) and counting(year) and year.rows("handling")):
        return
    until = counted_on(year, counting(year))
    months, whole = _months(year, until), counted_on(before, counting(before)) == datetime.date(year.year - 1, 12, 31)
    total, first = (book.facts[f"{REGISTER}/{each.year}/total"] for each in (year, before))
    place = display.day(until)
    if months and whole:
        moves = tuple(term for sign, field in MOVES for term in _terms(book, year, "handling", months, field, sign))
        _weigh(book, year, "handling", "moved", "all", ((1, total),), ((1, first), *moves), place=place)
        return
    book.comparisons.append(identities.uncheckable(
        book.facts, REGISTER, year.year, "handling", "certificates-moved", "all", Side(((1, total),)),
        words=wording.say("identities.certificates-moved"), place=place, note=wording.say("certificates.months_missing"),
    ))  # fmt: skip


def _opening(book: Book, before: RegisterYear, year: RegisterYear) -> None:
    """What was not put right at the end of a year is there at the beginning of the next."""
    last, first = before.rows("mismatches")[-1:], year.rows("mismatches")[:1]
    if last and first and last[0]["until"] == datetime.date(year.year - 1, 12, 31):
        sides = (leaf(each.tables["mismatches"], row[0], field, book.facts) for each, row, field in ((year, first, "opening"), (before, last, "closing")))
        book.compare(REGISTER, year.year, "mismatches", "certificates-opening", *sides, place=display.day(first[0]["until"]))


def _months(year: RegisterYear, last: datetime.date) -> list[Row]:
    """The rows of whole months from the first of the year to a day; none unless every month is there and the day ends one."""
    wanted = [f"{year.year}-{month:02}" for month in range(1, last.month + 1)]
    rows = {row.text("month"): row for row in year.rows("handling")}
    ends = (last + datetime.timedelta(1)).day == 1
    return [rows[month] for month in wanted] if ends and all(month in rows for month in wanted) else []


def _terms(book: Book, year: RegisterYear, table: str, rows: Iterable[Row], field: str = "persons", sign: int = 1) -> tuple[tuple[int, Fact], ...]:
    return tuple((sign, leaf(year.tables[table], row, field, book.facts)) for row in rows)


def _weigh(book: Book, year: RegisterYear, table: str, identity: str, address: str, left: tuple, right: tuple, *, place: str, differs: str = "") -> None:
    """Two sums of counts, which nothing rounds."""
    words = wording.say(f"identities.{REGISTER}-{identity}")
    found = identities.weigh(book.facts, REGISTER, year.year, table, f"{REGISTER}-{identity}", key_part(address), Side(left, words), Side(right, words),
                             words=words, place=place, differs=differs, exact=True)  # fmt: skip
    book.comparisons += [found] if found is not None else []
