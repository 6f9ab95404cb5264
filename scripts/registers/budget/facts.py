"""The budget: totals, shares, change against the year before; a change beyond the threshold needs its reason."""

from scripts import display, explained
from scripts.book import Book
from scripts.cells import State
from scripts.inputs import RegisterYear
from scripts.problems import problem

REGISTER = "budget"


def derive(book: Book) -> None:
    explained.derive(book, REGISTER)
    for year in book.inputs.of(REGISTER):
        before = book.inputs.get(REGISTER, year.year - 1)
        if before is not None and "changes" in year.tables:
            _reasons(book, year, before)


def reasons(year: RegisterYear) -> dict[str, str]:
    """Code -> why it changed, in the words of the unit."""
    return {row.text("code"): row.text("reason") for row in year.rows("changes")}


def beyond(book_facts, year: RegisterYear, before: RegisterYear, share) -> list:
    """Items whose budget moved by more than `share`, or that had no money the year before."""
    found = [row for row in explained.only_in(year, before) if _spends(book_facts, year, row)]
    earlier = {row.code: row for row in explained.items(before)}
    for row in explained.items(year):
        growth = book_facts.get(f"{REGISTER}/{year.year}/item/{row.code}/growth")
        moved = growth is not None and growth.known and abs(growth.value) > share
        if moved or (row.code in earlier and _spends(book_facts, year, row) and _had_nothing(book_facts, before, earlier[row.code])):
            found.append(row)
    return found


def _had_nothing(facts, year: RegisterYear, row) -> bool:
    amount = explained.amount(facts, year, row)
    return amount is not None and (amount.state is State.BLANK or amount.value == 0)


def _spends(facts, year: RegisterYear, row) -> bool:
    amount = explained.amount(facts, year, row)
    return amount is not None and bool(amount.value)


def _reasons(book: Book, year: RegisterYear, before: RegisterYear) -> None:
    """A publisher that keeps the table of reasons keeps it whole; a missing one is published as a note."""
    share = book.inputs.publisher.thresholds["variance"]
    given, data = reasons(year), year.tables["changes"]
    for row in beyond(book.facts, year, before, share):
        if row.code not in given:
            book.problems.append(
                problem("missing-change-reason", file=data.file, sheet=data.sheet, value=row.code, name=row.name, share=display.percent(share))
            )
