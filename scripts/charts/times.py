"""The axis of time: equal steps, named as far as there is room."""

from scripts import wording
from scripts.charts.measure import width
from scripts.charts.sheet import Sheet

TICK = 15


def step_name(step: int | str) -> str:
    """A year gets its word; a month or date comes with its own."""
    return wording.say("charts.axis.year", year=step) if isinstance(step, int) else step


def places(order: list, start: float, end: float) -> dict:
    """Equal steps, whatever lies between them."""
    gap = (end - start) / max(1, len(order) - 1)
    return {step: start + index * gap for index, step in enumerate(order)}


def ticks(sheet: Sheet, where: dict, y: float, left: float, right: float) -> None:
    """Names of the steps between the bounds: all, or every second (third, …) counted from the last, as fits."""
    spans = []
    for step, x in reversed(where.items()):
        half = width(step_name(step), TICK) / 2
        spans.append((step, max(left + half, min(x, right - half)), half))
    for stride in range(1, len(spans) + 1):
        kept = spans[::stride]
        if all(b[1] + b[2] + 4 <= a[1] - a[2] for a, b in zip(kept, kept[1:], strict=False)):
            break
    for step, middle, _ in kept:
        sheet.axis(step_name(step), middle, y, "center")
