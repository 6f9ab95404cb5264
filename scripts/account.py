"""One publisher from folder to public facts: read, derive in the order of needs, compare, explain, pass the gate."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter
from pathlib import Path

from scripts import commitments, duties, inputs, measures, official, plain, privacy, publisher, registers, schema, slips, suppression
from scripts.book import Book
from scripts.inputs import Inputs
from scripts.pages import counting
from scripts.problems import Problem, errors, ranked
from scripts.suppression import Public

PAGES = Path(__file__).resolve().parents[1] / "content" / "pages"


@dataclass(frozen=True, slots=True)
class Account:
    """What a publisher's folder comes to. `public` is None when an error stops publication."""

    inputs: Inputs | None
    public: Public | None
    problems: list[Problem]
    as_of: datetime.date | None = None
    private: privacy.Scan = privacy.UNSEEN


def account(folder: Path, previous: Iterable[Path] = ()) -> Account:
    """Everything known about a publisher, and every problem at once. What looks private stops all, and is in no message.

    `previous`: earlier sites that readers may have kept; what they show and hid is reckoned with.
    """
    if folder.is_symlink():
        return Account(None, None, ranked(publisher.links(folder)))
    private = privacy.scan(folder, PAGES)
    linked = publisher.links(folder)  # nothing is read through a link, not even to say more
    told = list(private.problems)
    found = Account(None, None, ranked(linked + told)) if linked else _account(folder, told, previous)
    return replace(found, problems=privacy.masked(found.problems, private), private=private)


def _account(folder: Path, problems: list[Problem], previous: Iterable[Path]) -> Account:
    found, wrong = publisher.load(folder)
    problems += wrong
    if found is None:
        return Account(None, None, ranked(problems))
    read = inputs.read(found)
    problems += read.problems + slips.problems(read)
    if errors(problems):
        return Account(read, None, ranked(problems + elsewhere(read, problems)))
    book = compute(read)
    problems = ranked(problems + book.problems)
    if errors(problems):
        return Account(read, None, problems)
    told, before = suppression.rules(read, book.facts), suppression.load(previous)
    public = suppression.disclose(book.facts, book.comparisons, frozenset(book.closed), told, before)
    problems = ranked(problems + suppression.problems(read, book.facts, public))
    if errors(problems):
        return Account(read, None, problems)
    counting.count(public)
    opened, as_of = inputs.opened(read, suppression.places(book.facts, public.facts)), found.as_of or inputs.latest_date(read)
    duties.derive(opened, as_of, public.facts)
    return Account(opened, public, problems, as_of)


def elsewhere(read: Inputs, problems: list[Problem]) -> list[Problem]:
    """What does not add up in the years that were read without an error, so that one run tells as much as can be told."""
    spoiled = {tuple(each.file.removesuffix(".xlsx").split("/")[:2]) for each in errors(problems)}
    sound = {(name, year): each for (name, year), each in read.years.items() if (name, str(year)) not in spoiled}
    found = compute(replace(read, years=sound)).problems
    return [each for each in found if each.kind != "void-explanation"]  # its place may lie in a year left aside


def compute(read: Inputs) -> Book:
    """All facts and comparisons. Leaves first, then each register after those it needs, then what spans registers."""
    book = Book(read)
    for year in read.years.values():
        for data in year.tables.values():
            plain.leaves(data, book.facts)
            book.closed |= plain.closed_keys(data)
            book.comparisons += plain.equations(data, book.facts)
        if year.official is not None:
            for table in year.official.tables.values():
                official.leaves(table, year.register, year.year, book.facts)
    modules = [module for name in in_order_of_needs() if (module := registers.code_of(name, "facts"))]
    for module in modules:
        module.derive(book)
    for year in read.years.values():
        if year.official is not None:
            book.comparisons += official.compare(year.official.tables, year.register, year.year, book.facts)
            before = read.get(year.register, year.year - 1)
            if before is not None and before.official is not None:
                book.comparisons += official.chain(before.official, year.official, book.facts)
    for module in modules:
        if hasattr(module, "agree"):
            module.agree(book)
    measures.derive(book)
    commitments.derive(book)
    book.settle({(name, table.name) for name in registers.ORDER for table in schema.load(name).tables})
    book.differences()
    return book


def in_order_of_needs() -> list[str]:
    return list(TopologicalSorter({name: schema.load(name).needs for name in registers.ORDER}).static_order())
