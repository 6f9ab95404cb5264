"""From a figure to its formula and rows: computed from operations and inputs, never typed."""

from itertools import groupby

from markupsafe import Markup, escape

from scripts import display, official, schema, wording
from scripts.addresses import address, link
from scripts.cells import Origin
from scripts.facts import Fact
from scripts.pages import Draft
from scripts.pages.render import year as year_html


def derivations(draft: Draft) -> list[dict]:
    """Every figure the page prints and every derived figure these are made from, in the order of printing.

    Each as the component wants it: id, title, figure, formula (words and numbers), rows (links to what it came from).
    """
    facts, queue, found = draft.site.facts, list(draft.used.values()), {}
    while queue:
        fact = queue.pop(0)
        if fact.key not in found:
            found[fact.key] = fact
            if fact.operation != "count":  # what is only counted needs no derivation of its own
                queue += [facts[key] for key in fact.inputs if not facts[key].leaf]
    return [_derivation(draft, fact) for fact in found.values()]


def _derivation(draft: Draft, fact: Fact) -> dict:
    inputs = [draft.site.facts[key] for key in fact.inputs]
    return {
        "id": f"f-{fact.key}",
        "title": _text(fact.title),
        "figure": figure(fact),
        "formula": _words(fact, inputs),
        "rows": _sources(draft, fact, inputs),
    }


def scale(fact: Fact) -> str:
    """Derivations speak in the unit of the source, so that the reader finds the same digits there."""
    return fact.scale or "wan"


def figure(fact: Fact) -> Markup:
    if not fact.known:
        return Markup('<span class="state {}">{}</span>').format(fact.state, display.state_word(fact.state) or wording.say("states.blank"))
    text = display.shown(fact, scale(fact))
    return Markup('<data data-fact="{}" value="{}">{}</data>').format(fact.key, display.exact(fact), text)


def _words(fact: Fact, inputs: list[Fact]) -> Markup:
    """The formula: names and numbers for few inputs, names alone for many."""
    operation = fact.operation
    if not operation:
        return Markup("")
    if operation in ("difference", "ratio", "growth", "same"):
        names = {place: f"{each.title}" for place, each in zip(("a", "b"), inputs, strict=False)}
        numbers = {place: figure(each) for place, each in zip(("a", "b"), inputs, strict=False)}
        in_words = Markup(escape(wording.say(f"operations.{operation}"))).format(**{k: _text(v) for k, v in names.items()})
        in_numbers = Markup(escape(wording.say(f"operations.{operation}"))).format(**numbers)
        return Markup("{}{}{}").format(in_words, wording.say("operations.equals"), in_numbers)
    if operation in ("sum", "mean", "count", "least", "most") and 0 < len(inputs) <= 8 and operation != "count":
        joined = Markup(wording.say("operations.plus")).join(figure(each) for each in inputs)
        return Markup("{}{}{}").format(wording.say(f"operations.{operation}"), wording.say("operations.colon"), joined)
    if operation == "product":
        joined = Markup(wording.say("operations.times")).join(figure(each) for each in inputs)
        return Markup("{}{}{}").format(wording.say("operations.product"), wording.say("operations.colon"), joined)
    return Markup("{}").format(wording.say(f"operations.{operation}"))


def _text(title: str) -> Markup:
    return Markup("<span data-text>{}</span>").format(title)


def _sources(draft: Draft, fact: Fact, inputs: list[Fact]) -> list[Markup]:
    """Links to the source rows of leaf inputs (or of the fact itself), and to derived inputs on this page."""
    leaves = [f for f in ([fact] if fact.leaf else inputs) if f.leaf]
    origins = [*(f.origin for f in leaves), *fact.rows]
    places = sorted({(each.file, each.sheet, each.column, each.row): each for each in origins}.items())
    found = []
    for (file, sheet, column), group in groupby(places, key=lambda item: item[0][:3]):
        rows = sorted({origin.row for _, origin in group})
        found.append(_origin_link(draft, Origin(file, sheet, rows[0], column), rows))
    for each in inputs:
        if not each.leaf and fact.operation != "count":
            found.append(Markup('<a href="#f-{}"><span data-text>{}</span></a>').format(each.key, each.title))
    return found


def _origin_link(draft: Draft, first: Origin, rows: list[int]) -> Markup:
    where = wording.say("origins.place", file=first.place, rows=row_ranges(rows), column=first.column)
    said = Markup("{} <span data-origin>{}</span>").format(year_html(first.year), where)
    return Markup('<a href="{}">{}</a>').format(link(f"{draft.page.path}how/", source_page(first)), said)


def row_ranges(rows: list[int]) -> str:
    """[2, 3, 4, 7] -> "2–4、7"."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return wording.say("lists.join").join(str(a) if a == b else f"{a}–{b}" for a, b in runs)


def source_page(origin: Origin) -> str:
    """The page that prints an origin's row: `<register>/<year>/<table>/#L<row>`."""
    register, _, *name = origin.file.split("/")
    table = table_id(register, name[0]) if name else schema.load(register).of_sheet(origin.sheet)
    return f"{address(register)}/{origin.year}/{address(table)}/#L{origin.row}"


def table_id(register: str, filename: str) -> str:
    """Own tables are named by their file; official ones by their kind."""
    stem = filename.rpartition(".")[0]
    if any(stem == t.name for t in schema.load(register).tables):
        return stem
    return official.kind_of_file(register, stem)



