"""The second line: whatever their class, the digits of <main> are those of the body that was handed over, in order."""

import html
import re
from collections.abc import Sequence

from scripts.problems import Problem, problem

_MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.S)
_TAG = re.compile(r"</?[A-Za-z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>|<!--.*?-->", re.S)
_QUICK = re.compile(r"<[^<>]*>")
_RUN = re.compile(r"\d+")
_TARGET = re.compile(r"\]\([^)]*\)")
_MARKER = re.compile(r"^\s*[0-9]+\.\s", re.M)


def judge_body(path: str, page: str, body: str, fragments: Sequence[str]) -> list[Problem]:
    """`body`: HTML or Markdown. Fragments stand in the page byte for byte, but for space at their ends."""
    found = _MAIN.search(page)
    inside = found[1] if found else ""
    missing = [problem("seal-block", file=path, value=part[:40]) for part in fragments if part.strip() not in inside]
    # The quick way first: what it finds equal is equal, what it finds different may be a sign of comparison in a text.
    if digits(inside, _QUICK) == digits(body, _QUICK):
        return missing
    printed, handed = digits(inside), digits(body)
    if printed in (handed, digits(_MARKER.sub("", _TARGET.sub("]", body)))):
        return missing
    return missing + [_different(path, handed, printed)]


def digits(markup: str, tag: re.Pattern = _TAG) -> list[str]:
    """Every digit run of the text, tags aside."""
    return _RUN.findall(html.unescape(tag.sub("\0", markup)))


def _different(path: str, expected: list[str], found: list[str]) -> Problem:
    """Says the first place where the two part, and what follows."""
    pairs = enumerate(zip(expected, found, strict=False))
    at = next((i for i, (a, b) in pairs if a != b), min(len(expected), len(found)))
    show = [" ".join(runs[at : at + 4]) or "-" for runs in (expected, found)]
    return problem("seal-body", file=path, expected=show[0], found=show[1])
