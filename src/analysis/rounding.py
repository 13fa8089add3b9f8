"""Floats rounded outward, and the prior's division: the only module that reads bits.

Every operation rounds outward, and only where floating point had to round at all. Whether it had
to is known exactly: the rounding error of a sum, a product or a quotient is itself a float (Ogita,
Rump & Oishi, "Accurate sum and dot product", SIAM J. Sci. Comput. 26, 2005, algorithms 3.1 to 3.3),
and its sign says which neighbour the exact result lies at.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
_HALF_OF_DIGITS = 2**27  # a significand has 53 binary digits
_FIRST_DIGITS = np.asarray(-_HALF_OF_DIGITS)
# Beyond these sizes a product's error term may underflow, or a part of it overflow.
_TINY, _HUGE = 2.0**-900, 2.0**1000
_SIGN_BIT = np.asarray(63)
_HUNDRED, _MARGIN = np.asarray(100.0), np.asarray(2.0**-19)
# Divided by a base, it makes no first place too small: a short quotient leaves nothing.
_ABOVE_ONE = np.asarray(1 + 2.0**-51)
# Between these sizes nothing underflows or overflows on the way to a quotient.
_LEAST, _GREATEST = 2.0**-800, 2.0**800
_INEXACT_FROM = 2.0**53  # a change from which 100 is lost in the sum


def two_sum(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    """The rounded sum and its exact rounding error: `a + b == s + error`."""
    s = a + b
    part_of_b = s - a
    return s, (a - (s - part_of_b)) + (b - part_of_b)


def leading(x: Floats, out: Floats | None = None) -> Floats:
    """The first 26 binary digits of `x`: the products of two such are exact."""
    bits = np.empty_like(x, np.int64) if out is None else out.view(np.int64)
    np.bitwise_and(x.view(np.int64), _FIRST_DIGITS, out=bits)
    return bits.view(np.float64)


def _halves(x: Floats) -> tuple[Floats, Floats]:
    """`x` as a sum of two floats with half its digits each: their products are exact."""
    bits = x.view(np.int64) + _HALF_OF_DIGITS // 2
    bits &= -_HALF_OF_DIGITS
    high = bits.view(np.float64)
    return high, x - high


def product_error(a: Floats, b: Floats, s: Floats) -> Floats:
    """`a × b - s` without rounding, for an `s` that is the product but for a few steps."""
    a_high, a_low = _halves(a)
    b_high, b_low = _halves(b)
    less = a_high * b_high
    less -= s
    less += a_high * b_low
    less += a_low * b_high
    less += a_low * b_low
    return less


def step_down(x: Floats, error: Floats) -> Floats:
    """The largest float not above `x + error`, for an error smaller than a float step.

    An unknown error (NaN) steps too: outward is the safe side.
    """
    return _step(x, ~(error >= 0), -1)


def step_up(x: Floats, error: Floats) -> Floats:
    """The smallest float not below `x + error`; the mirror of `step_down`."""
    return _step(x, ~(error <= 0), 1)


def _step(x: Floats, steps: npt.NDArray[np.bool_], way: int) -> Floats:
    # Floats of one sign lie in the order of their bits: ten times as fast as nextafter.
    if not steps.any():
        return x
    bits = x.view(np.int64)
    steps &= x == x  # a NaN stays: one with every bit set would step to 0
    if least(x) > 0 and greatest(x) < np.inf:
        return (bits + steps if way > 0 else bits - steps).view(np.float64)
    if (steps & ((x == 0) | np.isinf(x))).any():
        return np.where(steps, np.nextafter(x, way * np.inf), x)
    return (bits + way * steps * ((bits >> 63) | 1)).view(np.float64)  # the other way below zero


def least(x: Floats) -> np.float64:
    """The least of `x`, passing over what is not known (NaN)."""
    return np.float64(np.fmin.reduce(x, axis=None, initial=np.inf))


def greatest(x: Floats) -> np.float64:
    """The greatest of `x`, passing over what is not known (NaN)."""
    return np.float64(np.fmax.reduce(x, axis=None, initial=-np.inf))


def total(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    s, error = two_sum(a, b)
    if np.isinf(s).any():
        error = np.where(np.isinf(a) | np.isinf(b), 0.0, error)
    return s, error


def product(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    p = a * b
    error = product_error(a, b, p)
    size = np.abs(p)
    sure = (size > _TINY) & (size < _HUGE)
    if not sure.all():
        nothing, infinite = (a == 0) | (b == 0), np.isinf(a) | np.isinf(b)
        # An open end is a limit, never a number reached: nothing times it is nothing.
        p = np.where(infinite & nothing, 0.0, p)
        error = np.where(infinite | nothing, 0.0, np.where(sure, error, np.nan))
    return p, error


def quotient(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    q = a / b
    remainder = product_error(q, b, a) * -np.sign(b)
    size = np.abs(a)
    sure = (size > _TINY) & (size < _HUGE) & (np.abs(q) > _TINY)
    if not sure.all():
        exact = (a == 0) | np.isinf(a) | np.isinf(b)
        remainder = np.where(exact, 0.0, np.where(sure, remainder, np.nan))
    return q, remainder


_Ends = tuple[Floats, Floats]
_Rounded = Callable[[Floats, Floats], tuple[Floats, Floats]]


def hull(f: _Rounded, a: _Ends, b: _Ends) -> _Ends:
    """Least and greatest of `f` over the four corners, each rounded outward."""
    corners = f(np.stack([a[0], a[0], a[1], a[1]]), np.stack([*b, *b]))
    return np.fmin.reduce(step_down(*corners)), np.fmax.reduce(step_up(*corners))


def quotient_below(num: int, den: int) -> float:
    """The largest float not above num/den, whole numbers of any size."""
    try:
        nearest = num / den  # correctly rounded
    except OverflowError:
        return -math.inf if num < 0 else float(np.finfo(float).max)
    of, by = nearest.as_integer_ratio()
    return math.nextafter(nearest, -math.inf) if of * den > num * by else nearest


def quotient_above(num: int, den: int) -> float:
    """The smallest float not below num/den."""
    return 0.0 - quotient_below(-num, den)  # 0.0 − x is never −0.0


def lower(x: Fraction | Decimal | int) -> float:
    """The largest float not above an exact number."""
    return quotient_below(*x.as_integer_ratio())


def upper(x: Fraction | Decimal | int) -> float:
    """The smallest float not below an exact number.

    >>> upper(Fraction(1, 10)) - 0.1 == 0 and lower(Fraction(1, 10)) < 0.1
    True
    """
    return quotient_above(*x.as_integer_ratio())


def _below_zero(x: Floats) -> npt.NDArray[np.int64]:
    """-1 where `x` is below zero (or -0.0), else 0. Overwrites `x`."""
    bits = x.view(np.int64)
    bits >>= _SIGN_BIT
    return bits


def _hundredfold_quotient(found: Floats, current: Floats, change: Floats, way: int) -> Floats:
    """Fill `found` with `100 × current / (100 + change)`, rounded to nearest.

    Returns how far that lies on the side of the exact quotient that `way` (-1 is down) points to:
    below zero where it lies on the other. Only the sign is to be relied on.

    A long division by two places (for the splitting of factors see Dekker, "A floating-point
    technique for extending the available precision", Numerische Mathematik 18, 1971). The first is
    so short that its products with both parts of the base lose nothing, so the second is known to
    2**-74 of the whole; that mostly tells on which side of the rounded sum of both the quotient
    lies. One division, into the inverse of the base, serves both places: it takes longest. Columns
    are worked on in place: a new one for each step would take half as long again.
    """
    base, base_high, base_low, first, second = np.empty((5, len(current)))
    np.add(_HUNDRED, change, out=base)
    leading(base, out=base_high)
    np.subtract(base_high, _HUNDRED, out=base_low)  # exact, as 100 is a multiple of 4
    np.subtract(change, base_low, out=base_low)
    np.multiply(_HUNDRED, current, out=second)
    inverse = np.divide(_ABOVE_ONE, base, out=base)
    np.multiply(second, inverse, out=first)
    leading(first, out=first)
    base_high *= first
    second -= base_high
    second -= np.multiply(first, base_low, out=base_high)
    # 100 is 25 × 4: with five digits to spare, as counts have them, its product is exact.
    if int(np.bitwise_or.reduce(current.view(np.int64))) & 31:
        second += product_error(_HUNDRED, current, _HUNDRED * current)
    second *= inverse
    np.add(first, second, out=found)
    if way < 0:
        first -= found
        spare = np.add(first, second, out=first)
    else:
        np.subtract(found, first, out=first)
        spare = np.subtract(first, second, out=first)
    margin = np.multiply(found, _MARGIN, out=base)
    untold = (np.add(margin, spare, out=base_high) == margin).nonzero()[0]
    # Where nothing is left after a first place, of a base with one part, the quotient is exact.
    untold = untold[(second[untold] != 0) | (base_low[untold] != 0)]
    if untold.size:
        error = _quotient_error(found[untold], current[untold], change[untold])
        spare[untold] = np.where(np.isnan(error), -1, -way * error + 0.0)  # no -0
    return spare


def _quotient_error(rounded: Floats, current: Floats, change: Floats) -> Floats:
    """The error of a rounded quotient, times the size of its base, by multiplying it out.

    Good for its sign; NaN where that cannot be told.
    """
    base, base_error = two_sum(_HUNDRED, change)
    scaled = _HUNDRED * current
    of_base = rounded * base_error
    error = product_error(_HUNDRED, current, scaled) - product_error(rounded, base, scaled)
    error -= of_base
    unsure = np.abs(error) < np.abs(of_base) * 2.0**-50  # its own rounding; the others have none
    unsure |= (base_error != 0) & (np.abs(of_base) < _LEAST)
    return np.where(unsure, np.nan, error * np.sign(base))


def _extreme(
    step: Callable[[Floats, Floats], Floats], found: Floats, current: Floats, change: Floats
) -> Floats:
    """`found`, but beyond 1e240 and at open ends from the rounded quotient alone."""
    base = _HUNDRED + change
    large = np.abs(current) > _GREATEST
    quotient = np.where(large, _HUNDRED * (current / base), _HUNDRED * current / base)
    infinite = np.isinf(current) | np.isinf(base)
    sizes = [np.abs(x) for x in (current, quotient)]
    extreme = np.logical_or.reduce([~((x > _LEAST) & (x < _GREATEST)) for x in sizes])
    extreme |= np.abs(base) >= _INEXACT_FROM
    outward = quotient
    for _ in range(3):  # as many roundings
        outward = step(outward, np.full_like(quotient, np.nan))
    exact = infinite | (current == 0)
    return np.where(exact, quotient, np.where(extreme, outward, found))


def prior_kernel(
    found: Floats,
    low: Floats,
    high: Floats,
    change_low: Floats,
    change_high: Floats,
    refuse: Callable[[Floats, Floats], None] | None = None,
) -> None:
    """Fill two rows of `found` with the bounds of 100 × current / (100 + change).

    `refuse` may raise for falls that leave nothing beside a current value above zero, given its
    low end and the change's high end; without it such rows have no prior (NaN).
    """
    if (
        least(low) > _LEAST
        and greatest(high) < _GREATEST
        and least(change_low) > -100
        and greatest(change_high) < _INEXACT_FROM
    ):
        bits = found.view(np.int64)  # floats above zero lie in the order of their bits
        bits[0] += _below_zero(_hundredfold_quotient(found[0], low, change_high, -1))
        bits[1] -= _below_zero(_hundredfold_quotient(found[1], high, change_low, 1))
    else:
        if refuse is not None:
            refuse(low, change_high)
        _any_prior(found, low, high, change_low, change_high)
        found[:, (change_high <= -100) & (low > 0)] = np.nan


def _any_prior(
    found: Floats, low: Floats, high: Floats, change_low: Floats, change_high: Floats
) -> None:
    """Where the usual way is not open: losses, falls beyond -100 percent, ends without end."""
    # A gain turned into a loss (below -100 percent) is a loss turned into a gain, mirrored.
    turned = change_high < -100
    of_low, of_high = np.where(turned, high, low), np.where(turned, low, high)
    # The least prior belongs to the greatest change; for a current loss it is the other way.
    by_low = np.where(of_low >= 0, change_high, change_low)
    by_high = np.where(of_high >= 0, change_low, change_high)
    spare = _hundredfold_quotient(found[0], of_low, by_low, -1)
    found[0] = _extreme(step_down, step_down(found[0], spare), of_low, by_low)
    spare = _hundredfold_quotient(found[1], of_high, by_high, 1)
    found[1] = _extreme(step_up, step_up(found[1], -spare), of_high, by_high)
    # All may have gone (-100 percent): then no prior is too large.
    gone = (change_low <= -100) & (change_high >= -100) & (low <= high)
    found[0][gone & (change_high == -100)] = 0
    found[0][gone & (low < 0)] = -np.inf
    found[1][gone] = np.inf
