"""Header paths -> columns with a role and a block. The same function serves `import` and `check`."""

from dataclasses import dataclass, replace
from functools import lru_cache

from scripts.official import kinds, names
from scripts.official.kinds import ColumnKind, Kind
from scripts.official.words import patterns

LABELS = ("code", "name", "item")
OWN_MEASURE = {"budget": "budget", "final_accounts": "final"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column as printed and as understood. `role` is "" where it is not understood.

    `row`: the line a column stands for where a table lists its lines side by side; `part`: 0, 1, 2 of a split code.
    """

    index: int
    path: str
    role: str
    block: str = ""
    type: str = "money"
    row: str = ""
    part: int = 0

    @property
    def title(self) -> str:
        """The lowest label, as printed."""
        return self.path.rpartition(names.SEPARATOR)[2]

    @property
    def numeric(self) -> bool:
        return self.type in ("money", "percent")


def resolve(kind: Kind, header: list[str], register: str) -> list[Column]:
    """One column for each header path; an unknown one keeps an empty role."""
    paths = [names.components(path) for path in header]
    if kind.rows == "one" and not any(_match(path, kind.columns, ("item",)) for path in paths):
        return [_spread(kind, register, index, header[index], path) for index, path in enumerate(paths)]
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
    if found := _match(path, candidates):
        return found, 0
    for each in candidates:
        if path and path[-1] in each.parts and (len(path) == 1 or _match(path[:-1], (each,))):
            return each, each.parts.index(path[-1])
    return None, 0


def _match(path: tuple[str, ...], columns, types: tuple[str, ...] = ()) -> ColumnKind | None:
    """The column whose longest alias ends where the path ends and runs through it in order."""
    best, longest = None, 0
    for each in columns:
        if types and each.type not in types:
            continue
        for alias in each.aliases:
            if len(alias) > longest and runs_through(alias, path):
                best, longest = each, len(alias)
    return best


@lru_cache(maxsize=100_000)
def runs_through(alias: tuple[str, ...], path: tuple[str, ...]) -> bool:
    """Whether the labels of an alias stand in the path in order, the last at its end."""
    if not alias or not path or alias[-1] != path[-1]:
        return False
    rest = iter(path[:-1])
    return all(label in rest for label in alias[:-1])


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


def _spread(kind: Kind, register: str, index: int, printed: str, path: tuple[str, ...]) -> Column:
    """A column that is a line and a measure at once, in whichever order the header has them."""
    if not path or (common := _match(path, kind.columns, ("number", "text"))):
        return Column(index, printed, common.role if path else "", type=common.type if path else "text")
    measure, rest = _measure(kind, register, path)
    best, longest = "", 0
    for line in kinds.lines(kind.lines):
        for alias in line.aliases:
            labels = tuple(alias.split(names.SEPARATOR))
            if len(labels) > longest and runs_through(labels, rest):
                best, longest = line.role, len(labels)
    return Column(index, printed, measure.role if best else "", type="money" if best else "text", row=best)


def _measure(kind: Kind, register: str, path: tuple[str, ...]) -> tuple[ColumnKind, tuple[str, ...]]:
    """The measure a path names, and the path without it; the register's own measure where it names none."""
    for place in reversed(range(len(path))):
        for each in kind.measures:
            for (alias, *deeper) in each.aliases:
                if not deeper and path[place] == alias:
                    return each, path[:place] + path[place + 1 :]
    for place in reversed(range(len(path))):
        for each in kind.measures:
            for (alias, *_) in each.aliases:
                if path[place].endswith(alias) and path[place] != alias:
                    return each, path[:place] + (path[place].removesuffix(alias),) + path[place + 1 :]
    return next(each for each in kind.measures if each.role == OWN_MEASURE[register]), path
