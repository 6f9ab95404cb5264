"""Identities between the tables of a year and between two years: named cells, or rows joined by code."""

from dataclasses import dataclass, field, replace

from scripts import identities
from scripts.facts import Fact, Facts
from scripts.identities import Comparison, Side, Sides
from scripts.official import joins, kinds
from scripts.official.kinds import Equation
from scripts.official.phrases import row_title, rule
from scripts.official.table import OfficialTable, Row, part
from scripts.official.words import say

STAR, LAST, NOTHING = "*", "last.", "nothing"


@dataclass(frozen=True, slots=True)
class Cell:
    """A place that an equation names: `kind.row.column`, before anybody looks whether it is there."""

    kind: str
    row: str
    column: str
    last: bool = False


@dataclass(slots=True)
class Bench:
    """The tables an equation may name: this year's, and last year's under `last.`."""

    register: str
    year: int
    tables: dict[str, OfficialTable]
    facts: Facts
    before: dict[str, OfficialTable] = field(default_factory=dict)
    rows: dict[tuple[bool, str], dict[str, Row]] = field(default_factory=dict)

    def table(self, cell: Cell) -> OfficialTable | None:
        return (self.before if cell.last else self.tables).get(cell.kind)

    def row(self, cell: Cell) -> Row | None:
        table = self.table(cell)
        if table is None:
            return None
        key = cell.last, cell.kind
        if key not in self.rows:
            self.rows[key] = joins.by_key(table)
        return self.rows[key].get(cell.row)

    def fact(self, cell: Cell) -> Fact | None:
        row = self.row(cell)
        return self.facts.get(self.table(cell).leaf_key(row, cell.column)) if row and cell.column in row.indexes else None


def cell_of(name: str) -> Cell:
    last = name.startswith(LAST)
    kind, _, rest = name.removeprefix(LAST).partition(".")
    row, _, column = rest.rpartition(".")
    return Cell(kind, row, column, last)


def compare(bench: Bench, equations, prefix: str = "across") -> list[Comparison]:
    """The comparisons of equations that name cells or join rows by code."""
    found = []
    for equation in equations:
        for star in equation.stars or ("",):
            for column in equation.columns or ("",):
                found += _one(bench, filled(equation, star, column), f"{prefix}.{equation.id}")
    return [each for each in found if each is not None]


def filled(equation: Equation, star: str, column: str) -> Equation:
    """The equation for one of its lines and one of its columns."""
    if not star and not column:
        return equation

    def name(text: str) -> str:
        text = text.replace("{column}", column)
        return text.replace(STAR, star) if star else text

    sides = [tuple((sign, name(term)) for sign, term in side) for side in (equation.holds.left, equation.holds.right)]
    return replace(
        equation, holds=Sides(sides[0], equation.holds.relation, sides[1]),
        has=tuple(map(name, equation.has)), lacks=tuple(map(name, equation.lacks)),
    )  # fmt: skip


def _one(bench: Bench, equation: Equation, identity: str) -> list[Comparison | None]:
    if not all(_there(bench, cell_of(n)) for n in equation.has) or any(_there(bench, cell_of(n)) for n in equation.lacks):
        return []
    if equation.when and not holds(bench, equation.when) or equation.unless and holds(bench, equation.unless):
        return []
    left, right = (tuple((sign, cell_of(n)) for sign, n in side) for side in (equation.holds.left, equation.holds.right))
    if all(bench.table(cell) is None for _, cell in left + right):
        return []  # the year's list of missing tables has said it
    if reason := hindrance(bench, equation, left, right):
        facts = [fact for _, cell in left + right if (fact := bench.fact(cell)) is not None]
        if equation.each == "cell" and facts and not any(fact.known for fact in facts):
            return []  # nothing is printed that could be wrong
        return [_uncheckable(bench, equation, identity, left, right, reason)]
    words = [_words(bench, side, STAR if equation.each != "cell" else "") for side in (left, right)]
    stars = ("",) if equation.each == "cell" else joins.stars(bench, equation.each, equation.holds.relation, left, right)
    return [weigh(bench, equation, identity, at(left, star), at(right, star), words) for star in stars]


def _there(bench: Bench, cell: Cell) -> bool:
    table = bench.table(cell)
    if table is None:
        return False
    if STAR in cell.row:
        return any(column.role == cell.column for column in table.columns)
    return bench.fact(cell) is not None


def holds(bench: Bench, sides: Sides) -> bool:
    """Whether another equation holds to the printed place. A blank counts as nothing, a missing table as unknown."""
    terms = [(sign, cell_of(n)) for sign, n in sides.left if n != NOTHING]
    terms += [(-sign, cell_of(n)) for sign, n in sides.right if n != NOTHING]
    if any(bench.table(cell) is None for _, cell in terms):
        return False
    known = [(sign, fact) for sign, cell in terms if (fact := bench.fact(cell)) is not None and fact.known]
    off = abs(sum(sign * fact.value for sign, fact in known))
    return off <= 2 * max((identities.last_place(fact) for _, fact in known), default=0)


def hindrance(bench: Bench, equation: Equation, left: tuple, right: tuple) -> str:
    """Why two sides cannot be compared: no table, no unit, no codes, no such cell. "" where nothing is in the way."""
    needed = left + (right if equation.holds.relation == "=" else right[:1])
    for _, cell in needed:
        if bench.table(cell) is None:
            return say("missing_table", title=_table_title(bench, cell))
    several = len({(cell.last, cell.kind) for _, cell in left + right}) > 1
    for table in (bench.table(cell) for _, cell in left + right):
        if table is not None and table.rows and several and table.unit is None:
            return say("missing_unit", title=table.title)
        if table is not None and equation.each in ("code", "class") and table.layout in ("units", "one"):
            return say("no_codes", title=table.title)
    for side in (left, right) if equation.each == "cell" else ():
        if all(bench.fact(cell) is None and bench.table(cell).rows for _, cell in side if bench.table(cell)):
            table, cell = bench.table(side[0][1]), side[0][1]
            return say("missing_row", title=table.title if table else _table_title(bench, cell), name=_row_title(bench, cell))
    return ""


def at(side: tuple, star: str) -> tuple:
    return tuple((s, Cell(c.kind, c.row.replace(STAR, star), c.column, c.last)) for s, c in side) if star else side


def weigh(bench: Bench, equation: Equation, identity: str, left: tuple, right: tuple, words: list[str]) -> Comparison | None:
    """One comparison. A row that only one side has counts as nothing on the other."""
    sides = [
        Side(tuple((sign, fact) for sign, cell in side if (fact := bench.fact(cell)) is not None), said)
        for side, said in zip((left, right), words, strict=True)
    ]
    if not sides[0].terms and not sides[1].terms:
        return None
    return identities.weigh(
        bench.facts, bench.register, bench.year, left[0][1].kind, identity, _address(left[0][1]), *sides,
        words=_rule(equation, sides), place=_place(bench, (left + right)), relation=equation.holds.relation,
        differs=equation.differs, within=say("within"),
    )  # fmt: skip


def _uncheckable(bench: Bench, equation: Equation, identity: str, left: tuple, right: tuple, note: str) -> Comparison:
    sides = [Side((), _words(bench, side, STAR if equation.each != "cell" else "")) for side in (left, right)]
    first = left[0][1]
    known = tuple((sign, fact) for sign, cell in left if (fact := bench.fact(cell)) is not None)
    return identities.uncheckable(
        bench.facts, bench.register, bench.year, first.kind, identity, _address(first), Side(known, sides[0].title),
        words=_rule(equation, sides), place=_place(bench, left[:1]), note=note,
    )  # fmt: skip


def _address(cell: Cell) -> str:
    return f"{cell.kind}/{part(cell.row)}/{cell.column}"


def _rule(equation: Equation, sides: list[Side]) -> str:
    relation = say("at_least") if equation.holds.relation == ">=" else "="
    return say("rule", left=sides[0].title, relation=relation, right=sides[1].title)


def _words(bench: Bench, side: tuple, star: str) -> str:
    """`《收入决算表》合计，财政拨款收入`; a joined row is named by the place, not by the rule."""
    titles = {}
    for sign, cell in side:
        table, row = bench.table(cell), bench.row(cell)
        if table is None and len(side) > 1:
            continue
        column = _column_title(bench, cell)
        name = column if star else say("join", row=row.name if row else _row_title(bench, cell), column=column)
        title = (say("last") if cell.last else "") + (table.title if table else _table_title(bench, cell))
        titles[cell] = say("term", title=title, name=name)
    return rule(side, titles)


def _place(bench: Bench, side: tuple) -> str:
    """Where the first printed cell of a comparison stands."""
    cell = next((c for _, c in side if bench.row(c) is not None), side[0][1])
    table, row = bench.table(cell), bench.row(cell)
    title = table.title if table else _table_title(bench, cell)
    if row is None:
        return say("place_join", title=title, row="" if STAR in cell.row else _row_title(bench, cell))
    return say("place", title=title, row=row_title(row), column=_column_title(bench, cell))


def _table_title(bench: Bench, cell: Cell) -> str:
    return kinds.load(bench.year)[cell.kind].title(bench.register)


def _row_title(bench: Bench, cell: Cell) -> str:
    block, _, role = cell.row.rpartition(".")
    kind = kinds.load(bench.year)[cell.kind]
    told = kinds.lines(block or kind.lines) + kinds.lines("economic")
    return next((line.title for line in told if line.role == role), say("total") if role == "total" else role)


def _column_title(bench: Bench, cell: Cell) -> str:
    """As printed where the table has the column, else as kinds.toml calls it."""
    table, row = bench.table(cell), bench.row(cell)
    if row is not None and cell.column in row.indexes and not table.columns[row.indexes[cell.column]].row:
        return table.columns[row.indexes[cell.column]].title
    block = cell.row.rpartition(".")[0]
    for column in table.columns if table else ():
        if column.role == cell.column and column.block == block and not column.row:
            return column.title
    told = kinds.load(bench.year)[cell.kind].column(cell.column)
    return told.title if told else cell.column
