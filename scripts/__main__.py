"""The verbs: check new build publish serve import verify. Exit 0 good, 1 problems, 2 wrong usage; no traceback reaches a user."""

import argparse
import functools
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from scripts import registers, wording
from scripts.problems import Problem, as_json, errors, failure, lines, problem
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
    verbs = told.add_subparsers(dest="verb", required=True)

    def verb(name: str, run) -> argparse.ArgumentParser:
        found = verbs.add_parser(name, help=wording.say(f"verbs.{name}"), description=wording.say(f"verbs.{name}"))
        found.set_defaults(run=run)
        return found

    def publisher(found: argparse.ArgumentParser) -> None:
        found.add_argument("--publisher", type=Path, default=ROOT / "data", metavar="DIR", help=wording.say("verbs.publisher"))

    def previous(found: argparse.ArgumentParser) -> None:
        found.add_argument("--previous", type=Path, metavar="SITE", help=wording.say("verbs.previous"))

    found = verb("check", check)
    publisher(found)
    previous(found)
    found.add_argument("--json", action="store_true", help=wording.say("verbs.json"))
    found.add_argument("--annotate", type=Path, metavar="DIR", help=wording.say("verbs.annotate"))
    for name, run in (("build", build), ("publish", publish), ("serve", serve)):
        found = verb(name, run)
        publisher(found)
        found.add_argument("--output", type=Path, default=ROOT / "output", metavar="DIR", help=wording.say(f"verbs.output_{name}"))
        if name != "serve":
            previous(found)
        if name == "publish":
            found.add_argument("--forget", action="store_true", help=wording.say("verbs.forget"))
    found.add_argument("--port", type=int, choices=range(65536), metavar="N", default=8000, help=wording.say("verbs.port"))
    found = verb("new", new)
    publisher(found)
    found.add_argument("--year", required=True, type=int, choices=YEARS, metavar="YEAR", help=wording.say("verbs.year"))
    found.add_argument("--register", action="append", choices=registers.ORDER, metavar="NAME", help=wording.say("verbs.register"))
    found = verb("import", import_)
    found.add_argument("source", type=Path, help=wording.say("verbs.source"))
    found.add_argument("--register", required=True, choices=("budget", "final_accounts"))
    found.add_argument("--year", required=True, type=int, choices=YEARS, metavar="YEAR", help=wording.say("verbs.year"))
    publisher(found)
    found.add_argument("--unit", action="append", default=[], metavar="UNIT|TABLE=UNIT", help=wording.say("verbs.unit"))
    found = verb("verify", verify)
    found.add_argument("site", type=Path, help=wording.say("verbs.site"))
    return told


def folder_of(publisher: Path) -> Path:
    """Absolute, but a link stays one, to be refused."""
    return Path(os.path.abspath(publisher))


def check(options: argparse.Namespace) -> int:
    from scripts.account import account

    publisher = folder_of(options.publisher)
    if options.annotate and (wrong := _unfit(publisher, options.annotate.resolve())):
        print(listed(wrong) if options.json else wrong[0].line())
        return 2
    found = account(publisher)
    problems = found.problems + changes(options, found)
    if options.json:
        print(listed(problems))
    else:
        report(problems)
        may_pass(options.publisher.resolve(), found)
        if found.public is not None:
            print(verdicts_line(found.public))
    if options.annotate:
        _annotate(publisher, problems, options)
    return 1 if errors(problems) else 0


def changes(options: argparse.Namespace, found) -> list[Problem]:
    """What differs from the site given with --previous; nothing without it."""
    if options.previous is None:
        return []
    from scripts.changes import since

    return since(options.previous.resolve(), found)


def may_pass(folder: Path, found) -> None:
    """For each private string that stopped publication, the entry with which somebody may answer for it: its hash, never the string."""
    from scripts import privacy

    if not found.private.hits or not folder.is_dir():
        return
    print(wording.say("privacy.may_pass"), wording.say("privacy.keep_key"), sep="\n")
    print(*privacy.entries(folder, found.private), sep="\n")


def _unfit(publisher: Path, folder: Path) -> list[Problem]:
    from scripts import annotating

    return annotating.refusal(publisher, folder)


def _annotate(publisher: Path, found: Sequence[Problem], options: argparse.Namespace) -> None:
    from scripts import annotating

    files = annotating.annotate(publisher, found, options.annotate.resolve())
    if files and not options.json:
        print(wording.say("verbs.annotated", folder=options.annotate, count=len(files)))


def build(options: argparse.Namespace) -> int:
    return _make(options, "build")


def publish(options: argparse.Namespace) -> int:
    return _make(options, "publish")


def _make(options: argparse.Namespace, verb: str) -> int:
    """check, build beside, seal, switch; then says where, how many pages, how long, how many comparisons by verdict."""
    from scripts import publishing, site
    from scripts.account import account

    begun = time.monotonic()
    if options.publisher.resolve() in options.output.resolve().parents:
        print(problem("output-in-data", file=str(options.output)).line())
        return 2
    print(wording.say("build.check"))
    found = account(folder_of(options.publisher))
    changed = changes(options, found)
    report(found.problems + changed)
    if found.public is None or errors(changed):
        print(wording.say("build.stopped"))
        return 1
    make = site.build if verb == "build" else functools.partial(publishing.publish, forget=options.forget)
    built = make(found, options.output.resolve(), print)
    if built.problems:
        report(built.problems)
        print(wording.say("build.stopped"))
        return 1
    print(wording.say("build.done", folder=built.output, pages=built.page_count, seconds=f"{time.monotonic() - begun:.0f}"))
    print(verdicts_line(found.public))
    return 0


def serve(options: argparse.Namespace) -> int:
    from scripts import preview

    return preview.serve(folder_of(options.publisher), options.port, print)


def new(options: argparse.Namespace) -> int:
    from scripts import blanks

    if not (options.publisher / "publisher.toml").is_file():
        print(problem("no-publisher", file="publisher.toml", folder=options.publisher.name).line())
        return 1
    made = blanks.new(options.publisher.resolve(), tuple(options.register or registers.ORDER), options.year)
    report(made.problems)
    print(*made.files, sep="\n", end="\n" * bool(made.files))
    print(wording.say("verbs.blanks", count=len(made.files), folder=options.publisher))
    return 1 if errors(made.problems) else 0


def import_(options: argparse.Namespace) -> int:
    from scripts import privacy
    from scripts.official import importing

    units = {key: unit for key, _, unit in (each.rpartition("=") for each in options.unit)}
    wrong = [unit for unit in units.values() if unit not in wording.table("cells.units").values()]
    if wrong or not options.source.exists() or not (options.publisher / "publisher.toml").is_file():
        kind = "unknown-unit" if wrong else "no-source" if not options.source.exists() else "no-publisher"
        print(problem(kind, value=", ".join(wrong), file=str(options.source), folder=options.publisher.name).line())
        return 2 if kind != "no-publisher" else 1
    done = importing.import_tables(
        options.source.resolve(), options.register, options.year, options.publisher.resolve(), unit=units.pop("", None), units_by_kind=units
    )
    report(privacy.masked(done.problems))
    print(wording.say("verbs.imported", count=len(done.files), folder=f"{options.register}/{options.year}"))
    return 1 if errors(done.problems) else 0


def verify(options: argparse.Namespace) -> int:
    from scripts import privacy, seal

    if not options.site.is_dir():
        print(problem("no-site", file=str(options.site)).line())
        return 2
    found = privacy.masked(seal.verify(options.site.resolve()))
    report(found)
    if not errors(found):
        print(wording.say("verbs.verified"))
    return 1 if errors(found) else 0


def listed(found: Sequence[Problem]) -> str:
    return json.dumps(as_json(found), ensure_ascii=False, indent=1)


def report(found: Sequence[Problem]) -> None:
    """All problems, most serious first, like ones as one; then how many."""
    for line in lines(found):
        print(line)


def verdicts_line(public) -> str:
    from scripts.identities import SEVERITY

    counts = {v: sum(c.verdict is v for c in public.comparisons) for v in SEVERITY}
    parts = [f"{wording.say(f'verdicts.{v}')} {count}" for v, count in counts.items()]
    return wording.say("build.verdicts", parts=wording.say("lists.comma").join(parts))


if __name__ == "__main__":
    sys.exit(main())
