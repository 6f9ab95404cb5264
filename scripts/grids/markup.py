"""A grid as HTML: each cell in its digit class, a derived figure leading to its derivation."""

import datetime

from markupsafe import Markup

from scripts import display, wording
from scripts.addresses import HOW
from scripts.grids.table import Against, Cell, Column, Grid, Row, Text, part_text


def cell_html(cell: Cell, column: Column, printed: bool = False, absolute: bool = False) -> Markup:
    """One cell as markup, in its digit class. A derived figure leads to its derivation on the same page."""
    if cell is None:
        return Markup("")
    if isinstance(cell, datetime.date):
        return time_html(cell)
    if isinstance(cell, Text):
        return text_html(cell)
    scale, against = column.scale or "wan", ()
    if isinstance(cell, Against):
        cell, against = cell.fact, cell.targets
        scale = cell.scale or scale
    if not cell.known and not (printed and cell.printed):
        word = display.state_word(cell.state)
        return Markup('<span class="state {}">{}</span>').format(cell.state, word) if word else Markup("")
    if printed and cell.leaf:
        return Markup('<data data-fact="{}" data-printed value="{}">{}</data>').format(
            cell.key, display.exact(cell), cell.printed
        )
    text = display.shown(cell, scale, unit=column.unit, absolute=absolute, against=against)
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
            while not last and index + span < len(columns) and _shares(columns[index + span].path, path, level):
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


def _shares(path: tuple, first: tuple, level: int) -> bool:
    """Whether a column goes on under the same head at this level."""
    return len(path) > level + 1 and path[: level + 1] == first[: level + 1]


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
        if _folded(grid):
            _under_name(cells, row, grid)
        rows.append(
            {
                "id": f"L{row.line}" if row.line else None,
                "level": row.level,
                "total": row.total,
                "cells": cells,
                "notes": list(row.notes),
            }
        )
    return {
        "id": f"t-{grid.id}", "caption": grid.title, "unit": grid.unit, "kind": grid.kind, "note": grid.note,
        "header_rows": header_rows(grid.columns), "rows": rows, "head": grid.head,
        "folded": _folded(grid),
    }  # fmt: skip


def _folded(grid: Grid) -> bool:
    """Whether the codes stand in one column of their own, so that a phone can put them under the names."""
    codes = [column for column in grid.columns if column.kind == "code"]
    return len(codes) == 1 and len(codes[0].path) == 1


def _under_name(cells: list[dict], row: Row, grid: Grid) -> None:
    """A folded code also stands with the name."""
    for cell, column in zip(row.cells, grid.columns, strict=True):
        if column.kind == "code" and isinstance(cell, Text) and cell.text:
            cells[grid.head]["code"] = text_html(Text(row.code or cell.text, "code"))
