"""Collective decisions: both checks before each, counted against the plan; each leads to its project and its line, and they lead back."""

import pytest

from scripts import commitments, mentions
from scripts.cells import State
from scripts.facts import Unit
from tests.small_publisher import desk

DECISIONS = "decisions/2025/decisions.csv"
HEADER = "编号,日期,事项,类别,决定方式,是否风险评估,是否合法性审查,涉及金额(元),科目编码,项目编码,公开日期,来源文件"
FIRST = "JC-2025-01,2025-01-14,康复机构的选取办法,重大决策,党组会议,是,是,600000.00,2081104,KF-01,2025-01-24,minutes"
SECOND = "JC-2025-02,2025-03-04,调整津贴标准,大额资金使用,执行理事会会议,否,是,80000.50,2081101,,2025-03-14,minutes"
SOURCES = '[documents.minutes]\ntitle = "会议决定登记簿"\n'


def kept(folder, *rows: str, before: tuple[str, ...] | None = None):
    """The small publisher with decisions of 2025; `before`: those of 2024, none where nothing was kept."""
    found = desk(folder)
    years = {2025: rows} | ({2024: before} if before is not None else {})
    for year, told in years.items():
        found.write(f"decisions/{year}/decisions.csv", "\n".join([HEADER, *(told or ["本表无数据" + "," * 11]), ""]))
        found.write(f"decisions/{year}/sources.toml", SOURCES)
    return found


def said(found) -> str:
    return found.pages()["decisions/2025/"].markdown


def test_money_and_shares_are_exact(tmp_path):
    facts = kept(tmp_path, FIRST, SECOND).book().facts
    told = {name: facts[f"decisions/2025/{name}"] for name in ("decisions-count", "amount", "risk-assessed", "legality-reviewed", "unassessed-count")}
    assert {name: (fact.value, fact.unit) for name, fact in told.items()} == {
        "decisions-count": (2, Unit.ITEMS), "amount": (68_000_050, Unit.FEN), "unassessed-count": (1, Unit.ITEMS),
        "risk-assessed": (0.5, Unit.SHARE), "legality-reviewed": (1, Unit.SHARE),
    }  # fmt: skip


def test_the_plan_asks_for_both_checks_of_all(tmp_path):
    found = kept(tmp_path, FIRST, SECOND)
    found.change("publisher.toml", "[contacts]", 'plan = "plan-1"\n[contacts]')
    site = found.site()
    year = site.inputs.get("decisions", 2025)
    assert {r.clause.id: str(r.verdict) for r in commitments.of_year(site.inputs, site.facts, year)} == {"M5.1": "unmet", "M5.2": "met"}


def test_a_decision_leads_to_its_project_and_its_line_and_both_lead_back(tmp_path):
    found = kept(tmp_path, FIRST, SECOND)
    pages = found.pages()
    table = pages["decisions/2025/decisions/"].blocks["table.html"]
    assert 'href="../../../projects/2025/kf-01/index.html"' in table
    assert 'href="../../../execution/2025/lines/index.html#L5"' in table  # the last report of the project's line
    assert 'href="../../../execution/2025/lines/index.html#L4"' in table  # a line without a project
    assert "康复机构的选取办法" in pages["projects/2025/kf-01/"].blocks["mentions.html"]
    assert "调整津贴标准" in pages["execution/2025/lines/"].blocks["named.html"]


def test_a_project_without_a_line_of_its_own_names_no_line(tmp_path):
    found = kept(tmp_path, FIRST.replace("2081104,KF-01", ",KF-01"))
    links = mentions.index(found.site().inputs)
    assert {column for _, column in links.to if _[0] == "decisions"} == {"project"}


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [("KF-01", "KF-09", "项目编码"), ("2081104,KF-01", "2081199,KF-01", "科目编码"), ("2081104,KF-01", "2081104,", "科目编码")],
)
def test_a_dangling_key_is_a_problem(tmp_path, old, new, column):
    problems = kept(tmp_path, FIRST.replace(old, new)).problems()
    assert ("foreign-key", column) in [(kind, told) for _, file, _, told, _, kind in problems if file == DECISIONS]


def test_a_decision_may_be_of_a_project_of_the_next_year(tmp_path):
    found = kept(tmp_path, FIRST, before=(FIRST.replace("2025", "2024"),))
    assert [p for p in found.problems() if p[0] == "error"] == []
    assert "JC-2024-01" in found.pages()["decisions/2024/decisions/"].blocks["table.html"]


def test_answers_are_yes_or_no_and_numbers_are_unique(tmp_path):
    rows = (FIRST.replace("是,是", "部分,"), SECOND.replace("-02", "-01"))
    assert [(row, column, kind) for _, _, row, column, _, kind in kept(tmp_path, *rows).problems()] == [
        (2, "是否合法性审查", "required"), (2, "是否风险评估", "not-in-list"), (3, "编号", "duplicate-key"),
    ]  # fmt: skip


def test_late_publication_is_told(tmp_path):
    site = kept(tmp_path, FIRST.replace("2025-01-24", "2025-04-24"), SECOND.replace("2025-03-14", "")).site()
    assert sorted(str(duty.standing) for duty in site.duties if duty.register == "decisions") == ["late", "overdue"]


# ---- sentences


@pytest.mark.parametrize(
    ("rows", "sentences"),
    [
        ((FIRST, SECOND), ["集体决定了 [2 个]", "涉及 [68.00 万元]", "没有做风险评估的 [1 个]", "没有做合法性审查的 [0 个]"]),
        ((FIRST,), ["集体决定了 [1 个]", "每个事项事前都做了风险评估和合法性审查。"]),
        ((FIRST.replace("600000.00", ""),), ["，都不涉及钱。"]),
        ((FIRST.replace("600000.00", "未公布"),), ["，涉及的金额没有公布。"]),
        ((), ["没有集体决定的事项。"]),
    ],
    ids=["one-missing", "both-done", "no-money", "unpublished", "nothing"],
)
def test_the_answer_in_every_branch(tmp_path, rows, sentences):
    text = said(kept(tmp_path, *rows))
    assert [each for each in sentences if each not in text] == []


@pytest.mark.parametrize(
    ("before", "sentence"),
    [(None, "上一年的没有公布，不能比较。"), ((), "上一年没有。"), ((FIRST.replace("2025", "2024"),), "和上一年一样多。"),
     ((FIRST.replace("2025", "2024"), SECOND.replace("2025", "2024")), "上一年是 [2 个]")],
    ids=["not-comparable", "nothing", "equal", "more"],
)  # fmt: skip
def test_the_year_before_in_every_branch(tmp_path, before, sentence):
    assert sentence in said(kept(tmp_path, FIRST, before=before))


def test_an_amount_that_was_not_published_leaves_the_count(tmp_path):
    facts = kept(tmp_path, FIRST.replace("600000.00", "未公布")).book().facts
    assert facts["decisions/2025/amount"].state is State.UNPUBLISHED and facts["decisions/2025/decisions-count"].value == 1
