"""What the reader finds in one page, before anything is judged. A page is a pure function of its bytes."""

from dataclasses import dataclass, field

from scripts.seal.markup import Attributes, line_of
from scripts.seal.printed import money_unit


@dataclass(slots=True)
class Drawing:
    """One SVG. `beside`: words of the figure around it; `inside`: its own, figures aside; `shown`: names and ticks."""

    beside: list[str] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)

    @property
    def money(self) -> str:
        return money_unit(*self.beside, *self.inside)


@dataclass(slots=True)
class Mark:
    """Text in a declared digit class.

    `near`: what may name its unit, nearest first; `item`: key of the derivation around it.
    """

    kind: str
    attributes: Attributes
    text: str
    position: int
    near: tuple[str, ...] = ()
    drawing: Drawing | None = None
    item: str = ""

    @property
    def key(self) -> str:
        return self.attributes.get("data-fact", "")

    @property
    def money(self) -> str:
        return self.drawing.money if self.drawing else money_unit(*self.near)


@dataclass(frozen=True, slots=True)
class Loose:
    """Text with digits and no class of its own. `where`: its attribute, "" in text; `href`: of the link around it."""

    text: str
    position: int
    where: str = ""
    href: str = ""
    main: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A drawing's title or description: its numbers are printings of `keys`."""

    text: str
    keys: tuple[str, ...]
    position: int
    drawing: Drawing


@dataclass(slots=True)
class Page:
    """`issues`: (reason, position) of markup that may not be; `links`: (target, position); `main`: texts of <main>."""

    path: str
    html: str
    marks: list[Mark] = field(default_factory=list)
    loose: list[Loose] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    issues: list[tuple[str, int]] = field(default_factory=list)
    links: list[tuple[str, int]] = field(default_factory=list)
    references: list[tuple[str, int]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    main: list[str] = field(default_factory=list)

    def line(self, position: int) -> int:
        return line_of(self.html, position)

    def keys(self) -> set[str]:
        """Keys of every fact that the page prints."""
        return {m.key for m in self.marks if m.kind == "fact"} | {key for s in self.sentences for key in s.keys}
