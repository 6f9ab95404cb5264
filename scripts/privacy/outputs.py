"""A finished site before it is switched on: every byte that a reader can get, names of files included."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

from scripts import wording
from scripts.privacy.finding import find
from scripts.privacy.overrides import NOTHING, Cleared
from scripts.privacy.parts import BINARY, STRING, Unscanned, decoded, unpacked
from scripts.problems import Problem, problem

TEXT = {".html", ".svg", ".css", ".js", ".json", ".csv", ".md", ".txt", ".xml", ".toml", ".py", ".sha256"}
INDEX = re.compile(r"""(?<= t="s">)<v>([0-9]{1,9})</v>""")  # which of the texts of the workbook a cell shows
FORBIDDEN = {"drafts"}
# Values that the seal has compared with their facts: whole numbers of fen look like telephones.
FIGURE = re.compile(r'(?<="value":)"-?[0-9]+(?:/[0-9]+)?"|(?<=<data )(?P<more>[^>]*?)value="-?[0-9]+(?:/[0-9]+)?"')


def scan_site(site: Path, cleared: Cleared = NOTHING) -> list[Problem]:
    """Private strings of a site, and files of which nobody can say what they hold."""
    problems = []
    for path in sorted(site.rglob("*")):
        shown = path.relative_to(site).as_posix()
        if path.is_symlink() or path.name.startswith(".") or path.name in FORBIDDEN:
            problems.append(problem("output-unscanned", file=shown))
            continue
        try:
            for text in (path.name, *(_texts(path) if path.is_file() else ())):
                problems += _private(text, shown, path.suffix.lower() in TEXT and text != path.name, cleared)
        except Unscanned:
            problems.append(problem("output-unscanned", file=shown))
    return problems


def _private(text: str, shown: str, lines: bool, cleared: Cleared) -> Iterator[Problem]:
    for hit in find(text):
        if not cleared.passes(hit):
            row = text.count("\n", 0, hit.start) + 1 if lines else None
            yield problem("private-output", file=shown, row=row, what=wording.say(f"privacy.kinds.{hit.kind}"))


def _texts(path: Path) -> Iterator[str]:
    """All that a file of a site says; Unscanned when that cannot be known."""
    kind, raw = path.suffix.lower(), path.read_bytes()
    if kind in TEXT:
        text = decoded(raw)
        yield FIGURE.sub(lambda found: found["more"] or "", text) if kind in (".html", ".json") else text
    elif kind == ".xlsx":
        members = unpacked(raw)
        if any(Path(name).suffix.lower() in BINARY for name in members):
            raise Unscanned
        strings = STRING.findall(members.get("xl/sharedStrings.xml", ""))
        yield from (f"{name}\n{INDEX.sub(lambda found: _string(found, strings), text)}" for name, text in members.items())
    elif kind == ".pdf":
        yield from _document(raw)
    else:
        raise Unscanned


def _string(index: re.Match, strings: list[str]) -> str:
    """The text that a cell names by its number: the numbers of a row would read like those of a person."""
    number = int(index[1])
    return strings[number] if number < len(strings) else index[0]


def _document(raw: bytes) -> Iterator[str]:
    """Pages and properties of a PDF."""
    import pypdf  # only sites with documents need it

    try:
        document = pypdf.PdfReader(io.BytesIO(raw))
        told = {**(document.metadata or {})}
        said = [page.extract_text() for page in document.pages]
        more = document.xmp_metadata
    except Exception as wrong:  # a damaged or locked document: whatever the library says of it, nobody knows what it holds
        raise Unscanned from wrong
    yield "\n".join(map(str, told.values()))
    yield from said
    yield decoded(more.stream.get_data()) if more else ""
