"""forms.toml as it stands, loaded once: patterns and words by which the reader tells one slip of the hand from another."""

import re
import tomllib
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("forms.toml")


@cache
def told() -> dict:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def pattern(section: str, name: str) -> re.Pattern:
    return re.compile(told()[section][name], re.I)
