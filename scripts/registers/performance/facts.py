"""Self-evaluation: every score recomputed by its stated rule beside the one given; funds, weights and totals against each other."""

from fractions import Fraction

from scripts import display, restated, wording
from scripts.book import Book
from scripts.cells import State
from scripts.facts import Fact, Unit, key_part
from scripts.grades import GRADES, grade
from scripts.inputs import RegisterYear
from scripts.plain import leaf
from scripts.problems import problem
from scripts.registers.performance import scoring
from scripts.tables import Row

FULL_MARK = 100
MONEY = ("opening", "budget", "executed")


def derive(book: Book) -> None:
    for year in book.inputs.of("performance"):
        if "reviews" not in year.tables:
            continue
        for row in year.rows("reviews"):
            _review(book, year, row)
        _totals(book, year)


def of(year: RegisterYear, table: str, project: str) -> list[Row]:
    return [row for row in year.rows(table) if row.text("project") == project]


def total_row(year: RegisterYear, project: str) -> Row | None:
    """The first of the four rows of money, by the place of its word in the schema."""
    return next((row for row in of(year, "funds", project) if row.text("item") == _whole(year)), None)


def _whole(year: RegisterYear) -> str:
    return year.tables["funds"].schema.field("item").constraints["enum"][0]


def place(project: str, name: str = "") -> str:
    return wording.say("performance.place_of" if name else "performance.place", code=project, name=name)


def _review(book: Book, year: RegisterYear, row: Row) -> None:
    """`performance/<year>/<project>/…`: rate, its score, each indicator's, both totals and the gap between them."""
    facts, project = book.facts, row.text("project")
    prefix = f"performance/{year.year}/{key_part(project)}/"
    given, told = _funds(book, year, project, prefix)
    for each in of(year, "indicators", project):
        own, recomputed = leaf(year.tables["indicators"], each, "given", facts), scoring.score(book, year, each, prefix)
        given.append(own)
        told.append(recomputed if recomputed.known else own)
        if recomputed.known and own.known:
            restated.compare(book, year.tables["indicators"], "performance-score", own, recomputed, place(project, each.text("name")))
    summed = facts.sum(f"{prefix}given", wording.say("performance.given"), given, Unit.POINTS)
    total = leaf(year.tables["reviews"], row, "total", facts)
    if summed.known:
        restated.compare(book, year.tables["reviews"], "performance-total", total, summed, place(project))
    again = facts.sum(f"{prefix}recomputed", wording.say("performance.recomputed"), told, Unit.POINTS)
    facts.gap(f"{prefix}gap", wording.say("performance.gap"), total, again)
    _weights(book, year, project)
    _contradicted(book, year, row)


def _funds(book: Book, year: RegisterYear, project: str, prefix: str) -> tuple[list[Fact], list[Fact]]:
    """Parts against the total, the rate against the one printed, its score against the one given: (given, recomputed)."""
    facts, data, whole = book.facts, year.tables.get("funds"), total_row(year, project) if "funds" in year.tables else None
    if whole is None:
        return [], []
    parts = [row for row in of(year, "funds", project) if row is not whole]
    for field in MONEY:
        told = [leaf(data, row, field, facts) for row in parts]
        if any(each.known for each in told):
            summed = facts.sum(f"{prefix}parts/{field}", wording.say("performance.parts"), told)
            book.compare("performance", year.year, "funds", "performance-parts", leaf(data, whole, field, facts), summed,
                         place=place(project, data.schema.field(field).title))  # fmt: skip
    rate = facts.ratio(f"{prefix}rate", wording.say("performance.rate"), leaf(data, whole, "executed", facts), leaf(data, whole, "budget", facts))
    printed = restated.printed_share(book, data, whole, "rate", f"{prefix}printed-rate", ())
    if printed is not None:
        restated.compare(book, data, "performance-rate", printed, rate, place(project))
    own = leaf(data, whole, "given", facts)
    again = scoring.of_rate(book, f"{prefix}rate-score", rate, leaf(data, whole, "weight", facts))
    if again.known and own.known:
        restated.compare(book, data, "performance-rate-score", own, again, place(project, wording.say("performance.rate")))
    return [own], [again if again.known else own]


def _weights(book: Book, year: RegisterYear, project: str) -> None:
    """The weights of a whole form are a hundred; no score is above its weight."""
    rows = [(year.tables[name], row) for name in ("funds", "indicators") for row in of(year, name, project)]
    whole = sum((row["weight"] for _, row in rows if row["weight"] is not None), Fraction(0))
    if rows and whole != FULL_MARK:
        data, row = rows[-1]
        book.problems.append(problem("weights-not-full", **data.place(row, "weight"), project=project, whole=display.decimal(whole, 2)))
    for data, row in rows:
        if row["given"] is not None and row["weight"] is not None and row["given"] > row["weight"]:
            book.problems.append(problem("score-above-full", **data.place(row, "given")))


def _contradicted(book: Book, year: RegisterYear, row: Row) -> None:
    """One of the four grades that is not that of its total; words of their own stay as they are."""
    words, data = wording.table("grades"), year.tables["reviews"]
    if row["total"] is not None and row.text("grade") in {words[name] for _, name in GRADES} and row.text("grade") != words[grade(row["total"])]:
        meant = words[grade(row["total"])]
        book.problems.append(problem("grade-contradicts", **data.place(row, "grade"), total=row.text("total"), meant=meant))


def _totals(book: Book, year: RegisterYear) -> None:
    """How many projects evaluate themselves, of all; mean scores given and recomputed; how many of each grade; targets missed."""
    facts, data, prefix = book.facts, year.tables["reviews"], f"performance/{year.year}/"
    totals = [leaf(data, row, "total", facts) for row in data.rows]
    count = facts.count(f"{prefix}reviews-count", wording.say("performance.count"), totals)
    facts.mean(f"{prefix}mean", wording.say("performance.mean"), totals)
    facts.mean(f"{prefix}recomputed-mean", wording.say("performance.recomputed_mean"),
               [facts[f"{prefix}{key_part(row.text('project'))}/recomputed"] for row in data.rows])  # fmt: skip
    facts.gap(f"{prefix}mean-gap", wording.say("performance.gap"), facts[f"{prefix}mean"], facts[f"{prefix}recomputed-mean"])
    for _, name in GRADES:
        of_grade = [total for total in totals if total.known and grade(total.value) == name]
        facts.count(f"{prefix}grade/{name}", wording.say("performance.of_grade", grade=wording.say(f"grades.{name}")), of_grade)
    missed = [row for row in year.rows("indicators") if scoring.met(row) is False]
    judged = [row for row in year.rows("indicators") if scoring.met(row) is not None]
    for name, rows in (("missed-count", missed), ("judged-count", judged)):
        places = tuple(row.cells["actual"].origin for row in rows)
        facts.add(Fact(f"{prefix}{name}", wording.say(f"performance.{name.replace('-', '_')}"), len(rows), Unit.ITEMS, operation="count", rows=places))
    projects = facts.get(f"projects/{year.year}/projects-count")
    if projects is not None:
        facts.ratio(f"{prefix}reviewed-share", wording.say("performance.reviewed_share"), count, projects)


def agree(book: Book) -> None:
    """The money of the form is that of the project; its total is the self-score that stands beside the third party's."""
    for year in book.inputs.of("performance"):
        for row in year.rows("reviews"):
            project = row.text("project")
            whole = total_row(year, project) if "funds" in year.tables else None
            for field, name in (("budget", "allotted"), ("executed", "paid")):
                other = book.facts.get(f"projects/{year.year}/{key_part(project)}/{name}")
                if whole is not None and other is not None and whole.values[field].state is State.KNOWN:
                    own = leaf(year.tables["funds"], whole, field, book.facts)
                    book.compare("performance", year.year, "funds", f"performance-{name}", own, other, place=place(project))
            _as_beside_the_third_party(book, year, row)


def _as_beside_the_third_party(book: Book, year: RegisterYear, row: Row) -> None:
    others = book.inputs.get("evaluations", year.year)
    for each in others.rows("evaluations") if others else ():
        told = leaf(others.tables["evaluations"], each, "self_total", book.facts)
        if each.text("project") == row.text("project") and told.known:
            own = leaf(year.tables["reviews"], row, "total", book.facts)
            book.compare("performance", year.year, "reviews", "performance-self", own, told, place=place(row.text("project")))
