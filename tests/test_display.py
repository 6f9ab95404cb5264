"""The only rounding: half up, two decimals for money, one for shares, and what was rounded reads back."""

import datetime
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts import display
from scripts.cells import State
from scripts.facts import Fact, Unit


def fact(value, unit=Unit.FEN, scale="yuan", state=State.KNOWN) -> Fact:
    return Fact("k", "甲", value, unit, state, scale=scale)


@pytest.mark.parametrize(
    ("fen", "scale", "text"),
    [
        (2_940_050_000, "wan", "2,940.05 万元"), (0, "wan", "0.00 万元"), (4_999, "wan", "0.00 万元"), (5_000, "wan", "0.01 万元"),
        (-5_000, "wan", "-0.01 万元"), (-4_999, "wan", "0.00 万元"), (14_999, "wan", "0.01 万元"), (15_000, "wan", "0.02 万元"),
        (100_000_000_000_000, "wan", "100,000,000.00 万元"), (123_456_789, "yuan", "1,234,567.89 元"), (-1, "yuan", "-0.01 元"),
    ],
)  # fmt: skip
def test_money_in_its_unit(fen, scale, text):
    assert display.shown(fact(fen), scale) == text
    assert display.shown(fact(fen), scale, unit=False) == text.partition(" ")[0]


def test_a_sentence_that_says_less_prints_no_sign():
    assert display.shown(fact(-374_250_000), absolute=True) == "374.25 万元"
    assert display.shown(fact(Fraction(-1, 8), Unit.SHARE), absolute=True) == "12.5%"


def test_money_without_a_stated_unit_is_the_number_as_it_was_read():
    assert display.shown(fact(12_340_000, scale=""), "yuan") == "12.34"


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Fraction(873, 1000), "87.3%"), (Fraction(1, 2000), "0.1%"), (Fraction(1, 2001), "不到 0.1%"), (Fraction(0), "0.0%"), (Fraction(1), "100.0%"),
        (Fraction(9994, 10000), "99.9%"), (Fraction(9995, 10000), "不到 100%"), (Fraction(99999, 100000), "不到 100%"),
        (Fraction(10005, 10000), "100.1%"), (Fraction(10004, 10000), "100.0%"), (Fraction(123, 10), "1,230.0%"), (Fraction(-1, 3), "-33.3%"),
        (0, "0.0%"), (1, "100.0%"), (Fraction(-3, 10000), "-0.03%"), (Fraction(-1, 10**7), "-0.00001%"), (Fraction(-1, 2000), "-0.1%"),
    ],
)  # fmt: skip
def test_not_quite_all_is_not_all_and_not_quite_nothing_not_nothing(share, text):
    assert display.percent(share) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1212, Unit.PERSONS, "1,212 人"), (3, Unit.TIMES, "3 人次"), (0, Unit.ITEMS, "0 个"), (18, Unit.DAYS, "18 日"), (2593, Unit.PLACES, "2,593 处"),
        (Fraction(801, 10), Unit.POINTS, "80.10 分"), (Fraction(1, 3), Unit.POINTS, "0.33 分"), (Fraction(-1, 200), Unit.POINTS, "-0.01 分"),
    ],
)  # fmt: skip
def test_counts_and_scores(value, unit, text):
    assert display.shown(fact(value, unit)) == text


@pytest.mark.parametrize(
    ("state", "word"),
    [(State.BLANK, ""), (State.UNPUBLISHED, "未公布"), (State.NOT_APPLICABLE, "不适用"), (State.SUPPRESSED, "不公开")],
)
@pytest.mark.parametrize("unit", list(Unit))
def test_a_state_prints_its_word_and_never_a_zero(unit, state, word):
    assert display.shown(fact(None, unit, state=state)) == word
    assert display.exact(fact(None, unit, state=state)) == ""


@settings(deadline=None)
@given(st.fractions(min_value=-(10**9), max_value=10**9), st.integers(0, 6))
def test_decimals_are_rounded_half_up_away_from_zero(value, places):
    with localcontext() as context:
        context.prec = 60
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        wanted = abs(exact).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        sign = "-" if value < 0 and wanted else ""
    found = display.decimal(value, places)
    assert found == f"{sign}{wanted:,}"
    assert abs(Fraction(found.replace(",", "")) - value) <= Fraction(1, 2 * 10**places)


@settings(deadline=None)
@given(st.integers(-(10**14), 10**14), st.sampled_from(["yuan", "wan"]))
def test_a_download_holds_the_exact_amount(fen, scale):
    text = display.machine_decimal(fen, scale)
    assert Fraction(text) * {"yuan": 100, "wan": 1_000_000}[scale] == fen
    assert "," not in text and len(text.partition(".")[2]) >= 2


@settings(deadline=None)
@given(st.integers(-(10**6), 10**6), st.integers(0, 6))
def test_a_score_in_a_download_is_exact(number, places):
    assert Fraction(display.plain_decimal(Fraction(number, 10**places))) == Fraction(number, 10**places)


def test_a_fraction_without_end_stops_at_eight_places():
    assert display.plain_decimal(Fraction(2, 3)) == "0.66666667"


@settings(deadline=None)
@given(st.integers(-(10**13), 10**13))
def test_printed_money_reads_back_within_half_its_last_place(fen):
    number = Fraction(display.shown(fact(fen), "wan", unit=False).replace(",", ""))
    assert abs(number * 1_000_000 - fen) <= 5_000


def test_a_difference_of_shares_is_in_points_of_percent():
    assert display.points_between(fact(Fraction(-27, 1000), Unit.SHARE)) == "2.7 个百分点"


def test_days_and_sizes():
    assert display.day(datetime.date(2025, 3, 1)) == "2025 年 3 月 1 日"
    assert [display.size(n) for n in (0, 1, 499, 1499, 1500, 2_499_500)] == [
        "1 kB",
        "1 kB",
        "1 kB",
        "1 kB",
        "2 kB",
        "2500 kB",
    ]


def test_the_exact_value_is_for_machines():
    assert [display.exact(fact(v)) for v in (294_005_000, Fraction(873, 1000), 0)] == ["294005000", "873/1000", "0"]


@settings(deadline=None)
@given(st.fractions(min_value=-2, max_value=2))
def test_the_seal_reads_every_share_as_it_was_meant(share):
    from scripts.seal.printed import agrees

    for value, absolute in ((share, False), (share, True)):
        told = fact(value, Unit.SHARE)
        assert agrees(display.shown(told, absolute=absolute), told, absolute=absolute) is True


@settings(deadline=None)
@given(st.integers(-(10**12), 10**12), st.sampled_from(["wan", "yuan"]), st.booleans())
def test_the_seal_reads_every_amount_as_it_was_meant(fen, scale, absolute):
    from scripts.seal.printed import agrees

    assert agrees(display.shown(fact(fen), scale, absolute=absolute), fact(fen), absolute=absolute) is True
