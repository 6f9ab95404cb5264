"""Strings that may hold digits without being figures: what the program says, what it takes from reference files."""

import re
from collections.abc import Iterable, Iterator

from scripts import wording

RUN = re.compile(r"\d+|" + wording.table("seal")["number_word"])  # digits, or a number said in words
_PLACE = re.compile(r"\{[^{}]*\}|\{\{.*?\}\}|\{%.*?%\}", re.S)


class Words:
    """A digit run is covered when it lies in one of these strings, and that string, whole, in the text around the run.

    A string with {places} counts as the pieces between them; one of `whole` has braces of its own and counts as it stands.
    A piece of few digits alone would excuse every such number: it counts from seven (a telephone number), or when
    `bare` says that these are the very texts beside it.
    """

    def __init__(self, strings: Iterable[str] = (), *, whole: Iterable[str] = (), bare: bool = False):
        self._pieces: dict[str, list[tuple[str, int]]] = {}
        pieces = {piece.strip() for string in strings for piece in ([string] if bare else _PLACE.split(string))}
        pieces |= {string.strip() for string in whole}
        for piece in sorted(pieces, key=lambda each: (-len(each), each)):  # the longest that covers is the one told
            if bare or any(c.isalpha() for c in piece) or sum(c.isdigit() for c in piece) >= 7:
                for run in RUN.finditer(piece):
                    self._pieces.setdefault(run[0], []).append((piece, run.start()))

    def cover(self, text: str, start: int, end: int) -> str:
        """The string that covers the run text[start:end], "" when none does."""
        for piece, offset in self._pieces.get(text[start:end], ()):
            if text.startswith(piece, start - offset) and start >= offset:
                return piece
        return ""


def strings(table: object) -> Iterator[str]:
    """Every string in a nest of tables and lists, as a TOML file gives it."""
    if isinstance(table, str):
        yield table
    elif isinstance(table, dict):
        for value in table.values():
            yield from strings(value)
    elif isinstance(table, list | tuple):
        for value in table:
            yield from strings(value)
