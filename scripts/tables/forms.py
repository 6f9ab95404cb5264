"""The normal form of a cell, where what it means is beyond doubt: wide signs, spaces at its ends, grouped thousands, days as people write them."""

import re

from scripts import schema
from scripts.tables.words import pattern, told

WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
MINUS = "\u2212"
GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]{1,6})?")
SHORT_CODES = ("function", "economic", "plain")


def normal_form(text: str, field: schema.Field) -> str:
    """The text as it should have been typed; the same where nothing may be understood."""
    if field.type == "string":
        return _code(text, field)
    plain = text.strip().translate(WIDE)
    if field.type == "date":
        return _day(plain)
    plain = plain.replace(MINUS, "-", 1) if plain.startswith(MINUS) else plain
    if field.year and (found := pattern("date_forms", "year").fullmatch(plain)):
        return found[1]
    return plain.replace(",", "") if GROUPED.fullmatch(plain) else plain


def _code(text: str, field: schema.Field) -> str:
    if field.code in SHORT_CODES:
        return text.strip().translate(WIDE)
    if field.code == "document":
        return document_number(text)
    return text.strip() if "enum" in field.constraints and text.strip() in field.constraints["enum"] else text


def document_number(text: str) -> str:
    """The number of a document with its year in hexagonal brackets, whichever brackets somebody typed."""
    found = pattern("document_forms", "number").fullmatch(text.strip())
    return told()["document_forms"]["right"].format(*found.groups()) if found else text


def _day(plain: str) -> str:
    """Year, month and day in this order, with any of four signs between: as ISO writes it."""
    close = "".join(plain.split()) if re.search(r"\D\s|\s\D", plain) else plain
    for form in told()["date_forms"]["list"]:
        if found := re.fullmatch(form, close):
            year, month, day = found.groups()
            return f"{year}-{int(month):02}-{int(day):02}"
    return plain
