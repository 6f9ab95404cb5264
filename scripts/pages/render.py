"""Jinja for page bodies: strict, escaping, with the few filters that make digits. Blocks use the theme's components."""

import datetime
import html
import re
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from scripts import display, wording
from scripts.facts import Fact
from scripts.pages import Draft, figure_markdown

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (ROOT / "scripts" / "pages", ROOT / "scripts" / "registers", ROOT / "theme" / "templates")

_READ = re.compile(r"[\x00-\x1f!-/:-@\[-`{-\x7f]|\A\s+|\s+\Z|\s{2,}")


@cache
def environment() -> jinja2.Environment:
    found = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDERS),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    found.filters |= {"quote": quote, "named": named, "day": day, "year": year, "code": code, "plain": plain}
    found.globals |= {"word": wording.say}
    return found


def component(name: str, **values) -> Markup:
    """One component of the theme (a macro named like its file), rendered."""
    return getattr(_module(name), name)(**values)


@cache
def _module(name: str):
    return environment().get_template(f"components/{name}.html").module


def render(draft: Draft, template: str, **scope) -> str:
    """A page's Markdown. `money`, `figure` … note what they print, so that its derivation follows."""
    figures = {
        "wan": lambda fact: _figure(draft, fact, display.shown(fact, "wan")),
        "yuan": lambda fact: _figure(draft, fact, display.shown(fact, "yuan")),
        "abs_wan": lambda fact: _figure(draft, fact, display.shown(fact, "wan", absolute=True), True),
        "shown": lambda fact: _figure(draft, fact, display.shown(fact)),
        "abs_shown": lambda fact: _figure(draft, fact, display.shown(fact, absolute=True), True),
        "percent": lambda fact: _figure(draft, fact, display.shown(fact)),
        "abs_percent": lambda fact: _figure(draft, fact, display.shown(fact, absolute=True), True),
        "as_printed": lambda fact: _figure(draft, fact, display.shown(fact, fact.scale or "wan", unit=bool(fact.scale))),
        "own": lambda fact: _figure(draft, fact, display.shown(fact, fact.scale or "wan")),
        "points_between": lambda fact: _figure(draft, fact, display.points_between(fact), True),
    }
    env = environment().overlay()
    env.filters = {**environment().filters, **figures}
    text = env.get_template(template).render(draft=draft, page=draft.page, link=draft.link, **scope)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _figure(draft: Draft, fact: Fact, text: str, absolute: bool = False) -> Markup:
    draft.note(fact)
    return figure_markdown(fact, text, absolute)


def plain(text: str) -> Markup:
    """Text from data in Markdown: what Markdown or HTML might read is entities, and so are spaces that it might drop."""
    return Markup(_READ.sub(lambda found: "".join(f"&#{ord(c)};" for c in found[0]), text))


def quote(text: str) -> Markup:
    """The words of a source, as they stand."""
    return Markup("<q data-text>{}</q>").format(plain(text))


def named(text: str) -> Markup:
    """A name from the data, without quotation marks."""
    return Markup("<span data-text>{}</span>").format(plain(text))


def code(text: str) -> Markup:
    return Markup("<span data-code>{}</span>").format(plain(text))


def day(date: datetime.date | None) -> Markup:
    """A date, or that it was not published."""
    if date is None:
        return Markup(wording.say("states.unpublished"))
    return Markup('<time datetime="{}">{}</time>').format(date.isoformat(), display.day(date))


def year(number: int) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(number, wording.say("display.year", year=number))


def text_of(markdown: str) -> str:
    """A sentence of ours without its markup, for titles and descriptions."""
    return html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown))).strip()


def component_macro(name: str, macro: str, **values) -> Markup:
    """One macro of a component that holds several (the marks)."""
    return getattr(_module(name), macro)(**values)
