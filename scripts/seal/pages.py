"""The written site, page by page: only what later checks need of a page is kept once the next is read."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scripts import manifest
from scripts.seal.links import internal
from scripts.seal.marks import Page
from scripts.seal.reader import read_page

OWN = frozenset(("facts.json", manifest.NAME, manifest.SUMS))  # written after everything else was read


@dataclass(frozen=True, slots=True)
class Seen:
    """What is kept of a page. `links`: those that other pages must settle; `words`: strings that excused its digits."""

    keys: frozenset[str]
    ids: frozenset[str]
    links: tuple[tuple[str, str, str], ...]
    words: tuple[str, ...] = ()


class Pages:
    """Iterating reads every page of the site in order of its path; `seen` fills as pages are judged."""

    def __init__(self, site: Path):
        self.site = site
        found = sorted(path for path in site.rglob("*") if path.is_symlink() or not path.is_dir())
        self.symlinks = [path.relative_to(site).as_posix() for path in found if path.is_symlink()]
        self.sizes = {p.relative_to(site).as_posix(): p.stat().st_size for p in found if p.is_file() and not p.is_symlink()}
        self.special = [path.relative_to(site).as_posix() for path in found if not path.is_symlink() and not path.is_file()]
        self.seen: dict[str, Seen] = {}

    @property
    def files(self) -> frozenset[str]:
        return frozenset(self.sizes)

    @property
    def paths(self) -> list[str]:
        return [path for path in sorted(self.sizes) if path.endswith((".html", ".htm"))]

    def __iter__(self) -> Iterator[Page]:
        """Bytes that are not UTF-8 show as replacement characters and as an issue of the page."""
        for path in self.paths:
            content = self.bytes(path)
            text = content.decode("utf-8", "replace")
            page = read_page(path, text)
            if "\ufffd" in text:
                page.issues.append(("encoding", text.index("\ufffd")))
            yield page

    def bytes(self, path: str) -> bytes:
        return (self.site / path).read_bytes()

    def keep(self, page: Page, words: set[str]) -> None:
        keys, ids = (frozenset(map(sys.intern, found)) for found in (page.keys(), page.ids))
        self.seen[page.path] = Seen(keys, ids, tuple(internal(page)), tuple(sorted(words)))


def read(site: Path) -> Pages:
    """The pages of a written site."""
    return Pages(site)
