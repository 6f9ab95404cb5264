"""Pages of a register that has no code of its own: an index, and each year's tables."""

from scripts import grids, schema, wording
from scripts.pages import Draft, Page, Site
from scripts.addresses import address
from scripts.pages.parts import finish
from scripts.pages.render import component
from scripts.pages.table import SECTION_OF, code, crumbs, grid


def pages(site: Site, register: str) -> list[Page]:
    years = site.inputs.of(register)
    told, base = schema.load(register), f"{address(register)}/"
    index = Draft(site, base, told.title, template="register", section=SECTION_OF[register], code=code(register), crumbs=[])
    numbers = [year.year for year in reversed(years)]
    made = [finish(index, "plain_index.md.j2", summary=told.summary, title=told.title, years_list=numbers, base=base)]
    for year in years:
        title = wording.say("tables.page_title", year=year.year, title=told.title)
        draft = Draft(site, f"{base}{year.year}/", title, template="year", section=SECTION_OF[register],
                      code=code(register, year.year), crumbs=crumbs(register))  # fmt: skip
        shown = []
        for data in year.tables.values():
            found = grid(site, data)
            draft.grid(address(data.schema.name), found, component("ledger", grid=grids.view(found)))
            shown.append((address(data.schema.name), data.schema.title))
        checks = site.checks(register, year.year)
        made.append(
            finish(draft, "plain.md.j2", comparisons=checks, counted=f"{register}/{year.year}" if checks else "", year=year, summary=told.summary, title=told.title,
                   number=year.year, tables=shown, years=[(y.year, f"{base}{y.year}/") for y in years])
        )  # fmt: skip
    return made
