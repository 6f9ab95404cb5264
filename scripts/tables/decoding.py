"""Bytes of a CSV as text: UTF-8 with or without a byte order mark, or GB18030; what else they are is said by its name."""

import codecs
import re

from scripts.problems import Problem, problem

BOM = "\ufeff"
OTHER_FILES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf")
MARKUP = re.compile(rb"\s*<(!doctype|html|\?xml|table|head|body|meta)", re.I)
WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
LINE_END = re.compile(rb"\r\n|\r|\n")
SURE = 12  # bytes that are no ASCII: so many in good UTF-8 are none by chance


def decoded(raw: bytes, shown: str) -> tuple[str | None, list[Problem]]:
    """The text, or one problem that says what the file is instead."""
    if raw.startswith(OTHER_FILES) or MARKUP.match(raw.removeprefix(codecs.BOM_UTF8)):
        return None, [problem("not-a-csv", file=shown)]
    if raw.startswith(WIDE_MARKS) or _wide(raw):
        return None, [problem("utf-16", file=shown)]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _gb18030(raw, shown)
    if text.startswith(BOM):
        return None, [problem("double-bom", file=shown, row=1)]
    return text, []


def _gb18030(raw: bytes, shown: str) -> tuple[str | None, list[Problem]]:
    """Not UTF-8 as a whole: GB18030, or lines of both kinds, or neither."""
    if row := _second_encoding(raw):
        return None, [problem("two-encodings", file=shown, row=row)]
    try:
        return raw.decode("gb18030"), []
    except UnicodeDecodeError as wrong:
        return None, [problem("not-utf8", file=shown, row=len(LINE_END.findall(raw[: wrong.start])) + 1)]


def _wide(raw: bytes) -> bool:
    """UTF-16 or UTF-32 without its mark: every other byte of the line ends and digits is zero."""
    head = raw[:4_000]
    return len(head) >= 8 and head.count(0) * 8 > len(head)


def _second_encoding(raw: bytes) -> int:
    """The first line in another encoding than the first line that is no ASCII; 0 where all may be of one."""
    first = ""
    for number, line in enumerate(LINE_END.split(raw.removeprefix(codecs.BOM_UTF8)), start=1):
        foreign = sum(byte > 127 for byte in line)
        kind = "" if not foreign else _kind(line, foreign)
        first = first or kind
        if kind and kind != first:
            return number
    return 0


def _kind(line: bytes, foreign: int) -> str:
    """"utf-8", "other", or "" where a short line may be either."""
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return "other"
    return "utf-8" if foreign >= SURE or not _fits_gb(line) else ""


def _fits_gb(line: bytes) -> bool:
    try:
        line.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True
