"""The site's own score by the rubric of disclosure: what is met, with the page that shows it, and what is not, with the reason."""

from fractions import Fraction

from markupsafe import Markup

from scripts import grids, wording
from scripts.facts import Fact, Unit
from scripts.grids import Cell, Column, Grid, Row, Text
from scripts.pages import Draft, Page, Site
from scripts.pages.parts import figure_items, finish
from scripts.pages.render import component, component_macro
from scripts.pages.scoring import Score, groups, scores
from scripts.pages.scoring.ground import HALF, NONE, WHOLE, Answer, Ground

PATH = "self-score/"
MARKS = {WHOLE: ("met", "met"), HALF: ("rectifying", "half"), NONE: ("unmet", "lacking")}


def page(site: Site, made: list[Page]) -> Page:
    """Judges every item over all pages that will be written; the facts of the score are added here, after all others."""
    draft = Draft(site, PATH, wording.say("self_score.title"), template="register", section="data",
                  code=wording.say("page_codes.self_score"), crumbs=[])  # fmt: skip
    found = scores(Ground(site, tuple(made)))
    facts = derive(site, found)
    said = wording.table("self_score.figures")
    draft.block("figures", component("figures", items=figure_items(draft, [
        (said["share"], facts["share"], said["points"], facts["points"]), (said["essentials_met"], facts["essentials-met"], said["essentials"], facts["essentials"]),
    ])))  # fmt: skip
    grid = _grid(draft, found, {page.path: page.title for page in made})
    draft.grid("items", grid, component("ledger", grid=grids.view(grid)))
    lost = [each for each in found if each.item.essential and each.value < WHOLE]
    if lost:
        draft.block("lost", component("roll", items=[_lost(each) for each in lost]))
    return finish(draft, "self_score.md.j2", f={name.replace("-", "_"): fact for name, fact in facts.items()}, lost=bool(lost), due=bool(site.duties))


def derive(site: Site, found: list[Score]) -> dict[str, Fact]:
    """`self-score/<id>` and its weight in points; their sums, the share, how many essentials are met."""
    facts, said = site.facts, wording.table("self_score.facts")
    got = [facts.add(Fact(f"self-score/{each.item.id}", each.item.title, each.value * each.item.weight, Unit.POINTS, operation="judged")) for each in found]
    full = [facts.add(Fact(f"self-score/{each.item.id}/weight", each.item.title, Fraction(each.item.weight), Unit.POINTS, operation="rubric")) for each in found]
    points, whole = (facts.sum(f"self-score/{name}", said[name], inputs, Unit.POINTS) for name, inputs in (("points", got), ("full", full)))
    share = facts.ratio("self-score/share", said["share"], points, whole)
    essential = {name: [f for f, each in zip(got, found, strict=True) if each.item.essential and (name == "essentials" or each.value == WHOLE)]
                 for name in ("essentials", "essentials-met")}  # fmt: skip
    counts = {name: facts.count(f"self-score/{name}", said[name.replace("-", "_")], inputs) for name, inputs in essential.items()}
    return {"points": points, "full": whole, "share": share, **counts}


def _grid(draft: Draft, found: list[Score], titles: dict[str, str]) -> Grid:
    """All items under the titles of their groups, each with its result, its points and its pages."""
    said, facts = wording.table("self_score.columns"), draft.site.facts
    columns = (Column("item", (said["item"],)), Column("result", (said["result"],)),
               Column("points", (said["points"],), numeric=True), Column("of", (said["of"],), numeric=True), Column("shown", (said["shown"],)))  # fmt: skip
    rows = []
    for group, title in groups().items():
        rows.append(Row((Text(title, "words"), None, None, None, None), level=1))
        rows += [
            Row((_what(each), _result(each), facts[f"self-score/{each.item.id}"], facts[f"self-score/{each.item.id}/weight"],
                 _shown(draft, each, titles)))
            for each in found if each.item.group == group
        ]  # fmt: skip
    return Grid("items", said["caption"], columns, tuple(rows), unit=wording.say("units.points"), kind="stack")


def _what(score: Score) -> Text:
    """What is asked for, what passes and how that is judged."""
    item = score.item
    html = Markup("<strong>{}</strong><br>{}").format(item.title, wording.say("self_score.passes", passes=item.passes, judged=item.judged))
    return Text(item.title, "ready", html=html)


def _result(score: Score) -> Text:
    mark, word = MARKS[score.value]
    text = wording.say(f"self_score.results.{word}")
    return Text(text, "ready", html=component_macro("marks", "work", id=mark, word=text))


def _shown(draft: Draft, score: Score, titles: dict[str, str]) -> Cell:
    """The pages that show it by their titles, and what is lacking."""
    names = {path: titles[path.partition("#")[0]] for path in score.evidence}
    lines = [Markup('<a href="{}">{}</a>').format(draft.link(path), name) for path, name in names.items()]
    lacking = list(dict.fromkeys(why(each) for each in score.lacking))
    text = wording.say("lists.clause").join([*names.values(), *lacking])
    return Text(text, "ready", html=Markup("<br>").join([*lines, *(Markup("<span>{}</span>").format(each) for each in lacking)]))


def why(answer: Answer) -> str:
    """The reason in words."""
    return wording.say(f"self_score.why.{answer.why}", **answer.words)


def _lost(score: Score) -> dict:
    reasons = wording.say("lists.clause").join(dict.fromkeys(why(each) for each in score.lacking))
    mark, word = MARKS[score.value]
    sign = component_macro("marks", "work", id=mark, word=wording.say(f"self_score.results.{word}"))
    return {"html": Markup("{} <strong>{}</strong> <span>{}</span>").format(sign, score.item.title, reasons)}
