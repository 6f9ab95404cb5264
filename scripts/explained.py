"""What the two official registers say in plain words: totals, shares by class, change against the year before."""

from scripts import wording
from scripts.book import Book
from scripts.cells import State, normal
from scripts.facts import Fact, Facts
from scripts.inputs import RegisterYear
from scripts.official import OfficialTable, Row

# Where a total stands, in the order in which it is looked for.
TOTALS = {
    "spent": ("expenditure/total/total", "overall/expenditure.year_total/amount", "overall/expenditure.total/amount",
              "summary/expenditure/amount", "general_expenditure/total/total"),
    "income": ("overall/income.total/amount", "income/total/total", "income/year_total/amount", "summary/income/amount"),
    "basic": ("expenditure/total/basic", "summary/basic/amount"),
    "project": ("expenditure/total/project", "summary/project/amount"),
}  # fmt: skip


def derive(book: Book, register: str) -> None:
    """`<register>/<year>/spent|income|basic|project`, `class/<code>/share`, `item/<code>/change|growth`, `spent-change|-growth`."""
    for year in book.inputs.of(register):
        if year.official is not None and year.official.tables:
            _totals(book.facts, year)
            _shares(book.facts, year)
            before = book.inputs.get(register, year.year - 1)
            if before is not None and before.official is not None:
                _changes(book.facts, year, before)


def _totals(facts: Facts, year: RegisterYear) -> None:
    prefix = f"{year.register}/{year.year}/"
    for name, places in TOTALS.items():
        found = next((facts[prefix + p] for p in places if prefix + p in facts and facts[prefix + p].known), None)
        if found is not None:
            facts.same(prefix + name, wording.say(f"explained.{year.register}.{name}", year=year.year), found)


def by_function(year: RegisterYear) -> OfficialTable | None:
    """The table that says where all money goes, else the one of the general budget."""
    tables = year.official.tables if year.official else {}
    return next((tables[kind] for kind in ("expenditure", "general_expenditure") if kind in tables and tables[kind].rows), None)


def items(year: RegisterYear, level: int = 3) -> list[Row]:
    """Rows of the table by function at a level: 1 类, 2 款, 3 项."""
    table = by_function(year)
    return [row for row in table.rows if row.level == level and row.code] if table else []


def amount(facts: Facts, year: RegisterYear, row: Row, role: str = "total") -> Fact | None:
    return facts.get(by_function(year).leaf_key(row, role))


def classes(facts: Facts, year: RegisterYear) -> list[tuple[str, str, Fact]]:
    """(code or key, name, amount) of every class that money went to, the largest first."""
    found = [(row.code, row.name, amount(facts, year, row)) for row in items(year, 1)]
    if not found and year.official and "overall" in year.official.tables:
        table = year.official.tables["overall"]
        found = [(row.code or row.key, row.name, facts.get(table.leaf_key(row, "amount")))
                 for row in table.rows if row.block == "expenditure" and row.sort == "item"]  # fmt: skip
    known = [(key, name, fact) for key, name, fact in found if fact is not None and fact.known and fact.value]
    return sorted(known, key=lambda item: (-item[2].value, item[0]))


def _shares(facts: Facts, year: RegisterYear) -> None:
    prefix = f"{year.register}/{year.year}/"
    spent = facts.get(prefix + "spent")
    for key, name, fact in classes(facts, year) if spent is not None else ():
        facts.ratio(f"{prefix}class/{key}/share", wording.say("explained.share", name=name), fact, spent)


def _changes(facts: Facts, year: RegisterYear, before: RegisterYear) -> None:
    """Against the year before: the total and every item that stands in both years under the same code."""
    prefix, earlier = f"{year.register}/{year.year}/", f"{year.register}/{before.year}/"
    now, then = facts.get(prefix + "spent"), facts.get(earlier + "spent")
    if now is not None and then is not None and comparable(now, then):
        facts.difference(prefix + "spent-change", wording.say("explained.change", year=before.year), now, then)
        facts.growth(prefix + "spent-growth", wording.say("explained.growth", year=before.year), now, then)
    if by_function(year) is None or by_function(before) is None:
        return
    rows = {row.code: row for row in items(before)}
    for row in items(year):
        now = amount(facts, year, row)
        then = amount(facts, before, rows[row.code]) if row.code in rows else None
        if now is not None and then is not None and now.known and then.known and comparable(now, then):
            key = f"{prefix}item/{row.code}/"
            facts.difference(key + "change", f"{row.name} {wording.say('explained.change', year=before.year)}", now, then)
            facts.growth(key + "growth", f"{row.name} {wording.say('explained.growth', year=before.year)}", now, then)


def comparable(one: Fact, other: Fact) -> bool:
    """Amounts without a stated unit are compared with nothing."""
    return bool(one.scale) and bool(other.scale) and State.SUPPRESSED not in (one.state, other.state)


def differing_names(year: RegisterYear, before: RegisterYear) -> list[tuple[str, str, str]]:
    """(code, name then, name now) of codes that were called otherwise the year before."""
    then = {row.code: row.name for level in (1, 2, 3) for row in items(before, level)}
    now = {row.code: row.name for level in (1, 2, 3) for row in items(year, level)}
    return [(code, then[code], now[code]) for code in now if code in then and _plain(then[code]) != _plain(now[code])]


def _plain(name: str) -> str:
    return "".join(normal(name).split())


def only_in(year: RegisterYear, other: RegisterYear) -> list[Row]:
    """Items of one year that the other does not have."""
    codes = {row.code for row in items(other)}
    return [row for row in items(year) if row.code not in codes]
