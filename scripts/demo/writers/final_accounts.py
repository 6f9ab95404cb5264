"""The accounts of a year that is over: nine tables in yuan, each item against its budget, and what is told beside."""

import datetime
from collections.abc import Iterator
from fractions import Fraction

from scripts import display
from scripts.cells import YUAN
from scripts.demo import accounts
from scripts.demo.chance import hundreds, stream
from scripts.demo.county import whole
from scripts.demo.folder import Folder
from scripts.demo.money import LOTTERY, Money
from scripts.demo.paying import document_day
from scripts.demo.texts import phrase, table
from scripts.demo.writers.budget import by_code


def write(folder: Folder) -> None:
    if not whole(folder.year):
        return
    money: Money = folder.county.money[folder.year]
    dice = stream(folder.county.seed, folder.register, folder.year)
    approved = document_day("settled", folder.year, "final_accounts")
    folder.add("disclosure", [{
        "matter": phrase("final_accounts.matter"), "approved_on": approved, "published": approved + datetime.timedelta(days=dice.choice((10, 15, 19, 26))),
        "document": folder.document("settled"),
    }])  # fmt: skip
    folder.add("three_public_reasons", _reasons(folder, money, dice))
    folder.add("other_matters", _matters(folder, money, dice))
    accounts.official(folder, money)
    told = table("official.final_accounts.narrative")
    folder.official(told["title"], [told["header"], *_narrative(money, dice)], folder.document("narrative"), YUAN)


def _reasons(folder: Folder, money: Money, dice) -> Iterator[dict]:
    visits = dice.randint(4, 20)
    counts = {"cars": int(money.basic.new_car), "visits": visits, "guests": visits * dice.randint(3, 7)}
    for told in table("final_accounts.three_public").values():
        yield {
            "item": told["item"], "quantity": told["quantity"].format(**counts), "reason": told["reason"], "document": folder.document("narrative"),
        }  # fmt: skip


def _matters(folder: Folder, money: Money, dice) -> Iterator[dict]:
    goods, services = (hundreds(money.basic.operating * dice.randint(60, 180) // 100) for _ in range(2))
    planned = [project for project in money.projects if project.approved]
    told = {
        "operating": (hundreds(money.basic.operating * dice.randint(93, 99) // 100), None),
        "goods": (goods, None),
        "works": (0, None),
        "services": (services, None),
        "bought": (goods + services, None),
        "cars": (None, 2),
        "large": (None, 0),
        "targets": (sum(project.approved for project in planned), len(planned)),
    }
    for id_, (amount, quantity) in told.items():
        yield table("final_accounts.matters")[id_] | {"amount": amount, "quantity": quantity, "document": folder.document("narrative")}


def _narrative(money: Money, dice) -> Iterator[list[str]]:
    """Every item of the general budget: what was planned, what was spent, why."""
    names, spent = table("money.functions"), accounts.by_code(money)
    planned = by_code(money)
    for number, code in enumerate((code for code in spent if code != LOTTERY), start=1):
        budget, final = planned.get(code, [0])[0], spent[code][0]
        rate = display.decimal(Fraction(final * 100, budget), 2).replace(",", "") if budget else ""
        way = "less" if final < budget else "more" if final > budget else "equal"
        reason = "" if way == "equal" else dice.choice(table("final_accounts.reasons")[way])
        yield [
            str(number), names[code[:3]], names[code[:5]], names[code], phrase("final_accounts.basis"), accounts.told(budget), accounts.told(final),
            rate, rate, phrase(f"final_accounts.compared.{way}"), table("final_accounts.purposes")[code], reason,
        ]  # fmt: skip
