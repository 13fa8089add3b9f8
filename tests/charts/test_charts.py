"""Charts, read from their Axes: data drawn, limits, labels, unit, source, and no missing glyph."""

import inspect
import logging
from functools import cache, partial
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pandas as pd
import pytest
from building import extract
from drawn import assert_nothing_overlaps_or_is_clipped, bars, dots, words
from matplotlib.colors import to_rgb
from nbclient import NotebookClient
from traitlets.config import Config

from analysis import Bounds, audit, charts, load, year_over_year
from analysis.charts import page
from analysis.charts.slope import _spread as spread
from analysis.units import FAMILIES, as_printed, spelled

mpl.use("Agg")


HEDGED = ["bureau_feeds", "other_feeds", "cases_reviewed", "judgments_reviewed"]
REACH = ["townships_at_standard", "townships_with_video"]
EVENTS = ["events_reported", "events_handled"]
DATA = Path(__file__).resolve().parents[2] / "data"
# Loaded by the first test that asks: each process that collects tests imports this module.
september, province, yearbook = (
    cache(partial(load, DATA / name)) for name in ("datong-2018-09", "shanxi-2018", "shanxi-2014")
)
INDICATORS = pd.read_csv(DATA / "indicators.csv")
COUNTED = ["gangs", "mafia_type", "criminal_groups", "evil_gangs", "suspects", "cases_solved"]
INTERVALS = pd.DataFrame({"low": [85.0, 90.0, 92.4], "high": [98.0, 97.0, 95.3]}, [100, 300, 1000])
DRAWN = {
    "year_over_year": lambda datong, **k: charts.year_over_year(datong, **k),
    "ranges": lambda datong, **k: charts.ranges(datong, HEDGED, **k),
    "ranges on a log scale": lambda datong, **k: charts.ranges(datong, HEDGED, log=True, **k),
    "audit": lambda datong, **k: charts.audit(datong, **k),
    "audit of one claim": lambda datong, **k: charts.audit(datong, ["mediation_rate"], **k),
    "of_total": lambda datong, **k: charts.of_total(datong, REACH, "townships", **k),
    "funnel": lambda datong, **k: charts.funnel(datong, EVENTS, **k),
    "composition": lambda datong, **k: charts.composition(datong, "gangs_by_class", **k),
    "margin_of_error": lambda datong, **k: charts.margin_of_error(
        datong, "satisfied", INTERVALS, **k
    ),
    "slope": lambda datong, **k: charts.slope(september(), datong, INDICATORS, COUNTED, **k),
    "slope with long labels": lambda datong, **k: charts.slope(
        september(), datong, INDICATORS, ["gangs", "money_involved"], **k
    ),
    "slope without a table": lambda datong, **k: charts.slope(september(), datong, **k),
    "apart": lambda datong, **k: charts.apart(
        {
            "立案": [(datong, "criminal_cases_change"), (yearbook(), "criminal_cases_change")],
            "发案": [(province(), "recorded_crime_change")],
        },
        **k,
    ),
}


@pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN.keys())
def test_every_chart_carries_source_date_and_alternative_text(draw, datong, language, caplog):
    with caplog.at_level(logging.WARNING):
        ax = draw(datong, language=language)
        assert_nothing_overlaps_or_is_clipped(ax)
    assert not caplog.records  # dummy glyphs are only logged
    said = words(ax)
    assert "山西法制报" in said
    assert "2018-11-15" in said
    assert ("Source" in said) == (language == "en")
    assert ("来源" in said) == (language == "zh")
    headline = ax.figure.get_suptitle().replace("\n", " ").split(":")[0].split("：")[0]
    assert ax.figure.alt.startswith(headline)
    picture, metadata = ax.figure._repr_png_()
    assert picture.startswith(b"\x89PNG")
    # As wide as a column of text, and twice as many pixels: two for each of its points.
    assert metadata == {"alt": ax.figure.alt, "width": 720}
    assert int.from_bytes(picture[16:20], "big") == 1440  # the width in the header of a PNG


def test_the_same_chart_is_the_same_picture(datong):
    pictures = [charts.year_over_year(datong).figure._repr_png_()[0] for _ in range(2)]
    assert pictures[0] == pictures[1]


def test_year_over_year_draws_the_table(datong):
    table = year_over_year(datong)
    ax = charts.year_over_year(datong)
    # 7679 and 7687 around their middle, 7683; 447 is exact and so a dot at 100.
    ((y, low, high),) = bars(ax)
    assert (y, low, high) == (0, pytest.approx(7679 / 76.83), pytest.approx(7687 / 76.83))
    assert (100, 1) in dots(ax)
    for n, (figure, row) in enumerate(table.iterrows()):
        middle = (row["prior_low"] + row["prior_high"]) / 2
        assert (pytest.approx(row["current_low"] / middle * 100), n) in dots(ax)
        assert f"{Bounds.of(row, 'prior'):,.0f}" in words(ax)
        assert f"{row['current_low']:,.0f}" in words(ax)
        assert figure
    left, right = ax.get_xlim()
    assert left < 342 / 4.47 < 7687 / 76.83 < right
    assert "−13.8%" in words(ax)
    assert "The implied value then = 100" in words(ax)
    assert "○ a year earlier,\nimplied" in words(ax)
    assert charts.year_over_year(datong, ["eight_categories"]).get_yticklabels()[0].get_text() == (
        "Cases filed in the eight main\ncategories"
    )
    with pytest.raises(KeyError, match="gangs"):
        charts.year_over_year(datong, ["gangs"])


MONTH, QUARTER, HALF = (
    ("2018-08-01", "2018-08-31"),
    ("2018-07-01", "2018-09-30"),
    ("2018-01-01", "2018-06-30"),
)


def against(words, period=("", ""), **roles):
    """An extract of one change against something, its figures named by their roles."""
    roles = roles or {"current": "342起", "change": "下降23.5%"}
    claim = ("change", {role: role for role in roles})
    dates = dict(zip(("period_start", "as_of"), period, strict=True))
    return extract(roles, [claim], against=words, basis="printed", **dates)


@pytest.mark.parametrize(
    ("words_against", "period", "en", "zh"),
    [
        ("year earlier", ("", ""), "a year earlier", "上年同期"),
        ("year earlier", MONTH, "a year earlier", "上年同期"),
        ("previous period", MONTH, "a month earlier", "上月"),
        ("previous period", QUARTER, "a quarter earlier", "上季度"),
        ("previous period", HALF, "a half-year earlier", "上一个半年"),
        ("previous period", ("", "2018-08-31"), "the period before", "上一期"),
        ("year 2016", ("2018-01-01", "2018-12-31"), "in 2016", "2016年"),
        ("year 2016", ("", "2018-08-31"), "in 2016", "2016年"),
        ("year 2016", MONTH, "in the same period of 2016", "2016年同期"),
    ],
)
def test_a_change_is_drawn_against_what_the_text_says(words_against, period, en, zh):
    claim = against(words_against, period)
    ax = charts.year_over_year(claim, ["current"])
    # 342 / 0.765 = 447, and 342 - 447 = -105
    assert {"447", f"○ {en},\nimplied", "● printed"} <= {text.get_text() for text in ax.texts}
    assert ax.figure.get_suptitle() == f"current: 105 cases fewer than {en}"
    assert f"447 {en}, implied" in ax.figure.alt
    ax = charts.year_over_year(claim, ["current"], language="zh")
    assert {"447", f"○ {zh}（推算）", "● 刊出"} <= {text.get_text() for text in ax.texts}
    assert ax.figure.get_suptitle() == f"current：比{zh}减少 105 起"


@pytest.mark.parametrize("words_against", ["not stated", "other"])
def test_a_change_against_nothing_stated_is_refused(words_against):
    claim = against(words_against, MONTH)
    with pytest.raises(ValueError, match=f"a change against '{words_against}' has no period"):
        charts.year_over_year(claim, ["current"])
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.year_over_year(claim)


def test_without_names_only_what_is_against_the_year_before_is_drawn():
    words_of = {"a": "year earlier", "b": "previous period", "c": "year 2017", "d": "year 2016"}
    figures = {key: {"reported": "342起", "as_of": "2018-08-31"} for key in words_of}
    figures |= {
        f"{key}_change": {"reported": "下降23.5%", "against": words, "basis": "printed"}
        for key, words in words_of.items()
    }
    claims = [("change", {"current": key, "change": f"{key}_change"}) for key in words_of]
    ax = charts.year_over_year(extract(figures, claims))
    assert [label.get_text() for label in ax.get_yticklabels()] == ["a", "c"]


def test_a_difference_is_drawn_in_its_own_unit():
    # 95.3 - 1.2 is 94.0 to 94.2 percent
    claim = against("year earlier", current="95.3%", difference="提高1.2个百分点")
    ax = charts.year_over_year(claim)
    assert "94.0–94.2%" in words(ax)
    assert "+1.2 percentage points" in words(ax)
    headline = "current: 1.15–1.25 percentage points more than a year earlier"
    assert ax.figure.get_suptitle() == headline
    ax = charts.year_over_year(against("year earlier", current="86宗", difference="增加11宗"))
    assert ax.figure.get_suptitle() == "current: 11 cases more than a year earlier"
    assert "+11 cases" in words(ax)


def test_what_has_no_value_then_is_refused_when_named_and_else_left_out():
    loss = against("year earlier", current="-3.2亿元", change="下降20%")
    real = extract(
        {"current": "2.2亿元", "change": "增长5%"},
        [("change", {"current": "current", "change": "change"})],
        against="year earlier",
        basis="real",
    )
    gone = against("year earlier", current="0起", change="下降100%")  # any number may have gone
    for claim in (loss, real, gone):
        with pytest.raises(ValueError, match="no value then can be told of current"):
            charts.year_over_year(claim, ["current"])
        with pytest.raises(ValueError, match="nothing to draw"):
            charts.year_over_year(claim)


def test_every_unit_has_an_english_name_on_a_chart():
    printed = [pattern.partition("(?!")[0] for pattern in as_printed(*FAMILIES)]
    figures = {spelled(unit)[0]: f"5{unit}" for unit in printed if "分点" not in unit}
    every = extract({f"figure{n}": text for n, text in enumerate(figures.values())})
    ax = charts.ranges(every, list(every.figures.index))
    units = ax.get_xlabel().removeprefix("Unit: ")
    assert units.isascii() or set(units) - set(map(chr, range(128))) <= set("²³µ°‰‱")
    assert "cases" in units  # of 宗
    assert "places" in units  # of 处


@pytest.mark.parametrize("given", ["data/datong-2018", {"Cases": [("data/datong-2018", "gangs")]}])
def test_what_stands_apart_is_of_extracts(given):
    with pytest.raises(TypeError, match=r"charts\.apart takes .* Extract.* not str"):
        charts.apart(given)


def test_another_language_and_a_text_for_a_list_are_one_clear_error(datong):
    with pytest.raises(ValueError, match="language: found 'fr', expected 'en' or 'zh'"):
        charts.ranges(datong, HEDGED, language="fr")
    with pytest.raises(TypeError, match=r"figures: found the text 'gangs', expected a list"):
        charts.ranges(datong, "gangs")
    with pytest.raises(TypeError, match="relations: found the text 'gangs_by_class'"):
        charts.audit(datong, "gangs_by_class")


def test_the_charts_are_what_the_package_shows():
    """Charts, one call to start one's own, one to save any: nothing else."""
    assert dir(charts) == sorted(charts.__all__)
    for name in set(charts.__all__) - {"axes", "save"}:
        assert "language" in inspect.signature(getattr(charts, name)).parameters


def test_ranges_draw_every_bound_within_the_limits(datong):
    figures = [*HEDGED, "discipline_cases"]
    ax = charts.ranges(datong, figures)
    table = datong.figures.loc[figures]
    drawn = [(low, high) for _, low, high in bars(ax)]
    assert drawn == list(zip(table["low"][:4], table["high"][:4], strict=True))
    assert dots(ax) == [(10, 4)]
    assert ax.get_xlim()[0] == 0
    assert ax.get_xlim()[1] > table["high"].max()
    assert "1,200–1,300" in words(ax)
    assert "Unit: feeds, items, documents, cases" in words(ax)
    # 100 of the 200 printed: more than of 1,200, 1,400 and 120.
    assert ax.figure.get_suptitle() == (
        "Hedges leave up to 50% of a figure open: Judgments reviewed, 200–300"
    )


def test_an_open_end_is_an_arrow_and_not_a_bar():
    open_end = extract({"at_least": "3000万元以上", "about": "2亿元"})
    ax = charts.ranges(open_end, ["at_least", "about"])
    assert "≥ 30 million" in words(ax)
    arrow = next(text for text in ax.texts if getattr(text, "arrow_patch", None))
    assert arrow.xyann == (3e7, 0)
    assert ax.get_xlim()[1] >= arrow.xy[0] > 3e7
    assert "date not stated" in words(ax)


def test_a_chart_on_the_analysts_own_axes(datong):
    figure, axes = plt.subplots(1, 2)
    ax = charts.ranges(datong, HEDGED, ax=axes[1])
    assert ax is axes[1]
    assert "Source: Shanxi Legal Daily" in ax.get_xlabel()
    assert ax.get_title(loc="left").startswith("Hedges leave up to 50%")
    assert figure is ax.figure


@pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN.keys())
def test_a_chart_is_stale_only_once_it_is_changed(draw, datong):
    """Pyplot draws every stale figure at the end of a cell, over and above what the cell shows."""
    ax = draw(datong)
    assert not ax.figure.stale
    ax.set_title("changed")
    assert ax.figure.stale


@pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN.keys())
def test_no_glyph_is_missing_on_the_analysts_own_axes(draw, datong, recwarn):
    """Own axes come with a font of their own, which need not know Chinese."""
    figure, ax = plt.subplots(figsize=(9, 6))
    draw(datong, language="zh", ax=ax)
    figure.canvas.draw()
    assert [str(warning.message) for warning in recwarn] == []


def test_the_audit_chart_draws_printed_against_recomputed(datong):
    table = audit(datong)
    ax = charts.audit(datong)
    # All that can be told: of 6623 at -13.8% nothing can.
    assert len(ax.get_yticklabels()) == (table["verdict"] != "cannot tell").sum() == 5
    # 1628 / 1814 = 89.7464%, against 89.9 printed: 0.1708% below it, and outside 89.85 to 89.95.
    (dot,) = [x for x, y in dots(ax, "D") if y == 4]
    assert dot == pytest.approx((89.746417 - 89.9) / 89.9 * 100, abs=1e-6)
    pale = next(
        line for line in ax.lines if line.get_linewidth() == 16 and line.get_ydata()[0] == 4
    )
    assert list(pale.get_xdata()) == pytest.approx([-0.05 / 89.9 * 100, 0.05 / 89.9 * 100])
    assert ax.figure.get_suptitle() == (
        "1 of 5 printed claims does not add up: Share of disputes mediated"
    )
    assert "89.9%" in [text.get_text() for text in ax.texts]
    assert "Claims not drawn, for nothing can be told of them: 1" in ax.get_xlabel()
    alone = charts.audit(datong, ["mediation_rate"])
    assert dots(alone, "D") == [(pytest.approx(89.746417), 0)]
    assert alone.figure.get_suptitle() == (
        "Share of disputes mediated: 89.9% printed, but its own figures give 89.746%"
    )
    assert "Unit: %" in words(alone)
    with pytest.raises(KeyError, match="nothing"):
        charts.audit(datong, ["nothing"])


def test_an_audit_of_what_cannot_be_told_is_refused(datong):
    with pytest.raises(ValueError, match="nothing can be told of criminal_cases_change"):
        charts.audit(datong, ["gangs_by_class", "criminal_cases_change"])
    untold = against("year earlier", current="6623起", change="下降13.8%")
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.audit(untold)


def test_a_dot_for_each_of_the_total(datong):
    ax = charts.of_total(datong, REACH, "townships")
    filled, hollow = {}, {}
    for line in ax.lines:
        kind = hollow if line.get_fillstyle() == "none" else filled
        kind[len(kind)] = len(line.get_xdata())
    assert filled == {0: 62, 1: 38}
    assert hollow == {0: 139 - 62, 1: 139 - 38}
    assert "62 of 139 (45%)" in words(ax)
    with pytest.raises(ValueError, match="not an exact count within townships: bureau_feeds"):
        charts.of_total(datong, ["bureau_feeds"], "townships")
    with pytest.raises(ValueError, match="not an exact count within mafia_type: townships"):
        charts.of_total(datong, ["townships"], "mafia_type")


def test_the_funnel_is_as_long_as_its_figures_and_hatched_where_not_certain(datong):
    ax = charts.funnel(datong, EVENTS)
    widths = [patch.get_width() for patch in ax.patches if not patch.get_hatch()]
    # 162473 - 139246 = 23227.
    assert widths == [162473, 139246, 23227]
    assert ax.figure.get_suptitle() == "Events reported: 23,227 of 162,473 left open (14.3%)"
    hedged = charts.funnel(datong, ["other_feeds", "bureau_feeds"])
    assert [patch.get_width() for patch in hedged.patches if patch.get_hatch()][:1] == [1500]
    left, right = hedged.get_xlim()
    assert left <= 0
    assert right >= 1500
    with pytest.raises(ValueError, match="a funnel has one unit, not 个, 人"):
        charts.funnel(datong, ["grids", "grid_staff"])


def test_the_composition_is_the_parts_end_to_end(datong):
    ax = charts.composition(datong, "gangs_by_class")
    bars_ = [(patch.get_x(), patch.get_width()) for patch in ax.patches]
    assert bars_ == [(0, 91), (0, 6), (6, 20), (26, 65)]
    assert ax.get_xlim()[1] >= 91
    for share in ("6.6%", "22.0%", "71.4%"):
        assert share in words(ax)
    assert "20 (22.0%)" in ax.figure.alt
    with pytest.raises(KeyError, match="nothing"):
        charts.composition(datong, "nothing")


def test_the_margin_of_error_is_a_band_around_the_printed_value(datong):
    ax = charts.margin_of_error(datong, "satisfied", INTERVALS)
    low, high, printed = ax.lines
    assert list(low.get_ydata()) == INTERVALS["low"].tolist()
    assert list(high.get_ydata()) == INTERVALS["high"].tolist()
    assert set(printed.get_ydata()) == {94.01}
    # The fewest answers first: the most of them flatter.
    assert ax.figure.get_suptitle().replace("\n", " ") == (
        "Had it been a random sample: 94.01% of 100 answers would mean 85.0–98.0%, "
        "of 1,000 answers 92.4–95.3% (confidence not stated)"
    )
    assert "Logarithmic scale" in ax.get_xlabel()
    assert "Number of answers" in words(ax)


def lightness(colour):
    """CIE L* of an sRGB colour (IEC 61966-2-1, CIE 15)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    y = float(np.dot([0.2126, 0.7152, 0.0722], linear))
    return 116 * np.cbrt(y) - 16 if y > (6 / 29) ** 3 else y * (29 / 3) ** 3, y


def test_colours_that_mean_something_differ_in_grey_and_stand_out_from_white():
    for one, other in [
        (page.PRINTED, page.DOUBT),
        (page.PRINTED, page.IMPLIED),
        (page.PRINTED, page.QUIET),
    ]:
        assert abs(lightness(one)[0] - lightness(other)[0]) >= 15
    for colour in (page.PRINTED, page.DOUBT, page.QUIET, page.IMPLIED):
        assert 1.05 / (lightness(colour)[1] + 0.05) >= 3  # WCAG 2.1, graphical objects


# How linear RGB looks without one kind of cone (Machado, Oliveira & Fernandes, "A physiologically
# based model for simulation of color vision deficiency", IEEE TVCG 15, 2009, severity 1.0).
MISSING_CONE = {
    "red": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "green": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "blue": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


@pytest.mark.parametrize("cone", MISSING_CONE)
def test_colours_that_mean_something_differ_for_the_colour_blind(cone):
    def seen(colour):
        rgb = np.array(to_rgb(colour))
        linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
        simulated = np.clip(np.array(MISSING_CONE[cone]) @ linear, 0, 1)
        low = simulated * 12.92
        return np.where(simulated <= 0.0031308, low, 1.055 * simulated ** (1 / 2.4) - 0.055)

    for one, other in [
        (page.PRINTED, page.DOUBT),
        (page.PRINTED, page.IMPLIED),
        (page.PRINTED, page.QUIET),
    ]:
        assert abs(lightness(seen(one))[0] - lightness(seen(other))[0]) >= 12


def test_the_slope_goes_from_the_earlier_to_the_later_figure(datong):
    ax = charts.slope(september(), datong, INDICATORS, COUNTED)
    assert ax.get_yscale() == "log"
    # As printed on 3 September and 9 November 2018.
    ends = [(66, 91), (4, 6), (14, 20), (48, 65), (355, 513), (288, 420)]
    lines = [tuple(line.get_ydata()) for line in ax.lines if len(line.get_ydata()) == 2]
    np.testing.assert_allclose(lines, ends)
    assert dots(ax) == [(x, y) for pair in ends for x, y in enumerate(pair)]
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["2018-09-03", "2018-11-09"]
    assert "Cases solved in the campaign  288" in words(ax)
    assert "In 67 days, all 6 rose: from +35%" in ax.figure.get_suptitle()
    assert "Unit: number, persons, cases" in words(ax)
    low, high = ax.get_ylim()
    assert low < 4
    assert high > 513


def test_a_slope_of_bounds_is_a_band_between_upright_bars(datong):
    ax = charts.slope(september(), datong, INDICATORS, ["money_involved"])
    band = ax.collections[0].get_paths()[0].vertices
    assert band[:, 1].min() == 13_565_000  # 1357万元 and 2.23亿, half of the last digit either way
    assert band[:, 1].max() == 223_500_000
    bars_ = [s for c in ax.collections[1:] for s in c.get_segments()]
    np.testing.assert_allclose(
        bars_, [[[0, 13_565_000], [0, 13_575_000]], [[1, 222_500_000], [1, 223_500_000]]]
    )
    assert not dots(ax)
    assert "222.5–223.5 million\n+1,539% to +1,548%" in words(ax)
    assert "2.23亿\n+1,539%至+1,548%" in words(
        charts.slope(september(), datong, INDICATORS, ["money_involved"], language="zh")
    )


def two(reported, as_of=("2020-01-31", "2020-02-29")):
    """Two extracts of one figure each."""
    for name, text, day in zip("ab", reported, as_of, strict=True):
        yield extract({"x": {"reported": text, "as_of": day}}, name=name)


def test_a_fall_that_may_not_be_is_in_the_second_colour():
    table = pd.DataFrame({"indicator": "x", "extract": ["a", "b"], "figure": "x"})
    for cumulative, colour in ((True, page.DOUBT), (False, page.PRINTED)):
        ax = charts.slope(*two(["9起", "7起"]), table.assign(cumulative=cumulative))
        assert {line.get_color() for line in ax.lines} == {colour}


@pytest.mark.parametrize("reported", [["0起", "5起"], ["5起", "0起"], ["5起", "5起以上"]])
def test_what_a_slope_cannot_show_is_refused(reported):
    with pytest.raises(ValueError, match="growth between two figures above zero: x"):
        charts.slope(*two(reported))
    with pytest.raises(ValueError, match="above zero: x"):
        charts.slope(*two(["5%", "6%"]))


def test_a_slope_of_an_unknown_indicator(datong):
    with pytest.raises(KeyError, match="nothing"):
        charts.slope(september(), datong, INDICATORS, ["nothing"])


def test_labels_are_moved_no_further_than_they_must():
    assert spread([3.0, 1.0, 2.0], 0.5) == [3.0, 1.0, 2.0]
    assert spread([1.0, 1.0, 5.0], 1.0) == pytest.approx([0.5, 1.5, 5.0])
    assert spread([2.0, 2.0, 2.0], 1.0) == pytest.approx([1.0, 2.0, 3.0])


def test_groups_stand_apart_each_under_its_heading(datong):
    groups = {
        "filed": [(datong, "criminal_cases_change"), (yearbook(), "criminal_cases_change")],
        "recorded": [(province(), "recorded_crime_change")],
    }
    ax = charts.apart(groups)
    # -13.8%, -5.2% and -9.1%, half of the last digit either way.
    ends = [(low, high) for _, low, high in bars(ax)]
    np.testing.assert_allclose(ends, [(-13.85, -13.75), (-5.25, -5.15), (-9.15, -9.05)])
    heights = [y for y, _, _ in bars(ax)]
    headings = {text.get_text(): text.xy[1] for text in ax.texts if text.get_text() in groups}
    assert headings["filed"] < heights[0] < heights[1] < headings["recorded"] < heights[2]
    bands = [patch.get_y() for patch in ax.patches]
    assert bands[1] > heights[1]
    assert "Unit: %" in words(ax)
    for source in ("山西法制报", "m.qbook.qq.com, day not stated", "sxxnw.cn, 2019-02-26"):
        assert source in words(ax)
    assert ax.figure.get_suptitle().startswith("2 measures, kept apart")


def test_a_group_has_one_measure_and_the_chart_one_unit(datong):
    with pytest.raises(ValueError, match="one scale has one unit, not 个, 起"):
        charts.apart({"a": [(datong, "gangs")], "b": [(datong, "cases_solved")]})
    with pytest.raises(ValueError, match="one group has one measure: a"):
        charts.apart({"a": [(datong, "mediation_rate"), (datong, "eight_categories_change")]})
    with pytest.raises(KeyError, match="nothing"):
        charts.apart({"a": [(datong, "nothing")]})


def test_a_notebook_shows_every_chart_not_only_the_first():
    """Two charts in one kernel: a style context must not switch the showing off."""
    cells = [
        "from analysis import charts, load; e = load('data/datong-2018')",
        "_ = charts.composition(e, 'gangs_by_class')",
        "_ = charts.composition(e, 'gangs_by_class')",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
    root = {"metadata": {"path": str(DATA.parent)}}
    config = Config(KernelManager={"transport_encryption": "auto"})
    NotebookClient(notebook, kernel_name="python3", resources=root, config=config).execute()
    shown = [[list(out.get("data", {})) for out in cell.outputs] for cell in notebook.cells]
    assert [len(outputs) for outputs in shown] == [0, 1, 1]
    assert all("image/png" in outputs[0] for outputs in shown[1:])
