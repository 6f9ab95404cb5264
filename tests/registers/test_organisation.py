"""The register of units: a schema is all there is; the numbers of its columns are facts, its years are pages."""

from scripts.cells import Origin, State
from scripts.facts import Fact, Unit
from tests.small_publisher import desk

UNITS = "organisation/2025/units.csv"


def test_posts_are_facts_with_their_place(tmp_path):
    facts = desk(tmp_path, "organisation").book().facts
    key, column = "organisation/2025/units/{}/posts", "编制数"
    assert [fact for fact in facts if fact.leaf] == [
        Fact(key.format("演示县残疾人联合会~EF~BC~88本级~EF~BC~89"), "演示县残疾人联合会（本级） 编制数", 12, Unit.PERSONS, printed="12",
             origin=Origin(UNITS, "", 2, column)),
        Fact(key.format("演示县盲人协会"), "演示县盲人协会 编制数", None, Unit.PERSONS, State.BLANK, "", origin=Origin(UNITS, "", 3, column)),
    ]  # fmt: skip


def test_measures_count_and_add(tmp_path):
    facts = desk(tmp_path, "organisation").book().facts
    told = [facts[f"organisation/2025/{name}"] for name in ("units-count", "included-count", "posts-total")]
    assert [(fact.value, fact.unit, fact.operation, len(fact.rows or fact.inputs)) for fact in told] == [
        (2, Unit.ITEMS, "count", 2), (1, Unit.ITEMS, "count", 1), (12, Unit.PERSONS, "sum", 2),
    ]  # fmt: skip


def test_pages_follow_from_the_schema(tmp_path):
    pages = desk(tmp_path, "organisation").pages()
    assert {"organisation/", "organisation/2025/", "organisation/2025/units/"} <= set(pages)
    assert "演示县盲人协会" in pages["organisation/2025/"].blocks["units.html"]
    assert [each.path for each in pages["organisation/2025/units/"].downloads] == [
        "organisation/2025/units/units.xlsx",
        "organisation/2025/units/units.csv",
    ]


def test_a_unit_is_counted_in_or_not_and_has_its_type(tmp_path):
    found = desk(tmp_path, "organisation")
    found.change(UNITS, "社会组织", "协会")
    found.change(UNITS, ",是,", ",部分,")
    found.change(UNITS, ",12,", ",-12,")
    assert found.problems() == [
        ("error", UNITS, 2, "是否纳入本套表", "部分", "not-in-list"),
        ("error", UNITS, 2, "编制数", "-12", "below-minimum"),
        ("error", UNITS, 3, "单位类型", "协会", "not-in-list"),
    ]
