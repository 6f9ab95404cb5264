"""What a source prints of a number that its own table gives: read from words, kept beside ours, compared as closely as it was printed."""

from fractions import Fraction

from scripts import identities, targets, wording
from scripts.book import Book
from scripts.facts import Fact, Unit
from scripts.identities import Comparison, Verdict
from scripts.tables import Data, Row


def printed_share(book: Book, data: Data, row: Row, field_id: str, key: str, beside: tuple[Fact, ...]) -> Fact | None:
    """A percentage as a leaf fact; None where the cell holds none. It is hidden with the facts `beside` it, which it would give back."""
    value = targets.read(row.text(field_id))
    if value.share is None:
        return None
    field = data.schema.field(field_id)
    return book.facts.add(Fact(key, field.title, value.share, Unit.SHARE, printed=row.text(field_id), places=value.places,
                               origin=row.cells[field_id].origin, inputs=tuple(each.key for each in beside)))  # fmt: skip


def compare(book: Book, data: Data, identity: str, printed: Fact, exact: Fact, place: str) -> Comparison:
    """One comparison: what was printed may be off by half of its last place, and not by more."""
    step = Fraction(1, 10**printed.places) / (100 if printed.unit is Unit.SHARE else 1)
    result = identities.verdict(printed, exact, step / 2)
    known = result is not Verdict.UNCHECKABLE
    found = Comparison(
        data.register, data.year, data.schema.name, identity, wording.say(f"identities.{identity}"), place, printed.key, exact.key,
        (printed.value or 0) - (exact.value or 0) if known else None, step / 2, result, cells=(printed.key,),
    )  # fmt: skip
    book.comparisons.append(found)
    return found
