"""Chance from a seed: a stream of its own for each purpose and year, so that what is added later changes no other."""

import random
from collections.abc import Sequence

HUNDRED_YUAN = 10_000  # fen: what official budgets are rounded to


def stream(*names: object) -> random.Random:
    """The same names give the same numbers on every machine: a text seeds through its digest."""
    return random.Random("/".join(map(str, names)))


def shares(dice: random.Random, total: int, count: int, spread: float = 0.2) -> list[int]:
    """`total` in `count` whole parts, about equal, each at least 1 where there is enough."""
    weights = [1000 + dice.randint(-int(spread * 1000), int(spread * 1000)) for _ in range(count)]
    return split(total, weights)


def split(total: int, weights: Sequence[int], unit: int = 1) -> list[int]:
    """`total` by weights, each part a multiple of `unit`; what is left over is the last one's."""
    whole = sum(weights)
    parts = [total * weight // whole // unit * unit for weight in weights]
    return [*parts[:-1], total - sum(parts[:-1])]


def part(dice: random.Random, amount: int, least: int, most: int) -> int:
    """Between `least` and `most` thousandths of an amount, whole."""
    return amount * dice.randint(least * 1000, most * 1000) // 1_000_000


def hundreds(fen: int) -> int:
    """Rounded down to whole hundreds of yuan."""
    return fen // HUNDRED_YUAN * HUNDRED_YUAN
