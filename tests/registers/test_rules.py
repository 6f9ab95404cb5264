"""Rules by kind and risks by review; what was not reviewed is said, and a rule that a risk names must be there."""

import pytest

from tests.governing import desk, said

RULES = "编号,名称,类别,是否内控,文号,印发日期,生效日期,失效日期,状态,统计日期,公开日期,来源文件\n"
RISKS = "岗位,风险点,等级,防控措施,依据制度,复核情况,复核日期,来源文件\n"


def tables(year: int, states=("有效", "有效"), reviewed=("已复核", "已复核"), named="ZD-01") -> dict:
    rules = [f"ZD-0{n},办法{n},监管办法,否,演残发〔2021〕{n}号,2021-03-01,2021-04-01,,{state},{year}-12-31,2021-03-10,doc" for n, state in enumerate(states, 1)]
    risks = [f"岗位{n},付款,{level},两人验收,{named},{state},,doc" for n, (state, level) in enumerate(zip(reviewed, ("高", "低"), strict=True))]
    return {"rules": RULES + "\n".join(rules) + "\n", "risks": RISKS + "\n".join(risks) + "\n"}


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        (None, "上一年的数没有公布，不能比较。"), (("有效", "已失效"), "比上一年多，上一年是 1 个。"),
        (("有效", "有效"), "和上一年一样多。"), (("有效", "有效", "有效"), "比上一年少，上一年是 3 个。"),
    ],
)  # fmt: skip
def test_rules_in_force(tmp_path, before, sentence):
    years = ({2024: tables(2024, before)} if before else {}) | {2025: tables(2025)}
    assert f"有效的制度有 2 个，{sentence}" in said(desk(tmp_path, "rules", years), "rules/2025/")


def test_a_risk_that_nobody_reviewed_is_said(tmp_path):
    told = said(desk(tmp_path, "rules", {2025: tables(2025, reviewed=("□ 未复核", "已复核"))}), "rules/2025/")
    assert "列出廉政风险点 2 个，高风险的 1 个。" in told and "□ 未复核的有 1 个。" in told
    facts = desk(tmp_path, "rules", {2025: tables(2025)}).book().facts
    assert facts["rules/2025/reviewed-share"].value == 1 and facts["rules/2025/kinds@监管办法"].value == 2


def test_all_reviewed_and_none_listed(tmp_path):
    assert "每一个都复核过。" in said(desk(tmp_path, "rules", {2025: tables(2025)}), "rules/2025/")
    assert "没有列出廉政风险点。" in said(desk(tmp_path, "rules", {2025: tables(2025) | {"risks": RISKS + "本表无数据\n"}}), "rules/2025/")


def test_a_rule_that_is_not_there_is_a_problem(tmp_path):
    found = desk(tmp_path, "rules", {2025: tables(2025, named="ZD-777")}).problems()
    assert [(p[2], p[3], p[4]) for p in found if p[0] == "error"] == [(2, "依据制度", "ZD-777"), (3, "依据制度", "ZD-777")]


def test_a_risk_leads_to_its_rule_and_back(tmp_path):
    pages = desk(tmp_path, "rules", {2025: tables(2025)}).pages()
    assert "rules/index.html#L2" in pages["rules/2025/risks/"].blocks["table.html"] and "付款" in pages["rules/2025/rules/"].blocks["named.html"]
