"""Why a settings file cannot be read, in words for the line that seems wrong; the parser's own English is never shown."""

import re

from scripts import wording

PLACE = re.compile(r"\(at line ([0-9]+), column ([0-9]+)\)$")
DATE = re.compile(r"=\s*[0-9]{4}\D?[0-9]{1,2}\D?[0-9]{1,2}\D?\s*(?:#.*)?$")
# What the parser says -> a key of [broken_toml]; the first that fits.
CAUSES = (
    ("date", re.compile("Invalid date")),
    ("twice", re.compile("Cannot (?:overwrite|declare|redefine|mutate)|Duplicate")),
    ("bracket", re.compile(r"Expected '\]|Unclosed")),
    ("backslash", re.compile(r"Unescaped|Invalid hex|Escaped character")),
    ("quote", re.compile("Illegal character '\\\\[nr]|Unterminated|Expected \"'\"")),
    ("equals", re.compile("Expected '='")),
    ("value", re.compile("Invalid value")),
    ("name", re.compile("Invalid statement|Invalid initial character")),
    ("more", re.compile("Expected newline")),
)


def why(text: str, wrong: Exception) -> tuple[int | None, str, str]:
    """(row, what is wrong, how to mend it). The row is none where nobody can tell it: brackets or digits in thousands."""
    lines, found = text.splitlines() or [""], PLACE.search(str(wrong))
    end = "end of document" in str(wrong)
    row = int(found[1]) if found else len(lines) if end else None
    line = lines[row - 1] if row and row <= len(lines) else ""
    told = wording.table(f"broken_toml.{_cause(str(wrong), line, int(found[2]) if found else len(line) + 1)}")
    return row, told["reason"], told["remedy"]


def _cause(said: str, line: str, column: int) -> str:
    cause = next((name for name, pattern in CAUSES if pattern.search(said)), "other")
    if cause in ("value", "more", "name", "equals", "bracket") and re.match(wording.table("broken_toml")["signs"], line[column - 1 :]):
        return "wide"
    return "date" if cause in ("value", "more") and DATE.search(line) else cause
