"""Tests of what the site is for people: whether they find it, understand it, can use it, ask, and are protected."""

import posixpath
import re
from collections import deque
from urllib.parse import unquote

from scripts.pages import Page
from scripts.pages.scoring.ground import HALF, NONE, WHOLE, Answer, Ground

LINK = re.compile(r"""\]\(([^)\s]+)|href="([^"]+)\"""")
HOW = "how/"  # how the figures of a page were come by: one click from it
CHANNELS, FOR_DEAF, FOR_BLIND = 3, "text_message", "telephone"
TERM = re.compile(r"\*\*([^*]+)\*\*")


def _targets(page: Page) -> set[str]:
    """Files of the site that a page leads to."""
    text = "".join([page.markdown, *page.blocks.values()])
    told = {(a or b).partition("#")[0] for a, b in LINK.findall(text)}
    return {posixpath.normpath(posixpath.join(posixpath.dirname(page.file), unquote(each))) for each in told if each and ":" not in each}


def reach(ground: Ground, depth: int) -> Answer:
    """Every page within so many clicks of the home page, with the menu's registers and the pages beside it; what derives figures is one more."""
    pages = {page.file: page for page in ground.made}
    if "index.html" not in pages:
        return Answer(NONE, None, "no_home")
    found, queue = {"index.html": 0}, deque(["index.html"])
    while queue:
        here = queue.popleft()
        for file in _targets(pages[here]) & pages.keys():
            if file not in found:
                found[file] = found[here] + 1
                queue.append(file)
    far = [page for file, page in pages.items() if found.get(file, depth + 1) > depth and page.section != "help" and not page.path.endswith(HOW)]
    return Answer(HALF, None, "far") if far else Answer(WHOLE, "")


def glossary(ground: Ground, page: str, terms: list[str]) -> Answer:
    """Each term of the trade that a page uses is explained."""
    if not ground.has(page):
        return Answer(NONE, None, "no_page")
    told = set(TERM.findall(ground.pages[page].markdown))
    text = "".join(part for each in ground.made if not each.by_hand for part in (each.markdown, *each.blocks.values()))
    lost = [term for term in terms if term in text and term not in told]
    return Answer(HALF, page, "terms", {"words": lost[0]}) if lost else Answer(WHOLE, page)


def accessible(ground: Ground, page: str, gaps: str) -> Answer:
    """Tables have captions and heads with scope, drawings a title; and people have tried it, as the statement says."""
    blocks = [block for each in ground.made for block in each.blocks.values()]
    whole = all(block.count("<table") == block.count("<caption") and "<th>" not in block for block in blocks)
    named = all(block.count('role="img"') <= block.count("<title") for block in blocks)
    if not ground.has(page) or not (whole and named):
        return Answer(NONE, None, "no_page" if whole and named else "markup")
    return Answer(HALF, page, "untried") if f"](#{gaps})" in ground.pages[page].markdown else Answer(WHOLE, page)


def drawings(ground: Ground) -> Answer:
    """Each drawing has a sentence and a table of its numbers; that no page holds a script is the seal's business."""
    drawn = [(page, block) for page in ground.made for block in page.blocks.values() if "<figure" in block]
    if not drawn:
        return Answer(NONE, None, "no_drawing")
    bare = [page for page, block in drawn if "<table" not in block or "<desc" not in block]
    return Answer(HALF, bare[0].path, "drawing") if bare else Answer(WHOLE, drawn[0][0].path)


def channels(ground: Ground, page: str) -> Answer:
    """Three ways to ask, one without hearing and one without sight."""
    contacts = ground.site.inputs.publisher.contacts
    there = [each for each, said in contacts.items() if said]
    if not there:
        return Answer(NONE, None, "no_channel")
    enough = len(there) >= CHANNELS and {FOR_DEAF, FOR_BLIND} <= set(there)
    at = page if ground.has(page) else ""
    return Answer(WHOLE, at) if enough else Answer(HALF, at, "few_channels")


def guarded(ground: Ground) -> Answer:
    """The gate has counted what tells of people: nothing passed it unseen."""
    fact = ground.site.facts.get("people/guarded")
    return Answer(WHOLE, "comparisons/#withheld") if fact is not None and ground.has("comparisons/") else Answer(NONE, None, "unguarded")


JUDGES = {"reach": reach, "glossary": glossary, "accessible": accessible, "drawings": drawings, "channels": channels, "guarded": guarded}
