"""An official table as read: what it prints, cell by cell, and what each cell means."""

from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from scripts.cells import Cell, Value
from scripts.facts import key_part
from scripts.official import kinds
from scripts.official.column import Column

TOTAL = "total"
part = lru_cache(maxsize=20_000)(key_part)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of meaning: a physical line has one for each block, or one for each item of a spread table.

    `key`: row part of fact keys (`2013901`, `total`, `income.general`, `expenditure.208`, a name where unknown).
    `level`: 0 a total, 1 a class or item, 2, 3 below. `cells` by column role, `indexes` where they stand.
    `texts`: the line as printed.
    `sort`: total, carry, other, item, detail, code, unit, or "" for a row that is printed but takes part in no sum.
    """

    line: int
    key: str
    name: str
    level: int
    cells: dict[str, tuple[Cell, Value]]
    texts: tuple[str, ...]
    block: str = ""
    sort: str = ""
    code: str = ""
    of: str = ""
    indexes: dict[str, int] = field(default_factory=dict)

    def __getitem__(self, role: str):
        """The bare value of a role; None unless known."""
        return self.cells[role][1].value if role in self.cells else None

    def text(self, role: str) -> str:
        return self.cells[role][0].text if role in self.cells else ""


@dataclass(frozen=True)
class OfficialTable:
    """`unit`: "yuan", "wan" or None where the source does not say; `unit_word` is what to print beside the caption.

    `header`: the labels of each column from the top down, as printed; `grid`: (line as Excel shows it, texts).
    """

    kind: str
    register: str
    year: int
    title: str
    unit: str | None
    unit_word: str
    file: str
    header: list[list[str]]
    columns: list[Column]
    rows: list[Row]
    grid: list[tuple[int, tuple[str, ...]]]
    layout: str
    places: int
    notes: tuple[str, ...] = ()
    partial: bool = False
    document: str = ""

    @property
    def meaning(self) -> kinds.Kind:
        return kinds.load(self.year)[self.kind]

    @cached_property
    def head(self) -> str:
        return f"{self.register}/{self.year}/{self.kind}"

    @cached_property
    def addresses(self) -> dict[tuple[int, int], tuple[str, str]]:
        """(line, column index) -> (row key, column role) of every cell that is a fact."""
        numeric = {column.index for column in self.columns if column.numeric}
        return {
            (row.line, index): (row.key, role)
            for row in self.rows for role, index in row.indexes.items() if index in numeric and self.is_fact(row)
        }  # fmt: skip

    def is_fact(self, row: Row) -> bool:
        """In a list of key figures only lines that are understood are amounts."""
        return row.sort != "text"

    def row(self, key: str) -> Row | None:
        return next((row for row in self.rows if row.key == key), None)

    def leaf_key(self, row: Row, role: str) -> str:
        """`final_accounts/2024/expenditure/2013901/basic`."""
        return f"{self.head}/{part(row.key)}/{role}"

    def key_at(self, line: int, index: int) -> str:
        """The fact key of the cell printed at a place of the grid, "" where it is a text."""
        row, role = self.addresses.get((line, index), ("", ""))
        return f"{self.head}/{part(row)}/{role}" if row else ""
