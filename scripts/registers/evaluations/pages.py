"""Pages of third-party evaluations: the years, each year's scores beside self-scores, and each evaluation."""

from scripts import charts, grids, wording
from scripts.facts import Fact, key_part
from scripts.grades import grade
from scripts.grids import Column, Grid, Row, Text
from scripts.inputs import RegisterYear
from scripts.pages import Draft, Page, Site
from scripts.pages.drawing import chart_block, finding, mark, told_apart
from scripts.pages.parts import figure_items, finish
from scripts.pages.render import component
from scripts.pages.table import SECTION_OF, code, crumbs, day_cell, path
from scripts.registers.evaluations.facts import scores
from scripts.tables import Row as DataRow

REGISTER = "evaluations"


def pages(site: Site) -> list[Page]:
    years = [year for year in site.inputs.of(REGISTER) if year.rows("evaluations")]
    made = [_index(site, years)]
    for year in years:
        made.append(_year(site, year, years))
        made += [_evaluation(site, year, row, number) for number, row in enumerate(year.rows("evaluations"), start=1)]
    return made


def entity_path(year: int, table: str, row: DataRow) -> str:
    """The page of a row, "" where it has none of its own."""
    return f"{REGISTER}/{year}/{key_part(row.text('no')).lower()}/" if table == "evaluations" else ""


def totals(site: Site, year: int) -> dict[str, Fact | None]:
    names = ("mean", "self-mean", "mean-gap", "evaluations-count", "projects-evaluated", "evaluated-share")
    return {name.replace("-", "_"): site.facts.get(f"evaluations/{year}/{name}") for name in names}


def _index(site: Site, years: list[RegisterYear]) -> Page:
    draft = Draft(site, "evaluations/", wording.say("evaluations.title"), template="register",
                  section=SECTION_OF[REGISTER], code=code(REGISTER), crumbs=[])  # fmt: skip
    return finish(draft, "evaluations/index.md.j2", items=[(year.year, totals(site, year.year)) for year in reversed(years)])


def _fact(site: Site, year: RegisterYear, row: DataRow, field: str, table: str = "evaluations") -> Fact:
    return site.facts[f"evaluations/{year.year}/{table}/{year.tables[table].key(row)}/{field}"]


def _year(site: Site, year: RegisterYear, years: list[RegisterYear]) -> Page:
    draft = Draft(site, f"evaluations/{year.year}/", wording.say("evaluations.year_title", year=year.year), template="year",
                  section=SECTION_OF[REGISTER], code=code(REGISTER, year.year), crumbs=crumbs(REGISTER))  # fmt: skip
    t, said = totals(site, year.year), wording.table("evaluations.figures")
    draft.block("figures", component("figures", items=figure_items(draft, [
        (said["mean"], t["mean"], said["self_mean"], t["self_mean"]),
        (said["count"], t["evaluations_count"], said["share"], t["evaluated_share"]),
    ])))  # fmt: skip
    rows = sorted(year.rows("evaluations"), key=lambda row: (row["total"] is None, row["total"] or 0))
    names = site.inputs.titles("projects", year.year, "projects")
    _scores_chart(draft, year, rows, names)
    grid = _list(draft, year, rows, names)
    draft.grid("evaluations-list", grid, component("ledger", grid=grids.view(grid)))
    checks = site.checks(REGISTER, year.year)
    return finish(
        draft, "evaluations/year.md.j2", comparisons=checks, counted=f"evaluations/{year.year}", year=year, number=year.year,
        worst=rows[0], worst_total=_fact(site, year, rows[0], "total"), worst_self=_fact(site, year, rows[0], "self_total"),
        worst_name=names.get(rows[0].text("project"), rows[0].text("project")),
        years=[(y.year, f"evaluations/{y.year}/") for y in years], **t,
    )  # fmt: skip


def _scores_chart(draft: Draft, year: RegisterYear, rows: list[DataRow], names: dict[str, str]) -> None:
    """Total beside self-score, a line for each evaluation, worst first."""
    said = wording.table("evaluations.scores_chart")
    marks, found = [], []
    shown = told_apart({row.text("no"): names.get(row.text("project"), row.text("project")) for row in rows})
    for row in rows:
        name = shown[row.text("no")]
        pair = [_fact(draft.site, year, row, field) for field in ("total", "self_total")]
        found.append(Row((Text(name), *pair), href=draft.link(f"evaluations/{year.year}/{key_part(row.text('no')).lower()}/")))
        marks += [mark(f, name, role, series=name) for f, role in zip(pair, ("third", "self"), strict=True) if f.known and pair[0].known]
    if not marks:
        return  # no total was published
    plain, html = finding(draft, said["finding"], name=names.get(rows[0].text("project"), ""), total=_fact(draft.site, year, rows[0], "total"))
    chart = charts.Chart("scores", "dots", tuple(marks), plain, said["how"], unit=wording.say("units.points"), whole=100)
    columns = (Column("name", (said["name"],)), Column("total", (said["third"],), numeric=True), Column("self", (said["self"],), numeric=True))
    grid = Grid("scores", said["title"], columns, tuple(found), unit=wording.say("units.points"), kind="stack")
    chart_block(draft, "scores", chart, grid, html)


def _list(draft: Draft, year: RegisterYear, rows: list[DataRow], names: dict[str, str]) -> Grid:
    said = wording.table("evaluations.list")
    columns = (
        Column("project", (said["project"],)), Column("evaluator", (said["evaluator"],)),
        Column("total", (said["total"],), numeric=True), Column("grade", (said["grade"],)),
        Column("reported", (said["reported"],)), Column("days", (said["days"],), numeric=True),
    )  # fmt: skip
    found = []
    for row in rows:
        no = key_part(row.text("no"))
        found.append(Row((
            Text(names.get(row.text("project"), row.text("project")), "", draft.link(f"evaluations/{year.year}/{no.lower()}/")),
            Text(row.text("evaluator")), _fact(draft.site, year, row, "total"), Text(row.text("grade")), day_cell(row, "reported_on"),
            draft.fact(f"evaluations/{year.year}/{no}/working-days"),
        )))  # fmt: skip
    return Grid("evaluations-list", said["title"], columns, tuple(found), kind="stack")


def _evaluation(site: Site, year: RegisterYear, row: DataRow, number: int) -> Page:
    no = key_part(row.text("no"))
    name = site.inputs.titles("projects", year.year, "projects").get(row.text("project"), row.text("project"))
    draft = Draft(site, f"evaluations/{year.year}/{no.lower()}/", wording.say("evaluations.page_title", name=name), template="entity",
                  section=SECTION_OF[REGISTER], code=code(REGISTER, year.year, str(number)), crumbs=crumbs(REGISTER, year.year))  # fmt: skip
    prefix = f"evaluations/{year.year}/{no}/"
    total, self_total = _fact(site, year, row, "total"), _fact(site, year, row, "self_total")
    fee = _fact(site, year, row, "fee")
    said = wording.table("evaluations.figures")
    gap = site.facts[f"{prefix}gap"]
    items = [(said["total"], total, "", None), (said["self_total"], self_total, said["gap_less" if (gap.value or 0) < 0 else "gap"], gap)]
    working = site.facts.get(f"{prefix}working-days")
    if working is not None:
        items.append((said["working_days"], working, said["days"], site.facts[f"{prefix}days"]))
    if fee.known:
        items.append((said["fee"], fee, "", None))
    draft.block("figures", component("figures", items=figure_items(draft, items)))
    if scores(year, row.text("no")):
        _dimensions(draft, year, row)
    problems = [r for r in year.rows("problems") if r.text("no") == row.text("no")]
    if problems:
        grid = _problems(draft, year, problems)
        draft.grid("problems", grid, component("ledger", grid=grids.view(grid)))
    place = wording.say("evaluations.place", no=row.text("no"))
    checks = [c for c in site.checks(REGISTER, year.year) if c.place == place]
    return finish(
        draft, "evaluations/evaluation.md.j2", comparisons=checks, year=year, used=_documents(year, row), row=row, total=total, self_total=self_total,
        about=(REGISTER, year.year, "evaluations", year.tables["evaluations"].key(row)), gap=gap, working=working, grade=wording.say(f"grades.{grade(row['total'])}") if total.known else "",
        project=draft.link(f"projects/{year.year}/{key_part(row.text('project')).lower()}/") if name != row.text("project") else "",
    )  # fmt: skip


def _documents(year: RegisterYear, row: DataRow) -> set[str]:
    """Keys of the documents that speak of one evaluation."""
    rows = [each for table in ("evaluations", "scores", "problems") for each in year.rows(table)]
    return {each.text("document") for each in rows if each.text("no") == row.text("no")}


def _dimensions(draft: Draft, year: RegisterYear, row: DataRow) -> None:
    """Scores by dimension: third party beside self, as shares of the full mark and as given."""
    said, site = wording.table("evaluations.dimensions"), draft.site
    prefix = f"evaluations/{year.year}/{key_part(row.text('no'))}/"
    marks, found, gaps = [], [], []
    for each in scores(year, row.text("no")):
        name = each.text("dimension")
        given, own, full = (_fact(site, year, each, field, "scores") for field in ("given", "self", "full"))
        shares = [site.facts[f"{prefix}{key_part(name)}/{field}-share"] for field in ("given", "self")]
        marks += [mark(s, name, role, series=name) for s, role in zip(shares, ("third", "self"), strict=True) if s.known and shares[0].known]
        found.append(Row((Text(name), full, given, own, *shares)))
        gaps += [(shares[0].value, name, shares[0])] if shares[0].known else []
    if not gaps:
        return  # no score was published
    least = min(gaps)
    plain, html = finding(draft, said["finding"], name=least[1], share=least[2])
    chart = charts.Chart("dimensions", "dots", tuple(marks), plain, said["how"], unit="%")
    columns = (Column("name", (said["name"],)), *(Column(n, (said[n],), numeric=True) for n in ("full", "given", "self", "given_share", "self_share")))
    chart_block(draft, "dimensions", chart, Grid("dimensions", said["title"], columns, tuple(found), kind="stack"), html)


def _problems(draft: Draft, year: RegisterYear, rows: list[DataRow]) -> Grid:
    said, data = wording.table("evaluations.problems"), year.tables["problems"]
    columns = (Column("problem", (said["problem"],)), Column("amount", (said["amount"],), numeric=True),
               Column("suggestion", (said["suggestion"],)), Column("response", (said["response"],)))  # fmt: skip
    found = tuple(
        Row((Text(r.text("problem"), "quote"), draft.site.facts[f"evaluations/{year.year}/problems/{data.key(r)}/amount"],
             Text(r.text("suggestion"), "quote"), Text(r.text("response"), "quote")),
            href=draft.link(f"{path(REGISTER, year.year, 'problems')}#L{r.line}"))
        for r in rows
    )  # fmt: skip
    return Grid("problems", said["title"], columns, found, unit=wording.say("cells.units.wan"), kind="stack")
