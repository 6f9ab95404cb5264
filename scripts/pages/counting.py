"""How many comparisons came out how, and how many numbers are withheld: facts that count what passed the gate."""

from collections import Counter

from scripts import schema, wording
from scripts.facts import Fact, Unit
from scripts.suppression import Public


def count(public: Public) -> None:
    """Adds `[register/year/[table/]]checks/<verdict>` for the whole site, each register's year and each table; `people/…`."""
    _people(public)
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


def _people(public: Public) -> None:
    """`people/guarded|withheld|share`: of all numbers that tell of people, those that are not shown."""
    told = wording.table("suppression")
    found = {name: Fact(f"people/{name}", told[name], number, Unit.ITEMS, operation="count")
             for name, number in (("guarded", public.guarded), ("withheld", public.withheld))}  # fmt: skip
    for fact in found.values():
        public.facts.add(fact)
    public.facts.ratio("people/share", told["share"], found["withheld"], found["guarded"])
