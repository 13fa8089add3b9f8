"""Whether parts can make a total, as printed: it tells sums from parts where words do not."""

from __future__ import annotations

import math

from .clauses import Claim, Mark
from .words import CLOSED, CLOSES, COMPLEMENTS

_PRECISE = 50  # a total of so many printed steps does not come about by chance


def adds_up(total: Mark, parts: list[Mark]) -> bool:
    """Whether the parts can make the total, as printed."""
    return makes(total, sum(p.low for p in parts), sum(p.high for p in parts))


def makes(total: Mark, low: float, high: float) -> bool:
    """Whether what parts come to can be the total."""
    return low <= total.high * (1 + 1e-12) and total.low <= high * (1 + 1e-12)


def is_precise(total: Mark, times: int = 1) -> bool:
    """Whether a total is printed so finely that nothing makes it by chance."""
    return total.value >= times * _PRECISE * max(total.high - total.low, 1.0)


def one_slip(total: Mark, parts: list[Mark]) -> bool:
    """Whether one digit altered in one figure would make it a sum."""
    over = sum(p.value for p in parts) - total.value
    slack = (total.high - total.low + sum(p.high - p.low for p in parts)) / 2
    return any(
        _one_digit(mark.value, sign * over, slack)
        for mark, sign in [(total, 1), *((p, -1) for p in parts)]
    )


def _one_digit(value: float, by: float, slack: float) -> bool:
    """Whether another digit in one place of a value changes it by so much."""
    if not (0 <= value < 1e15 and math.isfinite(by) and math.isfinite(slack)):
        return False
    for place, digit in enumerate(reversed(str(int(value)))):
        other = int(digit) + by / 10**place
        if 0 <= round(other) <= 9 and abs(other - round(other)) * 10**place <= slack + 1e-9:
            return True
    return False


def complement(one: Mark, other: Mark) -> bool:
    """Whether two clauses say that what the one has, the other has not: 已修复, 待修复."""
    said = [(mark.before + mark.after[:4]).replace("进出口", "") for mark in (one, other)]
    return any(
        (a.search(said[0]) and b.search(said[1])) or (b.search(said[0]) and a.search(said[1]))
        for a, b in COMPLEMENTS
    )


def closed(total: Mark, parts: list[Mark]) -> bool:
    """Whether the words of a list say that it is complete: 其他, 男 and 女, 一产, 二产 and 三产.

    Or those of its total: 咨询、投诉、举报共90件.
    """
    if any(CLOSES.match(part.before) for part in parts):
        return True
    if "、" in total.before and all(part.name and part.name in total.before for part in parts):
        return True
    if len(parts) == 2 and complement(*parts):
        return True
    return any(
        len(words) == len(parts)
        and all(word.search(part.before) for word, part in zip(words, parts, strict=True))
        for words in CLOSED
    )


def claim_of(total: Mark, parts: list[Mark], words: str, complete: bool = False) -> Claim:
    """A list as a claim: a sum where the words close it or it adds up, or else parts."""
    whole = len(parts) > 1 and (
        adds_up(total, parts) or ((complete or closed(total, parts)) and one_slip(total, parts))
    )
    roles = [("total", total), *(("part", part) for part in parts)]
    return Claim("sum" if whole else "part", roles, words)
