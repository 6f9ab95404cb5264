"""One number of a sheet: whether it is one, is kept whole, and is shown as it is."""

import math
import re
from decimal import Decimal
from functools import lru_cache

from scripts.workbooks import formats

NUMBER = re.compile(r"[+-]?(?:[0-9]{1,400}(?:\.[0-9]{0,400})?|\.[0-9]{1,400})(?:[eE][+-]?[0-9]{1,3})?")
KEPT = 15  # digits that a spreadsheet keeps
TOO_LARGE, NOISE = 10.0**KEPT, 4  # NOISE: units in the last place that adding binary fractions leaves
LONGEST = 40


@lru_cache(maxsize=50_000)
def number(said: str, format_id: int, code: str, strict: bool) -> tuple[str, str, str] | None:
    """(kind, value, detail) of what is wrong with a number as the file spells it; None when nothing is.

    Not strict: only what changes the amount, a number that lost its digits or is shown in another unit.
    """
    if not NUMBER.fullmatch(said):
        return "workbook-damaged", said[:LONGEST], ""
    if formats.is_date(format_id, code):
        return None
    short = len(said) <= KEPT and said.strip("-0123456789.") == ""
    if short and not code:
        return None
    value = float(said)
    if not short and (not abs(value) < TOO_LARGE or strict and _beyond(said, value)):
        return "workbook-digits", said[:LONGEST], ""
    odd = formats.shows(Decimal(format(value, f".{KEPT}g")), code)
    if odd and (strict or odd == formats.SCALED):
        return "workbook-shown-otherwise", plain(value), code
    return None


def plain(value: float) -> str:
    """To the digits that a spreadsheet keeps, without an exponent."""
    if value.is_integer() and abs(value) < TOO_LARGE:
        return str(int(value))
    return f"{Decimal(format(value, f'.{KEPT}g')):f}"


def _beyond(said: str, value: float) -> bool:
    """More digits than a spreadsheet keeps, the noise of adding binary fractions aside."""
    return abs(Decimal(format(value, f".{KEPT}g")) - Decimal(said)) > NOISE * Decimal(math.ulp(value))
