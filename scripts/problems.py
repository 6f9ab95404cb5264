"""What is wrong with an input, in the clerk's words; first in the flow. Kinds and sentences stand in wording.toml."""

import errno
import re
import traceback
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from scripts import wording

FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
ERROR, WARNING = "error", "warning"
SHORT, LONG = 60, 300  # characters shown of a text from data, of what the system says
FIRST = 3  # places and values named of many
_OTHER_ROW = re.compile(wording.say("problem_line.other_row"))


@dataclass(frozen=True, slots=True)
class Problem:
    """One wrong thing at one place. `row` is the line number that Excel shows (header = 1)."""

    severity: str
    kind: str
    message: str
    fix: str
    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""

    def as_json(self) -> dict:
        order = ("severity", "file", "sheet", "row", "column", "value", "kind", "message", "fix")
        fields = asdict(self)
        return {name: fields[name] for name in order}

    def line(self) -> str:
        """`file·sheet·row·column·"value": what is wrong. How to mend.` Control characters are shown escaped."""
        return Group((self,)).line()


@dataclass(frozen=True, slots=True)
class Group:
    """Problems of one cause (see `cause`), told as one: the first places, the first values, and how many there are."""

    members: tuple[Problem, ...]

    @property
    def first(self) -> Problem:
        return self.members[0]

    @property
    def count(self) -> int:
        return len(self.members)

    @property
    def rows(self) -> tuple[int, ...]:
        return tuple(sorted({each.row for each in self.members if each.row}))

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.file for each in self.members))

    @property
    def values(self) -> tuple[str, ...]:
        """What stands in the cells, each once, control characters escaped."""
        return tuple(dict.fromkeys(visible(each.value) for each in self.members if each.value))

    def place(self) -> list[str]:
        """File, sheet, rows, column: those that are known, in words."""
        files = [visible(name, LONG) for name in self.files]
        named, rows = (files[0], _and_more("rows", _runs(self.rows), self.count)) if self.rows else (_and_more("files", files, self.count), "")
        return [part for part in (named, visible(self.first.sheet), rows, visible(self.first.column)) if part]

    def quoted(self) -> str:
        shown = "".join(wording.say("problem_line.value", value=value) for value in self.values[:FIRST])
        return shown + (wording.say("problem_line.others") if len(self.values) > FIRST else "")

    def line(self) -> str:
        where = wording.say("problem_line.separator").join(part for part in (*self.place(), self.quoted()) if part)
        head = wording.say("problem_line.warning") if self.first.severity == WARNING else ""
        said = wording.say("problem_line.said", message=self.first.message, fix=self.first.fix)
        return head + (wording.say("problem_line.whole", where=where, said=said) if where else said)

    def as_json(self) -> dict:
        told = {name: value for name, value in self.first.as_json().items() if name not in ("row", "value")}
        return told | {"count": self.count, "rows": list(self.rows), "files": list(self.files), "values": list(self.values)}


def problem(kind: str, *, file="", sheet="", row=None, column="", value="", **details) -> Problem:
    """A problem of a kind declared under [problems.<kind>] of wording.toml (severity, message, fix)."""
    words = wording.table(f"problems.{kind}")
    details = {name: visible(str(text), LONG if name in ("reason", "remedy") else SHORT) for name, text in details.items()} | {"file": visible(file)}
    return Problem(
        severity=words["severity"],
        kind=kind,
        message=words["message"].format(**details, value=visible(value), column=visible(column)),
        fix=words["fix"].format(**details, value=visible(value), column=visible(column)),
        file=file, sheet=sheet, row=row, column=column, value=value,
    )  # fmt: skip


def failure(wrong: Exception) -> Problem:
    """An exception as a problem: what the system refused, else the program's own mistake and the place of it."""
    if isinstance(wrong, OSError) and wrong.errno in FULL:
        return problem("disk-full", file=str(wrong.filename or ""))
    if isinstance(wrong, OSError):
        return problem("system", file=str(wrong.filename or ""), reason=wrong.strerror or str(wrong))
    last = traceback.extract_tb(wrong.__traceback__)[-1]
    reason = f"{type(wrong).__name__}: {wrong}"
    return problem("unexpected", file=f"{Path(last.filename).name}:{last.lineno}", reason=" ".join(reason.split()))


def grouped(found: Iterable[Problem]) -> list[Group]:
    """Like problems together, each group where its first one stood."""
    groups: dict[tuple, list[Problem]] = defaultdict(list)
    for each in found:
        groups[cause(each)].append(each)
    return [Group(tuple(members)) for members in groups.values()]


def cause(each: Problem) -> tuple:
    """What like problems have in common: kind, place but for the row, and the sentence but for the value and other rows in it.

    Without a row the place is the folder: a hundred photographs among the tables are one mistake.
    """
    place = each.file if each.row else each.file.rpartition("/")[0]
    own = wording.say("problem_line.value", value=visible(each.value))
    said = tuple(_OTHER_ROW.sub("", text.replace(own, "") if each.value else text) for text in (each.message, each.fix))
    return (each.severity, each.kind, bool(each.row), place, each.sheet, each.column, said)


def as_json(found: Sequence[Problem]) -> dict:
    """Every problem, the same in groups, and how many there are."""
    wrong = len(errors(found))
    return {
        "errors": wrong,
        "warnings": len(found) - wrong,
        "groups": [each.as_json() for each in grouped(found)],
        "problems": [each.as_json() for each in found],
    }


def lines(found: Sequence[Problem]) -> list[str]:
    """The list as people read it: a line a group, and how many there are."""
    return [*(each.line() for each in grouped(found)), summary(found)] if found else []


def summary(found: Sequence[Problem]) -> str:
    wrong = len(errors(found))
    return wording.say("verbs.problems", errors=f"{wrong:,}", warnings=f"{len(found) - wrong:,}")


def _runs(rows: Sequence[int]) -> list[str]:
    """1, 2, 3, 7 as "1–3", "7"."""
    found: list[list[int]] = []
    for row in rows:
        if found and row == found[-1][1] + 1:
            found[-1][1] = row
        else:
            found.append([row, row])
    return [str(first) if first == last else wording.say("problem_line.run", first=first, last=last) for first, last in found]


def _and_more(what: str, places: Sequence[str], count: int) -> str:
    """The first of some places, and how many problems there are at all of them."""
    shown = wording.say("lists.join").join(places[:FIRST])
    form = f"{what}_more" if len(places) > FIRST else f"{what}_all" if count > len(places) else what
    return wording.say(f"problem_line.{form}", places=shown, count=f"{count:,}") if shown else ""


def errors(found: Iterable[Problem]) -> list[Problem]:
    return [each for each in found if each.severity == ERROR]


def ranked(found: Iterable[Problem]) -> list[Problem]:
    """Most serious first, then by place, each once."""
    unique = dict.fromkeys(found)
    return sorted(unique, key=lambda p: (p.severity != ERROR, p.file, p.sheet, p.row or 0, p.column, p.kind, p.value))


def visible(text: str, most: int = SHORT) -> str:
    """Text with control and format characters shown as escapes, and long text cut."""
    shown = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
    return shown if len(shown) <= most else shown[: most - 3] + "..."
