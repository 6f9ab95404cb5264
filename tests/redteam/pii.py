"""How many private strings of the corpus, and of those made from a seed, the scan finds, and how often it is wrong."""

import json
from collections.abc import Iterable
from pathlib import Path

from scripts.privacy import denied, find
from tests.redteam import Figure
from tests.redteam.harmless import negatives
from tests.redteam.private import Sample, positives

CORPUS = Path(__file__).with_name("pii")
SURE = ("id18", "id15", "card", "bank", "mobile")  # of these none may be missed
SEEDS = range(20)


def corpus(private: bool) -> list[Sample]:
    told = map(json.loads, (CORPUS / "pii.jsonl").read_text(encoding="utf-8").splitlines())
    return [(each["kind"], each["text"]) for each in told if each["is_pii"] is private]


def unseen(private: bool) -> list[Sample]:
    return [sample for seed in SEEDS for sample in (positives if private else negatives)(seed)]


def stopped(file: Path) -> bool:
    """Whether a table of the corpus would stop publication."""
    rows = file.read_text(encoding="utf-8")
    return bool(find(rows)) or any(denied(header) for header in rows.splitlines()[0].split(","))


def found(samples: Iterable[Sample]) -> int:
    return sum(bool(find(text)) for _, text in samples)


def score() -> list[Figure]:
    private, harmless, sure = corpus(True), corpus(False), [s for s in corpus(True) if s[0].startswith(SURE)]
    made, unlike = unseen(True), unseen(False)
    files = sorted(CORPUS.glob("*.csv"))
    return [
        Figure("private strings found", found(private), len(private), ">= 98 %"),
        Figure("of these identity, card, bank, mobile", found(sure), len(sure), "100 %"),
        Figure("false alarms", found(harmless), len(harmless), "<= 1.5 %"),
        Figure("made from seeds: found", found(made), len(made), ">= 98 %"),
        Figure("made from seeds: false alarms", found(unlike), len(unlike), "<= 1.5 %"),
        Figure("tables with leaks stopped, clean ones not", sum(stopped(f) is not f.name.startswith("clean_") for f in files), len(files), "all"),
    ]
