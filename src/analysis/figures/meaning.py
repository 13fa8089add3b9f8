"""What the words around a printed number mean: sign, hedge, unit, measure, natural end.

And from that to value, low and high, by integer arithmetic, rounded outward.
"""

import math
import re
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from ..rounding import quotient_above, quotient_below
from ..units import is_share, spelled, unit_of
from .words import DIRECTION, FALL, OF_CHANGE, TO_LEVEL


class Meaning(NamedTuple):
    """What the words around a number say; everything but the digits."""

    sign: int
    whole: bool  # a count: exact where it is printed to the unit
    direction: str  # how the hedge opens the bounds, "" without one
    ceiling: int | None  # natural end of a rate, and of a fall
    signed: bool  # may lie on the other side of zero
    unit: str
    hedge: str
    measure: str


class Reading(NamedTuple):
    """Steps of the last printed place (13.9万: 139 steps of 10**4/10), and what they mean.

    A step is multiplier/divisor of the unit.
    """

    steps: int
    multiplier: int
    divisor: int
    decimals: int
    meaning: Meaning
    to: tuple[int, int, int] | None = None  # upper end of a range: steps, multiplier, divisor


Groups: TypeAlias = dict[str, str]  # what a row's groups matched, "" for nothing
# Groups of hedges, as they follow one another.
HEDGES = ("front", "before", "within", "over", "inner", "after")
NEGATIVE = ("-", "↓", "▼", "负", "零下")


def turns(sign: str) -> int:
    """-1 for a word that says a fall, 1 for a rise: of a fall that narrows, a rise."""
    if of_change := OF_CHANGE.match(sign):
        noun = -1 if FALL.match(of_change[1]) else 1
        if TO_LEVEL.search(sign):  # 降幅收窄至5%: what is left of it
            return noun
        return noun * (-1 if FALL.match(of_change[2]) else 1)
    return -1 if FALL.match(sign) else 1


def way_of(post: str) -> int:
    """-1 where what stands behind a number says a fall: 31%的跌幅."""
    return -1 if _POST_FALL.search(post) else 1


# Prices rise and fall; places, houses and shares of which there are so many do: 下跌45个.
_OF_STATE = re.compile("(?:收|齐|普|续)?(?:上涨|下跌|涨|跌)|[加降升]息|降准|降价|飙")
_IN_STATE = frozenset("个 家 只 种 支 款 股 城 市 县 区 省 次 轮 级".split())
_POST_FALL = re.compile("[跌降减↓▼]|下滑|衰退|萎缩|负增长")


@lru_cache(4096)
def meaning_of(
    sign: str,
    minus: str,
    post: str,
    hedges: tuple[str, ...],
    unit: str,
    currency: str,
    average: str,
) -> Meaning | None:
    """What the words around a number say, or None where they say two things."""
    if unit in _IN_STATE and not minus:
        sign, post = (said if not _OF_STATE.match(said) else "" for said in (sign, post))
    # 约43万多: the narrower word wins.
    front, before, within, over, inner, after = hedges
    narrow = (inner, after, over, within, before, front)
    direction = next((DIRECTION[word] for word in narrow if word in DIRECTION), "")
    way = turns(sign) if sign else way_of(post)
    if sign and minus in NEGATIVE and way < 0:  # 下降-3.2%
        return None
    way = -1 if minus in NEGATIVE else way
    turned, signed = bool(sign or post), bool(sign or post or minus)
    plain, _, per = unit.partition("/")
    name, times = spelled(plain)
    family = unit_of(name).family
    if currency and plain in ("m", "bn"):  # £1,246m: English, and no metres
        return None
    if currency and (not name or family.name == "money"):
        name = spelled(currency)[0]
        family = unit_of(name).family
    if family.measure == "difference":
        return Meaning(way, False, direction, None, True, name, "", "difference")
    if family.end:
        change = turned or (signed and name == "percent")  # -1.4‰ is a rate that may be negative
        end = None if times == 100 or (signed and way > 0) else family.end
        if signed and not change:
            end = None
        measure = "change" if change else "rate"
        return Meaning(way, False, direction, end, signed, name, "", measure)
    if per or unit.startswith("/"):
        name += "/" + _per(per)
    measure = "rate" if average or per else family.measure
    whole = measure == "count"
    if turned or (whole and signed):
        measure = "difference"
    return Meaning(way, whole, direction, None, signed or family.signed, name, "", measure)


def _per(unit: str) -> str:
    """The unit after a stroke: h is 小时, 10万 stays."""
    name, times = spelled(unit)
    return unit if times != 1 or is_share(name) else name


def as_change(meaning: Meaning) -> Meaning:
    if meaning.measure == "difference":
        return meaning  # 增加20家、1.5个百分点
    end = 100 if meaning.sign < 0 and meaning.unit == "percent" else None
    return meaning._replace(whole=False, ceiling=end, signed=True, measure="change")


# --- Precision: from a reading to bounds ----------------------------------------------------------
# By how many half steps the number before printing may lie below and above the printed one.
HALF_STEPS = {"nearest": (1, 1), "truncated": (0, 2), "either": (1, 2)}


def weight_of(steps: int) -> int:
    """The weight of the last digit that is not zero."""
    weight = 1
    while steps and steps % (10 * weight) == 0:
        weight *= 10
    return weight


def opened(direction: str, n: Any, weight: Any) -> tuple[Any, Any]:
    """By how many half steps a hedge opens the bounds of `n` steps, below and above.

    近3万 may be anything above two: a digit is taken whole. A fraction or a multiple in words is
    no digit: one that is nearly a third would else begin at nothing. It is "just below", by half
    of the step that `matching` tells it in.
    """
    return {
        "more": (0, 2 * weight),
        "nearly": (2 * weight * (n > 0), 0),
        "just below": (1, 0),
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
