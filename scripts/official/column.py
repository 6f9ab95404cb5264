"""A column of an official table, as printed and as understood."""

from dataclasses import dataclass

from scripts.official import names


@dataclass(frozen=True, slots=True)
class Column:
    """A column as printed and as understood. `role` is "" where it is not understood.

    `row`: the line a column stands for where a table lists its lines side by side; `part`: 0, 1, 2 of a split code.
    """

    index: int
    path: str
    role: str
    block: str = ""
    type: str = "money"
    row: str = ""
    part: int = 0

    @property
    def title(self) -> str:
        """The lowest label, as printed."""
        return self.path.rpartition(names.SEPARATOR)[2]

    @property
    def numeric(self) -> bool:
        return self.type in ("money", "percent")
