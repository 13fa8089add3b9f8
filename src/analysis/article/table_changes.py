"""Changes and carried-over stocks that the layout of a table claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations, zip_longest

import numpy as np

from ..kinds import MEASURES
from .table_addends import DIGITS
from .table_formulas import Formula, begun_alike
from .table_labels import is_period, months_in, period_of, stock, year_in
from .table_measures import says_current, says_prior, says_rank
from .table_sides import LEVELS, Bools, Claim, Fit, Floats, Ints, Side

_RATE = MEASURES.index("rate")
_FEWEST = 3  # changes in a unit of which few may hold
_DATE = re.compile(r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}")
_YEARLY = re.compile(
    r"\b(?:annual|yearly|(?:a|per) year)\b|每年|年[增变變][长長化动動率减減]", re.IGNORECASE
)
_FEW = 0.3  # of changes that may be of a pair: a claim that fails in more is none

Steps = dict[int, tuple[int, int]]


# --- Steps ----------------------------------------------------------------------------------------


def steps_of(side: Side) -> Steps:
    """Lines of counts that no label calls changes, and what they are the steps of from one place
    to the next (new cases beside all so far): the level, and whether the place before a place
    stands before it (1) or behind it (-1). They are where two in three recompute, in so many digits
    that it is no chance, and the places are periods."""
    found: Steps = {}
    periods = sum(is_period(label) or bool(_DATE.search(label)) for label in side.across)
    if 2 * periods <= len(side.across):
        return found
    needed = DIGITS + 2 * np.log10(len(side.kind))
    moved = np.diff(side.value, axis=1)
    loose = 3 * np.nan_to_num(side.high - side.low).max(axis=1) + 1e-6
    for line, kind in enumerate(side.kind):
        if kind not in ("count", "amount"):
            continue
        own = side.value[line]
        digits = np.log10(np.maximum(np.abs(np.nan_to_num(own)), 1.0))
        levels = np.array(side.levels_of(line, ("count", "amount")), dtype=int)
        for step, ends in ((1, own[1:]), (-1, own[:-1])):
            close = np.abs(step * moved[levels] - ends) <= (loose[levels] + loose[line])[:, None]
            for level in levels[close.sum(axis=1) > 1].tolist():
                beside = _neighbours(side, step)
                held, known = side.held(line, *_stepped(side, level, "difference", beside))
                likely = 3 * held.sum() >= 2 * known.sum() and digits[held].sum() >= needed
                if likely and level not in found:
                    found.setdefault(line, (level, step))
    return found


def spans_of(side: Side, formulas: dict[int, Formula]) -> Iterator[int]:
    """Lines that are no changes by their measure, but by a span of years: where most recompute."""
    for line, formula in formulas.items():
        if formula.kind == "change" and side.kind[line] in LEVELS:
            pair = formula.roles[0][1], formula.roles[1][1]
            fit = side.meet(line, *_changes_of(side, pair, "difference"))
            if fit.holds > 1 and fit.share > 0.5:
                yield line


# --- Changes --------------------------------------------------------------------------------------


def change_claims(side: Side, formulas: dict[int, Formula], steps: Steps) -> Iterator[Claim]:
    """Changes and differences with the two lines that they compare, or with the line before; and
    steps, each with the two figures that it lies between."""
    for line, (level, step) in steps.items():
        along = _along(side, line, level, _neighbours(side, step))
        yield from (claim for claim in along if len(claim.roles) > 2)
    found: dict[tuple[int, int], dict[str, int]] = {}
    known: dict[int, tuple[int, int]] = {}
    lines = [n for n, kind in enumerate(side.kind) if kind in ("change", "difference")]
    lines = sorted(set(lines) - steps.keys(), key=lambda n: (side.kind[n] == "change", n))
    for line in (*lines, *lines):  # differences first, as they tell more; then what is beside them
        beside = {n: known[n] for n in (line - 1, line + 1) if n in known}
        pair = known.get(line) or _stated(side, line, formulas.get(line))
        pair = pair or _compared(side, line, side.kind[line], [*beside.values()])
        pair = None if pair and _of_one_year(side, line, pair) else pair
        alike = (n for n in beside if begun_alike(side.labels[n], side.labels[line]) > 1)
        if not pair and len(side.across) == 1:  # 增减, 增减(%): the head decides
            pair = known.get(next(alike, line))
        if pair:
            known[line] = pair
    for line in lines:
        if line in known:
            found.setdefault(known[line], {}).setdefault(side.kind[line], line)
        else:
            yield from _from_place_to_place(side, line, side.kind[line])
    for (current, prior), by_kind in found.items():
        other = _at_other_prices(side, (current, prior), by_kind.get("change"))
        lost = {k: _signs_lost(side, n, k, (current, prior)) for k, n in by_kind.items()}
        said = [[role] * len(side.across) for role in ("current", "prior")]
        said += [_said(side, n, (current, prior)) for n in by_kind.values()]
        keys = [side.keys[current], np.where(other, "", side.keys[prior])]
        keys += [
            side.keys[n] if k == "difference" else np.where(lost[k], "", side.keys[n])
            for k, n in by_kind.items()
        ]
        named = zip(zip(*said, strict=True), zip(*keys, strict=True), strict=True)
        against = f"{side.labels[current]} against {side.labels[prior]}"
        for apart, (what, whose) in zip(other.tolist(), named, strict=True):
            roles = tuple((role, key) for role, key in zip(what, whose, strict=True) if key)
            if len(roles) > 2 and roles[-1][0] in ("change", "difference"):
                yield Claim("change", roles, against)
            elif len(roles) == 2 and roles[0][0] == "current" and roles[1][0] != "prior":
                note = f"; {side.labels[prior]} does not recompute it" if apart else ""
                yield Claim("change", roles, f"of {side.labels[current]}{note}")


def _stated(side: Side, line: int, formula: Formula | None) -> tuple[int, int] | None:
    """The current and the prior line of a change by its label, where more than few recompute."""
    if formula is None or formula.kind != "change":
        return None
    pair = formula.roles[0][1], formula.roles[1][1]
    fit = side.meet(line, *_changes_of(side, pair, side.kind[line]))
    return pair if fit.of < _FEWEST or fit.share >= _FEW else None


def _of_one_year(side: Side, line: int, pair: tuple[int, int]) -> bool:
    """Whether changes are those of a year, and the two lines several years apart."""
    now, before = (side.years[n] for n in pair)
    return bool(_YEARLY.search(side.labels[line]) and now and before and abs(now - before) > 1)


def _at_other_prices(side: Side, pair: tuple[int, int], line: int | None) -> Bools:
    """The places whose unit is one in which the pair recomputes few of the changes, though it does
    in others: they are of other prices or another coverage."""
    other = np.zeros(len(side.across), dtype=bool)
    if line is None:
        return other
    holds, known = side.held(line, *_changes_of(side, pair, "change"))
    holds |= _signs_lost(side, line, "change", pair)
    for unit in set(side.unit[pair[0]].tolist()):
        here = (side.unit[pair[0]] == unit) & known
        if here.sum() >= _FEWEST and 2 * (holds & here).sum() < here.sum():
            other |= here
    return other


def _said(side: Side, line: int, pair: tuple[int, int] | None = None) -> list[str]:
    """What a line of changes holds in each place: a change, or a difference among changes; of a
    pair of lines that it compares, points of their rates as well."""
    kind, measures = side.kind[line], side.measure[line]
    if measures.max() <= _RATE:  # by its figures, not by its label
        return [kind] * len(measures)
    said = [MEASURES[n] if n >= 0 else kind for n in measures.tolist()]
    points = _points(side, line, pair) if pair else ()
    return ["difference" if own else name for own, name in zip_longest(points, said)]


def _points(side: Side, line: int, pair: tuple[int, int]) -> Bools:
    """The places of a line of changes in percent that are by how many points a rate changed, where
    these recompute and, in one of them, a change does not: 58.6 55.2 3.4 under 增长%."""
    rates = side.where(pair[0], "rate") & (side.unit[pair[0]] == side.unit[pair[1]])
    rates &= np.isin(side.unit[pair[0]], [n for n, u in enumerate(side.units) if u == "percent"])
    if side.kind[line] != "change" or not rates.any():
        return np.zeros_like(rates)
    kinds = ("difference", "change")
    points, change = (side.held(line, *_changes_of(side, pair, kind))[0] for kind in kinds)
    points &= rates
    return points & (points & ~change).any()


def _compared(
    side: Side, line: int, kind: str, beside: list[tuple[int, int]]
) -> tuple[int, int] | None:
    """The current and the prior line of a line of changes; of two that fit as well, those that the
    difference beside it is of."""
    best: tuple[float, tuple[int, int]] | None = None
    levels = side.levels_of(line)
    pair = _only_pair(side, line, levels)
    own = side.paths[line][:-1]
    within = {n for n in levels if own and side.paths[n][:-1] == own}
    for current, prior in permutations(levels, 2):
        # Words tell nothing of another head's columns: 当月 环比, 累计 去年同期.
        named = _named_pair(side, current, prior) if current in within or not within else 0
        low, high = _changes_of(side, (current, prior), kind)
        fit = side.meet(line, low, high)
        if named > 0:
            told = _signs_lost(side, line, kind, (current, prior))
            told = told | _points(side, line, (current, prior))
            fit = Fit(fit.holds + int(told.sum()), fit.of)
        # Without a word for which is the earlier: numbers below ten recompute by chance.
        enough = fit.share >= 0.8 and (fit.holds >= 2 or fit.of == 1)
        enough |= named > 0 and fit.share >= _FEW
        enough |= (current, prior) in beside and fit.share >= 0.5
        if not (enough or named) and fit.holds == fit.of - 1 and {current, prior} == pair:
            turned = side.meet(line, *_changes_of(side, (prior, current), kind))
            enough = fit.of >= _FEWEST and fit.holds > turned.holds
        if not fit.holds or not enough:
            continue
        group = sum(
            a == b for a, b in zip(side.paths[line][:-1], side.paths[current], strict=False)
        )
        near = abs(line - current) + abs(line - prior)
        rank = fit.holds + 0.2 * named + 0.1 * group - 0.01 * near
        rank += 0.3 * ((current, prior) in beside)
        rank += 0.1 * (stock(side.labels[current]) - stock(side.labels[prior]))  # not in less out
        known = np.isfinite(high) & np.isfinite(low)
        spans = high[known] - low[known]
        if spans.size:  # what few digits recompute says less
            rank -= 0.04 * min(float(np.median(spans)), 2.0)
        if best is None or rank > best[0]:
            best = (rank, (current, prior))
    return best[1] if best else None


def _only_pair(side: Side, line: int, levels: list[int]) -> set[int]:
    """The two lines before a line of changes, where these are of no others, whichever is the
    earlier: they are periods, or the only ones; else none."""
    pair = [n for n in levels if n < line][-2:]
    alone = all(is_period(side.labels[n]) for n in pair) or len(levels) == len(pair)
    return set(pair) if alone else set()


def _named_pair(side: Side, current: int, prior: int) -> int:
    """1 where the labels say which is the earlier, -1 where they say the other way."""
    a, b = side.labels[current], side.labels[prior]
    if (says_prior(b) and not says_prior(a)) or (says_current(a) and not says_current(b)):
        return 1
    if says_prior(a) and not says_prior(b):
        return -1
    years = side.years[current], side.years[prior]
    if years[0] and years[1] and years[0] != years[1]:
        return 1 if years[0] > years[1] else -1
    return 0


def _signs_lost(side: Side, line: int, kind: str, pair: tuple[int, int]) -> Bools:
    """Where a line of changes has the size of one and not its sign, as none has a sign: what the
    arrows or the colours of the page said is not known, and which of these rose and fell."""
    low, high = _changes_of(side, pair, kind)
    turned = side.held(line, -high, -low)[0] & ~side.held(line, low, high)[0]
    unsigned = turned.sum() > 1 and not (side.value[line] < 0).any()
    return turned if unsigned else np.zeros_like(turned)


def _changes_of(side: Side, pair: tuple[int, int], kind: str) -> tuple[Floats, Floats]:
    if kind == "difference":
        return side.low[pair[0]] - side.high[pair[1]], side.high[pair[0]] - side.low[pair[1]]
    with np.errstate(divide="ignore", invalid="ignore"):
        low = (side.low[pair[0]] / side.high[pair[1]] - 1) * 100
        high = (side.high[pair[0]] / side.low[pair[1]] - 1) * 100
    return low, high


def _from_place_to_place(side: Side, line: int, kind: str) -> Iterator[Claim]:
    """Changes of a line of periods against the period before it, or the same of the year before;
    else of a level that stands beside them, whose prior is not printed."""
    own = _level_named(side, line)
    levels = [n for n in side.levels_of(line) if side.paths[n][:-1] == side.paths[line][:-1]]
    levels = levels or side.levels_of(line)
    levels = sorted(levels, key=lambda n: (n != own, n > line, abs(n - line)))[:4]
    if not levels:
        return
    periods = sum(is_period(label) or year_in(label) is not None for label in side.across)
    best: tuple[Fit, int, Ints] | None = None
    if periods >= 0.6 * len(side.across) and len(side.across) > 1:
        one = len(side.across) == 2  # a single change that can be recomputed: of the line above
        above = [n for n in levels if n == line - 1 and side.rows]
        for level in above if one else levels:
            only = level == own or _alone(side, line, level)
            for before in (_neighbours(side, 1), _neighbours(side, -1), side.a_year_before):
                fit = side.meet(line, *_stepped(side, level, kind, before))
                said = one or (only and np.array_equal(before, side.a_year_before))
                if (
                    fit.holds >= (1 if said else 2)
                    and fit.share >= 0.5
                    and (best is None or fit.holds > best[0].holds)
                ):
                    best = (fit, level, before)
    level, before = best[1:] if best else (levels[0], np.full(len(side.across), -1))
    if not best and (side.rows or (level != own and not _alone(side, line, level))):
        return
    yield from _along(side, line, level, before)


def _along(side: Side, line: int, level: int, priors: Ints) -> Iterator[Claim]:
    """The changes of a level, each against the place before it; -1 where no prior is printed."""
    said = _said(side, line)
    years = [year_in(label) for label in side.across]
    steps = {
        place: abs((years[place] or 0) - (years[before] or 0))
        for place, before in enumerate(priors.tolist())
        if before >= 0 and years[place] and years[before]
    }
    for place, before in enumerate(priors.tolist()):
        prior = side.keys[level][before] if before >= 0 else ""
        if prior and not _last_alike(side.across[place], side.across[before]):
            prior = ""  # 113年1-9月 below 113年: its base is the same months, which are not printed
        if steps.get(place, 0) > max(min(steps.values(), default=0), 1):
            prior = ""  # 1985 below 1980, where other years follow one another: nor is 1984
        named = [
            ("current", side.keys[level][place]),
            ("prior", prior),
            (said[place], side.keys[line][place]),
        ]
        roles = tuple((role, key) for role, key in named if key)
        if roles and roles[0][0] == "current" and roles[-1][0] in ("change", "difference"):
            against = f"{side.across[place]} against {side.across[before]}" if prior else "of"
            yield Claim("change", roles, f"{side.labels[level]}, {against}".removesuffix(", of"))


def _last_alike(label: str, other: str) -> bool:
    """Whether two labels, where both are periods, name as many months."""
    if not (is_period(label) and is_period(other)):
        return True
    lengths = {months and months[1] - months[0] for months in map(months_in, (label, other))}
    return len(lengths) == 1


def _level_named(side: Side, line: int) -> int | None:
    """The one level that changes are of by their heads: the same text below another head (数量
    under 累计, 数量 under 累计比上年±%), the only one of their group, or a name that begins theirs
    (产值, 产值同比), the one that says it is current (执行数)."""
    levels = [n for n in range(len(side.labels)) if side.kind[n] in LEVELS and side.paths[n]]
    levels = [n for n in levels if not says_rank(side.labels[n])]  # 增幅(%), 增幅位次
    path = side.paths[line]
    if not path or side.rows:
        return None
    if len(path) > 1:
        alike = [n for n in levels if path[-1] in side.paths[n] and len(side.paths[n]) > 1]
        own = [n for n in levels if path[-1] == side.paths[n][-1]]  # or what it heads, in all
        alike = own or [n for n in alike if side.totals[n]] or alike
        shared = {n: len(set(side.labels[n]) & set(path[0])) for n in alike}
        best = [n for n in alike if shared[n] == max(shared.values())]
        group = [n for n in levels if side.paths[n][:-1] == path[:-1] and side.kind[n] != "rate"]
        found = best if alike else [n for n in group if n < line][-1:] or group
    else:
        begun = [
            n for n in levels if len(side.labels[n]) > 1 and path[0].startswith(side.labels[n])
        ]
        found = [n for n in begun if len(side.labels[n]) == max(len(side.labels[m]) for m in begun)]
        shared = {n: begun_alike(side.labels[n], path[0]) for n in levels}
        most = max(shared.values(), default=0)
        found = found or [n for n in levels if shared[n] == most > 1]  # 累计产量, 累计增长
        found = found or [n for n in levels if says_current(side.labels[n])]
    return found[0] if len(found) == 1 else None


def _alone(side: Side, line: int, level: int) -> bool:
    """Whether changes can only be of one level: the one before them, where no other is before that
    or it is the total of those."""
    between = all(kind not in LEVELS for kind in side.kind[level + 1 : line])
    total = side.totals[level]
    return level < line and between and (not level or total or side.kind[level - 1] not in LEVELS)


def _neighbours(side: Side, step: int) -> Ints:
    """For each place the one before it (1) or behind it (-1); -1 where it is the last."""
    before = np.arange(len(side.across)) - step
    return np.where(before < len(before), before, -1)


def _stepped(side: Side, level: int, kind: str, before: Ints) -> tuple[Floats, Floats]:
    """What the changes of a level come to, from one place to another."""
    low, high = (
        np.where(before >= 0, ends[level][before], np.nan) for ends in (side.low, side.high)
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        if kind == "change":
            return (side.low[level] / high - 1) * 100, (side.high[level] / low - 1) * 100
        return side.low[level] - high, side.high[level] - low


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
            fit = side.meet(first, low, high)
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
