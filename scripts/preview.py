"""A preview on this machine: builds, serves, rebuilds what was saved, and shows the list of problems in the page."""

import functools
import html
import http.server
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from scripts import site, wording
from scripts.account import account
from scripts.pages import problems
from scripts.problems import Problem, errors, failure, grouped, problem

ROOT = Path(__file__).resolve().parents[1]
PROBLEMS = "/problems"


class Preview:
    """The latest good site, and what is wrong with the inputs right now."""

    def __init__(self, publisher: Path, folder: Path, say: Callable[[str], None]):
        self.publisher, self.output, self.say = publisher, folder / "site", say
        self.bare = folder / "bare"  # the style sheet alone, for the list of problems while there is no site yet
        site.write_theme(self.bare)
        self.problems: list[Problem] = []
        self.version = 0

    def rebuild(self) -> None:
        """Whatever goes wrong is told; the last good site stays and the preview goes on."""
        try:
            found = account(self.publisher)
            told = list(found.problems)
            if found.public is not None:
                told += site.build(found, self.output, lambda _: None).problems
        except Exception as wrong:
            told = [failure(wrong)]
        self.problems = told
        self.version += 1
        for each in grouped(told):
            self.say(each.line())
        self.say(wording.say("preview.built", time=time.strftime("%H:%M:%S"), count=f"{len(told):,}"))

    def stamp(self) -> tuple:
        """What would make a rebuild give something else: every file's name, size and time."""
        folders = (self.publisher, ROOT / "theme", ROOT / "scripts", ROOT / "content" / "pages", ROOT / "plugins")
        files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        return tuple((str(path), (found := path.stat()).st_size, found.st_mtime_ns) for path in files)

    def watch(self, seen: tuple) -> None:
        """`seen`: the stamp of the files that were built first, so that nothing saved meanwhile is missed."""
        while True:
            time.sleep(1)
            try:
                now = self.stamp()
            except OSError:  # a file that vanished between listing and looking is looked at in a second
                continue
            if now != seen:
                seen = now
                self.rebuild()

    def page(self) -> bytes:
        """The list of problems as a page of its own."""
        return problems.html(self.problems).encode()

    def banner(self, page: bytes) -> bytes:
        """A served page with the way to the problems on top; the site on disk stays as it is."""
        if not self.problems:
            return page
        told = "preview.banner" if errors(self.problems) else "preview.notes"
        said = wording.say(told, count=f"{len(self.problems):,}")
        strip = f'<p class="strip"><a href="{PROBLEMS}">{html.escape(said)}</a></p>'.encode()
        head, found, rest = page.partition(b'<header class="masthead">')
        return head + found + strip + rest if found else page


class Handler(http.server.SimpleHTTPRequestHandler):
    """Files of the preview; pages get the banner. Nothing is cached."""

    def __init__(self, *args, preview: Preview, **kwargs):
        self.preview = preview
        super().__init__(*args, directory=str(preview.output if preview.output.is_dir() else preview.bare), **kwargs)

    def do_GET(self):
        if self.path == PROBLEMS:
            return self.answer(self.preview.page())
        path = Path(self.translate_path(self.path))
        page = path / "index.html" if path.is_dir() else path
        if page.suffix == ".html" and page.is_file() and (self.path.endswith("/") or not path.is_dir()):
            return self.answer(self.preview.banner(page.read_bytes()))
        if not self.preview.output.is_dir() and not path.is_file():
            return self.answer(self.preview.page())
        return super().do_GET()

    def answer(self, content: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def end_headers(self):
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_):
        """Requests are not news to a clerk."""


def serve(publisher: Path, port: int, say: Callable[[str], None]) -> int:
    """Until interrupted. Listens on this machine only."""
    with tempfile.TemporaryDirectory(prefix="sunshine-") as folder:
        preview = Preview(publisher, Path(folder), say)
        try:
            server = http.server.ThreadingHTTPServer(("127.0.0.1", port), functools.partial(Handler, preview=preview))
        except OSError:
            say(problem("port-taken", port=port, other=port + 1).line())
            return 1
        with server:
            say(wording.say("build.check"))
            seen = preview.stamp()
            preview.rebuild()
            threading.Thread(target=preview.watch, args=(seen,), daemon=True).start()
            say(wording.say("preview.at", address=f"http://127.0.0.1:{server.server_address[1]}/"))
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                say(wording.say("preview.stopped"))
    return 0
