"""The turn from an old site to a new one: one builder at a time, left-overs of a killed one cleared, two renames."""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from scripts.manifest import NAME
from scripts.problems import Problem, problem


class Busy(Exception):
    """Another builder holds the folder."""


@contextmanager
def held(lock: Path, *, wait: bool = False) -> Iterator[None]:
    """An exclusive lock that goes with the process, so that a killed run leaves none behind. Busy unless told to wait."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a+b") as file:
        while not _locked(file):
            if not wait:
                raise Busy
            time.sleep(0.2)
        yield


def _locked(file: BinaryIO) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def refusal(output: Path) -> list[Problem]:
    """Why a folder cannot be replaced by a site: it is a file, or holds something that is no site of ours."""
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        return [problem("not-a-folder", file=output.name)]
    if output.is_dir() and not (output / NAME).is_file() and any(output.iterdir()):
        return [problem("not-a-site", file=output.name)]
    return []


def beside(output: Path) -> Path:
    """Where the new site grows, on the same file system as the old one."""
    return output.parent / f".{output.name}-new-{os.getpid()}"


def clear(output: Path) -> None:
    """What a killed run left beside a folder; an old site that had stepped aside comes back. Only under the lock."""
    for old in sorted(output.parent.glob(f".{output.name}-old-*")):
        if output.exists():
            discard(old)
        else:
            old.rename(output)
    for left_over in output.parent.glob(f".{output.name}-new-*"):
        discard(left_over)


def discard(path: Path) -> None:
    """A folder with all in it, or a link alone."""
    if path.is_symlink():
        path.unlink()
    else:
        shutil.rmtree(path, ignore_errors=True)


def switch(new: Path, output: Path) -> None:
    """Two renames: the old folder steps aside, the new one takes its name; a failed second rename brings the old back."""
    old = output.parent / f".{output.name}-old-{os.getpid()}"
    if output.exists():
        output.rename(old)
    try:
        new.rename(output)
    except OSError:
        if old.exists():
            old.rename(output)
        raise
    discard(old)
