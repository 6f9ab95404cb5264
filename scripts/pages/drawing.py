"""A chart in a page: the drawing, the same numbers as a table, and the CSV of exactly what is drawn."""

from collections import Counter

from markupsafe import Markup

from scripts import charts, display, grids
from scripts.addresses import HOW
from scripts.facts import Fact, Unit
from scripts.grids import Against, Column, Grid, Row, Text
from scripts.pages import Draft
from scripts.pages.render import component


def mark(fact: Fact, label: str, role: str, *, scale: str = "wan", start=0, series: str = "", at="") -> charts.Mark:
    """A fact as a mark; the label at the mark is what display prints, without the unit that the chart's line says."""
    text = display.shown(fact, scale, unit=fact.unit is not Unit.FEN)
    return charts.Mark(label, fact.value, text, fact.key, role, series, at, start)


def told_apart(names: dict[str, str]) -> dict[str, str]:
    """Names by code; where two codes bear one name, each takes its code behind it."""
    times = Counter(names.values())
    return {code: f"{name} {code}" if times[name] > 1 else name for code, name in names.items()}


def chart_block(draft: Draft, name: str, chart: charts.Chart, grid: Grid, finding: Markup | None = None) -> None:
    """Figure and table under one name; every fact of the grid gets its derivation, the grid its downloads."""
    drawn = charts.figure(chart, finding)
    table = component("ledger", grid=grids.view(grid))
    draft.grid(name, grid, f"{drawn}\n{table}")


def finding(draft: Draft, template: str, **figures: Fact | Against | str) -> tuple[str, Markup]:
    """The sentence above a chart: as plain text for its title, and as markup whose figures lead to their derivations."""
    plain, linked = {}, {}
    for place, value in figures.items():
        value, against = (value.fact, value.targets) if isinstance(value, Against) else (value, ())
        if isinstance(value, Fact):
            draft.note(value)
            plain[place] = display.shown(value, absolute=True, against=against if value.unit is Unit.SHARE else ())
            data = Markup('<a class="fact" href="{}#f-{}"><data data-fact="{}" data-abs value="{}">{}</data></a>')
            linked[place] = data.format(HOW, value.key, value.key, display.exact(value), plain[place])
        else:
            plain[place], linked[place] = value, Markup("<span data-text>{}</span>").format(value)
    return template.format(**plain), Markup(template).format(**linked)


def list_grid(id_: str, title: str, head: str, column: str, items: list[tuple[str, Fact]], *, unit: str = "", scale="wan", kind="words") -> Grid:
    """Names and one figure each: the table under most charts. `kind`: of the names, "" where they are texts of the data."""
    columns = (Column("name", (head,)), Column("amount", (column,), numeric=True, scale=scale))
    rows = tuple(Row((Text(label, kind), fact)) for label, fact in items)
    return Grid(id_, title, columns, rows, unit=unit, kind="stack")


