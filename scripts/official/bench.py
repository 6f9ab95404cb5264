"""The tables that identities may name: cells by `kind.row.column`, found or not, with what they are called."""

from dataclasses import dataclass, field

from scripts import identities
from scripts.facts import Fact, Facts
from scripts.identities import Sides
from scripts.official import joins, kinds
from scripts.official.table import TOTAL, OfficialTable, Row
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
        return (
            self.facts.get(self.table(cell).leaf_key(row, cell.column)) if row and cell.column in row.indexes else None
        )


def cell_of(name: str) -> Cell:
    last = name.startswith(LAST)
    kind, _, rest = name.removeprefix(LAST).partition(".")
    row, _, column = rest.rpartition(".")
    return Cell(kind, row, column, last)


def holds(bench: Bench, sides: Sides) -> bool:
    """Whether another equation holds to the printed place. A blank counts as nothing, a missing table as unknown."""
    terms = [(sign, cell_of(n)) for sign, n in sides.left if n != NOTHING]
    terms += [(-sign, cell_of(n)) for sign, n in sides.right if n != NOTHING]
    if any(bench.table(cell) is None for _, cell in terms):
        return False
    known = [(sign, fact) for sign, cell in terms if (fact := bench.fact(cell)) is not None and fact.known]
    off = abs(sum(sign * fact.value for sign, fact in known))
    return off <= 2 * max((identities.last_place(fact) for _, fact in known), default=0)


def table_title(bench: Bench, cell: Cell) -> str:
    return kinds.load(bench.year)[cell.kind].title(bench.register)


def line_title(bench: Bench, cell: Cell) -> str:
    block, _, role = cell.row.rpartition(".")
    kind = kinds.load(bench.year)[cell.kind]
    told = kinds.lines(block or kind.lines) + kinds.lines("economic")
    return next((line.title for line in told if line.role == role), say("total") if role == TOTAL else role)


def column_title(bench: Bench, cell: Cell) -> str:
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
