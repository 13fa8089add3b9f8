"""Charts over many issues, read from their Axes: gaps, breaks, bounds, bases, signs."""

import itertools
import shutil
from functools import cache, partial
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PolyCollection
from matplotlib.colors import same_color
from matplotlib.patches import Rectangle

from analysis import Bounds, audit, charts, load_all, series
from analysis.charts import page

mpl.use("Agg")
DATA = Path(__file__).resolve().parents[2] / "data"
INDICATORS = pd.read_csv(DATA / "indicators.csv")
# Loaded by the first test that asks: each process that collects tests imports this module.
fires, hong_kong, procuratorate = (
    cache(partial(load_all, DATA / name))
    for name in ("national-fires", "hong-kong-police", "procuratorate")
)
FOUR = ["fires", "fire_deaths", "fire_injuries", "fire_loss"]
DRAWN = {
    "series": lambda **k: charts.series(fires(), INDICATORS, "fires", **k),
    "multiples": lambda **k: charts.multiples(fires(), INDICATORS, FOUR, **k)[0],
    "vintages": lambda **k: charts.vintages(fires(), INDICATORS, FOUR, **k),
    "changes": lambda **k: charts.changes(fires(), INDICATORS, FOUR, **k),
    "quarters": lambda **k: charts.quarters(procuratorate(), INDICATORS, "arrest_approved", **k),
    "hong_kong": lambda **k: charts.series(hong_kong(), INDICATORS, "overall_crime", **k),
}


def headline(ax):
    return ax.figure.get_suptitle().replace("\n", " ")


def years_of(ax):
    """Which years a line joins."""
    joined = [line.get_xdata() for line in ax.lines if line.get_marker() in ("None", None, "")]
    return sorted({(float(x[0]), float(x[1])) for x in joined if len(x) == 2 and x[0] != x[1]})


def shaded(ax):
    """The middles of the shaded years."""
    spans = [p for p in ax.patches if isinstance(p, Rectangle) and p.get_width() == 1]
    return sorted(p.get_x() + 0.5 for p in spans)


@pytest.mark.parametrize("chart", DRAWN)
def test_nothing_overlaps_and_nothing_is_cut_off(chart, language):
    figure = DRAWN[chart](language=language).figure
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    texts = [figure._suptitle, figure._supxlabel]
    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            low, high = sorted(axis.get_view_interval())
            texts += [t.label1 for t in axis.get_major_ticks() if low <= t.get_loc() <= high]
        texts += [*ax.texts, ax.xaxis.label, ax._left_title, ax.title]
        legend = ax.get_legend()
        texts += legend.get_texts() if legend else []
    said = [text for text in texts if text.get_text().strip() and text.get_visible()]
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in said]
    width, height = figure.canvas.get_width_height()
    for text, box in boxes:
        assert box.x0 >= -1, text
        assert box.y0 >= -1, text
        assert box.x1 <= width + 1, text
        assert box.y1 <= height + 1, text
    for (text, box), (other, other_box) in itertools.combinations(boxes, 2):
        assert not box.padded(-1).overlaps(other_box.padded(-1)), (text, other)


@pytest.mark.parametrize("chart", DRAWN)
def test_source_unit_and_day_are_under_the_chart_and_all_is_in_its_description(chart, language):
    ax = DRAWN[chart](language=language)
    below = ax.figure.get_supxlabel()
    assert "2025-12-31" in below
    assert ("期" if language == "zh" else "issues of") in below
    assert ax.figure.alt.startswith(headline(ax)[:10])
    assert below in ax.figure.alt


def test_gaps_and_the_break_of_the_fires():
    ax = DRAWN["series"]()
    # Whole years: 2014, 2022 and 2023 have no print of the four totals.
    assert shaded(ax) == [2014, 2022, 2023]
    # A line joins years that follow each other, are both printed and count the same.
    follow = [(year, year + 1.0) for year in (2015.0, 2016.0, 2017.0, 2018.0, 2019.0, 2024.0)]
    assert years_of(ax) == follow
    dashed = [line for line in ax.lines if line.get_linestyle() == "--"]
    assert [line.get_xdata()[0] for line in dashed] == [2020.5]
    assert "2021-01-01" in ax.get_xlabel()


def test_a_chain_without_a_break_has_no_dashed_line():
    ax = DRAWN["hong_kong"]()
    assert [line for line in ax.lines if line.get_linestyle() == "--"] == []
    assert shaded(ax) == [2012, 2015, 2020]
    assert "dashed" not in ax.get_xlabel()
    assert "each of 8 first prints" in headline(ax)


def test_a_series_draws_its_bounds_printed_and_implied():
    ax = DRAWN["series"]()
    table = series(fires(), INDICATORS).loc["fires"]
    whole = table[table.index.str.fullmatch(r"\d{4}")]
    drawn = {
        (float(s[0][0]), float(s[0][1]), float(s[1][1]))
        for c in ax.collections
        if not isinstance(c, PolyCollection)
        for s in c.get_segments()
    }
    for side in ("printed", "implied"):
        of = whole[whole[f"{side}_low"].notna()]
        ends = of[[f"{side}_low", f"{side}_high"]].to_numpy()
        for year, (low, high) in zip(of.index.astype(float), ends, strict=True):
            assert any(np.allclose(d, (year, low, high)) for d in drawn), (side, year)


@pytest.mark.parametrize(("part", "years"), [("Q1", 6), ("H1", 6), ("Q1–Q3", 4)])
def test_a_part_of_the_year_by_itself(part, years):
    ax = charts.series(procuratorate(), INDICATORS, "arrest_approved", part)
    # From the first that is implied, a year before the first print, to the last.
    ticks = [int(t.get_text()) for t in ax.get_xticklabels()]
    assert len(ticks) == years
    assert ticks[0] == 2019
    assert f"({part})" in headline(ax)


def test_what_cannot_be_drawn_says_why():
    with pytest.raises(KeyError, match="no such indicator: nothing"):
        charts.series(fires(), INDICATORS, "nothing")
    with pytest.raises(ValueError, match="no issue prints the part of the year 'Q2'"):
        charts.series(fires(), INDICATORS, "fires", "Q2")
    with pytest.raises(ValueError, match="no first print that a later issue"):
        charts.vintages(fires(), INDICATORS, ["vehicles"])
    with pytest.raises(ValueError, match="have a chart of their own"):
        charts.changes(procuratorate(), INDICATORS, ["arrest_refusal_rate", "arrest_refused"])
    with pytest.raises(ValueError, match="no issue prints a total"):
        charts.quarters(procuratorate(), INDICATORS, "arrest_refusal_rate")


def test_vintages_have_a_row_a_pair_and_name_what_counts_otherwise(language):
    ax = DRAWN["vintages"](language=language)
    table = series(fires(), INDICATORS)
    pairs = table.loc[FOUR].query("base != ''")
    labels = [label.get_text() for label in ax.get_yticklabels()]
    periods = pairs.index.get_level_values("period")
    names = set(INDICATORS.set_index("indicator").loc[FOUR, f"name_{language}"])
    assert [label for label in labels if label not in names] == periods.tolist()
    other = "口径不同" if language == "zh" else "counts otherwise"
    assert sum(text.get_text() == other for text in ax.texts) == 4
    # Printed 2021 Q1: 17.6万; implied 24.7万 to 24.8万, of it 140 to 141.
    row = pairs.loc[("fires", "2021 Q1")]
    middle = (row["printed_low"] + row["printed_high"]) / 2
    later = Bounds.of(row, "implied") / middle * 100
    bars = [
        (s[0][0], s[1][0])
        for c in ax.collections
        if same_color(c.get_color()[0], page.DOUBT)
        for s in c.get_segments()
    ]
    assert any(np.allclose(bar, (later.low, later.high)) for bar in bars)
    assert "21 of 23" in headline(ax) or "23 个首次刊出数次年有 21 个变动" in headline(ax)


def test_an_arrow_leads_from_the_print_to_the_nearer_end_of_the_base():
    ax = charts.vintages(fires(), INDICATORS, ["larger_fires"])
    arrows = [(a.xyann[0], a.xy[0]) for a in ax.texts if getattr(a, "arrow_patch", None)]
    # 60 to 68, 64 to 67, 65 to 75 and, of a quarter, 18 to 23; 65 of 2017 stayed.
    assert arrows == [
        (100, pytest.approx(100 * b / a)) for a, b in [(60, 68), (64, 67), (65, 75), (18, 23)]
    ]


def test_changes_whose_signs_differ_are_marked(language):
    ax = DRAWN["changes"](language=language)
    table = series(fires(), INDICATORS).loc[FOUR]
    word = "方向相反" if language == "zh" else "other sign"
    marked = [text for text in ax.texts if text.get_text() == word]
    assert len(marked) == table["flips"].sum() == 5
    assert all(same_color(text.get_color(), page.INKS[page.DOUBT]) for text in marked)
    assert headline(ax).startswith("5 of 23" if language == "en" else "23 个刊出的增减中，有 5 个")
    legend = [text.get_text() for text in ax.get_legend().get_texts()]
    assert legend[-1] == word


def test_what_can_be_both_is_named_where_there_is_any(language):
    words = ["次年推算，可相同", "次年推算，不同"]
    if language == "en":
        words = ["a year later, can be the same", "a year later, another"]

    def legend(which):
        ax = charts.vintages(fires(), INDICATORS, which, language=language)
        return [text.get_text() for text in ax.get_legend().get_texts()]

    assert legend(["fires"])[1:] == words  # 28.1万 of 2017 can be the base of 2018
    assert legend(["fire_deaths"])[1:] == words[1:]  # all six of them moved


def test_of_two_on_one_place_both_are_seen():
    """Overall crime of 2014 is exact both as printed and by the first prints: one on the other."""
    ax = charts.changes(hong_kong(), INDICATORS, ["overall_crime"])
    dots = [line for line in ax.lines if line.get_marker() == "o" and line.get_ydata()[0] == 1]
    assert [same_color(d.get_color(), page.IMPLIED) for d in dots] == [True, False]
    below, above = (line.get_markersize() for line in dots)
    assert below > above + 3
    assert dots[0].get_xdata() == pytest.approx(dots[1].get_xdata())


def test_headlines_of_the_notebooks_charts_are_a_line_each(language):
    for chart in ("series", "multiples", "vintages", "changes", "hong_kong"):
        assert "\n" not in DRAWN[chart](language=language).figure.get_suptitle(), chart
    two = charts.vintages(fires(), INDICATORS, FOUR[:2], language=language)
    assert "\n" not in two.figure.get_suptitle()
    assert headline(two).startswith("火灾、" if language == "zh" else "Fires, Deaths")


def test_quarters_shade_what_no_issue_prints_and_nothing_else():
    ax = DRAWN["quarters"]()
    spans = [
        (round(p.get_x(), 2), round(p.get_x() + p.get_width(), 2))
        for p in ax.patches
        if isinstance(p, Rectangle) and same_color(p.get_facecolor()[:3], page.QUIET)
    ]
    assert spans == [(2022.75, 2023.0), (2023.5, 2024.0)]  # 2022 Q4; 2023 Q3 and Q4
    assert "shaded" in ax.get_xlabel()
    whole = charts.quarters(procuratorate()[:8], INDICATORS, "arrest_approved")  # 2020 and 2021
    assert "shaded" not in whole.get_xlabel()


def test_a_month_of_an_exact_count_is_said_in_whole_persons():
    ax = charts.quarters(procuratorate(), INDICATORS, "prosecuted")
    # 477,014 persons in 2021 Q3, a third of it 159,004.67.
    assert "159,005 (2021 Q3)" in headline(ax)
    assert "159,004" not in ax.figure.alt


def test_changes_that_agree_have_no_mark_and_no_word_for_it():
    ax = charts.changes(hong_kong(), INDICATORS, ["overall_crime"])
    assert len(ax.get_legend().get_texts()) == 2
    assert headline(ax).startswith("0 of 8")


def test_points_of_percentages_have_their_own_scale():
    ax = charts.changes(hong_kong(), INDICATORS, ["clearance_rate"])
    assert "percentage points" in ax.get_xlabel()


def test_quarters_are_a_month_on_the_average_and_as_wide_as_they_are():
    ax = DRAWN["quarters"]()
    bars = {
        (round(p.get_x(), 2), round(p.get_width(), 2)): p.get_height()
        for p in ax.patches
        if isinstance(p, Rectangle)
        and p.get_y() == 0
        and same_color(p.get_facecolor()[:3], page.IMPLIED)
    }
    assert bars[(2020.0, 0.25)] == pytest.approx(132914 / 3)
    assert bars[(2021.25, 0.25)] == pytest.approx((449045 - 193053) / 3)
    assert bars[(2022.25, 0.25)] == pytest.approx((222000 - 143000) / 3)  # 14.3万 of 22.2万
    assert bars[(2024.5, 0.5)] == pytest.approx((753000 - 367000) / 6)  # no issue of three quarters
    assert bars[(2025.0, 1.0)] == pytest.approx(664000 / 12)
    assert (2023.5, 0.5) not in bars  # and 2022 Q4: neither is printed
    assert bars[(2020.25, 0.25)] == pytest.approx(147329 / 3)  # printed by itself
    assert len(bars) == 4 + 4 + 3 + 2 + 3 + 1


def test_each_of_several_has_a_panel_with_its_name_and_unit(language):
    panels = charts.multiples(fires(), INDICATORS, FOUR[:3], language=language)
    names = INDICATORS.drop_duplicates("indicator").set_index("indicator")[f"name_{language}"]
    titles = [panel.get_title() or panel.get_title(loc="left") for panel in panels]
    assert [title.split(" (")[0] for title in titles] == names[FOUR[:3]].tolist()
    assert len({panel.get_xlim() for panel in panels}) == 1  # the same years
    assert not panels[0].figure.axes[3].axison  # the place of a fourth stays empty
    assert all(shaded(panel) == [2014, 2022, 2023] for panel in panels)


def test_no_mark_is_cut_off_by_the_top_of_its_panel():
    for panel in charts.multiples(fires(), INDICATORS, FOUR):
        highest = max(
            y
            for line in panel.lines
            if len(line.get_xdata()) == 1
            for y in [float(line.get_ydata()[0])]
        )
        top, inches = panel.get_ylim()[1], panel.bbox.height / panel.figure.dpi
        # Of the ring around a printed value, 9 points high, the upper half is above it.
        assert (1 - highest / top) * inches * 72 >= 4.5


def test_axes_of_ones_own_are_drawn_on():
    figure, ax = plt.subplots()
    assert charts.series(fires(), INDICATORS, "fires", ax=ax) is ax
    assert "4 of 5" in ax.get_title(loc="left") + ax.get_title()
    plt.close(figure)


def test_a_further_issue_is_a_folder_and_no_code(tmp_path):
    """That of 2025 again, as if it were of 2026: the same numbers and the same change."""
    issuer = tmp_path / "national-fires"
    shutil.copytree(DATA / "national-fires", issuer)
    shutil.copytree(issuer / "2025", issuer / "2026")
    for name in ("figures.csv", "datapackage.json"):
        text = (issuer / "2026" / name).read_text("utf-8")
        (issuer / "2026" / name).write_text(
            text.replace("2025", "2026").replace("2024", "2025"), "utf-8"
        )
    issues = load_all(issuer)
    assert [each.name for each in issues] == [e.name for e in fires()] + ["national-fires/2026"]

    table, before = series(issues, INDICATORS), series(fires(), INDICATORS)
    now, then = table.loc[("callouts", "2026")], table.loc[("callouts", "2025")]
    assert now["printed_low"] == then["printed_low"]
    # 3.6% more than a year earlier, so the print of 2025 cannot be the base.
    assert (then["base"], then["implied_by"]) == ("revised", "national-fires/2026")
    assert np.isfinite(now["by_prints_low"])
    older = table[table["as_of"] < "2025-12-31"].index
    pd.testing.assert_frame_equal(table.loc[older], before.loc[older])
    assert audit(issues[-1]).equals(audit(fires()[-1]))

    for draw in (charts.series, charts.vintages):
        which = "callouts" if draw is charts.series else ["callouts"]
        old, new = (draw(each, INDICATORS, which).figure for each in (fires(), issues))
        assert "2026-12-31" in new.get_supxlabel()
        assert "2026-12-31" not in old.get_supxlabel()
    assert len(charts.changes(issues, INDICATORS, ["callouts"]).get_yticks()) == 5


def test_without_a_table_of_indicators_the_keys_are_the_names():
    ax = charts.series(hong_kong(), None, "overall_crime")
    assert headline(ax).startswith("overall_crime: ")
