"""From a printed figure back to its number: the seal's own reading, written apart from whatever printed it."""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from scripts import wording
from scripts.cells import State
from scripts.facts import Fact, Unit

MONEY = {"yuan": 100, "wan": 1_000_000}  # fen
LEAST_DECIMALS = {"yuan": 2, "wan": 2, Unit.SHARE: 1, "share-points": 1, Unit.POINTS: 2}
UNIT_OF_WORD = {word: unit for unit, words in wording.table("seal.units").items() for word in words}
WORDS = "|".join(re.escape(word) for word in sorted(UNIT_OF_WORD, key=len, reverse=True))
MINUS, PLUS = ("|".join(re.escape(sign) for sign in wording.table("seal")[name]) for name in ("minus", "plus"))
UNDER = re.escape(wording.say("seal.under"))
NUMBER = rf"(?:{UNDER} ?)?(?:(?:{MINUS}|{PLUS}) ?)?[0-9][0-9,]*(?:\.[0-9]+)?(?: ?(?:{WORDS}))?"
_PRINTED = re.compile(
    rf"(?P<under>{UNDER} ?)?(?:(?P<minus>{MINUS}) ?|(?P<plus>{PLUS}) ?)?"
    r"(?P<whole>0|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]*)"
    rf"(?:\.(?P<decimals>[0-9]+))?(?: ?(?P<unit>{WORDS}))?"
)
_MONEY = "|".join(sorted((re.escape(w) for w, u in UNIT_OF_WORD.items() if u in MONEY), key=len, reverse=True))
_OPEN, _CLOSE = wording.table("seal.brackets")["open"], wording.table("seal.brackets")["close"]
_NAMED = (  # how a table or drawing names its unit: after the word for "unit", in brackets, or alone
    re.compile(rf"{wording.say('seal.unit_sign')}[^\w]*({_MONEY})"),
    re.compile(rf"[{_OPEN}][^{_OPEN}{_CLOSE}]*?({_MONEY})[{_CLOSE}]"),
    re.compile(rf"\A\s*({_MONEY})\s*\Z"),
)


@dataclass(frozen=True, slots=True)
class Printed:
    """`unit`: a key of [seal.units], "" where none is printed. `under`: the text says "less than number"."""

    number: Fraction
    unit: str
    decimals: int
    under: bool = False


def parse_printed(text: str) -> Printed:
    """"2,940.05 wan" -> 2940.05; ValueError for what no figure of ours looks like (leading or negative zeros too)."""
    number, decimals, unit, under = _read(text)
    return Printed(Fraction(number, 10**decimals), unit, decimals, under)


@lru_cache(maxsize=4096)
def _read(text: str) -> tuple[int, int, str, bool]:
    """(all digits as one whole number, how many of them are decimals, unit, under)."""
    found = _PRINTED.fullmatch(text.replace("\u00a0", " ").strip())
    if not found:
        raise ValueError(text)
    under, minus, plus, whole, decimals, word = found.groups()
    number = int(whole.replace(",", "") + (decimals or ""))
    if (minus or plus) and (number == 0 or under):
        raise ValueError(text)
    return -number if minus else number, len(decimals or ""), UNIT_OF_WORD[word] if word else "", bool(under)


def half_up(value: Fraction | int, decimals: int, scale: int = 1) -> int:
    """value / scale in units of its last printed place, half away from zero: (Fraction(1, 8), 2) -> 13."""
    top, bottom = abs(value.numerator) * 10**decimals, value.denominator * scale
    whole = (2 * top + bottom) // (2 * bottom)
    return whole if value >= 0 else -whole


@lru_cache(maxsize=4096)
def money_unit(*texts: str) -> str:
    """The one money unit that the first text to name any names ("wan", "yuan"); "" where none or two are named."""
    for text in texts:
        for form in _NAMED:
            if words := set(form.findall(text)):
                return UNIT_OF_WORD[words.pop()] if len(words) == 1 else ""
    return ""


def agrees(text: str, fact: Fact, *, context: str = "", absolute: bool = False) -> bool | None:
    """Whether `text` is a printing of a known fact. None: its unit cannot be told or is another than the fact's.

    `context`: money unit of the table or drawing, for a text without one. `absolute`: words around it hold the sign.
    """
    try:
        number, decimals, unit, under = _read(text)
    except ValueError:
        return False
    value = abs(fact.value) if absolute else fact.value
    if fact.unit is Unit.SHARE:
        if unit == "share-points":
            return not under and _same(number, decimals, value * 100, unit)
        return _same_share(number, decimals, value, under) if unit == "share" else None
    if fact.unit is Unit.FEN and not fact.scale:  # its source names no unit, so nothing here may
        return not under and _same(number, decimals, value, "wan", MONEY["wan"]) if not unit and not context else None
    unit = unit or (context if fact.unit is Unit.FEN else str(fact.unit))
    if fact.unit is Unit.FEN:
        return not under and _same(number, decimals, value, unit, MONEY[unit]) if unit in MONEY else None
    return not under and _same(number, decimals, value, unit) if unit == fact.unit else None


def _same(number: int, decimals: int, value: Fraction | int, unit: str, scale: int = 1) -> bool:
    """Half up at the printed place, with at least the unit's decimals. Whole yuan and exact scores may go without."""
    if unit not in LEAST_DECIMALS:
        return decimals == 0 and number == value
    if decimals < LEAST_DECIMALS[unit]:
        return unit in ("yuan", Unit.POINTS) and number * scale == value * 10**decimals
    return half_up(value, decimals, scale) == number


def _same_share(number: int, decimals: int, share: Fraction | int, under: bool) -> bool:
    """Not quite all is never 100%, not quite nothing never 0%: these have words, and the words only these."""
    percent = share * 100
    if under:
        rounded = half_up(percent, 1)
        if number == 100 and decimals == 0:
            return rounded == 1000 and share < 1
        return number == decimals == 1 and rounded == 0 and share > 0
    if (number == 100 * 10**decimals and share < 1) or (number == 0 and share):
        return False
    return _same(number, decimals, percent, Unit.SHARE)


def state_words(fact: Fact) -> tuple[str, ...]:
    """What may stand where a fact has no value; a blank may be left blank."""
    word = wording.say(f"states.{fact.state}")
    return (word, "") if fact.state is State.BLANK else (word,)
