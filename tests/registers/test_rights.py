"""Rights and openness: what was received, closed and in time; requests and their yearly report; acceptance of adapted homes."""

import csv
from fractions import Fraction

import pytest

from scripts import privacy, schema
from scripts.cells import State
from scripts.pages.render import text_of
from tests.real_sets import FOLDER
from tests.small_publisher import Desk

AID, HOTLINE, REQUESTS, PLACES, HOMES = (f"rights/2025/{name}.csv" for name in ("legal_aid", "hotline", "requests", "accessibility", "homes"))
FILES = {
    "publisher.toml": 'name = "演示县残疾人联合会"\nas_of = 2026-03-31\n',
    AID: "季度,事项,受理,办结,按时办结,统计日期,公开日期,来源文件\n"
    "2025-1,法律咨询,40,38,36,2025-03-31,2025-04-18,ledger\n2025-1,法律援助,12,12,9,2025-03-31,2025-04-18,ledger\n",
    HOTLINE: "季度,热线,来电,接听,转办,按时办结,统计日期,公开日期,来源文件\n2025-1,残疾人服务热线,200,190,30,29,2025-03-31,2025-04-18,ledger\n",
    REQUESTS: "申请方式,收到,答复,按时答复,全部或部分公开,统计日期,年度报告公开日期,来源文件\n"
    "网上,20,20,15,18,2025-12-31,2026-01-22,ledger\n当面,10,10,10,9,2025-12-31,2026-01-22,ledger\n",
    PLACES: "地方,层级,创建状态,验收日期,验收单位,公开日期,来源文件\n"
    "城关镇,乡镇,通过验收,2025-06-10,市残联,2025-06-25,ledger\n东河镇,乡镇,正在创建,,,不适用,ledger\n",
    HOMES: "地区,方式,参与方,改造户数,验收户数,不合格户数,户均投入(元),统计日期,来源文件\n城关镇,入户抽查,镇残联,40,10,0,3500.00,2025-12-31,ledger\n",
    "rights/2025/sources.toml": '[documents.ledger]\ntitle = "台账"\n',
}  # fmt: skip


@pytest.fixture
def desk(tmp_path) -> Desk:
    found = Desk(tmp_path)
    for path, text in FILES.items():
        found.write(path, text)
    return found


def told(desk: Desk, year: int = 2025) -> str:
    return text_of(desk.pages()[f"rights/{year}/"].markdown)


def test_measures(desk):
    facts = desk.book().facts
    names = ("received", "closed", "closed-in-time", "by-matter@法律援助", "calls", "answered", "requested", "replied-in-time", "places", "places-done", "checked-homes@城关镇")
    assert [facts[f"rights/2025/{name}"].value for name in names] == [
        52, 50, Fraction(9, 10), 12, 200, Fraction(19, 20), 30, Fraction(5, 6), 2, 1, Fraction(1, 4),
    ]  # fmt: skip
    assert desk.problems() == []


@pytest.mark.parametrize(
    ("path", "old", "new", "place"),
    [
        (AID, "法律咨询,40,38,36", "法律咨询,37,38,36", (AID, 2, "办结")),
        (AID, "法律援助,12,12,9", "法律援助,12,12,13", (AID, 3, "按时办结")),
        (HOTLINE, "200,190,30,29", "189,190,30,29", (HOTLINE, 2, "接听")),
        (HOTLINE, "200,190,30,29", "200,190,191,29", (HOTLINE, 2, "转办")),
        (HOTLINE, "200,190,30,29", "200,190,30,31", (HOTLINE, 2, "按时办结")),
        (REQUESTS, "当面,10,10,10,9", "当面,9,10,10,9", (REQUESTS, 3, "答复")),
        (REQUESTS, "当面,10,10,10,9", "当面,10,10,11,9", (REQUESTS, 3, "按时答复")),
        (REQUESTS, "当面,10,10,10,9", "当面,10,10,10,11", (REQUESTS, 3, "全部或部分公开")),
        (HOMES, "40,10,0", "9,10,0", (HOMES, 2, "验收户数")),
        (HOMES, "40,10,0", "40,10,11", (HOMES, 2, "不合格户数")),
    ],
)
def test_a_part_that_is_more_than_its_whole_is_told_at_its_cell(desk, path, old, new, place):
    desk.change(path, old, new)
    assert [(p[1], p[2], p[3], p[5]) for p in desk.problems()] == [(*place, "unexplained-difference")]


@pytest.mark.parametrize(
    ("published", "standing"), [("2026-01-31", "on-time"), ("2026-02-01", "late"), ("", "overdue")]
)
def test_the_yearly_report_is_due_by_the_end_of_january(desk, published, standing):
    desk.write(REQUESTS, desk.text(REQUESTS).replace("2026-01-22", published))
    assert [str(d.standing) for d in desk.site().duties if d.rule == "information-report"] == [standing]


def test_what_was_accepted_is_published_in_time_and_what_was_not_has_no_limit(desk):
    found = [(d.title, str(d.standing)) for d in desk.site().duties if d.rule == "formation"]
    assert found == [("无障碍创建验收结果 城关镇", "on-time")]


# ---- sentences


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("", "", "受理法律援助和维权 52 个，办结 50 个。办结的里，按时的占 90.0%。"),
        ("38,36,", "38,38,", "办结的里，按时的占 94.0%。"),
        ("12,12,9", "12,12,未公布", "受理法律援助和维权 52 个，办结 50 个。\n"),
        ("12,12,9", "未公布,12,9", "受理的件数没有公布全。"),
    ],
)
def test_legal_aid_in_its_branches(desk, old, new, said):
    if old:
        desk.change(AID, old, new)
    assert said in told(desk)


def test_all_in_time_none_and_hidden(desk):
    desk.write(AID, FILES[AID].replace("38,36,", "38,38,").replace("12,12,9", "12,12,12"))
    assert "办结的都按时。" in told(desk)
    desk.write(AID, FILES[AID].replace("40,38,36", "0,0,0").replace("12,12,9", "0,0,0"))
    assert "没有受理法律援助和维权的事。" in told(desk)
    desk.write(AID, FILES[AID].replace("40,38,36", "0,0,0").replace("12,12,9", "2,0,0"))
    assert "受理的件数，为保护个人信息不公开。" in told(desk)
    desk.remove(AID)
    assert "法律援助和维权的数没有公布。" in told(desk)


def before(desk: Desk, calls: str) -> None:
    desk.write(HOTLINE.replace("2025", "2024"), FILES[HOTLINE].replace("2025", "2024").replace("200,190,", calls))
    desk.write("rights/2024/sources.toml", FILES["rights/2025/sources.toml"])


@pytest.mark.parametrize(("calls", "said"), [("200,180,", "比上一年的 90.0% 高。"), ("200,200,", "比上一年的 100.0% 低。"), ("100,95,", "和上一年相同。"), ("未公布,95,", "接通的占 95.0%。\n")])
def test_calls_more_less_and_as_many(desk, calls, said):
    before(desk, calls)
    assert said in told(desk)


def test_calls_none_and_not_published(desk):
    desk.change(HOTLINE, "200,190,30,29", "200,未公布,30,29")
    assert "接通多少没有公布。" in told(desk)
    desk.write(HOTLINE, FILES[HOTLINE].replace("200,190,30,29", "0,0,0,0"))
    assert "热线没有人打进来。" in told(desk)
    desk.remove(HOTLINE)
    assert "热线的来电数没有公布。" in told(desk)


def test_requests_in_their_branches(desk):
    assert "收到信息公开申请 30 个，答复 30 个。按时答复的占 83.3%。" in told(desk)
    for new, said in (
        ("20,20,20,18", "都在期限内答复。"), ("未公布,20,15,18", "信息公开申请的数没有公布全。"),
    ):  # fmt: skip
        desk.write(REQUESTS, FILES[REQUESTS].replace("20,20,15,18", new))
        assert said in told(desk)
    nothing = FILES[REQUESTS].replace("20,20,15,18", "0,0,0,0").replace("10,10,10,9", "{}")
    desk.write(REQUESTS, nothing.format("0,0,0,0"))
    assert "没有收到信息公开申请。" in told(desk)
    desk.write(REQUESTS, nothing.format("3,0,0,0"))
    assert "信息公开申请的件数，为保护个人信息不公开。" in told(desk)
    desk.remove(REQUESTS)
    assert "信息公开申请的数没有公布。" in told(desk)


# ---- privacy and published tables


def test_small_counts_are_hidden_at_the_threshold(desk):
    for number, known in (("4", False), ("5", True)):
        desk.write(AID, FILES[AID].replace("12,12,9", f"{number},0,0"))
        assert desk.site().facts["rights/2025/legal_aid/2025-1+法律援助/received"].known is known


def test_no_column_is_a_persons_own():
    assert privacy.unfounded(schema.load("rights")) == []


def test_five_published_acceptances(desk):
    """Only one of five says how many of how many; one says that it sampled and not how many, so that it has no rate."""
    with (FOLDER / "accessibility-acceptance" / "raw" / "验收.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    desk.write(HOMES, FILES[HOMES].partition("\n")[0] + "\n" + "".join(
        f"{row['地区']},{row['方式(原文)']},{row['参与方(原文)']},{row['改造户数']},{row['验收(抽查)户数'] or '未公布'},{row['不合格数']},{row['户均投入(元)']},2025-12-31,ledger\n"
        for row in rows))  # fmt: skip
    assert desk.problems() == []
    facts = desk.site().facts
    rates = {row["地区"]: facts[f"rights/2025/checked-homes@{row['地区']}"] for row in rows}
    assert rates["淮北市相山区"].value == Fraction(68, 245) and rates["宜宾某县"].state is State.UNPUBLISHED
    stated = {row["地区"]: row["抽查率(推算%)"] for row in rows if row["抽查率(推算%)"]}
    assert {name: f"{float(rates[name].value) * 100:.2f}" for name in stated} == stated
    assert all(not fact.known for fact in facts.under("rights/2025/homes/") if fact.key.endswith("/failed"))
    desk.write(HOMES, desk.text(HOMES).replace("174,未公布,", "174,,"))
    assert [(p[2], p[3], p[5]) for p in desk.problems()] == [(6, "验收户数", "empty-amount")]
