"""What is found in a workbook: a kind of problem at a place. The words are the parent's."""

from dataclasses import dataclass, field
from typing import NamedTuple

MOST = 5000  # findings told of one workbook; how many more there are is told as a number
LONGEST = 200


class Finding(NamedTuple):
    """`kind` of wording.toml; `row` from 1; `column` in letters; `detail`: a part's name, a format, a limit."""

    kind: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    detail: str = ""


class Refused(Exception):
    """A workbook that is not read at all."""

    def __init__(self, kind: str, **place):
        super().__init__(kind)
        self.finding = Finding(kind, **place)


@dataclass(slots=True)
class Findings:
    """Everything found, up to MOST."""

    told: list[Finding] = field(default_factory=list)
    more: int = 0

    def add(self, kind: str, sheet: str = "", row: int | None = None, column: str = "", value: str = "", detail: str = "") -> None:
        if len(self.told) < MOST:
            self.told.append(Finding(kind, sheet, row, column, value[:LONGEST], detail[:LONGEST]))
        else:
            self.more += 1

    def all(self) -> list[Finding]:
        return [*self.told, *([Finding("workbook-more", detail=str(self.more))] if self.more else [])]
