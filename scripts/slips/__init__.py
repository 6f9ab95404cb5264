"""Slips of the hand that pass every form: said to the clerk with the place and the value that seems meant; next after the inputs."""

from scripts.inputs import Inputs
from scripts.problems import WARNING, Problem, errors
from scripts.slips import amounts, dates, names, rates, references, years


def problems(read: Inputs) -> list[Problem]:
    """Errors for what leads nowhere, warnings for what only looks wrong; nothing doubtful of a row that is wrong for sure.

    A reason is not read: whether it fits the figures is for people to say.
    """
    found = references.problems(read) + years.problems(read) + dates.problems(read) + names.problems(read)
    for year in read.years.values():
        found += amounts.problems(year) + rates.problems(year)
    wrong = {(each.file, each.sheet, each.row) for each in errors(read.problems)}
    return [each for each in found if each.row is None or (each.file, each.sheet, each.row) not in wrong or not _doubtful(each)]


def _doubtful(each: Problem) -> bool:
    return each.severity == WARNING or each.kind == "after-as-of"  # a day that another error of its row may explain
