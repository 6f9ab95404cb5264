"""The words of what changed: table, row, column, was and is; additions are counted."""

from collections.abc import Iterable, Iterator

from scripts import wording
from scripts.changes.ledgers import Ledger, home
from scripts.facts import Fact
from scripts.problems import Problem, problem, visible

CHANGED, VANISHED, NEW = "changed-figure", "vanished-figure", "new-figure"
ROOM, LEAD = 40, 8  # characters shown of a long text, and of these before the first that differs


def cell(now: Ledger, index: int, column: str, was: str, is_: str) -> Problem:
    kind = VANISHED if not is_ else NEW if not was else CHANGED
    was, is_ = excerpt(was, is_), excerpt(is_, was)
    return problem(kind, **now.places[index], column=column, value=is_, reason=_say(f"cell_{_KIND[kind]}", name=_name(now, now.rows[index]), was=was, now=is_))


_KIND = {CHANGED: "changed", VANISHED: "vanished", NEW: "new"}


def spelling(fact: Fact, was: str) -> Problem:
    place = fact.origin
    return problem(CHANGED, file=place.file, sheet=place.sheet, row=place.row, column=place.column, value=fact.printed,
                   reason=_say("cell_changed", name=fact.title, was=was, now=fact.printed))  # fmt: skip


def unit(file: str, was: str, is_: str, count: int) -> Problem:
    """The same digits in another unit are other figures."""
    words = wording.table("cells.units") | {"": wording.say("units.not_stated")}
    return problem(CHANGED, file=file, value=words[is_], reason=_say("unit", was=words[was], now=words[is_], count=count))


def row_gone(path: str, now: Ledger, row: list[str]) -> Problem:
    return problem(VANISHED, file=home(path, row) or _file(now, path), reason=_say("row_gone", title=now.title, row=wording.say("lists.comma").join(part for part in row if part)))


def table_gone(path: str, count: int) -> Problem:
    return problem(VANISHED, file=path, reason=_say("table_gone", count=count))


def rows_new(now: Ledger, new: Iterable[int]) -> Problem:
    places = [now.places[index] for index in new]
    return problem(NEW, **places[0], reason=_say("rows_new", title=now.title, count=len(places)))


def columns(path: str, now: Ledger, gone: list[str], new: list[str], renamed: list[tuple[str, str]]) -> Iterator[Problem]:
    file = _file(now, path)
    for kind, names, sentence in ((VANISHED, gone, "column_gone"), (NEW, new, "column_new")):
        for name in names:
            yield problem(kind, file=file, column=name, reason=_say(sentence, title=now.title, count=len(now.rows)))
    for was, is_ in renamed:
        yield problem(CHANGED, file=file, column=is_, reason=_say("column_renamed", title=now.title, was=was, now=is_))


def column_order(path: str, now: Ledger) -> Problem:
    """Rows may stand in any order; a head in another place may be a head over the wrong numbers."""
    return problem(CHANGED, file=_file(now, path), reason=_say("column_order", title=now.title))


def nature(was: str, is_: str) -> Problem:
    empty = _say("real")
    return problem(CHANGED, file="publisher.toml", column="demonstration", value=is_, reason=_say("nature", was=was or empty, now=is_ or empty))


def excerpt(text: str, other: str) -> str:
    """A long text around the first character in which it differs from the other."""
    if len(text) <= ROOM:
        return text
    first = next((at for at, (one, two) in enumerate(zip(text, other, strict=False)) if one != two), min(len(text), len(other)))
    start = max(0, min(first - LEAD, len(text) - ROOM))
    return ("…" if start else "") + text[start : start + ROOM] + ("…" if start + ROOM < len(text) else "")


def _file(now: Ledger, path: str) -> str:
    """The one file in which the clerk keeps the table; where there are several or none, its address on the site."""
    files = {place["file"] for place in now.places}
    return files.pop() if len(files) == 1 else path


def _name(now: Ledger, row: list[str]) -> str:
    return visible(wording.say("lists.join").join(row[index] for index in now.key if row[index])) or now.title


def _say(sentence: str, **details: object) -> str:
    return wording.say(f"changes.{sentence}", **details)
