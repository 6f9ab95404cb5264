"""The independent reader: compares every figure of the written site with its fact. Knows nothing of display."""

from scripts.seal.compare import compare
from scripts.seal.pages import Pages, read
from scripts.seal.plan import Plan, own_words
from scripts.seal.printed import Printed, parse_printed
from scripts.seal.records import facts_json
from scripts.seal.verify import verify
from scripts.seal.words import Words, strings

__all__ = [
    "Pages", "Plan", "Printed", "Words", "compare", "facts_json", "own_words", "parse_printed", "read", "strings",
    "verify",
]  # fmt: skip
