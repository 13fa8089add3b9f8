"""Whether lines of a table add up to another: in which places they may be added, in how many they
do, and whether so plainly that it is no chance."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from ..kinds import MEASURES
from .table_columns import ROUND
from .table_measures import says_share
from .table_sides import Fit, Side

DIGITS = 4  # printed digits, beside those of the number of lines, that do not agree by chance
_LITTLE = 0.01  # of a total
_MOST_OF_ALL = 150  # percent: so far off its whole no list of shares is by a slip
_MANY = 100  # of what may be an average: fewer are counted


def adds_up(side: Side, total: int, parts: list[int], among: float = 0) -> bool:
    """Whether parts add up to a total so plainly, and in so many printed digits, that it is no
    chance; `among` many that do not stand beside it, some do by chance sooner. Where they do in
    every other place, the others may be off by what counts are rounded by, each alone."""
    places = summable(side, [total, *parts])
    fit = sum_fit(side, total, parts, places)[0]
    if not fit.holds or 2 * fit.holds < fit.of:
        return False
    if not (fit.plainly or fit.holds == fit.of or _but_for_a_digit(side, total, parts, places)):
        rounded = rounding_of(side, total, parts, places)
        if not (rounded and sum_fit(side, total, parts, places, rounded)[0].plainly):
            return False
    values = np.abs(side.value[total, places])
    known = values[~np.isnan(values)]
    if not among and fit.of >= 3 and len(set(known.tolist())) >= 3 and np.median(known) >= 20:
        return True
    needed = DIGITS + np.log10(among or len(side.labels))
    return bool(digits_of(side, total, places) * fit.holds / len(places) >= needed)


def digits_of(side: Side, total: int, places: Iterable[int]) -> float:
    """The printed digits of a line in some places."""
    where = list(places)
    steps = np.maximum(2 * side.width(total)[where], 1.0)
    values = np.abs(side.value[total, where])
    return float(np.nansum(np.log10(np.maximum(values / steps, 1.0))))


def _but_for_a_digit(side: Side, total: int, parts: list[int], places: list[int]) -> bool:
    """Whether whole numbers add up in all places but one, and there but for one digit."""
    whole, cells = side.value[total, places], side.value[parts][:, places]
    off = np.abs(cells.sum(axis=0) - whole)
    missed = off[off > 0]
    if len(off) < 2 or np.isnan(off).any() or missed.size != 1 or missed[0] % 1:
        return False
    digits = f"{missed[0]:.0f}".rstrip("0")
    return len(digits) == 1 and bool(whole[off > 0][0] >= 10**DIGITS)


def sum_fit(
    side: Side, total: int, parts: list[int], places: Iterable[int], rounded: float = 0
) -> tuple[Fit, Fit]:
    """How often parts add up to the total, each within half of what it may be rounded to; and how
    often they are not more than it."""
    where = list(places)
    whole = side.value[total, where]
    cells = side.value[parts][:, where]
    added = np.nansum(cells, axis=0)
    loose = np.nansum(side.high[parts][:, where] - side.low[parts][:, where], axis=0) / 2
    loose = loose + np.nan_to_num(side.width(total)[where]) + 1e-9 * np.abs(whole)
    loose = loose + rounded * (len(parts) + 1)
    known = ~np.isnan(whole) & (~np.isnan(cells)).any(axis=0)
    complete = known & (~np.isnan(cells)).all(axis=0)
    equal = known & (np.abs(added - whole) <= loose)
    telling = (complete | equal) & ((np.nan_to_num(cells) != 0).sum(axis=0) > 1)
    sums = Fit(int((telling & equal).sum()), int(telling.sum()))
    return sums, Fit(int((known & (added <= whole + loose)).sum()), int(known.sum()))


def summable(side: Side, lines: list[int]) -> list[int]:
    """The places in which figures of lines may be added: counts and amounts of one unit, their
    differences, or shares of a whole of 100, whose parts may leave the unit to it."""
    if not lines:
        return []
    measure, unit = side.measure[lines], side.unit[lines]
    printed = measure >= 0
    stated = printed & (unit != side.unstated)  # a unit printed at the total holds for its parts
    least = np.where(stated, unit, len(side.units)).min(axis=0)
    most = np.where(stated, unit, -1).max(axis=0)

    def only(*names: str) -> npt.NDArray[np.bool_]:
        return np.asarray(
            (np.isin(measure, [MEASURES.index(n) for n in names]) | ~printed).all(axis=0)
        )

    names = np.array([*side.units, ""], dtype=object)[most]
    bare = (measure == MEASURES.index("amount")) & ~stated
    shares = ((measure == MEASURES.index("rate")) | bare | ~printed).all(axis=0) & ~bare[0]
    shares &= (names == "percent") & (np.abs(side.value[lines[0]] - 100) <= 0.5)
    with np.errstate(invalid="ignore"):  # of 98% and 102% done no whole is the sum
        shares &= ~(np.nansum(side.value[lines[1:]], axis=0) > _MOST_OF_ALL)
    points = (names == "percentage point") | side.of_rates
    added = only("count", "amount") | (only("difference") & ~points)
    found = printed.any(axis=0) & ((least == most) | (most < 0)) & (added | shares)
    found &= ~side.unsure[lines].any(axis=0) & ~side.of_each
    if len(lines) > 3:  # what several parts exceed is an average, unless some of them fell
        with np.errstate(invalid="ignore"):
            over = (side.value[lines[1:]] > side.value[lines[0]]) & (side.value[lines[0]] > 0)
        found &= (over.sum(axis=0) < 2) | (side.value[lines] < 0).any(axis=0)
    return [int(n) for n in np.flatnonzero(found)]


def shares_of(side: Side, lines: list[int], among: bool = False) -> list[int]:
    """The places that hold shares by their labels, or all of them where the lines do, in which the
    first of the lines is the sum of the others; or is no less, where these are `among` others."""
    rates = (side.measure[lines] == MEASURES.index("rate")).all(axis=0)
    every = all(says_share(side.paths[n][-1]) if side.paths[n] else False for n in lines)
    heads = ["", *side.across]  # beside the amounts under one head, they have no label of their own
    said = [
        int(n)
        for n in np.flatnonzero(rates)
        if every or says_share(heads[n + 1]) or heads[n] == heads[n + 1]
    ]
    return [n for n in said if sum_fit(side, lines[0], lines[1:], [n])[among].holds]


def rounding_of(side: Side, total: int, parts: list[int], places: list[int]) -> float:
    """Half of what counts are rounded to, where their sums show it; else 0: all are in round
    numbers and some miss their total by less than these leave open, or several of some size by one
    or so, as averages do. One miss alone is a slip, and so is one by more, or of few."""
    values = np.abs(side.value[[total, *parts]][:, places])
    exact = (side.high[[total, *parts]][:, places] == side.low[[total, *parts]][:, places]).all(
        axis=0
    )
    missed = np.abs(side.value[parts][:, places].sum(axis=0) - side.value[total, places])[exact]
    told = values[:, exact][values[:, exact] > 0]
    step = 1
    while told.size >= ROUND and (told % (10 * step) == 0).all():
        step *= 10
    fives = told.size >= ROUND and (told % (5 * step) == 0).all()
    step = 5 * step if fives else step
    near = (missed > 0) & (missed <= step * (len(parts) + 1) / 2)
    near &= (step > 1) | (values[0, exact] >= _MANY)
    # to fives, lest persons be known, counts are rounded up or down at random
    half = step if fives and missed[near].max(initial=0) > step else step / 2
    return half if near.sum() > (fives or step == 1) else 0.0


def nearly(side: Side, total: int, parts: list[int], places: list[int]) -> bool:
    """Whether parts come close to a total in most places: a slip, and no list of some parts, as is
    one beside a line that prints nothing in half of them."""
    beside = range(max(min(total, *parts) - 1, 0), min(max(total, *parts) + 2, len(side.kind)))
    others = [n for n in beside if n not in (total, *parts) and side.kind[n]]
    if any(2 * (side.measure[n, places] < 0).sum() >= len(places) for n in others):
        return False
    whole = side.value[total, places]
    added = np.nansum(side.value[parts][:, places], axis=0)
    known = ~np.isnan(whole) & (whole != 0)
    off = np.abs(added[known] / whole[known] - 1)
    near = 0.05 if side.under[parts[0]] is None else 0.01  # 在总计中 may say a part of it
    return bool(known.any() and (off < near).mean() > 0.5)


def lacks_no_part(side: Side, total: int, parts: list[int], places: list[int]) -> bool:
    """Whether several parts miss a total in every place by little, and by less than the least of
    them is: no part is missing, and they do not add up."""
    whole, cells = side.value[total, places], side.value[parts][:, places]
    least = np.where(cells > 0, cells, np.inf).min(axis=0)
    off = np.abs(np.nansum(cells, axis=0) - whole)
    known = ~np.isnan(whole)
    return len(parts) > 2 and bool((off < np.minimum(least, _LITTLE * whole))[known].all())
