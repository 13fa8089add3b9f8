"""How numbers are written where they are read: outward, with the decimals that are known."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from ..bounds import Bounds
from ..phrases import say
from ..units import Language, is_scaled, is_share, unit_of

# From where a number is written in millions or 万, how much one of these is, and its name.
POWERS: dict[Language, tuple[tuple[float, float, str], ...]] = {
    "en": ((1e9, 1e9, " billion"), (1e6, 1e6, " million")),
    "zh": ((1e8, 1e8, "亿"), (1e5, 1e4, "万")),
}
DUST = 1e-9  # a range of no more than this share of its number is what calculation left


def written(
    bounds: Bounds,
    language: Language,
    unit: str = "",
    *,
    short: bool = True,
    scale: tuple[float, str] | None = None,
) -> str:
    """Scalar bounds as a chart or a table writes them; the % of a share stands behind.

    As many decimals as were written, of a long quotient as many as its width leaves, and then
    rounded outward, so that what is shown holds what is known. A large number that comes out even
    in millions or 万 is `short`; `scale` is what it is counted in beside others, as `scale_of`
    gives it.

    >>> written(Bounds(7679, 7687), "en"), written(Bounds(2.225e8, 2.235e8), "en")
    ('7,679–7,687', '222.5–223.5 million')
    >>> written(Bounds(2.225e8, 2.225e8), "zh"), written(Bounds(3105591, 3105591), "en")
    ('2.225亿', '3,105,591')
    """
    power, name = power_of(bounds, language)
    if scale is not None:
        power, name = scale if power > 1 else (1.0, "")
    if not short or is_scaled(unit) or is_share(unit) or _is_long(bounds, power):
        power, name = 1.0, ""
    low, high = float(bounds.low) / power, float(bounds.high) / power
    decimals = decimals_of(Bounds(low, high))
    if math.isfinite(high - low) and high - low <= DUST * abs(low):
        low = high
    else:
        low = _rounded(low, decimals, ROUND_FLOOR)
        high = _rounded(high, decimals, ROUND_CEILING)
    text = f"{Bounds(low, high):,.{decimals}f}".replace(" to ", say("to", language))
    return text + name + unit_of(unit).suffix


def comes_out(bounds: Bounds, language: Language) -> bool:
    """Whether a number is small, or even in millions or 万."""
    return not _is_long(bounds, power_of(bounds, language)[0])


def _is_long(bounds: Bounds, power: float) -> bool:
    """Whether in a power it needs more than three decimals, in 万 more than two."""
    if power == 1:
        return False
    low, high = float(bounds.low) / power, float(bounds.high) / power
    needed = _written(low, high)
    if needed > 4 and 0 < high - low < math.inf:
        needed = 1 - math.floor(math.log10(high - low))
    return needed > (2 if power < 1e6 else 3)


def scale_of(column: Iterable[Bounds], language: Language) -> tuple[float, str]:
    """What the large numbers of a column are all counted in: millions, or 1 where one is too long.

    >>> scale_of([Bounds(2.1599e9, 2.1618e9), Bounds(1.041e8, 1.042e8), Bounds(17, 18)], "en")
    (1000000.0, ' million')
    """
    large = [bounds for bounds in column if power_of(bounds, language)[0] > 1]
    for least, power, name in POWERS[language]:
        ends = [end for of in large for end in (of.low, of.high) if math.isfinite(end)]
        if all(abs(end) >= least for end in ends) and not any(_is_long(of, power) for of in large):
            return power, name
    return 1.0, ""


def power_of(bounds: Bounds, language: Language) -> tuple[float, str]:
    """What a number of this size is counted in, and its name: 1 and none where it is small."""
    size = max((abs(end) for end in (bounds.low, bounds.high) if math.isfinite(end)), default=0.0)
    fit = ((power, name) for least, power, name in POWERS[language] if size >= least)
    return next(fit, (1.0, ""))


def decimals_of(bounds: Bounds) -> int:
    """How many decimals are known: those written; of a long quotient those its width leaves.

    An exact quotient has two, and more where the last would be a 5 that stands for less or more.

    >>> [decimals_of(Bounds(x, x)) for x in (85.65, 6623.0, 85.7041477169, 89.74641675854465)]
    [2, 0, 2, 3]
    """
    low, high = float(bounds.low), float(bounds.high)
    written = _written(low, high)
    if written <= 4:
        return max(0, written)
    width, size = high - low, max(map(abs, (low, high)))
    if width <= DUST * size:
        decimals = 2 if size >= 1 else min(2 - math.floor(math.log10(size)), 12)
        # 89.746 as 89.75 would seem to round to 89.8, which beside a printed 89.7 reads as wrong.
        while f"{size:.{decimals}f}".endswith("5") and decimals < 12:
            decimals += 1
        return decimals
    if not math.isfinite(width):
        return 2
    # Two digits of the width, of which nobody reads more than three decimals beside a whole number.
    return min(max(0, 1 - math.floor(math.log10(width))), 3 if size >= 1 else 12)


def _written(low: float, high: float) -> int:
    """How many decimals the ends are written with; below zero where they end in zeros."""
    ends = [_decimal(end).normalize() for end in (low, high) if math.isfinite(end)]
    return max((-int(end.as_tuple().exponent) for end in ends), default=0)


def _rounded(end: float, decimals: int, how: str) -> float:
    if not math.isfinite(end):
        return end
    return float(_decimal(end).quantize(Decimal(1).scaleb(-decimals), rounding=how))


def _decimal(end: float) -> Decimal:
    """A number as it was written: the last float step of a bound was not."""
    near = Decimal(f"{end:.13g}")
    return near if abs(float(near) - end) <= 4 * math.ulp(end) else Decimal(repr(end))
