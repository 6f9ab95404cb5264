"""Judges digits without a class: the program's words, a page's name, a sentence copied, or an unclassed digit."""

import re

from scripts import wording
from scripts.problems import Problem, problem
from scripts.seal.links import resolve
from scripts.seal.marks import Loose, Page
from scripts.seal.plan import Plan
from scripts.seal.words import RUN, Words

_YEAR = re.compile(re.escape(wording.say("display.year", year="0000")).replace("0000", "[0-9]{4}"))
COPIES = frozenset(("content",))  # a meta description repeats sentences of the page


def judge_loose(page: Page, plan: Plan, used: set[str]) -> list[Problem]:
    """One problem per text with an uncovered run. `used` collects the strings that covered, for later readers."""
    own = Words([*plan.titles.get(page.path, ()), *plan.page_words.get(page.path, ())], bare=True)
    wrong = []
    for loose in page.loose:
        if _by_hand(loose, page, plan) or _names_target(loose, page, plan):
            used.add(loose.text.strip())
        elif (at := _unexcused(loose, own, page, plan, used)) is not None:
            around = " ".join(loose.text[max(0, at - 20) : at + 30].split())
            place = {"file": page.path, "row": page.line(loose.position), "column": loose.where}
            wrong.append(problem("seal-unclassed", **place, value=around))
    return wrong


def _by_hand(loose: Loose, page: Page, plan: Plan) -> bool:
    """Text of a hand-written page: the second line compares it. An attribute of it must stand in its Markdown."""
    if page.path not in plan.by_hand or not loose.main:
        return False
    return not loose.where or loose.text in plan.bodies.get(page.path, "")


def _unexcused(loose: Loose, own: Words, page: Page, plan: Plan, used: set[str]) -> int | None:
    """Where the first run stands that has no excuse; the beginning, where all of the text names another page."""
    at = _uncovered(loose, own, plan.words, used)
    if at is not None and not _copied(loose, page):
        return at
    return 0 if _names_another(loose, page, plan) else None


def _uncovered(loose: Loose, own: Words, words: Words, used: set[str]) -> int | None:
    """Where the first run stands that nothing covers."""
    covers = set()
    for run in RUN.finditer(loose.text):
        cover = own.cover(loose.text, *run.span()) or words.cover(loose.text, *run.span())
        if not cover or not loose.main and _YEAR.fullmatch(cover) and cover != loose.text.strip():  # around a page, a year is part of a name
            return run.start()
        covers.add(cover)
    used |= covers
    return None


def _names_target(loose: Loose, page: Page, plan: Plan) -> bool:
    """A link may call the page it leads to by its title or a part of it."""
    if not loose.href or loose.where:
        return False
    titles = plan.titles.get(resolve(page.path, loose.href)[0], ())
    return any(_within(loose.text.strip(), title) for title in titles)


def _names_another(loose: Loose, page: Page, plan: Plan) -> bool:
    """What is called like a page, and neither leads to one of that name nor stands on it."""
    text = loose.text.strip()
    return not loose.where and RUN.search(text) is not None and text in plan.names and text not in plan.titles.get(page.path, ())


def _within(text: str, title: str) -> bool:
    """Whether the text is a part of the title that cuts through none of its numbers."""
    at = title.find(text)
    if at < 0:
        return False
    before, after = title[at - 1 : at] if at else "", title[at + len(text) : at + len(text) + 1]
    return not (before.isdigit() and text[0].isdigit()) and not (after.isdigit() and text[-1].isdigit())


def _copied(loose: Loose, page: Page) -> bool:
    """Whether the text stands, spaces apart, in the body of the page, where its figures have their classes."""
    return loose.where in COPIES and "".join(loose.text.split()) in "".join("".join(page.main).split())
