"""Reads a written CSV or workbook back: each cell is the text it should be, or exactly the number of the fact it names."""

import csv
import io
import re
from fractions import Fraction

from scripts import wording
from scripts.facts import Fact, Facts, Unit
from scripts.problems import Problem, problem
from scripts.seal import workbook
from scripts.seal.printed import MONEY, half_up, money_unit
from scripts.seal.workbook import Written

EXCEL_DIGITS = 15  # a number of more is kept as a text
_NUMBER = re.compile(r"(-?[0-9]+)(?:\.([0-9]+)|/([1-9][0-9]*))?")
_FORMULA = re.compile(wording.table("seal")["formula"])
NOTHING = Written("")


def judge_download(path: str, content: bytes, meanings: list[list[str]], facts: Facts) -> list[Problem]:
    """`meanings`: for each cell "fact:KEY", "text:…", or "alike:KEY KEY" for no difference. Rows are counted as Excel counts them."""
    excel = path.endswith(".xlsx")
    try:
        rows = _workbook_rows(content, meanings) if excel else _csv_rows(content)
    except (UnicodeDecodeError, csv.Error, ValueError) as wrong:
        return [problem("seal-record", file=path, reason=wrong)]
    if len(rows) != len(meanings):
        return [problem("seal-download", file=path, row=min(len(rows), len(meanings)) + 1, expected=len(meanings))]
    found = []
    for line, (row, meaning) in enumerate(zip(rows, meanings, strict=True), 1):
        if len(row) != len(meaning):
            found.append(problem("seal-download", file=path, row=line, expected=len(meaning)))
            continue
        for head, cell, means in zip(rows[0], row, meaning, strict=True):
            if not _means(cell, means, head.text, facts, excel):
                found.append(problem("seal-download", file=path, row=line, column=head.text, value=cell.text, expected=means))
    return found


def _csv_rows(content: bytes) -> list[list[Written]]:
    return [[Written(text) for text in row] for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)]


def _workbook_rows(content: bytes, meanings: list[list[str]]) -> list[list[Written]]:
    """As long and as wide as what is there or should be: a cell that holds nothing is not written."""
    cells = workbook.read(content)
    width, length = max(map(len, meanings)), len(meanings)
    columns = max([width, *(column for _, column in cells)])
    rows = max([length, *(row for row, _ in cells)])
    return [[cells.get((row, column), NOTHING) for column in range(1, columns + 1)] for row in range(1, rows + 1)]


def _means(cell: Written, means: str, head: str, facts: Facts, excel: bool) -> bool:
    kind, _, what = means.partition(":")
    if kind == "text":
        return not cell.number and (cell.text if excel else _without_guard(cell.text)) == what
    if kind == "alike":
        left, right = (facts.get(key) for key in what.split(" "))
        return cell.text == "0" and cell.number is excel and left is not None and right is not None and (left.value or 0) == (right.value or 0)
    fact = facts.get(what)
    if kind != "fact" or fact is None or not fact.known or not _equals(cell.text, fact, money_unit(head)):
        return False
    return not excel or cell.number or sum(map(str.isdigit, cell.text)) > EXCEL_DIGITS or "/" in cell.text


def _without_guard(text: str) -> str | None:
    """The text behind the apostrophe that keeps a spreadsheet from running it; None where it would be run."""
    if not _FORMULA.match(text):
        return text
    return text[1:] if text[0] == "'" else None


def _equals(text: str, fact: Fact, unit: str) -> bool:
    """Money and counts exactly; shares as per cent and scores to at least two places, or exactly as a fraction."""
    found = _NUMBER.fullmatch(text)
    if not found:
        return False
    whole, decimals, below = found.groups()
    if below:
        return Fraction(int(whole), int(below)) == fact.value
    number, places = int(whole + (decimals or "")), len(decimals or "")
    if fact.unit is Unit.FEN:
        scales = {unit} if unit else {fact.scale, "wan"} - {""}
        parts = Fraction(fact.value).denominator > 1 and places >= 2  # of a mean: fen have no parts, so it is rounded
        return any(half_up(fact.value, places, MONEY[each]) == number if parts else number * MONEY[each] == fact.value * 10**places for each in scales)
    if fact.unit not in (Unit.SHARE, Unit.POINTS) or not places:
        return number == fact.value * 10**places
    return places >= 2 and half_up(fact.value * (100 if fact.unit is Unit.SHARE else 1), places) == number
