"""Printed lines -> rows with key, level and cells by role; every doubtful cell becomes a problem, none is dropped."""

from dataclasses import replace

from scripts.cells import Cell, Origin, State
from scripts.official import kinds, lines, names
from scripts.official.column import Column
from scripts.official.table import Row
from scripts.official.values import Sheet, value_of


def read(sheet: Sheet, grid: list[tuple[int, tuple[str, ...]]]) -> list[Row]:
    """All rows of a table in printed order, block after block within a line."""
    if sheet.layout == "one":
        return [row for line, texts in grid for row in _spread(sheet, line, texts)]
    found: list[Row] = []
    for block in dict.fromkeys(column.block for column in sheet.columns):
        columns = [column for column in sheet.columns if column.block == block]
        for group in _groups(columns):
            bare = [_bare(sheet, line, texts, group, block) for line, texts in grid if not names.numbers_columns(texts)]
            found += _named(sheet, _reunited([row for row in bare if row is not None], found), block)
    return sorted((_placed(sheet, row) for row in found), key=lambda row: row.line)


def _reunited(rows: list[Row], left: list[Row]) -> list[Row]:
    """Without an amount that stands in this part of a line for a name in the part to its left, which gets it."""
    kept = []
    for row in rows:
        named = [i for i, each in enumerate(left) if each.line == row.line and each.sort == "total"]
        amounts = {role: cell for role, cell in row.cells.items() if cell[1].state is State.KNOWN}
        if row.name or row.code or not named or not amounts:
            kept.append(row)
        else:
            owner = left[named[-1]]
            left[named[-1]] = replace(
                owner, cells=owner.cells | amounts, indexes=owner.indexes | {r: row.indexes[r] for r in amounts}
            )
    return kept


def _groups(columns: list[Column]) -> list[list[Column]]:
    """Columns that name one row: a table printed in two halves without block names has two groups."""
    groups: list[list[Column]] = [[]]
    for column in columns:
        seen = {(each.role, each.part) for each in groups[-1] if each.role}
        if column.type in ("code", "name", "item", "number") and (column.role, column.part) in seen:
            groups.append([])
        groups[-1].append(column)
    return groups


def _bare(sheet: Sheet, line: int, texts: tuple[str, ...], columns: list[Column], block: str) -> Row | None:
    """A row before it has a key; None where this half of the line is empty."""
    if not any(texts[column.index].strip() for column in columns if column.type != "number"):
        return None
    label = next((texts[c.index] for c in columns if c.type in ("item", "name") and texts[c.index].strip()), "").strip()
    label = label or next((texts[c.index].strip() for c in columns if c.role == "unit_code"), "")
    told = [column for column in columns if column.role and column.type in ("money", "percent", "text")]
    found = {}
    for column in told:
        cell = Cell(texts[column.index], Origin(sheet.file, "", line, column.path))
        found[column.role] = cell, value_of(sheet, column, cell, names.unit_in(label))
    row = Row(line, "", label, 1, found, texts, block, indexes={column.role: column.index for column in told})
    if sheet.layout in ("function", "economic", "named"):
        return _coded(sheet, row, columns)
    return row


def _coded(sheet: Sheet, row: Row, columns: list[Column]) -> Row:
    """A row named by its subject code, whole or in parts; a total, or a line without code, by its words."""
    parts = [(column, row.texts[column.index].strip()) for column in columns if column.type == "code"]
    said = [text for _, text in parts if text and not names.plain(text).isdigit()]
    row = replace(row, name=row.name or (said[0] if said else ""))
    if any(names.expression("total_row").match(names.plain(text)) for text in (*said, row.name) if text):
        return replace(row, key="total", level=0, sort="total")
    if said:
        if row.name not in said:
            sheet.say("official-code", row.line, parts[0][0].path, said[0])
        return row
    if not any(text for _, text in parts) and (found := names.expression("code_and_name").match(names.plain(row.name))):
        return replace(row, code=found[1], name=found[2])
    return replace(row, code=lines.code_of(sheet, row.line, parts))


def _named(sheet: Sheet, rows: list[Row], block: str) -> list[Row]:
    """Rows with their keys and levels, by the layout of the table."""
    if sheet.layout in ("function", "economic"):
        return lines.by_code(sheet, rows)
    if sheet.layout == "lines":
        return lines.by_name(sheet, rows, block or sheet.kind.lines)
    if sheet.layout == "units":
        return [_of_unit(row) for row in rows]
    return [
        row if row.key == "total" else
        replace(row, key=row.code or lines.path_of(row), name=row.name or row.text("item"), sort="named")
        for row in rows
    ]  # fmt: skip


def _of_unit(row: Row) -> Row:
    """A unit by its name; its code says which unit it belongs to."""
    if names.expression("total_row").match(names.plain(row.name)):
        return replace(row, key="total", level=0, sort="total")
    return replace(row, key=names.plain(row.name), sort="unit", code=row.text("unit_code").strip())


def _placed(sheet: Sheet, row: Row) -> Row:
    """The row under a key of its own: the second of a name is said, and takes part in no sum."""
    if row.key in sheet.seen:
        sheet.say("official-duplicate", row.line, value=row.code or row.name, first=sheet.seen[row.key])
        key = f"{row.key}+{row.line}"
        while key in sheet.seen:
            key += "+"
        row = replace(row, key=key, sort="")
    sheet.seen[row.key] = row.line
    return row


def _spread(sheet: Sheet, line: int, texts: tuple[str, ...]) -> list[Row]:
    """The rows of a table that lists its items side by side in one line."""
    if names.numbers_columns(texts):
        return []
    found: dict[str, dict] = {}
    indexes: dict[str, dict] = {}
    for column in (c for c in sheet.columns if c.row):
        cell = Cell(texts[column.index], Origin(sheet.file, "", line, column.path))
        found.setdefault(column.row, {})[column.role] = cell, value_of(sheet, column, cell)
        indexes.setdefault(column.row, {})[column.role] = column.index
    if any(key in sheet.seen for key in found):
        sheet.say("official-second-row", line)
        return []
    sheet.seen |= dict.fromkeys(found, line)
    told = {each.role: each for each in kinds.lines(sheet.kind.lines)}
    return [
        Row(line, key, told[key].title, 0 if key == "total" else 2 if told[key].of else 1, values, texts,
            sort=told[key].sort, of=told[key].of, indexes=indexes[key])
        for key, values in found.items()
    ]  # fmt: skip
