"""Faults of a publication: killed, out of disk, read-only, disturbed. Readers must always see one whole site, old or new.

    .venv/bin/python -m tests.redteam.faults      # all of it, about ten minutes

What is run is the command that people run; the site of version v prints the telephone number 0851-v on every page.
"""

import contextlib
import hashlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from scripts import wording
from tests import built
from tests.redteam import Figure, steps
from tests.small_publisher import desk

KILLS, SIZES, SEED = 200, 20, 20260930
MOUNT_BYTES = 4_000_000
SABOTEUR = Path(__file__).with_name("saboteur")
FULL = wording.table("problems.disk-full")["message"]
NUMBER = re.compile(rb"0851-([0-9]{4})")

# (file written just then, file harmed): between Pelican and the seal, after the seal, after the manifest.
HARMED = [
    ("site.json", "disclosures/help/index.md"), ("site.css", "index.html"), ("site.css", "organisation/2025/index.html"),
    ("site.css", "404.html"), ("site.css", "organisation/2025/units.csv"), ("mark.svg", "theme/css/site.css"),
    ("facts.json", "theme/mark.svg"), ("facts.json", "index.html"), ("manifest.json", "facts.json"),
    ("MANIFEST.sha256", "manifest.json"),
]  # fmt: skip


@dataclass
class Press:
    """A served folder, and the publisher whose next version is `version` + 1."""

    place: Path
    version: int = 0
    served: Path = field(init=False)

    def __post_init__(self):
        self.served = self.place / "served"
        self.data = desk(self.place / "data", "organisation")

    def edit(self) -> None:
        """The clerk's next version."""
        self.data.write("publisher.toml", f'name = "演示县残疾人联合会"\n[contacts]\ntelephone = "0851-{self.version + 1:04}"\n')

    def start(self, *, sabotage: str = "", served: Path | None = None, edit: bool = True, **options) -> subprocess.Popen:
        """The command, publishing the next version."""
        if edit:
            self.edit()
        told = {"SABOTAGE": sabotage, "PYTHONPATH": os.pathsep.join([str(SABOTEUR), str(built.ROOT)])} if sabotage else {}
        command = ("publish", "--publisher", self.data.folder, "--output", served or self.served)
        return built.start(*command, env=built.environment(**told), **options)

    def run(self, **options) -> tuple[int, str]:
        running = self.start(**options)
        said = running.communicate()[0]
        return running.returncode, said

    def publish(self, served: Path | None = None) -> bool:
        """A next run without any fault: ends with 0, shows the next version, leaves nothing lying about."""
        place = served or self.served
        code, _ = self.run(served=place)
        self.version += 1
        left = [*place.glob(".current-*"), *(place / "sites").glob(".*")]
        return (code, look(place), left) == (0, self.version, [])


def look(served: Path) -> int | str:
    """The version that is shown, or what is wrong with it. Held by its real path, as a server holds it for an answer."""
    try:
        site = (served / "current").resolve(strict=True)
        sums = (site / "MANIFEST.sha256").read_text(encoding="utf-8").splitlines()
        expected = {line[66:]: line[:64] for line in sums}
        there = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    except OSError as wrong:
        return f"unreadable: {wrong}"
    del there["MANIFEST.sha256"]
    found = {name: hashlib.sha256(content).hexdigest() for name, content in there.items()}
    if found != expected or not all(there.values()):
        return f"not whole: {sorted(name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name))[:3]}"
    versions = {int(number) for name, content in there.items() if name.endswith(".html") for number in NUMBER.findall(content)}
    return versions.pop() if len(versions) == 1 else f"mixed: {sorted(versions)}"


@contextlib.contextmanager
def reader(served: Path) -> Iterator[list]:
    """Looks all the time; every answer in its order."""
    seen, stop = [], threading.Event()

    def read() -> None:
        while not stop.is_set():
            seen.append(look(served))
            time.sleep(0.01)

    thread = threading.Thread(target=read)
    thread.start()
    try:
        yield seen
    finally:
        stop.set()
        thread.join()


# ---- killed


@dataclass
class Killed:
    """`looks`: of the live reader; `turned`: kills after which the new site was shown."""

    survived: int = 0
    looks: int = 0
    turned: int = 0
    wrong: list[str] = field(default_factory=list)


def kills(press: Press, count: int, seed: int = SEED) -> Killed:
    """Every second kill is aimed at the end of a run, where the turn is.

    A run begins with what the killed one before it left; one that fails by itself is the fault of that kill.
    """
    dice, told, killed = random.Random(seed), Killed(), 0
    press.publish()
    span, tail = _spans(press)
    while killed < count:
        new = press.version + 1
        with reader(press.served) as seen:
            running = press.start()
            end = _kill(running, press.served, dice.random() * (tail if killed % 2 else span) * 1.05, aimed=bool(killed % 2))
        shown = look(press.served)
        bad = [each for each in (*seen, shown) if each not in (press.version, new)]
        if bad or (end == 0 and shown != new) or end not in (0, -signal.SIGKILL):
            told.wrong.append(f"kill {killed}: exit {end}, {(bad or [shown])[0]}")
        killed += end == -signal.SIGKILL
        told.turned += end == -signal.SIGKILL and shown == new
        told.looks += len(seen)
        press.version = new if shown == new else press.version
    if not press.publish():
        told.wrong.append("the next run")
    told.survived = count - len(told.wrong)
    return told


def _kill(running: subprocess.Popen, served: Path, delay: float, *, aimed: bool) -> int:
    if aimed:
        _until(running, lambda: any((served / "sites").glob(".new-*/MANIFEST.sha256")))
    with contextlib.suppress(subprocess.TimeoutExpired):
        running.wait(delay)
    with contextlib.suppress(ProcessLookupError):  # what ended by itself is no kill, and is drawn again
        os.killpg(running.pid, signal.SIGKILL)
    running.communicate()
    return running.returncode


def _until(running: subprocess.Popen, true: Callable[[], bool]) -> None:
    while running.poll() is None and not true():
        time.sleep(0.001)


def _spans(press: Press) -> tuple[float, float]:
    """Seconds of a whole run, and of its end: from the last file written until it is over."""
    begun = time.monotonic()
    running = press.start()
    _until(running, lambda: any((press.served / "sites").glob(".new-*/MANIFEST.sha256")))
    written = time.monotonic()
    running.communicate()
    press.version += 1
    return time.monotonic() - begun, time.monotonic() - written


# ---- out of disk


@contextlib.contextmanager
def small_disk(place: Path, mount: bool = True) -> Iterator[bool]:
    """A disk of a few megabytes, where this user may mount one (False where not: then a folder). Gone afterwards."""
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={MOUNT_BYTES}", "tmpfs", str(place)]
    mounted = mount and bool(shutil.which("mount")) and subprocess.run(command, capture_output=True, check=False).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(place)], check=True)
        shutil.rmtree(place)


def disk_full(press: Press, count: int, *, recover: bool = True, mount: bool = True) -> tuple[int, str, list[str]]:
    """(survived, the way it was done, what went wrong): the disk has room when the run begins, and is full at one of `count` sizes.

    On a small disk another file takes the room meanwhile; where none may be mounted, no file may grow beyond a size.
    """
    press.publish()
    with small_disk(press.place / "disk", mount) as mounted:
        served = press.place / "disk" / "served"
        shutil.copytree(press.served, served, symlinks=True)
        fails, most = (_fill, _peak(press, served)) if mounted else (_limit, _largest(press.served))
        wrong = []
        for number in range(count):
            size = most * number // count
            code, said = fails(press, served, size)
            if code != 1 or FULL not in said or look(served) != press.version:
                wrong.append(f"size {size}: exit {code}, {look(served)}, {said.splitlines()[-3:]}")
            elif recover and not press.publish(served):
                wrong.append(f"size {size}: the next run")
        if not recover and not press.publish(served):
            wrong.append("the last run")
    return count - len(wrong), "a small disk, filled by another" if mounted else "a limit on the size of files", wrong


def _largest(served: Path) -> int:
    return max(path.stat().st_size for path in (served / "current").resolve().rglob("*"))


def _peak(press: Press, served: Path) -> int:
    """Bytes that a run needs at once beyond those that were taken before it."""
    before, most = shutil.disk_usage(served).used, 0
    running = press.start(served=served)
    while running.poll() is None:
        most = max(most, shutil.disk_usage(served).used)
        time.sleep(0.001)
    running.communicate()
    press.version += 1
    return most - before


def _fill(press: Press, served: Path, free: int) -> tuple[int, str]:
    """Once a run has found room enough, another file leaves it `free` bytes."""
    running = press.start(served=served)
    _until(running, lambda: any((served / "sites").glob(".new-*")))
    filler = served.parent / "filler"
    with filler.open("wb") as file:
        with contextlib.suppress(OSError):
            file.write(b"\1" * max(0, shutil.disk_usage(served).free - free))
    said = running.communicate()[0]
    filler.unlink()
    return running.returncode, said


def _limit(press: Press, served: Path, most: int) -> tuple[int, str]:
    import resource

    return press.run(served=served, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)))


# ---- everything else


def others(press: Press) -> dict[str, bool]:
    """Name -> survived: the old site whole and not 0, then a run that succeeds."""
    press.publish()
    return {each.__name__.strip("_").replace("_", " "): each(press) and press.publish() for each in OTHERS}


def _old_stays(press: Press, code: int) -> bool:
    return code == 1 and look(press.served) == press.version


def _a_stale_lock(press: Press) -> bool:
    (press.served / ".lock").write_text("4711", encoding="utf-8")
    return press.publish()


def _a_lock_that_cannot_be_written(press: Press) -> bool:
    lock = press.served / ".lock"
    lock.unlink()
    lock.mkdir()
    survived = _old_stays(press, press.run()[0])
    lock.rmdir()
    return survived


def _two_at_once(press: Press) -> bool:
    """The second comes while the first has the lock; one of them publishes, the other is told."""
    first = press.start()
    _until(first, lambda: any((press.served / "sites").glob(".new-*")))
    second = press.run()[0]
    first.communicate()
    press.version += 1
    return (first.returncode, second, look(press.served)) == (0, 1, press.version)


def _a_link_among_the_inputs(press: Press) -> bool:
    ends, outside = [], press.place / "outside"
    for name in ("publisher.toml", "organisation", "organisation/2025/units.csv", "organisation/2025/sources.toml"):
        press.edit()
        place = press.data.folder / name
        place.rename(outside)
        place.symlink_to(outside)
        ends.append(press.run(edit=False)[0])
        place.unlink()
        outside.rename(place)
    return all(_old_stays(press, end) for end in ends)


def _pelican_killed(press: Press) -> bool:
    return _old_stays(press, press.run(sabotage="die||")[0])


def _a_full_disk_while_copying_the_theme(press: Press) -> bool:
    ends = [press.run(sabotage=f"full|{name}|")[0] for name in ("site.css", "mark.svg")]
    return all(_old_stays(press, end) for end in ends)


def _interrupted(press: Press) -> bool:
    """Ctrl-C reaches every process of the terminal; what was begun is cleared at once."""
    survived = []
    for written in (".new-*", ".new-*-content/disclosures", ".new-*/index.html"):
        running = press.start()
        _until(running, lambda name=written: any((press.served / "sites").glob(name)))
        os.killpg(running.pid, signal.SIGINT)
        running.communicate()
        survived.append(_old_stays(press, running.returncode) and not [*(press.served / "sites").glob(".*")])
    return all(survived)


def _killed_while_pelican_goes_on(press: Press) -> bool:
    """Only the program dies; Pelican, left alone, goes on writing into a folder that nobody looks at."""
    running = press.start()
    _until(running, lambda: any((press.served / "sites").glob(".new-*/*.html")))
    running.kill()
    running.wait()
    survived = look(press.served) == press.version and press.publish()
    running.stdout.close()
    with contextlib.suppress(ProcessLookupError):
        os.killpg(running.pid, signal.SIGKILL)
    return survived


def _a_target_that_is_read_only(press: Press) -> bool:
    with small_disk(press.place / "closed") as mounted:
        served = press.place / "closed" / "served"
        shutil.copytree(press.served, served, symlinks=True)
        if mounted:
            subprocess.run(["mount", "-o", "remount,ro", str(served.parent)], check=True)
        code, _ = press.run(served=served, sabotage="" if mounted else f"readonly|{served}|")
        survived = code == 1 and look(served) == press.version
        if mounted:
            subprocess.run(["mount", "-o", "remount,rw", str(served.parent)], check=True)
        return survived and press.publish(served) and press.publish()


def _a_target_on_another_file_system(press: Press) -> bool:
    with small_disk(press.place / "other"):
        served = press.place / "other" / "served"
        shutil.copytree(press.served, served, symlinks=True)
        return press.publish(served)


OTHERS = [
    _a_stale_lock, _a_lock_that_cannot_be_written, _two_at_once, _a_link_among_the_inputs, _pelican_killed,
    _a_full_disk_while_copying_the_theme, _interrupted, _killed_while_pelican_goes_on, _a_target_that_is_read_only,
    _a_target_on_another_file_system,
]  # fmt: skip


def good_with_a_gap(press: Press, harmed: list[tuple[str, str]]) -> list[str]:
    """Runs that ended with 0, or changed what is shown, though a file of theirs was taken away or emptied. There must be none."""
    press.publish()
    found = []
    for written, victim in harmed:
        for what in ("missing", "empty"):
            code, _ = press.run(sabotage=f"{what}|{written}|{victim}")
            found += [] if _old_stays(press, code) else [f"{what}: {victim} before {written}, exit {code}, {look(press.served)}"]
    return found


# ---- the figures


@contextlib.contextmanager
def press() -> Iterator[Press]:
    """In memory where there is room for it: what is measured is not the disk's speed."""
    room = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="faults-", dir=room if os.access(room, os.W_OK) else None) as place:
        yield Press(Path(place))


def score() -> list[Figure]:
    """All of it; what went wrong is printed."""
    with press() as made:
        killed = kills(made, KILLS)
        print(f"killed {KILLS} times, {killed.turned} of them after the turn; {killed.looks} looks of a live reader", *killed.wrong, sep="\n  ")
    with press() as made:
        full, way, wrong = disk_full(made, SIZES)
        print(f"disk full at {SIZES} sizes, by {way}", *wrong, sep="\n  ")
    with press() as made:
        rest = others(made)
        print("other faults", *(f"{name}: {'survived' if good else 'NOT SURVIVED'}" for name, good in rest.items()), sep="\n  ")
    with press() as made:
        gaps = good_with_a_gap(made, HARMED)
        print(f"a file missing or empty, {2 * len(HARMED)} times", *gaps, sep="\n  ")
    seen = every_step()
    return [
        Figure("kills survived", killed.survived, KILLS, "all"),
        Figure("disk full survived", full, SIZES, "all"),
        Figure("other faults survived", sum(rest.values()), len(rest), "all"),
        Figure("steps of a turn killed or failed: old or new, then new", sum(seen), len(seen), "all"),
        Figure("exit 0 with a missing or empty file", len(gaps), 2 * len(HARMED), "0"),
    ]


def every_step() -> list[bool]:
    """Each step of each way to turn, under each fault: whether it was survived. Two renames may leave no site for a moment."""
    survived = []
    with press() as made:
        for way in steps.WAYS:
            for fault in (steps.KILL, steps.BROKEN, steps.FULL):
                for each in steps.apart(way, fault, made.place / "steps"):
                    whole = {"old", "new"} | ({""} if way != "publish" and fault == steps.KILL else set())
                    survived.append(each.shown in whole and each.then == "new" and not (each.end == 0 and each.shown != "new"))
    return survived


if __name__ == "__main__":
    for figure in score():
        print(f"{figure.got:4} of {figure.of:4}  {figure.name} (goal: {figure.goal})")
    sys.exit(0)
