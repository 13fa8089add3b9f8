"""One article beside another: two invented sources of one place, worked out by hand."""

import math
from fractions import Fraction

import pandas as pd
import pytest
from building import extract

from analysis import ComparisonError, compare, load


def dated(reported, as_of="", start="", **columns):
    """A figure as printed, with its period."""
    return {"reported": reported, "period_start": start, "as_of": as_of, **columns}


def source(name, figures, claims=()):
    return extract(figures, claims, name, against="year earlier", basis="printed")


def matching(*rows):
    columns = ["indicator", "extract", "figure", "place", "cumulative"]
    return pd.DataFrame(rows, columns=columns)


def test_september_and_november_of_the_campaign():
    """As printed: 66 and 91, 355 and 513, 1357万元 and 2.23亿."""
    september, november = load("data/datong-2018-09"), load("data/datong-2018")
    table = compare(september, november, pd.read_csv("data/indicators.csv"))
    counts = {
        "gangs": (66, 91),
        "mafia_type": (4, 6),
        "criminal_groups": (14, 20),
        "evil_gangs": (48, 65),
        "suspects": (355, 513),
        "cases_solved": (288, 420),
    }
    assert table.index.tolist() == [*counts, "money_involved"]
    for name, (old, new) in counts.items():
        row = table.loc[name]
        assert row[["earlier_low", "earlier_high"]].tolist() == [old, old]
        assert row[["difference_low", "difference_high"]].tolist() == [new - old, new - old]
        growth = Fraction(new - old, old) * 100
        assert Fraction(row["growth_low"]) <= growth <= Fraction(row["growth_high"])
        assert row["growth_high"] - row["growth_low"] < 1e-12 * growth
    # 222.5 / 13.575 and 223.5 / 13.565, in millions.
    money = table.loc["money_involved"]
    assert money["growth_low"] == pytest.approx(222.5 / 13.575 * 100 - 100, rel=1e-14)
    assert money["growth_high"] == pytest.approx(223.5 / 13.565 * 100 - 100, rel=1e-14)
    assert table["days"].tolist() == [67] * 7  # 27 days of September, 31 of October, 9 of November
    assert (table["check"] == "").all()


def test_without_a_table_equal_keys_are_compared_and_none_as_cumulative():
    old = source("a", {"x": dated("9起", "2020-01-31"), "y": "1起"})
    new = source("b", {"x": dated("7起", "2020-03-01"), "z": "1起"})
    table = compare(old, new)
    assert table.index.tolist() == ["x"]
    assert table.loc["x", ["difference_low", "days", "check"]].tolist() == [-2, 30, ""]
    assert compare(old, source("c", {"q": dated("7起")})).empty


@pytest.mark.parametrize(
    ("cumulative", "reported", "start", "as_of", "check"),
    [
        (True, "80起", "", "2020-06-30", "falls, though cumulative: −10 起"),
        ("true", "80余起", "", "2020-06-30", ""),  # 80 to 90: perhaps not lower
        (True, "70余起", "", "2020-06-30", "falls, though cumulative: −20 to −10 起"),
        (True, "80起", "", "2020-03-31", "falls, though cumulative: −10 起"),  # the same day
        (True, "90起", "", "2020-06-30", ""),
        (False, "80起", "", "2020-06-30", ""),
        ("false", "80起", "", "2020-06-30", ""),
        (True, "80起", "2020-02-01", "2020-06-30", ""),  # from another start
        (True, "80起", "2020-01-01", "2020-06-30", "falls, though cumulative: −10 起"),
        (True, "80起", "", "", ""),  # which of the two is later is not known
    ],
)
def test_a_cumulative_count_may_not_fall(cumulative, reported, start, as_of, check):
    old = source("a", {"x": dated("90起", "2020-03-31", "2020-01-01")})
    new = source("b", {"y": dated(reported, as_of, start)})
    rows = [("cases", "a", "x", "here", cumulative), ("cases", "b", "y", "here", cumulative)]
    assert compare(old, new, matching(*rows)).loc["cases", "check"] == check


YEAR_LATER = [("change", {"current": "x", "change": "c"})]


@pytest.mark.parametrize(
    ("earlier", "as_of", "start", "check"),
    [
        # 342 at -23.5% can only have been 447: 342 / 0.7655 = 446.8, 342 / 0.7645 = 447.4.
        ("447起", "2018-10-31", "", ""),
        ("440余起", "2018-10-31", "", ""),
        ("450起", "2018-10-31", "", "revised: −3 起 in the base that the later source implies"),
        (
            "430余起",
            "2018-10-31",
            "",
            "revised: +7 to +17 起 in the base that the later source implies",
        ),
        ("450起", "2018-10-30", "", ""),  # not a year apart
        ("450起", "", "", ""),
        # from another start
        ("450起", "2018-10-31", "2018-02-01", "periods of 9 and 10 months"),
        (
            "450起",
            "2018-10-31",
            "2018-01-01",
            "revised: −3 起 in the base that the later source implies",
        ),
    ],
)
def test_another_base_than_was_printed_is_a_revision_with_its_size(earlier, as_of, start, check):
    old = source("a", {"x": dated(earlier, as_of, start)})
    rows = {
        "x": dated("342起", "2019-10-31", "2019-01-01"),
        "c": dated("下降23.5%"),
    }
    table = compare(old, source("b", rows, YEAR_LATER))
    assert table.loc["x", "check"] == check


def test_growth_is_not_told_of_percentages_or_from_nothing():
    old = source(
        "a",
        {
            "rate": dated("85.7%"),
            "none": dated("0起"),
            "some": dated("10余起"),
        },
    )
    new = source(
        "b",
        {
            "rate": dated("90%"),
            "none": dated("3起"),
            "some": dated("30起"),
        },
    )
    table = compare(old, new)
    assert table.loc[["rate", "none"], ["growth_low", "growth_high"]].isna().all(axis=None)
    # 90% is 89.5 to 90.5, 85.7% is 85.65 to 85.75.
    assert table.loc["rate", "difference_low"] == pytest.approx(89.5 - 85.75)
    # From 10 to 20: 30 is half as much again, or three times as much.
    assert table.loc["some", ["growth_low", "growth_high"]].tolist() == pytest.approx([50, 200])
    assert table["days"].isna().all()


def test_unlike_figures_are_not_compared_and_all_are_named():
    old = source(
        "a",
        {
            "x": dated("9起", "2020-03-31"),
            "y": dated("5件"),
            "r": dated("5%"),
            "g": dated("9个"),
        },
    )
    new = source(
        "b",
        {
            "x": dated("9起", "2020-01-31"),
            "y": dated("5人"),
            "r": dated("增长5%"),
            "g": dated("9个"),
        },
    )
    places = {"a": "city", "b": "province"}
    rows = [(k, e, k, places[e] if k == "g" else "", False) for k in "xyrg" for e in "ab"]
    with pytest.raises(ComparisonError) as error:
        compare(old, new, matching(*rows))
    assert str(error.value).split("\n") == [
        "cannot be compared:",
        "y: unit 件 beside 人",
        "r: measure rate beside change",
        "g: place city beside province",
        "x: earlier as of 2020-03-31 and later as of 2020-01-31",
    ]


def test_a_table_of_indicators_that_does_not_fit_is_one_error():
    old = source("a", {"x": dated("9起")})
    new = source("", {"x": dated("9起")})
    rows = [("i", "a", "x", "", False), ("i", "a", "x", "", False), ("j", "a", "q", "", False)]
    with pytest.raises(ComparisonError) as error:
        compare(old, new, matching(*rows))
    assert str(error.value).split("\n") == [
        "cannot be compared:",
        "i: more than once for the extract 'a'",
        "j: the extract 'a' has no figure 'q'",
        "the table of indicators has no row for the extract ''",
    ]
    # Without a name there is nothing to look up: an empty cell of the table is no name either.
    with pytest.raises(ComparisonError, match="no row for the extract ''"):
        compare(old, new, matching(rows[0], ("i", "", "x", "", False)))
    with pytest.raises(ComparisonError, match="indicators has no column extract, figure"):
        compare(old, new, pd.DataFrame({"indicator": ["i"]}))


def test_a_table_of_indicators_may_leave_place_and_cumulative_out_or_empty():
    old = source("a", {"x": dated("9起", "2020-01-31")})
    new = source("b", {"x": dated("7起", "2020-03-01")})
    rows = matching(("i", "a", "x", None, None), ("i", "b", "x", None, None))
    for table in (rows, rows.drop(columns=["place", "cumulative"])):
        assert compare(old, new, table).loc["i", ["difference_low", "check"]].tolist() == [-2, ""]


def test_growth_from_one_case_and_none_of_percentage_points():
    old = source(
        "a",
        {
            "one": dated("1起", "2020-01-31"),
            "points": dated("上升2.0个百分点", "2020-01-31"),
        },
    )
    new = source(
        "b",
        {
            "one": dated("3起", "2020-01-31"),
            "points": dated("上升3.0个百分点"),
        },
    )
    table = compare(old, new)  # of one day: nothing is earlier than it should be
    assert table.loc["one", ["growth_low", "growth_high", "days"]].tolist() == [200, 200, 0]
    assert math.isnan(table.loc["points", "growth_low"])
    # 2.95 - 2.05 = 0.9
    assert table.loc["points", "difference_low"] == pytest.approx(0.9)
    assert table["days"].dtype == "Int64"


@pytest.mark.parametrize(("start_before", "start"), [("", "2019-01-01"), ("2018-01-01", "")])
def test_a_fall_and_a_revision_stand_side_by_side(start_before, start):
    # 342 - 450 = -108; and 447 of the year before (342 / 0.765), not 450.
    old = source("a", {"x": dated("450起", "2018-10-31", start_before)})
    rows = {
        "x": dated("342起", "2019-10-31", start),
        "c": dated("下降23.5%"),
    }
    same = matching(("cases", "a", "x", "", True), ("cases", "b", "x", "", True))
    check = compare(old, source("b", rows, YEAR_LATER), same).loc["cases", "check"]
    fall, revision = "falls, though cumulative: −108 起", "revised: −3 起"
    assert check == f"{fall}; {revision} in the base that the later source implies"


def test_a_compared_row_is_all_there():
    # 1200 to 1300 and 1500: 200 to 300 more, 15.4% (of 1300) to 25% (of 1200).
    old = source("a", {"x": dated("1200多起", "2020-01-31")})
    new = source("b", {"y": dated("1500起", "2020-02-02")})
    table = compare(old, new, matching(("i", "a", "x", "", False), ("i", "b", "y", "", False)))
    assert table.index.name == "indicator"
    assert compare(old, source("c", {})).index.name == "indicator"
    assert 100 * 200 / 1300 - 1e-12 < table["growth_low"].item() < 100 * 200 / 1300 + 1e-12
    assert table.drop(columns="growth_low").loc["i"].to_dict() == {
        "earlier": "x",
        "later": "y",
        "earlier_low": 1200,
        "earlier_high": 1300,
        "later_low": 1500,
        "later_high": 1500,
        "difference_low": 200,
        "difference_high": 300,
        "growth_high": 25,
        "earlier_as_of": pd.Timestamp("2020-01-31"),
        "later_as_of": pd.Timestamp("2020-02-02"),
        "days": 2,
        "check": "",
    }


def test_an_indicator_names_one_figure_of_an_extract():
    rows = {"x": dated("9起"), "y": dated("8起")}
    old, new = source("a", rows), source("b", rows)
    two = matching(("i", "a", "x", "", False), ("i", "a", "y", "", False), ("i", "b", "x", "", 0))
    with pytest.raises(ComparisonError, match="i: more than once for the extract 'a'"):
        compare(old, new, two)


@pytest.mark.parametrize(
    ("before", "after", "check"),
    [
        # January to September beside a year, a month beside a quarter
        (("2018-01-01", "2018-09-30"), ("2019-01-01", "2019-12-31"), "periods of 9 and 12 months"),
        (("2018-07-01", "2018-07-31"), ("2019-07-01", "2019-09-30"), "periods of 1 and 3 months"),
        # Half a month beside a whole one: 15 days and 31
        (("2018-07-01", "2018-07-15"), ("2019-07-01", "2019-07-31"), "periods of 15 and 31 days"),
        # A month is as long as another, and a half-year as the next; a leap year as any
        (("2018-02-01", "2018-02-28"), ("2018-03-01", "2018-03-31"), ""),
        (("2018-01-01", "2018-06-30"), ("2018-07-01", "2018-12-31"), ""),
        (("2019-01-01", "2019-12-31"), ("2020-01-01", "2020-12-31"), ""),
        (("2018-07-03", "2018-07-09"), ("2018-07-10", "2018-07-16"), ""),
        # Over the turn of a year
        (("2018-11-01", "2019-01-31"), ("2019-02-01", "2019-04-30"), ""),
        # What is not stated cannot be unlike
        (("", "2018-09-30"), ("2019-01-01", "2019-12-31"), ""),
        (("2018-01-01", "2018-09-30"), ("2019-01-01", ""), ""),
    ],
)
def test_no_growth_between_periods_of_unlike_length(before, after, check):
    old = source("a", {"x": dated("80起", before[1], before[0])})
    new = source("b", {"x": dated("100起", after[1], after[0])})
    row = compare(old, new).loc["x"]
    assert row["check"] == check
    # 100 of 80
    assert row["growth_low"] == 25 if not check else math.isnan(row["growth_low"])
    assert row["difference_low"] == 20
    # A count that goes on from one start is as long as it has gone on.
    going_on = matching(("i", "a", "x", "", True), ("i", "b", "x", "", True))
    row = compare(old, new, going_on).loc["i"]
    assert (row["check"], row["growth_low"]) == ("", 25)


def test_an_extract_beside_itself_is_refused():
    old = source("a", {"x": dated("9起")})
    for other in (old, source("a", {"x": dated("8起")})):
        with pytest.raises(ComparisonError, match="cannot be compared: a with itself"):
            compare(old, other)
    nameless = source("", {"x": dated("9起")})
    with pytest.raises(ComparisonError, match="cannot be compared: an extract with itself"):
        compare(nameless, nameless)
    # Two without a name may be two.
    assert compare(nameless, source("", {"x": dated("8起")})).loc["x", "difference_low"] == -1


@pytest.mark.parametrize(
    ("reported", "grows"),
    [
        (("6.0‰", "6.6‰"), False),
        (("60%", "66%"), False),
        (("6.0‱", "6.6‱"), False),
        (("上升2个百分点", "上升3个百分点"), False),
        (("上升2个千分点", "上升3个千分点"), False),
        # per head and per 100,000 are amounts of their own
        (("60.0起/10万人", "66.0起/10万人"), True),
        (("60元/人", "66元/人"), True),
        (("60公里", "66公里"), True),
    ],
)
def test_what_is_of_a_hundred_or_of_a_thousand_has_no_growth(reported, grows):
    old, new = (source(name, {"x": text}) for name, text in zip("ab", reported, strict=True))
    row = compare(old, new).loc["x"]
    assert pd.notna(row["growth_low"]) == grows
    assert pd.notna(row["difference_low"])


def test_growth_is_of_the_same_ends_whatever_the_base():
    old, new = source("a", {"x": "-5.0亿元"}), source("b", {"x": "3.0亿元"})
    row = compare(old, new).loc["x"]
    assert math.isnan(row["growth_low"])  # out of a loss
    # 3.0 - (-5.0) = 8.0, half of a tenth either way in both
    assert (row["difference_low"], row["difference_high"]) == pytest.approx((7.9e8, 8.1e8))


@pytest.mark.parametrize("against", ["previous period", "other", "not stated", "year 2016"])
def test_only_what_is_implied_of_a_year_earlier_is_a_revision(against):
    old = source("a", {"x": dated("450起", "2018-10-31")})
    figures = {"x": dated("342起", "2019-10-31", "2019-01-01"), "c": dated("下降23.5%")}
    assert compare(old, source("b", figures, YEAR_LATER)).loc["x", "check"] != ""
    other = extract(figures, YEAR_LATER, "b", against=against)
    assert compare(old, other).loc["x", "check"] == ""
