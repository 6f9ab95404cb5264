"""Pages of inspections: the years, and each batch with its list, its draw that anyone can repeat, and what was found."""

from scripts import charts, grids, wording
from scripts.facts import Fact, key_part
from scripts.grids import Column, Grid, Row, Text
from scripts.inputs import RegisterYear
from scripts.pages import Draft, Page, Site, links
from scripts.pages.drawing import chart_block, finding, mark, told_apart
from scripts.pages.parts import figure_items, finish
from scripts.pages.render import component
from scripts.pages.table import SECTION_OF, code, crumbs, day_cell, path
from scripts.registers.inspections import draw
from scripts.registers.inspections.facts import prefix
from scripts.tables import Row as DataRow

REGISTER = "inspections"
NAMES = ("frame-count", "sampled-count", "checked-count", "bad-count", "coverage", "frame-amount", "sampled-amount", "money-coverage", "rest")


def pages(site: Site) -> list[Page]:
    years = [year for year in site.inputs.of(REGISTER) if "batches" in year.tables]
    made = [_index(site, years)]
    for year in years:
        made.append(_year(site, year, years))
        made += [_batch(site, year, row, number) for number, row in enumerate(year.rows("batches"), start=1)]
    return made


def entity_path(year: int, table: str, row: DataRow) -> str:
    """Every row of the register belongs to a batch, and is told of on its page."""
    return f"{REGISTER}/{year}/{key_part(row.text('batch')).lower()}/"


def told(site: Site, at: str) -> dict[str, Fact]:
    """The facts of a batch or of a year, by the names that templates use."""
    return {name.replace("-", "_"): site.facts[f"{at}{name}"] for name in NAMES}


def _index(site: Site, years: list[RegisterYear]) -> Page:
    draft = Draft(site, "inspections/", wording.say("inspections.title"), template="register",
                  section=SECTION_OF[REGISTER], code=code(REGISTER), crumbs=[])  # fmt: skip
    items = [(year.year, site.facts[f"{prefix(year)}batches-count"], told(site, prefix(year))) for year in reversed(years)]
    return finish(draft, "inspections/index.md.j2", items=items)


def _year(site: Site, year: RegisterYear, years: list[RegisterYear]) -> Page:
    draft = Draft(site, f"inspections/{year.year}/", wording.say("inspections.year_title", year=year.year), template="year",
                  section=SECTION_OF[REGISTER], code=code(REGISTER, year.year), crumbs=crumbs(REGISTER))  # fmt: skip
    f = told(site, prefix(year))
    _figures(draft, f)
    _coverage(draft, year)
    if year.rows("batches"):
        grid = _list(draft, year)
        draft.grid("batches-list", grid, component("ledger", grid=grids.view(grid)))
    return finish(
        draft, "inspections/year.md.j2", comparisons=site.checks(REGISTER, year.year), counted=f"inspections/{year.year}", year=year, number=year.year,
        batches=site.facts[f"{prefix(year)}batches-count"], change=site.facts.get(f"{prefix(year)}coverage-change"), tables=list(year.tables.values()),
        years=[(y.year, f"inspections/{y.year}/") for y in years], partly=_partly(site, year), **f,
    )  # fmt: skip


def _partly(site: Site, year: RegisterYear) -> bool:
    """Whether the year's money is that of some of its batches only."""
    found = [told(site, prefix(year, batch)) for batch in year.rows("batches")]
    return any(f["sampled_count"].known and not f["frame_amount"].known for f in found)


def _figures(draft: Draft, f: dict[str, Fact]) -> None:
    said = wording.table("inspections.figures")
    items = [(said["sampled"], f["sampled_count"], said["coverage"], f["coverage"])]
    if f["frame_amount"].known:
        items.append((said["amount"], f["sampled_amount"], said["money_coverage"], f["money_coverage"]))
    items += [(said["bad"], f["bad_count"], said["checked"], f["checked_count"]), (said["frame"], f["frame_count"], said["rest"], f["rest"])]
    draft.block("figures", component("figures", items=figure_items(draft, items)))


def _coverage(draft: Draft, year: RegisterYear) -> None:
    """How much of each list was drawn, the smallest part first."""
    said, found = wording.table("inspections.coverage_chart"), []
    for batch in year.rows("batches"):
        f = told(draft.site, prefix(year, batch))
        if f["coverage"].known:
            found.append((f["coverage"].value, batch, f))
    if not found:
        return  # nothing was drawn yet
    found.sort(key=lambda item: (item[0], item[1].text("batch")))
    names, marks = told_apart({batch.text("batch"): batch.text("title") for _, batch, _ in found}), []
    for _, batch, f in found:
        name = names[batch.text("batch")]
        marks += [mark(f["sampled_count"], name, "done", series=name), mark(f["frame_count"], name, "target", series=name)]
    _, first, f = found[0]
    plain, html = finding(draft, said["finding"], name=first.text("title"), share=f["coverage"])
    columns = (Column("name", (said["name"],)), *(Column(n, (said[n],), numeric=True) for n in ("frame", "sampled", "coverage", "money_coverage")))
    rows = tuple(
        Row((Text(batch.text("title")), f["frame_count"], f["sampled_count"], f["coverage"], f["money_coverage"]),
            href=draft.link(entity_path(year.year, "batches", batch)))
        for _, batch, f in found
    )  # fmt: skip
    chart = charts.Chart("coverage", "bullet", tuple(marks), plain, said["how"], unit=wording.say("units.items"))
    chart_block(draft, "coverage", chart, Grid("coverage", said["title"], columns, rows, kind="stack"), html)


def _list(draft: Draft, year: RegisterYear) -> Grid:
    said, facts = wording.table("inspections.list"), draft.site.facts
    columns = (Column("title", (said["title"],)), Column("inspector", (said["inspector"],)), Column("visited", (said["visited"],)),
               Column("sampled", (said["sampled"],), numeric=True), Column("bad", (said["bad"],), numeric=True))  # fmt: skip
    rows = tuple(
        Row((Text(row.text("title"), "", draft.link(entity_path(year.year, "batches", row))), Text(row.text("inspector")), day_cell(row, "visited"),
             *(facts[f"{prefix(year, row)}{name}-count"] for name in ("sampled", "bad"))))
        for row in year.rows("batches")
    )  # fmt: skip
    return Grid("batches-list", said["caption"], columns, rows, kind="stack")


def _batch(site: Site, year: RegisterYear, row: DataRow, number: int) -> Page:
    draft = Draft(site, entity_path(year.year, "batches", row), row.text("title"), template="entity",
                  section=SECTION_OF[REGISTER], code=code(REGISTER, year.year, str(number)), crumbs=crumbs(REGISTER, year.year))  # fmt: skip
    f = told(site, prefix(year, row))
    _figures(draft, f)
    grid = _frame(draft, year, row)
    draft.grid("frame", grid, component("ledger", grid=grids.view(grid)))
    random = draw.method(year, row) != draw.ALL
    if random and f["sampled_count"].known:
        draft.block("recipe", component("recipe", lines=wording.table("inspections")["recipe"]))
    results = draw.of_batch(year, "results", row)
    if results:
        grid = _results(draft, year, row, results)
        draft.grid("results", grid, component("ledger", grid=grids.view(grid)))
    place = wording.say("inspections.place", batch=row.text("batch"))
    used = {each.text("document") for table in year.tables for each in draw.of_batch(year, table, row)}
    return finish(
        draft, "inspections/batch.md.j2", comparisons=[c for c in site.checks(REGISTER, year.year) if c.place == place], year=year, used=used, row=row,
        about=(REGISTER, year.year, "batches", year.tables["batches"].key(row)), random=random, stratified=draw.method(year, row) == draw.STRATIFIED,
        own=f"{draft.page.path}frame.csv", table=path(REGISTER, year.year, "frame"), **f,
    )  # fmt: skip


def _frame(draft: Draft, year: RegisterYear, batch: DataRow) -> Grid:
    """The list with all that the draw is made from: the printed lines read nothing but this table's CSV."""
    said, facts, data = wording.table("inspections.frame_table"), draft.site.facts, year.tables["frame"]
    drawn = draw.sample(year, batch)
    chosen = {row.text("no") for row in drawn or ()}
    at = f"inspections/{year.year}/"
    strata = {row.text("stratum"): facts[f"{at}strata/{year.tables['strata'].key(row)}/sample"] for row in draw.of_batch(year, "strata", batch)}
    whole = facts[f"{at}batches/{year.tables['batches'].key(batch)}/sample"]
    columns = (Column("object", (said["object"],)), Column("no", (said["no"],)), Column("amount", (said["amount"],), numeric=True, scale="yuan"),
               Column("stratum", (said["stratum"],)), Column("size", (said["size"],), numeric=True), Column("seed", (said["seed"],)),
               Column("drawn", (said["drawn"],)))  # fmt: skip
    rows = []
    for row in draw.of_batch(year, "frame", batch):
        stratum = draw.stratum(year, batch, row)
        word = "" if drawn is None else said["yes"] if row.text("no") in chosen else said["no_luck"]
        rows.append(Row((Text(row.text("object"), "", links.of_cell(draft, data, row, "project")), Text(row.text("no"), "code"),
                         facts[f"{at}frame/{data.key(row)}/amount"], Text(stratum), strata.get(stratum, whole), Text(batch.text("seed"), "code"),
                         Text(word, "words"))))  # fmt: skip
    return Grid("frame", said["title"], columns, tuple(rows), unit=wording.say("cells.units.yuan"), kind="official")


def _results(draft: Draft, year: RegisterYear, batch: DataRow, results: list[DataRow]) -> Grid:
    said, data = wording.table("inspections.results_table"), year.tables["results"]
    names = {row.text("no"): row.text("object") for row in draw.of_batch(year, "frame", batch)}
    columns = tuple(Column(n, (said[n],)) for n in ("object", "matter", "verdict", "note", "finding"))
    rows = tuple(
        Row((Text(names.get(row.text("no"), row.text("no"))), Text(row.text("matter")), Text(row.text("verdict")), Text(row.text("note"), "quote"),
             Text(row.text("finding"), "code", links.of_cell(draft, data, row, "finding"))))
        for row in results
    )  # fmt: skip
    return Grid("results", said["title"], columns, rows, kind="stack")
