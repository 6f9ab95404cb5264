"""`demo`: another county, of any size, made up from a seed, in which every equation holds."""

import datetime
from collections.abc import Iterator
from pathlib import Path

from scripts import registers
from scripts.demo import county as counties
from scripts.demo import money, writers
from scripts.demo.county import AS_OF, County
from scripts.demo.folder import Folder
from scripts.demo.texts import phrase
from scripts.problems import Problem, problem


def refusal(folder: Path) -> list[Problem]:
    """Nothing is written over anything: the folder is new or empty."""
    if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
        return [problem("demo-not-empty", file=str(folder))]
    return []


def write(folder: Path, seed: int, towns: int, years: int) -> int:
    """A publisher's whole folder; how many files."""
    made = counties.county(seed, towns, years)
    money.fill(made)
    count = 0
    for name, content in files(made):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        count += 1
    return count


def files(county: County) -> Iterator[tuple[str, bytes]]:
    """Every file by its name in the folder, the same for the same county. A register may have nothing to say of a year."""
    yield "publisher.toml", settings(county, AS_OF).encode()
    for register in registers.ORDER:
        writer = writers.of(register)
        for year in county.years if writer else ():
            folder = Folder(county, register, year)
            writer(folder)
            yield from ((f"{register}/{year}/{name}", content) for name, content in folder.files().items())


def settings(county: County, as_of: datetime.date) -> str:
    name, letter = phrase("county.publisher", county=county.name), phrase("county.letter", county=county.name)
    return f"""name = "{name}"
demonstration = true
plan = "plan-1"
as_of = {as_of}

[contacts]
telephone = "000-0000000"
text_message = "000-0000000"
letter = "{letter}"
email = "demo@example.org"
"""
