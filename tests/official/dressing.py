"""Published tables dressed as other offices print them: same content, another form, drawn from a seed."""

import csv
import random
import re
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from scripts.official import kinds
from scripts.official.table import OfficialTable

OFFICE = "某县残疾人联合会"
WIDE = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
AMOUNT = re.compile(r"-?[0-9][0-9,]*(\.[0-9]+)?")
SIGNED = ["填表人：张三", "联系电话：0951-1234567"]
NOTE = "注：本表反映部门本年度收支情况。"


@dataclass
class Sheet:
    """Rows as a workbook or a CSV would hold them; merged ranges counted from zero: (top, left, bottom, right)."""

    name: str
    rows: list[list[object]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    @property
    def width(self) -> int:
        return max(map(len, self.rows), default=1)


@dataclass(frozen=True)
class Form:
    """How one workbook is dressed. Every choice is one that real documents make."""

    unit: str = "corner"  # corner, title, header, label, sheet
    merged: bool = True
    code: str = "as-is"  # as-is, split, whole
    total: str = "as-is"  # as-is, first, last
    line_numbers: bool = False
    column_numbers: bool = False
    page_break: bool = False
    together: str = "sheets"  # sheets, below, beside
    footer: bool = False
    extras: bool = False
    spelling: float = 0.0  # share of cells spelt another way


def drawn(dice: random.Random) -> Form:
    """A form with every choice made at random."""
    pick = dice.choice
    merged = pick((True, True, False))
    return Form(
        unit=pick(("corner", "title", "header", "label", "sheet")), merged=merged, code=pick(("as-is", "split", "whole")),
        total=pick(("as-is", "first", "last")), line_numbers=pick((True, False)), column_numbers=pick((True, False)),
        page_break=pick((True, False)), together=pick(("sheets", "sheets", "below", "beside")), footer=pick((True, False)),
        extras=pick((True, False)), spelling=pick((0.0, 0.2, 0.5)),
    )  # fmt: skip


def workbook(tables: dict[str, OfficialTable], form: Form, dice: random.Random) -> list[Sheet]:
    """All tables of a year as the sheets of one workbook."""
    parts = [_dressed(table, form, dice) for table in dice.sample(list(tables.values()), len(tables))]
    if form.together == "below" and form.unit != "sheet":
        parts = [_below(parts[n : n + 3]) for n in range(0, len(parts), 3)]
    elif form.together == "beside" and form.unit != "sheet":
        parts = [_beside(parts[n : n + 2]) for n in range(0, len(parts), 2)]
    if form.extras:
        titles = [[f"{n}、{_title(table)}"] for n, table in zip("一二三四五六七八九十", tables.values(), strict=False)]
        parts[:0] = [Sheet("封面", [[f"{OFFICE}公开表"]]), Sheet("目录", [["目录"], *titles])]
        parts.append(Sheet("说明", [["说明"], ["一、收入支出总体情况"], ["本年收入比上年增加10.00万元。"]]))
    return parts


def save(sheets: list[Sheet], path: Path) -> Path:
    book = Workbook()
    book.remove(book.active)
    for number, sheet in enumerate(sheets):
        page = book.create_sheet(sheet.name[:28] if sheet.name else f"Sheet{number}")
        for row in sheet.rows:
            page.append([None if value == "" else value for value in row])
        for top, left, bottom, right in sheet.merged:
            page.merge_cells(f"{get_column_letter(left + 1)}{top + 1}:{get_column_letter(right + 1)}{bottom + 1}")
    book.save(path)
    return path


def save_csv(sheets: list[Sheet], folder: Path) -> Path:
    folder.mkdir()
    for number, sheet in enumerate(sheets):
        with (folder / f"{number:02d}{sheet.name or '公开'}.csv").open("w", encoding="gb18030", newline="") as file:
            csv.writer(file).writerows([*row, *[""] * (sheet.width - len(row))] for row in sheet.rows)
    return folder


def _title(table: OfficialTable) -> str:
    return kinds.load(table.year)[table.kind].title(table.register)


def _dressed(table: OfficialTable, form: Form, dice: random.Random) -> Sheet:
    """One table: title, corner, header, lines, foot."""
    header, lines = _columns(table, form)
    lines = _ordered(table, lines, form)
    unit = table.unit_word
    bracket = f"（{unit}）" if form.unit == "label" else ""
    money = {tuple(c.path.split("/")) for c in table.columns if c.type == "money"}
    header = [[*path[:-1], path[-1] + bracket] if tuple(path) in money else path for path in header]
    name = _title(table)[:20] + (f"（{unit}）" if form.unit == "sheet" else "")
    sheet = Sheet(name if form.unit == "sheet" else dice.choice([_title(table), "表", ""]) or "")
    title = dice.choice([_title(table), f"{table.year}年度{_title(table)}", f"《{_title(table)}》", f"{OFFICE}{table.year}年{_title(table)}"])
    title = " ".join(title) if dice.random() < form.spelling else title
    sheet.rows.append([title + (f"（单位：{unit}）" if form.unit == "title" else "")])
    sheet.rows.append([f"部门：{OFFICE}", *[""] * (len(header) - 2), *([f"单位：{unit}"] if form.unit == "corner" else [""])][: max(2, len(header))])
    _header(sheet, header, form)
    if form.unit == "header":
        sheet.rows.insert(1, ["", *[""] * max(0, len(header) - 2), f"金额单位：{unit}"])
        sheet.merged = [(a + 1, b, c + 1, d) for a, b, c, d in sheet.merged]
    depth = len(sheet.rows)
    head = sheet.rows[-_depth(header) :]
    if form.column_numbers and table.layout != "one":
        sheet.rows.append(["栏次", *[str(n) for n in range(1, len(header))]])
    for number, texts in enumerate(lines):
        if form.page_break and number == 8 and len(lines) > 12:
            sheet.rows += [[*row] for row in (head if form.merged is False or _depth(header) == 1 else [])]
        sheet.rows.append([_cell(text, form, dice, n, table) for n, text in enumerate(texts)])
    sheet.merged += [(0, 0, 0, len(header) - 1)] if form.merged and len(header) > 1 else []
    assert depth
    if form.footer:
        sheet.rows += [[NOTE], [*SIGNED]] if not table.notes else [[*SIGNED]]
    sheet.rows += [[note] for note in table.notes]
    return sheet


def _depth(header: list[list[str]]) -> int:
    return max(map(len, header))


def _header(sheet: Sheet, header: list[list[str]], form: Form) -> None:
    """Paths as header lines: a label over several columns stands in the first of them, a short path reaches down."""
    depth, top = _depth(header), len(sheet.rows)
    for level in range(depth):
        row = []
        for column, path in enumerate(header):
            label = path[level] if level < len(path) else ""
            same = column and header[column - 1][: level + 1] == path[: level + 1] and level < len(path) - 1
            row.append("" if same else label)
        sheet.rows.append(row)
    if not form.merged:
        return
    for column, path in enumerate(header):
        if len(path) < depth:
            sheet.merged.append((top + len(path) - 1, column, top + depth - 1, column))
    for level in range(depth):
        start = 0
        for column in range(1, len(header) + 1):
            over = column < len(header) and level < len(header[column]) - 1 and header[column][: level + 1] == header[start][: level + 1]
            if not over:
                if column - start > 1 and level < len(header[start]) - 1:
                    sheet.merged.append((top + level, start, top + level, column - 1))
                start = column


def _columns(table: OfficialTable, form: Form) -> tuple[list[list[str]], list[list[str]]]:
    """Header and lines with the code in one column or in its parts, and with line numbers if wanted."""
    header = [list(path) for path in table.header]
    lines = [list(texts) for _, texts in table.grid]
    codes = [c for c in table.columns if c.type == "code"]
    if table.layout == "function" and len(codes) == 3 and form.code == "whole":
        head, first = header[codes[0].index][:-1], codes[0].index
        lines = [[*line[:first], "".join(line[first : first + 3]), *line[first + 3 :]] for line in lines]
        header = [*header[:first], [*head, "科目编码"], *header[first + 3 :]]
    elif table.layout == "function" and len(codes) == 1 and form.code == "split":
        head, first = header[codes[0].index], codes[0].index
        cut = [[line[first][:3], line[first][3:5], line[first][5:7]] if line[first].isdigit() else ["", "", ""] for line in lines]
        named = [n for n, c in enumerate(table.columns) if c.type == "name"][0]
        for line in lines:  # a total that stood in the column of codes stands in that of names
            if line[first] and not line[first].isdigit() and not line[named]:
                line[named] = line[first]
        lines = [[*line[:first], *parts, *line[first + 1 :]] for line, parts in zip(lines, cut, strict=True)]
        header = [*header[:first], *([*head, part] for part in "类款项"), *header[first + 1 :]]
    items = [n for n, c in enumerate(table.columns) if c.type == "item"]
    if form.line_numbers and table.layout == "lines" and len(items) == len({c.block for c in table.columns}):
        for block, place in reversed(list(enumerate(items))):
            lines = [[*line[: place + 1], str(n + 1 + 30 * block), *line[place + 1 :]] for n, line in enumerate(lines)]
            header.insert(place + 1, [*header[place][:-1], "行次"])
    return header, lines


def _ordered(table: OfficialTable, lines: list[list[str]], form: Form) -> list[list[str]]:
    """The line of the total first or last, where one line holds it and nothing else."""
    totals = [n for n, (line, _) in enumerate(table.grid) if any(r.line == line and r.key == "total" for r in table.rows)]
    if table.layout != "function" or len(totals) != 1 or form.total == "as-is":
        return lines
    rest = [line for n, line in enumerate(lines) if n != totals[0]]
    return [lines[totals[0]], *rest] if form.total == "first" else [*rest, lines[totals[0]]]


def _cell(text: str, form: Form, dice: random.Random, column: int, table: OfficialTable) -> object:
    """An amount as number or text, grouped or not, in wide digits or not; a name with spaces or other brackets."""
    if not text or dice.random() >= form.spelling:
        return text
    if not AMOUNT.fullmatch(text):
        spaced = " ".join(text) if len(text) <= 6 and not text.isascii() and dice.random() < 0.5 else text
        return spaced.translate(str.maketrans("（）：", "():")) if dice.random() < 0.5 else f"  {spaced}"
    if len(text) in (2, 3, 5, 7) and text.isdigit():  # may be a code
        return text.translate(WIDE) if dice.random() < 0.5 else text
    bare = text.replace(",", "")
    grouped = f"{int(bare.partition('.')[0]):,}" + bare[len(bare.partition(".")[0]) :] if not bare.startswith("-") else bare
    return dice.choice([bare, grouped, text.translate(WIDE), f" {text} ", float(bare)])


def _below(parts: list[Sheet]) -> Sheet:
    """Several tables on one sheet, one below the other."""
    whole = Sheet("")
    for part in parts:
        top = len(whole.rows)
        whole.rows += [*part.rows, [""], [""]]
        whole.merged += [(a + top, b, c + top, d) for a, b, c, d in part.merged]
    return whole


def _beside(parts: list[Sheet]) -> Sheet:
    """Two tables on one sheet, side by side with an empty column between."""
    whole = Sheet("")
    for part in parts:
        left = whole.width + 1 if whole.rows else 0
        for number, row in enumerate(part.rows):
            if number == len(whole.rows):
                whole.rows.append([])
            whole.rows[number] += [""] * (left - len(whole.rows[number])) + row
        whole.merged += [(a, b + left, c, d + left) for a, b, c, d in part.merged]
    return whole
