"""Reads a written CSV back: each cell is the text it should be, or exactly the number of the fact it names."""

import csv
import io
import re
from fractions import Fraction

from scripts.facts import Fact, Facts, Unit
from scripts.problems import Problem, problem
from scripts.seal.printed import MONEY, half_up, money_unit

_NUMBER = re.compile(r"(-?[0-9]+)(?:\.([0-9]+)|/([1-9][0-9]*))?")


def judge_download(path: str, content: bytes, meanings: list[list[str]], facts: Facts) -> list[Problem]:
    """`meanings`: for each cell "fact:KEY" or "text:…". Rows are counted as Excel counts them."""
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as wrong:
        return [problem("seal-record", file=path, reason=wrong)]
    if len(rows) != len(meanings):
        return [problem("seal-download", file=path, row=min(len(rows), len(meanings)) + 1, expected=len(meanings))]
    found = []
    for line, (row, meaning) in enumerate(zip(rows, meanings, strict=True), 1):
        if len(row) != len(meaning):
            found.append(problem("seal-download", file=path, row=line, expected=len(meaning)))
            continue
        for head, text, means in zip(rows[0], row, meaning, strict=True):
            if not _means(text, means, head, facts):
                found.append(problem("seal-download", file=path, row=line, column=head, value=text, expected=means))
    return found


def _means(text: str, means: str, head: str, facts: Facts) -> bool:
    kind, _, what = means.partition(":")
    if kind == "text":
        return text == what
    fact = facts.get(what)
    return kind == "fact" and fact is not None and fact.known and _equals(text, fact, money_unit(head))


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
        return any(number * MONEY[scale] == fact.value * 10**places for scale in scales)
    if fact.unit not in (Unit.SHARE, Unit.POINTS) or not places:
        return number == fact.value * 10**places
    return places >= 2 and half_up(fact.value * (100 if fact.unit is Unit.SHARE else 1), places) == number
