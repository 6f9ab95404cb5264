"""The pages that both official registers have: the index of years, and each year's explained page with its official tables."""

from collections.abc import Callable
from dataclasses import dataclass

from scripts import wording
from scripts.addresses import address
from scripts.inputs import RegisterYear
from scripts.pages import Draft, Page, Site, official_table, official_year
from scripts.pages.parts import finish
from scripts.pages.table import SECTION_OF, code, crumbs

Fill = Callable[[Draft, RegisterYear], None]


@dataclass(frozen=True, slots=True)
class Told:
    """What a register adds: its two templates, its own blocks of a year before the economy (`explain`) and after it (`add`)."""

    index: str
    year: str
    explain: Fill
    add: Fill


def pages(site: Site, register: str, told: Told) -> list[Page]:
    years = [year for year in site.inputs.of(register) if year.official and (year.official.tables or year.tables)]
    made = [_index(site, register, years, told)]
    for year in years:
        made.append(_year(site, year, years, told))
        made += official_table.pages(site, year)
    return made


def _index(site: Site, register: str, years: list[RegisterYear], told: Told) -> Page:
    draft = Draft(site, f"{address(register)}/", wording.say(f"{register}.title"), template="register",
                  section=SECTION_OF[register], code=code(register), crumbs=[])  # fmt: skip
    get = site.facts.get
    items = [
        (year.year, get(f"{register}/{year.year}/spent"), get(f"{register}/{year.year}/spent-growth"))
        for year in reversed(years)
    ]
    return finish(draft, told.index, items=items)


def _year(site: Site, year: RegisterYear, years: list[RegisterYear], told: Told) -> Page:
    register, base = year.register, f"{address(year.register)}/"
    draft = Draft(site, f"{base}{year.year}/", wording.say(f"{register}.year_title", year=year.year), template="year",
                  section=SECTION_OF[register], code=code(register, year.year), crumbs=crumbs(register))  # fmt: skip
    official_year.figures(draft, year)
    official_year.classes_chart(draft, year)
    official_year.slope(draft, years, year)
    told.explain(draft, year)
    official_year.economy(draft, year)
    told.add(draft, year)
    official_year.official_list(draft, year)
    return finish(
        draft, told.year, comparisons=site.checks(register, year.year), counted=f"{register}/{year.year}",
        year=year, years=[(y.year, f"{base}{y.year}/") for y in years], **official_year.scope(site, draft, year),
    )  # fmt: skip
