"""From a reading to value, low and high, by integer arithmetic, rounded outward."""

import math
from typing import Any

from ..rounding import quotient_above, quotient_below
from .meaning import Reading

# By how many half steps the number before printing may lie below and above the printed one.
HALF_STEPS = {"nearest": (1, 1), "truncated": (0, 2), "either": (1, 2)}


def weight_of(steps: int) -> int:
    """The weight of the last digit that is not zero."""
    weight = 1
    while steps and steps % (10 * weight) == 0:
        weight *= 10
    return weight


def opened(direction: str, n: Any, weight: Any) -> tuple[Any, Any]:
    """By how many half steps a hedge opens the bounds of `n` steps, below and above."""
    return {
        "more": (0, 2 * weight),
        "nearly": (2 * weight * (n > 0), 0),
        "about": (weight, weight),
        "at least": (0, 0),
        "at most": (2 * n, 0),
    }[direction]


def bounds_of(r: Reading, rounding: str) -> tuple[float | None, float, float]:
    n, up, down, decimals, meaning, to = r
    if to:
        low, high = quotient_below(n * up, down), quotient_above(to[0] * to[1], to[2])
        return (None, 0.0 - high, 0.0 - low) if meaning.sign < 0 else (None, low, high)
    value = n * up / down
    if meaning.whole and not meaning.direction and up == down == 1 and meaning.sign > 0:
        return value, value, value  # by far the commonest
    below, above = HALF_STEPS[rounding]
    if meaning.direction:
        weight = 1 if decimals else weight_of(n)  # zeros after the point are significant
        below, above = opened(meaning.direction, n, weight)
    elif meaning.whole and up <= down and n * up % down == 0 and not (decimals and up == 1):
        below = above = 0  # a count printed to the unit: 16.2473万件, but not 178.0起
    low = quotient_below((2 * n - below) * up, 2 * down)
    high = quotient_above((2 * n + above) * up, 2 * down)
    if meaning.direction == "at least":
        high = math.inf
    if not meaning.signed:
        low = max(low, 0.0)
    if meaning.ceiling and (
        value < meaning.ceiling or (value == meaning.ceiling and high < math.inf)
    ):
        high = min(high, float(meaning.ceiling))
    if meaning.sign < 0:
        return 0.0 - value, 0.0 - high, 0.0 - low
    return value, low, high


def check_rounding(rounding: str) -> None:
    if rounding not in HALF_STEPS:
        raise ValueError(f"rounding must be one of {', '.join(HALF_STEPS)}, not {rounding!r}")
