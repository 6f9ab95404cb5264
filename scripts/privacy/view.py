"""A text as a reader sees it: escapes decoded, tags dropped, digits of every script plain; every place leads back to the text."""

import base64
import binascii
import html
import re
import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple
from urllib.parse import unquote

from scripts.privacy import rules

ESCAPE = re.compile(
    r"[&\\%](?:(?<=&)(?:#[xX][0-9a-fA-F]+;?|#[0-9]+;?|[a-zA-Z]{2,8};)"
    r"|(?<=\\)(?:u[0-9a-fA-F]{4}|u\{[0-9a-fA-F]{1,6}\}|x[0-9a-fA-F]{2}|[nrt])|(?<=%)[0-9a-fA-F]{2}(?:%[0-9a-fA-F]{2})*)"
)
ENCODED = re.compile(r"data:[\w.+/;=-]*;base64,([A-Za-z0-9+/=_%-]{8,})")
TAG = re.compile(r"<!--.{0,200}?-->|</?([a-zA-Z][\w:.-]*)(?:\s[^<>]*)?/?>", re.DOTALL)
CELLS = {"td", "th", "dt", "dd", "c"}
# Tags within a word: what stands on both sides of them is read as one. Any other ends a line.
INLINE = {"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "em", "font", "i", "ins", "kbd", "mark", "q", "r", "rpr",
          "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "t", "time", "tspan", "tt", "u", "v", "var", "wbr"}  # fmt: skip
INVISIBLE = {"Cf", "Mn", "Me", "Cc"}


class Piece(NamedTuple):
    """A stretch of the text before; `replaced` when something else stands for it as a whole."""

    start: int
    end: int
    replaced: bool


@dataclass(frozen=True, slots=True)
class Quick:
    """A text to be looked through: most texts hold nothing, and no place need be known."""

    text: str

    def rewritten(self, pattern: re.Pattern, write: Callable[[re.Match], str]) -> "Quick":
        new = pattern.sub(write, self.text)
        return self if new == self.text else Quick(new)


@dataclass(frozen=True, slots=True)
class Placed:
    """The same with the way back: how it came from another text; `begins` says where each piece stands here."""

    text: str
    before: "Placed | None" = None
    begins: tuple[int, ...] = ()
    pieces: tuple[Piece, ...] = ()

    def place(self, index: int, end: bool = False) -> int:
        """Where this stands in the first text; of an end, behind the last sign that belongs to it."""
        if self.before is None:
            return index
        at = bisect_right(self.begins, index - end) - 1
        piece = self.pieces[at]
        inside = piece.start + index - self.begins[at]
        return self.before.place((piece.end if end else piece.start) if piece.replaced else inside, end)

    def rewritten(self, pattern: re.Pattern, write: Callable[[re.Match], str]) -> "Placed":
        """Every match replaced; the same object where nothing changes."""
        parts, begins, pieces, done, length = [], [], [], 0, 0

        def add(piece: Piece, text: str) -> None:
            nonlocal length
            if text:
                parts.append(text)
                begins.append(length)
                pieces.append(piece)
                length += len(text)

        for each in pattern.finditer(self.text):
            new = write(each)
            if new != each[0]:
                add(Piece(done, each.start(), False), self.text[done : each.start()])
                add(Piece(*each.span(), True), new)
                done = each.end()
        if not done:
            return self
        add(Piece(done, len(self.text), False), self.text[done:])
        return Placed("".join(parts), self, tuple(begins), tuple(pieces))


def views(decoded: Quick | Placed) -> list[Quick | Placed]:
    """The text decoded, and where there are tags once more without them: attributes are in the first, sentences in the second."""
    for _ in range(3):  # an escape may be escaped itself
        once = decoded.rewritten(ESCAPE, lambda found: _unescaped(found[0]))
        if once is decoded:
            break
        decoded = once
    bare = decoded.rewritten(TAG, _instead_of_tag)
    return [folded(decoded)] if bare is decoded else [folded(decoded), folded(bare)]


def folded(view: Quick | Placed) -> Quick | Placed:
    """Wide, foreign and circled digits plain, invisible signs gone, long numbers in words as digits."""
    plain = view.rewritten(rules.expression("text.folded"), lambda found: _plain(found[0]))
    if not rules.expression("text.few_numerals").search(plain.text):
        return plain
    return plain.rewritten(rules.expression("text.number_in_words"), lambda found: found[0].translate(_numerals()))


def payloads(text: str) -> list[tuple[int, int, str]]:
    """(start, end, what it says) of each data address in base64."""
    found = []
    for each in ENCODED.finditer(text) if ";base64," in text else ():
        packed = unquote(each[1]).replace("-", "+").replace("_", "/").rstrip("=")
        try:
            content = base64.b64decode(packed + "=" * (-len(packed) % 4))
        except (binascii.Error, ValueError):
            continue
        found.append((*each.span(), content.decode("utf-8", "replace")))
    return found


def _unescaped(text: str) -> str:
    if text[0] == "&":
        return html.unescape(text)
    if text[0] == "%":
        return unquote(text, errors="replace")
    if text[1] in "nrt":
        return {"n": "\n", "r": "\n", "t": "\t"}[text[1]]
    return chr(min(int(text[2:].strip("{}"), 16), sys.maxunicode))


def _instead_of_tag(found: re.Match) -> str:
    return _gap(found[1] or "b")


@cache
def _gap(tag: str) -> str:
    name = tag.lower().rpartition(":")[2]
    return "\t" if name in CELLS else "" if name in INLINE else "\n"


@cache
def _plain(char: str) -> str:
    """One sign in its plain form: compatible, its digit's value, nothing where nothing is seen."""
    signs = _signs()
    if char in signs:
        return signs[char]
    if unicodedata.category(char) in INVISIBLE:
        return ""
    normal = unicodedata.normalize("NFKC", char)
    plain = "".join(signs.get(c, str(unicodedata.digit(c)) if unicodedata.digit(c, None) is not None else c) for c in normal)
    return " " if plain.isspace() and plain != "\n" else plain


@cache
def _signs() -> dict[str, str]:
    """Masks, crosses that stand for X, and dashes."""
    told = rules.table("text")
    return {c: plain for name, plain in (("masks", "*"), ("crosses", "X"), ("dashes", "-")) for c in told[name]}


@cache
def _numerals() -> dict[int, str]:
    told = rules.table("text")
    return str.maketrans(told["numerals"], told["numerals_as"])
