"""The parts that every disclosure page has: results of checking, sources, derivations, downloads, whom to ask, other years."""

import re
from collections.abc import Iterable
from fractions import Fraction

from markupsafe import Markup

from scripts import display, wording
from scripts.addresses import HOW
from scripts.book import difference_key
from scripts.cells import State
from scripts.facts import Fact
from scripts.grids import time_html
from scripts.identities import SEVERITY, Comparison, Verdict
from scripts.inputs import Document, RegisterYear
from scripts.pages import Download, Draft, Page, links
from scripts.pages.derivations import derivations, figure
from scripts.pages.render import component, render, text_of

SHOWN_BALANCED, LONG = 6, 5


def finish(draft: Draft, template: str, *, comparisons: Iterable[Comparison] = (), year: RegisterYear | None = None,
           counted: str = "", used: Iterable[str] | None = None, years: Iterable[tuple[int, str]] = (), about: tuple | None = None, **scope) -> Page:  # fmt: skip
    """Renders the page: its own story first, then the common parts that follow from what it printed.

    `counted`: prefix of the facts that count these comparisons ("execution/2025"), "" where the page gives no count.
    `used`: keys of the source documents that the page rests on; None: all of the year's.
    `about`: key (register, year, table, row) of the row that the page is about: what other registers say of it follows.
    """
    checks = sorted(comparisons, key=lambda c: SEVERITY.index(c.verdict))
    for each in shown(checks):
        for key in (each.left, each.right, difference_key(each)):
            if key in draft.site.facts and not draft.site.facts[key].leaf:
                draft.note(draft.site.facts[key])
    publisher = draft.site.inputs.publisher
    blocks = draft.page.blocks
    if checks:
        draft.block("checks", component("comparisons", items=[check_item(draft, each) for each in shown(checks)]))
    cited = documents(year, used) if year is not None else []
    if cited:
        draft.block("sources", component("sources", items=[source_item(doc) for doc in cited]))
    if draft.page.downloads:
        note = wording.say("downloads.guarded") if any(each.guarded for each in draft.page.downloads) else ""
        draft.block("downloads", component("downloads", items=[download_item(draft, each) for each in draft.page.downloads], note=note))
    draft.block("questions", component("channels", publisher={"name": publisher.name, "contacts": publisher.contacts}, code=draft.page.code))
    if about is not None and (told_elsewhere := links.of_entity(draft, about)):
        draft.block("mentions", component("roll", items=told_elsewhere))
    others = [{"year": str(number), "href": "" if target == draft.page.path else draft.link(target)} for number, target in years]
    if len(others) > 1:
        draft.block("years", component("years", items=others))
    told = {"checks": checks, "tally": tally(draft, counted), "shown_checks": SHOWN_BALANCED, "blocks": blocks, "year": year, **scope}
    draft.page.markdown = _with_parts(draft, render(draft, template, **told))
    draft.page.how = _how(draft)
    return draft.page


def _with_parts(draft: Draft, markdown: str) -> str:
    """A long page names its parts after the answer, for narrow screens that have no margin of titles."""
    parts = re.findall(r"^## \[(.+?)\]\(#([a-z0-9-]+)\)$", markdown, re.M)
    if len(parts) < LONG:
        return markdown
    draft.block("parts", component("parts", items=[{"title": text_of(title), "id": id_} for title, id_ in parts]))
    lead, first, rest = markdown.partition("\n## [")
    return f"{lead}\n![{wording.say('parts.title')}](parts.html)\n{first}{rest}"


def _how(draft: Draft) -> Page | None:
    """The page beside a page: every figure it prints, with formula and rows; one click away, out of the reader's way."""
    entries = derivations(draft)
    if not entries:
        return None
    page, title = draft.page, wording.say("how.title", title=draft.page.title)
    found = Draft(draft.site, f"{page.path}how/", title, template="plain", section=page.section, code=page.code,
                  crumbs=[*page.crumbs, (page.title, page.path)] if page.path else [])  # fmt: skip
    found.block("derivations", component("derivations", items=entries))
    found.page.markdown = render(found, "how.md.j2", title=page.title, back=found.link(page.path))
    return found.page


def shown(checks: list[Comparison]) -> list[Comparison]:
    """All that is not balanced, and so many balanced ones that the reader sees what was compared."""
    failing = [c for c in checks if c.verdict is not Verdict.BALANCED]
    return failing + [c for c in checks if c.verdict is Verdict.BALANCED][: max(0, SHOWN_BALANCED - len(failing))]


def tally(draft: Draft, prefix: str) -> list[tuple[str, Fact]]:
    """How many comparisons of each verdict there are under a prefix ("execution/2025"), without the empty ones."""
    if not prefix:
        return []
    counts = [(verdict, draft.fact(f"{prefix}/checks/{verdict}")) for verdict in SEVERITY]
    return [(wording.say(f"verdicts.{verdict}"), fact) for verdict, fact in counts if fact is not None]


def check_item(draft: Draft, each: Comparison) -> dict:
    """One comparison as the component wants it."""
    facts = draft.site.facts
    left, right = facts[each.left], facts[each.right]
    off = facts.get(difference_key(each))
    difference = _side(off) if off is not None else ""
    sides = Markup("{}{}{}").format(_side(left), wording.say("checks.against"), _side(right))
    return {
        "verdict": str(each.verdict),
        "word": wording.say(f"verdicts.{each.verdict}"),
        "difference": difference,
        "rule": Markup("<span data-text>{}</span>{}<span data-text>{}</span>").format(each.words, wording.say("checks.colon"), each.place),
        "sides": sides,
        "note": _note(each),
    }


def _note(each: Comparison) -> Markup:
    """What the unit says of a difference, as a quotation; a remark of our own stands without marks."""
    own = each.verdict in (Verdict.BALANCED, Verdict.UNCHECKABLE)
    return Markup("<span data-text>{}</span>" if own else "<q data-text>{}</q>").format(each.note) if each.note else Markup("")


def _side(fact: Fact) -> Markup:
    shown_figure = figure(fact)
    return shown_figure if fact.leaf or not fact.known else Markup('<a class="fact" href="{}#f-{}">{}</a>').format(HOW, fact.key, shown_figure)


def linked(draft: Draft, fact: Fact, absolute: bool = False, *, scale: str = "", against: tuple[Fraction, ...] = ()) -> Markup:
    """A figure outside of prose, leading to its derivation; its unit set apart, so that the theme can print it smaller.

    `scale`: the unit of money, "wan" where none is asked for. `against`: targets of a share that it must not look like.
    """
    if not fact.known:
        draft.see(fact)
        return Markup('<span class="state {}">{}</span>').format(fact.state, display.state_word(fact.state) or wording.say("states.blank"))
    draft.note(fact)
    number, space, unit = display.shown(fact, scale or "wan", absolute=absolute, against=against).rpartition(" ")
    text = Markup('{}{}<span class="unit">{}</span>').format(number, space, unit) if space else unit
    sign = Markup(" data-abs") if absolute else ""
    figure_html = Markup('<data data-fact="{}"{} value="{}">{}</data>').format(fact.key, sign, display.exact(fact), text)
    return Markup('<a class="fact" href="{}#f-{}">{}</a>').format(HOW, fact.key, figure_html)


def figure_items(draft: Draft, items: Iterable[tuple[str, Fact, str, Fact | None]], own: bool = False) -> list[dict]:
    """Key figures: term, figure, and a note with the figure it speaks of; a figure that is not known is left out of notes.

    `own`: money in the unit of its column.
    """
    return [
        {
            "term": term,
            "figure": linked(draft, fact, scale=fact.scale if own else "") if fact.state is not State.BLANK else figure(fact),
            "note": Markup(note).format(linked(draft, other, absolute=True)) if note and other is not None and other.known else "",
        }
        for term, fact, note, other in items
    ]


def growth_words(growth: Fact | None) -> str:
    """The note under a figure that grew or fell; the sign is in the word."""
    if growth is None or not growth.known:
        return ""
    return wording.say("figures.grew" if growth.value > 0 else "figures.fell" if growth.value < 0 else "figures.same")


def documents(year: RegisterYear, used: Iterable[str] | None = None) -> list[Document]:
    """A year's source documents, or only those with the given keys."""
    wanted = None if used is None else set(used)
    return [each for key, each in year.documents.items() if wanted is None or key in wanted]


def source_item(document: Document) -> dict:
    issuer = Markup("<span data-text>{}</span>").format(document.issuer) if document.issuer else ""
    number = Markup("<span data-code>{}</span>").format(document.number) if document.number else ""
    date = time_html(document.date) if document.date else ""
    digest = Markup("{}<span data-code>{}</span>").format(wording.say("sources.digest"), document.sha256[:8]) if document.sha256 else ""
    detail = Markup(wording.say("lists.comma")).join(part for part in (issuer, number, date, digest) if part)
    return {"title": Markup("<span data-text>{}</span>").format(document.title), "detail": detail}


def download_item(draft: Draft, each: Download) -> dict:
    size = Markup('<span data-bytes="{}">{}</span>').format(draft.link(each.path), display.size(len(each.content)))
    name = wording.say("downloads.link", title=each.title, use=wording.say(f"downloads.{each.use}"))
    return {"title": name, "href": draft.link(each.path), "format": wording.say(f"downloads.formats.{each.use}"), "size": size}
