"""One published table and its writers: markup for pages, records for downloads."""

from scripts.grids.markup import cell_html, header_rows, quotes, text_html, time_html, view
from scripts.grids.records import csv_bytes, no_formula, records
from scripts.grids.table import Cell, Column, Grid, Row, Text, part_text

__all__ = [
    "Cell", "Column", "Grid", "Row", "Text", "cell_html", "csv_bytes", "header_rows", "no_formula", "part_text", "quotes", "records",
    "text_html", "time_html", "view",
]  # fmt: skip
