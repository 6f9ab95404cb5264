"""Who scores how: the third party's square against the unit's own circle, each as a share of the full mark."""

from fractions import Fraction

from scripts import wording
from scripts.charts.marks import NARROW, Chart, Mark, part, rows
from scripts.charts.measure import width, wrap
from scripts.charts.rows import LABEL_ROOM, label_column
from scripts.charts.sheet import LINE, STUB, Look, Scale, Sheet

PITCH, HEAD, FOOT, GAP = 46, 28, 28, 12
HALF, TENTH = Fraction(1, 2), Fraction(1, 10)
SHAPES = {"third": ("square", 144), "self": ("circle", 144)}


def lay(chart: Chart, size: int) -> Sheet:
    sheet = Sheet(size)
    narrow = size == NARROW
    scale = _scale(chart, size)
    unnamed = True
    for name, marks in rows(chart).items():
        known = sorted((mark for mark in marks if mark.role in SHAPES and mark.value is not None), key=_by_value)
        named = unnamed and len(known) == 2
        unnamed = unnamed and not named
        middle = (_narrow_name if narrow else _wide_name)(sheet, name, part(marks, "total"), HEAD if named else 0)
        if named:
            _heads(sheet, scale, known, middle - 25)
        _points(sheet, scale, known, middle)
        if narrow and known:
            sheet.rule("whole", scale.end, middle - 12, scale.end, middle + 12)
        hidden = [mark for mark in marks if mark.role in SHAPES and mark.value is None]
        _stubs(sheet, hidden, 0 if narrow else scale.start)
    _axis(sheet, scale, chart, narrow)
    return sheet


def floor_of(chart: Chart) -> Fraction:
    """Where the axis begins: zero, or a tenth below the lowest score when all lie in the upper half."""
    tenth = TENTH * chart.whole
    known = [mark.value for mark in chart.marks if mark.role in SHAPES and mark.value is not None]
    start = (min(known, default=0) - tenth) // tenth * tenth
    return start if start >= HALF * chart.whole else Fraction(min(0, *known, 0))


def _by_value(mark: Mark) -> tuple:
    return mark.value, mark.role != "third"


def _scale(chart: Chart, size: int) -> Scale:
    figures = max(width(mark.text, strong=True) for mark in chart.marks if mark.role in SHAPES) + 18
    low, high = floor_of(chart), chart.whole
    if size == NARROW:
        return Scale(low, high, figures, size - figures)
    full = [width(mark.text) for mark in chart.marks if mark.role == "total"]
    column = max(full) + width(_head("full")) + 8 if full else 0
    return Scale(low, high, label_column(chart.marks) + figures, size - column - figures)


def _head(name: str) -> str:
    return wording.table("charts.heads")[name]


def _wide_name(sheet: Sheet, name: str, full: Mark | None, head: int) -> float:
    """Name left, full mark right; returns the middle of the row, below room for the names of the signs."""
    lines = wrap(name, LABEL_ROOM, strong=True)
    height = max(PITCH, len(lines) * LINE + 14)
    middle = sheet.height + head + height / 2
    sheet.height += head + height
    sheet.label(lines, 0, middle - (len(lines) - 1) * LINE / 2, strong=True)
    _full_mark(sheet, full, middle)
    return middle


def _narrow_name(sheet: Sheet, name: str, full: Mark | None, head: int) -> float:
    """Name and full mark above the points."""
    beside = width(_head("full")) + width(full.text) + 20 if full else 0
    lines = wrap(name, sheet.width - beside, strong=True)
    top = sheet.height + (GAP if sheet.height else 0)
    sheet.label(lines, 0, top + LINE / 2, strong=True)
    _full_mark(sheet, full, top + LINE / 2)
    sheet.height = top + len(lines) * LINE + (22 if head else 0) + 28
    return sheet.height - 14


def _full_mark(sheet: Sheet, full: Mark | None, y: float) -> None:
    if full:
        sheet.figure(full, sheet.width, y, "right")
        sheet.axis(_head("full"), sheet.width - width(full.text) - 6, y, "right")


def _points(sheet: Sheet, scale: Scale, known: list[Mark], middle: float) -> None:
    """Both points, joined; the lower number stands left, the higher right, so that they never meet."""
    if len(known) == 2:
        sheet.rule("span", scale.place(known[0].value), middle, scale.place(known[1].value), middle)
    for index, mark in enumerate(known):
        shape, size = SHAPES[mark.role]
        look = Look(f"point role-{mark.role}", "point", x=scale, shape=shape, size=size, counted=True)
        sheet.add(look, x=mark.value, y=middle, key=mark.fact)
        left = index == 0 and len(known) == 2
        x = scale.place(mark.value) + (-12 if left else 12)
        sheet.figure(mark, x, middle, "right" if left else "left", strong=mark.role == "third")


def _stubs(sheet: Sheet, hidden: list[Mark], x: float) -> None:
    """What is withheld has a line of its own below, whose place says nothing."""
    for mark in hidden:
        y = sheet.height + LINE / 2
        sheet.stub(mark, x, y)
        sheet.axis(_head(mark.role), x + STUB + 8, y)
        sheet.figure(mark, x + STUB + 8 + width(_head(mark.role)) + 6, y)
        sheet.height += LINE + 4


def _heads(sheet: Sheet, scale: Scale, pair: list[Mark], y: float) -> None:
    """Names of the two signs over the first pair, turned outwards when they would touch."""
    places = [scale.place(mark.value) for mark in pair]
    words = [_head(mark.role) for mark in pair]
    close = places[1] - places[0] < (width(words[0]) + width(words[1])) / 2 + 10
    for word, x, side, turn in zip(words, places, ("right", "left"), (-3, 3), strict=True):
        sheet.axis(word, x + turn if close else x, y, side if close else "center")


def _axis(sheet: Sheet, scale: Scale, chart: Chart, narrow: bool) -> None:
    """Every tenth, or fifth when it begins at zero; a beginning above zero is said in words."""
    bottom = sheet.height + 4
    if not narrow:
        sheet.rule("whole", scale.end, HEAD, scale.end, bottom)
    sheet.rule("zero", scale.start, bottom, scale.end, bottom)
    step = TENTH * chart.whole * (1 if scale.low > 0 else 2)
    ticks = [index * step for index in range(11) if scale.low <= index * step <= chart.whole]
    unit = "percent" if chart.whole == 1 else "points"
    for value in [ticks[0], ticks[-1]] if narrow else ticks:
        words = f"charts.axis.{unit}{'_cut' if value == scale.low > 0 else ''}"
        number = int(value * 100) if chart.whole == 1 else int(value)
        sheet.axis(wording.say(words, number=number, unit=chart.unit), scale.place(value), bottom + 16, "center")
        sheet.rule("tick", scale.place(value), bottom, scale.place(value), bottom + 5)
    sheet.height = bottom + FOOT
