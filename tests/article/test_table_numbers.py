"""Cells of tables: what they hold, and the bounds that their print leaves."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.article.table_numbers import bounds, read_cell, read_cells, sign_of


@pytest.mark.parametrize(
    ("printed", "values"),
    [
        ("1,124", [1124]),
        ("1 124", [1124]),
        ("1\u2009124", [1124]),  # a thin space
        ("1\u00a0124", [1124]),
        ("12 345 678", [12_345_678]),
        ("1,46,133", [146_133]),  # as in India
        ("17,5452,730", [17_545, 2_730]),  # the blank between two cells is lost
        ("2 505 2 718", [2505, 2718]),
        ("0.305 1", [0.3051]),  # groups of three behind the point
        ("1 085.123 45", [1085.12345]),
        ("0. 226 7", [0.2267]),
        ("0.305 0.512", [0.305, 0.512]),
        ("11. 72", [11.72]),  # a blank of the recognition
        ("１２．５", [12.5]),
        ("+5.6", [5.6]),
        ("- 5.6", [-5.6]),
        ("－5.6", [-5.6]),
        ("减少7件", [-7]),
        ("減少2,207人", [-2207]),
        ("下降12.1%", [-12.1]),
        ("增长3.5%", [3.5]),
        ("▲3.2", [3.2]),
        ("▼3.2", [-3.2]),
        ("(264)", [264]),
        ("5.6*", [5.6]),
        ("1234(1)", [1234]),
        ("1234[2]", [1234]),
        ("0.5r", [0.5]),
        ("4 434a", [4434]),  # a note's letter
        ("356b", [356]),
        ("1234(56.7%)", [1234, 56.7]),
        ("342 (23.5)", [342, 23.5]),
        ("16.2万", [162_000]),
        ("$ 1,234", [1234]),
        ("0", [0]),
        (".5", [0.5]),
    ],
)
def test_numbers_of_a_cell(printed, values):
    cell = read_cell(printed)
    assert cell.kind == "number"
    assert [number.value for number in cell.numbers] == values


@pytest.mark.parametrize("printed", ["1a", "2b", "356ab"])
def test_a_letter_behind_few_digits_is_of_a_label(printed):
    assert read_cell(printed).kind == "text"


@pytest.mark.parametrize(
    "printed", ["-", "–", "—", "…", "...", "**", "n.a.", "N/A", "不適用", "不适用", "一", "－"]
)
def test_what_stands_for_a_missing_figure(printed):
    assert read_cell(printed).kind == "missing"


@pytest.mark.parametrize(
    "printed",
    [
        "Total6",
        "2013年",
        "1-9月",
        "盗窃",
        "第3名",
        "2018-2019",
        "1,2345",
        "x" * 200,
        "12岁",
        "A30类",
    ],
)
def test_text_is_no_number(printed):
    assert read_cell(printed).kind == "text"


def test_brackets_and_signs_are_kept_for_the_column_to_judge():
    assert read_cell("(264)").numbers[0].bracketed
    assert read_cell("减少7件").numbers[0].worded
    assert read_cell("减少7件").numbers[0].unit == "件"
    assert [sign_of(text) for text in ("+", "-", "下降", "5")] == [1, -1, -1, 0]


def test_blank_cells_and_marks_hold_nothing():
    assert read_cell(" \u3000").kind == "blank"
    assert read_cell("*").kind == "mark"


@given(st.integers(-(10**13), 10**13), st.integers(-6, 6))
def test_bounds_hold_half_a_step_and_no_more(steps, exponent):
    value, low, high = (float(x[0]) for x in bounds([steps], [exponent], [False]))
    step = Fraction(10) ** exponent
    assert Fraction(low) <= (steps - Fraction(1, 2)) * step
    assert Fraction(high) >= (steps + Fraction(1, 2)) * step
    # outward by a float step or two, not more
    assert abs(Fraction(low) - (steps - Fraction(1, 2)) * step) <= abs(Fraction(low)) / 2**51
    assert low < value < high


def test_whole_counts_are_exact():
    _, low, high = bounds([342, 342], [0, 0], [True, False])
    assert low.tolist() == [342, 341.5]
    assert high.tolist() == [342, 342.5]


@given(
    st.lists(
        st.sampled_from(["12", "007", "1,234", "３４", "²", "…", "", "甲", "-5", "9" * 16, "2019"])
    )
)
def test_cells_are_read_together_as_one_by_one(texts):
    """Also digits that are no bare ones: full-width, raised, more than a float holds."""
    assert read_cells(texts) == [read_cell(text) for text in texts]
