"""The algebra of facts: blank adds as nothing, what was not published makes a result unknown, nothing divides by nothing."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.cells import Cell, Origin, State, Value
from scripts.facts import Fact, Facts, Unit, hidden, key_part

KNOWN, BLANK, UNPUBLISHED, NOT_APPLICABLE = State.KNOWN, State.BLANK, State.UNPUBLISHED, State.NOT_APPLICABLE


def told(*values):
    """A store and one fact for each value; a state stands for a cell without a number."""
    facts = Facts()
    made = [
        facts.add(
            Fact(
                f"a/{i}",
                f"第 {i} 项",
                None if isinstance(v, State) else v,
                Unit.FEN,
                v if isinstance(v, State) else KNOWN,
            )
        )
        for i, v in enumerate(values)
    ]
    return facts, made


def outcome(fact: Fact):
    return fact.value if fact.known else fact.state


def test_a_leaf_keeps_its_spelling_and_its_place():
    origin = Origin("execution/2025/lines.csv", "", 2, "累计执行数(元)")
    fact = Facts().leaf(
        "k", "行政运行 累计执行数", Cell("960000.00", origin), Value(KNOWN, 96_000_000, 2), Unit.FEN, "yuan"
    )
    assert fact == Fact("k", "行政运行 累计执行数", 96_000_000, Unit.FEN, KNOWN, "960000.00", 2, "yuan", origin, "", ())
    assert fact.leaf and fact.known


def test_a_derived_fact_names_its_operation_and_inputs_and_counts_like_its_finest_input():
    facts = Facts()
    a = facts.add(Fact("a", "甲", 100, Unit.FEN, places=2, scale="yuan"))
    b = facts.add(Fact("b", "乙", 25, Unit.FEN, places=0))
    assert facts.sum("c", "丙", [b, a]) == Fact("c", "丙", 125, Unit.FEN, KNOWN, "", 2, "yuan", None, "sum", ("b", "a"))
    assert not facts["c"].leaf


def test_a_key_stands_for_one_fact():
    facts, _ = told(1)
    with pytest.raises(KeyError, match="defined twice: a/0"):
        facts.add(Fact("a/0", "又一个", 2, Unit.FEN))
    assert (len(facts), "a/0" in facts, facts.get("b"), [f.key for f in facts.under("a/")]) == (1, True, None, ["a/0"])


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([1, 2, 3], 6), ([0], 0), ([-5, 5], 0), ([], BLANK), ([BLANK, BLANK], BLANK), ([BLANK, 4], 4), ([BLANK, 0], 0),
        ([UNPUBLISHED, 4], UNPUBLISHED), ([UNPUBLISHED, BLANK], UNPUBLISHED), ([NOT_APPLICABLE, 4], 4), ([NOT_APPLICABLE], NOT_APPLICABLE),
        ([State.SUPPRESSED, UNPUBLISHED, 4], State.SUPPRESSED),
    ],
)  # fmt: skip
def test_sums(values, found):
    facts, made = told(*values)
    assert outcome(facts.sum("s", "合计", made)) == found


@pytest.mark.parametrize(
    ("left", "right", "found"),
    [
        (5, 3, 2), (3, 5, -2), (0, 0, 0), (5, BLANK, 5), (BLANK, 5, -5), (BLANK, BLANK, BLANK), (5, UNPUBLISHED, UNPUBLISHED),
        (UNPUBLISHED, BLANK, UNPUBLISHED),
    ],
)  # fmt: skip
def test_differences_of_money(left, right, found):
    facts, made = told(left, right)
    assert outcome(facts.difference("d", "差", *made)) == found


@pytest.mark.parametrize(
    ("left", "right", "found"),
    [
        (5, 3, 2),
        (3, 5, -2),
        (0, 0, 0),
        (5, BLANK, BLANK),
        (BLANK, 5, BLANK),
        (UNPUBLISHED, 5, UNPUBLISHED),
        (BLANK, UNPUBLISHED, UNPUBLISHED),
    ],
)
def test_a_measurement_that_was_not_taken_leaves_no_gap(left, right, found):
    facts, made = told(left, right)
    fact = facts.gap("g", "差", *made)
    assert (outcome(fact), fact.operation, fact.inputs) == (found, "difference", ("a/0", "a/1"))


@pytest.mark.parametrize(
    ("part", "whole", "found"),
    [
        (1, 3, Fraction(1, 3)), (0, 3, Fraction(0)), (4, 2, Fraction(2)), (-1, 2, Fraction(-1, 2)), (1, 0, NOT_APPLICABLE), (0, 0, NOT_APPLICABLE),
        (BLANK, 3, BLANK), (1, BLANK, BLANK), (1, UNPUBLISHED, UNPUBLISHED), (BLANK, 0, BLANK), (UNPUBLISHED, 0, UNPUBLISHED),
    ],
)  # fmt: skip
def test_ratios(part, whole, found):
    facts, made = told(part, whole)
    fact = facts.ratio("r", "比", *made)
    assert (outcome(fact), fact.unit) == (found, Unit.SHARE)


@pytest.mark.parametrize(
    ("now", "before", "found"),
    [
        (110, 100, Fraction(1, 10)), (90, 100, Fraction(-1, 10)), (0, 100, Fraction(-1)), (100, 100, Fraction(0)), (-50, 100, Fraction(-3, 2)),
        (5, 0, NOT_APPLICABLE), (0, 0, NOT_APPLICABLE), (5, -5, NOT_APPLICABLE), (BLANK, 5, BLANK), (5, BLANK, BLANK), (5, UNPUBLISHED, UNPUBLISHED),
    ],
)  # fmt: skip
def test_growth_needs_a_base_above_nothing(now, before, found):
    facts, made = told(now, before)
    assert outcome(facts.growth("g", "增长", *made)) == found


@pytest.mark.parametrize(
    ("values", "found", "inputs"),
    [
        ([1, 2], Fraction(3, 2), ("a/0", "a/1")), ([1, BLANK, 4], Fraction(5, 2), ("a/0", "a/2")), ([0, UNPUBLISHED], Fraction(0), ("a/0",)),
        ([], BLANK, ()), ([UNPUBLISHED, BLANK], UNPUBLISHED, ()),
    ],
)  # fmt: skip
def test_a_mean_is_of_what_is_known_and_names_only_that(values, found, inputs):
    facts, made = told(*values)
    fact = facts.mean("m", "平均", made)
    assert (outcome(fact), fact.inputs, fact.operation) == (found, inputs, "mean")


def test_a_count_counts_rows_whatever_they_say():
    facts, made = told(1, BLANK, UNPUBLISHED)
    assert facts.count("n", "项目数", made) == Fact(
        "n", "项目数", 3, Unit.ITEMS, operation="count", inputs=("a/0", "a/1", "a/2")
    )


def test_the_same_number_under_another_name():
    facts, made = told(UNPUBLISHED)
    assert facts.same("t", "总支出", made[0]) == Fact(
        "t", "总支出", None, Unit.FEN, UNPUBLISHED, operation="same", inputs=("a/0",)
    )


def test_a_hidden_fact_keeps_its_name_and_nothing_else():
    fact = Fact("k", "一级人数", 3, Unit.PERSONS, KNOWN, "3", 0, "", Origin("a.csv", "", 2, "人数"), "", ("x",))
    assert hidden(fact) == Fact("k", "一级人数", None, Unit.PERSONS, State.SUPPRESSED)


values = st.one_of(st.integers(-(10**12), 10**12), st.sampled_from([BLANK, UNPUBLISHED]))


@settings(deadline=None)
@given(st.lists(values, max_size=8), st.randoms())
def test_a_sum_does_not_depend_on_order(items, random):
    facts, made = told(*items)
    first = facts.sum("s", "合计", made)
    random.shuffle(made)
    assert outcome(facts.sum("t", "合计", made)) == outcome(first)


@settings(deadline=None)
@given(st.lists(st.one_of(st.integers(-(10**12), 10**12), st.just(BLANK)), min_size=1, max_size=8), st.integers(1, 7))
def test_parts_add_up_to_the_whole(items, cut):
    facts, made = told(*items)
    parts = [facts.sum("p", "前", made[:cut]), facts.sum("q", "后", made[cut:])]
    assert outcome(facts.sum("w", "全", parts)) == outcome(facts.sum("s", "合计", made))


@settings(deadline=None)
@given(st.integers(-(10**12), 10**12), st.integers(1, 10**12))
def test_growth_is_the_ratio_less_one(now, before):
    facts, made = told(now, before)
    assert facts.growth("g", "增长", *made).value == facts.ratio("r", "比", *made).value - 1


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("KF-01", "KF-01"),
        ("残疾人康复", "残疾人康复"),
        ("a/b c", "a~2Fb~20c"),
        ("1+1", "1~2B1"),
        ("（本级）", "~EF~BC~88本级~EF~BC~89"),
        ("", ""),
        ("50%", "50~25"),
    ],
)
def test_parts_of_keys(text, part):
    assert key_part(text) == part


@settings(deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
)
def test_two_names_never_share_a_key(one, other):
    assert (key_part(one) == key_part(other)) == (one == other)
    assert not set(key_part(one)) & set("/+ []()\"<>&#?'\n")
