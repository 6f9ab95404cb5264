"""The page of problems that the preview alone shows: by severity, by file, like ones as one, every value escaped."""

from collections import defaultdict
from collections.abc import Sequence

from scripts import grids, wording
from scripts.pages.render import environment
from scripts.problems import ERROR, WARNING, Group, Problem, errors, grouped, summary


def html(found: Sequence[Problem]) -> str:
    """A whole document in the theme's own dress."""
    groups = grouped(found)
    parts = [
        (severity, wording.say(f"preview.{severity}"), _files([each for each in groups if each.first.severity == severity]))
        for severity in (ERROR, WARNING)
        if any(each.first.severity == severity for each in groups)
    ]
    total = summary(found) if found else wording.say("preview.none")
    advice = wording.say("preview.stops") if errors(found) else ""
    return environment().get_template("problems.html.j2").render(parts=parts, total=total, advice=advice)


def _files(groups: Sequence[Group]) -> list[dict]:
    """A table for each file, in the order of its first problem."""
    found: dict[str, list[Group]] = defaultdict(list)
    for each in groups:
        found[each.place()[0] if each.first.file else ""].append(each)
    return [grids.view(_grid(f"file-{number}", title, members)) for number, (title, members) in enumerate(found.items(), 1)]


def _grid(id_: str, title: str, groups: Sequence[Group]) -> grids.Grid:
    words = wording.table("preview.columns")
    columns = tuple(grids.Column(name, (head,)) for name, head in words.items())
    separator = wording.say("problem_line.separator")
    rows = tuple(
        grids.Row(tuple(grids.Text(text, "words") for text in (
            each.first.message, separator.join(each.place()[1 if each.first.file else 0 :]), each.quoted(), each.first.fix,
        ))) for each in groups
    )  # fmt: skip
    return grids.Grid(id_, title or wording.say("preview.no_file"), columns, rows, kind="stack")
