"""Late is visible: due dates against published dates, from dates in the data and one as_of, never the machine's clock."""

import datetime
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

OBLIGATIONS = Path(__file__).with_name("reference") / "obligations.toml"


class Standing(StrEnum):
    ON_TIME = "on-time"
    LATE = "late"
    OVERDUE = "overdue"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class Duty:
    """One document that had to be published. `days`: late or overdue by, or left until due; 0 when on time."""

    title: str
    rule: str
    source: str
    base: datetime.date
    due: datetime.date
    published: datetime.date | None
    standing: Standing
    days: int


@cache
def obligations() -> dict:
    return tomllib.loads(OBLIGATIONS.read_text(encoding="utf-8"))


def judge(rule: str, title: str, base: datetime.date, published: datetime.date | None, as_of: datetime.date) -> Duty:
    """The standing of one document under a rule of obligations.toml; the day of the limit itself is on time."""
    told = obligations()[rule]
    due = base + datetime.timedelta(told["days"])
    if published is not None:
        days = max(0, (published - due).days)
        standing = Standing.LATE if days else Standing.ON_TIME
    else:
        days = abs((as_of - due).days)
        standing = Standing.OVERDUE if as_of > due else Standing.PENDING
    return Duty(title, told["title"], told["source"], base, due, published, standing, days)
