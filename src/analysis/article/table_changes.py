"""Changes, shares, rates and carried-over stocks that the layout of a table claims."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations, takewhile

import numpy as np
import numpy.typing as npt

from ..kinds import KINDS, MEASURES
from ..units import unit_of
from .table_labels import (
    is_period,
    is_total,
    period_of,
    says_current,
    says_per_population,
    says_population,
    says_prior,
    says_share,
    stock,
    year_in,
)
from .table_sides import Claim, Fit, Floats, Side

_FEWEST = 3  # changes in a unit of which few may hold
_NEAR = 8  # lines: how far from its levels a change may stand in a wide table
_MOST_LINES = 30  # of levels among which the two of a rate are looked for
_FACTORS = {100.0: "percent", 1000.0: "‰", 10_000.0: "per 10000", 100_000.0: "per 100000"}
_RATE = MEASURES.index("rate")
_LEVELS = ("count", "amount", "rate")


def _levels_of(side: Side, line: int, kinds: tuple[str, ...] = _LEVELS) -> list[int]:
    """The lines that a change or rate may be of: those of its group where the table has groups."""
    known = [n for n in range(len(side.labels)) if n != line and side.kind[n] in kinds]
    if len(known) > 12:
        known = [n for n in known if abs(n - line) <= _NEAR]
    return known


# --- Changes --------------------------------------------------------------------------------------


def change_claims(side: Side) -> Iterator[Claim]:
    """Changes and differences with the two lines that they compare, or with the line before."""
    found: dict[tuple[int, int], dict[str, int]] = {}
    for line in range(len(side.labels)):
        kind = side.kind[line]
        if kind not in ("change", "difference"):
            continue
        pair = _compared(side, line, kind)
        if pair is not None:
            found.setdefault(pair, {}).setdefault(kind, line)
            continue
        yield from _from_place_to_place(side, line, kind)
    for (current, prior), by_kind in found.items():
        other = _at_other_prices(side, (current, prior), by_kind.get("change"))
        for place in range(len(side.across)):
            before = "" if other[place] else side.keys[prior][place]
            named = [("current", side.keys[current][place]), ("prior", before)]
            named += [(_said(side, n, place), side.keys[n][place]) for n in by_kind.values()]
            roles = tuple((role, key) for role, key in named if key)
            if len(roles) > 2 and roles[-1][0] in ("change", "difference"):
                yield Claim("change", roles, f"{side.labels[current]} against {side.labels[prior]}")
            elif len(roles) == 2 and roles[0][0] == "current" and roles[1][0] != "prior":
                note = f"; {side.labels[prior]} does not recompute it" if other[place] else ""
                yield Claim("change", roles, f"of {side.labels[current]}{note}")


def _at_other_prices(side: Side, pair: tuple[int, int], line: int | None) -> npt.NDArray[np.bool_]:
    """The places whose unit is one in which the pair recomputes few of the changes, though it does
    in others: they are of other prices or another coverage."""
    other = np.zeros(len(side.across), dtype=bool)
    if line is None:
        return other
    holds, known = _held(side, line, *_changes_of(side, pair))
    for unit in set(side.unit[pair[0]].tolist()):
        here = (side.unit[pair[0]] == unit) & known
        if here.sum() >= _FEWEST and 2 * (holds & here).sum() < here.sum():
            other |= here
    return other


def _said(side: Side, line: int, place: int) -> str:
    """What a line of changes holds in a place: a change, or a difference among changes."""
    return MEASURES[side.measure[line][place]] if side.keys[line][place] else side.kind[line]


def _compared(side: Side, line: int, kind: str) -> tuple[int, int] | None:
    """The current and the prior line of a line of changes."""
    best: tuple[float, tuple[int, int]] | None = None
    levels = _levels_of(side, line)
    for current, prior in permutations(levels, 2):
        named = _named_pair(side, current, prior)
        fit = _change_fit(side, line, kind, (current, prior))
        enough = fit.share >= 0.5 and (fit.holds >= 2 or named > 0 or fit.of == 1)
        if not fit.holds or not (enough or (named > 0 and fit.share >= 0.3)):
            continue
        group = sum(
            a == b for a, b in zip(side.paths[line][:-1], side.paths[current], strict=False)
        )
        near = abs(line - current) + abs(line - prior)
        rank = fit.holds + 0.2 * named + 0.1 * group - 0.01 * near
        if best is None or rank > best[0]:
            best = (rank, (current, prior))
    return best[1] if best else None


def _named_pair(side: Side, current: int, prior: int) -> int:
    """1 where the labels say which is the earlier, -1 where they say the other way."""
    a, b = side.labels[current], side.labels[prior]
    if (says_prior(b) and not says_prior(a)) or (says_current(a) and not says_current(b)):
        return 1
    if says_prior(a) and not says_prior(b):
        return -1
    years = year_in(a), year_in(b)
    if years[0] and years[1] and years[0] != years[1]:
        return 1 if years[0] > years[1] else -1
    return 0


def _change_fit(side: Side, line: int, kind: str, pair: tuple[int, int]) -> Fit:
    if kind == "change":
        return _meet(side, line, *_changes_of(side, pair))
    current, prior = pair
    return _meet(
        side, line, side.low[current] - side.high[prior], side.high[current] - side.low[prior]
    )


def _changes_of(side: Side, pair: tuple[int, int]) -> tuple[Floats, Floats]:
    with np.errstate(divide="ignore", invalid="ignore"):
        low = (side.low[pair[0]] / side.high[pair[1]] - 1) * 100
        high = (side.high[pair[0]] / side.low[pair[1]] - 1) * 100
    return low, high


def _meet(side: Side, line: int, low: Floats, high: Floats) -> Fit:
    """In how many places a line meets what it should be; cut off counts as rounded."""
    met, known = _held(side, line, low, high)
    return Fit(int(met.sum()), int(known.sum()))


def _held(
    side: Side, line: int, low: Floats, high: Floats
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """In which places a line meets what it should be, and in which that is known."""
    step = side.high[line] - side.low[line]
    known = side.where(line, side.kind[line]) & np.isfinite(low) & np.isfinite(high)
    slack = step + 1e-9 * np.abs(np.where(known, low, 0))
    met = known & (low <= side.high[line] + slack) & (high >= side.low[line] - slack)
    return met, known


def _from_place_to_place(side: Side, line: int, kind: str) -> Iterator[Claim]:
    """Changes of a line of periods against the period before it; else of a level that stands
    beside them, whose prior is not printed."""
    own = _level_named(side, line)
    levels = [n for n in _levels_of(side, line) if side.paths[n][:-1] == side.paths[line][:-1]]
    levels = levels or _levels_of(side, line)
    levels = sorted(levels, key=lambda n: (n != own, n > line, abs(n - line)))[:4]
    if not levels:
        return
    periods = sum(is_period(label) or year_in(label) is not None for label in side.across)
    best: tuple[Fit, int, int] | None = None
    if periods >= 0.6 * len(side.across) and len(side.across) > 1:
        one = len(side.across) == 2  # a single change that can be recomputed: of the line above
        above = [n for n in levels if n == line - 1 and side.rows]
        for level in above if one else levels:
            for step in (1, -1):
                fit = _meet(side, line, *_stepped(side, level, kind, step))
                if (
                    fit.holds >= (1 if one else 2)
                    and fit.share >= 0.5
                    and (best is None or fit.holds > best[0].holds)
                ):
                    best = (fit, level, step)
    level, step = (best[1], best[2]) if best else (levels[0], 0)
    if not best and (side.rows or (level != own and not _alone(side, line, level))):
        return
    for place in range(len(side.across)):
        before = place - step
        prior = side.keys[level][before] if step and 0 <= before < len(side.across) else ""
        named = [
            ("current", side.keys[level][place]),
            ("prior", prior),
            (_said(side, line, place), side.keys[line][place]),
        ]
        roles = tuple((role, key) for role, key in named if key)
        if roles and roles[0][0] == "current" and roles[-1][0] in ("change", "difference"):
            against = f"{side.across[place]} against {side.across[before]}" if prior else "of"
            yield Claim("change", roles, f"{side.labels[level]}, {against}".removesuffix(", of"))


def _level_named(side: Side, line: int) -> int | None:
    """The one level that changes are of by their heads: the same text below another head (数量
    under 累计, 数量 under 累计比上年±%), the only one of their group, or a name that begins theirs
    (产值, 产值同比), the one that says it is current (执行数)."""
    levels = [n for n in range(len(side.labels)) if side.kind[n] in _LEVELS and side.paths[n]]
    path = side.paths[line]
    if not path or side.rows:
        return None
    if len(path) > 1:
        alike = [n for n in levels if path[-1] in side.paths[n] and len(side.paths[n]) > 1]
        shared = {n: len(set(side.labels[n]) & set(path[0])) for n in alike}
        best = [n for n in alike if shared[n] == max(shared.values())]
        group = [n for n in levels if side.paths[n][:-1] == path[:-1] and side.kind[n] != "rate"]
        found = best if alike else [n for n in group if n < line][-1:] or group
    else:
        begun = [
            n for n in levels if len(side.labels[n]) > 1 and path[0].startswith(side.labels[n])
        ]
        found = [n for n in begun if len(side.labels[n]) == max(len(side.labels[m]) for m in begun)]
        shared = {n: _shared(side.labels[n], path[0]) for n in levels}
        most = max(shared.values(), default=0)
        found = found or [n for n in levels if shared[n] == most > 1]  # 累计产量, 累计增长
        found = found or [n for n in levels if says_current(side.labels[n])]
    return found[0] if len(found) == 1 else None


def _shared(a: str, b: str) -> int:
    """How many characters two labels begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))


def _alone(side: Side, line: int, level: int) -> bool:
    """Whether changes can only be of one level: the one before them, and no other before that."""
    return level == line - 1 and (level == 0 or side.kind[level - 1] not in _LEVELS)


def _stepped(side: Side, level: int, kind: str, step: int) -> tuple[Floats, Floats]:
    low, high = np.full(len(side.across), np.nan), np.full(len(side.across), np.nan)
    now = slice(step, None) if step > 0 else slice(None, step)
    then = slice(None, -step) if step > 0 else slice(-step, None)
    a_low, a_high, b_low, b_high = (
        side.low[level][now], side.high[level][now], side.low[level][then], side.high[level][then]
    )  # fmt: skip
    with np.errstate(divide="ignore", invalid="ignore"):
        if kind == "change":
            low[now], high[now] = (a_low / b_high - 1) * 100, (a_high / b_low - 1) * 100
        else:
            low[now], high[now] = a_low - b_high, a_high - b_low
    return low, high


# --- Shares and rates -----------------------------------------------------------------------------


def ratio_claims(side: Side) -> Iterator[Claim]:
    """Shares of a total, and rates of two lines."""
    confirmed = False
    plain: list[tuple[int, int, int]] = []
    for line in range(len(side.labels)):
        if side.kind[line] != "rate":
            continue
        found = _share_of_total(side, line)
        if found is not None:
            (level, total), fit = found
            if fit.share >= 0.5 and fit.holds >= 2:
                confirmed = True
                yield from _shares(side, line, level, total)
                continue
            if says_share(side.labels[line]) and _same_stem(side, line, level):
                plain.append((line, level, total))
                continue
        yield from _rate_of_two(side, line)
    for line, level, total in plain if confirmed else ():
        yield from _shares(side, line, level, total)


def _same_stem(side: Side, line: int, level: int) -> bool:
    """Whether a share is named after its level: 面积, 面积占比."""
    share, of = side.paths[line][-1], side.paths[level][-1]
    return level == line - 1 and len(of) > 1 and share[:2] == of[:2]


def _share_of_total(side: Side, line: int) -> tuple[tuple[int, int], Fit] | None:
    """The level and the place of the total that a line of percentages divides by."""
    whole = [n for n, label in enumerate(side.across) if is_total(label.split(" / ")[-1])]
    hundreds = np.flatnonzero(np.abs(side.value[line] - 100) < 0.5).tolist()
    totals = whole or hundreds[:2]
    units = side.units_at(line, "rate")
    if not totals or not units <= {"percent", ""}:
        return None
    best: tuple[tuple[int, int], Fit] | None = None
    rank = (-1.0, 0)
    for level in _levels_of(side, line, ("count", "amount")):
        for total in totals:
            if not side.value[level, total] > 0:
                continue
            low = side.low[level] / side.high[level, total] * 100
            with np.errstate(divide="ignore"):
                high = side.high[level] / side.low[level, total] * 100
            fit = _meet(side, line, low, high)
            others = Fit(fit.holds - 1, fit.of - 1)  # the total's own share is always 100
            order = (others.share, -abs(line - level) - (level > line))
            if others.of > 0 and order > rank:
                best, rank = ((level, total), others), order
    return best


def _shares(side: Side, line: int, level: int, total: int) -> Iterator[Claim]:
    for place in range(len(side.across)):
        rate, numerator = side.keys[line][place], side.keys[level][place]
        denominator = side.keys[level][total]
        if rate and numerator and denominator and side.measure[line][place] == _RATE:
            roles = (("rate", rate), ("numerator", numerator), ("denominator", denominator))
            yield Claim("ratio", roles, f"share of {side.across[total]}", "percent")


def _rate_of_two(side: Side, line: int) -> Iterator[Claim]:
    """The two lines whose quotient a line of rates is, in all places but one or two."""
    levels = _levels_of(side, line, ("count", "amount"))[:_MOST_LINES]
    units = side.units_at(line, "rate")
    if len(units) > 1:
        return
    unit = next(iter(units), "")
    factors = [unit_of(unit).family.per_one] if unit else list(_FACTORS)
    population = says_per_population(side.labels[line])
    best: tuple[float, int, int, float] | None = None
    for numerator, denominator in permutations(levels, 2):
        known = ~np.isnan(side.value[numerator] * side.value[denominator] * side.value[line])
        if not (side.value[denominator][known] > 0).any():
            continue
        with np.errstate(divide="ignore", invalid="ignore"):
            low = side.low[numerator] / side.high[denominator]
            high = side.high[numerator] / side.low[denominator]
        for factor in factors:
            fit = _meet(side, line, low * factor, high * factor)
            named = population and says_population(side.labels[denominator])
            enough = (fit.of >= 3 and (fit.share >= 0.8 or fit.plainly)) or (
                named and fit.share >= 0.5
            )
            rank = fit.holds + 0.3 * named - 0.01 * abs(line - numerator)
            if enough and (best is None or rank > best[0]):
                best = (rank, numerator, denominator, factor)
    if best is None:
        return
    _, numerator, denominator, factor = best
    stated = unit or _FACTORS.get(factor, "")
    note = f"{side.labels[numerator]} by {side.labels[denominator]}"
    note += "" if unit else f"; the unit is not stated: {factor:,.0f} is what recomputes"
    for place in range(len(side.across)):
        keys = side.keys[line][place], side.keys[numerator][place], side.keys[denominator][place]
        if all(keys) and side.measure[line][place] == _RATE:
            roles = tuple(zip(KINDS["ratio"].roles, keys, strict=True))
            yield Claim("ratio", roles, note, stated)


# --- Stocks ---------------------------------------------------------------------------------------


def stock_claims(side: Side) -> Iterator[Claim]:
    """What a period opens with is what the one before it closed with."""
    opening = [n for n, label in enumerate(side.labels) if stock(label) < 0]
    closing = [n for n, label in enumerate(side.labels) if stock(label) > 0]
    for first in opening:
        same = [n for n in closing if side.paths[n][:-1] == side.paths[first][:-1]]
        if len(same) != 1 or side.kind[first] not in ("count", "amount"):
            continue
        last = same[0]
        for step in (1, -1):
            now = slice(step, None) if step > 0 else slice(None, step)
            then = slice(None, -step) if step > 0 else slice(-step, None)
            low, high = (np.full(len(side.across), np.nan) for _ in range(2))
            low[now], high[now] = side.low[last][then], side.high[last][then]
            fit = _meet(side, first, low, high)
            if fit.holds < 2 or fit.share < 0.5:
                continue
            for place in range(len(side.across)):
                before = place - step
                if 0 <= before < len(side.across):
                    keys = side.keys[first][place], side.keys[last][before]
                    if all(keys) and _next_to(side, before, place):
                        roles = (("total", keys[0]), ("part", keys[1]))
                        yield Claim("sum", roles, "opens with what the period before closed with")


def _next_to(side: Side, before: int, place: int) -> bool:
    """Whether two places are periods one after the other, as far as their labels say."""
    a, b = (period_of([side.across[n]]) for n in (before, place))
    if a.end is None or b.start is None:
        return True
    return 0 < (b.start - a.end).days <= 1
