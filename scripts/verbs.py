"""What each verb does: one function a verb, its arguments in, its exit status out. Heavy imports wait until a verb needs them."""

import argparse
import functools
import os
import time
from pathlib import Path

from scripts import registers, wording
from scripts.problems import Problem, errors, failure, problem
from scripts.saying import listed, report, verdicts_line, withheld_line


def folder_of(publisher: Path) -> Path:
    """Absolute, but a link stays one, to be refused."""
    return Path(os.path.abspath(publisher))


def check(options: argparse.Namespace) -> int:
    from scripts.account import account

    publisher = folder_of(options.publisher)
    if options.annotate and (wrong := _unfit(publisher, options.annotate.resolve())):
        print(listed(wrong) if options.json else wrong[0].line())
        return 2
    found = account(publisher, remembered(options, "check"))
    problems = found.problems + changes(options, found)
    copies = _annotate(publisher, problems, options) if options.annotate else []
    if options.json:
        print(listed(problems))
    else:
        report(problems)
        may_pass(options.publisher.resolve(), found)
        if found.public is not None:
            print(verdicts_line(found.public), withheld_line(found.public), sep="\n")
        if copies:
            print(wording.say("verbs.annotated", folder=options.annotate, count=len(copies)))
    return 1 if errors(problems) else 0


def _unfit(publisher: Path, folder: Path) -> list[Problem]:
    from scripts import annotating

    return annotating.refusal(publisher, folder)


def _annotate(publisher: Path, problems: list[Problem], options: argparse.Namespace) -> list[str]:
    """The names of what was written. That it cannot be written is one more problem: the list is told all the same."""
    from scripts import annotating

    try:
        return annotating.annotate(publisher, problems, options.annotate.resolve())
    except OSError as wrong:
        problems.append(failure(wrong))
        return []


def changes(options: argparse.Namespace, found) -> list[Problem]:
    """What differs from the site given with --previous; nothing without it."""
    if options.previous is None:
        return []
    from scripts import privacy
    from scripts.changes import since

    return privacy.masked(since(options.previous.resolve(), found), found.private)


def may_pass(folder: Path, found) -> None:
    """For each private string that stopped publication, the entry with which somebody may answer for it: its hash, never the string."""
    from scripts import privacy

    if not found.private.hits or not folder.is_dir():
        return
    print(wording.say("privacy.may_pass"), wording.say("privacy.keep_key"), sep="\n")
    print(*privacy.entries(folder, found.private), sep="\n")


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
    found = account(folder_of(options.publisher), remembered(options, verb))
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
    print(verdicts_line(found.public), withheld_line(found.public), sep="\n")
    return 0


def remembered(options: argparse.Namespace, verb: str) -> list[Path]:
    """The sites that readers know, each once: the one named, and those that lie in the served folder; not what is to be forgotten."""
    named = [] if options.previous is None else [options.previous]
    if verb != "publish" or options.forget:
        return named
    there = [*named, options.output / "current", *sorted((options.output / "sites").glob("[!.]*"))]
    return list(dict.fromkeys(site.resolve() for site in there))  # "current" is a link to one of the others


def serve(options: argparse.Namespace) -> int:
    from scripts import preview

    return preview.serve(folder_of(options.publisher), options.port, print)


def new(options: argparse.Namespace) -> int:
    from scripts import blanks, privacy

    if not (options.publisher / "publisher.toml").is_file():
        print(problem("no-publisher", file="publisher.toml", folder=options.publisher.name).line())
        return 1
    made = blanks.new(folder_of(options.publisher), tuple(options.register or registers.ORDER), options.year)
    report(privacy.masked(made.problems))
    print(*made.files, sep="\n", end="\n" * bool(made.files))
    print(wording.say("verbs.blanks", count=len(made.files), folder=options.publisher))
    return 1 if errors(made.problems) else 0


def draw(options: argparse.Namespace) -> int:
    """The sample of a batch, from its list and its seed; what is wrong elsewhere in the data does not hinder a draw."""
    from scripts.account import account
    from scripts.registers.inspections import draw as draws

    found = account(folder_of(options.publisher))
    wrong = errors([each for each in found.problems if found.inputs is None or found.private.hits or each.file.startswith("inspections/")])
    if found.inputs is None or found.private.hits:
        report(wrong)
        return 1
    batches = {row.text("batch"): (year, row) for year in found.inputs.of("inspections") for row in year.rows("batches")}
    year, batch = batches.get(options.batch, (None, None))
    drawn = draws.sample(year, batch) if batch else None
    if drawn is None:
        kind = "no-seed-yet" if batch else "no-such-batch"
        report(wrong or [problem(kind, value=options.batch, known=wording.say("lists.join").join(batches))])
        return 1
    seed, size = batch.text("seed") or wording.say("draws.all"), len(draws.of_batch(year, "frame", batch))
    print(wording.say("draws.head", batch=options.batch, title=batch.text("title"), size=size, count=len(drawn), seed=seed))
    for row in drawn:
        print(wording.say("draws.line", no=row.text("no"), object=row.text("object"), stratum=draws.stratum(year, batch, row)).rstrip())
    return 0


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


def demo(options: argparse.Namespace) -> int:
    from scripts import demo

    if wrong := demo.refusal(options.folder):
        report(wrong)
        return 1
    count = demo.write(options.folder, options.seed, options.towns, options.years)
    print(wording.say("verbs.demo_done", count=count, folder=options.folder))
    return 0
