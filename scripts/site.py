"""From public facts to a sealed folder: write the content, let Pelican make pages, seal, then switch. The old site stays until then."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from scripts import manifest, privacy, turning, wording
from scripts.account import Account
from scripts.pages import Page, Site, assemble
from scripts.problems import FULL, Problem, problem
from scripts.publisher import links
from scripts.sealing import seal_site

ROOT = Path(__file__).resolve().parents[1]
CONTENT = ROOT / "content"


@dataclass(slots=True)
class Built:
    """What a build left: its folder, how many pages, and the problems that stopped it (none when it stands)."""

    output: Path
    page_count: int = 0
    problems: list[Problem] = field(default_factory=list)


def build(account: Account, output: Path, say: Callable[[str], None]) -> Built:
    """Builds beside `output`, seals, and switches. Nothing of the old site is touched before the new one is whole."""
    if problems := turning.refusal(output):
        return Built(output, 0, problems)
    try:
        with turning.held(output.parent / f".{output.name}-lock"):
            turning.clear(output)
            if problems := turning.room(output.parent, output):
                return Built(output, 0, problems)
            return _build(account, output, say)
    except turning.Busy:
        return Built(output, 0, [problem("busy", file=output.name)])


def _build(account: Account, output: Path, say: Callable[[str], None]) -> Built:
    beside = turning.beside(output)
    try:
        built = build_into(account, beside, say)
        problems = built.problems or turning.settle(beside)
        if not problems:
            turning.switch(beside, output)
        return Built(output, built.page_count, problems)
    finally:
        turning.discard(beside)


def build_into(account: Account, folder: Path, say: Callable[[str], None]) -> Built:
    """A sealed site in a new folder, every byte of it looked through for private strings; one that is there already may be somebody's."""
    if problems := links(ROOT / "content" / "pages") + links(ROOT / "theme"):
        return Built(folder, 0, problems)
    folder.mkdir()
    site = Site(account.inputs, account.public, account.as_of.isoformat() if account.as_of else "")
    say(wording.say("build.pages"))
    made = assemble.all_pages(site, ROOT / "content" / "pages", say)
    with content_folder(account, folder) as content:
        write_content(content, made, site)
        say(wording.say("build.pelican", count=len(made)))
        problems = run_pelican(content, folder)
        if problems:
            return Built(folder, len(made), privacy.masked(problems, account.private))
        bodies = {page.file: body(page) for page in made}
    for download in assemble.downloads(site, made):
        target = folder / download.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(download.content)
    for path, content in assemble.records(site, made).items():
        (folder / path).write_bytes(content)
    write_theme(folder)
    say(wording.say("build.seal"))
    sealed = manifest.files(folder)
    problems = seal_site(folder, site, made, bodies) or privacy.scan_site(folder, account.private.cleared)
    if not problems:
        name = account.inputs.publisher.name
        name = wording.say("build.marked", name=name, mark=site.mark) if site.mark else name
        manifest.write(folder, name, site.as_of, commit(), sealed)
    return Built(folder, len(made), privacy.masked(problems, account.private))


@contextmanager
def content_folder(account: Account, site: Path) -> Iterator[Path]:
    """A folder beside the site that is made from it, so that one rule clears both after a killed run.

    The Markdown of the project's own publisher is kept in content/ to be read.
    """
    folder = site.with_name(f"{site.name}-content")
    folder.mkdir()
    try:
        yield folder
        if account.inputs.publisher.folder.resolve() == ROOT / "data":
            with turning.held(ROOT / ".build" / "content.lock", wait=True):  # a preview may be rebuilding meanwhile
                shutil.rmtree(CONTENT / "disclosures", ignore_errors=True)
                shutil.copytree(folder / "disclosures", CONTENT / "disclosures")
    finally:
        turning.discard(folder)


def write_content(content: Path, made: list[Page], site: Site) -> None:
    """Each page as `disclosures/<path>/index.md` with its blocks beside it; site.json for the theme."""
    folder = content / "disclosures"
    for page in made:
        target = folder / page.path if page.file.endswith("index.html") else folder / page.path.removesuffix(".html")
        target.mkdir(parents=True, exist_ok=True)
        head = json.dumps(metadata(page), ensure_ascii=False, sort_keys=True)
        (target / "index.md").write_text(f"{head}\n{page.markdown}", encoding="utf-8")
        for name, html in page.blocks.items():
            (target / name).write_text(html, encoding="utf-8")
    told = json.dumps(settings(site), ensure_ascii=False, sort_keys=True, indent=1)
    (content / "disclosures" / "site.json").write_text(told, encoding="utf-8")


def metadata(page: Page) -> dict:
    return {
        "title": page.title,
        "slug": page.file,
        "template": page.template,
        "section": page.section,
        "code": page.code,
        "crumbs": [{"title": title, "href": href} for title, href in page.crumbs],
        "description": page.description,
        "by_hand": page.by_hand,
    }


def settings(site: Site) -> dict:
    publisher = site.inputs.publisher
    return {
        "SITENAME": publisher.name,
        "PUBLISHER": {
            "name": publisher.name,
            "demonstration": publisher.demonstration,
            "as_of": site.as_of,
            "contacts": publisher.contacts,
        },
        "MENU": assemble.menu(site),
        "ASIDE": assemble.aside(site),
    }


def run_pelican(content: Path, folder: Path) -> list[Problem]:
    """Pelican in its own process; a warning is a failure, and so is a page less or more than planned (the seal counts)."""
    command = [
        sys.executable, "-m", "pelican", str(content), "--output", str(folder), "--settings", str(ROOT / "pelicanconf.py"),
        "--fatal", "warnings",
    ]  # fmt: skip
    wide = {**os.environ, "COLUMNS": "1000"}  # its log breaks lines at the width of a terminal
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False, cwd=ROOT, env=wide)
    said = done.stderr + done.stdout
    if done.returncode and any(os.strerror(number) in said for number in FULL):
        return [problem("disk-full", file=folder.name)]
    return [problem("pelican-failed", reason=_telling(said) or f"exit {done.returncode}")] if done.returncode else []


def _telling(log: str) -> str:
    """What went wrong first, out of a long log: the first warning and the first exception."""
    said = [" ".join(line.split()) for line in log.splitlines() if line.strip()]
    levels = [line[line.index(found[0]) :] for line in said if (found := re.search(r"\b(?:WARNING|ERROR|CRITICAL)\b", line))]
    raised = [line for line in said if re.match(r"[\w.]*(?:Error|Exception|NotFound|Undefined)\b.*:", line)]
    return " ".join(dict.fromkeys(levels[:1] + raised[:1])) or " ".join(said[-3:])


def body(page: Page) -> str:
    """What was handed to Pelican for a page, as the seal reads it: link targets gone, blocks put in."""
    text = re.sub(r"!\[[^\]]*\]\(([a-z0-9_-]+\.html)\)", lambda found: "\0" + found[1] + "\0", page.markdown)
    text = re.sub(r"\]\([^)]*\)", "]", text)
    return re.sub("\0([^\0]+)\0", lambda found: page.blocks[found[1]], text)


def write_theme(folder: Path) -> None:
    """The style sheets in the order of css/order.txt as one file, and what else the pages link to."""
    static = ROOT / "theme" / "static"
    names = [line.strip() for line in (static / "css" / "order.txt").read_text(encoding="utf-8").splitlines()]
    sheets = [(static / "css" / name).read_text(encoding="utf-8") for name in names if name and not name.startswith("#")]
    target = folder / "theme" / "css"
    target.mkdir(parents=True, exist_ok=True)
    (target / "site.css").write_text("\n".join(sheets), encoding="utf-8")
    shutil.copyfile(static / "mark.svg", folder / "theme" / "mark.svg")


def commit() -> str:
    """The commit the code stands at; `dirty` with uncommitted changes, empty where there is no repository."""
    def git(*words: str) -> str | None:
        try:
            done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
        except OSError:
            return None
        return done.stdout.strip() if done.returncode == 0 else None

    head = git("rev-parse", "HEAD")
    if not head:
        return wording.say("build.no_commit")
    return "dirty" if git("status", "--porcelain") else head
