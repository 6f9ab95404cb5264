"""One sheet walked cell by cell before anything reads it: what must not stand there, and how far it reaches."""

from collections.abc import Callable

from scripts.workbooks import formats, judging, markup, package
from scripts.workbooks.contents import ESCAPE, Contents
from scripts.workbooks.found import Findings, Refused
from scripts.workbooks.places import Cell, Walked, count, is_nothing, letters, place

ROWS, COLUMNS, AREA, LETTERS = 200_000, 1_000, 2_000_000, 50_000_000  # as far as a table may reach; cells; signs of a sheet
DRAWN = {"drawing", "picture", "legacyDrawingHF", "drawingHF"}


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
        row = count(told["r"]) if "r" in told else self.row + 1
        if row <= self.row:
            raise self.refuse("workbook-disordered", row or None)
        self.row, self.column, self.row_used = row, 0, False
        self.row_hidden = markup.truth(told.get("hidden", "")) or is_nothing(told.get("ht"))

    def _cell(self, told: dict[str, str]) -> None:
        row, column = place(told["r"]) if "r" in told else (self.row, self.column + 1)
        if row != self.row or column <= self.column:
            raise self.refuse("workbook-disordered", self.row, column, told.get("r", ""))
        self.column = column
        self.cell = Cell(row, column, told.get("t", "n"), count(told.get("s", "0")))

    def _beside(self, tag: str, told: dict[str, str]) -> None:
        if tag == "col" and (markup.truth(told.get("hidden", "")) or is_nothing(told.get("width"))):
            self.walked.hidden.append((count(told.get("min", "")), count(told.get("max", ""))))
        elif not self.strict:
            return
        elif tag == "mergeCell":
            row, column = place(told.get("ref", "").partition(":")[0])
            self.tell("workbook-merged", row, column, told["ref"])
        elif tag == "hyperlink":
            row, column = place(told.get("ref", "").partition(":")[0])
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
                wrong = judging.number(said.strip(), number, code, self.strict)
                if wrong and wrong[0] == "workbook-damaged":
                    raise self.refuse(wrong[0], cell.row, cell.column, wrong[1])
                if wrong and not (self.strict and formula is not None):
                    self.tell(wrong[0], cell.row, cell.column, *wrong[1:])
            elif cell.type != "d":
                raise self.refuse("workbook-damaged", cell.row, cell.column, cell.type)

    def _formula(self, cell: Cell, formula: str, said: str) -> None:
        self.walked.formulas.add((cell.row, cell.column))
        if package.points_outside(formula):
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
    try:
        markup.walk(part, members[part], each.start, each.end, each.text)
    except Refused as wrong:
        wrong.finding = wrong.finding._replace(sheet=name)
        raise
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
            tell("workbook-comment", *place(told.get("ref", "")))

    if part:
        markup.walk(part, members[part], start)
