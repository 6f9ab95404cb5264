"""One chart drawn at both widths, and the figure around the two drawings."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape, unescape

from scripts.charts import bullet, dots, multiples, rows, slope
from scripts.charts.describe import describe
from scripts.charts.finish import finish
from scripts.charts.marks import NARROW, WIDE, Chart, check, worded
from scripts.charts.render import vega_svg
from scripts.charts.spec import build

LINKED = re.compile(r'data-fact="([^"]*)"')
LAYOUTS = {
    "bars": rows.lay,
    "bridge": rows.lay,
    "flow": rows.lay,
    "bullet": bullet.lay,
    "dots": dots.lay,
    "slope": slope.lay,
    "multiples": multiples.lay,
}


@dataclass(frozen=True, slots=True)
class Drawing:
    """The same picture twice, each an inline <svg> of fixed size."""

    wide: str
    narrow: str


@lru_cache(maxsize=1024)
def draw(chart: Chart) -> Drawing:
    """Equal charts are drawn once a process; ValueError where a chart could not be drawn truthfully."""
    check(chart)
    chart = worded(chart)
    description = chart.description or describe(chart)
    return Drawing(*(_drawn(chart, width, description) for width in (WIDE, NARROW)))


def _drawn(chart: Chart, width: int, description: str) -> str:
    sheet = LAYOUTS[chart.kind](chart, width)
    return finish(chart, sheet, vega_svg(build(sheet)), description)


def figure(chart: Chart, finding_html: str | None = None, how_html: str | None = None,
           caption_html: str | None = None) -> str:  # fmt: skip
    """<figure class="chart">; the *_html hold the same words with their numbers linked, ready markup.

    Facts linked in the finding are those the plain title speaks of.
    """
    linked = tuple(unescape(key) for key in LINKED.findall(finding_html or ""))
    drawing = draw(replace(chart, facts=tuple(dict.fromkeys((*chart.facts, *linked)))))
    finding, how = finding_html or escape(chart.title), how_html or escape(chart.how)
    caption = caption_html or escape(chart.caption)
    return "\n".join(
        [
            f'<figure class="chart" id="c-{chart.id}">',
            f'<h3 class="finding">{finding}</h3>',
            *([f'<p class="how">{how}</p>'] if how else []),
            drawing.wide,
            drawing.narrow,
            *([f"<figcaption>{caption}</figcaption>"] if caption else []),
            "</figure>",
        ]
    )
