"""Pages of the levy: what the plain pages say, and the way from what was left over to what is left now."""

from scripts import charts, wording
from scripts.inputs import RegisterYear
from scripts.pages import Draft, Page, Site, plain_register
from scripts.pages.drawing import chart_block, finding, list_grid, mark
from scripts.plain import leaf

REGISTER, STEPS = "levy", ("opening", "received", "spent", "closing")


def pages(site: Site) -> list[Page]:
    return plain_register.pages(site, REGISTER, story)


def story(draft: Draft, year: RegisterYear) -> dict:
    """The bridge from opening to closing, and the figures that the sentences speak of (None where the year has no row)."""
    facts, row = draft.site.facts, next(iter(year.rows("collection")), None)
    names = (*STEPS, "entitled", "budgeted")
    told = {name: leaf(year.tables["collection"], row, name, facts) if row else None for name in names}
    told |= {"short": facts.get(f"{REGISTER}/{year.year}/short"), "notices": year.rows("employers_notice")}
    if row and all(told[name].known for name in STEPS):
        _bridge(draft, *(told[name] for name in STEPS))
    return told


def _bridge(draft: Draft, opening, received, spent, closing) -> None:
    said = wording.table("levy.bridge")
    top = opening.value + received.value
    items = [("opening", opening, "start", 0), ("received", received, "more", opening.value), ("spent", spent, "done", top - spent.value), ("closing", closing, "total", 0)]
    marks = tuple(mark(fact, said[name], role, start=start) for name, fact, role, start in items)
    plain, html = finding(draft, said["finding"], received=received, closing=closing)
    unit = wording.say("cells.units.wan")
    chart = charts.Chart("ledger", "bridge", marks, plain, said["how"], unit=unit)
    grid = list_grid("ledger", said["title"], said["step"], said["amount"], [(said[name], fact) for name, fact, _, _ in items], unit=unit)
    chart_block(draft, "ledger", chart, grid, html)
