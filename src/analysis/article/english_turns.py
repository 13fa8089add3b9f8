"""English lists of values that respectively ends: times before it and changes behind it are each
of one, in turn."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .clauses import Passage
from .english_bases import without_bases
from .english_dates import TIME
from .english_nouns import noun_after
from .marks import Mark

_LIST = re.compile(r"(?: [a-z]+){0,2}(?:,? and |, )")
_HEAD = re.compile(  # H1 2023 (H1 2022); comparative figures in brackets
    rf"(?:^|[,:] ?|\b(?:in|for) ){TIME.pattern} \({TIME.pattern}\)"
    r"|\b(?:[Pp]rior|[Pp]revious|[Ll]ast|[Cc]omparatives?|[Cc]omparative|[Cc]orresponding)[- ]?"
    r"(?:year|period|quarter|figures?|values?)?['’]?s?(?: (?:figures?|values?|numbers?|results))?"
    r"(?: (?:are|is|shown|given|stated))* (?:in|within) (?:round )?(?:brackets|parentheses)\b"
    r"|\b(?:in|within) (?:round )?(?:brackets|parentheses):? (?:(?:are|is|show|refer to"
    r"|relate to|give"
    r"|indicate|denote|for|represent) )*(?:(?:the|those|figures?|values?|numbers|comparatives|of"
    r"|for|in) )*"
    rf"(?:(?:prior|previous|preceding|last|corresponding|same|comparative)\b|{TIME.pattern})"
)
_MAY_BE_HEAD = re.compile(r"[0-9] \([A-Z0-9a-z]|brackets|parentheses")
_DATED = re.compile(  # 90 in (80 last year)
    r"[0-9](?: [a-z]+)? \([$£€]?[0-9][0-9,.]*[a-z]{0,2}"
    r" (?:last year|a year (?:ago|earlier|before))\)"
)
_AND = re.compile(r"(?: [a-z-]+){0,4}(?:,? and |, )(?:about |some |just |only )?")
_MOST = 3  # figures of one change: fell by 5, or 5%, from 95
_ENDS = re.compile(r"(?: [a-z]+){0,2},? respectively\b")


def lists(passage: Passage) -> Iterator[list[Mark]]:
    """The lists of values that respectively ends: of 90 and 40, respectively."""
    row: list[Mark] = []
    for mark in passage.marks:
        line = passage.folded[mark.paragraph - 1]
        goes_on = row and row[-1].paragraph == mark.paragraph and mark.is_level
        if not (goes_on and _LIST.fullmatch(line, row[-1].end, mark.start)):
            row = []
        if mark.is_level:
            row.append(mark)
        if len(row) > 1 and _ENDS.match(line, mark.end):
            yield row


def times_in_turn(passage: Passage) -> dict[int, str]:
    """The times of values in turn: profit for the first half and the full year of 90 and 40,
    respectively."""
    found: dict[int, str] = {}
    for row in lists(passage):
        times = TIME.findall(without_bases(row[0].tail))
        times = times[0].split(" and ") if len(times) == 1 else times  # May and June
        if len(times) == len(row):
            found |= {mark.n: time for mark, time in zip(row, times, strict=True)}
    return found


def priors_in_turn(passage: Passage) -> dict[int, Mark]:
    """The value of each base of a list, where as many values stand before it: 90 cars and 12 vans,
    compared with 80 cars and 9 vans."""
    found = _of_brackets(passage)
    for first in passage.marks:
        then = first.previous
        if not first.prior or first.is_change or then is None or then.prior:
            continue
        bases = [first]
        for mark in passage.marks[first.n + 1 : first.n + _MOST]:
            line, last = passage.folded[mark.paragraph - 1], bases[-1]
            if mark.sentence != first.sentence or not _AND.fullmatch(line, last.end, mark.start):
                break
            bases.append(mark)
        before = passage.marks[max(0, first.n - len(bases)) : first.n]
        pairs = [*zip(before, bases, strict=False)]
        fits = all(_are_alike(*pair, passage) for pair in pairs)
        if len(bases) > 1 and len(before) == len(bases) and fits:
            found |= {base.n: value for value, base in pairs}
    return found


def _of_brackets(passage: Passage) -> dict[int, Mark]:
    """The value before each bracket of a text, or behind one with a time, that says what time its
    brackets are of: H1 2023 (H1 2022); figures in parentheses are those of the previous year."""
    heads = any(map(_HEAD.search, filter(_MAY_BE_HEAD.search, passage.folded)))
    hits = ((n, _DATED.search(line)) for n, line in enumerate(passage.folded, 1))
    dated = {n: hit.end() for n, hit in hits if hit}
    if not (heads or dated):
        return {}
    found: dict[int, Mark] = {}
    for mark in passage.marks:
        of, line = mark.holder, passage.folded[mark.paragraph - 1]
        alone = mark.bracket and mark.previous is None and not mark.tail.strip()
        alike = of is not None and (of.counts, of.sort) == (mark.counts, mark.sort)
        told = heads or mark.start > dated.get(mark.paragraph, mark.start)
        if of and told and alone and alike and not of.prior and line.startswith(")", mark.end):
            found[mark.n] = of
    return found


def _are_alike(value: Mark, base: Mark, passage: Passage) -> bool:
    """Whether a value and one of a list of bases can be of one thing, by unit and noun."""
    if value.sentence != base.sentence or value.prior or value.bracket or base.bracket:
        return False
    here = (passage.folded[mark.paragraph - 1] for mark in (value, base))
    one, other = (
        {*noun_after(line, mark).split()} for line, mark in zip(here, (value, base), strict=True)
    )
    alike = (value.counts, value.is_rate, value.is_level) == (
        base.counts,
        base.is_rate,
        base.is_level,
    )
    return alike and (bool(one & other) or not (one and other))


def owners_in_turn(passage: Passage) -> dict[int, Mark]:
    """The value of each change behind a list of values, where they are as many: of 90 and 40,
    respectively, fell by 5, or 5%, and by 4, or 9%, from the year before."""
    found: dict[int, Mark] = {}
    for row in lists(passage):
        pieces: list[list[Mark]] = []
        for mark in passage.marks[row[-1].n + 1 : row[-1].n + 1 + _MOST * len(row)]:
            if not mark.is_change or mark.sentence != row[0].sentence:
                break
            if not pieces or any(mark.sort == each.sort for each in pieces[-1]):
                pieces.append([])
            pieces[-1].append(mark)
        one_base = len({piece[0].against for piece in pieces}) == 1
        if len(pieces) == len(row) and one_base:
            for value, piece in zip(row, pieces, strict=True):
                found |= {mark.n: value for mark in piece}
    return found
