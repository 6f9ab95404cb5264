"""Dates of a row that cannot be: outside the year of their folder, or in the wrong order; and working days between dates."""

import datetime

import chinese_calendar

from scripts import tables
from scripts.problems import Problem, problem

IN_ORDER = (("starts", "ends"), ("reported_on", "published"), ("until", "published"), ("approved_on", "published"))  # ids of fields


def problems(data: tables.Data) -> list[Problem]:
    return _other_years(data) + _reversed_days(data)


def _other_years(data: tables.Data) -> list[Problem]:
    """A reporting date outside the year of its folder: a copied folder would show another year's figures."""
    fields = [f for f in data.schema.fields if f.type == "date" and f.id == "until"]
    return [
        problem("date-of-another-year", **data.place(row, told.id), year=data.year)
        for told in fields
        for row in data.rows
        if row[told.id] and row[told.id].year != data.year
    ]


def _reversed_days(data: tables.Data) -> list[Problem]:
    """Two dates of a row of which the second cannot come before the first."""
    ids = {f.id: f.name for f in data.schema.fields}
    return [
        problem("days-reversed", **data.place(row, later), first=ids[first], day=row[first])
        for first, later in IN_ORDER
        if first in ids and later in ids
        for row in data.rows
        if row[first] and row[later] and row[later] < row[first]
    ]


def working_between(first: datetime.date, last: datetime.date) -> int | None:
    """Working days after `first` up to and with `last`; None where the calendar of holidays does not reach that far."""
    try:
        return len(chinese_calendar.get_workdays(first + datetime.timedelta(1), last)) if last > first else 0
    except NotImplementedError:
        return None


def working_after(base: datetime.date, count: int) -> datetime.date | None:
    """The `count`-th working day after `base`; None where the calendar of holidays does not reach that far."""
    day = base
    try:
        while count:
            day += datetime.timedelta(1)
            count -= chinese_calendar.is_workday(day)
    except NotImplementedError:
        return None
    return day
