"""Pages of surveys: rates with their intervals, the county over the years, towns side by side and ranked only where chance allows."""

from itertools import permutations

from scripts import charts, grids, wording
from scripts.cells import State
from scripts.facts import Fact
from scripts.grids import Column, Grid, Row, Text
from scripts.inputs import RegisterYear
from scripts.pages import Draft, Page, Site, plain_register
from scripts.pages.drawing import chart_block, finding, mark
from scripts.pages.render import component
from scripts.plain import leaf
from scripts.registers.surveys.facts import alike, at, before, enough, random
from scripts.tables import Row as DataRow

REGISTER = "surveys"
COUNTY, TOWN = range(2)  # levels, by their place in the schema
SHOWN = 4  # years of one line


def pages(site: Site) -> list[Page]:
    return plain_register.pages(site, REGISTER, _draw)


def _draw(draft: Draft, year: RegisterYear) -> dict:
    """Blocks, and for the sentences: the county's surveys, and pairs of towns of which one is surely above the other."""
    if "rounds" not in year.tables or not year.rows("rounds"):
        return {"county": [], "towns": [], "separated": []}
    county, towns = of_level(year, COUNTY), of_level(year, TOWN)
    _years(draft, year, county)
    _towns(draft, year, towns)
    grid = _rates(draft, year)
    draft.grid("rates", grid, component("ledger", grid=grids.view(grid)))
    facts = draft.site.facts
    said = [Survey(draft.site, year, row) for row in county]
    return {"county": said, "towns": towns, "separated": [(a.text("area"), b.text("area"), a.text("kind")) for a, b in apart(facts, year, towns)]}


def of_level(year: RegisterYear, level: int) -> list[DataRow]:
    words = year.tables["rounds"].schema.field("level").constraints["enum"]
    return [row for row in year.rows("rounds") if row.text("level") == words[level]]


def known(facts, key: str) -> Fact | None:
    fact = facts.get(key)
    return fact if fact is not None and fact.known else None


def apart(facts, year: RegisterYear, rows: list[DataRow]) -> list[tuple[DataRow, DataRow]]:
    """Pairs of one kind of people whose intervals do not touch: the first is above the second."""
    found = []
    for one, other in permutations(rows, 2):
        low, high = known(facts, at(year, one, "low")), known(facts, at(year, other, "high"))
        if one.text("kind") == other.text("kind") and low and high and low.value > high.value:
            found.append((one, other))
    return found


class Survey:
    """One survey as sentences need it. `state`: "told", or why there is no rate: "hidden", "few", "unknown"."""

    def __init__(self, site: Site, year: RegisterYear, row: DataRow):
        facts, data = site.facts, year.tables["rounds"]
        self.row, self.kind = row, row.text("kind")
        self.valid, self.satisfied = leaf(data, row, "valid", facts), facts.get(at(year, row, "satisfied"))
        self.rate, self.low, self.high, self.change = (facts.get(at(year, row, name)) for name in ("rate", "low", "high", "change"))
        self.random = random(data, row)
        self.without_fairly = row.text("definition") == data.schema.field("definition").constraints["enum"][0]
        self.state = self._state()
        self.since = self._since(site, year)

    def _state(self) -> str:
        if self.rate is not None and self.rate.known:
            return "told"
        if State.SUPPRESSED in {each.state for each in (self.rate, self.valid, self.satisfied) if each is not None}:
            return "hidden"
        return "few" if self.valid.known and not enough(self.row) else "unknown"

    def _since(self, site: Site, year: RegisterYear) -> str:
        """How the rate stands to that of the year before: "first", "unknown", "hidden", "different", "same", "within", "more", "less"."""
        found = before(site.inputs, year, self.row)
        if found is None:
            return "first"
        earlier = site.facts.get(at(*found, "rate"))
        if earlier is not None and earlier.state is State.SUPPRESSED:
            return "hidden"
        if not alike(self.row, found[1]):
            return "different"
        if self.change is None or not self.change.known:
            return "unknown"
        if self.change.value == 0:
            return "same"
        low, high = (site.facts.get(at(*found, name)) for name in ("low", "high"))
        bounds = (self.low, self.high, low, high)
        if not all(each is not None and each.known for each in bounds):
            return "unmeasured"
        if self.low.value > high.value:
            return "more"
        return "less" if self.high.value < low.value else "within"


def _years(draft: Draft, year: RegisterYear, county: list[DataRow]) -> None:
    """The county's rates over the years, a line for each kind of people whose question and definition stayed."""
    said, facts = wording.table("surveys.years"), draft.site.facts
    marks, found, years = [], [], []
    for row in county:
        line, told = [(year, row)], row
        while len(line) < SHOWN and (earlier := before(draft.site.inputs, line[-1][0], line[-1][1])) and alike(told, earlier[1]):
            line.append(earlier)
        line = [(y, each) for y, each in reversed(line) if known(facts, at(y, each, "rate"))]
        if len(line) > 1:
            marks += [mark(facts[at(y, each, "rate")], row.text("kind"), "done", series=row.text("kind"), at=y.year) for y, each in line]
            found.append((row, {y.year: facts[at(y, each, "rate")] for y, each in line}))
            years += [y.year for y, _ in line]
    if not marks:
        return
    shown = sorted(set(years))
    lead, last = found[0][0].text("kind"), found[0][1].get(year.year)
    plain, html = finding(draft, said["finding"], name=lead, rate=last) if last else finding(draft, said["finding_none"])
    chart = charts.Chart("years", "slope", tuple(marks), plain, said["how"], unit="%", steps=tuple(shown))
    columns = (Column("kind", (said["kind"],)), *(Column(f"y{each}", (each,), numeric=True) for each in shown))
    rows = tuple(Row((Text(row.text("kind")), *(told.get(each) for each in shown))) for row, told in found)
    chart_block(draft, "years-chart", chart, Grid("years-chart", said["title"], columns, rows, kind="stack"), html)


def _towns(draft: Draft, year: RegisterYear, towns: list[DataRow]) -> None:
    """Rates of the towns in the order of the table, which is no ranking; what is hidden is a stub."""
    said, facts = wording.table("surveys.towns"), draft.site.facts
    first = year.tables["rounds"].schema.field("kind").constraints["enum"][0]
    told = [(row, fact) for row in towns if row.text("kind") == first and (fact := facts.get(at(year, row, "rate"))) is not None]
    if not any(fact.known for _, fact in told):
        return
    pairs = [pair for pair in apart(facts, year, towns) if pair[0].text("kind") == first]
    key = "finding_apart" if pairs else "finding_within"
    plain, html = finding(draft, said[key], **({"one": pairs[0][0].text("area"), "other": pairs[0][1].text("area")} if pairs else {}))
    chart = charts.Chart("towns", "bars", tuple(mark(fact, row.text("area"), "done") for row, fact in told), plain, said["how"], unit="%")
    columns = (Column("area", (said["area"],)), *(Column(name, (said[name],), numeric=True) for name in ("rate", "low", "high")))
    rows = tuple(Row((Text(row.text("area")), fact, *(facts.get(at(year, row, name)) for name in ("low", "high")))) for row, fact in told)
    chart_block(draft, "towns", chart, Grid("towns", said["title"], columns, rows, kind="stack"), html)


def _rates(draft: Draft, year: RegisterYear) -> Grid:
    """Every survey: of how many, how many answered, how many are satisfied, and how far chance may carry the rate."""
    said, facts, data = wording.table("surveys.rates"), draft.site.facts, year.tables["rounds"]
    names = ("valid", "response", "satisfied", "rate", "low", "high")
    columns = (Column("area", (said["area"],)), Column("kind", (said["kind"],)), *(Column(n, (said[n],), numeric=True, unit=True) for n in names))
    rows = tuple(
        Row((Text(row.text("area")), Text(row.text("kind")), leaf(data, row, "valid", facts), *(
            facts.get(at(year, row, n)) or Text(said["no_rate"] if n == "rate" else "", "words") for n in names[1:]
        )), href=draft.link(f"{REGISTER}/{year.year}/rounds/#L{row.line}"))
        for row in year.rows("rounds")
    )  # fmt: skip
    return Grid("rates", said["title"], columns, rows, kind="official", head=0)
