"""Hand-written pages of content/pages: Markdown with a title on its first line; {name} and the contacts are the publisher's."""

import re
from pathlib import Path

from scripts import wording
from scripts.addresses import link
from scripts.pages import Page, Site
from scripts.pages.render import plain


def pages(site: Site, folder: Path) -> list[Page]:
    """`help.md` becomes `/help/`, `404.md` becomes `/404.html`."""
    return [_page(site, path) for path in sorted(folder.glob("*.md"))]


def _page(site: Site, path: Path) -> Page:
    publisher = site.inputs.publisher
    missing = wording.say("states.unpublished")
    places = {"name": publisher.name} | {channel: publisher.contacts.get(channel, missing) for channel in ("telephone", "text_message", "letter", "email")}
    text = path.read_text(encoding="utf-8")
    title = _filled(text.partition("\n")[0].removeprefix("# ").strip(), places)
    text = _filled(text, {place: plain(said) for place, said in places.items()})
    address = "404.html" if path.stem == "404" else f"{path.stem}/"
    text = re.sub(r"\]\(/([^)]*)\)", lambda found: f"]({link(address, found[1])})", text)
    return Page(address, title, "404" if path.stem == "404" else "plain", "help", "", [], text, by_hand=True)


def _filled(text: str, places: dict[str, str]) -> str:
    """Each {place} once: what stands there now is not looked at again."""
    return re.sub(r"\{([a-z_]+)\}", lambda found: places.get(found[1], found[0]), text)
