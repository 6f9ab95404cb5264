"""The clerk's own workbook, opened only after its reader found nothing dangerous: wrong cells filled and commented, a list added."""

import io
import zipfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.properties import PageSetupProperties

from scripts import wording, workbooks
from scripts.annotating.copying import A4, RED, WIDTHS, YELLOW, writable
from scripts.annotating.placing import LOOKED, box, marks, rows
from scripts.problems import Problem

MOST_BYTES = 40_000_000  # unpacked, some 600,000 cells: half a minute and 300 MB while they are marked


def mark(path: Path, problems: Sequence[Problem]) -> bytes | None:
    """The marked copy; None for a workbook that must not or cannot be opened."""
    if workbooks.read(path, path.name, strict=False)[0] is None or _unpacked(path) > MOST_BYTES:
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


def _unpacked(path: Path) -> int:
    """Bytes of all parts, as the file tells them; its reader has held that against what is there."""
    with zipfile.ZipFile(path) as archive:
        return sum(part.file_size for part in archive.infolist())


def _mark_sheet(sheet, problems: Sequence[Problem]) -> None:
    top = [["" if value is None else str(value) for value in row] for row in sheet.iter_rows(max_row=LOOKED, values_only=True)]
    filled, said = marks(problems, top)
    looks = {wrong: PatternFill("solid", fgColor=f"FF{colour[1:]}") for wrong, colour in ((True, RED), (False, YELLOW))}
    for (row, column), wrong in filled.items():
        sheet.cell(row + 1, column + 1).fill = looks[wrong]
    for (row, column), text in said.items():
        cell = _owner(sheet, row + 1, column + 1)
        own = f"{cell.comment.text}\n" if cell.comment else ""
        told = writable(own + text)
        width, height = box(told)
        cell.comment = Comment(told, wording.say("annotate.author"), height=height, width=width)


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
            cell.font = Font(name="Calibri", size=11, bold=number == 2)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for column, width in zip("ABCDEFGH", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A3"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
