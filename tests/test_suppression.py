"""The one gate: what is closed, and whatever is computed from it, passes as a name without a number."""

from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.cells import Origin, State
from scripts.facts import Fact, Facts, Unit
from scripts.identities import Comparison, Verdict
from scripts.suppression import disclose


def store() -> Facts:
    facts = Facts()
    a = facts.add(Fact("a", "甲", 3, Unit.PERSONS, printed="3", origin=Origin("x.csv", "", 2, "人数")))
    b = facts.add(Fact("b", "乙", 40, Unit.PERSONS, printed="40", origin=Origin("x.csv", "", 3, "人数")))
    total = facts.sum("total", "合计", [a, b], Unit.PERSONS)
    facts.ratio("share", "占比", a, total)
    facts.same("again", "又叫", b)
    return facts


def comparison(left: str, right: str) -> Comparison:
    return Comparison("r", 2025, "t", "i", "左 = 右", "某处", left, right, 7, 2, Verdict.UNBALANCED, "说明", (left,))


def test_what_is_open_passes_unchanged():
    facts, each = store(), comparison("total", "b")
    public = disclose(facts, [each])
    assert list(public.facts) == list(facts) and public.comparisons == (each,)


def test_a_closed_fact_takes_with_it_what_is_computed_from_it():
    public = disclose(store(), [], frozenset({"a", "no such key"}))
    assert {f.key: (f.value, f.state) for f in public.facts} == {
        "a": (None, State.SUPPRESSED), "b": (40, State.KNOWN), "total": (None, State.SUPPRESSED), "share": (None, State.SUPPRESSED),
        "again": (40, State.KNOWN),
    }  # fmt: skip
    assert public.facts["a"] == Fact("a", "甲", None, Unit.PERSONS, State.SUPPRESSED)


def test_a_comparison_that_touches_a_closed_fact_prints_no_difference():
    closed, open_ = comparison("total", "b"), comparison("b", "again")
    public = disclose(store(), [closed, open_], frozenset({"a"}))
    hidden = Comparison("r", 2025, "t", "i", "左 = 右", "某处", "total", "b", None, 0, Verdict.UNCHECKABLE, "说明", ())
    assert public.comparisons == (hidden, open_)


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(0, 20), max_size=3), min_size=1, max_size=12), st.sets(st.integers(0, 12)))
def test_no_open_fact_rests_on_a_closed_one(inputs, closed):
    """Any chain of sums: walking from an open fact to its inputs never meets a hidden one."""
    facts = Facts()
    for number, chosen in enumerate(inputs):
        earlier = [facts[f"f{i}"] for i in dict.fromkeys(i for i in chosen if i < number)]
        if earlier:
            facts.sum(f"f{number}", "和", earlier)
        else:
            facts.add(Fact(f"f{number}", "数", number, Unit.FEN, origin=Origin("x.csv")))
    public = disclose(facts, [], frozenset(f"f{i}" for i in closed)).facts
    for fact in public:
        assert fact.state is State.SUPPRESSED or all(public[key].state is not State.SUPPRESSED for key in fact.inputs)
