"""Lines at the end of every quarter, the documents that changed the budget, and when the reports were published."""

import datetime
from collections.abc import Iterator

from scripts.demo.chance import stream
from scripts.demo.county import AS_OF
from scripts.demo.folder import Folder
from scripts.demo.money import Money
from scripts.demo.texts import phrase, table


def write(folder: Folder) -> None:
    money: Money = folder.county.money[folder.year]
    days = folder.county.quarters(folder.year)
    reports = {day: _report(folder, day) for day in days}
    folder.add("lines", (row for day in days for row in _lines(money, day, reports[day])))
    folder.add("adjustments", _adjustments(folder, money))
    folder.add("reports", _reports(folder, reports))


def _report(folder: Folder, day: datetime.date) -> str:
    signed = min(day + datetime.timedelta(days=8), AS_OF)
    return folder.document("report", f"report-{day:%m%d}", month=day.month, number=day.month + 1, day=signed)


def _lines(money: Money, day: datetime.date, document: str) -> Iterator[dict]:
    """A line stands from its first budget, or from the day when it was given one."""
    names = table("money.functions")
    for line in money.lines:
        adjustment = money.changed(line, day)
        if not line.approved and not adjustment:
            continue
        yield {
            "code": line.function,
            "name": names[line.function],
            "project": line.project or None,
            "approved": line.approved,
            "adjustment": adjustment,
            "adjusted": line.approved + adjustment,
            "until": day,
            "executed": line.spent(day),
            "reason": line.reason or None if day.month == 12 else None,
            "document": document,
        }


def _adjustments(folder: Folder, money: Money) -> Iterator[dict]:
    for change in money.changes:
        document = folder.document(change.document)
        yield {
            "date": change.day,
            "number": folder.number(document),
            "code": change.function,
            "project": change.project or None,
            "kind": table("money.adjustments")[change.kind],
            "amount": change.amount,
            "reason": phrase(f"money.reasons.{change.document}"),
            "document": document,
        }


def _reports(folder: Folder, reports: dict[datetime.date, str]) -> Iterator[dict]:
    """The last one is not out yet; now and then one is late."""
    dice = stream(folder.county.seed, folder.register, folder.year)
    for day, document in reports.items():
        published = day + datetime.timedelta(days=dice.choice((14, 16, 18, 19, 21, 45)))
        yield {"until": day, "published": published if published <= AS_OF else None, "document": document}
