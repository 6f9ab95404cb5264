"""The child process: a workbook on standard input, what is in it on standard output as JSON. `-m scripts.workbooks.child strict`.

Memory and time are limited before a byte is read, where the system can (not on Windows; there the parent's clock remains).
"""

import contextlib
import datetime
import io
import json
import sys

from scripts.workbooks import BOOLEAN, DATE, EMPTY, ERROR, FORMULA, NUMBER, TEXT, TIME, contents, package, packing, walking
from scripts.workbooks.found import Findings, Refused

MEMORY, SECONDS = 1_000_000_000, 30  # bytes of address space; seconds of processor
DANGEROUS = {"workbook-macro", "workbook-external", "workbook-embedded"}


def main() -> None:
    limit()
    told = answer(sys.stdin.buffer.read(packing.FILE + 1), strict=sys.argv[1:] == ["strict"])
    sys.stdout.write(json.dumps(told, separators=(",", ":")))  # ASCII


def limit() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        for what, most in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, MEMORY)):
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(what, (most, most))


def answer(raw: bytes, *, strict: bool) -> dict:
    """`findings`: as in found.Finding; `sheets`: name, rows, kinds (a first letter each, "x" for empty), merged; None when refused."""
    found = Findings()
    try:
        sheets = _sheets(raw, found, strict=strict)
    except Refused as wrong:
        found.told.append(wrong.finding)
        sheets = None
    return {"findings": found.all(), "sheets": sheets}


def _sheets(raw: bytes, found: Findings, *, strict: bool) -> list[dict] | None:
    members = packing.unpack(raw)
    package.look(members, found, strict=strict)
    if found.told and not DANGEROUS.isdisjoint(each.kind for each in found.told):
        return None
    told = contents.read(members, found, strict=strict)
    walked = {}
    for tab in told.tabs:
        if not tab.visible:
            found.add("workbook-hidden-sheet", tab.name, detail=tab.name)
        elif tab.kind == contents.WORKSHEET:
            walked[tab.name] = walking.walk(tab.name, tab.part, members, told, found, strict=strict)
        elif strict:
            found.add("workbook-other-sheet", tab.name)
    if not DANGEROUS.isdisjoint(each.kind for each in found.told):
        return None
    members.clear()  # the reader needs the room
    return _read(raw, walked)


def _read(raw: bytes, walked: dict[str, walking.Walked]) -> list[dict]:
    """The walked sheets, read by the library; what it reads must be what was walked."""
    from python_calamine import CalamineError, CalamineWorkbook

    sheets = []
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        for name, seen in walked.items():
            page = book.get_sheet_by_name(name)
            sheet = _sheet(name, page.to_python(skip_empty_area=False), seen)
            sheet["merged"] = [[*first, *last] for first, last in page.merged_cell_ranges or ()]
            sheets.append(sheet)
    except (CalamineError, ValueError) as wrong:
        raise Refused("workbook-damaged") from wrong
    return sheets


def _sheet(name: str, values: list[list[object]], seen: walking.Walked) -> dict:
    rows, kinds, cells = [], [], 0
    height = width = 0
    for number, line in enumerate(values, start=1):
        texts, letters = [], []
        for column, value in enumerate(line, start=1):
            kind, text = _cell(value)
            if text.strip():
                cells += 1
                height, width = number, max(width, column)
            if (number, column) in seen.errors:
                kind, text = ERROR, seen.errors[number, column]
            if (number, column) in seen.formulas:
                kind = FORMULA
            texts.append(text)
            letters.append("x" if kind == EMPTY else kind[0] if kind != TIME else "i")
        rows.append(texts)
        kinds.append("".join(letters))
    if (cells, height, width) != (seen.cells, seen.rows, seen.columns):
        raise Refused("workbook-damaged", sheet=name)
    return {"name": name, "rows": rows, "kinds": kinds}


def _cell(value: object) -> tuple[str, str]:
    """A cell as it would be typed: whole numbers without a point, others to the digits a spreadsheet keeps."""
    if isinstance(value, str):
        return (TEXT if value else EMPTY), value
    if isinstance(value, bool):
        return BOOLEAN, str(value).upper()
    if isinstance(value, int | float):
        return NUMBER, walking.plain(value)
    if isinstance(value, datetime.datetime) and not (value.hour or value.minute or value.second or value.microsecond):
        return DATE, value.date().isoformat()
    return (DATE if isinstance(value, datetime.date) else TIME), str(value)


if __name__ == "__main__":
    main()
