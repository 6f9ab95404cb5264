"""Budget execution: totals at every reporting date, the bridge of adjustments, rates, and the reasons that must be given."""

import datetime
from collections import defaultdict

from scripts import book as books
from scripts import display, schema, wording
from scripts.book import Book
from scripts.facts import Fact, key_part
from scripts.inputs import RegisterYear
from scripts.plain import leaf, place
from scripts.problems import Problem, problem
from scripts.registers.execution import whole
from scripts.tables import Row

AMOUNTS = ("approved", "adjustment", "adjusted", "executed")


def derive(book: Book) -> None:
    for year in book.inputs.of("execution"):
        if "lines" not in year.tables:
            continue
        for day in dates(year):
            _totals(book, year, day)
        _bridge(book, year)
        _adjustments_agree(book, year)
        _reasons(book, year)
        book.problems += whole.problems(year)
    _year_on_year(book)


def dates(year: RegisterYear) -> list[datetime.date]:
    """The reporting dates of a year, oldest first."""
    return sorted({row["until"] for row in year.rows("lines") if row["until"]})


def at(year: RegisterYear, day: datetime.date) -> list[Row]:
    return [row for row in year.rows("lines") if row["until"] == day]


def line_name(row: Row) -> str:
    """The part of a key that names a line: function code, and project where the line is one project's."""
    return "+".join(key_part(row.text(f)) for f in ("code", "project") if row.text(f))


def _totals(book: Book, year: RegisterYear, day: datetime.date) -> None:
    """`execution/<year>/<amount>@<day>` over all lines and `…/<code>/<amount>@<day>` by function code."""
    data, facts = year.tables["lines"], book.facts
    rows = at(year, day)
    by_code: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_code[row.text("code")].append(row)
    for code, group in [("", rows), *by_code.items()]:
        prefix = f"execution/{year.year}/" + (f"{key_part(code)}/" if code else "")
        name = group[0].text("name") if code else wording.say("execution.all")
        totals = {
            amount: facts.sum(
                f"{prefix}{amount}@{day}", until(f"{name} {data.schema.field(amount).title}", day),
                [leaf(data, row, amount, facts) for row in group],
            )
            for amount in AMOUNTS
        }  # fmt: skip
        _rate_and_rest(book, prefix, day, name, totals["executed"], totals["adjusted"])
    for row in rows:
        if row.text("project"):
            prefix = f"execution/{year.year}/{line_name(row)}/"
            executed, adjusted = (leaf(data, row, amount, facts) for amount in ("executed", "adjusted"))
            _rate_and_rest(book, prefix, day, row.text("name"), executed, adjusted)
    books.elapsed(book, f"execution/{year.year}/elapsed@{day}", day)


def until(title: str, day: datetime.date) -> str:
    return wording.say("origins.until", title=title, day=display.day(day))


def _rate_and_rest(book: Book, prefix: str, day: datetime.date, name: str, executed: Fact, adjusted: Fact) -> None:
    book.facts.ratio(f"{prefix}rate@{day}", until(f"{name} {wording.say('execution.rate')}", day), executed, adjusted)
    book.facts.difference(f"{prefix}left@{day}", until(f"{name} {wording.say('execution.left')}", day), adjusted, executed)


def _bridge(book: Book, year: RegisterYear) -> None:
    """`execution/<year>/adjustments/<kind>`: the adjustments of each kind, and all of them."""
    data = year.tables.get("adjustments")
    if data is None:
        return
    by_kind: dict[str, list[Fact]] = defaultdict(list)
    for row in data.rows:
        by_kind[row.text("kind")].append(leaf(data, row, "amount", book.facts))
    for kind, amounts in by_kind.items():
        book.facts.sum(f"execution/{year.year}/adjustments/{key_part(kind)}", kind, amounts)
    every = [amount for amounts in by_kind.values() for amount in amounts]
    book.facts.sum(f"execution/{year.year}/adjustments/all", wording.say("execution.all_adjustments"), every)


def _adjustments_agree(book: Book, year: RegisterYear) -> None:
    """The documents up to a date add up to the adjustment of each line at that date."""
    data, facts = year.tables["lines"], book.facts
    documents = year.tables.get("adjustments")
    for row in data.rows:
        amounts = [
            leaf(documents, each, "amount", facts)
            for each in (documents.rows if documents else ())
            if (each.text("code"), each.text("project")) == (row.text("code"), row.text("project"))
            and each["date"] and row["until"] and each["date"] <= row["until"]
        ]  # fmt: skip
        adjustment = leaf(data, row, "adjustment", facts)
        if not amounts and adjustment.value == 0:
            continue
        title = wording.say("execution.documents_sum")
        recomputed = facts.sum(f"execution/{year.year}/check/documents/{data.key(row)}", title, amounts)
        book.compare("execution", year.year, "lines", "execution-documents", adjustment, recomputed, place=place(data, row))


def _unknown(year: RegisterYear, code: str, register: str) -> Problem:
    """Money under a code that the official table of the year does not have."""
    data = year.tables["lines"]
    row = next(row for row in data.rows if row.text("code") == code)
    column, title = data.schema.field("code").name, schema.load(register).title
    return problem("code-not-in-official", file=data.file, sheet=data.sheet, row=row.line, column=column, value=code, title=title)


def needs_reason(row: Row, share) -> bool:
    """A final execution outside ±share of the adjusted budget (else of the first one), or money where the base is nothing."""
    executed, approved = row["executed"], row["approved"]
    base = row["adjusted"] if row["adjusted"] is not None else approved
    if executed is None or base is None:
        return False
    if not base:
        return bool(executed)
    return abs(executed - base) > share * abs(base) or approved == 0


def _reasons(book: Book, year: RegisterYear) -> None:
    """At year end every line beyond the threshold needs its reason."""
    share = book.inputs.publisher.thresholds["variance"]
    data = year.tables["lines"]
    for row in at(year, datetime.date(year.year, 12, 31)):
        if needs_reason(row, share) and not row.text("reason"):
            told = {"name": row.text("name"), "share": display.percent(share)}
            book.problems.append(problem("missing-reason", **data.place(row, "reason"), **told))


def _year_on_year(book: Book) -> None:
    """`execution/<year>/executed-growth` and `-change` against the year before, both at year end."""
    for year in book.inputs.of("execution"):
        now = book.facts.get(f"execution/{year.year}/executed@{year.year}-12-31")
        before = book.facts.get(f"execution/{year.year - 1}/executed@{year.year - 1}-12-31")
        if now and before:
            book.facts.difference(f"execution/{year.year}/executed-change", wording.say("execution.change"), now, before)
            book.facts.growth(f"execution/{year.year}/executed-growth", wording.say("execution.growth"), now, before)


def agree(book: Book) -> None:
    """Approved = the year's budget, December = the year's final accounts, function item by function item."""
    for year in book.inputs.of("execution"):
        if "lines" not in year.tables:
            continue
        end = datetime.date(year.year, 12, 31)
        latest = max(dates(year), default=end)
        for register, table, amount, identity in (
            ("budget", "expenditure", "approved", "execution-budget"),
            ("final_accounts", "expenditure", "executed", "execution-final"),
        ):
            day = latest if amount == "approved" else end
            for code in dict.fromkeys(row.text("code") for row in at(year, day)):
                ours = book.facts.get(f"execution/{year.year}/{key_part(code)}/{amount}@{day}")
                theirs = book.facts.get(f"{register}/{year.year}/{table}/{code}/total")
                if ours and ours.value and not theirs and f"{register}/{year.year}/{table}/total/total" in book.facts:
                    book.problems.append(_unknown(year, code, register))
                if ours and theirs:
                    book.compare(
                        "execution", year.year, "lines", identity, ours, theirs,
                        place=f"{code} {ours.title}", addends=1,
                    )  # fmt: skip
