"""Pages of the budget: the years, each year explained, its official tables."""

from scripts import explained, grids, wording
from scripts.grids import Column, Grid, Row, Text
from scripts.inputs import RegisterYear
from scripts.pages import Draft, Page, Site, official_register, official_year
from scripts.pages.render import component
from scripts.pages.table import path
from scripts.registers.budget.facts import reasons

REGISTER = "budget"


def pages(site: Site) -> list[Page]:
    told = official_register.Told("budget/index.md.j2", "budget/year.md.j2", _items, _added)
    return official_register.pages(site, REGISTER, told)


def _added(draft: Draft, year: RegisterYear) -> None:
    official_year.three_public(draft, year, ("previous", "budget"), {})
    _targets(draft, year)


def _items(draft: Draft, year: RegisterYear) -> None:
    """By function to 项, beside the year before where there is one, with the reason for what changed much."""
    table = explained.by_function(year)
    if table is None:
        return
    facts, said, before = draft.site.facts, wording.table("budget.items"), draft.site.inputs.get(REGISTER, year.year - 1)
    given = reasons(year)
    rows = {row.code: row for row in explained.items(before)} if before and explained.by_function(before) else {}
    columns = [Column("code", (said["code"],), kind="code"), Column("name", (said["name"],))]
    if rows:
        columns.append(Column("before", (said["before"],), numeric=True))
    columns.append(Column("now", (said["now"],), numeric=True))
    if rows:
        columns.append(Column("growth", (said["growth"],), numeric=True))
    if given:
        columns.append(Column("reason", (said["reason"],)))
    found = []
    for row in explained.items(year):
        cells = [Text(row.code, "code"), Text(row.name)]
        if rows:
            cells.append(explained.amount(facts, before, rows[row.code]) if row.code in rows else Text(said["none"], "words"))
        cells.append(explained.amount(facts, year, row))
        if rows:
            cells.append(facts.get(f"budget/{year.year}/item/{row.code}/growth"))
        if given:
            cells.append(Text(given.get(row.code, ""), "quote"))
        found.append(Row(tuple(cells), href=draft.link(f"{path(REGISTER, year.year, table.kind)}#L{row.line}")))
    grid = Grid("items", said["title"], tuple(columns), tuple(found), unit=official_year.unit_of(year), kind="stack", head=1)
    draft.grid("items", grid, component("ledger", grid=grids.view(grid)))


def _targets(draft: Draft, year: RegisterYear) -> None:
    rows = year.rows("project_targets")
    if not rows:
        return
    said = wording.table("budget.targets")
    columns = tuple(Column(n, (said[n],)) for n in ("project", "indicator", "target"))
    found = tuple(
        Row((Text(r.text("project"), "code"), Text(r.text("indicator"), "quote"), Text(r.text("target"), "quote")))
        for r in rows
    )  # fmt: skip
    grid = Grid("targets", said["title"], columns, found, kind="stack")
    draft.grid("targets", grid, component("ledger", grid=grids.view(grid)))
