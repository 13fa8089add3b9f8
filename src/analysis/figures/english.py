"""English print: its figures, said as the Chinese grammar says them, and numerals that are none.

A line without a Chinese character in which English words stand is read here. What is found is said
in Chinese words (`down 5.2 per cent` as 下降5.2%), so that signs, hedges, units and bounds have one
grammar; where it stands, and what no figure is, English has rows of its own.
"""

import operator
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache, lru_cache

from .english_none import FIRST, MONTH, NOT_A_YEAR, NUMBER, PASSED_OVER, YEAR
from .english_shared import Said, shared
from .english_words import (
    CHANGED,
    FALL_NOUNS,
    FALLING,
    FALLS,
    FEWER,
    HEDGES,
    HEDGES_BEHIND,
    HOW,
    MONEY,
    MONEY_BEHIND,
    MORE,
    OVER,
    PARTS,
    PLAN,
    RISE_NOUNS,
    RISES,
    RISING,
    SCALES,
    SHARED_OUT,
    SPAN_OF_CHANGE,
    UNDER,
    UNITS,
    WORDS,
)
from .numbers import power
from .script import fold

_HAN = re.compile("[\u3400-\u9fff]")
_FUNCTION = re.compile(
    r"\b(?:[Tt]h(?:e|ere|ey|eir|is|ese|ose)|[Ii]ts?|an|not|never|have|been|who|but|including"
    r"|which|had|has|is|are|that|of|in|to|and|by|from|was|were|with|for|up|down|fell|rose|per"
    r"|percent|at|on|than"
    r"|ahead|below|above|under|over|against|other|total|year|compared|O[FN]|I[NS]|AT|TO|THE|AND"
    r"|FOR|BY)\b"
)
_LABEL = re.compile(
    r"^[^A-Za-z0-9]*[A-Z][a-z]{2,}[A-Za-z' /-]{0,50}[¹²³*†0-9]?:\s[+−-]?(?:[£$€(]|US\$|HK\$)?[0-9]"
)
_TOLD = (
    re.compile(  # about 1,200 cameras, up nearly 10%: words of a figure, whatever else stands there
        rf"\b(?:{'|'.join(HEDGES.values())}|{RISES}|{FALLS})\s(?=[£$€¥]?[0-9])", re.IGNORECASE
    )
)
_WORD = re.compile("[A-Za-z]{2,}")
_SMALL_LETTERS = re.compile(r"(?<![A-Za-z])[a-z]{3,}(?![A-Za-z])")
_LEAST_WORDS, _ENOUGH = 3, 5
_SHORT = re.compile(  # 45 were rowers (25%); Adjusted operating profit £58.3m (£61.9m)
    r"^\W*(?:[0-9][0-9,.]* (?:were|was) [a-z]|[A-Z][a-z]+(?: [a-z]{3,}){1,5}:? "
    r"(?:[£$€]|US\$|HK\$)?[0-9])"
)


def _any(table: dict[str, str], prefix: str) -> str:
    """Alternatives, a named group each, in the order of a table."""
    return "|".join(f"(?P<{prefix}{n}>{words})" for n, words in enumerate(table.values()))


_ONES = "|".join(list(WORDS)[:9])
_SMALL = "|".join([word for word in WORDS if "-" not in word])
# two of whom, twenty-nine of the 37; but one of the 27 is no count
_OF_THEM = r"\s(?:out )?of (?:the [0-9]|(?:them|whom|which|these|those)\b)"
# Thirteen people; seven deaths were recorded, two fewer than; but two officers went there
_DIED = (
    f"{''.join(f'(?<!(?<!-){one})' for one in list(WORDS)[:9])}"
    r"\s(?:people|persons|cases|households|vehicles)\b"
    rf"|\s[a-z]+\s[a-z ]{{1,40}},\s(?:{_SMALL}|[0-9]+)\s(?:more|fewer)(?:\sthan\b|[.;)])"
)
_IN_WORDS = (  # doubled, nearly halved; one in five, some seven out of ten
    rf"\b(?:(?:{_any(HEDGES, 'about')})\s)?(?:{_any(CHANGED, 'changed')}"
    rf"|{_any(SHARED_OUT, 'shared').replace('{small}', f'(?:{_SMALL})')})\b"
)
_SHARES = f"{UNITS['%']}|{UNITS['个百分点']}"
_THAN = (  # behind more, higher and the like: higher on the year, 40 more cases than, 3 more;
    r"(?=$|\s(?:on|over|in|from|at|and|against|compared|since|again|year|month|quarter|week|y/y"
    r"|q/q|m/m|yoy|qoq|mom)\b|(?:\s[a-z-]+){0,3}(?:\sin\s[0-9]{4})?\s(?:than"
    r"|(?:when\s)?compared)\b|(?:\s[a-z-]+)?[);.,])"
)
_OF_BASE = (  # behind above, ahead and the like
    r"\s(?:of\b|the|their|its|those|that|what|normal|usual|trend|forecasts?|a\s(?:year|month"
    r"|quarter"
    rf"|week)|this\stime|any|last|{PLAN}|{MONTH}|{YEAR}|pre-[a-z]+|[£$€][0-9])(?![a-z])"
)
_MONEY = "|".join([*MONEY_BEHIND.values(), MONEY])
_SCALED = "|".join(SCALES.values())
_COUNTS = "|".join([*UNITS.values(), _SCALED])
_LOW = (  # between 3 and 4 per cent, 300-400 people, and with a sign before it, by 3 to 4 per cent
    rf"(?:between\s(?:{_MONEY})?{NOT_A_YEAR}(?P<first>{NUMBER})(?:%|{_any(SCALES, 'low')})?\sand"
    rf"\s(?:(?P<coin>{_MONEY}))?(?={NOT_A_YEAR}{NUMBER}(?![0-9]|\s(?:{MONTH}|[ap]\.?m\b|years?\b)))"
    rf"|(?P<least>{NUMBER})[-–—](?={NUMBER}(?:{_COUNTS}))"
    rf"|(?(rise)(?<=by\s)(?P<less>{NUMBER})\sto\s|(?(fall)(?<=by\s)(?P<lowest>{NUMBER})\sto\s"
    rf"|(?!)))(?={NUMBER}(?:{_SHARES})))?"
)
_LOWS = ("first", "least", "less", "lowest")


def _compared(words: str, places: str) -> str:
    """More, higher and the like; and above, ahead and the like of what is a base."""
    return rf"(?:{words})\b{_THAN}|(?:{places})\b(?=$|{_OF_BASE}|(?:\s[a-z-]+)?[);.,])"


_COUNTED = (
    rf"(?:(?:\b(?P<rise>{RISES})|\b(?P<fall>{FALLS})){HOW}"
    rf"(?:(?P<by>(?:\sin number)?\s(?:by|of))?(?:\s(?:a further|another|an additional))?"
    rf"|\sin(?:\s[a-z-]+){{1,4}}\sof(?=\s{NUMBER}(?:{_SHARES})))?"
    rf"\s(?!below|under|above|(?:just\s)?short\sof))?"
    rf"(?:\b(?:{_any(HEDGES, 'hedge')})\s)?(?P<minus>(?<![0-9A-Za-z)])[-+−–](?=[0-9£$€¥]"
    rf"|HK\$|US\$)|[{RISING}{FALLING}]\s?(?=[0-9£$€¥])|\b(?:minus|negative)\s(?=[0-9£$€¥]))?"
    rf"(?P<money>(?<![A-Za-z])(?:{_MONEY}))?"
    rf"(?:(?(money)|{FIRST}){NOT_A_YEAR}{_LOW}(?P<number>{NUMBER})(?![0-9¼½¾⅓⅔⅛]|[/,.][0-9])"
    rf"(?:{_any(SCALES, 'scale')})?"
    rf"|\b(?P<word>(?:{_SMALL})(?:(?<=ty)-(?:{_ONES}))?|half(?=\sa\s(?:percentage\s)?point))"
    rf"(?:\b(?:(?={_SHARES}|\s(?:more|fewer)\b|(?<!\bone){_OF_THEM}|{_DIED}|(?<!\bone)\swere\b)"
    r"|(?(by)|(?!))"
    rf"|(?:{_any(SCALES, 'many')})"
    r")"
    rf"|(?(rise)(?=[- ]?fold\b)|(?=[- ]?fold\s(?:{RISES})\b))))"
    rf"(?:{_any(UNITS, 'unit')})?(?:{_any(HEDGES_BEHIND, 'behind')})?"
    rf"(?:(?:\s(?:{SPAN_OF_CHANGE}))?\s(?!rose\b|fell\b|grew\b)(?:(?P<risen>{RISES}|{RISE_NOUNS})"
    rf"|(?P<fallen>{FALLS}|{FALL_NOUNS}))\b"
    rf"(?(unit{list(UNITS).index('倍')})|(?!\s(?:by|of|slightly|sharply)?\s?[0-9]"
    r"|(?:(?<=\brose)|(?<=\bfell)|(?<=\bgrew)|(?<=ed))\sto\s[0-9]))"
    rf"|(?:\s(?:a\s)?(?!was|is|has)[a-z-]+(?:s|people|feet))?\s(?:(?!(?-i:[A-Z][a-z]))(?:"
    rf"(?P<more>{_compared(MORE, OVER)})|(?P<fewer>{_compared(FEWER, UNDER)}))))?"
)
_FIGURE = f"(?:{_IN_WORDS}|{_COUNTED})"
# What has to follow, of a figure that is one by that alone: half, double, 3% over, (no change).
_BEHIND = (
    " of them",
    "",
    " were",
    " those",
    " budget",
    ")",
    " the 5",
    " as many as in",
    " at 5",
    " of 5",
    " than 5",
    " in 5",
)
_LISTED = re.compile(r"(?:[,;:]|[0-9A-Za-z]\sand|\b(?:remaining|other|offences|cases))\s$")
_REASONS = list(PASSED_OVER)
_REACH = 40  # characters
_EACH = re.compile(
    r"(?:\s(?!within\b|in\b|for\b|after\b|over\b|than\b)[a-z]+){0,3}"
    r"\s(?:(?:per|every|for each|for every)\s(?:[a-z]+|[0-9])|(?:a"
    r"|each)\s(?:day|week|month|year|night)\b(?!\s(?:ago|earlier|before|later)))"
)
_AVERAGE = re.compile(r"\baverage(?:d|s)?\b(?!.*[0-9;.])", re.IGNORECASE)
_FAR = 80
_PERIOD = "(?:seconds?|minutes?|mins?|hours?|days?|nights?|weeks?|months?|years?)"
_LASTED = re.compile(  # what takes so long, and a word that says how long
    r"\b(?:averag(?:e|ed|es|ing)|median|mean|typical|wait(?:s|ed|ing)?|times?|durations?"
    r"|lengths?|stays?"
    r"|delays?|turnaround|processing|response|lifespan|tenure|longest|shortest"
    r"|shorten(?:ed|s|ing)?|lengthen(?:ed|s|ing)?)\b(?:[^.;]|\.(?=[0-9])){0,60}?"
    r"(?:\b(?:was|were|is|are|at|to|from|of|by|averaged|reached|against)(?: (?:just|about|around"
    r"|only|nearly))?|[:(])\s?$"
)
_ON, _DAYS = re.compile(r"\bon (?:(?:only|just|about) )?$"), re.compile("days?$")
_NO_LENGTH = re.compile(r"\s(?:ago|earlier|before|later|to|ending|ended|of|old|notice)\b")
_FROM = re.compile(rf"\)?,? (?:(?:up|down) )?from (?:about |around )?[0-9]+ {_PERIOD}\b")
_THEN = re.compile(rf"\b[0-9]+ {_PERIOD},? (?:(?:up|down) )?from (?:about |around )?$")
_COMMA = re.compile("[0-9]{1,3},[0-9]{1,2}")  # of a decimal


@lru_cache(64)
def is_english(line: str) -> bool:
    """Whether a line is English prose: no Chinese character, and words that tie English ones, or
    such as stand before a figure, or a label with its figure.

    >>> is_english("Burglaries fell by 5%"), is_english("盗窃 fell by 5%"), is_english("A 12 B 7")
    (True, False, False)
    >>> is_english("about 1,200 cameras"), is_english("Robberies: 1,204 (+18%)")
    (True, True)
    """
    if _HAN.search(line):
        return False
    tied = _FUNCTION.search(line) and len(_WORD.findall(line)) >= _LEAST_WORDS
    tied = tied or len(_SMALL_LETTERS.findall(line)) >= _ENOUGH
    return bool(tied or _SHORT.match(line) or _TOLD.search(line) or _LABEL.match(line))


@cache  # compiled when first used, as all of the grammar
def _made() -> re.Pattern[str]:
    return re.compile(_FIGURE, re.IGNORECASE)


@cache
def _scanner() -> re.Pattern[str]:
    none = _any(PASSED_OVER, "none")
    # All begin a line or a word, or with a sign or a digit: within words nothing is tried.
    begins = "(?=^|(?<![A-Za-z])[A-Za-z]|[^A-Za-z ])"
    return re.compile(f"{begins}(?:{none}|(?P<figure>{_FIGURE}))", re.IGNORECASE)


def _group(m: re.Match[str], prefix: str, table: dict[str, str]) -> str:
    """The Chinese word for the group of a table that took part in a match."""
    return next((word for n, word in enumerate(table) if m[f"{prefix}{n}"] is not None), "")


def _in_words(m: re.Match[str]) -> Said | None:
    """What a figure without a number says: nearly doubled as 增长近1倍, one in five as 五分之一."""
    hedge, printed = _hedge(m, "about", HEDGES)
    if said := _group(m, "changed", CHANGED):
        return Said(m.start(), m.end(), "", said.format(hedge=hedge), printed, "%")
    if not (said := _group(m, "shared", SHARED_OUT)):
        return None
    of = {
        name: (WORDS | PARTS).get(word.lower(), word) if word else ""
        for name, word in m.groupdict().items()
        if name in ("over", "under", "some", "parts")
    }
    return Said(m.start(), m.end(), "", hedge + said.format(**of), printed, "%")


def _said(m: re.Match[str]) -> Said:
    if said := _in_words(m):
        return said
    arrow = (m["minus"] or "").strip() if (m["minus"] or " ")[0] in RISING + FALLING else ""
    risen = m["rise"] or m["risen"] or m["more"] or (arrow and arrow in RISING)
    fallen = m["fall"] or m["fallen"] or m["fewer"] or arrow
    sign = "上升" if risen else "下降" if fallen else ""
    unit = _group(m, "unit", UNITS)
    hedge, printed = _hedge(m, "hedge", HEDGES)
    behind, after = ("", "") if hedge else _hedge(m, "behind", HEDGES_BEHIND)
    hedge, inner = (hedge, behind) if behind == "多" else (hedge or behind, "")
    number = (WORDS | PARTS)[m["word"].lower()] if m["word"] else m["number"]
    number = number.replace(",", ".") if _COMMA.fullmatch(number) else number
    scale = _group(m, "scale", SCALES) or _group(m, "many", SCALES)
    low = next((f"{m[each]}—" for each in _LOWS if m[each]), "")
    if m["first"] and unit not in ("%", "个百分点", "倍"):  # a range needs a unit, or a scale
        low, number = (f"{end / 10_000:f}万" for end in _ends(m))
        low, scale = f"{low}—", ""
    if unit == "倍" and risen and not low and "fold" in m[0].lower():
        hedge, low, number = _folds(hedge, Decimal(_in_digits(m)))
    minus = "+" if m["minus"] == "+" else "-" if m["minus"] and not arrow else ""
    money = (m["money"] or m["coin"] or "").strip()
    if unit == "个基点":  # of a rate in percent
        unit, number = "个百分点", f"{Decimal(number.replace(',', '')) / 100:f}"
    if coin := _coin_behind(money):
        number, money = number.replace(",", ""), ""
    rest = f"{hedge}{money.upper()}{minus}{low}{number}{scale}{inner}{coin or unit}"
    if sign and not minus and unit not in ("%", "个百分点", "倍"):
        sign = "增加" if risen else "减少"
    return Said(m.start(), m.end(), "" if minus else sign, rest, printed or after, unit)


@cache
def _coin_behind(money: str) -> str:
    """What Chinese prints behind a number for a sign or code before it; "" where before it, too."""
    coins = MONEY_BEHIND.items() if money else ()
    return next((name for name, sign in coins if re.fullmatch(sign, money, re.IGNORECASE)), "")


def _in_digits(m: re.Match[str]) -> str:
    return m["number"] or str(list(WORDS).index(m["word"].lower()) + 1)


def _folds(hedge: str, times: Decimal) -> tuple[str, str, str]:
    """Hedge, low end and number of growth in multiples: a four-fold increase is one to four times
    as many, as most say, or by four times."""
    if hedge in ("超过", "起码", "多"):
        return hedge, "", str(times - 1)
    if hedge not in ("", "约"):
        return hedge, "", str(times)
    half = Decimal((0, (5,), int(times.as_tuple().exponent) - 1))
    return "", f"{times - 1 - half}—", str(times + half)


def _hedge(m: re.Match[str], prefix: str, table: dict[str, str]) -> tuple[str, str]:
    """The Chinese word of a hedge that took part in a match, and the hedge as printed."""
    printed = next((m[f"{prefix}{n}"] for n in range(len(table)) if m[f"{prefix}{n}"]), "")
    return _group(m, prefix, table), printed.strip()


def _ends(m: re.Match[str]) -> tuple[Decimal, Decimal]:
    """The two numbers of a range, written out: 900,000 and 1.2 million. A scale that only the last
    one has is of both, where they rise so: 3 and 4 million."""
    first, last = (Decimal(re.sub("[^0-9.]", "", m[each])) for each in ("first", "number"))
    of_first, of_last = (_group(m, each, SCALES) for each in ("low", "scale"))
    of_first = of_first or (of_last if first < last else "")
    return first * power(of_first), last * power(of_last)


def in_chinese(text: str) -> Said | None:
    """One figure as printed in English, said in Chinese words; None where it is none.

    >>> in_chinese("fell by nearly 5.2 per cent")[2:]
    ('下降', '近5.2%', 'nearly', '%')
    """
    if _HAN.search(text):
        return None
    for behind in _BEHIND:
        if (m := _made().match(text + behind)) and m.end() == len(text):
            return _said(m)
    return None


@lru_cache(64)
def _scan(line: str) -> tuple[list[Said], dict[int, str], list[tuple[int, int]]]:
    """The figures of a line; why each numeral that is none is none; and where its dates stand."""
    figures: list[Said] = []
    none: dict[int, str] = {}
    dates: list[tuple[int, int]] = []
    at = 0
    while m := _scanner().search(line, at):
        at = m.end()
        if m["figure"] and m["first"] and operator.ge(*_ends(m)):  # no range
            at = m.start("first")
            continue
        if m["figure"] is None:
            reason = _REASONS[next(n for n in range(len(_REASONS)) if m[f"none{n}"] is not None)]
            lasted = reason == "duration" and is_length(line, m) and _made().match(line, m.start())
            if lasted:
                figures.append(_said(lasted))
                at = lasted.end()
                continue
            none |= {m.start() + d.start(): reason for d in re.finditer("[0-9]+", m[0])}
            if reason == "date":
                first = re.search("[0-9].*[0-9]|[0-9]", m[0])
                dates.append(
                    (m.start() + first.start(), m.start() + first.end()) if first else m.span()
                )
            continue
        if (
            m["word"]
            and line.startswith(" were", m.end("word"))
            and not _LISTED.search(line[: m.start()])
        ):
            continue  # the two were there
        figures.append(_said(m))
    return shared(line, figures), none, dates


def figures_of(line: str) -> Iterator[Said]:
    """The figures of an English line, in order."""
    yield from _scan(line)[0]


def is_length(line: str, m: re.Match[str]) -> bool:
    """Whether a duration is a value: the wait was 9 minutes; 14 weeks, from 19 weeks; on 8 days."""
    before = line[max(0, m.start() - _FAR) : m.start()]
    if _NO_LENGTH.match(line, m.end()):
        return False
    on_days = _ON.search(before) and _DAYS.search(m[0])
    return bool(
        on_days or _LASTED.search(before) or _FROM.match(line, m.end()) or _THEN.search(before)
    )


def is_average(line: str, said: Said) -> bool:
    """Whether a count is an average or one per so many: 77 victims per 100,000, 488 a day."""
    before = line[max(0, said.start - _REACH) : said.start]
    return bool(_EACH.match(line, said.end) or _AVERAGE.search(before))


def dates_of(line: str) -> list[tuple[int, int]]:
    """Where the dates of an English line stand."""
    return _scan(line)[2]


def why_none(line: str, position: int) -> str:
    """Why a numeral of an English line is no figure.

    >>> line = "Men aged 18 to 24, see Table 3"
    >>> why_none(line, 9), why_none(line, 29)
    ('age', 'code or telephone number')
    """
    return _reasons(line).get(position, "no figure")


@lru_cache(64)
def _reasons(line: str) -> dict[int, str]:
    return _scan(fold(line))[1]
