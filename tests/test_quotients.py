"""What units come to beside each other: the factor of a ratio, against exact fractions."""

from fractions import Fraction

import pytest
from building import extract, several
from hypothesis import given
from hypothesis import strategies as st

from analysis import audit, diagnose, tighten
from analysis.quotients import _sizes, factor_of
from analysis.rounding import lower, upper
from analysis.units import in_so_many

# How many persons, yuan, kilograms or square metres one is.
COUNTS = {"起": 1, "人": 1, "万人": 10_000, "万件": 10_000, "亿人次": 10**8}
MONEY = {"元": 1, "万元": 10_000, "亿元": 10**8, "角": Fraction(1, 10)}
MASS = {"公斤": 1, "吨": 1000, "万吨": 10**7, "斤": Fraction(1, 2), "克": Fraction(1, 1000)}
AREA = {"平方米": 1, "公顷": 10_000, "千公顷": 10**7, "亩": Fraction(2000, 3), "平方公里": 10**6}
# Of a rate: what its numerator and its denominator are in, and what a quotient of 1 is in those.
RATES = {
    "percent": (COUNTS, COUNTS, 100),
    "‰": (MASS, MASS, 1000),
    "起/10万人": (COUNTS, COUNTS, 100_000),
    "公斤/公顷": (MASS, AREA, 10_000),
    "吨/平方公里": (MASS, AREA, 1000),
    "公斤/亩": (MASS, AREA, Fraction(2000, 3)),
    "亿元/平方公里": (MONEY, AREA, Fraction(1, 100)),
    "人/平方公里": (COUNTS, AREA, 10**6),
    "元/人": (MONEY, COUNTS, 1),
    "元": (MONEY, COUNTS, 1),
    "件/人": (COUNTS, COUNTS, 1),
}


def row(unit, measure, low, high):
    ends = {"value": float(low), "low": float(low), "high": float(high)}
    return {"unit": unit, "measure": measure} | ends


@st.composite
def quotients(draw):
    """A rate with its two numbers, each in some unit of its nature, as printed; and the truth."""
    unit = draw(st.sampled_from(sorted(RATES)))
    above, below, one = RATES[unit]
    names = draw(st.sampled_from(sorted(above))), draw(st.sampled_from(sorted(below)))
    n, d = draw(st.integers(1, 10**6)), draw(st.integers(1, 10**6))
    rate = Fraction(n) * above[names[0]] / (Fraction(d) * below[names[1]]) * one
    return unit, names, n, d, rate


@given(several(quotients(), 5), st.fractions(0, Fraction(1, 100)))
def test_a_rate_is_judged_by_the_units_of_all_three(cases, share):
    figures, claims, truths = {}, {}, {}
    for k, (unit, names, n, d, rate) in enumerate(cases):
        keys = dict(
            zip(("rate", "numerator", "denominator"), (f"r{k}", f"n{k}", f"d{k}"), strict=True)
        )
        ends = lower(rate * (1 - share)), upper(rate * (1 + share))
        figures[f"r{k}"] = row(unit, "rate", *ends)
        figures[f"n{k}"] = row(names[0], "amount", n, n)
        figures[f"d{k}"] = row(names[1], "amount", d, d)
        claims[f"c{k}"] = "ratio", keys
        truths |= {f"n{k}": n, f"d{k}": d}
    made = extract(figures, claims)
    found = audit(made)
    assert set(found["verdict"]) == {"agrees"}
    for k, (*_, rate) in enumerate(cases):
        low, high = found.loc[f"c{k}", ["recomputed_low", "recomputed_high"]]
        assert Fraction(low) <= rate <= Fraction(high)
        assert high - low <= 1e-15 * high
    assert diagnose(made).empty
    left = tighten(made)
    for key, number in truths.items():
        assert left.loc[key, "tightened_low"] <= number <= left.loc[key, "tightened_high"]


@given(quotients())
def test_the_factor_is_exact(case):
    unit, names, n, d, rate = case
    assert factor_of(unit, *names) * Fraction(n, d) == rate


@pytest.mark.parametrize(
    ("rate", "numerator", "denominator"),
    [
        ("元/人", "件", "人"),
        ("公斤/公顷", "公斤", "公斤"),
        ("percent", "元", "人"),
        ("percent", "元", "美元"),
        ("元", "吨", "人"),
        ("公斤", "立方米", "人"),
    ],
)
def test_what_cannot_be_made_comparable_tells_nothing(rate, numerator, denominator):
    assert factor_of(rate, numerator, denominator) is None
    figures = {
        "r": row(rate, "rate", 4, 5),
        "n": row(numerator, "amount", 9, 9),
        "d": row(denominator, "amount", 2, 2),
    }
    claim = {"c": ("ratio", {"rate": "r", "numerator": "n", "denominator": "d"})}
    made = extract(figures, claim)
    assert audit(made)["verdict"].tolist() == ["cannot tell"]
    assert diagnose(made).empty


@pytest.mark.parametrize("unit", ["", "$"])
def test_a_unit_that_is_not_told_is_the_one_that_fits(unit):
    assert factor_of("元/人", unit, "万人") == Fraction(1, 10_000)
    assert factor_of("percent", unit, "万元") == 100
    assert factor_of("起/10万人", "起", "") == 100_000


def test_what_has_a_size_is_a_unit_of_the_table():
    assert {in_so_many(name)[0].name for name in _sizes()} == _sizes().keys()
