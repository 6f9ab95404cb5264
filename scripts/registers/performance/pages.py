"""Pages of self-evaluation: the years with self beside third party, and each project's form, given beside recomputed."""

from scripts import charts, grids, wording
from scripts.facts import Fact, key_part
from scripts.grades import GRADES, grade
from scripts.grids import Column, Grid, Row, Text
from scripts.inputs import RegisterYear
from scripts.pages import Draft, Page, Site, plain_register
from scripts.pages.drawing import chart_block, finding, mark, told_apart
from scripts.pages.parts import figure_items, finish
from scripts.pages.render import component
from scripts.pages.table import SECTION_OF, code, crumbs, path
from scripts.plain import leaf
from scripts.registers.performance import scoring
from scripts.registers.performance.facts import of, place, total_row
from scripts.tables import Row as DataRow

REGISTER = "performance"


def pages(site: Site) -> list[Page]:
    made = plain_register.pages(site, REGISTER, _draw)
    for year in site.inputs.of(REGISTER):
        made += [_form(site, year, row, number) for number, row in enumerate(year.rows("reviews"), start=1)]
    return made


def entity_path(year: int, table: str, row: DataRow) -> str:
    """The page of a row, "" where it has none of its own."""
    return f"{REGISTER}/{year}/{key_part(row.text('project')).lower()}/" if table == "reviews" else ""


# ---- a year


def _draw(draft: Draft, year: RegisterYear) -> dict:
    """The list of forms, and self beside third party; names for the sentences."""
    site, prefix = draft.site, f"{REGISTER}/{year.year}/"
    rows, names = year.rows("reviews"), draft.site.inputs.titles("projects", year.year, "projects")
    third = _third(site, year)
    gap = _against_third(draft, year, rows, names, third)
    if rows:
        grid = _list(draft, year, rows, names, third)
        draft.grid("forms", grid, component("ledger", grid=grids.view(grid)))
    grades = [(wording.say(f"grades.{name}"), site.facts[f"{prefix}grade/{name}"]) for _, name in GRADES] if rows else []
    return {
        "apart": tuple(year.tables), "grades": [(word, fact) for word, fact in grades if fact.known and fact.value],
        "judged": site.facts.get(f"{prefix}judged-count"), "mean_gap": site.facts.get(f"{prefix}mean-gap"), "widest": gap,
    }  # fmt: skip


def _third(site: Site, year: RegisterYear) -> dict[str, Fact]:
    """Project -> the third party's total in the same year."""
    others = site.inputs.get("evaluations", year.year)
    return {row.text("project"): leaf(others.tables["evaluations"], row, "total", site.facts) for row in (others.rows("evaluations") if others else ())}


def _fact(site: Site, year: RegisterYear, row: DataRow, name: str) -> Fact:
    return site.facts[f"{REGISTER}/{year.year}/{key_part(row.text('project'))}/{name}"]


def _against_third(draft: Draft, year: RegisterYear, rows, names: dict, third: dict[str, Fact]) -> tuple | None:
    """A row for each project that both score, the widest gap first; (name, self, third) of that one."""
    said, data = wording.table("performance.against"), year.tables.get("reviews")
    told = [(row, leaf(data, row, "total", draft.site.facts), third[row.text("project")]) for row in rows if row.text("project") in third]
    told = sorted(((row, own, other) for row, own, other in told if own.known and other.known), key=lambda each: (each[2].value - each[1].value, each[0].text("project")))
    if not told:
        return None
    shown = told_apart({row.text("project"): names.get(row.text("project"), row.text("project")) for row, _, _ in told})
    marks, found = [], []
    for row, own, other in told:
        name = shown[row.text("project")]
        marks += [mark(other, name, "third", series=name), mark(own, name, "self", series=name)]
        found.append(Row((Text(name), other, own), href=draft.link(entity_path(year.year, "reviews", row))))
    row, own, other = told[0]
    key = "finding_higher" if own.value > other.value else "finding_none"
    plain, html = finding(draft, said[key], name=shown[row.text("project")], own=own, other=other) if own.value > other.value else finding(draft, said[key])
    chart = charts.Chart("against", "dots", tuple(marks), plain, said["how"], unit=wording.say("units.points"), whole=100)
    columns = (Column("name", (said["name"],)), Column("third", (said["third"],), numeric=True), Column("self", (said["self"],), numeric=True))
    chart_block(draft, "against", chart, Grid("against", said["title"], columns, tuple(found), unit=wording.say("units.points"), kind="stack"), html)
    return shown[row.text("project")], own, other


def _list(draft: Draft, year: RegisterYear, rows, names: dict, third: dict[str, Fact]) -> Grid:
    said, data, facts = wording.table("performance.list"), year.tables["reviews"], draft.site.facts
    columns = (Column("project", (said["project"],)), *(Column(n, (said[n],), numeric=True) for n in ("total", "recomputed", "third")), Column("grade", (said["grade"],)))
    found = tuple(
        Row((Text(names.get(row.text("project"), row.text("project")), "", draft.link(entity_path(year.year, "reviews", row))),
             leaf(data, row, "total", facts), _fact(draft.site, year, row, "recomputed"),
             third.get(row.text("project")) or Text(said["no_third"], "words"), Text(row.text("grade"))))
        for row in rows
    )  # fmt: skip
    return Grid("forms", said["title"], columns, found, unit=wording.say("units.points"), kind="stack")


# ---- one project


def _form(site: Site, year: RegisterYear, row: DataRow, number: int) -> Page:
    project, data = row.text("project"), year.tables["reviews"]
    name = site.inputs.titles("projects", year.year, "projects").get(project, project)
    draft = Draft(site, entity_path(year.year, "reviews", row), wording.say("performance.page_title", name=name), template="entity",
                  section=SECTION_OF[REGISTER], code=code(REGISTER, year.year, str(number)), crumbs=crumbs(REGISTER, year.year))  # fmt: skip
    total, recomputed, gap = leaf(data, row, "total", site.facts), _fact(site, year, row, "recomputed"), _fact(site, year, row, "gap")
    said, rate = wording.table("performance.figures"), site.facts.get(f"{REGISTER}/{year.year}/{key_part(project)}/rate")
    items = [(said["total"], total, "", None), (said["recomputed"], recomputed, "", None)]
    draft.block("figures", component("figures", items=figure_items(draft, items + ([(said["rate"], rate, "", None)] if rate else []))))
    rows = of(year, "indicators", project)
    least = _reached(draft, year, rows) if rows else None
    if rows:
        grid = _indicators(draft, year, project, rows)
        draft.grid("indicators", grid, component("ledger", grid=grids.view(grid)))
    if total_row(year, project) if "funds" in year.tables else None:
        grid = _funds(draft, year, project)
        draft.grid("funds", grid, component("ledger", grid=grids.view(grid)))
    checks = [each for each in site.checks(REGISTER, year.year) if each.place.startswith(place(project))]
    unread = [each for each in rows if scoring.met(each) is None]
    return finish(
        draft, "performance/form.md.j2", comparisons=checks, year=year, used={each.text("document") for each in (row, *rows)}, row=row,
        about=(REGISTER, year.year, "reviews", data.key(row)), total=total, recomputed=recomputed, gap=gap, rate=rate, least=least,
        grade=wording.say(f"grades.{grade(total.value)}") if total.known else "", missed=[each for each in rows if scoring.met(each) is False],
        judged=len(rows) > len(unread), reached=lambda each: site.facts[f"{_at(year, project, each)}reached"],
        project=draft.link(f"projects/{year.year}/{key_part(project).lower()}/") if name != project else "",
    )  # fmt: skip


def _at(year: RegisterYear, project: str, row: DataRow) -> str:
    return f"{REGISTER}/{year.year}/{key_part(project)}/indicator/{key_part(row.text('no'))}/"


def _reached(draft: Draft, year: RegisterYear, rows: list[DataRow]) -> tuple | None:
    """Shares of the targets reached, the lowest first; (name, share) of that one. What is not measured in numbers has no bar."""
    said, facts, found = wording.table("performance.reached"), draft.site.facts, []
    names = told_apart({row.text("no"): row.text("name") for row in rows})
    for row in rows:
        fact = facts[f"{_at(year, row.text('project'), row)}reached"]
        if fact.known and fact.operation != "timely":
            found.append((fact.value, row.text("no"), names[row.text("no")], fact, scoring.met(row)))
    if not found:
        return None
    found.sort(key=lambda each: each[:2])
    marks = tuple(mark(fact, name, "missing" if met is False else "done") for _, _, name, fact, met in found)
    least = found[0]
    below = least[4] is False
    plain, html = finding(draft, said["finding" if below else "finding_all"], **({"name": least[2], "share": least[3]} if below else {}))
    chart = charts.Chart("reached", "bars", marks, plain, said["how"], unit="%")
    columns = (Column("name", (said["name"],)), Column("share", (said["share"],), numeric=True))
    grid = Grid("reached", said["title"], columns, tuple(Row((Text(name), fact)) for _, _, name, fact, _ in found), kind="stack")
    chart_block(draft, "reached", chart, grid, html)
    return (least[2], least[3]) if below else None


def _indicators(draft: Draft, year: RegisterYear, project: str, rows: list[DataRow]) -> Grid:
    """The official columns, with the score recomputed beside the one given."""
    data, facts, said = year.tables["indicators"], draft.site.facts, wording.table("performance.indicators")
    words = ("name", "target", "actual", "rule")
    columns = (*(Column(id_, (data.schema.field(id_).name,)) for id_ in words), *(Column(id_, (data.schema.field(id_).name,), numeric=True) for id_ in ("weight", "given")),
               Column("recomputed", (said["recomputed"],), numeric=True), Column("reason", (data.schema.field("reason").name,)))  # fmt: skip
    found = tuple(
        Row((*(Text(row.text(id_), "quote" if id_ in ("target", "actual") else "") for id_ in words),
             *(leaf(data, row, id_, facts) for id_ in ("weight", "given")), facts[f"{_at(year, project, row)}score"], Text(row.text("reason"), "quote")),
            href=draft.link(f"{path(REGISTER, year.year, 'indicators')}#L{row.line}"))
        for row in rows
    )  # fmt: skip
    return Grid("indicators", said["title"], columns, found, unit=wording.say("units.points"), kind="official")


def _funds(draft: Draft, year: RegisterYear, project: str) -> Grid:
    data, facts = year.tables["funds"], draft.site.facts
    ids = ("opening", "budget", "executed")
    columns = (Column("item", (data.schema.field("item").name,)), *(Column(id_, (data.schema.field(id_).title,), numeric=True) for id_ in ids))
    found = tuple(
        Row((Text(row.text("item")), *(leaf(data, row, id_, facts) for id_ in ids)), total=row is total_row(year, project),
            href=draft.link(f"{path(REGISTER, year.year, 'funds')}#L{row.line}"))
        for row in of(year, "funds", project)
    )  # fmt: skip
    return Grid("funds", data.schema.title, columns, found, unit=wording.say("cells.units.wan"), kind="stack")

