"""Taking part in society: places of work against their quota, volunteers in times and hours, honours, facilities."""

from fractions import Fraction

import pytest

from scripts import privacy, schema
from scripts.facts import Unit
from scripts.pages.render import text_of
from tests.small_publisher import Desk

WORK, HELP, HONOURS, BUILT = (f"society/2025/{name}.csv" for name in ("employment", "volunteers", "honours", "facilities"))
FILES = {
    "publisher.toml": 'name = "演示县残疾人联合会"\nas_of = 2026-03-31\n',
    WORK: "单位类型,用人单位数,应安排,已安排,统计日期,公开日期,来源文件\n"
    "党政机关,20,30,24,2025-12-31,2026-01-20,ledger\n其他企业,40,50,56,2025-12-31,2026-01-20,ledger\n",
    HELP: "季度,组织数,志愿者人次,服务时长,统计日期,公开日期,来源文件\n"
    "2025-1,10,300,800,2025-03-31,2025-04-18,ledger\n2025-2,12,200,400,2025-06-30,2025-07-18,ledger\n",
    HONOURS: "名称,对象,表彰单位,数量,表彰日期,来源文件\n自强模范,个人,县政府,2,2025-05-15,ledger\n",
    BUILT: "名称,类型,面积,投资(元),状态,启用日期,统计日期,来源文件\n"
    "综合服务中心,综合服务,2600,6850000.00,在用,2018-05-20,2025-12-31,ledger\n康复站,康复,300,180000.00,在建,,2025-12-31,ledger\n",
    "society/2025/sources.toml": '[documents.ledger]\ntitle = "台账"\n',
}  # fmt: skip


@pytest.fixture
def desk(tmp_path) -> Desk:
    found = Desk(tmp_path)
    for path, text in FILES.items():
        found.write(path, text)
    return found


def told(desk: Desk) -> str:
    return text_of(desk.pages()["society/2025/"].markdown)


def test_measures_and_their_units(desk):
    facts = desk.book().facts
    expected = {
        "should": (80, Unit.PERSONS), "employed": (80, Unit.PERSONS), "employed-share": (Fraction(1), Unit.SHARE),
        "employed-by-kind@党政机关": (Fraction(4, 5), Unit.SHARE), "volunteer-groups": (12, Unit.ITEMS), "volunteer-times": (500, Unit.TIMES),
        "volunteer-hours": (1200, Unit.HOURS), "honoured": (2, Unit.ITEMS), "facilities-count": (2, Unit.PLACES), "facilities-open": (1, Unit.PLACES),
        "area": (2900, Unit.SQUARE_METRES), "invested": (703000000, Unit.FEN),
    }  # fmt: skip
    assert {name: (facts[f"society/2025/{name}"].value, facts[f"society/2025/{name}"].unit) for name in expected} == expected
    assert desk.problems() == []


def test_hours_and_areas_are_printed_with_their_units(desk):
    page = desk.pages()["society/2025/"]
    assert "志愿者服务 500 人次，一共 1,200 小时。" in text_of(page.markdown)
    assert "2,900" in page.blocks["figures.html"] and "平方米" in page.blocks["figures.html"]


def before(desk: Desk, employed: str) -> None:
    desk.write(WORK.replace("2025", "2024"), FILES[WORK].replace("2026", "2025").replace("2025-12", "2024-12").replace(",50,56,", f",50,{employed},"))
    desk.write("society/2024/sources.toml", FILES["society/2025/sources.toml"])


@pytest.mark.parametrize(
    ("employed", "said"),
    [("46", "比上一年的 70 人多。"), ("66", "比上一年的 90 人少。"), ("56", "和上一年相同。"), ("未公布", "上一年的人数没有公布全，不能比较。")],
)
def test_more_less_equal_and_unknown(desk, employed, said):
    before(desk, employed)
    assert f"单位安排残疾人就业 80 人，是应安排的 100.0%。{said}" in told(desk)


def test_a_hidden_year_is_compared_with_nothing(desk):
    before(desk, "0")
    path = WORK.replace("2025", "2024")
    desk.write(path, desk.text(path).replace(",30,24,", ",30,2,"))
    assert "上一年的人数为保护个人信息不公开，不能比较。" in told(desk)


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        (("0", "0"), "没有单位安排残疾人就业。"), (("3", "0"), "单位安排残疾人就业的人数，为保护个人信息不公开。"),
        (("未公布", "56"), "单位安排残疾人就业的人数没有公布全。"), (("24", "26"), "安排残疾人就业 50 人，是应安排的 62.5%。\n"),
    ],
)  # fmt: skip
def test_employment_in_its_branches(desk, numbers, said):
    desk.write(WORK, FILES[WORK].replace(",30,24,", f",30,{numbers[0]},").replace(",50,56,", f",50,{numbers[1]},"))
    assert said in told(desk)


def test_nobody_who_should_have_no_share(desk):
    desk.write(WORK, FILES[WORK].replace(",30,24,", ",0,24,").replace(",50,56,", ",0,56,"))
    assert "单位安排残疾人就业 80 人。" in told(desk)


def test_parts_that_are_not_there_are_said(desk):
    for path in (WORK, HELP, BUILT):
        desk.remove(path)
    page = told(desk)
    assert "单位安排了多少残疾人就业，没有公布。" in page and "志愿服务的数没有公布。" in page and "没有登记的设施。" in page


def test_no_help_at_all(desk):
    desk.write(HELP, FILES[HELP].replace("300,800", "0,0").replace("200,400", "0,0"))
    assert "没有志愿服务。" in told(desk)


def test_employed_persons_are_guarded_and_the_quota_is_not(desk):
    """Four of one kind are hidden, five are not; with them goes what would give them back."""
    for number, known in (("4", False), ("5", True)):
        desk.write(WORK, FILES[WORK].replace(",30,24,", f",30,{number},"))
        facts = desk.site().facts
        assert facts["society/2025/employment/党政机关/employed"].known is known
        assert facts["society/2025/employed-by-kind@党政机关"].known is known and facts["society/2025/employment/党政机关/should"].known


def test_no_column_is_a_persons_own():
    assert privacy.unfounded(schema.load("society")) == []
