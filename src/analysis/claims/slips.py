"""The single slips that would reconcile a contradicting claim, nearest first.

Every slip of every figure of a claim is tried at once, in columns, and kept only where the claim,
judged again with it, agrees.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from ..bounds import Bounds
from ..kinds import KINDS
from ..rounding import Floats
from .columns import (
    AGREES,
    AMOUNT,
    CHANGE,
    COUNT,
    DIFFERENCE,
    RATE,
    Bools,
    Claims,
    Figures,
    Ints,
    cut_off,
    distance,
    judge,
)

if TYPE_CHECKING:
    from .verdicts import Audited

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


MOST_SLIPS = 5


_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


_HALF_WIDTH = str.maketrans("０１２３４５６７８９．，", "0123456789.,")


def explanations(
    audited: Audited,
    columns: Ints,
    figures: Figures,
    repeatable: pd.DataFrame,
    every: Iterable[Audited],
    first: Sequence[str],
) -> list[str]:
    """For each contradicting claim in `columns`, the single slips that would reconcile it.

    `first` is what the diagnosis of all claims together says of each, or nothing. A slip must also
    leave alone what agrees: `every` kind's claims are tried with it.
    """
    claims, pairs = audited.claims.take(columns), audited.members(columns)
    kind = claims.kind
    every_edit = edits_of(np.unique(pairs["figure"]), figures, near_only=True)
    tries = pairs.merge(pd.DataFrame(every_edit._asdict()), on="figure")
    # Only changes and differences have a sign; a result that is cut off has been judged already.
    is_result = tries["role"].to_numpy() == claims.result[tries["claim"].to_numpy()]
    roles = list(KINDS[kind].roles)
    signed = tries["role"].isin([roles.index(r) for r in ("change", "difference") if r in roles])
    tries = tries[signed.where(tries["slip"] == SIGN, (tries["slip"] != CUT) | ~is_result)]
    fits = tries[judge(_edited(claims, tries, figures))[4] == 0].reset_index(drop=True)
    fits = fits[~_breaking(fits, every, figures)]

    of_claims = _slips_of_claims(claims, pairs, figures, repeatable)
    slips = pd.concat([fits, *of_claims]).fillna(0)
    # Nearest first: see SLIPS; the result before its parts; the smaller relative change.
    slips["is_part"] = slips["role"] != claims.result[slips["claim"].astype(np.int64)]
    order = ["claim", "slip", "is_part", "size", "role", "figure", "place", "digit"]
    slips = slips.sort_values(order)
    many = np.bincount(slips["claim"].astype(np.int64), minlength=len(columns))
    shown = slips[["slip", "figure", "place", "digit"]].to_numpy(np.int64)
    texts, sources = [], repeatable["relation"].tolist()
    starts = (np.cumsum(many) - many).tolist()
    for start, count, before in zip(starts, many.tolist(), first, strict=True):
        nearest = shown[start : start + min(count, MOST_SLIPS)].tolist()
        lines = [
            slip_text(slip, at, figures, sources[at[1]] if slip == REPEATED else "")
            for slip, *at in nearest
        ]
        if before:
            count += before not in lines
            lines = [before, *(line for line in lines if line != before)][:MOST_SLIPS]
        more = [f"and {count - MOST_SLIPS} more"] if count > MOST_SLIPS else []
        texts.append("; ".join(lines + more) or "no single slip found")
    return texts


def _edited(claims: Claims, edits: pd.DataFrame, figures: Figures) -> Claims:
    """A claim a row of `edits` (claim, role, figure, low, high), with that figure so printed."""
    claim, role, low, high = (edits[name].to_numpy() for name in ("claim", "role", "low", "high"))
    if "part" in KINDS[claims.kind].roles:
        rest_low, rest_high = _rest(edits, claims, figures)
        is_part = role == claims.row("part")
        low = np.where(is_part, (rest_low + low).low, low)
        high = np.where(is_part, (rest_high + high).high, high)
    return claims.take(claim).with_bounds(role, Bounds.made(low, high))


def _breaking(edits: pd.DataFrame, every: Iterable[Audited], figures: Figures) -> Bools:
    """Which edits of a figure would make another of its claims fail that agrees as printed."""
    breaking: Bools = np.zeros(len(edits), dtype=bool)
    edited = edits["figure"].unique()
    for audited in every:
        c = audited.claims
        held: Bools = np.logical_or.reduce(np.isin(c.figure, edited))
        held[audited.parts["claim"][audited.parts["figure"].isin(edited)]] = True
        columns = np.flatnonzero(held & (audited.verdict == AGREES))
        members = audited.members(columns)
        tried = edits[["figure", "low", "high"]].rename_axis(index="edit").reset_index()
        tried = tried.merge(members, on="figure")
        fails = judge(_edited(c.take(columns), tried, figures))[4] > 0
        breaking[tried["edit"].to_numpy()[fails]] = True
    return breaking


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
        return cls(*(np.concatenate(columns) for columns in zip(*pieces, strict=True)))


def edits_of(rows: Ints, figures: Figures, near_only: bool = False) -> Edits:
    """Every single slip of every figure in `rows`, not yet held against any claim.

    `near_only`: only those of few possible figures, which seldom fit a claim by chance.
    """
    value, low, high = figures.value[rows], figures.low[rows], figures.high[rows]
    measure = figures.measure[rows]
    found = _digit_edits(rows, figures, near_only)

    def add(at: Ints, to: Floats, low: Floats, high: Floats, slip: int, power: int = 0) -> None:
        if at.size:
            whole = np.zeros(len(at), np.int64)
            size = np.full(len(at), float(abs(power)))
            found.append(Edits(at, to, low, high, whole + slip, size, whole + power, whole))

    known = np.isfinite(value)
    every = np.flatnonzero(known & (value != 0))
    add(every, -value[every], -high[every], -low[every], SIGN)
    cut_range = cut_off(value, low, high)
    cut = np.flatnonzero(np.isfinite(cut_range.low))
    rounded = value[cut] + np.sign(value[cut]) * (high[cut] - low[cut])
    add(cut, rounded, cut_range.low[cut], cut_range.high[cut], CUT)
    for power in POWERS:
        # Percentages are not printed in 万 and 亿.
        at = every[np.isin(measure[every], (COUNT, AMOUNT, DIFFERENCE)) | (power == 1)]
        by = 10.0**power
        add(at, value[at] * by, low[at] * by, high[at] * by, POWER, power)
        add(at, value[at] / by, low[at] / by, high[at] / by, POWER, -power)
    if not near_only:
        share = np.flatnonzero(known & (measure == RATE) & (value <= figures.end[rows]))
        end = figures.end[rows][share]
        add(share, end - value[share], end - high[share], end - low[share], COMPLEMENT)
        ratio = np.flatnonzero(known & (measure == RATE) & (low > 0))
        one = figures.factor[rows][ratio] ** 2
        turned = Bounds.made(one / high[ratio], one / low[ratio])
        add(ratio, one / value[ratio], turned.low, turned.high, UPSIDE_DOWN)
        grown = np.flatnonzero(known & (measure == CHANGE))
        for by in (-100.0, 100.0):
            add(grown, value[grown] + by, low[grown] + by, high[grown] + by, GROWN_TO)
    edits = Edits.joined(found)
    # A whole count stays one.
    whole = figures.counted[rows] & (low == high) & (low == np.rint(low))
    edits = edits.take(~whole[edits.figure] | (edits.low == np.rint(edits.low)))
    return edits._replace(figure=rows[edits.figure])


def _digit_edits(rows: Ints, figures: Figures, near_only: bool) -> list[Edits]:
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
        same = np.arange(10) == np.roll(digits, 1, axis=1)[..., None]
        same[:, 0] = False
        longer[same] = 0  # behind the like digit it is the same number
        lost_at, lost_place, lost = np.nonzero(longer)
        last = np.flatnonzero((count > 0) & (count <= 14) & (decimals == 0) & (number > 0))
        added, end = np.tile(np.arange(10), len(last)), np.repeat(last, 10)
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
    bounds = Bounds(moved, moved) + (Bounds.made(low[at], high[at]) - value[at])
    return [Edits(at, moved, bounds.low, bounds.high, slip, size, place, digit)]


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
    text = reported.translate(_HALF_WIDTH)
    for found in _NUMBER.finditer(text):
        number = float(found[0].replace(",", ""))
        # The text may hold other numbers; the figure's own gives the value by a power of ten.
        power = math.log10(abs(value) / number) if number and value else math.nan
        if abs(power - np.rint(power)) < 1e-9 or number == value == 0:
            places = [at for at in range(*found.span()) if text[at].isdigit()]
            return places if len(places) <= 15 else []
    return []


def _rest(pairs: pd.DataFrame, c: Claims, figures: Figures) -> tuple[Bounds, Bounds]:
    """The two ends of each pair's sum without its figure, each as bounds of its own."""
    claim, figure = pairs["claim"].to_numpy(), pairs["figure"].to_numpy()
    low, high = (end[claim] for end in (c.bounds("part").low, c.bounds("part").high))
    return Bounds(low, low) - figures.low[figure], Bounds(high, high) - figures.high[figure]


def _slips_of_claims(
    c: Claims, pairs: pd.DataFrame, figures: Figures, repeatable: pd.DataFrame
) -> Iterator[pd.DataFrame]:
    """Slips that are not of one figure's text but of what was done with the figures."""
    result = c.figure[c.result, np.arange(len(c))]
    claims = pd.DataFrame({"claim": np.arange(len(c)), "role": c.result, "figure": result})

    def fitting(role: str, where: Bools, recomputed: Bounds, slip: int) -> pd.DataFrame:
        """The claims that hold but for their figure in `role`, which is `recomputed` so."""
        at = np.flatnonzero(c.has(role) & where & (distance(c.bounds(role), recomputed) == 0))
        nothing = Bounds.made(np.full(len(at), -np.inf), np.full(len(at), np.inf))
        others = judge(c.take(at).with_bounds(role, nothing))[4]
        fits: pd.DataFrame = claims.iloc[at[~(others > 0)]]
        return fits.assign(slip=slip, role=c.row(role), figure=c.figure[c.row(role), fits["claim"]])

    if c.kind == "change":
        current, prior, difference = (c.bounds(r) for r in ("current", "prior", "difference"))
        rates = c.has("current", "prior") & c.is_("current", RATE)
        by_difference = c.has("current", "difference") & ~c.has("prior")
        growth = current * 100 / prior - 100
        yield fitting("difference", rates, growth, AS_POINTS)
        yield fitting("change", rates, current - prior, AS_POINTS)
        by_current = 100 - prior * 100 / current
        yield fitting("change", c.has("current", "prior"), by_current, BY_CURRENT)
        yield fitting("change", by_difference, difference * 100 / current, BY_CURRENT)
    if c.kind in ("ratio", "change"):
        printed = c.printed
        keys = pd.MultiIndex.from_arrays([c.value, printed.low, printed.high])
        other = pd.MultiIndex.from_frame(repeatable[["value", "low", "high"]]).get_indexer(keys)
        yield claims.assign(slip=REPEATED, place=other)[other >= 0]
    if c.kind == "sum":
        parts = pairs[pairs["role"] == c.row("part")]
        low, high = _rest(parts, c, figures)
        total = c.take(parts["claim"].to_numpy()).bounds("total")
        yield parts[distance(total, Bounds(low.low, high.high)) == 0].assign(slip=LEFT_OUT)


def repeatable_in(audited: Iterable[Audited], names: pd.Index) -> pd.DataFrame:
    """The printed percentages that their own claims bear out: what a slip may have repeated."""
    kept = []
    for each in audited:
        c = each.claims
        if c.kind in ("ratio", "change"):
            sound = (each.verdict == AGREES) & np.isfinite(each.judged[3]) & (c.factor >= 100)
            printed = c.printed
            columns = {"value": c.value, "low": printed.low, "high": printed.high, "row": each.rows}
            kept.append(pd.DataFrame(columns)[sound])
    first: pd.DataFrame = (
        pd.concat(kept).sort_values("row").drop_duplicates(["value", "low", "high"])
    )
    return first.assign(relation=names[first["row"]])


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
