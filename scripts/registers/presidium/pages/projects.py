"""Every project of the year with its money, the people it reached and what others gave it."""

from scripts import grids, wording
from scripts.facts import key_part
from scripts.grids import Cell, Column, Grid, Row, Text
from scripts.pages import Draft, links
from scripts.pages.render import component
from scripts.tables import Row as DataRow

MONEY = ("arrived", "paid", "left")


def block(draft: Draft, number: int) -> None:
    """One row a project; a project that nobody scored says so."""
    site, year = draft.site, draft.site.inputs.get("projects", number)
    if year is None or not year.rows("projects"):
        return
    said, facts = wording.table("presidium.projects"), site.facts
    columns = (
        Column("title", (said["title"],)), *(Column(n, (said[n],), numeric=True) for n in MONEY),
        *(Column(n, (said[n],), numeric=True) for n in ("planned", "served")), Column("total", (said["total"],), numeric=True), Column("self", (said["self"],), numeric=True),
    )  # fmt: skip
    rows = []
    for row in year.rows("projects"):
        part = key_part(row.text("project"))
        money = [facts[f"projects/{number}/{part}/{name}"] for name in MONEY]
        people = [facts[f"projects/{number}/projects/{part}/{name}"] for name in ("planned", "served")]
        href = draft.link(links.page_of("projects", number, "projects", row))
        rows.append(Row((Text(row.text("title"), "", href), *money, *people, *_scores(draft, number, row))))
    grid = Grid("projects", said["caption"], columns, tuple(rows), unit=wording.say("cells.units.wan"), kind="stack", note=said["note"])
    draft.grid("projects", grid, component("ledger", grid=grids.view(grid)))


def _scores(draft: Draft, number: int, project: DataRow) -> tuple[Cell, Cell]:
    """Third-party total and self-score: of the last evaluation of the project in its year."""
    year = draft.site.inputs.get("evaluations", number)
    found = [row for row in (year.rows("evaluations") if year else ()) if row.text("project") == project.text("project")]
    if not found:
        return Text(wording.say("presidium.projects.none"), "words"), None
    last = max(found, key=lambda row: row.text("reported_on"))
    key = f"evaluations/{number}/evaluations/{year.tables['evaluations'].key(last)}/"
    return draft.site.facts[f"{key}total"], draft.site.facts[f"{key}self_total"]
