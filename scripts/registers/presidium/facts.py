"""What a schema cannot say of replies: a state and the day and words that belong to it stand together or not at all."""

from scripts import wording
from scripts.book import Book
from scripts.cells import State
from scripts.problems import Problem, problem
from scripts.tables import Data, Row

# table -> its words for done, the column that says what was done, the column that says when
TOLD = {"opinions": ("done", "done_on"), "questions": ("reply", "replied_on"), "motions": ("reply", "replied_on")}
ASKED = {"questions": "asked_on", "motions": "proposed_on"}


def derive(book: Book) -> None:
    """Measures and obligations follow from the schema; here only what contradicts itself is told."""
    for year in book.inputs.of("presidium"):
        book.problems += [wrong for table in TOLD if table in year.tables for wrong in _contradictions(year.tables[table])]


def _contradictions(data: Data) -> list[Problem]:
    done = wording.table("presidium")["done"]
    return [wrong for row in data.rows for wrong in (*_unfinished(data, row, done), *_reversed(data, row))]


def _unfinished(data: Data, row: Row, done: dict[str, str]) -> list[Problem]:
    """Done without a word or a day of it; a day of what is not done."""
    words, day = TOLD[data.schema.name]
    said = row.text("status") in done.values()
    if said:
        lacking = [each for each in (words, day) if row.values[each].state is State.BLANK]
        return [problem("done-without-proof", **data.place(row, "status"), lacks=data.schema.field(each).name) for each in lacking]
    if row[day] is not None:
        return [problem("dated-but-not-done", **data.place(row, day), status=row.text("status"))]
    return []


def _reversed(data: Data, row: Row) -> list[Problem]:
    """A reply before its question, a limit before it too."""
    asked = ASKED.get(data.schema.name, "")
    first = row[asked] if asked else None
    later = [each for each in ("due", "replied_on") if first and row[each] and row[each] < first]
    return [problem("days-reversed", **data.place(row, each), first=data.schema.field(asked).name, day=first) for each in later]
