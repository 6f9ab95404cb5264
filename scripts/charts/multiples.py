"""Who keeps pace with the year: a small panel a row, its line beside the dashed line of elapsed time."""

from scripts import wording
from scripts.charts.marks import NARROW, Chart, Mark, part, rows, steps
from scripts.charts.measure import width, wrap
from scripts.charts.sheet import LINE, STUB, Look, Scale, Sheet, reach
from scripts.charts.times import ticks

COLUMNS, GAP = 3, 28
PLOT, HEAD, FOOT, ROW_GAP = 96, 34, 30, 18


def lay(chart: Chart, size: int) -> Sheet:
    """Panels in the caller's order; the values are shares of a whole, the axis is one whole span of time."""
    sheet = Sheet(size)
    columns = 1 if size == NARROW else COLUMNS
    wide = (size - GAP * (columns - 1)) / columns
    panels = list(rows(chart).items())
    for index in range(0, len(panels), columns):
        band = panels[index : index + columns]
        top = sheet.height + (ROW_GAP if index else 0)
        names = [_name(name, part(marks, "total"), wide) for name, marks in band]
        plot = top + max(len(lines) for lines, _ in names) * LINE + HEAD
        for place, ((_, marks), (lines, beside)) in enumerate(zip(band, names, strict=True)):
            left = place * (wide + GAP)
            _title(sheet, left, wide, top, lines, beside)
            _panel(sheet, chart, marks, (left, wide, plot), note=index == place == 0)
        sheet.height = plot + PLOT + FOOT
    return sheet


def _name(name: str, whole: Mark | None, room: float) -> tuple[list[str], tuple[Mark, bool] | None]:
    """Lines of the panel's name; the whole goes on its last line when it fits, else below."""
    lines = wrap(name, room, strong=True)
    if not whole:
        return lines, None
    fits = width(lines[-1], strong=True) + 8 + width(whole.text) <= room
    return (lines if fits else [*lines, ""]), (whole, fits)


def _title(sheet: Sheet, left: float, wide: float, top: float, lines: list[str], beside: tuple | None) -> None:
    sheet.rule("rule", left, top + 1, left + wide, top + 1)
    first = top + 6 + LINE / 2
    sheet.label([line for line in lines if line], left, first, strong=True)
    if beside:
        x = left + width(lines[-1], strong=True) + 8 if beside[1] else left
        sheet.figure(beside[0], x, first + (len(lines) - 1) * LINE)


def _panel(sheet: Sheet, chart: Chart, marks: list[Mark], box: tuple[float, float, float], note: bool) -> None:
    left, wide, top = box
    shown = [mark for mark in marks if mark.role != "total"]
    figures = max(width(mark.text, strong=True) for mark in chart.marks if mark.role != "total")
    order, start, end = steps(chart), left + 1, left + wide - figures - 14
    places = {step: start + (end - start) * (index + 1) / len(order) for index, step in enumerate(order)}
    values = [mark.value for mark in chart.marks if mark.role != "total" and mark.value is not None]
    scale = reach(values, top + PLOT, top, least=1)
    sheet.rule("whole", start, scale.place(1), end, scale.place(1))
    sheet.rule("base", start, scale.place(0), end, scale.place(0))
    if chart.steps:
        sheet.rule("elapsed", start, scale.place(0), end, scale.place(1))
    told = {order[-1], *(mark.at for mark in chart.marks)}
    ticks(sheet, {step: x for step, x in places.items() if step in told}, top + PLOT + 15, left, left + wide)
    _line(sheet, scale, shown, places, start)
    if note:
        sheet.axis(wording.say("charts.axis.percent", number=100), start, scale.place(1) - 11)
        if chart.steps:
            _note(sheet, scale, start, end)


def _line(sheet: Sheet, scale: Scale, marks: list[Mark], places: dict, start: float) -> None:
    """From nothing at the first moment; broken where a value is missing; the last mark bears sign and number."""
    marks = sorted(marks, key=lambda mark: list(places).index(mark.at))
    css = Look("line role-done", "line", y=scale)
    thread = marks[0].series or marks[0].label
    run = 0
    if marks[0].value is not None:
        sheet.add(css, x=start, y=0, run=f"{thread}/0")
    for mark in marks:
        x = places[mark.at]
        if mark.value is None:
            run += 1
            _hidden(sheet, mark, x, scale.place(0), last=mark is marks[-1])
            continue
        sheet.add(css, x=x, y=mark.value, run=f"{thread}/{run}")
        last = mark is marks[-1]
        look = Look(f"point role-{mark.role}", "point", y=scale, shape="square" if last else "circle",
                    size=110 if last else 36, counted=True)  # fmt: skip
        sheet.add(look, x=x, y=mark.value, key=mark.fact)
        if last:
            sheet.figure(mark, x + 10, scale.place(mark.value), strong=True)


def _hidden(sheet: Sheet, mark: Mark, x: float, ground: float, last: bool) -> None:
    sheet.stub(mark, x - STUB / 2, ground - 8)
    if last:
        sheet.figure(mark, x + STUB / 2 + 4, ground - 8)
    else:
        sheet.figure(mark, x, ground - 28, "center")


def _note(sheet: Sheet, scale: Scale, start: float, end: float) -> None:
    """Once, in the first panel: what the dashed line is."""
    whole, ground = scale.place(1), scale.place(0)
    sheet.axis(wording.say("charts.axis.elapsed"), start, whole + 14)
    middle = start + (end - start) * 0.45
    sheet.rule("leader", start + 34, whole + 25, middle - 2, ground + (whole - ground) * 0.45 - 2)
