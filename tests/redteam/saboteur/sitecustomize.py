"""Mischief inside the program's own processes, at one chosen write: SABOTAGE="what|name of the file written|file harmed".

Python imports this by itself in every process whose PYTHONPATH begins with this folder. What: `missing` and `empty` harm another
file of the new site (or of what it is made from) just before the write; `full` fails the write; `readonly` fails every write
below a folder; `die` kills Pelican.
"""

import errno
import os
import signal
import sys
from pathlib import Path

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
CHANGES = ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.symlink", "os.chmod")
WHAT, NAME, VICTIM = os.environ["SABOTAGE"].split("|")


def watch(event: str, given: tuple) -> None:
    writes = event == "open" and isinstance(given[0], str | os.PathLike) and given[2] & WRITES
    if WHAT == "readonly" and (writes or event in CHANGES) and str(given[0]).startswith(NAME):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(given[0]))
    if writes and Path(given[0]).name == NAME:
        strike(Path(given[0]))


def strike(path: Path) -> None:
    if WHAT == "full":
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
    at = next((n for n, part in enumerate(path.parts) if part.startswith(".new-")), None)
    victim = Path(*path.parts[: at + 1], VICTIM) if at is not None else path
    if victim.is_file() and victim != path:
        victim.unlink() if WHAT == "missing" else os.truncate(victim, 0)


if WHAT == "die" and "pelican" in sys.orig_argv:
    os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(watch)
