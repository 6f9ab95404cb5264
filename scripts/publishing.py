"""Publication into a served folder: one publisher at a time, a whole site beside, then one atomic turn of a link."""

import errno
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path

from scripts import manifest, turning, wording
from scripts.account import Account
from scripts.problems import Problem, problem
from scripts.site import Built, build_into

KEPT = 2  # earlier sites that stay, for readers in mid-load and for going back
NOT_FOR_WANT_OF_LINKS = {errno.ENOSPC, errno.EROFS, errno.EIO, getattr(errno, "EDQUOT", errno.ENOSPC)}


def publish(account: Account, served: Path, say: Callable[[str], None], *, forget: bool = False) -> Built:
    """Leaves `served/current` pointing at a sealed `served/sites/<id>`; without symlinks, `served/current` is the site itself.

    The folder is locked, left-overs of a killed run are cleared first, and the old site stays whole until the turn.
    `forget`: no earlier site stays (one of them shows what had to be withdrawn).
    """
    sites = served / "sites"
    if problems := _refusal(served, sites):
        return Built(served, 0, problems)
    turning.folder(sites)
    try:
        with turning.held(served / ".lock"):
            _clear(served, sites)
            if problems := turning.room(sites, (served / "current").resolve()):
                return Built(served, 0, problems)
            return _publish(account, served, say, forget)
    except turning.Busy:
        return Built(served, 0, [problem("busy", file=served.name)])


def _publish(account: Account, served: Path, say: Callable[[str], None], forget: bool) -> Built:
    sites = served / "sites"
    new = sites / f".new-{os.getpid()}"
    try:
        built = build_into(account, new, say)
        if problems := built.problems or turning.settle(new):
            return Built(served, built.page_count, problems)
        target = _place(new, sites)
    finally:
        turning.discard(new)
    by_link = _turn(served, target)
    with suppress(OSError):  # the turn is done: should it be lost with the power, the old site is shown, whole
        turning.sync(served)
        os.utime(target)  # the order of earlier sites is that of their turns
    _prune(sites, target, forget)
    say(wording.say("build.turned_link" if by_link else "build.turned_folder"))
    return Built(served / "current", built.page_count)


def _refusal(served: Path, sites: Path) -> list[Problem]:
    """A folder is served, never a file nor a built site; `current` is a link of ours, or a site."""
    for path in (served, sites):
        if path.is_symlink() or (path.exists() and not path.is_dir()):
            return [problem("not-a-folder", file=path.name)]
    if (served / manifest.NAME).exists():
        return [problem("a-built-site", file=served.name)]
    current = served / "current"
    return [] if current.is_symlink() else turning.refusal(current)


def _clear(served: Path, sites: Path) -> None:
    """What a killed run left: half a site, half of one that was going, a link not yet turned, a copy not yet renamed."""
    turning.clear(served / "current")
    for left_over in (*sites.glob(".*"), *served.glob(".current-*")):
        turning.discard(left_over)


def _place(new: Path, sites: Path) -> Path:
    """The new site under its name; where the same content stands already, whole, that stays."""
    name = manifest.digest(new)[:16]
    for number in count():
        target = sites / (f"{name}.{number}" if number else name)
        if not target.exists():
            new.rename(target)
            turning.sync(sites)
            return target
        if manifest.check(target) == [] and manifest.digest(target) == manifest.digest(new):
            return target


def _turn(served: Path, target: Path) -> bool:
    """One rename of a symlink where the system has them (True), else two renames of a copy (False)."""
    current, link = served / "current", served / f".current-{os.getpid()}"
    try:
        link.symlink_to(Path("sites") / target.name, target_is_directory=True)
    except OSError as wrong:
        if wrong.errno in NOT_FOR_WANT_OF_LINKS:
            raise
        _copy(target, current)
        return False
    try:
        if os.name == "nt" or (current.is_dir() and not current.is_symlink()):  # the latter from a time without links
            turning.switch(link, current)
        else:
            link.replace(current)
    finally:
        turning.discard(link)
    return True


def _copy(target: Path, current: Path) -> None:
    copy = current.with_name(f".current-{os.getpid()}")
    try:
        shutil.copytree(target, copy)
        if wrong := turning.settle(copy):
            raise OSError(errno.EIO, wrong[0].line(), str(copy))
        turning.switch(copy, current)
    finally:
        turning.discard(copy)


def _prune(sites: Path, current: Path, forget: bool) -> None:
    """Keeps the current site and the newest KEPT others; none to `forget`, and then what does not go is an error."""
    others = [path for path in sites.iterdir() if path != current]
    for path in sorted(others, key=lambda p: p.lstat().st_mtime, reverse=True)[0 if forget else KEPT :]:
        turning.discard(path, surely=forget)
