"""The margin of error: its level, its axis, and the fewest answers first."""

import matplotlib as mpl
import pandas as pd
import pytest

from analysis import charts

mpl.use("Agg")
INTERVALS = pd.DataFrame({"low": [92.4, 85.0], "high": [95.3, 98.0]}, [1000, 100])


def headline(ax):
    return ax.figure.get_suptitle().replace("\n", " ")


def test_it_states_its_confidence_and_begins_with_the_fewest_answers(datong):
    ax = charts.margin_of_error(datong, "satisfied", INTERVALS, level=0.95)
    assert headline(ax) == (
        "Had it been a random sample: 94.01% of 100 answers would mean 85.0–98.0%, "
        "of 1,000 answers 92.4–95.3% (95% confidence)"
    )
    zh = charts.margin_of_error(datong, "satisfied", INTERVALS, level=0.9, language="zh")
    assert "100 份答卷的 94.01% 意味着 85.0–98.0%" in headline(zh)
    assert "（置信水平 90%）" in zh.figure.get_suptitle().replace("\n", "")
    assert ax.get_xlabel().startswith("Logarithmic scale. Number of answers")
    assert [text.get_text() for text in ax.get_xticklabels()] == ["100", "1,000"]


def test_one_interval_is_a_headline_too(datong):
    ax = charts.margin_of_error(datong, "satisfied", INTERVALS.iloc[:1])
    assert headline(ax) == (
        "Had it been a random sample: 94.01% of 1,000 answers would mean 92.4–95.3% "
        "(confidence not stated)"
    )


def test_what_is_no_interval_or_no_level_is_refused(datong):
    with pytest.raises(ValueError, match="not no interval"):
        charts.margin_of_error(datong, "satisfied", INTERVALS.iloc[:0])
    with pytest.raises(ValueError, match="not the level 95"):
        charts.margin_of_error(datong, "satisfied", INTERVALS, level=95)
    with pytest.raises(KeyError, match="high"):
        charts.margin_of_error(datong, "satisfied", INTERVALS[["low"]])
