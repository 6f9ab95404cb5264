"""Tests of the site as data: pages that must be there, downloads, definitions, sources, checking, digests."""

from scripts import registers, schema
from scripts.identities import Verdict
from scripts.pages.scoring.ground import HALF, NONE, WHOLE, Answer, Ground

FORMATS = (".csv", ".xlsx")


def page(ground: Ground, paths: list[str], part: str = "") -> Answer:
    """One of these pages is there, with this part where one is named."""
    found = next((path for path in paths if ground.has(path)), "")
    if not found or (part and part not in ground.pages[found].markdown):
        return Answer(NONE, None, "no_page")
    return Answer(WHOLE, found)


def downloads(ground: Ground) -> Answer:
    """Every page that prints a table of data offers its rows twice."""
    told = [each for each in ground.made if each.template == "table" and "table.html" in each.blocks]
    if not told:
        return Answer(NONE, None, "no_table")
    bare = [each for each in told if not all(any(file.path.endswith(form) for file in each.downloads) for form in FORMATS)]
    return Answer(HALF if len(bare) < len(told) else NONE, bare[0].path, "downloads") if bare else Answer(WHOLE, "sources/")


def described(ground: Ground) -> Answer:
    """Each open column of what is published says what it means."""
    if not ground.has("dictionary/"):
        return Answer(NONE, None, "no_page")
    fields = [field for name in registers.ORDER if ground.site.inputs.of(name) for table in schema.load(name).tables for field in table.fields]
    bare = [each for each in fields if each.publish and not (each.description or each.example or each.constraints.get("enum"))]
    return Answer(HALF, "dictionary/", "undescribed") if bare else Answer(WHOLE, "dictionary/")


def sourced(ground: Ground) -> Answer:
    """The day that the data reach to is said, and each year of each register names its documents."""
    if not ground.has("sources/"):
        return Answer(NONE, None, "no_page")
    bare = [year for year in ground.site.inputs.years.values() if not year.documents]
    if ground.site.day is None:
        return Answer(HALF, "sources/", "no_day")
    return Answer(HALF, "sources/", "undocumented") if bare else Answer(WHOLE, "sources/")


def balanced(ground: Ground) -> Answer:
    """All comparisons are shown, and none is out of balance without an explanation."""
    if not ground.has("comparisons/") or not ground.site.public.comparisons:
        return Answer(NONE, None, "unchecked")
    wrong = [each for each in ground.site.public.comparisons if each.verdict is Verdict.UNBALANCED and not each.note]
    return Answer(HALF, "comparisons/", "unbalanced") if wrong else Answer(WHOLE, "comparisons/")


JUDGES = {"page": page, "downloads": downloads, "described": described, "sourced": sourced, "balanced": balanced}
