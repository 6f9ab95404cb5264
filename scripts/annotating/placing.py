"""Which cells a problem means, and what is said of them; rows and columns counted from zero."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from openpyxl.utils import get_column_letter

from scripts import wording
from scripts.problems import LONG, WARNING, Problem, visible

MOST_COLUMNS = 702  # A to ZZ
LOOKED = 20  # rows among which the header is
WIDTH, LINE, PER_LINE = 320, 18, 22  # pixels across and a line down of a comment; Han characters in a line
MOST_COMMENTS = 1_000  # a spreadsheet with more of them hardly opens; cells beyond are filled, and on the list


def marks(problems: Sequence[Problem], top: Sequence[Sequence[str]]) -> tuple[dict[tuple[int, int], bool], dict[tuple[int, int], str]]:
    """Cells to be filled -> whether one of their problems is an error; cells with a comment -> what it says.

    `top`: the first rows of the table; its header is among them. A problem of several columns fills them all and speaks at the
    first; one of a whole row fills the row.
    """
    filled: dict[tuple[int, int], bool] = defaultdict(bool)
    said: dict[tuple[int, int], dict[str, None]] = defaultdict(dict)
    header = _header(problems, top)
    places = _places(header)
    for each in (each for each in problems if each.row):
        columns = _columns(each.column, places) or [*range(max(1, len(header)))]
        for column in columns:
            filled[each.row - 1, column] |= each.severity != WARNING
        said[each.row - 1, columns[0]][wording.say("problem_line.said", message=each.message, fix=each.fix)] = None
    return dict(filled), {place: "\n".join(said[place]) for place in sorted(said)[:MOST_COMMENTS]}


def _header(problems: Sequence[Problem], top: Sequence[Sequence[str]]) -> Sequence[str]:
    """The row with most of the columns that the problems name: titles may stand above it."""
    named = {name for each in problems for name in (each.column, *each.column.split(wording.say("lists.join"))) if name}
    return max(top[:LOOKED], key=lambda row: len(named & set(row)), default=())


def _places(header: Sequence[str]) -> dict[str, int]:
    """Columns by their letters, and by their names in the header."""
    lettered = {get_column_letter(index + 1): index for index in range(MOST_COLUMNS)}
    return lettered | {name: index for index, name in reversed([*enumerate(header)]) if name}


def _columns(named: str, places: dict[str, int]) -> list[int]:
    parts = [named] if named in places else named.split(wording.say("lists.join"))
    return [places[part] for part in parts if part in places]


def box(text: str) -> tuple[int, int]:
    """Width and height in pixels of a comment that shows all of its text."""
    return WIDTH, LINE * (1 + sum(1 + len(line) // PER_LINE for line in text.split("\n")))


def rows(problems: Iterable[Problem]) -> list[list[str]]:
    """The list of problems as a table: a header, then a row each, values with what cannot be seen escaped."""
    words = wording.table("annotate")
    listed = [
        [
            words[each.severity], each.file, each.sheet, str(each.row or ""), each.column, visible(each.value, LONG), each.message, each.fix,
        ] for each in problems
    ]  # fmt: skip
    return [words["columns"], *listed]
