"""One case, measured: CPU seconds of a command and all its children, and the most memory they held together."""

import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

MB = 1024 * 1024
EVERY = 0.05  # seconds between looks at memory


@dataclass(frozen=True, slots=True)
class Measured:
    cpu: float
    wall: float
    peak_mb: float
    status: int
    said: str


def measure(command: list[str], folder: Path, log: Path) -> Measured:
    """Runs a command in `folder`. `said` is the end of what it printed, for when it failed."""
    began = time.perf_counter()
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    watch = Watch(process.pid)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - began
    # ru_maxrss is in kB on Linux and knows the largest process only; the watch adds up those that live together.
    peak = max(watch.stop(), used.ru_maxrss * 1024) / MB
    said = log.read_text(encoding="utf-8", errors="replace")[-2000:]
    return Measured(used.ru_utime + used.ru_stime, wall, peak, process.returncode, said)


class Watch:
    """Adds up, many times a second, the resident memory of a process and its descendants. Zero where there is no /proc."""

    def __init__(self, pid: int):
        self.peak, self._over, self._pid = 0, threading.Event(), pid
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> int:
        self._over.set()
        self._thread.join()
        return self.peak

    def _look(self) -> None:
        while not self._over.wait(EVERY):
            self.peak = max(self.peak, sum(map(resident, family(self._pid))))


def family(pid: int) -> list[int]:
    """The process and all its descendants, as far as they still live."""
    found, queue = [], [pid]
    while queue:
        found.append(queue.pop())
        for thread in Path(f"/proc/{found[-1]}/task").glob("*/children"):
            try:
                queue += map(int, thread.read_text().split())
            except OSError:  # it ended while we looked
                continue
    return found


def resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0
