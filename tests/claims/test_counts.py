"""Which whole numbers a printed percentage can stand for, against brute force over fractions."""

import math
from fractions import Fraction

import numpy as np
import pandas as pd
from building import bounds_of
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import Bounds, possible_counts, smallest_base


@settings(deadline=None)
@given(st.integers(0, 10000), st.integers(0, 2))
def test_smallest_base_is_that_of_brute_force(steps, d):
    low, high, row = bounds_of(steps, d)
    low = max(low, Fraction(0))
    whole = next(
        n for n in range(1, 20001) if math.ceil(low * n / 100) <= math.floor(high * n / 100)
    )
    assert smallest_base(Bounds(row["low"], row["high"])) == whole


def test_smallest_base_of_columns_and_of_what_is_no_percentage():
    # 50 = 1/2, 33.3 = 1/3, 94.01 = 157/167
    percent = pd.DataFrame({"low": [49.5, 33.25, 94.005], "high": [50.5, 33.35, 94.015]})
    pd.testing.assert_series_equal(smallest_base(Bounds.of(percent)), pd.Series([2.0, 3.0, 167.0]))
    assert smallest_base(Bounds(-3.0, -2.0)) is None
    assert smallest_base(Bounds(math.nan, math.nan)) is None
    assert smallest_base(Bounds(0, 0)) == smallest_base(Bounds(100, math.inf)) == 1
    # More rows than are worked on at a time.
    assert (smallest_base(Bounds(np.full(20_000, 49.5), np.full(20_000, 50.5))) == 2).all()
    # As narrow as floats go: a search would never end.
    assert smallest_base(Bounds(100 / math.pi, 100 / math.pi)) > 10**6


@settings(deadline=None)
@given(st.integers(0, 1000), st.integers(1, 3000))
def test_possible_counts_are_those_of_brute_force(steps, base):
    low, high, row = bounds_of(steps, 1)
    every = [k for k in range(base + 5) if low <= Fraction(100 * k, base) <= high]
    found = possible_counts(Bounds(max(row["low"], 0.0), row["high"]), base)
    assert found.count == len(every)
    assert (found.low, found.high) == ((every[0], every[-1]) if every else (None, None))


def test_which_bases_below_2000_are_possible():
    bases = pd.Series(range(1, 2000))
    count = possible_counts(Bounds(94.005, 94.015), bases).count
    assert bases[count > 0].iloc[0] == 167
    by_hand = [n for n in range(1, 2000) if math.floor(0.94015 * n) >= math.ceil(0.94005 * n)]
    assert bases[count > 0].tolist() == by_hand
