"""Heads of letters that are set wide, in a line (預  算  數 決  算  數 百 分 比)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .table_head_words import CORNER
from .table_labels import caption_units, units_of
from .table_measures import says_share
from .table_numbers import plain

_LETTERS = re.compile(r"[\u3400-\u9fff](?:\s+[\u3400-\u9fff]){4,}")
_ENDED = re.compile(r"..[數数額额率][^量值據据目]$")  # what ends a name, and a further letter


def heads_set_wide(lines: Sequence[str], width: int) -> tuple[list[list[str]], int, int]:
    """The heads of a line of letters, and below the one of percentages what the lines behind it
    have for its columns, each its own; and the lines that they are from, as a slice. None where
    these are not as many as the columns.

    >>> heads_set_wide(["項  目 預  算  數 決  算  數 百 分 比", "增 減(%)", "占總額(%)"], 4)
    ([['項目', '預算數', '決算數', '百分比', '百分比'], ['', '', '', '增減(%)', '占總額(%)']], 0, 3)
    """
    for n, line in enumerate(lines):
        corner, *heads = _heads_of(line) or [""]
        if not heads or not CORNER.fullmatch(corner):
            continue
        if len(heads) == width:
            return [[corner, *heads]], n, n + 1
        rest = [re.sub(r"(?<=[\u3400-\u9fff])\s+", "", plain(text)) for text in lines[n + 1 :]]
        told = {k: text for k, text in enumerate(rest, n + 2) if "percent" in units_of(text)}
        below = [text for text in told.values() if not caption_units([text])]
        over = [k for k, head in enumerate(heads) if says_share(head)]
        if below and len(over) == 1 and len(heads) - 1 + len(below) == width:
            before, after = heads[: over[0]], heads[over[0] + 1 :]
            upper = [corner, *before, *[heads[over[0]]] * len(below), *after]
            return [upper, ["", *[""] * len(before), *below, *[""] * len(after)]], n, max(told)
    return [], len(lines), len(lines)


def _heads_of(line: str) -> list[str]:
    """A line of letters that stand alone as heads: cut where a blank is narrower than one beside
    it, behind what ends a name, and behind what stands over the labels."""
    if not _LETTERS.fullmatch(line.strip()):
        return []
    letters, gaps = line.split(), [0, *map(len, re.findall(r"\s+", line.strip())), 0]
    heads = [letters[0]]
    for n, letter in enumerate(letters[1:], 1):
        narrow = gaps[n] < max(gaps[n - 1], gaps[n + 1])
        alone = len(heads) == 1 and len(heads[0]) > 1 and CORNER.fullmatch(heads[0])
        corner = alone and not CORNER.fullmatch(heads[0] + letter)
        if narrow or corner or (gaps[n] == 1 and _ENDED.search(f"{heads[-1]}{letter}")):
            heads.append(letter)
        else:
            heads[-1] += letter
    return heads
