"""What tests share: a browser, a web server for a folder, and the demonstration site, each made only when asked for."""

import functools
import http.server
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.browser import find

ROOT = Path(__file__).resolve().parents[1]
FLAGS = [
    "--headless=new", "--no-sandbox", "--disable-quic", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser():
    """One Chromium for the whole run. No browser is a failure with advice, never a skip."""
    executable = find.find()
    if executable is None:
        pytest.fail(find.MISSING, pytrace=False)
    from playwright.sync_api import sync_playwright  # only here: the other tests need no Playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def serve_site() -> Iterator[Callable[[Path], str]]:
    """Serves folders until the run ends: `serve_site(folder)` is the address, without a slash at the end."""
    with ExitStack() as servers:
        yield lambda folder: servers.enter_context(served(folder))


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A folder at a free port of this machine."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def built_site(tmp_path_factory) -> Path:
    """The demonstration county's site, built once by the command that people run."""
    output = tmp_path_factory.mktemp("built") / "site"
    command = [sys.executable, "-m", "scripts", "build", "--publisher", "data", "--output", str(output)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        pytest.fail(f"the build of data/ failed:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}", pytrace=False)
    return output
