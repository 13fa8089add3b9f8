"""English text: the time that governs a figure, and what a change is against.

English says these behind the figure as often as before it: 1,302 burglaries in 2022, down 5%
compared with the year before.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from itertools import pairwise

from .clauses import Mark, Passage, turn_if
from .periods import dates_of, follows

_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
MONTH = f"(?:{'|'.join(_MONTHS)})"
_YEAR = r"(?:19|20)[0-9]{2}(?![0-9]|,[0-9])"
_TO = r"(?: to | and |\s?[-–—]\s?)"
_WHICH = rf"(?:{_YEAR}|(?:the|this|last) year)"
_N = rf"(?:{'|'.join(_NUMBERS[1:])}|[0-9]{{1,2}})"
_DAY = r"[0-9]{1,2}(?:st|nd|rd|th)?(?![0-9])"
_FROM_DAY = rf"(?:{_DAY} )?(?P<month>{MONTH})(?: {_DAY})?(?:,? {_YEAR})?"
_FIRST, _UNTIL = _FROM_DAY.replace("?P<month>", "?:"), r"(?:,? (?:to|until|through) |\s?[-–—]\s?)"
_LAST = rf"(?:the end of )?(?:{_DAY} )?{MONTH}(?: {_DAY})?,? {_YEAR}"
TIME = re.compile(
    r"(?=[0-9JFMASONDQWaceflmnqstwy])(?:"
    rf"(?<=[bB]etween ){_FIRST},? and {_LAST}|{_FIRST}{_UNTIL}{_LAST}"
    rf"|(?:the )?(?:first|second|third|fourth|last) (?:half|quarter|{_N} months) of {_WHICH}"
    rf"|(?:the )?(?:financial |fiscal |calendar )?(?:year|quarter|month|week|{_N} months) (?:to"
    rf"|ending|ended|up to)"
    rf"(?: the end of)?(?: [0-9]{{1,2}})?(?: Q[1-4]| {MONTH})(?: {_YEAR})?|Week [0-9]{{1,2}}"
    rf"|{MONTH}{_TO}{MONTH}(?:,? {_WHICH})?|(?:Q[1-4]|Quarter [1-4]),? {_YEAR}"
    rf"|(?:[0-9]{{1,2}} )?{MONTH} (?:[0-9]{{1,2}}, )?{_YEAR}"
    rf"|{_YEAR}(?:[-–/][0-9]{{2}}(?![0-9]))?|(?:this|last) (?:year|month|quarter|week)"
    rf"|the (?:first|second|third|fourth) (?:half|quarter)(?: of the year)?"
    rf"|(?<=\b[iIoO][nf] ){MONTH}\b|the period under review)"
)
_THAN = (
    r"\b(?:(?:when |as )?compar(?:ed|es?|ing) (?:with|to)|than|over|from|on|against|versus|vs\.?"
    r"|relative to|since"
    r"|with|in)"
)
_SAME = (
    r"(?:same|corresponding|comparable|equivalent) (?:[a-z]+ )?(?:period|quarter|month|half"
    r"|time|week)s?"
)
_BEYOND = r"\b(?:than|below|above|under|over|from|on|against|exceed(?:s|ed|ing)?|ahead of|short of)"
_AGO = r"(?:ago|earlier|before|previously)"
_VALUE = r"[$£€]?[0-9][0-9.,]*%?(?: [mbtr]+illion| per ?cent)?"  # of the base, before its time
_BEFORE = r"(?:previous|preceding|prior|last)"
_OF_BASE = (  # what stands between over, from or on and the year that something is compared with
    "(?:the|that|those|figures?|levels?|in|of|for|during|at|end|to|same|corresponding|period|quarter"
    "|months?|year|half|first|second|third|fourth|financial|fiscal|calendar|ending|ended"
    "|cases|crimes|incidents|offences|recorded|reported|number|total)"
)
AGAINST = (  # that compares with a value or a time: violence against women does not
    r"against(?= (?:(?:the|that|those|an?|total|figures?|of|in|about|around|just|only|some|nearly"
    rf"|same|{_BEFORE[3:-1]}) )*(?:[$£€]?[0-9]|{MONTH}|period|month|quarter|year|target|average"
    r"|plan|forecast|\s*$))"
)
_BASES = [  # what is said, how it is said; the first row that fits the earliest
    ("previous period", r"\b(?:month|quarter|week)[- ](?:on|to|over)[- ](?:month|quarter|week)\b"),
    (
        "previous period",
        rf"{_THAN} (?:the |that of the |in the )*{_BEFORE} (?:month|quarter|week|day|period"
        rf"|(?!12|twelve){_N} months)"
        r"|\bm-o-m\b|\b(?:than|from|over|above|below|on|compared (?:with|to)) (?:the |in "
        rf"|that in |those in |(?:{_VALUE} )(?:[a-z]+ ){{0,2}}in )?(?:(?:revised|final|preliminary"
        rf"|provisional) )?{MONTH}(?!,? {_YEAR}| (?:to|through|until|and {MONTH}|[0-9]))"
        rf"|\ba (?:month|quarter|week) {_AGO}\b"
        r"|\bon a (?:monthly|quarterly|weekly) basis\b|\bin the month\b(?! (?:of|before))"
        r"|\b(?:on|over|than|from|in) the (?:month|quarter|week) before\b"
        r"|\b(?:on|over) the (?:month|quarter|week)\b(?! (?:of|beginning|starting))"
        rf"|{_THAN} (?:in )?Week [0-9]{{1,2}}(?! of)",
    ),
    (
        "year earlier",
        r"\byear[- ](?:on|over)[- ]year\b|\by/y\b|\byoy\b|\by-o-y\b"
        r"|\b(?:in|over) the (?:12|twelve) months (?:to|ending)\b|\b(?:a|one) year later\b"
        r"|\b(?:12|twelve) months later\b"
        rf"|{_SAME} (?:[a-z]+ ){{0,3}}?(?:of |in )?(?:the )?(?:{_BEFORE} year|year before)"
        rf"|{_THAN} (?:[0-9][0-9.,]*(?: [a-z]+){{0,3}}? )?(?:the |that of the |in |during )*"
        rf"(?:year before|{_BEFORE} (?:financial |calendar )?(?:year|12 months|twelve months))"
        rf"|\b(?:(?:a|one) year|(?:12|twelve) months) {_AGO}\b|\bon an annual basis\b"
        r"|(?<!average )\bannual(?: (?:growth|increase|decrease|rise|fall|decline|drop)\b|\s*$)"
        r"|over the year\b|\bon the year\b(?! (?:to|ended|ending)\b)",
    ),
    (
        "year",
        rf"(?:\b(?:compar(?:ed|es?) (?:with|to)|than|below|above|exceed(?:s|ed|ing)?|{AGAINST}"
        r"|versus|vs\.?|relative to|with|in)"
        r" (?:[^.;,。]|[.,](?=[0-9])){0,70}?"
        # from April 2022 to April 2023 compares; to March 2023 it is a span
        rf"|\b(?:over|from(?! {_FROM_DAY}{_UNTIL}(?!{_LAST.replace(MONTH, '(?P=month)')}){_LAST})"
        rf"|on(?! (?:{_DAY} {MONTH}|{MONTH} {_DAY}))|since)"
        rf" (?:(?:{_OF_BASE}|{_VALUE}|{MONTH}|Q[1-4]),? )*?)"
        rf"(?P<year>{_YEAR})",
    ),
    (
        "other",
        rf"\b{_N} years {_AGO}\b|\bover the (?:last|past|previous) (?:{_N} years|decade)\b"
        rf"|{_BEYOND} (?:the )?{_VALUE} (?:[a-z]+ )?(?:forecast|projected|budgeted|planned|expected"
        rf"|predicted|targeted)\b|{_THAN} (?:the )?"
        r"(?:[$£€]?[0-9][0-9.,]*(?: [mbtr]+illion)? )?(?:pre-[a-z]+|peak|target"
        rf"|(?:[a-z]+-year |long-term )?average|forecast|plan)\b"
        r"|\b(?:above|below) the (?:[a-z-]+ )?average\b"
        rf"|{_BEYOND} (?:[a-z-]+ ){{0,5}}?(?:pre-[a-z]+|peak|target|average|forecast|plan|estimate"
        rf"|projection|budget|pandemic)\b(?! (?:[a-z]+ )?(?:of|in|for) {_YEAR})"
        r"|\brevised\b",
    ),
]
BASES = [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _BASES]
_SINCE = re.compile(rf"\bsince (?:{MONTH} )?{_YEAR}", re.IGNORECASE)
_LEADS = re.compile(  # right before a value of the base
    r"\b(?:(?:when |as )?compar(?:ed|es?|ing) (?:with|to)|than|over|from|against|versus"
    r"|(?:than|below|above|ahead of|short of|from|against|exceeding|compared (?:with|to))"
    rf" (?:(?:[a-z'’-]+|{_YEAR}) ){{1,5}}(?:of|at)"
    r"|(?:above|below|ahead of|short of|double)"
    r"|(?:increase|rise|decrease|fall|drop|reduction|up|down) on)"
    r"(?: the| a total of| about| around| just| only| some| nearly)*\s*$"
    r"|\b(?:previous|preceding|prior|last) year['’]s\s*$"
    r"|, when(?: there (?:were|was)| it (?:was|stood at)| the (?:figure|total|number) was)?\s*$",
    re.IGNORECASE,
)
_ON_THE = re.compile(r"\s*on the\s*")  # a fall of 10% on the 100 seen in 2022
_SEEN = re.compile(rf"\s*(?:[a-z]+ ){{1,3}}(?:in )?(?:{_YEAR}|(?:a|the) (?:{_BEFORE} )?year\b)")
OF_THEN = re.compile(  # with this the clause of a value of the base begins
    rf"^\s*(?:in|during|over|for) the {_SAME}\b"
    rf"(?=.*(?:{_BEFORE} year|year (?:ago|earlier|before)|{_YEAR}))",
    re.IGNORECASE,
)
_OF_NOUN = re.compile(  # adding to last year's fall: whose noun it is, not when something was
    r"\b(?:to|on|above|below|beyond|after|following) "
    rf"(?:this|last|the previous|{_YEAR})(?: year| month| quarter| week)?['’]s"
)
_OF_BRACKETS = re.compile(r"\b(?:in|within) (?:round )?(?:brackets|parentheses)\b", re.IGNORECASE)
_BEYOND_IT = re.compile(r"\b(?:above|below|under|over|ahead of|short of|double)$", re.IGNORECASE)
_OPENS_BASE = re.compile(
    r"\s*(?:(?:when |as )?compared|relative to|against|year[- ]on|month[- ]on|on (?:an?|the)"
    r"|(?:a|one|twelve|12) (?:year|month|quarter)s? later)\b",
    re.IGNORECASE,
)
_TO_NOW = re.compile(r"[^,;]*\bto\s*")
NEAR = 400  # characters: no words are looked for farther away
_APART = re.compile(r"[;。]|\b(?:while|whereas|but|although)\b|,? and (?=in\b)")


def base_of(said: str, last: bool = False) -> str:
    """What some words say that a change is against: the first base they name, or the last.

    >>> base_of(" compared with 31,434 in the same period of 2022"), base_of(" year-on-year")
    ('year 2022', 'year earlier')
    """
    hits = []
    for rank, (name, pattern) in enumerate(BASES):
        for hit in pattern.finditer(said):
            if name == "year" and not _is_base(hit):
                continue
            base = f"year {hit['year']}" if name == "year" else name
            at = hit.end("year") if name == "year" else hit.start()
            hits.append((-hit.end() if last else at, rank, base))
    return min(hits)[2] if hits else ""


def _is_base(hit: re.Match[str]) -> bool:
    """Whether a year is compared with: over 2013, in the same period of 2022; but not in 2022."""
    words = hit[0].split()
    if words[0].lower() in ("in", "with"):
        return bool(re.search(_SAME, hit[0], re.IGNORECASE))
    return words[0].lower() != "since"


def without_bases(said: str) -> str:
    """Some words with blanks for what they say that something is compared with.

    >>> without_bases("thefts, 5% up on the previous year,").split()
    ['thefts,', '5%', 'up', ',']
    """
    said = _SINCE.sub("", said[-NEAR:])
    if "'" in said or "’" in said:
        said = _OF_NOUN.sub("", said)
    for name, pattern in BASES:
        for hit in pattern.finditer(said):
            if name != "year" or _is_base(hit):
                said = said.replace(hit[0], " " * len(hit[0]), 1)
    return said


def _times(said: str) -> list[str]:
    """The times of some words, but for those that something is compared with."""
    return TIME.findall(without_bases(said)) if TIME.search(said) else []


def _after(passage: Passage, mark: Mark) -> str:
    """What follows a mark in its sentence, to the next change."""
    line = passage.folded[mark.paragraph - 1]
    end = min(len(line), mark.end + NEAR)
    for then in passage.marks[mark.n + 1 : mark.n + 8]:
        if then.paragraph != mark.paragraph:
            break
        if then.is_change or (not then.prior and not mark.is_change):
            end = min(end, then.start)
            break
    return _APART.split(line[mark.end : end])[0]


def set_periods(passage: Passage, published: date | None) -> None:
    """Set `prior`, `when`, `period` and `against` of the marks of an English passage."""
    _reach_over(passage)
    for mark in passage.marks:
        if mark.is_level or mark.is_rate:
            if mark.bracket and mark.holder and mark.holder.is_change and not mark.previous:
                line = passage.folded[mark.paragraph - 1]  # than in 2022 (1,699)
                mark.prior = _ends_in_base(line[mark.holder.end : mark.start].rstrip(" ("))
                continue
            alone = passage.in_bracket(mark)
            said = f"{_beyond(mark.previous)}{mark.tail}"
            leads = _LEADS.search(said) or (_opens(mark) and OF_THEN.search(mark.tail))
            if mark.previous is not None and mark.previous.is_change and not leads:
                leads = _ON_THE.fullmatch(mark.gap) and _SEEN.match(mark.after)
            mark.prior = _ends_in_base(mark.tail) if alone else bool(leads)
    current, year = "", None
    for mark in passage.marks:
        after = _after(passage, mark)
        if mark.prior:
            leads = _LEADS.search(mark.tail)  # 90 in 2015, compared with 80: not of 2015
            said = mark.tail[leads.start() :] if leads else mark.tail
            mark.when = next(iter(TIME.findall(after) or TIME.findall(said)), "")
        else:
            # Behind the value of a base stands its own time: from 13,022 in 2021. Of these, 4,321
            of_base = mark.n > 0 and passage.marks[mark.n - 1].prior
            tail = "" if of_base and _TO_NOW.fullmatch(mark.tail) else mark.tail
            own = _times(tail)[-1:]
            if not own and not mark.is_change:
                own = _times(after)[:1]
            gap = tail if of_base else mark.gap
            if not own and gap != tail:
                own = _times(gap)[-1:]
            current = own[0] if own else current
            mark.when = current
        if not mark.prior and (named := _NAMED.search(mark.when)):
            year = int(named[0])
        mark.period = _dates(mark.when, published, year)
    for mark, then in pairwise(passage.marks):  # fell 5% to 90 in August: both are of August
        to_it = mark.is_change and then.is_level and then.sentence == mark.sentence
        if to_it and not then.prior and _TO_NOW.fullmatch(then.gap) and not TIME.search(mark.tail):
            mark.when, mark.period = then.when, then.period
    _set_against(passage)


def _reach_over(passage: Passage) -> None:
    """The verb of a change is that of the next, too: apples rose 5% to 90 and pears 4% to 60."""
    at = passage.marks
    for change, value, mark, then in zip(at, at[1:], at[2:], at[3:], strict=False):
        led = change.is_change and value.is_level and mark.sort == "share" and then.is_level
        gaps = led and {value.gap.strip(), then.gap.strip()} == {"to"}
        if gaps and change.sentence == then.sentence and mark.gap.startswith((" and ", ", ")):
            mark.sort = mark.measure = "change"
            turn_if(change.value < 0 < mark.value, mark)


def _beyond(change: Mark | None) -> str:
    """The word of a change that leads up to its base: 5% above their peak."""
    said = _BEYOND_IT.search(change.reported) if change is not None and change.is_change else None
    return said[0] if said else ""


def _opening(mark: Mark) -> str:
    """The words with which the sentence of a figure opens: Compared with 2021, …"""
    at = mark
    while at.previous is not None and at.previous.sentence == mark.sentence:
        at = at.previous
    return at.tail.split(",")[0] if _OPENS_BASE.match(at.tail) else ""


def _opens(mark: Mark) -> bool:
    """Whether a figure is the first of its sentence."""
    return mark.previous is None or mark.previous.sentence != mark.sentence


def _ends_in_base(said: str) -> bool:
    """Whether words end with what a change is against: compared with the previous year."""
    said = said.rstrip()
    return any(hit.end() >= len(said) for _, p in BASES for hit in p.finditer(said))


def _set_against(passage: Passage) -> None:
    sentences: dict[int, list[Mark]] = {}
    for mark in passage.marks:
        if mark.is_change:
            sentences.setdefault(mark.sentence, []).append(mark)
    for changes in sentences.values():
        for mark in changes:
            before = mark.tail if _opens(mark) else re.split(r"[,;]", mark.tail)[-1]
            value = mark.previous
            start = value.previous if value is not None and not value.is_change else None
            if value is not None and value.prior and value.sentence == mark.sentence:
                before = f"{value.tail}0{mark.tail}"  # compared to 9,219 in 2021, up 88%
            elif value is not None and start is not None and start.prior and not _opens(value):
                before = f"{start.tail}0{value.tail}0{before}"  # from 91 in 2021 to 98, up 8%
            after = _beyond(mark) + _after(passage, mark)
            mark.against = base_of(after) or base_of(before, last=True)
            if mark.bracket and mark.holder is not None:  # 90, against 80 a year earlier (up 5%)
                before = passage.folded[mark.paragraph - 1][mark.holder.end : mark.start]
                mark.against = mark.against or base_of(before, last=True)
            mark.against = mark.against or base_of(_opening(mark))
            if mark.against[5:].isdigit():
                times = TIME.findall(after if base_of(after) else before)
                then = next((each for each in times if each.endswith(mark.against[5:])), "")
                if follows(_dates(then, None), mark.period):
                    mark.against = "previous period"
        for mark, then in zip(changes[-2::-1], changes[:0:-1], strict=True):
            mark.against = mark.against or then.against
        for before_it, mark in pairwise(changes):
            mark.against = mark.against or before_it.against
    base = next(filter(None, map(_said_of_brackets, passage.folded)), "")
    for mark in passage.marks:
        if mark.is_change:
            mark.against = mark.against or (base if mark.bracket else "") or "not stated"


def _said_of_brackets(line: str) -> str:
    """What a text says of all its brackets: figures in brackets compare with 2012."""
    said = _OF_BRACKETS.search(line)
    return base_of(line[said.start() :]) if said else ""


# --- Dates ----------------------------------------------------------------------------------------
_OTHERS = "this year|last year"
_NAMED = re.compile(rf"\b{_YEAR}$")
_IN_CHINESE = [  # an English phrase, and the Chinese one that `dates_of` knows
    (rf"the first half of (?P<year>{_YEAR}|{_OTHERS})", "上半年"),
    (rf"the second half of (?P<year>{_YEAR}|{_OTHERS})", "下半年"),
    (
        rf"the (?P<q>first|second|third|fourth) quarter of (?P<year>{_YEAR}|{_OTHERS})",
        "{q}季度",
    ),
    (rf"(?:Q|Quarter )(?P<q>[1-4]),? (?P<year>{_YEAR})", "{q}季度"),
    (rf"the first (?P<n>{_N}) months of (?P<year>{_YEAR}|{_OTHERS})", "前{n}个月"),
    (
        rf"(?P<m>{MONTH}){_TO}(?P<until>{MONTH})(?:,? (?P<year>{_YEAR}|{_OTHERS}))?",
        "{m}月至{until}月",
    ),
    (rf"(?P<m>{MONTH})(?: (?P<year>{_YEAR}))?", "{m}月"),
    (rf"(?P<d>[0-9]{{1,2}})[a-z]* (?P<m>{MONTH})(?:,? (?P<year>{_YEAR}))?", "{m}月{d}日"),
    (rf"(?P<m>{MONTH}) (?P<d>[0-9]{{1,2}})(?![0-9])[a-z]*(?:,? (?P<year>{_YEAR}))?", "{m}月{d}日"),
    (rf"(?:the year (?:to|ending|ended) December )?(?P<year>{_YEAR}|{_OTHERS})", ""),
]
_ENDS_OF_SPAN = re.compile(rf"(?:{_UNTIL}|,? and )(?:the end of )?(?=[A-Z0-9])")
_WORDS = {word: n for words in (_NUMBERS, _MONTHS) for n, word in enumerate(words, 1)}
_WORDS |= {"first": 1, "second": 2, "third": 3, "fourth": 4}
_RELATIVE = {"this year": "今年", "last year": "去年"}


@lru_cache(1024)
def _dates(phrase: str, published: date | None, year: int | None = None) -> tuple[str, str]:
    """First and last day of an English time phrase, ISO; empty what is not told.

    `year` is the one that the text named last: that of a month beside which none stands.
    """
    for pattern, chinese in _IN_CHINESE:
        if m := re.fullmatch(pattern, phrase):
            said = {name: str(_WORDS.get(word, word)) for name, word in m.groupdict().items()}
            of = _RELATIVE.get(m["year"] or "", f"{m['year']}年" if m["year"] else "")
            return dates_of(of + chinese.format(**said), year, published)
    if len(ends := _ENDS_OF_SPAN.split(phrase)) == 2:
        first, last = ends
        if not _NAMED.search(first):
            first += last[-len(" 2015") :]
        start, end = _dates(first, published)[0], _dates(last, published)[1]
        return (start, end) if start <= end else ("", end)
    return "", ""
