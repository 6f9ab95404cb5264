"""compare(left, right) -> a verdict. A table's equations are data beside the table; both sides are facts."""

from scripts.identities.holds import Sides, Term, parse_holds
from scripts.identities.sums import Side, uncheckable, weigh
from scripts.identities.verdicts import SEVERITY, Comparison, Verdict, last_place, tolerance, verdict

__all__ = [
    "SEVERITY", "Comparison", "Side", "Sides", "Term", "Verdict", "last_place", "parse_holds", "tolerance",
    "uncheckable", "verdict", "weigh",
]  # fmt: skip
