"""A printed sheet -> one header path a column, the lines below, title, unit and notes. Nothing printed is lost."""

import re
from dataclasses import dataclass, field
from functools import cache

from scripts.official import kinds, names
from scripts.official.kinds import Kind
from scripts.official.paths import paths

MONEY = re.compile(r"-?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]+)?")
CODE = re.compile(r"[0-9]{3}([0-9]{2}){0,2}")
DEEPEST = 5


@dataclass(frozen=True, slots=True)
class Printed:
    """A sheet before it is understood: texts, and merged ranges (top, left, bottom, right) if the file has them."""

    name: str
    texts: list[list[str]]
    merged: tuple[tuple[int, int, int, int], ...] | None = None


@dataclass(frozen=True, slots=True)
class Unfolded:
    header: list[str]
    lines: list[list[str]]
    notes: list[str] = field(default_factory=list)


def preamble(printed: Printed) -> tuple[int, list[str]]:
    """How many lines stand above the header, and what they say: title, unit, department, number of the form."""
    said: list[str] = []
    for number, texts in enumerate(printed.texts):
        filled = list(dict.fromkeys(text.strip() for text in texts if text.strip()))
        title = [text for text in filled if not _beside(text)]
        if len(title) > 1 or title and not _is_title(title[0]):
            return number, said
        said += filled
    return len(printed.texts), said


def _beside(text: str) -> bool:
    """What stands beside a title: unit, department, number of the form."""
    return any(names.expression(each).search(names.plain(text)) for each in ("unit", "heading_row", "number_row"))


def _is_title(text: str) -> bool:
    return bool(names.expression("title_row").search(names.plain(text))) and not MONEY.fullmatch(names.plain(text))


def unfold(printed: Printed, kind: Kind) -> Unfolded:
    """Header rows become paths; notes leave the body; empty and repeated header lines fall away."""
    start, _ = preamble(printed)
    width = max((len(texts) for texts in printed.texts), default=0)
    rows = [texts + [""] * (width - len(texts)) for texts in printed.texts[start:]]
    depth = _depth(rows, _vocabulary(kind), kind)
    labels, shared = _shared(rows, depth)
    header = paths(labels, start, printed.merged)
    body, notes = _notes(shared + rows[len(labels) :])
    kept = [texts for number, texts in enumerate(body) if _kept(texts, number, rows[:depth], kind)]
    return _trimmed(header, kept, notes)


def _vocabulary(kind: Kind) -> set[str]:
    """Every label that a header of this kind may hold."""
    aliases = [alias for column in kind.columns + kind.measures for alias in column.aliases]
    aliases += [tuple(alias.split(names.SEPARATOR)) for line in kinds.lines(kind.lines) for alias in line.aliases]
    parts = {part for column in kind.columns for part in column.parts}
    return {label for alias in aliases for label in alias} | parts


def _depth(rows: list[list[str]], vocabulary: set[str], kind: Kind) -> int:
    """How many lines the header has: up to the first that holds an amount, a code, a total or a line's name."""
    for number, texts in enumerate(rows[:DEEPEST]):
        if number and not _is_header(texts, vocabulary):
            return number
    return min(len(rows), DEEPEST)


def _is_header(texts: list[str], vocabulary: set[str]) -> bool:
    filled = [text for text in texts if text.strip()]
    plain = [names.plain(text) for text in filled]
    if not filled or any(MONEY.fullmatch(text) or CODE.fullmatch(text) for text in plain):
        return False
    if names.expression("skip_row").match(plain[0]) or names.line_name(filled[0])[1]:
        return False
    if len(set(plain)) == 1 and names.expression("total_row").match(plain[0]):
        return False
    return sum(names.component(text) in vocabulary for text in filled) * 2 >= len(filled)


def _shared(rows: list[list[str]], depth: int) -> tuple[list[list[str]], list[list[str]]]:
    """(header lines, data lines printed beside the lowest labels).

    Some forms print "total" in the line of the lowest labels, some the parts of a code where columns are numbered.
    """
    labels = rows[:depth]
    if (
        depth > 1
        and names.expression("total_row").match(names.plain(labels[-1][0]))
        and names.component(labels[-2][0]) in _naming()
    ):
        return [*labels[:-1], ["", *labels[-1][1:]]], [[labels[-1][0]] + [""] * (len(labels[-1]) - 1)]
    numbering = rows[depth] if depth < len(rows) else []
    words = [bool(names.expression("skip_row").match(names.plain(text))) for text in numbering]
    if any(words[1:]) and numbering[0].strip() and not words[0]:
        cut = words.index(True)
        return [*labels, numbering[:cut] + [""] * (len(numbering) - cut)], [[""] * cut + numbering[cut:]]
    return labels, []


@cache
def _naming() -> set[str]:
    """What columns that name rows are called, in any kind."""
    columns = [c for kind in kinds.load(0).values() for c in kind.columns if c.type in ("code", "name")]
    return {alias[-1] for column in columns for alias in column.aliases}


def _notes(rows: list[list[str]]) -> tuple[list[list[str]], list[str]]:
    """From the first line that begins like a note, single texts are notes."""
    for number, texts in enumerate(rows):
        filled = [text.strip() for text in texts if text.strip()]
        if filled and names.expression("note_row").match(names.plain(filled[0])):
            told = [" ".join(text.strip() for text in each if text.strip()) for each in rows[number:]]
            return rows[:number], [each for each in told if each]
    return rows, []


def _kept(texts: list[str], number: int, header: list[list[str]], kind: Kind) -> bool:
    if not any(text.strip() for text in texts):
        return kind.rows == "one" and number == 0
    return texts not in header


def _trimmed(header: list[str], lines: list[list[str]], notes: list[str]) -> Unfolded:
    """Without columns that have neither a label nor a text."""
    wanted = [i for i, path in enumerate(header) if path or any(texts[i].strip() for texts in lines)]
    return Unfolded([header[i] for i in wanted], [[texts[i] for i in wanted] for texts in lines], notes)
