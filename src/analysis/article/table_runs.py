"""Runs of lines that add up to a line beside them: in every place but one, and so plainly that it
is no chance; a part may have parts of its own, which are then passed over."""

from __future__ import annotations

import numpy as np

from ..kinds import MEASURES
from .table_addends import DIGITS, adds_up, digits_of
from .table_groups import (
    sums_as_in_others,
    sums_beside,
    sums_of_like_names,
    sums_of_numbered,
    sums_of_spans,
    sums_over_again,
)
from .table_sides import AMOUNT, Bools, Floats, Ints, Side

MOST_LINES = 400  # lines among which sums are looked for that no label names
BALANCE = -1  # the owner of what is left between two others
_MOST_PARTS = 40
_RATE = MEASURES.index("rate")

Sums = dict[int, list[list[int]]]  # the lists of parts of a total: 按类型分, 按地区分


def added_up(side: Side, owner: dict[int, int]) -> Sums:
    """Lines that lines beside them add up to, in every place but one, and so plainly that it is no
    chance. A part may have parts of its own, which are then passed over; and a total that is
    divided in several ways has a list of parts behind another."""
    count = len(side.labels)
    if count > MOST_LINES:
        return {}
    found: Sums = {}
    ways = {step: len(one_way(side, step, {}, {})) for step in (1, -1)}
    first = 1 if ways[1] > ways[-1] else -1
    for step in (first, -first, first):
        found = one_way(side, step, found, owner)
    told = [*sums_of_spans(side), *sums_of_numbered(side), *sums_of_like_names(side)]
    told += sums_over_again(side)
    for total, parts in told:
        if parts not in found.setdefault(total, []):
            found[total].append(parts)
    for total, parts in [*sums_as_in_others(side, found), *sums_beside(side, found)]:
        found.setdefault(total, []).append(parts)
    return found


def one_way(side: Side, step: int, found: Sums, owner: dict[int, int], far: bool = False) -> Sums:
    """What adds up, the parts behind their total (1) or before it (-1), the innermost first."""
    count = len(side.labels)
    memos = {n for n in range(count) if side.memos[n]}
    named = {n for n in range(count) if side.totals[n]}
    ways = [set[int](), *filter(None, (repeats_of(side), memos, named, side.balanced))]
    under: dict[int | None, set[int]] = {}
    for n, head in enumerate(side.over):
        under.setdefault(head, set()).add(n)
    further = set(range(count)) - under.get(None, set()) - memos
    inner = range(count - 1, -1, -1) if step > 0 else range(count)
    for total in np.argsort(np.nansum(side.value, axis=1)).tolist() if far else inner:
        own = further - under.get(total, set())  # rather those that these stand under
        for skipped in () if far and total in found else (own, *ways) if own else ways:
            lists = _walk(side, total, _possible_parts(side, total, step, owner, skipped), far)
            for parts in lists if skipped in (set(), memos, own) else lists[:1]:
                if parts not in found.setdefault(total, []):
                    found[total].append(parts)
                owner.update(dict.fromkeys(parts, total))
            if lists:
                break
    return found


def is_free(line: int, total: int, owner: dict[int, int]) -> bool:
    """Whether a line is no part of another total; balances are parts of balances alone."""
    known = owner.get(line, total)
    return known == total or known == owner.get(total) == BALANCE


def _possible_parts(
    side: Side, total: int, step: int, owner: dict[int, int], skipped: set[int]
) -> list[int]:
    """The lines from one on, nearest first, that may be its parts: counts and amounts, or shares
    where it is 100 throughout; the parts of others stand for nothing."""
    shares = side.kind[total] == "rate" and side.is_hundred(total)
    kinds = {"rate", "amount"} if shares else {"count", "amount", ""}
    kinds = {"difference"} if side.kind[total] == "difference" else kinds
    if side.kind[total] not in kinds:
        return []
    lines = range(total + step, len(side.labels) if step > 0 else -1, step)
    if skipped is side.balanced:  # a balance stands for the two that it is left of
        owner = {n: own for n, own in owner.items() if own != BALANCE}
    return [
        n for n in lines if side.kind[n] in kinds and is_free(n, total, owner) and n not in skipped
    ]


def _walk(side: Side, total: int, run: list[int], far: bool) -> list[list[int]]:
    """The runs of lines that add up to a total, the nearest first. Another way to divide it may
    stand behind lines that do not add up; with `far`, the first run, too."""
    rates = side.kind[total] == "rate"
    known = side.measure[total] == _RATE if rates else side.measure[total] <= AMOUNT
    known = known & ~np.isnan(side.value[total])
    if len(run) < 2 or not known.any():
        return []
    least, most = (
        np.vstack([np.zeros(known.sum()), np.cumsum(np.nan_to_num(ends[run][:, known]), axis=0)])
        for ends in (side.low, side.high)
    )
    low, high = side.low[total, known] - 1e-9, side.high[total, known] + 1e-9
    room = np.nan_to_num(side.width(total)[known])
    count = len(side.labels)
    scarce = digits_of(side, total, range(len(side.across))) < DIGITS + 2 * np.log10(count)
    found: list[list[int]] = []
    end = 0
    for first, last in _spans(least, most, low, high):
        apart = first > end and not far  # behind others: where a heading says so
        if first < end or not 1 < last - first <= _MOST_PARTS or (apart and not found):
            continue
        if first > end and scarce:
            continue  # some would add up by chance
        missed = _missed(least, most, (first, last), low, high)
        if missed.any():  # a part that is 0 but once may follow
            ends = np.arange(last + 1, min(len(run), first + _MOST_PARTS) + 1)
            wholly = ends[~_missed(least, most, (first, ends), low, high).any(axis=1)]
            last = int(wholly[0]) if wholly.size else last
            missed = _missed(least, most, (first, last), low, high)
        parts = run[first:last]
        groups = {side.groups[n] for n in parts}
        if apart and side.groups[found[-1][0]] in groups:
            continue
        among = count**2 if first > end else 0
        if (
            (missed.sum() < 2 or missed.mean() <= 0.5)
            and len(groups) == 1
            and not _missed(least, most, (first, last), low - room, high + room).all()
            and adds_up(side, total, parts, among)
        ):
            found.append(sorted(parts))
            end = last
    return found


def _missed(
    least: Floats, most: Floats, span: tuple[int, int | Ints], low: Floats, high: Floats
) -> Bools:
    """The places in which lines, from one up to another or to each of others, do not add up to a
    total."""
    first, last = span
    return np.asarray((least[last] - least[first] > high) | (most[last] - most[first] < low))


def _spans(least: Floats, most: Floats, low: Floats, high: Floats) -> list[tuple[int, int]]:
    """Which of some lines, from one up to another, add up to a total in one of two places, by the
    sums of their bounds up to each: the shortest from each line on. Where sums do not only grow,
    from the first on."""
    growing = (np.diff(least, axis=0) > -1).all(axis=0) & (high >= 1)
    if not growing.any():
        return [(0, last) for last in range(2, len(least))]
    sizes = np.where(growing, high, -np.inf)
    found = set()
    for _ in range(min(2, int(growing.sum()))):
        place = int(sizes.argmax())
        sizes[place] = -np.inf
        last = np.searchsorted(most[:, place], most[:-1, place] + low[place])
        first = np.flatnonzero(last < len(most))
        last = last[first]
        fits = least[last, place] - least[first, place] <= high[place]
        found |= set(zip(first[fits].tolist(), last[fits].tolist(), strict=True))
    return sorted(found)


def repeats_of(side: Side) -> set[int]:
    """Lines that repeat the one before them: its only part."""
    return {
        n
        for n in range(1, len(side.labels))
        if np.array_equal(side.value[n], side.value[n - 1], equal_nan=True)
    }
