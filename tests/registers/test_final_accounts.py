"""Final accounts: each item against its budget, and the reason for what came out otherwise."""

from fractions import Fraction

import pytest

from scripts.cells import State
from scripts.facts import Fact, Unit
from scripts.registers.final_accounts.facts import needs_reason
from tests.small_publisher import LINES, desk

FINAL = "final_accounts/2025/支出决算表.csv"
NARRATIVE = "final_accounts/2025/说明-逐项预决算.csv"
HEADER = "项目/支出功能分类科目编码/类,项目/支出功能分类科目编码/款,项目/支出功能分类科目编码/项,项目/科目名称,本年支出合计,基本支出,项目支出,上缴上级支出,经营支出,对附属单位补助支出\n"
SAID = "序,类,款,项,预算口径(原文),预算数(万元),决算数(万元),完成%(原文),完成%(重算),比较(原文),主要用于(原文),主要原因(原文)\n"


def final(found, administration="96.00", care="58.00") -> None:
    total = f"{float(administration) + float(care):.2f}"
    rows = [f",,,合计,{total},{administration},{care},,,", f"208,,,社会保障和就业支出,{total},{administration},{care},,,",
            f"208,11,,残疾人事业,{total},{administration},{care},,,", f"208,11,01,行政运行,{administration},{administration},,,,",
            f"208,11,04,残疾人康复,{care},,{care},,,"]  # fmt: skip
    found.write(FINAL, HEADER + "\n".join(rows) + "\n")
    found.write(
        "final_accounts/2025/sources.toml",
        '[tables."支出决算表.csv"]\nunit = "万元"\n[documents.narrative]\ntitle = "决算说明"\n',
    )


@pytest.fixture
def found(tmp_path):
    made = desk(tmp_path, "execution")
    final(made)
    return made


def values(facts, *names: str) -> tuple:
    return tuple(
        f if f is None else f.value if f.known else f.state
        for f in (facts.get(f"final_accounts/2025/{name}") for name in names)
    )


def kinds(found) -> list[tuple]:
    return [(p[0], p[1], p[2], p[4], p[5]) for p in found.problems() if not p[5].startswith("official-")]


def test_an_item_is_measured_by_its_adjusted_budget(found):
    facts = found.book().facts
    assert values(facts, "spent", "item/2081101/rate", "item/2081104/rate", "item/2081104/off") == (
        154_000_000,
        Fraction(24, 25),
        Fraction(29, 30),
        -2_000_000,
    )
    assert facts["final_accounts/2025/item/2081104/rate"].inputs[1] == "execution/2025/2081104/adjusted@2025-12-31"


def test_december_is_what_the_final_accounts_say(found):
    agreed = [(str(c.verdict), c.difference) for c in found.book().comparisons if c.identity == "execution-final"]
    assert agreed == [("balanced", 0), ("balanced", 0)]
    final(found, care="57.00")
    assert ("error", LINES, 5, "580000.00", "unexplained-difference") in kinds(found) or [
        k for *_, k in kinds(found)
    ] == ["unexplained-difference"]


def test_without_any_budget_nothing_is_measured(tmp_path):
    made = desk(tmp_path, "organisation")
    final(made)
    assert values(made.book().facts, "spent", "item/2081101/rate") == (154_000_000, None)
    assert kinds(made) == []


def test_an_item_far_from_its_budget_needs_a_reason(tmp_path):
    made = desk(tmp_path, "organisation")
    final(made)
    made.write(
        NARRATIVE,
        SAID
        + "1,社会保障和就业支出,残疾人事业,行政运行,年初预算,100.00,96.00,96.00,96.00,小于,办公,\n2,社会保障和就业支出,残疾人事业,残疾人康复,年初预算,80.00,58.00,72.50,72.50,小于,康复,\n",
    )
    assert [k for k in kinds(made) if k[4] == "reason-not-given"] == [
        ("warning", FINAL, 6, "2081104", "reason-not-given")
    ]
    made.write(NARRATIVE, made.text(NARRATIVE).replace("康复,\n", "康复,两家机构停办\n"))
    assert [k for k in kinds(made) if k[4] == "reason-not-given"] == []
    page = made.pages()["final-accounts/2025/"].blocks["reasons.html"]
    assert "两家机构停办" in page and "72.5%" in page


def test_the_reasons_of_execution_speak_for_the_accounts(found):
    found.change(LINES, "2025-12-31,960000.00,,", "2025-12-31,800000.00,两个岗位空缺,")
    final(found, administration="80.00")
    assert kinds(found) == []
    assert "两个岗位空缺" in found.pages()["final-accounts/2025/"].blocks["reasons.html"]


def fact(value) -> Fact:
    known = not isinstance(value, State)
    return Fact("k", "甲", value if known else None, Unit.FEN, State.KNOWN if known else value)


@pytest.mark.parametrize(
    ("final_", "base", "approved", "needs"),
    [
        (90, 100, 100, False), (110, 100, 100, False), (89, 100, 100, True), (111, 100, 100, True), (100, 100, 0, True), (0, 0, 0, False), (1, 0, 0, True),
        (100, 100, None, False), (100, 100, State.BLANK, False),
    ],
)  # fmt: skip
def test_a_tenth_is_the_measure_and_a_base_of_nothing_needs_a_reason(final_, base, approved, needs):
    found = needs_reason(fact(final_), fact(base), None if approved is None else fact(approved), Fraction(1, 10))
    assert found is needs


def test_what_was_published_beside_the_tables_is_shown(found):
    found.write(
        "final_accounts/2025/other_matters.csv",
        "事项,分项,金额(元),数量,说明,来源文件\n政府采购,货物,92300.00,,办公设备,narrative\n国有资产,公务用车,,2,,narrative\n",
    )
    found.write(
        "final_accounts/2025/three_public_reasons.csv",
        "项目,数量说明,原因,来源文件\n公务接待费,9 批次,少接待,narrative\n公车,x,,narrative\n",
    )
    wrong = [p[1:] for p in found.problems() if p[0] == "error"]
    assert wrong == [
        ("final_accounts/2025/three_public_reasons.csv", 3, "原因", "", "required"),
        ("final_accounts/2025/three_public_reasons.csv", 3, "项目", "公车", "not-in-list"),
    ]
    found.change("final_accounts/2025/three_public_reasons.csv", "公车,x,,narrative\n", "")
    other = found.pages()["final-accounts/2025/"].blocks["other.html"]
    assert "9.23" in other and ">2</data>" in other


def test_a_year_of_which_only_dates_were_published_says_what_is_missing(tmp_path):
    made = desk(tmp_path, "organisation")
    made.write("final_accounts/2025/sources.toml", '[documents.a]\ntitle = "批复"\n')
    made.write("final_accounts/2025/disclosure.csv", "事项,批复日期,公开日期,来源文件\n部门决算,2026-02-20,,a\n")
    pages = made.pages()
    year = pages["final-accounts/2025/"].markdown
    assert "2025 年</time>决算的合计没有公布" in year and "支出决算表》" in year and "已逾期未公开（" in year
    assert "已逾期未公开（" in pages[""].blocks["late.html"]
