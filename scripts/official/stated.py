"""What a source says of its tables in passing: their unit, their year, the register they belong to."""

from collections.abc import Iterable
from pathlib import Path

from scripts import cells
from scripts.official import names, titles
from scripts.problems import Problem, problem


def units(said: Iterable[str], header: Iterable[str]) -> list[str]:
    """The different units a table gives itself: above it, in its name, or in the bracket of its labels."""
    found = [word for text in said if (word := unit(text))]
    brackets = {told[1] for path in header if (told := names.expression("unit_bracket").search(names.plain(path)))}
    if not found and len(brackets) == 1:
        found = list(brackets)
    return list(dict.fromkeys(found))


def unit(text: str) -> str:
    plain = names.plain(text)
    return next((found[1] for each in ("unit", "unit_bracket") if (found := names.expression(each).search(plain))), "")


def one_unit(stated: list[str], given: str, named: bool, place: dict) -> tuple[str, list[Problem]]:
    """The unit of a table: what it says itself, else what was given; two different ones are never chosen between.

    `named`: the unit was given for this very table, not for all that say none.
    """
    if len(stated) > 1 or named and stated and given != stated[0]:
        told = " / ".join(stated + ([given] if named and given not in stated else []))
        return "", [problem("import-units-differ", **place | {"value": told})]
    word = stated[0] if stated else given
    if word and word not in cells.UNIT_WORDS:
        return "", [problem("import-unit", **place | {"value": word})]
    return word, []


def year_problems(title: str, sheet: str, header: Iterable[str], year: int, place: dict) -> list[Problem]:
    """A title, a sheet's name or a header that speaks of another year. What is nearest to the table goes first."""
    found = []
    for text in (title, sheet):
        if told := titles.years(text):
            found = [] if year in told else [text]
            break
    named = {each: path for path in header for each in titles.years(path)}
    if named and (max(named) > year or not set(named) & {year, year - 1}):
        found.append(named[max(named)])
    return [problem("import-other-year", **place | {"value": each}, year=year) for each in dict.fromkeys(found)]


def source_problems(tables: Iterable[tuple[Path, str]], folder: Path | None, year: int) -> list[Problem]:
    """Names of files, or of the folder they lie in, that speak of another year while no title in them says this one."""
    said: dict[Path, list[int]] = {}
    for path, title in tables:
        said.setdefault(path, []).extend(titles.years(title))
    found = []
    for path in (path for path, told in said.items() if year not in told):
        name = next((each for each in (path.stem, *([folder.name] if folder else [])) if titles.years(each)), "")
        if name and year not in titles.years(name):
            found.append(problem("import-other-year", file=path.name, value=name, year=year))
    return found


def register(title: titles.Title, path: Path, folder: Path | None) -> str:
    """The register a table belongs to, as its title says, or else the name of its file or folder."""
    if title.register:
        return title.register
    return next((told for name in (path.stem, *([folder.name] if folder else [])) if (told := titles.register(name))), "")
