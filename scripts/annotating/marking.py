"""The clerk's own workbook, opened only after its inspection found nothing dangerous: wrong cells filled and commented, a list added."""

import io
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from scripts import wording, workbooks
from scripts.annotating.copying import RED, WIDTHS, YELLOW, writable
from scripts.annotating.placing import marks, rows
from scripts.problems import Problem


# What a strict table may not have, but which does no harm to who opens it; anything else found by the inspection does, or may.
HARMLESS = {
    "cell-formula", "cell-link", "cell-comment", "hidden-sheet", "hidden-rows", "hidden-columns", "merged-cells", "odd-dimension", "date-1904",
}  # fmt: skip


def mark(path: Path, problems: Sequence[Problem]) -> bytes | None:
    """The marked copy; None for a workbook that must not or cannot be opened."""
    found = {each.kind for each in workbooks.prescan(path, path.name)}
    if found - HARMLESS or "workbook-killed" in {each.kind for each in problems}:
        return None
    try:
        book = openpyxl.load_workbook(path)
    except Exception:  # whatever a workbook does to its reader, the list of problems is still written
        return None
    by_sheet: dict[str, list[Problem]] = defaultdict(list)
    for each in problems:
        by_sheet[each.sheet].append(each)
    for sheet in book.worksheets:
        _mark_sheet(sheet, by_sheet[sheet.title])
    _list(book, problems)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _mark_sheet(sheet, problems: Sequence[Problem]) -> None:
    header = [str(cell.value) if cell.value is not None else "" for cell in next(sheet.iter_rows(max_row=1), ())]
    filled, said = marks(problems, header)
    looks = {wrong: PatternFill("solid", fgColor=f"FF{colour[1:]}") for wrong, colour in ((True, RED), (False, YELLOW))}
    for (row, column), wrong in filled.items():
        sheet.cell(row + 1, column + 1).fill = looks[wrong]
    for (row, column), text in said.items():
        cell = _owner(sheet, row + 1, column + 1)
        own = f"{cell.comment.text}\n" if cell.comment else ""
        cell.comment = Comment(writable(own + text), wording.say("annotate.author"), height=120, width=320)


def _owner(sheet, row: int, column: int):
    """The cell that holds a comment: of merged ones the first."""
    cell = sheet.cell(row, column)
    if not isinstance(cell, MergedCell):
        return cell
    area = next(each for each in sheet.merged_cells.ranges if cell.coordinate in each)
    return sheet.cell(area.min_row, area.min_col)


def _list(book: openpyxl.Workbook, problems: Sequence[Problem]) -> None:
    sheet = book.create_sheet(wording.say("annotate.list"))
    sheet["A1"] = wording.say("annotate.advice")
    for number, texts in enumerate(rows(problems), start=2):
        for column, text in enumerate(texts, start=1):
            cell = sheet.cell(number, column, writable(text))
            cell.data_type = "s"  # a text that starts like a formula stays a text
            cell.font = Font(bold=number == 2)
    for column, width in zip("ABCDEFGH", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
