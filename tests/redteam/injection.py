"""Strings that try to be more than text: a publisher that has them in every free-text field, and whether each stays a text.

The corpus is injection.jsonl; injection_more.jsonl holds kinds that it does not.
"""

import atexit
import csv
import io
import json
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from scripts import cells, registers, schema, site, tables
from scripts.account import account
from scripts.addresses import address
from scripts.problems import Problem, problem
from tests.built import SMALL
from tests.redteam import Figure

HERE = Path(__file__).parent
SOME = 40
YEAR, OFFICIAL = 2025, "支出决算表.csv"
HIDDEN = {"Cc", "Cf", "Zl", "Zp", "Co", "Cn", "Cs"}
REFUSALS = {
    "required", "only-spaces", "hidden-character", "line-break", "cell-too-long", "lost-characters", "hashes", "error-value", "formula-start", "not-a-name",
    "reserved-name", "code-as-number", "only-there",
}  # fmt: skip
TRACE = re.compile(r"\s*(#+|#(N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!))\s*|.*(锟斤拷|\?{3,}).*", re.S)  # of a value that is gone
AS_NUMBER = re.compile(r"[0-9]+\.0*|[0-9](\.[0-9]+)?[eE][+-][0-9]+")
FORMULA = tuple("=+-@＝＋－＠")
HAN = re.compile("[\u3007\u3400-\u9fff\U00020000-\U0003ffff]")
SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))}

# All that a page may be made of. What is not listed is not needed.
GLOBAL = {"class", "id"}
ELEMENTS = {
    "html": {"lang"}, "head": set(), "meta": {"charset", "http-equiv", "content", "name"}, "title": {"data-facts"}, "link": {"rel", "href", "type"},
    "body": set(), "a": {"href", "data-code", "aria-current"}, "header": set(), "footer": set(), "nav": {"aria-label", "tabindex"}, "main": {"tabindex"},
    "div": {"role", "tabindex", "aria-labelledby"}, "section": {"aria-labelledby"}, "h1": set(), "h2": set(), "h3": set(), "p": set(), "br": set(),
    "ul": set(), "ol": set(), "li": set(), "dl": set(), "dt": set(), "dd": set(), "strong": {"data-code", "aria-current"},
    "span": {"data-text", "data-code", "data-origin", "data-bytes", "aria-hidden", "aria-current"}, "q": {"data-text"},
    "data": {"data-fact", "data-printed", "data-abs", "value"}, "time": {"datetime"}, "figure": set(), "figcaption": set(),
    "table": set(), "caption": set(), "thead": set(), "tbody": set(), "tr": set(), "th": {"scope", "colspan", "rowspan"}, "td": {"data-label"},
    "svg": {"width", "height", "viewbox", "role", "aria-hidden", "aria-labelledby", "aria-describedby"}, "desc": {"data-facts"},
    "g": {"aria-hidden", "fill"}, "defs": set(), "pattern": {"width", "height", "patternunits", "patterntransform"},
    "path": {"d", "transform"}, "rect": {"x", "y", "width", "height"}, "circle": {"cx", "cy", "r"}, "line": {"transform", "x2", "y2"},
    "text": {"x", "y", "text-anchor", "data-label", "data-fact", "data-axis"}, "tspan": {"x", "dy"},
}  # fmt: skip
VOID = {"meta", "link", "br", "img"}
ADDRESS = re.compile(r"(?:\.{0,2}/?(?![/\\])[\w./%+@-]*)?(?:#.*)?|(?:tel|sms|mailto):.*", re.S)


@dataclass(frozen=True, slots=True)
class Payload:
    id: str
    context: str
    text: str


@cache
def payloads() -> tuple[Payload, ...]:
    lines = [line for name in ("injection.jsonl", "injection_more.jsonl") for line in (HERE / name).read_text(encoding="utf-8").splitlines()]
    return tuple(Payload(told["id"], told["context"], told["payload"]) for told in map(json.loads, lines))


def texts() -> list[str]:
    """Each string once; two that differ in capitals alone would be one key. NUL and half characters end a whole file: tried alone."""
    told = {each.text.casefold(): each.text for each in reversed(payloads())}
    return [text for text in reversed(told.values()) if "\0" not in text and not any("\ud800" <= c <= "\udfff" for c in text)]


def visible(text: str) -> bool:
    """Whether a clerk sees the whole text: said here anew, so that the reader's own rule is not its judge."""
    return 0 < len(text) <= 2000 and bool(text.strip()) and "\ufffd" not in text and not any(unicodedata.category(c) in HIDDEN for c in text)


def lets(text: str, told: schema.Field) -> bool:
    """Whether a column takes the text: words may not start a formula but where anything may be written; a name of a code is Chinese."""
    code = told.code == "plain" and (text.split(".")[0].lower() in RESERVED or bool(AS_NUMBER.fullmatch(text)))
    return visible(text) and not (len(text.strip()) > 1 and TRACE.fullmatch(text)) and (told.free or not text.lstrip().startswith(FORMULA)) and (not told.names or bool(HAN.search(text))) and not code


def rewritten(text: str, told: schema.Field) -> bool:
    """Whether a code has wide signs or spaces at its ends: read in its normal form, with a warning."""
    return told.code == "plain" and (text != text.strip() or bool(re.search("[\uff01-\uff5e]", text)))


# ---- the publisher


def free(table: schema.Table) -> list[schema.Field]:
    """Published columns in which a clerk writes what she likes."""
    bound = {field_ for key in table.foreign_keys for field_ in key.fields}
    return [
        f for f in table.fields
        if f.type == "string" and f.publish and not {"enum", "pattern"} & f.constraints.keys() and f.code not in ("function", "economic") and f.id not in bound
    ]  # fmt: skip


def free_tables() -> Iterator[tuple[str, schema.Table]]:
    """Of the registers whose tables the small publisher keeps, and a plain one; the others have a test of their own (test_injection)."""
    for register in (name for name in registers.ORDER if (SMALL / name).is_dir() or name == "organisation"):
        for table in schema.load(register).tables:
            if any(not f.source for f in free(table)):
                yield register, table


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """One string in one field: where it stands in the files."""

    register: str
    table: schema.Table
    line: int
    field: schema.Field
    text: str

    @property
    def file(self) -> str:
        return f"{self.register}/{YEAR}/{self.table.name}.csv"

    @property
    def page(self) -> str:
        return f"{address(self.register)}/{YEAR}/{address(self.table.name)}/"


@dataclass(slots=True)
class Poisoned:
    """A publisher with strings in every free-text field: one row a string, all its free fields the same."""

    folder: Path
    places: list[Place] = field(default_factory=list)

    def table(self, register: str, table: schema.Table, strings: Iterable[str], *, all_: bool) -> None:
        """Every string in every field, or with `all_` false only where the column takes it."""
        path = self.folder / register / str(YEAR) / f"{table.name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        kept = path.read_text(encoding="utf-8-sig") if path.is_file() else ",".join(f.name for f in table.fields) + "\n"
        lines = list(csv.reader(io.StringIO(kept, newline="")))
        open_ = free(table)
        for number, text in enumerate(strings):
            if table.name == "three_public_reasons":  # its items are a closed list of four
                lines = lines[:1] if number == 0 else lines
            given = {f.id: f"QQQQQQ-{number:05}" if rewritten(text, f) else text if lets(text, f) else "x" if f.source else text if all_ else f"甲 {number}" for f in open_}
            lines.append([given[f.id] if f.id in given else _filler(f, table, number, text) for f in table.fields])
            self.places += [Place(register, table, len(lines), f, text) for f in open_ if not f.source and given[f.id] == text and (text or f.required)]
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\r\n").writerows(lines)
        path.write_text(out.getvalue(), encoding="utf-8", newline="")

    def documents(self, strings: Iterable[str]) -> None:
        """Source documents named, titled, issued and numbered by the strings."""
        told = ['\n[documents.x]\ntitle = "x"\n']
        told += [f"[documents.{_toml(text)}]\n" + "".join(f"{key} = {_toml(text)}\n" for key in ("title", "issuer", "number")) for text in strings]
        for folder in sorted(self.folder.glob(f"*/{YEAR}")):
            with (folder / "sources.toml").open("a", encoding="utf-8") as file:
                file.write("\n".join(told))

    def official(self, strings: list[str]) -> None:
        """An official table whose names, title and notes are the strings."""
        folder = self.folder / "final_accounts" / str(YEAR)
        lines = [["209", f"{n // 90 + 1:02}", f"{n % 90 + 1:02}", text, *[""] * 6] for n, text in enumerate(strings)]
        out = io.StringIO(newline="")
        csv.writer(out).writerows(lines)
        with (folder / OFFICIAL).open("a", encoding="utf-8", newline="") as file:
            file.write(out.getvalue())
        told = (folder / "sources.toml").read_text(encoding="utf-8")
        head, notes = f'[tables."{OFFICIAL}"]', ", ".join(map(_toml, strings))
        told = told.replace(head, f"{head}\ntitle = {_toml(composite(strings, 300))}\nnotes = [{notes}]")
        (folder / "sources.toml").write_text(told, encoding="utf-8")

    def publisher(self, strings: list[str]) -> None:
        name = _toml(composite(strings, 1500))
        channels = "\n".join(f"{channel} = {name}" for channel in ("telephone", "text_message", "letter", "email"))
        (self.folder / "publisher.toml").write_text(f"name = {name}\ndemonstration = true\n[contacts]\n{channels}\n", encoding="utf-8")


def poisoned(folder: Path, strings: list[str], entities: int = 1, *, all_: bool = False) -> Poisoned:
    """The small publisher with the strings in it. Every `entities`-th string also gets a project and an evaluation of its own."""
    made = Poisoned(Path(shutil.copytree(SMALL, folder)))
    for register, table in free_tables():
        own_page = table.name in ("projects", "evaluations")
        few = strings[:4] if table.name == "three_public_reasons" else strings[::entities] if own_page or table.foreign_keys else strings
        made.table(register, table, few, all_=all_)
    told = [text for text in strings if visible(text)]
    made.documents(told)
    made.official(told)
    made.publisher(told)
    return made


def composite(strings: Iterable[str], most: int) -> str:
    """One long string of many, for what a publisher has only one of."""
    return " ".join(strings)[:most].strip()


def _filler(f: schema.Field, table: schema.Table, number: int, text: str) -> str:
    """A good value for a cell that is not free."""
    if f.code == "function":
        return str(2090001 + number) if table.name == "changes" else "2081104"
    if "enum" in f.constraints:
        return f.constraints["enum"][number % 4 if table.name == "three_public_reasons" else 0]
    given = {"economic": "30399", "project": f"HOSTILE-{number:05}", "no": f"E-{number:03}", "item": f"{number + 100}"}
    if table.name == "payments":
        given["no"] = f"{number + 100}"
    if f.id in given:
        return given[f.id]
    if f in free(table):
        return text
    return {"date": f"{YEAR}-12-31" if table.name == "lines" else f"{YEAR}-05-20", "integer": "1", "number": "0.00"}[f.type]


def _toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


# ---- what the reader says


def refused(made: Poisoned) -> tuple[set[tuple[str, int, str]], list[Problem]]:
    """(file, row, column) of the cells that are refused in words, and every other problem that stops publication."""
    wrong = [each for each in account(made.folder).problems if each.severity == "error"]
    cells_ = {(each.file, each.row, each.column) for each in wrong if each.kind in REFUSALS}
    return cells_, [each for each in wrong if each.kind not in REFUSALS]


# ---- what was written


class Seen(HTMLParser):
    """A written page: what it is made of, its tables, its texts in a class of data."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.strange: list[str] = []
        self.rows: dict[str, list[str]] = {}
        self.said: dict[str, list[str]] = {}
        self.stack: list[tuple[str, dict]] = []
        self.row: list[str] | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        allowed = ELEMENTS.get(tag)
        if allowed is None or not given.keys() <= allowed | GLOBAL or len(given) != len(attributes):
            self.strange.append(self.get_starttag_text())
        self.strange += [value for name, value in attributes if name == "href" and not ADDRESS.fullmatch(value or "")]
        if tag == "tr":
            self.row = self.rows.setdefault(given.get("id", f"row {len(self.rows)}"), [])
        if tag in ("td", "th") and self.row is not None:
            self.row.append("")
        if tag not in VOID:
            self.stack.append((tag, given))
            self.said.setdefault(self.key(), []).append("")

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            opened, _ = self.stack.pop()
            assert opened == tag, (opened, tag)
        if tag == "tr":
            self.row = None

    def handle_data(self, data):
        if self.stack:
            self.said[self.key()][-1] += data
        inside = [given.get("class", "") for _, given in self.stack]
        if self.row and any(tag in ("td", "th") for tag, _ in self.stack) and not any(name.startswith("under") for name in inside):
            self.row[-1] += data

    def handle_comment(self, data):
        self.strange.append(f"<!--{data}-->")

    def handle_decl(self, decl):
        if decl != "doctype html":
            self.strange.append(decl)

    handle_pi = unknown_decl = handle_comment

    def key(self) -> str:
        """What the text belongs to: its element, and the class of data that it claims."""
        tag, given = self.stack[-1]
        return next((name for name in given if name.startswith("data-")), tag)


@cache
def seen(path: Path) -> Seen:
    return Seen(path.read_text(encoding="utf-8"))


def strange(folder: Path) -> dict[str, list[str]]:
    """Page -> markup that no page may have."""
    pages = sorted(folder.rglob("*.html"))
    return {page.relative_to(folder).as_posix(): found for page in pages if (found := seen(page).strange)}


def inert(made: Poisoned, folder: Path) -> list[Place]:
    """The places whose string is itself in the page of its table, in the CSV (apostrophe off) and in the workbook."""
    found = []
    for place in made.places:
        column = [f.id for f in place.table.fields if f.publish].index(place.field.id)
        row = seen(folder / place.page / "index.html").rows.get(f"L{place.line}", [])
        name = f"{place.page}{address(place.table.name)}"
        cells_ = (row[column : column + 1], [_csv(folder / f"{name}.csv")[place.line - 1][column]], [_xlsx(folder / f"{name}.xlsx")[place.line - 1][column]])
        if len(row) == len([f for f in place.table.fields if f.publish]) and all(cell == [place.text] for cell in cells_):
            found.append(place)
    return found


@cache
def _csv(path: Path) -> list[list[str]]:
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8"), newline=""), strict=True))
    return [[_unguarded(text) for text in row] for row in rows]


def _unguarded(text: str) -> str:
    """As the help page says it. What a spreadsheet would still run is shown to be wrong."""
    bare = text.lstrip(" \u00a0\u3000'")
    if bare[:1] and bare[0] in "=+-@＝＋－＠" and not re.fullmatch(r"-?[0-9.]+", text):
        return text[1:] if text[0] == "'" else f"would run: {text}"
    return text


@cache
def _xlsx(path: Path) -> list[list[str]]:
    """Values as one library reads them, where another finds neither formula nor link."""
    book = load_workbook(path)
    live = [cell.coordinate for row in book.worksheets[0].iter_rows() for cell in row if cell.data_type == "f" or cell.hyperlink]
    book.close()
    assert live == [], f"{path.name}: {live[:5]}"
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    return [list(map(str, row)) for row in rows]


def drawings(folder: Path) -> Iterator[tuple[str, ET.Element]]:
    """Each drawing of each page as XML: one that is not well-formed ends here."""
    for page in sorted(folder.rglob("*.html")):
        for svg in re.findall(r"<svg\b.*?</svg>", page.read_text(encoding="utf-8"), re.S):
            yield page.relative_to(folder).as_posix(), ET.fromstring(re.sub(r'data-(text|code)(?=[ >])', r'data-\1=""', svg))


# ---- paths and lines


def code_fields() -> list[schema.Field]:
    """Fields whose text becomes a part of an address."""
    return [schema.load("projects").table("projects").field("project"), schema.load("evaluations").table("evaluations").field("no")]


def accepted(text: str, told: schema.Field) -> bool:
    """As it stands: wide signs and spaces at its ends do not become part of an address."""
    try:
        return tables.read(text, told).text == text
    except cells.NotUnderstood:
        return False


def safe_path(text: str, told: schema.Field) -> bool:
    """Refused, or a folder's name on every system that is told apart from all others."""
    slug = text.lower()
    own = unicodedata.normalize("NFKC", text).casefold() == slug and slug not in RESERVED
    return not accepted(text, told) or bool(SLUG.fullmatch(slug)) and own


def one_line(text: str) -> bool:
    """A problem that speaks of the string stays one line that a terminal shows as it is."""
    said = problem("not-in-list", file=text, sheet=text, row=2, column=text, value=text, choices=text).line()
    return said.isprintable() and bool(said)


# ---- the table


@dataclass(frozen=True, slots=True)
class Publication:
    """`folder`: the site of the strings that the reader let pass; `refused`: places of the others that it did not."""

    kept: Poisoned
    folder: Path
    others: list[Place]
    refused: list[Place]


def publication(folder: Path, entities: int) -> Publication:
    """All strings are tried; what the reader lets pass is built. `entities`: every how manyth gets pages of its own."""
    tried = poisoned(folder / "tried", texts(), entities, all_=True)
    stopped, wrong = refused(tried)
    assert wrong == [], [each.line() for each in wrong[:5]]
    others = [each for each in tried.places if not lets(each.text, each.field)]
    kept = poisoned(folder / "publisher", [text for text in texts() if visible(text)], entities)
    told = account(kept.folder)
    assert told.public is not None, [each.line() for each in told.problems[:5]]
    built = site.build_into(told, folder / "site", lambda _: None)
    assert built.problems == [], [each.line() for each in built.problems[:5]]
    return Publication(kept, folder / "site", others, [each for each in others if (each.file, each.line, each.field.name) in stopped])


@cache
def published() -> Publication:
    """Made once for all tests of a run: a project and an evaluation for every fortieth string, each other field for every string."""
    kept = tempfile.TemporaryDirectory()
    atexit.register(kept.cleanup)
    return publication(Path(kept.name), SOME)


def score() -> list[Figure]:
    """Every string in every field: minutes, not seconds."""
    with tempfile.TemporaryDirectory() as folder:
        made = publication(Path(folder), entities=1)
        got = 0 if strange(made.folder) else len(inert(made.kept, made.folder)) + len(made.refused)
    paths = [safe_path(each.text, told) for each in payloads() for told in code_fields()]
    lines = [one_line(each.text) for each in payloads()]
    return [
        Figure("injection strings inert", got, len(made.kept.places) + len(made.others), "all"),
        Figure("strings as part of an address: refused or safe", sum(paths), len(paths), "all"),
        Figure("strings in messages: one line, nothing hidden", sum(lines), len(lines), "all"),
    ]
