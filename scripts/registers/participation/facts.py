"""Participation: rates with numerator, denominator and definition; persons and person-times never mixed, overlapping persons never added."""

from scripts import restated, targets, wording
from scripts.book import Book
from scripts.cells import State
from scripts.facts import Fact, Unit, key_part
from scripts.inputs import RegisterYear
from scripts.plain import leaf
from scripts.problems import problem
from scripts.tables import Row

RATES = (("participation", "participated"), ("benefit", "benefited"))


def derive(book: Book) -> None:
    for year in book.inputs.of("participation"):
        if "served" in year.tables:
            for row in year.rows("served"):
                _project(book, year, row)
            _count(book, year)


def at(year: RegisterYear, project: str, name: str) -> str:
    return f"participation/{year.year}/{key_part(project)}/{name}"


def place(project: str) -> str:
    return wording.say("participation.place", code=project)


def _project(book: Book, year: RegisterYear, row: Row) -> None:
    """`participation/<year>/<project>/participation-rate|benefit-rate|each|change`; none without its definition."""
    facts, data, project = book.facts, year.tables["served"], row.text("project")
    eligible = leaf(data, row, "eligible", facts)
    told = targets.told(row.text("definition"))
    for name, field in RATES:
        if told:
            facts.ratio(at(year, project, f"{name}-rate"), wording.say(f"participation.{name}_rate"), leaf(data, row, field, facts), eligible)
    if targets.told(row.text("printed")):
        _printed(book, year, row, told)
    _categories(book, year, row)
    _change(book, year, project)


def _printed(book: Book, year: RegisterYear, row: Row, told: bool) -> None:
    """A printed rate is refused without its parts, else compared with what they give."""
    facts, data, project = book.facts, year.tables["served"], row.text("project")
    rate = facts.get(at(year, project, "participation-rate"))
    parts = (leaf(data, row, "participated", facts), leaf(data, row, "eligible", facts))
    printed = restated.printed_share(book, data, row, "printed", at(year, project, "printed-rate"), parts)
    if printed is None or not told or rate is None or not rate.known:
        book.problems.append(problem("participation-without-parts", **data.place(row, "printed")))
    else:
        restated.compare(book, data, "participation-printed", printed, rate, place(project))


def _categories(book: Book, year: RegisterYear, row: Row) -> None:
    """The categories of a project add up to those who benefited."""
    project = row.text("project")
    rows = [each for each in year.rows("categories") if each.text("project") == project]
    if rows:
        told = [leaf(year.tables["categories"], each, "benefited", book.facts) for each in rows]
        summed = book.facts.sum(at(year, project, "categories"), wording.say("participation.categories"), told, Unit.PERSONS)
        own = leaf(year.tables["served"], row, "benefited", book.facts)
        book.compare("participation", year.year, "categories", "participation-categories", own, summed, place=place(project))


def _change(book: Book, year: RegisterYear, project: str) -> None:
    """The benefit rate against that of the project of the same number a year before, where the definition stayed."""
    earlier = before(book.inputs, year, project)
    now = book.facts.get(at(year, project, "benefit-rate"))
    if earlier is None or now is None:
        return
    then = book.facts.get(at(earlier[0], earlier[1].text("project"), "benefit-rate"))
    if then is None:
        return
    row = next(each for each in year.rows("served") if each.text("project") == project)
    key, title = at(year, project, "change"), wording.say("participation.change", year=year.year - 1)
    if row.text("definition") == earlier[1].text("definition"):
        book.facts.gap(key, title, now, then)
    else:
        book.facts.add(Fact(key, title, None, Unit.SHARE, State.NOT_APPLICABLE, operation="difference", inputs=(now.key, then.key)))


def before(inputs, year: RegisterYear, project: str) -> tuple[RegisterYear, Row] | None:
    """The row of the year before whose project bears the same name."""
    last = inputs.get("participation", year.year - 1)
    name, names = inputs.titles("projects", year.year, "projects").get(project), inputs.titles("projects", year.year - 1, "projects")
    same = [row for row in (last.rows("served") if last else ()) if name and names.get(row.text("project")) == name]
    return (last, same[0]) if len(same) == 1 else None


def _count(book: Book, year: RegisterYear) -> None:
    places = tuple(row.cells["project"].origin for row in year.rows("served"))
    title = wording.say("participation.projects_count")
    book.facts.add(Fact(f"participation/{year.year}/projects-count", title, len(places), Unit.ITEMS, operation="count", rows=places))


def agree(book: Book) -> None:
    """Who benefited from a project is whom its own table says it served."""
    for year in book.inputs.of("participation"):
        for row in year.rows("served"):
            project = row.text("project")
            served = book.facts.get(f"projects/{year.year}/projects/{key_part(project)}/served")
            own = leaf(year.tables["served"], row, "benefited", book.facts)
            if served is not None and served.known and own.known:
                book.compare("participation", year.year, "served", "participation-served", own, served, place=place(project))
