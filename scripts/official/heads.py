"""What the header and the first column of a table say of it that its title may not: how its rows are classified."""

import re
from collections import Counter

from scripts.official import names, titles
from scripts.official.sheets import Printed
from scripts.official.titles import Title
from scripts.official.words import patterns, told

CODE = re.compile(r"([1-9])[0-9]{2}([0-9]{2}){0,2}")
LABELS, FIRST = 6, 5
MOST = 0.6
BY_DIGIT = {"2": "function", "3": "economic", "5": "government"}


def settle(title: Title, sheet: Printed, start: int) -> Title:
    """The title as header and row heads bear it out: another kind, or a known other table, where they say more."""
    if not title.words or title.kind and told()["kinds"][title.kind].get("rows", "function") not in ("function", "economic"):
        return title
    if title.kind and told()["kinds"][title.kind].get("blocks"):
        return title
    more = _words(sheet.texts[start:], title.words) - title.words
    return (titles.decide(title.words | more, title.register) or Title()) if more else title


def _words(texts: list[list[str]], said: frozenset[str]) -> frozenset[str]:
    """How the rows are classified; whether income and expenditure stand side by side; whether it is basic expenditure."""
    labels = {names.plain(text) for row in texts[:LABELS] for text in row if text.strip()}
    found = _by_codes(texts) or _by_labels(labels)
    if "both" in said and {names.plain(word) for word in patterns()["block_words"].values()} <= labels:
        found |= {"sides"}
    split = {names.plain(word) for word in patterns()["basic_words"]}
    if "second" in said and "economic" in found and split & {names.plain(t) for row in texts for t in row}:
        found |= {"basic"} if not patterns()["project_word"] in labels else set()
    return frozenset(found)


def _by_codes(texts: list[list[str]]) -> set[str]:
    """By the first digit of the codes in the first column that has codes."""
    for column in range(FIRST):
        filled = [names.plain(row[column]) for row in texts if len(row) > column and row[column].strip()]
        if not any(names.expression("code_label").search(text) for text in filled[:LABELS]):
            continue
        codes = [found[1] for text in filled if (found := CODE.fullmatch(_code_of(text)))]
        if len(codes) > 1 and len(codes) >= MOST * sum(text[:1].isdigit() or text[:1] == "[" for text in filled):
            digit, _ = Counter(codes).most_common(1)[0]
            return {BY_DIGIT[digit]} if digit in BY_DIGIT else set()
    return set()


def _code_of(text: str) -> str:
    found = names.expression("code_and_name").match(text)
    return found[1] if found else text


def _by_labels(labels: set[str]) -> set[str]:
    """By what the header calls its codes, where it calls them one thing."""
    found = {word for word, each in patterns()["classified_by"].items() for label in labels if re.search(each, label)}
    return found if len(found) == 1 else set()
