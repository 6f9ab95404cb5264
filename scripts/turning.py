"""The turn from an old site to a new one: one builder at a time, room for it, on the disk and read back, then renames."""

import errno
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from scripts import manifest
from scripts.problems import Problem, problem

ROOM = 3  # times the last site: the new one, what it is made from, a copy where there are no links
FIRST_ROOM = 100_000_000  # bytes, where there is no last site to measure
TAKEN = {errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK}
CANNOT_SYNC = {errno.EINVAL, errno.ENOTSUP}  # some network file systems keep folders in their own way


class Busy(Exception):
    """Another builder holds the folder."""


@contextmanager
def held(lock: Path, *, wait: bool = False) -> Iterator[None]:
    """An exclusive lock that goes with the process, so that a killed run leaves none behind. Busy unless told to wait."""
    folder(lock.parent)
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
    except OSError as wrong:
        if wrong.errno not in TAKEN:  # a file system without locks is not another builder
            raise
        return False
    return True


def folder(path: Path) -> None:
    """There afterwards; what had to be made is open to readers, whatever this user's own files are."""
    for missing in reversed([each for each in (path, *path.parents) if not each.exists()]):
        missing.mkdir(exist_ok=True)
        missing.chmod(0o755)


def refusal(output: Path) -> list[Problem]:
    """Why a folder cannot be replaced by a site: it is a file, a disk, or holds something that is no site of ours."""
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        return [problem("not-a-folder", file=output.name)]
    if output.is_dir() and not (output / manifest.NAME).is_file() and any(output.iterdir()):
        return [problem("not-a-site", file=output.name)]
    return [problem("a-mount", file=output.name)] if os.path.ismount(output) else []


def room(place: Path, last: Path) -> list[Problem]:
    """Whether the disk has space before anything is written: some times the last site, a fixed amount for the first."""
    size = sum(path.stat().st_size for path in last.rglob("*") if path.is_file())
    needed, free = ROOM * size or FIRST_ROOM, _free(place)
    return [problem("no-room", free=free // 10**6, needed=-(-needed // 10**6))] if free < needed else []


def _free(place: Path) -> int:
    return shutil.disk_usage(place).free


def beside(output: Path) -> Path:
    """Where the new site grows, on the same file system as the old one."""
    return output.parent / f".{output.name}-new-{os.getpid()}"


def clear(output: Path) -> None:
    """What a killed run left beside a folder; an old site that had stepped aside comes back. Only under the lock."""
    for old in sorted(output.parent.glob(f".{output.name}-old-*[0-9]")):
        if os.path.lexists(output):
            discard(old)
        else:
            old.rename(output)
    for pattern in ("new-*", "old-*"):
        for left_over in output.parent.glob(f".{output.name}-{pattern}"):
            discard(left_over)


def discard(path: Path, *, surely: bool = False) -> None:
    """A folder with all in it, or a link alone. Half a folder never keeps a name under which a whole one is looked for.

    What cannot go stays for the next start to clear, unless it must `surely` go.
    """
    gone = path.with_name(f".{path.name.removeprefix('.').removesuffix('-gone')}-gone")
    try:
        if path.is_symlink() or path.is_file():
            path.unlink()
        elif path.exists():
            path.replace(gone)
            shutil.rmtree(gone)
    except OSError:
        if surely:
            raise


def settle(site: Path) -> list[Problem]:
    """Readable by all, on the disk, and there byte for byte what the manifest says; only then may it be shown."""
    for place, _, names in os.walk(site, topdown=False):
        for name in names:
            path = Path(place, name)
            if path.is_file() and not path.is_symlink():  # what else there is, the manifest refuses
                path.chmod(0o644)
                sync(path)
        Path(place).chmod(0o755)
        sync(Path(place))
    return manifest.check(site)


def sync(path: Path) -> None:
    """A file or a folder's list of names reaches the disk, and is read from there when it is next read."""
    if os.name == "nt" and path.is_dir():
        return  # a folder cannot be opened there; its names are journalled
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    except OSError as wrong:
        if wrong.errno not in CANNOT_SYNC:
            raise
    finally:
        os.close(handle)


def switch(new: Path, output: Path) -> None:
    """Two renames: the old folder steps aside, the new one takes its name; a failed second rename brings the old back."""
    old = output.parent / f".{output.name}-old-{os.getpid()}"
    if os.path.lexists(output):
        output.rename(old)
    try:
        new.rename(output)
    except OSError:
        if os.path.lexists(old):
            old.rename(output)
        raise
    with suppress(OSError):  # the turn is done: should its name be lost with the power, the old site is back, whole
        sync(output.parent)
    discard(old)
