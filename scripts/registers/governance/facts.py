"""Who sits in the county's congress and presidium: each group's share of all, now and before. Groups overlap and are never added."""

import datetime

from scripts import book as books
from scripts import wording
from scripts.book import Book
from scripts.facts import Fact
from scripts.inputs import RegisterYear
from scripts.plain import leaf
from scripts.tables import Row

BODIES = ("congress", "presidium")  # in the order of the words that the column allows; so are the terms
GROUPS = ("relatives", "models", "rural", "societies", "volunteers")


def derive(book: Book) -> None:
    for year in book.inputs.of("governance"):
        _composition(book, year)
        _terms(book, year)


def row_of(year: RegisterYear, body: str, now: bool) -> Row | None:
    """The row of one body's present or last term, None where it was not kept."""
    data = year.tables.get("county")
    if data is None:
        return None
    words = data.schema.field("body").constraints["enum"][BODIES.index(body)], data.schema.field("term").constraints["enum"][0 if now else 1]
    return next((row for row in data.rows if (row.text("body"), row.text("term")) == words), None)


def _composition(book: Book, year: RegisterYear) -> None:
    """`governance/<year>/<body>-<group>`, `…-before` of the last term, `…-change` between the two."""
    for body in BODIES:
        for group in GROUPS:
            key, shares = f"governance/{year.year}/{body}-{group}", []
            for now, end in ((True, ""), (False, "-before")):
                row = row_of(year, body, now)
                if row is not None:
                    shares.append(_share(book, year, row, group, key + end))
            if len(shares) == 2:
                book.facts.gap(f"{key}-change", wording.say("governance.change", title=shares[0].title), *shares)


def _share(book: Book, year: RegisterYear, row: Row, group: str, key: str) -> Fact:
    data = year.tables["county"]
    part, whole = leaf(data, row, group, book.facts), leaf(data, row, "members", book.facts)
    title = wording.say("governance.share", body=row.text("body"), term=row.text("term"), group=data.schema.field(group).title)
    return book.facts.ratio(key, title, part, whole)


def _terms(book: Book, year: RegisterYear) -> None:
    """`governance/<year>/terms/<row>` in days, first and last day counted; of part-time and seconded posts the shortest and longest."""
    data, terms = year.tables.get("posts"), []
    if data is None:
        return
    full_time, *_, seconded = data.schema.field("kind").constraints["enum"]
    deputy = next(word for word in data.schema.field("title").constraints["enum"] if word.startswith(seconded))
    for row in data.rows:
        if row.text("kind") != full_time and row["starts"] and row["ends"]:
            title = wording.say("governance.term", post=row.text("title"))
            end = row["ends"] + datetime.timedelta(1)
            fact = books.days_between(book, f"governance/{year.year}/terms/{data.key(row)}", title, row["starts"], end)
            terms.append(fact)
            if row.text("title") == deputy:
                book.facts.same(f"governance/{year.year}/deputy-term", title, fact)
    if terms:
        book.facts.least(f"governance/{year.year}/terms-shortest", wording.say("governance.shortest"), terms)
        book.facts.most(f"governance/{year.year}/terms-longest", wording.say("governance.longest"), terms)
