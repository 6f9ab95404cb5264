"""Pages of the presidium: the years, and each year's report as one page that is printed and voted on."""

from scripts import wording
from scripts.facts import Fact
from scripts.inputs import RegisterYear
from scripts.pages import Draft, Page, Site
from scripts.pages.parts import figure_items, finish, growth_words, tally
from scripts.pages.render import component
from scripts.pages.table import SECTION_OF, code, crumbs
from scripts.registers.presidium.pages import heard, money, projects, watch
from scripts.tables import Row as DataRow

REGISTER = "presidium"


def pages(site: Site) -> list[Page]:
    years = site.inputs.of(REGISTER)
    return [_index(site, years), *(_year(site, year, years) for year in years)]


def entity_path(year: int, table: str, row: DataRow) -> str:
    """A question stands on the page of its year; rows of other tables have no page of their own."""
    return f"{REGISTER}/{year}/#{heard.anchor(row)}" if table in ("questions", "opinions") else ""


def _measures(site: Site, year: int) -> dict[str, Fact | None]:
    names = ("opinions-count", "opinions-done", "questions-count", "questions-answered", "motions-count", "motions-answered", "motions-satisfied")
    return {name.replace("-", "_"): site.facts.get(f"{REGISTER}/{year}/{name}") for name in names}


def _index(site: Site, years: list[RegisterYear]) -> Page:
    draft = Draft(site, f"{REGISTER}/", wording.say("presidium.title"), template="register",
                  section=SECTION_OF[REGISTER], code=code(REGISTER), crumbs=[])  # fmt: skip
    items = [(year.year, _last(year), _measures(site, year.year)) for year in reversed(years)]
    return finish(draft, "presidium/pages/index.md.j2", items=items)


def _last(year: RegisterYear) -> DataRow | None:
    """The report of the year that reaches furthest: the yearly one, else the one of mid-year."""
    return max(year.rows("reports"), key=lambda row: row.text("reported_on"), default=None)


def _year(site: Site, year: RegisterYear, years: list[RegisterYear]) -> Page:
    draft = Draft(site, f"{REGISTER}/{year.year}/", wording.say("presidium.year_title", year=year.year), template="report",
                  section=SECTION_OF[REGISTER], code=code(REGISTER, year.year), crumbs=crumbs(REGISTER))  # fmt: skip
    spent = money.Spent.of(site, year.year)
    if spent is not None:
        said = wording.table("presidium.figures")
        draft.block("figures", component("figures", items=figure_items(draft, [
            (said["adjusted"], spent.adjusted, said["adjusted_note"], spent.approved),
            (said["executed"], spent.executed, growth_words(spent.growth) if spent.final else "", spent.growth if spent.final else None),
            (said["rate"], spent.rate, said["rate_note"], None if spent.final else spent.elapsed),
            (said["left"], spent.left, "", None),
        ])))  # fmt: skip
        money.blocks(draft, spent)
    projects.block(draft, year.year)
    findings = watch.findings(draft, year.year)
    there = watch.blocks(draft, year.year)
    heard.blocks(draft, year)
    return finish(
        draft, "presidium/pages/year.md.j2", year=year, number=year.year, balance=tally(draft, f"execution/{year.year}"),
         last=_last(year), spent=spent, findings=findings, there=there, m=_measures(site, year.year),
        before=_measures(site, year.year - 1),
        years=[(y.year, f"{REGISTER}/{y.year}/") for y in years],
    )  # fmt: skip

