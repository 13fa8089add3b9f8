"""English text: the time that governs a figure, and what a change is against.

English says these behind the figure as often as before it: 1,302 burglaries in 2022, down 5%
compared with the year before.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import groupby, pairwise

from . import english_dates
from .clauses import Passage, turn_if
from .english_dates import DAY, FROM_DAY, LAST, MONTH, NAMED, TIME, UNTIL, YEAR, N, dates
from .marks import Mark
from .periods import follows

_THAN = (
    r"\b(?:(?:when |as )?compar(?:ed|es?|ing) (?:with|to)|than|over|from|on|against|versus|vs\.?"
    r"|relative to|since|ahead of|behind|with|in)"
)
_SAME = (
    r"(?:same|corresponding|comparable|equivalent) (?:[a-z]+ )?(?:period|quarter|month|half"
    r"|time|week)s?"
)
_BEYOND = r"\b(?:than|below|above|under|over|from|on|against|exceed(?:s|ed|ing)?|ahead of|short of)"
_AGO = r"(?:ago|earlier|before|previously)"
_USUAL = "normal|usual|trend|expected|planned|budgeted|expectations"
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
        rf"|(?!12|twelve){N} months)"
        r"|\bm-o-m\b|\b(?:than|from|over|above|below|on|compared (?:with|to)) (?:the |in "
        rf"|that in |those in |(?:{_VALUE} )(?:[a-z]+ ){{0,2}}in )?(?:(?:revised|final|preliminary"
        rf"|provisional) )?{MONTH}(?!,? {YEAR}"
        rf"| (?:to(?! (?:[$£€]|$))|through|until|and {MONTH}|[0-9]))"
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
        rf"|{_THAN} (?:(?:the )?[0-9][0-9.,]*(?: [a-z]+){{0,3}}? )?"
        r"(?:(?:that |those )?(?:of )?the |in |during )*"
        rf"(?:year before|{_BEFORE} (?:financial |calendar )?(?:year|12 months|twelve months))"
        rf"|\b(?:(?:a|one) year|(?:12|twelve) months) {_AGO}\b|\bon an annual basis\b"
        r"|(?<!average )\bannual(?: (?:growth|increase|decrease|rise|fall|decline|drop)\b|\s*$)"
        rf"|{english_dates.THAN_THE_FIRST}"
        r"|over the year\b|\bon the year\b(?! (?:to|ended|ending)\b)",
    ),
    (
        "year",
        rf"(?:\b(?:compar(?:ed|es?) (?:with|to)|than|below|above|exceed(?:s|ed|ing)?|{AGAINST}"
        r"|ahead of|behind"
        rf"|versus|vs\.?|relative to|(?:with|in)(?= (?:the )?{_SAME}))"
        r" (?:[^.;,。]|[.,](?=[0-9])){0,70}?"
        # from April 2022 to April 2023 compares; to March 2023 it is a span
        rf"|\b(?:over|from(?! {FROM_DAY}{UNTIL}(?!{LAST.replace(MONTH, '(?P=month)')}){LAST})"
        rf"|on(?! (?:{DAY} {MONTH}|{MONTH} {DAY}))|since)"
        rf" (?:(?:{_OF_BASE}|{_VALUE}|{MONTH}|Q[1-4]),? )*?)"
        rf"(?P<year>{YEAR})(?:[-/–][0-9]{{2}}(?![0-9-]))?",
    ),
    (
        "other",
        rf"{english_dates.THAN_A_LATER}"
        rf"|\b{N} years {_AGO}\b|\bover the (?:last|past|previous) (?:{N} years|decade)\b"
        rf"|{_BEYOND} (?:the )?{_VALUE} (?:[a-z]+ )?(?:forecast|projected|budgeted|planned|expected"
        rf"|predicted|targeted)\b|{_THAN} (?:the )?"
        r"(?:[$£€]?[0-9][0-9.,]*(?: [mbtr]+illion)? )?(?:pre-[a-z]+|peak|target"
        rf"|(?:[a-z]+-year |long-term )?average|forecast|plan|{_USUAL})\b"
        r"|\b(?:above|below) the (?:[a-z-]+ )?average\b"
        rf"|{_BEYOND} (?:[a-z-]+ ){{0,5}}?(?:pre-[a-z]+|peak|trough|target|average|forecast|plan"
        rf"|estimate|projection|budget|pandemic|{_USUAL})\b(?! (?:[a-z]+ )?(?:of|in|for) {YEAR})"
        r"|\brevised\b",
    ),
]
BASES = [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _BASES]
_SINCE = re.compile(rf"\bsince (?:{MONTH} )?{YEAR}", re.IGNORECASE)
_APART_BY = re.compile(
    r"\b(?:shortfall|difference|excess|surplus|saving|loss|gap|improvement) of $"
)
_OR = re.compile(r",? or | \(")
_SINCE_THEN = re.compile(r"^\s*since(?= )")  # a fall of 5% since 2022; the fewest since is no base
_LEADS = re.compile(  # right before a value of the base
    r"\b(?:(?:when |as )?compar(?:ed|es?|ing) (?:with|to)|than|over|from|against|versus"
    r"|having been|previously|formerly"
    r"|(?:than|below|above|ahead of|short of|from|against|exceeding|compared (?:with|to))"
    rf" (?!(?:average|{_USUAL}) at)(?:(?:[a-z'’-]+|{YEAR}) ){{1,5}}(?:of|at)"
    r"|(?:above|below|ahead of|short of|double)"
    r"|(?:increase|rise|decrease|fall|drop|reduction|up|down) on)"
    r"(?: the| a total of| about| around| just| only| some| nearly)*\s*$"
    r"|\b(?:previous|preceding|prior|last) year['’]s\s*$"
    r"|, when(?: there (?:were|was)| it (?:was|stood at)| the (?:figure|total|number) was)?\s*$",
    re.IGNORECASE,
)
_ON_THE = re.compile(r"\s*on the\s*")  # a fall of 10% on the 100 seen in 2022
_SEEN = re.compile(rf"\s*(?:[a-z]+ ){{1,3}}(?:in )?(?:{YEAR}|(?:a|the) (?:{_BEFORE} )?year\b)")
_OF_TIME = re.compile(  # in a bracket before a value of the base: (2023: 90), (previous year: 90)
    rf"\s*(?:{TIME.pattern}|(?:{DAY} )?{MONTH}|(?:the )?(?:{_BEFORE} (?:year|quarter|month)"
    rf"|{_SAME} (?:of )?(?:the )?{_BEFORE} year|year (?:ago|earlier|before)))\s?:\s*",
    re.IGNORECASE,
)
# Behind a value of the base: 90 seized in the same months of the prior year.
_OWN_BASE = re.compile(
    r"(?:\s(?!than|compar|from|over|on\b|against|up\b|down\b|more|fewer|less)[a-z'-]+){0,4}?"
    rf"\s(?:in|during|at|over) the (?:{_SAME} (?:of )?(?:the )?(?:{_BEFORE} year|year before)"
    r"|(?:previous|preceding|prior) year)(?=[,;)。])",
    re.IGNORECASE,
)
OF_THEN = re.compile(  # with this the clause of a value of the base begins
    rf"^\s*(?:in|during|over|for) the {_SAME}\b"
    rf"(?=.*(?:{_BEFORE} year|year (?:ago|earlier|before)|{YEAR}))",
    re.IGNORECASE,
)
_OF_NOUN = re.compile(  # adding to last year's fall: whose noun it is, not when something was
    r"\b(?:to|on|above|below|beyond|after|following) "
    rf"(?:this|last|the previous|{YEAR})(?: year| month| quarter| week)?['’]s"
)
_OF_BRACKETS = re.compile(r"\b(?:in|within) (?:round )?(?:brackets|parentheses)\b", re.IGNORECASE)
_BEYOND_IT = re.compile(
    r"\b(?:above|below|under|over|ahead|behind|short of|double)$", re.IGNORECASE
)
_OPENS_BASE = re.compile(
    r"\s*(?:(?:when |as )?compared|relative to|against|year[- ]on|month[- ]on|on (?:an?|the)"
    r"|(?:a|one|twelve|12) (?:year|month|quarter)s? later)\b",
    re.IGNORECASE,
)
_ALSO = re.compile(r",?\s+(?:and|but)?\s*")
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
    return not hit[0].lower().startswith("since")


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
            mark.prior = _is_prior(mark, passage)
        _set_apart(mark)
    current, year, behind = "", None, english_dates.each_behind(passage)
    for mark in passage.marks:
        after = _after(passage, mark)
        if mark.prior:
            leads = _LEADS.search(mark.tail)  # 90 in 2015, compared with 80: not of 2015
            said = mark.tail[leads.start() :] if leads else mark.tail
            if leads and (opening := _times(mark.tail[: leads.start()])):
                current = opening[-1]  # In 2021 thefts fell from 90 to 80
            mark.when = next(iter(TIME.findall(after) or TIME.findall(said)), "")
        else:
            # Behind the value of a base stands its own time: from 13,022 in 2021. Of these, 4,321
            of_base = mark.n > 0 and passage.marks[mark.n - 1].prior
            tail = "" if of_base and _TO_NOW.fullmatch(mark.tail) else mark.tail
            own = _times(f"{beyond(mark.previous)}{tail}")[-1:]
            if not own and not mark.is_change:
                own = _times(after)[:1]
            gap = tail if of_base else mark.gap
            if not own and gap != tail:
                own = _times(f"{beyond(mark.previous)}{gap}")[-1:]
            current = behind.get(mark.n) or (own[0] if own else current)
            mark.when = current
        if not mark.prior and (named := NAMED.search(mark.when)):
            year = int(named[0])
        mark.period = dates(mark.when, published, year)
    for mark, then in pairwise(passage.marks):  # fell 5% to 90 in August: both are of August
        to_it = mark.is_change and then.is_level and then.sentence == mark.sentence
        if to_it and not then.prior and _TO_NOW.fullmatch(then.gap) and not TIME.search(mark.tail):
            mark.when, mark.period = then.when, then.period
    _set_against(passage)


def _is_prior(mark: Mark, passage: Passage) -> bool:
    """Whether a value is one that another is compared with."""
    line, of = passage.folded[mark.paragraph - 1], mark.holder
    if mark.bracket and of is not None and mark.previous is None:
        if of.is_change and _ends_in_base(line[of.end : mark.start].rstrip(" (")):
            return True  # than in 2022 (1,699)
        then = passage.behind(mark)  # 90 (2020: 80), not (2020: 50; 2021: 40)
        again = then is not None and then.bracket == mark.bracket and not then.is_change
        if _OF_TIME.fullmatch(mark.tail) and not (of.is_change or of.prior or again):
            return of.counts == mark.counts and of.sort == mark.sort
    if passage.in_bracket(mark):
        return _ends_in_base(mark.tail)
    said = f"{beyond(mark.previous)}{mark.tail}"
    if _LEADS.search(said) or (_opens(mark) and OF_THEN.search(mark.tail)):
        return True
    if mark.previous is not None and mark.previous.is_change:
        return bool(_ON_THE.fullmatch(mark.gap) and _SEEN.match(mark.after))
    return bool(_OWN_BASE.match(line[mark.end : mark.end + NEAR]))


def _set_apart(mark: Mark) -> None:
    """Make changes of what a base is set apart by: against 90 planned, a shortfall of 5 or 5.6%."""
    base = mark.previous
    value = base.previous if base is not None else None
    if base is None or value is None or mark.sort not in ("level", "share"):
        return
    again = base.sort == "difference" and value.prior and _APART_BY.search(base.tail)
    if again and mark.sort == "share" and _OR.fullmatch(mark.gap):
        mark.sort = mark.measure = "change"
        turn_if(base.value < 0, mark)
    apart = base.prior and mark.sort == "level" and mark.counts in ("", base.counts)
    if apart and (value.is_level or value.is_rate) and _APART_BY.search(mark.tail):
        mark.sort, mark.measure = "points" if value.is_rate else "difference", "difference"
        mark.unit = "percentage point" if value.is_rate else mark.unit
        turn_if(value.value < base.value, mark)


def _reach_over(passage: Passage) -> None:
    """The verb of a change is that of the next, too: apples rose 5% to 90 and pears 4% to 60."""
    at = passage.marks
    for change, value, mark, then in zip(at, at[1:], at[2:], at[3:], strict=False):
        led = change.is_change and value.is_level and mark.sort == "share" and then.is_level
        gaps = led and {value.gap.strip(), then.gap.strip()} == {"to"}
        if gaps and change.sentence == then.sentence and mark.gap.startswith((" and ", ", ")):
            mark.sort = mark.measure = "change"
            turn_if(change.value < 0 < mark.value, mark)
    for of, inside in pairwise(at):
        if inside.holder is not of:
            continue
        one = of.previous  # fell by 23 per cent (from 90 to 69) and 5 per cent (from 40 to 38)
        listed = one is not None and one.sort == "change" and _ALSO.fullmatch(of.gap)
        if one is not None and listed and of.sort == "share" and _LEADS.search(inside.tail):
            of.sort = of.measure = "change"
            turn_if(one.value < 0 < of.value, of)
        if of.sort == "change" and inside.sort == "level" and not inside.tail:
            signed = inside.reported[0] in "+-"
            if signed or _is_how_many(inside, of, passage):  # an increase of 6% (2,474)
                inside.sort = inside.measure = "difference"
                turn_if(of.value < 0 and not signed, inside)


def _is_how_many(inside: Mark, change: Mark, passage: Passage) -> bool:
    """Whether a bracket right behind a percentage says how many it is, by the value it is of."""
    line, to = passage.folded[change.paragraph - 1], change.following
    if line[change.end : inside.start] != " (" or line[inside.end : inside.end + 1] != ")":
        return False
    after = to if to is not None and _TO_NOW.fullmatch(to.gap) else None
    value = after if after is not None and after.is_level else change.previous
    by = inside.value if change.value > 0 else -inside.value
    if value is None or not value.is_level or value.value <= max(by, 0):
        return False
    return change.low <= 100 * by / (value.value - by) <= change.high


def beyond(change: Mark | None) -> str:
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
            after = beyond(mark) + _SINCE_THEN.sub(" from", _after(passage, mark))
            mark.against = base_of(after) or base_of(before, last=True)
            if mark.bracket and mark.holder is not None:  # 90, against 80 a year earlier (up 5%)
                of_base = f"{mark.holder.tail}0" if mark.holder.prior else ""
                before = of_base + passage.folded[mark.paragraph - 1][mark.holder.end : mark.start]
                mark.against = mark.against or base_of(before, last=True)
            mark.against = mark.against or base_of(_opening(mark))
            if mark.against[5:].isdigit():
                times = TIME.findall(after if base_of(after) else before)
                then = next((each for each in times if each.endswith(mark.against[5:])), "")
                if follows(dates(then, None), mark.period):
                    mark.against = "previous period"
        for mark, then in zip(changes[-2::-1], changes[:0:-1], strict=True):
            mark.against = mark.against or then.against
        for before_it, mark in pairwise(changes):
            mark.against = mark.against or before_it.against
    _carry(passage)
    base = next(filter(None, map(_said_of_brackets, passage.folded)), "")
    for mark in passage.marks:
        if mark.is_change:
            mark.against = mark.against or (base if mark.bracket else "") or "not stated"


def _of_its_prior(mark: Mark, passage: Passage) -> str:
    """The base that a bracket before a change says: 90 (2020: 80), growth of 12.5%."""
    then = passage.marks[mark.n - 1] if mark.n else mark
    of_value = then.holder is mark.previous or then.bracket == mark.bracket
    return base_of(f"than {then.tail}") if then.prior and then.bracket and of_value else ""


def _carry(passage: Passage) -> None:
    """Give changes that say no base that of the sentence before on the same time, where it has one.

    Behind an ellipsis text is left out; a plan or a peak is of its own sentence.
    """
    of: Mark | None = None
    for _, group in groupby(passage.marks, lambda mark: mark.sentence):
        here = [*group]
        if "…" in here[0].gap and not TIME.search(here[0].tail):
            of = None
        changes = [mark for mark in here if mark.is_change]
        said = [mark for mark in changes if mark.against]
        for mark in changes:
            if mark.against:
                continue
            mark.against = _of_its_prior(mark, passage)
            near = of is not None and mark.paragraph - of.paragraph <= 1 and mark.when == of.when
            if of is not None and near and not mark.against:
                mark.against = of.against
                said.append(mark)
        if said:
            one = len({mark.against for mark in said}) == 1 and said[0].against != "other"
            of = said[-1] if one else None


def _said_of_brackets(line: str) -> str:
    """What a text says of all its brackets: figures in brackets compare with 2012."""
    said = _OF_BRACKETS.search(line)
    return base_of(line[said.start() :]) if said else ""
