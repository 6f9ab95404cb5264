"""Institutions that serve: the share inspected, problems with their numbers, what projects paid them, small counts."""

from fractions import Fraction

import pytest

from scripts import privacy, schema
from scripts.pages.render import text_of
from tests.small_publisher import PAYMENTS, Desk
from tests.small_publisher import desk as small_desk

ROLL, VISITS = "institutions/2025/institutions.csv", "institutions/2025/inspections.csv"
ROWS = (
    "JG-01,演示康复中心,康复,登记证,60,48,{paid},2025-12-31,2026-01-20,roll",
    "JG-02,演示托养所,托养,登记证,30,25,0.00,2025-12-31,2026-01-20,roll",
    "JG-03,演示日间站,日间照料,登记证,20,12,0.00,2025-12-31,2026-01-20,roll",
    "JG-04,演示培训站,就业培训,登记证,20,20,0.00,2025-12-31,2026-01-20,roll",
)
FOUND = (
    "JG-01,2025-05-20,安全,县残联,符合,,2025-06-05,roll", "JG-01,2025-05-20,资金,县残联,符合,,2025-06-05,roll",
    "JG-02,2025-05-21,安全,县残联,有问题,WT-2025-01,2025-06-05,roll", "JG-03,2025-05-22,档案,县残联,符合,,2025-06-05,roll",
)  # fmt: skip
ROLL_HEAD = "机构编号,机构名称,类型,资质,能力,服务人数,资金(元),统计日期,公开日期,来源文件"
VISITS_HEAD = "机构编号,检查日期,检查内容,检查单位,结果,问题编号,公开日期,来源文件"


def lines(head: str, rows) -> str:
    return "\n".join((head, *rows)) + "\n"


@pytest.fixture
def desk(tmp_path) -> Desk:
    """Beside the projects, whose payments name one of the institutions."""
    found = small_desk(tmp_path)
    paid = sum(Fraction(row.split(",")[3]) for row in found.text(PAYMENTS).splitlines()[1:] if ",演示康复中心," in row)
    assert paid
    found.write(ROLL, lines(ROLL_HEAD, ROWS).replace("{paid}", f"{float(paid):.2f}"))
    found.write(VISITS, lines(VISITS_HEAD, FOUND))
    found.write("institutions/2025/sources.toml", '[documents.roll]\ntitle = "名册"\n')
    findings(found, "WT-2025-01")
    return found


def findings(desk: Desk, *numbers: str) -> None:
    """What inspections found, as the ledger of findings keeps it."""
    head = "问题编号,来源,来源编号,项目编码,类别,问题,金额(元),责任单位,提出日期,整改期限,公开日期,来源文件"
    row = "{},审计,SJ-2025-1,,质量,灭火器过期,0.00,演示托养所,2025-05-21,2025-12-31,2025-06-05,roll"
    desk.write("rectifications/2025/findings.csv", lines(head, [row.format(number) for number in numbers]))
    desk.write("rectifications/2025/actions.csv", "问题编号,序号,日期,状态,整改到位金额(元),未到位金额(元),措施,证据文件,证据日期,证据sha256,来源文件\n本表无数据,,,,,,,,,,\n")
    desk.write("rectifications/2025/sources.toml", '[documents.roll]\ntitle = "名册"\n')


def last_year(desk: Desk, seen: int) -> None:
    """The year before, with so many of four inspected and nothing found."""
    desk.write(ROLL.replace("2025", "2024"), lines(ROLL_HEAD, ROWS).replace("{paid}", "0.00").replace("2025", "2024").replace("2026", "2025"))
    rows = [f"JG-{n:02},2024-05-20,安全,县残联,符合,,2024-06-05,roll" for n in range(1, seen + 1)]
    desk.write(VISITS.replace("2025", "2024"), lines(VISITS_HEAD, rows or ["本表无数据"]))
    desk.write("institutions/2024/sources.toml", '[documents.roll]\ntitle = "名册"\n')


def told(desk: Desk, year: int = 2025) -> str:
    return text_of(desk.pages()[f"institutions/{year}/"].markdown)


def test_an_institution_is_counted_once_however_often_it_was_inspected(desk):
    facts = desk.book().facts
    names = ("all", "inspected", "faulty", "sound", "uninspected", "inspected-share", "inspections-count", "served")
    assert [facts[f"institutions/2025/{name}"].value for name in names] == [4, 3, 1, 2, 1, Fraction(3, 4), 4, 105]
    assert [origin.row for origin in facts["institutions/2025/faulty"].rows] == [3]


def test_what_projects_paid_is_what_the_institution_got(desk):
    assert desk.problems() == []
    text = desk.text(ROLL)
    desk.write(ROLL, text.replace("JG-02,演示托养所,托养,登记证,30,25,0.00", "JG-02,演示托养所,托养,登记证,30,25,0.01"))
    assert desk.problems() == [("error", ROLL, 3, "资金(元)", "0.01", "unexplained-difference")]


def test_payments_after_the_day_of_the_row_are_not_counted(desk):
    desk.write(ROLL, desk.text(ROLL).replace("2025-12-31", "2025-01-01"))
    assert ("error", ROLL, 2, "资金(元)", "unexplained-difference") in [(p[0], p[1], p[2], p[3], p[5]) for p in desk.problems()]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("有问题,WT-2025-01", "有问题,", ("error", VISITS, 4, "问题编号", "", "problem-without-finding")),
        ("JG-03,2025-05-22,档案,县残联,符合,", "JG-03,2025-05-22,档案,县残联,符合,WT-2025-02", ("error", VISITS, 5, "问题编号", "WT-2025-02", "finding-without-problem")),
        ("WT-2025-01", "2025-01", ("error", VISITS, 4, "问题编号", "2025-01", "wrong-code")),
    ],
)
def test_a_problem_has_its_number_and_only_a_problem_has_one(desk, old, new, problem):
    findings(desk, "WT-2025-01", "WT-2025-02")
    desk.change(VISITS, old, new)
    assert desk.problems() == [problem]


def test_an_inspection_of_nobody_leads_nowhere(desk):
    desk.change(VISITS, "JG-03,", "JG-09,")
    assert [(p[1], p[2], p[3], p[4]) for p in desk.problems()] == [(VISITS, 5, "机构编号", "JG-09")]


def test_an_inspection_leads_to_its_institution_and_back(desk):
    pages = desk.pages()
    assert 'institutions/2025/institutions/index.html#L2"' in pages["institutions/2025/inspections/"].blocks["table.html"]
    assert "inspections/index.html#L2" in pages["institutions/2025/institutions/"].blocks["named.html"]


@pytest.mark.parametrize(
    ("seen", "said"),
    [(2, "检查的比例比上一年提高 25.0 个百分点。"), (4, "检查的比例比上一年降低 25.0 个百分点。"), (3, "检查的比例和上一年相同。")],
)
def test_more_less_and_as_many_as_the_year_before(desk, seen, said):
    last_year(desk, seen)
    assert f"检查过的占 75.0%。{said}" in told(desk)


def test_a_first_year_is_compared_with_nothing(desk):
    assert "登记的服务机构有 4 个，检查过的占 75.0%。" in told(desk) and "上一年" not in told(desk)
    assert "查出问题的有 1 个。没有检查的好不好，不知道。" in told(desk)


def test_a_year_of_no_inspection_says_so(desk):
    last_year(desk, 0)
    assert "登记的服务机构有 4 个，一个也没有检查。" in told(desk, 2024) and "发现问题" not in told(desk, 2024).partition("## ")[0]
    assert "一个也没有检查" in desk.pages()["institutions/2024/"].blocks["inspected.html"]


def test_all_inspected_and_nothing_found(desk):
    last_year(desk, 4)
    assert "都检查过。" in told(desk, 2024) and "查到的没有发现问题。" in told(desk, 2024)
    assert "都检查过，没有发现问题" in desk.pages()["institutions/2024/"].blocks["inspected.html"]


def test_all_inspected_and_something_found(desk):
    desk.add(VISITS, "JG-04,2025-05-22,档案,县残联,符合,,2025-06-05,roll")
    chart = desk.pages()["institutions/2025/"].blocks["inspected.html"]
    assert "都检查过，" in chart and "查出问题" in chart and "不知道" not in told(desk)


def test_no_institution_at_all(desk):
    desk.remove(VISITS)
    desk.keep_header(ROLL)
    assert "2025 年没有登记的服务机构。" in told(desk).replace("2025 年 ", "2025 年")
    assert "figures.html" not in desk.pages()["institutions/2025/"].blocks


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (("48", "25", "12", "20"), "各机构服务的人相加是 105 人，在两个机构的算两次。"),
        (("48", "25", "12", "未公布"), "服务的人数没有公布全。"),
        (("0", "0", "0", "0"), "各机构都没有服务到人。"),
        (("1", "1", "0", "1"), "服务的人数，为保护个人信息不公开。"),
    ],
)
def test_the_served_in_every_branch(desk, counts, said):
    desk.write(PAYMENTS, desk.text(PAYMENTS).replace(",演示康复中心,", ",演示别的中心,"))
    changed = []
    for row, count in zip(ROWS, counts, strict=True):
        cells = row.replace("{paid}", "0.00").split(",")
        changed.append(",".join([*cells[:5], count, *cells[6:]]))
    desk.write(ROLL, lines(ROLL_HEAD, changed))
    assert said in told(desk)


def test_a_few_served_are_hidden_with_what_they_cost(desk):
    """Two persons: neither their number nor what was paid for them; the institution itself is named."""
    desk.write(ROLL, desk.text(ROLL).replace("JG-03,演示日间站,日间照料,登记证,20,12,0.00", "JG-03,演示日间站,日间照料,登记证,20,2,0.00"))
    facts = desk.site().facts
    assert not facts["institutions/2025/institutions/JG-03/served"].known
    assert "演示日间站" in desk.pages()["institutions/2025/"].blocks["institutions-list.html"]
    told_schema = schema.load("institutions").table("institutions")
    assert told_schema.people.amounts == ("paid",) and [f.id for f in told_schema.people_fields] == ["served"]


def test_results_have_their_limit(desk):
    desk.change(VISITS, "JG-03,2025-05-22,档案,县残联,符合,,2025-06-05", "JG-03,2025-05-22,档案,县残联,符合,,2025-06-23")
    found = [str(duty.standing) for duty in desk.site().duties if duty.register == "institutions"]
    assert sorted(found) == ["late", "on-time", "on-time"]  # 22 May and twenty working days, with a holiday: 20 June


def test_no_column_is_a_persons_own():
    assert privacy.unfounded(schema.load("institutions")) == []
