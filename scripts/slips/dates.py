"""Days that cannot be yet, or not in this project: after the day the data are as of, outside a project, outside the folder's year."""

import datetime
from collections.abc import Iterator

from scripts.inputs import Inputs, RegisterYear
from scripts.problems import Problem, problem

PAST = ("published", "until", "date", "reported_on", "allotted_on", "arrived_on", "approved_on")  # ids: what has happened
IN_YEAR = {("payments", "date"), ("adjustments", "date")}  # what belongs to the year of its folder
SETTLING = datetime.timedelta(days=90)  # a project's last bills come after its end
FEW = 3  # more dates than this, and it is the one day of publisher.toml that is old


def problems(read: Inputs) -> list[Problem]:
    found = _after_as_of(read)
    for year in read.years.values():
        found += [*_other_year(year), *_outside_project(year), *_too_early(year)]
    return found


def _after_as_of(read: Inputs) -> list[Problem]:
    """Said at each date, or once at the day itself where many lie after it."""
    as_of = read.publisher.as_of
    late = [(day, place) for day, place in _days(read) if as_of and day > as_of]
    if len(late) > FEW:
        day, place = max(late, key=lambda each: each[0])
        return [problem("as-of-old", file="publisher.toml", column="as_of", value=str(as_of), day=day, place=place["file"], count=len(late))]
    return [problem("after-as-of", **place, as_of=as_of) for _, place in late]


def _days(read: Inputs) -> Iterator[tuple[datetime.date, dict]]:
    for year in read.years.values():
        for data in year.tables.values():
            for field in (f for f in data.schema.fields if f.type == "date" and f.id in PAST):
                for row in (row for row in data.rows if row[field.id]):
                    yield row[field.id], data.place(row, field.id)
        for each in (each for each in year.documents.values() if each.date):
            file = f"{year.register}/{year.year}/sources.toml"
            yield each.date, {"file": file, "column": f"documents.{each.key}.date", "value": str(each.date)}


def _other_year(year: RegisterYear) -> Iterator[Problem]:
    for data in year.tables.values():
        for field in (f for f in data.schema.fields if (data.schema.name, f.id) in IN_YEAR):
            for row in data.rows:
                if row[field.id] and row[field.id].year != year.year:
                    yield problem("deed-of-another-year", **data.place(row, field.id), year=year.year)


def _too_early(year: RegisterYear) -> Iterator[Problem]:
    """Money that arrived before it was allotted: seldom so, and mostly one of two days mistyped."""
    for row in year.rows("funding"):
        if row["allotted_on"] and row["arrived_on"] and row["arrived_on"] < row["allotted_on"]:
            yield problem("arrived-early", **year.tables["funding"].place(row, "arrived_on"), day=row["allotted_on"])


def _outside_project(year: RegisterYear) -> Iterator[Problem]:
    """A payment before its project starts, or long after it ends."""
    projects = {row.text("project"): row for row in year.rows("projects") if row["starts"] and row["ends"] and row["starts"] <= row["ends"]}
    for row in year.rows("payments") if projects else ():
        data, project, day = year.tables["payments"], projects.get(row.text("project")), row["date"]
        place = data.place(row, "date")
        if project and day and day < project["starts"]:
            yield problem("before-project", **place, day=project["starts"])
        elif project and day and day > project["ends"] + SETTLING:
            yield problem("after-project", **place, day=project["ends"])
