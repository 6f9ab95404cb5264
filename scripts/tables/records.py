"""Text of a CSV as records. A quote that does not close is named with the row it opens in."""

import csv
import io
import re
import stat
from pathlib import Path

from scripts.problems import SHORT, Problem, problem
from scripts.tables import decoding, limits

SEPARATOR = re.compile(r"[,\r\n]")


def read_lines(path: Path, shown: str) -> tuple[list[list[str]] | None, list[Problem]]:
    """Records of a CSV as text, without the empty last ones; None with the problem that says why not. A note may come with them."""
    raw, problems = _bytes(path, shown)
    if raw is None:
        return None, problems
    text, problems = decoding.decoded(raw, shown)
    if text is None:
        return None, problems
    if "\r" in text and "\n" not in text:
        problems.append(problem("old-line-ends", file=shown))
    csv.field_size_limit(limits.LIMIT_BYTES + 1)  # a cell too long is told with its place, not taken for a broken quote
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        row, value = broken_quote(text)
        return None, [*problems, problem("broken-quotes", file=shown, row=row, value=value)]
    while lines and not any(lines[-1]):  # a text editor's last empty lines are not rows
        lines.pop()
    if not lines:
        return None, [problem("empty-file", file=shown)]
    if wrong := too_much(lines, shown):
        return None, problems + wrong
    return lines, problems


def too_much(lines: list[list[str]], shown: str, sheet: str = "") -> list[Problem]:
    """More rows or columns than a table of a register can have."""
    found = []
    if len(lines) > limits.LIMIT_ROWS:
        found.append(problem("too-many-rows", file=shown, sheet=sheet, row=limits.LIMIT_ROWS + 1, count=f"{len(lines):,}"))
    if len(lines[0]) > limits.LIMIT_COLUMNS:
        found.append(problem("too-many-columns", file=shown, sheet=sheet, row=1, count=f"{len(lines[0]):,}"))
    return found


def _bytes(path: Path, shown: str) -> tuple[bytes | None, list[Problem]]:
    if path.is_symlink():
        return None, [problem("symlink", file=shown)]
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) and not stat.S_ISDIR(found.st_mode):  # a pipe would be waited for
            return None, [problem("special-file", file=shown)]
        if found.st_size > limits.LIMIT_BYTES:
            return None, [problem("too-large", file=shown)]
        return path.read_bytes(), []
    except OSError as wrong:  # open in another program, or not ours to read
        return None, [problem("system", file=shown, reason=wrong.strerror or "")]


def broken_quote(text: str) -> tuple[int, str]:
    """(row, what stands there) of the first quote that does not close, or closes in the middle of a cell."""
    row, at = 1, 0
    while at < len(text):
        if text[at] == '"':
            end = _closing(text, at)
            if end is None or text[end + 1 : end + 2] not in ("", ",", "\r", "\n"):
                return row, text[at : at + SHORT].splitlines()[0]
            at = end + 1
        elif found := SEPARATOR.search(text, at):
            at = found.start()
        else:
            break
        if text[at : at + 1] == ",":
            at += 1
        elif at < len(text):
            row += 1
            at += 2 if text[at : at + 2] == "\r\n" else 1
    return row, ""


def _closing(text: str, at: int) -> int | None:
    """Where the quote that opens at `at` closes; a doubled one stands for itself."""
    end = text.find('"', at + 1)
    while end >= 0 and text[end + 1 : end + 2] == '"':
        end = text.find('"', end + 2)
    return end if end >= 0 else None
