"""Rows that begin at zero (bars), or float from where the one before ended (bridge, flow)."""

from scripts import wording
from scripts.charts.marks import NARROW, Chart, Mark
from scripts.charts.measure import width, wrap
from scripts.charts.sheet import LINE, STUB, Scale, Sheet, reach

LABEL_ROOM, PITCH, BAR, SIGN = 216, 44, 26, 22
NARROW_BAR, NARROW_GAP = 20, 14
STANDING = ("start", "total", "done", "late")


def lay(chart: Chart, size: int) -> Sheet:
    sheet = Sheet(size)
    scale = _scale(chart, size)
    place = _narrow_row if size == NARROW else _wide_row
    bars: list[tuple[Mark, float, float]] = []
    for mark in chart.marks:
        middle, half = place(sheet, chart, mark, scale)
        bars.append((mark, middle - half, middle + half))
        if mark.value is None:
            sheet.stub(mark, scale.place(0), middle)
        else:
            sheet.bar(mark, scale, middle - half, middle + half, mark.start + mark.value, mark.start)
    if chart.kind != "bars":
        _links(sheet, scale, bars)
    if size != NARROW or scale.low < 0:
        sheet.rule("zero", scale.place(0), 0, scale.place(0), sheet.height)
    return sheet


def edges(mark: Mark) -> set:
    return set() if mark.value is None else {mark.start, mark.start + mark.value}


def strong(chart: Chart, mark: Mark) -> bool:
    return chart.kind != "bars" and mark.role in STANDING


def _scale(chart: Chart, size: int) -> Scale:
    values = [edge for mark in chart.marks for edge in edges(mark)]
    if size == NARROW:
        return reach(values, 1, size - 1)
    figures = max(width(mark.text, strong=True) for mark in chart.marks)
    names = label_column(chart.marks) + max(indent(chart, mark) for mark in chart.marks)
    return reach(values, names, size - figures - 12)


def label_column(marks: tuple[Mark, ...]) -> float:
    """Where bars may begin: after the longest line of a name."""
    lines = [line for mark in marks for line in wrap(mark.series or mark.label, LABEL_ROOM, strong=True)]
    return round(max(width(line, strong=True) for line in lines)) + 18


def indent(chart: Chart, mark: Mark) -> int:
    """Rows of a bridge that change or sum up have a sign before their name."""
    return SIGN if chart.kind == "bridge" and mark.role in wording.table("charts.signs") else 0


def _name(sheet: Sheet, chart: Chart, mark: Mark, lines: list[str], first: float) -> None:
    if indent(chart, mark):
        sheet.axis(wording.say(f"charts.signs.{mark.role}"), 0, first)
    sheet.label(lines, indent(chart, mark), first, strong=strong(chart, mark))


def _wide_row(sheet: Sheet, chart: Chart, mark: Mark, scale: Scale) -> tuple[float, float]:
    """Name left, number after the bar; returns the bar's middle and half its thickness."""
    lines = wrap(mark.label, LABEL_ROOM, strong=True)
    height = max(PITCH, len(lines) * LINE + 14)
    middle = sheet.height + height / 2
    sheet.height += height
    _name(sheet, chart, mark, lines, middle - (len(lines) - 1) * LINE / 2)
    if mark.value is None:
        sheet.figure(mark, scale.place(0) + STUB + 8, middle)
    else:
        bold = strong(chart, mark) or chart.kind == "bars"
        sheet.figure_after(mark, scale, max(0, *edges(mark)), middle, bold)
    return middle, BAR / 2


def _narrow_row(sheet: Sheet, chart: Chart, mark: Mark, scale: Scale) -> tuple[float, float]:
    """Name and number above the bar, the number right."""
    bold = strong(chart, mark)
    room = sheet.width - width(mark.text, strong=True) - 14 - indent(chart, mark)
    lines = wrap(mark.label, room, strong=True)
    top = sheet.height + (NARROW_GAP if sheet.height else 0)
    _name(sheet, chart, mark, lines, top + LINE / 2)
    sheet.figure(mark, sheet.width, top + LINE / 2, "right", bold or chart.kind == "bars")
    sheet.height = top + len(lines) * LINE + 3 + NARROW_BAR + 1
    return sheet.height - NARROW_BAR / 2 - 1, NARROW_BAR / 2


def _links(sheet: Sheet, scale: Scale, bars: list[tuple[Mark, float, float]]) -> None:
    """Dotted lines where one row takes up the sum at which the row before left it."""
    for (before, _, bottom), (after, top, _) in zip(bars, bars[1:], strict=False):
        for edge in sorted((edges(before) & edges(after)) - {0}):
            x = scale.place(edge)
            if sheet.width == NARROW:  # words stand between the bars: a tick below the first is enough
                sheet.rule("link", x, bottom, x, bottom + 8)
            else:
                sheet.rule("link", x, bottom, x, top)
