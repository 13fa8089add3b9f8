"""Parts of a whole: dots, funnels, compositions, with bounds, gaps and what cannot be drawn."""

import re

import matplotlib as mpl
import numpy as np
import pytest
from building import extract
from drawn import assert_nothing_overlaps_or_is_clipped, words
from matplotlib.colors import same_color

from analysis import charts
from analysis.charts import page

mpl.use("Agg")


def whole(total, parts, kind="sum"):
    """A total `t` and its parts p0, p1, ... as one claim, r0."""
    keys = [f"p{n}" for n in range(len(parts))]
    return extract(
        {"t": total} | dict(zip(keys, parts, strict=True)), [(kind, {"total": "t", "part": keys})]
    )


def drawn(ax):
    """Bars, top to bottom: start, length, colour, whether hatched."""
    return [
        (bar.get_x(), bar.get_width(), bar.get_edgecolor(), bool(bar.get_hatch()))
        for bar in ax.patches
    ]


def headline(ax):
    return ax.figure.get_suptitle().replace("\n", " ")


def test_parts_beyond_their_total_are_all_within_the_picture_and_the_headline():
    ax = charts.composition(whole("100起", ["60起", "35起", "18起"]), "r0")
    # 60 + 35 + 18 = 113, 13 more than 100.
    assert [(start, length) for start, length, *_ in drawn(ax)] == [
        *[(0, 100), (0, 60), (60, 35), (95, 18), (100, 13)]
    ]
    assert same_color(drawn(ax)[-1][2], page.DOUBT)
    assert ax.get_xlim()[1] >= 113
    assert headline(ax) == "The parts come to 113, 13 more than the printed total of 100"
    short = charts.composition(whole("100起", ["60起", "23起"]), "r0", language="zh")
    assert headline(short) == "各部分合计 83 起，比刊出的合计 100 起少 17 起"
    assert drawn(short)[-1][:2] == (83, 17)


def test_what_a_partial_list_leaves_is_a_hollow_bar_up_to_the_total():
    ax = charts.composition(whole("1007个", ["70个", "275个"], "part"), "r0")
    start, length, colour, _ = drawn(ax)[-1]
    assert (start, length) == (345, 662)
    assert same_color(colour, page.IMPLIED)
    assert "65.7%" in words(ax)  # 662 of 1007
    assert headline(ax) == "p1: 275 of 1,007 (27%)"


def test_parts_with_bounds_are_hatched_as_far_as_they_may_reach(language):
    ax = charts.composition(
        whole("1000余起", ["600多起", "350起"], "part"), "r0", language=language
    )
    assert [(round(s), round(n)) for s, n, _, hatched in drawn(ax) if hatched] == [
        *[(0, 2000), (0, 700), (950, 1050)]  # 1000-2000 less 950 to 1050
    ]
    # 1 - 1050/1000 is below nothing, 1 - 950/2000 is 52.5%.
    assert "0.0–52.5%" in words(ax)
    assert_nothing_overlaps_or_is_clipped(ax)


def test_negative_parts_go_back_and_have_no_shares():
    figures = {"t": {"low": 5.0, "high": 5.0}, "a": {"low": 8.0, "high": 8.0}}
    figures["b"] = {"low": -3.0, "high": -3.0}
    figures = {key: {"value": ends["low"]} | ends for key, ends in figures.items()}
    balance = extract(figures, [("sum", {"total": "t", "part": ["a", "b"]})])
    ax = charts.composition(balance, "r0")
    assert [(start, length) for start, length, *_ in drawn(ax)] == [(0, 5), (0, 8), (8, -3)]
    assert "%" not in headline(ax)


@pytest.mark.parametrize("draw", ["funnel", "composition"])
def test_an_open_end_is_refused_in_words(draw):
    open_ended = whole("3000万元以上", ["2亿元"], "part")
    calls = {
        "funnel": lambda: charts.funnel(open_ended, ["t", "p0"]),
        "composition": lambda: charts.composition(open_ended, "r0"),
    }
    with pytest.raises(ValueError, match=r"open or not known: t \(3000万元以上\)"):
        calls[draw]()


def test_a_relation_without_parts_has_no_composition(datong):
    with pytest.raises(
        ValueError, match="mediation_rate has no total and parts: its kind is ratio"
    ):
        charts.composition(datong, "mediation_rate")


def test_the_difference_of_a_funnel_stands_where_the_last_bar_ends(datong):
    ax = charts.funnel(datong, ["events_reported", "events_handled"])
    # 162473 - 139246 = 23227, from where the second bar ends.
    assert drawn(ax)[-1][:2] == (139246, 23227)
    assert same_color(drawn(ax)[-1][2], page.IMPLIED)
    zh = charts.funnel(datong, ["events_reported", "events_handled"], language="zh")
    assert headline(zh) == "事件上报数：162,473 件中有 23,227 件未办结（14.3%）"


def test_a_funnel_that_widens_is_refused_and_so_is_one_of_one():
    steps = whole("100起", ["60起", "80起"])
    with pytest.raises(ValueError, match="narrows, but p1 is more than p0, which stands before"):
        charts.funnel(steps, ["t", "p0", "p1"])
    with pytest.raises(ValueError, match="two figures or more, not 1"):
        charts.funnel(steps, ["t"])
    with pytest.raises(ValueError, match="starts above zero, not with t"):
        charts.funnel(whole("0起", ["0起"]), ["t", "p0"])


@pytest.mark.parametrize(
    ("total", "part", "en", "zh"),
    [
        # 1400 less 1300 to 1400 is at most 100, 7.1% of it.
        (
            "1400起",
            "1300多起",
            "t: at most 100 of 1,400 left open (at most 7.1%)",
            "t：1,400 起中至多",
        ),
        ("1400起", "1400起", "t: all of 1,400 were reached", "t：1,400 起全部办结"),
        (
            "1500起",
            "1300多起",
            "t: 100–200 of 1,500 left open (6.7–13.3%)",
            "t：1,500 起中有 100–200 起",
        ),
    ],
)
def test_the_headline_of_a_funnel_says_how_sure_it_is(total, part, en, zh):
    steps = whole(total, [part])
    assert headline(charts.funnel(steps, ["t", "p0"])) == en
    assert headline(charts.funnel(steps, ["t", "p0"], language="zh")).startswith(zh)


def test_chinese_charts_count_each_figure_with_its_own_counter():
    fraud = whole("64起", ["41起", "9起", "14起"])
    assert headline(charts.composition(fraud, "r0", language="zh")) == "p0：64 起中 41 起（64%）"
    ax = charts.of_total(fraud, ["p0"], "t", language="zh")
    assert headline(ax) == "p0：64 起中 41 起（64%）"
    assert ax.get_xlabel() == "每个圆点是 64 起t之一"


def test_twelve_parts_are_as_legible_as_three(language):
    parts = ["300起", "150起", "120起", "100起", "90起", "80起", "60起", "40起", "25起", "20起"]
    named = whole("1000起", [*parts, "10起", "5起"])
    named.figures["name_en"] = [f"A rather long name of a kind of case, {n}" for n in range(13)]
    ax = charts.composition(named, "r0", language=language)
    assert len(ax.get_yticklabels()) == 13
    assert_nothing_overlaps_or_is_clipped(ax)


def test_many_grids_of_dots_stand_in_rows_and_keep_apart(language):
    five = whole("64起", ["41起", "9起", "14起", "30起", "12起"])
    ax = charts.of_total(five, [f"p{n}" for n in range(5)], "t", language=language)
    x, y = (np.concatenate([get(line) for line in ax.lines]) for get in (_x, _y))
    assert len(set(zip(x.round(6), y.round(6), strict=True))) == 5 * 64
    assert_nothing_overlaps_or_is_clipped(ax)
    end = {"en": "Of 64: from 9 (p1) to 41 (p0)", "zh": "64 起中：由 9（p1）至 41（p0）"}
    assert headline(ax) == end[language]


def _x(line):
    return np.asarray(line.get_xdata(), float)


def _y(line):
    return np.asarray(line.get_ydata(), float)


def test_more_dots_than_one_can_see_are_refused():
    with pytest.raises(
        ValueError, match=re.escape("a dot for each one of 1 to 1,000, not of 1,00")
    ):
        charts.of_total(whole("1001起", ["5起"]), ["p0"], "t")
