"""Number formats: whether a cell shows the number that it holds."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_ACCOUNTING = '_(* #,##0{0}_);_(* \\(#,##0{0}\\);_(* "-"??_);_(@_)'
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "$#,##0;($#,##0)", 6: "$#,##0;($#,##0)", 7: "$#,##0.00;($#,##0.00)",
    8: "$#,##0.00;($#,##0.00)", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)",
    39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;(#,##0.00)", 41: _ACCOUNTING.format(""), 42: _ACCOUNTING.format(""), 43: _ACCOUNTING.format(".00"),
    44: _ACCOUNTING.format(".00"), 48: "##0.0E+0", 49: "@",
}  # fmt: skip
GENERAL = re.compile(r"General|G/\w+", re.I)
TOKEN = re.compile(r'"([^"]*)"?|[\\!](.)|[_*].|\[([^\]]*)\]?|(General|G/\w+|E[+-])|(.)', re.I | re.S)
HARMLESS = set(" -+()'")
SCALED, OTHERWISE = "scaled", "otherwise"


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a format: places after the point, least digits before it, what is printed beside the digits."""

    places: int = 0
    least: int = 0
    digits: bool = False
    general: bool = False
    condition: bool = False
    marked: bool = False  # a sign, brackets or a colour: a negative number can be told
    scaled: bool = False
    foreign: bool = False


def code(number: int, custom: dict[int, str]) -> str:
    """The format of an id; "" is the general one."""
    return custom.get(number, BUILT_IN.get(number, ""))


@cache
def is_date(number: int, told: str) -> bool:
    """Whether a number under it is a day or a time."""
    if not told:
        return number in DATES
    bare = "".join(found[5] or "" for found in TOKEN.finditer(told.split(";")[0]))
    return bool(re.search("[ymdhs]", bare, re.I) or re.search(r"\[(?:h+|m+|s+)\]", told, re.I))


@cache
def hides_text(told: str) -> bool:
    """The fourth part is for text; an empty one shows nothing."""
    parts = _parts(told)
    return len(parts) >= 4 and not parts[3].strip()


def shows(value: Decimal, told: str) -> str:
    """"" when the number is shown as it is; "scaled" when another number is; "otherwise" when digits are hidden or added."""
    sections = _sections(told)
    if not sections:
        return ""
    if any(each.condition for each in sections):
        verdicts = [_verdict(value, each) for each in sections if each.digits or each.general]
        return next((each for each in verdicts if each), "")
    chosen = 1 if value < 0 < len(sections) - 1 else 2 if not value and len(sections) > 2 else 0
    section = sections[chosen]
    if chosen == 1 and not section.marked:
        return OTHERWISE
    if chosen == 2 and not section.digits and section.marked and not section.foreign:
        return ""  # the dash that accountants print for zero
    return _verdict(value, section)


def _verdict(value: Decimal, section: Section) -> str:
    if section.scaled:
        return SCALED
    if section.foreign or not (section.digits or section.general):
        return OTHERWISE
    if section.general:
        return ""
    whole, _, decimals = f"{abs(value):f}".partition(".")
    hidden = len(decimals.rstrip("0")) > section.places
    return OTHERWISE if hidden or section.least > max(1, len(whole)) else ""


def _parts(told: str) -> list[str]:
    parts = [""]
    for found in TOKEN.finditer(told):
        if found[5] == ";":
            parts.append("")
        else:
            parts[-1] += found[0]
    return parts


@cache
def _sections(told: str) -> tuple[Section, ...]:
    return tuple(map(_section, _parts(told))) if told.strip() else ()


def _section(part: str) -> Section:
    literal, plain, general, condition, colour = "", "", False, False, False
    for quoted, escaped, bracket, word, char in (found.groups(default="") for found in TOKEN.finditer(part)):
        literal += quoted + escaped
        if bracket.startswith("$"):
            literal += "".join(c for c in bracket[1:].partition("-")[0] if not c.isalpha())
        elif bracket[:1] in ("<", ">", "="):
            condition = True
        elif bracket:
            colour = True
        general = general or bool(GENERAL.fullmatch(word)) or char == "@"
        plain += "E" if word and not GENERAL.fullmatch(word) else char if char != "@" else ""
    beside = literal + "".join(c for c in plain if c not in "0#?.,%/E")
    whole, _, decimals = plain.partition(".")
    return Section(
        places=sum(c in "0#?" for c in decimals), least=whole.count("0"), digits=bool(re.search("[0#?]", plain)), general=general, condition=condition,
        marked=colour or bool(set("-(") & set(beside)), scaled="%" in plain or bool(re.search(r"[0#?],+(?![0#?,])", plain)),
        foreign=bool(set("E/") & set(plain)) or any(c not in HARMLESS and unicodedata.category(c) != "Sc" for c in beside),
    )  # fmt: skip
