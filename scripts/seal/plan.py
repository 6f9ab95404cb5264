"""What the seal is told of a site beyond its facts. What is None is not judged (a site read years later)."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from scripts import wording
from scripts.seal.words import Words, strings


def own_words(more: Iterable[str] = (), whole: Iterable[str] = ()) -> Words:
    """All strings of wording.toml, and `more`: reference files, schemas. `whole`: what a publisher says, braces and all."""
    return Words([*strings(tomllib.loads(wording.FILE.read_text(encoding="utf-8"))), *more], whole=whole)


@dataclass(frozen=True)
class Plan:
    """Paths are those of written files ("budget/2025/index.html").

    `bodies`: page -> body handed to Pelican (HTML, or Markdown with its blocks put in); keys: pages expected.
    `fragments`: page -> blocks that stand in it byte for byte. `titles`: page -> every name it goes by (title, crumb).
    `by_hand`: pages of content/pages and updates, whose digits are those of their Markdown.
    `downloads`: file -> rows of "fact:KEY", "text:..." or "alike:KEY KEY".
    `files`: every other file, but facts.json and the two of the manifest.
    `texts`: every text from data that may be printed as code, name or quotation. `quotations`: data-source -> text.
    `page_words`: page -> strings that held digits when it was sealed.
    """

    bodies: Mapping[str, str] | None = None
    fragments: Mapping[str, Sequence[str]] = field(default_factory=dict)
    titles: Mapping[str, Sequence[str]] = field(default_factory=dict)
    by_hand: frozenset[str] = frozenset()
    downloads: Mapping[str, list[list[str]]] = field(default_factory=dict)
    files: frozenset[str] | None = None
    texts: frozenset[str] | None = None
    quotations: Mapping[str, str] = field(default_factory=dict)
    words: Words = field(default_factory=Words)
    page_words: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name of every page."""
        return frozenset(name for names in self.titles.values() for name in names)

    @property
    def expected(self) -> frozenset[str] | None:
        """Every file of the site but those that are written after it was read."""
        if self.bodies is None or self.files is None:
            return None
        return frozenset(self.bodies) | self.files | frozenset(self.downloads)
