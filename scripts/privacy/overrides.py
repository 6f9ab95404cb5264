"""What may pass although it looks private: a keyed hash of the string with reason, approver and date; never the string."""

import datetime
import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from scripts.privacy.hits import Hit
from scripts.problems import Problem, problem
from scripts.publisher import checked, read_toml

FILE, KEY = "privacy-overrides.toml", "privacy.key"
ENTRY = {"hash": "digest", "reason": "text", "approved_by": "text", "date": "date"}


@dataclass(frozen=True, slots=True)
class Cleared:
    """The strings that may pass, known by their hash alone. By default nothing may."""

    key: bytes = field(default=b"", repr=False)
    numbers: dict[str, int] = field(default_factory=dict)  # hash -> which entry of the file

    def passes(self, hit: Hit) -> bool:
        return bool(self.key) and digest(self.key, hit) in self.numbers


NOTHING = Cleared()


def digest(key: bytes, hit: Hit) -> str:
    """Without the key nobody can try all identity numbers against it."""
    return hmac.new(key, f"{hit.kind} {hit.plain}".encode(), hashlib.sha256).hexdigest()


def read(folder: Path) -> tuple[Cleared, list[Problem]]:
    """A publisher's overrides, those that are written in full."""
    path = folder / FILE
    if not path.is_file():
        return Cleared(), []
    told, problems = read_toml(path, folder)
    told, unknown = checked(told or {}, {"overrides": "sections"}, FILE)
    numbers = {}
    for number, each in enumerate(told.get("overrides", ()), start=1):
        entry, unfit = checked(each, ENTRY, FILE, f"overrides.{number}.")
        problems += unfit
        if all(str(entry.get(part, "")).strip() for part in ENTRY):
            numbers[entry["hash"].lower()] = number
        else:
            problems.append(problem("override-without-reason", file=FILE, number=number))
    key = _key(folder)
    if numbers and not key:
        problems.append(problem("no-privacy-key", file=FILE))
    return Cleared(key, numbers), problems + unknown


def void(cleared: Cleared, hits: Iterable[Hit]) -> list[Problem]:
    """An override must match something; when the data have changed it is void, and said."""
    if not cleared.key:
        return []
    used = {digest(cleared.key, hit) for hit in hits}
    return [problem("void-override", file=FILE, number=number) for each, number in cleared.numbers.items() if each not in used]


def entry(folder: Path, hit: Hit) -> str:
    """An override ready to be filled in; makes the publisher's key when there is none yet."""
    key = _key(folder) or _new_key(folder)
    return f'[[overrides]]\nhash = "{digest(key, hit)}"\nreason = ""\napproved_by = ""\ndate = {datetime.date.today().isoformat()}\n'


def _key(folder: Path) -> bytes:
    path = folder / KEY
    return path.read_bytes().strip() if path.is_file() and not path.is_symlink() else b""


def _new_key(folder: Path) -> bytes:
    """Beside publisher.toml, readable by its owner alone; ignored by git and never copied."""
    key = secrets.token_hex(32).encode()
    with open(os.open(folder / KEY, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(key + b"\n")
    return key
