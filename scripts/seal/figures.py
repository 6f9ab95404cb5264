"""Judges the fact class: the exact value, the printed number, its unit and rounding, or the state word."""

import re
from fractions import Fraction

from scripts.facts import Fact, Facts
from scripts.problems import Problem, problem
from scripts.seal.marks import Mark, Page
from scripts.seal.printed import agrees, money_unit, state_words

_EXACT = re.compile(r"-?[0-9]+(?:\.[0-9]+|/[1-9][0-9]*)?")


def judge_figure(mark: Mark, page: Page, facts: Facts) -> list[Problem]:
    """At most one problem of a printed figure."""
    fact = facts.get(mark.key)
    if fact is None:
        return [problem("seal-unknown-fact", **_place(mark, page), key=mark.key)]
    kind = _wrong_state(mark, fact) if not fact.known else _wrong_spelling(mark, fact) or _wrong_number(mark, fact)
    if not kind:
        return []
    word = "" if fact.known else state_words(fact)[0]
    return [problem(kind, **_place(mark, page), key=fact.key, exact=fact.value, printed=fact.printed, word=word)]


def _place(mark: Mark, page: Page) -> dict:
    return {"file": page.path, "row": page.line(mark.position), "value": mark.text}


def _printed(mark: Mark) -> bool:
    """Whether the figure claims to stand as its source spelt it."""
    return "data-printed" in mark.attributes


def _wrong_state(mark: Mark, fact: Fact) -> str:
    if mark.attributes.get("value"):
        return "seal-state"
    if _printed(mark):
        return "" if mark.text == fact.printed else "seal-spelling"
    return "" if mark.text.strip() in state_words(fact) else "seal-state"


def _wrong_spelling(mark: Mark, fact: Fact) -> str:
    """A leaf of an official table is its own spelling byte for byte, under a caption that names no other unit."""
    if not _printed(mark):
        return ""
    if mark.text != fact.printed or not fact.leaf:
        return "seal-spelling"
    named = money_unit(*mark.near)
    return "seal-unit" if named and fact.scale and fact.unit == "fen" and named != fact.scale else ""


def _wrong_number(mark: Mark, fact: Fact) -> str:
    exact = mark.attributes.get("value")
    if exact is None and mark.drawing is None:
        return "seal-figure"
    if exact not in (None, str(fact.value)) and (not _EXACT.fullmatch(exact) or Fraction(exact) != fact.value):
        return "seal-figure"
    if _printed(mark):
        return ""
    same = agrees(mark.text, fact, context=mark.money, absolute="data-abs" in mark.attributes)
    return "seal-unit" if same is None else "" if same else "seal-figure"
