"""Pages of rectifications: the years, and each finding from the day it was raised to the proof that it is mended."""

from markupsafe import Markup

from scripts import charts, grids, wording
from scripts.facts import Fact, key_part
from scripts.grids import Column, Grid, Row, Text, time_html
from scripts.inputs import RegisterYear
from scripts.pages import Draft, Page, Site, links
from scripts.pages.drawing import chart_block, finding, mark
from scripts.pages.parts import figure_items, finish, linked
from scripts.pages.render import component, component_macro
from scripts.pages.table import SECTION_OF, code, crumbs, day_cell, path
from scripts.registers.rectifications.facts import prefix, sources
from scripts.registers.rectifications.states import OPEN, RECTIFIED, actions, ever_reopened, state, state_of, words
from scripts.tables import Row as DataRow

REGISTER = "rectifications"
NAMES = ("findings-count", "rectified-count", "open-count", "untouched-count", "in-progress-count", "reopened-count", "ever-reopened-count",
         "overdue-count", "rectified-share", "amount", "done", "left", "done-share", "more")  # fmt: skip
WORKS = {"open": "open", "in-progress": "rectifying", "rectified": "rectified", "reopened": "open"}


def pages(site: Site) -> list[Page]:
    years = [year for year in site.inputs.of(REGISTER) if "findings" in year.tables]
    made = [_index(site, years)]
    for year in years:
        made.append(_year(site, year, years))
        made += [_finding(site, year, row, number) for number, row in enumerate(year.rows("findings"), start=1)]
    return made


def entity_path(year: int, table: str, row: DataRow) -> str:
    """Every row of the register is of a finding, and is told of on its page."""
    return f"{REGISTER}/{year}/{key_part(row.text('no' if table == 'findings' else 'finding')).lower()}/"


def told(site: Site, year: RegisterYear) -> dict[str, Fact | None]:
    return {name.replace("-", "_"): site.facts.get(f"{prefix(year)}{name}") for name in NAMES}


def _index(site: Site, years: list[RegisterYear]) -> Page:
    draft = Draft(site, "rectifications/", wording.say("rectifications.title"), template="register",
                  section=SECTION_OF[REGISTER], code=code(REGISTER), crumbs=[])  # fmt: skip
    return finish(draft, "rectifications/index.md.j2", items=[(year.year, told(site, year)) for year in reversed(years)])


def status(site: Site, year: RegisterYear, row: DataRow) -> tuple[str, str]:
    """Mark and word of a finding: past its limit is worse than any state."""
    found = state(year, row)
    if f"{prefix(year, row)}overdue" in site.facts:
        return "overdue", wording.say("rectifications.overdue_word")
    return WORKS[found], words(year).get(found) or wording.say("rectifications.untouched_word")


def _year(site: Site, year: RegisterYear, years: list[RegisterYear]) -> Page:
    draft = Draft(site, f"rectifications/{year.year}/", wording.say("rectifications.year_title", year=year.year), template="year",
                  section=SECTION_OF[REGISTER], code=code(REGISTER, year.year), crumbs=crumbs(REGISTER))  # fmt: skip
    f, said = told(site, year), wording.table("rectifications.figures")
    items = [(said["findings"], f["findings_count"], said["rectified"], f["rectified_count"]),
             (said["open"], f["open_count"], said["overdue"], f["overdue_count"])]  # fmt: skip
    if f["amount"].known:
        items += [(said["amount"], f["amount"], said["done"], f["done"]), (said["left"], f["left"], "", None)]
    draft.block("figures", component("figures", items=figure_items(draft, items)))
    _sources(draft, year)
    if year.rows("findings"):
        unresolved = [row for row in year.rows("findings") if state(year, row) != RECTIFIED]
        if unresolved:
            draft.block("unresolved", component("timeline", items=[_open_item(draft, year, row) for row in _worst_first(site, year, unresolved)]))
        grid = _list(draft, year)
        draft.grid("findings-list", grid, component("ledger", grid=grids.view(grid)))
    return finish(
        draft, "rectifications/year.md.j2", comparisons=site.checks(REGISTER, year.year), counted=f"rectifications/{year.year}", year=year, number=year.year,
        tables=list(year.tables.values()), years=[(y.year, f"rectifications/{y.year}/") for y in years], **f,
    )  # fmt: skip


def _worst_first(site: Site, year: RegisterYear, rows: list[DataRow]) -> list[DataRow]:
    """The longest overdue first, then by the day they are due."""

    def order(row: DataRow) -> tuple:
        days = site.facts.get(f"{prefix(year, row)}overdue")
        return -(days.value if days else 0), row.text("due"), row.text("no")

    return sorted(rows, key=order)


def _open_item(draft: Draft, year: RegisterYear, row: DataRow) -> dict:
    work, word = status(draft.site, year, row)
    title = Markup('<a href="{}"><span data-text>{}</span></a>').format(draft.link(entity_path(year.year, "findings", row)), row.text("title"))
    return {"work": work, "word": word, "title": title, "dates": _limit(draft, year, row)}


def _limit(draft: Draft, year: RegisterYear, row: DataRow) -> Markup:
    """The limit, and by how many days it is passed."""
    said, days = wording.table("rectifications.limits"), draft.fact(f"{prefix(year, row)}overdue")
    late = draft.fact(f"{prefix(year, row)}late")
    text = Markup(said["due"]).format(time_html(row["due"]) if row["due"] else wording.say("states.unpublished"))
    if days is not None:
        return text + Markup(said["overdue"]).format(linked(draft, days))
    return text + Markup(said["late"]).format(linked(draft, late)) if late is not None else text


def _sources(draft: Draft, year: RegisterYear) -> None:
    """How many of each source's findings are mended, the least share first."""
    said, facts, found = wording.table("rectifications.sources_chart"), draft.site.facts, []
    for source in sources(year):
        at = f"{prefix(year)}source/{key_part(source)}/"
        found.append((source, *(facts[f"{at}{name}-count"] for name in ("findings", "rectified", "open"))))
    if not found:
        return
    found.sort(key=lambda item: item[2].value / item[1].value)
    marks = []
    for source, whole, closed, rest in found:
        marks += [mark(closed, source, "missing" if rest.value else "done", series=source), mark(whole, source, "target", series=source)]
    source, whole, _, rest = found[0]
    plain, html = finding(draft, said["finding" if rest.value else "finding_all"], name=source, rest=rest)
    chart = charts.Chart("sources", "bullet", tuple(marks), plain, said["how"], unit=wording.say("units.items"))
    columns = (Column("name", (said["name"],)), *(Column(n, (said[n],), numeric=True) for n in ("findings", "rectified", "open")))
    rows = tuple(Row((Text(each[0]), *each[1:])) for each in found)
    chart_block(draft, "sources-chart", chart, Grid("by-source", said["title"], columns, rows, kind="stack"), html)


def _list(draft: Draft, year: RegisterYear) -> Grid:
    said, data = wording.table("rectifications.list"), year.tables["findings"]
    columns = (Column("title", (said["title"],)), Column("source", (said["source"],)), Column("amount", (said["amount"],), numeric=True),
               Column("left", (said["left"],), numeric=True), Column("due", (said["due"],)), Column("state", (said["state"],)))  # fmt: skip
    rows = []
    for row in year.rows("findings"):
        work, word = status(draft.site, year, row)
        ready = Text(word, "ready", html=component_macro("marks", "work", id=work, word=word))
        rows.append(Row((Text(row.text("title"), "", draft.link(entity_path(year.year, "findings", row))), Text(row.text("source")),
                         draft.fact(f"{prefix(year)}findings/{data.key(row)}/amount"), draft.fact(f"{prefix(year, row)}left"), day_cell(row, "due"), ready)))  # fmt: skip
    return Grid("findings-list", said["caption"], columns, tuple(rows), unit=wording.say("cells.units.wan"), kind="stack")


def _finding(site: Site, year: RegisterYear, row: DataRow, number: int) -> Page:
    draft = Draft(site, entity_path(year.year, "findings", row), row.text("title"), template="entity",
                  section=SECTION_OF[REGISTER], code=code(REGISTER, year.year, str(number)), crumbs=crumbs(REGISTER, year.year))  # fmt: skip
    data, steps = year.tables["findings"], actions(year, row)
    money = {name: site.facts.get(f"{prefix(year, row)}{name}") for name in ("done", "left", "overdue", "late")}
    amount = site.facts[f"{prefix(year)}findings/{data.key(row)}/amount"]
    if amount.known:
        said = wording.table("rectifications.figures")
        draft.block("figures", component("figures", items=figure_items(draft, [
            (said["amount"], amount, "", None), (said["done_one"], money["done"], "", None), (said["left"], money["left"], "", None),
        ])))  # fmt: skip
    raised = {"work": "open", "word": wording.say("rectifications.raised"), "title": "", "dates": time_html(row["raised_on"]) if row["raised_on"] else ""}
    draft.block("timeline", component("timeline", items=[raised, *(_step(draft, year, each) for each in steps)]))
    work, word = status(site, year, row)
    used = {row.text("document"), *(each.text("document") for each in steps)}
    places = {wording.say("rectifications.place", no=row.text("no"), step=each.text("no")) for each in steps}
    return finish(
        draft, "rectifications/finding.md.j2", comparisons=[c for c in site.checks(REGISTER, year.year) if c.place in places], year=year, used=used, row=row, about=(REGISTER, year.year, "findings", data.key(row)),
        state=state(year, row), word=component_macro("marks", "work", id=work, word=word), amount=amount, closed=steps[-1] if steps else None,
        reopened=ever_reopened(year, row), source=links.of_cell(draft, data, row, "source_no"), project=links.of_cell(draft, data, row, "project"),
        actions_page=path(REGISTER, year.year, "actions") if steps else "", nothing=not steps or state(year, row) == OPEN, **money,
    )  # fmt: skip


def _step(draft: Draft, year: RegisterYear, action: DataRow) -> dict:
    """One step: the state it led to, what was done, the money, and the proof by name, day and digest."""
    said, data = wording.table("rectifications.steps"), year.tables["actions"]
    found = state_of(year, action)
    amounts = [draft.fact(f"{prefix(year)}actions/{data.key(action)}/{name}") for name in ("done", "left")]
    text = Markup("<q data-text>{}</q>").format(action.text("measure"))
    if all(each.known for each in amounts):
        text += Markup(said["money"]).format(*(linked(draft, each) for each in amounts))
    if action.text("evidence"):
        day = time_html(action["evidence_date"]) if action["evidence_date"] else wording.say("states.unpublished")
        text += Markup("<br>") + Markup(said["proof"]).format(
            name=Markup("<span data-text>{}</span>").format(action.text("evidence")), day=day,
            digest=Markup('<span data-code>{}</span>').format(action.text("evidence_sha256")),
        )  # fmt: skip
    return {"work": WORKS[found], "word": action.text("state"), "title": "", "dates": time_html(action["date"]) if action["date"] else "", "text": text}
