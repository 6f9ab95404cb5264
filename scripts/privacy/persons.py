"""What names a person and says something private: rows of name and disability, a name with a diagnosis, social-security cards."""

import re
from collections.abc import Iterator
from functools import lru_cache

from scripts.privacy import rules
from scripts.privacy.hits import Hit

LONGEST = 1000  # of a unit
FORM = 200  # what a form says below a name
UNIT = re.compile(rf"[^\n<>]{{1,{2 * LONGEST}}}")


def find(text: str) -> Iterator[Hit]:
    """Hits in a folded text. A unit is a line, a row with its cells between tabs, or what stands between two tags."""
    for found in rules.expression("social_card.number").finditer(text):
        yield Hit("social-card", *found.span("number"), found["number"])
    done = 0
    for trigger in rules.expression("persons.triggers").finditer(text):
        if trigger.start() < done:
            continue
        begin = max(text.rfind(sign, max(0, trigger.start() - LONGEST), trigger.start()) for sign in "\n<>") + 1
        begin = begin or max(0, trigger.start() - LONGEST)
        unit = UNIT.match(text, begin)[0]
        done = begin + len(unit)
        for start, end in _names(unit) or _form(text, begin, unit):
            yield Hit("person", begin + start, begin + end, unit[start:end])


@lru_cache(100_000)  # the pages of a site share most of their lines
def _names(unit: str) -> tuple[tuple[int, int], ...]:
    """Places of names that private words stand beside."""
    return tuple(sorted({*_labelled(unit), *_glued(unit), *_in_cells(unit)}))


def _labelled(unit: str) -> Iterator[tuple[int, int]]:
    for each in rules.expression("persons.labelled").finditer(unit):
        group = "any" if each["any"] else "sure"
        rest = unit[: each.start()] + "\t" + unit[each.end() :]
        if not _no_name(each[group]) and rules.expression("persons.traits").search(rest):
            yield each.span(group)


def _form(text: str, begin: int, unit: str) -> Iterator[tuple[int, int]]:
    """A form filled in line by line: the name on one, what is private on the next ones."""
    below = text[begin + len(unit) : begin + len(unit) + FORM]
    if rules.expression("persons.fields").search(below):
        for each in rules.expression("persons.labelled").finditer(unit):
            if not _no_name(each["any"] or each["sure"]):
                yield each.span("any" if each["any"] else "sure")


def _glued(unit: str) -> Iterator[tuple[int, int]]:
    yield from (each.span("name") for each in rules.expression("persons.glued").finditer(unit) if not _no_name(each["name"]))


def _in_cells(unit: str) -> Iterator[tuple[int, int]]:
    """A name as a cell of its own, beside a level or an illness, or with two kinds of private cells in the row."""
    cells, place = [], 0
    for gap in [*rules.expression("persons.between").finditer(unit), None]:
        end = gap.start() if gap else len(unit)
        if end > place:
            cells.append((place, end, unit[place:end]))
        place = gap.end() if gap else end
    named = [at for at, cell in enumerate(cells) if rules.expression("persons.name").fullmatch(cell[2]) and not _no_name(cell[2])]
    kinds = [_kind(text) for _, _, text in cells] if named else []
    for at in named:
        near = set(kinds[max(0, at - 1) : at + 2])
        if len({*kinds} - {""}) >= 2 or near & set(rules.table("persons")["strong"]):
            yield cells[at][:2]


def _kind(text: str) -> str:
    return next((kind for kind in rules.table("persons")["kinds"] if rules.expression(f"persons.{kind}").fullmatch(text)), "")


def _no_name(text: str) -> bool:
    return bool(rules.expression("persons.no_name").fullmatch(text))
