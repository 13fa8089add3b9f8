"""Any text and any bytes: only the documented errors, and findings that hold together.

A longer run: `make fuzz`.
"""

import math
import shutil
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import ExtractError, FigureError, find_figures, find_numerals, load, read_figure
from analysis.kinds import MEASURES

DATONG = Path(__file__).resolve().parents[1] / "data" / "datong-2018"
FILES = ["figures.csv", "relations.csv", "passed-over.csv", "datapackage.json"]

# What printed figures are made of, and what stands around them.
PIECES = [
    *"0123456789０１２三五九十百千万亿两半零〇%‰％.,，．、-－—~+:/",
    *"起件人个元倍成番年月日时第约近超余多几数上过下升降增减每均分之至到",
    *(
        "百分点",
        "下降",
        "同比",
        "没有发生一",
        "持平",
        "翻番",
        "过半",
        "不足",
        "以上",
        "左右",
        "日均",
    ),
    *(
        "萬",
        "億",
        "餘",
        "減",
        "\u200b",
        "\u202e",
        "①",
        "٣",
        "½",
        "𝟙",
        "\n",
        " ",
        "\u3000",
        "A",
        "㎡",
    ),
]
texts = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))


@given(texts)
def test_read_figure_reads_or_says_why_not(text):
    try:
        figure = read_figure(text)
    except FigureError as error:
        assert str(error)  # noqa: PT017 - either end is right
        return
    assert figure.low <= figure.high
    assert figure.value is None or figure.low <= figure.value <= figure.high
    assert not math.isnan(figure.low + figure.high - figure.low) or math.isinf(figure.high)
    assert figure.measure in MEASURES
    assert figure.decimals >= 0


@given(st.lists(texts, max_size=6).map("\n".join))
def test_find_figures_finds_what_stands_there(text):
    found = find_figures(text, dates=True)
    lines = text.split("\n")
    ends = {}
    for row in found.itertuples():
        line = lines[row.paragraph - 1]
        assert line[row.position : row.position + len(row.reported)] == row.reported
        assert row.position >= ends.get(row.paragraph, 0)  # in order, and none in another
        ends[row.paragraph] = row.position + len(row.reported)
    figures = found[found["measure"] != "date"]
    assert (figures["low"] <= figures["high"]).all()
    valued = figures[figures["value"].notna()]
    assert ((valued["low"] <= valued["value"]) & (valued["value"] <= valued["high"])).all()
    assert found["paragraph"].is_monotonic_increasing
    pd.testing.assert_frame_equal(figures, find_figures(text).set_axis(figures.index))


@given(texts)
def test_find_numerals_finds_what_stands_there(text):
    lines = text.split("\n")
    for paragraph, position, numeral in find_numerals(text).itertuples(index=False, name=None):
        assert lines[paragraph - 1].startswith(numeral, position)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return Path(shutil.copytree(DATONG, tmp_path_factory.mktemp("fuzz") / "article"))


edits = st.lists(
    st.tuples(
        st.sampled_from(["delete", "insert", "double", "swap"]),
        st.floats(0, 1),
        st.integers(1, 30),
        st.one_of(st.binary(max_size=6), st.sampled_from(PIECES).map(str.encode)),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=settings.default.max_examples // 3)  # a folder takes longer than a text
@given(st.sampled_from(FILES), edits)
def test_load_reads_or_lists_the_faults(folder, name, changes):
    good = (DATONG / name).read_bytes()
    data = good
    for kind, place, length, piece in changes:
        at = int(place * len(data))
        before, inside, after = data[:at], data[at : at + length], data[at + length :]
        data = {
            "delete": before + after,
            "insert": before + piece + inside + after,
            "double": before + inside + inside + after,
            "swap": before + inside[::-1] + after,
        }[kind]
    (folder / name).write_bytes(data)
    try:
        extract = load(folder)
    except ExtractError as error:
        assert error.faults  # noqa: PT017 - either end is right
        assert all(fault.expected for fault in error.faults)  # noqa: PT017
    else:
        assert (extract.figures["low"] <= extract.figures["high"]).all()
    finally:
        (folder / name).write_bytes(good)
