"""One printed figure: what a match of the grammar means, and its bounds.

A printed figure carries more than a number: how precise it is (16.2473万件 is exact, 13.9万件 is
not), a hedge (多, 余, 近, 约), a sign that is a word (下降), a unit. A match becomes a `Reading`:
a number as printed and what the words around it mean, which `bounds_of` turns into value, low and
high by integer arithmetic, rounded outward.
"""

import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, NamedTuple, TypeAlias

from ..units import is_share, spelled, unit_of
from .grammar import BARE, FORMS, with_lead
from .numbers import LONGEST, SMALL, NoNumber, Number, power, read_number
from .script import fold
from .words import DIRECTION, FALL, OF_CHANGE, TO_LEVEL

COLUMNS = ["value", "low", "high", "unit", "hedge", "measure", "decimals"]


# By how many half steps the number before printing may lie below and above the printed one.
HALF_STEPS = {"nearest": (1, 1), "truncated": (0, 2), "either": (1, 2)}


class FigureError(ValueError):
    """A text that is no readable figure; the message shows the text, the place and the fault."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed figure as numbers.

    `value` is the plain number (None for a range), `low` and `high` its closed bounds, `unit` the
    unit ("percent" for %, 成 and 倍, "percentage point" for 百分点, 公里 for km), `hedge` the hedge as
    printed, `measure` one of count, amount, rate, change, difference, `decimals` the number of
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
    ceiling: int | None  # natural end of a rate, and of a fall
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


Groups: TypeAlias = dict[str, str]  # what a row's groups matched, "" for nothing
HEDGES = ("front", "before", "within", "over", "inner", "after")  # groups, as they follow one another
_NEGATIVE = ("-", "↓", "负", "零下")


def turns(sign: str) -> int:
    """-1 for a word that says a fall, 1 for a rise: of a fall that narrows, a rise."""
    if of_change := OF_CHANGE.match(sign):
        noun = -1 if FALL.match(of_change[1]) else 1
        if TO_LEVEL.search(sign):  # 降幅收窄至5%: what is left of it
            return noun
        return noun * (-1 if FALL.match(of_change[2]) else 1)
    return -1 if FALL.match(sign) else 1


@lru_cache(4096)
def meaning_of(
    sign: str, minus: str, post: str, hedges: tuple[str, ...], unit: str, currency: str, average: str
) -> Meaning | None:
    """What the words around a number say, or None where they say two things."""
    # 约43万多: the narrower word wins.
    front, before, within, over, inner, after = hedges
    narrow = (inner, after, over, within, before, front)
    direction = next((DIRECTION[word] for word in narrow if word in DIRECTION), "")
    way = turns(sign) if sign else (-1 if _POST_FALL.search(post) else 1) if post else 1
    if sign and minus in _NEGATIVE and way < 0:  # 下降-3.2%
        return None
    way = -1 if minus in _NEGATIVE else way
    turned, signed = bool(sign or post), bool(sign or post or minus)
    plain, _, per = unit.partition("/")
    name, times = spelled(plain)
    family = unit_of(name).family
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
    end = 100 if meaning.sign < 0 and meaning.unit == "percent" else None
    return meaning._replace(ceiling=end, signed=True, measure="change")


def reading_of(name: str, g: Groups, printed: Callable[[str], str]) -> Reading | None:
    """The reading of what the groups of the row `name` matched, or None.

    `printed` gives what a group matched as it was printed, in the text's own script.
    """
    get = g.get
    number = get("number", "")
    inner = get("inner", "")
    hidden = None if number.isdecimal() or name == "several" else _HEDGED.search(number)
    if hidden:
        inner = hidden[0]
        if _DIGIT.search(number, hidden.end()):  # 1多万2千
            return None
    hedges = tuple([get(group, "") for group in HEDGES[:4]] + [inner, get("after", "")])
    hedge = ""
    if hedges != _NO_HEDGES:
        words = [_word(each) for each in hedges]
        for group, said, word in zip(HEDGES, hedges, words, strict=True):
            if word and group == "inner" and hidden:
                hedge += printed("number")[hidden.start()]
            elif word:
                at = said.index(word)
                hedge += printed(group)[at : at + len(word)]
        hedges = tuple(words)
    unit = "percent" if name in _PERCENT else get("unit", "")
    minus, post = get("minus", "").strip(), get("post", "")
    sign, currency, average = get("sign", ""), get("currency", ""), get("average", "")
    meaning = meaning_of(sign, minus, post, hedges, unit, currency, average)
    if meaning is None:
        return None
    if hedge:
        meaning = meaning._replace(hedge=hedge)
    if name in ("index", "moved"):
        measure = "amount" if name == "index" else "difference"
        meaning = meaning._replace(whole=False, measure=measure)
    try:
        return _read(name, g, number, meaning, unit)
    except NoNumber:
        return None


def plain_reading(number: str, times: int, meaning: Meaning) -> Reading:
    """The reading of digits with a unit and nothing between them."""
    if number.isdecimal():
        return Reading(int(number), times, 1, 0, meaning)
    n, up, down, decimals = read_number(number)
    return Reading(n, up * times, down, decimals, meaning)


_NO_HEDGES = ("",) * len(HEDGES)
_POST_FALL = re.compile("[跌降减]|下滑|衰退|萎缩|负增长")
_HEDGED = re.compile("[多余来几]")
_DIGIT = re.compile(f"[0-9{SMALL}两]")
_DROPPED = str.maketrans("", "", " ,，个多余来几")
_PERCENT = frozenset("unchanged doubled halved tenths multiples half fraction stroke parts".split())


def _word(hedge: str) -> str:
    """A hedge without what links it to the number."""
    hedge = hedge.strip()
    if hedge in DIRECTION or not hedge:
        return hedge
    return hedge.rstrip("占为有达了").removeprefix("还") or hedge


def _number(text: str, places: str = "") -> Number:
    return read_number((text + places).translate(_DROPPED))


def _read(name: str, g: Groups, number: str, meaning: Meaning, unit: str) -> Reading:
    """The reading of a row with its meaning; NoNumber where a number is none."""
    match name:
        case "quantity" | "money" | "bare" | "tally" | "index" | "moved" | "percent_words":
            n, up, down, decimals = _number(number)
            times = spelled(unit.partition("/")[0])[1] if unit else 1
            return Reading(n, up * times, down, decimals, meaning)
        case "zero":
            if g.get("happened") == "增长":
                return Reading(0, 1, 1, 0, as_change(meaning._replace(unit="percent")))
            return Reading(0, 1, 1, 0, meaning._replace(whole=True, ceiling=None, measure="count"))
        case "unchanged":  # as far as one sees: half of one percent either way
            return Reading(0, 1, 1, 0, as_change(meaning))
        case "doubled":
            digits = "1234" if number.isascii() else "一二三四"
            times = digits.index((number or "1" if number.isascii() else number).replace("两", "二")) + 1
            return Reading(2**times - 1, 100, 1, 0, as_change(meaning))
        case "halved":
            return Reading(1, 50, 1, 0, as_change(meaning._replace(sign=-1)))
        case "tenths" | "multiples":
            first, _, last = number.partition("成" if name == "tenths" else "倍")
            whole, one = _number(first).n, 10 if name == "tenths" else 100
            if name == "multiples":
                meaning = meaning._replace(ceiling=None)
            if last == "半":
                return Reading(2 * whole + 1, one // 2, 1, 0, meaning)
            return Reading(10 * whole + _number(last).n, one // 10, 1, 0, meaning)
        case "half":
            return Reading(1, 50, 1, 0, meaning)
        case "fraction" | "stroke":
            n, down = _number(number).n, _number(g["denominator"]).n
            if not 0 < n < down:
                raise NoNumber
            return Reading(n, 100, down, 0, meaning)
        case "parts":
            n, up, down, decimals = _number(number)
            parts = power(g["denominator"])
            if parts == 1000:
                meaning = meaning._replace(unit="‰", ceiling=1000 if meaning.ceiling else None)
                return Reading(n, up, down, decimals, meaning)
            return Reading(n, up * 100, down * parts, decimals, meaning)
        case "several":  # 数十 is twenty to a hundred
            place = power(g["scale"]) * spelled(unit)[1]
            meaning = meaning._replace(hedge=meaning.hedge + number)
            return Reading(2, place, 1, 0, meaning, (10, place, 1))
        case "shared_unit":
            n, up, down, decimals = _number(number, g["scale"].strip())
            return Reading(n, up * spelled(unit)[1], down, decimals, meaning)
        case _:
            return _range(name, g, number, meaning, unit)


def _range(name: str, g: Groups, number: str, meaning: Meaning, unit: str) -> Reading:
    """The reading of a range: two numbers in one unit, the lower first."""
    times = spelled(unit.partition("/")[0])[1] if unit else 1
    if name == "range_words":
        digits = [SMALL.index(digit.replace("两", "二")) for digit in (g["first"], number)]
        if digits[1] - digits[0] not in (1, 2):
            raise NoNumber
        first, last = (_number(g["tens"] + each, g["scale"]) for each in (g["first"], number))
    else:
        first, last = _number(g["first"]), _number(number)
        if g["first_unit"] not in ("", g["unit"]):  # 3人至5起 is none, but 5成至1倍
            name_, own = spelled(g["first_unit"])
            if name_ != spelled(unit)[0] or own == times:
                raise NoNumber
            common = math.gcd(own, times)
            first = first._replace(up=first.up * (own // common))
            last, times = last._replace(up=last.up * (times // common)), common
        places = number[len(number.rstrip("十百千万亿兆")) :]
        if places and places != number and not g["first_unit"] and g["first"][-1] not in "万亿兆":
            scaled = _number(g["first"], places) if g["first"].translate(_DROPPED).isascii() else first
            if scaled.n * scaled.up * last.down < last.n * last.up * scaled.down:
                first = scaled  # 5—10万, but 5000至1万
    n, up, down, decimals = first
    ends = [n * up * last.down, last.n * last.up * down]
    to = (last.n, last.up * times, last.down)
    minus, other = g.get("minus", "").strip(), g.get("minus_to", "")
    if minus in _NEGATIVE or other:
        meaning = meaning._replace(sign=1, signed=True)
        low = -1 if minus in _NEGATIVE else 1
        high = -1 if other in _NEGATIVE or (minus == "零下" and other != "零上") else 1
        ends, n = [ends[0] * low, ends[1] * high], n * low
        to = (to[0] * high, *to[1:])
        if ends[0] > ends[1] and high < 0:
            return Reading(to[0], to[1], to[2], decimals, meaning, (n, up * times, down))
    if ends[0] >= ends[1]:
        raise NoNumber
    return Reading(n, up * times, down, max(decimals, last.decimals), meaning, to)


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
    if meaning.whole and not meaning.direction and up == down == 1 and meaning.sign > 0:
        return value, value, value  # by far the commonest
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
_READ_ORDER = ["quantity", *(row.name for row in FORMS if row.name != "quantity"), BARE.name]


_COMPARISON = re.compile(  # context, not figure, but often copied along
    r"(?:同比|环比|按年|[比较与](?:上年|去年|前年|上月|上周|20[0-9]{2}年)(?:同期)?(?:相比)?)"
)


_ALPHABET = re.compile(r"[0-9A-Za-z.,，+\-–—~～%‰/ \u3000↑↓〇\u4e00-\u9fff]*+")


def _printed(text: str, m: re.Match[str], group: str) -> str:
    return text[slice(*m.span(group))]


def parse(text: str) -> Reading:
    plain = fold(text)
    context = _COMPARISON.match(plain)
    start = context.end() if context else 0
    for name in _READ_ORDER:
        m = with_lead(name).fullmatch(plain, start)
        if m is None:
            continue
        reading = reading_of(name, m.groupdict(""), partial(_printed, text, m))
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
        matches = [with_lead(name).match(plain, start) for name in _READ_ORDER]
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
