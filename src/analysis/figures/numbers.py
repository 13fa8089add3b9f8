"""Printed numbers, Arabic, Chinese or mixed, as steps of their last printed place.

One routine reads them all: a number falls into the part before its highest place of 兆, 亿 or 万,
which that place multiplies, and the part after it, which must be smaller. Below 万 stand digits
with 千, 百 and 十, each smaller than the one before.
"""

import re
from functools import lru_cache
from typing import NamedTuple

LONGEST = 40  # digits; no printed figure is longer, and int() must never see a megabyte of them
SMALL = "一二三四五六七八九"
EXPONENT = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8, "兆": 12}
INNER = "多余几来"  # hedges that stand inside a number: 10多万

_SCALES = frozenset(
    "十 百 千 万 十万 百万 千万 亿 十亿 百亿 千亿 万亿 十万亿 百万亿 千万亿 兆".split()
)
_ARABIC = str.maketrans("零" + SMALL + "两", "01234567892")
_SCALED = re.compile(r"(0|[1-9][0-9]*)(?:[.·]([0-9]+))?([十百千]?[万亿兆]{0,2})")
_POINT_IN_WORDS = re.compile(
    rf"([零{SMALL}两十百千万亿兆]*[零{SMALL}两十百千])[点·.]([零{SMALL}]+)([十百千]?[万亿兆]{{0,2}})"
)
_POINT_AT_END = re.compile(r"(.*[万亿兆][0-9]+)[.·]([0-9]+)([万亿]?)")  # 1亿2000.5万
_FILLED = re.compile("^(?=[0-9]{4}(?![0-9]))0+(?=[1-9])")  # 2兆0947亿: always four digits
_PLACE_ALONE = re.compile("[百千]?(?:万亿|[万亿兆])?")  # 上百, 千余, 百万
_BY_DIGIT = re.compile(f"[零{SMALL}]{{3,}}|[{SMALL}]零|零")  # 二零一八, 五零
_FOUR_DIGITS = re.compile(f"[零{SMALL}]{{4}}")  # 七十四万七七七〇
_TERM = re.compile(rf"(零?)(?:([0-9]+|[{SMALL}两])([十百千]?)|(十))")
# The place that speech leaves out: 三百五 is 三百五十, 一亿三 is 一亿三千万.
_SPOKEN = {"百": 10, "千": 100, "万": 1000, "亿": 10**7, "兆": 10**11}


class Number(NamedTuple):
    """Steps of multiplier/divisor: 13.9万 is 139 steps of 10**4/10, with one decimal."""

    steps: int
    multiplier: int
    divisor: int = 1
    decimals: int = 0


class NoNumber(ValueError):
    """A row of numeral characters that is no number."""


def power(places: str) -> int:
    """What places multiply by: 百万 is 10**6."""
    return int(10 ** sum(EXPONENT[place] for place in places))


def _scale(places: str) -> int:
    if places and places not in _SCALES:
        raise NoNumber
    return power(places)


@lru_cache(4096)
def read_number(text: str) -> Number:
    """A number without commas, blanks and hedges; NoNumber where it is none.

    >>> read_number("16.2473万"), read_number("1亿2千3百万")
    (Number(steps=162473, multiplier=10000, divisor=10000, decimals=4),
     Number(steps=123, multiplier=1000000, ...))
    """
    if not text or (len(text) > LONGEST and len(text.rstrip("十百千万亿兆")) > LONGEST):
        raise NoNumber
    if m := _SCALED.fullmatch(text):
        decimals = m[2] or ""
        return Number(int(m[1] + decimals), _scale(m[3]), 10 ** len(decimals), len(decimals))
    text = text.replace("〇", "零").replace("廿", "二十").replace("卅", "三十")
    if text == "半":
        return Number(1, 1, 2)
    if m := _POINT_IN_WORDS.fullmatch(text):
        whole, _ = _read(m[1])
        if _is_spoken(m[1]):
            raise NoNumber  # 三百五点二 may be 350.2 or 305.2
        decimals = m[2].translate(_ARABIC)
        return Number(int(f"{whole}{decimals}"), _scale(m[3]), 10 ** len(decimals), len(decimals))
    if m := _POINT_AT_END.fullmatch(text):
        value, step = _read(m[1] + m[3])
        down = 10 ** len(m[2])
        return Number(value // step * down + int(m[2]), step, down, len(m[2]))
    if _PLACE_ALONE.fullmatch(text):
        head = text.rstrip("万亿兆")
        return Number(power(head), power(text[len(head) :]))
    value, step = _read(text)
    return Number(value // step, step)


def _read(text: str) -> tuple[int, int]:
    """The value of a whole number and the weight of its last printed place."""
    place = next((place for place in "兆亿万" if place in text), "")
    if not place:
        return _below_ten_thousand(text)
    head, _, tail = text.rpartition(place)
    if head == "" or head[0] == "零" or place in head:
        raise NoNumber
    size = power(place)
    many, step = _read(head)
    if _is_spoken(head) or (place == "万" and many >= 10**4 and not head.isdecimal()):
        raise NoNumber  # a 一百三万 may be 103 or 130 of them
    if not tail:
        return many * size, step * size
    if len(tail) == 1 and tail in SMALL + "123456789":
        return many * size + int(tail.translate(_ARABIC)) * _SPOKEN[place], _SPOKEN[place]
    if place == "万" and _FOUR_DIGITS.fullmatch(tail):
        return many * size + int(tail.translate(_ARABIC)), 1
    rest, step = _tail(tail)
    if rest >= size:
        raise NoNumber
    return many * size + rest, step


def _tail(text: str) -> tuple[int, int]:
    """What stands after 兆, 亿 or 万; one in Chinese is printed to its last 千 or 百."""
    text = _FILLED.sub("", text)
    bare = text.removeprefix("零")
    place = next((place for place in "亿万" if place in bare), "")
    if not place:
        return _below_ten_thousand(text, after_zero=True)
    value, step = _read(bare)
    if bare[-1] == place and not bare[:-1].isdecimal():
        step = power(place) * {"千": 1000, "百": 100}.get(bare[-2], 1)
    return value, step


def _is_spoken(text: str) -> bool:
    """Whether the last digit stands for a place that is not printed: 三百五."""
    return text[-1] in SMALL + "123456789" and text[-2:-1] in _SPOKEN


def _below_ten_thousand(text: str, *, after_zero: bool = False) -> tuple[int, int]:
    """The value and the weight of the last place; `after_zero` where 万 or more stands before."""
    if text.isdecimal():
        if text[0] == "0" and (after_zero or len(text) > 1):
            raise NoNumber
        return int(text), 1
    if not after_zero and _BY_DIGIT.fullmatch(text):
        return int(text.translate(_ARABIC)), 1
    if text == "两" and not after_zero:
        return 2, 1
    total, below, at, step = 0, 10**9, 0, 1
    while at < len(text):
        m = _TERM.match(text, at)
        if m is None or (m[1] and not at and not after_zero):
            raise NoNumber
        digits, place = m[2] or "1", m[3] or m[4] or ""
        many, size = int(digits.translate(_ARABIC)), power(place)
        if digits[0] == "0" or (digits == "两" and place in ("", "十")):
            raise NoNumber
        if at and not place and not m[1] and len(digits) == 1 and text[at - 1] in "百千":
            if m.end() != len(text):
                raise NoNumber
            size = step = _SPOKEN[text[at - 1]]
        elif many * size >= below:
            raise NoNumber
        else:
            arabic = bool(m[2]) and digits.isascii()
            step = size if arabic or (after_zero and size >= 100) else 1
        total, below, at = total + many * size, size, m.end()
    return total, step
