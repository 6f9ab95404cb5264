"""The second line: whatever their class, the digits of <main> are those of the body that was handed over, in order."""

import html
import re
from collections.abc import Sequence

from scripts.problems import Problem, problem

_MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.S)
_TAG = re.compile(r"</?[A-Za-z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>|<!--.*?-->", re.S)
_TARGET = re.compile(r"\]\([^)]*\)")
_MARKER = re.compile(r"^\s*[0-9]+\.\s", re.M)


def judge_body(path: str, page: str, body: str, fragments: Sequence[str]) -> list[Problem]:
    """`body`: HTML or Markdown. Fragments stand in the page byte for byte, but for space at their ends."""
    found = _MAIN.search(page)
    inside = found[1] if found else ""
    missing = [problem("seal-block", file=path, value=part[:40]) for part in fragments if part.strip() not in inside]
    if body.strip() in inside and len(body.strip()) == len(inside.strip()):
        return missing
    printed = digits(inside)
    if printed in (handed := [digits(body), digits(_MARKER.sub("", _TARGET.sub("]", body)))]):
        return missing
    return missing + [_different(path, handed[0], printed)]


def digits(markup: str) -> list[str]:
    """Every digit run of the text, tags aside."""
    return re.findall(r"\d+", html.unescape(_TAG.sub("\0", markup)))


def _different(path: str, expected: list[str], found: list[str]) -> Problem:
    """Says the first place where the two part, and what follows."""
    at = next((i for i, (a, b) in enumerate(zip(expected, found, strict=False)) if a != b), min(len(expected), len(found)))
    show = [" ".join(runs[at : at + 4]) or "-" for runs in (expected, found)]
    return problem("seal-body", file=path, expected=show[0], found=show[1])
