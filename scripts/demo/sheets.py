"""Official tables as they are printed: trees of codes with their sums, and summaries in two halves."""

from collections.abc import Mapping, Sequence

from scripts.cells import FEN_IN
from scripts.demo.texts import table

Amounts = Mapping[str, Sequence[int]]  # by code of the lowest level: one amount a column, fen
LEVELS = {"function": (3, 5, 7), "economic": (3, 5)}


def printed(fen: int, unit: str) -> str:
    """`12.50`: two decimals, exact; ValueError where the unit is too coarse for the amount."""
    whole, rest = divmod(abs(fen), FEN_IN[unit])
    if rest * 100 % FEN_IN[unit]:
        raise ValueError(f"{fen} fen are no hundredths of a {unit}")
    return f"{'-' if fen < 0 else ''}{whole}.{rest * 100 // FEN_IN[unit]:02}"


def amount(fen: int, unit: str) -> str:
    """As official tables print it: nothing where there is nothing."""
    return printed(fen, unit) if fen else ""


def tree(kind: str, amounts: Amounts, names: Mapping[str, str], unit: str) -> list[list[str]]:
    """A row for every class, section and item, in the order of codes: the code in its parts, the name, the amounts."""
    levels, sums = LEVELS[kind], {}
    for code, values in amounts.items():
        for length in levels:
            sums[code[:length]] = added(sums.get(code[:length], ()), values)
    rows = []
    for code in sorted(sums):
        parts = [code[:3], *(code[at : at + 2] for at in range(3, levels[-1], 2))]
        rows.append([*parts, names[code], *(amount(fen, unit) for fen in sums[code])])
    return rows


def added(one: Sequence[int], other: Sequence[int]) -> list[int]:
    return [a + b for a, b in zip(one, other, strict=True)] if one else list(other)


def total(amounts: Amounts, unit: str, width: int) -> list[str]:
    found: list[int] = []
    for values in amounts.values():
        found = added(found, values)
    return [amount(fen, unit) for fen in found or [0] * width]


def summary(name: str, left: Mapping[str, Sequence[int]], right: Mapping[str, Sequence[int]], unit: str) -> list[list[str]]:
    """The two halves of a summary; by the ids of official.toml, the amounts of each line."""
    def half(title: str, id_: str, told: Mapping[str, Sequence[int]]) -> list[str]:
        width = len(next(iter(told.values())))
        return [title, *(amount(fen, unit) for fen in told.get(id_, [0] * width))]

    return [half(*row[:2], left) + half(*row[2:], right) for row in table(f"official.{name}.lines")["rows"]]


