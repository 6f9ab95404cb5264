"""What a schema declares beside its tables: measures, equations of a row, what must be published, whom a table counts. Wrong ones fail when it is read."""

from dataclasses import dataclass

from scripts import identities
from scripts.facts import Unit

BY = ("count", "sum", "min", "max", "mean", "share", "latest")
MEASURE = {"name", "title", "table", "of", "by", "over", "where", "each", "unit", "clause", "figure"}
NAMED = {"fact", "clause", "title", "figure"}
EQUATION = {"id", "each", "holds", "differs"}
OBLIGATION = {"rule", "table", "matter", "title", "base", "published"}


@dataclass(frozen=True, slots=True)
class Measure:
    """One aggregate of one column; `register/year/<name>`. Columns are field ids, "" where none.

    `where`: (column, words) of the one filter, () for all rows. `each`: one fact for each value of this column, `<name>@<value>`.
    `derived`: the register's own code makes the fact, here it only gets its clause. `figure`: one of the main figures of its year.
    """

    name: str
    title: str
    clauses: tuple[str, ...] = ()
    table: str = ""
    of: str = ""
    by: str = ""
    over: str = ""
    where: tuple[str, tuple[str, ...]] | tuple[()] = ()
    each: str = ""
    unit: Unit | None = None
    derived: bool = False
    figure: bool = True


@dataclass(frozen=True, slots=True)
class Equation:
    """What must hold in every row of a table: names are field ids. `differs`: why the sides may measure different things."""

    id: str
    holds: identities.Sides
    differs: str = ""


@dataclass(frozen=True, slots=True)
class Obligation:
    """What must be published under a rule. `base`: the column its limit runs from, "" for a fixed day of each year.

    `matter`: the column that names what; `title`: a fixed name, or what stands before it.
    """

    rule: str
    table: str
    published: str
    base: str = ""
    matter: str = ""
    title: str = ""


class Wrong(ValueError):
    """A schema that cannot mean what it says; found when it is loaded, long before there are data."""


def measure(told: dict, tables, register: str) -> Measure:
    """One of `[[measures]]`."""
    clauses = _several(told.get("clause", ()))
    if "fact" in told:
        _known(told, NAMED, register)
        return Measure(told["fact"], told.get("title", ""), clauses, derived=True, figure=told.get("figure", True))
    _known(told, MEASURE, register)
    table = _table(told, tables, register)
    ids = {part: _column(told.get(part, ""), table, register) for part in ("of", "over", "each")}
    found = Measure(told["name"], told["title"], clauses, table.name, by=told.get("by", ""), where=_filter(told.get("where", {}), table, register),
                    unit=Unit(told["unit"]) if "unit" in told else None, figure=told.get("figure", True), **ids)  # fmt: skip
    if wrong := _senseless(found, table):
        raise Wrong(f"{register}: measure {found.name}: {wrong}")
    return found


def _senseless(found: Measure, table) -> str:
    """Why a measure cannot be computed, "" when it can."""
    numbers = [found.of, found.over]
    if found.name == table.name:
        return "a measure is not called like its table"
    if found.by not in BY:
        return f"by {found.by!r} is none of {', '.join(BY)}"
    if any(part and not table.field(part).numeric for part in numbers):
        return "of and over are columns of numbers"
    if found.by != "share" and bool(found.of) != (found.by != "count"):
        return f"{found.by} goes {'without' if found.of else 'with'} a column"
    if bool(found.over) != (found.by == "share" and bool(found.of)):
        return "a share has both of and over, or neither; nothing else has over"
    if found.by == "share" and not found.of and not found.where:
        return "a share of rows needs the filter that its rows pass"
    if found.by == "mean" and table.field(found.of).unit not in (Unit.POINTS, Unit.SHARE):
        return "a mean is of points or shares: persons and fen have no parts"
    if found.unit and found.by != "count":
        return "only what is counted needs a unit"
    if found.each and not table.field(found.each).publish:
        return "each is a column that is published"
    if found.by == "latest" and len(periods(found, table)) != 1:
        return "latest needs a key that is one column more than its filter"
    return ""


def periods(found: Measure, table) -> list[str]:
    """The columns of the key that tell the rows of one filter apart."""
    fixed = {found.each} | ({found.where[0]} if found.where and len(found.where[1]) == 1 else set())
    return [each for each in table.key if each not in fixed]


def equation(told: dict, fields, register: str) -> Equation:
    """One of `[[tables.equations]]`: all its names are columns of numbers of the table."""
    _known(told, EQUATION, register)
    if told.get("each") != "row":
        raise Wrong(f"{register}: an equation of own tables holds for each row")
    sides = identities.parse_holds(told["holds"])
    numbers = {field.id for field in fields if field.numeric}
    if unknown := [name for name in sides.names if name not in numbers]:
        raise Wrong(f"{register}: equation {told['id']}: no column of numbers {', '.join(unknown)}")
    return Equation(told["id"], sides, told.get("differs", ""))


def obligation(told: dict, tables, register: str) -> Obligation:
    """One of `[[obligations]]`; only open columns say what is public."""
    _known(told, OBLIGATION, register)
    table = _table(told, tables, register)
    found = Obligation(told["rule"], table.name, title=told.get("title", ""),
                       **{part: _column(told.get(part, ""), table, register) for part in ("published", "base", "matter")})  # fmt: skip
    if not found.published or not (found.matter or found.title):
        raise Wrong(f"{register}: an obligation has a column of publication, and a name")
    if shut := [part for part in (found.published, found.base, found.matter) if part and not table.field(part).publish]:
        raise Wrong(f"{register}: an obligation rests on open columns, not on {', '.join(shut)}")
    if table.field(found.published).type != "date":
        raise Wrong(f"{register}: the day of publication is a date")
    return found


def _known(told: dict, keys: set[str], register: str) -> None:
    if unknown := told.keys() - keys:
        raise Wrong(f"{register}: nobody reads {', '.join(sorted(unknown))} of {told}")


def _table(told: dict, tables, register: str):
    """The table named, else the first."""
    name = told.get("table", tables[0].name)
    found = next((table for table in tables if table.name == name), None)
    if found is None:
        raise Wrong(f"{register}: no table {name}")
    return found


def _column(name: str, table, register: str) -> str:
    """A column's id by its header, "" for none."""
    found = next((field.id for field in table.fields if field.name == name), "")
    if name and not found:
        raise Wrong(f"{register}: table {table.name} has no column {name}")
    return found


def _filter(told: dict, table, register: str) -> tuple:
    if not told:
        return ()
    if len(told) > 1:
        raise Wrong(f"{register}: a measure has one filter at most: {told}")
    (name, words), = told.items()
    field = table.field(_column(name, table, register))
    if field.numeric or not field.publish:
        raise Wrong(f"{register}: a filter is one of the open columns of words, not {name}")
    allowed = field.constraints.get("enum")
    if allowed and (strange := [word for word in _several(words) if word not in allowed]):
        raise Wrong(f"{register}: {name} never says {', '.join(strange)}")
    return field.id, _several(words)


def _several(told) -> tuple[str, ...]:
    """One word or a list of them."""
    found = (told,) if isinstance(told, str) else tuple(told)
    if not all(isinstance(each, str) for each in found):
        raise Wrong(f"words, not expressions: {told}")
    return found


@dataclass(frozen=True, slots=True)
class People:
    """What a table says of the people it counts, by field ids.

    `by`: columns that divide them, so that rows add up; `population`: tables of one population share their totals.
    `fine`: category x level x village, with a threshold of its own. `amounts`: what was paid to the persons of the row;
    `standard`: the published amount a head, which gives the count back; `besides`: the part of the amounts that the standard does
    not tell, as back payments; `largest`: the largest single payment.
    `recipients`: column of the row that the first foreign key names, where that row counts them; `only`: column -> word of
    the rows that pay persons, all where nothing is said.
    """

    by: tuple[str, ...] = ()
    population: str = ""
    fine: bool = False
    amounts: tuple[str, ...] = ()
    standard: str = ""
    besides: str = ""
    largest: str = ""
    recipients: str = ""
    only: tuple[tuple[str, str], ...] = ()


def people(told: dict, ids: dict[str, str]) -> People:
    """`ids`: field ids by header."""
    return People(
        by=tuple(ids[name] for name in told.get("by", ())),
        population=told.get("population", ""),
        fine=told.get("fine", False),
        amounts=tuple(ids[name] for name in told.get("amounts", ())),
        standard=ids[told["standard"]] if "standard" in told else "",
        besides=ids[told["besides"]] if "besides" in told else "",
        largest=ids[told["largest"]] if "largest" in told else "",
        recipients=told.get("recipients", ""),
        only=tuple((ids[name], word) for name, word in told.get("only", {}).items()),
    )
