"""The measures that schemas declare: one aggregate of one column over a year's rows, as facts with operation and inputs."""

from collections.abc import Iterable

from scripts import schema, wording
from scripts.book import Book
from scripts.cells import State
from scripts.declared import Measure, periods
from scripts.facts import Fact, Facts, Unit, key_part
from scripts.inputs import RegisterYear
from scripts.plain import leaf
from scripts.tables import Data, Row


def derive(book: Book) -> None:
    """`<register>/<year>/<name>`, or `<name>@<value>` for each value of the column that `each` names; none without its table."""
    for year in book.inputs.years.values():
        for measure in schema.load(year.register).measures:
            data = year.tables.get(measure.table)
            if data is not None:
                for value, rows in groups(measure, data):
                    title = wording.say("measures.of_one", name=value, title=measure.title) if value else measure.title
                    _derive(book.facts, key(year, measure, value), title, measure, data, rows)


def key(year: RegisterYear, measure: Measure, value: str = "") -> str:
    return f"{year.register}/{year.year}/{measure.name}" + (f"@{key_part(value)}" if value else "")


def groups(measure: Measure, data: Data) -> list[tuple[str, list[Row]]]:
    """(value, rows): all rows under "", or the rows of each value in the order of the table."""
    if not measure.each:
        return [("", list(data.rows))]
    found: dict[str, list[Row]] = {}
    for row in data.rows:
        if row.values[measure.each].state is State.KNOWN:
            found.setdefault(row.text(measure.each), []).append(row)
    return list(found.items())


def found(facts: Facts, year: RegisterYear, measure: Measure) -> list[tuple[str, Fact]]:
    """(value, fact) of a measure in a year: one under "", or one for each value; none where nothing was measured."""
    data = year.tables.get(measure.table)
    values = [value for value, _ in groups(measure, data)] if measure.each and data else [""]
    return [(value, facts[at]) for value in values if (at := key(year, measure, value)) in facts]


def passing(measure: Measure, rows: Iterable[Row]) -> list[Row]:
    """The rows that the filter lets pass."""
    if not measure.where:
        return list(rows)
    column, words = measure.where
    return [row for row in rows if row.text(column) in words]


def _derive(facts: Facts, at: str, title: str, measure: Measure, data: Data, rows: list[Row]) -> Fact:
    chosen = passing(measure, rows)
    if measure.by == "count":
        return _count(facts, at, title, data, chosen, measure.unit)
    if measure.by == "share":
        return _share(facts, at, title, measure, data, rows, chosen)
    inputs = [leaf(data, row, measure.of, facts) for row in chosen]
    unit = data.schema.field(measure.of).unit
    if not inputs:  # the table is whole: no row is nothing, but nothing has no least, mean or last
        return facts.add(Fact(at, title, 0 if measure.by == "sum" else None, unit, State.KNOWN if measure.by == "sum" else State.BLANK,
                              scale=data.schema.field(measure.of).scale, operation="sum"))  # fmt: skip
    if measure.by == "latest":
        (period,) = periods(measure, data.schema)
        last = max(zip(chosen, inputs, strict=True), key=lambda pair: data.key_of(pair[0], period))
        return facts.same(at, title, last[1])
    if measure.by == "sum":
        return facts.same(at, title, inputs[0]) if len(inputs) == 1 else facts.sum(at, title, inputs, unit)
    return {"min": facts.least, "max": facts.most, "mean": facts.mean}[measure.by](at, title, inputs)


def _count(facts: Facts, at: str, title: str, data: Data, rows: list[Row], unit: Unit | None) -> Fact:
    """How many rows; each is named by its first key cell."""
    places = tuple(row.cells[data.schema.key[0]].origin for row in rows)
    return facts.add(Fact(at, title, len(rows), unit or Unit.ITEMS, operation="count", rows=places))


def _share(facts: Facts, at: str, title: str, measure: Measure, data: Data, rows: list[Row], chosen: list[Row]) -> Fact:
    """sum(of) / sum(over), else the rows that pass / all rows; its two sides are facts of their own."""
    sides = []
    for side, column, counted in (("part", measure.of, chosen), ("whole", measure.over, chosen if measure.of else rows)):
        name = data.schema.field(column).title if column else wording.say(f"measures.{side}", title=title)
        under = f"{at}/{side}"
        if column:
            sides.append(facts.sum(under, name, [leaf(data, row, column, facts) for row in counted], data.schema.field(column).unit))
        else:
            sides.append(_count(facts, under, name, data, counted, None))
    return facts.ratio(at, title, *sides)
