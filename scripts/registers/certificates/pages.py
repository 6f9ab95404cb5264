"""Pages of certificates: the years, and each year's holders by kind, town and level, what was rechecked, how long assessment takes."""

import datetime

from scripts import charts, grids, wording
from scripts.facts import Fact, key_part
from scripts.grids import Column, Grid, Row, Text
from scripts.inputs import RegisterYear
from scripts.pages import Draft, Page, Site, limits, promises
from scripts.pages.drawing import chart_block, finding, mark
from scripts.pages.parts import figure_items, finish
from scripts.pages.plain_register import measured
from scripts.pages.render import component
from scripts.pages.table import SECTION_OF, code, crumbs, path
from scripts.plain import leaf_key
from scripts.registers.certificates.facts import REGISTER, counted_on, counting
from scripts.tables import Row as DataRow

ASSESSED = ("applied", "assessed", "objected", "again", "mean_days")


def pages(site: Site) -> list[Page]:
    years = site.inputs.of(REGISTER)
    return [_index(site, years), *(_year(site, year, years) for year in years)]


def told(site: Site, year: RegisterYear) -> dict:
    """What the sentences of a year speak of; None where there is no such fact."""
    get = site.facts.get
    before = site.inputs.get(REGISTER, year.year - 1)
    found = measured(site, REGISTER, year.year) | {name: get(f"{REGISTER}/{year.year}/{name}") for name in ("total", "change", "growth")}
    return found | {
        "day": _day(year), "before_day": _day(before) if before else None, "before": get(f"{REGISTER}/{year.year - 1}/total"),
        "rechecks": bool(year.rows("mismatches")), "rechecked_on": max((row["until"] for row in year.rows("mismatches")), default=None),
    }  # fmt: skip


def _day(year: RegisterYear) -> datetime.date | None:
    table = counting(year)
    return counted_on(year, table) if table else None


def _index(site: Site, years: list[RegisterYear]) -> Page:
    draft = Draft(site, "certificates/", wording.say("certificates.title"), template="register",
                  section=SECTION_OF[REGISTER], code=code(REGISTER), crumbs=[])  # fmt: skip
    return finish(draft, "certificates/index.md.j2", items=[(year.year, told(site, year)) for year in reversed(years)])


def _year(site: Site, year: RegisterYear, years: list[RegisterYear]) -> Page:
    draft = Draft(site, f"certificates/{year.year}/", wording.say("certificates.year_title", year=year.year), template="year",
                  section=SECTION_OF[REGISTER], code=code(REGISTER, year.year), crumbs=crumbs(REGISTER))  # fmt: skip
    found = told(site, year)
    _figures(draft, found)
    largest = _largest(site, year)
    if largest:
        _chart(draft, year, largest)
    for name in ("town", "level"):
        _sums(draft, year, name)
    if year.rows("assessment"):
        _assessment(draft, year)
    kept, due = promises.of_year(draft, year), limits.of_year(site, year)
    if kept:
        draft.block("commitments", component("roll", items=kept))
    if due:
        draft.block("obligations", component("roll", items=[limits.item(draft, each) for each in due]))
    checks = site.checks(REGISTER, year.year)
    return finish(
        draft, "certificates/year.md.j2", comparisons=checks, counted=f"{REGISTER}/{year.year}" if checks else "", year=year, number=year.year,
        t=found, largest=largest, applied=found["applied"], assessed=found["assessed"], slowest=found["slowest"], slow=_slowest(year, found["slowest"]), years=[(y.year, f"certificates/{y.year}/") for y in years],
        tables=[(data.schema.title, path(REGISTER, year.year, name)) for name, data in year.tables.items()],
    )  # fmt: skip


def _figures(draft: Draft, found: dict) -> None:
    said, items = wording.table("certificates.figures"), []
    total, change, outstanding, slowest = (found[name] for name in ("total", "change", "outstanding", "slowest"))
    if total is not None:
        moved = change is not None and change.known and change.value
        items.append((said["total"], total, said["change_more" if change.value > 0 else "change_less"] if moved else "", change if moved else None))
    if outstanding is not None and found["rechecks"]:
        items.append((said["outstanding"], outstanding, said["outstanding_note"], found["rechecked"]))
    if slowest is not None and slowest.known:
        items.append((said["slowest"], slowest, said["slowest_note"], found["assessed"]))
    if items:
        draft.block("figures", component("figures", items=figure_items(draft, items)))


def _fact(site: Site, year: RegisterYear, table: str, row: DataRow, field: str) -> Fact:
    return site.facts[leaf_key(year.tables[table], row, field)]


def _shares(site: Site, year: RegisterYear) -> list[tuple[str, Fact, Fact]]:
    """Name, persons and share of each kind, in the order of the form: an order by size would tell of what is hidden."""
    return [
        (name := row.text("category"), _fact(site, year, "categories", row, "persons"), site.facts[f"{REGISTER}/{year.year}/category/{key_part(name)}/share"])
        for row in year.rows("categories")
    ]  # fmt: skip


def _largest(site: Site, year: RegisterYear) -> dict | None:
    """The kind that most hold a certificate of, among those that are shown; None where none is."""
    shares = _shares(site, year)
    known = [each for each in shares if each[1].known]
    if not known:
        return None
    name, persons, share = max(known, key=lambda each: each[1].value)
    return {"name": name, "persons": persons, "share": share, "open": len(known) < len(shares)}


def _chart(draft: Draft, year: RegisterYear, largest: dict) -> None:
    said, found = wording.table("certificates.categories"), _shares(draft.site, year)
    key = "finding_amount" if not largest["share"].known else "finding_open" if largest["open"] else "finding"
    plain, html = finding(draft, said[key], name=largest["name"], share=largest["share"], amount=largest["persons"])
    marks = tuple(mark(persons, name, "done") for name, persons, _ in found)
    chart = charts.Chart("categories", "bars", marks, plain, said["how"], unit=wording.say("units.persons"))
    columns = (Column("name", (said["name"],)), Column("amount", (said["amount"],), numeric=True), Column("share", (said["share"],), numeric=True))
    rows = tuple(Row((Text(name), persons, share)) for name, persons, share in found)
    chart_block(draft, "categories", chart, Grid("categories", said["title"], columns, rows, kind="stack"), html)


def _sums(draft: Draft, year: RegisterYear, name: str) -> None:
    """Holders by town, or by level: sums over the finest table, in the order of the table."""
    values = dict.fromkeys(row.text(name) for row in year.rows("holders"))
    if not values:
        return
    said = wording.table(f"certificates.{name}s")
    columns = (Column("name", (said["name"],)), Column("amount", (said["amount"],), numeric=True))
    rows = tuple(Row((Text(value), draft.site.facts[f"{REGISTER}/{year.year}/{name}@{key_part(value)}"])) for value in values)
    grid = Grid(f"{name}s", said["title"], columns, rows, kind="stack")
    draft.grid(grid.id, grid, component("ledger", grid=grids.view(grid)))


def _assessment(draft: Draft, year: RegisterYear) -> None:
    said = wording.table("certificates.assessment")
    columns = (Column("name", (said["name"],)), *(Column(n, (said["days" if n == "mean_days" else n],), numeric=True) for n in ASSESSED))
    rows = tuple(Row((Text(row.text("name")), *(_fact(draft.site, year, "assessment", row, n) for n in ASSESSED))) for row in year.rows("assessment"))
    grid = Grid("assessment-list", said["title"], columns, rows, kind="stack")
    draft.grid(grid.id, grid, component("ledger", grid=grids.view(grid)))


def _slowest(year: RegisterYear, slowest: Fact | None) -> str:
    """The hospital that takes longest, "" where several do or none is known."""
    rows = [row for row in year.rows("assessment") if slowest is not None and slowest.known and row["mean_days"] == slowest.value]
    return rows[0].text("name") if len(rows) == 1 else ""
