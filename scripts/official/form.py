"""What is wrong with the form of an official table: columns, cells in a row, order, names that do not fit their codes."""

from scripts.cells import State
from scripts.official import codes, names
from scripts.official.kinds import Kind
from scripts.official.resolve import Column
from scripts.official.table import OfficialTable, Row
from scripts.problems import Problem, problem


def header(columns: list[Column], kind: Kind, file: str, register: str) -> list[Problem]:
    """Unknown and repeated columns, and a table without names or amounts."""
    title, found, seen = kind.title(register), [], set()
    for column in columns:
        key = column.role, column.row, column.block, column.part
        if not column.role:
            found.append(problem("official-column", file=file, row=1, column=column.path, title=title))
        elif key in seen and column.type not in ("code", "name", "item", "number") and kind.blocks:
            found.append(problem("duplicate-column", file=file, row=1, column=column.path))
        seen.add(key)
    types = {column.type for column in columns}
    if "money" not in types and kind.rows != "named":
        found.append(problem("missing-column", file=file, row=1, column=_needed(kind, "money"), title=title))
    if not types & {"code", "name", "item"} and kind.rows != "named" and not any(column.row for column in columns):
        found.append(problem("missing-column", file=file, row=1, column=_needed(kind, "name", "item"), title=title))
    return found


def _needed(kind: Kind, *types: str) -> str:
    return next((column.title for column in kind.columns if column.type in types), kind.columns[0].title)


def grid(read: list[list[str]], file: str) -> tuple[list[tuple[int, tuple[str, ...]]], list[Problem]]:
    """Printed lines with the number Excel shows, each as long as the header."""
    found, problems, width = [], [], len(read[0])
    for line, texts in enumerate(read[1:], start=2):
        if len(texts) != width:
            shown = ",".join(texts)
            problems.append(problem("cell-count", file=file, row=line, value=shown, has=len(texts), needs=width))
        found.append((line, tuple((texts + [""] * width)[:width])))
    return found, problems


def rows(table: OfficialTable) -> list[Problem]:
    """Order of codes, ordinals and line numbers; a heading that lost what stood under it; an empty table; no unit."""
    if table.meaning.rows == "named":
        return []
    found = _order(table) + _childless(table) + _ordinals(table)
    amounts = any(value.state is State.KNOWN for row in table.rows for _, value in row.cells.values())
    if amounts and table.unit is None and table.kind != "summary":
        found.append(problem("official-no-unit", file=table.file))
    return found


def _order(table: OfficialTable) -> list[Problem]:
    """Within each printed half, codes rise and a code stands under its own class."""
    found, before = [], {}
    for row in (row for row in table.rows if row.sort == "code"):
        half = min(row.indexes.values(), default=0)
        last = before.get(half)
        if last is not None and row.code < last.code:
            found.append(problem("official-order", file=table.file, row=row.line, value=row.code, above=last.code))
        before[half] = row
    return found


def _childless(table: OfficialTable) -> list[Problem]:
    """A code that has nothing under it although the table goes further down elsewhere."""
    coded = [row for row in table.rows if row.sort == "code"]
    deepest = max((len(row.code) for row in coded), default=0)
    parents = {row.code[:length] for row in coded for length in (3, 5) if len(row.code) > length}
    return [
        problem("official-childless", file=table.file, row=row.line, value=row.code, name=row.name)
        for row in coded
        if len(row.code) < deepest and row.code not in parents and _filled(row)
    ]


def _filled(row: Row) -> bool:
    return any(value.state is State.KNOWN and value.value for _, value in row.cells.values() if isinstance(value.value, int))


def _ordinals(table: OfficialTable) -> list[Problem]:
    """First-rank ordinals count up by one within a block and section; a gap is a line that is not there."""
    found, last = [], {}
    for row in table.rows if table.layout == "lines" else ():
        number = names.ordinal(row.name) if row.name else 0
        if number and number != 1 and number != last.get(row.block, 0) + 1:
            above = last.get(row.block, 0)
            found.append(problem("official-ordinal", file=table.file, row=row.line, value=row.name, above=above))
        if number:
            last[row.block] = number
    return found


def across(tables: dict[str, OfficialTable], year: int) -> list[Problem]:
    """One code has one name: in every table of the year, and in the year's table of codes. Said once for each code."""
    known, spelt, found = codes.load(year), {}, []
    for table in tables.values():
        told = known.economic if table.layout == "economic" else known.function
        for row in (row for row in table.rows if row.sort == "code" and row.name):
            place = {"file": table.file, "row": row.line, "value": row.code}
            first = spelt.setdefault((table.layout, row.code), row.name)
            name = names.plain(row.name)
            if name != names.plain(first):
                found.append(problem("official-two-names", **place, name=row.name, other=first))
            elif first is row.name and row.code in told and name != names.plain(told[row.code]):
                found.append(problem("official-other-name", **place, name=row.name, other=told[row.code], year=known.year))
            elif first is row.name and row.code not in told and known.exact:
                found.append(problem("official-unknown-code", **place, name=row.name, year=year))
    return found
