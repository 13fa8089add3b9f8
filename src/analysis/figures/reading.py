"""One printed figure: what a match of the grammar means, and its bounds.

A printed figure carries more than a number: how precise it is (16.2473万件 is exact, 13.9万件 is
not), a hedge (多, 余, 近, 约), a sign that is a word (下降), a unit. A match becomes a `Reading`:
a number as printed and what the words around it mean, which `bounds_of` turns into value, low and
high by integer arithmetic, rounded outward.
"""

import math
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from ..units import spelled, unit_of
from .grammar import DIRECTION, FALL, FORMS, PLAIN, SMALL, compiled
from .numbers import LONGEST, TENTHS, number_of, power

COLUMNS = ["value", "low", "high", "unit", "hedge", "measure", "decimals"]


# By how many half steps the number before printing may lie below and above the printed one.
HALF_STEPS = {"nearest": (1, 1), "truncated": (0, 2), "either": (1, 2)}


class FigureError(ValueError):
    """A text that is no readable figure; the message shows the text, the place and the fault."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed figure as numbers.

    `value` is the plain number (None for a range), `low` and `high` its closed bounds, `unit` the
    printed unit ("percent" for %, 成 and 倍, "percentage point" for 百分点), `hedge` the hedge as
    printed, `measure` one of count, amount, rate, change, point_change, `decimals` the number of
    printed digits after the point.
    """

    value: float | None
    low: float
    high: float
    unit: str
    hedge: str
    measure: str
    decimals: int


# --- From a match to a number and its meaning ---------------------------------------------------


class Meaning(NamedTuple):
    """What the words around a number say; everything but the digits."""

    sign: int
    whole: bool  # a count: exact where it is printed to the unit
    direction: str  # how the hedge opens the bounds, "" without one
    ceiling: int | None  # natural end of a rate
    signed: bool  # may lie on the other side of zero
    unit: str
    hedge: str
    measure: str


class Reading(NamedTuple):
    """`n` steps of up/down as printed (13.9万: 139 steps of 10**4/10), and what they mean."""

    n: int
    up: int
    down: int
    decimals: int
    meaning: Meaning
    to: tuple[int, int, int] | None = None  # upper end of a range, (n, up, down)


@lru_cache(1024)
def _said(sign: str, minus: str, before: str, inner: str, after: str, hedge: str) -> Meaning | None:
    """What sign and hedge words say of a rate in percent, or None where they say two things."""
    # 约43万多: the narrower word wins.
    direction = next((DIRECTION[w] for w in (inner[:1], after, before) if w in DIRECTION), "")
    falls = bool(sign and FALL.match(sign))
    if falls and minus:  # 下降-3.2%
        return None
    signed = bool(sign or minus)
    return Meaning(
        sign=-1 if falls or minus in ("-", "↓") else 1,
        whole=False,
        direction=direction,
        ceiling=None if signed else 100,
        signed=signed,
        unit="percent",
        hedge=hedge,
        measure="change" if signed else "rate",
    )


def as_change(meaning: Meaning) -> Meaning:
    return meaning._replace(ceiling=None, signed=True, measure="change")


@lru_cache(1024)
def _of_unit(meaning: Meaning, unit: str, printed: str, average: bool, turned: bool) -> Meaning:
    """The meaning with a unit; `printed` is the unit's own text, `turned`: by a sign word."""
    plain, per, _ = unit.partition("/")
    name, times = spelled(plain)
    family = unit_of(name).family
    if family.measure == "difference":
        return as_change(meaning)._replace(unit=name, measure="difference")
    if name == "percent":  # growth in multiples has no end
        return meaning._replace(ceiling=None) if times == 100 else meaning
    if family.end:
        measure = "change" if turned else "rate"  # -1.4‰ is a rate that may be negative
        ceiling = None if meaning.signed else family.end
        return meaning._replace(unit=name, measure=measure, ceiling=ceiling)
    name = name + printed[len(plain) :] if name != plain else printed
    measure = "rate" if average or per else family.measure
    whole = measure == "count"
    if turned or (whole and meaning.signed):
        measure = "difference"
    return meaning._replace(
        whole=whole,
        ceiling=None,
        signed=meaning.signed or family.signed,
        unit=name,
        measure=measure,
    )


def reading_of(name: str, m: re.Match[str], g: dict[str, str], text: str) -> Reading | None:
    """The reading of a match of the row `name`, or None; `text` is the text as printed."""

    def printed(group: str) -> str:
        return text[slice(*m.span(group))] if g.get(group) else ""

    before = g.get("before", "").strip()
    before = before if before in DIRECTION else before.rstrip("占为有达了")
    inner, after = g.get("inner", "") + g.get("inner_scale", ""), g.get("after", "").lstrip("还")
    hedge = ""
    if before or inner or after:
        hedge = printed("before")[: len(before)] + printed("inner") + printed("inner_scale")
        hedge += printed("after")
    sign = g.get("sign", "")
    meaning = _said(sign, g.get("minus", "").strip(), before, inner, after, hedge)
    if meaning is None:
        return None
    try:
        match name:
            case "zero":
                unit = printed("unit")
                zero = meaning._replace(whole=True, ceiling=None, unit=unit, measure="count")
                return Reading(0, 1, 1, 0, zero)
            case "unchanged":  # as far as one sees: half of one percent either way
                return Reading(0, 1, 1, 0, as_change(meaning))
            case "doubled":
                times = "一二三四".index((g["number"] or "一").replace("两", "二")) + 1
                return Reading(2**times - 1, 100, 1, 0, as_change(meaning))
            case "tenths":
                tens, _, ones = g["number"].translate(TENTHS).partition("成")
                tenths = 10 * (SMALL.index(tens) + 1) + SMALL.index(ones) + 1
                return Reading(tenths, 1, 1, 0, meaning)
            case "half":
                if "过半" in m[0] and not before:
                    word = text[m.start() + m[0].index("过")]
                    meaning = meaning._replace(hedge=word + hedge, direction="at least")
                return Reading(1, 50, 1, 0, meaning)
            case "fraction":
                n, down = number_of(g["number"], "")[0], number_of(g["denominator"], "")[0]
                return Reading(n, 100, down, 0, meaning) if 0 < n < down else None
    except ValueError:
        return None

    unit = g.get("unit", "")
    meaning = _of_unit(meaning, unit, printed("unit"), bool(g.get("average")), bool(sign))
    try:
        return _with_number(name, g, meaning, spelled(unit)[1])
    except ValueError:
        return None


def _with_number(name: str, g: dict[str, str], meaning: Meaning, per: int) -> Reading:
    """The reading of a row that has a number or two; ValueError where a number is none."""
    number, scale = g["number"], g.get("scale", "") + g.get("outer_scale", "")
    if name == "several":  # 数十 is twenty to a hundred
        place = power(scale) * per
        meaning = meaning._replace(hedge=meaning.hedge + number)
        return Reading(2, place, 1, 0, meaning, (10, place, 1))
    if name in ("range", "range_words"):
        first, first_scale = g["first"], g.get("first_scale", "")
        if name == "range_words":
            digits = [SMALL.index(digit.replace("两", "二")) for digit in (first, number)]
            if digits[1] - digits[0] not in (1, 2):
                raise ValueError
            first, number = g["tens"] + first, g["tens"] + number
            first_scale = scale
        elif g["first_unit"] not in ("", g["unit"]):
            raise ValueError
        elif not first_scale and not g["first_unit"]:
            first_scale = scale
        n, up, down, decimals = number_of(first, first_scale)
        last = number_of(number, scale)
        if n * up * last[2] >= last[0] * last[1] * down:
            raise ValueError
        to = last[0], last[1] * per, last[2]
        return Reading(n, up * per, down, max(decimals, last[3]), meaning, to)
    n, up, down, decimals = number_of(number, scale, g.get("head", ""))
    return Reading(n, up * per, down, decimals, meaning)


# --- From a reading to bounds -------------------------------------------------------------------


def _below(num: int, den: int) -> float:
    """The largest float ≤ num/den."""
    x = num / den  # correctly rounded for integers of any size
    a, b = x.as_integer_ratio()
    return math.nextafter(x, -math.inf) if a * den > num * b else x


def _above(num: int, den: int) -> float:
    """The smallest float ≥ num/den."""
    return 0.0 - _below(-num, den)  # 0.0 − x is never −0.0


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
        low, high = _below(n * up, down), _above(to[0] * to[1], to[2])
        return (None, 0.0 - high, 0.0 - low) if meaning.sign < 0 else (None, low, high)
    value = n * up / down
    below, above = HALF_STEPS[rounding]
    if meaning.direction:
        weight = 1  # of the last digit that is not zero; zeros after the point are significant
        while not decimals and n and n % (10 * weight) == 0:
            weight *= 10
        below, above = opened(meaning.direction, n, weight)
    elif meaning.whole and up <= down and n * up % down == 0:
        below = above = 0  # a count whose last printed digit is worth a unit or less
    low = _below((2 * n - below) * up, 2 * down)
    high = _above((2 * n + above) * up, 2 * down)
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


def figure_of(r: Reading, rounding: str) -> Figure:
    return Figure(*bounds_of(r, rounding), *r.meaning[-3:], r.decimals)


def check_rounding(rounding: str) -> None:
    if rounding not in HALF_STEPS:
        raise ValueError(f"rounding must be one of {', '.join(HALF_STEPS)}, not {rounding!r}")


# --- One figure ---------------------------------------------------------------------------------

# The plain quantity is by far the commonest, and refuses what belongs to the other rows.
_READ_ORDER = ["quantity", *(row.name for row in FORMS if row.name != "quantity"), "bare"]


_COMPARISON = re.compile(  # context, not figure, but often copied along
    r"(?:同比|环比|按年|[比较与](?:上年|去年|前年|上月|上周|20[0-9]{2}年)(?:同期)?(?:相比)?)"
)


_ALPHABET = re.compile(r"[0-9A-Za-z.,，+\-–—~～%‰/ \u3000↑↓〇\u4e00-\u9fff]*+")


def parse(text: str) -> Reading:
    plain = text.translate(PLAIN)
    context = _COMPARISON.match(plain)
    start = context.end() if context else 0
    for name in _READ_ORDER:
        m = compiled(name).fullmatch(plain, start)
        reading = reading_of(name, m, m.groupdict(""), text) if m else None
        if reading:
            return reading
    raise FigureError(_fault(text, plain, start))


def _fault(text: str, plain: str, start: int) -> str:
    """Where and why the text is no figure."""
    known = _ALPHABET.match(plain)
    at, expected = known.end() if known else 0, ""
    if at < len(plain):
        title = unicodedata.name(text[at], "unnamed").lower()
        expected = f"digits, 万/亿 and a unit; U+{ord(text[at]):04X} ({title}) is none of them"
    else:
        matches = [compiled(name).match(plain, start) for name in _READ_ORDER]
        at = max((m.end() for m in matches if m), default=start)
        expected = (
            "a known unit or the end" if at > start else "a number (hedge and sign before it)"
        )
        if at == len(plain) > start:
            at, expected = start, f"a well-formed number of at most {LONGEST} digits, one sign"
    found = f"found {text[at]!r}" if at < len(text) else "the text ends"
    left = max(0, at - 30)
    shown = ("…" if left else "") + text[left : at + 30] + ("…" if at + 30 < len(text) else "")
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in shown)
    ahead = shown[: at - left + bool(left)]
    caret = "".join("\u3000" if unicodedata.east_asian_width(c) in "WF" else " " for c in ahead)
    return f"no printed figure: expected {expected}, {found} at offset {at}\n  {shown}\n  {caret}^"


def read_figure(text: str, *, rounding: str = "nearest") -> Figure:
    """Read one printed figure with its hedge, unit and sign word.

    `rounding` says how the author rounded: "nearest", "truncated" (the true magnitude lies between
    the printed number and one last digit more) or "either".  Bounds are closed, sound and tight.
    Raises FigureError for what is no figure, TypeError for what is no text.

    >>> figure = read_figure("下降13.8%")
    >>> figure.value, figure.low, figure.high, figure.unit, figure.measure
    (-13.8, -13.850000000000001, -13.75, 'percent', 'change')
    >>> read_figure("1200多路").high
    1300.0
    """
    check_rounding(rounding)
    if not isinstance(text, str):
        raise TypeError(f"read_figure takes a text (str), not {type(text).__name__}: {text!r}")
    return figure_of(parse(text), rounding)
