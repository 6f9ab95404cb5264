"""Published audits and rectifications, loaded into the register: their sums hold to the fen, their slips are told."""

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from scripts.cells import money
from tests.registers.test_rectifications import HEADER, SHA, STEPS
from tests.small_publisher import desk

REAL = Path(__file__).resolve().parents[1] / "real"


def table(name: str, file: str) -> list[dict]:
    with (REAL / name / file).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def yuan(wan: Decimal) -> str:
    return f"{wan * 10_000:.2f}"


def write(found, year: int, rows: list[str], steps: list[str] = ()) -> None:
    found.write(f"rectifications/{year}/findings.csv", "\n".join([HEADER, *rows, ""]))
    found.write(f"rectifications/{year}/sources.toml", '[documents.report]\ntitle = "报告"\n[documents.ledger]\ntitle = "台账"\n')
    if steps:
        found.write(f"rectifications/{year}/actions.csv", "\n".join([STEPS, *steps, ""]))


def finding(year: int, number: int, amount: str = "", raised: str = "2021-09-15", published: str = "2021-12-28", category: str = "资金") -> str:
    return f"WT-{year}-{number:03},审计,审计报告,,{category},第{number}项,{amount},市直单位,{raised},2021-12-31,{published},report"


# ---- Ruijin, 2020: fifty findings, three states, all sums hold


class Ruijin:
    """The two lines that were published, as findings: each group's money stands on the first finding that is still open."""

    def __init__(self):
        whole, finance = table("ruijin-2020-rectification", "整改汇总.csv")
        self.whole = {name: whole[name] for name in ("问题项数", "已整改项", "正在整改项(含部分整改)")}
        self.money = {name: Decimal(whole[name]) for name in ("问题金额", "整改到位金额", "未整改金额")}
        amount, done = (Decimal(finance[name]) for name in ("问题金额", "整改到位金额"))
        closed, doing = int(finance["已整改项"]), int(finance["正在整改项(含部分整改)"])
        groups = [(closed, doing, amount, done), (int(whole["已整改项"]) - closed, int(whole["正在整改项(含部分整改)"]) - doing,
                                                  self.money["问题金额"] - amount, self.money["整改到位金额"] - done)]  # fmt: skip
        self.rows, self.steps, number = [], [], 0
        for closed, doing, amount, done in groups:
            for index in range(closed + doing):
                number += 1
                bears = index == closed
                self.rows.append(finding(2021, number, yuan(amount) if bears else ""))
                state, proof = ("已整改", f"凭证,2021-12-20,{SHA}") if index < closed else ("正在整改", ",,")
                sums = f"{yuan(done)},{yuan(amount - done)}" if bears else ","
                self.steps.append(f"WT-2021-{number:03},01,2021-12-20,{state},{sums},整改,{proof},ledger")


def test_ruijin_adds_up_as_its_own_checks_say(tmp_path):
    real, found = Ruijin(), desk(tmp_path, "organisation")
    write(found, 2021, real.rows, real.steps)
    assert [p for p in found.problems() if p[0] == "error"] == []
    facts = found.book().facts
    told = {name: facts[f"rectifications/2021/{name}"].value for name in ("findings-count", "rectified-count", "in-progress-count", "amount", "done", "left")}
    assert told == {
        "findings-count": int(real.whole["问题项数"]), "rectified-count": int(real.whole["已整改项"]),
        "in-progress-count": int(real.whole["正在整改项(含部分整改)"]), "amount": real.money["问题金额"] * 1_000_000,
        "done": real.money["整改到位金额"] * 1_000_000, "left": real.money["未整改金额"] * 1_000_000,
    }  # fmt: skip
    theirs = {row["identity"]: row["verdict"] for row in table("ruijin-2020-rectification", "checks.csv")}
    ours = Counter(c.identity for c in found.book().comparisons if c.register == "rectifications" and str(c.verdict) == "balanced")
    assert set(theirs.values()) == {"平"} and ours == {"rectifications-money": 2, "rectifications-states": 1}


def test_one_fen_less_in_ruijin_is_found(tmp_path):
    real, found = Ruijin(), desk(tmp_path, "organisation")
    write(found, 2021, real.rows, [step.replace(",352712700.00,", ",352712699.99,") for step in real.steps])
    assert [p[5] for p in found.problems() if p[0] == "error"] == ["unexplained-difference"]


@pytest.mark.parametrize("day", ["2021915日", "20211228日"])
def test_days_that_lost_their_signs_are_refused(tmp_path, day):
    found = desk(tmp_path, "organisation")
    write(found, 2021, [finding(2021, 1, raised=day)])
    assert [(p[3], p[4], p[5]) for p in found.problems() if p[0] == "error"] == [("提出日期", day, "stripped-date")]


def test_a_state_that_is_two_at_once_is_refused(tmp_path):
    found = desk(tmp_path, "organisation")
    write(found, 2021, [finding(2021, 1)], ["WT-2021-001,01,2021-12-20,正在整改(含部分整改),,,整改,,,,ledger"])
    assert [(p[3], p[5]) for p in found.problems() if p[0] == "error"] == [("状态", "not-in-list")]


# ---- Sanmenxia, 2021: audited from January to February, published at the end of December


def test_an_audit_that_waited_for_ten_months_is_late(tmp_path):
    found = desk(tmp_path, "organisation")
    write(found, 2022, [finding(2022, 1, raised="2022-02-26", published="2022-12-30")])
    (duty,) = [duty for duty in found.site().duties if duty.register == "rectifications"]
    assert (str(duty.standing), duty.judged.due.isoformat(), duty.judged.working) == ("late", "2022-03-25", True)
    assert 180 < duty.judged.days < 200  # nine months of working days


def test_posts_of_three_units_add_up_and_a_number_with_its_word_is_refused(tmp_path):
    rows = table("sanmenxia-cl-2021-audit", "编制与人员.csv")
    found = desk(tmp_path, "organisation")
    path = "organisation/2025/units.csv"
    header = found.text(path).splitlines()[0]
    lines = [f"{row['单位']},事业单位,办事。,{row['编制']},是,,,posts" for row in rows]
    found.write(path, "\n".join([header, *lines, ""]))
    assert found.book().facts["organisation/2025/posts-total"].value == 32
    found.change(path, ",5,是", ",4 名,是")
    assert [(p[3], p[4], p[5]) for p in found.problems() if p[0] == "error"] == [("编制数", "4 名", "unit-in-cell")]


# ---- Chaoyang, 2022: 330 findings, sums of one and of two decimals


def test_sums_of_one_and_of_two_decimals_are_exact(tmp_path):
    (row,) = table("chaoyang-shantou-2022-audit", "审计汇总.csv")
    texts = [row["违规金额"], row["管理不规范金额"]]
    assert [money(text, "wan").places for text in texts] == [1, 2]  # mixed, as the report prints them
    number = int(row["查出问题(项)"])
    rows = [finding(2023, n, yuan(Decimal(texts[n - 1])) if n < 3 else "", "2023-09-11", "2023-09-28") for n in range(1, number + 1)]
    found = desk(tmp_path, "organisation")
    write(found, 2023, rows)
    facts = found.book().facts
    assert facts["rectifications/2023/findings-count"].value == 330 and facts["rectifications/2023/amount"].value == 129_309_59 * 10_000
    assert facts["rectifications/2023/untouched-count"].value == 330 and "一个也没有改完。" in found.pages()["rectifications/2023/"].markdown
