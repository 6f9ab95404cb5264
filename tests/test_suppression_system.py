"""Small counts cannot be found out from what is shown: by our attack, by trying every number, and by another project's auditor."""

import csv
import math
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.suppression import cover
from scripts.suppression import protect as protecting
from scripts.suppression.attack import Breach, attack, broken
from scripts.suppression.protect import protect
from scripts.suppression.solver import Polyhedron, inward
from scripts.suppression.system import Cell, Relation, System, narrow
from tests.independent import attacked, audited, intervals, least
from tests.suppressed import ALL, county, sums, system, with_totals

TABLES = Path(__file__).parent / "redteam" / "tables"
COUNTS = {"a": (3, 9, 8), "b": (7, 6, 12), "c": (20, 15, 9)}
SMALL = with_totals({(row, column): value for row, values in COUNTS.items() for column, value in zip("xyz", values, strict=True)})


def count(key: str, value: int, threshold: int = 5, **other) -> Cell:
    return replace(Cell(key, value, 1, threshold, threshold, value, 0 < value < threshold), **other)


def by_key(*cells: Cell) -> dict[str, Cell]:
    return {cell.key: cell for cell in cells}


def total(whole: str, *parts: str) -> Relation:
    return Relation(((whole, 1), *((part, -1) for part in parts)), 0, 0)


# ---- what is told


@pytest.mark.parametrize(
    ("cells", "relations", "said"),
    [
        ({"b": count("a", 3)}, [], "no cell to protect: b"),
        (by_key(count("a", 3, need=0)), [], "no cell to protect: a"),
        (by_key(count("a", 3, cost=-1)), [], "no cell to protect: a"),
        (by_key(count("a", 3)), [total("a", "b")], "of unknown cells"),
        (by_key(count("a", 3), count("b", 4)), [total("a", "b")], "not true of the cells"),
    ],
)
def test_a_system_that_cannot_be_is_refused(cells, relations, said):
    with pytest.raises(ValueError, match=said):
        System.of(cells, relations)


def test_a_relation_names_a_cell_once():
    cells = by_key(count("a", 3), count("b", 6))
    told = Relation((("b", 1), ("a", -1), ("a", -1), ("b", 0)), 0, 0)
    assert System.of(cells, [told, told, Relation((("a", 1), ("a", -1)), 0, 0)]).relations == (Relation((("a", -2), ("b", 1)), 0, 0),)


@pytest.mark.parametrize(
    ("interval", "is_narrow"),
    [
        ((1, 6), False), ((1, 5), True), ((0, 4), True), ((None, 4), True), ((None, 5), False), ((1, None), False), ((None, None), False),
        ((3, 8), False),
    ],
)
def test_an_interval_is_wide_and_reaches_the_threshold(interval, is_narrow):
    assert narrow(count("a", 3), interval) is is_narrow


def test_without_a_threshold_only_the_width_counts():
    assert not narrow(count("a", 0, low=-9, reach=None), (-4, 1)) and narrow(count("a", 0, low=-9, reach=None), (-4, 0))


@pytest.mark.parametrize(
    ("end", "sign", "whole"),
    [
        (4.9999999, 1, 5), (4.99, 1, 4), (-3.0000001, -1, -3), (-2.99, -1, -2), (7, 1, 7),
        (1e13, 1, 10**13 - 10**4), (-1e13, -1, 10**4 - 10**13),
    ],
)
def test_an_end_is_rounded_inward_and_in_doubt_nearer(end, sign, whole):
    assert inward(end, sign) == whole


# ---- attack


def test_one_hidden_cell_of_a_line_is_no_secret():
    cells, relations = system(SMALL, 5)
    assert attack(cells, relations, ["a/x"]) == {"a/x": (3, 3)}
    assert broken(cells, relations, ["a/x"]) == ["a/x"]


def test_a_cell_that_nothing_speaks_of_may_be_anything():
    assert attack(by_key(count("a", 3), count("b", 3, low=None)), [], ["b", "a"]) == {"a": (1, None), "b": (None, None)}


def test_a_relation_may_be_a_range():
    cells = by_key(count("a", 3), count("b", 6))
    told = [Relation((("a", 1), ("b", 1)), 7, 11)]
    assert attack(cells, told, ["a", "b"]) == {"a": (1, 10), "b": (1, 10)}
    assert attack(cells, told, ["a"]) == {"a": (1, 5)}


def test_an_amount_tells_the_persons_behind_it():
    cells = by_key(count("persons", 3), Cell("fen", 330_000, 0, 1, None, 0, False))
    told = [Relation((("fen", 1), ("persons", -110_000)), 0, 0)]
    assert attack(cells, told, ["persons"]) == {"persons": (3, 3)}
    assert protect(cells, told).hidden == {"persons", "fen"}


def test_an_amount_rounded_to_ten_thousand_still_tells_the_persons():
    cells = by_key(count("persons", 3), Cell("fen", 330_000, 0, 1, None, 0, False))
    told = [Relation((("fen", 1), ("persons", -110_000)), 0, 0), Relation((("fen", 1),), 0, 499_999)]
    found = attack(cells, told, ["persons", "fen"])
    assert found["persons"] == (1, 4) and found["fen"] in ((110_000, 499_999), (110_000, 499_998))


def test_fen_by_the_hundred_thousand_million_do_not_hide_one_person():
    """Sums of 1e13 fen stand beside counts of persons: the attack still sees each person."""
    big = 10**13
    cells = by_key(
        *(Cell(f"fen{n}", value, 0, 1000, None, 1, False) for n, value in enumerate((big, big - 7, 2 * big - 7))),
        count("a", 2), count("b", 4), count("both", 6),
    )  # fmt: skip
    told = [total("fen2", "fen0", "fen1"), total("both", "a", "b"), Relation((("fen0", 1), ("a", -3)), big - 6, big - 6)]
    persons, fen = {"a": (1, 5), "b": (1, 5)}, {"fen0": (big - 3, big + 9), "fen1": (big - 16, big - 4)}
    assert attack(cells, told, ["a", "b", "fen0", "fen1"]) == persons | fen
    assert broken(cells, told, ["a", "b", "fen0", "fen1"]) == ["a", "b", "fen0", "fen1"]


def test_a_row_of_thousands_of_millions_does_not_blur_a_small_cell():
    """`fund` needs 1e9 and can move by 5; beside it the solver's tolerance alone would let `part` move by fifty more."""
    cells = by_key(Cell("fund", 10**12, 0, 10**9, None, 1, False), Cell("part", 700, 0, 50, None, 1, True))
    told = [Relation((("fund", 1), ("part", 1)), 10**12 + 700, 10**12 + 700), Relation((("fund", 1),), 10**12 - 5, 10**12 + 5)]
    low, high = attack(cells, told, cells)["part"]
    assert 695 <= low <= 700 <= high <= 705
    assert broken(cells, told, cells) == ["fund", "part"] and protect(cells, told).exposed == ("part",)


small_tables = st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=2, max_size=3)


@settings(deadline=None, max_examples=60)
@given(small_tables, st.randoms(use_true_random=False))
def test_the_attack_finds_what_trying_every_number_finds(rows, chance):
    table = with_totals({(f"r{i}", f"c{j}"): value for i, row in enumerate(rows) for j, value in enumerate(row)})
    cells, relations = system(table, 3)
    hidden = [key for key, cell in cells.items() if cell.value and ALL not in key and chance.random() < 0.7]
    most = 3 * 4 + 1  # all of a line
    assert attack(cells, relations, hidden) == intervals(cells, relations, hidden, most)


@settings(deadline=None, max_examples=25)
@given(small_tables, st.randoms(use_true_random=False))
def test_the_attack_finds_what_a_plain_one_finds(rows, chance):
    """Totals hidden too, other factors, ranges, no lower bound: everything that can be told."""
    table = with_totals({(f"r{i}", f"c{j}"): value for i, row in enumerate(rows) for j, value in enumerate(row)})
    cells, relations = system(table, 3)
    cells = {key: replace(cell, low=chance.choice((0, 0, -2, None)), cost=1) for key, cell in cells.items()}
    keys = sorted(cells)
    extra = []
    for _ in range(2):
        terms = tuple((key, chance.choice((-3, 1, 2))) for key in chance.sample(keys, 3))
        true = sum(factor * cells[key].value for key, factor in terms)
        extra.append(Relation(terms, true - chance.randrange(3), true + chance.randrange(3)))
    hidden = chance.sample(keys, len(keys) // 2)
    found, plain = attack(cells, relations + extra, hidden), attacked(cells, relations + extra, hidden)
    assert found == {key: tuple(rounded(end, way) for end, way in zip(plain[key], (-1, 1), strict=True)) for key in sorted(hidden)}


def rounded(end: float, way: int) -> int | None:
    return None if math.isinf(end) else way * math.floor(way * end + 1e-6)


def test_a_solver_that_gives_up_proves_nothing(monkeypatch):
    """Then a hidden cell counts as known: whoever trusts the attack hides more or is told, and never too little."""
    monkeypatch.setattr(Polyhedron, "_run", lambda self: self.model.clearSolver())
    cells, relations = system(SMALL, 5)
    assert attack(cells, relations, ["a/x", "a/y"]) == {"a/x": (3, 3), "a/y": (9, 9)}
    assert list(Polyhedron(System.of(cells, relations), ["a/x"]).push({"a/x": 1})) == [0]
    protection = protect(cells, relations)
    assert protection.hidden == {"a/x"} and protection.exposed == ("a/x",)


def test_a_solver_that_was_led_nowhere_begins_again():
    cells, relations = system(SMALL, 5)
    polyhedron = Polyhedron(System.of(cells, relations), ["a/x", "a/y", "b/x", "b/y"])
    polyhedron.model.setOptionValue("simplex_iteration_limit", 0)
    assert polyhedron.end("a/x", 1).value == 3
    polyhedron.model.setOptionValue("simplex_iteration_limit", 100)
    assert polyhedron.end("a/x", 1).value == 10


# ---- protect


def test_nothing_small_hides_nothing_and_loads_nothing():
    code = (
        "import sys\nfrom scripts.suppression.protect import protect\nfrom scripts.suppression.system import Cell\n"
        "print(sorted(protect({'a': Cell('a', 9, 1, 5, 5, 9, False)}, ()).hidden), 'highspy' in sys.modules, 'numpy' in sys.modules)"
    )
    root = Path(__file__).resolve().parents[1]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True).stdout == "[] False False\n"


def test_nothing_is_printed(capfd):
    protect(*system(SMALL, 5))
    assert capfd.readouterr() == ("", "")


def test_a_small_count_takes_the_cheapest_rectangle_with_it():
    cells, relations = system(SMALL, 5)
    protection = protect(cells, relations)
    assert protection.primary == {"a/x"} and protection.exposed == ()
    assert protection.hidden == {"a/x", "a/y", "b/x", "b/y"}


def test_what_is_shown_elsewhere_is_never_hidden():
    cells, relations = system(SMALL, 5)
    protection = protect(cells, relations, fixed={"b/y", "b/x"})
    assert not protection.hidden & {"b/y", "b/x"} and broken(cells, relations, protection.hidden) == [] == list(protection.exposed)
    assert protect(cells, relations, fixed={"a/x"}) == protecting.Protection(frozenset(), frozenset({"a/x"}), ("a/x",))


def test_what_no_hiding_protects_is_named_and_still_hidden():
    cells = by_key(count("a", 2), count("b", 1), count("both", 3), count("other", 30), count("c", 2), count("d", 9))
    told = [total("both", "a", "b"), Relation((("c", 1), ("d", 1)), 11, 11)]
    protection = protect(cells, told, fixed={"both"})
    assert protection.exposed == ("a", "b", "both")
    assert protection.hidden == {"a", "b", "c", "d"}


def test_a_complement_that_would_be_broken_itself_is_not_chosen():
    """`b` would hide `a`, but must itself be held possible much further than anything allows; `c` must do."""
    cells = by_key(count("a", 3), count("b", 6, need=90), count("c", 40), count("all", 49))
    assert protect(cells, [total("all", "a", "b", "c")], fixed={"all"}).hidden == {"a", "c"}


def test_a_zero_is_shown():
    table = with_totals({("a", "x"): 3, ("a", "y"): 0, ("b", "x"): 7, ("b", "y"): 6, ("c", "x"): 9, ("c", "y"): 8})
    cells, relations = system(table, 5)
    protection = protect(cells, relations)
    assert "a/y" not in protection.hidden and protection.exposed == () and broken(cells, relations, protection.hidden) == []


@settings(deadline=None, max_examples=20)
@given(st.lists(st.lists(st.integers(0, 12), min_size=4, max_size=4), min_size=3, max_size=4), st.randoms(use_true_random=False))
def test_whatever_the_order_the_choice_is_the_same_secure_and_without_superfluous(rows, chance):
    table = with_totals({(f"r{i}", f"c{j}"): value for i, row in enumerate(rows) for j, value in enumerate(row)})
    cells, relations = system(table, 5)
    protection = protect(cells, relations)
    secure(cells, relations, protection)
    shuffled = chance.sample([*cells.items()], len(cells))
    turned = [Relation(tuple(chance.sample(each.terms, len(each.terms))), each.low, each.high) for each in relations]
    assert protect(dict(shuffled), chance.sample(turned, len(turned))) == protection


def secure(cells: dict[str, Cell], relations: list[Relation], protection: protecting.Protection) -> None:
    """Nothing broken but the exposed, by the plain attack too; and showing any complement again breaks something."""
    hidden, exposed = protection.hidden, set(protection.exposed)
    assert set(broken(cells, relations, hidden)) <= exposed
    assert {key for key, ends in attacked(cells, relations, hidden).items() if narrow(cells[key], plain(ends))} <= exposed
    for key in hidden - protection.primary:
        assert set(broken(cells, relations, hidden - {key})) - exposed != set()


def plain(ends: tuple[float, float]) -> tuple[int | None, int | None]:
    return rounded(ends[0], -1), rounded(ends[1], 1)


def smallest(cells: dict[str, Cell], relations: list[Relation]) -> int:
    """The size of the smallest secure choice, by trying all."""
    primary = {key for key, cell in cells.items() if cell.primary}
    others = sorted(key for key, cell in cells.items() if not cell.primary and cell.value >= cell.low)
    sizes = [
        len(hidden)
        for choice in range(2 ** len(others))
        if not broken(cells, relations, hidden := primary | {key for bit, key in enumerate(others) if choice >> bit & 1})
    ]
    return min(sizes)


@pytest.mark.parametrize("seed", range(3))
def test_no_smaller_choice_is_secure(seed):
    chance = random.Random(seed)
    table = with_totals({(row, column): chance.randrange(1, 12) for row in "ab" for column in "xyz"})
    cells, relations = system(table, 4)
    assert protect(cells, relations).hidden and len(protect(cells, relations).hidden) == smallest(cells, relations)


def test_a_choice_that_is_not_proven_smallest_loses_its_superfluous_cells(monkeypatch):
    """Out of branches, everything of a group is hidden first; what need not be is shown again."""
    monkeypatch.setattr(cover, "NODES", 0)
    monkeypatch.setattr(cover, "_solved", lambda system, primary, pool: (frozenset(k for cut in pool for k, _ in cut.shares), False))
    cells, relations = system(SMALL, 5)
    secure(cells, relations, protect(cells, relations))


@pytest.mark.parametrize("seed", range(3))
def test_many_hidden_cells_are_found_as_few_are(monkeypatch, seed):
    """The way of large systems, on one that the other way can check: fourteen villages by kind and level."""
    chance = random.Random(seed)
    table = with_totals({(f"v{v}", k, n): chance.choice((0, 1, 1, 2, 3, 6, 9)) for v in range(14) for k in "xyz" for n in "123"})
    cells, relations = system(table, 8)
    expected = protect(cells, relations)
    monkeypatch.setattr(protecting, "LARGE", 60)
    monkeypatch.setattr(protecting, "SHORT", 12)
    found = protect(cells, relations)
    assert len(found.hidden) == len(expected.hidden) > 100 and found.exposed == expected.exposed
    assert broken(cells, relations, found.hidden) == [] == list(found.exposed)


def test_three_ways_a_table_is_held():
    """Kinds, levels and places, with halves between whole numbers: the bounds of an attack are no whole numbers of themselves."""
    chance = random.Random(5)
    table = with_totals({(p, k, v): chance.choice((0, 1, 2, 4, 6, 9, 15)) for p in "abc" for k in "xyz" for v in "12"})
    cells, relations = system(table, 5)
    protection = protect(cells, relations)
    assert len(protection.primary) > 5
    secure(cells, relations, protection)


def test_where_only_whole_numbers_are_narrow_one_more_cell_is_hidden():
    """a is one of 4.6 to 5.4 while c is shown: wide enough for fractions, one whole number. No proof asks for more, and yet c must go."""
    cells = by_key(Cell("a", 5, 0, 1, None, 1, True), Cell("b", 10, 0, 1, None, 1, False), Cell("c", 40, 0, 1, None, 9, False))
    told = [Relation((("a", 5), ("c", 1)), 63, 67), Relation((("b", 1),), 10, 10)]
    assert attack(cells, told, {"a"}) == {"a": (5, 5)}
    assert protect(cells, told) == protecting.Protection(frozenset({"a", "c"}), frozenset({"a"}), ())
    breach = Breach("a", (5, 5), (), ())
    assert cover.cuts(System.of(cells, told), breach, {"a"}, {"a", "b", "c"}) == [cover.Cut("a", (("b", 1.0), ("c", 1.0)))]


# ---- tables of a county


@pytest.mark.parametrize("after", [0, 58, 60, 154, 239])
def test_eighteen_towns_are_held_with_the_fewest_cells(after, tmp_path):
    """52 small counts: as few hidden as the lines by themselves demand, and another project's auditor finds the same intervals."""
    seed, table = county(after)
    cells, relations = system(table, 5)
    protection = protect(cells, relations)
    assert len(protection.primary) == 52 and protection.exposed == ()
    assert len(protection.hidden) == least(table, ALL, 5), seed
    for key in protection.hidden - protection.primary:
        assert broken(cells, relations, protection.hidden - {key}) != []
    for number, hidden in enumerate((protection.hidden, protection.primary)):
        (folder := tmp_path / str(number)).mkdir()
        labels = {label for label in table if "/".join(label) in hidden}
        assert audited(table, ALL, labels, folder) == attack(cells, relations, hidden)
    assert broken(cells, relations, protection.hidden) == [] != broken(cells, relations, protection.primary)


# ---- published tables of the shared red-team corpus: what their stars give away, and how they should have been


Table = dict[tuple[str, ...], str]


def rows(name: str) -> list[list[str]]:
    return [*csv.reader((TABLES / name).read_text(encoding="utf-8").splitlines())]


def named(label: list[str]) -> tuple[str, ...]:
    return tuple(ALL if name == "合计" else name for name in label)


def wide(name: str) -> Table:
    head, *body = rows(name)
    return {named([row[0], column]): value for row in body for column, value in zip(head[1:], row[1:], strict=True)}


def long(name: str) -> Table:
    return {named(row[:-1]): row[-1] for row in rows(name)[1:]}


def starred(table: Table) -> set[str]:
    return {"/".join(label) for label, value in table.items() if not value.isdigit()}


def true(table: Table, behind: dict[str, int]) -> dict[str, Cell]:
    """The cells of a table, with what stands behind its stars."""
    keys = {"/".join(label): value for label, value in table.items()}
    return by_key(*(count(key, behind[key] if key in behind else int(value)) for key, value in keys.items()))


TOWNS = {"河东乡/听力": 3, "南山镇/智力": 3, "北沟乡/精神": 3}


def test_small_counts_hidden_alone_are_exact():
    table = wide("t1_primary_only.csv")
    cells, relations = true(table, TOWNS), [*sums(table)]
    assert attack(cells, relations, starred(table)) == {key: (3, 3) for key in sorted(TOWNS)}
    secure(cells, relations, protection := protect(cells, relations))
    assert protection.exposed == () and len(protection.hidden) <= 8


def test_a_published_complement_that_holds_is_left_alone():
    """Seven stars: four beside the three small counts."""
    table = wide("t2_complement_ok.csv")
    behind = {"/".join(label): int(value) for label, value in wide("t1_primary_only.csv").items() if value.isdigit()} | TOWNS
    cells, relations = true(table, behind), [*sums(table)]
    found = attack(cells, relations, starred(table))
    assert found == intervals(cells, relations, starred(table), 20) and all(low < high for low, high in found.values())
    assert broken(cells, relations, starred(table)) == []


def linked() -> tuple[dict[str, Cell], list[Relation], set[str]]:
    """Towns by kind, and two towns' sight by sex: the second table's totals are inner cells of the first."""
    first, second = long("t3_linked_a.csv"), long("t3_linked_b.csv")
    cells = true(first, {"甲乡/视力": 9, "甲乡/听力": 3, "乙乡/视力": 10, "乙乡/听力": 6})
    sexes = true(second, {"甲乡/视力/男": 4, "甲乡/视力/女": 5, "乙乡/视力/男": 6, "乙乡/视力/女": 4})
    for town in ("甲乡", "乙乡"):
        del sexes[f"{town}/视力/{ALL}"]
    relations = [*sums(first), *(total(f"{town}/视力", f"{town}/视力/男", f"{town}/视力/女") for town in ("甲乡", "乙乡"))]
    shown_by_the_second = {"甲乡/视力", "乙乡/视力"}
    return cells | sexes, [each for each in relations if len(each.terms) > 2], (starred(first) | starred(second)) - shown_by_the_second


def test_two_tables_that_are_each_safe_give_each_other_away():
    cells, relations, stars = linked()
    exact = {key for key, (low, high) in attack(cells, relations, stars).items() if low == high}
    assert {"甲乡/听力", "乙乡/听力"} <= exact
    protection = protect(cells, relations)
    secure(cells, relations, protection)
    assert protection.exposed == () and broken(cells, relations, protection.hidden) == []


@pytest.mark.parametrize("most", [1, 2, 40])
def test_an_earlier_release_gives_the_new_one_away(most):
    """Nobody moves much in a year: what was shown once bounds what is hidden now, and then it is named instead of hidden in vain."""
    old, new = long("t4_old.csv"), long("t4_new.csv")
    cells = true(new, {"一村/一级": 5, "一村/二级": 12, "二村/一级": 7, "二村/二级": 9})
    cells["一村/一级"] = replace(cells["一村/一级"], primary=True)
    between = [Relation((("/".join(label), 1),), int(old[label]) - most, int(old[label]) + most) for label in new]
    relations = [*sums(new), *between]
    found = attack(cells, relations, starred(new))
    assert found == intervals(cells, relations, starred(new), 40)
    assert found["一村/一级"] == {1: (5, 6), 2: (4, 7), 40: (1, 11)}[most]
    protection = protect(cells, relations)
    assert protection.exposed == (("一村/一级",) if most < 3 else ())
    secure(cells, relations, protection)
