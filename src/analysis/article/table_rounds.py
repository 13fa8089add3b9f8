"""Rows whose labels come again and again in one order, and what each round of them is of.

A merged label beside a round (火災 over 出動件数 and 搬送人員) is printed once: before the label of
one of its rows, or on a line of its own between them. It is put over its round.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .table_numbers import plain
from .table_words import CHINESE, Words

_LONGEST = 6  # rows of a round
_FEWEST = 3  # rounds

Row = tuple[Words, list[str] | None]  # a line, and its numbers where it is one of figures


class _Told(NamedTuple):
    """A row of figures: the lines before it, the words before the last of its label, that one."""

    lines: list[Words]
    over: list[str]
    own: str

    @property
    def headed(self) -> bool:
        """Whether it may have the label of its round: before its own, or on the line before."""
        return bool(self.over) or len(self.lines) == 1


def rounds_of(rows: Sequence[Row]) -> tuple[list[Row], dict[int, str]]:
    """Rows without the labels of their rounds, and by row the label of its round; as they are
    where none go round.

    >>> from .table_words import line_of
    >>> texts = ["北 男 3", "女 2", "南 男 4", "女 1", "西 男 5", "女 6"]
    >>> rows = [(line_of(text, n), ["1"]) for n, text in enumerate(texts)]
    >>> [line.label for line, _ in rounds_of(rows)[0]][:3], rounds_of(rows)[1][1]
    (['男', '女', '男'], '北')
    """
    told, before = [], list[Words]()
    for line, numbers in rows:
        if numbers is None:
            before.append(line)
        else:
            words = plain(line.label).split() or [""]
            told.append(_Told(before, words[:-1], words[-1]))
            before = []
    places = _places(told)
    figures = [row for row in rows if row[1] is not None]
    found: list[Row] = []
    over: dict[int, str] = {}
    for n, (line, numbers) in enumerate(figures):
        row = told[n]
        own = places.get(n)
        found += [(each, None) for each in row.lines if row.over or own != n]
        if own is not None:
            head = told[own]
            also = told[own + 1].over if places.get(own + 1) == own else []
            over[len(found)] = " ".join([*head.over, *also]) or plain(head.lines[0].text)
            line = line._replace(label=row.own)
        found.append((line, numbers))
    return [*found, *((line, None) for line in before)], over


def _places(told: Sequence[_Told]) -> dict[int, int]:
    """The rows of the longest series of rounds, each with the one that has its round's label."""
    best: dict[int, int] = {}
    if sum(bool(row.over or row.lines) for row in told) < _FEWEST:
        return best
    for length in range(2, _LONGEST + 1):
        for place in range(length):
            n = 0
            while n + _FEWEST * length <= len(told):
                if not (told[n + place].over or told[n + place].lines):
                    n += 1  # no label of a round
                    continue
                own = [row.own for row in told[n : n + length]]
                found: dict[int, int] = {}
                heading = n > 0 and not told[n + place].over  # of the rows behind it
                twice = 0  # rounds whose label goes on in another tongue
                while not heading and (heads := _heads_of(told[n : n + length], own, place)):
                    found |= dict.fromkeys(range(n, n + length), n + place)
                    twice += heads > 1
                    n += length
                enough = len(found) >= max(_FEWEST * length, len(best) + 1)
                if enough and twice * length < len(found) / 2:
                    best = found
                n += not found
    return best


def _heads_of(told: Sequence[_Told], own: Sequence[str], place: int) -> int:
    """How many rows of a round have its label: one, or one more that translates it; 0 where they
    are no round."""
    if [row.own for row in told] != own or len(set(own)) < len(own) or not all(own):
        return 0
    headed = [k for k, row in enumerate(told) if row.headed or row.lines]
    if headed == [place, place + 1] and not told[place + 1].lines:
        chinese = [bool(CHINESE.search(" ".join(told[k].over))) for k in headed]
        headed = headed[:1] if chinese == [True, False] and told[place].over else []
        return 2 * bool(headed)
    return int(headed == [place] and bool(told[place].over or place))
