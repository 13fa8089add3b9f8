"""Floats rounded outward, against exact fractions."""

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from analysis.rounding import (
    greatest,
    hull,
    leading,
    least,
    lower,
    prior_kernel,
    product,
    product_error,
    quotient,
    step_down,
    step_up,
    total,
    two_sum,
    upper,
)

floats = st.floats(-1e15, 1e15).filter(lambda x: x == 0 or abs(x) > 1e-100)


def column(*numbers):
    return np.array(numbers, dtype=float)


@given(st.fractions())
@example(Fraction(10) ** 400)
@example(-Fraction(1, 3))
def test_lower_and_upper_enclose_with_nothing_between(x):
    assert lower(x) == -math.inf or Fraction(lower(x)) <= x
    assert upper(x) == math.inf or x <= Fraction(upper(x))
    assert upper(x) <= math.nextafter(lower(x), math.inf)


def test_lower_and_upper_of_what_a_float_holds_are_itself():
    for x in (0, 5, Fraction(1, 4), Decimal("0.5"), 2**53):
        assert lower(x) == upper(x) == x
    assert lower(Decimal("0.1")) < upper(Decimal("0.1"))


@given(floats, floats)
@example(1.0, 2.0**-53)
@example(-1.0, 2.0**-54)
def test_a_sum_and_its_error_are_exact(a, b):
    rounded, error = two_sum(column(a), column(b))
    assert rounded[0] == a + b
    assert Fraction(rounded[0]) + Fraction(error[0]) == Fraction(a) + Fraction(b)


@given(floats, floats)
def test_the_error_of_a_product_is_exact(a, b):
    rounded, error = product(column(a), column(b))
    assert Fraction(rounded[0]) + Fraction(error[0]) == Fraction(a) * Fraction(b)
    # Of a float a step off it is that far off: right but for its own last digit.
    some = math.nextafter(a * b, math.inf)
    exact = Fraction(a) * Fraction(b) - Fraction(some)
    found = Fraction(float(product_error(column(a), column(b), column(some))[0]))
    assert abs(found - exact) <= abs(exact) / 2**52


@given(floats, floats)
def test_the_remainder_of_a_quotient_has_the_sign_of_its_error(a, b):
    assume(b != 0)
    assume(a == 0 or abs(a / b) > 1e-200)
    rounded, remainder = quotient(column(a), column(b))
    exact = Fraction(a) / Fraction(b) - Fraction(rounded[0])
    assert (remainder[0] > 0) == (exact > 0)
    assert (remainder[0] < 0) == (exact < 0)


@given(floats, st.sampled_from([-1.0, 0.0, 1.0, math.nan]))
@example(0.0, -1.0)
@example(-0.0, 1.0)
def test_a_step_is_to_the_neighbour_and_only_where_there_is_an_error(x, error):
    down, up = step_down(column(x), column(error))[0], step_up(column(x), column(error))[0]
    below, above = math.nextafter(x, -math.inf), math.nextafter(x, math.inf)
    # An unknown error steps both ways: outward is the safe side.
    assert down == (x if error >= 0 else below)
    assert up == (x if error <= 0 else above)


def test_a_column_of_any_signs_steps_as_its_rows_do():
    every = column(-math.inf, -3.5, -0.0, 0.0, 5e-324, 2.0, math.inf, math.nan)
    wrong = np.full(len(every), math.nan)
    np.testing.assert_array_equal(step_down(every, wrong), np.nextafter(every, -math.inf))
    np.testing.assert_array_equal(step_up(every, wrong), np.nextafter(every, math.inf))
    assert math.isnan(step_up(every, wrong)[-1])


@given(st.lists(floats, min_size=4, max_size=4), st.sampled_from(["total", "product"]))
def test_the_hull_holds_all_four_corners_and_is_no_wider(ends, name):
    (a, b), (c, d) = sorted(ends[:2]), sorted(ends[2:])
    exactly = {"total": Fraction.__add__, "product": Fraction.__mul__}[name]
    corners = [exactly(Fraction(x), Fraction(y)) for x in (a, b) for y in (c, d)]
    rounded = {"total": total, "product": product}[name]
    low, high = hull(rounded, (column(a), column(b)), (column(c), column(d)))
    assert (low[0], high[0]) == (lower(min(corners)), upper(max(corners)))


def test_an_open_end_is_a_limit_and_no_number():
    infinite, nothing, two = column(math.inf), column(0), column(2)
    with np.errstate(invalid="ignore"):  # as every kernel is called
        assert product(infinite, nothing) == (0, 0)  # nothing times it is nothing
        assert product(infinite, two) == (math.inf, 0)
        assert total(infinite, two) == (math.inf, 0)
        assert quotient(two, infinite) == (0, 0)


def test_least_and_greatest_pass_over_what_is_not_known():
    assert (least(column(3, math.nan, 1)), greatest(column(3, math.nan, 1))) == (1, 3)
    assert (least(column(math.nan)), greatest(column())) == (math.inf, -math.inf)


@given(floats, floats)
def test_the_products_of_leading_digits_are_exact(a, b):
    short, other = leading(column(a)), leading(column(b))
    assert abs(short[0]) <= abs(a)
    assert short[0] == 0 or abs(short[0] / a - 1) <= 2.0**-25
    assert Fraction(float(short[0])) * Fraction(float(other[0])) == Fraction(
        float(short[0] * other[0])
    )


def test_a_prior_of_what_cannot_be_is_refused_or_not_known():
    """5 after a fall of all or more; the row beside it is 342 after 23.5%: 446.8 to 447.4."""
    low, high = column(5, 342), column(5, 342)
    change = column(-120, -23.55), column(-110, -23.45)
    found = np.empty((2, 2))
    prior_kernel(found, low, high, *change)
    assert np.isnan(found[:, 0]).all()
    exact = [Fraction(34200) / (100 + Fraction(end[1])) for end in change[::-1]]
    assert [lower(exact[0]), upper(exact[1])] == found[:, 1].tolist()

    def refuse(current, most):
        raise ArithmeticError(f"{current[0]:g} after {most[0]:g}")

    with pytest.raises(ArithmeticError, match="5 after -110"):
        prior_kernel(found, low, high, *change, refuse=refuse)
