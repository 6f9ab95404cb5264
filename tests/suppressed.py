"""Made-up tables with small counts, from a seed: a county's towns by kind of disability, its villages by kind and level."""

import random
from collections.abc import Iterable, Mapping

from scripts.suppression.system import Cell, Relation

# About how certificates divide among the seven kinds; speech and multiple disabilities are rare.
KINDS = {"sight": 11, "hearing": 8, "speech": 2, "limbs": 54, "mind": 8, "psyche": 12, "several": 5}
LEVELS = {"1": 15, "2": 30, "3": 25, "4": 30}
ALL = "all"


def towns(seed: int, persons: int = 1259) -> dict[tuple[str, ...], int]:
    """Persons by (town, kind): 18 x 7."""
    chance = random.Random(seed)
    names = [f"town{number:02}" for number in range(18)]
    sizes = [chance.uniform(0.3, 1.7) for _ in names]
    return _drawn(chance, persons, dict(zip(names, sizes, strict=True)), KINDS)


def villages(seed: int, persons: int = 12_000) -> dict[tuple[str, ...], int]:
    """Persons by (village, kind, level): 240 x 7 x 4."""
    chance = random.Random(seed)
    names = [f"village{number:03}" for number in range(240)]
    sizes = [chance.uniform(0.3, 1.7) for _ in names]
    return _drawn(chance, persons, dict(zip(names, sizes, strict=True)), KINDS, LEVELS)


def _drawn(chance: random.Random, persons: int, *weights: Mapping[str, float]) -> dict[tuple[str, ...], int]:
    counts = {(): persons}
    for weight in weights:
        counts = {(*label, name): 0 for label in counts for name in weight}
    columns = [chance.choices([*weight], [*weight.values()], k=persons) for weight in weights]
    for label in zip(*columns, strict=True):
        counts[label] += 1
    return counts


def with_totals(inner: Mapping[tuple[str, ...], int]) -> dict[tuple[str, ...], int]:
    """The same with a total over every label, in every direction and all of them together."""
    table = dict(inner)
    for place in range(len(next(iter(inner)))):
        sums: dict[tuple[str, ...], int] = {}
        for label, value in table.items():
            over = (*label[:place], ALL, *label[place + 1 :])
            sums[over] = sums.get(over, 0) + value
        table |= sums
    return table


def system(table: Mapping[tuple[str, ...], int], threshold: int) -> tuple[dict[str, Cell], list[Relation]]:
    """Cells of counts and relations of a table with its totals: what is under the threshold is hidden, and a zero may be too."""
    cells = {
        (key := "/".join(label)): Cell(key, value, 0, threshold, threshold, value, 0 < value < threshold) for label, value in table.items()
    }
    return cells, [*sums(table)]


def sums(table: Iterable[tuple[str, ...]]) -> Iterable[Relation]:
    """Total less its parts is nothing, for every line of a table in every direction."""
    for place in range(len(next(iter(table)))):
        lines: dict[tuple[str, ...], list[tuple[str, int]]] = {}
        for label in table:
            line = lines.setdefault((*label[:place], *label[place + 1 :]), [])
            line.append(("/".join(label), 1 if label[place] == ALL else -1))
        yield from (Relation(tuple(line), 0, 0) for line in lines.values())


def small(table: Mapping[tuple[str, ...], int], threshold: int) -> int:
    return sum(0 < value < threshold for value in table.values())


def county(after: int) -> tuple[int, dict[tuple[str, ...], int]]:
    """The first seed from `after` on whose 18 x 7 table has exactly 52 counts of 1 to 4, and the table with totals."""
    seed = next(seed for seed in range(after, after + 10_000) if small(with_totals(towns(seed)), 5) == 52)
    return seed, with_totals(towns(seed))
