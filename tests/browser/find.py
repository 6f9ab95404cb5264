"""Finds a Chromium for the tests, or gets one: PATH, the distribution's package, Playwright's download. Prints its path."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "chrome", "msedge")
MAC = (
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
)
# What the distributions call it; the fonts are there so that Chinese text has its real width.
PACKAGES = {
    "apt-get": ("chromium", "fonts-noto-cjk"),
    "dnf": ("chromium", "google-noto-sans-cjk-fonts"),
}
INSTALL = {
    "apt-get": (("update", "-qq"), ("install", "-y", "-qq", "--no-install-recommends", *PACKAGES["apt-get"])),
    "dnf": (("install", "-y", "-q", *PACKAGES["dnf"]),),
}
MISSING = """没有找到浏览器，网页测试没有运行。 The tests need a Chromium and found none.
请安装其中一个 (install one of):
  Debian, Ubuntu:  apt-get install chromium fonts-noto-cjk
  Fedora:          dnf install chromium google-noto-sans-cjk-fonts
  macOS:           brew install --cask chromium
  Windows:         Microsoft Edge or Google Chrome
  anywhere:        python -m playwright install chromium"""
SECONDS = 20


def find() -> str | None:
    """The first browser that starts: one on PATH, else one that Playwright downloaded before."""
    on_path = (shutil.which(name) for name in NAMES)
    return next((path for path in (*on_path, *map(str, MAC)) if path and starts(path)), None) or downloaded()


def get() -> str | None:
    """`find`, else the distribution's package where this user may install one, else Playwright's download."""
    return find() or packaged() or download()


def packaged() -> str | None:
    manager = next((name for name in INSTALL if shutil.which(name)), None)
    if manager is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    print(f"正在安装浏览器…… Installing {', '.join(PACKAGES[manager])}.", file=sys.stderr)
    for arguments in INSTALL[manager]:
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        if subprocess.run([manager, *arguments], env=quiet, stdout=sys.stderr, check=False).returncode:
            return None
    return find()


def download() -> str | None:
    print("正在下载浏览器…… Downloading Playwright's Chromium.", file=sys.stderr)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], stdout=sys.stderr, check=False)
    return downloaded()


def downloaded() -> str | None:
    """Where Playwright keeps its own Chromium, when it is there and starts."""
    ask = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    said = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=False).stdout.strip()
    return said if said and starts(said) else None


def starts(path: str) -> bool:
    """Ubuntu's `chromium-browser` may be a stand-in that only says where to get the real one. Windows has no --version."""
    if os.name == "nt":
        return Path(path).is_file()
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=SECONDS, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def main(arguments: list[str]) -> int:
    """`find.py` only looks; `find.py --install` also gets one. 1 when there is none in the end."""
    path = get() if "--install" in arguments else find()
    print(path or MISSING, file=sys.stdout if path else sys.stderr)
    return 0 if path else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
