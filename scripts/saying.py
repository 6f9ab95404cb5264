"""What a verb prints: the problems, and in a line or two what checking found."""

import json
from collections.abc import Sequence
from fractions import Fraction

from scripts import wording
from scripts.problems import Problem, as_json, lines


def listed(found: Sequence[Problem]) -> str:
    return json.dumps(as_json(found), ensure_ascii=False, indent=1)


def report(found: Sequence[Problem]) -> None:
    """All problems, most serious first, like ones as one; then how many."""
    for line in lines(found):
        print(line)


def withheld_line(public) -> str:
    """How many numbers of people are not shown; which of them are small and which only stand beside, nobody is told."""
    from scripts import display

    told = "report" if public.withheld else "none"
    share = display.percent(Fraction(public.withheld, public.guarded or 1))
    return wording.say(f"suppression.{told}", guarded=public.guarded, withheld=public.withheld, share=share)


def verdicts_line(public) -> str:
    from scripts.identities import SEVERITY

    counts = {v: sum(c.verdict is v for c in public.comparisons) for v in SEVERITY}
    parts = [f"{wording.say(f'verdicts.{v}')} {count}" for v, count in counts.items()]
    return wording.say("build.verdicts", parts=wording.say("lists.comma").join(parts))
