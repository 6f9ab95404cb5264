"""Tests of the county's own registers: whether there are rows, whether they are filled, cover what they should, were out in time."""

from scripts.facts import Facts
from scripts.pages.scoring.ground import HALF, NONE, WHOLE, Answer, Ground, filled


def rows(ground: Ground, register: str, table: str = "", columns: tuple[str, ...] = ()) -> Answer:
    """Rows of a table (of any where none is named) in the newest year, something in each of these columns."""
    year = ground.newest(register, table)
    if year is None:
        return ground.absent(register, table)
    at = ground.at(year, table)
    if not all(filled(row, list(columns)) for row in ground.rows(year, table)):
        return Answer(HALF, at, "unfilled", {"title": ground.title(register, table)})
    return Answer(WHOLE, at) if ground.current(year) else Answer(HALF, at, "old")


def words(ground: Ground, register: str, table: str, column: str, words: list[str]) -> Answer:
    """Each of these words stands in a column of the newest year."""
    year = ground.newest(register, table)
    if year is None:
        return ground.absent(register, table)
    lost = [each for each in words if each not in {row.text(column) for row in year.rows(table)}]
    at = ground.at(year, table)
    return Answer(HALF if len(lost) < len(words) else NONE, at, "words", {"words": lost[0]}) if lost else Answer(WHOLE, at)


def covers(ground: Ground, register: str, table: str, column: str = "project", begun: bool = False, ended: bool = False) -> Answer:
    """Every project of the newest year of a table stands in it; `begun`: those that begin in that year; `ended`: those that were to end
    by then, of the newest year that is over."""
    year = ground.newest_over(register, table) if ended else ground.newest(register, table)
    projects = ground.site.inputs.get("projects", year.year) if year else None
    if projects is None:
        return ground.absent(register, table)
    told = {row.text(column) for row in year.rows(table)}
    wanted = [
        row.text("project") for row in projects.rows("projects")
        if (not begun or (row["starts"] and row["starts"].year == year.year)) and (not ended or (row["ends"] and row["ends"].year <= year.year))
    ]  # fmt: skip
    lost = [each for each in wanted if each not in told]
    at = ground.at(year, table)
    if not lost:
        return Answer(WHOLE, at)
    return Answer(HALF if len(lost) < len(wanted) else NONE, at, "uncovered")


def positive(ground: Ground, register: str, fact: str) -> Answer:
    """A figure of this name is known and not nothing, in a year that is current."""
    facts: Facts = ground.site.facts
    years = [year for year in ground.site.inputs.of(register) if (found := facts.get(f"{register}/{year.year}/{fact}")) and found.known and found.value]
    if not years:
        return ground.absent(register)
    at = ground.at(years[-1])
    return Answer(WHOLE, at) if ground.current(years[-1]) else Answer(HALF, at, "old")


def published(ground: Ground, until: list[str], days: int) -> Answer:
    """Reports of execution up to each of these days of the newest year that is over, out within so many days."""
    years = [year for year in ground.years("execution", "reports") if any(f"{row['until']:%m-%d}" == until[-1] for row in year.rows("reports") if row["until"])]
    if not years:
        return Answer(NONE, None, "reports")
    out = {f"{row['until']:%m-%d}": row for row in years[-1].rows("reports") if row["until"]}
    in_time = [day for day in until if day in out and out[day]["published"] and (out[day]["published"] - out[day]["until"]).days <= days]
    lost, at = len(until) - len(in_time), ground.at(years[-1], "reports")
    return Answer(HALF if in_time else NONE, at, "reports") if lost else Answer(WHOLE, at)


def linked(ground: Ground, register: str) -> Answer:
    """Rows of a register name rows of others, and every name leads somewhere."""
    year = ground.newest(register)
    if year is None:
        return ground.absent(register)
    leads = any(key[0] == register and meant.year.register != register for (key, _), meant in ground.site.mentions.to.items())
    return Answer(WHOLE, ground.at(year)) if leads else Answer(HALF, ground.at(year), "unlinked", {"title": ground.title(register)})


JUDGES = {"rows": rows, "words": words, "covers": covers, "positive": positive, "published": published, "linked": linked}
