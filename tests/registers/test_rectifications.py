"""Findings: no state without its step before, none rectified without proof, money adds up after every step, late is marked."""

import re

import pytest

from scripts import site as builder
from scripts.cells import State
from scripts.registers.rectifications.states import AFTER, STATES
from tests.small_publisher import Desk, desk

FINDINGS, ACTIONS = "rectifications/2025/findings.csv", "rectifications/2025/actions.csv"
HEADER = "问题编号,来源,来源编号,项目编码,类别,问题,金额(元),责任单位,提出日期,整改期限,公开日期,来源文件"
STEPS = "问题编号,序号,日期,状态,整改到位金额(元),未到位金额(元),措施,证据文件,证据日期,证据sha256,来源文件"
SHA = "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea"
WORDS = dict(zip(STATES, ("未整改", "正在整改", "已整改", "重新打开"), strict=True))


def finding(number: int = 1, amount: str = "1000.00", due: str = "2025-12-31", source: str = "审计,演审〔2025〕1号") -> str:
    return f"WT-2025-{number:02},{source},KF-01,资金,问题之{number},{amount},演示县残疾人综合服务中心,2025-03-03,{due},2025-03-14,report"


def step(no: int, state: str, done: str = "", left: str = "", number: int = 1, day: str = "", proof: bool | None = None) -> str:
    """A step of the n-th day of May 2025; what is rectified has its proof, unless told otherwise."""
    day = day or f"2025-05-{no:02}"
    proof = state == "已整改" if proof is None else proof
    return f"WT-2025-{number:02},{no:02},{day},{state},{done},{left},改了一步,{f'缴款凭证,{day},{SHA}' if proof else ',,'},ledger"


def kept(folder, findings: list[str], steps: list[str] = (), before: list[str] | None = None) -> Desk:
    """The small publisher with findings of 2025; `before`: those of 2024, none where nothing was kept."""
    found = desk(folder)
    for year, rows in ((2025, findings), (2024, before)):
        if rows is not None:
            empty = "本表无数据" + "," * HEADER.count(",")
            found.write(f"rectifications/{year}/findings.csv", "\n".join([HEADER, *(rows or [empty]), ""]).replace("WT-2025", f"WT-{year}"))
            found.write(f"rectifications/{year}/sources.toml", '[documents.report]\ntitle = "审计报告"\n[documents.ledger]\ntitle = "整改台账"\n')
    if steps:
        found.write(ACTIONS, "\n".join([STEPS, *steps, ""]))
    return found


def kinds(found: Desk) -> list[tuple]:
    return [(file.rpartition("/")[2], row, column, kind) for severity, file, row, column, _, kind in found.problems() if severity == "error"]


def values(found: Desk, *names: str) -> tuple:
    facts = found.book().facts
    told = [facts[f"rectifications/2025/{name}"] for name in names]
    return tuple(fact.value if fact.known else fact.state for fact in told)


def said(page) -> str:
    return re.sub(r"\]\([^)]*\)", "]", page.markdown)


# ---- states


def chain(*states: str) -> list[str]:
    return [step(no, WORDS[state]) for no, state in enumerate(states, start=1)]


@pytest.mark.parametrize(("before", "after"), [(before, after) for before in (None, *STATES) for after in STATES])
def test_only_some_states_may_follow_another(tmp_path, before, after):
    """All pairs; `before` None: nothing was done yet. What leads to `before` is right, so that only the last step is judged."""
    way = {None: (), "open": ("open",), "in-progress": ("in-progress",), "rectified": ("rectified",), "reopened": ("rectified", "reopened")}[before]
    found = kept(tmp_path, [finding(amount="")], chain(*way, after))
    allowed = AFTER["open" if before is None else before]
    assert kinds(found) == ([] if after in allowed else [("actions.csv", len(way) + 2, "状态", "state-cannot-follow")])


def test_what_was_rectified_can_only_be_reopened_and_nothing_is_reopened_before():
    assert AFTER["rectified"] == ("reopened",) and [state for state, after in AFTER.items() if "reopened" in after] == ["rectified"]


def test_a_step_that_cannot_follow_says_what_could(tmp_path):
    (told,) = [p for p in kept(tmp_path, [finding(amount="")], chain("rectified", "in-progress")).account().problems if p.kind == "state-cannot-follow"]
    assert "“已整改”以后不能是“正在整改”" in told.line() and "重新打开" in told.line()


@pytest.mark.parametrize(
    ("old", "column"), [("缴款凭证", "证据文件"), (SHA, "证据sha256"), (",2025-05-01,3f", "证据日期")]
)
def test_nothing_is_rectified_without_name_day_and_digest_of_its_proof(tmp_path, old, column):
    row = step(1, "已整改", "1000.00", "0.00").replace(old, "" if not old.startswith(",") else ",,3f")
    assert kinds(kept(tmp_path, [finding()], [row])) == [("actions.csv", 2, column, "rectified-without-proof")]


@pytest.mark.parametrize("digest", [SHA[:-1], SHA + "0", SHA.upper(), "见附件"])
def test_a_digest_is_64_digits(tmp_path, digest):
    assert kinds(kept(tmp_path, [finding()], [step(1, "已整改", "1000.00", "0.00").replace(SHA, digest)])) == [("actions.csv", 2, "证据sha256", "wrong-code")]


@pytest.mark.parametrize(("left", "wrong"), [("0.00", False), ("0.01", True)])
def test_nothing_is_rectified_with_a_rest(tmp_path, left, wrong):
    done = {"0.00": "1000.00", "0.01": "999.99"}[left]
    expected = [("actions.csv", 2, "未到位金额(元)", "rectified-with-rest")] if wrong else []
    assert kinds(kept(tmp_path, [finding()], [step(1, "已整改", done, left)])) == expected


@pytest.mark.parametrize(("day", "wrong"), [("2025-05-01", False), ("2025-04-30", True)])
def test_steps_go_forward_in_time(tmp_path, day, wrong):
    steps = [step(1, "正在整改", day="2025-05-01"), step(2, "正在整改", day=day)]
    assert kinds(kept(tmp_path, [finding(amount="")], steps)) == ([("actions.csv", 3, "日期", "action-before")] if wrong else [])


def test_no_step_is_before_the_finding_was_raised(tmp_path):
    assert kinds(kept(tmp_path, [finding(amount="")], [step(1, "正在整改", day="2025-03-02")])) == [("actions.csv", 2, "日期", "action-before")]


# ---- money


@pytest.mark.parametrize(("done", "left", "wrong"), [("400.00", "600.00", False), ("400.00", "599.99", True), ("400.01", "600.00", True)])
def test_money_adds_up_after_every_step(tmp_path, done, left, wrong):
    found = kept(tmp_path, [finding()], [step(1, "正在整改", done, left)])
    assert kinds(found) == ([("findings.csv", 2, "金额(元)", "unexplained-difference")] if wrong else [])


def test_money_and_counts_to_the_fen(tmp_path):
    rows = [finding(1, "1000.00"), finding(2, "500.05"), finding(3, ""), finding(4, "70.00")]
    steps = [step(1, "正在整改", "400.00", "600.00"), step(1, "已整改", "500.05", "0.00", number=2), step(1, "已整改", number=3)]
    found = kept(tmp_path, rows, steps)
    assert values(found, "amount", "done", "left", "WT-2025-04/left", "findings-count", "rectified-count", "open-count", "in-progress-count", "untouched-count") == (
        157_005, 90_005, 67_000, 7_000, 4, 2, 2, 1, 1,
    )  # fmt: skip
    assert kinds(found) == [] and [str(c.verdict) for c in found.book().comparisons if c.identity == "rectifications-states"] == ["balanced"]


def test_what_was_reopened_counts_again_and_its_past_is_kept(tmp_path):
    steps = [step(1, "已整改", "1000.00", "0.00"), step(2, "重新打开", "900.00", "100.00")]
    found = kept(tmp_path, [finding(due="2026-12-31")], steps)
    assert values(found, "rectified-count", "reopened-count", "ever-reopened-count", "open-count", "left") == (0, 1, 1, 1, 10_000)
    page = found.pages()["rectifications/2025/wt-2025-01/"]
    timeline = page.blocks["timeline.html"]
    assert timeline.index("已整改") < timeline.index("重新打开") and "重新打开。" in page.markdown


# ---- late


@pytest.mark.parametrize(("due", "days"), [("2026-03-31", None), ("2026-03-30", 1), ("2025-12-31", 90)])
def test_what_is_open_beyond_its_day_is_overdue(tmp_path, due, days):
    """The small publisher's data are of 31 March 2026; the day itself is in time."""
    found = kept(tmp_path, [finding(due=due)], [step(1, "正在整改", "0.00", "1000.00")])
    facts = found.book().facts
    told = facts.get("rectifications/2025/WT-2025-01/overdue")
    assert (told.value if told else None) == days and facts["rectifications/2025/overdue-count"].value == (days is not None)
    assert ("逾期未整改" in found.pages()["rectifications/2025/"].blocks["unresolved.html"]) == (days is not None)


@pytest.mark.parametrize(("due", "days"), [("2025-05-01", None), ("2025-04-30", 1)])
def test_what_was_rectified_late_says_so_and_is_not_overdue(tmp_path, due, days):
    found = kept(tmp_path, [finding(due=due)], [step(1, "已整改", "1000.00", "0.00")])
    told = found.book().facts.get("rectifications/2025/WT-2025-01/late")
    assert (told.value if told else None) == days and values(found, "overdue-count") == (0,)
    text = said(found.pages()["rectifications/2025/wt-2025-01/"])
    assert ("比期限晚 [1 日]" in text) == (days is not None) and ("在期限以内。" in text) == (days is None)


# ---- links, proofs


def test_a_finding_leads_to_its_evaluation_and_project_and_they_lead_back(tmp_path):
    found = kept(tmp_path, [finding(source="第三方评价,PJ-01")])
    pages = found.pages()
    own = pages["rectifications/2025/wt-2025-01/"].markdown
    assert "evaluations/2025/pj-01/index.html" in own and "projects/2025/kf-01/index.html" in own
    for other in ("evaluations/2025/pj-01/", "projects/2025/kf-01/"):
        assert "rectifications/2025/wt-2025-01/index.html" in pages[other].blocks["mentions.html"]


@pytest.mark.parametrize("source", ["第三方评价,PJ-99", "跟踪抽查,CC-2025-9"])
def test_a_source_that_is_nowhere_is_a_problem(tmp_path, source):
    assert kinds(kept(tmp_path, [finding(source=source)])) == [("findings.csv", 2, "来源编号", "foreign-key")]


def test_the_number_of_an_audit_names_no_row(tmp_path):
    assert kinds(kept(tmp_path, [finding(source="审计,PJ-99")])) == []


def test_a_step_of_no_finding_is_a_problem(tmp_path):
    assert kinds(kept(tmp_path, [finding()], [step(1, "未整改", "0.00", "1000.00", number=7)])) == [("actions.csv", 2, "问题编号", "foreign-key")]


def test_a_proof_is_named_and_never_copied(tmp_path):
    """Name, day and digest are on the page; the file stays where it is, even when the clerk keeps it beside the table."""
    found = kept(tmp_path / "publisher", [finding()], [step(1, "已整改", "1000.00", "0.00").replace("缴款凭证", "proof.pdf")])
    assert [k for _, _, _, k in kinds(found)] == []
    done = builder.build(found.account(), tmp_path / "site", lambda told: None)
    assert done.problems == []
    page = (tmp_path / "site/rectifications/2025/wt-2025-01/index.html").read_text(encoding="utf-8")
    assert SHA in page and "proof.pdf" in page and not [p for p in (tmp_path / "site").rglob("*.pdf")]
    found.write_bytes("rectifications/2025/proof.pdf", b"%PDF-1.4 secret")
    assert ("proof.pdf", None, "", "unknown-file") in kinds(found)


def test_small_slips_are_all_told_at_once(tmp_path):
    rows = [finding(1).replace("审计", "群众"), finding(2, "-5.00"), finding(2, "1.00")]
    assert kinds(kept(tmp_path, rows)) == [
        ("findings.csv", 2, "来源", "not-in-list"), ("findings.csv", 3, "金额(元)", "below-minimum"), ("findings.csv", 4, "问题编号", "duplicate-key"),
    ]  # fmt: skip


# ---- sentences


DONE, DOING = step(1, "已整改", "1000.00", "0.00"), step(1, "正在整改", "400.00", "600.00")


@pytest.mark.parametrize(
    ("findings", "steps", "sentences"),
    [
        ([finding()], [DONE], ["提出 [1 个]问题，都已整改。", "涉及 [0.10 万元]，全部到位。"]),
        ([finding()], [DOING], ["一个也没有改完。", "已过期限 [1 个]", "到位 [0.04 万元]，还有 [0.06 万元]没有到位。"]),
        ([finding(), finding(2, due="2026-12-31")], [DONE], ["已整改 [1 个]，没改完 [1 个]", "没有改完的都还没有到期限。"]),
        ([finding(amount="")], [], ["都不涉及钱。"]),
        ([finding(amount="未公布")], [], ["涉及的金额没有公布。"]),
        ([finding()], [step(1, "正在整改", "未公布", "600.00")], ["涉及 [0.10 万元]，到位多少没有公布。"]),
        ([finding(due="2026-12-31")], [DONE, step(2, "重新打开", "900.00", "100.00")], ["改完又重新打开过的有 [1 个]"]),
        ([], [], ["没有提出问题。"]),
    ],
    ids=["all", "none", "some", "no-money", "unpublished", "unknown", "reopened", "nothing"],
)
def test_the_year_in_every_branch(tmp_path, findings, steps, sentences):
    page = kept(tmp_path, findings, steps).pages()["rectifications/2025/"]
    assert [each for each in sentences if each not in said(page)] == []
    assert ("sources-chart.html" in page.blocks, "unresolved.html" in page.blocks) == (bool(findings), "都已整改" not in said(page) and bool(findings))


@pytest.mark.parametrize(
    ("before", "sentence"),
    [(None, "上一年的没有公布，不能比较。"), ([finding()], "和上一年一样多。"), ([], "比上一年多 [1 个]"), ([finding(1), finding(2)], "比上一年少 [1 个]")],
    ids=["not-comparable", "equal", "more", "less"],
)
def test_the_year_before_in_every_branch(tmp_path, before, sentence):
    assert sentence in said(kept(tmp_path, [finding()], before=before).pages()["rectifications/2025/"])


def test_without_the_day_of_the_data_nothing_is_called_overdue(tmp_path):
    found = kept(tmp_path, [finding()], [DOING])
    found.change("publisher.toml", "as_of = 2026-03-31\n", "")
    assert "不能判断有没有过期限。" in found.pages()["rectifications/2025/"].markdown
    assert "rectifications/2025/overdue-count" not in found.book().facts


@pytest.mark.parametrize(
    ("amount", "steps", "sentences"),
    [
        ("1000.00", [DONE], ["整改完。", "在期限以内。", "全部到位。"]),
        ("1000.00", [], ["还没有动手整改。已过期限 [90 日]", "还有 [0.10 万元]没有到位。"]),
        ("1000.00", [DOING], ["正在整改。已过期限 [90 日]", "还有 [0.06 万元]没有到位。"]),
        ("1000.00", [DONE, step(2, "重新打开", "900.00", "100.00")], ["重新打开。已过期限 [90 日]"]),
        ("1000.00", [DONE, step(2, "重新打开", "900.00", "100.00"), step(3, "已整改", "1000.00", "0.00")], ["这个问题重新打开过。"]),
        ("", [], ["不涉及钱。"]),
        ("未公布", [], ["涉及的金额没有公布。"]),
        ("1000.00", [step(1, "正在整改", "未公布", "600.00")], ["到位多少没有公布。"]),
    ],
    ids=["done", "untouched", "doing", "reopened", "done-again", "no-money", "unpublished", "unknown"],
)
def test_a_finding_in_every_branch(tmp_path, amount, steps, sentences):
    text = said(kept(tmp_path, [finding(amount=amount)], steps).pages()["rectifications/2025/wt-2025-01/"])
    assert [each for each in sentences if each not in text] == []


def test_money_that_was_not_published_is_not_nothing(tmp_path):
    assert values(kept(tmp_path, [finding(amount="未公布")]), "amount", "left") == (State.UNPUBLISHED, State.UNPUBLISHED)


def test_who_pointed_it_out_and_how_much_is_mended(tmp_path):
    rows = [finding(1), finding(2, source="第三方评价,PJ-01"), finding(3)]
    page = kept(tmp_path, rows, [DONE]).pages()["rectifications/2025/"]
    assert re.search("<span data-text>第三方评价</span>指出的，还有 .*?1 个.*?没改完", page.blocks["sources-chart.html"])
    done = kept(tmp_path / "all", [finding()], [DONE]).pages()["rectifications/2025/"]
    assert "各方面指出的都已整改" in done.blocks["sources-chart.html"]
