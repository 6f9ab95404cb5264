"""Contracts: one for each supplier that a project paid, and what services may be bought at all."""

import datetime

from scripts.demo import told
from scripts.demo.chance import stream
from scripts.demo.county import AS_OF
from scripts.demo.folder import Folder
from scripts.demo.projects import Project
from scripts.demo.texts import phrase, table

FEN_IN_YUAN = 100
LATE = 0.15


def write(folder: Folder) -> None:
    dice = stream(folder.county.seed, folder.register, folder.year)
    bought = [(project, supplier) for project in folder.county.money[folder.year].projects if not project.carried for supplier in _suppliers(project)]
    width = max(2, len(str(len(bought))))
    folder.add("contracts", (_contract(folder, f"HT-{folder.year}-{n:0{width}}", *each, dice) for n, each in enumerate(bought, start=1)))
    told.rows(folder, "catalogue")


def _suppliers(project: Project) -> list[str]:
    """Whom a project paid, persons left out, in the order of the first payment."""
    return list(dict.fromkeys(each.payee for each in project.payments if each.payee))


def _contract(folder: Folder, no: str, project: Project, supplier: str, dice) -> dict:
    paid = sum(each.amount for each in project.payments if each.payee == supplier)
    service = table("procurement.services").get(project.kind["id"])
    first = next(each.day for each in project.payments if each.payee == supplier)
    signed_on = first - datetime.timedelta(days=dice.randint(5, 20))
    published = signed_on + datetime.timedelta(days=1 if dice.random() > LATE else dice.randint(8, 20))
    return {
        "no": no,
        "title": phrase("procurement.title", title=project.title, supplier=supplier),
        "project": project.code,
        "kind": phrase("procurement.bought") if service else table("procurement.kinds").get(project.kind["id"], phrase("procurement.other")),
        "service": service,
        "method": next(each["method"] for each in table("procurement.methods") if paid >= each["least"] * FEN_IN_YUAN),
        "supplier": supplier,
        "signed_on": signed_on,
        "amount": paid,
        "paid": paid,
        "small": phrase(f"procurement.{'no' if supplier in table('procurement.large') else 'yes'}"),
        "published": published if published <= AS_OF else None,
        "document": folder.document("contracts"),
    }
