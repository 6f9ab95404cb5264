"""What the made-up county says: the files of words/, one a register and a few for the model."""

import tomllib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("words")


@cache
def table(name: str):
    """What stands under a dotted name, the first part being the file; KeyError when it is not there."""
    file, *rest = name.split(".")
    found = _file(file)
    for part in rest:
        found = found[part]
    return found


def phrase(name: str, **details: object) -> str:
    return table(name).format(**details)


@cache
def _file(name: str) -> dict:
    path = FOLDER / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
