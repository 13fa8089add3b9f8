"""Bounds against exact fractions: sound, and no wider than one float step."""

import math
import operator
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analysis.bounds import Bounds, lower, upper

OPERATORS = [operator.add, operator.sub, operator.mul, operator.truediv]
# Wide enough for yuan in the trillions and rates in the ten-thousandths, with the extremes beside.
ordinary = st.floats(-1e15, 1e15, allow_subnormal=False)
extreme = st.floats(allow_nan=False, allow_infinity=False)


def bounds_of(numbers):
    return st.tuples(numbers, numbers).map(sorted).map(lambda ends: Bounds(*ends))


def exact(operation, x, y):
    """The exact hull of the four corners, as fractions; None where it is unbounded."""
    if operation is operator.truediv and y.low <= 0 <= y.high:
        return None
    corners = [
        operation(Fraction(a), Fraction(b)) for a in (x.low, x.high) for b in (y.low, y.high)
    ]
    return min(corners), max(corners)


@pytest.mark.parametrize("operation", OPERATORS)
@given(x=st.one_of(bounds_of(ordinary), bounds_of(extreme)), y=bounds_of(extreme))
@example(x=Bounds(5e-324, 5e-324), y=Bounds(0.5, 0.5))
@example(x=Bounds(1e308, 1e308), y=Bounds(10.0, 10.0))
@example(x=Bounds(-1e308, 1e308), y=Bounds(1e-308, 1e-308))
def test_every_operation_is_the_correctly_rounded_hull(operation, x, y):
    result = operation(x, y)
    hull = exact(operation, x, y)
    if hull is None:
        assert (result.low, result.high) == (-math.inf, math.inf)
        return
    assert result.low == -math.inf or Fraction(result.low) <= hull[0]
    assert result.high == math.inf or Fraction(result.high) >= hull[1]
    # Tight: one float step inward would no longer hold the exact end. Where the rounding error
    # cannot be known (it under- or overflows) two steps are allowed.
    sizes = [abs(v) for v in (x.low, x.high, y.low, y.high, *map(float_or_inf, hull)) if v]
    ordinary_sizes = all(1e-140 < v < 1e140 for v in sizes)
    if ordinary_sizes:
        assert (result.low, result.high) == (lower(hull[0]), upper(hull[1]))


def float_or_inf(x):
    try:
        return float(x)
    except OverflowError:
        return math.inf


@given(x=bounds_of(ordinary), y=bounds_of(ordinary), share=st.fractions(0, 1))
def test_a_number_inside_stays_inside(x, y, share):
    inside = [Fraction(b.low) + share * (Fraction(b.high) - Fraction(b.low)) for b in (x, y)]
    for operation in OPERATORS:
        if operation is operator.truediv and inside[1] == 0:
            continue
        result = operation(x, y)
        value = operation(*inside)
        assert result.low == -math.inf or Fraction(result.low) <= value
        assert result.high == math.inf or value <= Fraction(result.high)


def test_whole_numbers_stay_exact():
    # Article line 17: 6 + 20 + 65 = 91, by hand.
    total = Bounds(6, 6) + Bounds(20, 20) + 65
    assert (total.low, total.high) == (91, 91)
    quarter = Bounds(25, 25) / 100  # a quarter is a binary fraction: no rounding, no step
    assert (quarter.low, quarter.high) == (0.25, 0.25)


def test_an_inexact_quotient_is_one_step_wide():
    third = Bounds(1, 1) / 3
    assert third.low < Fraction(1, 3) < third.high
    assert math.nextafter(third.low, 1) == third.high


def test_open_ends_and_zero():
    # 3000万元以上 shared by 2: half of it, and still open above.
    half = Bounds(3e7, math.inf) / 2
    assert (half.low, half.high) == (1.5e7, math.inf)
    nothing = Bounds(0, 0) * Bounds(1, math.inf)
    assert (nothing.low, nothing.high) == (0, 0)
    for zero in (Bounds(0, 0), Bounds(-1, 1), Bounds(0, 5), Bounds(-5, 0)):
        by_zero = Bounds(1, 2) / zero
        assert (by_zero.low, by_zero.high) == (-math.inf, math.inf)


def test_unknown_stays_unknown():
    unknown = Bounds(math.nan, math.nan)
    for operation in OPERATORS:
        for result in (operation(unknown, Bounds(1, 2)), operation(Bounds(1, 2), unknown)):
            assert math.isnan(result.low)
            assert math.isnan(result.high)
    assert not unknown.contains(1)
    assert not unknown.overlaps(Bounds(0, 1))


def test_a_low_above_its_high_is_an_error():
    with pytest.raises(ValueError, match="low 2 is above high 1"):
        Bounds(2, 1)
    with pytest.raises(ValueError, match=r"low 5 is above high 4 \(1 so\)"):
        Bounds(np.array([1.0, 5.0]), np.array([2.0, 4.0]))


def test_integers_and_fractions_beyond_floats_are_rounded_outward():
    big = 2**53 + 1
    bounds = Bounds(big, big)
    assert (bounds.low, bounds.high) == (2.0**53, 2.0**53 + 2)
    column = Bounds(np.array([big]), np.array([big]))
    assert int(column.low[0]) < big < int(column.high[0])
    tenth = Bounds(Fraction(1, 10), Fraction(1, 10))
    assert Fraction(tenth.low) < Fraction(1, 10) < Fraction(tenth.high)


@given(st.fractions())
def test_lower_and_upper_enclose_with_nothing_between(x):
    assert Fraction(lower(x)) <= x <= Fraction(upper(x))
    assert upper(x) <= math.nextafter(lower(x), math.inf)


@pytest.mark.parametrize("kind", [np.array, pd.Series])
def test_columns_give_what_scalars_give(kind):
    lows, highs = [1.0, -2.0, 0.1, 5.0], [1.5, 3.0, 0.1, 5.0]
    column = Bounds(kind(lows), kind(highs))
    for operation in OPERATORS:
        for other in (Bounds(0.3, 0.7), 7, 0.1):
            result = operation(column, other)
            for i, pair in enumerate(zip(lows, highs, strict=True)):
                alone = operation(Bounds(*pair), other)
                assert (result.low[i], result.high[i]) == (alone.low, alone.high)
    assert type(result.low) is type(kind([]))


def test_columns_and_scalars_on_either_side():
    column = pd.Series([10.0, 20.0], index=["a", "b"])
    for result in (column * Bounds(1, 2), Bounds(1, 2) * column):
        assert result.low.tolist() == [10, 20]
        assert result.high.tolist() == [20, 40]
    assert (np.array([1.0, 2.0]) + Bounds(1, 2)).high.tolist() == [3, 4]
    assert (100 - Bounds(1, 2)).low == 98
    assert (100 / Bounds(2, 4)).high == 50


def test_series_are_aligned_by_index():
    x = Bounds(pd.Series([1, 2], index=["a", "b"]), pd.Series([1, 2], index=["a", "b"]))
    y = Bounds(pd.Series([10, 20], index=["b", "c"]), pd.Series([10, 20], index=["b", "c"]))
    total = x + y
    assert total.low["b"] == 12
    assert total.low[["a", "c"]].isna().all()
    with pytest.raises(ValueError, match="different indexes"):
        Bounds(pd.Series([1], index=["a"]), pd.Series([1], index=["b"]))


def test_one_end_may_be_a_scalar():
    at_least = Bounds(pd.Series([5.0, 7.0], index=["a", "b"]), math.inf)
    assert at_least.high.tolist() == [math.inf, math.inf]
    assert Bounds(0, np.array([1.0, 2.0])).low.tolist() == [0, 0]


def test_contains_overlaps_and_width():
    bounds = Bounds(85.65, 85.75)
    assert bounds.contains(85.7)
    assert bounds.contains(Bounds(85.66, 85.75))
    assert not bounds.contains(Bounds(85.66, 85.76))
    assert bounds.overlaps(85.75)  # closed: a shared end counts
    assert not bounds.overlaps(Bounds(85.76, 86))
    assert Bounds(7679, 7687).width == 8
    assert Bounds(pd.Series([1.0, 4.0]), pd.Series([2.0, 4.0])).width.tolist() == [1, 0]


@given(bounds_of(st.floats(-1e6, 1e6)))
def test_whole_is_the_integers_inside(bounds):
    low, high = math.ceil(Fraction(bounds.low)), math.floor(Fraction(bounds.high))
    count = max(high - low + 1, 0)
    whole = bounds.whole
    assert whole.count == count
    assert (whole.low, whole.high) == ((low, high) if count else (None, None))
    assert whole.only == (low if count == 1 else None)


def test_whole_of_columns_and_open_ends():
    column = Bounds(pd.Series([446.8, 7678.3, 1.1]), pd.Series([447.4, 7687.2, 1.9])).whole
    assert column.count.tolist() == [1, 9, 0]
    assert column.only.tolist()[0] == 447
    assert column.only.isna().tolist() == [False, True, True]
    assert Bounds(2.5, math.inf).whole.count == math.inf


def test_repr_reads_like_a_range():
    assert repr(Bounds(7679, 7687)) == "Bounds(7679, 7687)"
    assert repr(-Bounds(0, 1)) == "Bounds(-1, 0)"
    series = Bounds(pd.Series([1.0], index=["gangs"]), pd.Series([2.0], index=["gangs"]))
    assert repr(series).split() == ["low", "high", "gangs", "1.0", "2.0"]
