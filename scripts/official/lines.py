"""Keys and levels of rows: by subject code, or by the name of a line and the section it stands in."""

from dataclasses import replace

from scripts.official import codes, kinds, names
from scripts.official.table import Row

LENGTHS = {"function": (3, 5, 7), "economic": (3, 5)}
DETAIL = 9


def code_of(sheet, line: int, parts: list) -> str:
    """The whole code of a row from one column, or from its parts: a part that lost its zero is said and mended.

    A blank part before a filled one continues the row above.
    """
    texts = [names.plain(text) for _, text in parts]
    if not any(texts):
        return ""
    last = max(i for i, text in enumerate(texts) if text)
    before = getattr(sheet, "code", "")
    code = ""
    for place, text in enumerate(texts[: last + 1]):
        if not text:
            code = before[: 3 + 2 * place]
        elif place and text.startswith(code) and len(text) == len(code) + 2:
            code = text
        elif place and len(text) == 1 and text.isdigit():
            sheet.say("official-lost-zero", line, parts[place][0].path, text, example=f"0{text}")
            code += f"0{text}"
        else:
            code += text
    if not code.isdigit() or len(code) not in LENGTHS.get(sheet.layout, (3, 5, 7)):
        sheet.say("official-code", line, parts[last][0].path, code)
        return ""
    sheet.code = code
    return code


def path_of(row: Row) -> str:
    """`class-section-item` by name, for a list that names its subjects instead of giving codes."""
    told = [names.plain(row.text(role)) for role in ("class", "section", "item")] if row.text("item") else [row.name]
    return "-".join(names.expression("section").sub("", names.plain(each)) for each in told)


def by_code(sheet, rows: list[Row]) -> list[Row]:
    """Rows keyed by code; a total by its role, a line between them by its name."""
    told = (
        {alias: each for each in kinds.lines("economic") for alias in each.aliases}
        if sheet.layout == "economic"
        else {}
    )
    found = []
    for row in rows:
        name = names.plain(row.name)
        if row.code:
            row = replace(row, key=row.code, level=(len(row.code) - 1) // 2, sort="code")
        elif name in told:
            row = replace(row, key=told[name].role, level=0, sort="total")
        elif row.key != "total":
            if not any(each.kind == "official-code" and each.row == row.line for each in sheet.problems):
                sheet.say("official-unknown-row", row.line, value=row.name)
            row = replace(row, key=names.plain(row.name), level=3)
        found.append(row)
    return found


def by_name(sheet, rows: list[Row], vocabulary: str) -> list[Row]:
    """Rows keyed by what their names mean; the section a line opens decides what its own lines mean."""
    ranked = any(names.line_name(row.name)[1] for row in rows)
    section, above, detail, used, found = "", 1, 0, set(), []
    for row in rows:
        name, rank, of_which = names.line_name(row.name)
        line = _line(vocabulary, name, section, sheet.year)
        if line is not None and line.role in used:
            line = None
        used |= {line.role} if line is not None else set()
        if line is not None and line.section:
            section = line.role
        elif line is not None and line.sort == "total":
            section = ""
        if of_which:
            rank = detail = above + 1
        elif rank:
            above, detail = rank, 0
        elif line is not None and line.sort:
            rank, detail = 1, 0
        else:
            rank = detail or (1 if line is not None or not ranked else DETAIL)
        found.append(_known(sheet, row, line, rank, name))
    return _levels(found)


def _line(vocabulary: str, name: str, section: str, year: int) -> kinds.LineKind | None:
    """The line of a name: of the open section first, then of the vocabulary, then a functional class."""
    told = kinds.lines(vocabulary)
    for each in told:
        if each.after == section and section and name in each.aliases:
            return each
    for each in told:
        if not each.after and name in each.aliases:
            return each
    if vocabulary == "expenditure" and (key := codes.class_key(name, year)):
        return kinds.LineKind(key, name)
    return None


def _known(sheet, row: Row, line: kinds.LineKind | None, rank: int, name: str) -> Row:
    prefix = f"{row.block}." if row.block else ""
    if line is None:
        if names.expression("count_row").search(names.plain(row.name)):  # how many, not how much
            return replace(row, key=prefix + (name or row.name), level=rank, sort="text")
        if sheet.kind.lines != "summary":
            sheet.say("official-unknown-row", row.line, value=row.name)
        sort = "text" if sheet.kind.lines == "summary" else "item"
        return replace(row, key=prefix + (name or row.name), level=rank, sort=sort)
    sort = line.sort or ("detail" if line.after else "item")
    code = line.role if line.role.isdigit() else ""
    return replace(
        row, key=prefix + line.role, level=rank, sort=sort, of=prefix + line.of if line.of else "", code=code
    )


def _levels(rows: list[Row]) -> list[Row]:
    """Ranks become levels: totals 0, items of the highest rank 1, what is part of them 2."""
    keys = {row.key for row in rows}
    items = [row.level for row in rows if row.sort == "item" and row.of not in keys]
    least = min(items, default=1)
    found = []
    for row in rows:
        if row.sort == "total":
            level, sort = 0, row.sort
        elif row.sort == "item" and (row.of in keys or row.level > least):
            level, sort = 2, "detail"
        else:
            level, sort = (2 if row.sort == "detail" else 1), row.sort
        found.append(replace(row, level=level, sort=sort))
    return found
