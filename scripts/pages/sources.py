"""All source documents and all data tables of the site, by register and year; who publishes, and all of these as downloads."""

from collections.abc import Iterator

from markupsafe import Markup

from scripts import registers, schema, wording
from scripts.grids import Column, Grid, Row, Text
from scripts.inputs import RegisterYear
from scripts.pages import Draft, Page, Site
from scripts.pages.parts import documents, finish, source_item
from scripts.pages.render import component
from scripts.pages.render import year as year_html
from scripts.pages.table import path


def page(site: Site) -> Page:
    draft = Draft(site, "sources/", wording.say("sources.title"), template="register", section="data",
                  code=wording.say("page_codes.sources"), crumbs=[])  # fmt: skip
    groups = []
    for name in registers.ORDER:
        for year in reversed(site.inputs.of(name)):
            id_ = f"{name.replace('_', '-')}-{year.year}"
            items = [source_item(each) for each in documents(year)]
            tables = [
                {"title": _dated(year.year, data.schema.title), "href": draft.link(path(name, year.year, data.schema.name))}
                for data in year.tables.values()
            ]
            tables += [
                {"title": _dated(year.year, table.title), "href": draft.link(path(name, year.year, table.kind))}
                for table in (year.official.tables.values() if year.official else ())
            ]  # fmt: skip
            draft.block(id_, component("sources", items=tables + items))
            groups.append((id_, schema.load(name).title, year.year))
    for grid in (publisher_grid(site), documents_grid(site), tables_grid(site)):
        if grid.rows:
            draft.offer(grid)
    return finish(draft, "sources.md.j2", groups=groups)


def _dated(year: int, title: str) -> Markup:
    """A table's name with its year: links of one page that lead elsewhere are told apart by their words alone."""
    return Markup("{}<span data-text>{}</span>").format(year_html(year), title)


def publisher_grid(site: Site) -> Grid:
    """Who publishes and how to reach them: what stands at the foot of every page."""
    told, words = site.inputs.publisher, wording.table("sources.publisher")
    items = {"name": told.name, **told.contacts, "as_of": site.as_of, "plan": told.plan, **{k: str(v) for k, v in told.thresholds.items()}}
    rows = [(words["items"][key], text) for key, text in items.items() if text]
    return _grid("publisher", words["title"], words["columns"], rows)


def documents_grid(site: Site) -> Grid:
    """Every source document in full."""
    words = wording.table("sources.documents")
    rows = [
        (*_where(year), each.key, each.title, each.issuer, each.number, each.date, each.sha256)
        for year in _years(site) for each in year.documents.values()
    ]  # fmt: skip
    return _grid("documents", words["title"], words["columns"], rows)


def tables_grid(site: Site) -> Grid:
    """What the sources say of each official table: its unit, its notes."""
    words, join = wording.table("sources.tables"), wording.say("lists.clause")
    rows = [
        (*_where(year), each.kind, each.title, each.unit_word, words["partial"] if each.partial else "", each.document, join.join(each.notes))
        for year in _years(site) if year.official for each in year.official.tables.values()
    ]  # fmt: skip
    return _grid("official-tables", words["title"], words["columns"], rows)


def _years(site: Site) -> Iterator[RegisterYear]:
    return (year for name in registers.ORDER for year in site.inputs.of(name))


def _where(year: RegisterYear) -> tuple[str, str]:
    return schema.load(year.register).title, str(year.year)


def _grid(id_: str, title: str, columns: list[str], rows: list[tuple]) -> Grid:
    cells = tuple(Row(tuple(Text(each) if isinstance(each, str) else each for each in row)) for row in rows)
    return Grid(id_, title, tuple(Column(str(n), (name,)) for n, name in enumerate(columns)), cells)
