"""The nine tables of the budget in ten thousand yuan, its approval, its targets, and why it differs from the year before."""

import datetime
from collections.abc import Iterator, Mapping

from scripts.cells import WAN
from scripts.demo.basic import CAR, CAR_RUNNING, PUBLIC, RECEPTION
from scripts.demo.chance import stream
from scripts.demo.folder import Folder
from scripts.demo.money import LOTTERY, Money
from scripts.demo.paying import document_day
from scripts.demo.sheets import amount, printed, summary, total, tree
from scripts.demo.texts import phrase, table

MOVED = 10  # a tenth more or less than the year before needs its reason


def write(folder: Folder) -> None:
    money: Money = folder.county.money[folder.year]
    dice = stream(folder.county.seed, folder.register, folder.year)
    approved = document_day("approval", folder.year)
    folder.add("disclosure", [{
        "matter": phrase("budget.matter"), "approved_on": approved, "published": approved + datetime.timedelta(days=dice.choice((12, 15, 18, 20, 31))),
        "document": folder.document("approval"),
    }])  # fmt: skip
    folder.add("project_targets", _targets(folder, money))
    before = folder.county.money.get(folder.year - 1)
    if before:
        folder.add("changes", _changes(folder, money, before, dice))
    _official(folder, money)


def _targets(folder: Folder, money: Money) -> Iterator[dict]:
    for project in money.projects:
        for indicator, target in table("budget.targets").items() if project.approved else ():
            yield {
                "project": project.code, "indicator": indicator, "target": target.format(planned=project.planned),
                "document": folder.document("targets"),
            }  # fmt: skip


def _changes(folder: Folder, money: Money, before: Money, dice) -> Iterator[dict]:
    now, then = by_code(money), by_code(before)
    for code, (spent, *_) in now.items():
        earlier = then.get(code, (0,))[0]
        if abs(spent - earlier) * MOVED > earlier:
            yield {"code": code, "reason": dice.choice(table("budget.reasons")), "document": folder.document("changes")}


def by_code(money: Money) -> dict[str, list[int]]:
    """All, basic and project money of the first budget by function code."""
    basic, project = money.approved(True), money.approved(False)
    return {code: [basic.get(code, 0) + project.get(code, 0), basic.get(code, 0), project.get(code, 0)] for code in sorted(basic | project)}


def of_fund(codes: Mapping[str, list[int]], fund: bool) -> dict[str, list[int]]:
    """Of the government fund, or of the general budget."""
    return {code: values for code, values in codes.items() if (code == LOTTERY) == fund}


def by_class(codes: Mapping[str, list[int]]) -> dict[str, list[int]]:
    """All, general and fund money by class, and in total; the fourth column is of capital, of which there is none."""
    found: dict[str, list[int]] = {}
    for code, (spent, *_) in codes.items():
        for key in (code[:3], "total"):
            sums = found.setdefault(key, [0, 0, 0, 0])
            sums[0] += spent
            sums[2 if code == LOTTERY else 1] += spent
    return found


def _official(folder: Folder, money: Money) -> None:
    names, codes = table("money.functions"), by_code(money)
    classes = by_class(codes)
    every, general, fund = classes["total"][:3]

    def put(id_: str, rows: list[list[str]], *notes: str) -> None:
        told = table(f"official.budget.{id_}")
        folder.official(told["title"], [told["header"], *rows], folder.document("tables"), WAN, notes)

    def functions(id_: str, amounts: Mapping[str, list[int]], width: int = 3, *notes: str) -> None:
        foot = [phrase("official.budget.total"), "", "", "", *total(amounts, WAN, width)]
        put(id_, [*tree("function", amounts, names, WAN), foot], *notes)

    left = {"appropriation": [every], "general": [general], "fund": [fund], "total": [every]}
    put("overall", summary("budget.overall", left, {key: values[:1] for key, values in classes.items()}, WAN))
    functions("income", {code: [values[0], values[0], 0, 0, 0] for code, values in codes.items()}, 5)
    functions("expenditure", codes)
    put("appropriation", summary("budget.appropriation", left, classes, WAN))
    functions("general", of_fund(codes, False))
    put("basic", _basic(money))
    put("three_public", [_three_public(money)])
    functions("fund", of_fund(codes, True))
    functions("capital", {}, 3, phrase("official.budget.empty"))


def _basic(money: Money) -> list[list[str]]:
    """By economic item: all, to persons, for the office."""
    amounts = {code: [fen, 0, fen] if code[:3] in PUBLIC else [fen, fen, 0] for code, fen in money.basic.budget.items()}
    return [*tree("economic", amounts, table("official.economic"), WAN), [phrase("official.budget.total"), "", "", *total(amounts, WAN, 3)]]


def three_public(items: Mapping[str, int]) -> dict[str, int]:
    """Abroad, reception, cars bought, cars run: of the economic items that hold nothing else."""
    return {"abroad": 0, "reception": items.get(RECEPTION, 0), "bought": items.get(CAR, 0), "run": items.get(CAR_RUNNING, 0)}


def _three_public(money: Money) -> list[str]:
    told = three_public(money.basic.budget)
    cars = told["bought"] + told["run"]
    amounts = [told["abroad"] + told["reception"] + cars, told["abroad"], told["reception"], cars, told["bought"], told["run"]]
    return [*(printed(fen, WAN) for fen in amounts), amount(money.basic.operating, WAN)]
