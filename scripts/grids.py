"""One published table. HTML, CSV and chart data are writers of the same grid, so none can leak what another hides."""

import csv
import datetime
import io
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from scripts import display, wording
from scripts.addresses import HOW
from scripts.facts import Fact, Unit


@dataclass(frozen=True, slots=True)
class Text:
    """A cell of words. `kind`: "" plain from data, "code", "document", "quote", "words" (the program's own),
    "ready" (markup made by a component in `html`; downloads say `text`)."""

    text: str
    kind: str = ""
    href: str = ""
    html: Markup = Markup("")
    notable: bool = False  # a result that a phone must show under the name


@dataclass(frozen=True, slots=True)
class Column:
    """`path`: header from the top down; a date or a year (int) in it stays one. `scale` of money: "wan", "yuan"; "" where the cell brings its own unit."""

    id: str
    path: tuple[str | int | datetime.date, ...]
    numeric: bool = False
    scale: str = "wan"
    unit: bool = False  # print the unit in each cell
    kind: str = ""  # "code" and "check" columns go under the name on a phone


Cell = Fact | Text | datetime.date | None


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    line: int | None = None  # the row's anchor L<line> on a table page
    level: int = 3
    total: bool = False
    href: str = ""  # where the row head leads: its source row, or its own page
    code: str = ""  # what stands under the name on a phone where the code is split over columns


@dataclass(frozen=True, slots=True)
class Grid:
    """`heads`: how many leading columns name the row. `printed`: official, every leaf as spelt by its source."""

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    unit: str = ""
    kind: str = "plain"
    note: str = ""
    printed: bool = False
    head: int = 0

    def facts(self) -> list[Fact]:
        return [cell for row in self.rows for cell in row.cells if isinstance(cell, Fact)]


def cell_html(cell: Cell, column: Column, printed: bool = False, absolute: bool = False) -> Markup:
    """One cell as markup, in its digit class. A derived figure leads to its derivation on the same page."""
    if cell is None:
        return Markup("")
    if isinstance(cell, datetime.date):
        return time_html(cell)
    if isinstance(cell, Text):
        return text_html(cell)
    if not cell.known and not (printed and cell.printed):
        word = display.state_word(cell.state)
        return Markup('<span class="state {}">{}</span>').format(cell.state, word) if word else Markup("")
    if printed and cell.leaf:
        return Markup('<data data-fact="{}" data-printed value="{}">{}</data>').format(
            cell.key, display.exact(cell), cell.printed
        )
    text = display.shown(cell, column.scale or "wan", unit=column.unit, absolute=absolute)
    sign = Markup(" data-abs") if absolute else ""
    figure = Markup('<data data-fact="{}"{} value="{}">{}</data>').format(cell.key, sign, display.exact(cell), text)
    return Markup('<a class="fact" href="{}#f-{}">{}</a>').format(HOW, cell.key, figure) if not cell.leaf else figure


def time_html(date: datetime.date) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(date.isoformat(), display.day(date))


def text_html(cell: Text) -> Markup:
    if cell.kind == "ready":
        return cell.html
    inner = {
        "code": '<span data-code class="code">{}</span>',
        "document": '<span data-code class="document">{}</span>',
        "quote": "<span data-text>{}</span>",
        "": "<span data-text>{}</span>",
        "words": "{}",
    }[cell.kind]
    shown = Markup(inner).format(cell.text) if cell.text else Markup("")
    return Markup('<a href="{}">{}</a>').format(cell.href, shown) if cell.href and cell.text else shown


def quotes(texts: tuple[str, ...]) -> Text:
    """Several quotations in one cell, each on its own line."""
    lines = Markup("<br>").join(Markup("<span data-text>{}</span>").format(text) for text in texts)
    return Text(wording.say("lists.clause").join(texts), "ready", html=lines)


def part_text(part: str | int | datetime.date) -> str:
    """One part of a header path in words."""
    if isinstance(part, datetime.date):
        return display.day(part)
    return part if isinstance(part, str) else wording.say("display.year", year=part)


def _part_html(part: str | int | datetime.date) -> Markup | str:
    if isinstance(part, str):
        return part
    iso = part.isoformat() if isinstance(part, datetime.date) else part
    return Markup('<time datetime="{}">{}</time>').format(iso, part_text(part))


def header_rows(columns: tuple[Column, ...]) -> list[list[dict]]:
    """Header paths as rows of {text, colspan, rowspan, scope}; a shorter path spans the rows below it."""
    depth = max(len(c.path) for c in columns)
    rows = []
    for level in range(depth):
        row: list[dict] = []
        index = 0
        while index < len(columns):
            path = columns[index].path
            if len(path) <= level:
                index += 1
                continue
            last = len(path) == level + 1
            span = 1
            while not last and index + span < len(columns) and columns[index + span].path[: level + 1] == path[: level + 1]:
                span += 1
            row.append(
                {
                    "text": _part_html(path[level]),
                    "colspan": span,
                    "rowspan": depth - level if last else 1,
                    "scope": "colgroup" if span > 1 else "col",
                    "numeric": columns[index].numeric,
                    "kind": columns[index].kind,
                }
            )
            index += span
        rows.append(row)
    return rows


def view(grid: Grid) -> dict:
    """The grid as the ledger component wants it: plain data and ready cells."""
    rows = []
    for row in grid.rows:
        cells = []
        for index, (cell, column) in enumerate(zip(row.cells, grid.columns, strict=True)):
            html = cell_html(cell, column, grid.printed)
            if index == grid.head and row.href and not (isinstance(cell, Text) and cell.href):
                html = Markup('<a class="row-link" href="{}">{}</a>').format(row.href, html) if html else html
            cells.append(
                {"html": html, "head": index == grid.head, "numeric": column.numeric, "label": part_text(column.path[-1]), "kind": column.kind}
            )
        _under_name(cells, row, grid)
        rows.append(
            {
                "id": f"L{row.line}" if row.line else None,
                "level": row.level,
                "total": row.total,
                "cells": cells,
            }
        )
    return {
        "id": f"t-{grid.id}", "caption": grid.title, "unit": grid.unit, "kind": grid.kind, "note": grid.note,
        "header_rows": header_rows(grid.columns), "rows": rows, "head": grid.head,
    }  # fmt: skip


def _under_name(cells: list[dict], row: Row, grid: Grid) -> None:
    """What a phone shows under the name instead of in a column: the code, and the result where it is not plain balance."""
    codes = [cell.text for cell, column in zip(row.cells, grid.columns, strict=True) if column.kind == "code" and isinstance(cell, Text)]
    code = row.code or (codes[0] if len(codes) == 1 else "")
    if code:
        cells[grid.head]["code"] = text_html(Text(code, "code"))
    for cell, column in zip(row.cells, grid.columns, strict=True):
        if column.kind == "check" and isinstance(cell, Text) and cell.notable:
            cells[grid.head]["check"] = cell.html


def records(grid: Grid, mark: str = "") -> tuple[list[list[str]], list[list[str]]]:
    """The grid as CSV records, and for each what it is ("fact:KEY" or "text:...") so that the seal can read it back.

    `mark`: said in a last column of every row (demonstration data).
    """
    header = ["/".join(part_text(part) for part in c.path) + _unit_bracket(c, grid) for c in grid.columns]
    texts, meanings = [header], [[f"text:{h}" for h in header]]
    for row in grid.rows:
        pairs = [_record(cell, column, grid) for cell, column in zip(row.cells, grid.columns, strict=True)]
        texts.append([text for text, _ in pairs])
        meanings.append([meaning for _, meaning in pairs])
    if mark:
        for index, (line, meaning) in enumerate(zip(texts, meanings, strict=True)):
            said = wording.say("downloads.nature") if index == 0 else mark
            line.append(said)
            meaning.append(f"text:{said}")
    return texts, meanings


def csv_bytes(texts: list[list[str]], *, excel: bool) -> bytes:
    """For Excel: BOM and CRLF. For machines: UTF-8 and LF."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n" if excel else "\n").writerows(texts)
    return out.getvalue().encode("utf-8-sig" if excel else "utf-8")


def _unit_bracket(column: Column, grid: Grid) -> str:
    cells = [row.cells[grid.columns.index(column)] for row in grid.rows]
    facts = [c for c in cells if isinstance(c, Fact)]
    if not facts or grid.printed:
        return ""
    if all(f.unit is Unit.FEN for f in facts):
        return f"({wording.table('cells.units')[column.scale or 'wan']})"
    return "(%)" if all(f.unit is Unit.SHARE for f in facts) else ""


def _record(cell: Cell, column: Column, grid: Grid) -> tuple[str, str]:
    if cell is None:
        return "", "text:"
    if isinstance(cell, datetime.date):
        return cell.isoformat(), f"text:{cell.isoformat()}"
    if isinstance(cell, Text):
        safe = _no_formula(cell.text)
        return safe, f"text:{safe}"
    if not cell.known:
        word = cell.printed if grid.printed else display.state_word(cell.state)
        return word, f"text:{word}"
    if cell.unit is Unit.FEN:
        text = display.machine_decimal(cell.value, cell.scale if grid.printed and cell.scale else column.scale or "wan")
    elif cell.unit is Unit.SHARE:
        text = display.decimal(Fraction(cell.value) * 100, 2).replace(",", "")
    elif cell.unit is Unit.POINTS:
        text = display.decimal(Fraction(cell.value), 2).replace(",", "")
    else:
        text = str(cell.value)
    return text, f"fact:{cell.key}"


def _no_formula(text: str) -> str:
    """A text that a spreadsheet would run as a formula gets an apostrophe; number columns never pass here."""
    return f"'{text}" if text[:1] in tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20") else text
