"""A publisher is a folder with publisher.toml; nothing in the code knows a county's name."""

import datetime
import os
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from scripts import broken_toml, cells, wording
from scripts.problems import Problem, problem

CHANNELS = ("telephone", "text_message", "letter", "email")
PROFILES = Path(__file__).with_name("reference") / "profiles"
DEFAULT_THRESHOLDS = {
    "variance": Fraction(1, 10),
    "small_count": Fraction(5), "small_count_fine": Fraction(10), "recipients": Fraction(3), "dominance": Fraction(4, 5),
}  # fmt: skip
THRESHOLD_FORMS = {"variance": "share", "small_count": "few", "small_count_fine": "few", "recipients": "few", "dominance": "part"}
# What may be set, and how each setting is spelt (a key of [settings.forms]).
SETTINGS = {"name": "text", "plan": "text", "contacts": "section", "as_of": "date", "thresholds": "section", "demonstration": "truth",
            "catalogue": "section"}  # fmt: skip
CATALOGUE = {"owner": "text", "frequency": "frequency"}
DOCUMENT = {"title": "text", "issuer": "text", "number": "text", "date": "date", "sha256": "digest"}
TABLE = {"title": "text", "unit": "text", "notes": "texts", "partial": "truth", "document": "text", "around": "texts"}
# What Excel, WPS, LibreOffice, Windows and macOS leave beside the files that people keep: never data, never said.
_LEFT = re.compile(r"~\$.*|\.~.*|\.DS_Store|\._.*|Thumbs\.db|desktop\.ini", re.IGNORECASE)


def left_by_programs(name: str) -> bool:
    """Whether a file of this name was written by a program for itself: a lock, a cache of pictures, a folder's looks."""
    return bool(_LEFT.fullmatch(name))


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
    catalogue: dict[str, dict[str, str]] = field(default_factory=dict)  # register -> owner (a post) and frequency, where told


def links(folder: Path) -> list[Problem]:
    """Links and devices among the inputs: what they lead to is not in the folder, and was never looked at."""
    if folder.is_symlink():
        return [problem("symlink", file=folder.name)]
    found = []
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]  # never read
        for path in sorted(Path(place, name) for name in folders + files):
            if path.is_symlink():
                found.append(problem("symlink", file=path.relative_to(folder).as_posix()))
            elif not path.is_file() and not path.is_dir():
                found.append(problem("special-file", file=path.relative_to(folder).as_posix()))
    return found


def load(folder: Path) -> tuple[Publisher | None, list[Problem]]:
    """The publisher of a folder, and everything wrong with its publisher.toml."""
    path = folder / "publisher.toml"
    if not path.is_file():
        return None, [problem("no-publisher", file=path.name, folder=folder.name)]
    settings, problems = read_toml(path, folder)
    if settings is None:
        return None, problems
    told, wrong = checked(settings, SETTINGS, path.name)
    contacts, unreachable = checked(told.get("contacts", {}), dict.fromkeys(CHANNELS, "text"), path.name, "contacts.")
    shares, unfit = checked(told.get("thresholds", {}), THRESHOLD_FORMS, path.name, "thresholds.")
    profile, unknown = _profile(told.get("plan", ""), path.name)
    owned, unowned = _catalogue(told.get("catalogue", {}), path.name)
    problems += wrong + unreachable + unfit + unknown + unowned
    name = told.get("name", "").strip()
    if not name:
        return None, problems + [problem("no-publisher-name", file=path.name, column="name")]
    return Publisher(
        folder=folder,
        name=name,
        plan=told.get("plan", ""),
        contacts={key: contacts[key] for key in CHANNELS if contacts.get(key)},
        as_of=told.get("as_of"),
        thresholds=DEFAULT_THRESHOLDS | profile | {key: Fraction(str(value)) for key, value in shares.items()},
        demonstration=told.get("demonstration", False),
        catalogue=owned,
    ), problems


def _catalogue(given: dict, file: str) -> tuple[dict[str, dict[str, str]], list[Problem]]:
    """Who answers for each register and how often it changes; whether there is such a register is for others to say."""
    entries, problems = checked(given, dict.fromkeys(given, "section"), file, "catalogue.")
    found = {}
    for name, entry in entries.items():
        found[name], wrong = checked(entry, CATALOGUE, file, f"catalogue.{name}.")
        problems += wrong
    return found, problems


def _profile(plan: str, file: str) -> tuple[dict[str, Fraction], list[Problem]]:
    """The thresholds of the reform plan a publisher names; they override the defaults and yield to its own."""
    there = {path.stem: path for path in sorted(PROFILES.glob("*.toml"))}
    if not plan:
        return {}, []
    if plan not in there:
        known = wording.say("lists.join").join(there)
        return {}, [problem("unknown-plan", file=file, column="plan", value=plan, known=known)]
    told = tomllib.loads(there[plan].read_text(encoding="utf-8"))
    return {key: Fraction(value) for key, value in told["thresholds"].items()}, []


def read_sources(path: Path, folder: Path) -> tuple[dict[str, dict], dict[str, dict], list[Problem]]:
    """A year's sources.toml: its documents, what it says of each table by file name, and what is wrong with it."""
    if not path.is_file():
        return {}, {}, []
    told, problems = read_toml(path, folder)
    shown = path.relative_to(folder).as_posix()
    parts, wrong = checked(told or {}, {"documents": "section", "tables": "section"}, shown)
    problems += wrong
    found: dict[str, dict[str, dict]] = {"documents": {}, "tables": {}}
    for part, forms in (("documents", DOCUMENT), ("tables", TABLE)):
        entries, wrong = checked(parts.get(part, {}), dict.fromkeys(parts.get(part, {}), "section"), shown, f"{part}.")
        problems += wrong
        for key, entry in entries.items():
            found[part][key], wrong = checked(entry, forms, shown, f"{part}.{key}.")
            problems += wrong
    return found["documents"], found["tables"], problems


def checked(given: dict, forms: dict[str, str], file: str, head: str = "") -> tuple[dict, list[Problem]]:
    """The settings that are known and spelt in their form; a problem for each other one."""
    good, problems = {}, []
    for key, value in given.items():
        if key not in forms:
            problems.append(problem("unknown-setting", file=file, column=head + key))
        elif not FORMS[forms[key]](value):
            form = wording.say(f"settings.forms.{forms[key]}")
            problems.append(problem("wrong-setting", file=file, column=head + key, value=str(value), form=form))
        else:
            good[key] = value
    return good, problems


def _is_share(value: object) -> bool:
    """Written as a number or as text ("0.15"), and not below nothing."""
    try:
        return not isinstance(value, bool) and Fraction(str(value)) >= 0
    except (ValueError, ZeroDivisionError):
        return False


def _is_part(value: object) -> bool:
    return _is_share(value) and 0 < Fraction(str(value)) <= 1


FORMS: dict[str, Callable[[object], bool]] = {
    "text": lambda value: isinstance(value, str) and cells.is_plain(value),
    "texts": lambda value: isinstance(value, list) and all(isinstance(each, str) and cells.is_plain(each) for each in value),
    "date": lambda value: type(value) is datetime.date,  # a datetime is one too, with an hour that nothing here knows
    "truth": lambda value: isinstance(value, bool),
    "section": lambda value: isinstance(value, dict),
    "sections": lambda value: isinstance(value, list) and all(isinstance(each, dict) for each in value),
    "share": _is_share,
    "part": _is_part,
    "frequency": lambda value: isinstance(value, str) and value in wording.table("catalogue.frequencies").values(),
    "few": lambda value: type(value) is int and value >= 3,  # a smaller one would guard nobody
    "digest": lambda value: isinstance(value, str) and (not value or bool(re.fullmatch("[0-9A-Fa-f]{64}", value))),
}


def read_toml(path: Path, folder: Path) -> tuple[dict | None, list[Problem]]:
    """A TOML file of a publisher, UTF-8 with or without BOM, or one problem that says why not."""
    shown = path.relative_to(folder).as_posix()
    text = ""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return tomllib.loads(text), []
    except OSError as wrong:
        return None, [problem("system", file=shown, reason=wrong.strerror or "")]
    except UnicodeDecodeError:
        return None, [problem("settings-not-utf8", file=shown)]
    except (ValueError, RecursionError) as wrong:  # a number of thousands of digits, brackets in thousands
        row, reason, remedy = broken_toml.why(text, wrong)
        return None, [problem("not-toml", file=shown, row=row, reason=reason, remedy=remedy)]
