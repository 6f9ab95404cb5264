"""Pages of projects: the years, each year's projects side by side, and each project from its sources to what is left."""

from collections.abc import Iterable
from dataclasses import dataclass

from scripts import charts, grids, wording
from scripts.facts import Fact, key_part
from scripts.grids import Column, Grid, Row, Text
from scripts.inputs import RegisterYear
from scripts.pages import Draft, Page, Site
from scripts.pages.drawing import chart_block, finding, list_grid, mark, told_apart
from scripts.pages.parts import figure_items, finish
from scripts.pages.render import component
from scripts.pages.table import SECTION_OF, code, crumbs, day_cell, path
from scripts.registers.projects.facts import by_project
from scripts.tables import Row as DataRow

REGISTER = "projects"
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


def pages(site: Site) -> list[Page]:
    years = [year for year in site.inputs.of(REGISTER) if year.rows("projects")]
    made = [_index(site, years)]
    for year in years:
        made.append(_year(site, year, years))
        made += [_project(site, year, row, number) for number, row in enumerate(year.rows("projects"), start=1)]
    return made


def _index(site: Site, years: list[RegisterYear]) -> Page:
    draft = Draft(site, "projects/", wording.say("projects.title"), template="register",
                  section=SECTION_OF[REGISTER], code=code(REGISTER), crumbs=[])  # fmt: skip
    items = [
        (year.year, money(site, f"projects/{year.year}/"), site.facts[f"projects/{year.year}/projects-count"])
        for year in reversed(years)
    ]
    return finish(draft, "projects/index.md.j2", items=items)


def _flow(draft: Draft, f: Money) -> None:
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


def _sources(draft: Draft, prefix: str, rows: Iterable[DataRow], f: Money) -> None:
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


def _year(site: Site, year: RegisterYear, years: list[RegisterYear]) -> Page:
    draft = Draft(site, f"projects/{year.year}/", wording.say("projects.year_title", year=year.year), template="year",
                  section=SECTION_OF[REGISTER], code=code(REGISTER, year.year), crumbs=crumbs(REGISTER))  # fmt: skip
    prefix = f"projects/{year.year}/"
    f, get = money(site, prefix), site.facts.get
    said = wording.table("projects.figures")
    draft.block("figures", component("figures", items=figure_items(draft, [
        (said["allotted"], f.allotted, "", None), (said["arrived"], f.arrived, said["missing"], f.missing),
        (said["paid"], f.paid, said["share"], f.paid_share), (said["left"], f.left, "", None),
    ])))  # fmt: skip
    _flow(draft, f)
    _sources(draft, prefix, year.rows("funding"), f)
    _served(draft, year)
    grid = _list(draft, year)
    draft.grid("projects-list", grid, component("ledger", grid=grids.view(grid)))
    checks = [c for c in site.public.comparisons if (c.register, c.year) == (REGISTER, year.year)]
    return finish(
        draft, "projects/year.md.j2", comparisons=checks, counted=f"projects/{year.year}", year=year, number=year.year, f=f,
        count=get(f"{prefix}projects-count"), served=get(f"{prefix}served"), planned=get(f"{prefix}planned"),
        years=[(y.year, f"projects/{y.year}/") for y in years],
    )  # fmt: skip


def _served(draft: Draft, year: RegisterYear) -> None:
    """Persons served against persons planned, the project furthest from its plan first."""
    said, facts = wording.table("projects.served_chart"), draft.site.facts
    found = []
    for row in year.rows("projects"):
        key = f"projects/{year.year}/projects/{key_part(row.text('project'))}/"
        planned, served = facts[key + "planned"], facts[key + "served"]
        if planned.known and served.known and planned.value:
            found.append((served.value / planned.value, row, planned, served))
    if not found:
        return
    found.sort(key=lambda item: (item[0], item[1].text("project")))
    names, marks = told_apart({row.text("project"): row.text("title") for _, row, _, _ in found}), []
    for _, row, planned, served in found:
        name = names[row.text("project")]
        role = "done" if served.value >= planned.value else "missing"
        marks += [mark(served, name, role, series=name), mark(planned, name, "target", series=name)]
    plain, html = finding(draft, said["finding"], name=found[0][1].text("title"), served=found[0][3])
    chart = charts.Chart("served", "bullet", tuple(marks), plain, said["how"], unit=wording.say("units.persons"))
    columns = (Column("name", (said["name"],)), *(Column(n, (said[n],), numeric=True, unit=True) for n in ("planned", "served")))
    rows = tuple(
        Row((Text(row.text("title")), planned, served), href=draft.link(f"{path(REGISTER, year.year, 'projects')}#L{row.line}"))
        for _, row, planned, served in found
    )
    chart_block(draft, "served", chart, Grid("served", said["title"], columns, rows, kind="stack"), html)


def _list(draft: Draft, year: RegisterYear) -> Grid:
    """Every project of the year: where its money is, and its state."""
    said, facts = wording.table("projects.list"), draft.site.facts
    columns = (
        Column("title", (said["title"],)), Column("category", (said["category"],)),
        *(Column(n, (said[n],), numeric=True) for n in ("arrived", "paid", "left")), Column("status", (said["status"],)),
    )  # fmt: skip
    rows = tuple(
        Row(
            (Text(row.text("title"), "", draft.link(f"projects/{year.year}/{entity(row.text('project'))}/")), Text(row.text("category")),
             *(facts[f"projects/{year.year}/{key_part(row.text('project'))}/{n}"] for n in ("arrived", "paid", "left")),
             Text(row.text("status")))
        )
        for row in year.rows("projects")
    )  # fmt: skip
    return Grid("projects-list", said["caption"], columns, rows, unit=wording.say("cells.units.wan"), kind="stack")


def _project(site: Site, year: RegisterYear, row: DataRow, number: int) -> Page:
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
    _flow(draft, f)
    _sources(draft, prefix, by_project(year, "funding")[project], f)
    payments = by_project(year, "payments")[project]
    if payments:
        grid = _payments(draft, year, payments)
        draft.grid("payments", grid, component("ledger", grid=grids.view(grid)))
    targets = [r for r in _rows(site, "budget", year.year, "project_targets") if r.text("project") == project]
    if targets:
        _targets(draft, targets)
    name = wording.say("projects.place", code=project, name="").replace(" ", "")
    checks = [c for c in site.public.comparisons if (c.register, c.year) == (REGISTER, year.year) and name in c.place]
    others = [(y.year, f"projects/{y.year}/{entity(project)}/") for y in site.inputs.of(REGISTER)
              if project in {r.text("project") for r in y.rows("projects")}]  # fmt: skip
    return finish(
        draft, "projects/project.md.j2", comparisons=checks, year=year, used=_documents(year, project), years=others, row=row, f=f, **persons,
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
