"""From one year to the next: a line a row, every number and name at the line itself."""

from scripts.charts.marks import NARROW, Chart, Mark, rows, steps
from scripts.charts.measure import width, wrap
from scripts.charts.sheet import LINE, STUB, Look, Scale, Sheet, reach, spread
from scripts.charts.times import places, ticks

HEAD, FIGURE, GUTTER, NAME_ROOM = 30, 24, 22, 176
STRIP, PLOT = 76, 240


def lay(chart: Chart, size: int) -> Sheet:
    return _strips(chart, size) if size == NARROW else _shared(chart, size)


def _strips(chart: Chart, size: int) -> Sheet:
    """Narrow: each row has a strip of its own, all on one scale."""
    sheet = Sheet(size)
    where = places(steps(chart), 8, size - 8)
    for name, marks in rows(chart).items():
        lines = wrap(name, size, strong=True)
        top = sheet.height + (18 if sheet.height else 0)
        sheet.label(lines, 0, top + LINE / 2, strong=True)
        top += len(lines) * LINE + FIGURE
        scale = _scale(chart, top + STRIP, top)
        draw_line(sheet, scale, marks, where, top + STRIP)
        _figures_at_points(sheet, scale, marks, where, top + STRIP)
        sheet.rule("base", 0, top + STRIP, size, top + STRIP)
        ticks(sheet, where, top + STRIP + 14, 0, size)
        sheet.height = top + STRIP + 26
    return sheet


def _shared(chart: Chart, size: int) -> Sheet:
    """Wide: all rows between the same two (or more) years; numbers left, numbers and names right."""
    sheet = Sheet(size)
    found = rows(chart)
    figures = max(width(mark.text, strong=True) for mark in chart.marks)
    lines = {name: wrap(name, NAME_ROOM) for name in found}
    names = max(width(line) for each in lines.values() for line in each)
    where = places(steps(chart), figures + GUTTER, size - GUTTER - figures - 12 - names)
    heights = {name: max(FIGURE, len(each) * LINE + 4) for name, each in lines.items()}
    bottom = HEAD + max(PLOT, sum(heights.values()) + 12)
    scale = _scale(chart, bottom - 8, HEAD + (FIGURE + 6 if len(where) > 2 else 12))
    ticks(sheet, where, 10, 0, size)
    for x in where.values():
        sheet.rule("step", x, HEAD, x, bottom)
    sheet.rule("base", min(where.values()), bottom - 8, max(where.values()), bottom - 8)
    for marks in found.values():
        draw_line(sheet, scale, marks, where, bottom - 8)
    for step, x in where.items():
        column = {name: mark for name, marks in found.items() for mark in marks if mark.at == step}
        _column(sheet, scale, column, x, (HEAD, bottom), lines, where)
    sheet.height = bottom + 4
    return sheet


def _scale(chart: Chart, bottom: float, top: float) -> Scale:
    return reach([mark.value for mark in chart.marks if mark.value is not None], bottom, top)


def _y(scale: Scale, mark: Mark, bottom: float) -> float:
    return bottom - 8 if mark.value is None else scale.place(mark.value)


def draw_line(sheet: Sheet, scale: Scale, marks: list[Mark], where: dict, bottom: float) -> None:
    """The line, broken where a value is missing, a point at each mark, a stub on the ground where it is withheld."""
    run = 0
    for mark in sorted(marks, key=lambda mark: list(where).index(mark.at)):
        x = where[mark.at]
        if mark.value is None:
            run += 1
            sheet.stub(mark, x - STUB / 2, bottom - 8)
            continue
        thread = f"{mark.series or mark.label}/{run}"
        sheet.add(Look(f"line role-{mark.role}", "line", y=scale), x=x, y=mark.value, run=thread)
        look = Look(f"point role-{mark.role}", "point", y=scale, size=81, counted=True)
        sheet.add(look, x=x, y=mark.value, key=mark.fact)


def _figures_at_points(sheet: Sheet, scale: Scale, marks: list[Mark], where: dict, bottom: float) -> None:
    """Above its point; below when the one before is in the way."""
    taken = -1.0
    for mark in marks:
        x, wide = where[mark.at], width(mark.text, strong=True)
        left = min(max(x - wide / 2, 0), sheet.width - wide)
        above = left >= taken or scale.place(mark.value or 0) > bottom - 34
        y = _y(scale, mark, bottom) - 17 if above else _y(scale, mark, bottom) + 17
        taken = max(taken, left + wide + 6) if above else taken
        sheet.figure(mark, left, y, strong=True)


def _column(sheet, scale, column: dict[str, Mark], x: float, span: tuple, lines: dict, where: dict) -> None:
    """The numbers of one year: left of the first, right of the last with the name, above the points between."""
    low, bottom = span
    last, first = x == max(where.values()), x == min(where.values())
    wanted = [_y(scale, mark, bottom - 8) - (0 if first or last else 18) for mark in column.values()]
    heights = [max(FIGURE, len(lines[name]) * LINE + 4) if last else FIGURE for name in column]
    for (name, mark), was, y in zip(column.items(), wanted, spread(wanted, heights, low - 4, bottom + 8), strict=True):
        if not first and not last:
            sheet.figure(mark, x, y, "center", strong=True)
            continue
        turn, side = (1, "left") if last else (-1, "right")
        gap = STUB / 2 - 8 if mark.value is None else 0
        sheet.rule("leader", x + turn * (8 + gap), was, x + turn * (GUTTER - 4), y)
        sheet.figure(mark, x + turn * GUTTER, y, side, strong=True)
        if last:
            beyond = x + GUTTER + max(width(m.text, strong=True) for m in column.values()) + 12
            sheet.label(lines[name], beyond, y - (len(lines[name]) - 1) * LINE / 2)
