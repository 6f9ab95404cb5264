"""What had to be published and when: the documents of budgets and final accounts with their standing."""

import datetime

from markupsafe import Markup

from scripts import duties, schema, wording
from scripts.duties import Duty, Standing
from scripts.facts import Fact, Unit, key_part
from scripts.inputs import RegisterYear
from scripts.pages import Draft, Site
from scripts.pages.parts import linked
from scripts.pages.render import component_macro
from scripts.pages.render import year as year_html

WORST = [Standing.OVERDUE, Standing.LATE, Standing.PENDING, Standing.ON_TIME]


def of_year(site: Site, year: RegisterYear) -> list[Duty]:
    """The duties of one register's year, none where no approval date was published."""
    if not schema.load(year.register).obligation or not site.as_of:
        return []
    as_of = datetime.date.fromisoformat(site.as_of)
    return [
        duties.judge("approval", row.text("matter"), row["approved_on"], row["published"], as_of)
        for row in year.rows("disclosure")
        if row["approved_on"]
    ]


def all_of(site: Site) -> list[tuple[RegisterYear, Duty]]:
    return [(year, duty) for key in sorted(site.inputs.years) for year in [site.inputs.years[key]] for duty in of_year(site, year)]


def late(site: Site) -> list[tuple[RegisterYear, Duty]]:
    """Late and overdue ones, the worst first."""
    found = [(year, duty) for year, duty in all_of(site) if duty.standing in WORST[:2]]
    return sorted(found, key=lambda item: (WORST.index(item[1].standing), -item[1].days))


def days(site: Site, year: RegisterYear, duty: Duty) -> Fact:
    """The days a duty is late or overdue by, as a fact."""
    key = f"{year.register}/{year.year}/disclosure/{key_part(duty.title)}/{duty.standing}"
    title = wording.say("duties.days_title", title=wording.say("duties.title", year=year.year, matter=duty.title))
    return site.facts.get(key) or site.facts.add(Fact(key, title, duty.days, Unit.DAYS, operation="calendar"))


def standing(draft: Draft, year: RegisterYear, duty: Duty) -> Markup:
    """The mark and the word: on time, late by so many days, overdue, not due yet."""
    template = wording.say(f"duties.{duty.standing}")
    text = Markup(template).format(linked(draft, days(draft.site, year, duty))) if "{" in template else Markup(template)
    return component_macro("marks", "timing", id=str(duty.standing), word=text)


def item(draft: Draft, found: tuple[RegisterYear, Duty]) -> dict:
    year, duty = found
    href = draft.link(f"{year.register.replace('_', '-')}/{year.year}/")
    html = Markup('{} <a href="{}">{}<span data-text>{}</span></a>').format(
        standing(draft, year, duty), href, year_html(year.year), duty.title
    )
    return {"html": html}
