"""Implied priors against exact fractions, and the table of the real article."""

import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analysis import Bounds, ComparisonError, Extract, contribution, implied_prior, year_over_year
from analysis.comparison import implied_difference

YOY_COLUMNS = [
    *("current_low", "current_high", "change_low", "change_high", "prior_low", "prior_high"),
    *("prior", "candidates", "difference_low", "difference_high", "period_start", "as_of"),
    *("prior_period_start", "prior_as_of", "basis"),
]
currents = st.one_of(st.integers(1, 10**12).map(float), st.floats(0.01, 1e15))
# In percent; no print has thirty decimals, and below that doubled precision has no room.
changes = st.floats(-99.9, 5000).filter(lambda change: change == 0 or abs(change) > 1e-28)


def pairs(numbers):
    return st.tuples(numbers, numbers).map(sorted).map(tuple)


def prior_of(current, change):
    return Fraction(current) * 100 / (100 + Fraction(change))


def steps_between(a, b):
    """How many float steps from a to b, for floats of one sign."""
    return abs(int(np.float64(a).view(np.int64)) - int(np.float64(b).view(np.int64)))


@given(pairs(currents), pairs(changes))
@example((342.0, 342.0), (-23.55, -23.45))
@example((1e15, 1e15), (-99.9, -99.9))
def test_the_implied_prior_is_the_exact_one_or_a_float_step_outward(current, change):
    prior = implied_prior(Bounds(*current), Bounds(*change))
    low, high = prior_of(current[0], change[1]), prior_of(current[1], change[0])
    assert Fraction(prior.low) <= low
    assert Fraction(prior.high) >= high
    assert Fraction(math.nextafter(prior.low, math.inf)) >= low
    assert Fraction(math.nextafter(prior.high, -math.inf)) <= high


@given(st.integers(1, 10**7), st.integers(1, 10**7), st.integers(0, 3))
def test_a_real_prior_lies_inside_what_its_printed_change_implies(prior, current, decimals):
    change = (Fraction(current, prior) - 1) * 100
    printed = Fraction(round(change * 10**decimals), 10**decimals)
    half = Fraction(1, 2 * 10**decimals)
    bounds = Bounds(
        Bounds(printed - half, printed).low,
        Bounds(printed, printed + half).high,
    )
    if bounds.high <= -100:
        return  # printed -100% from rounding a smaller fall: refused, see below
    implied = implied_prior(Bounds(current, current), bounds)
    assert Fraction(implied.low) <= prior
    assert implied.high == math.inf or prior <= Fraction(implied.high)
    whole = implied_prior(Bounds(current, current), bounds, whole=True)
    assert whole.low <= prior <= whole.high


@given(st.integers(1, 2000), st.integers(-95, 300), st.integers(0, 1))
def test_whole_candidates_are_those_that_print_the_change(current, tenths, decimals):
    """Brute force: every prior whose change rounds to the printed one, and no other."""
    printed = Fraction(tenths, 10**decimals)
    half = Fraction(1, 2 * 10**decimals)
    change = Bounds(printed - half, printed + half)
    whole = implied_prior(Bounds(current, current), change, whole=True)
    first = math.floor(prior_of(current, printed + half)) - 1
    last = math.ceil(prior_of(current, printed - half)) + 1
    fitting = [
        prior
        for prior in range(max(first, 1), last + 1)
        if printed - half <= (Fraction(current, prior) - 1) * 100 <= printed + half
    ]
    if fitting:
        assert (whole.low, whole.high) == (fitting[0], fitting[-1])
        assert len(fitting) == fitting[-1] - fitting[0] + 1
    else:
        assert math.isnan(whole.low)


@given(pairs(currents), pairs(changes))
def test_the_difference_is_tight_though_current_stands_in_it_twice(current, change):
    difference = implied_difference(Bounds(*current), Bounds(*change))
    corners = [Fraction(now) * Fraction(c) / (100 + Fraction(c)) for now in current for c in change]
    assert Fraction(difference.low) <= min(corners)
    assert Fraction(difference.high) >= max(corners)
    for found, exact in ((difference.low, min(corners)), (difference.high, max(corners))):
        if abs(exact) > Fraction(1, 10**200):
            assert steps_between(found, float(exact)) <= 8


def test_the_articles_cases():
    # By hand: 342 / 0.7655 = 446.77, 342 / 0.7645 = 447.35; one integer between.
    assert repr(implied_prior(Bounds(342, 342), Bounds(-23.55, -23.45), whole=True)) == (
        "Bounds(447, 447)"
    )
    # 6623 / 0.8625 = 7678.84, 6623 / 0.8615 = 7687.75.
    whole = implied_prior(Bounds(6623, 6623), Bounds(-13.85, -13.75), whole=True)
    assert (whole.low, whole.high) == (7679, 7687)


def test_no_integer_fits():
    # 178 at +44.4%: 178 / 1.4445 = 123.226, 178 / 1.4435 = 123.311.
    whole = implied_prior(Bounds(178, 178), Bounds(44.35, 44.45), whole=True)
    assert math.isnan(whole.low)
    assert math.isnan(whole.high)


@pytest.mark.parametrize("change", [(-100, -100), (-200.5, -199.5), (-math.inf, -100)])
def test_a_fall_of_all_or_more_to_something_is_an_error(change):
    with pytest.raises(ComparisonError, match="a fall of 100% or more leaves nothing"):
        implied_prior(Bounds(5, 5), Bounds(*change))


def test_the_error_names_the_row():
    current = Bounds(
        pd.Series([5.0, 7.0], index=["fine", "gone"]), pd.Series([5.0, 7.0], index=["fine", "gone"])
    )
    change = Bounds(
        pd.Series([1.0, -120.0], index=["fine", "gone"]),
        pd.Series([2.0, -110.0], index=["fine", "gone"]),
    )
    with pytest.raises(ComparisonError, match="1 so, the first at 'gone'"):
        implied_prior(current, change)


def test_a_fall_that_rounds_to_all_leaves_the_prior_open():
    # 5 left after -99.5 to -100.5 percent: at least 5 / 0.005 = 1000 before.
    prior = implied_prior(Bounds(5, 5), Bounds(-100.5, -99.5))
    assert (prior.low, prior.high) == (1000, math.inf)
    difference = implied_difference(Bounds(5, 5), Bounds(-100.5, -99.5))
    assert (difference.low, difference.high) == (-math.inf, -995)
    nothing = implied_prior(Bounds(0, 0), Bounds(-100, -100))
    assert (nothing.low, nothing.high) == (0, math.inf)


def test_a_gain_turned_into_a_loss():
    # A profit of 5 turned into a loss of 3 is a change of -160 percent: -3 × 100 / -60 = 5.
    prior = implied_prior(Bounds(-3, -3), Bounds(-160, -160))
    assert (prior.low, prior.high) == (5, 5)
    # A loss that grew by half: from -2 to -3.
    prior = implied_prior(Bounds(-3, -3), Bounds(50, 50))
    assert (prior.low, prior.high) == (-2, -2)
    assert implied_prior(Bounds(-1, 1), Bounds(-150, -50)).low == -math.inf


def test_columns_agree_with_scalars_and_mix_ordinary_with_odd_rows():
    current = [(342.0, 342.0), (-3.0, -3.0), (0.0, 10.0), (1200.0, 1300.0)]
    change = [(-23.55, -23.45), (-161.0, -159.0), (-100.5, -99.5), (5.0, 6.0)]
    columns = [Bounds(*map(np.array, zip(*ends, strict=True))) for ends in (current, change)]
    for function in (implied_prior, implied_difference):
        together = function(*columns)
        for n, (now, changed) in enumerate(zip(current, change, strict=True)):
            alone = function(Bounds(*now), Bounds(*changed))
            assert (together.low[n], together.high[n]) == (alone.low, alone.high)


def test_contribution():
    # By hand: 105 of 1056 to 1064 is 9.868...% to 9.943...%.
    share = contribution(Bounds(-105, -105), Bounds(-1064, -1056))
    assert round(share.low, 3) == 9.868
    assert round(share.high, 3) == 9.943
    assert contribution(Bounds(1, 1), Bounds(-1, 1)).high == math.inf


def extract(rows, relations):
    figures = pd.DataFrame(
        rows, columns=["figure", "reported", "unit", "measure", "basis"]
    ).set_index("figure")
    return Extract(
        figures.assign(as_of=pd.Timestamp("2020-02-29"), period_start=pd.Timestamp("2020-01-01")),
        pd.DataFrame(relations, columns=["relation", "kind", "role", "figure"]),
    )


CHANGE = [("r", "change", "current", "now"), ("r", "change", "change", "change")]


def test_year_over_year_of_the_article(datong):
    table = year_over_year(datong)
    assert table.columns.tolist() == YOY_COLUMNS
    assert table.index.name == "figure"
    eight, all_cases = table.loc["eight_categories"], table.loc["criminal_cases"]
    assert (eight["prior"], eight["candidates"]) == (447, 1)
    assert (all_cases["prior_low"], all_cases["prior_high"]) == (7679, 7687)
    assert all_cases["candidates"] == 9
    assert all_cases["prior"] is pd.NA
    # 6623 - 7687 and 6623 - 7679.
    assert (all_cases["difference_low"], all_cases["difference_high"]) == (-1064, -1056)
    assert table["as_of"].isna().all()  # the article states none
    assert (table["basis"] == "printed").all()


def test_periods_go_back_a_year():
    table = year_over_year(
        extract(
            [
                ("now", "342起", "起", "count", ""),
                ("change", "下降23.5%", "percent", "change", "printed"),
            ],
            CHANGE,
        )
    )
    assert table.loc["now", "prior_as_of"] == pd.Timestamp("2019-02-28")
    assert table.loc["now", "prior_period_start"] == pd.Timestamp("2019-01-01")


def test_an_amount_is_not_whole_and_real_growth_has_no_nominal_prior():
    rows = [
        ("now", "2.23亿元", "元", "amount", ""),
        ("change", "增长5%", "percent", "change", "printed"),
    ]
    table = year_over_year(extract(rows, CHANGE))
    # 222.5M / 1.055 and 223.5M / 1.045.
    assert table.loc["now", "prior_low"] == pytest.approx(222.5e6 / 1.055, abs=1e-6)
    assert table.loc["now", "prior_high"] == pytest.approx(223.5e6 / 1.045, abs=1e-6)
    assert table["candidates"].isna().all()
    real = [rows[0], ("change", "增长5%", "percent", "change", "real")]
    table = year_over_year(extract(real, CHANGE))
    assert table[["prior_low", "prior_high", "difference_low"]].isna().all(axis=None)
    assert table.loc["now", "change_high"] == 5.5


def test_unlike_measures_are_one_error_that_names_them_all():
    rows = [
        ("now", "85.7%", "percent", "rate", ""),
        ("points", "上升3个百分点", "percentage point", "point_change", "printed"),
        ("cases", "5起", "起", "count", ""),
        ("gone", "下降200%", "percent", "change", "printed"),
        ("change", "上升3%", "percent", "change", "printed"),
    ]
    relations = [
        ("rates", "change", "current", "now"),
        ("rates", "change", "change", "points"),
        ("fall", "change", "current", "cases"),
        ("fall", "change", "change", "gone"),
        ("twice", "change", "current", "change"),
        ("twice", "change", "change", "change"),
    ]
    with pytest.raises(ComparisonError) as error:
        year_over_year(extract(rows, relations))
    assert str(error.value).split("\n") == [
        "cannot be compared:",
        "rates: its change is a point_change, not a change in percent",
        "fall: a fall of 200% leaves nothing, but cases is 5起",
        "twice: its current value change is itself a change",
    ]


def test_an_extract_without_changes_gives_an_empty_table():
    rows = [("now", "342起", "起", "count", "")]
    assert year_over_year(extract(rows, [])).columns.tolist() == YOY_COLUMNS
    assert len(year_over_year(extract(rows, []))) == 0
