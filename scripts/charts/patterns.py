"""Hatching, one tile a role, so that no meaning hangs on colour; the theme colours ground and line by class."""

from collections.abc import Iterable
from xml.etree import ElementTree as ET

RISING = "M-2,2L2,-2M0,8L8,0M6,10L10,6"
FALLING = "M-2,6L2,10M0,0L8,8M6,-2L10,2"
CROSSED = RISING + FALLING
PATTERNS = {
    "more": "rising",
    "less": "falling",
    "missing": "falling",
    "late": "falling",
    "other": "dotted",
    "withheld": "crossed",
}
SHAPES = {"rising": RISING, "falling": FALLING, "crossed": CROSSED}


def paint(identity: str, role: str) -> str | None:
    """What a bar of this role is filled with, None where a plain colour does."""
    return f"url(#{identity}-{role})" if role in PATTERNS else None


def definitions(identity: str, roles: Iterable[str]) -> ET.Element | None:
    """<defs> with the tiles these roles need, ids unique to the drawing."""
    wanted = [role for role in PATTERNS if role in set(roles)]
    if not wanted:
        return None
    defs = ET.Element("defs")
    for role in wanted:
        place = {"id": f"{identity}-{role}", "class": f"tile role-{role}", "width": "8", "height": "8"}
        tile = ET.SubElement(defs, "pattern", {**place, "patternUnits": "userSpaceOnUse"})
        ET.SubElement(tile, "rect", {"class": "ground", "width": "8", "height": "8"})
        if PATTERNS[role] == "dotted":
            ET.SubElement(tile, "circle", {"class": "dot", "cx": "4", "cy": "4", "r": "1.5"})
        else:
            ET.SubElement(tile, "path", {"class": "stripe", "d": SHAPES[PATTERNS[role]]})
    return defs
