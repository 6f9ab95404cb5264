"""Hand-written pages of content/pages: Markdown with a title on its first line; {name} and the contacts are the publisher's."""

import re
from pathlib import Path

from scripts import wording
from scripts.addresses import link
from scripts.pages import Page, Site


def pages(site: Site, folder: Path) -> list[Page]:
    """`help.md` becomes `/help/`, `404.md` becomes `/404.html`."""
    return [_page(site, path) for path in sorted(folder.glob("*.md"))]


def _page(site: Site, path: Path) -> Page:
    publisher = site.inputs.publisher
    missing = wording.say("states.unpublished")
    places = {"name": publisher.name} | {channel: publisher.contacts.get(channel, missing) for channel in ("telephone", "text_message", "letter", "email")}
    text = path.read_text(encoding="utf-8")
    for place, said in places.items():
        text = text.replace("{" + place + "}", said)
    title = text.partition("\n")[0].removeprefix("# ").strip()
    address = "404.html" if path.stem == "404" else f"{path.stem}/"
    text = re.sub(r"\]\(/([^)]*)\)", lambda found: f"]({link(address, found[1])})", text)
    return Page(address, title, "404" if path.stem == "404" else "plain", "help", "", [], text, by_hand=True)
