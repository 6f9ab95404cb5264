"""A title -> the words of meaning it is made of -> the kind of table it names, or a known table that nothing reads."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from scripts.official import names, words

FILE = Path(__file__).with_name("titles.toml")
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Title:
    """`kind`: of the set, or ""; `other`: what else it is known to be, or "". `register`: which one it says.

    `narrow`: it says that it shows a part of what its kind may show. `words`: what it is made of; empty if not understood.
    """

    kind: str = ""
    other: str = ""
    register: str = ""
    narrow: bool = False
    words: frozenset[str] = frozenset()


@cache
def _told() -> dict:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def _around(name: str) -> re.Pattern:
    return re.compile(_told()["around"][name])


@cache
def _spellings() -> dict[str, list[tuple[str, str, str]]]:
    """First letter -> (spelling, section, meaning), the longest first."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for section in ("words", "register", "without"):
        for meaning, spelt in _told()[section].items():
            for each in spelt:
                found.setdefault(each[0], []).append((each, section, meaning))
    return {first: sorted(each, key=lambda told: -len(told[0])) for first, each in found.items()}


@lru_cache(maxsize=5_000)
def recognise(text: str) -> Title:
    """What a title, the name of a file or of a sheet means as a whole; never by number, never by a part of it."""
    bare = _bare(text)
    starts = [0, *_starts(bare)]
    found = _kind_by_name(bare, starts)
    if found:
        return Title(found)
    told = [each for start in starts if (each := _split(bare[start:])) is not None]
    for said, register in told:
        if title := decide(said, register):
            return title
    if said := next((each["title"] for each in _told()["others"] if "says" in each and re.search(each["says"], bare)), ""):
        return Title(other=said)
    return Title()


def understood(text: str) -> bool:
    """Whether a text is made of the words of titles alone."""
    return _split(text) is not None


def decide(said: frozenset[str], register: str = "") -> Title | None:
    """The kind, or the known other table, that words of meaning say together."""
    for kind, each in _told()["kinds"].items():
        needed = {word for choice in each["needs"] for word in choice}
        if all(said & set(choice) for choice in each["needs"]) and said <= needed | set(each.get("may", ())):
            return Title(kind, "", register, bool(said & set(each.get("narrow", ()))), said)
    for each in _told()["others"]:
        if "needs" in each and said >= set(each["needs"]):
            return Title("", each["title"], register, words=said)
    return None


def register(name: str) -> str:
    """The register that the name of a file or folder speaks of, "" where it speaks of none or of both."""
    told = names.plain(name)
    for each in sorted((spelt for spelling in _told()["words"].values() for spelt in spelling), key=len, reverse=True):
        told = told.replace(each, " ")  # a fund's own name may hold the word
    found = {key for key, spelt in _told()["register"].items() if any(each in told for each in spelt)}
    return found.pop() if len(found) == 1 and "both" not in found else ""


def years(text: str) -> list[int]:
    """The years that a text names, in figures or in Chinese numerals."""
    bare = names.plain(text)
    digits = {c: n for n, spelt in enumerate(_told()["around"]["chinese_digits"]) for c in spelt}
    found = [int("".join(c for c in each[0] if c.isdigit())[:4]) for each in _around("year").finditer(bare)]
    return found + [2000 + 10 * digits[each[1]] + digits[each[2]] for each in _around("chinese_year").finditer(bare)]


def _bare(text: str) -> str:
    """Without unit, "part of" and the number in front: what a title says."""
    found = names.expression("unit_bracket").sub("", names.plain(text)[:LONGEST])
    found = _around("leading").sub("", names.expression("partial").sub("", found))
    behind = _around("tail").search(found)  # the name of an office in brackets or after a dash
    named = behind and re.search(_told()["around"]["publisher"] + "\\)?$", behind[0]) and not _narrows(behind[0], True)
    return found[: behind.start()] if named else found


def _starts(bare: str) -> list[int]:
    """Where a title may begin: after a year, the name of an office, or a dash; not after words that narrow it."""
    found = []
    for name in ("year", "chinese_year", "publisher", "dash"):
        for end in (each.end() for each in _around(name).finditer(bare)):
            if not _narrows(bare[:end], name == "dash"):
                found.append(end)
    return sorted(set(found))


def _narrows(before: str, loose: bool) -> bool:
    """Whether what stands before a title is more than a name."""
    if any(spelt in before for each in _spellings().values() for spelt, section, _ in each if section == "words"):
        return True
    decisive = [each["says"] for each in _told()["others"] if "says" in each] if loose else []
    return any(re.search(each, before) for each in [_told()["around"]["never_before"], *decisive])


def _kind_by_name(bare: str, starts: list[int]) -> str:
    for start in starts:
        for kind, each in words.told()["kinds"].items():
            if any(re.search(name, bare[start:].strip(words.patterns()["edges"])) for name in each.get("names", ())):
                return kind
    return ""


def _split(text: str) -> tuple[frozenset[str], str] | None:
    """(words of meaning, register) of a text that is made of known words alone; None where a part is unknown."""
    stuck: set[int] = set()

    def rest(place: int) -> list[tuple[str, str]] | None:
        if place == len(text):
            return []
        if place in stuck:
            return None
        for length, section, meaning in _steps(text, place):
            if (further := rest(place + length)) is not None:
                return [(section, meaning), *further]
        stuck.add(place)
        return None

    found = rest(0)
    if found is None:
        return None
    registers = {meaning for section, meaning in found if section == "register"}
    return frozenset(m for section, m in found if section == "words"), registers.pop() if len(registers) == 1 and "both" not in registers else ""


def _steps(text: str, place: int):
    """What may stand next, the longest first: a word, a year, a number of the form, a mark."""
    for spelt, section, meaning in _spellings().get(text[place], ()):
        if text.startswith(spelt, place):
            yield len(spelt), section, meaning
    for name in ("year", "chinese_year", "numbers"):
        if found := _around(name).match(text, place):
            yield from ((length, "without", name) for length in range(found.end() - place, 0, -1))
    if text[place] in _told()["marks"]["all"]:
        yield 1, "without", "mark"
