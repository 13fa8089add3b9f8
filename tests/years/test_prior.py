"""Implied priors and differences against exact fractions."""

import math
import warnings
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from building import steps_between
from hypothesis import example, given
from hypothesis import strategies as st

from analysis import (
    Bounds,
    ComparisonError,
    contribution,
    implied_difference,
    implied_prior,
    possible_counts,
    series,
    smallest_base,
    year_over_year,
)
from analysis.rounding import lower, upper

# Counts and amounts.
currents = st.one_of(st.integers(1, 10**12).map(float), st.floats(0.01, 1e15))


# In percent; of a change below 1e-240 the sign is not always told from none.
changes = st.floats(-99.9, 5000).filter(lambda change: change == 0 or abs(change) > 1e-239)


def pairs(numbers):
    return st.tuples(numbers, numbers).map(sorted).map(tuple)


def prior_of(current, change):
    return Fraction(current) * 100 / (100 + Fraction(change))


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


sides = st.one_of(
    pairs(st.floats(-99.99, 5000)),
    pairs(st.floats(-99.99, -99)),
    pairs(st.floats(-5000, -100.01)),
    pairs(st.floats(-101, -100.01)),
).filter(lambda ends: all(c == 0 or abs(c) > 1e-28 for c in ends))


gains_and_losses = pairs(st.one_of(st.floats(-1e12, -0.01), st.floats(0.01, 1e12)))


@given(gains_and_losses, sides)
@example((5.0, 5.0), (-99.5, -99.0))
@example((0.25, 0.75), (10.0, 20.0))
@example((-3.0, -3.0), (-100.8, -100.5))
@example((-3.3, -3.3), (-1234.567, -1234.567))
@example((-7.7, -5.9), (-1777.13, -333.33))
@example((-0.1, -0.1), (-4321.01, -4200.7))
def test_gains_losses_and_turns_are_as_exact_beside_a_row_that_is_odd(current, change):
    """The prior and the difference at the four corners, in exact fractions; -100 is not inside."""
    if change[1] < -100 and current[1] > 0:
        return  # refused, see above
    odd = (-1.0, 1.0), (-150.0, -50.0)
    ends = [
        Bounds(*map(np.array, zip(*rows, strict=True)))
        for rows in zip((current, change), odd, strict=True)
    ]
    corners = [prior_of(now, c) for now in current for c in change]
    prior = implied_prior(*ends)
    assert Fraction(prior.low[0]) <= min(corners)
    assert min(corners) <= Fraction(math.nextafter(prior.low[0], math.inf))
    assert Fraction(math.nextafter(prior.high[0], -math.inf)) <= max(corners)
    assert max(corners) <= Fraction(prior.high[0])
    differences = [Fraction(now) - prior_of(now, c) for now in current for c in change]
    difference = implied_difference(*ends)
    assert Fraction(difference.low[0]) <= min(differences)
    assert max(differences) <= Fraction(difference.high[0])
    for found, exact in zip(
        (difference.low[0], difference.high[0]), (min(differences), max(differences)), strict=True
    ):
        assert abs(Fraction(found) - exact) <= abs(exact) / 10**14
    # From a loss of 1 to a gain of 1, with all of it gone in between: nothing bounds either.
    assert (prior.low[1], prior.high[1]) == (-math.inf, math.inf)
    assert (difference.low[1], difference.high[1]) == (-math.inf, math.inf)


huge_or_tiny = st.one_of(st.floats(1e239), st.floats(0, 1e-239)).filter(math.isfinite)


@given(pairs(huge_or_tiny), pairs(changes))
@example((1e-271, 1e-271), (5.0, 5.0))
def test_sizes_at_the_ends_of_floats_are_sound_and_a_few_steps_wide(current, change):
    prior = implied_prior(Bounds(*current), Bounds(*change))
    # Three roundings are three steps; below the least float and above the greatest is one more.
    low, high = prior_of(current[0], change[1]), prior_of(current[1], change[0])
    assert Fraction(prior.low) <= low
    assert steps_between(prior.low, lower(low)) <= 4
    assert prior.high == math.inf or high <= Fraction(prior.high)
    assert steps_between(prior.high, upper(high)) <= 4


def test_open_ends_imply_open_ends():
    # 3000万元以上 at +25%: at least 2400万, with no upper end.
    prior = implied_prior(Bounds(3e7, math.inf), Bounds(25, 25))
    assert (prior.low, prior.high) == (2.4e7, math.inf)
    # 300 after a rise by 100% or more: at most 150 before, and perhaps next to nothing.
    prior = implied_prior(Bounds(300, 300), Bounds(100, math.inf))
    assert (prior.low, prior.high) == (0, 150)
    mixed = implied_prior(Bounds(np.array([3e7, 5.0]), np.array([math.inf, 5.0])), Bounds(25, 25))
    assert mixed.low.tolist() == [2.4e7, 4]
    assert mixed.high.tolist() == [math.inf, 4]


def test_where_nothing_is_left_anything_may_be_gone():
    for lowest in (-1234.567, -1234.1, -777.7, -5000.3):  # of which 100 + c is no float
        assert implied_prior(Bounds(5, 5), Bounds(lowest, 50)).high == math.inf
    difference = implied_difference(Bounds(0, 0), Bounds(-100, -100))
    assert (difference.low, difference.high) == (-math.inf, 0)
    for left in (1, 0.5):
        with pytest.raises(ComparisonError, match="a fall of 100% or more leaves nothing"):
            implied_difference(Bounds(left, left), Bounds(-100, -100))


def test_a_long_column_is_as_its_rows():
    now, changed = Bounds(np.full(20_000, 342.0), 342), Bounds(np.full(20_000, -23.55), -23.45)
    for function in (implied_prior, implied_difference):
        alone, together = function(Bounds(342, 342), Bounds(-23.55, -23.45)), function(now, changed)
        assert set(together.low.tolist()) == {alone.low}
        assert set(together.high.tolist()) == {alone.high}


def test_a_lazy_column_is_not_computed_to_be_checked():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Dask's own imports warn of is not ours
        dd = pytest.importorskip("dask.dataframe", reason="dask is an optional extra")
    computed = []

    def noted(rows):
        computed.append(len(rows))
        return rows

    rows = pd.Series([342.0, 6623.0])
    lazy = dd.from_pandas(rows, npartitions=1).map_partitions(noted, meta=rows)
    prior = implied_prior(Bounds(lazy, lazy), Bounds(-23.55, -23.45))
    difference = implied_difference(Bounds(lazy, lazy), Bounds(-23.55, -23.45))
    lazily_changed = implied_prior(Bounds(342, 342), Bounds(lazy * 0 - 23.55, lazy * 0 - 23.45))
    assert not computed
    assert lazily_changed.low.compute(scheduler="sync").tolist()[0] == prior.low.compute()[0]
    for current, change in ((0.25, -100.0), (0.25, -100.5), (6623.0, -150.0)):
        impossible = Bounds(lazy * 0 + change, lazy * 0 + change)
        gone = implied_prior(Bounds(current, current), impossible).low
        with pytest.raises(ComparisonError, match=r"leaves nothing.* in one block of rows"):
            gone.compute(scheduler="sync")
    alone = implied_prior(Bounds(342, 342), Bounds(-23.55, -23.45))
    assert prior.low.compute(scheduler="sync").tolist()[0] == alone.low
    alone = implied_difference(Bounds(342, 342), Bounds(-23.55, -23.45))
    assert difference.high.compute(scheduler="sync").tolist()[0] == alone.high
    assert computed


def test_what_is_exact_stays_exact_and_what_nearly_is_steps_to_its_own_side():
    """Doubles, halves and nothing changed are floats themselves, though 100 × 1.74 is not one; a
    change of 1e-25 percent moves the prior off a float by far less than a float step.
    """
    current = np.array([1.74, 0.1, 1e-3, 75.3, 75.3, 7.0, 2 * 100.1])
    change = np.array([-50.0, 0.0, -75.0, 300.0, 0.0, -12.5, 100.1 - 100])
    exact = np.array([2 * 1.74, 0.1, 4 * 1e-3, 75.3 / 4, 75.3, 8.0, 200.0])
    prior = implied_prior(Bounds(current, current), Bounds(change, change))
    assert prior.low.tolist() == prior.high.tolist() == exact.tolist()

    current, change = np.array([1.0, 0.1, 6623.0]), np.array([1e-25, -1e-25, 1e-25])
    prior = implied_prior(Bounds(current, current), Bounds(change, change))
    assert prior.low.tolist() == [np.nextafter(1.0, 0), 0.1, np.nextafter(6623.0, 0)]
    assert prior.high.tolist() == [1.0, np.nextafter(0.1, 1), 6623.0]


@pytest.mark.parametrize("kind", ["counts", "amounts", "simple", "tiny changes", "huge changes"])
def test_a_column_of_priors_is_sound_and_tight_row_by_row(kind):
    """Against exact fractions: no float between a bound and the exact end would do."""
    rng, rows = np.random.default_rng(5), 800
    current = {
        "counts": rng.integers(0, 10**6, rows).astype(float),
        "amounts": np.round(10 ** rng.uniform(-3, 13, rows), 2),
        "simple": rng.integers(1, 50, rows) * rng.choice([1, 0.5, 0.3, 1e4], rows),
    }.get(kind, 10 ** rng.uniform(-9, 14, rows))
    change = {
        "simple": rng.choice([-50, -75, 0, 100, 25, 60, -20, -12.5, 300], rows).astype(float),
        "tiny changes": rng.choice([1, -1], rows) * 10 ** rng.uniform(-30, 1.9, rows),
        "huge changes": 10 ** rng.uniform(10, 30, rows),
    }.get(kind, rng.integers(-990, 3000, rows) / 10)
    half = rng.choice([0, 0.05, 0.005], rows)
    least, most = np.maximum(change - half, -99.9), change + half
    prior = implied_prior(Bounds(current, current), Bounds(least, most))
    wide = 0
    for now, low, high, fall, rise in zip(
        *(x.tolist() for x in (current, prior.low, prior.high, least, most)), strict=True
    ):
        exact_low, exact_high = prior_of(now, rise), prior_of(now, fall)
        assert Fraction(low) <= exact_low
        assert exact_high <= Fraction(high)
        steps = 4 if rise >= 2**53 else 0
        wide += steps_between(low, lower(exact_low)) > steps
        wide += steps_between(high, upper(exact_high)) > steps
    # A step wider only where 100 + change is no float but the quotient is one: 18.93 after +89.3%.
    assert wide <= (2 if kind == "amounts" else 0)


def test_blocks_of_a_very_long_column_do_not_show_either():
    rows = np.arange(150_000.0)
    rows[::9_999] = np.nan
    prior = implied_prior(Bounds(rows, rows + 0.5), Bounds(-13.85, -13.75))
    whole = prior.whole
    for start in (0, 74_995, 149_990):
        some = slice(start, start + 10)
        alone = implied_prior(Bounds(rows[some], rows[some] + 0.5), Bounds(-13.85, -13.75))
        found = alone.low, alone.high, alone.whole.low, alone.whole.count, alone.whole.only
        long = prior.low, prior.high, whole.low, whole.count, whole.only
        for x, y in zip(found, long, strict=True):
            np.testing.assert_array_equal(x, y[some])


def test_what_is_not_known_stays_so_however_often_it_is_worked_on():
    """Before 3 and +50% it was 2; before 3 and +44% no whole number: 3 / 1.44 = 2.08."""
    change = np.array([50.0, 44.0])
    prior = implied_prior(Bounds(np.full(2, 3.0), 3), Bounds(change, change), whole=True)
    for whole in (True, False, False):
        found = prior.low, prior.high, prior.whole.low, prior.whole.high, prior.whole.only
        assert [x.tolist()[0] for x in found] == [2] * 5
        assert [bool(np.isnan(x[1])) for x in found] == [True] * 5
        prior = implied_prior(prior, Bounds(0, 0), whole)
    every_bit = np.full(2, -1).view(np.float64)
    prior = implied_prior(Bounds(every_bit, every_bit), Bounds(-change, change))
    assert np.isnan([prior.low, prior.high]).all()


@pytest.mark.parametrize("change", [-100.0, -100.5, -150.0])
@pytest.mark.parametrize("current", [0.25, 1.0, 6623.0])
def test_no_current_value_is_too_small_to_be_refused_after_a_fall_of_all(current, change):
    with pytest.raises(ComparisonError, match=r"leaves nothing.* \(1 so, the first at 0\)"):
        implied_prior(Bounds(current, current), Bounds(change - 1, change))


def test_floats_too_small_or_too_large_for_a_remainder_stand_beside_ordinary_ones():
    """Sound, and three float steps off at most; the ordinary ones as ever."""
    current = np.array([1e-320, 1e-310, 1e-290, 3e-272, 0.0, 1.0, 342.0, 3e272, 1e300, 1e306])
    change = np.full(len(current), -13.8)
    prior = implied_prior(Bounds(current, current), Bounds(change, change))
    for now, low, high in zip(
        current.tolist(), prior.low.tolist(), prior.high.tolist(), strict=True
    ):
        exact = prior_of(now, -13.8)
        assert Fraction(low) <= exact <= Fraction(high)
        steps = 1 if now in (0.0, 1.0, 342.0) else 7
        assert steps_between(low, high) <= steps
    assert prior.low[4] == prior.high[4] == 0


def test_an_endless_change_leaves_a_difference_of_all_there_is():
    """342 after +50% or more: a third of it is new, or all. Beside -150% or less: 1 to 3 times."""
    difference = implied_difference(Bounds(342, 342), Bounds(50, math.inf))
    assert difference.low <= 114 == pytest.approx(difference.low)
    assert difference.high == 342
    rows = np.array([5.0, -5.0])
    difference = implied_difference(Bounds(rows, rows), Bounds(np.full(2, 25.0), math.inf))
    assert difference.low.tolist() == pytest.approx([1, -5])
    assert difference.high.tolist() == pytest.approx([5, -1])
    difference = implied_difference(Bounds(-5, -5), Bounds(-math.inf, -150))
    assert (difference.low, difference.high) == pytest.approx((-15, -5))


@pytest.mark.parametrize("change", [(-100, -100), (-101, -99), (-150, 50)])
def test_of_nothing_known_nothing_is_implied_even_where_all_may_have_gone(change):
    unknown = Bounds(math.nan, math.nan)
    for found in (
        implied_prior(unknown, Bounds(*change)),
        implied_prior(unknown, Bounds(*change), whole=True),
        implied_difference(unknown, Bounds(*change)),
    ):
        assert math.isnan(found.low)
        assert math.isnan(found.high)


def test_whole_numbers_have_no_zero_below_zero():
    near_none = Bounds(np.array([-0.4]), np.array([0.4]))
    found = (
        near_none.whole.low,
        near_none.whole.only,
        implied_prior(near_none, Bounds(0, 0), True).low,
    )
    assert [math.copysign(1, x[0]) for x in found] == [1, 1, 1]


@pytest.mark.parametrize(
    "ask",
    [
        lambda plain: implied_prior(plain, Bounds(-5, -4)),
        lambda plain: implied_difference(Bounds(3, 4), plain),
        lambda plain: contribution(plain, Bounds(3, 4)),
        smallest_base,
        lambda plain: possible_counts(plain, 167),
    ],
)
def test_a_plain_number_has_no_bounds(ask):
    with pytest.raises(TypeError, match=r"takes Bounds\(low, high\), not float"):
        ask(94.01)


def test_what_is_no_extract_is_named():
    with pytest.raises(TypeError, match="year_over_year takes an Extract, as load gives it, not"):
        year_over_year(None)
    with pytest.raises(TypeError, match="series takes a list of extracts, not int"):
        series(3)
