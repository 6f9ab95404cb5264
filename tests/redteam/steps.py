"""Every step of a turn in its order: killed before it, or refused by the disk at it. No moment is left to chance.

A step is whatever changes a folder: a file opened, a folder made, a name given, changed or taken away. A run in a process of
its own counts them; at the chosen one it dies (SIGKILL), or that one call fails, or nothing can be written any more.
What a reader would see then is returned.
"""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from scripts import manifest, publishing, site

CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.symlink", "os.chmod", "os.utime"}
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
KILL, BROKEN, FULL = "kill", "broken", "full"


@dataclass(frozen=True, slots=True)
class Seen:
    """After a run that was stopped at a step: its end (0 good, 1 told, -9 killed), the site shown, and that of the next run."""

    step: int
    end: int
    shown: str
    then: str


def pages(words: str) -> Callable:
    """Stands in for all stages of a build: a few pages and a sealed manifest."""

    def build_into(_, folder: Path, say) -> site.Built:
        folder.mkdir()
        for name in ("index.html", "budget/index.html"):
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(f"<p>{words}</p>", encoding="utf-8")
        manifest.write(folder, words, "2026-08-20", "")
        return site.Built(folder, 2)

    return build_into


def shown(site_: Path) -> str:
    """The words of a whole site, "" where there is none, else what is wrong with it."""
    if not site_.exists():
        return ""
    wrong = manifest.check(site_)
    words = {page.read_text(encoding="utf-8")[3:-4] for page in site_.rglob("*.html")}
    return "; ".join(sorted(words)) if not wrong else wrong[0].line()


def publish(words: str, place: Path) -> site.Built:
    publishing.build_into = pages(words)
    return publishing.publish(None, place / "served", lambda _: None)


def publish_without_links(words: str, place: Path) -> site.Built:
    def refuse(*_, **__):
        raise OSError("A required privilege is not held by the client")

    Path.symlink_to = refuse
    return publish(words, place)


def build(words: str, place: Path) -> site.Built:
    site.build_into = pages(words)
    return site.build(None, place / "site", lambda _: None)


WAYS = {"publish": publish, "publish_without_links": publish_without_links, "build": build}


def every(way: str, fault: str, place: Path) -> Iterator[Seen]:
    """One run for each step until one comes to its end undisturbed; each begins from the same earlier sites."""
    target = place / ("site" if way == "build" else "served/current")
    for words in ("first", "second", "third", "old"):
        assert _apart(WAYS[way], words, place, 0, "") == 0
    kept, step = place.with_name(f"{place.name}-kept"), 0
    place.rename(kept)
    while True:
        step += 1
        shutil.copytree(kept, place, symlinks=True)
        end = _apart(WAYS[way], "new", place, step, fault)
        seen = shown(target)
        then = shown(target) if (again := _apart(WAYS[way], "new", place, 0, "")) == 0 else f"exit {again}"
        left = [path.name for path in place.rglob(".*") if not path.name.endswith("lock")]
        yield Seen(step, end, seen, "; ".join([then, *left]))
        shutil.rmtree(place)
        if end == COUNTED:
            shutil.rmtree(kept)
            return


def apart(way: str, fault: str, place: Path) -> list[Seen]:
    """The same from a program of its own: one with threads must not be forked."""
    command = [sys.executable, "-m", "tests.redteam.steps", way, fault, str(place)]
    done = subprocess.run(command, cwd=Path(__file__).resolve().parents[2], capture_output=True, encoding="utf-8", check=True)
    return [Seen(**each) for each in json.loads(done.stdout)]


COUNTED = 3  # the end of a run that had fewer steps than that at which it was to be stopped


def _apart(way: Callable, words: str, place: Path, step: int, fault: str) -> int:
    """The end of a run in a process of its own."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    end = 1
    try:
        left = [step]
        if step:
            sys.addaudithook(_stopping(left, place, fault))
        end = 1 if way(words, place).problems else 0
        end = COUNTED if left[0] > 0 else end
    except OSError:
        end = 1
    finally:
        os._exit(end)


def _stopping(left: list[int], place: Path, fault: str) -> Callable:
    def hook(event: str, given: tuple) -> None:
        if event in CHANGES or (event == "open" and str(given[0]).startswith(str(place))):
            left[0] -= 1
            if not left[0] and fault == KILL:
                os.kill(os.getpid(), signal.SIGKILL)
            elif not left[0] and fault == BROKEN:
                raise OSError(errno.EIO, os.strerror(errno.EIO), str(given[0]))
            elif left[0] <= 0 and fault == FULL and (event in ("os.mkdir", "os.symlink") or (event == "open" and given[2] & WRITES)):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(given[0]))

    return hook


if __name__ == "__main__":
    print(json.dumps([asdict(each) for each in every(sys.argv[1], sys.argv[2], Path(sys.argv[3]))], ensure_ascii=False))
