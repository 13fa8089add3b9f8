"""Claims in columns: what is recomputed, by which check, and how far it is from the print."""

import math
from fractions import Fraction

import pandas as pd
import pytest
from building import apart, bounds_of, claimed, judged, one, ranged, several
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis import Extract, audit


def test_per_head_and_per_100_000_rates_are_scaled_by_their_unit():
    # 100000 × 7 / 1400000 = 0.5
    claim = {"rate": "0.5起", "numerator": "7起", "denominator": "1400000人"}
    figures = claimed(("ratio", claim))
    figures.figures.loc["rate0", "unit"] = "起/10万人"
    assert audit(figures).verdict.item() == "agrees"
    figures.figures.loc["rate0", "unit"] = "起/万人"
    assert audit(figures).verdict.item() == "contradicts"


def test_a_fall_beyond_everything_is_shown_against_what_is_possible():
    row = judged("change", change="下降百分之二百")
    assert (row.recomputed_low, row.recomputed_high) == (-100, math.inf)
    assert row.gap == 99.5  # -200 ± 0.5 against -100


def test_the_nearest_whole_prior_is_shown():
    row = judged("change", change="上升44.4%", current="178起")
    # the nearer of 178 / 123 = +44.715% and 178 / 124 = +43.548%
    assert row.recomputed_low == pytest.approx(100 * 178 / 123 - 100)
    assert row.gap == pytest.approx(100 * 178 / 123 - 100 - 44.45)


def test_what_one_claim_lacks_leaves_the_others_to_be_judged():
    claims = [
        ("ratio", {"rate": "79%", "numerator": "846宗", "denominator": "1077宗"}),
        ("ratio", {"rate": "50%", "numerator": "20起", "denominator": "40起"}),
    ]
    lacking = claimed(*claims)
    lacking.relations.loc[2, "figure"] = "elsewhere"
    assert audit(lacking)["verdict"].tolist() == ["cannot tell", "agrees"]


def test_of_several_checks_the_first_that_fails_is_told_however_little_it_fails_by():
    # 100.4 / 90.2 is +11.3%; but 10.5 more than 89.9 is +11.7%, 0.2 points away at the least.
    three = {"current": "100.4吨", "prior": "90.2吨", "difference": "增加10.5吨"}
    row = judged("change", change="增长11.3%", **three)
    assert row.verdict == "contradicts"
    assert 0 < row.gap < 1


@pytest.mark.parametrize("tenths", range(1, 40, 2))
def test_a_sum_of_which_one_part_is_no_float_is_rounded_outward(tenths):
    # By exact fractions: the range of 0.1 and of a large whole number.
    parts = {"fraction": tenths / 10, "whole": 10.0**6 + tenths}
    claim = one("sum", {"total": ranged(0, 10**7), **parts})
    claim.relations["role"] = ["total", "part", "part"]
    row = audit(claim).iloc[0]
    exact = Fraction(tenths / 10) + 10**6 + tenths
    assert Fraction(row.recomputed_low) <= exact <= Fraction(row.recomputed_high)


def test_sums_without_integers_are_rounded_outward_and_no_further():
    parts = pd.DataFrame({"low": [0.1] * 10, "high": [0.1] * 10})
    names = [*(f"p{n}" for n in range(10)), "total"]
    figures = pd.concat([parts, pd.DataFrame({"low": [1.0], "high": [1.0]})]).set_axis(names)
    figures = figures.assign(value=figures.low, reported="", unit="", measure="amount")
    roles = ["part"] * 10 + ["total"]
    relations = pd.DataFrame({"relation": "r", "kind": "sum", "role": roles, "figure": names})
    row = audit(Extract(figures, relations)).loc["r"]
    assert row.recomputed_low <= 10 * Fraction(0.1) <= row.recomputed_high
    assert row.recomputed_high - row.recomputed_low < 1e-14
    # Integers are exact: 2**53 - 1 is told from 2**53 - 2.
    big = figures.assign(low=[0.0] * 9 + [2.0**53 - 1] * 2, high=[0.0] * 9 + [2.0**53 - 1] * 2)
    assert audit(Extract(big, relations)).loc["r", "gap"] == 0
    big.loc["total", ["low", "high"]] = 2.0**53 - 2
    assert audit(Extract(big, relations)).loc["r", "gap"] == 1


rounded = st.builds(ranged, st.integers(200, 9000), st.sampled_from([0, 1, 100]))


moves = st.builds(ranged, st.integers(-150, 150), st.sampled_from([0, 1, 50]))


RECOMPUTED = {
    ("ratio", "rate", "numerator", "denominator"): lambda n, d: 100 * n / d,
    ("change", "change", "current", "prior"): lambda c, p: 100 * (c - p) / p,
    ("change", "change", "current", "difference"): lambda c, d: 100 * d / (c - d),
    ("change", "change", "prior", "difference"): lambda p, d: 100 * d / p,
    ("change", "difference", "current", "prior"): lambda c, p: c - p,
}


# Claims of figures of their own are judged together as alone: many of them cost little more.
@settings(max_examples=5)
@given(several(st.tuples(rounded, rounded, moves), 20))
@example([(ranged(1000, 100), ranged(1000, 1), ranged(1, 0))])
def test_what_is_recomputed_is_what_the_corners_give_in_fractions(cases):
    claims, exact_ends = [], []
    for a, b, moved in cases:
        for (kind, result, first, second), formula in RECOMPUTED.items():
            other = moved if second == "difference" else b
            claims.append((kind, {result: ranged(-10000, 1), first: a, second: other}))
            ends = [[Fraction(part["low"]), Fraction(part["high"])] for part in (a, other)]
            exact_ends.append([formula(x, y) for x in ends[0] for y in ends[1]])
    found = audit(apart(claims)).itertuples()
    for (kind, _), corners, row in zip(claims, exact_ends, found, strict=True):
        assert (row.kind, row.printed_low, row.printed_high) == (kind, -10000, -9999)
        for found, exact in (
            (row.recomputed_low, min(corners)),
            (row.recomputed_high, max(corners)),
        ):
            assert abs(Fraction(found) - exact) <= Fraction(1, 10**9)
        assert row.recomputed_low <= min(corners)
        assert max(corners) <= row.recomputed_high
        assert row.gap == pytest.approx(float(min(corners)) + 9999)
        assert row.verdict == "contradicts"


@settings(max_examples=10)
@given(several(st.tuples(st.integers(1, 20), st.integers(100, 1500)), 20))
@example([(1, 800), (10, 100)])
def test_what_is_shown_where_no_whole_number_fits_is_the_nearest(cases):
    """By brute force over every whole number that could stand in the empty role."""
    claims, nearest = [], []
    for known, steps in cases:
        low, high, row = bounds_of(steps, 1)
        # From 10% to 150%: of 20 there is no base above 201 to be thought of, nor a count above 30.
        bases, counts = range(1, 220), range(40)
        given_as = {
            "numerator": (100 * (known / low - known / high), [(known, n) for n in bases]),
            "denominator": (known * (high - low) / 100, [(n, known) for n in counts]),
        }
        for role, (width, pairs) in given_as.items():
            if abs(width - 1) > Fraction(1, 10**9):
                rates = (Fraction(100 * part, whole) for part, whole in pairs)
                claims.append(("ratio", {"rate": row, role: known}))
                nearest.append((width, min(max(low - r, r - high, Fraction(0)) for r in rates)))
    found = audit(apart(claims)).itertuples()
    for (width, gap), row in zip(nearest, found, strict=True):
        if width > 1:  # some whole number always fits
            assert gap == 0
            assert row.verdict == "cannot tell"
            continue
        assert row.gap == pytest.approx(float(gap), abs=1e-9)
        assert (row.verdict == "agrees") == (gap == 0)


def test_a_range_of_whole_numbers_tells_something_where_it_is_narrower_than_one():
    # 10% is 9.5 to 10.5: of 2 bases from 19.05 to 21.05, of 300 counts from 28.5 to 31.5.
    assert judged("ratio", rate="10%", numerator="2起").verdict == "cannot tell"
    assert judged("ratio", rate="10%", denominator="300起").verdict == "cannot tell"
    # 9.95 to 10.05%: 19.90 to 20.10, and 29.85 to 30.15.
    row = judged("ratio", rate="10.0%", numerator="2起")
    assert (row.recomputed_low, row.recomputed_high, row.verdict) == (10, 10, "agrees")
    row = judged("ratio", rate="10.0%", denominator="300起")
    assert (row.recomputed_low, row.recomputed_high, row.verdict) == (10, 10, "agrees")
    # 178 / 1.455 = 122.3 and 178 / 1.445 = 123.2: only 123.
    row = judged("change", change="上升45%", current="178起")
    assert (row.recomputed_low, row.recomputed_high) == pytest.approx((17800 / 123 - 100,) * 2)


def test_what_is_shown_ends_at_one_and_at_none():
    # 180 to 190% of 1: 0.53 to 0.56; the least base is 1, which is 100%.
    row = audit(one("ratio", {"rate": ranged(180, 10), "numerator": 1})).loc["r"]
    assert (row.recomputed_low, row.recomputed_high, row.gap) == (100, 100, 80)
    # 0%, which is below 0.5%: of 100 that is none.
    row = judged("ratio", rate="0%", denominator="100起")
    assert (row.recomputed_low, row.recomputed_high, row.verdict) == (0, 0, "agrees")
    # No count is below none: -50 to -49% of 7 is not -3, but nearest to 0.
    assert audit(one("ratio", {"rate": ranged(-50, 1), "denominator": 7})).gap["r"] == 49


def test_an_end_that_is_whole_makes_no_whole_number():
    # 2 of 95 to 96% would be of 2.08 to 2.11; but 2 to 2.5 is no count, and an amount never whole.
    claim = {"rate": ranged(95, 1), "numerator": ranged(2, 0.5)}
    assert audit(one("ratio", claim)).verdict.item() == "cannot tell"
    claim["numerator"] = ranged(2, 0)
    assert audit(one("ratio", claim)).verdict.item() == "contradicts"
    for text in ("2公里", "2公顷", "2元", "日均2起", "2.4起"):
        assert judged("ratio", rate="95.5%", numerator=text).verdict == "cannot tell", text


def test_what_follows_nothing_cannot_be_told_from_no_change():
    # 0 of 0 is no change, or any.
    for change in ("增长0%", "持平", "增长5%"):
        assert judged("change", change=change, current="0起").verdict == "cannot tell"
    nothing_or_less = one("change", {"change": ranged(-0.5, 0.5), "current": 0})
    assert audit(nothing_or_less).verdict.item() == "cannot tell"


def test_no_fall_is_beyond_everything_but_where_what_is_left_is_below_zero():
    for current, verdict in (
        (ranged(-5, 0.5), "cannot tell"),
        (ranged(0, 0.5), "contradicts"),
        (0, "contradicts"),
        (7, "contradicts"),
    ):
        claim = one("change", {"change": ranged(-150, 1), "current": current})
        assert audit(claim).verdict.item() == verdict, current
    # -101.5 to -100.5 at constant prices
    row = judged("change", columns={"basis": "real"}, change="下降101%", current="110亿元")
    assert (row.verdict, row.recomputed_low, row.gap) == ("contradicts", -100, 0.5)


def test_what_cannot_be_told_is_shown_as_printed():
    change = {"change": "下降5.9%"}
    for companions in ({"difference": "减少4起"}, {"current": "64起", "prior": "0起"}):
        row = judged("change", **change, **companions)
        assert row.verdict == "cannot tell"
        assert (row.printed_low, row.printed_high) == pytest.approx((-5.95, -5.85))
        assert math.isnan(row.recomputed_low)


@pytest.mark.parametrize(
    ("unit", "of_one"),
    [
        ("percent", 100),
        ("%", 100),
        ("‰", 1000),
        ("‱", 10_000),
        ("起/10万人", 100_000),
        ("起/万人", 10_000),
        ("起/千人", 1000),
        ("户/百人", 100),
        ("件/人", 1),
        ("起", 1),
        ("", 1),
    ],
)
def test_a_quotient_of_one_is_printed_by_the_unit(unit, of_one):
    claim = one("ratio", {"rate": ranged(of_one, 0), "numerator": 7, "denominator": 7})
    claim.figures.loc["rate", "unit"] = unit
    row = audit(claim).loc["r"]
    assert (row.recomputed_low, row.recomputed_high, row.verdict) == (of_one, of_one, "agrees")


def test_figures_need_not_say_their_basis():
    figures = pd.DataFrame(
        {"value": [3.0, 1.0, 2.0], "low": [3.0, 1.0, 2.0], "high": [3.0, 1.0, 2.0]},
        index=["total", "one", "two"],
    ).assign(reported="", unit="", measure="")
    relations = pd.DataFrame(
        {
            "relation": "r",
            "kind": "sum",
            "role": ["total", "part", "part"],
            "figure": figures.index,
        }
    )
    assert audit(Extract(figures, relations)).verdict.item() == "agrees"


def test_all_four_roles_of_a_change_are_held_together():
    # 110 ± 0.5 from 101 ± 0.5: a difference of 8 to 10, a change of 7.9 to 9.95%, so that each of
    # them agrees. But a difference of at most 8.5 leaves at least 109.5 - 8.5 = 101, and 8.5 of
    # 101 is 8.4%.
    pair = {"current": "110万元", "prior": "101万元"}
    assert judged("change", change="增长9.9%", **pair).verdict == "agrees"
    assert judged("change", difference="增加8万元", **pair).verdict == "agrees"
    row = judged("change", change="增长9.9%", difference="增加8万元", **pair)
    assert row.verdict == "contradicts"
    # 8 ± 0.5 more than 102 to 101 is 7.28 to 8.42%; 110 ± 0.5 of 101 ± 0.5 is at least 7.88%.
    claim = {"change": "增长7.4%", "current": "110万元", "difference": "增加8万元"}
    assert judged("change", **claim).verdict == "agrees"
    row = judged("change", prior="101万元", **claim)
    assert row.verdict == "contradicts"
    assert row.recomputed_low == pytest.approx(100 * 109.5 / 101.5 - 100)


def test_claims_of_other_figures_are_apart_in_whatever_rows_they_stand():
    # 220 of 200 is +10%, and 140 is 40 more than 100: nothing is shared.
    change = {"change": "上升10%", "current": "220起", "prior": "200起"}
    difference = {"difference": "增加40起", "current": "140起", "prior": "100起"}
    claims = claimed(("change", change), ("change", difference))
    rows = list(claims.figures.index)
    for turned in (rows[n:] + rows[:n] for n in range(len(rows))):
        for order in (
            turned,
            [*turned[::2], *turned[1::2]],
            [*turned[::3], *turned[1::3], *turned[2::3]],
        ):
            found = audit(Extract(claims.figures.loc[order], claims.relations))
            assert found.verdict.tolist() == ["agrees", "agrees"]


def test_a_count_can_have_grown_by_no_more_than_it_is_and_fallen_by_no_more_than_it_was():
    row = judged("change", difference="增加11起", current="10起")
    assert (row.recomputed_low, row.recomputed_high, row.gap) == (-math.inf, 10, 1)
    row = judged("change", difference="减少11起", prior="10起")
    assert (row.recomputed_low, row.recomputed_high, row.gap) == (-10, math.inf, 1)
    # A balance can.
    assert judged("change", difference="增加11元", current="10元").verdict == "cannot tell"


def test_a_share_printed_as_all_ends_there_and_a_completion_rate_does_not():
    # 100% is 99.5 to 100 of a share; of 1003 in 1000 it must have been rounded: to 100.5.
    row = judged("ratio", rate="100%", numerator="1003件", denominator="1000件")
    assert (row.printed_low, row.printed_high, row.verdict) == (99.5, 100.5, "agrees")
    row = judged("ratio", rate="100%", numerator="997件", denominator="1000件")
    assert (row.printed_low, row.printed_high, row.verdict) == (99.5, 100, "agrees")
    # No rounding makes 100% of 102%; beyond 100.5 the print is no excuse.
    row = judged("ratio", rate="100%", numerator="1020件", denominator="1000件")
    assert (row.printed_high, row.verdict) == (100.5, "contradicts")
    assert row.gap == pytest.approx(1.5)
    # What ends at 100 by its hedge was not rounded there.
    row = judged("ratio", rate="95%以上", numerator="1003件", denominator="1000件")
    assert row.verdict == "contradicts"


def test_what_a_line_leaves_out_is_not_guessed():
    # Without a role 3起 is no total; a change without a measure is what its role says; 10 of 20
    # without a unit is a half.
    claim = claimed(("sum", {"total": "3起", "part": ["1起", "2起"]}))
    claim.relations.loc[0, "role"] = None
    assert audit(claim).verdict.item() == "cannot tell"
    claim = claimed(("change", {"change": "增长5%", "current": "21起", "prior": "20起"}))
    claim.figures.loc["change0", "measure"] = None
    assert audit(claim).verdict.item() == "agrees"
    claim = one("ratio", {"rate": ranged(0.5, 0), "numerator": 10, "denominator": 20})
    claim.figures["unit"] = None
    assert audit(claim).verdict.item() == "agrees"
