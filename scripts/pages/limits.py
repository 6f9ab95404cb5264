"""What had to be published and when: the board of all registers, and the duties of one year."""

from markupsafe import Markup

from scripts import duties, grids, registers, schema, wording
from scripts.addresses import address
from scripts.duties import WORST, Duty, Standing
from scripts.facts import Fact
from scripts.grids import Column, Grid, Row, Text
from scripts.inputs import RegisterYear
from scripts.pages import Draft, Page, Site
from scripts.pages.parts import figure_items, finish, linked
from scripts.pages.render import component, component_macro
from scripts.pages.render import year as year_html

FOUND = (Standing.OVERDUE, Standing.LATE)
PATH = "obligations/"


def of_year(site: Site, year: RegisterYear) -> list[Duty]:
    """The duties of one register's year, in the order of its rows."""
    return list(duties.of_year(site.inputs, year, site.day))


def late(site: Site) -> list[Duty]:
    """Overdue and late ones, the worst first."""
    return [duty for duty in site.duties if duty.standing in FOUND]


def days(site: Site, duty: Duty) -> Fact | None:
    """The days a duty is late or overdue by, as a fact."""
    return site.facts.get(f"{duty.key}/{duty.standing}")


def standing(draft: Draft, duty: Duty, figure: bool = True) -> Markup:
    """The mark and the word: on time, late by so many days, overdue, not due yet, or what is lacking to tell."""
    found, deed = days(draft.site, duty), duties.rules()[duty.rule]["deed"]
    if duty.judged.lacks:
        text = Markup(wording.say(f"duties.lacks_{duty.judged.lacks}"))
    elif duty.standing in FOUND:
        figure_html = linked(draft, found) if figure else ""
        text = Markup(wording.say(f"duties.{duty.standing}").replace("{deed}", deed)).format(figure_html)
    else:
        text = Markup(wording.say(f"duties.standings.{duty.standing}"))
    return component_macro("marks", "timing", id=str(duty.standing), word=text)


def item(draft: Draft, duty: Duty) -> dict:
    """One line of a roll: how it stands, then what it is, leading to its register's year."""
    return {"html": Markup("{} {}").format(standing(draft, duty), _name(draft, duty))}


def _name(draft: Draft, duty: Duty) -> Markup:
    href = draft.link(f"{address(duty.register)}/{duty.year}/")
    return Markup('<a href="{}">{}<span data-text>{}</span></a>').format(href, year_html(duty.year), duty.title)


def counts(site: Site, register: str = "") -> list[tuple[Standing, Fact | None]]:
    """How many duties stand how, of all registers or of one."""
    scope = f"{register}/" if register else ""
    return [(each, site.facts.get(f"obligations/{scope}{each}")) for each in WORST]


def page(site: Site) -> Page | None:
    """The board, overdue first; none where nothing has a limit."""
    if not site.duties:
        return None
    draft = Draft(site, PATH, wording.say("duties.page_title"), template="register", section="data",
                  code=wording.say("page_codes.obligations"), crumbs=[])  # fmt: skip
    told = [(wording.say(f"duties.standings.{each}"), fact, "", None) for each, fact in counts(site) if fact is not None]
    draft.block("figures", component("figures", items=figure_items(draft, told)))
    for grid in (_board(draft), _by_register(draft)):
        draft.grid(grid.id, grid, component("ledger", grid=grids.view(grid)))
    worst = late(site)
    return finish(draft, "obligations.md.j2", worst=worst[0] if worst else None, worst_days=days(site, worst[0]) if worst else None,
                  count={str(each).replace("-", "_"): fact for each, fact in counts(site)}, rules=_rules(site))  # fmt: skip


def _rules(site: Site) -> list[tuple[str, str]]:
    """Title and source of each rule that something stands under."""
    used = {duty.rule for duty in site.duties}
    return [(told["title"], told["source"]) for name, told in duties.rules().items() if name in used]


def _board(draft: Draft) -> Grid:
    said = wording.table("duties.columns")
    columns = tuple(Column(name, (said[name],), numeric=name == "days", unit=name == "days") for name in said)
    return Grid("board", wording.say("duties.caption"), columns, tuple(_line(draft, duty) for duty in draft.site.duties), kind="stack")


def _line(draft: Draft, duty: Duty) -> Row:
    """What and by which rule, from which day it runs; then the limit, the deed, and how it stands."""
    word = wording.say(f"duties.lacks_{duty.judged.lacks}") if duty.judged.lacks else wording.say(f"duties.standings.{duty.standing}")
    mark = component_macro("marks", "timing", id=str(duty.standing), word=word)
    return Row((_what(draft, duty), duty.judged.due, duty.published, Text(word, "ready", html=mark), days(draft.site, duty)))


def _what(draft: Draft, duty: Duty) -> Text:
    rule, name = duties.rules()[duty.rule]["title"], wording.say("duties.title", year=duty.year, matter=duty.title)
    form = "duties.ruled_from" if duty.base and duty.base != duty.judged.due else "duties.ruled"
    text = wording.say(form, name=name, rule=rule, base=duty.base)
    html = Markup(wording.say(form)).format(name=_name(draft, duty), rule=Markup("<br>{}").format(rule), base=grids.time_html(duty.base) if duty.base else "")
    return Text(text, "ready", html=html)


def _by_register(draft: Draft) -> Grid:
    said, site = wording.table("duties.standings"), draft.site
    columns = (Column("register", (wording.say("duties.register"),)),
               *(Column(str(each), (said[each],), numeric=True) for each in WORST))  # fmt: skip
    there = {duty.register for duty in site.duties}
    rows = tuple(
        Row((Text(schema.load(name).title, "words", draft.link(f"{address(name)}/")), *(fact for _, fact in counts(site, name))))
        for name in registers.ORDER if name in there
    )  # fmt: skip
    return Grid("by-register", wording.say("duties.by_register"), columns, rows, kind="stack")
