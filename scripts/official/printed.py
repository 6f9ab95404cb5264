"""The sheets of a source as texts: CSV files of a folder, or the sheets of a workbook, in the order of their names."""

from pathlib import Path

from scripts import tables, workbooks
from scripts.official.sheets import Printed
from scripts.problems import Problem, problem
from scripts.publisher import left_by_programs

WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".ods"}  # all but the first are refused, and how to save them is said


def read(src: Path) -> tuple[list[tuple[Path, Printed]], list[Problem]]:
    """(file, sheet) of everything that may be a table; what is none is said."""
    found, problems = [], []
    paths = sorted(path for path in src.iterdir() if not left_by_programs(path.name)) if src.is_dir() else [src]
    for path in paths:
        if path.suffix.lower() == ".csv":
            lines, wrong = tables.read_lines(path, path.name)
            found += [(path, Printed(path.stem, lines))] if lines is not None else []
        elif path.suffix.lower() in WORKBOOKS and not path.is_symlink():
            book, wrong = workbooks.read(path, path.name, strict=False)
            found += [(path, Printed(each.name, [[*row] for row in each.rows], each.merged or None)) for each in (book.sheets if book else ())]
        else:
            wrong = [problem("import-not-a-table", file=path.name)]
        problems += wrong
    if not paths:
        problems.append(problem("import-nothing", file=src.name))
    return found, problems
