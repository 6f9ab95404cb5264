"""One sheet walked cell by cell before anything reads it: what must not stand there, and how far it reaches."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from scripts.workbooks import formats, markup, package
from scripts.workbooks.contents import ESCAPE, Contents
from scripts.workbooks.found import Findings, Refused

ROWS, COLUMNS, AREA, LETTERS = 200_000, 1_000, 2_000_000, 50_000_000  # as far as a table may reach; cells; signs of a sheet
PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")
NUMBER = re.compile(r"[+-]?(?:[0-9]{1,400}(?:\.[0-9]{0,400})?|\.[0-9]{1,400})(?:[eE][+-]?[0-9]{1,3})?")
DIGITS, TOO_LARGE, NOISE = ".15g", 1e15, 4  # digits that a spreadsheet keeps; units in the last place that are noise
DRAWN = {"drawing", "picture", "legacyDrawingHF", "drawingHF"}


@dataclass(slots=True)
class Walked:
    """What the reader needs and what must be found again in what it reads: last row and column, number of cells that say something."""

    rows: int = 0
    columns: int = 0
    cells: int = 0
    reach: tuple[int, int] = (0, 0)  # the same of every cell that a reader keeps a place for
    letters: int = 0
    errors: dict[tuple[int, int], str] = field(default_factory=dict)  # which the reader does not tell
    formulas: set[tuple[int, int]] = field(default_factory=set)
    hidden: list[tuple[int, int]] = field(default_factory=list)  # ranges of columns
    used: set[int] = field(default_factory=set)
    comments: bool = False


@dataclass(slots=True)
class Cell:
    """The cell that is being walked; row and column from 1."""

    row: int
    column: int
    type: str
    style: int
    formula: list[str] | None = None
    value: list[str] = field(default_factory=list)


class Walk:
    """Handlers of one sheet. Findings go to `found`; a sheet that readers could take in two ways is Refused."""

    def __init__(self, name: str, contents: Contents, links: dict[str, package.Relation], found: Findings, *, strict: bool):
        self.name, self.contents, self.links, self.found, self.strict = name, contents, links, found, strict
        self.walked = Walked(comments=any("comment" in each.kind.lower() for each in links.values()))
        self.cell: Cell | None = None
        self.row = self.column = 0
        self.row_hidden = self.row_used = self.in_data = False
        self.reading: list[str] = []  # the element whose text belongs to the cell; rPh shuts everything in it

    def tell(self, kind: str, row: int | None = None, column: int = 0, value: str = "", detail: str = "") -> None:
        self.found.add(kind, self.name, row, letters(column) if column else "", value, detail)

    def refuse(self, kind: str, row: int | None = None, column: int = 0, value: str = "") -> Refused:
        return Refused(kind, sheet=self.name, row=row, column=letters(column) if column else "", value=value[:200])

    # ---- elements

    def start(self, tag: str, told: dict[str, str]) -> None:
        if self.cell:
            if tag in ("row", "c"):
                raise self.refuse("workbook-disordered", self.row)
            if tag == "f":
                self.cell.formula = []
            if tag in ("f", "v", "t", "rPh"):
                self.reading.append(tag)
        elif self.in_data and tag == "row":
            self._row(told)
        elif self.in_data and tag == "c":
            self._cell(told)
        elif tag in ("row", "c"):
            return  # of another part of the sheet, an extension
        elif tag == "sheetData":
            if self.in_data or self.row:
                raise self.refuse("workbook-disordered")
            self.in_data = True
        else:
            self._beside(tag, told)

    def text(self, said: str) -> None:
        if self.cell and self.reading and "rPh" not in self.reading:
            (self.cell.formula if self.reading[0] == "f" else self.cell.value).append(said)

    def end(self, tag: str) -> None:
        if self.cell and self.reading and tag == self.reading[-1]:
            self.reading.pop()
        elif tag == "c" and self.cell:
            cell, self.cell = self.cell, None
            self._judge(cell, "".join(cell.value))
        elif tag == "row" and self.in_data:
            if self.row_hidden and self.row_used:
                self.tell("workbook-hidden-row", self.row)
        elif tag == "sheetData":
            self.in_data = False

    def _row(self, told: dict[str, str]) -> None:
        row = _count(told["r"]) if "r" in told else self.row + 1
        if row <= self.row:
            raise self.refuse("workbook-disordered", row or None)
        self.row, self.column, self.row_used = row, 0, False
        self.row_hidden = markup.truth(told.get("hidden", "")) or _zero(told.get("ht"))

    def _cell(self, told: dict[str, str]) -> None:
        row, column = _place(told["r"]) if "r" in told else (self.row, self.column + 1)
        if row != self.row or column <= self.column:
            raise self.refuse("workbook-disordered", self.row, column, told.get("r", ""))
        self.column = column
        self.cell = Cell(row, column, told.get("t", "n"), _count(told.get("s", "0")))

    def _beside(self, tag: str, told: dict[str, str]) -> None:
        if tag == "col" and (markup.truth(told.get("hidden", "")) or _zero(told.get("width"))):
            self.walked.hidden.append((_count(told.get("min", "")), _count(told.get("max", ""))))
        elif not self.strict:
            return
        elif tag == "mergeCell":
            row, column = _place(told.get("ref", "").partition(":")[0])
            self.tell("workbook-merged", row, column, told["ref"])
        elif tag == "hyperlink":
            row, column = _place(told.get("ref", "").partition(":")[0])
            link = self.links.get(markup.attribute(told, "id"))
            self.tell("workbook-link", row, column, link.target if link else told.get("location", ""))
        elif tag in DRAWN or tag == "legacyDrawing" and not self.walked.comments:
            self.tell("workbook-drawing")

    # ---- cells

    def _judge(self, cell: Cell, said: str) -> None:
        formula = None if cell.formula is None else "".join(cell.formula)
        if formula is not None:
            self._formula(cell, formula, said)
            self.row_used = True
            self.walked.used.add(cell.column)
        if cell.type != "n" or formula is not None or said:
            self._reach(cell)
        known = cell.style < len(self.contents.formats)
        number, code = self.contents.formats[cell.style] if known else (0, "")
        if cell.type == "e":
            self.walked.errors[cell.row, cell.column] = said
            if formula is None or not self.strict:
                self.tell("workbook-error", cell.row, cell.column, said)
            self.row_used = True
            self.walked.used.add(cell.column)
        elif cell.type in ("s", "inlineStr", "str"):
            self._string(cell, said, code)
        elif said.strip():
            self._used(cell)
            if cell.type == "b":
                if self.strict and formula is None:
                    self.tell("workbook-boolean", cell.row, cell.column, "TRUE" if markup.truth(said) else "FALSE")
            elif cell.type == "n":
                self._number(cell, said.strip(), number, code, formula is not None)
            elif cell.type != "d":
                raise self.refuse("workbook-damaged", cell.row, cell.column, cell.type)

    def _formula(self, cell: Cell, formula: str, said: str) -> None:
        self.walked.formulas.add((cell.row, cell.column))
        if package.OUTWARD.search(re.sub(r'"[^"]*"', "", formula)):
            self.tell("workbook-external", cell.row, cell.column, f"={formula}", detail=f"={formula}")
        if self.strict:
            self.tell("workbook-formula", cell.row, cell.column, f"={formula}")
        elif not said.strip() and cell.type != "str":
            self.tell("workbook-no-result", cell.row, cell.column, f"={formula}")

    def _string(self, cell: Cell, said: str, code: str) -> None:
        if cell.type == "s":
            index = int(said) if said.strip().isdigit() and said.isascii() else -1
            if not 0 <= index < len(self.contents.lengths):
                raise self.refuse("workbook-damaged", cell.row, cell.column, said)
            length, escaped = self.contents.lengths[index], index in self.contents.escaped
        else:
            length, escaped = len(said) if said.strip() else 0, bool(ESCAPE.search(said))
        if not length:
            return
        self._used(cell)
        self.walked.letters += length
        if self.walked.letters > LETTERS:
            raise self.refuse("workbook-too-large")
        if self.strict and escaped:
            self.tell("workbook-escape", cell.row, cell.column)
        if self.strict and formats.hides_text(code):
            self.tell("workbook-shown-otherwise", cell.row, cell.column, detail=code)

    def _number(self, cell: Cell, said: str, number: int, code: str, of_formula: bool) -> None:
        if not NUMBER.fullmatch(said):
            raise self.refuse("workbook-damaged", cell.row, cell.column, said)
        if formats.is_date(number, code):
            return
        value = float(said)
        if not abs(value) < TOO_LARGE or self.strict and _beyond(said, value):
            self.tell("workbook-digits", cell.row, cell.column, said if len(said) < 40 else said[:40])
            return
        exact = Decimal(format(value, DIGITS))
        odd = formats.shows(exact, code)
        if odd and (self.strict or odd == formats.SCALED) and not (self.strict and of_formula):
            self.tell("workbook-shown-otherwise", cell.row, cell.column, plain(value), code)

    def _reach(self, cell: Cell) -> None:
        if cell.row > ROWS or cell.column > COLUMNS:
            raise self.refuse("workbook-far-cell", cell.row, cell.column)
        rows, columns = self.walked.reach = max(self.walked.reach[0], cell.row), max(self.walked.reach[1], cell.column)
        if rows * columns > AREA:
            raise self.refuse("workbook-far-cell", cell.row, cell.column)

    def _used(self, cell: Cell) -> None:
        """A cell that says something."""
        walked = self.walked
        walked.cells += 1
        walked.rows, walked.columns = max(walked.rows, cell.row), max(walked.columns, cell.column)
        walked.used.add(cell.column)
        self.row_used = True


def walk(name: str, part: str, members: dict[str, bytes], contents: Contents, found: Findings, *, strict: bool) -> Walked:
    """A worksheet; hidden columns and comments are told at the end."""
    links = package.of(members, part)
    each = Walk(name, contents, links, found, strict=strict)
    markup.walk(part, members[part], each.start, each.end, each.text)
    for column in sorted(each.walked.used):
        if any(first <= column <= last for first, last in each.walked.hidden):
            each.tell("workbook-hidden-column", column=column)
    if strict:
        for link in links.values():
            if "comment" in link.kind.lower():
                _comments(link.target, members, each.tell)
    return each.walked


def _comments(target: str, members: dict[str, bytes], tell: Callable) -> None:
    part = next((name for name in members if name.casefold() == target.casefold()), "")

    def start(tag: str, told: dict[str, str]) -> None:
        if tag in ("comment", "threadedComment"):
            tell("workbook-comment", *_place(told.get("ref", "")))

    if part:
        markup.walk(part, members[part], start)


def plain(value: float) -> str:
    """To the digits that a spreadsheet keeps, without an exponent."""
    return f"{Decimal(format(value, DIGITS)) + 0:f}"


def _beyond(said: str, value: float) -> bool:
    """More digits than a spreadsheet keeps, the noise of adding binary fractions aside."""
    given = Decimal(said)
    return abs(Decimal(format(value, DIGITS)) - given) > NOISE * Decimal(math.ulp(value))


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Refused("workbook-damaged", value=text[:40])
    return int(text)


def _zero(size: str | None) -> bool:
    """A height or width of nothing."""
    try:
        return size is not None and float(size) < 0.1
    except ValueError:
        return False


def _place(text: str) -> tuple[int, int]:
    found = PLACE.fullmatch(text)
    if not found:
        raise Refused("workbook-damaged", value=text[:40])
    number = 0
    for letter in found[1].upper():
        number = number * 26 + ord(letter) - 64
    return int(found[2]), number


def letters(number: int) -> str:
    """1 -> A, 27 -> AA: what Excel calls a column."""
    return (letters((number - 1) // 26) if number > 26 else "") + chr(65 + (number - 1) % 26)
