"""Pelican's doorway: reads our Markdown, splices the blocks in after it, and hands the publisher to the theme."""

import json
import re
from html.parser import HTMLParser
from itertools import zip_longest
from pathlib import Path

import jinja2
import nh3
from markdown import Markdown
from pelican import signals
from pelican.contents import Page
from pelican.readers import BaseReader
from pelican.utils import pelican_open

from scripts import wording

FIGURE = re.compile(r'<a href="([^"#]*)#f-([^"]+)"(?: title="([^"]*)")?>(.*?)</a>', re.S)
BLOCK = re.compile(r'<p><img alt="[^"]*" src="([a-z0-9_-]+\.html)" ?/?></p>')
PARTS = re.compile(r'<p><img alt="[^"]*" src="parts.html" ?/?></p>')
HEADING = re.compile(r'<h2><a href="#([a-z0-9-]+)">(.*?)</a></h2>', re.S)

# What a hand-written page may be made of. Pictures are files of the site; https is harmless here, though the seal lets no page lead elsewhere.
PROSE = set(
    "h1 h2 h3 h4 p br hr strong em code pre blockquote q cite abbr ul ol li dl dt dd a img table caption thead tbody tr th td".split()
)
PROSE_ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}, "abbr": {"title"}, "th": {"scope", "colspan", "rowspan"},
                    "td": {"colspan", "rowspan"}}  # fmt: skip
PROSE_SCHEMES = {"https", "mailto", "tel", "sms"}
INSIDE = re.compile(r"(?!//)[\w./%#-]*", re.A)  # an address within the site
WITH_SCHEME = re.compile(r"(?:https://[^/\\\s]|(?:mailto|tel|sms):)[^\\\s]*", re.I)

# Inline patterns that our pages never use; each is a pass over every paragraph.
UNUSED = ("backtick", "reference", "image_reference", "short_reference", "short_image_ref", "autolink", "automail", "linebreak")


def prose() -> Markdown:
    """Python-Markdown with what our pages use of it: headings, paragraphs, lists, bold, links, images, raw HTML."""
    found = Markdown(extensions=[], output_format="html")
    for name in UNUSED:
        found.inlinePatterns.deregister(name)
    return found


class DisclosureReader(BaseReader):
    """One Markdown instance for all pages; metadata is JSON on the first line, so no text can become a key."""

    enabled = True
    file_extensions = ["md"]
    markdown = prose()

    def read(self, source_path):
        with pelican_open(source_path) as text:
            head, _, body = text.partition("\n")
        metadata = json.loads(head)
        html = self.markdown.reset().convert(body)
        if metadata.pop("by_hand"):
            html = prose_html(html)
        return body_html(html, Path(source_path).parent), metadata


def prose_html(html: str) -> str:
    """Hand-written prose as the sanitiser leaves it. What it would take away stops the build: nothing is lost in silence."""
    clean = nh3.clean(
        html, tags=PROSE, attributes=PROSE_ATTRIBUTES, url_schemes=PROSE_SCHEMES, clean_content_tags=set(), generic_attribute_prefixes=set(),
        link_rel=None, attribute_filter=_address,
    )  # fmt: skip
    given, left = Outline(html).parts, Outline(clean).parts
    for at, (before, after) in enumerate(zip_longest(given, left)):
        if before != after:
            raise ValueError(wording.say("build.prose", markup=next((part for part in given[at:] if part.startswith("<")), before or after)))
    return clean


def _address(tag: str, name: str, value: str) -> str | None:
    """An address that leaves the site only says so with its scheme; a picture never does."""
    if name not in ("href", "src") or INSIDE.fullmatch(value) or (tag == "a" and WITH_SCHEME.fullmatch(value)):
        return value
    return None


class Outline(HTMLParser):
    """Tags with their attributes, and the texts between them: equal for two spellings of the same."""

    def __init__(self, html: str):
        super().__init__()
        self.parts: list[str] = [""]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.parts += [f"<{' '.join([tag, *(f'{name}={value or str()!r}' for name, value in sorted(attributes))])}>", ""]

    def handle_endtag(self, tag):
        self.parts += [f"</{tag}>", ""]

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)

    def handle_data(self, data):
        self.parts[-1] += data

    def handle_comment(self, data):
        self.parts += [f"<!--{data}-->", ""]

    handle_decl = handle_pi = unknown_decl = handle_comment


def body_html(html: str, folder: Path) -> str:
    """The body of a page: figures marked, sections wrapped, blocks put in byte for byte."""
    html = FIGURE.sub(_figure, html)
    lead, *parts = HEADING.split(html)
    named = PARTS.findall(lead)  # links to the parts stand after the lead, not in it
    sections = [f'<header class="lead">\n{PARTS.sub("", lead).strip()}\n</header>', *named]
    for id_, title, body in zip(parts[0::3], parts[1::3], parts[2::3], strict=True):
        sections.append(
            f'<section class="part" aria-labelledby="{id_}"><h2 id="{id_}">{title}</h2>'
            f'<div class="body">\n{body.strip()}\n</div></section>'
        )
    return BLOCK.sub(lambda found: (folder / found[1]).read_text(encoding="utf-8").strip(), "\n".join(sections))


def _figure(found: re.Match) -> str:
    """`title` is the exact value; "abs " before it says that the words around hold the sign."""
    page, key, value, text = found.groups()
    unsigned, value = (value or "").startswith("abs "), (value or "").removeprefix("abs ")
    sign = " data-abs" if unsigned else ""
    return f'<a class="fact" href="{page}#f-{key}"><data data-fact="{key}"{sign} value="{value}">{text}</data></a>'


def add_reader(readers):
    readers.reader_classes["md"] = DisclosureReader


def take_settings(pelican):
    """The publisher, the menu and what else the builder told; undefined names in the theme become errors."""
    told = Path(pelican.settings["PATH"]) / "disclosures" / "site.json"
    pelican.settings.update(json.loads(told.read_text(encoding="utf-8")))
    pelican.settings["JINJA_ENVIRONMENT"]["undefined"] = jinja2.StrictUndefined


def leave_links_alone():
    """Our links are finished and checked by the seal; Pelican would search every page for its own kind, twice."""
    Page.get_static_links = lambda self: set()
    Page._update_content = lambda self, content, siteurl: content


def register():
    leave_links_alone()
    signals.initialized.connect(take_settings)
    signals.readers_init.connect(add_reader)
