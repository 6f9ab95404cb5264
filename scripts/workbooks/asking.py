"""The parent's side: a child for each file, its answer held against its form, what it found told in the clerk's words."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from scripts import wording
from scripts.problems import Problem, problem
from scripts.schema import Field
from scripts.workbooks import BOOLEAN, DATE, EMPTY, ERROR, FORMULA, NUMBER, TEXT, TIME, Sheet, Workbook, packing
from scripts.workbooks.found import Finding

COMMAND = (sys.executable, "-m", "scripts.workbooks.child")
ROOT = Path(__file__).resolve().parents[2]
SECONDS = 30
ANSWER = 300_000_000  # bytes of an answer; two million cells are far fewer
KINDS = {kind[0]: kind for kind in (TEXT, NUMBER, DATE, BOOLEAN, ERROR, FORMULA)} | {"i": TIME, "x": EMPTY}
# What does not matter where no cell is data, and what official documents are told instead.
FORM = {"workbook-merged", "workbook-shown-otherwise", "workbook-digits", "workbook-boolean", "workbook-escape"}
LENIENT = {"workbook-hidden-sheet": "import-hidden", "workbook-hidden-row": "import-hidden-row", "workbook-hidden-column": "import-hidden-column",
           "workbook-not-one": "import-unreadable", "workbook-damaged": "import-unreadable", "workbook-empty": "import-unreadable"}  # fmt: skip

NUMBERS = {"workbook-shown-otherwise", "workbook-digits"}  # of a number in a column of texts the reader says more
PLAIN_DETAIL = {"workbook-more", "workbook-hidden-sheet", "workbook-shown-otherwise"}  # whose sentence holds it as it is

FieldOf = Callable[[Sheet, str], Field | None]


def read(path: Path, shown: str, *, strict: bool, field_of: FieldOf | None = None) -> tuple[Workbook | None, list[Problem]]:
    """See `workbooks.read`."""
    if path.is_symlink():
        return None, [problem("symlink", file=shown)]
    if not path.is_file() and path.exists():
        return None, [problem("special-file", file=shown)]
    try:
        with path.open("rb") as file:
            raw = file.read(packing.FILE + 1)
    except OSError as wrong:  # open in another program, or not ours to read
        return None, [problem("system", file=shown, reason=wrong.strerror or "")]
    if len(raw) > packing.FILE:
        return None, [problem("too-large", file=shown)]
    told = ask(raw, strict=strict)
    if told is None:
        return None, [problem("workbook-unfinished", file=shown)]
    book, findings = told
    instructions = wording.say("workbooks.instructions") if strict else ""
    problems = []
    for each in findings:
        sheet = next((sheet for sheet in book.sheets if sheet.name == each.sheet), None) if book and field_of else None
        field = field_of(sheet, each.column) if sheet and each.column else None
        if (each.sheet == instructions and each.kind in FORM) or (field and _as_text(each, field)):
            continue
        problems.append(_problem(each, shown, strict, field))
    if book and strict:
        book = Workbook(tuple(each for each in book.sheets if each.name != instructions))
        if not book.sheets and not problems:
            problems.append(problem("workbook-no-sheet", file=shown))
    return book, problems


def ask(raw: bytes, *, strict: bool) -> tuple[Workbook | None, list[Finding]] | None:
    """What the child says of a file; None when it ended otherwise than with a whole answer in time."""
    with tempfile.TemporaryFile() as output:
        try:
            done = subprocess.run(
                [*COMMAND, *(["strict"] if strict else [])], input=raw, stdout=output, stderr=subprocess.DEVNULL,
                timeout=SECONDS, check=False, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
            )  # fmt: skip
        except (subprocess.TimeoutExpired, OSError):
            return None
        if done.returncode or output.tell() > ANSWER:
            return None
        output.seek(0)
        try:
            return _answer(json.loads(output.read()))
        except (ValueError, TypeError, KeyError, RecursionError):
            return None


def _answer(told: dict) -> tuple[Workbook | None, list[Finding]]:
    """The answer as types say it is; ValueError, TypeError or KeyError when it is not."""
    findings = [Finding(*each) for each in told["findings"]]
    if not all(isinstance(text, str) for each in findings for text in (*each[:2], *each[3:])) or not all(
        each.row is None or type(each.row) is int for each in findings
    ):
        raise TypeError
    if told["sheets"] is None:
        if not findings:
            raise ValueError
        return None, findings
    return Workbook(tuple(map(_sheet, told["sheets"]))), findings


def _sheet(told: dict) -> Sheet:
    rows = tuple(tuple(row) for row in told["rows"])
    kinds = tuple(tuple(KINDS[letter] for letter in row) for row in told["kinds"])
    merged = tuple((int(top), int(left), int(bottom), int(right)) for top, left, bottom, right in told["merged"])
    width = len(rows[0]) if rows else 0
    if not isinstance(told["name"], str) or [len(row) for row in rows] != [width] * len(rows) or [len(row) for row in kinds] != [width] * len(rows):
        raise ValueError
    if not all(type(text) is str for row in rows for text in row):
        raise TypeError
    return Sheet(told["name"], rows, kinds, merged)


def _as_text(found: Finding, field: Field) -> bool:
    """Whether it is about a number where the column has texts: how it is shown, and its digits, are lost in any case."""
    return found.kind in NUMBERS and field.type == "string" and bool(found.value) and (found.row or 0) > 1


def _problem(found: Finding, shown: str, strict: bool, field: Field | None = None) -> Problem:
    kind = found.kind if strict else LENIENT.get(found.kind, found.kind)
    plain = found.kind in PLAIN_DETAIL or not found.detail
    detail = found.detail if plain else wording.say("workbooks.part", part=found.detail)
    column, right = (field.name, field.right) if field else (found.column, "")
    example = right or wording.table("workbooks.examples").get(found.kind, "")
    place = {"file": shown, "sheet": found.sheet, "row": found.row, "column": column, "value": found.value}
    return problem(kind, **place, detail=detail, sheet_name=found.sheet, example=example)
