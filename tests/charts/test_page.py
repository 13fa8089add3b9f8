"""The page: what stands around a chart, charts of one's own, charts as files."""

import re

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
from building import extract
from drawn import assert_nothing_overlaps_or_is_clipped
from PIL import Image

from analysis import Source, charts
from analysis.charts import marks, page
from analysis.figures import script

mpl.use("Agg")


def test_a_colour_has_one_meaning_and_a_shape_that_says_it_without_colour():
    """What is drawn in one colour looks like that of no other, in grey too."""
    colours = [page.PRINTED, page.IMPLIED, page.DOUBT]
    assert len(set(colours)) == 3
    shapes = [(marks.SHAPES[c]["marker"], marks.SHAPES[c].get("markerfacecolor")) for c in colours]
    assert len(set(shapes)) == 3
    assert len({marks.SIGNS[c] for c in colours}) == 3


def test_lines_break_between_words_and_never_before_a_closing_mark():
    text = "报告刊于某报，2018-11-15；截至2018-10-31，其余未注明。"
    for width in range(12, 40):
        lines = page.wrapped(text, width).splitlines()
        assert "".join(lines) == text
        assert all(script.width(line) <= width + 2 for line in lines)  # the mark hangs over
        assert not any(line[0] in "，；。" for line in lines)
        assert sum(day in line for day in ("2018-11-15", "2018-10-31") for line in lines) == 2
    assert page.wrapped("Cases filed in a month", 14) == "Cases filed in\na month"
    assert page.wrapped("a_key_longer_than_a_line", 10) == "a_key_long\ner_than_a_\nline"


def test_the_page_grows_with_what_stands_around_the_chart(datong):
    heights = []
    for headline in ("Short", "Long " * 40):
        with plt.style.context(page.STYLE):
            ax = page.new_axes(None, 3.0)
            around = {"headline": headline, "axis": "", "rows": []}
            page.finish(ax, datong, datong.figures, "en", **around)
        heights.append(ax.figure.get_figheight())
        assert_nothing_overlaps_or_is_clipped(ax)
    assert heights[1] > heights[0] >= 3.0


def test_a_unit_without_an_english_name_stands_as_printed():
    boats = extract({"a": {"unit": "艋", "value": 3.0, "low": 3.0, "high": 3.0}})
    assert charts.ranges(boats, ["a"]).get_xlabel() == "Unit: 艋 (as printed)"
    assert charts.ranges(boats, ["a"], language="zh").get_xlabel() == "单位：艋"


def test_a_chart_of_ones_own_has_the_look_the_source_and_chinese_letters(datong, recwarn):
    with plt.rc_context():
        ax = charts.axes("立案与破案", datong, ["gangs"], axis="单位：起", language="zh")
        ax.barh(["立案", "破案"], [486, 352])
        ax.annotate("甲县", (300, 0))  # written after the call: the style still holds
        assert ax.figure.get_suptitle() == "立案与破案"
        assert ax.figure.get_supxlabel() == "来源：山西法制报，2018-11-15；截至2018-11-09"
        assert ax.patches[0].get_facecolor() == mpl.colors.to_rgba(page.PRINTED)
        picture, kept = ax.figure._repr_png_()
    assert picture.startswith(b"\x89PNG")
    assert kept["alt"] == "立案与破案。单位：起。来源：山西法制报，2018-11-15；截至2018-11-09"
    assert [str(warning.message) for warning in recwarn] == []  # no glyph is missing
    unknown = "figures: found 'nothing', expected a key of figures.csv"
    with pytest.raises(KeyError, match=unknown):
        charts.axes("x", datong, ["nothing"])
    with pytest.raises(KeyError, match=unknown):
        charts.ranges(datong, ["gangs", "nothing"])
    with pytest.raises(KeyError, match="relation: found 'nothing', expected a key of relations"):
        charts.composition(datong, "nothing")
    with pytest.raises(ValueError, match="language: found 'fr'"):
        charts.axes("x", language="fr")


def test_a_text_of_hong_kong_is_drawn_without_a_box(recwarn):
    figures = {"a": {"name_zh": "經陸路入境旅客數目", "reported": "19萬2383人"}}
    charts.ranges(extract(figures), ["a"], language="zh").figure._repr_png_()
    assert [str(warning.message) for warning in recwarn] == []


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_a_chart_is_saved_with_its_words_and_the_same_twice(datong, tmp_path, ending):
    saved = []
    for name in ("a", "b"):
        ax = charts.composition(datong, "gangs_by_class", language="zh")
        saved.append(charts.save(ax, tmp_path / f"{name}.{ending}").read_bytes())
    assert saved[0] == saved[1]
    if ending == "svg":
        assert ax.figure.alt in saved[0].decode()
    if ending == "png":
        with Image.open(tmp_path / "a.png") as picture:
            assert picture.text["Title"] == ax.figure.alt
            assert picture.info["dpi"] == pytest.approx((200, 200), abs=0.1)


def test_any_axes_can_be_saved_and_another_ending_is_refused(tmp_path):
    _, several = plt.subplots(1, 2)
    assert charts.save(list(several), str(tmp_path / "own.png")).exists()
    with pytest.raises(ValueError, match=re.escape("as .png, .svg or .pdf, not as 'own.doc'")):
        charts.save(several[0], tmp_path / "own.doc")


def test_who_printed_it_and_how_much_nobody_read_stand_below():
    source = Source("t", "某局", "2024-02-01", publisher_en="A Bureau")
    read = extract({"a": "342起", "b": "91个"}, source=source, status=["", "proposed"])
    below = charts.ranges(read, ["a", "b"]).figure.get_supxlabel().replace("\n", " ")
    assert below.startswith("Source: A Bureau (某局), 2024-02-01; date not stated; proposed")
    assert below.endswith("1 of 2 figures")
