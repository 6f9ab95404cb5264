"""Allowances: persons x months x standard + back payments = amount; by allowance, town and month; against funds and payments."""

from scripts import identities, wording
from scripts.book import Book
from scripts.cells import State
from scripts.facts import Fact, Unit, key_part
from scripts.identities import Side
from scripts.inputs import RegisterYear
from scripts.plain import leaf, place
from scripts.tables import Row

REGISTER = "allowances"
WITHOUT = (State.BLANK, State.NOT_APPLICABLE)  # no standard that all are paid by


def derive(book: Book) -> None:
    for year in book.inputs.of(REGISTER):
        rows = list(year.rows("allowances"))
        if "allowances" in year.tables:
            _by_standard(book, year, rows)
            _totals(book, year, rows)
        if "allocation" in year.tables:
            _allocated(book, year)


def _totals(book: Book, year: RegisterYear, rows: list[Row]) -> None:
    """Rows by allowance and month, and by allowance and town; of these, each allowance and each town; of the allowances, the year.

    Each sum is of the sums below it: the gate then weighs an allowance by itself.
    """
    leaves: dict[str, list[Row]] = {}
    items, towns = {}, {}
    for row in rows:
        item, town, month = (key_part(row.text(name)) for name in ("item", "town", "month"))
        leaves.setdefault(f"item/{item}/month/{month}/", []).append(row)
        leaves.setdefault(at := f"item/{item}/town/{town}/", []).append(row)
        items.setdefault(f"item/{item}/", {})[at] = None
        towns.setdefault(f"town/{town}/", {})[at] = None
    data, prefix = year.tables["allowances"], f"{REGISTER}/{year.year}/"
    for scope, told in leaves.items():
        _sums(book, prefix, scope, *([leaf(data, row, field, book.facts) for row in told] for field in ("amount", "persons")))
    for scope, parts in (*items.items(), *towns.items(), ("", items)):
        _sums(book, prefix, scope, *([book.facts[f"{prefix}{part}{name}"] for part in parts] for name in ("paid", "times")))


def _sums(book: Book, prefix: str, scope: str, paid: list[Fact], times: list[Fact]) -> None:
    """`allowances/<year>/[<scope>]paid|times|per-head`: persons of several payments are person-times."""
    said = wording.table("allowances")
    if paid:
        sides = [book.facts.sum(f"{prefix}{scope}paid", said["paid"], paid), book.facts.sum(f"{prefix}{scope}times", said["times"], times, Unit.TIMES)]
    else:  # the table is whole: no row means that nothing was paid
        sides = [book.facts.add(Fact(f"{prefix}{scope}{name}", said[name], 0, unit, scale=scale, operation="sum"))
                 for name, unit, scale in (("paid", Unit.FEN, "yuan"), ("times", Unit.TIMES, ""))]  # fmt: skip
    book.facts.ratio(f"{prefix}{scope}per-head", said["per_head"], *sides, Unit.FEN)


def _by_standard(book: Book, year: RegisterYear, rows: list[Row]) -> None:
    """Each payment that has a standard, recomputed from it."""
    data, facts, said = year.tables["allowances"], book.facts, wording.table("allowances")
    for row in rows:
        standard = leaf(data, row, "standard", facts)
        if standard.state in WITHOUT:
            continue
        key = f"{REGISTER}/{year.year}/by-standard/{data.key(row)}"
        due = facts.product(key, said["by_standard"], [leaf(data, row, name, facts) for name in ("persons", "months", "standard")], Unit.FEN)
        right = Side(((1, due), (1, leaf(data, row, "adjusted", facts))), said["recomputed"])
        _weigh(book, year, "allowances", "allowances-standard", data.key(row), Side(((1, leaf(data, row, "amount", facts)),)), right, place(data, row))


def _allocated(book: Book, year: RegisterYear) -> None:
    """Every sum of the allocation is that of its parts; what was paid in a town is no more than what it got."""
    data, facts, said = year.tables["allocation"], book.facts, wording.table("allowances")
    for row in data.rows:
        parts = [each for each in data.rows if (each.text("allowance"), each.text("above")) == (row.text("allowance"), row.text("item"))]
        own = Side(((1, leaf(data, row, "allotted", facts)),))
        if parts:
            right = Side(tuple((1, leaf(data, each, "allotted", facts)) for each in parts), said["parts"])
            _weigh(book, year, "allocation", "allowances-parts", data.key(row), own, right, place(data, row))
        paid = facts.get(f"{REGISTER}/{year.year}/item/{key_part(row.text('allowance'))}/town/{key_part(row.text('item'))}/paid")
        if paid is not None:
            _weigh(book, year, "allocation", "allowances-allocation", data.key(row), Side(((1, paid),)), own, place(data, row), "<=")


def agree(book: Book) -> None:
    """What a project's allowances come to is what the project paid to persons that year."""
    for year in book.inputs.of(REGISTER):
        projects = book.inputs.get("projects", year.year)
        if projects is None or not {"projects", "payments"} <= projects.tables.keys():
            continue
        names, data = book.inputs.titles("projects", year.year, "projects"), projects.tables["payments"]
        for project in dict.fromkeys(row.text("project") for row in year.rows("allowances")):
            if project not in names:
                continue
            left = [(1, leaf(year.tables["allowances"], row, "amount", book.facts)) for row in year.rows("allowances") if row.text("project") == project]
            right = [(1, leaf(data, row, "amount", book.facts)) for row in data.rows
                     if row.text("project") == project and row.text("payee_type") == wording.say("allowances.to_persons")]  # fmt: skip
            where, said = wording.say("projects.place", code=project, name=names[project]), wording.table("allowances")
            if not right:
                right = [(1, book.facts.add(Fact(f"{REGISTER}/{year.year}/none/{key_part(project)}", said["project_paid"], 0, Unit.FEN, scale="yuan", operation="sum")))]
            _weigh(book, year, "allowances", "allowances-project", key_part(project), Side(tuple(left), said["paid"]), Side(tuple(right), said["project_paid"]), where)


def _weigh(book: Book, year: RegisterYear, table: str, identity: str, address: str, left: Side, right: Side, where: str, relation: str = "=") -> None:
    """To the fen."""
    found = identities.weigh(book.facts, REGISTER, year.year, table, identity, address, left, right, words=wording.say(f"identities.{identity}"),
                             place=where, relation=relation, within=wording.say("relations.within"), exact=True)  # fmt: skip
    if found is not None:
        book.comparisons.append(found)
