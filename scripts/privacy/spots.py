"""Where in Excel a text of a workbook's part stands: its sheet, and header, comment, name, property in the clerk's words."""

import posixpath
import re

from scripts import wording

# Elements of a part, the last one before a place says what it is: name of the element -> a key of [privacy.spots].
ELEMENTS = re.compile(
    r"<(?:\w+:)?(?P<name>oddHeader|evenHeader|firstHeader|oddFooter|evenFooter|firstFooter|dataValidations?|hyperlink|conditionalFormatting|protectedRange"
    r"|definedName|sheet|sheetData|comment|author|table|tableColumn|numFmt|cellStyle)\b"
)  # fmt: skip
SPOTS = {
    "oddHeader": "print", "evenHeader": "print", "firstHeader": "print", "oddFooter": "print", "evenFooter": "print", "firstFooter": "print",
    "dataValidation": "validation", "dataValidations": "validation", "hyperlink": "link", "conditionalFormatting": "formatting", "protectedRange": "protection",
    "definedName": "name", "sheet": "sheet", "sheetData": "cells", "comment": "comment", "author": "comment", "table": "table", "tableColumn": "table",
    "numFmt": "format", "cellStyle": "format",
}  # fmt: skip
# What a part is as a whole.
PARTS = (
    ("comment", re.compile(r"xl/(?:comments|threadedComments|persons)", re.IGNORECASE)), ("property", re.compile("docProps/|docMetadata/", re.IGNORECASE)),
    ("drawing", re.compile(r"xl/(?:drawings|media|diagrams|ctrlProps)/", re.IGNORECASE)), ("chart", re.compile("xl/(?:charts|chartsheets)/", re.IGNORECASE)),
    ("string", re.compile("xl/sharedStrings", re.IGNORECASE)), ("table", re.compile("xl/tables/", re.IGNORECASE)),
    ("pivot", re.compile("xl/pivot", re.IGNORECASE)), ("link", re.compile(r"\.rels$|xl/externalLinks/", re.IGNORECASE)), ("custom", re.compile("customXml/", re.IGNORECASE)),
)  # fmt: skip


def spot(member: str, text: str, at: int) -> str:
    """What Excel calls the place of a sign within a part: `text` is the part as it stands."""
    whole = next((name for name, pattern in PARTS if pattern.search(member)), "")
    before = [found["name"] for found in ELEMENTS.finditer(text, 0, at)] if not whole else []
    return wording.say(f"privacy.spots.{whole or (SPOTS[before[-1]] if before else 'other')}")


def sheet_of(member: str, members: dict[str, str], names: dict[str, str]) -> str:
    """The sheet that a part is, or that it hangs on: a comment, a drawing; "" for a part of the whole workbook."""
    if member in names:
        return names[member]
    folder, file = posixpath.split(member)
    if folder.endswith("/_rels"):
        return names.get(f"{posixpath.dirname(folder)}/{file.removesuffix('.rels')}", "")
    for sheet, name in names.items():
        rels = members.get(f"{posixpath.dirname(sheet)}/_rels/{posixpath.basename(sheet)}.rels", "")
        targets = [posixpath.normpath(posixpath.join("/", posixpath.dirname(sheet), each)).lstrip("/") for each in re.findall(r'\bTarget="([^"]*)"', rels)]
        if member in targets:
            return name
    return ""
