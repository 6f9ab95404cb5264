"""The only door through which a workbook (.xlsx) is read: looked through, then read in a child process with limits."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from scripts.problems import Problem
    from scripts.schema import Field

EMPTY, TEXT, NUMBER, DATE, TIME, BOOLEAN, ERROR, FORMULA = "empty", "text", "number", "date", "time", "boolean", "error", "formula"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A visible sheet from A1 on, rectangular; row i is Excel's row i + 1, an empty cell is "".

    `kinds`: for each cell one of the words above. A cell of kind boolean, error or formula is a problem already (strict).
    `merged`: ranges (top, left, bottom, right) counted from zero.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    kinds: tuple[tuple[str, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    sheets: tuple[Sheet, ...]


def read(
    path: Path, shown: str, *, strict: bool, field_of: "Callable[[Sheet, str], Field | None] | None" = None
) -> "tuple[Workbook | None, list[Problem]]":
    """The visible sheets, and everything that is wrong. None when the file is dangerous or cannot be read at all.

    `strict`, for a register's own tables: nothing but plain cells, and the sheet of instructions is passed over. Without it,
    for official documents: as printed, merged cells and results of formulas included. `field_of` a sheet and a column's letters:
    what the column is, so that problems call it by its title and show a right value of it.
    """
    from scripts.workbooks import asking  # the child imports this package too, and needs none of the words

    return asking.read(path, shown, strict=strict, field_of=field_of)
