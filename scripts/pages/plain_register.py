"""Pages of a register that has no code of its own: an index, and each year's figures, promises, limits and tables."""

from collections.abc import Callable
from dataclasses import replace

from scripts import commitments, grids, measures, schema, wording
from scripts.addresses import address
from scripts.cells import State
from scripts.facts import Fact
from scripts.inputs import RegisterYear
from scripts.pages import Draft, Page, Site, limits, parted, promises
from scripts.pages.parts import figure_items, finish
from scripts.pages.render import component
from scripts.pages.table import SECTION_OF, code, crumbs, grid, path

# Adds to a year's page; gives names for its template, as `charts` block and title of each of its drawings (they stand above those that
# follow from its measures), and as `apart` the tables that stand on their own pages only.
Story = Callable[[Draft, RegisterYear], dict]
OWN = "index"  # a register's own sentences: the template of this name beside its schema


LONG = 60  # a table of more rows stands on its own page only


def pages(site: Site, register: str, story: Story | None = None) -> list[Page]:
    """`story`: what a register with code of its own adds to each year's page."""
    years = site.inputs.of(register)
    return [_index(site, register, years), *(_year(site, year, years, story) for year in years)]


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
    own = story(draft, year) if story else {}
    drawn = [*own.pop("charts", ()), *parted.of_year(draft, year)]
    apart = own.pop("apart", ())
    promised = promises.of_year(draft, year)
    if promised:
        draft.block("commitments", component("roll", items=promised))
    due = limits.of_year(site, year)
    if due:
        draft.block("obligations", component("roll", items=[limits.item(draft, each) for each in due]))
    shown = [_table(draft, data) for data in year.tables.values() if data.rows and data.schema.name not in apart]
    checks = site.checks(register, year.year)
    template = f"{register}/{OWN}.md.j2" if (schema.REGISTERS / register / f"{OWN}.md.j2").is_file() else "plain.md.j2"
    return finish(
        draft, template, comparisons=checks, counted=f"{register}/{year.year}" if checks else "", year=year, number=year.year,
        summary=kept.summary, title=kept.title, drawn=drawn, shown=shown, tables=year.tables, figures=figures, m=measured(site, register, year.year),
        before=measured(site, register, year.year - 1), over=commitments.over(site.inputs, year), part_of_year=site.part_of_year(year.year),
        years=[(y.year, f"{base}{y.year}/") for y in years], **own,
    )  # fmt: skip


def _figures(site: Site, year: RegisterYear) -> list[tuple[str, Fact]]:
    """Title and fact of every measure of the whole year that says something and is one of its main figures."""
    told = [(measure.title, measures.key(year, measure)) for measure in schema.load(year.register).measures if measure.figure and not measure.each]
    found = [(title, site.facts[key]) for title, key in told if key in site.facts]
    return [(title or fact.title, fact) for title, fact in found if fact.state is not State.BLANK]


def _table(draft: Draft, data) -> tuple[str, str, str]:
    """Anchor, title and own page of a table; it stands on this page too unless it is long. Its lines are anchors on its own page only."""
    name = address(data.schema.name)
    if len(data.rows) <= LONG:
        found = grid(draft.site, data, draft)
        found = replace(found, rows=tuple(replace(row, line=None) for row in found.rows))
        draft.grid(name, found, component("ledger", grid=grids.view(found)))
    return name, data.schema.title, path(data.register, data.year, data.schema.name)
