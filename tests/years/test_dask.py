"""The same functions on Dask columns, lazily: results equal pandas' to the bit."""

import operator
import warnings

import pandas as pd
import pytest

from analysis import Bounds, ComparisonError, contribution, implied_difference, implied_prior
from analysis.simulation import synthetic_panel

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what Dask's own imports warn of is not ours
    dd = pytest.importorskip("dask.dataframe", reason="dask is an optional extra")


@pytest.fixture(scope="module")
def figures():
    panel = synthetic_panel(600, seed=11)
    return pd.DataFrame(
        {"low": panel["current"] - 0.5, "high": panel["current"] + 0.5}
        | {"change_low": panel["change"] - 0.05, "change_high": panel["change"] + 0.05}
    )


@pytest.fixture
def lazy(figures):
    return dd.from_pandas(figures, npartitions=3)


def computed(column):
    """The column's values, once it is sure that they had not been computed before."""
    assert hasattr(column, "map_partitions")
    return column.compute(scheduler="sync")


def same(lazy, eager):
    for end in ("low", "high"):
        pd.testing.assert_series_equal(
            computed(getattr(lazy, end)), getattr(eager, end), check_exact=True, check_names=False
        )


@pytest.mark.parametrize("operation", [operator.add, operator.sub, operator.mul, operator.truediv])
def test_arithmetic(figures, lazy, operation):
    here, there = (Bounds.of(frame) for frame in (figures, lazy))
    same(operation(there, Bounds.of(lazy, "change")), operation(here, Bounds.of(figures, "change")))
    same(operation(there, 7), operation(here, 7))
    same(operation(7, there), operation(7, here))


def test_comparisons_width_and_whole(figures, lazy):
    here, there = (Bounds.of(frame) for frame in (figures, lazy))
    changes = [Bounds.of(frame, "change") for frame in (figures, lazy)]
    for method in ("contains", "overlaps"):
        expected = getattr(here, method)(changes[0])
        assert computed(getattr(there, method)(changes[1])).equals(expected)
        assert computed(getattr(there, method)(99.5)).equals(getattr(here, method)(99.5))
    assert computed(there.width).equals(here.width)
    for name in ("low", "high", "count", "only"):
        assert computed(getattr(there.whole, name)).equals(getattr(here.whole, name))


@pytest.mark.parametrize("whole", [False, True])
def test_implied_prior(figures, lazy, whole):
    here, there = (
        implied_prior(Bounds.of(frame), Bounds.of(frame, "change"), whole)
        for frame in (figures, lazy)
    )
    same(there, here)


def test_contribution(figures, lazy):
    here, there = (
        contribution(Bounds.of(frame), Bounds.of(frame) * 3) for frame in (figures, lazy)
    )
    same(there, here)


def test_a_whole_function_a_partition(figures, lazy):
    """What the panel benchmark does: all columns of a partition in one pass."""

    def prior(frame):
        implied = implied_prior(Bounds.of(frame), Bounds.of(frame, "change"))
        return pd.DataFrame({"low": implied.low, "high": implied.high})

    found = computed(lazy.map_partitions(prior))
    pd.testing.assert_frame_equal(found, prior(figures), check_exact=True)


@pytest.mark.parametrize("function", [implied_prior, implied_difference])
def test_an_impossible_change_is_refused_when_it_is_computed(function):
    """From 342 and 5, a fall of 110 to 120 percent: as of columns in memory."""
    lazy = dd.from_pandas(pd.Series([342.0, 5.0]), npartitions=1)
    for current, change in (
        (Bounds(lazy, lazy), Bounds(-120, -110)),
        (Bounds(342, 342), Bounds(lazy * 0 - 120, lazy * 0 - 110)),
    ):
        with pytest.raises(ComparisonError, match="a fall of 100% or more leaves nothing"):
            computed(function(current, change).low)
