"""Third-party evaluations: scores by dimension beside self-scores, days to publication, share of projects evaluated."""

import datetime
from fractions import Fraction

from scripts import days, display, wording
from scripts.book import Book, days_between
from scripts.cells import State
from scripts.facts import Fact, Unit, key_part
from scripts.grades import GRADES, grade
from scripts.inputs import RegisterYear
from scripts.plain import leaf
from scripts.problems import problem
from scripts.tables import Row

FULL_MARK = 100


def derive(book: Book) -> None:
    for year in book.inputs.of("evaluations"):
        if "evaluations" not in year.tables:
            continue
        for row in year.rows("evaluations"):
            _evaluation(book, year, row)
        _totals(book, year)


def scores(year: RegisterYear, no: str) -> list[Row]:
    return [row for row in year.rows("scores") if row.text("no") == no]


def _evaluation(book: Book, year: RegisterYear, row: Row) -> None:
    """`evaluations/<year>/<no>/gap|days|working-days`, and the dimension scores against their totals."""
    facts, data, no = book.facts, year.tables["evaluations"], row.text("no")
    prefix = f"evaluations/{year.year}/{key_part(no)}/"
    total, self_total = leaf(data, row, "total", facts), leaf(data, row, "self_total", facts)
    facts.gap(f"{prefix}gap", wording.say("evaluations.gap"), self_total, total)
    if row["reported_on"] and row["published"]:
        days_between(book, f"{prefix}days", wording.say("evaluations.days"), row["reported_on"], row["published"])
        working_days(book, f"{prefix}working-days", row["reported_on"], row["published"])
    for field, whole in (("given", total), ("self", self_total)):
        parts = [leaf(year.tables["scores"], each, field, facts) for each in scores(year, no)]
        if parts and any(each.known for each in parts):
            summed = facts.sum(f"evaluations/{year.year}/check/{field}/{key_part(no)}", wording.say("evaluations.sum"), parts, Unit.POINTS)
            book.compare("evaluations", year.year, "scores", f"evaluations-{field}", whole, summed,
                         place=wording.say("evaluations.place", no=no))  # fmt: skip
    _full_marks(book, year, no)
    _contradicted(book, year, row)
    for each in scores(year, no):
        gap_key = f"{prefix}{key_part(each.text('dimension'))}/"
        for field in ("given", "self"):
            part, full = leaf(year.tables["scores"], each, field, facts), leaf(year.tables["scores"], each, "full", facts)
            facts.ratio(f"{gap_key}{field}-share", f"{each.text('dimension')} {wording.say('evaluations.share')}", part, full)


def _full_marks(book: Book, year: RegisterYear, no: str) -> None:
    """The full marks of an evaluation add up to a hundred, and no score is above its full mark."""
    rows, data = scores(year, no), year.tables.get("scores")
    column = data.schema.field("full").name if data else ""
    whole = sum(row["full"] for row in rows if row["full"] is not None)
    if rows and whole != FULL_MARK:
        book.problems.append(
            problem("full-marks", file=data.file, sheet=data.sheet, row=rows[0].line, column=column, value=no, whole=display.decimal(Fraction(whole), 2))
        )
    for row in rows:
        for field in ("given", "self"):
            if row[field] is not None and row["full"] is not None and row[field] > row["full"]:
                book.problems.append(problem("score-above-full", **data.place(row, field)))


def _contradicted(book: Book, year: RegisterYear, row: Row) -> None:
    """A grade of the four that is not that of its score. It is printed as given; a grade of other words is the evaluator's own."""
    words, data = wording.table("grades"), year.tables["evaluations"]
    by_score = {words[name] for _, name in GRADES}
    if row["total"] is not None and row.text("grade") in by_score and row.text("grade") != words[grade(row["total"])]:
        meant = words[grade(row["total"])]
        book.problems.append(problem("grade-contradicts", **data.place(row, "grade"), total=row.text("total"), meant=meant))


def working_days(book: Book, key: str, first: datetime.date, last: datetime.date) -> Fact | None:
    """Working days after `first` up to and with `last`; none where the holiday calendar does not reach that far."""
    count = days.working_between(first, last)
    return None if count is None else book.facts.add(Fact(key, wording.say("evaluations.working_days"), count, Unit.WORKING_DAYS, operation="calendar"))


def _totals(book: Book, year: RegisterYear) -> None:
    """Mean scores, how many evaluations, and the share of the year's projects that have one."""
    facts, data, prefix = book.facts, year.tables["evaluations"], f"evaluations/{year.year}/"
    totals = [leaf(data, row, "total", facts) for row in data.rows]
    selves = [leaf(data, row, "self_total", facts) for row in data.rows]
    facts.mean(f"{prefix}mean", wording.say("evaluations.mean"), totals)
    facts.mean(f"{prefix}self-mean", wording.say("evaluations.self_mean"), selves)
    _mean_gap(book, prefix, [t.known for t in totals] == [s.known for s in selves])
    told = [fact for row in data.rows if (fact := facts.get(f"{prefix}{key_part(row.text('no'))}/working-days"))]
    if told:
        facts.most(f"{prefix}slowest", wording.say("evaluations.slowest"), told)
    facts.count(f"{prefix}evaluations-count", wording.say("evaluations.count"), totals)
    first = {row.text("project"): total for row, total in zip(data.rows, totals, strict=True)}
    evaluated = facts.count(f"{prefix}projects-evaluated", wording.say("evaluations.projects_evaluated"), first.values())
    projects = facts.get(f"projects/{year.year}/projects-count")
    if projects is not None:
        facts.ratio(f"{prefix}evaluated-share", wording.say("evaluations.evaluated_share"), evaluated, projects)


def _mean_gap(book: Book, prefix: str, same: bool) -> None:
    """Two means are compared only where they are of the same evaluations."""
    title, inputs = wording.say("evaluations.mean_gap"), [book.facts[f"{prefix}{name}"] for name in ("self-mean", "mean")]
    if same or not all(each.known for each in inputs):
        book.facts.gap(f"{prefix}mean-gap", title, *inputs)
    else:
        keys = tuple(each.key for each in inputs)
        book.facts.add(Fact(f"{prefix}mean-gap", title, None, Unit.POINTS, State.NOT_APPLICABLE, operation="difference", inputs=keys))
