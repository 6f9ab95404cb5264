"""Pages of a register that has no code of its own: an index, and each year's figures, promises, limits and tables."""

import datetime
from collections.abc import Callable
from dataclasses import replace

from scripts import grids, measures, schema, wording
from scripts.addresses import address
from scripts.cells import State
from scripts.facts import Fact
from scripts.inputs import RegisterYear
from scripts.pages import Draft, Page, Site, limits, promises
from scripts.pages.parts import figure_items, finish
from scripts.pages.render import component
from scripts.pages.table import SECTION_OF, code, crumbs, grid, path

# Adds charts to a year's page; gives what its template speaks of, and as `apart` the tables that stand on their own pages only.
Story = Callable[[Draft, RegisterYear], dict]
OWN = "index"  # a register's own sentences: the template of this name beside its schema


def pages(site: Site, register: str, story: Story | None = None) -> list[Page]:
    """`story`: what a register with code of its own adds to each year's page."""
    years = site.inputs.of(register)
    return [_index(site, register, years), *(_year(site, year, years, story) for year in years)]


def part_of_year(site: Site, year: int) -> bool:
    """Whether the data end before the year does, so that it is not weighed against a whole one."""
    return site.day is not None and site.day < datetime.date(year, 12, 31)


def measured(site: Site, register: str, year: int) -> dict[str, Fact | None]:
    """Measures of a year by name, with underscores: what a register's own sentences speak of; None where there is no such fact."""
    told = [measure for measure in schema.load(register).measures if not measure.each]
    return {measure.name.replace("-", "_"): site.facts.get(f"{register}/{year}/{measure.name}") for measure in told}


def _index(site: Site, register: str, years: list[RegisterYear]) -> Page:
    told, base = schema.load(register), f"{address(register)}/"
    draft = Draft(site, base, told.title, template="register", section=SECTION_OF[register], code=code(register), crumbs=[])
    items = [(year.year, next(iter(_figures(site, year)), None)) for year in reversed(years)]
    return finish(draft, "plain_index.md.j2", summary=told.summary, title=told.title, items=items, base=base)


def _year(site: Site, year: RegisterYear, years: list[RegisterYear], story: Story | None) -> Page:
    register, kept, base = year.register, schema.load(year.register), f"{address(year.register)}/"
    title = wording.say("tables.page_title", year=year.year, title=kept.title)
    draft = Draft(site, f"{base}{year.year}/", title, template="year", section=SECTION_OF[register],
                  code=code(register, year.year), crumbs=crumbs(register))  # fmt: skip
    figures = _figures(site, year)
    if figures:
        draft.block("figures", component("figures", items=figure_items(draft, [(name, fact, "", None) for name, fact in figures], own=True)))
    promised = promises.of_year(draft, year)
    if promised:
        draft.block("commitments", component("roll", items=promised))
    due = limits.of_year(site, year)
    if due:
        draft.block("obligations", component("roll", items=[limits.item(draft, each) for each in due]))
    told = {"apart": ()} | (story(draft, year) if story else {})
    open_ = [data for data in year.tables.values() if data.rows and data.schema.name not in told["apart"]]
    shown = [_table(draft, data, len(open_) == 1) for data in open_]
    checks = site.checks(register, year.year)
    template = f"{register}/{OWN}.md.j2" if (schema.REGISTERS / register / f"{OWN}.md.j2").is_file() else "plain.md.j2"
    return finish(
        draft, template, comparisons=checks, counted=f"{register}/{year.year}" if checks else "", year=year, number=year.year,
        summary=kept.summary, title=kept.title, shown=shown, tables=year.tables, figures=figures, m=measured(site, register, year.year),
        before=measured(site, register, year.year - 1), part_of_year=part_of_year(site, year.year),
        years=[(y.year, f"{base}{y.year}/") for y in years], **told,
    )  # fmt: skip


def _figures(site: Site, year: RegisterYear) -> list[tuple[str, Fact]]:
    """Title and fact of every measure of the whole year that says something."""
    told = [(measure.title, measures.key(year, measure)) for measure in schema.load(year.register).measures if not measure.each]
    found = [(title, site.facts[key]) for title, key in told if key in site.facts]
    return [(title or fact.title, fact) for title, fact in found if fact.state is not State.BLANK]


def _table(draft: Draft, data, alone: bool) -> tuple[str, str, str]:
    """Anchor, title and own page of a table that stands on the page; of several only their own pages number the rows."""
    found = grid(draft.site, data, draft)
    if not alone:
        found = replace(found, rows=tuple(replace(row, line=None) for row in found.rows))
    name = address(data.schema.name)
    draft.grid(name, found, component("ledger", grid=grids.view(found)))
    return name, data.schema.title, path(data.register, data.year, data.schema.name)
