"""English text: the time that governs a figure, and what a change is against."""

from __future__ import annotations

import re
from datetime import date
from itertools import groupby, pairwise

from . import english_dates
from .clauses import Passage
from .english_bases import BEFORE, NEAR, base_of, beyond, without_bases
from .english_dates import AGO, NAMED, TIME, YEAR, dates
from .english_earlier import dated_value
from .english_priors import LEADS, TO_NOW, opens, set_priors
from .english_turns import times_in_turn
from .marks import Mark
from .periods import follows

_SINCE_THEN = re.compile(
    r"^[\s)]*since(?= )"
)  # a fall of 5% since 2022; the fewest since is no base
_OF_BRACKETS = re.compile(r"\b(?:in|within) (?:round )?(?:brackets|parentheses)\b", re.IGNORECASE)
_OPENS_BASE = re.compile(
    r"\s*(?:(?:when |as )?compared|relative to|against|year[- ]on|month[- ]on|on (?:an?|the)"
    r"|(?:a|one|twelve|12) (?:year|month|quarter)s? later)\b",
    re.IGNORECASE,
)
_IN_THE_YEAR = re.compile(  # a rise of 40 (5%) in the year to May
    r"(?:\s?\([^()]*\)|\)|\s(?:in|for) [a-z -]{3,40}?)?\s(?:in|over) the year"
    r"(?: to (?!date)|(?=[,.;)。]|$| and\b))"
)
_PIECES = re.compile(r"[,;]|\bbut\b")
_ITS_OWN = re.compile(r";|\b(?:and(?! [0-9])|but|since)\b")  # 90 in 2022 and the lowest since 1976
_SINCE = re.compile(r"\bsince\b|\bafter (?:[a-z]+ing|an?|the)\b")
_AFTER = re.compile(r"\bafter (?:[a-z]+ing|an?|the)\b[^,;。]*(?=[,;。])")
_OF_THEN = re.compile(r"^[^,;(]*[,;(]")  # right behind a value of the base, what is its own
_COMPARED = re.compile(r"\bcompar(?:ed|es|ing) (?:with|to)\b")
_YEARS = re.compile(YEAR)
_RELATIVE = {"last year": 9998, "this year": 9999}  # behind all years that have a number
_BEFORE_IT = re.compile(  # after falling by 4% in April, compared with a fall of 4% in April
    r"\b(?:after|following|against|compared (?:with|to))(?:(?: an?| the)(?: [a-z-]+){0,2})?"
    r"(?: growth of)? $"
)
_THEN = re.compile(  # after a rise of 2% in the month before: its own time, and no base
    rf"\s(?:in|during|for|over) (the (?:{BEFORE} (?:year|quarter|month|week)"
    r"|(?:year|month) before))"
)
_EARLIER = re.compile(  # the time of a sentence alone
    r"\s*(A (?:year|month) (?:earlier|ago)|The year before|(?:The )?[Yy]ear to date),"
)
_AND_THE = re.compile(  # 90 thefts and 40 wrecks in 2021
    r"(?: [a-z-]+){1,5},? and (?:[a-z-]+ ){0,3}"
)
_ITEM = re.compile(r"(?:[•·‣▪●*–—-]|\(?[0-9a-z]{1,2}[.)])\s")
_AND_WAS = re.compile(r",?\s(?:and|but|or)(?: (?:was|were|is|are|stood))? ")
_HEADLINE = 80  # characters
_OF_LEVEL = re.compile(r",\s(?:well |just |still )?(?:below|above|ahead of|short of)\b")
_APART = re.compile(r"[;。]|\b(?:while|whereas|but|although)\b|,? and (?=in\b)")


def _times(said: str) -> list[str]:
    """The times of some words, but for those that something is compared with."""
    return TIME.findall(without_bases(said)) if TIME.search(said) else []


def _after(passage: Passage, mark: Mark) -> str:
    """What follows a mark in its sentence, to the next change."""
    line = passage.folded[mark.paragraph - 1]
    end = min(len(line), mark.end + NEAR)
    bases = 0  # a second one has a time of its own
    for then in passage.marks[mark.n + 1 : mark.n + 8]:
        if then.paragraph != mark.paragraph:
            break
        bases += then.prior
        if bases > 1 and not (mark.is_change or mark.prior):
            end = min(end, then.start)
            break
        of_growth = (
            mark.sort == "change" and then.prior and then.is_rate
        )  # up 2%, against 4% a year earlier
        if of_growth or ((then.is_change or not mark.is_change) and not then.prior):
            end = min(end, then.start)
            break
    said = _APART.split(line[mark.end : end])[0]
    level = passage.behind(mark)
    to = level is not None and level.is_level and not level.prior and level.end < end
    if to and level is not None:  # fell by 5% to 90, below the target
        own, level_and_more = said[: level.end - mark.end], said[level.end - mark.end :]
        said = own + _OF_LEVEL.split(level_and_more)[0]
    return said


def set_periods(passage: Passage, published: date | None) -> None:
    """Set `prior`, `when`, `period` and `against` of the marks of an English passage."""
    set_priors(passage)
    current, year = "", None
    behind = english_dates.each_behind(passage) | times_in_turn(passage)
    leads = _lead_ins(passage)
    aside, timed = "", set[int]()  # the time of a sentence alone; figures with times of their own
    for mark in passage.marks:
        after = _after(passage, mark)
        current = leads.get(mark.n, current)
        if mark.prior:
            base = LEADS.search(mark.tail)  # 90 in 2015, compared with 80: not of 2015
            since = base is not None and base[0].startswith(", when")
            said = mark.tail[base.start() :] if base and not since else mark.tail
            if base and not since and (opening := _times(mark.tail[: base.start()])):
                current = opening[-1]  # In 2021 thefts fell from 90 to 80
            dated = dated_value(mark, passage) is not None
            after = "" if dated else _ITS_OWN.split(after)[0]
            mark.when = _when_then(mark, after, said, passage)
        else:
            # Behind the value of a base stands its own time: from 13,022 in 2021. Of these, 4,321
            before = (mark.previous, passage.marks[mark.n - 1] if mark.n else None)
            of_base = any(each and (each.prior or _is_compared(each)) for each in before)
            tail = "" if of_base and TO_NOW.fullmatch(mark.tail) else mark.tail
            tail = _OF_THEN.sub("", tail) if of_base and mark.is_change else tail
            own = _times(f"{beyond(mark.previous)}{_AFTER.sub('', tail)}")[-1:]
            if not own:
                own = _times(_own_words(mark, after, passage))[:1]
            gap = tail if of_base else mark.gap
            if not own and gap != tail:
                own = _times(f"{beyond(mark.previous)}{gap}")[-1:]
            if _is_compared(mark) and (before_it := _THEN.match(after)):
                own = [before_it[1]]
            if opens(mark):
                then_was = _EARLIER.match(mark.tail)
                aside = then_was[1] if then_was else ""
            mark.when = behind.get(mark.n) or (own[0] if own else aside or current)
            if own or mark.n in behind:
                timed.add(mark.n)
            if not (mark.bracket or aside or _is_compared(mark)):
                current = mark.when
        _is_earlier(mark)
        if not mark.prior and (named := NAMED.search(mark.when)):
            year = int(named[0])
        mark.period = dates(mark.when, published, year)
    for mark, then in zip(passage.marks[-2::-1], passage.marks[:0:-1], strict=True):
        both = mark.is_level and then.is_level and not (mark.prior or then.prior)
        if both and then.n in timed and mark.n not in timed and _AND_THE.fullmatch(then.gap):
            mark.when, mark.period = then.when, then.period
            timed.add(mark.n)
    for mark, then in pairwise(passage.marks):  # fell 5% to 90 in August: both are of August
        value = then.is_level or then.is_rate
        to_it = mark.is_change and value and then.sentence == mark.sentence
        if to_it and not then.prior and TO_NOW.fullmatch(then.gap) and not TIME.search(mark.tail):
            mark.when, mark.period = then.when, then.period
    _set_against(passage)


def _is_compared(mark: Mark) -> bool:
    """Whether a change is one that another is compared with: after falling by 4% in April."""
    return mark.is_change and bool(_BEFORE_IT.search(mark.tail))


def _when_then(mark: Mark, after: str, said: str, passage: Passage) -> str:
    """When a value of the base was, by the words behind it, those before it or its bracket's."""
    then = passage.behind(mark)
    own = after[: then.start - mark.end] if then is not None and then.prior else after
    own = own.split(",")[0]
    words = ((TIME, own), (AGO, own), (TIME, after), (TIME, said))
    if times := next(filter(None, (time.findall(each) for time, each in words)), []):
        return str(times[0])
    told = (_bracketed(mark, passage, TIME), AGO.findall(said), _bracketed(mark, passage, AGO))
    return next((str(times[-1]) for times in told if times), "")


def _bracketed(mark: Mark, passage: Passage, time: re.Pattern[str]) -> list[str]:
    """The time before the bracket of a value of the base: 5% fewer than in 2022 (95)."""
    line, of = passage.folded[mark.paragraph - 1], mark.holder
    behind = of is not None and mark.bracket and mark.previous is None
    return time.findall(line[of.end : mark.start])[-1:] if of is not None and behind else []


def _is_earlier(mark: Mark) -> None:
    """Of two values that are compared that of the earlier year is the base: 3 in 2018, compared
    with 16 this year."""
    of = mark.previous
    if not mark.prior or of is None or of.prior or not of.is_level or of.sentence != mark.sentence:
        return
    years = [_year_of(each.when) for each in (of, mark)]
    if _COMPARED.search(mark.gap) and all(years) and years[0] < years[1]:
        mark.prior, of.prior = False, True


def _year_of(when: str) -> int:
    """The year of a time, so that years can be compared; 0 where it names none."""
    named = [*_YEARS.finditer(when)][-1:]
    relative = [n for word, n in _RELATIVE.items() if word in when.lower()]
    return int(named[0][0]) if named else max(relative, default=0)


def _lead_ins(passage: Passage) -> dict[int, str]:
    """The times that lines without figures name, each with the mark that follows: a headline, or
    words that end in a colon, which every item below begins with again."""
    found: dict[int, str] = {}
    said, of_items, home = "", False, 0
    first = {mark.paragraph: mark.n for mark in reversed(passage.marks)}
    for n in sorted(passage.english):
        line = passage.folded[n - 1].strip()
        if n in first:
            if said and (home == 0 or (of_items and _ITEM.match(line))):
                found[first[n]], home = said, n
            continue
        colon = line.endswith(":")
        times = _times(line) if colon or (len(line) <= _HEADLINE and "。" not in line) else []
        if times:
            said, of_items, home = times[-1], colon, 0
    return found


def _own_words(mark: Mark, after: str, passage: Passage) -> str:
    """The words right behind a figure: a 5% rise in thefts in 2023. Those of a base are not its."""
    then = passage.behind(mark)
    if then is None or then.paragraph != mark.paragraph:
        return f"{beyond(mark)}{_SINCE.split(after)[0]}"
    if mark.is_change:
        words = "" if then.prior else after[: then.start - mark.end]
        return f"{beyond(mark)}{_SINCE.split(words)[0]}"
    of_base = then.prior and then.bracket and not mark.bracket
    return after[: then.start - mark.end].rpartition("(")[0] if of_base else _SINCE.split(after)[0]


def _opening(mark: Mark) -> str:
    """The words with which the sentence of a figure opens: Compared with 2021, …"""
    at = [mark, *mark.back()][-1]
    return at.tail.split(",")[0] if _OPENS_BASE.match(at.tail) else ""


def _set_against(passage: Passage) -> None:
    sentences: dict[int, list[Mark]] = {}
    for mark in passage.marks:
        if mark.is_change:
            sentences.setdefault(mark.sentence, []).append(mark)
    for changes in sentences.values():
        for mark in changes:
            before = mark.tail if opens(mark) else _PIECES.split(mark.tail)[-1]
            value = mark.previous
            start = value.previous if value is not None and not value.is_change else None
            if value is not None and value.prior and value.sentence == mark.sentence:
                before = f"{value.tail}0{mark.tail}"  # compared to 9,219 in 2021, up 88%
            elif (
                value is not None
                and start is not None
                and start.prior
                and not opens(value)
                and value.sentence == mark.sentence
            ):
                if _COMPARED.search(value.gap):  # 24 in 2018, compared with 52 in 2019
                    before = f"than {start.when}{before}"
                else:
                    before = f"{start.tail}0{value.tail}0{before}"  # from 91 in 2021 to 98, up 8%
            after = beyond(mark) + _SINCE_THEN.sub(" from", _after(passage, mark))
            after = _THEN.sub("", after) if _is_compared(mark) else after
            mark.against = base_of(after) or ("year earlier" if _IN_THE_YEAR.match(after) else "")
            mark.against = mark.against or base_of(before, last=True)
            if mark.bracket and mark.holder is not None:  # 90, against 80 a year earlier (up 5%)
                of_base = f"{mark.holder.tail}0" if mark.holder.prior else ""
                before = of_base + passage.folded[mark.paragraph - 1][mark.holder.end : mark.start]
                mark.against = mark.against or base_of(before, last=True)
            mark.against = mark.against or base_of(_opening(mark)) or _of_bracket(mark, passage)
            if mark.against[5:].isdigit():
                times = TIME.findall(after if base_of(after) else before)
                then = next((each for each in times if each.endswith(mark.against[5:])), "")
                if follows(dates(then, None), mark.period):
                    mark.against = "previous period"
        for mark, then in zip(changes[-2::-1], changes[:0:-1], strict=True):
            if not (_is_compared(then) or _is_of_one(mark, then)):
                mark.against = mark.against or then.against
        for before_it, mark in pairwise(changes):
            mark.against = mark.against or before_it.against
    _carry(passage)
    base = next(filter(None, map(_said_of_brackets, passage.folded)), "")
    for mark in passage.marks:
        if mark.is_change:
            mark.against = mark.against or (base if mark.bracket else "") or "not stated"


def _is_of_one(mark: Mark, then: Mark) -> bool:
    """Whether two changes are of one value that stands between them: rose 5% to 90 and was 8%
    higher than in 2021. Each has a base of its own."""
    between = then.previous is not None and then.previous.previous is mark
    return between and mark.sort == then.sort and bool(_AND_WAS.fullmatch(then.gap))


def _of_bracket(mark: Mark, passage: Passage) -> str:
    """The base that a bracket says, behind a change or its value: up 5% to 90 (2020: 86)."""
    near = [*passage.marks[mark.n + 1 : mark.n + 3], *passage.marks[max(0, mark.n - 2) : mark.n]]
    for then in near:
        value = dated_value(then, passage) if then.bracket and then.prior else None
        if value is not None and (
            then.holder is mark or value in (mark, mark.previous) or value.previous is mark
        ):
            return base_of(f"than {then.tail}")
    return ""


def _of_its_prior(mark: Mark, passage: Passage) -> str:
    """The base that a bracket before a change says: 90 (2020: 80), growth of 12.5%."""
    then = passage.marks[mark.n - 1] if mark.n else mark
    of_value = then.holder is mark.previous or then.bracket == mark.bracket
    return base_of(f"than {then.tail}") if then.prior and then.bracket and of_value else ""


def _carry(passage: Passage) -> None:
    """Give changes that say no base that of the sentence before on the same time, where it has one.

    Behind an ellipsis text is left out; a plan or a peak is of its own sentence, and a year that is
    named of its paragraph or item.
    """
    of: Mark | None = None
    for _, group in groupby(passage.marks, lambda mark: mark.sentence):
        here = [*group]
        if "…" in here[0].gap and not TIME.search(here[0].tail):
            of = None
        if of is not None and of.against[5:].isdigit() and _begins(here[0], of):
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
            own = [mark for mark in said if not _is_compared(mark)] or said
            of = own[-1] if one else None


def _begins(mark: Mark, of: Mark) -> bool:
    """Whether the sentence of a figure begins a paragraph behind that of one before, or an item."""
    return mark.paragraph > of.paragraph or bool(_ITEM.match(mark.tail.lstrip()))


def _said_of_brackets(line: str) -> str:
    """What a text says of all its brackets: figures in brackets compare with 2012."""
    said = _OF_BRACKETS.search(line)
    return base_of(line[said.start() :]) if said else ""
