"""Reads one written page: every text and attribute with digits ends in a declared class or among the loose ones."""

from scripts.seal.markup import EMPTY, END, FOREIGN, START, TEXT, VOID, Attributes, events
from scripts.seal.marks import Drawing, Loose, Mark, Page, Sentence
from scripts.seal.words import RUN

IN_DRAWINGS = frozenset(("label", "axis"))  # elsewhere data-label is the column's name for narrow screens
STATES = {"main": "main", "caption": "caption", "thead": "head", "script": "script", "style": "script"}
FRAMES = frozenset(("svg", "a", "td", "th", "table", "figure", "li", "img", "title", "desc", *STATES, *FOREIGN))
NOTHING = ("", None)


class Reader:
    """One pass over a page's events; `stack` holds (tag, how its end is undone)."""

    def __init__(self, path: str, html: str):
        self.page = Page(path, html)
        self.stack: list[tuple[str, tuple[str, object]]] = []
        self.pieces: list[str] | None = None  # texts of the mark or sentence being read
        self.drawing: Drawing | None = None
        self.beside: list[str] | None = None  # words of the figure being read
        self.caption: list[str] | None = None
        self.heads: set[str] = set()  # column titles of the table being read
        self.head: list[str] | None = None  # texts of the column title being read
        self.open: set[str] = set()  # states: main, caption, head, script
        self.href = self.item = self.label = ""

    def read(self) -> Page:
        stack = self.stack
        for kind, what, attributes, position in events(self.page.html):
            if kind == TEXT:
                self.text(what, position)
            elif kind == START:
                # Most tags mean nothing here: a short way for them.
                undo = NOTHING if attributes.plain and what not in FRAMES else self.start(what, attributes, position)
                stack.append((what, undo))
            elif kind == END:
                if stack and stack[-1][0] == what:
                    undo = stack.pop()[1]
                    if undo is not NOTHING:
                        self.leave(*undo)
                else:
                    self.page.issues.append(("nesting", position))
            elif kind == EMPTY:
                self.empty(what, attributes, position)
            else:
                self.page.issues.append(("not-understood", position))
                self.text(what, position)
        if stack:
            self.page.issues.append(("nesting", len(self.page.html)))
        return self.page

    def text(self, text: str, position: int) -> None:
        if "main" in self.open:
            self.page.main.append(text)
        if self.pieces is not None:
            self.pieces.append(text)
            return
        if "script" in self.open:
            self.page.issues.append(("script", position))
        if self.drawing is not None:
            self.drawing.inside.append(text)
        elif self.beside is not None:
            self.beside.append(text)
        if "caption" in self.open:
            self.caption.append(text)
        elif self.head is not None:
            self.head.append(text)
        if RUN.search(text):
            self.loose(text, position)

    def loose(self, text: str, position: int, where: str = "") -> None:
        self.page.loose.append(Loose(text, position, where, self.href, "main" in self.open))

    def start(self, tag: str, attributes: Attributes, position: int) -> tuple[str, object]:
        if not attributes.plain:
            self.attributes(attributes, position)
        return self.enter(tag, attributes, position)

    def empty(self, tag: str, attributes: Attributes, position: int) -> None:
        if self.drawing is None and tag not in VOID and tag != "svg":
            self.page.issues.append(("nesting", position))  # browsers take <span/> for <span>
        if not attributes.plain or tag in FRAMES:
            undo = self.start(tag, attributes, position)
            if undo is not NOTHING:
                self.leave(*undo)

    def attributes(self, attributes: Attributes, position: int) -> None:
        page = self.page
        if attributes.forbidden:
            page.issues.append((attributes.forbidden, position))
        if id_ := attributes.get("id"):
            if id_ in page.ids:
                page.issues.append(("duplicate-id", position))
            page.ids.add(id_)
        for _, target in attributes.links:
            page.links.append((target, position))
        for id_ in attributes.references:
            page.references.append((id_, position))
        for name, value in attributes.spoken:
            if name == "data-label" and (self.drawing is not None or value in self.heads):
                continue
            if "data-facts" in attributes:
                self.sentence(value, attributes, position)
            else:
                self.loose(value, position, name)

    def sentence(self, text: str, attributes: Attributes, position: int) -> None:
        keys = tuple(attributes.get("data-facts", "").split())
        drawing = self.drawing if self.drawing is not None else Drawing()
        self.page.sentences.append(Sentence(text, keys, position, drawing))

    def enter(self, tag: str, attributes: Attributes, position: int) -> tuple[str, object]:
        """What opens with this tag: (how its end undoes it, what to restore)."""
        kind = ""
        for claimed in attributes.marks:
            if not kind and (self.drawing is not None or claimed not in IN_DRAWINGS):
                kind = claimed
        if kind or (self.drawing is not None and tag in ("title", "desc")):
            return self.enter_class(kind, attributes, position)
        return self.enter_frame(tag, attributes, position) if tag in FRAMES else NOTHING

    def enter_frame(self, tag: str, attributes: Attributes, position: int) -> tuple[str, object]:
        if tag == "svg":
            self.drawing, before = Drawing(self.beside if self.beside is not None else []), self.drawing
            return "drawing", before
        if tag == "a":
            self.href, before = attributes.get("href", ""), self.href
            return "href", before
        if tag == "td" or tag == "th":
            self.label, self.head = attributes.get("data-label", ""), [] if "head" in self.open else None
            return "cell", None
        if tag == "table":
            self.caption, self.heads, before = [], set(), (self.caption, self.heads)
            return "table", before
        if tag == "figure":
            self.beside, before = [], self.beside
            return "figure", before
        if tag == "li" and attributes.get("id", "").startswith("f-"):
            self.item, before = attributes["id"][2:], self.item
            return "item", before
        return self.enter_state(tag, attributes, position)

    def enter_state(self, tag: str, attributes: Attributes, position: int) -> tuple[str, object]:
        if tag == "style" or (tag == "script" and not attributes.get("src")):
            self.page.issues.append((tag, position))
        if tag in FOREIGN:
            self.page.issues.append(("foreign", position))
        if tag == "img" and "main" in self.open:
            self.page.issues.append(("image", position))
        state = STATES.get(tag)
        if state is None or (state == "caption" and self.caption is None):
            return NOTHING
        self.open.add(state)
        return "open", state

    def enter_class(self, kind: str, attributes: Attributes, position: int) -> tuple[str, object]:
        if self.pieces is not None:
            self.page.issues.append(("nested", position))
            return NOTHING
        self.pieces = []
        return ("mark" if kind else "sentence"), (kind, attributes, position)

    def leave(self, undo: str, before) -> None:
        if undo == "mark" or undo == "sentence":
            text, self.pieces = "".join(self.pieces), None
            self.close_class(text, *before)
        elif undo == "drawing":
            self.drawing = before
        elif undo == "href":
            self.href = before
        elif undo == "cell":
            if self.head is not None:
                self.heads.add("".join(self.head).strip())
            self.label, self.head = "", None
        elif undo == "table":
            self.caption, self.heads = before
        elif undo == "figure":
            self.beside = before
        elif undo == "item":
            self.item = before
        elif undo == "open":
            self.open.discard(before)

    def close_class(self, text: str, kind: str, attributes: Attributes, position: int) -> None:
        if self.head is not None:
            self.head.append(text)
        if not kind:
            self.drawing.inside.append(text)
            self.sentence(text, attributes, position)
            return
        if kind in IN_DRAWINGS:
            self.drawing.shown.append(text)
            self.drawing.inside.append(text)
        near = (self.label, "".join(self.caption)) if self.caption is not None else ()
        self.page.marks.append(Mark(kind, attributes, text, position, near, self.drawing, self.item))


def read_page(path: str, html: str) -> Page:
    return Reader(path, html).read()
