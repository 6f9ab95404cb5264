"""Donations: in - out = balance, to the fen; donors are organisations or nobody, recipients are never named."""

import pytest

from tests.small_publisher import desk

TABLE, PAGE = "donations/2025/donations.csv", "donations/2025/"
HEAD = "编号,日期,捐赠方,类别,上年结余(元),本年收到(元),用途,本年使用(元),余额(元),公开日期,来源文件\n"
ROWS = "JZ-2024-01,2024-06-01,匿名,资金,300.00,0.00,助学,300.00,0.00,,ledger\nJZ-2025-01,2025-05-18,演示食品有限公司,物资,0.00,1000.00,助残日慰问,400.00,600.00,2025-06-03,ledger\n"


def desk_of(folder, rows=ROWS, before=""):
    found = desk(folder, "organisation")
    for year, told in ((2025, rows), (2024, before)):
        if told or year == 2025:
            found.write(TABLE.replace("2025", str(year)), HEAD + (told or "本表无数据\n"))
            found.write(f"donations/{year}/sources.toml", '[documents.ledger]\ntitle = "捐助台账"\n')
    return found


def said(found) -> str:
    return found.pages()[PAGE].markdown.partition("## ")[0]


def earlier(received: str, left: str = "0.00") -> str:
    return f"JZ-2024-01,2024-06-01,匿名,资金,0.00,{received},助学,{received if left == '0.00' else '0.00'},{left},,ledger\n"


def test_measures_to_the_fen(tmp_path):
    facts = desk_of(tmp_path).book().facts
    assert [facts[f"donations/2025/{name}"].value for name in ("received", "used", "left", "donations-count")] == [100_000, 70_000, 60_000, 2]


@pytest.mark.parametrize(("left", "kinds"), [("600.00", []), ("600.01", [(3, "余额(元)", "600.01")]), ("599.99", [(3, "余额(元)", "599.99")])])
def test_in_less_out_is_the_balance(tmp_path, left, kinds):
    found = desk_of(tmp_path)
    found.change(TABLE, "400.00,600.00", f"400.00,{left}")
    assert [(p[2], p[3], p[4]) for p in found.problems()] == kinds


def test_no_column_names_a_recipient():
    assert not any("受助" in name or "姓名" in name for name in HEAD.split(","))


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("", "2024 年</time>的数没有公布，不能比较。"), (earlier("900.00"), "多，<time"), (earlier("1200.00"), "少，<time"),
        (earlier("1000.00"), "相同。"), (earlier("0.00"), "2024 年</time>没有。"), (earlier("未公布"), "2024 年</time>的数没有公布，不能比较。"),
    ],
)  # fmt: skip
def test_beside_the_year_before(tmp_path, before, words):
    text = said(desk_of(tmp_path, before=before))
    assert words in text and "收到捐助 [1,000.00 元]" in text and "用了 [700.00 元]" in text and "还有 [600.00 元]" in text


def test_a_year_that_is_not_over_is_not_compared(tmp_path):
    found = desk_of(tmp_path, before=earlier("900.00"))
    found.write("publisher.toml", found.text("publisher.toml").replace("2026-03-31", "2025-12-30"))
    assert "还没有过完，不和" in said(found)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("", ["没有收到捐助。", "还没有用。"]), (ROWS.replace("1000.00,助残日慰问,400.00", "未公布,助残日慰问,未公布"), ["收到多少捐助没有全部公布。", "用了多少没有全部公布。"]),
        (ROWS.replace("400.00,600.00", "1000.00,0.00"), ["全部用完。"]), (ROWS.partition("\n")[2].replace("400.00,600.00", "0.00,1000.00"), ["还没有用。", "还有 [1,000.00 元]"]),
    ],
)  # fmt: skip
def test_every_branch_of_the_sentences(tmp_path, rows, words):
    text = said(desk_of(tmp_path, rows))
    assert [each for each in words if each not in text] == []
