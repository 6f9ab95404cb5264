"""The page of one project: from its sources to what is left, whom it paid, what it was to reach, what others say of it."""

from scripts import grids, wording
from scripts.facts import key_part
from scripts.grids import Column, Grid, Row, Text
from scripts.inputs import RegisterYear
from scripts.pages import Draft, Page, Site
from scripts.pages.parts import figure_items, finish
from scripts.pages.render import component
from scripts.pages.table import SECTION_OF, code, crumbs, day_cell, path
from scripts.registers.projects.facts import by_project
from scripts.registers.projects.pages.money import entity, flow, money, sources
from scripts.tables import Row as DataRow

REGISTER = "projects"


def page(site: Site, year: RegisterYear, row: DataRow, number: int) -> Page:
    project = row.text("project")
    prefix = f"projects/{year.year}/{key_part(project)}/"
    draft = Draft(site, f"projects/{year.year}/{entity(project)}/", row.text("title"), template="entity",
                  section=SECTION_OF[REGISTER], code=code(REGISTER, year.year, str(number)), crumbs=crumbs(REGISTER, year.year))  # fmt: skip
    f, said = money(site, prefix), wording.table("projects.figures")
    persons = {name: site.facts[f"projects/{year.year}/projects/{key_part(project)}/{name}"] for name in ("planned", "served")}
    draft.block("figures", component("figures", items=figure_items(draft, [
        (said["arrived"], f.arrived, said["of_allotted"], f.allotted), (said["paid"], f.paid, said["share"], f.paid_share),
        (said["left"], f.left, "", None), (said["served"], persons["served"], said["planned"], persons["planned"]),
    ])))  # fmt: skip
    flow(draft, f)
    sources(draft, prefix, by_project(year, "funding")[project], f)
    payments = by_project(year, "payments")[project]
    if payments:
        grid = _payments(draft, year, payments)
        draft.grid("payments", grid, component("ledger", grid=grids.view(grid)))
    targets = [r for r in _rows(site, "budget", year.year, "project_targets") if r.text("project") == project]
    if targets:
        _targets(draft, targets)
    name = wording.say("projects.place", code=project, name="").replace(" ", "")
    checks = [c for c in site.checks(REGISTER, year.year) if name in c.place]
    others = [(y.year, f"projects/{y.year}/{entity(project)}/") for y in site.inputs.of(REGISTER)
              if project in {r.text("project") for r in y.rows("projects")}]  # fmt: skip
    return finish(
        draft, "projects/project.md.j2", comparisons=checks, year=year, used=_documents(year, project), years=others, row=row, f=f, **persons,
        about=(REGISTER, year.year, "projects", year.tables["projects"].key(row)),
        evaluations=_evaluations(site, draft, year.year, project), payments_page=path(REGISTER, year.year, "payments"),
    )  # fmt: skip


def _documents(year: RegisterYear, project: str) -> set[str]:
    """Keys of the documents that speak of one project."""
    rows = [each for table in ("projects", "funding", "payments") for each in year.rows(table)]
    return {each.text("document") for each in rows if each.text("project") == project}


def _rows(site: Site, register: str, year: int, table: str) -> tuple[DataRow, ...]:
    found = site.inputs.get(register, year)
    return found.rows(table) if found else ()


def _payments(draft: Draft, year: RegisterYear, rows: list[DataRow]) -> Grid:
    said, facts, data = wording.table("projects.payments"), draft.site.facts, year.tables["payments"]
    columns = tuple(Column(n, (said[n],), numeric=n == "amount") for n in ("purpose", "date", "amount", "payee_type", "payee"))
    found = tuple(
        Row(
            (Text(row.text("purpose"), "quote"), day_cell(row, "date"), facts[f"projects/{year.year}/payments/{data.key(row)}/amount"],
             Text(row.text("payee_type")), Text(row.text("payee"))),
            href=draft.link(f"{path(REGISTER, year.year, 'payments')}#L{row.line}"),
        )
        for row in rows
    )  # fmt: skip
    return Grid("payments", said["title"], columns, found, unit=wording.say("cells.units.wan"), kind="stack")


def _targets(draft: Draft, rows: list[DataRow]) -> None:
    said = wording.table("projects.targets")
    columns = (Column("indicator", (said["indicator"],)), Column("target", (said["target"],)))
    found = tuple(Row((Text(row.text("indicator"), "quote"), Text(row.text("target"), "quote"))) for row in rows)
    grid = Grid("targets", said["title"], columns, found, kind="stack")
    draft.grid("targets", grid, component("ledger", grid=grids.view(grid)))


def _evaluations(site: Site, draft: Draft, year: int, project: str) -> list[dict]:
    """Third-party evaluations of the project in its year: total, self-score, the way to the report."""
    found = []
    for row in _rows(site, "evaluations", year, "evaluations"):
        if row.text("project") == project:
            prefix, no = f"evaluations/{year}/", key_part(row.text("no"))
            found.append({
                "total": site.facts[f"{prefix}evaluations/{no}/total"], "self_total": site.facts[f"{prefix}evaluations/{no}/self_total"],
                "gap": site.facts[f"{prefix}{no}/gap"], "evaluator": row.text("evaluator"),
                "grade": row.text("grade"), "href": draft.link(f"{prefix}{no.lower()}/"),
            })  # fmt: skip
    return found
