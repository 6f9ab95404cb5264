"""Where the money is, of one project or of a year: facts, the drawing from allotted to left, the table of sources."""

from collections.abc import Iterable
from dataclasses import dataclass

from scripts import charts, grids, wording
from scripts.facts import Fact, key_part
from scripts.grids import Column, Grid, Row, Text
from scripts.pages import Draft, Site
from scripts.pages.drawing import chart_block, finding, list_grid, mark
from scripts.pages.render import component
from scripts.tables import Row as DataRow

MONEY = ("allotted", "arrived", "paid", "missing", "left")


@dataclass(frozen=True, slots=True)
class Money:
    """Where the money is: of one project, or of all projects of a year."""

    allotted: Fact
    arrived: Fact
    paid: Fact
    missing: Fact
    left: Fact
    paid_share: Fact


def money(site: Site, prefix: str) -> Money:
    return Money(*(site.facts[f"{prefix}{name}"] for name in (*MONEY, "paid-share")))


def entity(project: str) -> str:
    """A project's folder: its code in lower case."""
    return key_part(project).lower()


def flow(draft: Draft, f: Money) -> None:
    """Allotted -> not arrived -> arrived -> paid -> left, as one drawing."""
    if not all(fact.known for fact in (f.allotted, f.arrived, f.paid)):
        return  # a step that was not published leaves the next one without a place to begin
    said = wording.table("projects.flow")
    items = [(said["allotted"], f.allotted, "total", 0)]
    if f.missing.value:
        items.append((said["missing"], f.missing, "missing", f.arrived.value))
    items += [(said["arrived"], f.arrived, "start", 0), (said["paid"], f.paid, "done", 0)]
    if f.left.value:
        items.append((said["left"], f.left, "unspent", f.paid.value))
    marks = tuple(mark(fact, label, role, start=start) for label, fact, role, start in items)
    name = "finding_missing" if f.missing.value else "finding_left" if f.left.value or not f.arrived.value else "finding_all"
    plain, html = finding(draft, said[name], missing=f.missing, arrived=f.arrived, paid=f.paid, left=f.left)
    unit = wording.say("cells.units.wan")
    chart = charts.Chart("flow", "flow", marks, plain, said["how"], unit=unit)
    grid = list_grid("flow", said["title"], said["step"], said["amount"], [(l, fact) for l, fact, _, _ in items], unit=unit)
    chart_block(draft, "flow", chart, grid, html)


def sources(draft: Draft, prefix: str, rows: Iterable[DataRow], f: Money) -> None:
    """Allotted, arrived and not arrived by source, with their total."""
    said, facts = wording.table("projects.sources"), draft.site.facts
    columns = (Column("source", (said["source"],)), *(Column(n, (said[n],), numeric=True) for n in ("allotted", "arrived", "missing")))
    found = tuple(
        Row((Text(source, ""), *(facts[f"{prefix}source/{key_part(source)}/{n}"] for n in ("allotted", "arrived", "missing"))))
        for source in dict.fromkeys(row.text("source") for row in rows)
    )
    total = Row((Text(said["total"], "words"), f.allotted, f.arrived, f.missing), level=0, total=True)
    grid = Grid("sources", said["title"], columns, (*found, total), unit=wording.say("cells.units.wan"), kind="stack")
    draft.grid("by-source", grid, component("ledger", grid=grids.view(grid)))
