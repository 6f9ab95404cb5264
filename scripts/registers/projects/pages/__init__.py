"""Pages of projects: the years, and each year's projects side by side."""

from scripts import charts, grids, wording
from scripts.facts import key_part
from scripts.grids import Column, Grid, Row, Text
from scripts.inputs import RegisterYear
from scripts.pages import Draft, Page, Site
from scripts.pages.drawing import chart_block, finding, mark, told_apart
from scripts.pages.parts import figure_items, finish
from scripts.pages.render import component
from scripts.pages.table import SECTION_OF, code, crumbs
from scripts.registers.projects.pages import project
from scripts.registers.projects.pages.money import entity, flow, money, sources
from scripts.tables import Row as DataRow

REGISTER = "projects"


def pages(site: Site) -> list[Page]:
    years = [year for year in site.inputs.of(REGISTER) if year.rows("projects")]
    made = [_index(site, years)]
    for year in years:
        made.append(_year(site, year, years))
        made += [project.page(site, year, row, number) for number, row in enumerate(year.rows("projects"), start=1)]
    return made


def entity_path(year: int, table: str, row: DataRow) -> str:
    """The page of a row, "" where it has none of its own."""
    return f"{REGISTER}/{year}/{entity(row.text('project'))}/" if table == "projects" else ""


def _index(site: Site, years: list[RegisterYear]) -> Page:
    draft = Draft(site, "projects/", wording.say("projects.title"), template="register",
                  section=SECTION_OF[REGISTER], code=code(REGISTER), crumbs=[])  # fmt: skip
    items = [
        (year.year, money(site, f"projects/{year.year}/"), site.facts[f"projects/{year.year}/projects-count"])
        for year in reversed(years)
    ]
    return finish(draft, "projects/index.md.j2", items=items)


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
    flow(draft, f)
    sources(draft, prefix, year.rows("funding"), f)
    _served(draft, year)
    grid = _list(draft, year)
    draft.grid("projects-list", grid, component("ledger", grid=grids.view(grid)))
    checks = site.checks(REGISTER, year.year)
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
        Row((Text(row.text("title")), planned, served), href=draft.link(f"projects/{year.year}/{entity(row.text('project'))}/"))
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
