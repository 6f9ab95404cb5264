"""A header path against the aliases of columns: the longest alias that runs through it wins."""

from collections.abc import Iterable
from functools import lru_cache

from scripts.official.kinds import ColumnKind


def match(path: tuple[str, ...], columns: Iterable[ColumnKind], types: tuple[str, ...] = ()) -> ColumnKind | None:
    """The column whose longest alias ends where the path ends and runs through it in order."""
    best, longest = None, 0
    for each in columns:
        if types and each.type not in types:
            continue
        for alias in each.aliases:
            if len(alias) > longest and runs_through(alias, path):
                best, longest = each, len(alias)
    return best


@lru_cache(maxsize=100_000)
def runs_through(alias: tuple[str, ...], path: tuple[str, ...]) -> bool:
    """Whether the labels of an alias stand in the path in order, the last at its end."""
    if not alias or not path or alias[-1] != path[-1]:
        return False
    rest = iter(path[:-1])
    return all(label in rest for label in alias[:-1])
