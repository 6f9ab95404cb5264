"""From specification to Vega's own SVG, inside this process, with our font and without any network."""

from functools import cache

from scripts.charts.measure import FONTS

VEGA_LITE = "6.4"  # the version whose output finish.py reads


@cache
def _converter():
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert


def vega_svg(specification: str) -> str:
    return _converter().vegalite_to_svg(specification, vl_version=VEGA_LITE, allowed_base_urls=[])
