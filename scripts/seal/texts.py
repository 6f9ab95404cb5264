"""Judges dates, texts taken from data word for word, and named origins."""

import datetime
import re
from collections import defaultdict

from scripts import wording
from scripts.facts import Fact, Facts
from scripts.problems import Problem, problem
from scripts.seal.marks import Mark, Page
from scripts.seal.plan import Plan
from scripts.seal.words import RUN

_TABLE = wording.table("seal")
_ISO, _SPOKEN, _DAY, _ORIGIN = (re.compile(_TABLE[n]) for n in ("iso_date", "spoken_date", "day_of_year", "origin"))
Claim = tuple[str, tuple[int, ...], str]  # file name, rows, column


def judge_date(mark: Mark, page: Page) -> list[Problem]:
    """The text says the same date as `datetime`, whole (a day may leave out its year), and that day exists."""
    said = mark.attributes["datetime"]
    date = _numbers(_ISO, said)
    text = _numbers(_ISO, mark.text.strip()) or _numbers(_SPOKEN, mark.text.strip())
    short = _numbers(_DAY, mark.text.strip())
    if date and _exists(date) and (text == date or (len(date) == 3 and short == date[1:])):
        return []
    return [problem("seal-date", file=page.path, row=page.line(mark.position), value=mark.text, date=said)]


def _numbers(form: re.Pattern, text: str) -> tuple[int, ...]:
    found = form.fullmatch(text)
    return tuple(int(part) for part in found.groups() if part) if found else ()


def _exists(date: tuple[int, ...]) -> bool:
    try:
        datetime.date(*date, *(1,) * (3 - len(date)))
    except ValueError:
        return False
    return True


def judge_text(mark: Mark, page: Page, facts: Facts, plan: Plan, titles: frozenset[str]) -> list[Problem]:
    """Codes, names, quotations: byte for byte a text of the data (or a fact's title, or the program's own words)."""
    source = mark.attributes.get("data-source")
    if source in plan.quotations:
        good = mark.text == plan.quotations[source]
    elif source in facts:
        good = mark.text == facts[source].printed
    elif plan.texts is None or mark.text in plan.texts or mark.text in titles:
        good = True
    else:
        good = all(plan.words.cover(mark.text, *run.span()) for run in RUN.finditer(mark.text))
        good = (good and bool(RUN.search(mark.text))) or (mark.kind == "label" and _drawn_part(mark.text, plan.texts))
    return [] if good else [problem("seal-text", file=page.path, row=page.line(mark.position), value=mark.text)]


def _drawn_part(label: str, texts: frozenset[str]) -> bool:
    """A drawing may break a long name over lines: each line is a part of it. A bare number is no name."""
    said = label.strip()
    if form := _SPOKEN.fullmatch(said):
        return bool(form)
    if not RUN.search(said) or not any(c.isalpha() for c in said):
        return not RUN.search(said)
    packed = "".join(said.split())  # the space at which a line was broken is gone
    return any(said in text for text in texts) or any(packed in "".join(text.split()) for text in texts)


def origins(facts: Facts) -> dict[tuple[str, str], set[int]]:
    """(file name, column) -> rows that facts come from; column "" holds the rows of the whole file."""
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    for fact in facts:
        for origin in ((fact.origin,) if fact.origin else fact.rows):
            name = origin.place
            found[name, origin.column].add(origin.row)
            found[name, ""].add(origin.row)
    return found


def judge_origins(marks: list[Mark], page: Page, facts: Facts, known: dict[tuple[str, str], set[int]]) -> list[Problem]:
    """A derivation names exactly the rows its fact was made from; elsewhere a row named is one some fact comes from."""
    wrong, by_item = [], defaultdict(list)
    for mark in marks:
        claim = claimed(mark.text)
        if claim is None or not set(claim[1]) <= known.get((claim[0], claim[2]), set()):
            wrong.append(mark)
        elif mark.item in facts:
            by_item[mark.item].append((claim, mark))
    for key, claims in by_item.items():
        if sorted(claim for claim, _ in claims) != expected(facts[key], facts):
            wrong.append(claims[0][1])
    return [problem("seal-origin", file=page.path, row=page.line(m.position), value=m.text) for m in wrong]


def claimed(text: str) -> Claim | None:
    """"lines.csv row 2-4, 7, column" as data; None when it does not read so."""
    found = _ORIGIN.fullmatch(text)
    rows: list[int] = []
    for part in found["rows"].split(_TABLE["row_list"]) if found else ():
        first, _, last = part.partition(_TABLE["row_range"])
        if not first.isdigit() or not (last or first).isdigit():
            return None
        rows += range(int(first), int(last or first) + 1)
    return (found["file"], tuple(rows), found["column"] or "") if found else None


def expected(fact: Fact, facts: Facts) -> list[Claim]:
    """The rows of a leaf, or of the leaves that a derived fact was made from, or that it counted, by file and column."""
    leaves = [fact] if fact.leaf else [facts[key] for key in fact.inputs if key in facts and facts[key].leaf]
    places = [*(leaf.origin for leaf in leaves), *fact.rows]
    rows: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    for each in places:
        rows[each.file, each.place, each.column].add(each.row)
    return sorted((place, tuple(sorted(found)), column) for (_, place, column), found in rows.items())
