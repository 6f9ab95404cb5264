"""Pages of budget execution: the years, and each year from its first budget to what was left."""

import datetime
from dataclasses import dataclass

from scripts import charts, grids, wording
from scripts.facts import Fact, key_part
from scripts.grids import Column, Grid, Row, Text
from scripts.inputs import RegisterYear
from scripts.pages import Draft, Page, Site
from scripts.pages.drawing import chart_block, finding, list_grid, mark, told_apart
from scripts.pages.parts import figure_items, finish, growth_words
from scripts.pages.render import component
from scripts.pages.table import SECTION_OF, code, crumbs, day_cell, path
from scripts.registers.execution.facts import at, dates, line_name, needs_reason

REGISTER = "execution"
QUARTER_ENDS = {(3, 31), (6, 30), (9, 30), (12, 31)}


@dataclass(frozen=True, slots=True)
class YearFacts:
    """The figures of one year at its latest reporting date."""

    year: int
    day: datetime.date
    final: bool
    approved: Fact
    adjustment: Fact
    adjusted: Fact
    executed: Fact
    rate: Fact
    left: Fact
    elapsed: Fact
    change: Fact | None
    growth: Fact | None
    kinds: tuple[tuple[str, Fact], ...]
    published: datetime.date | None


def year_facts(site: Site, year: RegisterYear) -> YearFacts:
    day = dates(year)[-1]
    get, prefix = site.facts.get, f"execution/{year.year}/"
    names = ("approved", "adjustment", "adjusted", "executed", "rate", "left", "elapsed")
    kinds = dict.fromkeys(row.text("kind") for row in year.rows("adjustments"))
    amounts = [(kind, site.facts[f"{prefix}adjustments/{key_part(kind)}"]) for kind in kinds]
    return YearFacts(
        year.year, day, (day.month, day.day) == (12, 31),
        *(site.facts[f"{prefix}{name}@{day}"] for name in names),
        get(f"{prefix}executed-change"), get(f"{prefix}executed-growth"),
        tuple(sorted(amounts, key=lambda item: -(item[1].value or 0))),
        next((row["published"] for row in year.rows("reports") if row["until"] == day), None),
    )  # fmt: skip


def pages(site: Site) -> list[Page]:
    years = [year for year in site.inputs.of(REGISTER) if year.rows("lines")]
    return [_index(site, years), *(_year(site, year, years) for year in years)]


def _index(site: Site, years: list[RegisterYear]) -> Page:
    draft = Draft(site, "execution/", wording.say("execution.title"), template="register",
                  section=SECTION_OF[REGISTER], code=code(REGISTER), crumbs=[])  # fmt: skip
    return finish(draft, "execution/index.md.j2", items=[year_facts(site, year) for year in reversed(years)])


def _year(site: Site, year: RegisterYear, years: list[RegisterYear]) -> Page:
    f = year_facts(site, year)
    title = wording.say("execution.year_title", year=year.year)
    draft = Draft(site, f"execution/{year.year}/", title, template="year", section=SECTION_OF[REGISTER],
                  code=code(REGISTER, year.year), crumbs=crumbs(REGISTER))  # fmt: skip
    _figures(draft, f)
    _bridge(draft, f)
    _pace(draft, year, f)
    table = _by_function(draft, year, f)
    draft.grid("functions", table, component("ledger", grid=grids.view(table)))
    if year.rows("adjustments"):
        adjustments = _adjustments(draft, year)
        draft.grid("adjustments", adjustments, component("ledger", grid=grids.view(adjustments)))
    reasons = _reasons(draft, year, f)
    if reasons is not None:
        draft.grid("reasons", reasons, component("ledger", grid=grids.view(reasons)))
    checks = site.checks(REGISTER, year.year)
    links = [(y.year, f"execution/{y.year}/") for y in years]
    return finish(draft, "execution/year.md.j2", comparisons=checks, counted=f"execution/{year.year}", year=year, years=links, f=f)


def _figures(draft: Draft, f: YearFacts) -> None:
    said = wording.table("execution.figures")
    items = [
        (said["adjusted"], f.adjusted, said["adjusted_note"], f.approved),
        (said["executed"], f.executed, growth_words(f.growth), f.growth if f.final else None),
        (said["rate"], f.rate, said["rate_note"], None if f.final else f.elapsed),
        (said["left"], f.left, "", None),
    ]
    draft.block("figures", component("figures", items=figure_items(draft, items)))


def _bridge(draft: Draft, f: YearFacts) -> None:
    """Approved, each kind of adjustment, adjusted, executed, left."""
    said = wording.table("execution.bridge")
    items = [(said["approved"], f.approved, "start", 0)]
    if not all(fact.known for fact in (f.approved, f.adjusted, f.executed, *(amount for _, amount in f.kinds))):
        return  # a step that was not published leaves the next one without a place to begin
    level = f.approved.value
    for kind, amount in f.kinds:
        items.append((kind, amount, "more" if amount.value >= 0 else "less", level if amount.value >= 0 else level + amount.value))
        level += amount.value
    items += [(said["adjusted"], f.adjusted, "total", 0), (said["executed"], f.executed, "done", 0)]
    if f.left.value > 0:
        items.append((said["left"], f.left, "unspent", f.executed.value))
    marks = tuple(mark(fact, label, role, start=start) for label, fact, role, start in items)
    template = said["finding_more" if f.adjustment.value > 0 else "finding_less" if f.adjustment.value < 0 else "finding_same"]
    plain, html = finding(draft, template, adjustment=f.adjustment, left=f.left, adjusted=f.adjusted)
    chart = charts.Chart("bridge", "bridge", marks, plain, said["how"], unit=wording.say("cells.units.wan"))
    grid = list_grid("bridge", said["title"], said["step"], said["amount"], [(label, fact) for label, fact, _, _ in items],
                     unit=wording.say("cells.units.wan"))  # fmt: skip
    chart_block(draft, "bridge", chart, grid, html)


def _names(year: RegisterYear, day: datetime.date) -> dict[str, str]:
    """Function codes of a date in the order of the file, with the name of their first line."""
    names: dict[str, str] = {}
    for row in at(year, day):
        names.setdefault(row.text("code"), row.text("name"))
    return names


def _pace(draft: Draft, year: RegisterYear, f: YearFacts) -> None:
    """The share executed at every reporting date, a panel for each function item, slowest first."""
    days = list({day.month: day for day in dates(year)}.values())  # the last date of each month
    if len(days) < 2:
        return
    facts, said = draft.site.facts, wording.table("execution.pace")
    names = _names(year, f.day)
    rates = {code_: [facts.get(f"execution/{year.year}/{key_part(code_)}/rate@{day}") for day in days] for code_ in names}
    drawn = {c: r for c, r in rates.items() if all(each is not None and each.known for each in r)}
    if not drawn:
        return
    order = sorted(drawn, key=lambda c: drawn[c][-1].value)
    names = told_apart({c: names[c] for c in order})
    marks = tuple(
        mark(rate, names[c], "done", series=names[c], at=wording.say("display.month", month=day.month))
        for c in order
        for day, rate in zip(days, drawn[c], strict=True)
    )
    slowest = drawn[order[0]][-1]
    plain, html = finding(draft, said["finding"], name=names[order[0]], rate=slowest)
    quarters = {(day.month, day.day) for day in days} <= QUARTER_ENDS
    steps = tuple(wording.say("display.month", month=month) for month in (3, 6, 9, 12)) if quarters else ()
    chart = charts.Chart("pace", "multiples", marks, plain, said["how" if quarters else "how_uneven"], unit="%", steps=steps)
    columns = (Column("name", (said["item"],)), *(
        Column(f"d{day:%m%d}", (day,), numeric=True) for day in days
    ))  # fmt: skip
    rows = tuple(Row((Text(names[c], ""), *drawn[c])) for c in order)
    chart_block(draft, "pace", chart, Grid("pace", said["title"], columns, rows, kind="stack"), html)


def _by_function(draft: Draft, year: RegisterYear, f: YearFacts) -> Grid:
    """The three budgets side by side by function item, with what was executed of them."""
    facts, said = draft.site.facts, wording.table("execution.columns")
    names = ("approved", "adjustment", "adjusted", "executed", "rate")
    columns = (
        Column("code", (said["code"],), kind="code"), Column("name", (said["name"],)),
        *(Column(name, (said[name],), numeric=True) for name in names),
    )  # fmt: skip
    rows = [
        Row((Text(code_, "code"), Text(title), *(facts[f"execution/{year.year}/{key_part(code_)}/{n}@{f.day}"] for n in names)))
        for code_, title in _names(year, f.day).items()
    ]
    total = Row((None, Text(said["total"], "words"), *(getattr(f, n) for n in names)), level=0, total=True)
    return Grid("functions", said["title"], columns, (*rows, total), unit=wording.say("cells.units.wan"), kind="stack", head=1)


def _adjustments(draft: Draft, year: RegisterYear) -> Grid:
    facts, said = draft.site.facts, wording.table("execution.adjustments")
    columns = tuple(
        Column(name, (said[name],), numeric=name == "amount") for name in ("date", "number", "kind", "code", "amount", "reason")
    )
    data = year.tables["adjustments"]
    rows = tuple(
        Row(
            (day_cell(row, "date"), Text(row.text("number"), "document"), Text(row.text("kind"), ""), Text(row.text("code"), "code"),
             facts[f"execution/{year.year}/adjustments/{data.key(row)}/amount"], Text(row.text("reason"), "quote")),
            href=draft.link(f"{path(REGISTER, year.year, 'adjustments')}#L{row.line}"),
        )
        for row in data.rows
    )  # fmt: skip
    return Grid("adjustments", said["title"], columns, rows, unit=wording.say("cells.units.wan"), kind="stack", head=1)


def _reasons(draft: Draft, year: RegisterYear, f: YearFacts) -> Grid | None:
    """Lines beyond the threshold at year end, furthest first, each with the reason that was given."""
    share = draft.site.inputs.publisher.thresholds["variance"]
    rows = [row for row in at(year, f.day) if f.final and needs_reason(row, share)]
    if not rows:
        return None
    said, facts, data = wording.table("execution.reasons"), draft.site.facts, year.tables["lines"]
    columns = (Column("name", (said["name"],)), Column("adjusted", (said["adjusted"],), numeric=True),
               Column("executed", (said["executed"],), numeric=True), Column("rate", (said["rate"],), numeric=True),
               Column("reason", (said["reason"],)))  # fmt: skip
    found = []
    for row in rows:
        key = f"execution/{year.year}/lines/{data.key(row)}/"
        rate = facts[f"execution/{year.year}/{line_name(row)}/rate@{f.day}"]
        found.append(
            Row((Text(row.text("name")), facts[f"{key}adjusted"], facts[f"{key}executed"], rate, Text(row.text("reason"), "quote")),
                href=draft.link(f"{path(REGISTER, year.year, 'lines')}#L{row.line}"))
        )  # fmt: skip
    return Grid("reasons", said["title"], columns, tuple(found), unit=wording.say("cells.units.wan"), kind="stack")
