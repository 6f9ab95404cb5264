"""A table before its header is understood: records of a CSV, or rows of a sheet."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grid:
    """`texts[n]` is the line that Excel numbers n + 1. `kinds`: of the same shape where cells have a type, else empty."""

    file: str
    texts: list[list[str]]
    sheet: str = ""
    kinds: tuple[tuple[str, ...], ...] = ()

    def kind(self, line: int, index: int) -> str:
        """What a workbook's cell is; "" in a CSV, where everything is text. `line` counts from 1."""
        row = self.kinds[line - 1] if self.kinds else ()
        return row[index] if index < len(row) else ""

    def place(self, line: int | None = None) -> dict:
        """What a problem says of where it is."""
        return {"file": self.file, "sheet": self.sheet, "row": line}
