"""kinds.toml as it stands, loaded once: patterns, words, and the raw kinds that kinds.py gives their shape."""

import tomllib
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("kinds.toml")


@cache
def told() -> dict:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def patterns() -> dict:
    return told()["patterns"]


def say(phrase: str, /, **details: object) -> str:
    """A phrase of [words] with its places filled."""
    return told()["words"][phrase].format(**details)
