"""The names of months, and spans of them that end with one: three months ended June 30."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache

MONTHS = {
    name.lower(): n
    for n, names in enumerate(zip(calendar.month_name, calendar.month_abbr, strict=True))
    for name in filter(None, names)
}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_ENDED = re.compile(  # so many months up to one
    r"\b(?:(three|six|nine|twelve|3|6|9|12) months?|(quarter|half[- ]year|year|5[23] weeks))\b"
    rf".{{0,12}}\b(?:end(?:ed|ing)\W+|to )(?:\d{{1,2}}(?:st|nd|rd|th)? )?({MONTH})\b",
    re.I,
)
_ENDED_HERE = re.compile(  # the same in Chinese
    r"(\d{1,2})\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日止的?\s*(?:(三|六|九|十二|3|6|9|12)\s*[個个]月|年度|全年)"
)
_SO_MANY = {"三": 3, "六": 6, "九": 9, "十二": 12, "year": 12, "quarter": 3}
_SO_MANY |= {"half-year": 6, "half year": 6, "52 weeks": 12, "53 weeks": 12}
_SO_MANY |= {"three": 3, "six": 6, "nine": 9, "twelve": 12}
_MONTH_OF_YEAR = rf"({MONTH})\.?\s*(?:qtr\.?|quarter)?\s*['’]?((?:\d\d)?\d\d)(?!\d)"
_MONTHS_COMPARED = re.compile(rf"\b{_MONTH_OF_YEAR}\s*to\s*({_MONTH_OF_YEAR})", re.I)
_DAY = re.compile(
    r"(?:[于於]|截至|as (?:at|of) |at |on )?(?:((?:19|20)\d\d)(?:年\s?(\d\d?)月\s?(\d\d?)日"
    rf"|([-/.])(\d\d?)\4(\d\d?))|(\d\d?)(?:st|nd|rd|th)? ({MONTH}),? ((?:19|20)\d\d)"
    rf"|({MONTH})\.? (\d\d?),? ((?:19|20)\d\d))",
    re.IGNORECASE,
)
# A year of an office or a company, which ends when it says elsewhere.
FISCAL = re.compile(
    r"\b(?:FY\s?['’]?|(?:fiscal|financial)(?: year)? )\d\d(?:\d\d)?(?:[-–/]\d\d)?\b", re.I
)
# Periods in words: First Quarter, Nine months ended June 30, Full Year 2018, 1H24, Jan-Jun 2024.
_WORDS = re.compile(
    r"(?:the )?(?:(?:1st|2nd|3rd|4th|first|second|third|fourth|last)[ -](?:quarter|qtr\.?"
    r"|half(?:[- ]year)?|(?:three|six|nine) months)|(?:full|last)[- ]year"
    r"|(?:year|month)[- ]to[- ]date|ytd|[1-4]Q|[12]H|[QH][1-4]|FY(?=\W?\d)"
    r"|(?:fiscal|financial)(?: year)?(?=\s*\d)"
    r"|(?:three|six|nine|twelve) months"
    r"|(?:\d\d? months|quarter|half[- ]year|(?:financial |fiscal )?year|5[23] weeks)(?= end| to)"
    rf"|(?:{MONTH})\.?\s*(?:[-–—]|to)\s*(?:{MONTH})\b)"
    rf"(?:\s+(?:ended|ending|to)(?:\s+(?:\d\d?(?:st|nd|rd|th)?\s)?(?:{MONTH})\.?(?:\s\d\d?(?!\d))?)?)?"
    r"(?:,?\s*(?:of )?['’]?(?:(?:19|20)?\d\d)(?:[-–/]\d\d(?:\d\d)?)?)?\s*(?:\(\w\)|[*#†])?",
    re.IGNORECASE,
)
# What a label must hold to name a year or months: asked first, as it is asked of every label.
_DATED = re.compile(
    r"[年月季民平昭令]|西元|明治|大正|[1１][9９]\d\d|[2２][0０]\d\d|[上下]半|half|[QH]\d|\d[QH]"
    r"|quarter|months|year|ytd|fy ?\d"
    rf"|{'|'.join(name[:3] for name in calendar.month_abbr[1:])}",
    re.IGNORECASE,
)


@lru_cache(65_536)
def is_dated(label: str) -> bool:
    """Whether a label may name a year or months at all: most do not."""
    return bool(_DATED.search(label))


def months_ended(text: str) -> tuple[int, int] | None:
    """The months up to one: Three months ended June 30; from the year before on below 1.

    >>> months_ended("Year ended 31 March"), months_ended("Half-year ended 30 June")
    ((-8, 3), (1, 6))
    """
    if match := _ENDED.search(text):
        last, many = MONTHS[match[3].lower()], (match[1] or match[2]).lower()
    elif match := _ENDED_HERE.search(text):
        last, many = int(match[1]), match[2] or "year"
    else:
        return None
    first = last + 1 - (_SO_MANY.get(many) or int(many))
    return (first, last) if first <= last <= 12 else None


def ends_of(year: int, months: tuple[int, int]) -> tuple[date, date]:
    """The first and the last day of some months of a year; below 1 they begin in the year before.

    >>> ends_of(2024, (-8, 3))
    (datetime.date(2023, 4, 1), datetime.date(2024, 3, 31))
    """
    first, last = months
    end = date(year, last, calendar.monthrange(year, last)[1])
    return date(year - (first < 1), first + 12 * (first < 1), 1), end


def day_in(label: str) -> date | None:
    """The one day that a label is.

    >>> day_in("2024年6月30日"), day_in("As at 31 March 2024"), day_in("2024年6月")
    (datetime.date(2024, 6, 30), datetime.date(2024, 3, 31), None)
    """
    if not (match := _DAY.fullmatch(label.strip())):
        return None
    first, second, third = (part for part in match.groups() if part and part not in "-/.")
    if first.isdigit() and len(first) == 4:
        year, month, day = first, second, third
    else:
        year, month, day = third, *((first, second) if first.isalpha() else (second, first))
    number = int(month) if month.isdigit() else MONTHS[month.lower()]
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None


def is_period_in_words(label: str) -> bool:
    """Whether a label is an English period that begins with no year, or a day.

    >>> is_period_in_words("Nine months ended June 30"), is_period_in_words("31 May 2024")
    (True, True)
    """
    return bool(_WORDS.fullmatch(label.strip())) or day_in(label) is not None


def months_compared(label: str) -> tuple[int, str]:
    """How many months lie between the two that the head of a change compares, and the later one;
    that of a quarter is not told.

    >>> months_compared("Sep 12 to Oct 12"), months_compared("Jun Qtr 2012 to Jun Qtr 2013")
    ((1, 'Oct 12'), (12, ''))
    """
    if not is_dated(label) or not (ends := _MONTHS_COMPARED.search(label)):
        return 0, ""
    first, year, last, then, later = ends.groups()
    months = MONTHS[then.lower()] - MONTHS[first.lower()]
    return months + 12 * (int(later) - int(year)), "" if "q" in last.lower() else last
