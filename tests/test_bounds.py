"""Bounds against exact fractions: sound, and no wider than one float step."""

import math
import operator
import warnings
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analysis.bounds import Bounds
from analysis.rounding import lower, upper

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


def test_one_end_alone_cannot_be_unknown():
    nan = math.nan
    with pytest.raises(ValueError, match="low nan and high 3: NaN is on both sides or none"):
        Bounds(nan, 3)
    with pytest.raises(ValueError, match=r"low 1 and high nan: .* \(2 so\)"):
        Bounds(pd.Series([nan, 1.0, nan, 0.0]), pd.Series([nan, nan, 1.0, math.inf]))
    assert Bounds([nan, 1.0], [nan, math.inf]).high[1] == math.inf


def test_integers_and_fractions_beyond_floats_are_rounded_outward():
    big = 2**53 + 1
    bounds = Bounds(big, big)
    assert (bounds.low, bounds.high) == (2.0**53, 2.0**53 + 2)
    column = Bounds(np.array([big]), np.array([big]))
    assert int(column.low[0]) < big < int(column.high[0])
    tenth = Bounds(Fraction(1, 10), Fraction(1, 10))
    assert Fraction(tenth.low) < Fraction(1, 10) < Fraction(tenth.high)


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


def test_a_long_column_is_worked_on_in_blocks_that_do_not_show():
    rows = np.arange(40_000.0)
    odd = np.where(rows % 9_999 == 0, [[-np.inf], [np.inf]], [[-1.1], [rows.size]])
    long = Bounds(odd[0], odd[1]) / Bounds(3, 7)
    for start in (0, 19_995, 39_990):
        some = slice(start, start + 10)
        short = Bounds(odd[0][some], odd[1][some]) / Bounds(3, 7)
        assert long.low[some].tolist() == short.low.tolist()
        assert long.high[some].tolist() == short.high.tolist()
    assert (Bounds(rows, rows) + np.array([1.0])).low[-1] == 40_000


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


@pytest.mark.parametrize(
    ("ends", "spec", "text"),
    [
        ((7679, 7687), ",.0f", "7,679–7,687"),
        ((-105, -105), ".0f", "−105"),
        ((89.71, 89.74), ".1f", "89.7"),  # alike once rounded
        ((-0.5, 0.5), ".1f", "−0.5 to 0.5"),  # no dash beside a minus
        ((0, 0.5), ".1f", "0.0–0.5"),
        ((0.25, 2), ".1f", "0.2–2.0"),
        ((-0.0, -0.0), ".0f", "0"),
        ((2, math.inf), ".0f", "≥ 2"),
        ((-math.inf, -2), ".0f", "≤ −2"),
        ((-math.inf, math.inf), ".0f", "any number"),
        ((1, 2), "", "Bounds(1, 2)"),
    ],
)
def test_bounds_in_prose(ends, spec, text):
    assert format(Bounds(*ends), spec) == text


def test_repr_of_columns_and_of_nothing():
    assert repr(Bounds(np.array([1.0]), np.array([2.0]))) == "Bounds(array([1.]), array([2.]))"
    assert repr(Bounds(-0.0, -0.0)) == "Bounds(0, 0)"
    plain = Bounds(pd.Series([1.0]), pd.Series([2.0]))  # no labels worth showing
    assert repr(plain).split() == ["low", "high", "1.0", "2.0"]


def test_bounds_of_a_frame_and_of_its_rows():
    frame = pd.DataFrame(
        {"low": [1.0, 3.0], "high": [2.0, 4.0], "prior_low": [5.0, 7.0], "prior_high": [6.0, 8.0]},
        index=["a", "b"],
    )
    assert Bounds.of(frame).high.to_dict() == {"a": 2, "b": 4}
    assert Bounds.of(frame, "prior").low.to_dict() == {"a": 5, "b": 7}
    assert repr(Bounds.of(frame.loc["b"], "prior")) == "Bounds(7, 8)"


def test_a_scalar_end_gets_the_columns_labels_and_may_be_of_a_lazy_column():
    labelled = pd.Series([5.0, 7.0], index=["a", "b"])
    assert Bounds(labelled, math.inf).high.to_dict() == {"a": math.inf, "b": math.inf}
    assert Bounds(0, labelled).low.to_dict() == {"a": 0, "b": 0}
    assert type(Bounds(0, labelled.to_numpy()).low) is np.ndarray
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Dask's own imports warn of is not ours
        dd = pytest.importorskip("dask.dataframe", reason="dask is an optional extra")
    lazy = dd.from_pandas(pd.Series([5, 7], index=["a", "b"]), npartitions=2)
    low = Bounds(0, lazy).low
    assert low.dtype == "float64"  # known before it is computed
    assert low.compute(scheduler="sync").to_dict() == {"a": 0, "b": 0}
    assert repr(Bounds(lazy, lazy)).startswith("Bounds(Dask Series")


def test_whole_gives_integers_of_python_for_scalars():
    whole = Bounds(446.8, 447.4).whole
    assert [type(x) for x in (whole.low, whole.high, whole.count, whole.only)] == [int] * 4


def test_what_lies_on_an_end_is_inside_and_a_number_may_stand_left():
    closed = Bounds(1, 2)
    assert closed.contains(1)
    assert closed.contains(2)
    assert closed.overlaps(Bounds(0, 1))
    assert closed.overlaps(Bounds(2, 3))
    quotient = 100 / Bounds(2, 4)
    assert (quotient.low, quotient.high) == (25, 50)
    between = (2**53 + 1) / Bounds(1, 1)  # no float holds it
    assert (between.low, between.high) == (2.0**53, 2.0**53 + 2)


def test_an_exact_row_stays_exact_beside_one_that_is_not_looked_at():
    # 25 / 100 and 25 × 4 are exact; the zero, the open end and the tiny number are cases apart.
    beside = np.array([25.0, 0.0, math.inf, 5e-324])
    column = Bounds(beside, beside)
    quarter, hundred = column / 100, column * 4
    assert (quarter.low[0], quarter.high[0]) == (0.25, 0.25)
    assert (quarter.low[1], quarter.high[1]) == (0, 0)
    assert (hundred.low[0], hundred.high[0]) == (100, 100)
    assert (hundred.low[1], hundred.high[1]) == (0, 0)
    assert Fraction(quarter.low[3]) <= Fraction(5e-324) / 100 <= Fraction(quarter.high[3])


def test_infinite_ends_are_not_rounded():
    least = Bounds(1, 2) / Bounds(1, math.inf)  # from 2 / 1 down to nothing
    assert (least.low, least.high) == (0, 2)
    above = Bounds(1, math.inf) + 0.1
    assert above.high == math.inf
    assert (Bounds(-math.inf, 1) - 0.1).low == -math.inf
    for endless in (math.inf, -math.inf):
        moved = Bounds(endless, endless) + 1
        assert (moved.low, moved.high) == (endless, endless)


def test_numbers_beyond_all_floats_lie_between_the_last_and_the_open_end():
    largest = float(np.finfo(float).max)
    assert (lower(10**400), upper(10**400)) == (largest, math.inf)
    assert (lower(-(10**400)), upper(-(10**400))) == (-math.inf, -largest)


def test_columns_of_other_labels_are_aligned_also_where_both_ends_share_theirs():
    x, y = pd.Series([1.0, 2.0], index=["a", "b"]), pd.Series([10.0, 20.0], index=["b", "a"])
    total = Bounds(x, x) + Bounds(y, y)
    assert total.low.to_dict() == total.high.to_dict() == {"a": 21, "b": 12}


def test_integers_of_numpy_are_held_by_floats_on_either_side():
    # 2**53 + 1 is no float; the floats beside it are 2**53 and 2**53 + 2.
    bounds = Bounds(np.int64(2**53 + 1), np.int64(2**53 + 1))
    assert (bounds.low, bounds.high) == (2.0**53, 2.0**53 + 2)


def test_ends_of_different_rows_are_no_bounds():
    with pytest.raises(ValueError, match=r"^low and high have different indexes$"):
        Bounds(pd.Series([1.0], index=["a"]), pd.Series([2.0], index=["b"]))


def test_a_nan_with_every_bit_set_is_no_more_known_than_another():
    """As some programs write it: one more in its bits would be 0."""
    unknown = Bounds(*np.full(2, -1).view(np.float64).reshape(2, 1))
    other = Bounds(3.1, 3.3)
    for found in (unknown + other, unknown - other, unknown * other, unknown / other):
        assert np.isnan(found.low).all()
        assert np.isnan(found.high).all()
