"""Monitoring: how far each indicator is from its target and from where it began, and a yearly score by the published weights."""

from fractions import Fraction

from scripts import display, targets, wording
from scripts.book import Book
from scripts.cells import State
from scripts.facts import Fact, Unit, key_part
from scripts.inputs import RegisterYear
from scripts.plain import leaf
from scripts.problems import problem
from scripts.tables import Row

FULL_MARK, PLACES = 100, 2
VALUES = ("base", "target", "actual")


def derive(book: Book) -> None:
    for year in book.inputs.of("monitoring"):
        if year.rows("indicators"):
            scores = [_indicator(book, year, row) for row in year.rows("indicators")]
            _totals(book, year, scores)


def at(year: RegisterYear, row: Row, name: str) -> str:
    return f"monitoring/{year.year}/{year.tables['indicators'].key(row)}/{name}"


def reverse(year: RegisterYear, row: Row) -> bool:
    return row.text("direction") == year.tables["indicators"].schema.field("direction").constraints["enum"][1]


def read(row: Row) -> dict[str, targets.Value]:
    return {name: targets.read(row.text(name)) for name in VALUES}


def met(year: RegisterYear, row: Row) -> bool | None:
    """Whether the target was reached. A target without comparator is reached from the side that its direction says."""
    told = read(row)
    if told["target"].comparator or not reverse(year, row):
        return targets.met(told["target"], told["actual"])
    found = targets.reached(told["target"], told["actual"], reverse=True)
    return None if found is None else found >= 1


def travelled(year: RegisterYear, row: Row) -> Fraction | None:
    """The part of the way from the base to the target that was gone; negative when it led away, None where there is no way."""
    told = read(row)
    if not all(targets.comparable(told["target"], told[name]) for name in ("base", "actual")) or told["target"].day:
        return None
    base, target, actual = (told[name].number for name in VALUES)
    return (actual - base) / (target - base) if target != base else None


def _indicator(book: Book, year: RegisterYear, row: Row) -> Fact:
    """`monitoring/<year>/<dimension>+<indicator>/reached|travelled|score`."""
    facts, told = book.facts, read(row)
    _told(book, year, row, told)
    down = reverse(year, row)
    share = targets.reached(told["target"], told["actual"], down)
    places = {name: row.cells[name].origin for name in VALUES}
    for name, value, operation, rows in (
        ("reached", share, "reached-down" if down else "reached", (places["target"], places["actual"])),
        ("travelled", travelled(year, row), "travelled", tuple(places.values())),
    ):
        title = wording.say(f"monitoring.{name}_of", name=row.text("item"))
        state = State.NOT_APPLICABLE if value is None else State.KNOWN
        facts.add(Fact(at(year, row, name), title, value, Unit.SHARE, state, operation=operation, rows=rows))
    weight = leaf(year.tables["indicators"], row, "weight", facts)
    known = share is not None and weight.known
    return facts.add(
        Fact(at(year, row, "score"), wording.say("monitoring.score_of", name=row.text("item")), min(Fraction(1), share) * weight.value if known else None,
             Unit.POINTS, State.KNOWN if known else State.NOT_APPLICABLE, places=PLACES, operation="score", inputs=(at(year, row, "reached"), weight.key))
    )  # fmt: skip


def _told(book: Book, year: RegisterYear, row: Row, told: dict[str, targets.Value]) -> None:
    """What the clerk must mend: values that are no numbers of one unit, a direction against the target, no measure, a small count in words."""
    data = year.tables["indicators"]
    unread = [name for name in VALUES if targets.told(row.text(name)) and told[name].number is None]
    book.problems += [problem("monitoring-unread", **data.place(row, name)) for name in unread]
    for name in ("base", "actual"):
        if not unread and told[name].number is not None and told["target"].number is not None and not targets.comparable(told["target"], told[name]):
            book.problems.append(problem("indicator-units", **data.place(row, name), target=row.text("target")))
    if told["target"].comparator in ((">", ">=") if reverse(year, row) else ("<", "<=")):
        book.problems.append(problem("rule-against-target", **data.place(row, "direction"), target=row.text("target")))
    if met(year, row) is False and not row.text("measure"):
        book.problems.append(problem("monitoring-no-measure", **data.place(row, "measure"), name=row.text("item")))
    small = int(book.inputs.publisher.thresholds["small_count"])
    for name in ("base", "actual"):
        if told[name].persons and 0 < told[name].number < small:
            book.problems.append(problem("indicator-small-count", **data.place(row, name) | {"value": ""}))


def dimensions(year: RegisterYear) -> list[str]:
    return list(dict.fromkeys(row.text("dimension") for row in year.rows("indicators")))


def _totals(book: Book, year: RegisterYear, scores: list[Fact]) -> None:
    """Scores of the dimensions and of all; how many targets were missed; the change since the year before on the same terms."""
    facts, data, rows, prefix = book.facts, year.tables["indicators"], year.rows("indicators"), f"monitoring/{year.year}/"
    weights = [leaf(data, row, "weight", facts) for row in rows]
    whole = sum(weight.value for weight in weights if weight.known)
    if whole != FULL_MARK:
        book.problems.append(problem("monitoring-weights", **data.place(rows[-1], "weight"), whole=display.decimal(Fraction(whole), 2)))
    for name in dimensions(year):
        own = [index for index, row in enumerate(rows) if row.text("dimension") == name]
        for part, told in (("score", scores), ("weight", weights)):
            title = wording.say(f"monitoring.dimension_{part}", name=name)
            _all(book, f"{prefix}dimension/{key_part(name)}/{part}", title, [told[index] for index in own])
    composite = _all(book, f"{prefix}composite", wording.say("monitoring.composite"), scores)
    for name, chosen in (("missed-count", [row for row in rows if met(year, row) is False]), ("indicators-count", list(rows))):
        places = tuple(row.cells["item"].origin for row in chosen)
        title = wording.say(f"monitoring.{name.replace('-', '_')}")
        facts.add(Fact(f"{prefix}{name}", title, len(places), Unit.ITEMS, operation="count", rows=places))
    first = {row.text("dimension"): row.cells["dimension"].origin for row in reversed(rows)}
    title = wording.say("monitoring.dimensions_count")
    facts.add(Fact(f"{prefix}dimensions-count", title, len(first), Unit.ITEMS, operation="count", rows=tuple(first.values())))
    _change(book, year, composite)


def _all(book: Book, key: str, title: str, told: list[Fact]) -> Fact:
    """A sum of scores of which one that cannot be computed leaves none: it is not nothing."""
    if all(each.known for each in told):
        return book.facts.sum(key, title, told, Unit.POINTS)
    return book.facts.add(Fact(key, title, None, Unit.POINTS, State.NOT_APPLICABLE, places=PLACES, operation="sum", inputs=tuple(each.key for each in told)))


def terms(year: RegisterYear) -> set[tuple[str, ...]]:
    """What a year is measured by: indicators, directions, targets, weights."""
    return {tuple(row.text(id_) for id_ in ("dimension", "item", "direction", "target", "weight")) for row in year.rows("indicators")}


def _change(book: Book, year: RegisterYear, composite: Fact) -> None:
    last = book.inputs.get("monitoring", year.year - 1)
    then = book.facts.get(f"monitoring/{year.year - 1}/composite")
    if last is None or then is None:
        return
    key, title = f"monitoring/{year.year}/change", wording.say("monitoring.change", year=year.year - 1)
    if terms(last) == terms(year):
        book.facts.gap(key, title, composite, then)
    else:
        book.facts.add(Fact(key, title, None, Unit.POINTS, State.NOT_APPLICABLE, operation="difference", inputs=(composite.key, then.key)))
