"""The explained form of an official year, shared by budget and final accounts: classes, items, economy, three public expenses."""

from markupsafe import Markup

from scripts import charts, explained, grids, schema, wording
from scripts.facts import Fact
from scripts.grids import Column, Grid, Row, Text
from scripts.identities import SEVERITY
from scripts.inputs import RegisterYear
from scripts.official import kinds
from scripts.pages import Draft, Site, limits
from scripts.pages.drawing import chart_block, finding, mark
from scripts.pages.official_table import checks_of
from scripts.pages.parts import figure_items, growth_words
from scripts.pages.render import component, component_macro
from scripts.pages.table import path

LARGEST = 8
AFTER_THREE = ("total", "operating", "meetings", "training")


def figures(draft: Draft, year: RegisterYear) -> None:
    """Income, expenditure, and what of it is running cost and projects; what was not published is left out."""
    said = wording.table(f"official_year.figures.{year.register}")
    get, prefix = draft.site.facts.get, f"{year.register}/{year.year}/"
    items = [
        (said[name], fact, growth_words(get(prefix + "spent-growth")) if name == "spent" else "", get(prefix + "spent-growth"))
        for name in ("income", "spent", "basic", "project")
        if (fact := get(prefix + name)) is not None
    ]
    if items:
        draft.block("figures", component("figures", items=figure_items(draft, items)))


def classes_chart(draft: Draft, year: RegisterYear) -> None:
    """Where the money goes, by class, the largest first."""
    facts, said = draft.site.facts, wording.table("official_year.classes")
    classes = explained.classes(facts, year)
    if not classes:
        return
    shares = {key: facts.get(f"{year.register}/{year.year}/class/{key}/share") for key, _, _ in classes}
    largest = shares[classes[0][0]]
    marks = tuple(mark(fact, name, "done") for _, name, fact in classes[:LARGEST])
    if largest is not None and largest.known:
        plain, html = finding(draft, said["finding"], name=classes[0][1], share=largest)
    else:
        plain, html = finding(draft, said["finding_amount"], name=classes[0][1], amount=classes[0][2])
    stated = unit_of(year) == wording.say("cells.units.wan")
    chart = charts.Chart("classes", "bars", marks, plain, said["how" if stated else "how_unstated"], unit=unit_of(year) if stated else "")
    columns = (Column("name", (said["name"],)), Column("amount", (said["amount"],), numeric=True), Column("share", (said["share"],), numeric=True))
    rows = tuple(Row((Text(name), fact, shares[key])) for key, name, fact in classes)
    grid = Grid("classes", said["title"], columns, rows, unit=unit_of(year), kind="stack")
    chart_block(draft, "classes", chart, grid, html)


def unit_of(year: RegisterYear) -> str:
    """The unit of the explained tables: of the table they are taken from, which may not say."""
    table = explained.by_function(year) or year.official.tables.get("overall")
    stated = table is None or table.unit
    return wording.say("cells.units.wan") if stated else wording.say("units.not_stated")


def slope(draft: Draft, years: list[RegisterYear], year: RegisterYear) -> None:
    """This year's total beside those of the years published, as one line each for total, running cost and projects."""
    said, facts = wording.table("official_year.slope"), draft.site.facts
    shown = [y for y in years if y.year <= year.year][-4:]
    names = [n for n in ("spent", "basic", "project") if all(_known(facts.get(f"{y.register}/{y.year}/{n}")) for y in shown)]
    change = facts.get(f"{year.register}/{year.year}/spent-change")
    if len(shown) < 2 or not names or change is None or not change.known:
        return
    marks = tuple(
        mark(facts[f"{y.register}/{y.year}/{name}"], said[name], "done" if name == "spent" else "start", series=said[name], at=y.year)
        for name in names for y in shown
    )  # fmt: skip
    key = "finding_more" if change.value > 0 else "finding_less" if change.value < 0 else "finding_same"
    plain, html = finding(draft, said[key], change=change)
    chart = charts.Chart("slope", "slope", marks, plain, said["how"], unit=wording.say("cells.units.wan"))
    columns = (Column("name", (said["item"],)), *(
        Column(f"y{y.year}", (y.year,), numeric=True) for y in shown
    ))  # fmt: skip
    rows = tuple(Row((Text(said[n], "words"), *(facts[f"{y.register}/{y.year}/{n}"] for y in shown))) for n in names)
    chart_block(draft, "slope", chart, Grid("slope", said["title"], columns, rows, unit=wording.say("cells.units.wan"), kind="stack"), html)


def _known(fact: Fact | None) -> bool:
    return fact is not None and fact.known and bool(fact.scale)


def economy(draft: Draft, year: RegisterYear) -> None:
    """Running cost by economic class to 款, rows with money only."""
    table = year.official.tables.get("basic_expenditure")
    if table is None:
        return
    said, facts = wording.table("official_year.economy"), draft.site.facts
    columns = (Column("code", (said["code"],), kind="code"), Column("name", (said["name"],)), Column("amount", (said["amount"],), numeric=True))
    rows = []
    for row in sorted(table.rows, key=lambda row: (not row.code, row.code)):  # two tables side by side become one
        fact = facts.get(table.leaf_key(row, "total"))
        if fact is not None and fact.known and fact.value:
            href = draft.link(f"{path(year.register, year.year, table.kind)}#L{row.line}")
            rows.append(Row((Text(row.code, "code"), Text(row.name), fact), level=row.level, total=row.level == 0, href=href))
    if rows:
        unit = wording.say("cells.units.wan") if table.unit else wording.say("units.not_stated")
        grid = Grid("economy", said["title"], columns, tuple(rows), unit=unit, kind="stack", head=1)
        draft.grid("economy", grid, component("ledger", grid=grids.view(grid)))


def three_public(draft: Draft, year: RegisterYear, measures: tuple[str, ...], reasons: dict[str, tuple[str, str]]) -> None:
    """The three public expenses by item, each with the reason that was given (name of the item -> quantity, reason)."""
    table = year.official.tables.get("three_public")
    if table is None:
        return
    said, facts = wording.table("official_year.three_public"), draft.site.facts
    rows_of = {row.key: row for row in table.rows}
    shown = [m for m in measures if any(table.leaf_key(row, m) in facts for row in table.rows)]
    columns = (Column("name", (said["item"],)), *(Column(m, (said[m],), numeric=True) for m in shown), *(
        (Column("quantity", (said["quantity"],)), Column("reason", (said["reason"],))) if reasons else ()
    ))  # fmt: skip
    rows = []
    for key, row in rows_of.items():
        given = reasons.get(said.get(f"name_{key}", row.name), ("", ""))
        extra = (Text(given[0], "quote"), Text(given[1], "quote")) if reasons else ()
        cells = tuple(facts.get(table.leaf_key(row, m)) for m in shown)
        href = draft.link(f"{path(year.register, year.year, table.kind)}#L{row.line}")
        shown_row = Row((Text(row.name), *cells, *extra), level=0 if key == "total" else 3, total=key == "total", href=href)
        rows.append((AFTER_THREE.index(key) + 1 if key in AFTER_THREE else 0, shown_row))
    if rows:
        ordered = [row for _, row in sorted(rows, key=lambda item: item[0])]  # the total stands under what it adds up
        unit = wording.say("cells.units.wan") if table.unit else wording.say("units.not_stated")
        grid = Grid("three-public", said["title"], columns, tuple(ordered), unit=unit, kind="stack")
        draft.grid("three-public", grid, component("ledger", grid=grids.view(grid)))


def official_list(draft: Draft, year: RegisterYear) -> None:
    """The way to each official table, with how its checks came out; the ones that were not published are named."""
    items = []
    for table in year.official.tables.values():
        worst = min((c.verdict for c in checks_of(draft.site, table)), key=_severity, default=None)
        standing = component_macro("marks", "verdict", id=str(worst), word=wording.say(f"verdicts.{worst}")) if worst else ""
        items.append({
            "title": Markup("<span data-text>{}</span>").format(table.title),
            "href": draft.link(path(year.register, year.year, table.kind)),
            "text": wording.table("official_explained").get(table.kind, ""), "mark": standing,
        })  # fmt: skip
    if items:
        draft.block("official", component("catalogue", items=items))


def _severity(verdict) -> int:
    return SEVERITY.index(verdict)


def missing_titles(year: RegisterYear) -> list[str]:
    found = kinds.load(year.year)
    return [found[kind].title(year.register) for kind in year.official.missing]


def incomparable(site: Site, year: RegisterYear) -> list[tuple[str, str, str]]:
    """Codes that were called otherwise the year before: what may not be compared as if it were the same."""
    before = site.inputs.get(year.register, year.year - 1)
    if before is None or explained.by_function(year) is None or explained.by_function(before) is None:
        return []
    return explained.differing_names(year, before)


def coverage(site: Site, year: RegisterYear) -> dict | None:
    """Whose money the totals hold: units counted in, and units left out with the reason; None where nobody said."""
    found = site.inputs.get("organisation", year.year)
    if found is not None and found.rows("units"):
        rows = found.rows("units")
        return {
            "counted": [r.text("unit") for r in rows if r.text("included") == _yes()],
            "left_out": [(r.text("unit"), r.text("left_out_because")) for r in rows if r.text("included") != _yes()],
        }
    table = year.official.tables.get("units")
    return {"counted": [row.name for row in table.rows], "left_out": []} if table and table.rows else None


def coverage_changed(site: Site, year: RegisterYear) -> bool:
    """Whether the units counted in differ from the year before, where both years say which."""
    units = []
    for number in (year.year, year.year - 1):
        found = site.inputs.get("organisation", number)
        units.append({r.text("unit") for r in found.rows("units") if r.text("included") == _yes()} if found else None)
    return None not in units and units[0] != units[1]


def _yes() -> str:
    return schema.load("organisation").table("units").field("included").constraints["enum"][0]


def scope(site: Site, draft: Draft, year: RegisterYear) -> dict:
    """What the year templates of both registers speak of."""
    get, prefix = site.facts.get, f"{year.register}/{year.year}/"
    names = ("spent", "income", "basic", "project", "spent-change", "spent-growth")
    found = {name.replace("-", "_"): get(prefix + name) for name in names}
    classes = explained.classes(site.facts, year)
    share = get(f"{prefix}class/{classes[0][0]}/share") if classes else None
    return found | {
        "number": year.year,
        "largest": (classes[0][1], share) if classes and share is not None and share.known else None,
        "before": site.inputs.get(year.register, year.year - 1) is not None,
        "missing": missing_titles(year),
        "coverage": coverage(site, year),
        "renamed": incomparable(site, year),
        "coverage_changed": coverage_changed(site, year),
        "duties": [(duty, limits.standing(draft, duty)) for duty in limits.of_year(site, year)],
        "stated": all(table.unit for table in year.official.tables.values()),
        "unstated": [table.title for table in year.official.tables.values() if not table.unit],
    }
