"""Evaluations of projects that are over: who, when, the marks, the problems."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from scripts.demo.chance import HUNDRED_YUAN, stream
from scripts.demo.county import AS_OF, County, whole
from scripts.demo.projects import Project
from scripts.demo.texts import table

EVALUATED = 0.7  # of the projects that are over
PROBLEMS = (0, 0, 1, 1, 2)
AMOUNT = (20, 300)  # hundreds of yuan that a problem is about
POINTS = 10  # tenths of a point


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`scores`: dimension -> (given, self) in tenths of a point. `problems`: in words, and how much money they are about."""

    no: str
    project: Project
    kind: str
    evaluator: str
    reported_on: datetime.date
    published: datetime.date | None
    scores: dict[str, tuple[int, int]]
    problems: tuple[tuple[dict, int | None], ...]

    @property
    def number(self) -> str:
        return self.no.rpartition("-")[2]

    def total(self, side: int) -> int:
        return sum(each[side] for each in self.scores.values())


def of_year(county: County, year: int) -> Iterator[Evaluation]:
    """Projects of a year that is over are evaluated in the next spring, those that went on when they ended."""
    dice = stream(county.seed, "evaluated", year)
    done = [project for project in county.money[year].projects if over(project, year)]
    chosen = [project for project in done if dice.random() < EVALUATED]
    width = max(2, len(str(len(chosen))))
    for number, project in enumerate(chosen, start=1):
        first = max(datetime.date(year + 1, 2, 15), project.ends) if whole(year) and not project.carried else project.ends
        reported_on = first + datetime.timedelta(days=dice.randint(20, 80))
        if reported_on > AS_OF:
            continue
        published = reported_on + datetime.timedelta(days=dice.choice((7, 14, 18, 20, 24, 40)))
        yield Evaluation(
            f"pj-{year}-{number:0{width}}", project, "acceptance" if project.carried else "evaluation", dice.choice(table("evaluations.evaluators")),
            reported_on, published if published <= AS_OF else None, {name: _score(dice, full) for name, full in table("evaluations.dimensions").items()},
            tuple((told, dice.randint(*AMOUNT) * HUNDRED_YUAN if told.get("amount") else None) for told in dice.sample(table("evaluations.problems"), dice.choice(PROBLEMS))),
        )  # fmt: skip


def over(project: Project, year: int) -> bool:
    """Whether a project is evaluated with a year; what went on into the next one is evaluated there."""
    return bool(project.paid()) and project.done and not project.passed_on and (whole(year) or bool(project.carried))


def _score(dice, full: int) -> tuple[int, int]:
    """The unit's own marks are the better ones."""
    given = full * dice.randint(700, 980) * POINTS // 1000
    return given, min(full * POINTS, given + dice.randint(0, 25))


def points(tenths: int) -> str:
    return f"{tenths // POINTS}.{tenths % POINTS}"
