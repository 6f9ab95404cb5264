"""Inspections: how much of a list was drawn, by number and by money, what was found; results must be of the drawn sample."""

from scripts import wording
from scripts.book import Book
from scripts.cells import State
from scripts.facts import Fact, Unit, key_part
from scripts.inputs import RegisterYear
from scripts.plain import leaf
from scripts.problems import Problem, problem
from scripts.registers.inspections import draw
from scripts.tables import Row

COUNTS = ("frame", "sampled", "checked", "bad")
MONEY = ("frame-amount", "sampled-amount")


def derive(book: Book) -> None:
    for year in book.inputs.of("inspections"):
        if "batches" not in year.tables:
            continue
        for batch in year.rows("batches"):
            _batch(book, year, batch)
            book.problems += problems(year, batch)
        _totals(book, year)


def prefix(year: RegisterYear, batch: Row | None = None) -> str:
    return f"inspections/{year.year}/" + (f"{key_part(batch.text('batch'))}/" if batch else "")


def unlike(year: RegisterYear) -> str:
    """The word of a result that does not conform."""
    return year.tables["results"].schema.field("verdict").constraints["enum"][1]


def checked(year: RegisterYear, batch: Row) -> tuple[list[Row], list[Row]]:
    """The first result of each item that was looked at, and of each in which something was wrong."""
    results = draw.of_batch(year, "results", batch)
    bad = {row.text("no"): row for row in reversed(results) if row.text("verdict") == unlike(year)}
    return list({row.text("no"): row for row in reversed(results)}.values()), list(bad.values())


def _batch(book: Book, year: RegisterYear, batch: Row) -> None:
    """`inspections/<year>/<batch>/frame-count|sampled-count|checked-count|bad-count|coverage|money-coverage|rest|…`."""
    at, facts = prefix(year, batch), book.facts
    frame, drawn = draw.of_batch(year, "frame", batch), draw.sample(year, batch)
    seen, bad = checked(year, batch)
    looked = bool(seen)
    for name, rows, known in zip(COUNTS, (frame, drawn, seen, bad), (True, drawn is not None, looked, looked), strict=True):
        _count(book, f"{at}{name}-count", name, rows or [], known)
    for name, rows, known in zip(MONEY, (frame, drawn), (True, drawn is not None), strict=True):
        told = [leaf(year.tables["frame"], row, "amount", facts) for row in rows or ()]
        if known and all(each.known for each in told):
            facts.sum(f"{at}{name}", wording.say(f"inspections.{name}"), told)
        else:  # one amount that nobody wrote makes a part of unknown size
            facts.add(Fact(f"{at}{name}", wording.say(f"inspections.{name}"), None, Unit.FEN, State.BLANK, scale="yuan", operation="sum"))
    _shares(book, at)
    _compare(book, year, batch)


def _count(book: Book, key: str, name: str, rows: list[Row], known: bool) -> None:
    """How many rows; blank where there is nothing to count yet."""
    places = tuple(row.cells["no"].origin for row in sorted(rows, key=lambda row: row.line))
    state = State.KNOWN if known else State.BLANK
    book.facts.add(Fact(key, wording.say(f"inspections.{name}"), len(rows) if known else None, Unit.ITEMS, state, operation="count", rows=places))


def _shares(book: Book, at: str) -> None:
    facts, said = book.facts, wording.table("inspections")
    frame, sampled = facts[f"{at}frame-count"], facts[f"{at}sampled-count"]
    facts.ratio(f"{at}coverage", said["coverage"], sampled, frame)
    facts.ratio(f"{at}money-coverage", said["money_coverage"], facts[f"{at}sampled-amount"], facts[f"{at}frame-amount"])
    facts.gap(f"{at}rest", said["rest"], frame, sampled)


def _totals(book: Book, year: RegisterYear) -> None:
    """Over the batches of which the draw is made: one that waits for its seed covers nothing yet, and nothing is said of it."""
    at, facts = prefix(year), book.facts
    batches = list(year.rows("batches"))
    drawn = [batch for batch in batches if facts[f"{prefix(year, batch)}sampled-count"].known]
    book.facts.add(Fact(f"{at}batches-count", wording.say("inspections.batches"), len(batches), Unit.ITEMS, operation="count",
                        rows=tuple(batch.cells["batch"].origin for batch in batches)))  # fmt: skip
    for name in COUNTS:
        parts = [facts[f"{prefix(year, batch)}{name}-count"] for batch in drawn]
        facts.sum(f"{at}{name}-count", wording.say(f"inspections.{name}"), parts, Unit.ITEMS)
    for name in MONEY:
        parts = [facts[f"{prefix(year, batch)}{name}"] for batch in drawn if facts[f"{prefix(year, batch)}frame-amount"].known]
        facts.sum(f"{at}{name}", wording.say(f"inspections.{name}"), parts)
    _shares(book, at)
    before = facts.get(f"inspections/{year.year - 1}/coverage")
    if before is not None:
        facts.gap(f"{at}coverage-change", wording.say("inspections.coverage_change"), facts[f"{at}coverage"], before)


def _compare(book: Book, year: RegisterYear, batch: Row) -> None:
    """The list is as long as the batch says, the strata make its sample, and a report is of the whole sample."""
    at, facts, data = prefix(year, batch), book.facts, year.tables["batches"]
    place = wording.say("inspections.place", batch=batch.text("batch"))
    size, sample = (leaf(data, batch, name, facts) for name in ("size", "sample"))
    book.compare("inspections", year.year, "batches", "inspections-frame", size, facts[f"{at}frame-count"], place=place)
    strata = [leaf(year.tables["strata"], row, "sample", facts) for row in draw.of_batch(year, "strata", batch)]
    if strata:
        parts = facts.sum(f"{at}strata", wording.say("inspections.strata"), strata, Unit.ITEMS)
        book.compare("inspections", year.year, "batches", "inspections-strata", sample, parts, place=place)
    if batch["reported_on"]:
        book.compare("inspections", year.year, "batches", "inspections-checked", sample, facts[f"{at}checked-count"], place=place)


def problems(year: RegisterYear, batch: Row) -> list[Problem]:
    """What makes a draw no draw, and results that are not of it."""
    found, data, frame = [], year.tables["batches"], draw.of_batch(year, "frame", batch)
    random, results = draw.method(year, batch) != draw.ALL, draw.of_batch(year, "results", batch)
    if random and not batch.text("rule"):
        found.append(problem("draw-without-rule", **data.place(batch, "rule")))
    if random and results and not (batch.text("seed") and batch["seeded"]):
        found.append(problem("draw-without-seed", **data.place(batch, "seed")))
    if random and batch["seeded"] and batch["listed"] and batch["seeded"] <= batch["listed"]:
        found.append(problem("seed-before-list", **data.place(batch, "seeded"), listed=batch["listed"]))
    if draw.method(year, batch) == draw.STRATIFIED:
        known = draw.sizes(year, batch)
        first = {row.text("stratum"): row for row in reversed(frame) if row.text("stratum") not in known}
        found += [problem("stratum-unknown", **year.tables["frame"].place(row, "stratum"), batch=batch.text("batch")) for row in first.values()]
    drawn = draw.sample(year, batch)
    return found + [each for row in results for each in _of_result(year, batch, row, {r.text("no") for r in frame}, drawn)]


def _of_result(year: RegisterYear, batch: Row, row: Row, listed: set[str], drawn: list[Row] | None) -> list[Problem]:
    """A result of an item that was not drawn; one that is wrong and names no finding."""
    found, data = [], year.tables["results"]
    if drawn is not None and row.text("no") in listed and row.text("no") not in {each.text("no") for each in drawn}:
        names = wording.say("lists.join").join(sorted(each.text("no") for each in drawn))
        found.append(problem("not-drawn", **data.place(row, "no"), batch=batch.text("batch"), drawn=names))
    if row.text("verdict") == unlike(year) and not row.text("finding"):
        found.append(problem("wrong-without-finding", **data.place(row, "finding"), example=data.schema.field("finding").example))
    return found
