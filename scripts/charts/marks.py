"""What a chart is before it is drawn: marks that are facts, and what each kind demands of them."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from scripts import wording

WIDE, NARROW = 680, 280
KINDS = ("bridge", "bullet", "slope", "multiples", "bars", "flow", "dots")
ROLES = (
    "done", "start", "plan", "total", "more", "less", "missing", "late", "unspent", "other", "third", "self", "target",
)  # fmt: skip
LARGEST = 10**30  # beyond any budget in fen, well within what a length can be computed from
ID = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Mark:
    """One fact in a chart. `value` None: withheld or not published, drawn as a stub of fixed size with its words.

    `text` is what display prints. `series`: panel of multiples, row of dots. `at`: place in time. `start`: where a
    floating bar begins. Shares are Fractions, 1 = 100 %.
    """

    label: str
    value: int | Fraction | None
    text: str
    fact: str
    role: str
    series: str = ""
    at: int | str = ""
    start: int | Fraction = 0


@dataclass(frozen=True, slots=True)
class Chart:
    """A finding (`title`, plain words), how to read it, and the marks that show it, in the order they are read.

    `steps`: every place of the time axis in order, also those without a mark yet; empty: those of the marks. Multiples
    draw elapsed time only where it is given, and then it must be one whole span (a year).
    `facts`: keys the title speaks of that no mark carries.
    `whole`: the full mark of dots, 1 for shares, 100 for points out of a hundred.
    """

    id: str
    kind: str
    marks: tuple[Mark, ...]
    title: str
    how: str
    unit: str = ""
    description: str = ""
    caption: str = ""
    steps: tuple[int | str, ...] = ()
    facts: tuple[str, ...] = ()
    whole: int = 1


def written_only(chart: Chart, mark: Mark) -> bool:
    """A mark that is printed beside its row and has no shape: the whole of a panel, the full mark of a dimension."""
    return mark.role == "total" and chart.kind in ("multiples", "dots")


def drawn(chart: Chart) -> list[Mark]:
    return [mark for mark in chart.marks if not written_only(chart, mark)]


def steps(chart: Chart) -> list[int | str]:
    return list(chart.steps or dict.fromkeys(mark.at for mark in drawn(chart)))


def rows(chart: Chart) -> dict[str, list[Mark]]:
    """Marks by series, in the order the caller gave; a mark without a series is a row by its label."""
    found: dict[str, list[Mark]] = {}
    for mark in chart.marks:
        found.setdefault(mark.series or mark.label, []).append(mark)
    return found


def part(marks: list[Mark], role: str) -> Mark | None:
    return next((mark for mark in marks if mark.role == role), None)


def worded(chart: Chart) -> Chart:
    """A cell left blank is said to be blank."""
    blank = wording.say("states.blank")
    return replace(chart, marks=tuple(mark if mark.text else replace(mark, text=blank) for mark in chart.marks))


def check(chart: Chart) -> None:
    """Raise ValueError where a chart could not be drawn truthfully."""
    if chart.kind not in KINDS or not ID.fullmatch(chart.id) or not drawn(chart):
        raise ValueError(f"not a chart: id {chart.id!r}, kind {chart.kind!r}, {len(chart.marks)} marks")
    for mark in chart.marks:
        _check_mark(chart, mark)
    if chart.kind == "bullet":
        _check_targets(chart)
    if chart.kind in ("slope", "multiples"):
        _check_times(chart)
    if chart.kind == "dots":
        _check_scores(chart)


def _check_mark(chart: Chart, mark: Mark) -> None:
    exact = (int, Fraction)
    if not isinstance(mark.value, (*exact, type(None))) or not isinstance(mark.start, exact):
        raise ValueError(f"chart {chart.id}: {mark.fact} is not exact")
    if max(abs(mark.value or 0), abs(mark.start)) >= LARGEST:
        raise ValueError(f"chart {chart.id}: {mark.fact} is too large to draw")
    if mark.role not in ROLES or not mark.fact or not (mark.text or mark.value is None):
        raise ValueError(f"chart {chart.id}: {mark.fact!r} lacks a known role, its text or its key")


def _check_times(chart: Chart) -> None:
    """A line passes each moment once."""
    for name, marks in rows(chart).items():
        times = [mark.at for mark in marks if not written_only(chart, mark)]
        if not times or len(set(times)) < len(times) or not set(times) <= set(steps(chart)):
            raise ValueError(f"chart {chart.id}: {name} has no mark, two at one time, or one outside the time axis")


def _check_scores(chart: Chart) -> None:
    """One third party, one self and one full mark at most in a dimension; no score above the full mark."""
    for name, marks in rows(chart).items():
        roles = [mark.role for mark in marks]
        known = [mark.value for mark in marks if mark.role != "total" and mark.value is not None]
        if len(set(roles)) < len(roles) or not set(roles) & {"third", "self"} or max(known, default=0) > chart.whole:
            raise ValueError(f"chart {chart.id}: {name} has a role twice, no score, or one above {chart.whole}")


def _check_targets(chart: Chart) -> None:
    """A measure is drawn against its own target, so each row is one measure and one target above zero."""
    for name, marks in rows(chart).items():
        target = part(marks, "target")
        if len(marks) != 2 or target is None or not target.value or target.value < 0:
            raise ValueError(f"chart {chart.id}: {name} needs one measure and one target above zero")
