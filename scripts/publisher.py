"""A publisher is a folder with publisher.toml; nothing in the code knows a county's name."""

import datetime
import tomllib
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from scripts.problems import Problem, problem

CHANNELS = ("telephone", "text_message", "letter", "email")
KNOWN_KEYS = {"name", "plan", "contacts", "as_of", "thresholds", "demonstration"}
DEFAULT_THRESHOLDS = {"variance": Fraction(1, 10)}


@dataclass(frozen=True, slots=True)
class Publisher:
    """`contacts`: channel -> text, only those given. `as_of`: None means the latest date in the data."""

    folder: Path
    name: str
    plan: str = ""
    contacts: dict[str, str] = field(default_factory=dict)
    as_of: datetime.date | None = None
    thresholds: dict[str, Fraction] = field(default_factory=lambda: dict(DEFAULT_THRESHOLDS))
    demonstration: bool = False


def load(folder: Path) -> tuple[Publisher | None, list[Problem]]:
    """The publisher of a folder, and everything wrong with its publisher.toml."""
    path = folder / "publisher.toml"
    if not path.is_file():
        return None, [problem("no-publisher", file=path.name, folder=folder.name)]
    settings, problems = read_toml(path, folder)
    if settings is None:
        return None, problems
    problems += [problem("unknown-setting", file=path.name, column=key) for key in settings.keys() - KNOWN_KEYS]
    name = settings.get("name", "")
    if not isinstance(name, str) or not name.strip():
        return None, problems + [problem("no-publisher-name", file=path.name, column="name")]
    contacts = settings.get("contacts", {})
    problems += [problem("unknown-setting", file=path.name, column=f"contacts.{key}") for key in contacts.keys() - set(CHANNELS)]
    as_of = settings.get("as_of")
    if as_of is not None and not isinstance(as_of, datetime.date):
        problems.append(problem("not-a-date", file=path.name, column="as_of", value=str(as_of), example="2026-09-30"))
        as_of = None
    thresholds, wrong = _thresholds(settings.get("thresholds", {}), path.name)
    return Publisher(
        folder=folder,
        name=name.strip(),
        plan=str(settings.get("plan", "")),
        contacts={key: str(contacts[key]) for key in CHANNELS if contacts.get(key)},
        as_of=as_of,
        thresholds=thresholds,
        demonstration=settings.get("demonstration") is True,
    ), problems + wrong


def _thresholds(given: dict, file: str) -> tuple[dict[str, Fraction], list[Problem]]:
    """Shares written as text ("0.15"); floats never hold a threshold that money is compared with."""
    thresholds, problems = dict(DEFAULT_THRESHOLDS), []
    for key, value in given.items():
        try:
            if key not in DEFAULT_THRESHOLDS:
                raise ValueError(key)
            thresholds[key] = Fraction(str(value))
        except ValueError:
            problems.append(problem("unknown-setting", file=file, column=f"thresholds.{key}", value=str(value)))
    return thresholds, problems


def read_toml(path: Path, folder: Path) -> tuple[dict | None, list[Problem]]:
    """A TOML file of a publisher, UTF-8 with or without BOM, or one problem that says why not."""
    shown = path.relative_to(folder).as_posix()
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig")), []
    except UnicodeDecodeError:
        return None, [problem("not-utf8", file=shown)]
    except tomllib.TOMLDecodeError as wrong:
        return None, [problem("not-toml", file=shown, reason=str(wrong))]
