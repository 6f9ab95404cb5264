"""Pages of the congress and the presidium: the plain ones, with two charts of their own: shares against the plan, and last term beside this."""

from scripts import charts, commitments, schema, wording
from scripts.facts import Fact
from scripts.grids import Against, Column, Grid, Row, Text
from scripts.inputs import RegisterYear
from scripts.pages import Draft, Page, Site, parted, plain_register
from scripts.pages.drawing import chart_block, finding, mark
from scripts.registers.governance.facts import row_of

REGISTER = "governance"
CLAUSES = {"congress-relatives": "G1", "congress-models": "G2", "presidium-relatives": "G3.1", "presidium-models": "G3.2"}
CHANGED = ("rural", "societies", "volunteers")


def pages(site: Site) -> list[Page]:
    return plain_register.pages(site, REGISTER, _story)


def _story(draft: Draft, year: RegisterYear) -> dict:
    return {"charts": [each for each in (_shares(draft, year), _terms(draft, year)) if each]}


def _fact(draft: Draft, year: RegisterYear, name: str) -> Fact | None:
    found = draft.fact(f"{REGISTER}/{year.year}/{name}")
    return found if found is not None and found.known else None


def _shares(draft: Draft, year: RegisterYear) -> tuple[str, str] | None:
    """Each group's share of all, beside what the plan asks for; without a plan the shares alone."""
    said, plan = wording.table("governance.shares"), commitments.load(draft.site.inputs.publisher.plan)
    names = {measure.name: measure.title for measure in schema.load(REGISTER).measures if measure.name in CLAUSES}
    told = [(name, fact) for name in CLAUSES if (fact := _fact(draft, year, name))]
    if not told:
        return None
    clauses = {name: plan[id_] for name, id_ in CLAUSES.items() if id_ in plan}
    marks, rows = [], []
    for name, fact in told:
        clause = clauses.get(name)
        short = clause is not None and commitments.judge(clause, fact) is commitments.Verdict.UNMET
        wanted = parted.target(draft.site, clause) if clause else None
        marks.append(mark(fact, names[name], "missing" if short else "done", series=names[name] if clause else ""))
        marks += [mark(wanted, names[name], "target", series=names[name])] if wanted else []
        rows.append(Row((Text(names[name], "words"), Against(fact, (wanted.value,)) if wanted else fact, *([wanted] if clauses else []))))
    columns = tuple(Column(name, (said[name],), numeric=True) for name in (("amount", "target") if clauses else ("amount",)))
    template, figures = _finding(said, names, told, clauses)
    plain, html = finding(draft, template, **figures)
    kind, how = ("bullet", "how") if clauses else ("bars", "how_plain")
    chart = charts.Chart("shares", kind, tuple(marks), plain, said[how], unit="%")
    chart_block(draft, "shares", chart, Grid("shares", said["title"], (Column("name", (said["name"],)), *columns), tuple(rows), kind="stack"), html)
    return "shares", said["title"]


def _finding(said: dict, names: dict[str, str], told: list[tuple[str, Fact]], clauses: dict) -> tuple[str, dict]:
    """The group furthest below what is asked; else the lowest."""
    ahead = {name: fact.value - commitments.bounds(clauses[name])[0] for name, fact in told if name in clauses}
    name, fact = min(told, key=lambda each: ahead.get(each[0], each[1].value))
    if name not in ahead:
        return said["least"], {"name": names[name], "share": fact}
    shown = Against(fact, commitments.bounds(clauses[name]))
    return said["short" if ahead[name] < 0 else "kept"], {"name": names[name], "share": shown}


def _terms(draft: Draft, year: RegisterYear) -> tuple[str, str] | None:
    """Three groups of the congress, last term and this; only those that both terms tell."""
    said, now, before = wording.table("governance.terms"), row_of(year, "congress", True), row_of(year, "congress", False)
    titles = {group: schema.load(REGISTER).table("county").field(group).title for group in CHANGED}
    if now is None or before is None or not now["elected_on"] or not before["elected_on"] or now["elected_on"].year == before["elected_on"].year:
        return None
    names = {group: f"congress-{group}" for group in CHANGED}
    told = {group: (b, n) for group, name in names.items() if (n := _fact(draft, year, name)) and (b := _fact(draft, year, f"{name}-before"))}
    if not told:
        return None
    times = (before["elected_on"].year, now["elected_on"].year)
    marks = tuple(mark(fact, titles[group], "done", series=titles[group], at=at) for group, pair in told.items() for at, fact in zip(times, pair, strict=True))
    best = max(told, key=lambda group: told[group][1].value - told[group][0].value)
    form = "rose" if told[best][1].value > told[best][0].value else "fell"
    plain, html = finding(draft, said[form], name=titles[best], before=told[best][0], now=told[best][1])
    columns = (Column("name", (said["name"],)), *(Column(f"y{at}", (at,), numeric=True) for at in times))
    rows = tuple(Row((Text(titles[group], "words"), *pair)) for group, pair in told.items())
    chart = charts.Chart("terms", "slope", marks, plain, said["how"], unit="%")
    chart_block(draft, "terms", chart, Grid("terms", said["title"], columns, rows, kind="stack"), html)
    return "terms", said["title"]
