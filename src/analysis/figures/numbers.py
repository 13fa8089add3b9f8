"""Printed numbers, Arabic, Chinese or mixed, as steps of their last printed place."""

import re
from functools import lru_cache

from .grammar import EXPONENT, SMALL

LONGEST = 40  # digits; no printed figure is longer, and int() must never see a megabyte of them


@lru_cache(256)
def power(places: str) -> int:
    return int(10 ** sum(EXPONENT[c] for c in places))


_D = f"[{SMALL}两]"


_TENS_UP = f"(?:{_D}千)?(?:零?{_D}百)?(?:零{_D}十|{_D}?十)?"


# 万 and 亿 multiply something; a 一百三万 may be 103 or 130 of them.
_MANY_OF = rf"{_TENS_UP}(?:(?:零|(?<![百千])){_D})?(?<=[{SMALL}两十百千])"


_WELL_FORMED = re.compile(
    f"(?!零)(?:{_MANY_OF}万?亿)?(?:零?{_MANY_OF}万)?{_TENS_UP}(?:零?[{SMALL}])?|两"
)


_BY_DIGIT = re.compile(f"[零{SMALL}]{{3,}}|零")


TENTHS = str.maketrans("两半", "二五")  # 两成半 is 25 percent


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
    scale = power(tail)
    if head in ("", "百", "千"):  # the place alone: 上百, 千余
        return power(head), scale, 1
    if _BY_DIGIT.fullmatch(head):
        return int(head.translate(_ARABIC)), scale, 1
    step = {"千": 1000, "百": 100}.get(head[-1], 1) if re.search("[万亿]", head) else 1
    if "亿" in head and tail == "万":  # 三亿两千万: 万 multiplies what stands after 亿 only
        head, scale, step = text, 1, step * scale
    if not _WELL_FORMED.fullmatch(head):
        return None
    if head[-1] in SMALL and (left_out := _SPOKEN.get(head[-2:-1])):
        head, step = head + left_out, power(left_out)
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
            below_ten_thousand += (digit or 1) * power(c)
            digit = 0
        elif c != "零":  # 亿 multiplies all that stands before it, 万 what stands since 亿
            since = below_ten_thousand + digit
            total = (total + since) * power(c) if c == "亿" else total + since * power(c)
            below_ten_thousand = digit = 0
    return total + below_ten_thousand + digit


_GROUPED = re.compile("[,， ]")


def number_of(text: str, scale: str, head: str = "") -> tuple[int, int, int, int]:
    """n, up, down, decimals of a number with its scale; ValueError where it is none."""
    if len(text) > LONGEST:
        raise ValueError
    up = power(scale)
    if text[0].isascii():
        whole, _, fraction = _GROUPED.sub("", text).partition(".")
        n, down = int(whole + fraction), 10 ** len(fraction)
        if head:  # 1亿2000万, 3万5千
            more, rest = divmod(int(head[:-1]) * power(head[-1]) * down, up)
            if rest or n * up >= down * power(head[-1]):
                raise ValueError
            n += more
        return n, up, down, len(fraction)
    whole, _, fraction = text.partition("点")
    read = _chinese(whole)
    if read is None or (fraction and read[1:] != (1, 1)):
        raise ValueError
    n = int(f"{read[0]}{fraction.translate(_ARABIC)}")
    return n, up * read[1], read[2] * 10 ** len(fraction), len(fraction)
