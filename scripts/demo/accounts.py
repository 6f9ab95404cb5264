"""The nine tables of the final accounts, in yuan to the fen, out of what was spent, what was there and what is left."""

import datetime
from collections.abc import Mapping

from scripts.cells import YUAN
from scripts.demo.basic import PUBLIC
from scripts.demo.folder import Folder
from scripts.demo.money import LOTTERY, Money
from scripts.demo.sheets import amount, printed, summary, total, tree
from scripts.demo.texts import phrase, table
from scripts.demo.writers.budget import by_class, of_fund, three_public

OTHER = "2081199"  # the code under which income that is not the treasury's is told


def by_code(money: Money) -> dict[str, list[int]]:
    """All, basic and project money spent by function code."""
    end = datetime.date(money.year, 12, 31)
    basic, project = money.spent(True, end), money.spent(False, end)
    return {code: [basic.get(code, 0) + project.get(code, 0), basic.get(code, 0), project.get(code, 0)] for code in sorted(basic | project)}


def told(fen: int) -> str:
    return printed(fen, YUAN)


def _income(money: Money, spent: Mapping[str, list[int]]) -> dict[str, int]:
    """What the treasury gave by function code: spent, and put by, less what was there."""
    opening, closing = money.opening(), money.closing()
    found = {code: spent.get(code, [0])[0] - opening.get(code, 0) + closing.get(code, 0) for code in sorted({*spent, *opening, *closing})}
    return {code: fen for code, fen in found.items() if fen}


def _halves(codes: Mapping[str, int]) -> tuple[int, int]:
    """Of the general budget, of the government fund."""
    return sum(fen for code, fen in codes.items() if code != LOTTERY), codes.get(LOTTERY, 0)


def official(folder: Folder, money: Money) -> None:
    names, spent = table("money.functions"), by_code(money)
    income, word = _income(money, spent), phrase("official.final_accounts.total")

    def put(id_: str, rows: list[list[str]], *notes: str) -> None:
        told_ = table(f"official.final_accounts.{id_}")
        folder.official(told_["title"], [told_["header"], *rows], folder.document("tables"), YUAN, notes)

    def functions(id_: str, amounts: Mapping[str, list[int]], width: int, *notes: str, foot: bool = False, named: bool = False) -> None:
        sums = [*(("", "", "", word) if named else (word, "", "", "")), *total(amounts, YUAN, width)]
        rows = tree("function", amounts, names, YUAN)
        put(id_, [*rows, sums] if foot else [sums, *rows], *notes)

    incomes = {code: [income.get(code, 0) + (other := money.other if code == OTHER else 0), income.get(code, 0), 0, 0, 0, 0, other] for code in sorted({*income, OTHER})}
    put("overall", _overall(money, spent, income))
    functions("income", incomes, 7, named=True)
    functions("expenditure", {code: [*values, 0, 0, 0] for code, values in spent.items()}, 6, named=True)
    put("appropriation", _appropriation(money, spent, income))
    functions("general", of_fund(spent, False), 3, foot=True)
    put("basic", _basic(money))
    put("three_public", [_three_public(money)])
    functions("fund", _fund(money, spent, income), 6)
    functions("capital", {}, 6, phrase("official.final_accounts.empty"))


def _overall(money: Money, spent: Mapping[str, list[int]], income: Mapping[str, int]) -> list[list[str]]:
    classes = {key: values[:1] for key, values in by_class(spent).items()}
    general, fund = _halves(income)
    opening, closing = sum(money.opening().values()) + money.balance, sum(money.closing().values()) + money.balance + money.other
    whole = general + fund + money.other
    left = {"general": [general], "fund": [fund], "other": [money.other], "income": [whole], "opening": [opening], "total": [whole + opening]}
    right = classes | {"spent": classes["total"], "closing": [closing], "total": [classes["total"][0] + closing]}
    return summary("final_accounts.overall", left, right, YUAN)


def _appropriation(money: Money, spent: Mapping[str, list[int]], income: Mapping[str, int]) -> list[list[str]]:
    classes = by_class(spent)
    general, fund = _halves(income)
    before, after = _halves(money.opening()), _halves(money.closing())
    left = {
        "general": [general], "fund": [fund], "income": [general + fund], "opening": [sum(before)], "opening_general": [before[0]],
        "opening_fund": [before[1]], "total": [general + fund + sum(before)],
    }  # fmt: skip
    closing = [sum(after), *after, 0]
    right = classes | {"spent": classes["total"], "closing": closing, "total": [a + b for a, b in zip(classes["total"], closing, strict=True)]}
    return summary("final_accounts.appropriation", left, right, YUAN)


def _fund(money: Money, spent: Mapping[str, list[int]], income: Mapping[str, int]) -> dict[str, list[int]]:
    """Opening, income, spent, basic, project, closing."""
    opening, closing = money.opening(), money.closing()
    return {code: [opening.get(code, 0), income.get(code, 0), *values, closing.get(code, 0)] for code, values in of_fund(spent, True).items()}


def _basic(money: Money) -> list[list[str]]:
    """Both halves of the form: what goes to persons on the left, what the office needs on the right."""
    names, sums = table("official.economic"), {"personnel": 0, "public": 0}
    for code, fen in money.basic.final.items():
        sums[code] = fen
        sums[code[:3]] = sums.get(code[:3], 0) + fen
        sums["public" if code[:3] in PUBLIC else "personnel"] += fen

    def half(code: str) -> list[str]:
        if code in ("personnel", "public"):
            return [phrase(f"official.final_accounts.basic.lines.{code}"), "", "", told(sums[code])]
        return [code[:3], code[3:], names.get(code, ""), amount(sums.get(code, 0), YUAN)]

    return [half(left) + half(right) for left, right in table("official.final_accounts.basic.lines")["rows"]]


def _three_public(money: Money) -> list[str]:
    """Budget and final account in turn: all, abroad, cars, bought, run, reception."""
    pairs = []
    for items in (money.basic.budget, money.basic.final):
        each = three_public(items)
        cars = each["bought"] + each["run"]
        pairs.append([each["abroad"] + each["reception"] + cars, each["abroad"], cars, each["bought"], each["run"], each["reception"]])
    return [told(fen) for both in zip(*pairs, strict=True) for fen in both]
