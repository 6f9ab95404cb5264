"""Reports to the presidium, what it said to them, what it asked, what it proposed; and what came of that."""

import datetime
from collections.abc import Iterator

from scripts.demo import evaluated, inspected
from scripts.demo.chance import stream
from scripts.demo.county import AS_OF, whole
from scripts.demo.folder import Folder
from scripts.demo.money import Money
from scripts.demo.texts import phrase, table

MEMBERS = (31, 37)
EACH = 20  # one opinion and one question for so many projects, and two more
ON_TIME = 0.8
ANSWERED, IN_HAND = 0, 1  # states of replies, in the order of the schema's words
DONE = 0


def write(folder: Folder) -> None:
    dice = stream(folder.county.seed, folder.register, folder.year)
    meetings = list(_meetings(folder.year))
    folder.add("reports", [_report(folder, number, *each, dice) for number, each in enumerate(meetings, start=1)])
    asked = [each for each in meetings if each[2] <= AS_OF]
    folder.add("opinions", _opinions(folder, len(asked), dice))
    folder.add("questions", _questions(folder, asked, dice))
    folder.add("motions", _motions(folder, asked, dice))


def _meetings(year: int) -> Iterator[tuple[str, datetime.date, datetime.date]]:
    """Kind of the report, its day, the day of the meeting."""
    yield "mid", datetime.date(year, 8, 1), datetime.date(year, 8, 15)
    if whole(year):
        yield "annual", datetime.date(year + 1, 3, 6), datetime.date(year + 1, 3, 20)


def _report(folder: Folder, number: int, kind: str, reported_on: datetime.date, met_on: datetime.date, dice) -> dict:
    title = table("presidium.titles")[kind].format(year=folder.year)
    vote = folder.schema.table("reports").field("vote").constraints["enum"]
    invited = dice.randint(*MEMBERS)
    present = invited - dice.randint(0, 3)
    found = {
        "no": f"BG-{folder.year}-{number}", "kind": table("presidium.kinds")[kind], "title": title, "reported_on": reported_on, "met_on": met_on,
        "invited": invited, "present": present, "vote": vote[-1], "published": met_on + datetime.timedelta(days=7),
        "document": folder.document("report", f"report-{number}", title=title, number=number, day=reported_on),
    }  # fmt: skip
    return found | ({"in_favour": present, "against": 0, "abstained": 0, "vote": vote[0]} if kind == "annual" else {})


def _minutes(folder: Folder, number: int, day: datetime.date) -> str:
    return folder.document("minutes", f"minutes-{number}", number=number, day=min(day, AS_OF))


def _projects(folder: Folder, dice) -> list:
    money: Money = folder.county.money[folder.year]
    known = [project for project in money.projects if project.approved]
    return dice.sample(known, min(len(known), 2 + len(known) // EACH))


def _opinions(folder: Folder, last: int, dice) -> Iterator[dict]:
    """Said to the latest report."""
    states = folder.schema.table("opinions").field("status").constraints["enum"]
    met_on = list(_meetings(folder.year))[last - 1][2]
    for number, project in enumerate(_projects(folder, dice), start=1):
        done_on = met_on + datetime.timedelta(days=dice.randint(20, 120))
        done = done_on <= AS_OF and dice.random() < ON_TIME
        yield {
            "no": f"SY-{folder.year}-{number:02}", "report": f"BG-{folder.year}-{last}",
            "opinion": dice.choice(table("presidium.opinions.texts")).format(title=project.title), "project": project.code,
            "unit": dice.choice(table("presidium.offices")), "status": states[DONE if done else 1],
            "done": phrase("presidium.opinions.done") if done else None, "done_on": done_on if done else None,
            "document": _minutes(folder, last, met_on),
        }  # fmt: skip


def _replied(asked_on: datetime.date, limit: int, dice) -> tuple[datetime.date, datetime.date | None]:
    """The day promised, and the day of the reply, None where it is not there yet."""
    due = asked_on + datetime.timedelta(days=limit)
    replied_on = due + datetime.timedelta(days=dice.randint(-12, 0) if dice.random() < ON_TIME else dice.randint(1, 20))
    return due, replied_on if replied_on <= AS_OF else None


def _questions(folder: Folder, asked: list, dice) -> Iterator[dict]:
    """Of lines and their projects; then of evaluations that were already out, and of what was found before the meeting."""
    states = folder.schema.table("questions").field("status").constraints["enum"]
    met_on = asked[0][2]
    rows = [
        {"code": p.function, "project": p.code, "asked_on": met_on,
         "question": dice.choice(table("presidium.questions.texts")).format(title=p.title), "meeting": 1}
        for p in _projects(folder, dice)
    ]  # fmt: skip
    out = [each for each in evaluated.of_year(folder.county, folder.year) if asked[1:] and each.published and each.reported_on <= asked[-1][2]]
    rows += [
        {"project": each.project.code, "evaluation": each.no, "asked_on": asked[-1][2], "meeting": len(asked),
         "question": phrase("presidium.questions.evaluation", title=each.project.title, total=evaluated.points(each.total(0)))}
        for each in out[:2]
    ]  # fmt: skip
    found = [each for each in inspected.findings(folder.county, folder.year) if each.raised_on < met_on]
    rows += [
        {"project": each.project.code if each.project else None, "finding": each.no, "asked_on": met_on, "meeting": 1,
         "question": phrase("presidium.questions.finding", title=each.told["problem"])}
        for each in found[:2]
    ]  # fmt: skip
    for number, row in enumerate(rows, start=1):
        meeting = row.pop("meeting")
        due, replied_on = _replied(row["asked_on"], 31, dice)
        yield row | {
            "no": f"TW-{folder.year}-{number:02}", "due": due, "status": states[ANSWERED if replied_on else IN_HAND],
            "reply": phrase("presidium.questions.reply") if replied_on else None, "replied_on": replied_on,
            "document": _minutes(folder, meeting, row["asked_on"]),
        }  # fmt: skip


def _motions(folder: Folder, asked: list, dice) -> Iterator[dict]:
    told = folder.schema.table("motions")
    states, satisfied = (told.field(id_).constraints["enum"] for id_ in ("status", "satisfied"))
    for number, matter in enumerate(dice.sample(table("presidium.motions.texts"), 3), start=1):
        meeting = dice.randint(1, len(asked))
        day = asked[meeting - 1][2]
        due, replied_on = _replied(day, 92, dice)
        yield {
            "no": f"TA-{folder.year}-{number:02}", "proposed_on": day, "matter": matter, "unit": dice.choice(table("presidium.offices")), "due": due,
            "status": states[ANSWERED if replied_on else IN_HAND], "reply": phrase("presidium.motions.reply") if replied_on else None,
            "replied_on": replied_on, "satisfied": dice.choice(satisfied[:2]) if replied_on else None, "document": _minutes(folder, meeting, day),
        }  # fmt: skip
