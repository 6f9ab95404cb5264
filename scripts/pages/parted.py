"""The chart of a measure that has one figure for each town, association or kind: against its promise, else side by side."""

from scripts import charts, commitments, display, measures, schema, wording
from scripts.addresses import address
from scripts.commitments import Clause, Verdict
from scripts.declared import Measure
from scripts.facts import Fact, Unit
from scripts.grids import Against, Column, Grid, Row, Text
from scripts.inputs import RegisterYear
from scripts.pages import Draft, Site
from scripts.pages.drawing import chart_block, finding, list_grid, mark

FEWEST, MOST = 2, 24  # one bar compares nothing, and more than these nobody reads
SHORT = (Verdict.UNMET, Verdict.NOT_YET)
DRAWN = (">=", ">", "=", "may", "aspire", "each-year")


def of_year(draft: Draft, year: RegisterYear) -> list[tuple[str, str]]:
    """Block and title of a chart for each measure of a year that is told by parts and is known of more than one."""
    made = []
    for measure in schema.load(year.register).measures:
        parts = measures.found(draft.site.facts, year, measure) if measure.each and _asked(draft.site, measure) else []
        if FEWEST <= len(parts) <= MOST and any(fact.known for _, fact in parts):
            name = f"by-{address(measure.name)}"
            _draw(draft, year, measure, parts, name)
            made.append((name, measure.title))
    return made


def _asked(site: Site, measure: Measure) -> bool:
    """A measure made for clauses is drawn where the publisher's plan has one of them, or where there is no plan."""
    plan = commitments.load(site.inputs.publisher.plan)
    return not plan or not measure.clauses or bool(plan.keys() & set(measure.clauses))


def promised(site: Site, measure: Measure) -> Clause | None:
    """The clause of the publisher's plan that a measure is drawn against: one with a target above nothing, and no secret."""
    clauses = commitments.load(site.inputs.publisher.plan)
    told = [clauses[id_] for id_ in measure.clauses if id_ in clauses and clauses[id_].comparator in DRAWN and not clauses[id_].small]
    return next((each for each in told if commitments.bounds(each)[0] > 0), None)


def target(site: Site, clause: Clause) -> Fact:
    """What a clause wants, as a fact: a drawing prints it beside what was measured."""
    key = f"commitments/targets/{clause.id}"
    title = wording.say("parted.target", title=clause.title)
    made = Fact(key, title, commitments.bounds(clause)[0], clause.unit, scale="yuan" if clause.unit is Unit.FEN else "", operation="promised")
    return site.facts.get(key) or site.facts.add(made)


def _draw(draft: Draft, year: RegisterYear, measure: Measure, parts: list[tuple[str, Fact]], name: str) -> None:
    clause, scale = promised(draft.site, measure), "wan"
    said, unit = wording.table("parted"), parts[0][1].unit
    if clause is None:
        marks = [mark(fact, value, "done", scale=scale) for value, fact in parts]
        columns = list_grid(name, measure.title, said["name"], measure.title, parts, scale=scale, kind="")
    else:
        wanted, bounds = target(draft.site, clause), commitments.bounds(clause)
        short = {value for value, fact in parts if _short(draft, year, clause, fact)}
        marks = [each for value, fact in parts for each in (
            charts.Mark(value, fact.value, _text(fact, scale, bounds), fact.key, "missing" if value in short else "done", value),
            charts.Mark(value, wanted.value, _text(wanted, scale), wanted.key, "target", value),
        )]  # fmt: skip
        columns = _beside(name, measure, parts, wanted, scale)
    template, figures = _finding(draft, year, clause, parts)
    plain, html = finding(draft, template, **figures)
    kind, how = ("bars", "how_bars") if clause is None else ("bullet", "how_bullet")
    units = {Unit.FEN: wording.say("cells.units.wan"), Unit.SHARE: "%"}
    shown = units.get(unit) or wording.say(f"units.{unit}")
    drawn = charts.Chart(name, kind, tuple(marks), plain, said[how], unit=shown)
    chart_block(draft, name, drawn, columns, html)


def _short(draft: Draft, year: RegisterYear, clause: Clause, fact: Fact) -> bool:
    open_still = clause.whole_years and not commitments.over(draft.site.inputs, year)
    return not open_still and commitments.judge(clause, fact) in SHORT


def _text(fact: Fact, scale: str, against: tuple = ()) -> str:
    return display.shown(fact, scale, unit=fact.unit is not Unit.FEN, against=against if fact.unit is Unit.SHARE else ())


def _beside(name: str, measure: Measure, parts: list[tuple[str, Fact]], wanted: Fact, scale: str) -> Grid:
    said = wording.table("parted")
    columns = (Column("name", (said["name"],)), Column("amount", (measure.title,), numeric=True, scale=scale),
               Column("target", (said["wanted"],), numeric=True, scale=scale))  # fmt: skip
    rows = tuple(Row((Text(value, "words"), fact, wanted)) for value, fact in parts)
    unit = wording.say("cells.units.wan") if wanted.unit is Unit.FEN else "" if wanted.unit is Unit.SHARE else wording.say(f"units.{wanted.unit}")
    return Grid(name, measure.title, columns, rows, unit=unit, kind="stack")


def _finding(draft: Draft, year: RegisterYear, clause: Clause | None, parts: list[tuple[str, Fact]]) -> tuple[str, dict]:
    """The sentence above: who is furthest from the promise, or that all keep it; without one, the most, or that all are alike."""
    said, known = wording.table("parted.findings"), [(value, fact) for value, fact in parts if fact.known]
    among = said["among"] if len(known) < len(parts) else ""
    least, most = min(known, key=lambda each: each[1].value), max(known, key=lambda each: each[1].value)
    if clause is None:
        form, (value, fact) = ("alike" if least[1].value == most[1].value else "most"), most
        return among + said[form], {"name": value, "figure": fact}
    bounds = commitments.bounds(clause)
    if clause.whole_years and not commitments.over(draft.site.inputs, year):
        return among + said["unfinished"], {"name": least[0], "figure": Against(least[1], bounds)}
    short = [each for each in known if _short(draft, year, clause, each[1])]
    if not short:
        return among + said["kept"], {"target": target(draft.site, clause)}
    value, fact = max(short, key=lambda each: abs(each[1].value - bounds[0]))
    return among + said["short"], {"name": value, "figure": Against(fact, bounds)}
