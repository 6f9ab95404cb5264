"""A grid's records as an Excel workbook: one sheet, every text a text, every number a number, the same bytes every time."""

import datetime
import io
import re
import unicodedata
from decimal import Decimal

from scripts import wording
from scripts.grids.records import Entry

LONGEST_CELL, LONGEST_NAME, DIGITS = 32_767, 31, 15  # what Excel keeps of a text, of a sheet's name, of a number
NARROWEST, WIDEST = 8, 60  # columns, in digits
MADE = datetime.datetime(1980, 1, 1)  # the first day that a zip knows: when it was made is no part of what it says
_NUMBER = re.compile(r"-?[0-9]+(?:\.([0-9]+))?")
# What xlsxwriter takes for its own spelling is written sign by sign: text runs, and a second escape that shares a bar with the first.
_MISREAD = re.compile("^<r>.*</r>$|_x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_", re.S)
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


def xlsx_bytes(title: str, found: list[list[Entry]]) -> bytes:
    """The header stays in sight; no formula, link, author or clock."""
    import xlsxwriter  # only where pages are made: it costs a tenth of a second

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": MADE})
    sheet = book.add_worksheet(sheet_name(title))
    head = book.add_format({"bold": True})
    formats: dict[int, object] = {}
    for row, line in enumerate(found):
        for column, entry in enumerate(line):
            if row and entry.number and (places := places_of(entry.text)) is not None:
                if places not in formats:
                    formats[places] = book.add_format({"num_format": "#,##0" + ("." + "0" * places if places else "")})
                sheet.write_number(row, column, float(entry.text), formats[places])
            elif entry.text:
                write_text(sheet, row, column, entry.text, None if row else head)
    for column, width in enumerate(widths(found)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()


def write_text(sheet, row: int, column: int, text: str, form) -> None:
    """Excel would cut a longer text, and xlsxwriter leaves it out: neither happens in silence."""
    pieces = text if _MISREAD.search(text) else [text]
    write = sheet.write_rich_string if len(pieces) > 1 else sheet.write_string
    if len(text) > LONGEST_CELL or write(row, column, *pieces, *([form] if form else [])):
        raise ValueError(f"a text of {len(text)} characters does not fit a cell")


def places_of(text: str) -> int | None:
    """Decimals of a number that a workbook keeps exactly; None where it would not, and the number stands as a text."""
    found = _NUMBER.fullmatch(text)
    if not found or len(text.replace(".", "").lstrip("-0")) > DIGITS or Decimal(repr(float(text))) != Decimal(text):
        return None
    return len(found[1] or "")


def sheet_name(title: str) -> str:
    """The title without the signs that Excel forbids in a sheet's name."""
    name = _NOT_IN_NAMES.sub(" ", title)[:LONGEST_NAME].strip(" '")
    return name if name and name.casefold() != "history" else wording.say("downloads.sheet")


def widths(found: list[list[Entry]]) -> list[int]:
    """Each column as wide as its longest text, within limits; a Han character is two digits wide."""
    longest = [max(map(_width, column)) for column in zip(*found, strict=True)]
    return [min(WIDEST, max(NARROWEST, width + 2)) for width in longest]


def _width(entry: Entry) -> int:
    text = entry.text[:WIDEST]
    return len(text) if text.isascii() else sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
