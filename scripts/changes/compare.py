"""One table then and now: rows paired by their key whatever their order, each cell that differs told once."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from scripts.changes import tell
from scripts.changes.earlier import Table
from scripts.changes.ledgers import Ledger
from scripts.problems import Problem


class Columns(NamedTuple):
    """Indexes of the columns that both have; names of those that only one has, or that are called otherwise now."""

    both: list[tuple[int, int]]
    gone: list[str]
    new: list[str]
    renamed: list[tuple[str, str]]


def compare(path: str, before: Table | None, now: Ledger | None) -> Iterator[Problem]:
    if now is None:
        if before.rows:
            yield tell.table_gone(path, len(before.rows))
        return
    if before is None:
        if now.rows:
            yield tell.rows_new(now, range(len(now.rows)))
        return
    columns = _columns(before.header, now.header)
    yield from tell.columns(path, now, columns.gone, columns.new, columns.renamed)
    if columns.both != sorted(columns.both):
        yield tell.column_order(path, now)
    then = [[row[one] for one, _ in columns.both] for row in before.rows]
    here = [[row[other] for _, other in columns.both] for row in now.rows]
    key = [index for index, (_, other) in enumerate(columns.both) if other in now.key]
    names = [now.header[other] for _, other in columns.both]
    pairs, gone, new = _pairs(then, here, key)
    for one, other in pairs:
        for name, was, is_ in zip(names, then[one], here[other], strict=True):
            if was != is_:
                yield tell.cell(now, other, name, was, is_)
    for one in gone:
        yield tell.row_gone(path, now, before.rows[one])
    if new:
        yield tell.rows_new(now, new)


def _columns(before: list[str], now: list[str]) -> Columns:
    """By name, the second of a name being another; at the same place under another name, a column is renamed. In today's order."""
    then, here = _numbered(before), _numbered(now)
    both = [(then[name], here[name]) for name in here if name in then]
    gone, new = ({index: name for name, index in one.items() if name not in other} for one, other in ((then, here), (here, then)))
    renamed = [index for index in gone if index in new]
    both += [(index, index) for index in renamed]
    return Columns(
        sorted(both, key=lambda pair: pair[1]),
        [name for index, (name, _) in gone.items() if index not in renamed],
        [name for index, (name, _) in new.items() if index not in renamed],
        [(before[index], now[index]) for index in renamed],
    )


def _numbered(header: list[str]) -> dict[tuple[str, int], int]:
    return {(name, header[:index].count(name)): index for index, name in enumerate(header)}


def _pairs(then: list[list[str]], here: list[list[str]], key: list[int]) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Which row is which: alike, then of the same key, then at the same place with most cells alike. The rest is gone or new."""
    pairs, gone, new = [], list(range(len(then))), list(range(len(here)))
    whole = list(range(len(then[0] if then else ())))
    for told in (whole, key):
        waiting: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for one in gone:
            waiting[tuple(then[one][index] for index in told)].append(one)
        matched = {}
        for other in new:
            if ones := waiting[tuple(here[other][index] for index in told)]:
                matched[other] = ones.pop(0)
        pairs += [(one, other) for other, one in matched.items()]
        gone, new = sorted(set(gone) - set(matched.values())), [other for other in new if other not in matched]
    same = [at for at in sorted({*gone} & {*new}) if 2 * sum(map(str.__eq__, then[at], here[at])) > len(then[at])]
    pairs += [(at, at) for at in same]
    return pairs, sorted({*gone} - {*same}), sorted({*new} - {*same})
