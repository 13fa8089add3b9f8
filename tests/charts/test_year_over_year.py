"""Year over year: the finding, many rows, and claims without a value then."""

import matplotlib as mpl
import pytest
from building import extract
from drawn import assert_nothing_overlaps_or_is_clipped, bars, dots, words

from analysis import charts

mpl.use("Agg")


def changes(*pairs, **columns):
    """Figures x0, x1, ... each with its printed change against a year earlier."""
    figures = {f"x{n}": pair[0] for n, pair in enumerate(pairs)}
    figures |= {f"c{n}": pair[1] for n, pair in enumerate(pairs)}
    claims = [("change", {"current": f"x{n}", "change": f"c{n}"}) for n in range(len(pairs))]
    return extract(figures, claims, against="year earlier", basis="printed", **columns)


def headline(ax):
    return ax.figure.get_suptitle()


FALL, RISE, STILL = ("342起", "下降23.5%"), ("1200起", "上升3.1%"), ("6623起", "持平")
NONE = ("178起", "上升44.4%")  # 178 / 1.444 is 123.3: no whole number


@pytest.mark.parametrize(
    ("pairs", "en", "zh"),
    [
        ([FALL] * 3, "All 3 fell against a year earlier", "3 项比上年同期全部下降"),
        ([RISE] * 3, "All 3 rose against a year earlier", "3 项比上年同期全部上升"),
        (
            [FALL, FALL, RISE],
            "2 of 3 fell against a year earlier, 1 rose: from −23.5% (x0) to +3.1% (x2)",
            "3 项中，比上年同期下降 2 项、上升 1 项：由下降23.5%（x0）至上升3.1%（x2）",
        ),
        (
            [STILL] * 3,
            "Print does not tell whether any of 3 rose or fell",
            "3 项是升是降都不能确定",
        ),
        ([NONE], "x0: no whole number a year earlier gives", "x0：没有一个上年同期的整数"),
        (
            [FALL, NONE],
            "x0: 105 cases fewer than a year earlier\nx1: no whole number a year earlier",
            "x0：比上年同期减少 105 起\nx1：没有一个上年同期的整数",
        ),
        (
            [FALL, FALL, RISE, NONE],
            "2 of 3 fell against a year earlier, 1 rose",
            "3 项中，比上年同期下降 2 项",
        ),
    ],
)
def test_the_headline_is_what_moved(pairs, en, zh):
    told = headline(charts.year_over_year(changes(*pairs)))
    assert told.replace("\n", " ").startswith(en.replace("\n", " "))
    told = headline(charts.year_over_year(changes(*pairs), language="zh"))
    assert told.replace("\n", "").startswith(zh.replace("\n", ""))


def test_a_claim_without_a_whole_prior_stays_as_a_row_that_says_so(language):
    ax = charts.year_over_year(changes(FALL, NONE), language=language)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["x0", "x1"]
    assert {"en": "◆ no whole number", "zh": "◆ 无整数可得"}[language] in words(ax)
    assert {"en": "+44.4%", "zh": "上升44.4%"}[language] in words(ax)
    assert {y for _, y in dots(ax)} == {0}
    named = charts.year_over_year(changes(FALL, NONE), ["x1"], language=language)
    assert [label.get_text() for label in named.get_yticklabels()] == ["x1"]
    assert_nothing_overlaps_or_is_clipped(named)


def test_what_has_no_value_printed_now_is_counted_below():
    alone = extract(
        {"x": "342起", "c": "下降23.5%", "d": "下降7.1%"},
        [("change", {"current": "x", "change": "c"}), ("change", {"change": "d"})],
        against="year earlier",
        basis="printed",
    )
    ax = charts.year_over_year(alone)
    assert "Changes not drawn, for want of a printed value: 1" in ax.get_xlabel()


def test_very_unlike_changes_are_on_a_logarithmic_scale_that_says_so():
    # 18 is half of 36, 7 is 2 and 250% of it.
    wide = charts.year_over_year(changes(("18起", "下降50%"), ("7起", "上升250%")))
    narrow = charts.year_over_year(changes(FALL, RISE))
    assert (wide.get_xscale(), narrow.get_xscale()) == ("log", "linear")
    assert wide.get_xlabel() == "Unit: cases\nLogarithmic scale. The implied value then = 100"
    assert {(50, 0), (350, 1)} <= {(round(x), y) for x, y in dots(wide)}


def test_unlike_bases_are_named_in_their_rows():
    two = changes(FALL, RISE, as_of="2018-08-31")
    two.figures.loc["c1", "against"] = "year 2016"
    ax = charts.year_over_year(two, ["x0", "x1"])
    said = [text.get_text() for text in ax.texts]
    assert "447\na year earlier" in said
    assert any(text.endswith("\nin 2016") for text in said)


def test_an_arrow_stands_only_where_it_cannot_point_backwards():
    ax = charts.year_over_year(changes(FALL, ("206482起", "下降0.3%"), ("14119起", "上升0.3%")))
    # 23.5% is most of the axis; 0.3% is less than a hundredth, and its marks touch.
    assert [text.xy[1] for text in ax.texts if text.arrow_patch is not None] == [0]


def test_twelve_rows_are_as_legible_as_two(language):
    pairs = [FALL, RISE, NONE, ("18起", "下降50%"), ("7起", "上升250%"), ("9亿元", "增长5%")] * 2
    many = changes(*pairs)
    many.figures["name_en"] = [f"A long name of one of a dozen, number {n}" for n in range(24)]
    many.figures["name_zh"] = ["入户盗窃（夜间有人居住）案件"] * 24
    ax = charts.year_over_year(many, language=language)
    assert len(ax.get_yticklabels()) == 12
    assert len(headline(ax).splitlines()) <= 3
    assert len(bars(ax)) >= 4  # 9亿 is rounded, and so is what it was
    assert_nothing_overlaps_or_is_clipped(ax)


def test_english_print_stands_in_a_chinese_chart_as_its_number():
    ax = charts.year_over_year(changes(("342 cases", "down 23.5%"), FALL), language="zh")
    said = " ".join([headline(ax), *words(ax)])
    assert "down" not in said
    assert "−23.5%" in said or "减少 105" in said


def test_numbers_have_their_units_and_those_of_one_unit_one_scale():
    rows = [("2.4亿元", "增长10%"), ("81亿元", "增长8%"), ("3000吨", "下降2%")]
    ax = charts.year_over_year(changes(*rows))
    texts = [text.get_text() for text in ax.texts]
    assert [texts.count(unit) for unit in ("unit", "yuan", "tonnes")] == [1, 2, 1]
    assert sum("million" in text for text in texts) == 4
    assert not any("billion" in text for text in texts)
    assert ax.get_xlabel().startswith("The implied")
    alike = charts.year_over_year(changes(*rows[:2]), language="zh")
    assert alike.get_xlabel().startswith("单位：元\n")


def test_one_that_moved_far_more_than_all_others_does_not_press_them_together():
    others = [("1000起", f"上升{n}%") for n in range(1, 9)]
    ax = charts.year_over_year(changes(*others, ("100起", "下降95%")))
    assert ax.get_xscale() == "linear"
    assert ax.get_xlim()[0] > 95
    assert "an arrow to the edge leaves the scale: 1" in ax.get_xlabel()
    edge = [text.xy[0] for text in ax.texts if getattr(text, "arrow_patch", None)]
    assert min(edge) == ax.get_xlim()[0]
    # Many that go far have their scale.
    wide = charts.year_over_year(changes(*others[:3], *[("100起", "下降95%")] * 4))
    assert (wide.get_xscale(), "edge" in wide.get_xlabel()) == ("log", False)


def test_rows_of_one_name_are_told_apart():
    ax = charts.year_over_year(
        changes(("30起", "上升20%"), ("45起", "上升25%"), name_zh="盗窃", name_en="")
    )
    labels = [label.get_text().replace("\n", "") for label in ax.get_yticklabels()]
    assert labels == ["盗窃 (30起)", "盗窃 (45起)"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_absolute_changes_are_no_span(language):
    """In order of growth the third is least, and 2 pieces more are fewer than 83 persons more."""
    pairs = [("1000张", "增加2张"), ("1248人", "增加83人"), ("2000人", "增加3人"), FALL]
    figures = {f"{of}{n}": pair[of == "c"] for n, pair in enumerate(pairs) for of in "xc"}
    turned = ["difference"] * 3 + ["change"]
    claims = [("change", {"current": f"x{n}", role: f"c{n}"}) for n, role in enumerate(turned)]
    of = extract(figures, claims, against="year earlier", basis="printed")
    told = headline(charts.year_over_year(of, language=language))
    counts = "3 rose" if language == "en" else "上升 3 项"
    assert told.endswith(counts)
