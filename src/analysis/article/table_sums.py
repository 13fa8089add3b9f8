"""Which lines of a table add up: whether parts make a total, and totals that no label names."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from ..kinds import MEASURES
from .table_sides import Fit, Side

MOST_LINES = 400  # lines among which sums are looked for that no label names
_AMOUNT = MEASURES.index("amount")  # counts and amounts come first
_MOST_PARTS = 40
_DIGITS = 4  # printed digits, beside those of the number of lines, that do not agree by chance


def sum_fit(side: Side, total: int, parts: list[int], places: Iterable[int]) -> tuple[Fit, Fit]:
    """How often parts add up to the total; and how often they are not more than it."""
    where = list(places)
    whole = side.value[total, where]
    cells = side.value[parts][:, where]
    added = np.nansum(cells, axis=0)
    loose = np.nansum(side.high[parts][:, where] - side.low[parts][:, where], axis=0) / 2
    loose = loose + np.nan_to_num(side.width(total)[where]) + 1e-9 * np.abs(whole)
    known = ~np.isnan(whole) & (~np.isnan(cells)).any(axis=0)
    complete = known & (~np.isnan(cells)).all(axis=0)
    equal = known & (np.abs(added - whole) <= loose)
    telling = (complete | equal) & ((np.nan_to_num(cells) != 0).sum(axis=0) > 1)
    sums = Fit(int((telling & equal).sum()), int(telling.sum()))
    return sums, Fit(int((known & (added <= whole + loose)).sum()), int(known.sum()))


def summable(side: Side, lines: list[int]) -> list[int]:
    """The places in which figures of lines may be added: counts and amounts of one unit, their
    differences, or shares of a whole of 100."""
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
    shares = only("rate") & (names == "percent") & (np.abs(side.value[lines[0]] - 100) <= 0.5)
    added = only("count", "amount") | (only("difference") & (names != "percentage point"))
    found = printed.any(axis=0) & ((least == most) | (most < 0)) & (added | shares)
    if len(lines) > 3:  # what several parts exceed is an average
        with np.errstate(invalid="ignore"):
            over = (side.value[lines[1:]] > side.value[lines[0]]) & (side.value[lines[0]] > 0)
        found &= over.sum(axis=0) < 2
    return [int(n) for n in np.flatnonzero(found)]


def unnamed_sums(side: Side, done: dict[int, list[int]]) -> dict[int, list[int]]:
    """Lines that the lines next to them add up to, in every place but one, and these: no label
    says so, and no chance would do it. A part may have parts of its own, which are then passed
    over."""
    count = len(side.labels)
    if count > MOST_LINES:
        return {}
    found = {} if side.rows else _group_sums(side)
    usable = [side.kind[n] in ("count", "amount", "") for n in range(count)]
    value, loose = np.nan_to_num(side.value), np.nan_to_num(side.high - side.low) / 2 + 1e-9
    for step in (1, -1):
        # where the parts of a line end
        end_of = {t: step * max(step * n for n in [t, *parts]) for t, parts in done.items()}
        for total in range(count - 1, -1, -1) if step > 0 else range(count):
            known = ~np.isnan(side.value[total]) & (side.measure[total] <= _AMOUNT)
            added, room = np.zeros(len(side.across)), loose[total].copy()
            parts: list[int] = []
            n = _past_rates(side, total + step, step)
            while usable[total] and 0 <= n < count and usable[n] and len(parts) < _MOST_PARTS:
                if side.rows and side.levels[n] < side.levels[total]:
                    break
                parts.append(n)
                added, room = added + value[n], room + loose[n]
                n = _past_rates(side, end_of.get(n, n) + step, step)
                beyond = known & (added > value[total] + room)
                short = known & (added < value[total] - room)
                if beyond.sum() > 1:
                    break
                if len(parts) < 2 or short.sum() > 1 or not adds_up(side, total, parts):
                    continue
                end_of[total] = n - step
                if total not in done:
                    found.setdefault(total, sorted(parts))
                break
    return found


def _past_rates(side: Side, line: int, step: int) -> int:
    """The first line from here on that holds no rates: these stand among what they are of."""
    while 0 <= line < len(side.labels) and side.kind[line] in ("rate", "change"):
        line += step
    return line


def adds_up(side: Side, total: int, parts: list[int]) -> bool:
    """Whether parts add up to a total so plainly, and in so many printed digits, that it is no
    chance."""
    places = summable(side, [total, *parts])
    fit = sum_fit(side, total, parts, places)[0]
    if not fit.holds or not (fit.plainly or fit.holds == fit.of):
        return False
    values = np.abs(side.value[total, places])
    known = values[~np.isnan(values)]
    if fit.of >= 3 and len(set(known.tolist())) >= 3 and np.median(known) >= 20:
        return True
    steps = np.maximum(2 * side.width(total)[places], 1.0)
    digits = np.nansum(np.log10(np.maximum(values / steps, 1.0)))
    return bool(digits * fit.holds / len(places) >= _DIGITS + np.log10(len(side.labels)))


def _group_sums(side: Side) -> dict[int, list[int]]:
    """Of groups of lines with the same names in each (当月, 累计), the lines of the one that are
    the sums of those of the others, as exports and imports are those of trade."""
    groups: dict[str, dict[tuple[str, ...], int]] = {}
    for n, path in enumerate(side.paths):
        if len(path) > 1 and side.kind[n] in ("count", "amount"):
            groups.setdefault(path[0], {})[tuple(path[1:])] = n
    found: dict[int, list[int]] = {}
    names = list(groups)
    for at in (0, len(names) - 1) if len(names) > 2 else ():
        others = [groups[name] for n, name in enumerate(names) if n != at]
        for below, total in groups[names[at]].items():
            parts = [other[below] for other in others if below in other]
            if len(parts) == len(others) and adds_up(side, total, parts):
                found.setdefault(total, sorted(parts))
    return found
