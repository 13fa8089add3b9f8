"""The years and months of labels in digits of the common era: 二零二三年, 令和5年."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from .table_numbers import plain

_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_CHINESE_YEAR = re.compile(r"[〇零○一二三四五六七八九]{4}(?=\s*年)")
_CHINESE_MONTH = re.compile(r"(十[一二]?|[一二三四五六七八九])(?=\s*月)")
_BEFORE = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
ERA = re.compile(rf"({'|'.join(_BEFORE)})\s*(元|\d{{1,2}})(?!\d)\s*年?")
_TO = re.compile(rf"({ERA.pattern}\s*[-–—~至]\s*)(\d{{1,2}})(?=\s*年)")
_IN_ERA = re.compile(r"(?:^|(?<=/ ))(元|\d{1,2})\s*(年度?)?(?= /|$)")  # of an era said before it
ERA_FISCAL = re.compile(
    rf"(?<![-–—~至]){ERA.pattern}度"
)  # from April on, or as an office counts it


@lru_cache(65_536)
def in_digits(label: str) -> str:
    """A label with the years and months that are written in Chinese in digits, and those of a
    Japanese era as years of the common era.

    >>> in_digits("二零二三年(一月至十二月)"), in_digits("平成26-令和元年度")
    ('2023年(1月至12月)', '2014年-2019年度')
    """
    text = _CHINESE_YEAR.sub(lambda m: m[0].translate(_DIGITS), plain(label))
    text = _TO.sub(lambda m: f"{m[1]}{m[2]}{m[4]}", text)  # the era of a span holds for both
    text = ERA.sub(lambda m: f"{_BEFORE[m[1]] + _number(m[2])}年", text)

    def month(match: re.Match[str]) -> str:
        tens, _, ones = match[1].rpartition("十")
        del tens
        number = int(ones.translate(_DIGITS)) if ones else 0
        return str(number + 10 * ("十" in match[1]))

    return _CHINESE_MONTH.sub(month, text)


def with_eras(labels: Sequence[str]) -> Sequence[str]:
    """Labels in order, with its era before each year of one that only an earlier label names.

    >>> with_eras(["区分", "平成30年", "令和元年", "2年 / 件数", "3年 / 件数"])
    ['区分', '平成30年', '令和元年', '令和2年 / 件数', '令和3年 / 件数']
    """
    if not any(map(ERA.search, labels)):
        return labels
    found: list[str] = []
    era, last = "", 0
    for label in labels:
        if said := ERA.search(plain(label)):
            era, last = said[1], _number(said[2])
        elif era and (year := _IN_ERA.search(label)):
            number = _number(year[1])
            if year[2] or abs(number - last) <= 1:
                label, last = f"{label[: year.start()]}{era}{label[year.start() :]}", number
        found.append(label)
    return found


def _number(year: str) -> int:
    return 1 if year == "元" else int(year)
