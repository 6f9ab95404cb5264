"""Numbers that are hidden in part and can be filled in by anyone: fourteen signs shown, birth and last signs, a card's tail."""

import re
from collections.abc import Iterator

from scripts.privacy import rules
from scripts.privacy.hits import Hit
from scripts.privacy.numbers import is_past

TOKEN = re.compile(r"(?<![0-9*])(?=[0-9*]*(?:\*|[Xx]{3}))(?=\**[0-9])[0-9*][0-9*Xx]{8,24}")
ENDS = re.compile(r"[0-9]{6}\*{2,}[0-9]{3}[0-9X]")
BIRTH_AND_END = re.compile(r"\*{2,}(?P<born>[0-9]{8})[0-9]{3}[0-9X]")
TAIL = re.compile(r"[1-7][1-4](?:B[0-9])?")


def find(text: str) -> Iterator[Hit]:
    for cut in rules.expression("context.cut").finditer(text):
        if is_past(cut["shown"][6:14]) and not text[max(0, cut.start() - 1) : cut.start()].isdigit():
            yield Hit("masked", *cut.span("shown"), cut["shown"])
    if "*" not in text and "xxx" not in text.lower():
        return
    for found in TOKEN.finditer(text):
        token = re.sub("X{3,}", lambda run: "*" * len(run[0]), found[0].upper())
        kind = _kind(token, _line(text, *found.span()))
        if kind:
            yield Hit(kind, *found.span(), token)


def _kind(token: str, line: str) -> str:
    """What can be told from the token and its line; empty when it hides enough."""
    shown = re.match("[0-9]*", token)[0]
    if len(shown) >= 14 and is_past(shown[6:14]):
        return "masked"
    if len(token) == 18 and sum(c != "*" for c in token[:17]) >= 13:
        return "masked"
    if BIRTH_AND_END.fullmatch(token) and is_past(BIRTH_AND_END.fullmatch(token)["born"]):
        return "masked"
    if ENDS.fullmatch(token) and rules.expression("persons.born").search(line.replace(token, "")):
        return "masked"
    if len(token) == 20 and TAIL.fullmatch(token[18:]) and ("*" not in token[14:] or rules.expression("context.card_tail").search(line)):
        return "card"
    if len(token) == 11 and re.match("1[3-9]", token) and token.count("*") <= 2:
        return "mobile"
    if 16 <= len(token) <= 19 and token.startswith("62") and token.count("*") <= 2:
        return "bank"
    return ""


def _line(text: str, start: int, end: int) -> str:
    """The line of a place."""
    return text[text.rfind("\n", 0, start) + 1 : (text + "\n").find("\n", end)]
