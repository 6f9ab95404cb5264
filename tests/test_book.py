"""Both sides of a comparison are facts; what does not add up is explained exactly, or stops publication."""

import datetime
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts import identities
from scripts.book import Book, days_between, difference_key, difference_text, elapsed
from scripts.cells import Origin, State
from scripts.facts import Fact, Facts, Unit
from scripts.identities import Verdict
from scripts.inputs import Inputs
from scripts.problems import grouped
from scripts.publisher import Publisher
from tests.small_publisher import FUNDING, LINES, PAYMENTS, desk

PLACE = "行政运行（2081101），截至 2025-12-31"


def book(*explanations: dict) -> Book:
    return Book(Inputs(Publisher(None, "甲"), {}, explanations))


def leaf(key: str, fen, places=2, scale="yuan", unit=Unit.FEN) -> Fact:
    state = fen if isinstance(fen, State) else State.KNOWN
    value = None if isinstance(fen, State) else fen
    return Fact(
        key, key, value, unit, state, "印的", places, scale, Origin("execution/2025/lines.csv", "", 4, "全年预算数(元)")
    )


def compared(left: Fact, right: Fact, *, addends=1, differs="", explanations=()) -> Book:
    made = book(*explanations)
    made.facts.add(left)
    made.facts.add(right)
    made.compare(
        "execution", 2025, "lines", "execution-budget", left, right, place=PLACE, addends=addends, differs=differs
    )
    return made


# ---- verdicts and their tolerance


@pytest.mark.parametrize(
    ("off", "verdict"),
    [
        (0, Verdict.BALANCED),
        (1, Verdict.ROUNDING),
        (-2, Verdict.ROUNDING),
        (3, Verdict.UNBALANCED),
        (-3, Verdict.UNBALANCED),
    ],
)
def test_two_of_the_last_place_may_be_rounding(off, verdict):
    found = compared(leaf("a", 100_000 + off), leaf("b", 100_000)).comparisons[0]
    assert (found.difference, found.tolerance, found.verdict) == (off, 2, verdict)


@pytest.mark.parametrize(("off", "verdict"), [(5, Verdict.ROUNDING), (6, Verdict.UNBALANCED)])
def test_many_addends_may_round_once_each(off, verdict):
    assert compared(leaf("a", 100 + off), leaf("b", 100), addends=5).comparisons[0].verdict is verdict


@pytest.mark.parametrize(
    ("left", "right", "least"),
    [
        (leaf("a", 1, 2, "yuan"), leaf("b", 1, 2, "yuan"), 2),
        (leaf("a", 1, 0, "yuan"), leaf("b", 1, 2, "yuan"), 200),
        (leaf("a", 1, 2, "wan"), leaf("b", 1, 2, "yuan"), 20_000),
        (leaf("a", 1, 6, "wan"), leaf("b", 1, 2, "yuan"), 2),
        (leaf("a", 1, 2, "wan"), leaf("b", State.BLANK, 0, "wan"), 20_000),
        (leaf("a", Fraction(1), 1, "", Unit.POINTS), leaf("b", Fraction(1), 2, "", Unit.POINTS), Fraction(1, 5)),
    ],
)
def test_the_coarser_side_says_how_much_is_rounding(left, right, least):
    assert identities.tolerance(left, right, 1) == identities.tolerance(right, left, 1) == least


@settings(deadline=None)
@given(st.integers(0, 6), st.integers(0, 6), st.integers(1, 40))
def test_tolerance_grows_with_addends_and_never_falls_below_two_places(one, other, addends):
    left, right = leaf("a", 1, one, "wan"), leaf("b", 1, other, "wan")
    u = max(identities.last_place(left), identities.last_place(right))
    assert identities.tolerance(left, right, addends) == max(2, addends) * u
    assert identities.tolerance(left, right, addends + 1) >= identities.tolerance(left, right, addends)


@pytest.mark.parametrize(
    ("left", "right", "verdict", "difference"),
    [
        (State.BLANK, 0, Verdict.BALANCED, 0), (State.BLANK, 500, Verdict.UNBALANCED, -500), (500, State.BLANK, Verdict.UNBALANCED, 500),
        (State.BLANK, State.BLANK, Verdict.UNCHECKABLE, None), (State.UNPUBLISHED, 0, Verdict.UNCHECKABLE, None),
        (State.NOT_APPLICABLE, 0, Verdict.UNCHECKABLE, None), (0, State.SUPPRESSED, Verdict.UNCHECKABLE, None),
    ],
)  # fmt: skip
def test_blank_is_nothing_and_unpublished_is_not_zero(left, right, verdict, difference):
    found = compared(leaf("a", left), leaf("b", right)).comparisons[0]
    assert (found.verdict, found.difference) == (verdict, difference)


def test_only_a_declared_reason_makes_another_basis():
    found = compared(leaf("a", 900), leaf("b", 100), differs="两边的单位不同").comparisons[0]
    assert (found.verdict, found.note) == (Verdict.DIFFERENT_BASIS, "两边的单位不同")
    balanced = compared(leaf("a", 100), leaf("b", 100), differs="两边的单位不同").comparisons[0]
    assert (balanced.verdict, balanced.note) == (Verdict.BALANCED, "")


def test_a_comparison_says_its_rule_its_place_and_its_leaves():
    found = compared(leaf("a", 100), Fact("b", "重算", 100, Unit.FEN, operation="sum")).comparisons[0]
    assert (found.words, found.place, found.left, found.right, found.cells) == (
        "年初预算数 = 部门预算的同一科目",
        PLACE,
        "a",
        "b",
        ("a",),
    )


# ---- explanations


ENTRY = {
    "identity": "execution-budget", "place": PLACE, "difference": "1,234.00", "reason": "批复少写一行", "approved_by": "财务科科长",
    "date": datetime.date(2026, 1, 12),
}  # fmt: skip
OWN = {("execution", "lines")}


def settled(off: int, *entries: dict, own=frozenset(OWN)):
    made = compared(leaf("a", 100 + off), leaf("b", 100), explanations=entries)
    made.settle(set(own))
    problems = [(p.severity, p.file, p.row, p.column, p.value, p.kind) for p in made.problems]
    return made.comparisons[0].verdict, made.comparisons[0].note, problems


UNEXPLAINED = ("error", "execution/2025/lines.csv", 4, "全年预算数(元)", "印的", "unexplained-difference")
VOID = ("error", "explanations.toml", None, "execution-budget", f"{PLACE} 1,234.00", "void-explanation")


def test_an_unexplained_difference_stops_publication():
    assert settled(123_400) == (Verdict.UNBALANCED, "", [UNEXPLAINED])


def test_the_message_says_both_sides_and_what_to_write():
    made = compared(leaf("a", 123_500), leaf("b", 100))
    made.settle(OWN)
    assert made.problems[0].line() == (
        "execution/2025/lines.csv·第4行·全年预算数(元)·“印的”：年初预算数 = 部门预算的同一科目：行政运行（2081101），截至 2025-12-31，"
        "一边是 1,235.00 元，另一边是 1.00 元，相差 1234.00。录错请改；确实如此，请在 explanations.toml 写明 "
        'identity = "execution-budget"、place、difference 和原因。'
    )


def test_an_explanation_covers_exactly_its_difference():
    assert settled(123_400, ENTRY) == (Verdict.UNBALANCED, "批复少写一行（财务科科长，2026-01-12）", [])
    assert settled(123_400, ENTRY | {"difference": "1234.00"})[2] == []


def test_an_explanation_may_say_that_two_bases_differ():
    assert settled(123_400, ENTRY | {"differs": True})[0] is Verdict.DIFFERENT_BASIS


@pytest.mark.parametrize("off", [123_300, -123_400, 0, 2])
def test_an_explanation_is_void_when_the_difference_changed(off):
    verdict, note, problems = settled(off, ENTRY)
    assert (note, problems) == ("", ([UNEXPLAINED] if verdict is Verdict.UNBALANCED else []) + [VOID])


def test_one_explanation_covers_one_place():
    made = compared(leaf("a", 123_500), leaf("b", 100), explanations=(ENTRY,))
    made.comparisons.append(made.comparisons[0])
    made.settle(OWN)
    assert [c.note != "" for c in made.comparisons] == [True, False] and [p.kind for p in made.problems] == [
        "unexplained-difference"
    ]


def test_what_others_printed_is_shown_and_stops_nothing():
    warning = ("warning", *UNEXPLAINED[1:5], "unbalanced-official")
    assert settled(123_400, own=set()) == (Verdict.UNBALANCED, "", [warning])
    assert settled(123_400, ENTRY, own=set())[2] == []


def test_a_difference_is_a_fact_of_its_own():
    made = compared(leaf("execution/2025/a", 123_500), leaf("execution/2025/b", 100))
    made.differences()
    made.differences()
    key = "execution/2025/check/execution-budget/a--b/difference"
    assert difference_key(made.comparisons[0]) == key
    assert (made.facts[key].value, made.facts[key].title) == (123_400, f"{PLACE} 相差")
    assert difference_text(made.comparisons[0], made.facts) == "1234.00"


def test_no_difference_has_no_words_where_nothing_can_be_compared():
    made = compared(leaf("a", State.UNPUBLISHED), leaf("b", 100))
    assert difference_text(made.comparisons[0], made.facts) == ""


def test_one_unsettled_line_leaves_the_year_unsettled(tmp_path):
    found = desk(tmp_path)
    found.change(LINES, "1000000.00,2025-12-31", "1000500.00,2025-12-31")
    account = found.account()
    assert [(p.row, p.column, p.value, p.kind) for p in account.problems] == [
        (4, "全年预算数(元)", "1000500.00", "unexplained-difference")
    ]
    assert account.public is None
    found.write(
        "explanations.toml",
        f'[[explanations]]\nidentity = "execution-adjusted"\nplace = "{PLACE}"\ndifference = "500.00"\nreason = "批复少写一行"\n'
        'approved_by = "财务科科长"\ndate = 2026-01-12\n',
    )
    assert found.problems() == [] and found.account().public is not None
    found.change(LINES, "1000500.00,2025-12-31", "1000000.00,2025-12-31")
    assert found.problems() == [
        ("error", "explanations.toml", None, "execution-adjusted", f"{PLACE} 500.00", "void-explanation")
    ]


# ---- the calendar


@pytest.mark.parametrize(
    ("day", "share"),
    [
        ((2025, 12, 31), Fraction(1)),
        ((2025, 1, 1), Fraction(1, 365)),
        ((2024, 2, 29), Fraction(60, 366)),
        ((2100, 12, 31), Fraction(1)),
    ],
)
def test_the_share_of_a_year_that_has_passed(day, share):
    assert elapsed(book(), "k", datetime.date(*day)).value == share


def test_days_between_two_dates():
    made = book()
    first, last = datetime.date(2026, 3, 2), datetime.date(2026, 3, 16)
    assert [days_between(made, "k", "日数", first, last).value, days_between(made, "l", "日数", last, first).value] == [
        14,
        -14,
    ]


def test_a_store_given_to_a_book_is_its_own():
    assert len(book().facts) == len(Facts()) == 0


# ---- a whole table in the other unit


def in_wan(clerk, path: str, columns: tuple[int, ...]) -> None:
    header, *rows = [line.split(",") for line in clerk.text(path).splitlines()]
    for row in rows:
        for column in columns:
            row[column] = f"{float(row[column]) / 10_000:.2f}"
    clerk.write(path, "".join(",".join(row) + "\n" for row in (header, *rows)))


def test_projects_wholly_in_ten_thousands_are_told_at_their_own_file(tmp_path):
    clerk = desk(tmp_path)
    in_wan(clerk, FUNDING, (4, 6))
    in_wan(clerk, PAYMENTS, (3,))
    found = clerk.account().problems
    assert [(p.kind, p.file, p.row, p.column, p.value) for p in found] == [
        ("other-unit", FUNDING, 2, "下达金额(元)", "40.00"), ("other-unit", FUNDING, 3, "下达金额(元)", "20.00"),
        ("other-unit", PAYMENTS, 2, "金额(元)", "20.00"), ("other-unit", PAYMENTS, 3, "金额(元)", "38.00"),
    ]  # fmt: skip
    assert [each.line() for each in grouped(found)][1] == (
        f"{PAYMENTS}·第2–3行共2处·金额(元)·“20.00”“38.00”：约为 {LINES} 里同一笔钱的一万分之一，像是万元。请把这张表的金额都换算成元。例：40 万元写 400000.00"
    )


def test_a_ledger_in_ten_thousands_is_told_at_the_ledger(tmp_path):
    clerk = desk(tmp_path)
    in_wan(clerk, LINES, (3, 4, 5, 7))
    in_wan(clerk, "execution/2025/adjustments.csv", (5,))
    assert {(p.kind, p.file) for p in clerk.account().problems} == {("other-unit", LINES)}
