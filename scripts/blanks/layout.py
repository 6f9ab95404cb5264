"""One register's empty workbook: a sheet of instructions, then a sheet a table with header, formats, drop-downs and an example row."""

import datetime
import io
import re

import xlsxwriter

from scripts import schema, wording
from scripts.blanks import instructions
from scripts.tables import LIMIT_ROWS

MADE = datetime.datetime(2000, 1, 1)  # no clock: the same schema gives the same bytes
AS_TYPED = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
NARROW, FIRST, WIDE = 13, 22, 28  # digits; a Han character is as wide as two
LINE = 19  # points of a line of text
INSTRUCTION_WIDTHS = (24, 24, 62, 14, 8, 34)
MEANING = 2  # which of these holds sentences
FONT = {"font_size": 11, "valign": "vcenter"}
HEAD = FONT | {"text_wrap": True, "border": 1, "border_color": "#6D7C84", "num_format": "@"}
REQUIRED, FREE = {"bg_color": "#F3C23C", "bold": True}, {"bg_color": "#E8EEF1"}
EXAMPLE_LOOK = {"italic": True, "font_color": "#5A686F"}
A4 = 9
EXAMPLES_OF, YEAR = 2025, re.compile("(?<![0-9])20[0-9]{2}(?![0-9])")


def workbook(told: schema.Schema, year: int) -> bytes:
    """The bytes of `<register>/<year>.xlsx`."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, AS_TYPED)
    book.set_properties({"created": MADE})
    _instructions(book, told, year)
    for table in told.tables:
        _sheet(book, table, year)
    book.close()
    return out.getvalue()


def example(field: schema.Field, year: int) -> str:
    """A right value of a column. The examples of the schemas are of one year and the one after it; here of the year asked for."""
    value = field.example or field.constraints["enum"][0]
    return value if field.numeric else YEAR.sub(lambda found: str(int(found[0]) + year - EXAMPLES_OF), value)


def _instructions(book: xlsxwriter.Workbook, told: schema.Schema, year: int) -> None:
    sheet = book.add_worksheet(wording.say("workbooks.instructions"))
    sheet.hide_gridlines(2)
    for index, width in enumerate(INSTRUCTION_WIDTHS):
        sheet.set_column(index, index, width)
    sheet.set_row(0, 30)
    title = book.add_format(FONT | {"bold": True, "font_size": 16})
    sheet.write_string(0, 0, wording.say("tables.page_title", year=year, title=told.title), title)
    line, head = book.add_format(FONT), book.add_format(HEAD | FREE | {"bold": True})
    body = book.add_format(HEAD)
    said = instructions.lines(told, year)
    for at, text in enumerate(said, start=1):
        sheet.set_row(at, LINE)
        sheet.write_string(at, 0, text, line)
    first = len(said) + 2
    for at, row in enumerate(instructions.rows(told, lambda field: example(field, year)), start=first):
        sheet.set_row(at, LINE * (1 + _digits(row[MEANING]) // INSTRUCTION_WIDTHS[MEANING]))
        for index, text in enumerate(row):
            sheet.write_string(at, index, text, head if at == first else body)
    _printable(sheet, wording.say("tables.page_title", year=year, title=told.title))


def _sheet(book: xlsxwriter.Workbook, table: schema.Table, year: int) -> None:
    sheet = book.add_worksheet(table.title)
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 2 * LINE)
    sheet.set_row(1, 2 * LINE)
    for index, field in enumerate(table.fields):
        look = FONT | {"num_format": "General" if field.numeric else "@", "text_wrap": _wordy(field)}
        width = max(NARROW, _digits(field.name) + 3, WIDE if _wordy(field) else 0, 0 if index else FIRST)
        sheet.set_column(index, index, width, book.add_format(look))  # every row of it, typed or not yet
        sheet.write_string(0, index, field.name, book.add_format(HEAD | (REQUIRED if field.required else FREE)))
        _example(sheet, index, field, year, book.add_format(look | EXAMPLE_LOOK))
        if words := field.constraints.get("enum"):
            sheet.data_validation(1, index, LIMIT_ROWS, index, {
                "validate": "list", "source": words, "error_title": field.title, "error_message": wording.say("blanks.choose"),
            })  # fmt: skip
    _printable(sheet, table.title)
    sheet.hide_gridlines(0)  # on paper they are seen as well
    sheet.repeat_rows(0)


def _digits(text: str) -> int:
    """How wide a text is, in digits."""
    return sum(1 if character.isascii() else 2 for character in text)


def _wordy(field: schema.Field) -> bool:
    """Sentences, not a code, a name of a document or a word from a list."""
    return field.type == "string" and not (field.code or field.source or "enum" in field.constraints)


def _example(sheet, index: int, field: schema.Field, year: int, look) -> None:
    """The row that nobody can take for data: its first cell and every free text start with the mark."""
    value = example(field, year)
    if field.numeric:
        sheet.write_number(1, index, float(value), look)
    else:
        sheet.write_string(1, index, f"{wording.say('tables.example')}{value}" if index == 0 or _wordy(field) else value, look)


def _printable(sheet, title: str) -> None:
    """On A4 across, as wide as the paper, with its title above and the page's number below."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    sheet.set_header(f"&L{title}")
    sheet.set_footer("&C&P / &N")
