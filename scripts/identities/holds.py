"""`total = basic + project` as data: names, signs and one relation, parsed once."""

import re
from dataclasses import dataclass

Term = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Sides:
    """A parsed `holds`: signed names on either side of "=", ">=" or "<="."""

    left: tuple[Term, ...]
    relation: str
    right: tuple[Term, ...]

    @property
    def names(self) -> list[str]:
        return [name for _, name in self.left + self.right]


_RELATIONS = ("=", ">=", "<=")
_TOKEN = re.compile(r"\s*([<>]=|[=+\u2212-]|[^\s=+<>\u2212-]+)")


def parse_holds(text: str) -> Sides:
    """`total = basic + project − closing`: names, one "=", ">=" or "<=", "+" and "−" (or "-"). ValueError otherwise."""
    tokens = _TOKEN.findall(text)
    if "".join(tokens) != "".join(text.split()):
        raise ValueError(f"not an equation: {text!r}")
    relation = [t for t in tokens if t in _RELATIONS]
    if len(relation) != 1:
        raise ValueError(f"an equation has one sign of equality: {text!r}")
    split = tokens.index(relation[0])
    return Sides(_terms(tokens[:split], text), relation[0], _terms(tokens[split + 1 :], text))


def _terms(tokens: list[str], text: str) -> tuple[Term, ...]:
    """Signed names of one side; a sign before each but the first."""
    if tokens and tokens[0] not in _SIGNS:
        tokens = ["+", *tokens]
    signs, names = tokens[::2], tokens[1::2]
    if not tokens or len(signs) != len(names) or set(signs) - set(_SIGNS) or set(names) & {*_SIGNS, *_RELATIONS}:
        raise ValueError(f"not a sum of names: {text!r}")
    return tuple((_SIGNS[sign], name) for sign, name in zip(signs, names, strict=True))


_SIGNS = {"+": 1, "-": -1, "\u2212": -1}
