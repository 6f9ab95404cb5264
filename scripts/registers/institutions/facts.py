"""Institutions that serve: how many were inspected and what was found, and what the projects paid them."""

from collections.abc import Collection, Iterable

from scripts import wording
from scripts.book import Book
from scripts.facts import Fact, Unit
from scripts.inputs import RegisterYear
from scripts.plain import leaf
from scripts.problems import problem
from scripts.tables import Row

REGISTER = "institutions"
FAULTY = "finding"  # the column that numbers what an inspection found


def derive(book: Book) -> None:
    """`institutions/<year>/inspected|faulty|sound|uninspected|all` count institutions, `inspected-share` and its change."""
    for year in book.inputs.of(REGISTER):
        rows, facts, prefix = year.rows("institutions"), book.facts, f"{REGISTER}/{year.year}/"
        if not rows:
            continue
        seen, faulty = inspected(year), faulty_ones(year)
        groups = {"all": {row.text("no") for row in rows}, "inspected": seen, "faulty": faulty, "sound": seen - faulty,
                  "uninspected": {row.text("no") for row in rows} - seen}  # fmt: skip
        counts = {name: _count(book, f"{prefix}{name}", name, rows, chosen) for name, chosen in groups.items()}
        share = facts.ratio(f"{prefix}inspected-share", wording.say("institutions.counts.inspected_share"), counts["inspected"], counts["all"])
        before = facts.get(f"{REGISTER}/{year.year - 1}/inspected-share")
        if before is not None:
            facts.gap(f"{prefix}inspected-change", wording.say("institutions.counts.inspected_change"), share, before)


def inspected(year: RegisterYear) -> set[str]:
    """Numbers of the institutions that were inspected in a year."""
    return {row.text("no") for row in year.rows("inspections")}


def faulty_ones(year: RegisterYear) -> set[str]:
    """Numbers of those where an inspection found something."""
    return {row.text("no") for row in year.rows("inspections") if row.text(FAULTY)}


def _count(book: Book, key: str, name: str, rows: Iterable[Row], chosen: Collection[str]) -> Fact:
    places = tuple(row.cells["no"].origin for row in rows if row.text("no") in chosen)
    return book.facts.add(Fact(key, wording.say(f"institutions.counts.{name}"), len(places), Unit.ITEMS, operation="count", rows=places))


def agree(book: Book) -> None:
    """A problem has its number, and only a problem has one; what projects paid an institution is what it is said to have got."""
    for year in book.inputs.of(REGISTER):
        data = year.tables.get("inspections")
        for row in year.rows("inspections"):
            if (row.text("result") == data.schema.field("result").constraints["enum"][-1]) != bool(row.text(FAULTY)):
                kind = "finding-without-problem" if row.text(FAULTY) else "problem-without-finding"
                book.problems.append(problem(kind, **data.place(row, FAULTY)))
        projects = book.inputs.get("projects", year.year)
        for row in year.rows("institutions") if projects and "payments" in projects.tables else ():
            _paid(book, year, projects, row)


def _paid(book: Book, year: RegisterYear, projects: RegisterYear, row: Row) -> None:
    """By the institution's name among the payees, until the day that its row speaks of."""
    name = row.text("name")
    parts = [leaf(projects.tables["payments"], each, "amount", book.facts) for each in projects.rows("payments")
             if each.text("payee") == name and each["date"] and each["date"] <= row["until"]]  # fmt: skip
    stated = leaf(year.tables["institutions"], row, "paid", book.facts)
    if not parts and not stated.value:
        return
    key = f"{REGISTER}/{year.year}/check/institutions-paid/{year.tables['institutions'].key(row)}"
    summed = book.facts.sum(key, wording.say("institutions.paid_by_projects", name=name), parts) if parts else book.facts.add(
        Fact(key, wording.say("institutions.paid_by_projects", name=name), 0, Unit.FEN, scale="yuan", operation="sum"))  # fmt: skip
    book.compare(REGISTER, year.year, "institutions", "institutions-paid", stated, summed, place=name)
