"""What a ledger of cumulative figures cannot leave out: a line at a date between others, and money spent before."""

import datetime
from collections import defaultdict
from difflib import SequenceMatcher

from scripts.inputs import RegisterYear
from scripts.problems import Problem, problem
from scripts.tables import Data, Row

Line = tuple[str, str]  # code, project
ALIKE = 0.7  # of difflib: one character of a short code


def problems(year: RegisterYear) -> list[Problem]:
    """Lines missing at a date, and amounts that fall from one date to the next."""
    data = year.tables["lines"]
    days = sorted({row["until"] for row in data.rows if row["until"]})
    lines: dict[Line, dict[datetime.date, Row]] = defaultdict(dict)
    for row in data.rows:
        if row["until"]:
            lines[row.text("code"), row.text("project")][row["until"]] = row
    strays = _strays(lines, days)
    told = [_mistyped(data, row, stray, line) for stray, line in strays.items() for row in lines[stray].values()]
    for stray, line in strays.items():
        lines[line] |= lines.pop(stray)
    return told + [each for found in lines.values() for each in _missing(data, found, days) + _falling(data, found)]


def _strays(lines: dict[Line, dict[datetime.date, Row]], days: list[datetime.date]) -> dict[Line, Line]:
    """A line that stands exactly where another, of nearly its code and of its first budget, is missing: that one, mistyped."""
    standing: dict[tuple[datetime.date, ...], list[Line]] = defaultdict(list)
    for line, rows in lines.items():
        standing[tuple(sorted(rows))].append(line)
    found: dict[Line, Line] = {}
    for line, rows in lines.items():
        gaps = tuple(day for day in days if day not in rows)
        for stray in standing.get(gaps, ()) if len(gaps) < len(rows) else ():
            if _approved(lines[stray]) == _approved(rows) and _alike(stray, line):
                found[stray] = line
    return found


def _approved(rows: dict[datetime.date, Row]) -> int | None:
    return next(iter(rows.values()))["approved"]


def _alike(one: Line, other: Line) -> bool:
    """One of the two parts is the same, the other nearly."""
    return any(one[a] == other[a] and SequenceMatcher(None, one[b], other[b]).ratio() >= ALIKE for a, b in ((0, 1), (1, 0)))


def _mistyped(data: Data, row: Row, stray: Line, line: Line) -> Problem:
    id_, part = ("code", 0) if stray[0] != line[0] else ("project", 1)
    column = data.schema.field(id_).name
    return problem("line-mistyped", file=data.file, sheet=data.sheet, row=row.line, column=column, value=stray[part], meant=line[part], day=row["until"])


def _missing(data: Data, found: dict[datetime.date, Row], days: list[datetime.date]) -> list[Problem]:
    """A line stays from its first date on; one of the year's first budget is there at every date."""
    first = min(found)
    since = days[0] if any(row["approved"] for row in found.values()) else first
    near, column = found[first], data.schema.field("until").name
    return [
        problem("line-missing", file=data.file, sheet=data.sheet, row=near.line, column=column, value=near.text("until"), name=near.text("name"), day=day)
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
            problems.append(problem("spent-falls", **data.place(row, "executed"), before=said))
        before, said = row["executed"], row.text("executed")
    return problems
