"""The sheets of a source as texts: CSV files of a folder, or the sheets of a workbook, in the order of their names."""

import datetime
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from scripts import tables
from scripts.official.sheets import Printed
from scripts.problems import Problem, problem

WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".ods"}
SIGNIFICANT = ".15g"


def read(src: Path) -> tuple[list[tuple[Path, Printed]], list[Problem]]:
    """(file, sheet) of everything that may be a table; what is none is said."""
    found, problems = [], []
    paths = sorted(src.iterdir()) if src.is_dir() else [src]
    for path in paths:
        if path.suffix.lower() == ".csv":
            lines, wrong = tables.read_lines(path, path.name)
            found += [(path, Printed(path.stem, lines))] if lines is not None else []
        elif path.suffix.lower() in WORKBOOKS and not path.is_symlink():
            sheets, wrong = _workbook(path)
            found += [(path, sheet) for sheet in sheets]
        else:
            wrong = [problem("import-not-a-table", file=path.name)]
        problems += wrong
    if not paths:
        problems.append(problem("import-nothing", file=src.name))
    return found, problems


def _workbook(path: Path) -> tuple[list[Printed], list[Problem]]:
    """Visible sheets with their merged ranges; a hidden sheet is not read, and that is said."""
    if path.stat().st_size > tables.LIMIT_BYTES:
        return [], [problem("too-large", file=path.name)]
    try:
        book = CalamineWorkbook.from_path(path)
        sheets, problems = [], []
        for told in book.sheets_metadata:
            if told.visible is not SheetVisibleEnum.Visible:
                problems.append(problem("import-hidden", file=path.name, sheet=told.name, sheet_name=told.name))
                continue
            sheet = book.get_sheet_by_name(told.name)
            texts = [[_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
            merged = tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ()) or None
            sheets.append(Printed(told.name, texts, merged))
        return sheets, problems
    except (CalamineError, OSError, ValueError):
        return [], [problem("import-unreadable", file=path.name)]


def _text(value: object) -> str:
    """A cell as it would be typed: whole numbers without a point, others to the digits a spreadsheet keeps."""
    if isinstance(value, datetime.datetime) and not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return str(int(value)) if value == int(value) else format(value, SIGNIFICANT)
