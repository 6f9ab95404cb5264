"""A table kept as CSV as a marked workbook, and the list of problems: all cells are text, none is ever a formula."""

import io
import re
from collections.abc import Sequence

import xlsxwriter

from scripts import wording
from scripts.annotating.placing import LOOKED, box, marks, rows
from scripts.grids.workbook import LONGEST_CELL, write_text
from scripts.problems import Problem

RED, YELLOW = "#F6B5AC", "#FFF2C6"  # an error, a warning
WIDTHS = (6, 28, 16, 7, 16, 20, 36, 36)
NARROW, WIDE = 12, 36  # a table's columns, in digits
# Text stays text, whatever it starts with; and a large table is written row by row.
AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "constant_memory": True}
BOX = (128, 74)  # pixels of a comment when nothing is said
A4 = 9
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def copy(lines: Sequence[Sequence[str]], problems: Sequence[Problem]) -> bytes:
    """Every cell as it is spelt, the wrong ones filled and commented; the file's problems on a sheet of their own."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, AS_TEXT)
    sheet = book.add_worksheet(wording.say("annotate.table"))
    sheet.freeze_panes(1, 0)
    for column in range(max(map(len, lines))):
        longest = max(len(line[column].encode()) for line in lines[:100] if column < len(line))  # a Han character: three bytes, two digits
        sheet.set_column(column, column, min(WIDE, max(NARROW, longest)))
    filled, said = marks(problems, lines[:LOOKED])
    head = {"bold": True, "bottom": 1}
    looks = {
        (first, wrong): book.add_format({"num_format": "@"} | (head if first else {}) | ({} if wrong is None else {"bg_color": RED if wrong else YELLOW}))
        for first in (True, False) for wrong in (None, True, False)
    }  # fmt: skip
    for row, texts in enumerate(lines):
        for column in range(max(len(texts), len(lines[0]), 1)):
            text = texts[column] if column < len(texts) else ""
            write_text(sheet, row, column, writable(text), looks[row == 0, filled.get((row, column))])
            if (row, column) in said:  # with its row: what is written row by row takes no comment later
                told = writable(said[row, column])
                scales = {f"{axis}_scale": size / one for axis, size, one in zip("xy", box(told), BOX, strict=True)}
                sheet.write_comment(row, column, told, {"author": wording.say("annotate.author"), "font_size": 10, **scales})
    _printable(sheet, 0)
    _list(book, problems)
    book.close()
    return out.getvalue()


def listing(problems: Sequence[Problem]) -> bytes:
    """All problems of all files, most serious first."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, AS_TEXT)
    _list(book, problems)
    book.close()
    return out.getvalue()


def writable(text: str) -> str:
    """Text that a workbook can hold: characters that XML forbids are shown as escapes."""
    return _UNWRITABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)[:LONGEST_CELL]


def _list(book: xlsxwriter.Workbook, problems: Sequence[Problem]) -> None:
    sheet = book.add_worksheet(wording.say("annotate.list"))
    head, body = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "bottom": 7})
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, wording.say("annotate.advice"))
    sheet.freeze_panes(2, 0)
    for row, texts in enumerate(rows(problems), start=1):
        for column, text in enumerate(texts):
            write_text(sheet, row, column, writable(text), head if row == 1 else body)
    _printable(sheet, 1)


def _printable(sheet, header: int) -> None:
    """On A4 across, as wide as the paper, the header on each page."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5)
    sheet.repeat_rows(header)
