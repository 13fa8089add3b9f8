"""English text: the time that governs a figure, and what a change is against."""

from __future__ import annotations

import re
from datetime import date
from itertools import groupby, pairwise

from . import english_dates
from .clauses import Passage
from .english_bases import NEAR, base_of, beyond, without_bases
from .english_dates import NAMED, TIME, dates
from .english_priors import LEADS, TO_NOW, opens, set_priors
from .marks import Mark
from .periods import follows

_SINCE_THEN = re.compile(r"^\s*since(?= )")  # a fall of 5% since 2022; the fewest since is no base
_OF_BRACKETS = re.compile(r"\b(?:in|within) (?:round )?(?:brackets|parentheses)\b", re.IGNORECASE)
_OPENS_BASE = re.compile(
    r"\s*(?:(?:when |as )?compared|relative to|against|year[- ]on|month[- ]on|on (?:an?|the)"
    r"|(?:a|one|twelve|12) (?:year|month|quarter)s? later)\b",
    re.IGNORECASE,
)
_APART = re.compile(r"[;。]|\b(?:while|whereas|but|although)\b|,? and (?=in\b)")


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
    set_priors(passage)
    current, year, behind = "", None, english_dates.each_behind(passage)
    for mark in passage.marks:
        after = _after(passage, mark)
        if mark.prior:
            leads = LEADS.search(mark.tail)  # 90 in 2015, compared with 80: not of 2015
            said = mark.tail[leads.start() :] if leads else mark.tail
            if leads and (opening := _times(mark.tail[: leads.start()])):
                current = opening[-1]  # In 2021 thefts fell from 90 to 80
            mark.when = next(iter(TIME.findall(after) or TIME.findall(said)), "")
        else:
            # Behind the value of a base stands its own time: from 13,022 in 2021. Of these, 4,321
            of_base = mark.n > 0 and passage.marks[mark.n - 1].prior
            tail = "" if of_base and TO_NOW.fullmatch(mark.tail) else mark.tail
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
        if to_it and not then.prior and TO_NOW.fullmatch(then.gap) and not TIME.search(mark.tail):
            mark.when, mark.period = then.when, then.period
    _set_against(passage)


def _opening(mark: Mark) -> str:
    """The words with which the sentence of a figure opens: Compared with 2021, …"""
    at = mark
    while at.previous is not None and at.previous.sentence == mark.sentence:
        at = at.previous
    return at.tail.split(",")[0] if _OPENS_BASE.match(at.tail) else ""


def _set_against(passage: Passage) -> None:
    sentences: dict[int, list[Mark]] = {}
    for mark in passage.marks:
        if mark.is_change:
            sentences.setdefault(mark.sentence, []).append(mark)
    for changes in sentences.values():
        for mark in changes:
            before = mark.tail if opens(mark) else re.split(r"[,;]", mark.tail)[-1]
            value = mark.previous
            start = value.previous if value is not None and not value.is_change else None
            if value is not None and value.prior and value.sentence == mark.sentence:
                before = f"{value.tail}0{mark.tail}"  # compared to 9,219 in 2021, up 88%
            elif value is not None and start is not None and start.prior and not opens(value):
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
