"""Contracts and the catalogue: amounts by way of choosing, limits of funds and payments, the reason of a single source."""

from fractions import Fraction

import pytest

from tests.small_publisher import desk

CONTRACTS, CATALOGUE = "procurement/2025/contracts.csv", "procurement/2025/catalogue.csv"
HEAD = "合同编号,合同名称,项目编码,种类,目录服务,采购方式,单一来源理由,供应商,签订日期,合同金额(元),已支付(元),中小企业,公开日期,来源文件\n"
TRAINING = "HT-2025-01,训练服务,KF-01,政府购买服务,康复训练,公开招标,,演示康复中心,2025-03-03,590000.00,580000.00,是,2025-03-05,ledger\n"
REPAIR = "HT-2025-02,电脑维修,,服务,,询价,,演示电脑店,2025-04-01,10000.00,4000.00,否,2025-04-03,ledger\n"
PREFIX, PAGE = "procurement/2025/", "procurement/2025/"
SOURCES = '[documents.ledger]\ntitle = "合同台账"\n'


def desk_of(folder, rows=TRAINING + REPAIR, before=""):
    found = desk(folder, "projects")
    found.write(CONTRACTS, HEAD + (rows or "本表无数据\n"))
    found.write(CATALOGUE, "服务,对象,标准,承接条件,公开日期,来源文件\n康复训练,残疾儿童,每天一课,有资格,2025-01-15,ledger\n")
    found.write("procurement/2025/sources.toml", SOURCES)
    if before:
        found.write("procurement/2024/contracts.csv", HEAD + before)
        found.write("procurement/2024/sources.toml", SOURCES)
    return found


def said(found) -> str:
    return found.pages()[PAGE].markdown.partition("## ")[0]


def earlier(amount: str) -> str:
    return REPAIR.replace("2025", "2024").replace("10000.00", amount).replace("4000.00", "0.00")


def test_amounts_shares_and_ways(tmp_path):
    facts = desk_of(tmp_path).book().facts
    assert [facts[PREFIX + name].value for name in ("amount", "paid", "contracts-count")] == [60_000_000, 58_400_000, 2]
    assert [facts[PREFIX + name].value for name in ("paid-share", "small-share", "method/公开招标/share", "method/询价/share")] == [
        Fraction(584, 600), Fraction(59, 60), Fraction(59, 60), Fraction(1, 60),
    ]  # fmt: skip


def test_what_is_sound_has_no_problem(tmp_path):
    found = desk_of(tmp_path)
    assert found.problems() == []
    assert {(c.identity, str(c.verdict)) for c in found.book().comparisons if c.register == "procurement"} == {
        (name, "balanced") for name in ("procurement-paid", "procurement-funds", "procurement-payments")
    }


@pytest.mark.parametrize(
    ("amount", "paid", "identities"),
    [
        ("600000.00", "580000.00", []), ("600000.01", "580000.00", ["procurement-funds"]),
        ("580000.00", "580000.00", []), ("579999.99", "580000.00", ["procurement-paid"]),
        ("590000.00", "580000.01", ["procurement-payments"]),
    ],
)  # fmt: skip
def test_limits_to_the_fen(tmp_path, amount, paid, identities):
    """Paid is no more than the contract, contracts no more than the funds, paid no more than the project's payments."""
    found = desk_of(tmp_path)
    found.change(CONTRACTS, "590000.00,580000.00", f"{amount},{paid}")
    assert [p for p in found.problems() if p[5] != "unexplained-difference"] == []
    assert [(p[1], p[2]) for p in found.problems()] == [(CONTRACTS, 2)] * len(identities)
    assert [c.identity for c in found.book().comparisons if str(c.verdict) == "unbalanced"] == identities


def test_a_supplier_that_the_project_never_paid(tmp_path):
    found = desk_of(tmp_path)
    found.change(CONTRACTS, "演示康复中心", "演示康复园")
    assert [(p[0], p[2], p[4], p[5]) for p in found.problems()] == [("error", 2, "580000.00", "unexplained-difference")]


def test_keys_that_lead_nowhere(tmp_path):
    found = desk_of(tmp_path)
    found.change(CONTRACTS, ",KF-01,", ",KF-09,")
    found.change(CONTRACTS, "政府购买服务,康复训练", "政府购买服务,康复课")
    assert {(p[2], p[3], p[4], p[5]) for p in found.problems()} == {
        (2, "项目编码", "KF-09", "foreign-key"), (2, "目录服务", "康复课", "foreign-key"),
    }  # fmt: skip


@pytest.mark.parametrize(("reason", "kinds"), [("", ["single-source-reason"]), ("只有一家", [])])
def test_a_single_source_has_a_reason(tmp_path, reason, kinds):
    found = desk_of(tmp_path)
    found.change(CONTRACTS, ",询价,,", f",单一来源,{reason},")
    assert [p[5] for p in found.problems()] == kinds
    if not kinds:
        assert "只找一家的有“电脑维修”" in said(found).replace('<span data-text>', "").replace("</span>", "")


def test_published_within_two_working_days(tmp_path):
    found = desk_of(tmp_path)
    found.change(CONTRACTS, ",2025-04-03,", ",2025-04-07,")
    site = found.site()
    assert [(str(d.standing), d.judged.days) for d in site.duties if d.register == "procurement"] == [("late", 1), ("on-time", 0)]


def test_a_project_and_its_contract_link_both_ways(tmp_path):
    pages = desk_of(tmp_path).pages()
    assert "训练服务" in pages["projects/2025/kf-01/"].blocks["mentions.html"]
    assert "projects/2025/kf-01/" in pages["procurement/2025/contracts/"].blocks["table.html"]


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("", "2024 年</time>的数没有公布，不能比较。"),
        (earlier("500000.00"), "多，<time"), (earlier("700000.00"), "少，<time"), (earlier("600000.00"), "相同。"),
        (earlier("0.00"), "2024 年</time>没有。"), (earlier("未公布"), "2024 年</time>的数没有公布，不能比较。"),
    ],
)  # fmt: skip
def test_beside_the_year_before(tmp_path, before, words):
    text = said(desk_of(tmp_path, before=before))
    assert words in text and "签了 [2 个]" in text and "一共 [60.00 万元]" in text


def test_a_year_that_is_not_over_is_not_compared(tmp_path):
    found = desk_of(tmp_path, before=earlier("500000.00"))
    found.write("publisher.toml", found.text("publisher.toml").replace("2026-03-31", "2025-12-30"))
    assert "还没有过完，不和" in said(found)


def test_no_contracts_and_amounts_not_published(tmp_path):
    assert "没有签采购合同。" in said(desk_of(tmp_path / "none", ""))
    found = desk_of(tmp_path / "unknown")
    found.change(CONTRACTS, "10000.00,4000.00", "未公布,未公布")
    text = said(found)
    assert "合同金额没有全部公布。" in text and "付了多少没有全部公布。" in text and "用得最多的是" not in text
    assert "公布的里面" in found.pages()[PAGE].blocks["methods.html"]


def test_paid_and_the_ways_in_words(tmp_path):
    text = said(desk_of(tmp_path))
    assert "已经付了 [58.40 万元]" in text and "[97.3%]" in text and "公开招标" in text and "没有只找一家的合同。" in text
