"""Judges titles and descriptions of drawings: each number is a fact's, a date of the page, or a name or tick drawn."""

import re

from scripts import wording
from scripts.facts import Fact, Facts
from scripts.problems import Problem, problem
from scripts.seal.marks import Page, Sentence
from scripts.seal.plan import Plan
from scripts.seal.printed import NUMBER, agrees
from scripts.seal.words import RUN, Words

_DATE = "|".join(re.sub(r"\((?!\?)", "(?:", wording.table("seal")[form]) for form in ("spoken_date", "day_of_year"))
_TOKEN = re.compile(rf"(?P<date>{_DATE})|{NUMBER}|{RUN.pattern}")


def judge_sentence(sentence: Sentence, page: Page, facts: Facts, plan: Plan, used: set[str]) -> list[Problem]:
    """Each number is a printing of a fact listed, and each fact listed is told.

    What else has digits stands in the same drawing, or is a date or title of the page.
    """
    told = [facts.get(key) for key in sentence.keys]
    place = {"file": page.path, "row": page.line(sentence.position)}  # drawings are few
    if None in told:
        return [problem("seal-unknown-fact", **place, value=sentence.text, key=sentence.keys[told.index(None)])]
    untold = {fact.key: fact for fact in told if fact.known}
    known = list(untold.values())
    beside = _beside(sentence, page, plan)
    for token in _TOKEN.finditer(sentence.text):
        printing = [fact for fact in known if _printing(token[0], fact, sentence.drawing.money)]
        for fact in printing:
            untold.pop(fact.key, None)
        if not printing and not _excused(sentence.text, token, beside, plan.words, used):
            return [problem("seal-sentence", **place, value=sentence.text[max(0, token.start() - 12) :])]
    return [problem("seal-sentence", **place, value=sentence.text)] if untold or _silent(told, sentence.text) else []


def _printing(text: str, fact: Fact, money: str) -> bool:
    """With its sign, or without where the words say which way it goes."""
    return any(agrees(text, fact, context=money, absolute=absolute) for absolute in (True, False))


def _beside(sentence: Sentence, page: Page, plan: Plan) -> Words:
    """Names and ticks of the drawing, dates that the page prints, its titles: what a sentence may repeat."""
    dates = {mark.text.strip() for mark in page.marks if mark.kind == "date"}
    named = (*plan.titles.get(page.path, ()), *plan.page_words.get(page.path, ()))
    return Words([*sentence.drawing.shown, *dates, *named], bare=True)


def _excused(text: str, token: re.Match, beside: Words, words: Words, used: set[str]) -> bool:
    """Every run of the token lies in what stands beside, or in the program's words."""
    for run in RUN.finditer(text, token.start(), token.end()):
        cover = beside.cover(text, run.start(), run.end()) or words.cover(text, run.start(), run.end())
        if not cover:
            return False
        used.add(cover)
    return True


def _silent(told: list[Fact], text: str) -> bool:
    """Whether a fact without a number is passed over: its state word must stand in the sentence."""
    return any(not fact.known and wording.say(f"states.{fact.state}") not in text for fact in told)
