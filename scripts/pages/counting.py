"""How many comparisons came out how: the only facts that exist after the gate, because they count what passed it."""

from collections import Counter

from scripts import schema, wording
from scripts.facts import Fact, Unit
from scripts.suppression import Public


def count(public: Public) -> None:
    """Adds `[register/year/[table/]]checks/<verdict>` for the whole site, each register's year and each table."""
    counts: Counter[tuple[str, str]] = Counter()
    scopes = {"": ""}
    for each in public.comparisons:
        year = f"{each.register}/{each.year}/"
        scopes[year] = f"{schema.load(each.register).title} {each.year} "
        scopes[f"{year}{each.table}/"] = scopes[year]
        for scope in ("", year, f"{year}{each.table}/"):
            counts[scope, str(each.verdict)] += 1
    for (scope, verdict), number in sorted(counts.items()):
        title = wording.say("counts.title", scope=scopes[scope], verdict=wording.say(f"verdicts.{verdict}"))
        public.facts.add(Fact(f"{scope}checks/{verdict}", title, number, Unit.PLACES, operation="count"))
