"""`make redteam`: every part's figures beside their goals and what today's tools reach. Exit 1 when a goal is missed.

    .venv/bin/python tests/redteam/run.py              all parts, about twenty minutes; the figures stay in redteam.json
    .venv/bin/python tests/redteam/run.py faults pii   these parts, for a look
    .venv/bin/python tests/redteam/run.py --readme     the figures of the last whole run into README's table
"""

import argparse
import importlib
import importlib.util
import json
import re
import sys
import time
import tomllib
import traceback
from dataclasses import asdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.redteam import Figure  # noqa: E402

PARTS = ("strict", "pii", "suppression", "injection", "mutations", "faults")
RECORD, README = ROOT / "redteam.json", ROOT / "README.md"
TODAY = tomllib.loads(Path(__file__).with_name("goals.toml").read_text(encoding="utf-8"))
TABLE = re.compile(r"(<!-- redteam -->\n).*?(<!-- /redteam -->)", re.S)
BOUND = re.compile(r"(≥|≤|>=|<=)?\s*([0-9][0-9,]*(?:\.[0-9]+)?)\s*(%)?")


def main(arguments: list[str]) -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="PART")
    options.add_argument("--readme", action="store_true")
    chosen = options.parse_args(arguments)
    if chosen.readme:
        return write_readme()
    figures, failed = measure(chosen.parts or [part for part in PARTS if there(part)])
    print("", *table(figures), sep="\n")
    missed = [figure.name for figure in figures if not met(figure)]
    if not chosen.parts:
        missed += [f"not measured: {name}" for name in TODAY.keys() - {figure.name for figure in figures}]
        record = {"figures": [asdict(figure) for figure in figures], "missed": missed + failed}
        RECORD.write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")
    print("", *(f"MISSED  {each}" for each in missed + failed), sep="\n")
    return 1 if missed or failed else 0


def there(part: str) -> bool:
    return importlib.util.find_spec(f"tests.redteam.{part}") is not None


def measure(parts: list[str]) -> tuple[list[Figure], list[str]]:
    """The figures of the parts in their order, and the parts that came to no end: one that breaks does not hide the others."""
    figures, failed = [], []
    for part in parts:
        print(f"\n== {part}", flush=True)
        begun = time.monotonic()
        try:
            figures += importlib.import_module(f"tests.redteam.{part}").score()
        except Exception:
            traceback.print_exc()
            failed.append(f"no figures: {part}")
        print(f"{time.monotonic() - begun:.0f} s", flush=True)
    return figures, failed


def met(figure: Figure) -> bool:
    """Goals: `all`; `0`, `≥ 1,000`, `≤ 60` of the count; `≥ 98 %`, `≤ 1.5 %` of the share; nothing where none is set."""
    if figure.goal in ("", "all"):
        return not figure.goal or figure.got == figure.of > 0
    found = BOUND.fullmatch(figure.goal)
    if not found:
        raise ValueError(f"{figure.name}: a goal that says nothing: {figure.goal}")
    sign, number, percent = found.groups()
    bound = float(number.replace(",", ""))
    value = 100 * figure.got / figure.of if percent and figure.of else figure.got
    return value >= bound if sign in ("≥", ">=") else value <= bound if sign in ("≤", "<=") else value == bound


def table(figures: list[Figure]) -> list[str]:
    """As Markdown, which reads as well on a terminal."""
    rows = [("figure", "got", "goal", "today's tools, same tests")]
    for figure in figures:
        today = TODAY.get(figure.name)
        beside = f"{today['today']} ({today['with']})" if today else ""
        rows.append((figure.name, f"{figure.got:,} of {figure.of:,}", figure.goal if met(figure) else f"{figure.goal} – MISSED", beside))
    return ["| " + " | ".join(row) + " |" for row in (rows[0], ("---",) * 4, *rows[1:])]


def write_readme() -> int:
    """Between the two marks; from the last whole run, not measured again."""
    if not RECORD.is_file():
        print(f"{RECORD.name} is not there: run it without --readme first.", file=sys.stderr)
        return 1
    figures = [Figure(**each) for each in json.loads(RECORD.read_text(encoding="utf-8"))["figures"]]
    text = README.read_text(encoding="utf-8")
    if not TABLE.search(text):
        print(f"{README.name} has no <!-- redteam --> and <!-- /redteam -->.", file=sys.stderr)
        return 1
    lines = "\n".join(table(figures))
    README.write_text(TABLE.sub(lambda found: f"{found[1]}{lines}\n{found[2]}", text), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
