"""What a register's tables look like: schema.toml, a Frictionless Table Schema in TOML with a few properties of our own."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scripts import cells, declared
from scripts.facts import Unit

REGISTERS = Path(__file__).with_name("registers")
_UNIT_BRACKET = re.compile(r"\((.+)\)$")


@dataclass(frozen=True, slots=True)
class Field:
    """One column. `scale`: "yuan"/"wan" for money (from the header's bracket), else "". `code`: kind of code, or "".

    `free`: any text may stand here. `names`: id of the column whose codes this one names. `year`: it must be the folder's year.
    `description`: what the title alone does not say. `example`: a right value as typed, "" where the allowed words say it.
    """

    name: str
    id: str
    type: str
    publish: bool
    scale: str
    unit: Unit | None
    code: str
    source: bool
    constraints: dict
    free: bool = False
    names: str = ""
    year: bool = False
    description: str = ""
    example: str = ""
    people: bool = False  # counts persons who exist, so that a small number may point at one of them
    legal_basis: str = ""  # why a column of the deny-list is open all the same, and who said so
    approved_by: str = ""

    @property
    def founded(self) -> bool:
        return bool(self.legal_basis.strip() and self.approved_by.strip())

    @property
    def required(self) -> bool:
        return bool(self.constraints.get("required"))

    @property
    def numeric(self) -> bool:
        return self.unit is not None

    @property
    def title(self) -> str:
        """The header without its unit bracket."""
        return _UNIT_BRACKET.sub("", self.name) if self.scale else self.name


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """`any_year`: the row may stand in another year of its register, as the project that a finding of the next year is about.

    `at`: headers of the columns that it names there, () for the primary key; of several rows that bear it the last is meant.
    `where`: (column, words): only rows that say so name one, as a number is an evaluation's where the source is an evaluation.
    """

    fields: tuple[str, ...]
    register: str
    table: str
    any_year: bool = False
    at: tuple[str, ...] = ()
    where: tuple[str, tuple[str, ...]] | tuple[()] = ()

    def texts(self, row) -> tuple[str, ...]:
        """What a row names by this key; () where it names nothing."""
        told = tuple(row.text(each) for each in self.fields)
        return told if told[0] and (not self.where or row.text(self.where[0]) in self.where[1]) else ()

    def there(self, table: "Table") -> tuple[str, ...]:
        """The ids of the columns that it names in its table."""
        return tuple(next(f.id for f in table.fields if f.name == name) for name in self.at) or table.key


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    title: str
    key: tuple[str, ...]  # field ids
    fields: tuple[Field, ...]
    foreign_keys: tuple[ForeignKey, ...]
    equations: tuple[declared.Equation, ...]
    optional: bool
    people: declared.People = declared.People()

    @property
    def people_fields(self) -> tuple[Field, ...]:
        """Columns that count persons who exist, the first being those whom amounts were paid to."""
        return tuple(f for f in self.fields if f.people)

    def field(self, id_: str) -> Field:
        return next(f for f in self.fields if f.id == id_)


@dataclass(frozen=True, slots=True)
class Schema:
    register: str
    title: str
    summary: str
    tables: tuple[Table, ...]
    official: bool
    optional: bool
    needs: tuple[str, ...]
    measures: tuple[declared.Measure, ...] = ()
    obligations: tuple[declared.Obligation, ...] = ()

    def table(self, name: str) -> Table:
        return next(t for t in self.tables if t.name == name)

    def of_sheet(self, sheet: str) -> str:
        """The name of the table that a sheet of the year's workbook holds, "" for none: a sheet bears its title or its name."""
        return next((t.name for t in self.tables if sheet in (t.title, t.name)), "")


@cache
def load(register: str) -> Schema:
    return read(REGISTERS / register / "schema.toml", register)


def read(path: Path, register: str) -> Schema:
    """A schema as it stands in a file. What it declares must make sense of its own tables: declared.Wrong otherwise."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    optional = told.get("optional", False)
    tables = tuple(_table(each, register, optional) for each in told["tables"])
    return Schema(
        register=register,
        title=told["title"],
        summary=told["summary"],
        tables=tables,
        official=told.get("official", False),
        optional=optional,
        needs=tuple(told.get("needs", ())),
        measures=tuple(declared.measure(each, tables, register) for each in told.get("measures", ())),
        obligations=tuple(declared.obligation(each, tables, register) for each in told.get("obligations", ())),
    )


def _table(told: dict, register: str, optional: bool) -> Table:
    ids = {each["name"]: each["id"] for each in told["fields"]}
    fields = tuple(_field(each, ids) for each in told["fields"])
    return Table(
        name=told["name"],
        title=told["title"],
        key=tuple(ids[name] for name in told["primaryKey"]),
        fields=fields,
        foreign_keys=tuple(_foreign_key(each, register, ids) for each in told.get("foreignKeys", ())),
        equations=tuple(declared.equation(each, fields, register) for each in told.get("equations", ())),
        optional=optional or told.get("optional", False),
        people=declared.people(told.get("people", {}), ids),
    )


def _field(told: dict, ids: dict[str, str]) -> Field:
    bracket = _UNIT_BRACKET.search(told["name"])
    scale = cells.UNIT_WORDS.get(bracket[1], "") if bracket and told["type"] == "number" else ""
    unit = Unit.FEN if scale else Unit(told["unit"]) if "unit" in told else None
    code = told.get("code", "")
    return Field(
        name=told["name"],
        id=told["id"],
        type=told["type"],
        publish=told.get("publish", False),
        scale=scale,
        unit=unit,
        code="plain" if code is True else code,
        source=told.get("source", False),
        constraints=told.get("constraints", {}),
        free=told.get("free", False),
        names=ids[told["names"]] if "names" in told else "",
        year=told.get("year", False),
        description=told.get("description", ""),
        example=told.get("example", ""),
        people=told.get("people", unit is Unit.PERSONS),
        legal_basis=told.get("legal_basis", ""),
        approved_by=told.get("approved_by", ""),
    )


def _foreign_key(told: dict, register: str, ids: dict[str, str]) -> ForeignKey:
    other, _, table = told["reference"]["resource"].rpartition("/")
    where = next(((ids[name], (words,) if isinstance(words, str) else tuple(words)) for name, words in told.get("where", {}).items()), ())
    return ForeignKey(tuple(ids[name] for name in told["fields"]), other or register, table, told.get("years") == "any", tuple(told.get("at", ())), where)
