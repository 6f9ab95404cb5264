"""A printed sheet -> one header path a column, the lines below, title, unit and notes. Nothing printed is lost."""

import re
from dataclasses import dataclass, field

from scripts.official import body, labels, names, titles
from scripts.official.body import MONEY
from scripts.official.kinds import Kind
from scripts.official.paths import paths
from scripts.official.sheets import Printed, beside, is_title

CODE = re.compile(r"[0-9]{3}([0-9]{2}){0,2}")
DEEPEST = 5


@dataclass(frozen=True, slots=True)
class Unfolded:
    """`top`, `numbers`: the line of the source that the lowest labels and each line stood in. `around`: texts beside
    title, header and lines that are kept but not printed; `signed`: lines that name who filled in the form, not kept.
    """

    header: list[str]
    lines: list[list[str]]
    notes: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    around: list[str] = field(default_factory=list)
    signed: list[int] = field(default_factory=list)
    top: int = 1


def preamble(printed: Printed) -> tuple[int, list[str]]:
    """How many lines stand above the header, and what they say: title, unit, department, number of the form."""
    said: list[str] = []
    for number, texts in enumerate(printed.texts):
        filled = list(dict.fromkeys(text.strip() for text in texts if text.strip()))
        alone = [text for text in filled if not beside(text) and not body.is_signature([text])]
        if len(alone) > 1 or alone and not _above(alone[0]):
            return number, said
        said += filled
    return len(printed.texts), said


def _above(text: str) -> bool:
    """Whether a text that stands alone in its line names the table or its office, and is no label of a header."""
    plain = names.plain(text)
    if MONEY.fullmatch(plain) or labels.known(text):
        return False
    known = titles.recognise(text)
    return is_title(text) or bool(known.kind or known.other) or bool(names.expression("above").search(plain))


def unfold(printed: Printed, kind: Kind) -> Unfolded:
    """Header rows become paths; notes leave the body; empty and repeated header lines fall away."""
    start, _ = preamble(printed)
    width = max((len(texts) for texts in printed.texts), default=0)
    rows = [texts + [""] * (width - len(texts)) for texts in printed.texts]
    merged = tuple(each for each in printed.merged or () if each[0] >= start) if printed.merged is not None else None
    depth = _depth(rows[start:], start, merged, labels.vocabulary(kind))
    heads, shared = _shared(rows[start:], depth)
    corner = [text.strip() for line in heads for text in line if _corner(text)]
    heads = [["" if _corner(text) else text for text in line] for line in heads]
    numbered = [(printed.line(start + depth), texts) for texts in shared]
    numbered += [(printed.line(n), rows[n]) for n in range(start + len(heads), len(rows))]
    found = body.sort(numbered, rows[start : start + depth], printed.texts[:start], kind.rows == "one")
    return _trimmed(paths(heads, start, merged), found, corner, printed.line(start + len(heads) - 1))


def _corner(text: str) -> bool:
    """A unit that stands in a cell of the header as if it were a label."""
    return bool(names.expression("corner").fullmatch(names.plain(text)))


def _depth(rows: list[list[str]], start: int, merged, vocabulary: set[str]) -> int:
    """How many lines the header has: up to the first that holds an amount, a code, a total or a line's name; and as
    far down as its merged cells reach.
    """
    depth = next((n for n, texts in enumerate(rows[:DEEPEST]) if n and not _is_header(texts, vocabulary)), min(len(rows), DEEPEST))
    for top, _, bottom, _ in merged or ():
        if top - start < depth and depth <= bottom - start < DEEPEST:
            depth = min(bottom - start + 1, len(rows))
    return depth


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
    heads = rows[:depth]
    if (
        depth > 1
        and names.expression("total_row").match(names.plain(heads[-1][0]))
        and names.component(heads[-2][0]) in labels.naming()
    ):
        return [*heads[:-1], ["", *heads[-1][1:]]], [[heads[-1][0]] + [""] * (len(heads[-1]) - 1)]
    numbering = rows[depth] if depth < len(rows) else []
    words = [bool(names.expression("skip_row").match(names.plain(text))) for text in numbering]
    if any(words[1:]) and numbering[0].strip() and not words[0]:
        cut = words.index(True)
        return [*heads, numbering[:cut] + [""] * (len(numbering) - cut)], [[""] * cut + numbering[cut:]]
    return heads, []


def _trimmed(header: list[str], found: body.Body, corner: list[str], top: int) -> Unfolded:
    """Without columns that have neither a label nor a text."""
    wanted = [i for i, path in enumerate(header) if path or any(texts[i].strip() for _, texts in found.lines)]
    lines = [[texts[i] for i in wanted] for _, texts in found.lines]
    numbers = [number for number, _ in found.lines]
    return Unfolded([header[i] for i in wanted], lines, found.notes, numbers, corner + found.around, found.signed, top)
