"""Charts: each kind as it is drawn, what a drawing may not hold, and that its lengths are the numbers."""

import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.charts import Chart, Mark, describe, draw, figure, measure
from scripts.charts.finish import numbered

WAN = 1_000_000  # fen
ROOT = Path(__file__).resolve().parents[1]

BRIDGE = Chart(
    "bridge", "bridge",
    (
        Mark("年初预算", 100 * WAN, "100.00", "y/approved", "start"),
        Mark("追加", 25 * WAN, "25.00", "y/more", "more", start=100 * WAN),
        Mark("收回", -5 * WAN, "-5.00", "y/less", "less", start=125 * WAN),
        Mark("全年预算", 120 * WAN, "120.00", "y/adjusted", "total"),
        Mark("执行", 90 * WAN, "90.00", "y/executed", "done"),
        Mark("没有用完", 30 * WAN, "30.00", "y/left", "unspent", start=90 * WAN),
    ),
    "追加 25.00 万元，收回 5.00 万元", "2025 年，万元。", "万元",
)  # fmt: skip
FLOW = Chart(
    "flow", "flow",
    (
        Mark("下达", 40 * WAN, "40.00", "p/allotted", "total"),
        Mark("没有到账", 10 * WAN, "10.00", "p/missing", "missing", start=30 * WAN),
        Mark("到账", 30 * WAN, "30.00", "p/arrived", "plan"),
        Mark("支付", 24 * WAN, "24.00", "p/paid", "done"),
        Mark("结余", 6 * WAN, "6.00", "p/left", "unspent", start=24 * WAN),
    ),
    "还有 10.00 万元没到账", "万元。", "万元",
)  # fmt: skip
BARS = Chart(
    "bars", "bars",
    (
        Mark("社会保障和就业支出", 80 * WAN, "80.00", "f/208", "done"),
        Mark("住房保障支出", 20 * WAN, "20.00", "f/221", "other"),
        Mark("其他支出", None, "不公开", "f/229", "done"),
    ),
    "社会保障和就业花得最多", "2024 年，万元。", "万元",
)  # fmt: skip
BULLET = Chart(
    "bullet", "bullet",
    (
        Mark("救助儿童", 108, "108 人", "i/children", "done"),
        Mark("救助儿童", 100, "100 人", "i/children-target", "target"),
        Mark("家长满意", Fraction(45, 100), "45.0%", "i/pleased", "missing"),
        Mark("家长满意", Fraction(9, 10), "90%", "i/pleased-target", "target"),
    ),
    "两项指标一项没有达到", "粗竖线是目标。",
)  # fmt: skip
DOTS = Chart(
    "dots", "dots",
    (
        Mark("过程", Fraction(3, 4), "15.0", "d/process/third", "third", "过程"),
        Mark("过程", Fraction(1), "20.0", "d/process/self", "self", "过程"),
        Mark("过程", 20, "20", "d/process/full", "total", "过程"),
        Mark("效果", None, "未公布", "d/effect/third", "third", "效果"),
        Mark("效果", Fraction(9, 10), "18.0", "d/effect/self", "self", "效果"),
    ),
    "过程一项第三方 15.0 分，自评 20.0 分", "从 60% 起。",
)  # fmt: skip
SLOPE = Chart(
    "slope", "slope",
    (
        Mark("康复", 50 * WAN, "50.00", "s/2024/a", "done", at=2024),
        Mark("康复", 80 * WAN, "80.00", "s/2025/a", "done", at=2025),
        Mark("就业", 40 * WAN, "40.00", "s/2024/b", "done", at=2024),
        Mark("就业", None, "未公布", "s/2025/b", "done", at=2025),
    ),
    "康复从 50.00 万元到 80.00 万元", "万元。", "万元",
)  # fmt: skip
MULTIPLES = Chart(
    "multiples", "multiples",
    (
        Mark("就业", Fraction(1, 10), "10.0%", "m/a/3", "done", at="3月"),
        Mark("就业", Fraction(4, 10), "40.0%", "m/a/6", "missing", at="6月"),
        Mark("康复", 1, "200.00 万元", "m/b/whole", "total"),
        Mark("康复", Fraction(3, 10), "30.0%", "m/b/3", "done", at="3月"),
        Mark("康复", Fraction(5, 10), "50.0%", "m/b/6", "done", at="6月"),
    ),
    "就业只花了 40.0%", "截至 6 月。", steps=("3月", "6月", "9月", "12月"),
)  # fmt: skip
KINDS = (BRIDGE, FLOW, BARS, BULLET, DOTS, SLOPE, MULTIPLES)
each_kind = pytest.mark.parametrize("chart", KINDS, ids=lambda chart: chart.kind)


def picture(svg: str) -> ET.Element:
    return ET.fromstring(svg)


def both(chart: Chart) -> list[ET.Element]:
    drawing = draw(chart)
    return [picture(drawing.wide), picture(drawing.narrow)]


def group(root: ET.Element, css: str) -> list[ET.Element]:
    return [item for g in root.iter("g") if g.get("class") == css for item in g]


def outline(svg: str) -> str:
    """Every group of a drawing with what it holds, one line each."""
    lines = []
    for g in picture(svg).findall("g/g"):
        lines.append(" ".join([g.get("class"), *filter(None, [g.get("fill")])]))
        lines += [f"  {_shown(item)}" for item in g]
    return "\n".join(lines)


def _shown(item: ET.Element) -> str:
    if item.tag == "text":
        key = item.get("data-fact") or ("label" if "data-label" in item.attrib else "axis")
        return f"{item.get('x')},{item.get('y')} {item.get('text-anchor', 'start')} {key}: {'/'.join(item.itertext())}"
    if item.tag == "line":
        return f"{item.get('transform')} to {item.get('x2')},{item.get('y2')}"
    return " ".join(filter(None, [item.get("transform"), item.get("d")]))


def box(path: str) -> tuple[float, float, float, float]:
    """Left, top, width, height of a bar as Vega writes it."""
    found = re.fullmatch(r"M([-\d.]+),([-\d.]+)h([-\d.]+)v([-\d.]+)h[-\d.]+Z", path)
    return tuple(map(float, found.groups()))


# ---- each kind, whole

EXPECTED = {
    ("bridge", "wide"): """
bar role-start
  M104,9h409.78v26h-409.78Z
bar role-more url(#bridge-w-more)
  M513.78,53h102.44v26h-102.44Z
bar role-less url(#bridge-w-less)
  M595.73,97h20.49v26h-20.49Z
bar role-total
  M104,141h491.73v26h-491.73Z
bar role-done
  M104,185h368.8v26h-368.8Z
bar role-unspent
  M472.8,229h122.93v26h-122.93Z
link
  translate(513.78,35) to 0,18
  translate(616.22,79) to 0,18
  translate(595.73,123) to 0,18
  translate(472.8,211) to 0,18
zero
  translate(104,0) to 0,264
label strong
  0,27 start label: 年初预算
  22,159 start label: 全年预算
  0,203 start label: 执行
figure strong
  521.78,27 start y/approved: 100.00
  603.73,159 start y/adjusted: 120.00
  480.8,203 start y/executed: 90.00
axis
  0,71 start axis: ＋
  0,115 start axis: －
  0,159 start axis: ＝
label
  22,71 start label: 追加
  22,115 start label: 收回
  0,247 start label: 没有用完
figure
  624.22,71 start y/more: 25.00
  624.22,115 start y/less: -5.00
  603.73,247 start y/left: 30.00
""",
    ("bridge", "narrow"): """
bar role-start
  M1,25h222.4v20h-222.4Z
bar role-more url(#bridge-n-more)
  M223.4,85h55.6v20h-55.6Z
bar role-less url(#bridge-n-less)
  M267.88,145h11.12v20h-11.12Z
bar role-total
  M1,205h266.88v20h-266.88Z
bar role-done
  M1,265h200.16v20h-200.16Z
bar role-unspent
  M201.16,325h66.72v20h-66.72Z
link
  translate(223.4,45) to 0,8
  translate(279,105) to 0,8
  translate(267.88,165) to 0,8
  translate(201.16,285) to 0,8
label strong
  0,16 start label: 年初预算
  22,196 start label: 全年预算
  0,256 start label: 执行
figure strong
  280,16 end y/approved: 100.00
  280,196 end y/adjusted: 120.00
  280,256 end y/executed: 90.00
axis
  0,76 start axis: ＋
  0,136 start axis: －
  0,196 start axis: ＝
label
  22,76 start label: 追加
  22,136 start label: 收回
  0,316 start label: 没有用完
figure
  280,76 end y/more: 25.00
  280,136 end y/less: -5.00
  280,316 end y/left: 30.00
""",
    ("flow", "wide"): """
bar role-total
  M82,9h543.63v26h-543.63Z
bar role-missing url(#flow-w-missing)
  M489.73,53h135.91v26h-135.91Z
bar role-plan
  M82,97h407.73v26h-407.73Z
bar role-done
  M82,141h326.18v26h-326.18Z
bar role-unspent
  M408.18,185h81.55v26h-81.55Z
link
  translate(625.63,35) to 0,18
  translate(489.73,79) to 0,18
  translate(408.18,167) to 0,18
zero
  translate(82,0) to 0,220
label strong
  0,27 start label: 下达
  0,159 start label: 支付
figure strong
  633.63,27 start p/allotted: 40.00
  416.18,159 start p/paid: 24.00
label
  0,71 start label: 没有到账
  0,115 start label: 到账
  0,203 start label: 结余
figure
  633.63,71 start p/missing: 10.00
  497.73,115 start p/arrived: 30.00
  497.73,203 start p/left: 6.00
""",
    ("flow", "narrow"): """
bar role-total
  M1,25h278v20h-278Z
bar role-missing url(#flow-n-missing)
  M209.5,85h69.5v20h-69.5Z
bar role-plan
  M1,145h208.5v20h-208.5Z
bar role-done
  M1,205h166.8v20h-166.8Z
bar role-unspent
  M167.8,265h41.7v20h-41.7Z
link
  translate(279,45) to 0,8
  translate(209.5,105) to 0,8
  translate(167.8,225) to 0,8
label strong
  0,16 start label: 下达
  0,196 start label: 支付
figure strong
  280,16 end p/allotted: 40.00
  280,196 end p/paid: 24.00
label
  0,76 start label: 没有到账
  0,136 start label: 到账
  0,256 start label: 结余
figure
  280,76 end p/missing: 10.00
  280,136 end p/arrived: 30.00
  280,256 end p/left: 6.00
""",
    ("bars", "wide"): """
bar role-done
  M162,9h458v26h-458Z
bar role-other url(#bars-w-other)
  M162,53h114.5v26h-114.5Z
stub role-withheld url(#bars-w-withheld)
  M162,102h32v16h-32Z
zero
  translate(162,0) to 0,132
label
  0,27 start label: 社会保障和就业支出
  0,71 start label: 住房保障支出
  0,115 start label: 其他支出
figure strong
  628,27 start f/208: 80.00
  284.5,71 start f/221: 20.00
figure
  202,115 start f/229: 不公开
""",
    ("bars", "narrow"): """
bar role-done
  M1,25h278v20h-278Z
bar role-other url(#bars-n-other)
  M1,85h69.5v20h-69.5Z
stub role-withheld url(#bars-n-withheld)
  M1,147h32v16h-32Z
label
  0,16 start label: 社会保障和就业支出
  0,76 start label: 住房保障支出
  0,136 start label: 其他支出
figure strong
  280,16 end f/208: 80.00
  280,76 end f/221: 20.00
  280,136 end f/229: 不公开
""",
    ("bullet", "wide"): """
bar role-done
  M82,37h459.2v26h-459.2Z
bar role-missing url(#bullet-w-missing)
  M82,81h212.59v26h-212.59Z
halo
  translate(507.19,33) to 0,34
  translate(507.19,77) to 0,34
goal role-target
  translate(507.19,33) to 0,34
  translate(507.19,77) to 0,34
axis
  507.19,15 middle axis: 目标
axis
  680,15 end axis: 目标
  611.78,15 end axis: 实际
label
  0,55 start label: 救助儿童
  0,99 start label: 家长满意
figure strong
  611.78,55 end i/children: 108 人
  611.78,99 end i/pleased: 45.0%
figure
  680,55 end i/children-target: 100 人
  680,99 end i/pleased-target: 90%
""",
    ("bullet", "narrow"): """
bar role-done
  M1,51h278v20h-278Z
bar role-missing url(#bullet-n-missing)
  M1,145h128.7v20h-128.7Z
halo
  translate(258.41,47) to 0,28
  translate(258.41,141) to 0,28
goal role-target
  translate(258.41,47) to 0,28
  translate(258.41,141) to 0,28
label
  0,16 start label: 救助儿童
  0,110 start label: 家长满意
figure strong
  0,38 start i/children: 108 人
  0,132 start i/pleased: 45.0%
figure
  280,38 end i/children-target: 100 人
  280,132 end i/pleased-target: 90%
axis
  225.78,38 end axis: 目标
  239.5,132 end axis: 目标
""",
    ("dots", "wide"): """
stub role-withheld url(#dots-w-withheld)
  M116,123h32v16h-32Z
span
  translate(281.09,51) to 275.15,0
whole
  translate(556.24,28) to 0,122
zero
  translate(116,150) to 440.24,0
tick
  translate(116,150) to 0,5
  translate(226.06,150) to 0,5
  translate(336.12,150) to 0,5
  translate(446.18,150) to 0,5
  translate(556.24,150) to 0,5
point role-third
  translate(281.09,51) M-6,-6h12v12h-12Z
point role-self
  translate(556.24,51) M6,0A6,6,0,1,1,-6,0A6,6,0,1,1,6,0
  translate(446.18,97) M6,0A6,6,0,1,1,-6,0A6,6,0,1,1,6,0
label strong
  0,56 start label: 过程
  0,102 start label: 效果
figure
  680,56 end d/process/full: 20
axis
  656.24,56 end axis: 满分
axis
  281.09,31 middle axis: 第三方
  556.24,31 middle axis: 自评
  116,171 middle axis: 从 60% 起
  226.06,171 middle axis: 70%
  336.12,171 middle axis: 80%
  446.18,171 middle axis: 90%
  556.24,171 middle axis: 100%
figure strong
  269.09,56 end d/process/third: 15.0
figure
  568.24,56 start d/process/self: 20.0
  458.18,102 start d/effect/self: 18.0
  210,136 start d/effect/third: 未公布
axis
  156,136 start axis: 第三方
""",
    ("dots", "narrow"): """
stub role-withheld url(#dots-n-withheld)
  M0,137h32v16h-32Z
span
  translate(121.5,58) to 92.5,0
whole
  translate(214,46) to 0,24
  translate(214,108) to 0,24
zero
  translate(66,164) to 148,0
tick
  translate(66,164) to 0,5
  translate(214,164) to 0,5
point role-third
  translate(121.5,58) M-6,-6h12v12h-12Z
point role-self
  translate(214,58) M6,0A6,6,0,1,1,-6,0A6,6,0,1,1,6,0
  translate(177,120) M6,0A6,6,0,1,1,-6,0A6,6,0,1,1,6,0
label strong
  0,16 start label: 过程
  0,100 start label: 效果
figure
  280,16 end d/process/full: 20
axis
  256.24,16 end axis: 满分
axis
  121.5,38 middle axis: 第三方
  214,38 middle axis: 自评
  66,185 middle axis: 从 60% 起
  214,185 middle axis: 100%
figure strong
  109.5,63 end d/process/third: 15.0
figure
  226,63 start d/process/self: 20.0
  189,125 start d/effect/self: 18.0
  94,150 start d/effect/third: 未公布
axis
  40,150 start axis: 第三方
""",
    ("slope", "wide"): """
stub role-withheld url(#slope-w-withheld)
  M550,246h32v16h-32Z
step
  translate(70,30) to 0,240
  translate(566,30) to 0,240
base
  translate(70,262) to 496,0
leader
  translate(62,124.5) to -10,0
  translate(62,152) to -10,0
  translate(574,42) to 10,0
  translate(582,254) to 2,0
line role-done
  M70,124.5L566,42
  M70,152Z
point role-done
  translate(70,124.5) M4.5,0A4.5,4.5,0,1,1,-4.5,0A4.5,4.5,0,1,1,4.5,0
  translate(566,42) M4.5,0A4.5,4.5,0,1,1,-4.5,0A4.5,4.5,0,1,1,4.5,0
  translate(70,152) M4.5,0A4.5,4.5,0,1,1,-4.5,0A4.5,4.5,0,1,1,4.5,0
axis
  566,15 middle axis: 2025 年
  70,15 middle axis: 2024 年
figure strong
  48,129.5 end s/2024/a: 50.00
  48,157 end s/2024/b: 40.00
figure strong
  588,47 start s/2025/a: 80.00
  588,259 start s/2025/b: 未公布
label
  648,47 start label: 康复
  648,259 start label: 就业
""",
    ("slope", "narrow"): """
stub role-withheld url(#slope-n-withheld)
  M256,272h32v16h-32Z
base
  translate(0,122) to 280,0
  translate(0,288) to 280,0
line role-done
  M8,74.5L272,46
line role-done
  M8,250Z
point role-done
  translate(8,74.5) M4.5,0A4.5,4.5,0,1,1,-4.5,0A4.5,4.5,0,1,1,4.5,0
  translate(272,46) M4.5,0A4.5,4.5,0,1,1,-4.5,0A4.5,4.5,0,1,1,4.5,0
point role-done
  translate(8,250) M4.5,0A4.5,4.5,0,1,1,-4.5,0A4.5,4.5,0,1,1,4.5,0
label strong
  0,16 start label: 康复
  0,182 start label: 就业
figure strong
  0,62.5 start s/2024/a: 50.00
  237.63,34 start s/2025/a: 80.00
  0,238 start s/2024/b: 40.00
  232,268 start s/2025/b: 未公布
axis
  254.17,141 middle axis: 2025 年
  25.83,141 middle axis: 2024 年
  254.17,307 middle axis: 2025 年
  25.83,307 middle axis: 2024 年
""",
    ("multiples", "wide"): """
rule
  translate(0,1) to 208,0
  translate(236,1) to 208,0
whole
  translate(1,56) to 144.43,0
  translate(237,56) to 144.43,0
base
  translate(1,152) to 144.43,0
  translate(237,152) to 144.43,0
elapsed
  translate(1,152) to 144.43,-96
  translate(237,152) to 144.43,-96
leader
  translate(35,81) to 28.99,25.8
line role-done
  M1,152L37.11,142.4L73.21,113.6
  M237,152L273.11,123.2L309.21,104
point role-done
  translate(37.11,142.4) M3,0A3,3,0,1,1,-3,0A3,3,0,1,1,3,0
  translate(273.11,123.2) M3,0A3,3,0,1,1,-3,0A3,3,0,1,1,3,0
point role-missing
  translate(73.21,113.6) M-5.24,-5.24h10.49v10.49h-10.49Z
point role-done
  translate(309.21,104) M-5.24,-5.24h10.49v10.49h-10.49Z
label strong
  0,22 start label: 就业
  236,22 start label: 康复
axis
  145.43,172 middle axis: 12月
  73.21,172 middle axis: 6月
  37.11,172 middle axis: 3月
  381.43,172 middle axis: 12月
  309.21,172 middle axis: 6月
  273.11,172 middle axis: 3月
figure strong
  83.21,118.6 start m/a/6: 40.0%
  319.21,109 start m/b/6: 50.0%
axis
  1,50 start axis: 100%
  1,75 start axis: 虚线：时间进度
figure
  276,22 start m/b/whole: 200.00 万元
""",
    ("multiples", "narrow"): """
rule
  translate(0,1) to 280,0
  translate(0,201) to 280,0
whole
  translate(1,56) to 216.43,0
  translate(1,256) to 216.43,0
base
  translate(1,152) to 216.43,0
  translate(1,352) to 216.43,0
elapsed
  translate(1,152) to 216.43,-96
  translate(1,352) to 216.43,-96
leader
  translate(35,81) to 61.39,25.8
line role-done
  M1,152L55.11,142.4L109.21,113.6
line role-done
  M1,352L55.11,323.2L109.21,304
point role-done
  translate(55.11,142.4) M3,0A3,3,0,1,1,-3,0A3,3,0,1,1,3,0
point role-missing
  translate(109.21,113.6) M-5.24,-5.24h10.49v10.49h-10.49Z
point role-done
  translate(55.11,323.2) M3,0A3,3,0,1,1,-3,0A3,3,0,1,1,3,0
point role-done
  translate(109.21,304) M-5.24,-5.24h10.49v10.49h-10.49Z
label strong
  0,22 start label: 就业
  0,222 start label: 康复
axis
  217.43,172 middle axis: 12月
  109.21,172 middle axis: 6月
  55.11,172 middle axis: 3月
  217.43,372 middle axis: 12月
  109.21,372 middle axis: 6月
  55.11,372 middle axis: 3月
figure strong
  119.21,118.6 start m/a/6: 40.0%
  119.21,309 start m/b/6: 50.0%
axis
  1,50 start axis: 100%
  1,75 start axis: 虚线：时间进度
figure
  40,222 start m/b/whole: 200.00 万元
""",
}


@each_kind
@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_each_kind_is_drawn_like_this(chart, size):
    assert outline(getattr(draw(chart), size)) == EXPECTED[chart.kind, size].strip()


def test_the_whole_markup_of_a_drawing():
    chart = Chart("one", "bars", (Mark("康复", 5, "0.05", "k/康复", "more"),), "康复 0.05 元", "元。", "元")
    assert draw(chart).narrow == (
        '<svg class="drawing narrow" role="img" aria-labelledby="one-n-t" aria-describedby="one-n-d" width="280" '
        'height="46" viewBox="0 0 280 46">'
        '<title id="one-n-t" data-facts="k/康复">康复 0.05 元'
        '</title>'
        '<desc id="one-n-d" data-facts="k/康复">横条图，单位元。只有康复 0.05。'
        '</desc>'
        '<defs>'
        '<pattern id="one-n-more" class="tile role-more" width="8" height="8" patternUnits="userSpaceOnUse">'
        '<rect class="ground" width="8" height="8" />'
        '<path class="stripe" d="M-2,2L2,-2M0,8L8,0M6,10L10,6" />'
        '</pattern>'
        '</defs>'
        '<g aria-hidden="true">'
        '<g class="bar role-more" fill="url(#one-n-more)">'
        '<path d="M1,25h278v20h-278Z" />'
        '</g>'
        '<g class="label">'
        '<text data-label="" x="0" y="16">康复'
        '</text>'
        '</g>'
        '<g class="figure strong">'
        '<text data-fact="k/康复" x="280" y="16" text-anchor="end">0.05'
        '</text>'
        '</g>'
        '</g>'
        '</svg>'
    )


def test_a_figure_holds_both_drawings_between_its_finding_and_its_caption():
    chart = replace(BARS, caption="其他支出不公开：人数少。")
    drawing = draw(chart)
    assert figure(chart) == "\n".join([
        '<figure class="chart" id="c-bars">',
        '<h3 class="finding">社会保障和就业花得最多</h3>',
        '<p class="how">2024 年，万元。</p>',
        drawing.wide,
        drawing.narrow,
        "<figcaption>其他支出不公开：人数少。</figcaption>",
        "</figure>",
    ])  # fmt: skip


def test_facts_linked_in_the_finding_are_those_the_title_speaks_of():
    drawn = figure(BRIDGE, '追加 <data data-fact="y/a&amp;b" value="2">25.00</data>', how_html="<b>万元</b>")
    titles = re.findall(r'<title id="bridge-[wn]-t" data-facts="([^"]*)">追加 25.00 万元，收回 5.00 万元</title>', drawn)
    assert titles == ["y/more y/less y/a&amp;b"] * 2
    assert '<h3 class="finding">追加 <data' in drawn
    assert '<p class="how"><b>万元</b></p>' in drawn


def test_text_from_data_stays_text():
    evil = Mark('<script>"&', 5, "0.05", 'k/"><b', "done")
    chart = Chart("evil", "bars", (evil,), "<i>题</i>", "<u>", caption="<s>")
    html = figure(chart)
    assert not re.search(r"<(script|b|i|u|s)\b", html)
    for root in both(chart):
        assert [text.get("data-fact") for text in root.iter("text") if "data-fact" in text.attrib] == ['k/"><b']
        assert "".join(group(root, "label")[0].itertext()) == '<script>"&'


# ---- what a drawing holds, and what not


@each_kind
def test_numbers_in_a_drawing_are_the_texts_of_its_marks(chart):
    wanted = Counter((mark.fact, mark.text) for mark in numbered(chart))
    for root in both(chart):
        texts = [text for text in root.iter("text") if "data-fact" in text.attrib]
        assert Counter((text.get("data-fact"), "".join(text.itertext())) for text in texts) == wanted


def test_lines_of_multiples_print_the_last_number_and_every_missing_one():
    marks = [replace(mark, value=None, text="未公布") if mark.fact == "m/a/3" else mark for mark in MULTIPLES.marks]
    found = numbered(replace(MULTIPLES, marks=tuple(marks)))
    assert [mark.fact for mark in found] == ["m/a/3", "m/a/6", "m/b/whole", "m/b/6"]


@each_kind
def test_names_of_rows_stand_whole_in_the_drawing(chart):
    names = {mark.series or mark.label for mark in chart.marks}
    for root in both(chart):
        assert {"".join(text.itertext()) for text in root.iter("text") if "data-label" in text.attrib} == names


@each_kind
def test_every_text_is_in_one_class(chart):
    classes = {"data-fact", "data-label", "data-axis"}
    for root in both(chart):
        assert all(len(classes & set(text.attrib)) == 1 for text in root.iter("text"))


@each_kind
def test_nothing_of_the_drawer_is_left(chart):
    drawing = draw(chart)
    for svg in (drawing.wide, drawing.narrow):
        assert not re.search(r"style=|aria-roledescription|aria-label=|font-|stroke|graphics-|http|#[0-9a-f]{3}", svg)
        assert not re.search(r"NaN|Infinity|…|\.\.\.", svg)
        assert set(re.findall(r'role="([^"]*)"', svg)) == {"img"}
        assert set(re.findall(r' fill="([^"]*)"', svg)) <= set(re.findall(r"url\(#[a-z-]+\)", svg))


@each_kind
def test_ids_are_unique_on_the_page_and_every_pattern_is_there(chart):
    html = figure(chart)
    ids = re.findall(r' id="([^"]*)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]*)\)", html)) <= set(ids)
    assert set(re.findall(r'aria-(?:labelledby|describedby)="([^"]*)"', html)) <= set(ids)


@each_kind
def test_two_drawings_keep_their_size(chart):
    wide, narrow = both(chart)
    for root, width in ((wide, 680), (narrow, 280)):
        assert root.get("width") == str(width)
        assert root.get("viewBox") == f"0 0 {width} {root.get('height')}"


LONG = "机关事业单位基本养老保险缴费支出和其他用于残疾人事业发展方面的支出（含上年结转）"


@each_kind
def test_long_names_wrap_inside_the_drawing(chart):
    marks = [replace(m, label=LONG + m.label, series=m.series and LONG + m.series) for m in chart.marks]
    for root in both(replace(chart, marks=tuple(marks))):
        for text in root.iter("text"):
            if "data-label" in text.attrib:
                start = float(text.get("x"))
                lines = [text.text, *(line.text for line in text)]
                assert len(lines) > 1
                assert all(start + measure.width(line) <= float(root.get("width")) + 1 for line in lines)


# ---- lengths


def test_bars_are_as_long_as_their_values():
    marks = tuple(Mark(f"第{n}项", n * 7, str(n), f"n/{n}", "done") for n in (0, 1, 5, 11, 100))
    for root in both(Chart("lengths", "bars", marks, "长短", "元。")):
        lengths = [box(path.get("d"))[2] for path in group(root, "bar role-done")]
        assert lengths == pytest.approx([lengths[-1] * n / 100 for n in (0, 1, 5, 11, 100)], abs=0.02)
        assert len({box(path.get("d"))[0] for path in group(root, "bar role-done")}) == 1


def test_floating_bars_begin_where_the_one_before_ended():
    for root in both(BRIDGE):
        roles = ("start", "more", "less", "total", "unspent")
        bars = {role: box(group(root, f"bar role-{role}")[0].get("d")) for role in roles}
        left, _, length, _ = bars["start"]
        unit = length / 100
        assert bars["more"][0] == pytest.approx(left + 100 * unit, abs=0.02)
        assert bars["more"][2] == pytest.approx(25 * unit, abs=0.02)
        assert bars["less"][0] == pytest.approx(left + 120 * unit, abs=0.02)
        assert bars["total"][2] == pytest.approx(120 * unit, abs=0.02)
        assert bars["unspent"][0] == pytest.approx(left + 90 * unit, abs=0.02)


def test_a_measure_is_as_long_as_its_share_of_the_target():
    for root in both(BULLET):
        done, short = (box(group(root, f"bar role-{role}")[0].get("d")) for role in ("done", "missing"))
        goal = re.match(r"translate\(([\d.]+)", group(root, "goal role-target")[0].get("transform"))
        assert done[2] / short[2] == pytest.approx(108 / 50, abs=0.01)
        assert float(goal[1]) - done[0] == pytest.approx(done[2] / 1.08, abs=0.02)


def test_years_stand_at_equal_steps_whatever_lies_between():
    marks = tuple(Mark("合计", n, str(n), f"t/{n}", "done", at=year) for year, n in ((2019, 5), (2022, 9), (2023, 7)))
    for root in both(Chart("steps", "slope", marks, "三年", "元。")):
        places = [float(re.search(r"\(([\d.]+)", p.get("transform"))[1]) for p in group(root, "point role-done")]
        assert places[1] - places[0] == pytest.approx(places[2] - places[1], abs=0.02)


@pytest.mark.parametrize("chart", [BARS, BRIDGE, SLOPE, MULTIPLES, DOTS], ids=lambda chart: chart.kind)
def test_a_hidden_value_leaves_no_trace_of_its_size_or_place(chart):
    """Whatever the hidden bar would have been, the drawing is the same to the byte."""
    before, mark, *after = chart.marks
    stubs = [replace(mark, value=None, text="不公开", start=start) for start in (0, 999 * WAN)]
    hidden = [replace(chart, marks=(before, stub, *after)) for stub in stubs]
    assert draw(hidden[0]) == draw(hidden[1])
    for root in both(hidden[0]):
        assert {box(path.get("d"))[2:] for path in group(root, "stub role-withheld")} == {(32.0, 16.0)}


def test_all_hidden_is_still_a_drawing():
    chart = replace(BARS, marks=tuple(replace(mark, value=None, text="不公开") for mark in BARS.marks))
    for root in both(chart):
        assert len(group(root, "stub role-withheld")) == 3


def test_a_blank_cell_is_said_to_be_blank():
    chart = Chart("blank", "bars", (Mark("甲", None, "", "b/1", "done"), Mark("乙", 1, "1", "b/2", "done")), "题", "")
    assert [text.text for text in group(both(chart)[0], "figure")] == ["空白"]
    assert describe(chart) == "横条图。已公布的各项中，只有乙 1。没有画出长度的是甲 空白。"


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(-(10**20), 10**20) | st.fractions(), min_size=1, max_size=4))
def test_no_exact_number_breaks_a_drawing(values):
    marks = tuple(Mark(f"行{n}", value, str(n), f"x/{n}", "done") for n, value in enumerate(values))
    for root in both(Chart("any", "bars", marks, "任意", "")):
        boxes = [box(path.get("d")) for path in group(root, "bar role-done")]
        width = float(root.get("width"))
        assert all(0 <= min(left, left + length) and max(left, left + length) <= width for left, _, length, _ in boxes)


# ---- what is refused


@pytest.mark.parametrize("value", [0.5, float("nan"), float("inf"), "5", 10**400])
def test_only_exact_numbers_of_this_world_are_drawn(value):
    with pytest.raises(ValueError, match="exact|too large"):
        draw(Chart("bad", "bars", (Mark("行", value, "5", "b/1", "done"),), "题", ""))


@pytest.mark.parametrize(
    "chart",
    [
        replace(BARS, id="Bad id"),
        replace(BARS, kind="pie"),
        replace(BARS, marks=()),
        replace(BARS, marks=(replace(BARS.marks[0], role="red"),)),
        replace(BARS, marks=(replace(BARS.marks[0], text=""),)),
        replace(BULLET, marks=BULLET.marks[:3]),
        replace(BULLET, marks=(BULLET.marks[0], replace(BULLET.marks[1], value=0))),
        replace(SLOPE, marks=(*SLOPE.marks, SLOPE.marks[0])),
        replace(SLOPE, steps=(2024,)),
        replace(MULTIPLES, marks=MULTIPLES.marks[2:3]),
        replace(DOTS, marks=(replace(DOTS.marks[0], value=Fraction(80)),)),
        replace(DOTS, marks=(DOTS.marks[0], DOTS.marks[0])),
    ],
)
def test_what_cannot_be_drawn_truthfully_is_refused(chart):
    with pytest.raises(ValueError):
        draw(chart)


# ---- the same bytes everywhere


def test_the_same_chart_is_the_same_to_the_byte_in_another_process_without_any_system_font(tmp_path):
    (tmp_path / "fonts.conf").write_text("<fontconfig/>", encoding="utf-8")
    code = "import sys; sys.stdout.reconfigure(encoding='utf-8'); from tests.test_charts import KINDS, figure\n"
    code += "print(''.join(map(figure, KINDS)), end='')"
    hidden = {"FONTCONFIG_FILE": str(tmp_path / "fonts.conf"), "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    clock = {"TZ": "Pacific/Apia", "LC_ALL": "C", "PYTHONHASHSEED": "7", "PYTHONUTF8": "1"}
    environment = os.environ | hidden | clock
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=True)
    assert done.stdout.decode("utf-8") == "".join(map(figure, KINDS))


def test_importing_charts_does_not_load_the_drawer():
    code = "import sys, scripts.charts; print({'altair', 'vl_convert', 'pandas'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


# ---- measuring


def test_a_line_breaks_between_han_but_never_inside_a_number_or_before_a_closing_mark():
    assert measure.wrap("补贴发给1,234.56万元（含上年）。", 80) == ["补贴发给", "1,234.56", "万元（含", "上年）。"]


def test_lines_of_a_name_are_much_alike():
    assert measure.wrap("参加家长课堂的家长对康复训练效果满意", 260) == ["参加家长课堂的家长", "对康复训练效果满意"]


def test_a_character_the_font_lacks_counts_as_a_square():
    assert measure.width("溁") == measure.width("县") == 16


# ---- in words


def said(*marks: Mark, kind: str = "bars", **more) -> str:
    return describe(Chart("said", kind, marks, "题", "", **more))


@pytest.mark.parametrize(
    ("chart", "words"),
    [
        (BRIDGE, "阶梯图，从年初到年底，单位万元。最多全年预算 120.00，最少收回 -5.00。依次是年初预算 100.00，全年预算 120.00，执行 90.00。"),
        (FLOW, "阶梯图，钱到哪一步，单位万元。最多下达 40.00，最少结余 6.00。依次是下达 40.00，到账 30.00，支付 24.00。"),
        (BARS, "横条图，单位万元。已公布的各项中，最多社会保障和就业支出 80.00，最少住房保障支出 20.00。没有画出长度的是其他支出 不公开。"),
        (BULLET, "横条图，各项与目标比。完成目标的比例最高救助儿童 108 人，最低家长满意 45.0%。没有达到目标：家长满意 45.0%。"),
        (DOTS, "点图，第三方与自评比。已公布的各项中，只有过程 15.0。相差最多的是过程：第三方 15.0，自评 20.0。没有画出长度的是效果 未公布。"),
        (SLOPE, "折线图，逐年比，单位万元。已公布的各项中，只有康复 80.00。康复从 2024 年 50.00 升到 80.00。没有画出长度的是就业 2025 年 未公布。"),
        (MULTIPLES, "一组小折线图，与时间进度比。最快康复 6月 50.0%，最慢就业 6月 40.0%。就业从 3月 10.0% 升到 40.0%。康复从 3月 30.0% 升到 50.0%。"),
    ],
    ids=lambda value: value.kind if isinstance(value, Chart) else "",
)  # fmt: skip
def test_each_kind_is_described_like_this(chart, words):
    assert describe(chart) == words


@cache
def line(*values: int | None) -> str:
    marks = (Mark("合计", v, "未公布" if v is None else str(v), f"l/{n}", "done", at=2020 + n) for n, v in enumerate(values))
    return said(*marks, kind="slope").partition("。")[2]


def test_a_trend_is_steady_only_where_it_is_true_from_each_year_to_the_next():
    assert line(1, 2, 3) == "只有合计 3。合计从 2020 年 1 连续上升到 3。"
    assert line(3, 2, 1) == "只有合计 1。合计从 2020 年 3 连续下降到 1。"
    assert line(1, 3, 2) == "只有合计 2。合计从 2020 年 1 到 2，不是逐期升降。"
    assert line(1, 2) == "只有合计 2。合计从 2020 年 1 升到 2。"
    assert line(2, 2) == "只有合计 2。合计从 2020 年 2 到 2，没有变。"
    assert line(1, None, 3) == "已公布的各项中，只有合计 3。没有画出长度的是合计 2021 年 未公布。"


def test_equal_values_have_no_highest():
    assert said(Mark("甲", 5, "5", "e/1", "done"), Mark("乙", 5, "5", "e/2", "done")) == "横条图。各项相同，都和甲 5一样。"


def test_a_description_is_at_most_120_characters_and_leaves_out_whole_sentences():
    marks = [Mark(LONG * 2 + str(n), n, f"{n}.00", f"d/{n}", "done") for n in range(9)]
    assert said(*marks) == "横条图。"
    several = [replace(mark, series=LONG[:20] + mark.label[-1], at=at) for mark in marks for at in (2024, 2025)]
    assert len(said(*several, kind="slope")) <= 120


@each_kind
def test_digits_of_a_description_are_those_of_marks(chart):
    words = " ".join(f"{mark.text} {mark.label} {mark.at}" for mark in chart.marks)
    known = set(re.findall(r"[\d.,]*\d", words))
    assert set(re.findall(r"[\d.,]*\d", describe(chart))) <= known


@each_kind
def test_a_description_names_the_facts_it_prints(chart):
    for root in both(chart):
        keys = root.find("desc").get("data-facts").split()
        texts = {mark.fact: mark.text for mark in chart.marks}
        assert all(texts[key].lstrip("-") in root.find("desc").text for key in keys)
        numbers = {texts[key].lstrip("-").rstrip("%") for key in keys}
        assert set(re.findall(r"\d+\.\d+", root.find("desc").text)) <= numbers


# ---- in a browser


def test_each_chart_is_one_named_image_to_assistive_technology(browser, tmp_path):
    switch = ".wide{display:none} @media (min-width:48em){.wide{display:block}.narrow{display:none}}"
    head = f'<!doctype html><html lang="zh-CN"><title>图</title><style>{switch}</style>'
    (tmp_path / "page.html").write_text(head + "".join(map(figure, KINDS)), encoding="utf-8")
    for width in (1280, 320):
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.goto((tmp_path / "page.html").as_uri())
        nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
        page.close()
        spoken = {node["nodeId"] for node in nodes if not node["ignored"]}
        images = [node for node in nodes if not node["ignored"] and node["role"]["value"] in ("image", "img")]
        heard = [(image["name"]["value"], image["description"]["value"]) for image in images]
        assert heard == [(chart.title, describe(chart)) for chart in KINDS]
        assert not spoken & {child for image in images for child in image.get("childIds", [])}
        names = [node["name"]["value"] for node in nodes if not node["ignored"] and node.get("name")]
        assert not [name for name in names if re.search("[A-Za-z]{4,}", name) and "://" not in name]
