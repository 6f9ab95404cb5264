"""find(text): every private string in a text, whatever it hides behind. The one detector of inputs and outputs."""

from collections.abc import Iterator

from scripts.privacy import hidden, numbers, persons, sentences
from scripts.privacy.hits import Hit
from scripts.privacy.view import Placed, Quick, payloads, views


def find(text: str) -> list[Hit]:
    """Hits by their place in the text, one a place. A row is its cells joined by tabs."""
    found: dict[tuple[int, int], Hit] = {}
    if any(next(_found(view.text), None) for view in views(Quick(text))):
        for view in views(Placed(text)):
            for hit in _found(view.text):
                place = view.place(hit.start), view.place(hit.end, end=True)
                found.setdefault(place, Hit(hit.kind, *place, hit.plain))
    for start, end, said in payloads(text):
        for hit in find(said):
            found[start, end] = Hit(hit.kind, start, end, hit.plain)
    return sorted(found.values(), key=lambda hit: (hit.start, hit.end))


def _found(text: str) -> Iterator[Hit]:
    for rule in (numbers, hidden, persons, sentences):
        yield from rule.find(text)
