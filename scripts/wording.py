"""Every word the program itself says, loaded from wording.toml; second in the flow, after nothing."""

import tomllib
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("wording.toml")


@cache
def _tables() -> dict:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def table(name: str) -> dict:
    """One table of wording.toml by dotted name; KeyError when it does not exist."""
    found = _tables()
    for part in name.split("."):
        found = found[part]
    return found


def say(key: str, **details: object) -> str:
    """The sentence under a dotted key, with its {places} filled; without details, as it stands."""
    parent, _, leaf = key.rpartition(".")
    sentence = table(parent)[leaf]
    return sentence.format(**details) if details else sentence
