"""The catalogue: what is published, which post answers for it, how often it changes, when it last did and when it is due again."""

import datetime
from calendar import monthrange
from dataclasses import dataclass

from scripts import grids, registers, schema, wording
from scripts.addresses import address
from scripts.duties import Standing
from scripts.facts import Fact, Unit
from scripts.grids import Column, Grid, Row, Text
from scripts.pages import Draft, Page, Site
from scripts.pages.parts import finish
from scripts.pages.render import component, component_macro

PATH = "catalogue/"
MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}  # of every frequency that has a day
DATED = ("published", "until")  # columns that say how far a register reaches
OPEN = (Standing.OVERDUE, Standing.PENDING)


@dataclass(frozen=True, slots=True)
class Entry:
    """One register. `frequency`: a key of [catalogue.frequencies], "" where none is told. `due`: None where nothing tells it."""

    register: str
    owner: str
    frequency: str
    last: datetime.date | None
    due: datetime.date | None
    overdue: bool


def page(site: Site) -> Page:
    draft = Draft(site, PATH, wording.say("catalogue.page_title"), template="register", section="data",
                  code=wording.say("page_codes.catalogue"), crumbs=[])  # fmt: skip
    found = entries(site)
    grid = _grid(draft, found)
    if found:
        draft.grid(grid.id, grid, component("ledger", grid=grids.view(grid)))
    chosen = {"all": found, "owned": [e for e in found if e.owner], "overdue": [e for e in found if e.overdue]}
    counts = {name: _count(site, name, len(some)) for name, some in chosen.items()}
    absent = [schema.load(name).title for name in registers.ORDER if name not in {e.register for e in found}]
    return finish(draft, "catalogue.md.j2", counts=counts, absent=absent)


def entries(site: Site) -> list[Entry]:
    """What there are data of, and what somebody is named for although there are none, in the order of the registers."""
    told = site.inputs.publisher.catalogue
    return [_entry(site, name, told.get(name, {})) for name in registers.ORDER if site.inputs.of(name) or name in told]


def _entry(site: Site, register: str, told: dict[str, str]) -> Entry:
    words = {word: key for key, word in wording.table("catalogue.frequencies").items()}
    frequency, last = words.get(told.get("frequency", ""), ""), updated(site, register)
    due = next_due(site, register, frequency, last)
    return Entry(register, told.get("owner", "").strip(), frequency, last, due, bool(due and site.day and due < site.day))


def updated(site: Site, register: str) -> datetime.date | None:
    """The latest day of publication, day that a table reaches to or day of a document; what comes after the day of the data was refused."""
    found = [each.date for year in site.inputs.of(register) for each in year.documents.values() if each.date]
    for year in site.inputs.of(register):
        for data in year.tables.values():
            ids = [f.id for f in data.schema.fields if f.id in DATED and f.type == "date" and f.publish]
            found += [row[id_] for row in data.rows for id_ in ids if row[id_]]
    return max(found, default=None)


def next_due(site: Site, register: str, frequency: str, last: datetime.date | None) -> datetime.date | None:
    """The first limit of what is not out yet, or as many months after the last update as lie between two: the earlier of them."""
    found = [duty.judged.due for duty in site.duties if duty.register == register and duty.standing in OPEN and duty.judged.due]
    found += [later(last, MONTHS[frequency])] if last and frequency in MONTHS else []
    return min(found, default=None)


def later(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months on, the last of the month where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _count(site: Site, name: str, number: int) -> Fact:
    return site.facts.get(f"catalogue/{name}") or site.facts.add(
        Fact(f"catalogue/{name}", wording.say(f"catalogue.counts.{name}"), number, Unit.ITEMS, operation="count")
    )


def _grid(draft: Draft, found: list[Entry]) -> Grid:
    said = wording.table("catalogue.columns")
    columns = tuple(Column(name, (said[name],)) for name in said)
    return Grid("catalogue", wording.say("catalogue.caption"), columns, tuple(_row(draft, each) for each in found), kind="stack")


def _row(draft: Draft, each: Entry) -> Row:
    """Name, post, frequency, last day, next day, and whether that day has passed."""
    there, words = bool(draft.site.inputs.of(each.register)), wording.table("catalogue.frequencies")
    missing = Text(wording.say("catalogue.missing"), "words")
    name = Text(schema.load(each.register).title, "words", draft.link(f"{address(each.register)}/") if there else "")
    last = each.last or Text(wording.say("catalogue.no_date" if there else "catalogue.no_data"), "words")
    free = Text(wording.say("catalogue.on_change" if each.frequency == "change" else "catalogue.no_date"), "words")
    owner = Text(each.owner) if each.owner else missing
    return Row((name, owner, Text(words[each.frequency], "words") if each.frequency else missing, last, each.due or free, _standing(draft, each)))


def _standing(draft: Draft, each: Entry) -> Text | None:
    if each.due is None or draft.site.day is None:
        return None
    standing = Standing.OVERDUE if each.overdue else Standing.PENDING
    word = wording.say(f"catalogue.standings.{standing}")
    return Text(word, "ready", html=component_macro("marks", "timing", id=str(standing), word=word))
