"""Equations as they are written, the verdict on two sides, and how far rounding reaches."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts import cells
from scripts.cells import Cell, NotUnderstood, Origin, State, Value
from scripts.facts import Facts, Unit
from scripts.identities import Side, Sides, Verdict, parse_holds, tolerance, weigh

NAMES = st.text(st.characters(categories=["Ll", "Nd", "Lo"], include_characters="_.*{}"), min_size=1, max_size=12)


def test_an_equation_is_names_signs_and_one_relation():
    assert parse_holds("closing = opening + income − spent") == Sides(
        ((1, "closing"),), "=", ((1, "opening"), (1, "income"), (-1, "spent"))
    )
    assert parse_holds("three_public.reception.final>=basic_expenditure.30217.total") == Sides(
        ((1, "three_public.reception.final"),), ">=", ((1, "basic_expenditure.30217.total"),)
    )


@pytest.mark.parametrize(
    "text", ["", "total", "total =", "= basic", "a = b = c", "a = b +", "a = b c", "a = + + b", "a > b", "a == b"]
)
def test_what_is_no_equation_is_refused(text):
    with pytest.raises(ValueError, match="equa|sum of names"):
        parse_holds(text)


@given(
    st.lists(st.tuples(st.sampled_from([1, -1]), NAMES), min_size=1, max_size=6),
    st.lists(st.tuples(st.sampled_from([1, -1]), NAMES), min_size=1, max_size=6),
    st.sampled_from(["=", ">="]),
    st.sampled_from(["-", "−"]),
    st.sampled_from(["", " ", "  "]),
)
def test_an_equation_reads_back_as_it_was_written(left, right, relation, minus, space):
    def written(side):
        return "".join(f"{'+' if sign > 0 else minus}{space}{name}{space}" for sign, name in side)

    assert parse_holds(written(left) + relation + space + written(right)) == Sides(tuple(left), relation, tuple(right))


@given(
    st.integers(-(10**14), 10**14),
    st.integers(0, 6),
    st.sampled_from(["yuan", "wan"]),
    st.booleans(),
    st.sampled_from(["", " ", "\u3000"]),
)
def test_a_printed_amount_is_read_exactly_or_refused_as_part_of_a_fen(number, places, unit, grouped, space):
    digits = str(abs(number)).rjust(places + 1, "0")
    whole, decimals = digits[: len(digits) - places], digits[len(digits) - places :]
    text = (
        ("-" if number < 0 else "") + (f"{int(whole):,}" if grouped else whole) + ("." + decimals if decimals else "")
    )
    exact = Fraction(number, 10**places) * cells.FEN_IN[unit]
    if exact.denominator != 1:
        with pytest.raises(NotUnderstood):
            cells.printed_money(space + text + space, unit)
    else:
        assert cells.printed_money(space + text + space, unit) == Value(State.KNOWN, int(exact), places)


@given(st.text(max_size=12))
def test_a_printed_amount_is_a_value_a_state_or_a_problem_never_a_crash(text):
    try:
        assert isinstance(cells.printed_money(text, "wan"), Value)
    except NotUnderstood as wrong:
        assert wrong.kind in ("not-money", "part-of-a-fen")


def leaf(facts, name, text, unit="wan", places=2):
    value = cells.printed_money(text, unit)
    known = Value(value.state, value.value, places)
    return facts.leaf(f"r/2024/t/{name}/a", name, Cell(text, Origin("f", "", 2, "a")), known, Unit.FEN, unit)


def compared(left, right, relation="=", differs=""):
    facts = Facts()
    sides = [
        Side(tuple((sign, leaf(facts, f"{n}{i}", text)) for i, (sign, text) in enumerate(side)))
        for n, side in (("l", left), ("r", right))
    ]
    return weigh(
        facts,
        "r",
        2024,
        "t",
        "t.sum",
        "x/a",
        *sides,
        words="",
        place="",
        relation=relation,
        differs=differs,
        within="ok",
    ), facts


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        ("3.00", ["1.00", "2.00"], Verdict.BALANCED),
        ("3.02", ["1.00", "2.00"], Verdict.ROUNDING),  # two last places are always rounding
        ("3.03", ["1.00", "2.00"], Verdict.UNBALANCED),
        ("5.05", ["1.00"] * 5, Verdict.ROUNDING),  # five addends may be off by five last places
        ("5.06", ["1.00"] * 5, Verdict.UNBALANCED),
        ("5.06", ["1.00"] * 5 + [""] * 9, Verdict.UNBALANCED),  # a blank was not rounded
        ("", ["0.00"], Verdict.BALANCED),
        ("", ["0.03"], Verdict.UNBALANCED),
    ],
)
def test_a_sum_is_balanced_within_rounding_or_not(left, right, verdict):
    assert compared([(1, left)], [(1, text) for text in right])[0].verdict is verdict


def test_nothing_is_compared_where_nothing_is_printed():
    assert compared([(1, "")], [(1, ""), (1, "-")])[0] is None


def test_a_declared_difference_has_its_reason_and_an_undeclared_one_none():
    found, _ = compared([(1, "5.00")], [(1, "1.00")], differs="两边范围不同")
    assert (found.verdict, found.note) == (Verdict.DIFFERENT_BASIS, "两边范围不同")
    found, _ = compared([(1, "5.00")], [(1, "1.00")])
    assert (found.verdict, found.note) == (Verdict.UNBALANCED, "")


def test_a_limit_holds_while_the_left_side_is_not_the_smaller():
    assert [compared([(1, text)], [(1, "2.00")], ">=")[0].verdict for text in ("9.00", "2.00", "1.99", "1.00")] == [
        Verdict.BALANCED, Verdict.BALANCED, Verdict.ROUNDING, Verdict.UNBALANCED,
    ]  # fmt: skip


def test_a_recomputed_side_is_a_fact_of_the_printed_ones():
    found, facts = compared([(1, "4.00")], [(1, "1.00"), (1, "5.00"), (-1, "2.00")])
    right = facts[found.right]
    assert (found.left, found.right, right.value, right.operation) == (
        "r/2024/t/l0/a",
        "r/2024/check/t.sum/x/a",
        4_000_000,
        "difference",
    )
    assert [facts[key].value for key in right.inputs] == [6_000_000, 2_000_000]
    assert found.cells == ("r/2024/t/l0/a", "r/2024/t/r0/a", "r/2024/t/r1/a", "r/2024/t/r2/a")


def test_the_coarser_side_decides_how_far_rounding_reaches():
    facts = Facts()
    yuan, wan = leaf(facts, "y", "2132777.54", "yuan"), leaf(facts, "w", "213.28", "wan")
    assert (tolerance(yuan, yuan, 1), tolerance(yuan, wan, 1), tolerance(wan, yuan, 3)) == (2, 20_000, 30_000)
