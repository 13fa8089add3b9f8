"""Printed Chinese figures: read one, read a column of them, find them in a text.

A printed figure carries more than a number: how precise it is (16.2473万件 is exact, 13.9万件 is
not), a hedge (多, 余, 近, 约), a sign that is a word (下降), a unit.  This module keeps all of it.

`grammar` has the words and forms.  `find_figures` runs its tables as one scanner; `read_figure`
asks the rows of `FORMS` in turn.  Either way a match becomes a `_Reading`, a number as printed and
what the words around it mean, which `_bounds` turns into value, low and high by integer arithmetic,
rounded outward.
"""

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from .bounds import Floats, product_less, step_down
from .grammar import (
    ALSO_SMALL,
    AVERAGE,
    DIRECTION,
    EXPONENT,
    FALL,
    FIGURES,
    FORMS,
    IS_MEASURED,
    IS_MONEY,
    IS_YUAN,
    PERCENT_LIKE,
    PLAIN,
    SMALL,
    compiled,
    scanner,
)

__all__ = ["Figure", "FigureError", "find_figures", "find_numerals", "read_figure", "read_figures"]

COLUMNS = ["value", "low", "high", "unit", "hedge", "measure", "decimals"]
LONGEST = 40  # digits; no printed figure is longer, and int() must never see a megabyte of them
# By how many half steps the number before printing may lie below and above the printed one.
_HALF_STEPS = {"nearest": (1, 1), "truncated": (0, 2), "either": (1, 2)}


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


class _Meaning(NamedTuple):
    """What the words around a number say; everything but the digits."""

    sign: int
    whole: bool  # a count: exact where it is printed to the unit
    direction: str  # how the hedge opens the bounds, "" without one
    ceiling: int | None  # natural end of a rate
    signed: bool  # may lie on the other side of zero
    unit: str
    hedge: str
    measure: str


class _Reading(NamedTuple):
    """`n` steps of up/down as printed (13.9万: 139 steps of 10**4/10), and what they mean."""

    n: int
    up: int
    down: int
    decimals: int
    meaning: _Meaning
    to: tuple[int, int, int] | None = None  # upper end of a range, (n, up, down)


@lru_cache(256)
def _power(places: str) -> int:
    return int(10 ** sum(EXPONENT[c] for c in places))


_D = f"[{SMALL}两]"
_TENS_UP = f"(?:{_D}千)?(?:零?{_D}百)?(?:零{_D}十|{_D}?十)?"
# 万 and 亿 multiply something; a 一百三万 may be 103 or 130 of them.
_MANY_OF = rf"{_TENS_UP}(?:(?:零|(?<![百千])){_D})?(?<=[{SMALL}两十百千])"
_WELL_FORMED = re.compile(
    f"(?!零)(?:{_MANY_OF}万?亿)?(?:零?{_MANY_OF}万)?{_TENS_UP}(?:零?[{SMALL}])?|两"
)
_BY_DIGIT = re.compile(f"[零{SMALL}]{{3,}}|零")
_TENTHS = str.maketrans("两半", "二五")  # 两成半 is 25 percent
_ARABIC = str.maketrans("零〇" + SMALL, "00123456789")
# The place that speech leaves out: 三百五 is 三百五十, 一亿三 is 一亿三千万.
_SPOKEN = {"百": "十", "千": "百", "万": "千", "亿": "千万"}


def _chinese(text: str) -> tuple[int, int, int] | None:
    """n, up, down of a Chinese numeral without 点, or None where it is none.

    A trailing 万 or 亿 is a scale (三百二十万 is 320 steps of a 万).  What goes on below 万 is
    printed to its last place if that is 千 or 百 (一万二千 is 12 steps of a 千), else to the unit.
    """
    text = text.replace("〇", "零")
    if text == "半":
        return 1, 1, 2
    head = text.rstrip("万亿")
    tail = text[len(head) :]
    if tail not in ("", "万", "亿", "万亿") or set(tail) & set(head):
        return None
    scale = _power(tail)
    if head in ("", "百", "千"):  # the place alone: 上百, 千余
        return _power(head), scale, 1
    if _BY_DIGIT.fullmatch(head):
        return int(head.translate(_ARABIC)), scale, 1
    step = {"千": 1000, "百": 100}.get(head[-1], 1) if re.search("[万亿]", head) else 1
    if "亿" in head and tail == "万":  # 三亿两千万: 万 multiplies what stands after 亿 only
        head, scale, step = text, 1, step * scale
    if not _WELL_FORMED.fullmatch(head):
        return None
    if head[-1] in SMALL and (left_out := _SPOKEN.get(head[-2:-1])):
        head, step = head + left_out, _power(left_out)
    return _by_place(head) // step, step * scale, 1


def _by_place(numeral: str) -> int:
    """A well-formed numeral as an integer.

    >>> _by_place("十二亿零三百五十万两千")
    1203502000
    """
    total = below_ten_thousand = digit = 0
    for c in numeral.replace("两", "二"):
        if c in SMALL:
            digit = SMALL.index(c) + 1
        elif c in "十百千":
            below_ten_thousand += (digit or 1) * _power(c)
            digit = 0
        elif c != "零":  # 亿 multiplies all that stands before it, 万 what stands since 亿
            since = below_ten_thousand + digit
            total = (total + since) * _power(c) if c == "亿" else total + since * _power(c)
            below_ten_thousand = digit = 0
    return total + below_ten_thousand + digit


_GROUPED = re.compile("[,， ]")


def _number(text: str, scale: str, head: str = "") -> tuple[int, int, int, int]:
    """n, up, down, decimals of a number with its scale; ValueError where it is none."""
    if len(text) > LONGEST:
        raise ValueError
    up = _power(scale)
    if text[0].isascii():
        whole, _, fraction = _GROUPED.sub("", text).partition(".")
        n, down = int(whole + fraction), 10 ** len(fraction)
        if head:  # 1亿2000万, 3万5千
            more, rest = divmod(int(head[:-1]) * _power(head[-1]) * down, up)
            if rest or n * up >= down * _power(head[-1]):
                raise ValueError
            n += more
        return n, up, down, len(fraction)
    whole, _, fraction = text.partition("点")
    read = _chinese(whole)
    if read is None or (fraction and read[1:] != (1, 1)):
        raise ValueError
    n = int(f"{read[0]}{fraction.translate(_ARABIC)}")
    return n, up * read[1], read[2] * 10 ** len(fraction), len(fraction)


@lru_cache(1024)
def _said(
    sign: str, minus: str, before: str, inner: str, after: str, hedge: str
) -> _Meaning | None:
    """What sign and hedge words say of a rate in percent, or None where they say two things."""
    # 约43万多: the narrower word wins.
    direction = next((DIRECTION[w] for w in (inner[:1], after, before) if w in DIRECTION), "")
    falls = bool(sign and FALL.match(sign))
    if falls and minus:  # 下降-3.2%
        return None
    signed = bool(sign or minus)
    return _Meaning(
        sign=-1 if falls or minus in ("-", "↓") else 1,
        whole=False,
        direction=direction,
        ceiling=None if signed else 100,
        signed=signed,
        unit="percent",
        hedge=hedge,
        measure="change" if signed else "rate",
    )


def _change(meaning: _Meaning) -> _Meaning:
    return meaning._replace(ceiling=None, signed=True, measure="change")


@lru_cache(1024)
def _of_unit(meaning: _Meaning, unit: str, printed: str, average: bool, turned: bool) -> _Meaning:
    """The meaning with a unit; `printed` is the unit's own text, `turned`: by a sign word."""
    if unit.endswith("分点"):
        points = "percentage point" if unit.endswith("百分点") else "permille point"
        return _change(meaning)._replace(unit=points, measure="point_change")
    if unit in ("‰", "千分之"):
        measure = "change" if turned else "rate"  # -1.4‰ is a rate that may be negative
        ceiling = None if meaning.signed else 1000
        return meaning._replace(unit="‰", measure=measure, ceiling=ceiling)
    if unit == "倍":
        return meaning._replace(ceiling=None)
    if unit in ("%", "成", "百分之", "百分"):
        return meaning
    plain_unit, per_unit, _ = unit.partition("/")
    if plain_unit in IS_YUAN:
        printed = "元" + printed[len(plain_unit) :]
    measure = "amount" if plain_unit in IS_MONEY else "count"
    measure = "rate" if average or per_unit else measure
    return meaning._replace(
        whole=measure == "count" and plain_unit not in IS_MEASURED,
        ceiling=None,
        signed=meaning.signed or measure == "amount",
        unit=printed,
        measure=measure,
    )


def _reading(name: str, m: re.Match[str], g: dict[str, str], text: str) -> _Reading | None:
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
                return _Reading(0, 1, 1, 0, zero)
            case "unchanged":  # as far as one sees: half of one percent either way
                return _Reading(0, 1, 1, 0, _change(meaning))
            case "doubled":
                times = "一二三四".index((g["number"] or "一").replace("两", "二")) + 1
                return _Reading(2**times - 1, 100, 1, 0, _change(meaning))
            case "tenths":
                tens, _, ones = g["number"].translate(_TENTHS).partition("成")
                tenths = 10 * (SMALL.index(tens) + 1) + SMALL.index(ones) + 1
                return _Reading(tenths, 1, 1, 0, meaning)
            case "half":
                if "过半" in m[0] and not before:
                    word = text[m.start() + m[0].index("过")]
                    meaning = meaning._replace(hedge=word + hedge, direction="at least")
                return _Reading(1, 50, 1, 0, meaning)
            case "fraction":
                n, down = _number(g["number"], "")[0], _number(g["denominator"], "")[0]
                return _Reading(n, 100, down, 0, meaning) if 0 < n < down else None
    except ValueError:
        return None

    unit = g.get("unit", "")
    meaning = _of_unit(meaning, unit, printed("unit"), bool(g.get("average")), bool(sign))
    try:
        return _with_number(name, g, meaning, {"倍": 100, "成": 10}.get(unit, 1))
    except ValueError:
        return None


def _with_number(name: str, g: dict[str, str], meaning: _Meaning, per: int) -> _Reading:
    """The reading of a row that has a number or two; ValueError where a number is none."""
    number, scale = g["number"], g.get("scale", "") + g.get("outer_scale", "")
    if name == "several":  # 数十 is twenty to a hundred
        place = _power(scale) * per
        meaning = meaning._replace(hedge=meaning.hedge + number)
        return _Reading(2, place, 1, 0, meaning, (10, place, 1))
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
        n, up, down, decimals = _number(first, first_scale)
        last = _number(number, scale)
        if n * up * last[2] >= last[0] * last[1] * down:
            raise ValueError
        to = last[0], last[1] * per, last[2]
        return _Reading(n, up * per, down, max(decimals, last[3]), meaning, to)
    n, up, down, decimals = _number(number, scale, g.get("head", ""))
    return _Reading(n, up * per, down, decimals, meaning)


# --- From a reading to bounds -------------------------------------------------------------------


def _below(num: int, den: int) -> float:
    """The largest float ≤ num/den."""
    x = num / den  # correctly rounded for integers of any size
    a, b = x.as_integer_ratio()
    return math.nextafter(x, -math.inf) if a * den > num * b else x


def _above(num: int, den: int) -> float:
    """The smallest float ≥ num/den."""
    return 0.0 - _below(-num, den)  # 0.0 − x is never −0.0


def _opened(direction: str, n: Any, weight: Any) -> tuple[Any, Any]:
    """By how many half steps a hedge opens the bounds of `n` steps, below and above."""
    return {
        "more": (0, 2 * weight),
        "nearly": (2 * weight * (n > 0), 0),
        "about": (weight, weight),
        "at least": (0, 0),
        "at most": (2 * n, 0),
    }[direction]


def _bounds(r: _Reading, rounding: str) -> tuple[float | None, float, float]:
    n, up, down, decimals, meaning, to = r
    if to:
        low, high = _below(n * up, down), _above(to[0] * to[1], to[2])
        return (None, 0.0 - high, 0.0 - low) if meaning.sign < 0 else (None, low, high)
    value = n * up / down
    below, above = _HALF_STEPS[rounding]
    if meaning.direction:
        weight = 1  # of the last digit that is not zero; zeros after the point are significant
        while not decimals and n and n % (10 * weight) == 0:
            weight *= 10
        below, above = _opened(meaning.direction, n, weight)
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


def _figure(r: _Reading, rounding: str) -> Figure:
    return Figure(*_bounds(r, rounding), *r.meaning[-3:], r.decimals)


def _check_rounding(rounding: str) -> None:
    if rounding not in _HALF_STEPS:
        raise ValueError(f"rounding must be one of {', '.join(_HALF_STEPS)}, not {rounding!r}")


# --- One figure ---------------------------------------------------------------------------------

# The plain quantity is by far the commonest, and refuses what belongs to the other rows.
_READ_ORDER = ["quantity", *(row.name for row in FORMS if row.name != "quantity"), "bare"]
_COMPARISON = re.compile(  # context, not figure, but often copied along
    r"(?:同比|环比|按年|[比较与](?:上年|去年|前年|上月|上周|20[0-9]{2}年)(?:同期)?(?:相比)?)"
)
_ALPHABET = re.compile(r"[0-9A-Za-z.,，+\-–—~～%‰/ \u3000↑↓〇\u4e00-\u9fff]*+")


def _parse(text: str) -> _Reading:
    plain = text.translate(PLAIN)
    context = _COMPARISON.match(plain)
    start = context.end() if context else 0
    for name in _READ_ORDER:
        m = compiled(name).fullmatch(plain, start)
        reading = _reading(name, m, m.groupdict(""), text) if m else None
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
    _check_rounding(rounding)
    if not isinstance(text, str):
        raise TypeError(f"read_figure takes a text (str), not {type(text).__name__}: {text!r}")
    return _figure(_parse(text), rounding)


# --- A column of figures ------------------------------------------------------------------------

_FAST = re.compile(r"[0-9]{1,11}(?:\.[0-9]{1,4})?")  # at most 15 digits: exact in a float
_MANY = 16  # texts alike but for their digits, from which on the column arithmetic pays


def _below_column(num: Floats, den: int) -> Floats:
    """`_below` for a column of whole numbers under 2**53."""
    x = num / den
    return step_down(x, -product_less(x, np.asarray(float(den)), num))


def _bounds_column(
    n: npt.NDArray[np.int64], r: _Reading, rounding: str
) -> tuple[npt.NDArray[np.float64], ...] | None:
    """`_bounds` for texts that read like `r` but for n; None where numbers may be too large."""
    common, meaning = math.gcd(r.up, r.down), r.meaning
    up, down = r.up // common, r.down // common
    if r.to or 4 * (int(n.max()) + 1) * max(up, down) >= 2**53:
        return None
    value = (n * up) / down
    below, above = _HALF_STEPS[rounding]
    if meaning.direction:
        weight = np.ones(n.shape, dtype=np.int64)
        while not r.decimals and (more := (n % (10 * weight) == 0) & (n > 0)).any():
            weight = np.where(more, 10 * weight, weight)
        below, above = _opened(meaning.direction, n, weight)
    low = _below_column(((2 * n - below) * up).astype(float), 2 * down)
    high = 0.0 - _below_column(((-2 * n - above) * up).astype(float), 2 * down)
    if meaning.direction == "at least":
        high = np.full(n.shape, math.inf)
    if meaning.whole and up <= down and not meaning.direction:
        exact = (n * up) % down == 0
        low, high = np.where(exact, value, low), np.where(exact, value, high)
    if not meaning.signed:
        low = np.maximum(low, 0.0)
    if meaning.ceiling:
        below_it = (value < meaning.ceiling) | (value == meaning.ceiling) & np.isfinite(high)
        high = np.where(below_it, np.minimum(high, meaning.ceiling), high)
    if meaning.sign < 0:
        return 0.0 - value, 0.0 - high, 0.0 - low
    return value, low, high


def _alike(texts: list[str]) -> Iterator[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
    """Groups of texts alike but for the digits of their one number: their positions, and n."""
    joined = "\n".join(texts)
    if "\0" in joined or joined.count("\n") != len(texts) - 1:
        return
    kinds, templates = pd.factorize(np.array(_FAST.sub("\0", joined).split("\n"), dtype=object))
    counts = np.array([template.count("\0") for template in templates])[kinds]
    single = np.flatnonzero(counts == 1)
    if not len(single):
        return
    numbers = np.array(_FAST.findall(joined))[(np.cumsum(counts) - 1)[single]]
    points = np.strings.find(numbers, ".")
    decimals = np.where(points < 0, 0, np.strings.str_len(numbers) - points - 1)
    n = np.strings.replace(numbers, ".", "").astype(np.int64)
    groups = kinds[single] * 8 + decimals
    order = np.argsort(groups, kind="stable")
    for part in np.split(order, np.flatnonzero(np.diff(groups[order])) + 1):
        if len(part) >= _MANY:
            yield single[part], n[part]


def read_figures(series: pd.Series, *, rounding: str = "nearest") -> pd.DataFrame:
    """Read a column of printed figures.

    Gives a frame with the columns value (NaN for ranges), low, high, unit, hedge, measure,
    decimals and the same index: to the bit what `read_figure` gives for each entry.  Raises one
    FigureError that lists every unreadable entry with its index label.

    >>> read_figures(pd.Series(["6623起", "约40%"]))[["value", "low", "high", "unit", "hedge"]]
        value     low    high     unit hedge
    0  6623.0  6623.0  6623.0       起
    1    40.0    35.0    45.0  percent     约
    """
    _check_rounding(rounding)
    if not isinstance(series, pd.Series):
        raise TypeError(f"read_figures takes a pandas Series, not {type(series).__name__}")
    entries = series.tolist()
    known = [entry if isinstance(entry, str) else None for entry in entries]
    codes, distinct = pd.factorize(np.array(known, dtype=object))
    texts: list[str] = list(distinct)
    numbers = np.full((3, len(texts)), math.nan)
    said: dict[tuple[str, str, str], int] = {}  # unit, hedge and measure: few, so each kept once
    words = np.zeros(len(texts), dtype=np.int64)
    decimals = np.zeros(len(texts), dtype=np.int64)
    slow = np.ones(len(texts), dtype=bool)
    for where, n in _alike(texts):
        try:
            r = _parse(texts[where[0]])
        except FigureError:
            continue
        columns = _bounds_column(n, r, rounding) if r.n == n[0] else None
        if columns:
            numbers[:, where] = columns
            words[where] = said.setdefault(r.meaning[-3:], len(said))
            decimals[where], slow[where] = r.decimals, False
    faults = {-1: "no text (str)"}
    for i in np.flatnonzero(slow).tolist():
        try:
            f = _figure(_parse(texts[i]), rounding)
        except FigureError as error:
            faults[i] = str(error)
        else:
            numbers[:, i] = math.nan if f.value is None else f.value, f.low, f.high
            words[i] = said.setdefault((f.unit, f.hedge, f.measure), len(said))
            decimals[i] = f.decimals
    bad = np.flatnonzero(np.isin(codes, list(faults))).tolist()
    if bad:
        lines = [f"{series.index[i]!r}: {entries[i]!r}: {faults[int(codes[i])]}" for i in bad]
        raise FigureError(f"{len(bad)} of {len(entries)} entries unreadable\n" + "\n".join(lines))
    kept = zip(*said, strict=True) if said else ([], [], [])
    columns_ = [
        *(column[codes] for column in numbers),
        *(pd.array(list(each), dtype="str").take(words[codes]) for each in kept),
        decimals[codes],
    ]
    return pd.DataFrame(dict(zip(COLUMNS, columns_, strict=True)), index=series.index)


# --- Figures in text ----------------------------------------------------------------------------

_LISTED = re.compile(r"\s?个?(?:[、和及与或]|以及)\s?")
_LISTED_APART = re.compile(rf"{_LISTED.pattern}|\s?[,，;；]\s?")  # 分别下降1%，2%, in one unit
_SAME = re.compile(r"\s?[,，]?即\s?|\s?[(（]即?")  # 减少274人(18%): the same change in percent
_SAID = re.compile(r"\s?(?:[,，;；。、)）]|$)")
_ENDS_APART = re.compile(r"\s?(?:[,，;；。、和及与]|$)")  # but 分别下降1%和2%，3%的案件
_CLAUSE = re.compile(r"[^，,。;；:：()（）!？?]*+$")
_BASE = re.compile(r"以(?!上(?!年|月)|[下内前后来及])[^以为]+为$")  # 以女性为100, of an index
_AVERAGE_BEFORE = re.compile(AVERAGE)
_ENTITY = re.compile(  # what a small Chinese number of 个 must count: 五个县, but 三个方面
    r"[省市县区乡镇村州]|地级|国家|自治|社区|街道|部门|单位|企业|组织|集团|团伙|窝点|案件|项目"
    r"|小组|支队|大队|中队|派出所|法院|检察院|网格|行政村|试点"
)
_COUNTED = re.compile(r"(?:发生|抓获|破获|侦破|查处|死亡|失踪|受伤|共|仅)了?$")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def _is_figure(name: str, m: re.Match[str], g: dict[str, str], r: _Reading, plain: str) -> bool:
    """Whether what could be read as a figure is one in running text."""
    end, number, unit = m.end(), g.get("number", ""), g.get("unit", "").partition("/")[0]
    at = m.start("number") if number else m.start()
    previous = plain[at - 1 : at]
    if previous > "\x7f" and unicodedata.category(previous)[0] in "CMN" and previous != "〇":
        return False  # a look-alike digit or an invisible character: a part of the number is hidden
    if name == "tally" and _BASE.search(_clause_before(plain, at)):
        return False
    if name == "several":
        return bool(g["scale"])
    if unit in ("分钟", "小时", "秒") and not (r.meaning.signed or g["average"] or r.decimals):
        return False
    percent_like = r.meaning.unit in PERCENT_LIKE
    open_end = g.get("after", "").endswith(("以上", "以下", "以内", "之内"))
    if open_end and not percent_like and _HAN.match(plain, end) and plain[end] not in "和及与并等":
        return False  # 死亡10人以上事故: the threshold that defines a category
    if percent_like or name != "quantity" or number[0].isascii():
        return True
    if not re.search("[一二两三四五六七八九十半]", number):
        return bool(r.meaning.direction)  # 上百, 千余; but 百家, 万人
    value = r.n * r.up // r.down
    if r.meaning.direction or g["sign"] or value > 10:
        return True
    if unit == "个":
        return value > 1 and bool(_ENTITY.match(plain, end))
    if value == 1:  # 一名, 一起 are articles, but for 死亡一人 and 发生一起
        ends = unit in ("人", "名", "例", "宗") and not _HAN.match(plain, end)
        return unit in ALSO_SMALL and (
            ends or bool(_COUNTED.search(plain, max(0, m.start() - 3), m.start()))
        )
    return unit in ALSO_SMALL


# End and meaning of a figure with a sign word, and whether 分别 stands before it in its clause.
_Last: TypeAlias = tuple[int, _Meaning, bool]


def _clause_before(plain: str, at: int) -> str:
    """What stands before a place in its clause, as far as words reach over to it."""
    clause = _CLAUSE.search(plain, max(0, at - 24), at)
    return clause[0] if clause else ""


def _in_context(
    r: _Reading, m: re.Match[str], g: dict[str, str], plain: str, last: _Last | None
) -> _Meaning:
    """The meaning with what stands before: a sign word that reaches over a list, an average."""
    meaning = r.meaning
    percent_like = meaning.unit in PERCENT_LIKE
    if last and not (g.get("sign") or g.get("minus")):
        end, before, respectively = last
        alike = (before.unit in PERCENT_LIKE) == percent_like
        pair = end == m.start() and before.whole and meaning.whole  # 减少12起34人
        apart = respectively and before.unit == meaning.unit and _ENDS_APART.match(plain, m.end())
        again = _SAME.fullmatch(plain, end, m.start()) and _SAID.match(plain, m.end())
        if percent_like and not alike and again:
            return _change(meaning)._replace(sign=before.sign)
        listed = _LISTED_APART if apart else _LISTED
        if alike and (pair or listed.fullmatch(plain, end, m.start())):
            change = percent_like and meaning.measure == "rate"
            average = meaning.whole and before.measure == "rate"  # 平均用时下降40天和16天
            return meaning._replace(
                sign=before.sign,
                whole=meaning.whole and not average,
                signed=True,
                ceiling=None,
                measure="change" if change else "rate" if average else meaning.measure,
            )
    plain_count = meaning.whole and not meaning.direction and r.to is None
    if (
        plain_count
        and not g.get("average")
        and _AVERAGE_BEFORE.search(_clause_before(plain, m.start()))
    ):
        return meaning._replace(whole=False, measure="rate")
    return meaning


def _read_at(
    name: str, plain: str, start: int, line: str
) -> tuple[re.Match[str] | None, dict[str, str], _Reading | None]:
    """The match of the row `name` at a place of a line, its groups, and its reading."""
    m = compiled(name).match(plain, start)
    g = m.groupdict("") if m else {}
    return m, g, _reading(name, m, g, line) if m else None


def _find(text: str, dates: bool) -> Iterator[tuple[Any, ...]]:
    search = scanner().search
    for paragraph, line in enumerate(text.split("\n"), 1):
        plain = line.translate(PLAIN)
        last: _Last | None = None
        after = 0
        while hit := search(plain, after):
            name, start, after = hit.lastgroup or "", hit.start(), hit.end()
            if dates and name.startswith("date_"):
                yield (
                    paragraph,
                    start,
                    line[start:after],
                    math.nan,
                    math.nan,
                    math.nan,
                    "",
                    "",
                    "date",
                )
            if name not in FIGURES:
                continue
            m, g, r = _read_at(name, plain, start, line)
            if r is None and name in ("range", "range_words"):  # 18起至5起 is two figures
                m, g, r = _read_at(name := "quantity", plain, start, line)
                after = m.end() if m else after
            if m is None or r is None or not _is_figure(name, m, g, r, plain):
                continue
            meaning = _in_context(r, m, g, plain, last)
            spreads = g.get("sign") or (meaning.signed and meaning is not r.meaning)
            word = meaning._replace(sign=1) if g.get("minus") else meaning  # 增长-3.4%和5%
            if not spreads:
                last = None
            elif last and not g.get("sign"):  # a list goes on
                last = (m.end(), word, last[2])
            else:
                last = (m.end(), word, "分别" in _clause_before(plain, m.start()) + m[0])
            if meaning is not r.meaning:
                r = r._replace(meaning=meaning)
            found = _bounds(r, "nearest")
            yield paragraph, start, line[start : m.end()], *found, *meaning[-3:]


def find_figures(text: str, *, dates: bool = False) -> pd.DataFrame:
    """Find the figures of a text, one row each, in order.

    Columns: paragraph (line, from 1), position (offset in the line where reported starts),
    reported (as printed), value (NaN for ranges), low, high, unit, hedge, measure.  A sign word
    reaches over a list (分别下降…和…).  With `dates`, dates and times are rows too, measure "date".

    >>> find_figures("分别下降13.8%和23.5%")[["position", "reported", "value"]]
       position reported  value
    0         2  下降13.8%  -13.8
    1        10    23.5%  -23.5
    """
    if not isinstance(text, str):
        raise TypeError(f"find_figures takes a text (str), not {type(text).__name__}")
    columns = ["paragraph", "position", "reported", *COLUMNS[:-1]]
    kinds = dict.fromkeys(columns[:2], "int64") | dict.fromkeys(columns[3:6], "float64")
    return _frame(list(_find(text, dates)), columns, kinds)


_NUMERAL = re.compile(
    r"(?:[0-9０-９]++(?:[.．,，][0-9０-９]++)*+|[〇零一二三四五六七八九十百千万亿两半萬億兩]++)++"
)


def find_numerals(text: str) -> pd.DataFrame:
    """Find every numeral of a text, figure or not: columns paragraph, position, numeral.

    A numeral is a longest run of Arabic digits (with inner . and ,) and Chinese numeral characters.

    >>> find_numerals("进一步,16.2473万件")["numeral"].tolist()
    ['一', '16.2473万']
    """
    rows = [
        (paragraph, m.start(), m[0])
        for paragraph, line in enumerate(text.split("\n"), 1)
        for m in _NUMERAL.finditer(line)
    ]
    kinds = {"paragraph": "int64", "position": "int64"}
    return _frame(rows, ["paragraph", "position", "numeral"], kinds)


def _frame(rows: list[Any], columns: list[str], kinds: dict[str, str]) -> pd.DataFrame:
    """A frame whose types do not depend on there being rows."""
    words = {column: "str" for column in columns if column not in kinds}
    return pd.DataFrame(rows, columns=columns).astype(words | kinds)
