"""The year's money as the presidium votes on it: by function and project, where it went slowly and why, what was adjusted.

Every figure is a fact of execution; nothing is added up here.
"""

import datetime
from dataclasses import dataclass

from scripts import charts, grids, wording
from scripts.facts import Fact, key_part
from scripts.grids import Column, Grid, Row, Text
from scripts.inputs import RegisterYear
from scripts.pages import Draft, Site
from scripts.pages.drawing import chart_block, finding, mark, told_apart
from scripts.pages.render import component
from scripts.pages.table import day_cell, path
from scripts.tables import Row as DataRow

AMOUNTS = ("approved", "adjustment", "adjusted", "executed")


@dataclass(frozen=True, slots=True)
class Spent:
    """What was to be spent and was, up to the last day that was published. `rows`: the lines of that day."""

    year: RegisterYear
    day: datetime.date
    rows: tuple[DataRow, ...]
    approved: Fact
    adjustment: Fact
    adjusted: Fact
    executed: Fact
    rate: Fact
    left: Fact
    elapsed: Fact
    change: Fact | None
    growth: Fact | None

    @property
    def final(self) -> bool:
        return (self.day.month, self.day.day) == (12, 31)

    @classmethod
    def of(cls, site: Site, number: int) -> "Spent | None":
        year = site.inputs.get("execution", number)
        days = [row["until"] for row in year.rows("lines") if row["until"]] if year else []
        if not days:
            return None
        day, prefix = max(days), f"execution/{number}/"
        facts = (site.facts[f"{prefix}{name}@{day}"] for name in (*AMOUNTS, "rate", "left", "elapsed"))
        rows = tuple(row for row in year.rows("lines") if row["until"] == day)
        return cls(year, day, rows, *facts, *(site.facts.get(f"{prefix}executed-{name}") for name in ("change", "growth")))


def blocks(draft: Draft, spent: Spent) -> None:
    """What the page shows of the money; a part that has nothing to say is left out."""
    _pace(draft, spent)
    for name, grid in (("functions", _functions(draft, spent)), ("reasons", _reasons(draft, spent)), ("adjustments", _adjustments(draft, spent))):
        if grid.rows:
            draft.grid(name, grid, component("ledger", grid=grids.view(grid)))


def _key(spent: Spent, row: DataRow, name: str) -> str:
    return f"execution/{spent.year.year}/lines/{spent.year.tables['lines'].key(row)}/{name}"


def _href(draft: Draft, spent: Spent, row: DataRow) -> str:
    return draft.link(f"{path('execution', spent.year.year, 'lines')}#L{row.line}")


def title(site: Site, year: int, row: DataRow) -> str:
    """A line by its project's name, else by its own."""
    projects = site.inputs.get("projects", year)
    found = [each for each in (projects.rows("projects") if projects else ()) if each.text("project") == row.text("project")]
    return found[0].text("title") if found and row.text("project") else row.text("name")


def _groups(spent: Spent) -> dict[str, list[DataRow]]:
    found: dict[str, list[DataRow]] = {}
    for row in spent.rows:
        found.setdefault(row.text("code"), []).append(row)
    return found


def _functions(draft: Draft, spent: Spent) -> Grid:
    """Each function item with its projects under it; a line that belongs to none beside projects says so."""
    said, facts, site = wording.table("presidium.functions"), draft.site.facts, draft.site
    columns = (Column("code", (said["code"],), kind="code"), Column("name", (said["name"],)),
               *(Column(name, (said[name],), numeric=True) for name in (*AMOUNTS, "rate")))  # fmt: skip
    rows, prefix = [], f"execution/{spent.year.year}/"
    for code, lines in _groups(spent).items():
        whole = [facts[f"{prefix}{key_part(code)}/{name}@{spent.day}"] for name in (*AMOUNTS, "rate")]
        alone = len(lines) == 1
        rows.append(Row((Text(code, "code"), Text(lines[0].text("name")), *whole), level=2 if alone and not lines[0].text("project") else 1,
                        href=_href(draft, spent, lines[0]) if alone else ""))  # fmt: skip
        for row in lines if not alone or lines[0].text("project") else ():
            named = Text(title(site, spent.year.year, row)) if row.text("project") else Text(said["no_project"], "words")
            part = f"{prefix}{key_part(code)}+{key_part(row.text('project'))}/rate@{spent.day}" if row.text("project") else ""
            rows.append(Row((Text("", "code"), named, *(facts[_key(spent, row, name)] for name in AMOUNTS), facts.get(part)),
                            level=2, href=_href(draft, spent, row)))  # fmt: skip
    total = Row((None, Text(said["total"], "words"), *(getattr(spent, name) for name in (*AMOUNTS, "rate"))), level=0, total=True)
    return Grid("functions", said["title"], columns, (*rows, total), unit=wording.say("cells.units.wan"), kind="stack", head=1)


def _pace(draft: Draft, spent: Spent) -> None:
    """Executed against adjusted, the slowest function item first."""
    said, facts = wording.table("presidium.pace"), draft.site.facts
    found = []
    for code, lines in _groups(spent).items():
        rate, executed, adjusted = (facts[f"execution/{spent.year.year}/{key_part(code)}/{name}@{spent.day}"] for name in ("rate", "executed", "adjusted"))
        if rate.known and adjusted.value > 0 and executed.value >= 0:
            found.append((rate.value, code, lines[0].text("name"), rate, executed, adjusted))
    if len(found) < 2:
        return
    found.sort(key=lambda each: each[:2])
    names = told_apart({code: name for _, code, name, *_ in found})
    marks = []
    for _, code, _, rate, executed, adjusted in found:
        marks += [mark(executed, names[code], "done", series=names[code]), mark(adjusted, names[code], "target", series=names[code])]
    even = found[0][0] == found[-1][0]
    plain, html = finding(draft, said["finding_even" if even else "finding"], name=names[found[0][1]], rate=found[0][3])
    unit = wording.say("cells.units.wan")
    chart = charts.Chart("spent", "bullet", tuple(marks), plain, said["how"], unit=unit)
    columns = (Column("name", (said["name"],)), *(Column(each, (said[each],), numeric=True) for each in ("adjusted", "executed", "rate")))
    rows = tuple(Row((Text(names[code]), adjusted, executed, rate)) for _, code, _, rate, executed, adjusted in found)
    chart_block(draft, "spent", chart, Grid("spent", said["title"], columns, rows, unit=unit, kind="stack"), html)


def _reasons(draft: Draft, spent: Spent) -> Grid:
    """Lines with a reason of their own, furthest from the budget first, in the unit's words."""
    said, facts = wording.table("presidium.reasons"), draft.site.facts
    columns = (Column("name", (said["name"],)), *(Column(n, (said[n],), numeric=True) for n in ("adjusted", "executed")), Column("reason", (said["reason"],)))
    rows = tuple(
        Row((Text(title(draft.site, spent.year.year, row)), facts[_key(spent, row, "adjusted")], facts[_key(spent, row, "executed")],
             Text(row.text("reason"), "quote")), href=_href(draft, spent, row))
        for row in spent.rows if row.text("reason")
    )  # fmt: skip
    return Grid("reasons", said["title"], columns, rows, unit=wording.say("cells.units.wan"), kind="stack")


def _adjustments(draft: Draft, spent: Spent) -> Grid:
    """Every adjustment with its document, and all of them together."""
    said, facts, year = wording.table("presidium.adjustments"), draft.site.facts, spent.year
    columns = tuple(Column(n, (said[n],), numeric=n == "amount") for n in ("date", "number", "kind", "name", "amount", "reason"))
    data = year.tables.get("adjustments")
    names = {(row.text("code"), row.text("project")): title(draft.site, year.year, row) for row in spent.rows}
    rows = [
        Row((day_cell(row, "date"), Text(row.text("number"), "document"), Text(row.text("kind"), ""),
             Text(names.get((row.text("code"), row.text("project")), row.text("code"))),
             facts[f"execution/{year.year}/adjustments/{data.key(row)}/amount"], Text(row.text("reason"), "quote")),
            href=draft.link(f"{path('execution', year.year, 'adjustments')}#L{row.line}"))
        for row in (data.rows if data else ())
    ]  # fmt: skip
    if rows:
        rows.append(Row((None, Text(said["total"], "words"), None, None, facts[f"execution/{year.year}/adjustments/all"], None), level=0, total=True))
    return Grid("adjustments", said["title"], columns, tuple(rows), unit=wording.say("cells.units.wan"), kind="stack", head=1)
