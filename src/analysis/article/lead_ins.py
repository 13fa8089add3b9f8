"""What a headline, or the words that introduce a list, says of the time of what follows."""

from __future__ import annotations

import re

from .clauses import Passage
from .words import NUMBER_OF_ITEM, OF_BASE, TIME

_LONGEST_HEADLINE = 40
_SENTENCE_END = re.compile(r"[。;!?]")
_OPENS = re.compile(rf"(?:{NUMBER_OF_ITEM.pattern})?\s*(?P<time>{TIME.pattern})")
# A report to a session is on the year before; a day is that of the print, a law's year its own.
_NOT_OF_FIGURES = re.compile(
    r"工作报告|发布|来源|日期|时间:|记者|编辑|条例|办法|规定|意见|通知|决定|法》|[0-9]号"
)
_TOLD = re.compile(r"^[^。;]*?(?:获悉|了解到)[,:]")  # 记者从发布会上获悉,今年
_DAY = re.compile(r"[日号]$")


def lead_ins(passage: Passage, title: str = "") -> list[tuple[int, str]]:
    """The time phrases that govern what follows until another is said, with their paragraphs.

    They stand in a headline (`title` stands before all paragraphs), in words that end in a colon,
    or at the beginning of a paragraph in which no figure stands.

    >>> from .clauses import passage_of
    >>> lead_ins(passage_of("2018年上半年治安情况", []))
    [(1, '2018年上半年')]
    """
    ends = {}
    for mark in passage.marks:
        if not mark.bracket:
            ends[mark.paragraph] = mark.end
    found = []
    for paragraph, line in enumerate([title, *passage.folded]):
        said, colon = line[ends.get(paragraph, 0) :].rstrip(), line.rstrip().endswith(":")
        said = _TOLD.sub("", said, count=1)
        if not said or (paragraph in ends and not colon) or _NOT_OF_FIGURES.search(said):
            continue
        if colon or (len(said) <= _LONGEST_HEADLINE and not _SENTENCE_END.search(said)):
            hits = TIME.findall(OF_BASE.sub(",", said))
        else:
            opening = _OPENS.match(said)
            hits = [opening["time"]] if opening else []
        if hits and not _DAY.search(hits[-1]):
            found.append((paragraph, hits[-1]))
    return found
