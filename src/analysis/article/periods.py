"""Time phrases: which of them are of one time, and what dates they come to."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from operator import itemgetter

from .clauses import Passage
from .distributed import time_of, years_dealt
from .marks import Mark
from .words import (
    GENERAL,
    MONTHS_TO,
    OF_BASE,
    SAME,
    TIME,
    YEAR,
    YEAR_IN_WORDS,
    ZEROS,
)

_DIGITS = "一二三四五六七八九"
_TO_ARABIC = str.maketrans(ZEROS + _DIGITS, "0" * len(ZEROS) + "123456789")


# --- The phrase ---------------------------------------------------------------------------------


SINCE_EVENT = re.compile(  # 专项行动开展以来
    r"(?:自从?)?[^,;。:()、0-9]{2,16}?(?:开展|实[施行]|启动|成立|运行|施行|推行|部署|颁布|建立|上线|开通)以来"
)


@lru_cache(2048)
def phrases_in(said: str) -> tuple[str, ...]:
    """The time phrases of some words that are not what a change is against."""
    phrases = [hit[0] for hit in TIME.finditer(OF_BASE.sub(lambda m: " " * len(m[0]), said))]
    if "以来" in said and not phrases:
        phrases = [hit[0] for hit in SINCE_EVENT.finditer(said)]
    return tuple(phrases)


@lru_cache(2048)
def phrase_in(said: str) -> str:
    """The last time phrase of some words that is not what a change is against; one that says less
    than those before it only if there is none."""
    phrases = phrases_in(said)
    told = [phrase for phrase in phrases if not GENERAL.fullmatch(phrase)]
    return (told[-1:] or phrases[:1] or ("",))[0]


_YEAR_LAST = re.compile(r"(?P<rest>[A-Za-z].*?)(?: of|,)? (?P<year>(?:19|20)[0-9]{2})")
_WHICH_YEAR = re.compile(
    rf"(?:截[至止]到?|自从?|从)?(?P<year>(?:[12][0-9]{{3}}|{YEAR_IN_WORDS}|1[01][0-9]|[０-９]{{2}})年|[今去前]年|本年|上年)度?"
)
_ANY_YEAR = 2000
_SO_FAR = ("今年", "本年")
_NUMBER_OF_YEAR = re.compile("(?:19|20)[0-9]{2}")
_DAYS = re.compile(r"[0-9]{4}-([0-9]{2})-[0-9]{2}/[0-9]{4}-([0-9]{2})-[0-9]{2}")
_PLAIN_REST = re.compile(r"份$|全年|^年?[末底]止?$")  # a stock at the end of a year, and the year


def same_time(a: Mark, b: Mark) -> bool:
    """Whether two figures are of one time, as far as their phrases tell."""
    alike = a.when == b.when and a.period == b.period  # most are
    return alike or of_one_time(time_of(a), time_of(b))


def so_far(value: Mark, mark: Mark) -> bool:
    """Whether a figure is of this year as far as the text goes, and so is a value: 今年上半年."""
    if mark.when not in _SO_FAR or not value.when.startswith(_SO_FAR):
        return False
    months = months_of(value.when)
    return 1 in months or not months


@lru_cache(4096)
def of_one_time(when: str, other: str) -> bool:
    """Whether two time phrases are of one time, as far as they tell."""
    if not when or not other or when == other:
        return True
    (year, rest), (other_year, other_rest) = _split(when), _split(other)
    return rest == other_rest and (not year or not other_year or year == other_year)


@lru_cache(1024)
def _split(when: str) -> tuple[str, str]:
    """A time phrase as its year and the rest: its days, where it has some (首三季 is 1至9月)."""
    if hit := _YEAR_LAST.fullmatch(when):
        return hit["year"], hit["rest"]  # February 2022, the first half of 2022
    hit = _WHICH_YEAR.match(when)
    year, rest = (hit["year"], when[hit.end() :]) if hit else ("", when)
    rest = _PLAIN_REST.sub("", rest)
    days = dates_of(rest, _ANY_YEAR, None) if rest else ("", "")
    return year, "/".join(days) if any(days) else rest


@lru_cache(1024)
def months_of(when: str) -> frozenset[int]:
    """The months of a phrase, 1 to 12; none where it does not tell.

    >>> sorted(months_of("2018年第三季度")), sorted(months_of("6月底"))
    ([7, 8, 9], [])
    """
    year, rest = _split(when)
    if not rest:
        return frozenset(range(1, 13)) if year and not when.endswith(("底", "末")) else frozenset()
    days = _DAYS.fullmatch(rest)
    return frozenset(range(int(days[1]), int(days[2]) + 1)) if days else frozenset()


_UP_TO_END = re.compile(r"^(?:截[至止]到?)?(.{1,8}月)[底末]$")


def goes_on_from(before: str, when: str) -> bool:
    """Whether a period is the one before another, or a month behind it.

    >>> goes_on_from("6月份", "2018年7月"), goes_on_from("4月至6月", "5月至7月")
    (True, True)
    >>> goes_on_from("一季度", "第二季度"), goes_on_from("5月", "2018年7月")
    (True, False)
    >>> goes_on_from("3月", "截至今年4月底")  # of what there was at its end
    True
    """
    months, own = (months_of(_UP_TO_END.sub(r"\1", each)) for each in (before, when))
    by = (max(own) - max(months)) % 12 if own and months else 0
    return by == 1 or by == len(own) == len(months) > 0


def follows(then: tuple[str, str], own: tuple[str, str]) -> bool:
    """Whether months are those after others, or of a rolling mean: May to July, April to June.

    The same months of the year after do not follow.

    >>> follows(("2022-11-01", "2023-01-31"), ("2022-12-01", "2023-02-28"))
    True
    >>> follows(("2022-01-01", "2022-03-31"), ("2023-01-01", "2023-03-31"))
    False
    """
    if not all((*then, *own)):
        return False
    first, last, now, until = (12 * int(day[:4]) + int(day[5:7]) for day in (*then, *own))
    return last - first == until - now and 0 < now - first <= last - first + 1 < 12


def a_year_later(then: str, now: str) -> bool:
    """Whether a time phrase says the same days as another one, a year later.

    >>> a_year_later("2022年上半年", "2023年上半年"), a_year_later("去年", "今年8月")
    (True, False)
    """
    then, now = arabic_year(then), arabic_year(now)
    a, b = _NUMBER_OF_YEAR.match(then), _NUMBER_OF_YEAR.match(now)
    earlier = bool(a and b and int(a[0]) == int(b[0]) - 1)
    earlier = earlier or (then.startswith(("去年", "上年")) and now.startswith(_SO_FAR))
    return earlier and without_year(then) == without_year(now)


def without_year(when: str) -> str:
    """A time phrase without its year."""
    return re.sub(
        r"^(?:截[至止]到?)?(?:(?:19|20)[0-9]{2}(?:年|$)|[今去前上本]年)度?|份$|全年", "", when
    )


def months_in(said: str) -> frozenset[int]:
    """All months of the phrases in some words: 冬春(1至5月和12月)."""
    hits = TIME.finditer(OF_BASE.sub("", said))
    return frozenset[int]().union(*(months_of(hit[0]) for hit in hits))


# --- Its dates ----------------------------------------------------------------------------------


def number_of(word: str) -> int:
    if word.isdigit():
        return int(word)
    word = word.replace("两", "二").replace("首", "一")
    tens, ten, ones = word.rpartition("十")
    return 10 * ((_DIGITS.find(tens) + 1 or 1) if ten else 0) + _DIGITS.find(ones or "零") + 1


_YEAR = re.compile(
    rf"(?:(?P<arabic>[12][0-9]{{3}})|(?P<words>{YEAR_IN_WORDS})"
    r"|(?:民国\s?)?(?P<republic>[0-9０-９]{2,3}))年"
)
_BEFORE_THE_REPUBLIC = 1911  # 民国元年 is 1912
RELATIVE = {"明年": 1, "今年": 0, "本年": 0, "去年": -1, "上年": -1, "上一年": -1, "前年": -2}
MONTH = r"([0-9]{1,2}|[一二三四五六七八九十]{1,2})"
_D = r"([0-9]{1,2}|[一二三四五六七八九十]{1,3})[日号]"
_RULES: list[
    tuple[str, Callable[[re.Match[str]], tuple[int, ...]]]
] = [  # the phrase without its year, and (first month, day, last month, day); day 0: the last
    (r"", lambda m: (1, 1, 12, 0)),
    (r"全年", lambda m: (1, 1, 12, 0)),
    (r"[上头首]半年", lambda m: (1, 1, 6, 0)),
    (r"下半年", lambda m: (7, 1, 12, 0)),
    (r"[前首]([一二三四两1-4])个?季度?", lambda m: (1, 1, 3 * number_of(m[1]), 0)),
    (r"[前首头]([一二三四五六七八九十两0-9]{1,2})个?月", lambda m: (1, 1, number_of(m[1]), 0)),
    (
        r"(?:第?([一二三四1-4])|(首))季度?",
        lambda m: (3 * number_of(m[1] or m[2]) - 2, 1, 3 * number_of(m[1] or m[2]), 0),
    ),
    (
        rf"{MONTH}月?(?:[-—–~～]+|至|到){MONTH}月(?:份|{_D})?",
        lambda m: (number_of(m[1]), 1, number_of(m[2]), number_of(m[3]) if m[3] else 0),
    ),
    (
        rf"{MONTH}月{_D}(?:[-—–~～]+|至|到){MONTH}月{_D}",
        lambda m: tuple(map(number_of, m.groups())),
    ),
    (
        rf"{MONTH}月{_D}(?:[-—–~～]+|至|到){_D}",
        lambda m: (number_of(m[1]), number_of(m[2]), number_of(m[1]), number_of(m[3])),
    ),
    (rf"{MONTH}月{_D}", lambda m: (number_of(m[1]), number_of(m[2])) * 2),
    (rf"{MONTH}月(?:份)?", lambda m: (number_of(m[1]), 1, number_of(m[1]), 0)),
]
_OVER_YEARS = re.compile(
    rf"(?:自从?|从)?(?P<first>{YEAR}(?:年.*?)?)(?:[-—–~～]+|至|到)(?P<last>{YEAR}年.*)"
)
_MONTHS_TO = re.compile(f"(?:{MONTHS_TO})$")
_POINTS: list[tuple[str, Callable[[re.Match[str]], tuple[int, int]]]] = [  # moments: month and day
    (r"年[底末]", lambda m: (12, 0)),
    (r"年初", lambda m: (1, 1)),
    (r"第?([一二三四1-4])季度?[底末]", lambda m: (3 * number_of(m[1]), 0)),
    (rf"{MONTH}月[底末]", lambda m: (number_of(m[1]), 0)),
    (rf"{MONTH}月初", lambda m: (number_of(m[1]), 1)),
    (rf"{MONTH}月{_D}(?:[零0]|24)时", lambda m: (number_of(m[1]), number_of(m[2]))),
]


def dates_of(phrase: str, year: int | None, published: date | None) -> tuple[str, str]:
    """First and last day of a time phrase, ISO; empty what is not told.

    `year` is the year that the text named last; `published` gives 今年, 去年 and the year of a bare
    month their number.

    >>> dates_of("2018年1至9月", None, None), dates_of("截至10月底", 2018, None)
    (('2018-01-01', '2018-09-30'), ('', '2018-10-31'))
    >>> dates_of("截至2024年2月底的三个月", None, None)
    ('2023-12-01', '2024-02-29')
    >>> dates_of("上半年", None, None)
    ('', '')
    """
    if over := _OVER_YEARS.fullmatch(phrase):  # 2022年11月至2023年1月
        first, last = (dates_of(over[each], None, published) for each in ("first", "last"))
        return first[0], last[1]
    if months := _MONTHS_TO.search(phrase):  # 截至5月底的三个月
        _, end = dates_of("截至" + phrase[: months.start()].lstrip("截至止到"), year, published)
        count = months[0].strip("的止个月年度") or "12"
        before = int(end[5:7]) - number_of(count) if end else 0
        return (_iso(int(end[:4]) + before // 12, before % 12 + 1, 1) if end else ""), end
    until = re.match(r"截[至止]到?", phrase)
    since = phrase.endswith("以来")
    core = re.sub(r"^(?:截[至止]到?|自从?|从)|以来$|期间$|止$|第.次.*普查$|\s", "", phrase)
    core += "年" * bool(re.fullmatch(r"[12][0-9]{3}", core))  # a heading, [2017]
    if core.endswith(SAME):
        return "", ""
    bare = published.year if published else year
    if named := _YEAR.match(core):
        year = int(arabic_year(core)[:4])
        core = core[named.end() :].removeprefix("度").removeprefix("的")
        if core[:1] in ("底", "末", "初"):
            core = "年" + core
    else:
        relative = next((word for word in RELATIVE if core.startswith(word)), None)
        if relative:
            core = core[len(relative) :].removeprefix("度").removeprefix("的")
            if core[:1] in ("底", "末", "初"):
                core = "年" + core
            year = published.year + RELATIVE[relative] if published else None
        elif not core:
            return "", ""
        else:
            year = year or bare
            if published and year == published.year and (month := re.match(rf"{MONTH}月", core)):
                year -= number_of(month[1]) > published.month
    if year is None:
        return "", ""
    for pattern, moment in _POINTS:
        if m := re.fullmatch(pattern, core):
            return ("", _iso(year, *moment(m))) if not since else (_iso(year, *moment(m)), "")
    for pattern, days in _RULES:
        if m := re.fullmatch(pattern, core):
            first_month, first_day, last_month, last_day = days(m)
            start = _iso(year, first_month, first_day)
            end = _iso(year, last_month, last_day)
            return (start, "") if since else ("", end) if until else (start, end)
    return "", ""


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day or calendar.monthrange(year, month)[1]).isoformat()
    except (ValueError, calendar.IllegalMonthError):
        return ""  # 13月, 2月30日


_THIS_YEAR = re.compile(r"今\((?P<republic>[4-9][0-9]|1[01][0-9])\)年")  # 今(103)年 is 2014
_MONTH = re.compile(rf"(?:.{{0,5}}年)?{MONTH}月份?")
_THIS_MONTH = ("本月", "本月份", "当月", "该月")


@lru_cache(1024)
def _year_of(phrase: str) -> int | None:
    """The year that a phrase names in Arabic digits, or as one of the Republic."""
    named = _YEAR.search(phrase)
    return int(arabic_year(named[0])[:4]) if named and not named["words"] else None


def a_year_before(day: date) -> date:
    """The same day of the year before; the last of February stays its last.

    >>> a_year_before(date(2020, 2, 29))
    datetime.date(2019, 2, 28)
    """
    last = [calendar.monthrange(year, day.month)[1] for year in (day.year, day.year - 1)]
    return day.replace(year=day.year - 1, day=last[1] if day.day == last[0] else day.day)


def set_dates(passage: Passage, published: date | None, leads: list[tuple[int, str]]) -> None:
    """Set `period` of each mark from its phrase, the year and the month named last (in a lead-in,
    too), and the day it came out."""
    said_of_now = [hit for line in passage.folded if (hit := _THIS_YEAR.search(line))][:1]
    for now in said_of_now if published is None else ():
        published = date(_BEFORE_THE_REPUBLIC + int(now["republic"]), 12, 31)
    year: int | None = None
    month = up_to = "", ""  # that named last; 当年 behind a day runs up to it
    known: dict[tuple[str, int | None], tuple[str, str]] = {}
    said = [(paragraph, phrase, None) for paragraph, phrase in leads]
    marks = [(mark.paragraph, mark.when, mark) for mark in passage.marks if mark.when]
    for _, phrase, mark in sorted([*marks, *said], key=itemgetter(0)):
        prior = mark is not None and mark.prior
        year = year if prior else _year_of(phrase) or year
        key = phrase, year
        if key not in known:
            known[key] = dates_of(phrase, year, published)
        if not prior and phrase.endswith(("月", "份")) and _MONTH.fullmatch(phrase):
            month = known[key]
        if not prior and phrase.startswith("截") and (day := known[key][1]):
            up_to = f"{day[:4]}-01-01", day
        if mark is not None:
            mark.period = month if phrase in _THIS_MONTH else known[key]
            if phrase == "当年" and not mark.period[1]:
                mark.period = up_to
    for mark in passage.marks:
        for each, one in years_dealt(mark, mark.when) if mark.following is not None else ():
            each.period = dates_of(f"{one}年", one, None)


def arabic_year(phrase: str) -> str:
    """A phrase with its year in Arabic digits of our era: 二〇一八年 and 107年 are 2018年."""
    year = _YEAR.match(phrase)
    if year is None or year["arabic"]:
        return phrase
    if year["republic"]:
        return str(_BEFORE_THE_REPUBLIC + int(year["republic"])) + phrase[year.end("republic") :]
    return year["words"].translate(_TO_ARABIC) + phrase[year.end("words") :]
