"""The unit's own evaluation of its projects: money, indicators, scores that add up to what stands beside the third party's."""

import datetime
from collections.abc import Iterator
from fractions import Fraction

from scripts import wording
from scripts.demo import evaluated
from scripts.demo.chance import split, stream
from scripts.demo.county import whole
from scripts.demo.evaluated import POINTS, points
from scripts.demo.folder import Folder
from scripts.demo.paying import document_day
from scripts.demo.projects import Project
from scripts.demo.texts import phrase, table
from scripts.grades import grade

UPWARD, WORDS = 0, 4  # rules, in the order of the schema's words
SELF = (820, 990)  # tenths of a point that a unit gives itself where nobody else looked
SATISFIED = (91, 98)


def write(folder: Folder) -> None:
    projects = [project for project in folder.county.money[folder.year].projects if evaluated.over(project, folder.year)]
    told = {each.project.code: each.total(1) for each in evaluated.of_year(folder.county, folder.year)}
    dice = stream(folder.county.seed, folder.register, folder.year)
    totals = {project.code: told.get(project.code, dice.randint(*SELF)) for project in projects}
    folder.add("reviews", (_review(folder, each, totals[each.code]) for each in projects))
    folder.add("funds", (row for each in projects for row in _funds(folder, each)))
    folder.add("indicators", (row for each in projects for row in _indicators(folder, each, totals[each.code], dice)))
    folder.add("coverage", [_coverage(folder, len(projects))])


def _days(folder: Folder) -> tuple[datetime.date, datetime.date]:
    """Of the form, of its publication: in spring; in the year that is not over, of what was carried over and is done."""
    day = document_day("review", folder.year, "performance") if whole(folder.year) else datetime.date(folder.year, 8, 10)
    return day, day + datetime.timedelta(days=24)


def _review(folder: Folder, project: Project, total: int) -> dict:
    day, published = _days(folder)
    met = project.served >= project.planned
    return {
        "project": project.code, "goal": phrase("performance.goal", title=project.title, planned=project.planned),
        "done": table("performance.done")["met" if met else "short"], "total": points(total),
        "grade": wording.table("grades")[grade(Fraction(total, POINTS))], "reported_on": day, "published": published,
        "document": folder.document("review", day=day),
    }  # fmt: skip


def _funds(folder: Folder, project: Project) -> Iterator[dict]:
    """All of it, this year's, what was carried over, other money, of which there is none."""
    fresh, paid = project.allotted() - project.carried, project.paid()
    from_before = min(paid, project.carried)
    parts = ((project.approved, fresh, paid - from_before), (0, project.carried, from_before), (0, 0, 0))
    rows = (tuple(map(sum, zip(*parts, strict=True))), *parts)
    for item, (opening, budget, executed) in zip(folder.schema.table("funds").field("item").constraints["enum"], rows, strict=True):
        yield {"project": project.code, "item": item, "opening": opening, "budget": budget, "executed": executed, "document": folder.document("review")}


def _indicators(folder: Folder, project: Project, total: int, dice) -> Iterator[dict]:
    """What was reached gets all of its weight; the rest of the total is divided among what is judged in words."""
    rules = folder.schema.table("indicators").field("rule").constraints["enum"]
    rows = [dict(each) for each in table("performance.indicators")]
    short = project.served < project.planned
    if short:
        rows[0]["rule"] = rules[WORDS]
    by_words = [row for row in rows if row["rule"] == rules[WORDS]]
    left = total - sum(row["weight"] * POINTS for row in rows if row not in by_words)
    given = iter(split(left, [row["weight"] for row in by_words]))
    words = _words(folder, project, dice)
    for number, row in enumerate(rows, start=1):
        target, actual = words.get(row["name"], (row.get("target"), row.get("actual")))
        yield row | {
            "project": project.code, "no": f"{number:02}", "target": target, "actual": actual.format(share=dice.randint(*SATISFIED)),
            "given": points(next(given)) if row in by_words else row["weight"],
            "reason": table("performance.persons")["reason"] if short and number == 1 else None, "document": folder.document("review"),
        }  # fmt: skip


def _words(folder: Folder, project: Project, dice) -> dict[str, tuple[str, str]]:
    """Target and value of persons and of time, by the indicator's name."""
    persons, names = table("performance.persons"), [each["name"] for each in table("performance.indicators")]
    day = f"{dice.randint(4, 26):02}"
    month = "going_on" if project.carried else "time"
    time = (
        (phrase("performance.going_on", year=folder.year), phrase("performance.going_on_day", year=folder.year, day=day)) if month == "going_on"
        else tuple(table("performance.time")[each].format(year=folder.year, day=day) for each in ("target", "actual"))
    )  # fmt: skip
    return {names[0]: (persons["target"].format(planned=project.planned), persons["actual"].format(served=project.served)), names[2]: time}


def _coverage(folder: Folder, reviewed: int) -> dict:
    projects = folder.county.money[folder.year].projects
    opening = sum(1 for project in projects if project.approved)
    return {
        "unit": folder.county.office("federation"), "opening": opening, "added": len(projects) - opening, "carried_out": len(projects), "reviewed": reviewed,
        "opening_budget": sum(project.approved for project in projects), "budget": sum(project.allotted() for project in projects),
        "arrived": sum(project.arrived for project in projects), "document": folder.document("review"),
    }  # fmt: skip
