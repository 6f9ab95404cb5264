"""What the presidium said, asked and proposed, each with what became of it and the row it speaks of."""

from markupsafe import Markup

from scripts import grids, wording
from scripts.grids import Column, Grid, Row, Text
from scripts.inputs import RegisterYear
from scripts.pages import Draft, links
from scripts.pages.render import component, day
from scripts.pages.render import year as year_html
from scripts.pages.table import day_cell, path
from scripts.tables import Data
from scripts.tables import Row as DataRow

PEOPLE = ("invited", "present", "in_favour", "against", "abstained")


def anchor(row: DataRow) -> str:
    """A question's id on its page: "tw-2025-01"."""
    return row.text("no").lower()


def blocks(draft: Draft, year: RegisterYear) -> None:
    """The meetings, the opinions of the year before and of this one, questions, motions; what nobody raised has no block."""
    if year.rows("reports"):
        grid = _reports(draft, year)
        draft.grid("reports", grid, component("ledger", grid=grids.view(grid)))
    before = draft.site.inputs.get(year.register, year.year - 1)
    for name, of in (("opinions-before", before), ("opinions", year)):
        if of is not None and of.rows("opinions"):
            draft.block(name, component("timeline", items=[_opinion(draft, of, row, name == "opinions") for row in of.rows("opinions")]))
    for name, block in (("questions", "asked"), ("motions", "motions")):  # "questions" is whom to ask about the page
        if year.rows(name):
            draft.block(block, component("timeline", items=[_asked(draft, year.tables[name], row) for row in _open_first(year, name)]))


def _reports(draft: Draft, year: RegisterYear) -> Grid:
    said, facts, data = wording.table("presidium.reports"), draft.site.facts, year.tables["reports"]
    columns = (Column("kind", (said["kind"],)), Column("met_on", (said["met_on"],)), *(Column(n, (said[n],), numeric=True) for n in PEOPLE), Column("vote", (said["vote"],)))
    rows = tuple(
        Row((Text(row.text("kind")), day_cell(row, "met_on"), *(facts[f"presidium/{year.year}/reports/{data.key(row)}/{n}"] for n in PEOPLE), Text(row.text("vote"))),
            href=draft.link(f"{path('presidium', year.year, 'reports')}#L{row.line}"))
        for row in data.rows
    )  # fmt: skip
    return Grid("reports", said["title"], columns, rows, unit=wording.say("units.persons"), kind="stack")


def _open_first(year: RegisterYear, table: str) -> list[DataRow]:
    return sorted(year.rows(table), key=lambda row: row["replied_on"] is not None)


def _opinion(draft: Draft, year: RegisterYear, row: DataRow, own: bool) -> dict:
    """An opinion and what was done; only on the page of its own year does it bear its anchor."""
    states = wording.table("presidium.work")
    dates = [_code(row), _named(row.text("unit"))] + ([day(row["done_on"])] if row["done_on"] else [])
    return {
        "id": anchor(row) if own else "", "work": states.get(row.text("status"), "open"), "word": row.text("status"), "title": _named(row.text("opinion")),
        "dates": _joined([*dates, *_leads(draft, year.tables["opinions"], row)]),
        "text": _told(row, "done", "presidium.nothing_done"),
    }  # fmt: skip


def _asked(draft: Draft, data: Data, row: DataRow) -> dict:
    """A question or a motion, when it was raised and answered, the row it speaks of, the reply."""
    question = data.schema.name == "questions"
    late = row["replied_on"] is None and draft.site.day is not None and row["due"] is not None and row["due"] < draft.site.day
    said = wording.table("presidium.asked")
    parts = [_code(row), Markup(said["asked"]).format(day(row["asked_on" if question else "proposed_on"]))]
    parts.append(Markup(said["replied"]).format(day(row["replied_on"])) if row["replied_on"] else Markup(said["due"]).format(day(row["due"])))
    if not question:
        parts.append(_named(row.text("unit")))
    if not question and row.text("satisfied"):
        parts.append(Markup(said["satisfied"]).format(_named(row.text("satisfied"))))
    text = _told(row, "reply", "presidium.no_reply")
    if question and row.text("after"):
        text = Markup("{}<br>{}").format(text, Markup(said["after"]).format(_quoted(row.text("after"))))
    work = "overdue" if late else wording.table("presidium.work").get(row.text("status"), "open")
    return {
        "id": anchor(row), "work": work, "word": said["overdue"] if late else row.text("status"),
        "title": _named(row.text("question" if question else "matter")), "dates": _joined([*parts, *_leads(draft, data, row)]), "text": text,
    }  # fmt: skip


def _leads(draft: Draft, data: Data, row: DataRow) -> list[Markup]:
    """Links to the rows that it names, by what they are called, and to those that name it."""
    own = (data.register, data.year, data.schema.name, data.key(row))
    found = []
    for foreign in data.schema.foreign_keys:
        meant = draft.site.mentions.to.get((own, foreign.fields[0]))
        if meant is not None and meant.year.register != data.register:
            found.append(Markup(wording.say("presidium.about")).format(
                title=meant.data.schema.title, link=Markup('<a href="{}">{}</a>').format(links.href(draft, meant), _named(meant.name))))  # fmt: skip
    for back in draft.site.mentions.back.get(own, ()):
        found.append(Markup('<a href="{}">{}{} {}</a>').format(links.href(draft, back), year_html(back.year.year), back.data.schema.title, _named(back.name)))
    return found


def _told(row: DataRow, column: str, otherwise: str) -> Markup:
    return _quoted(row.text(column)) if row.text(column) else Markup(wording.say(otherwise))


def _joined(parts: list[Markup]) -> Markup:
    return Markup(wording.say("lists.comma")).join(parts)


def _code(row: DataRow) -> Markup:
    return Markup("<span data-code>{}</span>").format(row.text("no"))


def _named(text: str) -> Markup:
    return Markup("<span data-text>{}</span>").format(text)


def _quoted(text: str) -> Markup:
    return Markup("<q data-text>{}</q>").format(text)
