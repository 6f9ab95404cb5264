"""What is wrong with the form of a file: unknown or missing columns, lines with a cell too many or too few, hidden characters."""

from collections.abc import Sequence

from scripts import cells
from scripts.official import labels, names
from scripts.official.column import Column
from scripts.official.kinds import Kind
from scripts.problems import Problem, problem


def header(columns: list[Column], kind: Kind, file: str, register: str) -> list[Problem]:
    """Unknown and repeated columns, and a table without names or amounts."""
    title, found, seen = kind.title(register), [], set()
    for column in columns:
        key = column.role, column.row, column.block, column.part
        if not column.role:
            found.append(problem("official-column", file=file, row=1, column=column.path, title=title, near=labels.nearest(column.path, kind)))
        elif key in seen and column.numeric and kind.rows != "economic":
            found.append(problem("duplicate-column", file=file, row=1, column=column.path))
        seen.add(key)
    over = dict.fromkeys(label for column in columns if column.role for label in column.path.split(names.SEPARATOR)[:-1])
    found += [problem("official-label", file=file, row=1, column=each, near=labels.nearest(each, kind)) for each in over if not labels.understood(each)]
    types = {column.type for column in columns}
    if "money" not in types and kind.rows != "named":
        found.append(problem("missing-column", file=file, row=1, column=_needed(kind, "money"), title=title))
    if not types & {"code", "name", "item"} and kind.rows != "named" and not any(column.row for column in columns):
        found.append(problem("missing-column", file=file, row=1, column=_needed(kind, "name", "item"), title=title))
    return found


def _needed(kind: Kind, *types: str) -> str:
    return next((column.title for column in kind.columns if column.type in types), kind.columns[0].title)


def grid(read: list[list[str]], file: str, numbers: Sequence[int] | None = None) -> tuple[list[tuple[int, tuple[str, ...]]], list[Problem]]:
    """Printed lines with the number Excel shows, or with `numbers` that they had elsewhere; each as long as the header, every cell of one line."""
    found, width = [], len(read[0])
    places = [1, *(numbers or range(2, len(read) + 1))]
    problems = [
        problem("not-plain-text", file=file, row=line, column=read[0][index] if line > 1 and index < width else "", value=text)
        for line, texts in zip(places, read, strict=False) for index, text in enumerate(texts) if not cells.is_plain(text)
    ]  # fmt: skip
    for line, texts in zip(places[1:], read[1:], strict=False):
        if len(texts) != width:
            shown = ",".join(texts)
            problems.append(problem("cell-count", file=file, row=line, value=shown, has=len(texts), needs=width))
        found.append((line, tuple((texts + [""] * width)[:width])))
    return found, problems
