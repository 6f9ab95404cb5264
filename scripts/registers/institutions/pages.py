"""Pages of institutions: the years, and each year's inspections: how many were looked at, what was found, who they are."""

from scripts import charts, grids, wording
from scripts.grids import Column, Grid, Row, Text
from scripts.inputs import RegisterYear
from scripts.pages import Draft, Page, Site, limits
from scripts.pages.drawing import chart_block, finding, list_grid, mark
from scripts.pages.parts import figure_items, finish
from scripts.pages.plain_register import measured
from scripts.pages.render import component
from scripts.pages.table import SECTION_OF, code, crumbs, path
from scripts.plain import leaf_key
from scripts.registers.institutions.facts import REGISTER, faulty_ones, inspected

COUNTS = ("all", "inspected", "faulty", "sound", "uninspected", "inspected-share", "inspected-change")
BARS = (("sound", "done"), ("faulty", "less"), ("uninspected", "missing"))


def pages(site: Site) -> list[Page]:
    years = site.inputs.of(REGISTER)
    return [_index(site, years), *(_year(site, year, years) for year in years)]


def told(site: Site, year: int) -> dict:
    """What the sentences of a year speak of; None where there is no such fact."""
    found = {name.replace("-", "_"): site.facts.get(f"{REGISTER}/{year}/{name}") for name in COUNTS}
    before = site.facts.get(f"{REGISTER}/{year - 1}/inspected-share")
    return measured(site, REGISTER, year) | found | {"year": year, "before": before}


def _index(site: Site, years: list[RegisterYear]) -> Page:
    draft = Draft(site, "institutions/", wording.say("institutions.title"), template="register",
                  section=SECTION_OF[REGISTER], code=code(REGISTER), crumbs=[])  # fmt: skip
    return finish(draft, "institutions/index.md.j2", items=[(year.year, told(site, year.year)) for year in reversed(years)])


def _year(site: Site, year: RegisterYear, years: list[RegisterYear]) -> Page:
    draft = Draft(site, f"institutions/{year.year}/", wording.say("institutions.year_title", year=year.year), template="year",
                  section=SECTION_OF[REGISTER], code=code(REGISTER, year.year), crumbs=crumbs(REGISTER))  # fmt: skip
    found = told(site, year.year)
    if found["all"] is not None:
        _figures(draft, found)
        _chart(draft, found)
        grid = _list(draft, year)
        draft.grid(grid.id, grid, component("ledger", grid=grids.view(grid)))
    due = limits.of_year(site, year)
    if due:
        draft.block("obligations", component("roll", items=[limits.item(draft, each) for each in due]))
    checks = site.checks(REGISTER, year.year)
    return finish(
        draft, "institutions/year.md.j2", comparisons=checks, counted=f"{REGISTER}/{year.year}" if checks else "", year=year, number=year.year, t=found,
        years=[(y.year, f"institutions/{y.year}/") for y in years],
        tables=[(data.schema.title, path(REGISTER, year.year, name)) for name, data in year.tables.items()],
    )  # fmt: skip


def _figures(draft: Draft, found: dict) -> None:
    said = wording.table("institutions.figures")
    items = [(said["all"], found["all"], "", None), (said["inspected"], found["inspected"], said["inspected_note"], found["inspected_share"]),
             (said["served"], found["served"], said["served_note"], found["all"]), (said["paid"], found["paid"], "", None)]  # fmt: skip
    draft.block("figures", component("figures", items=figure_items(draft, items)))


def _chart(draft: Draft, found: dict) -> None:
    """Looked at and sound, looked at and not, not looked at."""
    said = wording.table("institutions.inspected_chart")
    key = "none" if not found["inspected"].value else "some" if found["uninspected"].value else "faulty" if found["faulty"].value else "all"
    plain, html = finding(draft, said[f"finding_{key}"], uninspected=found["uninspected"], faulty=found["faulty"], all=found["all"])
    marks = tuple(mark(found[name], said[name], role) for name, role in BARS)
    chart = charts.Chart("inspected", "bars", marks, plain, said["how"], unit=wording.say("units.items"))
    grid = list_grid("inspected", said["title"], said["state"], said["count"], [(said[name], found[name]) for name, _ in BARS])
    chart_block(draft, "inspected", chart, grid, html)


def _list(draft: Draft, year: RegisterYear) -> Grid:
    """Each institution with what was found; in the order of its number."""
    said, data = wording.table("institutions.list"), year.tables["institutions"]
    seen, faulty = inspected(year), faulty_ones(year)
    columns = (Column("name", (said["name"],)), Column("kind", (said["kind"],)), Column("served", (said["served"],), numeric=True),
               Column("paid", (said["paid"],), numeric=True), Column("result", (said["result"],)))  # fmt: skip
    rows = tuple(
        Row((Text(row.text("name")), Text(row.text("kind")), *(draft.site.facts[leaf_key(data, row, field)] for field in ("served", "paid")),
             Text(said["faulty" if row.text("no") in faulty else "sound" if row.text("no") in seen else "uninspected"], "words")),
            href=draft.link(f"{path(REGISTER, year.year, 'institutions')}#L{row.line}"))
        for row in year.rows("institutions")
    )  # fmt: skip
    return Grid("institutions-list", said["title"], columns, rows, unit=wording.say("cells.units.wan"), kind="stack")
