"""From the drawing board to a Vega-Lite specification, by Altair; layers are named by their number."""

import json

from scripts.charts.measure import FAMILY
from scripts.charts.sheet import LINE, Look, Scale, Sheet

CHANNELS = {
    "rect": ("x", "x2", "y", "y2"),
    "rule": ("x", "x2", "y", "y2"),
    "line": ("x", "y"),
    "point": ("x", "y"),
    "text": ("x", "y"),
}


def build(sheet: Sheet) -> str:
    """Canonical JSON: equal sheets give equal text."""
    import altair
    from altair.utils.schemapi import debug_mode

    with debug_mode(False):  # else every object is validated when made, at thrice the cost of the drawing
        layers = [_layer(altair, f"layer_{index}", look, items) for index, (look, items) in enumerate(sheet.layers())]
        chart = altair.layer(*layers, **_page(altair, sheet))
        return json.dumps(chart.to_dict(validate=False), sort_keys=True, ensure_ascii=False)


def _page(altair, sheet: Sheet) -> dict:
    """A view of exactly the sheet's size, each layer with scales of its own."""
    independent = altair.ScaleResolveMap(x="independent", y="independent")
    return {
        "width": sheet.width,
        "height": round(sheet.height),
        "padding": 0,
        "autosize": "none",
        "resolve": altair.Resolve(scale=independent),
        "config": altair.Config(font=FAMILY, view=altair.ViewConfig(stroke=None)),
    }


def _layer(altair, name: str, look: Look, items: list[dict]):
    values = [{field: _number(value) for field, value in item.items()} for item in items]
    chart = altair.Chart(altair.InlineData(values=values), name=name)
    return _marked(chart, look).encode(**_encoding(altair, look))


def _number(value: object) -> object:
    """Exact values become floats here, where they are about to be lengths."""
    return value if isinstance(value, (str, list)) else float(value)


def _marked(chart, look: Look):
    if look.mark == "text":
        return chart.mark_text(align=look.align, baseline="middle", fontSize=16, lineHeight=LINE, limit=0, dx=look.dx)
    if look.mark == "point":
        return chart.mark_point(shape=look.shape, size=look.size, filled=True)
    return {"rect": chart.mark_rect, "rule": chart.mark_rule, "line": chart.mark_line}[look.mark]()


def _encoding(altair, look: Look) -> dict:
    channels = {"x": altair.X, "x2": altair.X2, "y": altair.Y, "y2": altair.Y2}
    encoding = {}
    for channel in CHANNELS[look.mark]:
        scale = _scale(altair, look.x if channel.startswith("x") else look.y)
        own = {} if channel.endswith("2") else {"type": "quantitative", "scale": scale, "axis": None}
        encoding[channel] = channels[channel](channel, **own)
    if look.mark == "line":
        encoding |= {"detail": altair.Detail("run", type="nominal"), "order": altair.Order("x", type="quantitative")}
    if look.mark == "text":
        encoding["text"] = altair.Text("text", type="nominal")
    if look.counted or look.css.startswith("figure"):
        encoding["description"] = altair.Description("key", type="nominal")
    return encoding


def _scale(altair, scale: Scale | None):
    if scale is None:
        return None
    return altair.Scale(
        type="linear",
        domain=[float(scale.low), float(scale.high)],
        range=[scale.start, scale.end],
        nice=False,
        zero=False,
    )
