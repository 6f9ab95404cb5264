"""A table that lists its lines side by side: each column is a line and a measure at once."""

from scripts.official import kinds, names
from scripts.official.column import Column
from scripts.official.kinds import ColumnKind, Kind
from scripts.official.match import match, runs_through

OWN_MEASURE = {"budget": "budget", "final_accounts": "final"}


def column(kind: Kind, register: str, index: int, printed: str, path: tuple[str, ...]) -> Column:
    """A column that is a line and a measure at once, in whichever order the header has them."""
    if not path or (common := match(path, kind.columns, ("number", "text"))):
        return Column(index, printed, common.role if path else "", type=common.type if path else "text")
    measure, rest = _measure(kind, register, path)
    best, longest = "", 0
    for line in kinds.lines(kind.lines):
        for alias in line.aliases:
            labels = tuple(alias.split(names.SEPARATOR))
            if len(labels) > longest and runs_through(labels, rest):
                best, longest = line.role, len(labels)
    return Column(index, printed, measure.role if best else "", type="money" if best else "text", row=best)


def _measure(kind: Kind, register: str, path: tuple[str, ...]) -> tuple[ColumnKind, tuple[str, ...]]:
    """The measure a path names, and the path without it; the register's own measure where it names none."""
    for place in reversed(range(len(path))):
        for each in kind.measures:
            for alias, *deeper in each.aliases:
                if not deeper and path[place] == alias:
                    return each, path[:place] + path[place + 1 :]
    for place in reversed(range(len(path))):
        for each in kind.measures:
            for alias, *_ in each.aliases:
                if path[place].endswith(alias) and path[place] != alias:
                    return each, path[:place] + (path[place].removesuffix(alias),) + path[place + 1 :]
    return next(each for each in kind.measures if each.role == OWN_MEASURE[register]), path
