"""A preview on this machine: builds, serves, rebuilds what was saved, shows it at once, and the list of problems in the page."""

import contextlib
import functools
import html
import http.server
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from scripts import privacy, site, wording
from scripts.account import account
from scripts.pages import problems
from scripts.problems import Problem, errors, failure, grouped, problem
from scripts.publisher import left_by_programs

ROOT = Path(__file__).resolve().parents[1]
PROBLEMS = "/problems"
SCRIPT, CHANGED = "/-/preview.js", "/-/changed"  # addresses that no site has
PATIENCE = 25  # seconds that a page's question waits for a rebuild
# What every page says of itself, and what the preview alone adds, so that its script may ask for the next rebuild.
POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; base-uri 'none'; form-action 'none'"
ASKING = f"{POLICY}; connect-src 'self'"


class Preview:
    """The latest good site, and what is wrong with the inputs right now."""

    def __init__(self, publisher: Path, folder: Path, say: Callable[[str], None]):
        self.publisher, self.output, self.say = publisher, folder / "site", say
        self.bare = folder / "bare"  # the style sheet alone, for the list of problems while there is no site yet
        site.write_theme(self.bare)
        self.problems: list[Problem] = []
        self.version, self.turned = "0", threading.Condition()

    def rebuild(self) -> None:
        """Whatever goes wrong is told; the last good site stays and the preview goes on."""
        try:
            found = account(self.publisher)
            told = list(found.problems)
            if found.public is not None:
                told += site.build(found, self.output, lambda _: None).problems
        except Exception as wrong:
            told = privacy.masked([failure(wrong)])
        self.problems = told
        with self.turned:
            self.version = str(time.time_ns())
            self.turned.notify_all()
        for each in grouped(told):
            self.say(each.line())
        self.say(wording.say("preview.built", time=time.strftime("%H:%M:%S"), count=f"{len(told):,}"))

    def stamp(self) -> tuple:
        """What would make a rebuild give something else: every file's name, size and time."""
        folders = (self.publisher, ROOT / "theme", ROOT / "scripts", ROOT / "content" / "pages", ROOT / "plugins")
        files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts and not left_by_programs(path.name))
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

    def live(self, page: bytes, version: str) -> bytes:
        """A page as it is sent: with the script that follows the rebuilds, and a policy that lets it ask."""
        script = f'<script src="{SCRIPT}" data-version="{version}" data-changed="{CHANGED}"></script>'.encode()
        head, found, rest = page.partition(b"</title>")
        return head.replace(POLICY.encode(), ASKING.encode(), 1) + found + script * bool(found) + rest

    def after(self, version: str) -> str:
        """The version that follows the one a page was built from; the same one when nothing came in time."""
        with self.turned:
            self.turned.wait_for(lambda: self.version != version, PATIENCE)
            return self.version

    def lost(self) -> bytes | None:
        """The page for addresses that lead nowhere. At any depth its links start from the top."""
        path = self.output / "404.html"
        return path.read_bytes().replace(b'href="./', b'href="/') if path.is_file() else None


class Handler(http.server.SimpleHTTPRequestHandler):
    """Files of the preview; pages get the banner. Nothing is cached."""

    def __init__(self, *args, preview: Preview, **kwargs):
        self.preview = preview
        super().__init__(*args, directory=str(preview.output if preview.output.is_dir() else preview.bare), **kwargs)

    def handle(self):
        """A reader who leaves before the answer is no news."""
        with contextlib.suppress(ConnectionError):
            super().handle()

    def do_GET(self):
        self.version, told = self.preview.version, urlsplit(self.path)  # before the file is read: a page is never newer than it says
        if told.path == SCRIPT:
            return self.answer((ROOT / "theme" / "static" / "js" / "preview.js").read_bytes(), "text/javascript")
        if told.path == CHANGED:
            return self.answer(self.preview.after(parse_qs(told.query).get("since", [""])[0]).encode(), "text/plain")
        if self.path == PROBLEMS:
            return self.page(self.preview.page())
        path = Path(self.translate_path(self.path))
        page = path / "index.html" if path.is_dir() else path
        if page.suffix == ".html" and page.is_file() and (self.path.endswith("/") or not path.is_dir()):
            return self.page(self.preview.banner(page.read_bytes()))
        if not self.preview.output.is_dir() and not path.is_file():
            return self.page(self.preview.page())
        if not path.exists() and (lost := self.preview.lost()) is not None:
            return self.page(self.preview.banner(lost), 404)
        return super().do_GET()

    def page(self, content: bytes, status: int = 200) -> None:
        self.answer(self.preview.live(content, self.version), "text/html", status)

    def answer(self, content: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def end_headers(self):
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Security-Policy", ASKING)
        self.send_header("X-Content-Type-Options", "nosniff")
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
