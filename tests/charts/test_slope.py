"""The slope: what rose and fell, what is odd, and the scale."""

import matplotlib as mpl
import pandas as pd
import pytest
from building import extract
from drawn import assert_nothing_overlaps_or_is_clipped, dots

from analysis import charts
from analysis.charts import page

mpl.use("Agg")


def two(*pairs):
    """Two extracts a month apart, with the figures x0, x1, ... in each."""
    for side, (name, day) in enumerate((("a", "2020-01-31"), ("b", "2020-02-29"))):
        figures = {f"x{n}": {"reported": p[side], "as_of": day} for n, p in enumerate(pairs)}
        yield extract(figures, name=name)


RISE, FALL, OPEN = ("100起", "150起"), ("100起", "90起"), ("100起", "约100起")


@pytest.mark.parametrize(
    ("pairs", "en", "zh"),
    [
        ([RISE], "In 29 days, x0: +50%", "29 天内，x0：+50%"),
        (
            [RISE, ("10起", "12起")],
            "In 29 days, all 2 rose: from +20% (x1) to +50% (x0)",
            "29 天内，2 项全部上升：由+20%（x1）至+50%（x0）",
        ),
        (
            [FALL, ("10起", "8起")],
            "In 29 days, all 2 fell: from −20% (x1) to −10% (x0)",
            "29 天内，2 项全部下降：由−20%（x1）至−10%（x0）",
        ),
        # About 100 is 50 to 150.
        (
            [RISE, FALL, OPEN],
            "In 29 days, 1 of 3 rose, 1 fell; of 1 print does not tell which: "
            "from −50% to +50% (x2) to +50% (x0)",
            "29 天内，3 项中 1 项上升、1 项下降；1 项方向不能确定：由−50%至+50%（x2）至+50%（x0）",
        ),
    ],
)
def test_the_headline_is_what_rose_and_fell(pairs, en, zh):
    assert charts.slope(*two(*pairs)).figure.get_suptitle().replace("\n", " ") == en
    told = charts.slope(*two(*pairs), language="zh").figure.get_suptitle()
    assert told.replace("\n", "") == zh


def test_what_is_odd_has_a_shape_of_its_own_and_the_axis_says_so(language):
    table = pd.DataFrame({"indicator": "x0", "extract": ["a", "b"], "figure": "x0"})
    ax = charts.slope(*two(FALL), table.assign(cumulative=True), language=language)
    assert len(dots(ax, "D")) == 2
    assert dots(ax) == []
    (line,) = [line for line in ax.lines if len(line.get_xdata()) == 2]
    assert (line.get_linestyle(), line.get_color()) == ("--", page.DOUBT)
    assert {"en": "Diamonds", "zh": "菱形"}[language] in ax.get_xlabel()
    assert {"en": "Logarithmic scale", "zh": "对数刻度"}[language] in ax.get_xlabel()


def test_twelve_lines_are_as_legible_as_two(language):
    start = [120, 3412, 56, 44, 900, 13, 18, 60, 77, 1000, 2100, 15]
    pairs = [(f"{n}起", f"{n + n // 7 + 1}起") for n in start]
    ax = charts.slope(*two(*pairs), language=language)
    assert_nothing_overlaps_or_is_clipped(ax)
