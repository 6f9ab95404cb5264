"""Two hundred errors planted in published tables, one at a time: each must be seen at the right place."""

import csv
import random
import re
from collections import Counter
from dataclasses import dataclass

import pytest

from scripts.identities import Verdict
from tests.real_sets import COMPLETE, brought_in, recomputed

PLANTED, SEED = 200, 20241231
KINDS = ("digit", "swap", "lost", "shift")
# In no identity of the published tables, and therefore not planted: amounts exchanged between two neighbours of one
# economic class (only their sum stands anywhere else); 机关运行经费, of which the tables give an upper limit alone; and
# all of 三公 moved from 预算数 to 决算数 at once, which leaves both adding up.
ONLY_A_SUM, ONLY_A_LIMIT = "basic_expenditure", "operating"
AMOUNT = re.compile(r"-?[0-9][0-9,]*(\.[0-9]+)?")


@dataclass
class Planting:
    """One change in one table: lines (as Excel shows them) that were touched, and the rows that stood there."""

    kind: str
    table: str
    lines: tuple[int, ...]
    rows: set[str]
    told: str


@pytest.fixture(scope="module")
def publishers(tmp_path_factory):
    folder, found = tmp_path_factory.mktemp("planted"), []
    for each in COMPLETE:
        brought_in(each, folder / each.name)
        found.append((each, folder / each.name, recomputed(folder / each.name, each.register, each.year)))
    return found


def amount(text: str) -> int | None:
    """A printed amount in its last place, None where the text is none."""
    return int(text.replace(",", "").replace(".", "")) if AMOUNT.fullmatch(text) else None


def read(path):
    return list(csv.reader(path.open(encoding="utf-8-sig", newline="")))


def numeric_columns(table):
    return [column.index for column in table.columns if column.type == "money" and column.role]


def rows_at(table, *lines):
    return {row.key for row in table.rows if row.line in lines}


def plant_digit(table, texts, dice):
    """Another digit, at a place that rounding of all the table's rows together cannot explain."""
    slack = len(table.grid) + 2
    columns = [i for i in numeric_columns(table) if table.columns[i].row != ONLY_A_LIMIT]
    places = [(n, i) for n, row in enumerate(texts[1:], start=1) for i in columns if amount(row[i])]
    for line, column in dice.sample(places, len(places)):
        old = texts[line][column]
        for at in dice.sample(range(len(old)), len(old)):
            if not old[at].isdigit():
                continue
            new = old[:at] + dice.choice([d for d in "123456789" if d != old[at]]) + old[at + 1 :]
            if abs(amount(new) - amount(old)) > slack:
                texts[line][column] = new
                return (line + 1,), f"{old} -> {new}"
    return None


def plant_swap(table, texts, dice):
    """Two neighbouring lines change places, or only their amounts do."""
    columns, slack = numeric_columns(table), len(table.grid) + 2
    pairs = [n for n in range(1, len(texts) - 1) if differs(texts[n], texts[n + 1], columns, slack)]
    if not pairs:
        return None
    first = dice.choice(pairs)
    if dice.random() < 0.5 or table.kind == ONLY_A_SUM:
        texts[first], texts[first + 1] = texts[first + 1], texts[first]
        return (first + 1, first + 2), "lines"
    for column in columns:
        texts[first][column], texts[first + 1][column] = texts[first + 1][column], texts[first][column]
    return (first + 1, first + 2), "amounts"


def differs(one, other, columns, slack):
    return any(abs((amount(one[c]) or 0) - (amount(other[c]) or 0)) > slack for c in columns)


def plant_lost(table, texts, dice):
    """A line with an amount is gone."""
    columns = numeric_columns(table)
    lines = [n for n in range(1, len(texts)) if any((amount(texts[n][c]) or 0) > len(table.grid) + 2 for c in columns)]
    if not lines:
        return None
    line = dice.choice(lines)
    told = ",".join(texts.pop(line))
    return (line + 1,), told


def plant_shift(table, texts, dice):
    """The amounts of a line slip one column to the right, from the first or from a later one on."""
    columns = numeric_columns(table)
    lines = [n for n in range(1, len(texts)) if any(amount(texts[n][c]) for c in columns[:-1])]
    for line in dice.sample(lines, len(lines)):
        starts = [i for i, c in enumerate(columns[:-1]) if amount(texts[line][c])]
        measures = {column.role for column in table.columns if column.row}
        start = dice.choice([i for i in starts if i or len(measures) < 2])
        old = [texts[line][c] for c in columns]
        new = old[:start] + [""] + old[start:-1]
        if any(abs((amount(a) or 0) - (amount(b) or 0)) > len(table.grid) + 2 for a, b in zip(old, new, strict=True)):
            for column, text in zip(columns, new, strict=True):
                texts[line][column] = text
            return (line + 1,), f"from column {columns[start] + 1}"
    return None


PLANT = {"digit": plant_digit, "swap": plant_swap, "lost": plant_lost, "shift": plant_shift}


def plant(kind, got, path, dice):
    """Writes one change into a table chosen at random; None where the chosen table gives no room for it."""
    table = dice.choice([t for t in got.year.tables.values() if t.meaning.required])
    file = path / table.file
    texts = read(file)
    done = PLANT[kind](table, texts, dice)
    if done is None:
        return None
    lines, told = done
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(texts)
    return Planting(kind, table.kind, lines, rows_at(table, *lines), told)


def seen(planting, before, after) -> str:
    """ "unbalanced" or "problem" where the change was seen at its own table, rows or the rows above them; else ""."""
    known = {(c.identity, c.left, c.difference) for c in before.comparisons}
    for c in after.comparisons:
        if c.verdict is Verdict.UNBALANCED and (c.identity, c.left, c.difference) not in known and touches(planting, c):
            return "unbalanced"
    told = {(p.kind, p.file, p.value) for p in before.year.problems}
    file = before.year.tables[planting.table].file
    for p in after.year.problems:
        if (p.kind, p.file, p.value) not in told and p.file == file and near(planting, p.row):
            return "problem"
    return ""


def touches(planting, comparison) -> bool:
    """Whether one of the marked cells is the changed one, the total over it, or its counterpart elsewhere."""
    for key in comparison.cells:
        _, _, table, row, _ = key.split("/")
        if row in planting.rows or any(code.startswith(row) for code in planting.rows):
            return True
        if table == planting.table and row in (
            "total",
            "income.total",
            "expenditure.total",
            "income.year_total",
            "expenditure.year_total",
        ):
            return True
    return False


def near(planting, line) -> bool:
    return line is None or min(abs(line - each) for each in planting.lines) <= 1


def test_each_of_two_hundred_planted_errors_is_seen_at_its_place(publishers):
    dice, found, unseen = random.Random(SEED), Counter(), []
    kept = {(p, kind): (p / t.file).read_bytes() for _, p, got in publishers for kind, t in got.year.tables.items()}
    for number in range(PLANTED):
        kind = KINDS[number % len(KINDS)]
        each, path, before = publishers[(number // len(KINDS)) % len(publishers)]
        planting = None
        while planting is None:
            planting = plant(kind, before, path, dice)
        after = recomputed(path, each.register, each.year)
        how = seen(planting, before, after)
        found[kind, how] += 1
        if not how:
            unseen.append((each.name, planting))
        (path / before.year.tables[planting.table].file).write_bytes(kept[path, planting.table])
    print(
        f"\nplanted {PLANTED}: "
        + ", ".join(f"{kind} {how or 'unseen'} {n}" for (kind, how), n in sorted(found.items()))
    )
    assert unseen == []
    assert sum(found.values()) == PLANTED
