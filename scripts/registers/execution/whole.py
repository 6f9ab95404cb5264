"""What a ledger of cumulative figures cannot leave out: a line at a date between others, and money spent before."""

import datetime
from collections import defaultdict

from scripts.inputs import RegisterYear
from scripts.problems import Problem, problem
from scripts.tables import Data, Row


def problems(year: RegisterYear) -> list[Problem]:
    """Lines missing at a date, and amounts that fall from one date to the next."""
    data = year.tables["lines"]
    days = sorted({row["until"] for row in data.rows if row["until"]})
    lines: dict[tuple[str, str], dict[datetime.date, Row]] = defaultdict(dict)
    for row in data.rows:
        if row["until"]:
            lines[row.text("code"), row.text("project")][row["until"]] = row
    return [each for found in lines.values() for each in _missing(data, found, days) + _falling(data, found)]


def _missing(data: Data, found: dict[datetime.date, Row], days: list[datetime.date]) -> list[Problem]:
    """A line stays from its first date on; one of the year's first budget is there at every date."""
    first = min(found)
    since = days[0] if any(row["approved"] for row in found.values()) else first
    near, column = found[first], data.schema.field("until").name
    return [
        problem("line-missing", file=data.file, row=near.line, column=column, value=near.text("until"), name=near.text("name"), day=day)
        for day in days
        if day >= since and day not in found
    ]


def _falling(data: Data, found: dict[datetime.date, Row]) -> list[Problem]:
    """Spent so far is never less than before, and not less than nothing."""
    problems, before, said = [], 0, "0.00"
    for row in (found[day] for day in sorted(found)):
        if row["executed"] is None:
            continue
        if row["executed"] < before:
            column = data.schema.field("executed").name
            problems.append(problem("spent-falls", file=data.file, row=row.line, column=column, value=row.text("executed"), before=said))
        before, said = row["executed"], row.text("executed")
    return problems
