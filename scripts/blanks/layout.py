"""One register's empty workbook: a sheet of instructions, then a sheet a table with header, formats, drop-downs and an example row."""

import datetime
import io

import xlsxwriter

from scripts import schema, wording
from scripts.blanks import instructions
from scripts.tables import EXAMPLE, LIMIT_ROWS

MADE = datetime.datetime(2000, 1, 1)  # no clock: the same schema gives the same bytes
AS_TYPED = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
NARROW, WIDE = 14, 36  # characters
HEAD = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "num_format": "@"}
REQUIRED, FREE, EXAMPLE_LOOK = {"bg_color": "#F3C23C"}, {"bg_color": "#E8EEF1"}, {"italic": True, "font_color": "#6D7C84"}


def workbook(told_schema: schema.Schema, year: int) -> bytes:
    """The bytes of `<register>/<year>.xlsx`."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, AS_TYPED)
    book.set_properties({"created": MADE})
    _instructions(book, told_schema, year)
    for table in told_schema.tables:
        _sheet(book, table, year)
    book.close()
    return out.getvalue()


def example(field: schema.Field, year: int) -> str:
    """A right value of a column; its dates are of the year that is asked for."""
    value = field.example or field.constraints["enum"][0]
    return f"{year}{value[4:]}" if field.type == "date" else value


def _instructions(book: xlsxwriter.Workbook, told_schema: schema.Schema, year: int) -> None:
    sheet = book.add_worksheet(wording.say("blanks.sheet"))
    head, body, bold = (book.add_format(look) for look in (HEAD | FREE, {"text_wrap": True, "valign": "top"}, {"bold": True, "font_size": 14}))
    sheet.write_string(0, 0, wording.say("tables.page_title", year=year, title=told_schema.title), bold)
    at = 1
    for at, line in enumerate(instructions.lines(told_schema, year), start=1):
        sheet.write_string(at, 0, line)
    rows = instructions.columns(told_schema, lambda field: example(field, year))
    for index, width in enumerate((22, 20, 44, 8, 8, 44, 26)):
        sheet.set_column(index, index, width)
    for number, row in enumerate(rows, start=at + 2):
        for index, text in enumerate(row):
            sheet.write_string(number, index, text, head if number == at + 2 else body)
    _printable(sheet)


def _sheet(book: xlsxwriter.Workbook, table: schema.Table, year: int) -> None:
    sheet = book.add_worksheet(table.title)
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 32)
    for index, field in enumerate(table.fields):
        look = {"num_format": _format(field)}
        width = max(NARROW, 2 * len(field.name) + 3, WIDE if _free(field) else 0)
        sheet.set_column(index, index, width, book.add_format(look))
        sheet.write_string(0, index, field.name, book.add_format(HEAD | (REQUIRED if field.required else FREE)))
        _example(sheet, index, field, year, book.add_format(look | EXAMPLE_LOOK))
        if words := field.constraints.get("enum"):
            sheet.data_validation(1, index, LIMIT_ROWS, index, {
                "validate": "list", "source": words, "error_title": field.title, "error_message": wording.say("blanks.choose"),
            })  # fmt: skip
    _printable(sheet)


def _format(field: schema.Field) -> str:
    """Excel's format: amounts as amounts, counts as counts, everything else stays as typed."""
    return {"number": "#,##0.00" if field.scale else "0.00", "integer": "0"}.get(field.type, "@")


def _free(field: schema.Field) -> bool:
    return field.type == "string" and not (field.code or field.source or "enum" in field.constraints)


def _example(sheet, index: int, field: schema.Field, year: int, look) -> None:
    """The row that nobody can take for data: its first cell and every free text start with the mark."""
    value = example(field, year)
    if field.numeric:
        sheet.write_number(1, index, float(value), look)
    else:
        sheet.write_string(1, index, f"{EXAMPLE}{value}" if index == 0 or _free(field) else value, look)


def _printable(sheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
