"""Grassroots: bands and posts agree with the counts that are not shown; a town's villages add up to what the town says."""

from scripts import commitments, wording
from scripts.book import Book
from scripts.facts import Unit, key_part
from scripts.inputs import RegisterYear
from scripts.plain import leaf, place
from scripts.problems import problem
from scripts.tables import Data, Row

# table -> (from how many persons the second of its two bands holds, the clauses that say how many posts there must be, may be)
RULES = {"towns": (1001, ("B6.1", "B7.1"), "B7.2"), "villages": (20, ("B6.2",), "")}


def derive(book: Book) -> None:
    for year in book.inputs.of("grassroots"):
        for name in RULES:
            if name in year.tables:
                for row in year.rows(name):
                    _row(book, year.tables[name], row)
        _in_villages(book, year)


def _row(book: Book, data: Data, row: Row) -> None:
    """The band is that of the count, and the posts are those that the publisher's plan asks for so many."""
    least, must, may = RULES[data.schema.name]
    below, above = data.schema.field("band").constraints["enum"]
    holders = row["holders"]
    if holders is None:
        return
    if row.text("band") != (meant := above if holders >= least else below):
        book.problems.append(problem("band-contradicts", **data.place(row, "band"), meant=meant))
    allowed = posts(book.inputs.publisher.plan, must, may, holders)
    if allowed and row["required_posts"] is not None and not allowed[0] <= row["required_posts"] <= allowed[1]:
        book.problems.append(problem("posts-against-rule", **data.place(row, "required_posts"), least=allowed[0], most=allowed[1]))


def posts(plan: str, must: tuple[str, ...], may: str, holders: int) -> tuple[int, int] | None:
    """Least and most posts for a place of so many persons; None where the plan says nothing of such places."""
    clauses = commitments.load(plan)
    told = next((clauses[id_] for id_ in must if id_ in clauses), None)
    if told is None:
        return None
    least = 1 if commitments.applies(told, holders) else 0
    more = may in clauses and commitments.applies(clauses[may], holders)
    return least, int(clauses[may].target) if more else least


def _in_villages(book: Book, year: RegisterYear) -> None:
    """`grassroots/<year>/in-villages/<town>`: the posts of a town's villages, against what the town's own row says."""
    data, villages = year.tables.get("towns"), year.tables.get("villages")
    for row in data.rows if data and villages else ():
        town = row.text("town")
        told = [leaf(villages, each, "filled", book.facts) for each in villages.rows if each.text("town") == town]
        if told:
            title = wording.say("grassroots.in_villages", town=town)
            summed = book.facts.sum(f"grassroots/{year.year}/in-villages/{key_part(town)}", title, told, Unit.PERSONS)
            book.compare("grassroots", year.year, "towns", "grassroots-villages", leaf(data, row, "in_villages", book.facts), summed,
                         place=place(data, row))  # fmt: skip
