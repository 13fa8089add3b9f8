"""The names of months, and spans of them that end with one: three months ended June 30."""

from __future__ import annotations

import calendar
import re

MONTHS = {
    name.lower(): n
    for n, names in enumerate(zip(calendar.month_name, calendar.month_abbr, strict=True))
    for name in filter(None, names)
}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_ENDED = re.compile(  # so many months up to one
    r"\b(three|six|nine|twelve|3|6|9|12) months?\b.{0,12}"
    rf"\bend(?:ed|ing)\W+(?:\d{{1,2}} )?({MONTH})\b"
    rf"|\b(year)\b.{{0,12}}\bend(?:ed|ing)\W+(?:\d{{1,2}} )?({MONTH})\b",
    re.I,
)
_ENDED_HERE = re.compile(  # the same in Chinese
    r"(\d{1,2})\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日止的?\s*(?:(三|六|九|十二|3|6|9|12)\s*[個个]月|年度|全年)"
)
_SO_MANY = {"三": 3, "六": 6, "九": 9, "十二": 12, "year": 12}
_SO_MANY |= {"three": 3, "six": 6, "nine": 9, "twelve": 12}


def months_ended(text: str) -> tuple[int, int] | None:
    """The months up to one, of a year: Three months ended June 30; not from the year before on."""
    if match := _ENDED.search(text):
        last, many = MONTHS[(match[2] or match[4]).lower()], (match[1] or match[3]).lower()
    elif match := _ENDED_HERE.search(text):
        last, many = int(match[1]), match[2] or "year"
    else:
        return None
    first = last + 1 - (_SO_MANY.get(many) or int(many))
    return (first, last) if 1 <= first <= last <= 12 else None
