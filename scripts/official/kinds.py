"""What each kind of official table means, from kinds.toml: columns, lines, equations; before any table is read."""

from dataclasses import dataclass
from functools import cache

from scripts.official import names, titles
from scripts.official.equations import Equation, equation
from scripts.official.words import told


@dataclass(frozen=True, slots=True)
class ColumnKind:
    """A column by role. `type`: money, code, name, item, text, number, percent. `parts`: labels of a split code."""

    role: str
    title: str
    type: str = "money"
    aliases: tuple[tuple[str, ...], ...] = ()
    parts: tuple[str, ...] = ()
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class LineKind:
    """A line by role. `sort`: total, carry, other, "" for an item; `of`: what it is part of; `after`: its section."""

    role: str
    title: str
    aliases: tuple[str, ...] = ()
    sort: str = ""
    of: str = ""
    after: str = ""
    section: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    id: str
    titles: dict[str, str]
    required: bool
    rows: str
    blocks: tuple[str, ...]
    lines: str
    needs: tuple[str, ...]
    columns: tuple[ColumnKind, ...]
    measures: tuple[ColumnKind, ...]
    equations: tuple[Equation, ...]
    lines_needed: dict[str, list[str]]
    columns_needed: dict[str, list[str]]

    def title(self, register: str) -> str:
        return self.titles[register]

    def column(self, role: str) -> ColumnKind | None:
        return next((c for c in self.columns + self.measures if c.role == role), None)


@cache
def load(year: int) -> dict[str, Kind]:
    """All kinds by id, with the aliases of a year."""
    common = tuple(_column(each, year) for each in told()["shared"]["common"])
    return {name: _kind(name, each, year, common) for name, each in told()["kinds"].items()}


def required() -> list[str]:
    """The kinds that a complete budget or final account has, in their usual order."""
    return [name for name, each in told()["kinds"].items() if each.get("required")]


def _kind(name: str, told_kind: dict, year: int, common: tuple[ColumnKind, ...]) -> Kind:
    own = [_column(each, year) for each in told_kind.get("columns", ())]
    for group in told_kind.get("groups", ()):
        taken = {each.role for each in own}
        own += [column for each in told()["groups"][group] if (column := _column(each, year)).role not in taken]
    return Kind(
        id=name,
        titles=told_kind["title"],
        required=told_kind.get("required", False),
        rows=told_kind.get("rows", "function"),
        blocks=tuple(told_kind.get("blocks", ())),
        lines=told_kind.get("lines", ""),
        needs=tuple(told_kind.get("needs", ())),
        columns=tuple(own) + tuple(c for c in common if c.role not in {each.role for each in own}),
        measures=tuple(_column(each, year) for each in told_kind.get("measures", ())),
        equations=tuple(equation(each) for each in told_kind.get("equations", ())),
        lines_needed=told_kind.get("lines_needed", {}),
        columns_needed=told_kind.get("columns_needed", {}),
    )


def _column(each: dict, year: int) -> ColumnKind:
    spelt = [each["title"], *each.get("aliases", ())]
    filled = (text.replace("{year}", str(year)).replace("{last}", str(year - 1)) for text in spelt)
    return ColumnKind(
        each["role"], each["title"], each.get("type", "money"), tuple(dict.fromkeys(map(names.components, filled))),
        tuple(each.get("parts", ())), each.get("repeats", False),
    )  # fmt: skip


@cache
def lines(vocabulary: str) -> tuple[LineKind, ...]:
    """The lines a table may list, in the order of kinds.toml."""
    return tuple(
        LineKind(
            each["role"], each["title"], tuple(names.plain(a) for a in (each["title"], *each.get("aliases", ()))),
            each.get("is", ""), each.get("of", ""), each.get("after", ""), each.get("section", False),
        )
        for each in told()["lines"].get(vocabulary, ())
    )  # fmt: skip


def recognise(text: str) -> str | None:
    """The kind of the set that a file's, sheet's or title's name means; never by number."""
    return titles.recognise(text).kind or None
