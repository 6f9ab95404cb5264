"""What no sum can show: lines out of order, headings without what stands under them, lines that are not there."""

from collections.abc import Iterator
from itertools import groupby

from scripts.cells import State
from scripts.official import kinds, names
from scripts.official.phrases import line_title
from scripts.official.table import TOTAL, OfficialTable, Row
from scripts.problems import Problem, problem

MAY_BE_EMPTY = ("fund", "capital")


def problems(table: OfficialTable) -> list[Problem]:
    """Everything doubtful about the lines of one table. All are warnings: the table is published as it is."""
    if table.meaning.rows == "named" or not table.meaning.required:
        return _unit(table)
    found = [*_empty(table), *_codes(table), *_family(table), *_ordinals(table), *_totals(table), *_unit(table)]
    return found if table.partial else found + list(_missing(table))


def _amounts(table: OfficialTable) -> bool:
    return any(value.state is State.KNOWN for row in table.rows for _, value in row.cells.values())


def _empty(table: OfficialTable) -> list[Problem]:
    """No amount at all, and no note that says why. A fund or capital budget that does not exist is usual."""
    if table.kind in MAY_BE_EMPTY or table.notes or _amounts(table):
        return []
    return [problem("official-empty", file=table.file)]


def _unit(table: OfficialTable) -> list[Problem]:
    if _amounts(table) and table.unit is None and table.meaning.required:
        return [problem("official-no-unit", file=table.file)]
    return []


def _halves(table: OfficialTable) -> Iterator[list[Row]]:
    """Rows of each printed half of a table, in printed order."""

    def half(row: Row) -> int:
        return min(row.indexes.values(), default=0)

    for _, rows in groupby(sorted(table.rows, key=lambda row: (half(row), row.line)), key=half):
        yield list(rows)


def _codes(table: OfficialTable) -> Iterator[Problem]:
    """Codes rise; a total stands before or after all of them."""
    for rows in _halves(table):
        coded = [row for row in rows if row.sort == "code"]
        for above, row in zip(coded, coded[1:], strict=False):
            if row.code < above.code:
                yield problem("official-order", file=table.file, row=row.line, value=row.code, above=above.code)
        for row in (row for row in rows if row.sort == "total" and coded and table.layout != "lines"):
            if coded[0].line < row.line < coded[-1].line:
                yield problem(
                    "official-order", file=table.file, row=row.line, value=row.name, above=_above(coded, row).code
                )


def _above(rows: list[Row], row: Row) -> Row:
    return [each for each in rows if each.line < row.line][-1]


def _family(table: OfficialTable) -> Iterator[Problem]:
    """A heading that has lost its items, and items that have lost their heading, in a table that has both."""
    coded = {row.code: row for row in table.rows if row.sort == "code"}
    lengths = sorted({len(code) for code in coded})
    parents = {code[:length] for code in coded for length in lengths if len(code) > length}
    for code, row in coded.items():
        if code not in parents and len(code) < lengths[-1] and _filled(row):
            yield problem("official-childless", file=table.file, row=row.line, value=code, name=row.name)
        above = [code[:length] for length in lengths if length < len(code) and code[:length] not in coded]
        if above and _filled(row):
            yield problem("official-orphan", file=table.file, row=row.line, value=code, name=row.name, above=above[0])


def _filled(row: Row) -> bool:
    return any(isinstance(value.value, int) and value.value for _, value in row.cells.values())


def _ordinals(table: OfficialTable) -> Iterator[Problem]:
    """Ordinals count up by one, those of a lower rank anew under each higher one; a gap is a line that is not there.

    A block that only lists what it has, under the numbers of a longer list, has several gaps and is left alone.
    """
    for block in dict.fromkeys(row.block for row in table.rows) if table.layout == "lines" else ():
        gaps = list(_gaps([row for row in table.rows if row.block == block]))
        if len(gaps) > 1 and all(number > above for _, number, above in gaps):
            continue
        for row, _, above in gaps:
            yield problem("official-ordinal", file=table.file, row=row.line, value=row.name, above=above)


def _gaps(rows: list[Row]) -> Iterator[tuple[Row, int, int]]:
    """(row, its number, the number before it in its rank) wherever the two do not follow each other."""
    counted: dict[int, int] = {}
    for row in rows:
        rank, number = names.ordinal(row.name)
        above = counted.get(rank, 0)
        if number > 1 and number != above + 1:
            yield row, number, above
        if number:
            counted = {each: n for each, n in counted.items() if each < rank} | {rank: number}


def _totals(table: OfficialTable) -> Iterator[Problem]:
    """Lines without ordinals that sum up or carry over keep their usual order, and items stand above them."""
    for rows in _halves(table) if table.meaning.blocks else ():
        last: Row | None = None
        for row in rows:
            plain = row.sort in ("total", "carry") and not names.line_name(row.name)[1]
            if last is not None and (_place(table, row) < _place(table, last) if plain else row.sort == "item"):
                yield problem("official-order", file=table.file, row=row.line, value=row.name, above=last.name)
            last = row if plain else last


def _place(table: OfficialTable, row: Row) -> tuple[int, int]:
    """Year's total, what is carried over, grand total; final accounts have one form, so one order of these."""
    usual = [line.role for line in kinds.lines(row.block)]
    index = usual.index(row.key.rpartition(".")[2])
    first = 1 if row.sort == "carry" else 2 if row.key.endswith(f".{TOTAL}") else 0
    return first, index if table.register == "final_accounts" else 0


def _missing(table: OfficialTable) -> Iterator[Problem]:
    """A total that such a table always has. An empty table may be a header alone."""
    keys = {row.key for row in table.rows}
    for needed in table.meaning.lines_needed.get(table.register, ()) if keys else ():
        if not keys & set(needed.split("|")):
            block, _, role = needed.partition("|")[0].rpartition(".")
            name = line_title(table, block, role)
            yield problem("official-missing-line", file=table.file, name=name, title=table.title)
