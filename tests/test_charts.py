"""Charts, read from their Axes: data drawn, limits, labels, unit, source, and no missing glyph."""

import logging
import subprocess
import sys

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgb

from analysis import Bounds, Extract, audit, charts, year_over_year

mpl.use("Agg")


@pytest.fixture(autouse=True)
def close():
    yield
    plt.close("all")


def words(ax):
    """All text on a chart: on the Axes, and around them."""
    figure = ax.figure
    axis = [*ax.get_xticklabels(), *ax.get_yticklabels(), ax.xaxis.label, ax.yaxis.label]
    around = [figure.get_suptitle(), figure.get_supxlabel(), ax.get_title(loc="left")]
    return "\n".join([*(text.get_text() for text in [*ax.texts, *axis]), *around])


def bars(ax):
    """Ends of the range bars, top to bottom."""
    segments = [s for c in ax.collections if hasattr(c, "get_segments") for s in c.get_segments()]
    return sorted(((s[0][1], s[0][0], s[-1][0]) for s in segments), key=lambda bar: bar[0])


def dots(ax):
    return [
        (float(x), float(y))
        for line in ax.lines
        if line.get_marker() == "o"
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
    ]


def assert_nothing_overlaps_or_is_clipped(ax):
    """Every text lies within the picture, and no two texts cover each other."""
    ax.figure.canvas.draw()
    renderer = ax.figure.canvas.get_renderer()
    ticks = [  # matplotlib keeps labels for ticks beyond the limits, and does not draw them
        tick.label1
        for axis in (ax.xaxis, ax.yaxis)
        for tick in axis.get_major_ticks()
        if min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
    ]
    around = [ax.xaxis.label, ax.yaxis.label, ax.figure._suptitle, ax.figure._supxlabel]
    texts = [text for text in [*ax.texts, *ticks, *around] if text.get_text().strip()]
    shown = [(text.get_text(), text.get_window_extent(renderer)) for text in texts]
    width, height = ax.figure.canvas.get_width_height()
    for text, box in shown:
        assert box.x0 >= -1, text
        assert box.y0 >= -1, text
        assert box.x1 <= width + 1, text
        assert box.y1 <= height + 1, text
    for n, (text, box) in enumerate(shown):
        for other, other_box in shown[:n]:
            assert not box.padded(-1).overlaps(other_box.padded(-1)), (text, other)


@pytest.fixture(params=["en", "zh"])
def language(request):
    return request.param


HEDGED = ["bureau_feeds", "other_feeds", "cases_reviewed", "judgments_reviewed"]
REACH = ["townships_at_standard", "townships_with_video"]
EVENTS = ["events_reported", "events_handled"]
INTERVALS = pd.DataFrame({"low": [85.0, 90.0, 92.4], "high": [98.0, 97.0, 95.3]}, [100, 300, 1000])
DRAWN = {
    "year_over_year": lambda extract, **k: charts.year_over_year(extract, **k),
    "ranges": lambda extract, **k: charts.ranges(extract, HEDGED, **k),
    "ranges on a log scale": lambda extract, **k: charts.ranges(extract, HEDGED, log=True, **k),
    "audit": lambda extract, **k: charts.audit(extract, **k),
    "audit of one claim": lambda extract, **k: charts.audit(extract, ["mediation_rate"], **k),
    "of_total": lambda extract, **k: charts.of_total(extract, REACH, "townships", **k),
    "funnel": lambda extract, **k: charts.funnel(extract, EVENTS, **k),
    "composition": lambda extract, **k: charts.composition(extract, "gangs_by_class", **k),
    "margin_of_error": lambda extract, **k: charts.margin_of_error(
        extract, "satisfied", INTERVALS, **k
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
    bundle, metadata = ax.figure._repr_mimebundle_()
    assert bundle["image/png"].startswith(b"\x89PNG")
    assert metadata["image/png"]["alt"] == ax.figure.alt


def test_the_same_chart_is_the_same_picture(datong):
    pictures = [charts.year_over_year(datong).figure._repr_mimebundle_()[0] for _ in range(2)]
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
        assert figure
    left, right = ax.get_xlim()
    assert left < 342 / 4.47 < 7687 / 76.83 < right
    assert "−13.8%" in words(ax)
    assert "A year earlier = 100" in words(ax)
    assert charts.year_over_year(datong, ["eight_categories"]).get_yticklabels()[0].get_text() == (
        "Cases filed in the\neight main categories"
    )
    with pytest.raises(KeyError, match="gangs"):
        charts.year_over_year(datong, ["gangs"])


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
    assert ax.figure.get_suptitle() == "1 of 5 figures are exact, 4 only within bounds"


def test_an_open_end_is_an_arrow_and_not_a_bar():
    figures = pd.DataFrame(
        {"reported": ["3000万元以上", "2亿元"], "unit": "元", "measure": "amount"},
        index=["at_least", "about"],
    )
    extract = Extract(figures, pd.DataFrame(columns=["relation", "kind", "role", "figure"]))
    ax = charts.ranges(extract, ["at_least", "about"])
    assert "≥ 30,000,000" in words(ax)
    arrow = next(text for text in ax.texts if getattr(text, "arrow_patch", None))
    assert arrow.xyann == (3e7, 0)
    assert ax.get_xlim()[1] >= arrow.xy[0] > 3e7
    assert "date not stated" in words(ax)


def test_a_chart_on_the_analysts_own_axes(datong):
    figure, axes = plt.subplots(1, 2)
    ax = charts.ranges(datong, HEDGED, ax=axes[1])
    assert ax is axes[1]
    assert "Source: Shanxi Legal Daily" in ax.get_xlabel()
    assert ax.get_title(loc="left").startswith("All 4 figures")
    assert figure is ax.figure


def test_the_audit_chart_draws_printed_against_recomputed(datong):
    table = audit(datong)
    ax = charts.audit(datong)
    assert len(ax.get_yticklabels()) == len(table)
    # 1628 / 1814 = 89.7464%, against 89.9 printed: 0.1708% below it, and outside 89.85 to 89.95.
    (dot,) = [x for x, y in dots(ax) if y == 5]
    assert dot == pytest.approx((89.746417 - 89.9) / 89.9 * 100, abs=1e-6)
    pale = next(
        line for line in ax.lines if line.get_linewidth() == 16 and line.get_ydata()[0] == 5
    )
    assert list(pale.get_xdata()) == pytest.approx([-0.05 / 89.9 * 100, 0.05 / 89.9 * 100])
    assert ax.figure.get_suptitle().startswith("5 of 6 printed claims agree")
    alone = charts.audit(datong, ["mediation_rate"])
    assert dots(alone) == [(pytest.approx(89.746417), 0)]
    assert "Unit: percent" in words(alone)
    with pytest.raises(KeyError, match="nothing"):
        charts.audit(datong, ["nothing"])


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
    assert ax.figure.get_suptitle() == "23,227 of 162,473 left open (14.3%)"
    hedged = charts.funnel(datong, ["other_feeds", "bureau_feeds"])
    assert [patch.get_width() for patch in hedged.patches if patch.get_hatch()][:1] == [1500]
    left, right = hedged.get_xlim()
    assert left <= -750
    assert right >= 750
    with pytest.raises(ValueError, match="a funnel has one unit, not 个, 人"):
        charts.funnel(datong, ["grids", "grid_staff"])


def test_the_composition_is_the_parts_end_to_end(datong):
    ax = charts.composition(datong, "gangs_by_class")
    bars_ = [(patch.get_x(), patch.get_width()) for patch in ax.patches]
    assert bars_ == [(0, 6), (6, 20), (26, 65)]
    assert ax.get_xlim()[1] >= 91
    for share in ("6 (6.6%)", "20 (22.0%)", "65 (71.4%)"):
        assert share in words(ax)
    with pytest.raises(KeyError, match="nothing"):
        charts.composition(datong, "nothing")


def test_the_margin_of_error_is_a_band_around_the_printed_value(datong):
    ax = charts.margin_of_error(datong, "satisfied", INTERVALS)
    low, high, printed = ax.lines
    assert list(low.get_ydata()) == INTERVALS["low"].tolist()
    assert list(high.get_ydata()) == INTERVALS["high"].tolist()
    assert set(printed.get_ydata()) == {94.01}
    assert "A random sample of 1,000 answers" in words(ax)
    assert "Number of answers" in words(ax)


def lightness(colour):
    """CIE L* of an sRGB colour (IEC 61966-2-1, CIE 15)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    y = float(np.dot([0.2126, 0.7152, 0.0722], linear))
    return 116 * np.cbrt(y) - 16 if y > (6 / 29) ** 3 else y * (29 / 3) ** 3, y


def test_colours_that_mean_something_differ_in_grey_and_stand_out_from_white():
    for one, other in [
        (charts.MAIN, charts.ACCENT),
        (charts.MAIN, charts.LIGHT),
        (charts.MAIN, charts.QUIET),
    ]:
        assert abs(lightness(one)[0] - lightness(other)[0]) >= 15
    for colour in (charts.MAIN, charts.ACCENT, charts.QUIET, charts.LIGHT):
        assert 1.05 / (lightness(colour)[1] + 0.05) >= 3  # WCAG 2.1, graphical objects


def test_importing_the_library_does_not_import_matplotlib():
    code = "import sys, analysis; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
