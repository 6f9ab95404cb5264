"""Text <-> value and state. Money is whole fen; nothing is guessed, a text that is not understood is a problem kind."""

import datetime
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from scripts import wording


class State(StrEnum):
    """What a cell says when it holds no number. Zero is KNOWN."""

    KNOWN = "known"
    BLANK = "blank"
    UNPUBLISHED = "unpublished"
    NOT_APPLICABLE = "not-applicable"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text was read. `row` is the line Excel shows; `file` is relative to the publisher's folder."""

    file: str
    sheet: str = ""
    row: int = 0
    column: str = ""

    @property
    def place(self) -> str:
        """The file's name, and in a workbook the sheet's."""
        name = self.file.rpartition("/")[2]
        return f"{name}/{self.sheet}" if self.sheet else name

    @property
    def year(self) -> str:
        """The year of the folder or workbook."""
        return self.file.split("/")[1].partition(".")[0]


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Value:
    """A parsed cell: `value` is None unless KNOWN. `places`: decimals as printed, for tolerances."""

    state: State
    value: int | Fraction | str | datetime.date | None = None
    places: int = 0


class NotUnderstood(ValueError):
    """Carries the problem kind and its details."""

    def __init__(self, kind: str, **details: object):
        super().__init__(kind)
        self.kind, self.details = kind, details


YUAN, WAN = "yuan", "wan"
FEN_IN = {YUAN: 100, WAN: 1_000_000}
UNIT_WORDS = {word: unit for unit, word in wording.table("cells.units").items()}
STATE_WORDS = {"": State.BLANK} | {word: State(state) for state, word in wording.table("cells.states").items()}
YEARS = range(1900, 2101)  # a year outside is a slip of the hand
DASHES = set(wording.table("cells")["dashes"])

_PLAIN = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
_GROUPED = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]{1,6})?")
_INTEGER = re.compile(r"-?[0-9]{1,12}")
_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DATE_FORMS = (
    _DATE,
    re.compile(r"([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})"),
    re.compile(wording.table("cells")["date"]),
)
LONGEST_TEXT, LOST = 2000, "\ufffd"
_BANNED = {"Cc", "Cf", "Zl", "Zp", "Co", "Cn", "Cs"}


def money(text: str, unit: str) -> Value:
    """Strict: `-?digits[.up to six decimals]` in `unit`, a whole number of fen. A state word is a state."""
    if text in STATE_WORDS:
        return Value(STATE_WORDS[text])
    if not _PLAIN.fullmatch(text):
        raise NotUnderstood("not-money", example="1234.50")
    return _fen(text, unit)


def printed_money(text: str, unit: str | None) -> Value:
    """Lenient in form, for imported official tables: full-width, grouped thousands, spaces at the ends, dashes.

    Without a unit the value is kept in the last printed place times 10**6 so that sums within a table still hold.
    """
    plain = normal(text)
    if plain in STATE_WORDS:
        return Value(STATE_WORDS[plain])
    if plain in DASHES:
        return Value(State.BLANK)
    plain = plain.replace("\u2212", "-")
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    if not _PLAIN.fullmatch(plain):
        raise NotUnderstood("not-money", example="1,234.50")
    return _fen(plain, unit or WAN)


def _fen(text: str, unit: str) -> Value:
    whole, _, decimals = text.partition(".")
    fen, rest = divmod(int(whole + decimals) * FEN_IN[unit], 10 ** len(decimals))
    if rest:
        raise NotUnderstood("part-of-a-fen", example="1234.50")
    return Value(State.KNOWN, fen, len(decimals))


def number(text: str) -> Value:
    """A score or share as an exact fraction."""
    if text in STATE_WORDS:
        return Value(STATE_WORDS[text])
    if not _PLAIN.fullmatch(text):
        raise NotUnderstood("not-a-number", example="80.10")
    return Value(State.KNOWN, Fraction(text), len(text.partition(".")[2]))


def integer(text: str) -> Value:
    if text in STATE_WORDS:
        return Value(STATE_WORDS[text])
    if not _INTEGER.fullmatch(text):
        raise NotUnderstood("not-an-integer", example="120")
    return Value(State.KNOWN, int(text))


def date(text: str) -> Value:
    """ISO date, or 2024/1/5, or the Chinese form; calendar-checked."""
    if text in STATE_WORDS:
        return Value(STATE_WORDS[text])
    for form in _DATE_FORMS:
        if found := form.fullmatch(text):
            try:
                day = datetime.date(*map(int, found.groups()))
            except ValueError:
                day = datetime.date.min
            if day.year not in YEARS:
                raise NotUnderstood("no-such-day", example="2024-02-29")
            return Value(State.KNOWN, day)
    raise NotUnderstood("not-a-date", example="2024-02-29")


def string(text: str) -> Value:
    if not text:
        return Value(State.BLANK)
    if not text.strip():
        raise NotUnderstood("only-spaces")
    if not is_plain(text):
        raise NotUnderstood("not-plain-text")
    return Value(State.KNOWN, text)


def is_plain(text: str) -> bool:
    """Whether a text is of one line that everybody can see whole: nothing hidden, nothing lost in another encoding."""
    return len(text) <= LONGEST_TEXT and LOST not in text and not any(unicodedata.category(c) in _BANNED for c in text)


def normal(text: str) -> str:
    """NFKC, no-break spaces gone, trimmed: the form in which headers, names and lenient numbers are compared."""
    return unicodedata.normalize("NFKC", text).replace("\u3000", " ").strip()
