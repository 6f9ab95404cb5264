"""facts.json: one flat sorted table of every public fact, one a line, with the pages that print it; and back again."""

import json
from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction

from scripts.cells import Origin, State
from scripts.facts import Fact, Facts, Unit
from scripts.seal.pages import Pages


def facts_json(facts: Facts, pages: Pages, nature: str = "") -> bytes:
    """{"facts": [...], "nature": "", "words": {page: [...]}}; words: strings that the seal let excuse digits.

    `nature`: that the data are a demonstration, "" for a real publisher.

    Money in fen, counts as whole numbers, shares and scores as p/q; null where there is no value.
    """
    if not pages.seen:
        for page in pages:
            pages.keep(page, set())
    printing: dict[str, list[str]] = defaultdict(list)
    for path, seen in sorted(pages.seen.items()):
        for key in seen.keys:
            printing[key].append(path)
    return dump(facts, printing, {path: list(seen.words) for path, seen in pages.seen.items() if seen.words}, nature)


def dump(facts: Facts, printing: Mapping[str, list[str]], words: Mapping[str, list[str]], nature: str) -> bytes:
    """The one spelling of the table: keys sorted, one fact a line."""
    lines = [_line(_record(fact, printing.get(fact.key, []))) for fact in sorted(facts, key=lambda fact: fact.key)]
    joined = ",\n".join(lines)
    return f'{{"facts":[\n{joined}\n],\n"nature":{_line(nature)},\n"words":{_line(words)}}}\n'.encode()


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _record(fact: Fact, pages: list[str]) -> dict:
    counted = {"rows": [_place(each) for each in fact.rows]} if fact.rows else {}
    return counted | {
        "key": fact.key, "title": fact.title, "value": None if fact.value is None else str(fact.value),
        "unit": str(fact.unit), "state": str(fact.state), "printed": fact.printed, "places": fact.places,
        "scale": fact.scale, "origin": fact.origin and _place(fact.origin), "operation": fact.operation, "inputs": list(fact.inputs), "pages": pages,
    }  # fmt: skip


def _place(origin: Origin) -> dict:
    return {"file": origin.file, "sheet": origin.sheet, "row": origin.row, "column": origin.column}


def load(content: bytes) -> tuple[Facts, dict[str, list[str]], dict[str, list[str]], str]:
    """Facts, key -> pages, page -> words, nature. ValueError, KeyError or TypeError when it is not what facts_json writes."""
    table = json.loads(content.decode("utf-8"))
    facts, pages = Facts(), {}
    for record in table["facts"]:
        facts.add(_fact(record))
        pages[record["key"]] = list(record["pages"])
    return facts, pages, {path: list(words) for path, words in table["words"].items()}, table["nature"]


def _fact(record: dict) -> Fact:
    unit, value = Unit(record["unit"]), record["value"]
    if value is not None:
        value = Fraction(value) if unit in (Unit.SHARE, Unit.POINTS) or "/" in value else int(value)
    state = State(record["state"])
    if (state is State.KNOWN) != (value is not None):
        raise ValueError(record["key"])
    origin = record["origin"] and Origin(**record["origin"])
    return Fact(
        record["key"], record["title"], value, unit, state, record["printed"], record["places"], record["scale"],
        origin, record["operation"], tuple(record["inputs"]), tuple(Origin(**each) for each in record.get("rows", ())),
    )  # fmt: skip
