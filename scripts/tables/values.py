"""A cell under its field: what anybody can see in it, its normal form where a form is unambiguous, its type, then its constraints."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from scripts import cells, schema
from scripts.cells import NotUnderstood, State, Value
from scripts.tables import limits
from scripts.tables.forms import normal_form
from scripts.tables.words import pattern
from scripts.workbooks import DATE, NUMBER

BROKEN = re.compile("[\r\n\v\f\x85\u2028\u2029]")
HIDDEN = {"Cc", "Cf", "Zl", "Zp", "Co", "Cn", "Cs"}
# What a cell is instead of a number or a day: the first that fits.
NUMBERS = (
    "dash-amount", "formula-start", "percent-sign", "bracket-negative", "plus-sign", "underscore", "exponent", "unit-in-cell",
    "wrong-thousands", "inner-space", "no-number",
)  # fmt: skip
DATES = ("ambiguous-date", "stripped-date", "serial-date", "date-with-time")
NOT_NUMBERS = {"not-money", "not-a-number", "not-an-integer"}
LONGEST = {"number": 15, "integer": 12}  # digits before the point
DAY, AMOUNT, FUNCTION, ECONOMIC = "2024-02-29", "1234.50", "2081104", "30201"


@dataclass(frozen=True, slots=True)
class Read:
    """`text`: the cell's normal form, the same as typed unless `typed` differs."""

    text: str
    value: Value
    typed: str

    @property
    def rewritten(self) -> bool:
        return self.text != self.typed


def parse(text: str, field: schema.Field) -> Value:
    """A cell's value under its field; NotUnderstood carries the problem kind."""
    return read(text, field).value


def read(typed: str, field: schema.Field, kind: str = "") -> Read:
    """A cell with its normal form and value. `kind`: of a workbook's cell. NotUnderstood carries the problem kind."""
    _seen(typed, field)
    if kind:
        _of_type(typed, field, kind)
    text = normal_form(typed, field)
    if typed and not text and field.type != "string":
        raise NotUnderstood("only-spaces")
    if field.type == "string" and not field.free and pattern("texts", "formula").match(text.lstrip()):
        raise NotUnderstood("formula-start", title=field.title, example=_example(field))
    try:
        value = _PARSERS[field.type](text, field)
    except NotUnderstood as wrong:
        raise _finer(wrong, text, field) from None
    if value.state is State.BLANK and field.required:
        raise _empty(field)
    if value.state is State.KNOWN:
        _code(text, field)
        _bounds(text, value, field)
    return Read(text, value, typed)


def _seen(text: str, field: schema.Field) -> None:
    """What nobody could see whole, or what is only the trace of a value."""
    if len(text) > limits.LIMIT_CELL:
        raise NotUnderstood("cell-too-long", count=f"{len(text):,}", most=f"{limits.LIMIT_CELL:,}")
    if pattern("texts", "lost").search(text):
        raise NotUnderstood("lost-characters", example=_example(field))
    if BROKEN.search(text):
        raise NotUnderstood("line-break", example=_example(field))
    for at, sign in enumerate("" if text.isprintable() else text, start=1):
        if unicodedata.category(sign) in HIDDEN:
            raise NotUnderstood("hidden-character", sign=f"U+{ord(sign):04X}", at=at, example=_example(field))
    if pattern("texts", "hashes").fullmatch(text.strip()):
        raise NotUnderstood("hashes", example=_example(field))
    if pattern("texts", "error").fullmatch(text.strip()):
        raise NotUnderstood("error-value", example=_example(field))


def _example(field: schema.Field) -> str:
    """A right value of the column."""
    return field.right or {"date": DAY, "number": AMOUNT, "integer": "1"}.get(field.type) or cells.wording.say("tables.some_text")


def _of_type(text: str, field: schema.Field, kind: str) -> None:
    """A workbook's number or day where a text should be: its zeros, its last digits or its form are lost."""
    if kind == DATE and field.type != "date":
        raise NotUnderstood("date-in-cell", title=field.title, example=_example(field))
    if kind == NUMBER and field.type == "string":
        raise NotUnderstood("number-in-text", title=field.title, example=_example(field))


_PARSERS: dict[str, Callable[[str, schema.Field], Value]] = {
    "string": lambda text, field: cells.string(text),
    "number": lambda text, field: cells.money(text, field.scale) if field.scale else cells.number(text),
    "integer": lambda text, field: cells.integer(text),
    "date": lambda text, field: cells.date(text),
}


def _finer(wrong: NotUnderstood, text: str, field: schema.Field) -> NotUnderstood:
    """The same refusal as the slip it seems to be, with a right value of this column."""
    if wrong.kind in NOT_NUMBERS:
        example = field.example or wrong.details["example"]
        for kind in NUMBERS:
            if pattern("numbers", kind).fullmatch(text):
                return NotUnderstood(kind, title=field.title, example=example, words=_states())
        if _long(text, field):
            return NotUnderstood("too-many-digits", example=example, most=LONGEST[field.type])
        return NotUnderstood(wrong.kind, example=example)
    if wrong.kind == "not-a-date":
        if text[:1] in ("=", "@"):
            return NotUnderstood("formula-start", title=field.title, example=_example(field))
        found = next((kind for kind in DATES if pattern("dates", kind).fullmatch(text)), wrong.kind)
        return NotUnderstood(found, example=field.example or DAY)
    return wrong


def _long(text: str, field: schema.Field) -> bool:
    """A number in form, with more digits than any amount has."""
    whole, _, decimals = text.lstrip("-").partition(".")
    return (whole + decimals).isascii() and (whole + decimals).isdecimal() and (len(whole) > LONGEST[field.type] or len(decimals) > 6)


def _states() -> str:
    return cells.wording.say("lists.join").join(word for word in cells.STATE_WORDS if word)


def _empty(field: schema.Field) -> NotUnderstood:
    if field.numeric and not field.year:
        zero = "0.00" if field.scale else "0"
        return NotUnderstood("empty-amount", title=field.title, words=_states(), zero=zero, example=_example(field))
    kind = "list" if "enum" in field.constraints else "source" if field.source else "code" if field.code or field.key else "text"
    choices = cells.wording.say("lists.join").join(field.constraints.get("enum", ()))
    return NotUnderstood("required", title=field.title, remedy=cells.wording.say(f"required.{kind}", example=_example(field), choices=choices))


def _code(text: str, field: schema.Field) -> None:
    """A code is text of its own form: not what a spreadsheet makes of it, not a name that Windows keeps for itself."""
    if field.code in ("function", "economic", "plain"):
        if pattern("codes", field.code).fullmatch(text):
            raise NotUnderstood("code-as-number", title=field.title, example=_example(field))
        if field.code == "plain" and pattern("codes", "reserved").fullmatch(text):
            raise NotUnderstood("reserved-name", title=field.title, example=_example(field))
    if "enum" in field.constraints and text not in field.constraints["enum"]:
        raise NotUnderstood("not-in-list", choices=cells.wording.say("lists.join").join(field.constraints["enum"]))
    if "pattern" in field.constraints and not re.fullmatch(field.constraints["pattern"], text):
        raise NotUnderstood("wrong-code", title=field.title)
    if field.code == "function" and not re.fullmatch("[0-9]{3}|[0-9]{5}|[0-9]{7}", text):
        raise NotUnderstood("function-code", example=FUNCTION)
    if field.code == "economic" and not re.fullmatch("[0-9]{3}|[0-9]{5}", text):
        raise NotUnderstood("economic-code", example=ECONOMIC)


def _bounds(text: str, value: Value, field: schema.Field) -> None:
    rules = field.constraints
    if "minimum" in rules and value.value < rules["minimum"]:
        raise NotUnderstood("below-minimum", least=rules["minimum"])
    if "maximum" in rules and value.value > rules["maximum"]:
        raise NotUnderstood("above-maximum", most=rules["maximum"])
