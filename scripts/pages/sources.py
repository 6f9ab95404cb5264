"""All source documents and all data tables of the site, by register and year."""

from markupsafe import Markup

from scripts import registers, schema, wording
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
    return finish(draft, "sources.md.j2", groups=groups)


def _dated(year: int, title: str) -> Markup:
    """A table's name with its year: links of one page that lead elsewhere are told apart by their words alone."""
    return Markup("{}<span data-text>{}</span>").format(year_html(year), title)
