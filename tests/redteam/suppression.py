"""How many hidden counts of made-up tables can be found out, by our attack and by another project's, and how many had to be hidden."""

import tempfile
import time
from pathlib import Path

from scripts.suppression.attack import broken
from scripts.suppression.protect import protect
from scripts.suppression.system import narrow
from tests.independent import audited, least
from tests.redteam import Figure
from tests.suppressed import ALL, county, small, system, villages, with_totals

TABLES = 5
PERSONS, THRESHOLD, FINE = 1259, 5, 10


def tables(number: int) -> list[dict[tuple[str, ...], int]]:
    """The first tables of 18 towns x 7 kinds with exactly 52 small counts."""
    found, after = [], -1
    for _ in range(number):
        after, table = county(after + 1)
        found.append(table)
    return found


def score() -> list[Figure]:
    recovered = audits = all_hidden = beyond = fewest = 0
    counts = []
    for table in tables(TABLES):
        cells, relations = system(table, THRESHOLD)
        protection = protect(cells, relations)
        labels = {label for label in table if "/".join(label) in protection.hidden}
        with tempfile.TemporaryDirectory() as folder:
            intervals = audited(table, ALL, labels, Path(folder))
        audits += sum(narrow(cells[key], intervals.get(key, (0, 0))) for key in protection.hidden)
        recovered += len(broken(cells, relations, protection.hidden)) + len(protection.exposed)
        counts.append(len(protection.hidden))
        all_hidden += len(protection.hidden)
        bound = least(table, ALL, THRESHOLD)
        beyond, fewest = beyond + len(protection.hidden) - bound, fewest + bound
        print(f"hidden {counts[-1]}, of these {small(table, THRESHOLD)} small; no secure choice hides fewer than {bound}")
    found, hidden, seconds = largest()
    print(f"240 x 7 x 4: {hidden} hidden, {found} recovered, {seconds:.0f} s")
    return [
        Figure("hidden cells recovered", recovered + found, all_hidden + hidden, "0"),
        Figure("cells an independent auditor recovers", audits, all_hidden, "0"),
        Figure("most hidden cells on an 18 x 7 table", max(counts), 19 * 8, "≤ 60"),
        Figure("hidden beyond what any secure choice must hide", beyond, fewest, "0"),
    ]


def largest() -> tuple[int, int, float]:
    """Cells recovered and hidden of 240 villages x 7 kinds x 4 levels, and seconds taken."""
    cells, relations = system(with_totals(villages(0)), FINE)
    begun = time.monotonic()
    protection = protect(cells, relations)
    seconds = time.monotonic() - begun
    return len(broken(cells, relations, protection.hidden)) + len(protection.exposed), len(protection.hidden), seconds
