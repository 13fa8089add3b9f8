"""English lists of values that respectively ends: times before it and changes behind it are each
of one, in turn."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .clauses import Passage
from .english_bases import without_bases
from .english_dates import TIME
from .marks import Mark

_LIST = re.compile(r"(?: [a-z]+){0,2}(?:,? and |, )")
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
