"""Names and time phrases in the characters in which a text prints them, and keys of names."""

from __future__ import annotations

import re

from .clauses import Passage
from .marks import Mark
from .names import COUNTS_ONLY
from .noun_phrases import LONGEST
from .periods import RELATIVE
from .running import Running

_FOOTNOTE = re.compile(r"[\[【〔][0-9]{1,2}[\]】〕]")


def as_printed(passage: Passage, mark: Mark, name: str) -> str:
    """A folded name in the characters in which the text prints it."""
    if not name:
        return ""
    line, behind = passage.folded[mark.paragraph - 1], mark.end + len(name)
    at = line.find(name, mark.end, behind + 2)  # 其中90人次为本地旅客
    at = at if at >= 0 else passage.last(name, mark.paragraph, mark.start)
    at = at if at >= 0 else line.find(name, mark.end, behind + LONGEST)  # 10个类别的科目
    end = at + len(name)
    if at < 0:  # 受理(各类)案件, 执业(助理)医师
        near = max(0, mark.start - _NEAR)
        said = re.findall(_LEFT_OUT.join(map(re.escape, name)), line[near : mark.start])
        if not said or len(said[-1]) > LONGEST + len(name) // 2:
            return _in_pieces(passage, mark, name)
        at = line.rfind(said[-1], near, mark.start)
        end = at + len(said[-1])
    printed = passage.lines[mark.paragraph - 1][at:end]
    opens = line[at - 1] if at else ""
    closes = _CLOSES.get(opens)
    if closes and printed.count(closes) > printed.count(opens):  # “两抢”案件
        printed = opens + printed
    return printed if printed.isalnum() else _FOOTNOTE.sub("", printed)


def _in_pieces(passage: Passage, mark: Mark, name: str) -> str:
    """A name put together of a noun and 件数 or 人数, each as printed."""
    counted = COUNTS_ONLY.search(name)
    if counted is not None and counted.start():
        pieces = name[: counted.start()], counted[0]
        return "".join(as_printed(passage, mark, piece) for piece in pieces)
    if name[0] == "对" and len(name) > 1:  # 对甲国、乙国进出口
        return as_printed(passage, mark, "对") + as_printed(passage, mark, name[1:])
    line = passage.folded[mark.paragraph - 1]
    for at in range(2, len(name) - 1):  # 甲级(、乙级)酒店(的)入住率
        start = passage.last(name[:at], mark.paragraph, mark.start)
        rest = re.compile(_SHORTLY.join(map(re.escape, name[at:])))
        if start >= 0 and (hit := rest.search(line, start + at, mark.start)):
            printed = passage.lines[mark.paragraph - 1]
            return printed[start : start + at] + printed[hit.start() : hit.end()]
    return name


_CLOSES = {"“": "”", "「": "」", "『": "』"}
_NEAR = 200  # characters in which a name is looked for that is not printed in one piece
_SHORTLY = "(?:各[类种项]|的)?"
_LEFT_OUT = rf"(?:{_SHORTLY}|\([^()]{{1,12}}\))"


_WORD = re.compile(r"\W+")


def key_of(name: str, suffix: str, taken: dict[str, int]) -> str:
    """A key of word characters that no other figure has; `taken` counts those given.

    >>> key_of("“两抢”案件", "同比", {}), key_of("火灾", "", {"火灾": 1})
    ('两抢案件_同比', '火灾_2')
    """
    stem = name if name.isalnum() else _WORD.sub("", name) or "figure"
    if stem[0].isdigit():
        stem = "_" + stem
    key = plain = f"{stem}_{suffix}" if suffix else stem
    while key in taken:
        taken[plain] += 1
        key = f"{plain}_{taken[plain]}"
    taken[key] = 1
    return key


_NEAR_YEAR = 400  # characters in which a year in brackets is looked for


def when_printed(passage: Passage, mark: Mark, pasted: Running) -> str:
    """The time phrase that governs a mark, as the text prints it."""
    phrase = mark.when
    for paragraph in range(mark.paragraph, max(0, mark.paragraph - 6), -1) if phrase else ():
        end = mark.start if paragraph == mark.paragraph else len(passage.folded[paragraph - 1])
        line = passage.lines[paragraph - 1]
        at = passage.last(phrase, paragraph, end)
        if at >= 0:
            end = at + len(phrase)  # the blank in 2018 年末 stands behind it, folded
            end += "年" in phrase and " " in line[at:end] and " " not in phrase
            return pasted.printed(paragraph, at, end)
        if phrase[:2] in RELATIVE and "年" in phrase[:2]:  # 今(103)年3月
            in_brackets = rf"{phrase[0]}\s*[(（][0-9]{{2,4}}[)）]\s*{re.escape(phrase[1:])}"
            if said := re.compile(in_brackets).search(line, max(0, end - _NEAR_YEAR), end):
                return pasted.printed(paragraph, *said.span())
    return phrase
