"""XML of a workbook: walked with expat, never a DOCTYPE, never another encoding; names without their prefix."""

from collections.abc import Callable
from xml.parsers import expat

from scripts.workbooks.found import Refused

Start = Callable[[str, dict[str, str]], None]
SUFFIXES = (".xml", ".rels")


def walk(name: str, content: bytes, start: Start | None = None, end: Callable[[str], None] | None = None,
         text: Callable[[str], None] | None = None) -> None:  # fmt: skip
    """Calls the handlers with local names. Refused: not well-formed, a DOCTYPE, or text that other readers take for tags."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(kind: str) -> Callable:
        def refused(*_: object) -> None:
            raise Refused(kind, detail=name)

        return refused

    def declared(_version: str, encoding: str | None, _alone: int) -> None:
        if (encoding or "utf-8").lower() not in ("utf-8", "us-ascii"):
            raise Refused("workbook-damaged", detail=name)

    def aside(*said: str) -> None:
        if "<" in said[-1]:
            raise Refused("workbook-damaged", detail=name)

    parser.StartDoctypeDeclHandler = refuse("workbook-doctype")
    parser.StartCdataSectionHandler = refuse("workbook-damaged")
    parser.CommentHandler = parser.ProcessingInstructionHandler = aside
    parser.XmlDeclHandler = declared
    if start:
        parser.StartElementHandler = lambda tag, attributes: start(local(tag), attributes)
    if end:
        parser.EndElementHandler = lambda tag: end(local(tag))
    if text:
        parser.CharacterDataHandler = text
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content:
        raise Refused("workbook-damaged", detail=name)
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError) as wrong:
        raise Refused("workbook-damaged", detail=name) from wrong


def check(members: dict[str, bytes]) -> None:
    """Every part that is XML can be walked; no part holds a DOCTYPE."""
    for name, content in members.items():
        if name.lower().endswith(SUFFIXES):
            walk(name, content)
        elif b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise Refused("workbook-doctype", detail=name)


def local(tag: str) -> str:
    return tag.rpartition(":")[2]


def attribute(attributes: dict[str, str], name: str) -> str:
    """By its local name: the prefix of a relationship's id is the writer's choice."""
    if name in attributes:
        return attributes[name]
    return next((value for key, value in attributes.items() if local(key) == name and not key.startswith("xmlns")), "")


def truth(text: str) -> bool:
    return text.strip().lower() in ("1", "true", "on")
