"""English values of an earlier time that stand in a bracket or a clause of their own: 90 (80 a year
earlier); There are 90. A year ago there were 80; it had been 80."""

from __future__ import annotations

import re

from .clauses import Passage
from .english_bases import BEFORE, SAME
from .english_dates import DAY, MONTH, TIME, YEAR
from .english_nouns import noun_after
from .english_subjects import before_sentence
from .marks import Mark

_PERIOD = r"(?:year|quarter|month|week|season|period|term|half)"
_THEN = (  # a time that is one by what is told beside it
    rf"(?:(?:the )?{BEFORE} (?:financial |fiscal |calendar )?{_PERIOD}|(?:the )?{SAME} (?:of |in"
    rf" )?(?:the )?"
    rf"(?:{BEFORE} year|year before|a year (?:ago|earlier|before))|(?:the )?{_PERIOD} (?:before"
    rf"|earlier)"
    rf"|(?:an?|one|two|three|four|five|ten|12|twelve) {_PERIOD}s? (?:ago|earlier|before|previously)"
    rf"|{_PERIOD}[- ](?:ago|earlier)|prior[- ]year|PY)"
)
# In a bracket before a value: (2023: 90), (previous year: 90), (2023 before tax: 90), (from 90).
_BEFORE_IT = re.compile(
    rf"\s*(?:(?:{TIME.pattern}|(?:{DAY} )?{MONTH}|(?:the )?(?:{BEFORE} (?:year|quarter|month)"
    rf"|{SAME} (?:of )?(?:the )?{BEFORE} year|year (?:ago|earlier|before))|FY ?['’]?[0-9]{{2,4}}"
    rf"|{_THEN})"
    rf"(?: [a-z][a-z' -]{{2,40}})?\s?:\s*|(?:in )?(?:{_THEN}|FY ?['’]?[0-9]{{2,4}}|[HQ][1-4]"
    rf" {YEAR}) "
    r"|(?:(?:up|down|rising|falling) )?(?:from|was|were|previously|formerly|prior|prev\.?|vs?\.?"
    r"|versus|against"
    r"|compared (?:with|to)):? )",
    re.IGNORECASE,
)
_BEHIND_IT = re.compile(  # (90 a year earlier), (90 cases in 2022)
    rf"(?: [a-z]+){{0,2}}? (?:(?:in|at|during|on|for) )?(?:{_THEN}|{TIME.pattern})\)", re.IGNORECASE
)
_OF_LOSS = re.compile(rf"{_BEFORE_IT.pattern}(?:[a-z]+ )+of ", re.IGNORECASE)  # (2023: loss of 90)
_UP_TO_VALUE = re.compile(  # 90 between a bracket of the base and its value: A (2023: 80) was 90
    r"\)(?: (?:was|were|is|are|of|at|to|stood|came|totalled|amounted|rose|fell|increased"
    r"|decreased|grew|reached))* "
)
_YEARS = re.compile(YEAR)
_IT = (
    r"(?:(?:it|they|there|this|that|these|those|he|she|we|the (?:[a-z]+ )?(?:figure|number|total"
    r"|rate|proportion|share"
    r"|count|tally|level|average|comparable figure))s?)"
)
_WAS = r"(?:was|were|had been|stood at|came to|totalled|numbered|amounted to|reached|had|[a-z]+ed)"
_CLAUSE_OF_THEN = re.compile(  # a clause before its value
    rf"^\W*(?:(?:and|but|while|whereas|where|when|only|just) )?(?:(?:in |at |during"
    rf" )?{_THEN}['’]?s?,? (?:(?!saw\b|brought\b)[a-z]+ ){{0,3}}?"
    rf"{_WAS}?|{_THEN}['’]?s? [a-z ]{{3,30}}? {_WAS}|{_IT} (?:had (?:previously |earlier |once"
    rf" )?been|had (?:previously )?stood at"
    rf"|used to be|(?:was|were) (?:previously|formerly|originally)))"
    rf"(?: (?:{_WAS}|about|around|just|only|some|nearly|almost|at|to|a|the))*\s*$|^\W*"
    rf"(?:previously|formerly|earlier):?,?\s*$",
    re.IGNORECASE,
)
_IT_WAS = re.compile(
    rf"^\W*(?:(?:and|but|while|whereas|only|just) )?{_IT} {_WAS}(?: (?:about|around|just|only|some"
    rf"|at))*\s*$",
    re.IGNORECASE,
)
_OF_THEN = re.compile(
    rf"(?:\s(?!than|from|up|down|more|fewer|compared)[a-z-]+){{0,3}}? (?:(?:in|at|during|for)"
    rf" )?{_THEN}\b",
    re.IGNORECASE,
)
_LONGEST = 100  # characters of the words before such a value
_STOPS = re.compile(r"[;。]|\s[–—-]\s|,? (?=while|whereas|when|but)")


def dated_value(mark: Mark, passage: Passage) -> Mark | None:
    """The value that a bracket beside it compares with one of a time: 90 (2020: 80); 90, up 5%
    (2020: 86); A (2020: 80) was 90; 90 (80 a year ago). Those of two times are no base."""
    then, of = passage.behind(mark), mark.holder
    again = then is not None and then.bracket == mark.bracket and not then.is_change
    if not mark.bracket or mark.previous is not None or again:
        return None
    line = passage.folded[mark.paragraph - 1]
    behind = "" if mark.tail.strip() else _BEHIND_IT.match(line, mark.end)
    if not (behind or _BEFORE_IT.fullmatch(mark.tail)):
        return None
    if of is not None and of.is_change and of.sort != mark.sort:
        of = of.previous if of.previous and of.previous.sentence == of.sentence else None
    if of is None and then is not None and then.sentence == mark.sentence:
        of = then if _UP_TO_VALUE.fullmatch(line, mark.end, then.start) else None
    alike = of is not None and (of.counts, of.sort) == (mark.counts, mark.sort)
    if of is None or not alike or of.prior:
        return None
    told = _YEARS.findall(f"{of.tail} {line[of.end : mark.start]}") if of.end < mark.start else []
    own = _YEARS.findall(behind[0] if behind else mark.tail)
    return None if behind and told and own and own[-1] >= max(told) else of


def is_of_loss(mark: Mark) -> bool:
    """Whether a bracket says that another time had a loss: (2023: loss of 90)."""
    return bool(mark.bracket and _OF_LOSS.fullmatch(mark.tail))


def now_of(mark: Mark, passage: Passage) -> Mark | None:
    """The value that one of an earlier time in a clause of its own is the base of: There were 90.
    A year before it was 80."""
    if not (mark.is_level or mark.is_rate) or mark.bracket:
        return None
    line, at = passage.folded[mark.paragraph - 1], mark.previous
    pieces = _STOPS.split(line[at.end : mark.start] if at is not None else line[: mark.start])
    begins = len(pieces) > 1 or at is None or at.sentence != mark.sentence
    said = pieces[-1][-_LONGEST:]
    then = _CLAUSE_OF_THEN.match(said) or (_IT_WAS.match(said) and _OF_THEN.match(line, mark.end))
    if not (begins and then and len(said) < _LONGEST):
        return None
    if at is not None and at.sentence == mark.sentence:
        row = [m for m in passage.marks[max(0, mark.n - 4) : mark.n] if m.sentence == mark.sentence]
    else:
        row = before_sentence(mark, passage)
    alike = [m for m in row if _is_alike(m, mark)]
    own = _noun_behind(mark, passage)
    alike = [m for m in alike if not own or own in (_noun_behind(m, passage) or m.tail)]
    named = [m for m in alike if m.name and m.name == mark.name] if len(alike) > 1 else alike
    return named[0] if len(named) == 1 else None


def _noun_behind(mark: Mark, passage: Passage) -> str:
    """What stands behind a value as what it counts: beds, where 820 new beds are."""
    return noun_after(passage.folded[mark.paragraph - 1], mark).rpartition(" ")[2]


def _is_alike(one: Mark, other: Mark) -> bool:
    same = one.counts == other.counts and not (one.prior or one.bracket)
    return same and (one.is_rate, one.is_level) == (other.is_rate, other.is_level)
