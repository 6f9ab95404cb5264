"""The published sets of self-evaluations and surveys, as rows for a clerk's tables."""

import csv

from tests.real_sets import FOLDER

WAN = 10_000


def rows(set_name: str, file: str) -> list[dict[str, str]]:
    """One table of a set, digits as they were printed."""
    with (FOLDER / set_name / file).open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))
