"""Seeded mutations of good tables, one at a time: each must be refused, said, or listed by `check --previous`; none passes in silence."""

import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scripts import changes, manifest
from scripts.account import Account, account
from scripts.pages import Site, comparisons, official_table, sources, table
from scripts.problems import Problem, errors
from scripts.seal import records
from tests.redteam import Figure
from tests.redteam.mutating import KINDS, NOTHING_PUBLISHED, Mutation, mutate

ROOT = Path(__file__).resolve().parents[2]
COUNT, SEED = 1_500, 20260930
# Parts of data/ that stand on their own: two years of every register.
DATA_YEARS = ("2024", "2025")
OWN, OWN_TURNS = ("small", "data"), 3  # publishers with registers of their own come oftener than those of one official document
REFUSED, SAID, LISTED, UNCHANGED, SILENT, FALSE, TRACEBACK = "refused", "said", "listed", "unchanged", "silent", "false", "traceback"


@dataclass(frozen=True)
class Stage:
    """A publisher that may be spoilt, the site that was published of it, and what was wrong with it before."""

    name: str
    folder: Path
    site: Path
    known: frozenset[Problem]


@dataclass(frozen=True)
class Outcome:
    stage: str
    mutation: Mutation
    how: str
    named: bool  # whether something said or listed stands at the file that was spoilt


def stages(folder: Path, only: tuple[str, ...] = ()) -> Iterator[Stage]:
    """tests/small, the publishers of the real sets, a part of data/."""
    sources_of = {"small": ROOT / "tests" / "small", "data": ROOT / "data"}
    sources_of |= {path.parent.name: path for path in sorted((ROOT / "tests" / "real").glob("*/publisher"))}
    for name, source in sources_of.items():
        if only and name not in only:
            continue
        publisher = folder / name / "publisher"
        shutil.copytree(source, publisher)
        if name == "data":
            _part_of_data(publisher)
        found = account(publisher)
        assert found.public is not None, (name, found.problems)
        yield Stage(name, publisher, _published(found, folder / name / "site"), frozenset(found.problems))


def _part_of_data(publisher: Path) -> None:
    for year in publisher.glob("*/[0-9]*"):
        if year.name not in DATA_YEARS:
            shutil.rmtree(year)


def _published(found: Account, folder: Path) -> Path:
    """What a build publishes of it, without a page being drawn: facts.json and the CSV of every table."""
    site = Site(found.inputs, found.public, found.as_of.isoformat() if found.as_of else "")
    pages = [sources.page(site), comparisons.page(site)]
    for name, year in site.inputs.years:
        pages += table.pages(site, name)
        read = site.inputs.years[name, year]
        pages += official_table.pages(site, read) if read.official is not None else []
    for each in (each for page in pages for each in page.downloads):
        (folder / each.path).parent.mkdir(parents=True, exist_ok=True)
        (folder / each.path).write_bytes(each.content)
    (folder / "facts.json").write_bytes(records.dump(site.facts, {}, {}, site.mark))
    manifest.write(folder, site.inputs.publisher.name, site.as_of, "")
    return folder


def run(count: int, seed: int = SEED, only: tuple[str, ...] = ()) -> list[Outcome]:
    """So many mutations, every kind on every stage in turn as far as it finds room there."""
    dice, outcomes = random.Random(seed), []
    with tempfile.TemporaryDirectory() as scratch:
        ready = list(stages(Path(scratch), only))
        turns = [(kind, stage) for kind in KINDS for stage in ready for _ in range(OWN_TURNS if stage.name in OWN else 1)]
        while len(outcomes) < count:
            dice.shuffle(turns)
            for kind, stage in turns:
                if len(outcomes) < count:
                    outcomes += _tried(kind, stage, dice)
    return outcomes


def _tried(kind: str, stage: Stage, dice: random.Random) -> list[Outcome]:
    """One mutation of a fresh copy, or nothing where the stage gives no room for it."""
    spoilt = stage.folder.parent / "spoilt"
    shutil.copytree(stage.folder, spoilt)
    try:
        mutation = mutate(kind, spoilt, dice)
        return [] if mutation is None else [_outcome(stage, spoilt, mutation)]
    finally:
        shutil.rmtree(spoilt)


def _outcome(stage: Stage, spoilt: Path, mutation: Mutation) -> Outcome:
    try:
        found = account(spoilt)
        listed = changes.since(stage.site, found)
    except Exception as wrong:  # noqa: BLE001  the very thing that must not happen is counted
        return Outcome(stage.name, Mutation(mutation.kind, mutation.file, f"{mutation.told} {wrong!r}"), TRACEBACK, False)
    new = [each for each in found.problems if each not in stage.known]
    if mutation.kind in NOTHING_PUBLISHED:  # may be said (a line out of order), must not be listed
        how = REFUSED if errors(new) else FALSE if listed else SAID if new else UNCHANGED
    else:
        how = REFUSED if errors(new) else SAID if new else LISTED if listed else SILENT
    return Outcome(stage.name, mutation, how, any(_at(each, mutation) for each in (*new, *listed)))


def _at(each: Problem, mutation: Mutation) -> bool:
    """At the file, or where what it says of another is kept: a unit is told at the table, a missing year at its folder."""
    folder = mutation.file.rpartition("/")[0]
    return each.file == mutation.file or bool(folder) and each.file.replace("-", "_").startswith(folder)


def score() -> list[Figure]:
    outcomes = run(COUNT)
    how = Counter(each.how for each in outcomes)
    changing = len(outcomes) - how[UNCHANGED]
    named = sum(each.named for each in outcomes if each.how in (REFUSED, SAID, LISTED))
    return [
        Figure("mutations of good tables in silence", how[SILENT], changing, "0"),
        Figure("mutations that end in a traceback", how[TRACEBACK], changing, "0"),
        Figure("mutations refused", how[REFUSED], changing, ""),
        Figure("mutations published with a warning or 不平", how[SAID], changing, ""),
        Figure("mutations listed by check --previous alone", how[LISTED], changing, ""),
        Figure("mutations told at their own file or year", named, changing, ">= 99 %"),
        Figure("mutations that change nothing published, and yet listed", how[FALSE], how[FALSE] + how[UNCHANGED], "0"),
    ]


if __name__ == "__main__":
    for figure in score():
        print(f"{figure.name:60} {figure.got:5} of {figure.of:5}  goal {figure.goal}")
