"""Payments of a project over its year, and the days of documents."""

import calendar
import datetime
from dataclasses import dataclass

from scripts.demo.chance import shares
from scripts.demo.county import AS_OF
from scripts.demo.texts import phrase, table

SOME = (3, 6)  # payments of a project without a rhythm


@dataclass(frozen=True, slots=True)
class Payment:
    """`payee`: "" for persons, whose names are nobody's business."""

    no: int
    day: datetime.date
    amount: int
    payee: str
    purpose: str


def document_day(id_: str, year: int, of: str = "county") -> datetime.date:
    """The day of a document of a year: `MM-DD`, or `-1 MM-DD` for the year before, or one day for all years; never after the day the data are as of."""
    told = table(f"{of}.documents.{id_}")["day"]
    if isinstance(told, datetime.date):
        return told
    beside, _, day = told.rpartition(" ")
    return min(datetime.date.fromisoformat(f"{year + int(beside or 0)}-{day}"), AS_OF)


def payments(project, dice, total: int) -> list[Payment]:
    """`total` over the year by the project's rhythm; of a year that is not over, what was paid so far."""
    year, rhythm = project.year, project.kind["rhythm"]
    days, periods = _when(year, rhythm, project.starts, dice)
    amounts = shares(dice, total, len(days), 0.04 if rhythm == "month" else 0.2)
    made = [
        Payment(number, day, amount, dice.choice(project.kind["payees"]), project.kind["purpose"].format(period=period))
        for number, (day, amount, period) in enumerate(zip(days, amounts, periods, strict=True), start=1)
    ]
    return [each for each in made if each.day <= AS_OF]


def by_standard(project, dice) -> list[Payment]:
    """Every month so many persons by one standard, more of them from month to month, never more than were planned for."""
    persons, made = project.planned * dice.randint(93, 96) // 100, []
    for month in range(1, 13):
        day = datetime.date(project.year, month, dice.randint(16, 25))
        if day > AS_OF:
            break
        purpose = project.kind["purpose"].format(period=phrase("money.periods.month", first=month))
        made.append(Payment(month, day, persons * project.kind["standard"] * 100, "", purpose))
        persons = min(project.planned, persons + project.planned * dice.randint(0, 6) // 1000)
    return made


def rest(project, dice, year: int, total: int) -> list[Payment]:
    """What was carried over, in one or two payments before the end of June."""
    count = dice.randint(1, 2)
    days = [datetime.date(year, month, dice.randint(2, 27)) for month in (4, 6)[-count:]]
    words = [phrase("money.periods.some", number=number) for number in range(1, count + 1)]
    made = zip(days, shares(dice, total, count), words, strict=True)
    return [
        Payment(number, day, amount, dice.choice(project.kind["payees"]), project.kind["purpose"].format(period=word))
        for number, (day, amount, word) in enumerate(made, start=1)
    ]


def _when(year: int, rhythm: str, starts: datetime.date, dice) -> tuple[list[datetime.date], list[str]]:
    """Days of payment, oldest first, none before the money is there, and the period that each is for."""
    if rhythm == "month":
        days = [datetime.date(year, month, dice.randint(16, 25)) for month in range(2, 13)]
        return days, [phrase("money.periods.month", first=day.month) for day in days]
    if rhythm == "quarter":
        days = [datetime.date(year, month, dice.randint(8, calendar.monthrange(year, month)[1])) for month in (3, 6, 9, 12)]
        days = [day if day > starts else starts + datetime.timedelta(days=40) for day in days]
        return days, [phrase("money.periods.quarter", first=3 * n - 2, last=3 * n) for n in range(1, 5)]
    first = max(4, starts.month + 1)
    months = sorted(dice.sample(range(first, 13), min(dice.randint(*SOME), 13 - first)))
    days = [datetime.date(year, month, dice.randint(3, 27)) for month in months]
    return days, [phrase("money.periods.some", number=number) for number in range(1, len(days) + 1)]
