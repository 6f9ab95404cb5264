"""The tables of a source, each recognised or said to be none; two of one kind are told apart by what their titles say."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts.official import body, heads, kinds, names, resolve, sheets, stated, titles
from scripts.official.sheets import Printed
from scripts.official.titles import Title
from scripts.official.unfold import Unfolded, preamble, unfold
from scripts.problems import Problem, problem

SAYS = {"budget": "budget", "final_accounts": "accounts"}


@dataclass(frozen=True, slots=True)
class Given:
    """What the caller says of a source. `unit`: of tables that say none; `units`: of a kind's table."""

    register: str
    year: int
    folder: Path | None
    unit: str
    units: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """One table of the source, recognised: how it is called there, and where it comes from."""

    kind: str
    title: str
    unit: str
    partial: bool
    narrow: bool
    sheet: Unfolded
    around: list[str]
    source: Path
    name: str

    def file(self, register: str, year: int) -> str:
        return f"{kinds.load(year)[self.kind].title(register)}.csv"


def tables(printed: list[tuple[Path, Printed]], given: Given) -> tuple[dict[str, Found], list[Problem]]:
    """Tables by kind, in printed order, and everything that was not taken."""
    found: dict[str, Found] = {}
    problems: list[Problem] = []
    for path, sheet in ((path, sheets.unwrapped(sheet)) for path, sheet in printed):
        place = {"file": path.name, "sheet": "" if sheet.name == path.stem else sheet.name}
        if names.expression("not_tables").search(names.plain(sheet.name)) or sheets.lists_contents(sheet):
            problems.append(problem("import-not-a-table", **place))
            continue
        for part in sheets.split(sheet):
            table, wrong = _recognised(path, part, given, place)
            problems += wrong
            if table is not None:
                problems += _taken(found, table, place)
    return found, problems


def _taken(found: dict[str, Found], table: Found, place: dict) -> list[Problem]:
    """The table is taken, unless one of its kind is there: then the wider of two is kept, as their titles tell them."""
    other = found.get(table.kind)
    if other is None:
        found[table.kind] = table
        return []
    if table.narrow == other.narrow:
        return [problem("import-twice", **place, title=table.title, value=table.title, other=other.title)]
    wide, narrow = (table, other) if other.narrow else (other, table)
    found[table.kind] = wide
    return [problem("import-narrower", file=narrow.source.name, sheet=narrow.name, value=narrow.title, other=wide.title)]


def _recognised(path: Path, part: Printed, given: Given, place: dict) -> tuple[Found | None, list[Problem]]:
    """(table or None, problems): a title printed above the table goes before the name of the file or sheet."""
    start, said = preamble(part)
    known = [text for text in said if _known(titles.recognise(text))]
    text = [*known, *(each for each in said if sheets.is_title(each) and not sheets.beside(each)), part.name][0]
    title = heads.settle(titles.recognise(text), part, start)
    place = place | {"value": text}
    if wrong := _not_taken(title, part, start, path, given, place):
        return None, [wrong]
    kind = kinds.load(given.year)[title.kind]
    table = unfold(part, kind)
    word, wrong = _unit(said, part, table, title.kind, given, place)
    if any(each.kind == "import-units-differ" for each in wrong):
        return None, wrong
    problems = _said_otherwise(text, title, part, given, place, kind, table) + wrong
    problems += [problem("import-signed", **{k: v for k, v in place.items() if k != "value"}, row=n) for n in _signed(part, start, table)]
    partial = bool(names.expression("partial").search(names.plain(text)))
    around = [each for each in said if each != text and not body.is_signature([each])] + table.around
    return Found(title.kind, names.shown_title(text), word, partial, title.narrow, table, around, path, place["sheet"]), problems


def _known(title: Title) -> bool:
    return bool(title.kind or title.other)


def _not_taken(title: Title, part: Printed, start: int, path: Path, given: Given, place: dict) -> Problem | None:
    """Why a sheet is no table of this register: another known table, an unknown one, none at all, the other register."""
    if not any(text.strip() for texts in part.texts[start:] for text in texts):
        return problem("import-not-a-table", **place)
    if title.other:
        return problem("import-known-other", **place, name=title.other)
    if not title.kind:
        columns = max(sum(bool(text.strip()) for text in texts) for texts in part.texts)
        return problem("import-unrecognised" if columns > 1 else "import-not-a-table", **place)
    if stated.register(title, path, given.folder) not in ("", SAYS[given.register]):
        return problem("import-other-register", **place)
    return None


def _unit(said: list[str], part: Printed, table: Unfolded, kind: str, given: Given, place: dict) -> tuple[str, list[Problem]]:
    named = given.units.get(kind, "")
    words = stated.units([*said, *table.around, *([part.name] if part.alone else [])], table.header)
    return stated.one_unit(words, named or given.unit, bool(named), place)


def _said_otherwise(text: str, title: Title, part: Printed, given: Given, place: dict, kind: kinds.Kind, table: Unfolded) -> list[Problem]:
    """Where the source contradicts itself or the caller: another year, two names for one table."""
    name = part.name if part.alone else ""
    found = stated.year_problems(text, name, table.header, given.year, place)
    money = [column for column in resolve.resolve(kind, table.header, given.register) if column.type == "money"]
    if not found and money and {column.role for column in money} == {"previous"}:
        found = [problem("import-other-year", **place | {"value": money[0].path}, year=given.year)]
    other = titles.recognise(name)
    if _known(other) and other.kind != title.kind:
        found.append(problem("import-two-names", **place, name=name))
    return found


def _signed(part: Printed, start: int, table: Unfolded) -> list[int]:
    """Lines above and below a table that name persons; they are left out."""
    above = [part.line(n) for n, texts in enumerate(part.texts[:start]) for text in texts if text.strip() and body.is_signature([text])]
    return sorted({*above, *table.signed})
