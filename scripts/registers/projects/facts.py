"""Projects: money by source, allotted -> arrived -> paid -> left, for each project and for all of a year."""

import datetime
from collections import defaultdict

from scripts import wording
from scripts.book import Book, amount
from scripts.facts import Fact, Unit, key_part
from scripts.inputs import RegisterYear
from scripts.plain import leaf
from scripts.problems import problem
from scripts.tables import Row


def derive(book: Book) -> None:
    for year in book.inputs.of("projects"):
        if "projects" not in year.tables:
            continue
        funding, payments = by_project(year, "funding"), by_project(year, "payments")
        for row in year.rows("projects"):
            _money(book, year, row.text("project"), funding, payments)
        _totals(book, year)
        _sources(book, year, "", year.rows("funding"))
        _within(book, year)


def by_project(year: RegisterYear, table: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in year.rows(table):
        found[row.text("project")].append(row)
    return found


def _money(book: Book, year: RegisterYear, project: str, funding: dict, payments: dict) -> None:
    """`projects/<year>/<project>/allotted|arrived|paid|missing|left|spent-share`, and the first three by source."""
    prefix = f"projects/{year.year}/{key_part(project)}/"
    for name in ("allotted", "arrived"):
        _sum(book, year, f"{prefix}{name}", name, "funding", name, funding[project])
    _sum(book, year, f"{prefix}paid", "paid", "payments", "amount", payments[project])
    _rest(book, prefix)
    _sources(book, year, f"{key_part(project)}/", funding[project])


def _sum(book: Book, year: RegisterYear, key: str, title: str, table: str, field: str, rows: list[Row]) -> Fact:
    data = year.tables.get(table)
    if not rows:  # the table is whole: no row means no money
        return book.facts.add(Fact(key, wording.say(f"projects.{title}"), 0, Unit.FEN, scale="yuan", operation="sum"))
    return book.facts.sum(key, wording.say(f"projects.{title}"), [leaf(data, row, field, book.facts) for row in rows])


def _rest(book: Book, prefix: str) -> None:
    facts = book.facts
    allotted, arrived, paid = (facts[f"{prefix}{name}"] for name in ("allotted", "arrived", "paid"))
    facts.difference(f"{prefix}missing", wording.say("projects.missing"), allotted, arrived)
    facts.difference(f"{prefix}left", wording.say("projects.left"), arrived, paid)
    facts.ratio(f"{prefix}paid-share", wording.say("projects.paid_share"), paid, arrived)


def _sources(book: Book, year: RegisterYear, entity: str, rows) -> None:
    """Allotted and arrived by source of money: `projects/<year>/[<project>/]source/<source>/<name>`."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.text("source")].append(row)
    for source, group in groups.items():
        for name in ("allotted", "arrived"):
            key = f"projects/{year.year}/{entity}source/{key_part(source)}/{name}"
            fact = _sum(book, year, key, name, "funding", name, group)
        prefix = f"projects/{year.year}/{entity}source/{key_part(source)}/"
        book.facts.difference(f"{prefix}missing", wording.say("projects.missing"), book.facts[f"{prefix}allotted"], fact)


def _totals(book: Book, year: RegisterYear) -> None:
    """The year's money over all projects, how many projects there are, and the persons planned and served."""
    prefix, facts = f"projects/{year.year}/", book.facts
    projects = [key_part(row.text("project")) for row in year.rows("projects")]
    for name in ("allotted", "arrived", "paid"):
        facts.sum(f"{prefix}{name}", wording.say(f"projects.{name}"), [facts[f"{prefix}{p}/{name}"] for p in projects])
    _rest(book, prefix)
    data = year.tables["projects"]
    for name in ("planned", "served"):
        persons = [leaf(data, row, name, facts) for row in data.rows]
        facts.sum(f"{prefix}{name}", wording.say(f"projects.{name}"), persons, Unit.PERSONS)
    facts.count(f"{prefix}projects-count", wording.say("projects.count"), [facts[f"{prefix}{p}/allotted"] for p in projects])


def _within(book: Book, year: RegisterYear) -> None:
    """Paid <= arrived <= allotted, for each project; anything else is the clerk's to mend."""
    data = year.tables["projects"]
    for row in data.rows:
        prefix = f"projects/{year.year}/{key_part(row.text('project'))}/"
        for more, less, kind in (("arrived", "paid", "paid-beyond-arrived"), ("allotted", "arrived", "arrived-beyond-allotted")):
            upper, lower = book.facts[f"{prefix}{more}"], book.facts[f"{prefix}{less}"]
            if lower.known and upper.known and lower.value > upper.value:
                book.problems.append(
                    problem(kind, file=data.file, sheet=data.sheet, row=row.line, value=row.text("project"), more=amount(lower), limit=amount(upper))
                )


def agree(book: Book) -> None:
    """A project's payments up to a day = its lines in execution that day; its allotments = its adjusted budget."""
    for year in book.inputs.of("projects"):
        lines = book.inputs.get("execution", year.year)
        if lines is None or "lines" not in lines.tables or "payments" not in year.tables:
            continue
        day = max((row["until"] for row in lines.rows("lines") if row["until"]), default=None)
        payments = by_project(year, "payments")
        for project, rows in by_project(lines, "lines").items():
            now = [row for row in rows if row["until"] == day]
            if project and now:
                _agree_project(book, year, lines, now, payments[project], day)


def _agree_project(book: Book, year: RegisterYear, lines: RegisterYear, rows: list[Row], payments: list[Row], day: datetime.date) -> None:
    """`rows`: the project's lines, one for each function code that pays for it."""
    facts, project = book.facts, rows[0].text("project")
    prefix = f"projects/{year.year}/{key_part(project)}/"
    place = wording.say("projects.place", code=project, name=rows[0].text("name"))
    until = [p for p in payments if p["date"] and p["date"] <= day]
    paid = _sum(book, year, f"{prefix}paid@{day}", "paid_until", "payments", "amount", until)
    sides = {}
    for name in ("executed", "adjusted"):
        told = [leaf(lines.tables["lines"], row, name, facts) for row in rows]
        title = lines.tables["lines"].schema.field(name).title
        sides[name] = told[0] if len(told) == 1 else facts.sum(f"{prefix}lines/{name}@{day}", title, told)
    book.compare("projects", year.year, "payments", "projects-execution", paid, sides["executed"], place=place)
    allotted = facts.get(f"{prefix}allotted")
    if allotted is not None:
        book.compare("projects", year.year, "funding", "projects-budget", allotted, sides["adjusted"], place=place)
