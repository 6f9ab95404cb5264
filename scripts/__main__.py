"""The command line: check new build publish serve draw import verify demo. Exit 0 good, 1 problems, 2 wrong usage; no traceback reaches a user."""

import argparse
import os
import sys
from pathlib import Path

from scripts import registers, verbs, wording
from scripts.problems import Problem, failure
from scripts.saying import listed
from scripts.usage import Parser

ROOT = Path(__file__).resolve().parents[1]
YEARS = range(1949, 2100)


def main(arguments: list[str] | None = None) -> int:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console in GBK must not end the program
            stream.reconfigure(encoding="utf-8", errors="replace", line_buffering=True)
    options = parser().parse_args(arguments)
    try:
        return options.run(options)
    except KeyboardInterrupt:
        print(wording.say("verbs.interrupted"))
        return 1
    except BrokenPipeError:  # who read along has stopped reading
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as wrong:  # the last door: whatever it is, a clerk gets one line that says what to do
        told = quiet(failure(wrong))
        print(listed([told]) if getattr(options, "json", False) else told.line())
        return 1


def quiet(told: Problem) -> Problem:
    """What went wrong may quote a cell: nothing private is shown."""
    try:
        from scripts import privacy
    except ImportError:  # a part of the program is missing: nothing has been read yet
        return told
    return privacy.masked([told])[0]


def parser() -> argparse.ArgumentParser:
    told = Parser(prog="python -m scripts", description=wording.say("verbs.program"))
    actions = told.add_subparsers(dest="verb", required=True)

    def verb(name: str, run) -> argparse.ArgumentParser:
        found = actions.add_parser(name, help=wording.say(f"verbs.{name}"), description=wording.say(f"verbs.{name}"))
        found.set_defaults(run=run)
        return found

    def publisher(found: argparse.ArgumentParser) -> None:
        found.add_argument("--publisher", type=Path, default=ROOT / "data", metavar="DIR", help=wording.say("verbs.publisher"))

    def previous(found: argparse.ArgumentParser) -> None:
        found.add_argument("--previous", type=Path, metavar="SITE", help=wording.say("verbs.previous"))

    found = verb("check", verbs.check)
    publisher(found)
    previous(found)
    found.add_argument("--json", action="store_true", help=wording.say("verbs.json"))
    found.add_argument("--annotate", type=Path, metavar="DIR", help=wording.say("verbs.annotate"))
    for name, run in (("build", verbs.build), ("publish", verbs.publish), ("serve", verbs.serve)):
        found = verb(name, run)
        publisher(found)
        found.add_argument("--output", type=Path, default=ROOT / "output", metavar="DIR", help=wording.say(f"verbs.output_{name}"))
        if name != "serve":
            previous(found)
        if name == "publish":
            found.add_argument("--forget", action="store_true", help=wording.say("verbs.forget"))
    found.add_argument("--port", type=int, choices=range(65536), metavar="N", default=8000, help=wording.say("verbs.port"))
    found = verb("new", verbs.new)
    publisher(found)
    found.add_argument("--year", required=True, type=int, choices=YEARS, metavar="YEAR", help=wording.say("verbs.year"))
    found.add_argument("--register", action="append", choices=registers.ORDER, metavar="NAME", help=wording.say("verbs.register"))
    found = verb("draw", verbs.draw)
    publisher(found)
    found.add_argument("--batch", required=True, metavar="B", help=wording.say("verbs.batch"))
    found = verb("import", verbs.import_)
    found.add_argument("source", type=Path, help=wording.say("verbs.source"))
    found.add_argument("--register", required=True, choices=("budget", "final_accounts"))
    found.add_argument("--year", required=True, type=int, choices=YEARS, metavar="YEAR", help=wording.say("verbs.year"))
    publisher(found)
    found.add_argument("--unit", action="append", default=[], metavar="UNIT|TABLE=UNIT", help=wording.say("verbs.unit"))
    found = verb("verify", verbs.verify)
    found.add_argument("site", type=Path, help=wording.say("verbs.site"))
    found = verb("demo", verbs.demo)
    found.add_argument("folder", type=Path, metavar="DIR", help=wording.say("verbs.demo_folder"))
    for name, most, usual in (("seed", 10**6, 1), ("towns", 100, 6), ("years", 9, 4)):
        least = int(name != "seed")
        found.add_argument(f"--{name}", type=int, choices=range(least, most + 1), metavar="N", default=usual, help=wording.say(f"verbs.demo_{name}"))
    return told


if __name__ == "__main__":
    sys.exit(main())
