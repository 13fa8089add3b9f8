"""The slips of print: every single one of a figure, how likely it is, and in words."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from ..kinds import MEASURES
from ..rounding import Floats, step_down, step_up, total
from .columns import cut_off
from .printed import AMOUNT, CHANGE, COUNT, DIFFERENCE, MISSING, RATE, Figures, Ints

# Slips, nearest first: those that leave every printed digit as it stands, then those that alter
# one place, then those that move or replace a whole figure. The fewer figures a slip could have
# led to, the less likely it is that it fits by chance.
SLIPS = (
    "cut off, not rounded",
    "the other sign",
    "divided by the current value, not the prior",
    "percent and percentage points confused",
    "left out of the total",
    "one digit",
    "two digits swapped",
    "wrong power of ten",
    "repeated from another claim",
    "digit lost",
    "digit doubled",
    "complement printed",
    "ratio upside down",
    "grown to, not by",
    "current and prior exchanged",
)
CUT, SIGN, BY_CURRENT, AS_POINTS, LEFT_OUT, DIGIT, SWAP, POWER, REPEATED = range(9)
LOST, DOUBLED, COMPLEMENT, UPSIDE_DOWN, GROWN_TO, EXCHANGED = range(9, 15)
POWERS = {1: "10", 4: "万", 8: "亿"}

_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．，", "0123456789.,")

# How often a wrong figure is wrong in this way, against one digit: those that are seen to be made
# (a digit, two swapped, a power of ten) alike, and what is only known to occur a tenth of that.
_SELDOM = 0.1
_WEIGHT = np.full(len(SLIPS), _SELDOM)
_WEIGHT[[DIGIT, SWAP, POWER]] = 1.0
# By measure, the last for one that is not known.
_COUNTED, _PERCENT = (
    np.array([each in of for each in (*range(len(MEASURES)), MISSING)])
    for of in ((COUNT, AMOUNT, DIFFERENCE), (RATE, CHANGE))
)


class Edits(NamedTuple):
    """Single slips of figures, in columns: what would have been printed without them."""

    figure: Ints
    value: Floats
    low: Floats
    high: Floats
    slip: Ints  # in SLIPS
    size: Floats  # the relative change of the value
    place: Ints  # of the digit, or the power of ten
    digit: Ints

    def take(self, rows: Any) -> Edits:
        return Edits(*(column[rows] for column in self))

    @classmethod
    def joined(cls, pieces: Sequence[Edits]) -> Edits:
        if not pieces:
            ints, floats = np.empty(0, np.int64), np.empty(0)
            return cls(ints, floats, floats, floats, ints, floats, ints, ints)
        if len(pieces) == 1:
            return pieces[0]
        return cls(*(np.concatenate(columns) for columns in zip(*pieces, strict=True)))


def edits_of(rows: Ints, figures: Figures, near_only: bool = False) -> Edits:
    """Every single slip of every figure in `rows`, not yet held against any claim.

    `near_only`: only those of few possible figures, which seldom fit a claim by chance.
    """
    value, low, high = figures.value[rows], figures.low[rows], figures.high[rows]
    measure, end, factor = figures.measure[rows], figures.end[rows], figures.factor[rows]
    found: list[tuple[Any, ...]] = []
    slips: list[tuple[int, int]] = []  # and the power of ten

    def add(slip: int, at: Ints, *of_edits: Floats, power: int = 0) -> None:
        found.append((at, *of_edits))
        slips.append((slip, power))

    known = np.isfinite(value)
    every = np.flatnonzero(known & (value != 0))
    of_every = value[every], low[every], high[every]
    add(SIGN, every, -of_every[0], -of_every[2], -of_every[1])
    cut_range = cut_off(value, low, high)
    cut = np.flatnonzero(np.isfinite(cut_range.low))
    rounded = value[cut] + np.sign(value[cut]) * (high[cut] - low[cut])
    add(CUT, cut, rounded, cut_range.low[cut], cut_range.high[cut])
    things = np.flatnonzero(_COUNTED[measure[every]])
    for power in POWERS:
        # Percentages are not printed in 万 and 亿.
        some = slice(None) if power == 1 else things
        at, by = every[some], 10.0**power
        ends = [each[some] for each in of_every]
        add(POWER, at, *(each * by for each in ends), power=power)
        add(POWER, at, *(each / by for each in ends), power=-power)
    if not near_only:
        share = np.flatnonzero(known & (measure == RATE) & (value <= end))
        add(COMPLEMENT, share, *(end[share] - each[share] for each in (value, high, low)))
        ratio = np.flatnonzero(known & (measure == RATE) & (low > 0))
        one = factor[ratio] ** 2
        add(UPSIDE_DOWN, ratio, *(one / each[ratio] for each in (value, high, low)))
        grown = np.flatnonzero(known & (measure == CHANGE))
        for shift in (-100.0, 100.0):
            add(GROWN_TO, grown, *(each[grown] + shift for each in (value, low, high)))
    at, to, least, most = (np.concatenate(column) for column in zip(*found, strict=True))
    slip, power_of = np.repeat(slips, [len(each[0]) for each in found], axis=0).T
    size = np.abs(power_of).astype(float)
    others = Edits(at, to, least, most, slip, size, power_of, np.zeros(len(slip), np.int64))
    edits = Edits.joined([_digit_edits(rows, figures, near_only), others])
    # A whole count stays one.
    whole = figures.counted[rows] & (low == high) & (low == np.rint(low))
    edits = edits.take(~whole[edits.figure] | (edits.low == np.rint(edits.low)))
    return edits._replace(figure=rows[edits.figure])


def _digit_edits(rows: Ints, figures: Figures, near_only: bool) -> Edits:
    """As `edits_of`: each digit altered to each other one, each two neighbours swapped.

    And each digit that may have been lost, or printed twice.
    """
    value = figures.value[rows]
    texts = [str(figures.reported[row]) for row in rows.tolist()]
    places = [_digits(*each) for each in zip(texts, value.tolist(), strict=True)]
    count = np.array([len(each) for each in places], dtype=np.int64)
    column = np.arange(max(int(count.max(initial=1)), 2))
    digits = np.full((len(rows), len(column)), -1)
    several = np.zeros(len(rows), dtype=bool)  # digits before the point
    decimals = np.zeros(len(rows))
    for n, (text, each) in enumerate(zip(texts, places, strict=True)):
        digits[n, : len(each)] = [int(text[at]) for at in each]
        several[n] = len(each) > 1 and text[each[0] + 1] not in ".．"
        points = [k for k, at in enumerate(each[:-1]) if text[at + 1] in ".．"]
        decimals[n] = len(each) - 1 - points[0] if points else 0
    there = digits >= 0
    weight = np.where(there, 10.0 ** np.maximum(count[:, None] - 1 - column, 0), 0.0)
    number = (digits * weight).sum(axis=1)  # all digits as one integer: 857 of 85.7%

    altered = (np.arange(10) - digits[..., None]) * weight[..., None]
    altered[several, 0, 0] = 0  # a number does not begin with 0, nor is nothing printed
    if near_only:
        altered[number[:, None, None] + altered == 0] = 0
    swapped = (digits[:, 1:] - digits[:, :-1]) * (weight[:, :-1] - weight[:, 1:])
    swapped[~there[:, 1:]] = 0
    swapped[several & (digits[:, 1] == 0), 0] = 0
    at, place, digit = np.nonzero(altered)
    swap_at, swap_place = np.nonzero(swapped)
    pieces: list[tuple[Any, ...]] = [
        (at, place, digit, altered[at, place, digit], DIGIT),
        (swap_at, swap_place, swap_place * 0, swapped[swap_at, swap_place], SWAP),
    ]
    if not near_only:
        # What stands before a place, what from it on; a digit more between them, or one less.
        rest = np.where(there, number[:, None] % (10 * weight + (weight == 0)), 0.0)
        whole = there.sum(axis=1)[:, None] <= 14
        before = number[:, None] - rest
        longer = before[..., None] * 10 + rest[..., None] + 10 * np.arange(10) * weight[..., None]
        # Only before the point: behind it a digit more is no other number, but a finer one.
        lost_here = there & whole & (column < (count - decimals)[:, None])
        lost_here = lost_here[..., None] & (longer >= 10.0 ** count[:, None, None])
        longer = np.where(lost_here, longer - number[:, None, None], 0)
        # Behind the like digit it is the same number.
        longer[:, 1:][np.arange(10) == digits[:, :-1, None]] = 0
        lost_at, lost_place, lost = np.nonzero(longer)
        last = np.flatnonzero((count > 0) & (count <= 14) & (decimals == 0) & (number > 0))
        end, added = last.repeat(10), np.arange(10 * len(last)) % 10
        pieces.append((end, count[end], added, number[end] * 9 + added, LOST))
        shift = longer[lost_at, lost_place, lost]
        pieces.append((lost_at, lost_place, lost, shift, LOST))
        twice = there[:, 1:] & (digits[:, 1:] == digits[:, :-1])
        shorter = before[:, :-1] / 10 + rest[:, 1:] - number[:, None]
        twice_at, twice_place = np.nonzero(twice)
        shift = shorter[twice_at, twice_place]
        pieces.append((twice_at, twice_place, twice_place * 0, shift, DOUBLED))
    at, place, digit, shift = (np.concatenate([piece[n] for piece in pieces]) for n in range(4))
    slip = np.repeat([piece[4] for piece in pieces], [len(piece[0]) for piece in pieces])
    edited = number[at] + shift
    with np.errstate(all="ignore"):
        # value / number is a power of ten, of which only those from 1 up are exact as floats.
        up, down = np.rint(value / number), np.rint(number / value)
        up, down = np.where(number == 0, 0, up), np.where(number == 0, 10.0**decimals, down)
        moved = np.where(np.abs(up[at]) >= 1, edited * up[at], edited / down[at])
        size = np.abs(shift / number[at])
        size = np.where(np.isfinite(size), size, 0.0)
        low, high = _unclipped(rows, figures)
        below, above = step_down(*total(low, -value)), step_up(*total(high, -value))
        low, high = step_down(*total(moved, below[at])), step_up(*total(moved, above[at]))
    return Edits(at, moved, low, high, slip, size, place, digit)


def _unclipped(rows: Ints, figures: Figures) -> tuple[Floats, Floats]:
    """The bounds, those of a share that ends at 0 or 100% as wide as those of any other."""
    value, low, high = figures.value[rows], figures.low[rows], figures.high[rows]
    share = figures.measure[rows] == RATE
    at_zero = share & (low == 0) & (value - low < high - value)
    at_end = share & (high == figures.end[rows]) & (high - value < value - low)
    return np.where(at_zero, 2 * value - high, low), np.where(at_end, 2 * value - low, high)


def _digits(reported: str, value: float) -> list[int]:
    """Where the digits of the figure's number stand in `reported`; none where it has no number.

    >>> _digits("每10万人118.4件", 118.4)
    [5, 6, 7, 9]
    """
    if not math.isfinite(value):
        return []
    text = reported.translate(_HALF_WIDTH)
    for found in _NUMBER.finditer(text):
        number = float(found[0].replace(",", ""))
        # The text may hold other numbers; the figure's own gives the value by a power of ten.
        power = math.log10(abs(value) / number) if number and value else 0.0
        if abs(power - round(power)) < 1e-9 and bool(number) == bool(value):
            places = [at for at in range(*found.span()) if text[at].isdigit()]
            return places if len(places) <= 15 else []
    return []


def chances(edits: Edits, rows: Ints, figures: Figures) -> Floats:
    """How likely each slip is, of those that could have happened to its figure, one of `rows`.

    A kind of slip is one of so many: of two swapped digits each is likelier than one of 27 others.
    """
    kind = rows.searchsorted(edits.figure) * len(SLIPS) + edits.slip
    chance: Floats = _WEIGHT[edits.slip] / np.bincount(kind)[kind]
    measure, end = figures.measure[edits.figure], figures.end[edits.figure]
    # A percentage with its point moved would have other decimals than its like: no zero is lost.
    chance[(edits.slip == POWER) & _PERCENT[measure]] *= _SELDOM
    # A share printed below its end had hardly been above it.
    chance[(measure == RATE) & (edits.low > end) & (figures.high[edits.figure] <= end)] *= _SELDOM
    return chance


def slip_text(slip: int, at: Sequence[int], figures: Figures, source: str = "") -> str:
    """One slip in words, with the printed figure; `at` is its figure, place and digit.

    `source`: of what it repeats.
    """
    row, place, digit = at
    printed = str(figures.reported[row])
    if slip == POWER:
        return f"{printed} {'×' if place > 0 else '÷'} {POWERS[abs(place)]} ({SLIPS[slip]})"
    if slip in (DIGIT, SWAP, LOST, DOUBLED):
        places = _digits(printed, figures.value[row])
        signs = list(printed)
        if slip == DIGIT:
            signs[places[place]] = str(digit)
        elif slip == SWAP:
            here, after = places[place : place + 2]
            signs[here], signs[after] = signs[after], signs[here]
        elif slip == LOST:
            signs.insert(places[place] if place < len(places) else places[-1] + 1, str(digit))
        else:
            del signs[places[place + 1]]
        return f"{printed} → {''.join(signs)} ({SLIPS[slip]})"
    return f"{printed}: {SLIPS[slip]}{f' ({source})' if source else ''}"
