"""Header paths -> columns with a role and a block. The same function serves `import` and `check`."""

from dataclasses import replace

from scripts.official import names, spread
from scripts.official.column import Column
from scripts.official.kinds import ColumnKind, Kind
from scripts.official.match import match
from scripts.official.words import patterns

LABELS = ("code", "name", "item")


def resolve(kind: Kind, header: list[str], register: str) -> list[Column]:
    """One column for each header path; an unknown one keeps an empty role."""
    paths = [names.components(path) for path in header]
    if kind.rows == "one" and not any(match(path, kind.columns, ("item",)) for path in paths):
        return [spread.column(kind, register, index, header[index], path) for index, path in enumerate(paths)]
    columns, blocks = [], _blocks(kind, paths)
    for index, (path, block) in enumerate(zip(paths, blocks, strict=True)):
        found, part = _role(kind, path)
        role, type_ = (found.role, found.type) if found else ("", "text")
        columns.append(Column(index, header[index], role, block, type_, part=part))
    return columns if not kind.lines or any(column.role == "code" for column in columns) else list(map(_item, columns))


def _item(column: Column) -> Column:
    """In a table that may list lines or codes, a name without a code beside it names a line."""
    return replace(column, role="item", type="item") if column.role == "name" else column


def layout(kind: Kind, columns: list[Column]) -> str:
    """How the rows are named: one, lines, units, or the kind's own function, economic, named."""
    roles = {column.role for column in columns}
    if any(column.row for column in columns):
        return "one"
    if "item" in roles and "code" not in roles and kind.rows != "named":
        return "lines"
    if "unit_name" in roles and "code" not in roles and kind.rows != "named":
        return "units"
    return kind.rows


def _role(kind: Kind, path: tuple[str, ...]) -> tuple[ColumnKind | None, int]:
    """The kind of a column and which part of a split code it is."""
    candidates = kind.measures + kind.columns
    if found := match(path, candidates):
        return found, 0
    for each in candidates:
        if path and path[-1] in each.parts and (len(path) == 1 or match(path[:-1], (each,))):
            return each, each.parts.index(path[-1])
    return None, 0


def _blocks(kind: Kind, paths: list[tuple[str, ...]]) -> list[str]:
    """The block of each column. A label after an amount begins the next block; its words or its place name it."""
    numbers, count, amount = [], 0, False
    for path in paths:
        found, _ = _role(kind, path)
        label = bool(found) and found.type in LABELS
        if label and amount:
            count, amount = count + 1, False
        amount = amount or bool(found and found.type in ("money", "percent"))
        numbers.append(count)
    if not kind.blocks:
        return [""] * len(paths)
    block_names = _block_names(kind, numbers, paths)
    return [block_names[number] for number in numbers]


def _block_names(kind: Kind, numbers: list[int], paths: list[tuple[str, ...]]) -> list[str]:
    """The declared blocks in order, unless the first labels say otherwise (a table of expenditure alone)."""
    words, given, free = patterns()["block_words"], [], list(kind.blocks)
    for number in range(max(numbers) + 1):
        labels = "".join("".join(path) for path, n in zip(paths, numbers, strict=True) if n == number)
        said = [block for block, word in words.items() if word in labels and block in free]
        chosen = said[0] if len(said) == 1 else free[0] if free else f"{kind.blocks[-1]}{number}"
        free = [block for block in free if block != chosen]
        given.append(chosen)
    return given
