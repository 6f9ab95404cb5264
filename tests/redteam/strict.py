"""Bad and good tables of the corpus, and those made for kinds beyond it: whether each gets its verdict, and what a refusal names.

    .venv/bin/python -m tests.redteam.strict     every table whose verdict, place or remedy is missing
"""

import datetime
import json
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from scripts import inputs, official, privacy, schema, slips, tables, wording
from scripts.problems import Problem, errors, visible
from scripts.publisher import Publisher
from tests.redteam import Figure

HERE = Path(__file__).parent
YEAR, AS_OF = 2024, datetime.date(2025, 12, 31)
# What a problem can name of its place: a file alone, its row too, its row and column; everything else names row, column and value.
OF_FILE = {
    "not-a-csv", "utf-16", "double-bom", "not-utf8", "two-encodings", "empty-file", "too-large", "special-file", "symlink", "system",
    "table-twice", "unknown-sheet", "second-sheet", "private-unscanned", "unknown-file", "workbook-more",
}  # fmt: skip
OF_ROW = {"empty-row", "no-rows", "too-many-rows", "too-many-columns", "header-not-first"}
OF_LINE = {"cell-count", "wrong-separator", "broken-quotes", "note-row", "header-again", "example-row", "rows-and-none"}  # the value is the line's
OF_COLUMN = {"missing-column", "extra-column", "duplicate-column", "blank-column", "private-column", "private-string"}  # no value, or one not shown


@dataclass(frozen=True)
class Case:
    """A file with its verdict. `expect`: rows, sums, one cell, a warning of a good one."""

    file: Path
    table: str
    good: bool
    expect: dict
    what: str = ""


@dataclass(frozen=True)
class Verdict:
    case: Case
    data: "tables.Data | None"
    problems: list[Problem]

    @property
    def accepted(self) -> bool:
        return self.data is not None and not errors(self.problems)

    @property
    def right(self) -> bool:
        return self.accepted is self.case.good and (not self.case.good or not list(self.unmet()))

    def unmet(self) -> Iterator[str]:
        """What a good file should have been read as, and was not."""
        expect, data = self.case.expect, self.data
        if "rows" in expect and len(data.rows) != expect["rows"]:
            yield f"{len(data.rows)} rows"
        ids = {field.name: field.id for field in data.schema.fields}
        for name, total in expect.get("sum", {}).items():
            if sum(row[ids[name]] for row in data.rows) != Decimal(total) * 100:
                yield f"sum of {name}"
        if "cell" in expect:
            key, name, text = expect["cell"]
            found = [row.text(ids[name]) for row in data.rows if key in (row.text(data.schema.key[-1]), row.text(data.schema.key[0]))]
            if found != [text]:
                yield f"{name} of {key}: {found}"
        if expect.get("warn") and not self.problems:
            yield "no warning"

    def complete(self) -> bool:
        """Whether each error names its place as exactly as it can, shows the value escaped, and says how to mend it."""
        return bool(errors(self.problems)) and all(named(each) for each in errors(self.problems))


def named(each: Problem) -> bool:
    line = each.line()
    shown = not each.value or visible(each.value) in line
    if not (each.file and each.message and each.fix and line.isprintable() and shown):
        return False
    if each.kind in OF_FILE or each.kind.startswith("workbook-") and each.row is None:
        return True
    if each.kind in OF_ROW or each.kind.startswith("workbook-"):
        return each.row is not None
    if each.kind in OF_COLUMN:
        return each.row is not None and bool(each.column)
    if each.kind in OF_LINE:
        return each.row is not None and bool(each.value)
    return each.row is not None and bool(each.column) and (bool(each.value) or each.kind in ("empty-amount", "required"))


@cache
def told() -> schema.Schema:
    return schema.read(HERE / "strict.toml", "redteam")


def corpus(kind: str) -> list[Case]:
    """The cases of tests/redteam/csv or /xlsx."""
    folder = HERE / kind
    lines = map(json.loads, (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines())
    return [Case(folder / each["file"], each.get("table", "budget"), each["must"] == "accept", each.get("expect", {}), each["what"]) for each in lines]


def judge(case: Case) -> Verdict:
    """What the checks of a publisher's folder make of the one table, from the scan for private strings to the days that cannot be yet."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "publisher"
        place = root / "redteam" / str(YEAR) / f"{case.table}{case.file.suffix}"
        place.parent.mkdir(parents=True)
        shutil.copyfile(case.file, place)
        scan = privacy.scan(root, root / "no-pages")
        found = tables.read_year(told(), YEAR, root)
        problems = [*scan.problems, *found.problems]
        data = found.tables.get(case.table)
        if data is not None:
            data, wrong = official.named(data)
            year = inputs.RegisterYear("redteam", YEAR, {case.table: data}, {})
            read = inputs.Inputs(Publisher(root, wording.say("tables.no_rows"), as_of=AS_OF), {("redteam", YEAR): year})
            problems += [*wrong, *inputs.references(year), *slips.dates.problems(read)]
        return Verdict(case, data, privacy.masked(problems, scan))


def judged(cases: Iterable[Case]) -> list[Verdict]:
    return [judge(case) for case in cases]


def score() -> list[Figure]:
    from tests.redteam import strict_more

    with tempfile.TemporaryDirectory() as scratch:
        made = judged(strict_more.cases(Path(scratch)))
    csv, xlsx = judged(corpus("csv")), judged(corpus("xlsx"))
    csv += [each for each in made if each.case.file.suffix == ".csv"]
    xlsx += [each for each in made if each.case.file.suffix == ".xlsx"]
    refused = [each for each in csv + xlsx if not each.case.good and not each.accepted]
    show(csv + xlsx)
    return [
        _figure("bad CSV rejected", csv, good=False),
        _figure("good CSV accepted", csv, good=True),
        _figure("bad XLSX rejected", xlsx, good=False),
        _figure("good XLSX accepted", xlsx, good=True),
        Figure("refusals naming row, column, value, remedy", sum(each.complete() for each in refused), len(refused), "all"),
    ]


def _figure(name: str, verdicts: list[Verdict], *, good: bool) -> Figure:
    those = [each for each in verdicts if each.case.good is good]
    return Figure(name, sum(each.right for each in those), len(those), "all")


def show(verdicts: list[Verdict]) -> None:
    """Each one that misses its verdict, or whose refusal does not name everything."""
    for each in verdicts:
        if not each.right:
            print("WRONG", each.case.file.name, each.case.what, list(each.unmet()) if each.accepted else "", *(p.line() for p in each.problems), sep="\n   ")
        elif not each.case.good and not each.complete():
            print("INCOMPLETE", each.case.file.name, *((p.kind, p.line()) for p in errors(each.problems) if not named(p)), sep="\n   ")


if __name__ == "__main__":
    print(*score(), sep="\n")
    sys.exit()
