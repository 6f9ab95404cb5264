"""How names are compared: headers, titles, lines and ordinals in their plain form; where understanding begins."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from scripts.cells import UNIT_WORDS
from scripts.official.words import patterns

SEPARATOR = "/"


@cache
def _expressions(name: str) -> list[re.Pattern]:
    found = patterns()[name]
    return [re.compile(each) for each in ([found] if isinstance(found, str) else found)]


def expression(name: str) -> re.Pattern:
    return _expressions(name)[0]


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """NFKC without any space or quotation mark: the form in which names are compared."""
    shown = unicodedata.normalize("NFKC", text)
    return "".join(c for c in shown if not c.isspace() and c not in patterns()["quotes"])


@lru_cache(maxsize=5_000)
def component(text: str) -> str:
    """One label of a header: plain, without the unit's bracket and without a mark of the side it stands on."""
    found = expression("unit_bracket").sub("", plain(text))
    return expression("side").sub("", found)


def unit_in(text: str) -> str | None:
    """The unit in a label's bracket, None where it has none."""
    found = expression("unit_bracket").search(plain(text))
    return UNIT_WORDS.get(found[1]) if found else None


def components(path: str) -> tuple[str, ...]:
    """The labels of a header path from the top down; a label repeated below itself counts once."""
    found: list[str] = []
    for label in path.split(SEPARATOR):
        name = component(label)
        if name and (not found or found[-1] != name):
            found.append(name)
    return tuple(found)


def shown_title(text: str) -> str:
    """A table's name as published, without the number in front of it, its unit and "part of"."""
    found = _away("unit_bracket", _away("partial", "".join(text.split())))
    for each in _expressions("numbers"):
        told = unicodedata.normalize("NFKC", found)
        number = each.match(told) if len(told) == len(found) else None
        if number and len(found) - number.end() > 2:
            found = found[number.end() :]
    found = found.strip(patterns()["edges"])
    quoted = found[:1] + found[-1:] in patterns()["around_title"] and not {found[0], found[-1]} & {*found[1:-1]}
    return found[1:-1] if quoted else found


def _away(name: str, text: str) -> str:
    """The text without what an expression finds at its end; bracket kinds are one character each, so places agree."""
    told = unicodedata.normalize("NFKC", text)
    found = expression(name).search(told) if len(told) == len(text) else None
    return text[: found.start()] if found and found.end() == len(told) else text


@lru_cache(maxsize=5_000)
def line_name(text: str) -> tuple[str, int, bool]:
    """(plain name, rank of its ordinal or 0, whether it is said to be "of which")."""
    name, rank = expression("unit_bracket").sub("", plain(text)), 0
    of_which = bool(expression("of_which").match(name))
    name = expression("of_which").sub("", name)
    for number, each in enumerate(_expressions("ordinals"), start=1):
        if found := each.match(name):
            name, rank = name[found.end() :], number
            break
    of_which = of_which or bool(expression("of_which").match(name))
    name = expression("of_which").sub("", name)
    return expression("signs").sub("", name).strip(":"), rank, of_which


def ordinal(text: str) -> tuple[int, int]:
    """(rank, number) of the ordinal a line begins with; (0, 0) where it has none."""
    name = plain(text)
    for rank, each in enumerate(_expressions("ordinals"), start=1):
        if found := each.match(name):
            figure = "".join(c for c in found[0] if c.isalnum())
            return rank, int(figure) if figure.isdecimal() else chinese_number(figure)
    return 0, 0


def chinese_number(text: str) -> int:
    """One to ninety-nine as ordinals write it; 0 when it is no such number."""
    digits = {c: n for n, c in enumerate(patterns()["first_ordinals"], start=1)}
    if not text or any(c not in digits for c in text):
        return 0
    ten = patterns()["first_ordinals"][-1]
    if ten not in text:
        return digits[text] if len(text) == 1 else 0
    tens, _, ones = text.partition(ten)
    return (digits[tens] if tens else 1) * 10 + (digits[ones] if ones else 0)


def numbers_columns(texts: Iterable[str]) -> bool:
    """Whether a line only numbers the columns: it says so first, or counts up from one."""
    filled = [plain(text) for text in texts if text.strip()]
    if filled and expression("skip_row").match(filled[0]):
        return True
    return len(filled) >= 3 and filled == [str(n) for n in range(1, len(filled) + 1)]
