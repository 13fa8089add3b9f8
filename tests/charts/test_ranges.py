"""Precision drawn: open ends, negative values, logarithmic scales, and the finding."""

import matplotlib as mpl
import numpy as np
import pytest
from building import extract
from drawn import assert_nothing_overlaps_or_is_clipped, bars, words

from analysis import charts

mpl.use("Agg")


def figures(*texts):
    return extract({f"x{n}": text for n, text in enumerate(texts)})


def ranges(*texts, **how):
    return charts.ranges(figures(*texts), [f"x{n}" for n in range(len(texts))], **how)


def headline(ax):
    return ax.figure.get_suptitle().replace("\n", " ")


@pytest.mark.parametrize(
    ("texts", "en", "zh"),
    [
        (["342起"], "Exactly printed: x0, 342", "精确刊出：x0，342起"),
        (["342起", "91个"], "All 2 figures are printed exactly", "2 个数字都精确刊出"),
        # 200 to 300 is half of 200, 120 to 130 a twelfth of 120.
        (
            ["120余件", "200余份"],
            "Hedges leave up to 50% of a figure open: x1, 200–300",
            "约数措辞使数字有至多 50% 的不确定：x1，200–300",
        ),
        (
            ["120余件", "91个"],
            "Hedges leave up to 8.3% of a figure open: x0, 120–130",
            "约数措辞使数字有至多 8.3% 的不确定：x0，120–130",
        ),
        # 0.1 of 85.7
        (
            ["85.7%"],
            "Rounding leaves 0.12% of a figure open: x0, 85.65–85.75%",
            "四舍五入使数字有 0.12% 的不确定：x0，85.65–85.75%",
        ),
        # 300 to 500, of their middle
        (
            ["三五百人"],
            "A printed range leaves 50% of a figure open: x0, 300–500",
            "刊出的区间使数字有 50% 的不确定：x0，300–500",
        ),
        (
            ["3000万元以上", "2亿元"],
            "Open at one end, 1 of 2: x0 (≥ 30 million)",
            "2 个数字中 1 个一端不封口：x0（≥ 3,000万）",
        ),
        (
            ["3000万元以上"],
            "Open at one end: x0 (≥ 30 million)",
            "一端不封口：x0（≥ 3,000万）",
        ),
        (["持平"], "1 of 1 figures are known only within bounds", "1 个数字中 1 个只知范围"),
    ],
)
def test_the_headline_says_how_much_is_left_open(texts, en, zh):
    assert headline(ranges(*texts)) == en
    assert headline(ranges(*texts, language="zh")) == zh


def test_values_below_zero_are_within_the_limits():
    ax = ranges("下降13.8%", "下降过半", "上升1.5倍")
    left, right = ax.get_xlim()
    assert left < -100
    assert right > 155
    assert [(low, high) for _, low, high in bars(ax)] == [
        *[(pytest.approx(-13.85), pytest.approx(-13.75)), (-100, -50), (145, 155)]
    ]


def test_a_logarithmic_scale_says_so_has_numbers_and_no_place_for_zero(language):
    ax = ranges("120余件", "4000多人次", log=True, language=language)
    assert {"en": "Logarithmic scale", "zh": "对数刻度"}[language] in ax.get_xlabel()
    ax.figure.canvas.draw()
    low, high = ax.get_xlim()
    shown = [t.get_text() for t in ax.get_xticklabels() if low <= t.get_position()[0] <= high]
    assert len(shown) >= 3
    assert "1,000" in shown
    with pytest.raises(ValueError, match="no zero and nothing below it: x1"):
        ranges("120件", "0件", log=True)


def test_numbers_of_an_axis_are_those_of_labels_and_do_not_run_together(language):
    ax = ranges("2.23亿元", "5000万元", language=language)
    assert_nothing_overlaps_or_is_clipped(ax)
    shown = [text.get_text() for text in ax.get_xticklabels()]
    assert {"en": "100 million", "zh": "1亿"}[language] in shown


def test_an_amount_has_its_unit_and_a_count_its_name_in_english():
    ax = ranges("2.23亿元", "342起")
    assert "222.5–223.5 million yuan" in words(ax)
    assert "342 cases" not in words(ax)
    assert ax.get_xlabel() == "Unit: yuan, cases"


def test_figures_without_bounds_are_refused_in_words():
    unknown = extract({"a": {"value": np.nan, "low": np.nan, "high": np.nan}})
    with pytest.raises(ValueError, match="nothing to draw: no bounds of a"):
        charts.ranges(unknown, ["a"])
    with pytest.raises(ValueError, match="nothing to draw: no bounds of no figure"):
        charts.ranges(unknown, [])


def test_labels_keep_the_grid_off_their_letters():
    ax = ranges("120余件", "4000多人次")
    assert ax.get_axisbelow()
    assert all(text.get_path_effects() for text in ax.texts if text.get_text())
