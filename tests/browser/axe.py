"""axe-core, as the tests ask it: all its usual rules and the stricter ones, in light and dark, on a phone and a desk."""

from functools import cache
from pathlib import Path

import axe_playwright_python

STRICTER = (
    "color-contrast-enhanced", "target-size", "td-has-header", "p-as-heading", "table-fake-caption", "label-content-name-mismatch",
)  # fmt: skip
# Whatever passes the enhanced contrast (7:1, large text 4.5:1) passes the plain one, which costs as much again.
IMPLIED = ("color-contrast",)
RULES = {name: {"enabled": True} for name in STRICTER} | {name: {"enabled": False} for name in IMPLIED}
SCHEMES, WIDTHS = ("light", "dark"), (320, 1280)
RUN = "rules => axe.run(document, {rules, resultTypes: ['violations']}).then(found => found.violations)"


@cache
def source() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def violations(page, address: str) -> list[str]:
    """`scheme width rule: element: what is wrong` of everything axe finds on the page at this address."""
    page.goto(address)
    page.evaluate(source())
    found = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            for rule in page.evaluate(RUN, RULES):
                for node in rule["nodes"]:
                    said = " ".join(node.get("failureSummary", "").split())
                    found.append(f"{scheme} {width} {rule['id']}: {' '.join(map(str, node['target']))}: {said}")
    return found
