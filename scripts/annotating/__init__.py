"""`check --annotate`: the clerk's own tables with the wrong cells marked and told, and a list of all; her files stay as they are."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from scripts import tables, wording
from scripts.annotating import copying, marking
from scripts.problems import Problem, problem

PRIVATE = {"private-string", "private-column", "private-unscanned"}


def refusal(publisher: Path, folder: Path) -> list[Problem]:
    """Why marked copies may not be put there: among the data they would be read as data, over a file they would bury it."""
    if publisher.resolve() in (folder.resolve(), *folder.resolve().parents):
        return [problem("annotate-in-data", file=str(folder))]
    taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    return [problem("annotate-not-empty", file=str(folder))] if taken else []


def annotate(publisher: Path, found: Sequence[Problem], folder: Path) -> list[str]:
    """A marked copy of every table that has a wrong cell and may be copied, and the list of everything: their names."""
    by_file: dict[str, list[Problem]] = defaultdict(list)
    for each in found:
        by_file[each.file].append(each)
    copies = {wording.say("annotate.list") + ".xlsx": copying.listing(found)} if found else {}
    for name, problems in by_file.items():
        if any(each.row for each in problems) and (content := _copy(publisher / name, problems)):
            copies[name if name.endswith(".xlsx") else f"{name}.xlsx"] = content
    for name, content in copies.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return [*copies]


def _copy(path: Path, problems: Sequence[Problem]) -> bytes | None:
    """The marked copy; None for what is no table, must not be opened, or holds what no second file may hold: the list tells it."""
    if path.is_symlink() or not path.is_file() or PRIVATE & {each.kind for each in problems}:
        return None
    if path.suffix == ".csv":
        lines, _ = tables.read_lines(path, path.name)
        return copying.copy(lines, problems) if lines else None
    return marking.mark(path, problems) if path.suffix == ".xlsx" else None
