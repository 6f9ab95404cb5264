"""A person in running text: where somebody lives, who is to be called, to whom relief is given; a name behind a word for a person."""

from collections.abc import Iterator

from scripts.privacy import rules
from scripts.privacy.hits import Hit

RULES = {"lives": "address", "flat": "address", "responsible": "person", "person": "person", "relief": "person", "request": "person"}


def find(text: str) -> Iterator[Hit]:
    """Hits in a folded text; each rule of [sentences] shows what is private as its group `own`."""
    told: list[tuple[int, int]] = []
    for name, kind in RULES.items():
        for found in rules.expression(f"sentences.{name}").finditer(text):
            start, end = found.span("own")
            again = any(start < other_end and other < end for other, other_end in told)
            if not again and (kind == "address" or not _no_name(found["own"])):
                told.append((start, end))
                yield Hit(kind, start, end, found["own"])


def _no_name(text: str) -> bool:
    return bool(rules.expression("persons.no_name").fullmatch(text))
