"""`make bench`: our pages stage against its floor, Pelican's defaults and itself; the whole build. Exit 1 when a goal is missed."""

import argparse
import json
import os
import platform
import random
import shutil
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.generate import generate  # noqa: E402
from tests.bench.measure import Measured, measure  # noqa: E402

SMALL, LARGE = 1000, 4000
ROOM = 2 * 1024**3
GOALS = tomllib.loads((Path(__file__).with_name("goals.toml")).read_text(encoding="utf-8"))
HUGO = {
    "hugo.toml": 'disableKinds = ["home", "section", "taxonomy", "term", "rss", "sitemap", "404"]\n[markup.goldmark.renderer]\nunsafe = true\n',
    "layouts/_default/single.html": "<!doctype html><title>{{ .Title }}</title><main>{{ .Content }}</main>\n",
}


@dataclass(frozen=True, slots=True)
class Case:
    """`command` gets the folder to write into; `pages`: how many HTML files must be there, None where the command knows.
    `at_home`: run in the project's folder, where Pelican finds our settings.
    """

    name: str
    command: Callable[[Path], list[str]]
    pages: int | None
    at_home: bool = True


def main(arguments: list[str]) -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="three rounds instead of five")
    options.add_argument("--seed", type=int, default=1, help="of the pages and of the order of the cases")
    chosen = options.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=memory()) as place:
        cases = prepare(Path(place), chosen.seed)
        runs = rounds(cases, 3 if chosen.quick else 5, chosen.seed, Path(place))
    figures = compare(runs)
    missed = report(runs, figures)
    record = {"machine": machine(), "goals": GOALS, "figures": figures, "pages": {name: pages for name, (pages, _) in runs.items()},
              "runs": {name: [asdict(each) for each in measured] for name, (_, measured) in runs.items()}}  # fmt: skip
    (ROOT / "bench.json").write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")
    return 1 if missed else 0


def memory() -> str | None:
    """A folder in memory, where the system has one with room: a busy disk costs every case the same and blurs the ratios."""
    place = Path("/dev/shm")
    return str(place) if place.is_dir() and os.access(place, os.W_OK) and shutil.disk_usage(place).free > ROOM else None


def prepare(place: Path, seed: int) -> list[Case]:
    print(f"Generating {SMALL} and {LARGE} pages …", flush=True)
    for count in (SMALL, LARGE):
        generate(place / str(count), count, seed)
    shutil.copytree(ROOT / "data", place / "publisher")  # a publisher of its own: content/ is left alone
    python, floor = sys.executable, str(Path(__file__).with_name("floor.py"))

    def ours(count: int) -> Callable[[Path], list[str]]:
        content = str(place / str(count) / "ours")
        return lambda out: [python, "-m", "pelican", content, "-o", str(out), "-s", str(ROOT / "pelicanconf.py"), "--fatal", "warnings"]

    cases = [
        Case("floor_jinja", lambda out: [python, floor, str(place / str(SMALL)), str(out)], SMALL),
        Case("pelican_defaults", lambda out: [python, "-m", "pelican", str(place / str(SMALL) / "raw"), "-o", str(out)], SMALL, False),
        Case("pages_1000", ours(SMALL), SMALL),
        Case("pages_4000", ours(LARGE), LARGE),
        Case("build", lambda out: [python, "-m", "scripts", "build", "--publisher", str(place / "publisher"), "--output", str(out)], None),
    ]
    if shutil.which("hugo"):
        cases.append(Case("hugo", hugo(place), SMALL))
    else:
        print("hugo: not found on PATH, not compared.")
    return cases


def hugo(place: Path) -> Callable[[Path], list[str]]:
    """The same raw pages through Hugo and the barest layout: less than we do, so it flatters Hugo."""
    source = place / "hugo"
    for name, text in HUGO.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, encoding="utf-8")
    (source / "content").mkdir()
    for page in (place / str(SMALL) / "raw" / "pages").iterdir():
        body = page.read_text(encoding="utf-8").partition("\n\n")[2]
        (source / "content" / page.name).write_text(f'+++\ntitle = "{page.stem}"\n+++\n{body}', encoding="utf-8")
    return lambda out: ["hugo", "--source", str(source), "--destination", str(out), "--quiet"]


def rounds(cases: list[Case], count: int, seed: int, place: Path) -> dict[str, tuple[int, list[Measured]]]:
    """Every case once per round, in an order of its own, each into a fresh folder. A case that fails ends the bench."""
    dice, runs, written = random.Random(seed), defaultdict(list), {}
    for number in range(count):
        for case in dice.sample(cases, len(cases)):
            with tempfile.TemporaryDirectory(dir=place) as folder:
                output = Path(folder) / "out"
                measured = measure(case.command(output), ROOT if case.at_home else Path(folder), Path(folder) / "log")
                pages = sum(1 for _ in output.rglob("*.html"))
            if measured.status or not pages or (case.pages and pages < case.pages):
                sys.exit(f"{case.name} failed: exit {measured.status}, {pages} pages\n{measured.said}")
            runs[case.name].append(measured)
            written[case.name] = pages
            print(f"round {number + 1}/{count}  {case.name:17} {measured.cpu:7.2f} CPU s", flush=True)
    return {case.name: (written[case.name], runs[case.name]) for case in cases}


def compare(runs: dict[str, tuple[int, list[Measured]]]) -> dict[str, float]:
    """The figures that goals.toml names, and a few that have no goal."""
    cpu = {name: median(each.cpu for each in measured) for name, (_, measured) in runs.items()}
    peak = {name: max(each.peak_mb for each in measured) for name, (_, measured) in runs.items()}
    figures = {
        "pages_over_floor": cpu["pages_1000"] / cpu["floor_jinja"],
        "defaults_over_pages": cpu["pelican_defaults"] / cpu["pages_1000"],
        "pages_4000_over_1000": cpu["pages_4000"] / cpu["pages_1000"],
        "pages_peak_mb": max(peak["pages_1000"], peak["pages_4000"]),
        "build_peak_mb": peak["build"],
        "build_ms_per_page": 1000 * cpu["build"] / runs["build"][0],
    }
    if "hugo" in cpu:
        figures["pages_over_hugo"] = cpu["pages_1000"] / cpu["hugo"]
    return figures


def report(runs: dict[str, tuple[int, list[Measured]]], figures: dict[str, float]) -> list[str]:
    """Prints both tables and gives back the goals that were missed."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    print(f"\n{'case':17} {'pages':>6} {'CPU s (min-max)':>22} {'ms/page':>8} {'peak MB':>8}")
    for name, (pages, measured) in runs.items():
        spent = sorted(each.cpu for each in measured)
        span = f"{median(spent):.2f} ({spent[0]:.2f}-{spent[-1]:.2f})"
        peak = max(each.peak_mb for each in measured)
        print(f"{name:17} {pages:6} {span:>22} {1000 * median(spent) / pages:8.2f} {peak:8.0f}")
    print(f"\nload {load:.1f} on {os.cpu_count()} cores{' (noisy)' if load > (os.cpu_count() or 1) else ''}\n")
    missed = []
    for name, value in figures.items():
        goal = GOALS.get(name, {})
        good = goal.get("least", value) <= value <= goal.get("most", value)
        missed += [] if good else [name]
        wanted = f"<= {goal['most']:g}" if "most" in goal else f">= {goal['least']:g}" if "least" in goal else "no goal"
        print(f"{name:22} {value:8.2f}   {wanted:8} {'' if good else 'MISSED'}  {goal.get('says', '')}")
    return missed


def machine() -> dict:
    load = os.getloadavg() if hasattr(os, "getloadavg") else ()
    return {"python": platform.python_version(), "system": platform.system(), "cores": os.cpu_count(), "load": load}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
