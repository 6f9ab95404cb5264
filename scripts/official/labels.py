"""The labels that headers may hold: of one kind, of any kind, and the known one that an unknown one is most like."""

import re
from difflib import SequenceMatcher
from functools import cache

from scripts.official import kinds, names, titles
from scripts.official.kinds import Kind

YEAR, ANY = re.compile("[0-9]{4}"), 2000


def vocabulary(kind: Kind) -> set[str]:
    """Every label that a header of this kind may hold."""
    aliases = [alias for column in kind.columns + kind.measures for alias in column.aliases]
    aliases += [tuple(alias.split(names.SEPARATOR)) for line in kinds.lines(kind.lines) for alias in line.aliases]
    parts = {part for column in kind.columns for part in column.parts}
    return {label for alias in aliases for label in alias} | parts


def known(text: str) -> bool:
    """Whether a header of any kind may hold a label, in whatever year."""
    return YEAR.sub("0", names.component(text)) in _all()


def understood(text: str) -> bool:
    """Whether a label over others is known, or is made of the words that titles are made of."""
    return known(text) or titles.understood(names.component(text))


@cache
def _all() -> set[str]:
    return {YEAR.sub("0", label) for kind in kinds.load(ANY).values() for label in vocabulary(kind)}


@cache
def naming() -> set[str]:
    """What columns that name rows are called, in any kind."""
    columns = [c for kind in kinds.load(ANY).values() for c in kind.columns if c.type in ("code", "name")]
    return {alias[-1] for column in columns for alias in column.aliases}


def nearest(path: str, kind: Kind) -> str:
    """The known label that an unknown one is most like."""
    told = "".join(names.components(path))
    there = dict.fromkeys(alias for column in kind.columns + kind.measures for alias in column.aliases)
    there |= dict.fromkeys(names.components(alias) for line in kinds.lines(kind.lines) for alias in line.aliases)
    best = max(there, key=lambda alias: SequenceMatcher(None, told, "".join(alias)).ratio(), default=())
    return names.SEPARATOR.join(best)
