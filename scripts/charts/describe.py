"""The picture in words, for whoever does not see it: kind, unit, highest, lowest, and what a line does."""

from fractions import Fraction

from scripts import wording
from scripts.charts.marks import Chart, Mark, drawn, part, rows, steps, worded, written_only
from scripts.charts.times import step_name

ROOM = 120


def describe(chart: Chart) -> str:
    """At most 120 characters; its digits are only those of the marks' own texts and names."""
    chart = worded(chart)
    unit = wording.say("charts.unit", unit=chart.unit) if chart.unit else ""
    said = wording.say("charts.opening", kind=_kind(chart), unit=unit)
    for sentence in _sentences(chart):
        if len(said) + len(sentence) <= ROOM:
            said += sentence
    return said


def _kind(chart: Chart) -> str:
    timeless = chart.kind == "multiples" and not chart.steps
    return wording.say("charts.kinds.timeless" if timeless else f"charts.kinds.{chart.kind}")


def _sentences(chart: Chart) -> list[str]:
    """The most telling first; what no longer fits is left out whole."""
    return [*_extremes(chart), *_story(chart), *_hidden(chart)]


def _compared(chart: Chart) -> list[tuple[Fraction, Mark]]:
    """What highest and lowest are taken from: measures by share of target, the third party's scores, last points."""
    if chart.kind == "bullet":
        targets = {name: part(marks, "target") for name, marks in rows(chart).items()}
        measures = [mark for mark in chart.marks if mark.role != "target" and mark.value is not None]
        return [(Fraction(mark.value) / targets[mark.series or mark.label].value, mark) for mark in measures]
    if chart.kind == "dots":
        chosen = [mark for mark in chart.marks if mark.role == "third"]
    elif chart.kind == "slope":
        chosen = [mark for mark in drawn(chart) if mark.at == steps(chart)[-1]]
    elif chart.kind == "multiples":
        chosen = [line[-1] for line in _lines(chart).values()]
    else:
        chosen = drawn(chart)
    return [(Fraction(mark.value), mark) for mark in chosen if mark.value is not None]


def _lines(chart: Chart) -> dict[str, list[Mark]]:
    """The marks of each row in the order of time."""
    order = steps(chart)
    return {
        name: sorted((m for m in marks if not written_only(chart, m)), key=lambda m: order.index(m.at))
        for name, marks in rows(chart).items()
    }


def _extremes(chart: Chart) -> list[str]:
    values = _compared(chart)
    if not values:
        return []
    high, low = max(values, key=lambda pair: pair[0]), min(values, key=lambda pair: pair[0])
    form = "one" if len(values) == 1 else "equal" if high[0] == low[0] else f"extremes.{chart.kind}"
    among = wording.say("charts.among_open") if any(mark.value is None for mark in chart.marks) else ""
    return [among + wording.say(f"charts.{form}", high=_named(chart, high[1]), low=_named(chart, low[1]))]


def _named(chart: Chart, mark: Mark) -> str:
    """A row and its number, with the point in time where there is one."""
    name = mark.series or mark.label
    if mark.at != "" and (chart.kind == "multiples" or mark.value is None):
        return wording.say("charts.named_at", name=name, when=step_name(mark.at), text=mark.text)
    return wording.say("charts.named", name=name, text=mark.text)


def _story(chart: Chart) -> list[str]:
    if chart.kind in ("bridge", "flow"):
        return [wording.say("charts.stages", stages=_join([_named(chart, m) for m in chart.marks if _stands(m)]))]
    if chart.kind == "bullet":
        short = [m for m in chart.marks if m.role in ("missing", "less", "late")]
        return [wording.say("charts.short_of", names=_join([_named(chart, m) for m in short]))] if short else []
    if chart.kind == "dots":
        return _widest(chart)
    if chart.kind in ("slope", "multiples"):
        known = {mark.at for mark in drawn(chart)}
        moments = [step for step in steps(chart) if step in known]
        return [trend for name, line in _lines(chart).items() if (trend := _trend(moments, name, line))]
    return []


def _join(parts: list[str]) -> str:
    return wording.say("charts.comma").join(parts)


def _stands(mark: Mark) -> bool:
    return mark.value is not None and mark.start == 0


def _widest(chart: Chart) -> list[str]:
    pairs = [(name, part(marks, "third"), part(marks, "self")) for name, marks in rows(chart).items()]
    known = [(n, t, s) for n, t, s in pairs if t and s and t.value is not None and s.value is not None]
    if not known:
        return []
    name, third, own = max(known, key=lambda row: abs(row[1].value - row[2].value))
    if third.value == own.value:
        return []
    return [wording.say("charts.widest", name=name, third=third.text, own=own.text)]


def _trend(order: list, name: str, line: list[Mark]) -> str:
    """From, to; steady only where it is true from each moment to the next. Nothing where one is missing."""
    whole = order.index(line[-1].at) - order.index(line[0].at) == len(line) - 1
    if len(line) < 2 or not whole or any(mark.value is None for mark in line):
        return ""
    pairs = list(zip(line, line[1:], strict=False))
    rises, falls = all(a.value < b.value for a, b in pairs), all(a.value > b.value for a, b in pairs)
    same = line[0].value == line[-1].value
    form = "rises" if rises else "falls" if falls else "stays" if same and len(line) == 2 else "moves"
    if (rises or falls) and len(line) > 2:
        form = f"steadily_{form}"
    ends = {"first": line[0].text, "last": line[-1].text}
    return wording.say(f"charts.trend.{form}", name=name, since=step_name(line[0].at), **ends)


def _hidden(chart: Chart) -> list[str]:
    hidden = [mark for mark in chart.marks if mark.value is None]
    return [wording.say("charts.hidden", names=_join([_named(chart, mark) for mark in hidden]))] if hidden else []
