"""Publication into a served folder: one publisher at a time, a whole site beside, then one atomic turn of a link."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from scripts import turning, wording
from scripts.account import Account
from scripts.manifest import digest
from scripts.problems import Problem, problem
from scripts.site import Built, build_into

KEPT = 2  # earlier sites that stay, for readers in mid-load and for going back


def publish(account: Account, served: Path, say: Callable[[str], None]) -> Built:
    """Leaves `served/current` pointing at a sealed `served/sites/<id>`; without symlinks, `served/current` is the site itself.

    The folder is locked, left-overs of a killed run are cleared first, and the old site stays whole until the turn.
    """
    sites = served / "sites"
    if problems := _refusal(served):
        return Built(served, 0, problems)
    sites.mkdir(parents=True, exist_ok=True)
    try:
        with turning.held(served / ".lock"):
            _clear(served, sites)
            new = sites / f".new-{os.getpid()}"
            built = build_into(account, new, say)
            if built.problems:
                shutil.rmtree(new, ignore_errors=True)
                return built
            target = sites / digest(new)[:16]
            if target.exists():
                shutil.rmtree(new)
            else:
                _to_disk(new)
                new.rename(target)
            say(wording.say("build.turned_link" if _turn(served, target) else "build.turned_folder"))
            _prune(sites, target)
            return Built(served / "current", built.page_count)
    except turning.Busy:
        return Built(served, 0, [problem("busy", file=served.name)])


def _refusal(served: Path) -> list[Problem]:
    """A folder is served, never a file; `current` is a link of ours, or a site."""
    if served.exists() and not served.is_dir():
        return [problem("not-a-folder", file=served.name)]
    current = served / "current"
    return [] if current.is_symlink() else turning.refusal(current)


def _clear(served: Path, sites: Path) -> None:
    """What a killed run left: half a site, a link not yet turned, a copy not yet renamed."""
    turning.clear(served / "current")
    for left_over in (*sites.glob(".new-*"), *served.glob(".current-[0-9]*"), *served.glob(".copy-*")):
        turning.discard(left_over)


def _to_disk(folder: Path) -> None:
    """Every file reaches the disk before the link names it; a system that cannot says so by not failing the publication."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())


def _turn(served: Path, target: Path) -> bool:
    """One rename of a symlink where the system has them (True), else two renames of a copy (False)."""
    current, link = served / "current", served / f".current-{os.getpid()}"
    try:
        link.unlink(missing_ok=True)
        link.symlink_to(Path("sites") / target.name, target_is_directory=True)
    except OSError:
        copy = served / f".copy-{os.getpid()}"
        shutil.copytree(target, copy)
        turning.switch(copy, current)
        return False
    if current.is_dir() and not current.is_symlink():  # from a time without links
        turning.switch(link, current)
    else:
        link.replace(current)
    return True


def _prune(sites: Path, current: Path) -> None:
    """Keeps the current site and the newest KEPT others."""
    others = [path for path in sites.iterdir() if path.is_dir() and path != current and not path.name.startswith(".")]
    for path in sorted(others, key=lambda p: p.stat().st_mtime, reverse=True)[KEPT:]:
        shutil.rmtree(path, ignore_errors=True)
