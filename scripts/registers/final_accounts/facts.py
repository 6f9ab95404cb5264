"""Final accounts: totals and shares, each item against its budget, and the reasons for what came out otherwise."""

import datetime

from scripts import display, explained, wording
from scripts.book import Book
from scripts.facts import Fact, Facts, key_part
from scripts.inputs import Inputs, RegisterYear
from scripts.problems import problem

REGISTER = "final_accounts"


def derive(book: Book) -> None:
    explained.derive(book, REGISTER)
    for year in book.inputs.of(REGISTER):
        if year.official is not None and year.official.tables:
            _against_budget(book, year)


def bases(facts: Facts, year: RegisterYear, code: str) -> tuple[Fact | None, Fact | None]:
    """(initial budget, adjusted budget) of an item: the budget's own table, execution, or the line of the explanation."""
    prefix = f"{year.year}/"
    approved = facts.get(f"budget/{prefix}expenditure/{code}/total")
    told = facts.get(f"{REGISTER}/{prefix}narrative_items/{code}/budget")
    if approved is None and told is not None and _says_initial(year, code):
        approved = told
    adjusted = facts.get(f"execution/{prefix}{key_part(code)}/adjusted@{datetime.date(year.year, 12, 31)}")
    return approved, adjusted if adjusted is not None else told if approved is not told else None


def _says_initial(year: RegisterYear, code: str) -> bool:
    row = narrative(year).get(code)
    return row is not None and wording.say("explained.initial") in row.text("basis")


def narrative(year: RegisterYear) -> dict:
    """Code -> the line of the item-by-item explanation, where one was published."""
    table = year.official.tables.get("narrative_items") if year.official else None
    return {row.key: row for row in table.rows} if table else {}


def reason(inputs: Inputs, year: RegisterYear, code: str) -> tuple[str, ...]:
    """Why an item came out otherwise: said in the explanation of the accounts, else in each of its execution lines."""
    row = narrative(year).get(code)
    if row is not None and row.text("reason"):
        return (row.text("reason"),)
    lines = inputs.get("execution", year.year)
    said = [
        each.text("reason") for each in (lines.rows("lines") if lines else ())
        if each.text("code") == code and each["until"] == datetime.date(year.year, 12, 31) and each.text("reason")
    ]  # fmt: skip
    return tuple(dict.fromkeys(said))


def _against_budget(book: Book, year: RegisterYear) -> None:
    """`final_accounts/<year>/item/<code>/rate|off`: final ÷ and − the adjusted budget, else the initial one."""
    facts, share = book.facts, book.inputs.publisher.thresholds["variance"]
    for row in explained.items(year):
        final = explained.amount(facts, year, row)
        approved, adjusted = bases(facts, year, row.code)
        base = adjusted if adjusted is not None else approved
        if final is None or base is None or not final.known or not base.known:
            continue
        prefix = f"{REGISTER}/{year.year}/item/{row.code}/"
        facts.ratio(prefix + "rate", f"{row.name} {wording.say('explained.rate')}", final, base)
        facts.difference(prefix + "off", f"{row.name} {wording.say('explained.off')}", final, base)
        if needs_reason(final, base, approved, share) and not reason(book.inputs, year, row.code):
            table = explained.by_function(year)
            book.problems.append(
                problem("reason-not-given", file=table.file, row=row.line, value=row.code, name=row.name, share=display.percent(share))
            )


def needs_reason(final: Fact, base: Fact, approved: Fact | None, share) -> bool:
    """Beyond ±share of the base; a base of nothing always needs a reason when money was spent."""
    if not base.value:
        return bool(final.value)
    nothing_at_first = approved is not None and approved.known and not approved.value
    return abs(final.value - base.value) > share * base.value or nothing_at_first
