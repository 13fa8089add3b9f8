"""English text: what some words say that a change is against.

Said behind the figure as often as before it: 1,302 burglaries in 2022, down 5% compared with the
year before.
"""

from __future__ import annotations

import re

from . import english_dates
from .english_dates import DAY, FROM_DAY, LAST, MONTH, UNTIL, YEAR, N
from .marks import Mark

_THAN = (
    r"\b(?:(?:when |as )?compar(?:ed|es?|ing) (?:with|to)|as opposed to|than|over|from|on"
    r"|against|versus|vs\.?"
    r"|relative to|since|ahead of|behind|with|in)"
)
COMPARED_WITH = re.compile(r"\b(?:compar(?:ed|ing) (?:with|to)|as opposed to)\b")
_COMPARED = _THAN.replace("|with|in)", r")\b")
SAME = (
    r"(?:same|corresponding|comparable|equivalent) (?:[a-z]+ )?(?:period|quarter|month|half"
    r"|time|week|day|date|point|stage|season)s?"
)
_BEYOND = r"\b(?:than|below|above|under|over|from|on|against|exceed(?:s|ed|ing)?|ahead of|short of)"
_AGO = r"(?:ago|earlier|before|previously)"
_SEASON = "season|spring|summer|autumn|fall|winter|term|harvest|edition|campaign"  # one a year
_LONG = rf"(?:{N} (?:years|decades)|(?:a|the) (?:half-)?(?:decade|generation|century))"
# What leads up to a base: than they had had a year before; of a time that its preposition names.
_LEADS_TO = (
    rf"(?:{_COMPARED}|\b(?:above|below|under|short of|exceed(?:s|ed|ing)?|double|twice|down on|up"
    rf" on)\b)"
    r"(?: (?!(?:than|from|to|and|but|or|while|which|after|second|third|fourth|half|quarter)\b)"
    r"(?:[a-z'’-]+"
    r"|[$£€]?[0-9][0-9.,]*(?<![.,])[%a-z]*)){0,9}?"
)
USUAL = "normal|usual|trend|expected|planned|budgeted|expectations|norms?|consensus|guidance"
_VALUE = (  # of the base, before its time
    r"[$£€]?[0-9](?:[0-9.,]|(?<=[0-9]) (?=[0-9]{3}))*%?(?:[mb]n?\b| [mbtr]+illion| per ?cent)?"
)
BEFORE = r"(?:previous|preceding|prior|last)"
_OF_BASE = (  # what stands between over, from or on and the year that something is compared with
    "(?:the|that|those|figures?|levels?|in|of|for|during|at|end|to|same|corresponding|period|quarter"
    "|months?|year|half|first|second|third|fourth|financial|fiscal|calendar|ending|ended"
    "|cases|crimes|incidents|offences|recorded|reported|received|registered|number|total|revised"
    "|two|three|six|nine|twelve|YTD)"
)
# From 90 fatal injuries in 2004. What stands in both would be tried in either.
_ITS_NOUN = rf"(?: (?!(?:{_OF_BASE[3:-1]}|to|by|at|as|and|or|but|when|was|were)\b)[a-z-]+){{0,4}}"
AGAINST = (  # that compares with a value or a time: violence against women does not
    r"against(?= (?:(?:the|that|those|an?|total|figures?|of|in|about|around|just|only|some|nearly"
    rf"|same|{BEFORE[3:-1]}) )*(?:[$£€]?[0-9]|{MONTH}|period|month|quarter|year|target|average"
    r"|plan|forecast|budget|\s*$))"
)
_A_YEAR = rf"(?:last year|the (?:{BEFORE} year|year before)|(?:a|one) year {_AGO})"
_BASES = [  # what is said, how it is said; the first row that fits the earliest
    (
        "previous period",
        r"\b(?:month|quarter|week|day|half)[- ](?:on|to|over)[- ](?:month|quarter|week|day|half)\b"
        r"|\b(?:on (?:month|week|quarter)\b|[mqwd]/[mqwd]\b|[qw]-o-[qw]\b|[qw]o[qw]\b|(?-i:MoM"
        r"|mom|HoH|DoD)\b)"
        r"|\b(?:month|quarter|week|day)-(?:ago|earlier)\b",
    ),
    (
        "previous period",
        rf"{_THAN} (?:the |that of the |in the )*{BEFORE} (?:month|quarter|week|day|period"
        rf"|(?!12|twelve){N} months)"
        r"|\bm-o-m\b|\b(?:than|from|over|above|below|on|compared (?:with|to)) (?:the |in "
        rf"|that in |those in |(?:{_VALUE} )(?:[a-z]+ ){{0,2}}in )?(?:(?:revised|final|preliminary"
        rf"|provisional) )?{MONTH}(?!,? {YEAR}"
        rf"|,? (?:of )?{_A_YEAR}| (?:YTD|to(?! (?:[$£€]|$))|through|until|and {MONTH}|[0-9]))"
        r"|\b(?:than|from|on|above|below|compared (?:with|to)) (?:that )?(?:in |for )?the"
        rf" (?!12|twelve){N} months to {MONTH}(?!,? {YEAR})"
        rf"|{_LEADS_TO} (?:in|of|for|during|at) (?:late |early |mid-|the end of )?{MONTH}"
        rf"(?!,? {YEAR}|,? (?:of )?{_A_YEAR}| (?:YTD|to|through|until|and|[0-9]))"
        rf"|{_COMPARED} (?:that of |that in |in )?the (?:first|second|third|fourth) quarter(?! of)"
        rf"|\b(?:an?|one) (?:month|quarter|week|day) {_AGO}\b|\b(?:on the day"
        rf"|from yesterday)\b"
        r"|\bsequential(?:ly)?\b|\bon a (?:monthly|quarterly|weekly) basis\b"
        r"|\bin the month\b(?! (?:of|before))"
        r"|\bthe (?:month|quarter|week|day) (?:before(?! last)|earlier)\b"
        r"|\b(?:on|over) the (?:month|quarter|week)\b(?! (?:of|beginning|starting))"
        rf"|{_THAN} (?:in )?Week [0-9]{{1,2}}(?! of)",
    ),
    (
        "year earlier",
        r"\byear[- ](?:on|over|to)[- ]year\b|\by/y\b|\byoy\b|\by-o-y\b|\bon year\b"
        rf"|\b(?:year|season)-(?:ago|earlier)\b(?: (?:period|quarter|month|level|figure)\b)?"
        rf"|\bprior-year\b|\bthis time (?:last year|a year {_AGO})"
        rf"|(?:{_THAN}|\b(?:above|below|under|short of|down on|up on)) (?:(?:that|those) )?"
        rf"(?:in |of |for )?"
        rf"(?:the )?{BEFORE} (?:{_SEASON})\b"
        rf"|{_LEADS_TO} (?:the (?:year|{_SEASON}) (?:before|earlier)|(?:in |of |for |during "
        rf"|at )?{_A_YEAR})\b"
        rf"|{_COMPARED} (?:in |that of |that in )?(?:the )?{MONTH},? (?:of )?{_A_YEAR}\b"
        r"|\b(?:in|over) the (?:12|twelve) months (?:to|ending)\b|\b(?:a|one) year later\b"
        r"|\b(?:12|twelve) months later\b"
        rf"|{SAME} (?:[a-z]+ ){{0,3}}?(?:of |in )?(?:the )?(?:{BEFORE} year|year before)"
        rf"|{_THAN} (?:(?:the )?[0-9][0-9.,]*(?: [a-z]+){{0,3}}? )?"
        r"(?:(?:that |those )?(?:of )?the |in |during )*"
        rf"(?:year before|{BEFORE} (?:financial |calendar )?(?:year|12 months|twelve months))"
        rf"|\b(?:(?:a|one) year|(?:12|twelve) months) {_AGO}\b|\bon an annual basis\b"
        r"|(?<!average )\bannual(?: (?:growth|increase|decrease|rise|fall|decline|drop)\b|\s*$)"
        rf"|{english_dates.THAN_THE_FIRST}"
        r"|over the year\b|\bon the year\b(?! (?:to|ended|ending)\b)",
    ),
    (
        "year",
        r"(?:\b(?:compar(?:ed|es?) (?:with|to)|than|as (?:many|much|high|low) as|below|above"
        r"|double|twice"
        rf"|exceed(?:s|ed|ing)?|{AGAINST}"
        r"|ahead of|behind"
        rf"|versus|vs\.?|relative to|(?:with|in)(?= (?:the )?{SAME}))"
        r" (?:[^.;,。]|[.,](?=[0-9])){0,70}?"
        # from April 2022 to April 2023 compares; to March 2023 it is a span
        rf"|\b(?:over|from(?! {FROM_DAY}{UNTIL}(?!{LAST.replace(MONTH, '(?P=month)')}){LAST})"
        rf"|on(?! (?:{DAY} {MONTH}|{MONTH} {DAY}))|since"
        rf"|between(?= (?:(?:mid|end)[- ])?{YEAR},? and (?:(?:mid|end)[- ])?{YEAR}))"
        rf" (?:(?:{_OF_BASE}|{_VALUE}{_ITS_NOUN}|{MONTH}|[HQ][1-4]),? )*?)"
        rf"(?:(?:mid|end)[- ])?(?P<year>{YEAR})(?:[-/–][0-9]{{2}}(?![0-9-]))?"
        r"(?: (?:figure|level|total|number|count|rate)\b)?",
    ),
    (
        "other",
        rf"{english_dates.THAN_A_LATER}|^\s?(?:in|over|within) (?:just |only )?(?:the (?:last"
        rf"|past) )?{_LONG}\b"
        rf"|\b(?:from|than) {_LONG} {_AGO}\b"
        rf"|\b{N} years {_AGO}\b|\bover the (?:last|past|previous) (?:{N} years|decade)\b"
        rf"|{_BEYOND} (?:the )?{_VALUE} (?:[a-z]+ )?(?:forecast|projected|budgeted|planned|expected"
        rf"|predicted|targeted)\b|{_THAN} (?:the )?"
        r"(?:[$£€]?[0-9][0-9.,]*(?: [mbtr]+illion)? )?(?:pre-[a-z]+|peak|target"
        rf"|(?:[a-z]+-year |long-term )?average|forecast|plan|{USUAL})\b"
        r"|\b(?:above|below) the (?:[a-z-]+ )?average\b"
        rf"|{_BEYOND} (?:[a-z-]+ ){{0,5}}?(?:pre-[a-z]+|peak|trough|target|average|forecast|plan"
        rf"|estimate|projection|budget|pandemic|{USUAL})\b(?! (?:[a-z]+ )?(?:of|in|for) {YEAR})"
        r"|\bthan (?:(?:the|that|those|figures?|rates?|average|levels?|shares?|proportion) )+"
        r"(?:of|for|among) (?!(?:the )?(?:[0-9]|same|corresponding|comparable|equivalent|first"
        rf"|second|third|fourth|{BEFORE[3:-1]}|year|month|quarter|week|period|{MONTH}))"
        rf"|\brevised\b(?! (?:[a-z]+ ){{0,3}}(?:{_VALUE} )?(?:[a-z-]+ ){{0,5}}"
        rf"(?:in|of|for) {YEAR})",
    ),
]
BASES = [  # each begins with a word, and is tried where one does
    (name, re.compile(rf"(?<![A-Za-z])(?=[A-Za-z])(?:{pattern})", re.IGNORECASE))
    for name, pattern in _BASES
]
_A_TIME_TOO = re.compile(r"(?:in|over) the (?:12|twelve) months (?:to|ending)", re.IGNORECASE)
_SINCE = re.compile(rf"\bsince (?:{MONTH} )?{YEAR}", re.IGNORECASE)
_OF_NOUN = re.compile(  # adding to last year's fall: whose noun it is, not when something was
    r"\b(?:to|on|above|below|beyond|after|following) "
    rf"(?:this|last|the previous|{YEAR})(?: year| month| quarter| week)?['’]s"
)
_BEYOND_IT = re.compile(
    r"\b(?:above|below|under|over|ahead|behind|short of|double|twice)$", re.IGNORECASE
)
NEAR = 400  # characters: no words are looked for farther away


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
    ['thefts,', '5%', ',']
    """
    said = _SINCE.sub("", said[-NEAR:])
    if "'" in said or "’" in said:
        said = _OF_NOUN.sub("", said)
    for name, pattern in BASES:
        for hit in pattern.finditer(said):
            if (name != "year" or _is_base(hit)) and not _A_TIME_TOO.fullmatch(hit[0]):
                said = said.replace(hit[0], " " * len(hit[0]), 1)
    return said


def beyond(change: Mark | None) -> str:
    """The word of a change that leads up to its base: 5% above their peak."""
    said = _BEYOND_IT.search(change.reported) if change is not None and change.is_change else None
    return said[0] if said else ""


def ends_in_base(said: str) -> bool:
    """Whether words end with what a change is against: compared with the previous year."""
    said = said.rstrip()
    return any(hit.end() >= len(said) for _, p in BASES for hit in p.finditer(said))
