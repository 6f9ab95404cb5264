"""Pages of monitoring: the four dimensions against their full marks, every indicator against its target, the score over the years."""

from scripts import charts, grids, wording
from scripts.facts import key_part
from scripts.grids import Column, Grid, Row, Text
from scripts.inputs import RegisterYear
from scripts.pages import Draft, Page, Site, plain_register
from scripts.pages.drawing import chart_block, finding, mark
from scripts.pages.render import component
from scripts.plain import leaf
from scripts.registers.monitoring.facts import at, dimensions, met, terms, travelled

REGISTER = "monitoring"
SHOWN = 4  # years of one line


def pages(site: Site) -> list[Page]:
    return plain_register.pages(site, REGISTER, _draw)


def _draw(draft: Draft, year: RegisterYear) -> dict:
    """Blocks, and for the sentences: the change, whether it can be told, what was missed, what went back."""
    facts, rows = draft.site.facts, year.rows("indicators")
    if rows:
        _dimensions(draft, year)
        _years(draft, year)
        grid = _indicators(draft, year)
        draft.grid("distance", grid, component("ledger", grid=grids.view(grid)))
    back = [row for row in rows if (way := travelled(year, row)) is not None and way < 0]
    return {
        "change": facts.get(f"{REGISTER}/{year.year}/change"), "missed": [row for row in rows if met(year, row) is False], "back": back,
        "first": not facts.get(f"{REGISTER}/{year.year - 1}/composite"),
        "same_terms": (last := draft.site.inputs.get(REGISTER, year.year - 1)) is not None and terms(last) == terms(year),
    }  # fmt: skip


def _dimensions(draft: Draft, year: RegisterYear) -> None:
    """Each dimension's score against its full mark, furthest first."""
    said, facts, found = wording.table("monitoring.dimensions"), draft.site.facts, []
    for name in dimensions(year):
        score, weight = (facts[f"{REGISTER}/{year.year}/dimension/{key_part(name)}/{part}"] for part in ("score", "weight"))
        if score.known and weight.known and weight.value > 0:
            found.append((score.value / weight.value, name, score, weight))
    if not found:
        return
    found.sort(key=lambda each: each[:2])
    least = found[0]
    plain, html = finding(draft, said["finding"], name=least[1], score=least[2], weight=least[3]) if least[0] < 1 else finding(draft, said["finding_all"])
    marks = tuple(m for share, name, score, weight in found
                  for m in (mark(score, name, "done" if share >= 1 else "missing", series=name), mark(weight, name, "target", series=name)))  # fmt: skip
    chart = charts.Chart("dimensions", "bullet", marks, plain, said["how"], unit=wording.say("units.points"))
    columns = (Column("name", (said["name"],)), *(Column(n, (said[n],), numeric=True) for n in ("score", "weight")))
    rows = tuple(Row((Text(name), score, weight)) for _, name, score, weight in found)
    chart_block(draft, "dimensions", chart, Grid("dimensions", said["title"], columns, rows, unit=wording.say("units.points"), kind="stack"), html)


def _years(draft: Draft, year: RegisterYear) -> None:
    """The yearly score, as far back as it was reckoned on the same terms."""
    said, facts, site = wording.table("monitoring.years"), draft.site.facts, draft.site
    line = [year]
    while len(line) < SHOWN and (last := site.inputs.get(REGISTER, line[-1].year - 1)) is not None and terms(last) == terms(year):
        line.append(last)
    told = [(each.year, fact) for each in reversed(line) if (fact := facts.get(f"{REGISTER}/{each.year}/composite")) is not None and fact.known]
    change = facts.get(f"{REGISTER}/{year.year}/change")
    if len(told) < 2 or change is None or not change.known:
        return
    word = "more" if change.value > 0 else "less" if change.value < 0 else "same"
    plain, html = finding(draft, said[word], change=change) if change.value else finding(draft, said[word])
    marks = tuple(mark(fact, said["score"], "done", series=said["score"], at=number) for number, fact in told)
    chart = charts.Chart("years", "slope", marks, plain, said["how"], unit=wording.say("units.points"))
    columns = (Column("item", (said["item"],)), *(Column(f"y{number}", (number,), numeric=True) for number, _ in told))
    grid = Grid("years-chart", said["title"], columns, (Row((Text(said["score"], "words"), *(fact for _, fact in told))),), unit=wording.say("units.points"), kind="stack")
    chart_block(draft, "years-chart", chart, grid, html)


def _indicators(draft: Draft, year: RegisterYear) -> Grid:
    """Base, target, actual as written; how far the target was reached, and how much of the way was gone."""
    said, facts, data = wording.table("monitoring.indicators"), draft.site.facts, year.tables["indicators"]
    words = ("item", "dimension", "base", "target", "actual")
    columns = (*(Column(id_, (data.schema.field(id_).name,)) for id_ in words), *(Column(n, (said[n],), numeric=True) for n in ("reached", "travelled", "weight", "score")),
               Column("measure", (data.schema.field("measure").name,)))  # fmt: skip
    rows = tuple(
        Row((*(Text(row.text(id_)) for id_ in words), *(facts[at(year, row, n)] for n in ("reached", "travelled")), leaf(data, row, "weight", facts),
             facts[at(year, row, "score")], Text(row.text("measure"), "quote")),
            href=draft.link(f"{REGISTER}/{year.year}/indicators/#L{row.line}"))
        for row in year.rows("indicators")
    )  # fmt: skip
    return Grid("distance", said["title"], columns, rows, kind="official", head=0)
