"""From Vega's SVG to ours: one named image, looks by class, every number under its fact, nothing else."""

import re
from collections import Counter
from xml.etree import ElementTree as ET

from scripts.charts.marks import WIDE, Chart, Mark, drawn
from scripts.charts.patterns import definitions, paint
from scripts.charts.sheet import Look, Sheet

LAYER = re.compile(r"layer_(\d+)_marks")
NUMBER = re.compile(r"-?\d*\.?\d+(?:[eE][-+]?\d+)?")
PAIR = re.compile(r"translate\(([^,]+),([^)]+)\)")
BROKEN = re.compile(r"NaN|Infinity|undefined|null")
SIGNS = "+-\N{MINUS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}"  # a sentence says them in words
WORDS = {"figure": "data-fact", "label": "data-label", "axis": "data-axis"}


def finish(chart: Chart, sheet: Sheet, vega: str, description: str) -> str:
    identity = f"{chart.id}-{'w' if sheet.width == WIDE else 'n'}"
    root = _root(chart, sheet, identity, description)
    looks = [look for look, _ in sheet.layers()]
    roles = [look.css.partition("role-")[2] for look in looks if look.mark == "rect"]
    defs = definitions(identity, roles)
    if defs is not None:
        root.append(defs)
    picture = ET.SubElement(root, "g", {"aria-hidden": "true"})
    shapes, texts = _copy(ET.fromstring(vega), looks, picture, identity)
    _same(chart, "shapes", shapes, Counter(mark.fact for mark in drawn(chart)))
    _same(chart, "numbers", texts, Counter((mark.fact, mark.text) for mark in numbered(chart)))
    return ET.tostring(root, encoding="unicode")


def numbered(chart: Chart) -> list[Mark]:
    """Marks whose number is printed: all, but on the lines of multiples only the last and what is missing."""
    if chart.kind != "multiples":
        return list(chart.marks)
    order = {step: index for index, step in enumerate(chart.steps or dict.fromkeys(m.at for m in drawn(chart)))}
    last = {}
    for mark in sorted(drawn(chart), key=lambda mark: order[mark.at]):
        last[mark.series or mark.label] = mark
    return [m for m in chart.marks if m.value is None or m.role == "total" or any(m is each for each in last.values())]


def facts_of(chart: Chart, text: str) -> str:
    """Keys of the facts that a sentence prints, for the reader that checks it."""
    keys = [mark.fact for mark in chart.marks if _printed(mark.text.lstrip(SIGNS), text)]
    return " ".join(dict.fromkeys(keys))


def _printed(number: str, text: str) -> bool:
    """Whether the words stand in the text as a whole, not as digits of a longer number."""
    return bool(re.search(rf"(?<![\d.,]){re.escape(number)}(?![.,]?\d)", text))


def _root(chart: Chart, sheet: Sheet, identity: str, description: str) -> ET.Element:
    width, height = str(sheet.width), str(round(sheet.height))
    place = {"width": width, "height": height, "viewBox": f"0 0 {width} {height}"}
    size = "wide" if sheet.width == WIDE else "narrow"
    names = {"aria-labelledby": f"{identity}-t", "aria-describedby": f"{identity}-d"}
    root = ET.Element("svg", {"class": f"drawing {size}", "role": "img", **names, **place})
    facts = " ".join(dict.fromkeys([*facts_of(chart, chart.title).split(), *chart.facts]))
    ET.SubElement(root, "title", {"id": f"{identity}-t", "data-facts": facts}).text = chart.title
    about = {"id": f"{identity}-d", "data-facts": facts_of(chart, description)}
    ET.SubElement(root, "desc", about).text = description
    return root


def _copy(vega: ET.Element, looks: list[Look], picture: ET.Element, identity: str) -> tuple[Counter, Counter]:
    """Redraw each layer as one plain group; returns which facts have a shape and which a number."""
    groups: dict[int, ET.Element] = {}
    shapes, texts = Counter(), Counter()
    for drawn_group in vega.iter():
        found = LAYER.search(drawn_group.get("class") or "")
        if not found:
            continue
        look = looks[int(found[1])]
        if int(found[1]) not in groups:
            groups[int(found[1])] = ET.SubElement(picture, "g", _group(look, identity))
        for item in drawn_group:
            copy = _text(item, look) if look.mark == "text" else _shape(item)
            groups[int(found[1])].append(copy)
            if look.counted:
                shapes[item.get("aria-label")] += 1
            if "data-fact" in copy.attrib:
                texts[copy.get("data-fact"), "".join(copy.itertext())] += 1
    return shapes, texts


def _group(look: Look, identity: str) -> dict[str, str]:
    fill = paint(identity, look.css.partition("role-")[2]) if look.mark == "rect" else None
    return {"class": look.css} | ({"fill": fill} if fill else {})


def _shape(item: ET.Element) -> ET.Element:
    kept = {name: _short(item.get(name)) for name in ("d", "transform", "x2", "y2") if item.get(name) is not None}
    return ET.Element(_tag(item), kept)


def _text(item: ET.Element, look: Look) -> ET.Element:
    """The words where Vega put them; a name of several lines keeps one <text>, each further line a <tspan>."""
    x, y = PAIR.search(item.get("transform")).groups()
    mark = WORDS[look.css.split()[0]]
    said = {mark: item.get("aria-label") or "" if mark == "data-fact" else "", "x": _short(x), "y": _short(y)}
    anchor = item.get("text-anchor")
    text = ET.Element("text", said | ({"text-anchor": anchor} if anchor in ("middle", "end") else {}))
    first, *rest = list(item) or [item]
    text.text = first.text
    for line in rest:
        ET.SubElement(text, "tspan", {"x": _short(x), "dy": _short(line.get("dy"))}).text = line.text
    return text


def _tag(item: ET.Element) -> str:
    return item.tag.rpartition("}")[2]


def _short(value: str) -> str:
    """Numbers to a hundredth of a pixel, which is all an eye and a byte count need."""
    if BROKEN.search(value):
        raise ValueError(f"not a place: {value}")
    return NUMBER.sub(lambda found: f"{round(float(found[0]), 2) + 0.0:.2f}".rstrip("0").rstrip("."), value)


def _same(chart: Chart, what: str, found: Counter, wanted: Counter) -> None:
    if found != wanted:
        raise ValueError(f"chart {chart.id}: {what} drawn are not the marks given: {found - wanted}, {wanted - found}")
