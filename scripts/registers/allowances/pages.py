"""Pages of allowances: each allowance, each town and each month, and which town got most."""

from scripts import charts, grids, wording
from scripts.facts import Fact, key_part
from scripts.grids import Column, Grid, Row, Text
from scripts.inputs import RegisterYear
from scripts.pages import Draft, Page, Site, plain_register
from scripts.pages.drawing import chart_block, finding, list_grid, mark
from scripts.pages.render import component

REGISTER, NAMES = "allowances", ("times", "paid", "per-head")


def pages(site: Site) -> list[Page]:
    return plain_register.pages(site, REGISTER, story)


def story(draft: Draft, year: RegisterYear) -> dict:
    """The chart of towns, the tables by allowance, town and month; the rows themselves stand on their own page."""
    rows = year.rows("allowances")
    items, towns = (list(dict.fromkeys(row.text(name) for row in rows)) for name in ("item", "town"))
    told = {"apart": ("allowances", "notices"), "items": [(item, _facts(draft, year, f"item/{key_part(item)}/")) for item in items]}
    if rows:
        _towns(draft, year, towns)
        _table(draft, "items", [((item,), facts) for item, facts in told["items"]])
        pairs = [(item, town) for item in items for town in towns if any((row.text("item"), row.text("town")) == (item, town) for row in rows)]
        _table(draft, "by-town", [(pair, _facts(draft, year, "item/{}/town/{}/".format(*map(key_part, pair)))) for pair in pairs])
        months = sorted({(row.text("item"), row.text("month")) for row in rows}, key=lambda pair: (items.index(pair[0]), pair[1]))
        _table(draft, "months", [(pair, _facts(draft, year, "item/{}/month/{}/".format(*map(key_part, pair)))) for pair in months])
    return told


def _facts(draft: Draft, year: RegisterYear, scope: str) -> list[Fact]:
    return [draft.site.facts[f"{REGISTER}/{year.year}/{scope}{name}"] for name in NAMES]


def _table(draft: Draft, name: str, found: list[tuple[tuple[str, ...], list[Fact]]]) -> None:
    """`found`: the names of each row (an allowance, and its town or month) and its figures."""
    said = wording.table("allowances.tables")
    heads = (Column("name", (said["name"],)), Column("other", (said[f"{name.replace('-', '_')}_other"],)))[: len(found[0][0])]
    columns = (*heads, Column("times", (said["times"],), numeric=True, unit=True),
               *(Column(each, (said[each.replace("-", "_")],), numeric=True, scale="yuan", unit=True) for each in NAMES[1:]))  # fmt: skip
    grid = Grid(name, said[name.replace("-", "_")], columns, tuple(Row((*(Text(each, "code" if name == "months" and n else "") for n, each in enumerate(names)), *facts)) for names, facts in found), kind="stack")
    draft.grid(name, grid, component("ledger", grid=grids.view(grid)))


def _towns(draft: Draft, year: RegisterYear, towns: list[str]) -> None:
    """Amounts of all allowances by town, most first; what is not shown comes last, in the order of the table."""
    said, paid = wording.table("allowances.towns"), {town: _facts(draft, year, f"town/{key_part(town)}/")[1] for town in towns}
    order = sorted(towns, key=lambda town: (not paid[town].known, -(paid[town].value or 0)))
    if not paid[order[0]].value:
        return
    marks = tuple(mark(paid[town], town, "done" if town == order[0] else "other") for town in order)
    all_known = all(fact.known for fact in paid.values())
    plain, html = finding(draft, said["finding" if all_known else "finding_shown"], name=order[0], amount=paid[order[0]])
    unit = wording.say("cells.units.wan")
    chart = charts.Chart("towns", "bars", marks, plain, said["how"], unit=unit)
    grid = list_grid("towns", said["title"], said["name"], said["paid"], [(town, paid[town]) for town in order], unit=unit)
    chart_block(draft, "towns", chart, grid, html)
