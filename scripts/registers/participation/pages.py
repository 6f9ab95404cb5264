"""Pages of participation: benefit rates of projects side by side, each with its parts, and what became of them since last year."""

from scripts import charts, grids, wording
from scripts.cells import State
from scripts.facts import Fact
from scripts.grids import Column, Grid, Row, Text
from scripts.inputs import RegisterYear
from scripts.pages import Draft, Page, Site, plain_register
from scripts.pages.drawing import chart_block, finding, mark, told_apart
from scripts.pages.render import component
from scripts.plain import leaf
from scripts.registers.participation.facts import at, before

REGISTER = "participation"


def pages(site: Site) -> list[Page]:
    return plain_register.pages(site, REGISTER, _draw)


def _draw(draft: Draft, year: RegisterYear) -> dict:
    """The chart and table of rates; for the sentences the lowest rate that is public, and its project's change."""
    facts, rows = draft.site.facts, year.rows("served")
    names = told_apart({row.text("project"): draft.site.inputs.titles("projects", year.year, "projects").get(row.text("project"), row.text("project")) for row in rows})
    told = [(facts.get(at(year, row.text("project"), "benefit-rate")), row) for row in rows]
    if rows:
        grid = _rates(draft, year, names)
        draft.grid("rates", grid, component("ledger", grid=grids.view(grid)))
    shown = [(fact, row) for fact, row in told if fact is not None and (fact.known or fact.state is State.SUPPRESSED)]
    known = [(fact, row) for fact, row in shown if fact.known]
    hidden, undefined = len(shown) - len(known), len(told) - len(shown)
    if not known:
        return {"least": None, "hidden": hidden, "undefined": undefined}
    lowest, row = min(known, key=lambda each: (each[0].value, each[1].text("project")))
    _chart(draft, shown, names, lowest, names[row.text("project")])
    data, project = year.tables["served"], row.text("project")
    least = {
        "name": names[project], "rate": lowest, "benefited": leaf(data, row, "benefited", facts), "eligible": leaf(data, row, "eligible", facts),
        "change": facts.get(at(year, project, "change")), "since": _since(draft.site, year, project),
    }  # fmt: skip
    return {"least": least, "hidden": hidden, "undefined": undefined}


def _since(site: Site, year: RegisterYear, project: str) -> str:
    """How the rate stands to the year before: "first", "hidden", "different", "unknown", "more", "less", "same"."""
    earlier, change = before(site.inputs, year, project), site.facts.get(at(year, project, "change"))
    if earlier is None:
        return "first"
    then = site.facts.get(at(earlier[0], earlier[1].text("project"), "benefit-rate"))
    if then is not None and then.state is State.SUPPRESSED:
        return "hidden"
    if change is None or not change.known:
        return "different" if change is not None and change.state is State.NOT_APPLICABLE else "unknown"
    return "more" if change.value > 0 else "less" if change.value < 0 else "same"


def _chart(draft: Draft, shown: list[tuple[Fact, object]], names: dict[str, str], lowest: Fact, name: str) -> None:
    """The order of the table: an order by rate would tell where a hidden one stands."""
    said = wording.table("participation.chart")
    open_only = any(not fact.known for fact, _ in shown)
    plain, html = finding(draft, said["finding_open" if open_only else "finding"], name=name, rate=lowest)
    marks = tuple(mark(fact, names[row.text("project")], "done") for fact, row in shown)
    chart = charts.Chart("benefit", "bars", marks, plain, said["how"], unit="%")
    columns = (Column("name", (said["name"],)), Column("rate", (said["rate"],), numeric=True))
    grid = Grid("benefit", said["title"], columns, tuple(Row((Text(names[row.text("project")]), fact)) for fact, row in shown), kind="stack")
    chart_block(draft, "benefit", chart, grid, html)


def _rates(draft: Draft, year: RegisterYear, names: dict[str, str]) -> Grid:
    """Both rates with their parts; person-times beside, never added to persons."""
    said, facts, data = wording.table("participation.rates"), draft.site.facts, year.tables["served"]
    fields, rates = ("eligible", "participated", "benefited", "times"), ("participation-rate", "benefit-rate")
    columns = (Column("project", (said["project"],)), *(Column(f, (data.schema.field(f).name,), numeric=True, unit=True) for f in fields),
               *(Column(r, (said[r],), numeric=True) for r in rates))  # fmt: skip
    rows = tuple(
        Row((Text(names[row.text("project")]), *(leaf(data, row, f, facts) for f in fields),
             *(facts.get(at(year, row.text("project"), r)) or Text(said["none"], "words") for r in rates)),
            href=draft.link(f"{REGISTER}/{year.year}/served/#L{row.line}"))
        for row in year.rows("served")
    )  # fmt: skip
    return Grid("rates", said["title"], columns, rows, kind="official", head=0)
