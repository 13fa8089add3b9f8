"""Series over many issues: a county prints a hundred indicators a month, ten years long.

Three thousand counties are three thousand issuers, each worked on by itself (see README.md): what
counts is that one takes no more a figure than few, and that the work grows with the figures alone.
"""

import sys
import tracemalloc

import numpy as np
import pandas as pd
import pytest

from analysis import Extract, series

MONTHS = 120
INDICATORS = [10, 100, 1000]  # a month; a thousand are ten counties in one table


def issuer(indicators, months=MONTHS):
    """Monthly issues of counts with their printed changes, and which figures are the same."""
    random = np.random.default_rng(0)
    starts = pd.date_range("2014-01-01", periods=months, freq="MS")
    ends = starts + pd.offsets.MonthEnd(0)
    keys = [f"i{n:04}" for n in range(indicators)]
    moved = [f"{key}_change" for key in keys]
    roles = {"kind": "change", "role": ["current", "change"] * indicators}
    tied = {"relation": np.repeat(keys, 2), "figure": np.column_stack([keys, moved]).ravel()}
    relations = pd.DataFrame(tied | roles)
    either = {"unit": ("起", "percent"), "measure": ("count", "change"), "basis": ("", "printed")}
    either |= {"against": ("", "year earlier")}
    columns = {name: np.repeat(pair, indicators) for name, pair in either.items()}
    issues = []
    for start, end in zip(starts, ends, strict=True):
        count = random.integers(50, 5000, indicators).astype(float)
        change = random.normal(0, 10, indicators).round(1)
        bounds = {"low": np.r_[count, change - 0.05], "high": np.r_[count, change + 0.05]}
        days = {"value": np.r_[count, change], "period_start": start, "as_of": end}
        figures = pd.DataFrame(columns | bounds | days, index=[*keys, *moved])
        text = figures.assign(reported="", hedge="")
        issues.append(Extract(text, relations, name=f"county/{start:%Y-%m}"))
    table = pd.DataFrame({"indicator": keys, "extract": "county", "figure": keys})
    return issues, table


@pytest.mark.parametrize("indicators", INDICATORS)
def test_series(measure, indicators):
    """`series` of ten years of monthly issues: the time a count with its printed change, against
    itself at a hundred. What is fixed is the issues' own 120 frames, so that more cost less each.
    """
    issues, table = issuer(indicators)
    aims = {"series, 100 indicators × 120 months": "≤ 1.3"} if indicators > 100 else {}
    key = f"series, {indicators} indicators × {MONTHS} months"
    measure(key, lambda: series(issues, table), indicators * MONTHS, 3, aims)


def test_no_python_a_figure(record):
    """How many Python functions each further figure calls: ten thousand more."""

    def calls_of(indicators):
        issues, table = issuer(indicators)
        calls = 0

        def count(frame, event, argument):
            nonlocal calls
            calls += event == "call"

        sys.setprofile(count)
        try:
            series(issues, table)
        finally:
            sys.setprofile(None)
        return calls

    calls_of(10)  # what is imported when first used is not counted
    more = (calls_of(200) - calls_of(100)) / (100 * MONTHS)
    record("Python calls of series", "each further figure", more, "≤ 0.1")


def test_peak_memory(record):
    """What is allocated at the peak beside the issues, by tracemalloc, against what they hold."""
    issues, table = issuer(100)
    held = sum(int(issue.figures.memory_usage(deep=True).sum()) for issue in issues)
    tracemalloc.start()
    series(issues, table)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    record("peak memory of series", "the issues it reads", peak / held, "≤ 4")
