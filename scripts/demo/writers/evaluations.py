"""What other people think of the projects that are over: scores, problems, answers."""

import datetime
from collections.abc import Iterator
from fractions import Fraction

from scripts import wording
from scripts.demo import evaluated
from scripts.demo.chance import HUNDRED_YUAN, stream
from scripts.demo.county import AS_OF
from scripts.demo.evaluated import POINTS, Evaluation, points
from scripts.demo.folder import Folder
from scripts.demo.texts import phrase, table
from scripts.grades import grade


def write(folder: Folder) -> None:
    dice = stream(folder.county.seed, folder.register, folder.year)
    found = [(each, _report(folder, each)) for each in evaluated.of_year(folder.county, folder.year)]
    folder.add("evaluations", (_evaluation(each, report, dice) for each, report in found))
    folder.add("scores", (row for each, report in found for row in _scores(each, report)))
    folder.add("problems", (row for each, report in found for row in _problems(folder, each, report)))


def _details(each: Evaluation, day: datetime.date) -> dict:
    return {"title": each.project.title, "kind": table("evaluations.kinds")[each.kind], "signed": day.year, "number": int(each.number), "day": day}


def _report(folder: Folder, each: Evaluation) -> str:
    return folder.document("report", f"report-{each.number}", evaluator=each.evaluator, **_details(each, each.reported_on))


def _evaluation(each: Evaluation, report: str, dice) -> dict:
    return {
        "no": each.no,
        "project": each.project.code,
        "kind": table("evaluations.kinds")[each.kind],
        "evaluator": each.evaluator,
        "selected_by": dice.choice(table("evaluations.selected_by")),
        "contract": phrase("evaluations.contract", year=each.reported_on.year, number=int(each.number)),
        "fee": dice.randint(40, 160) * HUNDRED_YUAN,
        "independence": phrase("evaluations.independence"),
        "period": phrase("evaluations.period", first=each.project.starts, last=each.project.ends),
        "reported_on": each.reported_on,
        "published": each.published,
        "total": points(each.total(0)),
        "grade": wording.table("grades")[grade(Fraction(each.total(0), POINTS))],
        "self_total": points(each.total(1)),
        "document": report,
    }


def _scores(each: Evaluation, report: str) -> Iterator[dict]:
    for dimension, (given, own) in each.scores.items():
        full = table("evaluations.dimensions")[dimension]
        yield {"no": each.no, "dimension": dimension, "full": full, "given": points(given), "self": points(own), "document": report}


def _problems(folder: Folder, each: Evaluation, report: str) -> Iterator[dict]:
    day = min((each.published or each.reported_on) + datetime.timedelta(days=20), AS_OF)
    for item, (told, amount) in enumerate(each.problems, start=1):
        answered = told.get("response")
        yield {
            "no": each.no,
            "item": f"{item:02}",
            "problem": told["problem"],
            "amount": amount,
            "suggestion": told["suggestion"],
            "response": answered,
            "document": folder.document("response", f"response-{each.number}", **_details(each, day)) if answered else report,
        }
