"""Problems as they may be shown: nothing that the scan has found, in whatever field it stands."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from scripts import wording
from scripts.privacy import overrides
from scripts.privacy.finding import find
from scripts.privacy.folder import UNSEEN, Scan, told
from scripts.problems import LONG, SHORT, Problem, visible

SHOWN = ("message", "fix", "file", "sheet", "column", "value")


def masked(problems: Iterable[Problem], scan: Scan = UNSEEN) -> list[Problem]:
    """The same problems; a value of a row or file with private strings is not shown at all."""
    rows = {(place.file, place.sheet, place.row) for place, _ in scan.hits}
    secrets = _spellings(scan.secrets)
    return [_masked(each, secrets, each.file in scan.closed_files or (each.file, each.sheet, each.row) in rows) for each in problems]


def _masked(each: Problem, secrets: list[str], closed: bool) -> Problem:
    own = _spellings({each.value}) if closed and each.value else []
    return replace(each, **{name: _hidden(getattr(each, name), [*own, *secrets]) for name in SHOWN})


def _hidden(text: str, secrets: list[str]) -> str:
    sign = wording.say("privacy.hidden")
    for secret in secrets:
        text = text.replace(secret, sign)
    for hit in reversed(find(text)):
        text = text[: hit.start] + sign + text[hit.end :]
    return text


def _spellings(texts: Iterable[str]) -> list[str]:
    """How messages may print a text: whole, escaped, or cut; the longest first."""
    forms = {form for text in texts for form in (text, visible(text, SHORT), visible(text, LONG), visible(text, 10 * len(text) + 1))}
    return sorted((form for form in forms if form), key=lambda form: (-len(form), form))


def entries(folder: Path, scan: Scan) -> list[str]:
    """For each private string the entry with which somebody may answer for it, under its places: its hash, never the string."""
    places: dict[str, list[str]] = {}
    for place, hit in scan.hits:
        line = masked([told(place, hit)], scan)[0].line()
        places.setdefault(overrides.entry(folder, hit), []).append(f"# {line}\n")
    return ["".join(dict.fromkeys(lines)) + entry for entry, lines in places.items()]
