"""Charts as static SVG: Altair specification, Vega drawing, our finish. A chart shows facts, one mark each.

`draw(chart)` gives the same picture 680 and 280 px wide, to be shown at its own size; `figure(chart)` gives the markup
around both; `describe(chart)` gives the sentence for those who do not see it. Nothing in a drawing has a colour, a font
or a size of type: the theme dresses it by class (each is the class of one <g>):

    svg.drawing.wide, svg.drawing.narrow     the two drawings of a figure.chart
    .bar.role-R                              bars; R is one of the roles of Mark
    .stub.role-withheld                      fixed block in place of a hidden value
    .point.role-R                            signs at a value (square or circle by path)
    .line.role-R                             lines over time; .span joins two points of one row
    .goal.role-target over .halo             the target, 4 px, on a line of paper colour, 8 px
    .zero .base .whole .elapsed .step .tick  zero line, ground of a panel, 100 %, elapsed time, a year, a tick
    .rule .link .leader                      line over a panel, dotted link of floating bars, line from word to point
    text: .figure .figure.strong .label .label.strong .axis
    pattern.tile.role-R > .ground, .stripe or .dot      R: more less missing late other withheld

Bars of a role with a tile carry fill="url(#…)"; the theme must not set `fill` on them.
"""

from scripts.charts.describe import describe
from scripts.charts.drawing import Drawing, draw, figure
from scripts.charts.marks import Chart, Mark

__all__ = ["Chart", "Drawing", "Mark", "describe", "draw", "figure"]
