"""One published table and its writers: markup for pages, records for downloads."""

from scripts.grids.markup import cell_html, header_rows, quotes, text_html, time_html, view
from scripts.grids.records import Entry, csv_bytes, csv_texts, guarded, marked, no_formula, records
from scripts.grids.table import Against, Cell, Column, Grid, Row, Text, part_text
from scripts.grids.workbook import widths, xlsx_bytes

__all__ = [
    "Against", "Cell", "Column", "Entry", "Grid", "Row", "Text", "cell_html", "csv_bytes", "csv_texts", "guarded", "header_rows", "marked", "no_formula", "part_text",
    "quotes", "records", "text_html", "time_html", "view", "widths", "xlsx_bytes",
]  # fmt: skip
