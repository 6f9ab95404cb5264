"""Re-reads a written site against its own facts.json and manifests, years later and without the data."""

from pathlib import Path

from scripts import manifest
from scripts.problems import Problem, problem
from scripts.seal.compare import compare
from scripts.seal.pages import Pages, read
from scripts.seal.plan import Plan
from scripts.seal.records import dump, load


def verify(site: Path) -> list[Problem]:
    """What does not hold, and where: first files against the manifest, then pages against the facts."""
    found = manifest.check(site)
    record = site / "facts.json"
    if not record.is_file():
        return found + [problem("seal-missing-file", file=record.name)]
    try:
        facts, listed, words, nature = load(content := record.read_bytes())
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        return found + [problem("seal-record", file=record.name, reason=type(wrong).__name__)]
    pages = read(site)
    found += compare(pages, facts, Plan(page_words=words))
    if dump(facts, listed, words, nature) != content:
        found.append(problem("seal-record", file=record.name, reason="spelling"))
    return found + _listing(pages, listed)


def _listing(pages: Pages, listed: dict[str, list[str]]) -> list[Problem]:
    """Each fact's pages in facts.json are exactly the pages that print it."""
    claimed = {(path, key) for key, paths in listed.items() for path in paths}
    printed = {(path, key) for path, seen in pages.seen.items() for key in seen.keys if key in listed}
    return [problem("seal-listed-page", file=path, key=key) for path, key in sorted(claimed ^ printed)]
