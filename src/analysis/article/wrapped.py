"""Paragraphs that were printed over several lines, put together again.

What is copied from a PDF or a mail has a line break wherever the page was full. A text is read a
paragraph a line, so such breaks are taken out; where each figure stands is told by the lines as
they were given.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ..figures.script import width
from .words import NUMBER_OF_ITEM, fold

_FULL = 40  # columns that a line has at least that was broken because the page was full
_RAGGED, _OVER = 8, 4  # columns by which full lines differ: a number kept whole, signs that hang
_FEWEST = 3  # full lines that show how wide the page is
_FIGURE_LAST = re.compile(r"[0-9%‰][^\s0-9,]{0,3}$")
_SENTENCE_END = re.compile(r"(?:[。;!?:]|(?<![0-9])\.)[\"”’」』)]*$")
_ITEM = re.compile(
    rf"(?![0-9]{{3}})(?:{NUMBER_OF_ITEM.pattern})|\s*(?:[-*#•·●■◆▪|>]|[(\[]?[0-9]{{1,2}}[)\]])"
)
_HAN = re.compile("[\u3400-\u9fff]")
# Words that no line of its own ends with.
_GOES_ON = re.compile(
    r"(?:[,、(]|[下上]降|上升|增[长加]|减少|提高|同比|环比|比(?:[上去]年)?(?:同期)?|较(?:[上去]年)?(?:同期)?"
    r"|分别|其中|占|(?<![行作认])为|达到?|(?<!普)及|[的和与从在将至])$"
)
_DECIMALS = re.compile(r"[0-9]\.\n[0-9]{1,4}(?:[%‰]|个百分点|[万亿千]?[元人件])")
_UNIT_NEXT = re.compile(r"[%‰起件人宗名例万亿元个次年月日户公吨亩]")
_WORDS = re.compile(r"[A-Za-z]{2,}")
_ENOUGH_WORDS = 5
_TIES = re.compile(
    r"(?:,|\b(?:an?|the|of|in|to|by|with|than|and|or|from|at|for|on|per|between|was|were|is|are|had"
    r"|has|about|over|under|nearly|some))$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Unwrapped:
    """A text with each paragraph in one line, and where its pieces stood."""

    text: str
    first: list[int]  # the line, from 1, in which each paragraph begins
    begins: dict[int, list[int]]  # of those over several lines where in them each line begins

    def place(self, paragraph: int, start: int) -> tuple[int, int]:
        """The line, from 1, and the offset in it of what starts in a paragraph, from 1."""
        return self.spans(paragraph, start, start + 1)[0][:2]

    def spans(self, paragraph: int, start: int, end: int) -> list[tuple[int, int, int]]:
        """Line, start and end of each piece of what stands in a paragraph."""
        line, begins = self.first[paragraph - 1], self.begins.get(paragraph)
        if begins is None:
            return [(line, start, end)]
        held = range(bisect_right(begins, start) - 1, bisect_right(begins, end - 1))
        last = [*begins[1:], end]
        return [(line + n, max(start - begins[n], 0), min(end, last[n]) - begins[n]) for n in held]


def unwrapped(text: str) -> Unwrapped:
    """A text with its wrapped paragraphs in one line each.

    A line goes on in the next where it ends in a comma or a word that ends no line, where a number
    is parted from its unit, and where an English line goes on in small letters. Where most lines
    that end in no sign have the width of a page, these go on as well.

    >>> unwrapped("全年共立刑事案件一千余起，其中盗窃案件下降\\n5.2%。").text
    '全年共立刑事案件一千余起，其中盗窃案件下降5.2%。'
    >>> unwrapped("盗窃案件342起\\n诈骗案件120起").text
    '盗窃案件342起\\n诈骗案件120起'
    """
    lines = text.split("\n")
    said = [fold(line).strip() for line in lines]
    joined = [_goes_on(said[n], said[n + 1]) for n in range(len(said) - 1)] + [False]
    for n in _full(said, joined):
        joined[n] = True
    if not any(joined):
        return Unwrapped(text, list(range(1, len(lines) + 1)), {})
    parts: list[list[str]] = []
    first: list[int] = []
    begins: dict[int, list[int]] = {}
    length = 0
    for n, line in enumerate(lines):
        if n and joined[n - 1]:
            # Within Chinese text stands no blank.
            apart = "" if _HAN.search(lines[n - 1]) or _HAN.search(line) else " "
            begins.setdefault(len(parts), [0]).append(length + len(apart))
            parts[-1] += apart, line
            length += len(apart) + len(line)
        else:
            parts.append([line])
            first.append(n + 1)
            length = len(line)
    return Unwrapped("\n".join(map("".join, parts)), first, begins)


def _goes_on(line: str, then: str) -> bool:
    """Whether a line surely goes on in the next."""
    if not line or not then or width(line) < _FULL or _ITEM.match(then):
        return False
    if _HAN.search(line):
        parted = line[-1].isdigit() and _UNIT_NEXT.match(then)
        return bool(_GOES_ON.search(line) or parted or _DECIMALS.search(f"{line}\n{then}"))
    if len(_WORDS.findall(line)) < _ENOUGH_WORDS or line[-1] in ".;:!?":
        return False
    return then[0].islower() or bool(_TIES.search(line))


def _full(said: list[str], joined: list[bool]) -> Iterator[int]:
    """The Chinese lines that end because the page was full, if the text has lines of one width.

    Rows of a list may be of one width, too, but end in figures.
    """
    chinese = [n for n in range(len(said) - 1) if said[n + 1] and _HAN.search(said[n])]
    open_ = [n for n in chinese if not _SENTENCE_END.search(said[n])]
    widths = {n: wide for n in open_ if (wide := width(said[n])) >= _FULL}
    if len(widths) < _FEWEST:
        return
    count = Counter(widths.values())
    page = max(count, key=lambda wide: sum(count[wide - less] for less in range(_RAGGED + 1)))

    def is_full(n: int) -> bool:
        return page - _RAGGED <= width(said[n]) <= page + _OVER

    full = [n for n in widths if is_full(n)]
    broken = sum(joined[n] or not _FIGURE_LAST.search(said[n]) for n in full)
    if len(full) >= _FEWEST and 3 * len(full) >= 2 * len(widths) and 3 * broken >= len(full):
        full += [n for n in chinese if said[n][-1] == ";" and is_full(n)]
        yield from (n for n in full if not _ITEM.match(said[n + 1]))
