"""The levy's own ledger: what came in and went out, what it was for, and whether all that is due was budgeted."""

from scripts import identities, wording
from scripts.book import Book
from scripts.facts import Fact, Unit, key_part
from scripts.identities import Side
from scripts.inputs import RegisterYear
from scripts.plain import leaf
from scripts.problems import problem
from scripts.tables import Row

REGISTER, NOTICE_DAYS = "levy", 7


def derive(book: Book) -> None:
    for year in book.inputs.of(REGISTER):
        _notices(book, year)
        for row in year.rows("collection"):
            entitled, budgeted = (leaf(year.tables["collection"], row, name, book.facts) for name in ("entitled", "budgeted"))
            book.facts.gap(f"{REGISTER}/{year.year}/short", wording.say("levy.short"), entitled, budgeted)
            _uses(book, year, row)
            _chained(book, year, row)


def _notices(book: Book, year: RegisterYear) -> None:
    """A notice stands for seven days, the first and the last among them."""
    for row in year.rows("employers_notice"):
        if row["starts"] and row["ends"]:
            days = (row["ends"] - row["starts"]).days + 1
            data = year.tables["employers_notice"]
            book.facts.add(Fact(f"{REGISTER}/{year.year}/notice/{data.key(row)}/days", wording.say("levy.days"), days, Unit.DAYS, operation="calendar"))
            if days < NOTICE_DAYS:
                book.problems.append(problem("notice-short", **data.place(row, "ends"), days=days))


def _uses(book: Book, year: RegisterYear, row: Row) -> None:
    """What was budgeted and spent is that of all uses together."""
    data = year.tables.get("allocation")
    for name in ("budgeted", "spent") if data and data.rows else ():
        right = Side(tuple((1, leaf(data, each, name, book.facts)) for each in data.rows), wording.say("levy.uses"))
        left = Side(((1, leaf(year.tables["collection"], row, name, book.facts)),))
        _weigh(book, year, "collection", f"levy-{name}", "all", left, right, wording.say("display.year", year=year.year))


def _chained(book: Book, year: RegisterYear, row: Row) -> None:
    """A year begins with what the one before left."""
    before = book.inputs.get(REGISTER, year.year - 1)
    for last in before.rows("collection") if before else ():
        sides = [Side(((1, leaf(each.tables["collection"], told, name, book.facts)),)) for each, told, name in ((year, row, "opening"), (before, last, "closing"))]
        _weigh(book, year, "collection", "levy-opening", "chain", *sides, wording.say("display.year", year=year.year))


def agree(book: Book) -> None:
    """What a use has is what its project got of the levy; what it spent is no more than the project paid."""
    for year in book.inputs.of(REGISTER):
        projects = book.inputs.get("projects", year.year)
        for row in year.rows("allocation") if projects and {"projects", "funding"} <= projects.tables.keys() else ():
            project = row.text("project")
            if project in {each.text("project") for each in projects.rows("projects")}:
                _agree(book, year, row, projects, project)


def _agree(book: Book, year: RegisterYear, row: Row, projects: RegisterYear, project: str) -> None:
    funding, data, where = projects.tables["funding"], year.tables["allocation"], wording.say("projects.place", code=project, name=row.text("item"))
    got = [(1, leaf(funding, each, "allotted", book.facts)) for each in funding.rows
           if (each.text("project"), each.text("source")) == (project, wording.say("levy.source"))]  # fmt: skip
    if not got:
        got = [(1, book.facts.add(Fact(f"{REGISTER}/{year.year}/none/{key_part(project)}", wording.say("levy.funding"), 0, Unit.FEN, scale="yuan", operation="sum")))]
    has = Side(tuple((1, leaf(data, row, name, book.facts)) for name in ("carried", "budgeted", "adjusted")), wording.say("levy.has"))
    _weigh(book, year, "allocation", "levy-funding", key_part(project), has, Side(tuple(got), wording.say("levy.funding")), where)
    paid = book.facts.get(f"projects/{year.year}/{key_part(project)}/paid")
    if paid is not None:
        _weigh(book, year, "allocation", "levy-paid", key_part(project), Side(((1, leaf(data, row, "spent", book.facts)),)), Side(((1, paid),)), where, "<=")


def _weigh(book: Book, year: RegisterYear, table: str, identity: str, address: str, left: Side, right: Side, where: str, relation: str = "=") -> None:
    """To the fen."""
    found = identities.weigh(book.facts, REGISTER, year.year, table, identity, address, left, right, words=wording.say(f"identities.{identity}"),
                             place=where, relation=relation, within=wording.say("relations.within"), exact=True)  # fmt: skip
    if found is not None:
        book.comparisons.append(found)
