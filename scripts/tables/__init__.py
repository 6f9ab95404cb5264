"""The only reader of a register's own tables: CSV or workbook; strict, text first, every problem of a file at once, nothing dropped."""

from scripts.tables.data import Data, Row
from scripts.tables.folders import WORKBOOK, read_sheet, read_year
from scripts.tables.grid import Grid
from scripts.tables.limits import LIMIT_BYTES, LIMIT_ROWS
from scripts.tables.reading import read_grid, read_table
from scripts.tables.records import read_lines
from scripts.tables.values import parse, read

__all__ = [
    "LIMIT_BYTES", "LIMIT_ROWS", "WORKBOOK", "Data", "Grid", "Row", "parse", "read", "read_grid", "read_lines", "read_sheet", "read_table", "read_year",
]  # fmt: skip
