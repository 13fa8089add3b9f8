"""From a match of the grammar to a reading: the number as printed and what is said of it."""

import math
import re
from collections.abc import Callable

from ..units import is_share, spelled
from .meaning import (
    HEDGES,
    NEGATIVE,
    Groups,
    Meaning,
    Reading,
    as_change,
    meaning_of,
    weight_of,
)
from .numbers import SMALL, NoNumber, Number, power, read_number
from .words import DIRECTION, LATIN_SCALES


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
    unit = "percent" if name in _PERCENT else get("unit", "").replace(" ", "")  # 万 人 次
    minus, post = get("minus", "").strip(), get("post", "")
    sign, currency, average = get("sign", ""), get("currency", ""), get("average", "")
    meaning = meaning_of(sign, minus, post, hedges, unit, currency, average)
    if meaning is None:
        return None
    if hedge:
        meaning = meaning._replace(hedge=hedge)
    if name in _MEASURES or (name == "tally" and "." in number):
        moved = "difference" if sign else "amount"  # 上升约0.09
        measure = _MEASURES.get(name, moved)
        meaning = meaning._replace(whole=False, measure=measure)
    try:
        reading = _read(name, g, number, meaning, unit)
    except NoNumber:
        return None
    of_words = name in _FRACTIONS or name == "doubled" or (unit == "倍" and not reading.decimals)
    if reading.meaning.direction == "nearly" and of_words and not reading.to:
        return _just_below(reading, 2 if name in _FRACTIONS else 1)
    return reading


def _just_below(r: Reading, finer: int) -> Reading:
    """What is nearly a fraction or a multiple: above half of the step below it, or of a finer one.

    Of 57 printed fractions of which a bracket said what they were, from nearly a fifth to nearly
    two-thirds, all lie within a quarter of their part (a third: 25 to 33.3 percent; the lowest was
    28.4), and eight are more than a tenth of themselves below it. Of fifteen values that nearly
    doubled, two rose by less than half (by 48 and 49 percent): a multiple is what is nearest to it.
    """
    meaning = r.meaning._replace(direction="just below")
    return r._replace(steps=finer * r.steps, divisor=finer * r.divisor, meaning=meaning)


def plain_reading(number: str, times: int, meaning: Meaning) -> Reading:
    """The reading of digits with a unit and nothing between them."""
    if number.isdecimal():
        return Reading(int(number), times, 1, 0, meaning)
    n, up, down, decimals = read_number(number)
    return Reading(n, up * times, down, decimals, meaning)


_MEASURES = {"index": "amount", "moved": "difference", "ratio": "rate"}  # of what has no unit
_FRACTIONS = frozenset("fraction stroke half".split())
_NO_HEDGES = ("",) * len(HEDGES)
_HEDGED = re.compile("[多余来几]")
_DIGIT = re.compile(f"[0-9{SMALL}两]")
_DROPPED = str.maketrans("", "", " ,，个多余来几")
_PERCENT = frozenset(
    "unchanged doubled halved tenths multiples half fraction stroke parts structure".split()
)


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
        case "zero":
            if g.get("happened") == "增长":
                return Reading(0, 1, 1, 0, as_change(meaning._replace(unit="percent")))
            return Reading(0, 1, 1, 0, meaning._replace(whole=True, ceiling=None, measure="count"))
        case "unchanged":  # as far as one sees: half of one percent either way
            return Reading(0, 1, 1, 0, as_change(meaning))
        case "doubled":
            times = _number(number).steps if number else 1
            return Reading(2**times - 1, 100, 1, 0, as_change(meaning))
        case "halved":
            return Reading(1, 50, 1, 0, as_change(meaning._replace(sign=-1)))
        case "tenths" | "multiples":
            first, _, last = number.partition("成" if name == "tenths" else "倍")
            whole, one = _number(first).steps, 10 if name == "tenths" else 100
            if name == "multiples":
                meaning = meaning._replace(ceiling=None)
            if last.strip() == "半":
                return Reading(2 * whole + 1, one // 2, 1, 0, meaning)
            return Reading(10 * whole + _number(last).steps, one // 10, 1, 0, meaning)
        case "and_half":
            return Reading(2 * _number(number).steps + 1, 1, 2, 0, meaning)
        case "half":
            return Reading(1, 50, 1, 0, meaning)
        case "fraction" | "stroke":
            n, down = _number(number).steps, _number(g["denominator"]).steps
            if not 0 < n < down:
                raise NoNumber
            return Reading(n, 100, down, 0, meaning)
        case "parts":
            n, up, down, decimals = _number(number)
            parts = power(g["denominator"])
            if parts == 1000 and meaning.measure != "change":  # 增长千分之三 is 0.3 percent
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
        case "range" | "range_words" | "estimate":
            return _range(name, g, number, meaning, unit)
        case _:
            n, up, down, decimals = _number(number, LATIN_SCALES.get(g.get("scale", ""), ""))
            times = spelled(unit.partition("/")[0])[1] if unit else 1
            return Reading(n, up * times, down, decimals, meaning)


def _range(name: str, g: Groups, number: str, meaning: Meaning, unit: str) -> Reading:
    """The reading of a range: two numbers in one unit, the lower first."""
    times = spelled(unit.partition("/")[0])[1] if unit else 1
    if name == "estimate":
        first, last = (_number(each, g["scale"]) for each in number.split("、"))
    elif name == "range_words":
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
            first = first._replace(multiplier=first.multiplier * (own // common))
            last, times = last._replace(multiplier=last.multiplier * (times // common)), common
        places = number[len(number.rstrip("十百千万亿兆")) :]
        if places and places != number and not g["first_unit"] and g["first"][-1] not in "万亿兆":
            scaled = (
                _number(g["first"], places) if g["first"].translate(_DROPPED).isascii() else first
            )
            if (
                scaled.steps * scaled.multiplier * last.divisor
                < last.steps * last.multiplier * scaled.divisor
            ):
                first = scaled  # 5—10万, but 5000至1万
    if meaning.direction == "more" and not last.decimals:  # 10余至20余人: up to thirty
        last = last._replace(steps=last.steps + weight_of(last.steps))
    n, up, down, decimals = first
    ends = [n * up * last.divisor, last.steps * last.multiplier * down]
    comes_to = g.get("sign") and g.get("first_unit") and g["joint"] in "至到"
    if comes_to and not is_share(spelled(unit)[0]):
        raise NoNumber  # 减少400人至700人: a change, and the level after it
    to = (last.steps, last.multiplier * times, last.divisor)
    minus, other = g.get("minus", "").strip(), g.get("minus_to", "")
    if minus in NEGATIVE or other:
        meaning = meaning._replace(sign=1, signed=True)
        low = -1 if minus in NEGATIVE else 1
        high = -1 if other in NEGATIVE or (minus == "零下" and other != "零上") else 1
        ends, n = [ends[0] * low, ends[1] * high], n * low
        to = (to[0] * high, *to[1:])
        if ends[0] > ends[1] and high < 0:
            return Reading(to[0], to[1], to[2], decimals, meaning, (n, up * times, down))
    if ends[0] >= ends[1]:
        raise NoNumber
    return Reading(n, up * times, down, max(decimals, last.decimals), meaning, to)
