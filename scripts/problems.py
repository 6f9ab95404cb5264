"""What is wrong with an input, in the clerk's words; first in the flow. Kinds and sentences stand in wording.toml."""

import errno
import traceback
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from scripts import wording

FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
ERROR, WARNING = "error", "warning"
SHORT, LONG = 60, 300  # characters shown of a text from data, of what the system says


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
        row = wording.say("problem_line.row", row=self.row) if self.row else ""
        place = [visible(self.file, LONG), visible(self.sheet), row, visible(self.column, LONG)]
        if self.value:
            place.append(wording.say("problem_line.value", value=visible(self.value)))
        where = wording.say("problem_line.separator").join(part for part in place if part)
        head = wording.say("problem_line.warning") if self.severity == WARNING else ""
        said = wording.say("problem_line.said", message=self.message, fix=self.fix)
        return head + (wording.say("problem_line.whole", where=where, said=said) if where else said)


def problem(kind: str, *, file="", sheet="", row=None, column="", value="", **details) -> Problem:
    """A problem of a kind declared under [problems.<kind>] of wording.toml (severity, message, fix)."""
    words = wording.table(f"problems.{kind}")
    details = {name: visible(str(text), LONG if name == "reason" else SHORT) for name, text in details.items()} | {"file": visible(file)}
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
