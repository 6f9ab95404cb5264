"""A measure against its target: every row is as long as its share of the target, which stands in one line."""

from fractions import Fraction

from scripts import wording
from scripts.charts.marks import NARROW, Chart, Mark, part, rows
from scripts.charts.measure import width, wrap
from scripts.charts.rows import BAR, LABEL_ROOM, NARROW_BAR, NARROW_GAP, PITCH, label_column
from scripts.charts.sheet import LINE, Look, Scale, Sheet, reach

HEAD, GAP = 28, 22
LEAST = Fraction(27, 25)  # the target never stands at the very edge


def lay(chart: Chart, size: int) -> Sheet:
    sheet = Sheet(size)
    pairs = [_pair(marks) for marks in rows(chart).values()]
    shares = [share for measure, target in pairs if (share := ratio(measure, target)) is not None]
    if size == NARROW:
        scale = reach(shares, 1, size - 1, LEAST)
        for measure, target in pairs:
            _narrow_row(sheet, measure, target, scale)
    else:
        columns = _columns(pairs, size)
        scale = reach(shares, label_column(chart.marks), columns[2], LEAST)
        _head(sheet, scale, columns)
        for measure, target in pairs:
            _wide_row(sheet, measure, target, scale, columns)
    return sheet


def ratio(measure: Mark, target: Mark) -> Fraction | None:
    return None if measure.value is None else Fraction(measure.value) / Fraction(target.value)


def _pair(marks: list[Mark]) -> tuple[Mark, Mark]:
    target = part(marks, "target")
    return next(mark for mark in marks if mark is not target), target


def _columns(pairs: list[tuple[Mark, Mark]], size: int) -> tuple[float, float, float]:
    """Right edges of the targets, of the measures, of the bars."""
    words = wording.table("charts.heads")
    targets = max(width(words["target"]), *(width(target.text) for _, target in pairs))
    measures = max(width(words["measure"]), *(width(measure.text, strong=True) for measure, _ in pairs))
    return size, size - targets - GAP, size - targets - GAP - measures - GAP


def _head(sheet: Sheet, scale: Scale, columns: tuple[float, float, float]) -> None:
    words = wording.table("charts.heads")
    sheet.axis(words["target"], scale.place(1), 10, "center")
    sheet.axis(words["target"], columns[0], 10, "right")
    sheet.axis(words["measure"], columns[1], 10, "right")
    sheet.height = HEAD


def _wide_row(sheet: Sheet, measure: Mark, target: Mark, scale: Scale, columns: tuple) -> None:
    lines = wrap(measure.label, LABEL_ROOM, strong=True)
    height = max(PITCH, len(lines) * LINE + 14)
    middle = sheet.height + height / 2
    sheet.height += height
    sheet.label(lines, 0, middle - (len(lines) - 1) * LINE / 2)
    sheet.figure(measure, columns[1], middle, "right", strong=True)
    sheet.figure(target, columns[0], middle, "right")
    _shapes(sheet, measure, target, scale, middle, BAR / 2)


def _narrow_row(sheet: Sheet, measure: Mark, target: Mark, scale: Scale) -> None:
    lines = wrap(measure.label, sheet.width)
    top = sheet.height + (NARROW_GAP + 4 if sheet.height else 0)
    sheet.label(lines, 0, top + LINE / 2)
    middle = top + len(lines) * LINE + LINE / 2
    sheet.figure(measure, 0, middle, strong=True)
    sheet.figure(target, sheet.width, middle, "right")
    head = wording.say("charts.heads.target")
    sheet.axis(head, sheet.width - width(target.text) - 8, middle, "right")
    sheet.height = middle + LINE / 2 + 7 + NARROW_BAR + 5
    _shapes(sheet, measure, target, scale, sheet.height - NARROW_BAR / 2 - 5, NARROW_BAR / 2)


def _shapes(sheet: Sheet, measure: Mark, target: Mark, scale: Scale, middle: float, half: float) -> None:
    share = ratio(measure, target)
    if share is None:
        sheet.stub(measure, scale.place(0), middle)
    else:
        sheet.bar(measure, scale, middle - half, middle + half, share)
    top, bottom = middle - half - 4, middle + half + 4
    for css, counted in (("halo", False), ("goal role-target", True)):
        sheet.add(Look(css, "rule", x=scale, counted=counted, above=True), x=1, x2=1, y=top, y2=bottom, key=target.fact)
