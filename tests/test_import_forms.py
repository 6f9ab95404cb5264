"""Lenient in form, never in meaning: published tables dressed in other forms import as the same facts, and what spoils
their meaning is said at its place.
"""

import csv
import random
import re
from collections import Counter
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from scripts import official
from scripts.facts import Facts
from scripts.official import importing
from tests.official import dressing
from tests.real_sets import COMPLETE, brought_in

SEEDS = range(48)
SETS = [COMPLETE[1], COMPLETE[5], COMPLETE[6]]
SAID = {"import-not-a-table", "import-signed"}
NOT_AMOUNTS = ["约{}", "{}元", "（{}）", "{}.5.5", "1e5", "+{}", "{}万", "12%", "一百", "1 060.50", "1,06,0.50", "{} ?"]


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """Each set as its plain files give it: its tables and their facts."""
    folder, found = tmp_path_factory.mktemp("plain"), []
    for each in SETS:
        year = brought_in(each, folder / each.name).year
        found.append((each, {kind: table for kind, table in year.tables.items() if table.meaning.required}))
    return found


def facts(tables, each):
    store = Facts()
    found = [fact for table in tables.values() for fact in official.leaves(table, each.register, each.year, store)]
    return {fact.key: (fact.value, str(fact.state)) for fact in found}


def dressed(seed, plain, tmp_path):
    """(set, its plain tables, form, sheets, where they were saved): a workbook, or for each third seed a folder of CSV files."""
    dice = random.Random(seed)
    each, tables = plain[seed % len(plain)]
    form = dressing.drawn(dice)
    if seed % 4:
        sheets = dressing.workbook(tables, form, dice)
        return each, tables, form, sheets, dressing.save(sheets, tmp_path / "公开表.xlsx")
    form = replace(form, merged=False, extras=False)
    sheets = dressing.workbook(tables, form, dice)
    return each, tables, form, sheets, dressing.save_csv(sheets, tmp_path / "公开表")


@pytest.mark.parametrize("seed", SEEDS)
def test_the_same_facts_in_any_form_and_every_amount_written(seed, plain, tmp_path):
    each, tables, form, sheets, source = dressed(seed, plain, tmp_path)
    imported = importing.import_tables(source, each.register, each.year, tmp_path / "county")
    assert [p.line() for p in imported.problems if p.severity == "error"] == [], form
    assert facts(imported.year.tables, each) == facts(tables, each), form
    assert {t.kind: t.unit_word for t in imported.year.tables.values()} == {t.kind: t.unit_word for t in tables.values()}
    assert Counter(p.kind for p in imported.problems if p.kind.startswith("import") and p.kind not in SAID) == Counter(), form
    written = Counter(text for file in imported.files for row in csv_rows(tmp_path / "county" / file)[1:] for text in row if amount(text))
    assert amounts(sheets) == Counter({number(text): n for text, n in count(written).items()}), form


def amounts(sheets):
    return Counter(number(cell) for sheet in sheets for row in sheet.rows for cell in row if amount(cell))


def count(written):
    found = Counter()
    for text, times in written.items():
        found[number(text)] += times
    return found


def number(cell):
    """A cell's digits as one number: 1,060.50 and 1060.5 and ００ are the same amount in another form."""
    text = str(cell).strip().translate(str.maketrans("０１２３４５６７８９．，－", "0123456789.,-")).replace(",", "")
    return float(text)


def amount(cell):
    return bool(re.fullmatch(r"-?[0-9][0-9,]*(\.[0-9]+)?", str(cell).strip().translate(str.maketrans("０１２３４５６７８９．，－", "0123456789.,-"))))


def csv_rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("seed", range(100, 124))
def test_an_amount_that_is_none_is_said_at_its_place_in_the_source(seed, plain, tmp_path):
    each, tables, form, sheets, _ = dressed(seed if seed % 4 else seed + 1, plain, tmp_path)
    dice = random.Random(seed)
    places = [(s, r, c) for s, sheet in enumerate(sheets) for r, row in enumerate(sheet.rows) for c, cell in enumerate(row) if "." in str(cell) and amount(cell)]
    s, r, c = dice.choice(places)
    spoilt = dice.choice(NOT_AMOUNTS).format(str(sheets[s].rows[r][c]).strip())
    sheets[s].rows[r][c] = spoilt
    source = dressing.save(sheets, tmp_path / "公开表.xlsx")
    imported = importing.import_tables(source, each.register, each.year, tmp_path / "county")
    wrong = [(p.kind, p.file, p.sheet, p.row, p.value) for p in imported.problems if p.severity == "error"]
    assert ("official-not-money", "公开表.xlsx", sheet_names(source)[s], r + 1, spoilt) in wrong, (form, wrong)


@pytest.mark.parametrize("seed", range(200, 212))
def test_a_label_that_is_none_is_said_with_the_nearest_known_one(seed, plain, tmp_path):
    each, tables, form, sheets, _ = dressed(seed if seed % 4 else seed + 1, plain, tmp_path)
    dice = random.Random(seed)
    labels = ["项目支出", "其他收入", "事业收入", "经营收入"]  # such as nothing stands below
    first = {(s, c, label(cell)): r for s, sheet in enumerate(sheets) for r, row in reversed([*enumerate(sheet.rows)]) for c, cell in enumerate(row)}
    places = [(s, r, c) for (s, c, text), r in first.items() if text in labels and r < 9]
    s, r, c = dice.choice(places)
    sheets[s].rows[r][c] = sheets[s].rows[r][c].replace("支出", "支岀").replace("收入", "收人").replace("公共", "公供")
    imported = importing.import_tables(dressing.save(sheets, tmp_path / "公开表.xlsx"), each.register, each.year, tmp_path / "county")
    columns = [p for p in imported.problems if p.kind == "official-column"]
    assert [p.column.partition("（")[0].rpartition("/")[2] for p in columns] == [sheets[s].rows[r][c].partition("（")[0]], form
    assert "最接近的是" in columns[0].fix


def sheet_names(book):
    return load_workbook(book, read_only=True).sheetnames


def label(cell):
    return str(cell).partition("（")[0]
