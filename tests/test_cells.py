"""Text to value and state: money is whole fen, zero is a value, nothing is guessed."""

import datetime
import re
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scripts import cells, display
from scripts.cells import NotUnderstood, State, Value

STRICT = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
ODD = ["１２３", "1e5", "1E5", "NaN", "nan", "inf", "-inf", "Infinity", "+1", " 1", "1 ", "1,234", "1.", ".5", "--1", "1.2.3", "0x10", "1_000",
       "①", "一", "½", "٣", "−1", "1万", "￥1", "1元", "(1)", "1\n", "\u200b1", "1.0000001", "1234567890123456"]  # fmt: skip


def kind(parse, *arguments) -> str:
    with pytest.raises(NotUnderstood) as wrong:
        parse(*arguments)
    return wrong.value.kind


# ---- money


@pytest.mark.parametrize(
    ("text", "unit", "fen", "places"),
    [
        ("0", "yuan", 0, 0), ("0.00", "yuan", 0, 2), ("1", "yuan", 100, 0), ("1.5", "yuan", 150, 1), ("-3.07", "yuan", -307, 2),
        ("0007.10", "yuan", 710, 2), ("1.000000", "yuan", 100, 6), ("2940.05", "wan", 2_940_050_000, 2), ("0.000001", "wan", 1, 6),
        ("-0.5", "wan", -500_000, 1), ("999999999999999", "yuan", 99_999_999_999_999_900, 0), ("-0.00", "wan", 0, 2),
    ],
)  # fmt: skip
def test_money_is_whole_fen_and_remembers_its_decimals(text, unit, fen, places):
    assert cells.money(text, unit) == Value(State.KNOWN, fen, places)


@pytest.mark.parametrize("text", ODD)
def test_what_is_not_plainly_an_amount_is_refused(text):
    assert kind(cells.money, text, "yuan") == "not-money"


@pytest.mark.parametrize(
    ("text", "unit"), [("1.005", "yuan"), ("0.001", "yuan"), ("-2.999", "yuan"), ("12.3456789", "wan")]
)
def test_no_amount_is_rounded_to_a_fen(text, unit):
    assert kind(cells.money, text, unit) in ("part-of-a-fen", "not-money")


def test_less_than_a_fen_is_called_so():
    assert kind(cells.money, "1.005", "yuan") == "part-of-a-fen"


@pytest.mark.parametrize(
    ("text", "state"), [("", State.BLANK), ("未公布", State.UNPUBLISHED), ("不适用", State.NOT_APPLICABLE)]
)
@pytest.mark.parametrize(
    "parse",
    [
        lambda t: cells.money(t, "yuan"),
        cells.number,
        cells.integer,
        cells.date,
        lambda t: cells.printed_money(t, "wan"),
    ],
)
def test_a_state_is_no_number_and_no_zero(parse, text, state):
    assert parse(text) == Value(state, None, 0)


@settings(deadline=None)
@given(st.integers(-(10**14), 10**14), st.sampled_from(["yuan", "wan"]))
def test_whole_fen_survive_printing_and_reading(fen, unit):
    assert cells.money(display.machine_decimal(fen, unit), unit).value == fen


@settings(deadline=None)
@given(st.one_of(st.text(max_size=12), st.text("0123456789.-+eE,万元 ０１", max_size=12), st.from_regex(STRICT)))
@example("1\n")
def test_every_accepted_amount_matches_the_pattern(text):
    try:
        value = cells.money(text, "wan")
    except NotUnderstood:
        return
    assert value.state is not State.KNOWN or (
        STRICT.fullmatch(text) and Fraction(value.value, 1_000_000) == Fraction(text)
    )


@settings(deadline=None)
@given(st.text(max_size=12))
def test_numbers_counts_and_dates_are_ascii(text):
    for parse in (cells.number, cells.integer, cells.date):
        try:
            value = parse(text)
        except NotUnderstood:
            continue
        assert value.state is not State.KNOWN or text.replace("年", "").replace("月", "").replace("日", "").isascii()


# ---- money as official tables print it


@pytest.mark.parametrize(
    ("text", "fen", "places"),
    [
        ("2,940.05", 2_940_050_000, 2), ("１２３．４５", 123_450_000, 2), (" 25 ", 25_000_000, 0), ("\u30003.10\u00a0", 3_100_000, 2),
        ("−1.00", -1_000_000, 2), ("－1.00", -1_000_000, 2), ("1,234,567", 1_234_567_000_000, 0), ("0.00", 0, 2),
    ],
)  # fmt: skip
def test_official_tables_may_group_pad_and_write_wide(text, fen, places):
    assert cells.printed_money(text, "wan") == Value(State.KNOWN, fen, places)


@pytest.mark.parametrize("dash", ["-", "—", "——", "–", "－", "−", " - "])
def test_a_dash_in_an_official_table_is_blank_not_zero(dash):
    assert cells.printed_money(dash, "wan") == Value(State.BLANK)


@pytest.mark.parametrize("text", ["1,23", "12,34.5", "1e5", "NaN", "inf", "约25", "25%", "1,234,", "1 234", ",123"])
def test_official_tables_are_not_guessed_either(text):
    assert kind(cells.printed_money, text, "wan") == "not-money"


def test_without_a_unit_the_digits_are_kept():
    assert cells.printed_money("12.34", None) == cells.printed_money("12.34", "wan")


@settings(deadline=None)
@given(st.integers(-(10**13), 10**13))
def test_grouped_and_plain_printing_mean_the_same(fen):
    plain = display.machine_decimal(fen, "yuan")
    whole, _, decimals = plain.lstrip("-").partition(".")
    grouped = f"{'-' if fen < 0 else ''}{int(whole):,}.{decimals}"
    assert cells.printed_money(grouped, "yuan") == cells.printed_money(plain, "yuan") == cells.money(plain, "yuan")


# ---- numbers, counts, dates, words


@pytest.mark.parametrize(
    ("text", "value"),
    [("80.10", Fraction(801, 10)), ("100", Fraction(100)), ("-0.5", Fraction(-1, 2)), ("0", Fraction(0))],
)
def test_a_score_is_exact(text, value):
    assert cells.number(text).value == value


@pytest.mark.parametrize("text", ODD)
def test_what_is_not_plainly_a_number_is_refused(text):
    assert kind(cells.number, text) == "not-a-number"


@pytest.mark.parametrize("text", [*ODD[:3], "1.0", "12人", "1,000", "1234567890123"])
def test_a_count_is_a_whole_number_of_ascii_digits(text):
    assert kind(cells.integer, text) == "not-an-integer"


@pytest.mark.parametrize("text", ["2024-02-29", "2024-2-29", "2024/2/29", "2024/02/29", "2024年2月29日"])
def test_a_day_may_be_spelt_in_three_ways(text):
    assert cells.date(text).value == datetime.date(2024, 2, 29)


@pytest.mark.parametrize(
    "text", ["2023-02-29", "2024-13-01", "2024-04-31", "0000-01-01", "9999-12-31", "1024-05-01", "2204-05-01"]
)
def test_a_day_that_never_was_or_lies_centuries_off_is_refused(text):
    assert kind(cells.date, text) == "no-such-day"


@pytest.mark.parametrize(
    "text",
    [
        "20240229",
        "45351",
        "2024.2.29",
        "29/2/2024",
        "2024-2",
        "二〇二四年二月",
        "２０２４-02-29",
        "2024-02-29 00:00:00",
    ],
)
def test_what_is_not_plainly_a_day_is_refused(text):
    assert kind(cells.date, text) == "not-a-date"


@pytest.mark.parametrize("text", ["两\n行", "制表\t符", "\u202e倒写", "零\u200b宽", "私\ue000用", "字" * 2001])
def test_words_that_hide_something_are_refused(text):
    assert kind(cells.string, text) == "not-plain-text"


def test_words_stand_as_they_are():
    assert cells.string(" 1. *粗* <b> “引”　① ") == Value(State.KNOWN, " 1. *粗* <b> “引”　① ")
    assert cells.string("") == Value(State.BLANK)
    assert cells.string("字" * 2000).state is State.KNOWN


@settings(deadline=None)
@given(st.text())
def test_the_compared_form_of_a_text_does_not_change_again(text):
    assert cells.normal(cells.normal(text)) == cells.normal(text)
