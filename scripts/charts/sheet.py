"""The drawing board: shapes and words gathered by look, in pixels or on a scale of exact values."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from scripts.charts.marks import Mark
from scripts.charts.measure import wrap

LINE = 22  # px from one line of a name to the next
MARKS = ("rect", "rule", "line", "point", "text")
STUB = 32  # px, the one length of everything withheld


@dataclass(frozen=True, slots=True)
class Scale:
    """Where values stand: `low` at pixel `start`, `high` at pixel `end`."""

    low: int | Fraction
    high: int | Fraction
    start: float
    end: float

    def place(self, value: int | Fraction) -> float:
        return self.start + float(Fraction(value - self.low) / Fraction(self.high - self.low)) * (self.end - self.start)


def reach(values: Iterable[int | Fraction], start: float, end: float, least: int | Fraction = 0) -> Scale:
    """A scale from zero (or below, if a value is) to the largest value, never empty."""
    known = [0, least, *values]
    low, high = min(known), max(known)
    return Scale(low, high if high > low else low + 1, start, end)


@dataclass(frozen=True, slots=True)
class Look:
    """What the items of one layer have in common. `css`: its classes, the last one of a mark being its role.

    Without a scale a channel is in pixels. `counted`: each item stands for one mark of the chart.
    """

    css: str
    mark: str  # one of MARKS
    x: Scale | None = None
    y: Scale | None = None
    align: str = "left"
    dx: int = 0
    shape: str = "circle"
    size: int = 64
    counted: bool = False
    above: bool = False  # a rule that no bar may hide

    @property
    def height(self) -> int:
        """Bars lie lowest, then rules, lines, signs, words."""
        return MARKS.index("point" if self.above else self.mark)


class Sheet:
    """Collects the items of each look in drawing order."""

    def __init__(self, width: int):
        self.width = width
        self.height = 0
        self._items: dict[Look, list[dict]] = {}

    def add(self, look: Look, **item: object) -> None:
        self._items.setdefault(look, []).append(item)

    def layers(self) -> list[tuple[Look, list[dict]]]:
        return sorted(self._items.items(), key=lambda layer: layer[0].height)

    def rule(self, css: str, x: float, y: float, x2: float, y2: float) -> None:
        self.add(Look(css, "rule"), x=x, y=y, x2=x2, y2=y2)

    def bar(self, mark: Mark, scale: Scale, top: float, bottom: float, end: int | Fraction, start=0) -> None:
        look = Look(f"bar role-{mark.role}", "rect", x=scale, counted=True)
        self.add(look, x=start, x2=end, y=top, y2=bottom, key=mark.fact)

    def stub(self, mark: Mark, x: float, y: float) -> None:
        """The same hatched block for every hidden value, its middle at `y`; no length, no place."""
        look = Look("stub role-withheld", "rect", counted=True)
        self.add(look, x=x, x2=x + STUB, y=y - 8, y2=y + 8, key=mark.fact)

    def figure(self, mark: Mark, x: float, y: float, align: str = "left", strong: bool = False) -> None:
        css = "figure strong" if strong else "figure"
        self.add(Look(css, "text", align=align), x=x, y=y, text=[mark.text], key=mark.fact)

    def figure_after(self, mark: Mark, scale: Scale, edge: int | Fraction, y: float, strong: bool = False) -> None:
        """The number at the far end of its bar."""
        css = "figure strong" if strong else "figure"
        self.add(Look(css, "text", x=scale, dx=8), x=edge, y=y, text=[mark.text], key=mark.fact)

    def label(self, lines: list[str], x: float, y: float, align: str = "left", strong: bool = False) -> None:
        """A name whose first line has its middle at `y`."""
        self.add(Look("label strong" if strong else "label", "text", align=align), x=x, y=y, text=lines)

    def axis(self, text: str, x: float, y: float, align: str = "left") -> None:
        self.add(Look("axis", "text", align=align), x=x, y=y, text=[text])


def names(labels: Iterable[str], room: float, strong: bool = False) -> dict[str, list[str]]:
    return {label: wrap(label, room, strong=strong) for label in labels}


def spread(wanted: list[float], heights: list[float], low: float, high: float) -> list[float]:
    """Middles near the wanted ones, in their order, that do not overlap and stay between `low` and `high`."""
    order = sorted(range(len(wanted)), key=lambda index: (wanted[index], index))
    placed = list(wanted)
    floor = low
    for index in order:
        placed[index] = max(wanted[index], floor + heights[index] / 2)
        floor = placed[index] + heights[index] / 2
    ceiling = high
    for index in reversed(order):
        placed[index] = min(placed[index], ceiling - heights[index] / 2)
        ceiling = placed[index] - heights[index] / 2
    return placed
