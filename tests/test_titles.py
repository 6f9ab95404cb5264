"""Titles of tables: each is understood as a whole as a kind of the set, as a known other table, or not at all."""

import csv
from pathlib import Path

import pytest

from scripts.official import kinds, titles

LISTED = Path(__file__).parent / "real" / "table-lists" / "表目次.csv"
EXPECTED = Path(__file__).parent / "official" / "titles.csv"


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


TITLES = rows(EXPECTED)


@pytest.mark.parametrize("each", TITLES, ids=lambda each: each["表名"])
def test_a_title_is_what_it_says(each):
    found = titles.recognise(each["表名"])
    assert (found.kind, found.other) == (each["种类"], each["别的表"])


def test_every_title_of_the_published_lists_has_an_expectation_and_is_known():
    expected = {each["表名"]: each for each in TITLES}
    listed = {row["表名(原文)"] for row in rows(LISTED)}
    assert listed - set(expected) == set()
    assert [title for title in listed if not (expected[title]["种类"] or expected[title]["别的表"])] == []
    assert len([each for each in TITLES if each["出处"] == "自拟"]) > 60


def test_in_a_published_document_no_two_tables_are_one_kind_unless_one_says_it_is_narrower():
    documents = {}
    for row in rows(LISTED):
        documents.setdefault((row["单位"], row["年度"], row["种类"]), []).append(titles.recognise(row["表名(原文)"]))
    for document, found in documents.items():
        told = [(title.kind, title.narrow) for title in found if title.kind]
        assert len(told) == len(set(told)), document


@pytest.mark.parametrize(
    ("title", "register"),
    [
        ("支出决算表", "accounts"), ("政府性基金预算财政拨款收入支出决算表", "accounts"), ("支出预算总表", "budget"), ("收支总表", ""),
        ("一般公共预算支出表", ""), ("部门预算收支总表", "budget"), ("一般公共预算“三公”经费支出预决算情况表", ""),
    ],
)  # fmt: skip
def test_a_title_says_its_register_and_the_name_of_a_fund_does_not(title, register):
    assert titles.recognise(title).register == register


@pytest.mark.parametrize(
    ("name", "said"),
    [("2024年部门预算公开", "budget"), ("2024部门决算", "accounts"), ("2024年部门预决算", ""), ("一般公共预算", ""), ("公开表", "")],
)
def test_the_name_of_a_file_says_a_register(name, said):
    assert titles.register(name) == said


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2019年度部门收支决算总表", [2019]), ("二〇二四年度支出决算表", [2024]), ("二○一九年", [2019]), ("2023决算", [2023]), ("20240131公开", []),
        ("1231231231", []), ("2023-2024年", [2023, 2024]),
    ],
)  # fmt: skip
def test_years_are_read_in_figures_and_in_chinese(text, found):
    assert titles.years(text) == found


def test_a_kind_of_the_set_has_words_of_its_own():
    assert set(titles._told()["kinds"]) <= set(kinds.load(2024))
    known = set(titles._told()["words"])
    named = [w for each in titles._told()["kinds"].values() for w in [*sum(each["needs"], []), *each.get("may", []), *each.get("narrow", [])]]
    named += [word for each in titles._told()["others"] for word in each.get("needs", [])]
    assert set(named) - known == set()
