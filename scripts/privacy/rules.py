"""The words and expressions of the privacy scan, from rules.toml: Han characters stand there, never in code."""

import re
import tomllib
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("rules.toml")


@cache
def table(name: str) -> dict:
    """One table of rules.toml by dotted name."""
    found = _tables()
    for part in name.split("."):
        found = found[part]
    return found


@cache
def _tables() -> dict:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def expression(name: str) -> re.Pattern:
    """`table.entry` compiled; a list is any of its words, {others} of its table are put in."""
    return re.compile(_source(name))


def _source(name: str) -> str:
    parent, _, entry = name.rpartition(".")
    told = table(parent)[entry]
    text = told if isinstance(told, str) else "|".join(map(re.escape, told))
    return re.sub(r"\{([a-z_]+)\}", lambda found: f"(?:{_source(f'{parent}.{found[1]}')})", text)
