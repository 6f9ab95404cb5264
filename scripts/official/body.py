"""What stands below a header: lines of the table, notes, repeated heads of further pages, who filled in the form."""

import re
from dataclasses import dataclass, field

from scripts.official import names
from scripts.official.sheets import beside

MONEY = re.compile(r"-?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]+)?")


@dataclass(slots=True)
class Body:
    """`lines` with their number in the source; the rest as unfold.Unfolded has it."""

    lines: list[tuple[int, list[str]]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    around: list[str] = field(default_factory=list)
    signed: list[int] = field(default_factory=list)


def sort(numbered: list[tuple[int, list[str]]], header: list[list[str]], above: list[list[str]], one: bool) -> Body:
    """Each line to where it belongs. `above`: what stood above the header; a further page may repeat it.

    `one`: the table has one line of amounts, which is there even when it is empty.
    """
    found = Body()
    last = max((place for place, (_, texts) in enumerate(numbered) if any(map(_amount, texts))), default=0)
    heads = [[text.strip() for text in texts] for texts in header] + [_filled(texts) for texts in above if any(texts)]
    for place, (number, texts) in enumerate(numbered):
        filled = _filled(texts)
        if not filled:
            found.lines += [(number, texts)] if one and not place else []
        elif [text.strip() for text in texts] in heads or filled in heads:
            continue
        elif is_signature(filled):
            found.signed.append(number)
        elif all(map(beside, filled)):
            found.around += filled
        elif _is_note(filled, bool(found.notes) and place > last):
            found.notes.append(" ".join(filled))
        else:
            found.lines.append((number, texts))
    return found


def is_signature(filled: list[str]) -> bool:
    """Whether a line says who filled in, checked or answers for the form, or how to reach them."""
    return any(names.expression("signature").search(names.plain(text)) for text in filled) and not any(map(_amount, filled))


def _filled(texts: list[str]) -> list[str]:
    return list(dict.fromkeys(text.strip() for text in texts if text.strip()))


def _amount(text: str) -> bool:
    return bool(MONEY.fullmatch(names.plain(text)))


def _is_note(filled: list[str], after_a_note: bool) -> bool:
    """A line without an amount that begins like a note, or that follows one after the last amount."""
    if any(_amount(text) for text in filled):
        return False
    return bool(names.expression("note_row").match(names.plain(filled[0]))) or after_a_note
