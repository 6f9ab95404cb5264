"""Contracts: how much by which way of choosing, how much to small firms; against the funds and payments of their projects."""

from collections import defaultdict
from collections.abc import Callable

from scripts import identities, wording
from scripts.book import Book
from scripts.facts import Fact, Unit, key_part
from scripts.identities import Side
from scripts.inputs import RegisterYear
from scripts.plain import leaf
from scripts.problems import problem
from scripts.tables import Row


def derive(book: Book) -> None:
    for year in book.inputs.of("procurement"):
        if "contracts" in year.tables:
            _totals(book, year)
            _single(book, year)


def grouped(year: RegisterYear, of: Callable[[Row], object]) -> dict:
    """Contracts by what `of` says of them, without those of which it says nothing."""
    found = defaultdict(list)
    for row in year.rows("contracts"):
        if of(row):
            found[of(row)].append(row)
    return found


def _sum(book: Book, key: str, title: str, year: RegisterYear, field: str, rows: list[Row]) -> Fact:
    if not rows:  # the table is whole: no row means no money
        return book.facts.add(Fact(key, title, 0, Unit.FEN, scale="yuan", operation="sum"))
    return book.facts.sum(key, title, [leaf(year.tables["contracts"], row, field, book.facts) for row in rows])


def _totals(book: Book, year: RegisterYear) -> None:
    """`procurement/<year>/amount|paid|paid-share|small-share`, and `method/<method>/amount|share`."""
    facts, prefix, rows, said = book.facts, f"procurement/{year.year}/", list(year.rows("contracts")), wording.table("procurement")
    amount, paid = (_sum(book, f"{prefix}{name}", said[name], year, name, rows) for name in ("amount", "paid"))
    facts.ratio(f"{prefix}paid-share", said["paid_share"], paid, amount)
    small = _sum(book, f"{prefix}small", said["small"], year, "amount", [row for row in rows if row.text("small") == said["yes"]])
    facts.ratio(f"{prefix}small-share", said["small_share"], small, amount)
    for method, told in grouped(year, lambda row: row.text("method")).items():
        at = f"{prefix}method/{key_part(method)}/"
        part = _sum(book, f"{at}amount", said["method_amount"].format(method=method), year, "amount", told)
        facts.ratio(f"{at}share", said["method_share"].format(method=method), part, amount)


def _single(book: Book, year: RegisterYear) -> None:
    """Whoever asks one supplier only says why."""
    data = year.tables["contracts"]
    for row in data.rows:
        if row.text("method") == wording.say("procurement.single") and not row.text("reason").strip():
            column = data.schema.field("reason").name
            book.problems.append(problem("single-source-reason", file=data.file, sheet=data.sheet, row=row.line, column=column, name=row.text("no")))


def agree(book: Book) -> None:
    """Contracts of a project <= its funds; paid to a supplier under them <= what the project paid it that year."""
    for year in book.inputs.of("procurement"):
        projects = book.inputs.get("projects", year.year)
        if projects is None or "contracts" not in year.tables or "projects" not in projects.tables:
            continue
        names = book.inputs.titles("projects", year.year, "projects")
        for project, rows in grouped(year, lambda row: row.text("project")).items():
            if project in names:
                _within_funds(book, year, project, names[project], rows)
        if "payments" in projects.tables:
            for (project, supplier), rows in grouped(year, lambda row: (row.text("project"), row.text("supplier")) if row.text("project") in names else None).items():
                _within_payments(book, year, projects, project, supplier, rows)


def _within_funds(book: Book, year: RegisterYear, project: str, name: str, rows: list[Row]) -> None:
    allotted = book.facts.get(f"projects/{year.year}/{key_part(project)}/allotted")
    if allotted is not None:
        contracted = _terms(book, year, rows, "amount", "procurement.contracted")
        place = wording.say("projects.place", code=project, name=name)
        _limited(book, year, "procurement-funds", key_part(project), contracted, Side(((1, allotted),)), place)


def _within_payments(book: Book, year: RegisterYear, projects: RegisterYear, project: str, supplier: str, rows: list[Row]) -> None:
    data = projects.tables["payments"]
    paid = [row for row in data.rows if (row.text("project"), row.text("payee")) == (project, supplier)]
    address = f"{key_part(project)}/{key_part(supplier)}"
    if paid:
        right = Side(tuple((1, leaf(data, row, "amount", book.facts)) for row in paid), wording.say("procurement.project_paid"))
    else:
        nothing = Fact(f"procurement/{year.year}/{address}/paid-by-project", wording.say("procurement.project_paid"), 0, Unit.FEN, scale="yuan", operation="sum")
        right = Side(((1, book.facts.add(nothing)),))
    place = wording.say("procurement.place", code=project, supplier=supplier)
    _limited(book, year, "procurement-payments", address, _terms(book, year, rows, "paid", "procurement.paid"), right, place)


def _terms(book: Book, year: RegisterYear, rows: list[Row], field: str, title: str) -> Side:
    return Side(tuple((1, leaf(year.tables["contracts"], row, field, book.facts)) for row in rows), wording.say(title))


def _limited(book: Book, year: RegisterYear, identity: str, address: str, left: Side, right: Side, place: str) -> None:
    """left <= right, to the fen."""
    found = identities.weigh(book.facts, "procurement", year.year, "contracts", identity, address, left, right,
                             words=wording.say(f"identities.{identity}"), place=place, relation="<=", within=wording.say("relations.within"), exact=True)  # fmt: skip
    if found is not None:
        book.comparisons.append(found)
