"""The digital federation: cards of the third generation by town, matters on line and with one visit."""

from fractions import Fraction

import pytest

from scripts import privacy, schema
from scripts.pages.render import text_of
from tests.small_publisher import Desk

CARDS, SERVICES, HOLDERS = "digital/2025/cards.csv", "digital/2025/services.csv", "certificates/2025/holders.csv"
FILES = {
    "publisher.toml": 'name = "演示县残疾人联合会"\nas_of = 2026-03-31\n',
    CARDS: "乡镇,持证人数,第三代证,统计日期,来源文件\n甲镇,300,240,2025-12-31,ledger\n乙镇,100,40,2025-12-31,ledger\n",
    SERVICES: "事项,办理,网上办理,只跑一次,承诺天数,实际平均天数,统计日期,公开日期,来源文件\n"
    "换领,100,60,是,15,9,2025-12-31,2026-01-20,ledger\n新办,50,15,否,30,20,2025-12-31,2026-01-20,ledger\n",
    "digital/2025/sources.toml": '[documents.ledger]\ntitle = "台账"\n',
}  # fmt: skip


@pytest.fixture
def desk(tmp_path) -> Desk:
    found = Desk(tmp_path)
    for path, text in FILES.items():
        found.write(path, text)
    return found


def told(desk: Desk) -> str:
    return text_of(desk.pages()["digital/2025/"].markdown)


def test_coverage_and_shares(desk):
    facts = desk.book().facts
    names = ("holders", "third", "coverage", "coverage-by-town@乙镇", "handled", "online", "online-by-matter@换领", "matters", "once")
    assert [facts[f"digital/2025/{name}"].value for name in names] == [
        400, 280, Fraction(7, 10), Fraction(2, 5), 150, Fraction(1, 2), Fraction(3, 5), 2, Fraction(1, 2),
    ]  # fmt: skip
    assert desk.problems() == []


@pytest.mark.parametrize(
    ("path", "old", "new", "place"),
    [(CARDS, "300,240", "300,301", (CARDS, 2, "第三代证")), (SERVICES, "100,60", "100,101", (SERVICES, 2, "网上办理"))],
)
def test_a_part_that_is_more_than_its_whole_is_told_at_its_cell(desk, path, old, new, place):
    desk.change(path, old, new)
    assert [(p[1], p[2], p[3], p[5]) for p in desk.problems()] == [(*place, "unexplained-difference")]


def test_holders_are_those_of_the_certificates(desk):
    """Of the same day, town by town; another day is another basis."""
    desk.write(HOLDERS, "乡镇,残疾类别,等级,人数,统计日期,来源文件\n甲镇,肢体,一级,300,2025-12-31,ledger\n乙镇,肢体,一级,101,2025-12-31,ledger\n")
    desk.write("certificates/2025/sources.toml", FILES["digital/2025/sources.toml"])
    assert desk.problems() == [("error", CARDS, 3, "持证人数", "100", "unexplained-difference")]
    desk.write(CARDS, FILES[CARDS].replace("2025-12-31", "2025-06-30"))
    assert desk.problems() == []
    assert sorted(str(c.verdict) for c in desk.book().comparisons if c.identity == "certificates-cards") == ["balanced", "different-basis"]


def before(desk: Desk, third: str) -> None:
    desk.write(CARDS.replace("2025", "2024"), FILES[CARDS].replace("2025", "2024").replace("300,240", f"300,{third}"))
    desk.write("digital/2024/sources.toml", FILES["digital/2025/sources.toml"])


@pytest.mark.parametrize(
    ("third", "said"),
    [("160", "比上一年的 50.0% 高。"), ("280", "比上一年的 80.0% 低。"), ("240", "和上一年相同。"), ("未公布", "上一年的数没有公布，不能比较。")],
)
def test_higher_lower_equal_and_unknown(desk, third, said):
    before(desk, third)
    assert f"持第三代残疾人证的有 280 人，占持证人的 70.0%。{said}" in told(desk)


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("0,0", "0,0", "没有人持残疾人证，算不出第三代证的比例。"), ("300,未公布", "100,40", "第三代残疾人证的人数没有公布全。"),
        ("300,2", "100,1", "第三代残疾人证的人数，为保护个人信息不公开。"),
    ],
)  # fmt: skip
def test_nothing_unknown_and_hidden(desk, first, second, said):
    desk.write(CARDS, FILES[CARDS].replace("300,240", first).replace("100,40", second))
    assert said in told(desk)


def test_matters_in_their_branches(desk):
    assert "办理 150 个，网上办的占 50.0%。" in told(desk) and "2 个事项里，只跑一次的占 50.0%。" in told(desk)
    desk.write(SERVICES, FILES[SERVICES].replace("100,60", "0,0").replace("50,15", "0,0"))
    assert "没有办理一件事。" in told(desk)
    desk.write(SERVICES, FILES[SERVICES].replace("100,60", "未公布,60"))
    assert "网上办了多少事，没有公布。" in told(desk)
    desk.remove(SERVICES)
    desk.change(CARDS, "300,240", "300,241")
    assert "网上办了多少事，没有公布。" in told(desk)
    desk.remove(CARDS)
    desk.write(SERVICES, FILES[SERVICES])
    assert "第三代残疾人证换了多少，没有公布。" in told(desk)


def test_few_holders_are_hidden_at_the_threshold(desk):
    for number, known in (("4", False), ("5", True)):
        desk.write(CARDS, FILES[CARDS].replace("100,40", f"100,{number}"))
        assert desk.site().facts["digital/2025/cards/乙镇/third"].known is known


def test_no_column_is_a_persons_own():
    assert privacy.unfounded(schema.load("digital")) == []
