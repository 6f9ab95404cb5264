"""Chance from a seed: a stream of its own for each purpose and year, so that what is added later changes no other."""

import random
from collections.abc import Sequence
from itertools import accumulate, pairwise

HUNDRED_YUAN = 10_000  # fen: what official budgets are rounded to


def stream(*names: object) -> random.Random:
    """The same names give the same numbers on every machine: a text seeds through its digest."""
    return random.Random("/".join(map(str, names)))


def shares(dice: random.Random, total: int, count: int, spread: float = 0.2) -> list[int]:
    """`total` in `count` whole parts, about equal, each at least 1 where there is enough."""
    weights = [1000 + dice.randint(-int(spread * 1000), int(spread * 1000)) for _ in range(count)]
    return split(total, weights)


def split(total: int, weights: Sequence[int], unit: int = 1) -> list[int]:
    """`total` by weights, each part a multiple of `unit` and within one of what is its due; what is no multiple is the last one's."""
    whole, steps = sum(weights), total // unit
    ends = [0, *(steps * upto // whole for upto in accumulate(weights))]
    parts = [(end - start) * unit for start, end in pairwise(ends)]
    parts[-1] += total - steps * unit
    return parts


def part(dice: random.Random, amount: int, least: int, most: int) -> int:
    """Between `least` and `most` thousandths of an amount, whole."""
    return amount * dice.randint(least * 1000, most * 1000) // 1_000_000


def hundreds(fen: int) -> int:
    """Rounded down to whole hundreds of yuan."""
    return fen // HUNDRED_YUAN * HUNDRED_YUAN
