"""The parts of a workbook and how they hang together: programs, outward links and embedded files are refused."""

import posixpath
import re
from dataclasses import dataclass

from scripts.workbooks import markup
from scripts.workbooks.found import Findings, Refused

# Words in names of parts, in their content types and in kinds of relationships -> kind of problem. The first that fits.
DANGERS = (
    ("workbook-macro", re.compile(r"vba|macro|xl/(?:intl)?macrosheets|dialogsheets?\b|xl/attachedtoolbars|customui|userform|sheet\.binary", re.I)),
    ("workbook-external", re.compile(r"externallink|xl/connections\.xml|/connections\b|querytable|volatiledependenc|webextension|taskpane|datamodel", re.I)),
    ("workbook-embedded", re.compile(r"embeddings/|oleobject|activex|ctrlprop|/package\b|/control\b|richdata/.*\.bin", re.I)),
)  # fmt: skip
# Everything else that a plain workbook of Excel, WPS or LibreOffice has. What is not here says something that no cell shows.
PLAIN = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(?:app|core|custom)\.xml|docProps/thumbnail\.\w+|docMetadata/LabelInfo\.xml"
    r"|xl/(?:workbook|styles|sharedStrings|calcChain|metadata)\.xml|xl/_rels/workbook\.xml\.rels|xl/theme/[^/]+\.xml|xl/persons/[^/]+\.xml"
    r"|xl/(?:worksheets|chartsheets)/(?:_rels/)?[^/]+\.(?:xml|rels)|xl/tables/[^/]+\.xml|xl/printerSettings/[^/]+\.bin", re.I,
)  # fmt: skip
# Told at their cell or sheet by whoever walks the sheet.
ELSEWHERE = re.compile(r"xl/(?:(?:comments|drawings|media|charts|threadedComments|diagrams)/.*|comments\d*\.xml)", re.I)
OUTWARD = re.compile(r"\[[^\[\]]+\][^\[\]!,()]*!|\||\\\\|\b(?:file|https?|ftp):", re.I)


@dataclass(frozen=True, slots=True)
class Relation:
    """`kind`: last word of its type; `target`: name of the part, or an address when `outside`."""

    kind: str
    target: str
    outside: bool


def look(members: dict[str, bytes], found: Findings, *, strict: bool) -> None:
    """Everything dangerous that the parts say; when strict, also what is no part of a plain workbook."""
    names = {name.casefold() for name in members}
    if "[content_types].xml" not in names or not any(name.startswith("xl/workbook") for name in names):
        raise Refused("workbook-not-one" if not any(name.startswith("xl/") for name in names) else "workbook-damaged", detail="[Content_Types].xml")
    markup.check(members)
    seen = set()

    def tell(kind: str, detail: str) -> None:
        if (kind, detail) not in seen:
            seen.add((kind, detail))
            found.add(kind, detail=detail)

    for name, content in members.items():
        if danger := _danger(name):
            tell(danger, name)
        elif strict and not PLAIN.fullmatch(name) and not ELSEWHERE.fullmatch(name):
            tell("workbook-hidden-part", name)
        if name.casefold() == "[content_types].xml":
            for part, kind in _types(content):
                if danger := _danger(kind):
                    tell(danger, part)
        if name.lower().endswith(".rels"):
            for each in relations(members, name).values():
                danger = _danger(f"/{each.kind}") or ("workbook-external" if each.outside and each.kind != "hyperlink" else "")
                if danger:
                    tell(danger, each.target)


def relations(members: dict[str, bytes], name: str) -> dict[str, Relation]:
    """Relationships of a .rels part by id."""
    told: dict[str, Relation] = {}
    folder = posixpath.dirname(posixpath.dirname(name))

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag != "Relationship":
            return
        key, target = attributes.get("Id", ""), attributes.get("Target", "")
        outside = attributes.get("TargetMode", "").strip().lower() == "external"
        if key in told:
            raise Refused("workbook-damaged", detail=name)
        place = target if outside else posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        told[key] = Relation(attributes.get("Type", "").rstrip("/").rpartition("/")[2], place, outside)

    markup.walk(name, members[name], start)
    return told


def of(members: dict[str, bytes], part: str) -> dict[str, Relation]:
    """Relationships of a part; none when it has none."""
    folder, name = posixpath.split(part)
    wanted = posixpath.join(folder, "_rels", f"{name}.rels").casefold()
    return next((relations(members, each) for each in members if each.casefold() == wanted), {})


def _types(content: bytes) -> list[tuple[str, str]]:
    told: list[tuple[str, str]] = []

    def start(_tag: str, attributes: dict[str, str]) -> None:
        if _tag == "Override":  # a default for an ending that no part has says nothing
            told.append((attributes.get("PartName", ""), attributes.get("ContentType", "")))

    markup.walk("[Content_Types].xml", content, start)
    return told


def _danger(said: str) -> str:
    return next((kind for kind, pattern in DANGERS if pattern.search(said)), "")
