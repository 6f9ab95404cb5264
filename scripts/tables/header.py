"""The header of a table: where it stands, whether it is exact, and the name that a wrong one seems to mean."""

import re
from dataclasses import dataclass, field

from scripts import cells, schema
from scripts.problems import Problem, problem
from scripts.tables.grid import Grid
from scripts.tables.words import pattern, told

LOOKED = 20  # lines among which a header is looked for
FAR = 4  # a name of n signs may differ from the right one in n / FAR of them


@dataclass(frozen=True, slots=True)
class Header:
    """`line`: of the header, from 1. `order`: column by the exact name; `width`: cells that each row must have."""

    line: int
    names: list[str]
    order: dict[str, int]
    problems: list[Problem] = field(default_factory=list)

    @property
    def width(self) -> int:
        return len(self.names)


def read(grid: Grid, table: schema.Table) -> Header:
    """The header with everything wrong with it. Rows can be read under it as far as `order` goes."""
    wanted = [f.name for f in table.fields]
    line, problems = _place(grid, wanted)
    names = grid.texts[line - 1]
    if grid.kinds:  # a sheet has as many cells in every row as in its widest
        names = names[: max((index for index, name in enumerate(names, start=1) if name), default=0)]
    separated = [_separator(name, names, wanted) for name in names]
    if any(separated):
        sign, value = next((sign, name) for sign, name in zip(separated, names, strict=True) if sign)
        return Header(line, names, {}, [*problems, problem("wrong-separator", **grid.place(line), value=value, sign=_said(sign))])
    problems += _names(grid, line, names, table, wanted)
    order = {name: index for index, name in reversed(list(enumerate(names))) if name in wanted}
    return Header(line, names, order, problems)


def _place(grid: Grid, wanted: list[str]) -> tuple[int, list[Problem]]:
    """The line of the header: the first; or one below it that has the names, which is said."""
    if not set(grid.texts[0]) & set(wanted):
        for line, texts in enumerate(grid.texts[1:LOOKED], start=2):
            if len(set(texts) & set(wanted)) * 2 > len(wanted):
                return line, [problem("header-not-first", **grid.place(1), value=_shown(grid.texts[0]), line=line, count=line - 1)]
    if not any(text.strip() for text in grid.texts[0]):
        line = next(n for n, texts in enumerate(grid.texts, start=1) if any(text.strip() for text in texts))
        return line, [problem("header-not-first", **grid.place(1), line=line, count=line - 1)]
    return 1, []


def _shown(texts: list[str]) -> str:
    return cells.wording.say("lists.comma").join(text for text in texts if text)


def _separator(name: str, names: list[str], wanted: list[str]) -> str:
    """The sign that stands where commas should, or "": it parts a name into several that are wanted, or the whole line."""
    found = pattern("texts", "separators").search(name)
    if not found or name in wanted:
        return ""
    parts = {part.strip() for part in name.split(found[0])}
    return found[0] if len(names) == 1 or len(parts & set(wanted)) > 1 else ""


def _said(sign: str) -> str:
    return cells.wording.table("tables.signs").get(sign, sign)


def _names(grid: Grid, line: int, names: list[str], table: schema.Table, wanted: list[str]) -> list[Problem]:
    found, meant = [], {}
    missing = [name for name in wanted if name not in names]
    for index, name in enumerate(names):
        place = grid.place(line) | {"column": name}
        if not name.strip():
            found.append(problem("blank-column", **grid.place(line), column=letters(index)))
        elif name in names[:index]:
            found.append(problem("duplicate-column", **place))
        elif name not in wanted:
            near = nearest(name, [each for each in missing if each not in meant])
            meant[near] = name
            found.append(_not_wanted(place, name, near, table))
    found += [problem("missing-column", **grid.place(line), column=name, title=table.title) for name in missing if name not in meant]
    return found


def _not_wanted(place: dict, name: str, near: str, table: schema.Table) -> Problem:
    if not near:
        return problem("extra-column", **place, title=table.title)
    right = next(f for f in table.fields if f.name == near)
    if right.scale and _base(name) == _base(near) and _unit(name) != _unit(near):
        kind = "column-of-other-unit" if _unit(name) else "column-without-unit"
        return problem(kind, **place, value=name, near=near)
    return problem("near-column", **place, value=name, near=near)


def nearest(name: str, wanted: list[str]) -> str:
    """The name that this one seems to be: the same to the eye, the same but for its unit, or but for a few signs; "" if none."""
    for same in (_plain, _base):
        if found := next((each for each in wanted if same(each) == same(name)), ""):
            return found
    far, found = min(((_distance(_plain(name), _plain(each)), each) for each in wanted), default=(len(name), ""))
    return found if far <= max(1, len(found) // FAR) and far < len(_plain(name)) and far < len(found) - 1 else ""


def _plain(name: str) -> str:
    """As the eye takes it: wide and traditional signs plain, nothing that is not seen."""
    alike = told()["headers"]["alike"]
    return "".join(alike.get(c, c) for c in cells.normal(name) if not c.isspace() and c.isprintable()).casefold()


def _base(name: str) -> str:
    return pattern("headers", "unit").sub("", _plain(name))


def _unit(name: str) -> str:
    found = pattern("headers", "unit").search(_plain(name))
    return found[1] if found else ""


def _distance(one: str, other: str) -> int:
    """Signs to change, add or leave out."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, start=1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]


def letters(index: int) -> str:
    """A column as Excel names it: 0 -> A, 26 -> AA."""
    found = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        found = chr(65 + rest) + found
    return found


def repeated(texts: list[str], header: Header) -> bool:
    """Whether a row below says the names once more, or only numbers the columns."""
    same = sum(text == name for text, name in zip(texts, header.names, strict=False) if text)
    counted = re.sub(r"\s", "", texts[0]) if texts else ""
    numbers = [text for text in texts if text]
    return (
        same * 2 >= header.width > 0 and same > 1
        or len(numbers) > 2 and numbers == [str(n) for n in range(1, len(numbers) + 1)]
        or bool(pattern("rows", "columns_counted").fullmatch(counted))
    )  # fmt: skip


def row_separator(texts: list[str]) -> str:
    """The sign that parts the cells of a row instead of commas, in words; "" where it does not look so."""
    found = pattern("texts", "separators").findall(texts[0]) if len(texts) == 1 else []
    return _said(found[0]) if len(found) > 1 else ""
