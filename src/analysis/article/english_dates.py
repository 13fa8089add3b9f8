"""The time phrases of English text, and the days that they come to."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from .clauses import Passage
from .periods import dates_of

_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
_SHORT = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
MONTH = rf"(?:{'|'.join(_MONTHS)}|(?:{'|'.join(_SHORT)}|Sept)\.?(?=,? (?:19|20)[0-9]{{2}}))"
YEAR = r"(?:19|20)[0-9]{2}(?![0-9]|,[0-9]|s\b)"  # since the 1980s: no time of a figure
_TO = r"(?: to | and |\s?[-–—]\s?)"
_WHICH = rf"(?:{YEAR}|(?:the|this|last) year)"
N = rf"(?:{'|'.join(_NUMBERS[1:])}|[0-9]{{1,2}})"
DAY = r"[0-9]{1,2}(?:st|nd|rd|th)?(?![0-9])"
FROM_DAY = rf"(?:{DAY} )?(?P<month>{MONTH})(?: {DAY})?(?:,? {YEAR})?"
_FIRST, UNTIL = FROM_DAY.replace("?P<month>", "?:"), r"(?:,? (?:to|until|through) |\s?[-–—]\s?)"
LAST = rf"(?:the end of )?(?:{DAY} )?{MONTH}(?: {DAY})?,? {YEAR}"
TIME = re.compile(
    r"(?=[0-9JFMASONDQHWTLEYaceflmnqrstwy])(?:"
    rf"(?<=[bB]etween ){_FIRST},? and {LAST}|{_FIRST}{UNTIL}{LAST}"
    rf"|(?:the )?(?:first|second|third|fourth|last) (?:half|quarter|{N} months) of {_WHICH}"
    rf"|(?:the )?(?:financial |fiscal |calendar )?(?:year|quarter|month|week|{N} months|{N} weeks)"
    rf" (?:to|ending|ended|up to|that ended in|which ended in)(?: the end of)?(?: [0-9]{{1,2}})?"
    rf"(?: Q[1-4]| {MONTH}(?: [0-9]{{1,2}}(?![0-9])(?:,(?= {YEAR}))?)?)(?: {YEAR})?"
    rf"|[Ww]eek [0-9]{{1,2}}|(?:the )?{MONTH} quarter(?: {YEAR})?"
    rf"|(?:the )?(?:fiscal|financial|academic|school)(?: year)? {YEAR}(?:[-–/][0-9]{{2}}(?![0-9]))?"
    rf"|(?:spring|summer|autumn|winter|early|late) {YEAR}"
    rf"|the (?:first|last|final) {N} months(?! (?:of|in)\b)"
    r"|the (?:current|reporting|latest) (?:year|quarter|month|period)\b"
    rf"|{MONTH} YTD(?: {YEAR})?|{MONTH}{_TO}{MONTH}(?:,? {_WHICH})?"
    rf"|(?:[HQ][1-4]|Quarter [1-4]),? {YEAR}"
    rf"|(?:[0-9]{{1,2}} )?{MONTH} (?:[0-9]{{1,2}}, )?{YEAR}"
    rf"|(?:(?:[mM]id|[eE]nd)[- ]|FY ?)?{YEAR}(?:[-–/][0-9]{{2}}(?![0-9]))?"
    r"|[HQ][1-4](?![0-9A-Za-z%])"
    r"|(?:[tT]his|[lL]ast) (?:(?:fiscal|financial|calendar) )?(?:year|month|quarter|week)"
    r"|(?<=\b[iI]n )recent years(?=,)"
    rf"|the (?:first|second|third|fourth) (?:half|quarter)(?: of the year)?"
    r"|(?:the )?[yY]ear to date\b"
    r"|(?:[tT]his|[lL]ast|[tT]he) (?:spring|summer|autumn|fall|winter)"
    r"(?! (?:in|of(?! [12])|was|is|came|from)\b)(?: of (?:20|19)[0-9]{2})?"
    rf"|(?:(?<=\b[oO]n )|(?<=\b[aA]t )|(?<=\b[oO]f )|(?<=\b[bB]y ))(?:[0-9]{{1,2}} {MONTH}"
    rf"|{MONTH} [0-9]{{1,2}})\b(?![0-9])|{MONTH} (?:this|last) year\b"
    rf"|(?<=\b[iIoO][nf] ){MONTH}\b|(?<![a-z] ){MONTH}(?=['’]s )|the period under review)"
)
# Compared with the first half of last year; in the first half of last year is a time.
_OF_LAST = rf"(?:half|quarter|{N} months) of (?:last|the previous|the preceding) year\b"
_THAN = r"\b(?:compar(?:ed|es?|ing) (?:with|to)|than|from|against|versus|vs\.?|relative to)"
THAN_THE_FIRST = rf"{_THAN}(?: that| those| the| in| of)* first {_OF_LAST}"
THAN_A_LATER = rf"{_THAN}(?: that| those| the| in| of)* (?:second|third|fourth|last) {_OF_LAST}"
_BEFORE = r"(?:previous|preceding|prior|last)"
AGO = re.compile(  # the time of a value of the base: a year earlier, the same month of last year
    rf"\b(?:the (?:(?:same|corresponding) (?:period|month|quarter|week) (?:of |in )?(?:the )?)?"
    rf"(?:{_BEFORE} (?:year|quarter|month|week)|(?:year|quarter|month) (?:before|earlier)"
    r"|(?:start|beginning|end) of the (?:year|month|quarter))"
    r"|(?:an?|one) (?:year|month|quarter|week) (?:ago|earlier|before))\b",
    re.IGNORECASE,
)
_BEHIND = re.compile(rf"\s(?:in|during|for)\s({TIME.pattern})")
_OTHERS = "this year|last year"
_END = "(?:the end of |(?:2[89]|3[01]) )?"  # of a month
NAMED = re.compile(rf"\b{YEAR}$")
_IN_CHINESE = [  # an English phrase, and the Chinese one that `dates_of` knows
    (rf"the first half of (?P<year>{YEAR}|{_OTHERS})", "上半年"),
    (rf"the second half of (?P<year>{YEAR}|{_OTHERS})", "下半年"),
    (rf"H1,? (?P<year>{YEAR})", "上半年"),
    (rf"H2,? (?P<year>{YEAR})", "下半年"),
    (
        rf"(?:the )?(?P<n>{N}) months (?:to|ending|ended) {_END}(?P<m>{MONTH})"
        rf" (?P<year>{YEAR})",
        "{m}月底的{n}个月",
    ),
    (
        rf"(?:the )?year (?:to|ending|ended) {_END}(?P<m>{MONTH}) (?P<year>{YEAR})",
        "{m}月底的12个月",
    ),
    (rf"[eE]nd[- ](?P<year>{YEAR})", "底"),
    (
        rf"the (?P<q>first|second|third|fourth) quarter of (?P<year>{YEAR}|{_OTHERS})",
        "{q}季度",
    ),
    (rf"(?:Q|Quarter )(?P<q>[1-4]),? (?P<year>{YEAR})", "{q}季度"),
    (rf"the first (?P<n>{N}) months of (?P<year>{YEAR}|{_OTHERS})", "前{n}个月"),
    (
        rf"(?P<m>{MONTH}){_TO}(?P<until>{MONTH})(?:,? (?P<year>{YEAR}|{_OTHERS}))?",
        "{m}月至{until}月",
    ),
    (rf"(?P<m>{MONTH})(?: (?P<year>{YEAR}|{_OTHERS}))?", "{m}月"),
    (rf"(?P<d>[0-9]{{1,2}})[a-z]* (?P<m>{MONTH})(?:,? (?P<year>{YEAR}))?", "{m}月{d}日"),
    (rf"(?P<m>{MONTH}) (?P<d>[0-9]{{1,2}})(?![0-9])[a-z]*(?:,? (?P<year>{YEAR}))?", "{m}月{d}日"),
    (rf"(?:the year (?:to|ending|ended) December )?(?P<year>{YEAR}|{_OTHERS})", ""),
]
_ENDS_OF_SPAN = re.compile(rf"(?:{UNTIL}|,? and )(?:the end of )?(?=[A-Z0-9])")
_WORDS = {word: n for words in (_NUMBERS, _MONTHS) for n, word in enumerate(words, 1)}
_WORDS |= {f"{word}{dot}": n for n, word in enumerate(_SHORT, 1) for dot in ("", ".")}
_WORDS |= {"Sept": 9, "Sept.": 9, "first": 1, "second": 2, "third": 3, "fourth": 4}
_RELATIVE = {"this year": "今年", "last year": "去年"}


def each_behind(passage: Passage) -> dict[int, str]:
    """The times right behind two figures of a sentence, each its own: 5% in 2018 and 8% in 2019."""
    found: dict[int, tuple[int, str]] = {}
    for mark in passage.marks:
        if m := _BEHIND.match(passage.folded[mark.paragraph - 1], mark.end):
            found[mark.n] = mark.sentence, m[1]
    alike = [n for n in found if n + 1 in found and found[n][0] == found[n + 1][0]]
    return {each: found[each][1] for n in alike for each in (n, n + 1)}


@lru_cache(1024)
def dates(phrase: str, published: date | None, year: int | None = None) -> tuple[str, str]:
    """First and last day of an English time phrase, ISO; empty what is not told.

    `year` is the one that the text named last: that of a month beside which none stands.
    """
    for pattern, chinese in _IN_CHINESE:
        if m := re.fullmatch(pattern, phrase):
            said = {name: str(_WORDS.get(word, word)) for name, word in m.groupdict().items()}
            of = _RELATIVE.get(m["year"] or "", f"{m['year']}年" if m["year"] else "")
            return dates_of(of + chinese.format(**said), year, published)
    if len(ends := _ENDS_OF_SPAN.split(phrase)) == 2 and ends[0].lower() != "mid":
        first, last = ends
        if not NAMED.search(first):
            first += last[-len(" 2015") :]
        start, end = dates(first, published)[0], dates(last, published)[1]
        return (start, end) if start <= end else ("", end)
    return "", ""
