"""Dates of a row that cannot be: outside the year of their folder, or in the wrong order."""

from scripts import tables
from scripts.problems import Problem, problem

IN_ORDER = (("starts", "ends"), ("reported_on", "published"), ("until", "published"), ("approved_on", "published"))  # ids of fields


def problems(data: tables.Data) -> list[Problem]:
    return _other_years(data) + _reversed_days(data)


def _other_years(data: tables.Data) -> list[Problem]:
    """A reporting date outside the year of its folder: a copied folder would show another year's figures."""
    fields = [f for f in data.schema.fields if f.type == "date" and f.id == "until"]
    return [
        problem("date-of-another-year", file=data.file, sheet=data.sheet, row=row.line, column=told.name, value=row.text(told.id), year=data.year)
        for told in fields
        for row in data.rows
        if row[told.id] and row[told.id].year != data.year
    ]


def _reversed_days(data: tables.Data) -> list[Problem]:
    """Two dates of a row of which the second cannot come before the first."""
    ids = {f.id: f.name for f in data.schema.fields}
    return [
        problem("days-reversed", file=data.file, sheet=data.sheet, row=row.line, column=ids[later], value=row.text(later), first=ids[first], day=row[first])
        for first, later in IN_ORDER
        if first in ids and later in ids
        for row in data.rows
        if row[first] and row[later] and row[later] < row[first]
    ]
