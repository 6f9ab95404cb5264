"""Wrong digits planted in a whole built site: in a figure the seal finds each, after the manifest `verify` finds every byte."""

import csv
import io
import random
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from scripts import manifest, seal
from scripts.seal.pages import OWN
from tests import built

PLANTED, SEED, AT_ONCE = 100, 20251231, 10
FIGURE = re.compile(r'<data data-fact="[^"]*"[^>]*? value="([^"]*)"[^>]*>([^<]*)</data>')
DRAWN = re.compile(r'<text data-fact="[^"]*"[^>]*>([^<]*)</text>')
TOLD = re.compile(r'<(?:title|desc) [^>]*data-facts="[^"]*"[^>]*>([^<]*)<')
AMOUNT = re.compile(r"[0-9][0-9,]*\.[0-9]+%?")  # in a sentence: not the years and days that stand there too
SEEN_IN_A_FIGURE = {"seal-figure", "seal-spelling", "seal-unit", "seal-sentence", "seal-download"}


@dataclass(frozen=True)
class Place:
    """One digit of a file. `row`: the line of a page, the row of a table; `column`: its head."""

    file: str
    at: int
    row: int
    column: str = ""


@pytest.fixture(scope="module")
def whole() -> built.Whole:
    return built.small_site()


@pytest.fixture
def copy(whole, tmp_path) -> Path:
    return whole.unsealed(tmp_path / "site")


def text(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def pages(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*.html")):
        yield path.relative_to(folder).as_posix(), text(path)


def digits(file: str, page: str, start: int, end: int) -> list[Place]:
    return [Place(file, at, page.count("\n", 0, at) + 1) for at in range(start, end) if page[at] in "0123456789"]


def in_pages(folder: Path) -> list[Place]:
    """Printed figures and the exact values beside them."""
    found = ((file, page, m.span(g)) for file, page in pages(folder) for m in FIGURE.finditer(page) for g in (1, 2))
    return [place for file, page, span in found for place in digits(file, page, *span)]


def in_charts(folder: Path) -> list[Place]:
    """Figures drawn, and those told to readers who do not see the drawing."""
    places = []
    for file, page in pages(folder):
        spans = [m.span(1) for m in DRAWN.finditer(page)]
        spans += [a.span() for m in TOLD.finditer(page) for a in AMOUNT.finditer(page, *m.span(1))]
        places += [place for span in spans for place in digits(file, page, *span)]
    return places


def in_downloads(whole: built.Whole) -> list[Place]:
    """Digits of the cells that stand for a fact."""
    places = []
    for download in (each for page in whole.made for each in page.downloads if each.path.endswith(".csv")):
        content = download.content.decode("utf-8")
        rows, at = list(csv.reader(io.StringIO(content, newline=""))), 0
        for number, (row, meanings) in enumerate(zip(rows, download.meanings, strict=True), 1):
            for cell, means, head in zip(row, meanings, rows[0], strict=True):
                at = content.index(cell, at)
                if means.startswith("fact:"):
                    places += [Place(download.path, at + i, number, head) for i, c in enumerate(cell) if c in "0123456789"]
                at += len(cell)
    return places


def plant(folder: Path, place: Place, chance: random.Random) -> None:
    """Another digit in its stead."""
    path = folder / place.file
    before = text(path)
    other = chance.choice([digit for digit in "0123456789" if digit != before[place.at]])
    path.write_bytes((before[: place.at] + other + before[place.at + 1 :]).encode())


def rounds(places: list[Place], size: int) -> Iterator[list[Place]]:
    """A few at a time, each in a file of its own, so that none can be found in the stead of another."""
    waiting = list(places)
    while waiting:
        taken: dict[str, Place] = {}
        for place in waiting:
            if len(taken) < size:
                taken.setdefault(place.file, place)
        yield list(taken.values())
        waiting = [place for place in waiting if place not in taken.values()]


def restore(whole: built.Whole, copy: Path, files: list[str]) -> None:
    for file in files:
        shutil.copyfile(whole.folder / file, copy / file)


# ---- before the manifest


def test_what_the_build_wrote_is_sealed(whole, copy):
    assert whole.seal(copy) == []
    assert (copy / "facts.json").read_bytes() == (whole.folder / "facts.json").read_bytes()


def test_a_hundred_wrong_digits_in_figures_are_all_found_by_the_seal(whole, copy, capsys):
    chance = random.Random(SEED)
    where = {"pages": in_pages(copy), "charts": in_charts(copy), "downloads": in_downloads(whole)}
    chosen = {place: kind for kind, count in (("pages", 34), ("charts", 33), ("downloads", 33)) for place in chance.sample(where[kind], count)}
    found: Counter = Counter()
    for turn in rounds(list(chosen), AT_ONCE):
        for place in turn:
            plant(copy, place, chance)
        problems = whole.seal(copy)
        assert not (copy / "facts.json").exists()
        seen = {(p.file, p.row, p.column if p.kind == "seal-download" else "") for p in problems if p.kind in SEEN_IN_A_FIGURE}
        assert {file for file, _, _ in seen} <= {place.file for place in turn}
        found.update(chosen[place] for place in turn if (place.file, place.row, place.column) in seen)
        restore(whole, copy, [place.file for place in turn])
    assert (len(chosen), found) == (PLANTED, {"pages": 34, "charts": 33, "downloads": 33})
    assert whole.seal(copy) == []
    with capsys.disabled():
        print(f"\nwrong digits planted {PLANTED}, found {found.total()}: {dict(found)} of {({k: len(v) for k, v in where.items()})}")


def test_two_hundred_digits_anywhere_in_the_text_of_pages_are_watched(whole, copy):
    """Dates, codes, names, ticks, words of the theme: whatever its class, a digit that changes is a problem of its page."""
    chance = random.Random(SEED)
    shown = re.compile(r">([^<>]+)<")
    everywhere = [p for file, page in pages(copy) for m in shown.finditer(page) for p in digits(file, page, *m.span(1))]
    missed = []
    for turn in rounds(chance.sample(everywhere, 2 * PLANTED), 2 * AT_ONCE):
        for place in turn:
            plant(copy, place, chance)
        files = {problem.file for problem in whole.seal(copy)}
        missed += [(place.file, text(whole.folder / place.file)[place.at - 30 : place.at + 10]) for place in turn if place.file not in files]
        restore(whole, copy, [place.file for place in turn])
    assert missed == []


def test_a_link_called_like_another_page_is_found(whole, copy):
    """There is a page of that name, but the link leads to this one."""
    page = copy / "execution/2024/how/index.html"
    page.write_text(text(page).replace('index.html">2024 年预算执行</a', 'index.html">2025 年预算执行</a'), encoding="utf-8")
    assert ("seal-unclassed", "execution/2024/how/index.html") in {(problem.kind, problem.file) for problem in whole.seal(copy)}


def test_a_block_that_was_swapped_between_two_pages_is_found(whole, copy):
    first, second = copy / "projects/2025/kf-01/index.html", copy / "projects/2025/jy-01/index.html"
    one, other = first.read_bytes(), second.read_bytes()
    first.write_bytes(other)
    second.write_bytes(one)
    assert {"projects/2025/kf-01/index.html", "projects/2025/jy-01/index.html"} <= {problem.file for problem in whole.seal(copy)}


@pytest.mark.parametrize(
    ("change", "kind", "file"),
    [
        (lambda site: (site / "projects" / "index.html").unlink(), "seal-missing-file", "projects/index.html"),
        (lambda site: (site / "draft.html").write_text("<p>draft</p>", encoding="utf-8"), "seal-unexpected-file", "draft.html"),
        (lambda site: (site / "comparisons.csv").write_bytes(b""), "seal-empty-file", "comparisons.csv"),
    ],
)
def test_a_file_lost_added_or_emptied_on_the_way_is_found(whole, copy, change, kind, file):
    change(copy)
    assert (kind, file) in {(problem.kind, problem.file) for problem in whole.seal(copy)}


# ---- after the manifest


@pytest.fixture
def sealed(whole, tmp_path) -> Path:
    return Path(shutil.copytree(whole.folder, tmp_path / "sealed"))


def flip(path: Path, chance: random.Random) -> None:
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def test_a_sealed_site_verifies(sealed):
    assert seal.verify(sealed) == []


def test_a_byte_changed_at_a_hundred_places_is_each_found_and_its_file_named(whole, sealed):
    chance = random.Random(SEED)
    files = sorted(path for path in sealed.rglob("*") if path.is_file())
    weights = [path.stat().st_size for path in files]
    missed = []
    for path in chance.choices(files, weights, k=PLANTED):
        flip(path, chance)
        name = path.relative_to(sealed).as_posix()
        if name not in {problem.file for problem in manifest.check(sealed)}:
            missed.append(name)
        shutil.copyfile(whole.folder / name, path)
    assert missed == []


def test_verify_names_every_file_that_changed_and_no_other(whole, sealed):
    """A byte in each of a hundred files at once; then in the records, which are read before all others."""
    chance = random.Random(SEED)
    files = sorted(path for path in sealed.rglob("*") if path.is_file() and path.name not in OWN)
    chosen = chance.sample(files, PLANTED)
    for path in chosen:
        flip(path, chance)
    changed = sorted(path.relative_to(sealed).as_posix() for path in chosen)
    assert [problem.file for problem in seal.verify(sealed) if problem.kind == "manifest-changed"] == changed
    restore(whole, sealed, changed)
    for name in sorted(OWN):
        flip(sealed / name, chance)
        assert name in {problem.file for problem in seal.verify(sealed)}
        restore(whole, sealed, [name])
    assert seal.verify(sealed) == []
