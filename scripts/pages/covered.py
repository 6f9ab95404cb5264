"""The page that says of every system of the reform plans where it is disclosed, what is measured of it, and what is missing."""

from markupsafe import Markup

from scripts import commitments, coverage, grids, registers, schema, wording
from scripts.addresses import address
from scripts.coverage import System
from scripts.facts import Fact, Unit
from scripts.grids import Column, Grid, Row, Text
from scripts.pages import Draft, Page, Site
from scripts.pages.parts import finish
from scripts.pages.render import component
from scripts.pages.render import year as year_html

PATH = "about/coverage/"
PARTS = ("Y", "E", "G", "M", "B", "T")


def page(site: Site) -> Page:
    """A table for each part of the plans; what the publisher has no data of is said to be missing."""
    draft = Draft(site, PATH, wording.say("covered.title"), template="register", section="data",
                  code=wording.say("page_codes.coverage"), crumbs=[])  # fmt: skip
    for part in PARTS:
        grid = _grid(draft, part, [each for each in coverage.load() if each.id.startswith(part)])
        draft.grid(grid.id, grid, component("ledger", grid=grids.view(grid)))
    there = [each for each in coverage.load() if _places(site, each)]
    whole = [each for each in there if len(_places(site, each)) == len(each.places)]
    return finish(draft, "coverage.md.j2", parts=[(part, wording.say(f"covered.parts.{part}")) for part in PARTS],
                  systems=_count(site, "systems", len(coverage.load())), covered=_count(site, "covered", len(whole)),
                  partly=_count(site, "partly", len(there) - len(whole)), lacking=_count(site, "lacking", len(coverage.load()) - len(there)),
                  promises=bool(commitments.load(site.inputs.publisher.plan)))  # fmt: skip


def _count(site: Site, name: str, number: int) -> Fact:
    key = f"coverage/{name}"
    return site.facts.get(key) or site.facts.add(Fact(key, wording.say(f"covered.{name}"), number, Unit.ITEMS, operation="count"))


def _places(site: Site, system: System) -> list:
    """(register, table, year) of the places where the publisher has rows."""
    found = [(register, table, coverage.disclosed(site.inputs, register, table)) for register, table in system.places]
    return [each for each in found if each[2] is not None]


def _grid(draft: Draft, part: str, systems: list[System]) -> Grid:
    said = wording.table("covered.columns")
    columns = tuple(Column(name, (said[name],)) for name in ("system", "quote", "place", "measured"))
    return Grid(f"part-{part.lower()}", wording.say(f"covered.parts.{part}"), columns, tuple(_row(draft, each) for each in systems), kind="stack")


def _row(draft: Draft, system: System) -> Row:
    head = Markup('<span data-code class="code">{}</span> {}').format(system.id, Markup("<span data-text>{}</span>").format(system.title))
    return Row((Text(f"{system.id} {system.title}", "ready", html=head), Text(system.quote, "quote"), _place(draft, system), _measured(draft, system)))


def _place(draft: Draft, system: System) -> Text:
    """Each table that discloses the system, with its latest year; what is missing is said so."""
    texts, parts = [], []
    for register, table in system.places:
        year = coverage.disclosed(draft.site.inputs, register, table)
        title = _title(register, table)
        if year is None:
            lacking = wording.say("covered.missing")
            texts.append(f"{lacking} {title}".strip())
            parts.append(Markup("<strong>{}</strong> {}").format(lacking, title))
        else:
            href = draft.link(f"{address(register)}/{year.year}/{address(table)}/")
            texts.append(wording.say("tables.page_title", year=year.year, title=title))
            parts.append(Markup('<a href="{}">{}{}</a>').format(href, year_html(year.year), title))
    return Text(wording.say("lists.join").join(dict.fromkeys(texts)), "ready", html=Markup("<br>").join(dict.fromkeys(parts)))


def _title(register: str, table: str) -> str:
    """A table by its name, after its register's where the two differ; "" for a register that there is not."""
    if register not in registers.ORDER:
        return ""
    told = schema.load(register)
    name = next((each.title for each in told.tables if each.name == table), table)
    return name if name == told.title else wording.say("covered.place", register=told.title, table=name)


def _measured(draft: Draft, system: System) -> Text | None:
    """What is measured, by clause, leading to the promises where the publisher's plan has the clause."""
    plan, texts, parts = commitments.load(draft.site.inputs.publisher.plan), [], []
    for clause, register, measure in coverage.measures(system):
        title = measure.title or _clause_title(clause)
        text = Markup('<span data-code class="code">{}</span> <span data-text>{}</span>').format(clause, title)
        href = draft.link(f"commitments/#t-{plan[clause].scope}") if clause in plan else ""
        parts.append(Markup('<a href="{}">{}</a>').format(href, text) if href else text)
        texts.append(f"{clause} {title}")
    return Text(wording.say("lists.join").join(texts), "ready", html=Markup("<br>").join(parts)) if parts else None


def _clause_title(clause: str) -> str:
    return next(plan[clause].title for name in commitments.plans() if clause in (plan := commitments.load(name)))
