"""A printed sheet and the tables that stand on it: one, several below each other, or two side by side."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from scripts.official import names, titles

CONTENTS_FROM = 3
BREAK = re.compile(r"[^\S\n\r\t\v\f]*[\n\r\t\v\f]\s*")


@dataclass(frozen=True, slots=True)
class Printed:
    """A sheet, or the part of it that is one table, before it is understood.

    `merged`: ranges (top, left, bottom, right) if the file has them; `top`: lines of the source above the first one.
    `alone`: the sheet is this table and nothing else, so that its name is the table's.
    """

    name: str
    texts: list[list[str]]
    merged: tuple[tuple[int, int, int, int], ...] | None = None
    top: int = 0
    alone: bool = True

    def line(self, number: int) -> int:
        """The number that Excel shows for a line."""
        return self.top + number + 1


def unwrapped(sheet: Printed) -> Printed:
    """The sheet with every cell on one line. A break between letters or digits stays a space, so that no number is joined."""
    return replace(sheet, texts=[[BREAK.sub(_joint, text.strip()) if BREAK.search(text) else text for text in texts] for texts in sheet.texts])


def _joint(found: re.Match) -> str:
    around = found.string[found.start() - 1], found.string[found.end()]
    return " " if all(c.isascii() and c.isalnum() or c.isdigit() for c in around) else ""


def beside(text: str) -> bool:
    """What stands beside a title: unit, department, number of the form, the year or day."""
    told = names.plain(text)
    if any(names.expression(each).search(told) for each in ("heading_row", "number_row", "loose_row")):
        return True
    return bool(names.expression("unit").search(told)) and not _known(text)


def is_title(text: str) -> bool:
    """A line that names a table, known or not."""
    return bool(names.expression("title_row").search(names.plain(text)))


def lists_contents(sheet: Printed) -> bool:
    """A cover, a list of the tables or a text: by its name or first words, or because it only names tables."""
    first = next((text for texts in sheet.texts for text in texts if text.strip()), "")
    if any(names.expression("contents").search(names.plain(text)) for text in (sheet.name, first)):
        return True
    named = [any(is_title(text) and _known(text) for text in texts) for texts in sheet.texts if any(texts)]
    return sum(named) >= CONTENTS_FROM and sum(named) * 2 > len(named)


def split(sheet: Printed) -> list[Printed]:
    """The tables of a sheet in printed order: a table begins with the line that holds its title."""
    starts: list[tuple[int, list[int]]] = []
    said: list[str] = []
    for number, texts in enumerate(sheet.texts):
        columns = _titled(texts)
        told = [names.plain(texts[column]) for column in columns]
        if told and told != said:
            starts.append((_upward(sheet, number, starts), columns))
            said = told
    if len(starts) <= 1 and all(len(columns) == 1 for _, columns in starts):
        return [sheet]
    begins = [0] + [start for start, _ in starts[1:]] + [len(sheet.texts)]
    return [
        _part(sheet, top, bottom, left, right)
        for (_, columns), (top, bottom) in zip(starts, pairwise(begins), strict=True)
        for left, right in _cuts(sheet, top, bottom, columns)
    ]


def _known(text: str) -> bool:
    found = titles.recognise(text)
    return bool(found.kind or found.other)


def _titled(texts: list[str]) -> list[int]:
    """Columns of the titles in a line that holds nothing else; none in any other line."""
    filled: dict[str, int] = {}
    for column, text in enumerate(texts):
        if text.strip() and not beside(text):
            filled.setdefault(names.plain(text), column)
    return list(filled.values()) if all(is_title(text) and _known(text) for text in filled) else []


def _upward(sheet: Printed, number: int, starts: list) -> int:
    """Number of the form, unit or department may stand above a title."""
    least = starts[-1][0] + 1 if starts else 0
    while number > least and all(not text.strip() or beside(text) for text in sheet.texts[number - 1]):
        number -= 1
    return number


def _cuts(sheet: Printed, top: int, bottom: int, columns: list[int]) -> list[tuple[int, int]]:
    """From column to column: a table begins after the empty column left of its title, else where its title stands."""
    width = max(map(len, sheet.texts))
    empty = [c for c in range(width) if not any(c < len(t) and t[c].strip() for t in sheet.texts[top:bottom])]
    edges = [0]
    for before, column in pairwise(columns):
        free = [c for c in empty if before < c < column and edges[-1] < c]
        edges.append(free[-1] + 1 if free else column)
    return list(zip(edges, [*edges[1:], width], strict=True))


def _part(sheet: Printed, top: int, bottom: int, left: int, right: int) -> Printed:
    """The same lines with their numbers; a merged range that reaches out of the part is cut."""
    texts = [row[left:right] for row in sheet.texts[top:bottom]]
    merged = sheet.merged and tuple(
        (max(a, top) - top, max(b, left) - left, min(c, bottom - 1) - top, min(d, right - 1) - left)
        for a, b, c, d in sheet.merged if a < bottom and c >= top and b < right and d >= left
    )  # fmt: skip
    return Printed(sheet.name, texts, merged or None, sheet.top + top, alone=False)
