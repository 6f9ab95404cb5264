"""Where rows name each other: from a foreign key to the row it names, and back from that row to all that name it."""

from collections import defaultdict
from dataclasses import dataclass

from scripts import plain, schema
from scripts.facts import key_part
from scripts.inputs import Inputs, RegisterYear
from scripts.tables import Data, Row


@dataclass(frozen=True, slots=True)
class Mention:
    """One row of a table, in its register's year. `through`: the columns by which it names another."""

    year: RegisterYear
    data: Data
    row: Row
    through: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, int, str, str]:
        return self.year.register, self.year.year, self.data.schema.name, self.data.key(self.row)

    @property
    def name(self) -> str:
        """What tells the row from the others that name the same: not the name they share."""
        return plain.name(self.data, self.row, self.through)


@dataclass(frozen=True, slots=True)
class Links:
    """`to`: (key of a row, first column of its foreign key) -> the row it names; `back`: key of a row -> the rows that name it."""

    to: dict[tuple, Mention]
    back: dict[tuple, list[Mention]]


def index(inputs: Inputs) -> Links:
    """Every foreign key of open columns, both ways; the rows that name one stand oldest first."""
    links, there = Links({}, defaultdict(list)), {}
    for key in sorted(inputs.years):
        year = inputs.years[key]
        for data in year.tables.values():
            for foreign in data.schema.foreign_keys:
                target = foreign.register, foreign.table, foreign.at
                if target not in there:
                    there[target] = _rows(inputs, foreign)
                for row in data.rows:
                    meant = _meant(there[target], year.year, foreign, data, row)
                    if meant is not None:
                        each = Mention(year, data, row, foreign.fields)
                        links.to.setdefault((each.key, foreign.fields[0]), meant)
                        links.back[meant.key].append(each)
    return links


def _rows(inputs: Inputs, foreign: schema.ForeignKey) -> dict[str, list[Mention]]:
    """What a foreign key may say -> the rows that bear it, in every year that has them."""
    found: dict[str, list[Mention]] = defaultdict(list)
    for year in inputs.of(foreign.register):
        for row in year.rows(foreign.table):
            data = year.tables[foreign.table]
            found["+".join(data.key_of(row, each) for each in foreign.there(data.schema))].append(Mention(year, data, row))
    return found


def _meant(there: dict, year: int, foreign: schema.ForeignKey, data: Data, row: Row) -> Mention | None:
    """The last row of the same year, or of the nearest one where any year may hold it; none where it is not there, or not shown."""
    if not all(data.schema.field(each).publish for each in foreign.fields):
        return None  # what is not shown names nothing
    rows = there.get("+".join(map(key_part, foreign.texts(row))), [])
    right = [each for each in rows if foreign.any_year or each.year.year == year]
    return min(right, key=lambda each: (abs(each.year.year - year), -each.year.year, -each.row.line), default=None)
