"""Shares of a total and rates of two lines that the layout of a table claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations
from typing import NamedTuple

import numpy as np

from ..kinds import KINDS, MEASURES
from ..quotients import factor_of
from ..units import halves, unit_of
from .table_formulas import Formula
from .table_labels import is_total
from .table_measures import says_each, says_rate, says_share
from .table_sides import Claim, Fit, Ints, Side
from .table_units import is_measured

_MOST_LINES = 30  # of levels among which the two of a rate are looked for
_MOST_NUMERATORS, _MOST_DENOMINATORS = 4, 60  # of a rate that is named after its numerator
_DONE = re.compile(r"完成|[执執]行|[进進]度")
_PLANNED = re.compile(r"[计計][划劃]|[预預]算|目[标標]|任[务務]")
_NAMED_AFTER = re.compile(
    r"([\u3400-\u9fff]{2})率|\b([a-z]{4,}?)(?:ment|s)?[- ]rate\b", re.IGNORECASE
)
_BY_POPULATION = re.compile(r"率|[每人]均|每.*人|per [\d,]+|per capita", re.IGNORECASE)
_POPULATION = re.compile(r"人口|population|inhabitants|居民", re.IGNORECASE)
_ADJUSTED = re.compile(r"季[节節][调調]|[标標][准準]化|adjusted|standardi[sz]ed", re.IGNORECASE)
_OF_SECTION = re.compile(
    r"(.+?)(?:(?:,? as an?)? (?:%|per ?cent(?:age)?) of |[占佔])(.+?)(?:的?比[重例率]?)?\W*",
    re.IGNORECASE,
)
_UNITS = ["", "percent", "‰", "per 10000", "per 100000"]  # that a rate without one may be in
_SLIPS = {"percent": "‰", "‰": "percent"}  # one printed for the other
_RATE = MEASURES.index("rate")


class _Share(NamedTuple):
    """What a line of shares is of: the line of their numerators, that of their denominators, which
    is mostly the same, and the place of the denominator of each."""

    level: int
    whole: int
    totals: Ints


def ratio_claims(side: Side, formulas: dict[int, Formula]) -> Iterator[Claim]:
    """Shares of a total, and rates of two lines."""
    confirmed = False
    plain: list[tuple[int, _Share]] = []
    for line in range(len(side.labels)):
        if side.kind[line] != "rate":
            if side.kind[line] == "amount" and says_each(side.labels[line]):
                yield from _rate_of_two(side, line, formulas.get(line))
            continue
        found = _share_of_total(side, line)
        if found is not None:
            share, fit = found
            if fit.share >= 0.5 and fit.holds >= 2:
                confirmed = True
                yield from _shares(side, line, share)
                continue
            if says_share(side.labels[line]) and _same_stem(side, line, share.level):
                plain.append((line, share))
                continue
        yield from _rate_of_two(side, line, formulas.get(line))
    for line, share in plain if confirmed else ():
        yield from _shares(side, line, share)


def _same_stem(side: Side, line: int, level: int) -> bool:
    """Whether a share is named after its level: 面积, 面积占比."""
    share, of = (path[-1] if path else "" for path in (side.paths[line], side.paths[level]))
    return level == line - 1 and len(of) > 1 and share[:2] == of[:2]


def _share_of_total(side: Side, line: int) -> tuple[_Share, Fit] | None:
    """What a line of percentages is a share of, if it is one of a total."""
    if not side.units_at(line, "rate") <= {"percent", ""} or side.is_hundred(line):
        return None  # or a whole, beside its shares
    best: tuple[_Share, Fit] | None = None
    rank = (-1.0, 0)
    places = np.arange(len(side.across))
    levels = side.levels_of(line, ("count", "amount"))
    totals_by_place = list(_totals_by_place(side, line)) if levels else []
    for level in levels:
        for whole in [level, *_wholes(side, line, level, levels)]:
            for totals in totals_by_place:
                known = totals >= 0
                if whole == level:  # the total's own share is always 100
                    known &= totals != places
                with np.errstate(divide="ignore", invalid="ignore"):
                    low = side.low[level] / side.high[whole, totals] * 100
                    high = side.high[level] / side.low[whole, totals] * 100
                known &= (side.value[whole, totals] > 0) & (side.value[level] != 0)  # 0 is of any
                fit = side.meet(line, np.where(known, low, np.nan), np.where(known, high, np.nan))
                order = (fit.share, -abs(line - level) - (level > line))
                if fit.of > 0 and order > rank:
                    best, rank = (_Share(level, whole, totals), fit), order
    return best


def _wholes(side: Side, line: int, level: int, levels: list[int]) -> Iterator[int]:
    """The totals beside a line under one head, of which the line named alike under a head of shares
    may be one: 人口数 / 合计, 人口数 / 男, 占总人口比重 / 男."""
    *group, own = side.paths[level] or [""]
    if any(group) and [own] == side.paths[line][-1:] and says_share(side.labels[line]):
        yield from (
            n for n in levels if side.totals[n] and side.paths[n][:-1] == group and n != level
        )


def _totals_by_place(side: Side, line: int) -> Iterator[Ints]:
    """Which place may hold the total of each place: one of all, the one that the line names
    (占有效警情的比重); or, where there are several, the one before or behind it, the one of its
    group, the one of those named alike; -1 where none."""
    hundreds = np.flatnonzero(np.abs(side.value[line] - 100) < 0.5)
    paths = [label.split(" / ") for label in side.across]
    named = np.array([n for n, path in enumerate(paths) if is_total(path[-1])], dtype=int)
    places = np.arange(len(paths))
    said = "".join(side.labels[line].split("占")[1:])
    own = [n for n, path in enumerate(paths) if len(path[-1]) > 1 and path[-1] in said][:2]
    for total in dict.fromkeys(
        (*own, *(named if named.size else ()), *(hundreds if hundreds.size < 3 else ()))
    ):
        yield np.full(len(paths), total)
    if not (named.size or hundreds.size) and np.isnan(side.value[line, 0]):
        yield np.where(places > 0, 0, -1)  # the first, which has no share itself
    for totals in (hundreds, named):
        if totals.size < 2:
            continue
        at = np.searchsorted(totals, places, side="right")
        yield np.where(at > 0, totals[at - 1], -1)
        at = np.searchsorted(totals, places)
        yield np.where(at < totals.size, totals[np.minimum(at, totals.size - 1)], -1)
        for part in (slice(None, -1), slice(1, None)):
            of = {tuple(paths[n][part]): int(n) for n in totals}
            yield np.array([of.get(tuple(path[part]), -1) for path in paths])


def _shares(side: Side, line: int, share: _Share) -> Iterator[Claim]:
    beyond = _beyond(side, line, share)
    for place, total in enumerate(share.totals.tolist()):
        if place in beyond:
            continue
        rate, numerator = side.keys[line][place], side.keys[share.level][place]
        denominator = side.keys[share.whole][total] if total >= 0 else ""
        if rate and numerator and denominator and side.measure[line][place] == _RATE:
            roles = (("rate", rate), ("numerator", numerator), ("denominator", denominator))
            yield Claim("ratio", roles, f"share of {side.across[total]}", "percent")


def _beyond(side: Side, line: int, share: _Share) -> set[int]:
    """The places on the other side of a total than all that are shares of it, which are none: what
    stands there is of something else (a turnout, below the votes)."""
    totals = set(share.totals.tolist())
    if len(totals) > 1 or (total := totals.pop()) < 0:
        return set()
    with np.errstate(divide="ignore", invalid="ignore"):
        low = side.low[share.level] / side.high[share.whole, total] * 100
        high = side.high[share.level] / side.low[share.whole, total] * 100
    held, known = side.held(line, low, high)
    known[total] = held[total] = False
    before = np.arange(len(known)) < total
    for own in (before, ~before):
        if held.any() and not held[own].any():
            return set(np.flatnonzero(known & own).tolist())
    return set()


def _rate_of_two(side: Side, line: int, formula: Formula | None) -> Iterator[Claim]:
    """The two lines whose quotient a line of rates is, by its label, or in all places but one or
    two. Where it is so named, and a quotient of like counts in every place, though in ‰ where the
    label says %, the claim is what the label says."""
    stated = _stated_pairs(side, line, formula)
    named = set(_numerators(side, line))
    units = side.units_at(line, side.kind[line])
    if len(units) > 1:
        return
    unit = next(iter(units), "")
    slip = _SLIPS.get(unit)
    tries = [unit, *([slip] if slip else [])] if unit else _UNITS
    label = side.labels[line]
    population = bool(_BY_POPULATION.search(label)) and not says_share(label)
    best: tuple[float, int, int, str] | None = None
    completed = _completion(side, line)
    pairs = dict.fromkeys(stated or (*completed, *_pairs(side, line, named)))
    adjusted = bool(_ADJUSTED.search(label))  # no quotient of what is not
    for numerator, denominator in pairs:
        if adjusted and not _ADJUSTED.search(side.labels[numerator]):
            continue
        known = ~np.isnan(side.value[numerator] * side.value[denominator] * side.value[line])
        if not (side.value[denominator][known] > 0).any():
            continue
        with np.errstate(divide="ignore", invalid="ignore"):
            low = side.low[numerator] / side.high[denominator]
            high = side.high[numerator] / side.low[denominator]
        of_both = _unit_of(side, numerator), _unit_of(side, denominator)
        for name in tries:
            if not (factor := factor_of(name, *of_both)):
                continue
            fit = side.meet(line, low * float(factor), high * float(factor))
            said = bool(stated) or (numerator, denominator) in completed
            base = side.labels[denominator]
            said |= population and bool(_POPULATION.search(base)) and not says_rate(base)
            said |= bool(halves(name)) and all(map(is_measured, filter(None, of_both)))
            enough = fit.of >= 3 and (fit.share >= 0.8 or fit.plainly)
            enough |= said and fit.share >= 0.5
            enough |= numerator in named and fit.share > 0.5 and fit.holds > 1
            rank = fit.holds + 0.3 * (said or numerator in named)
            rank -= 0.01 * abs(line - numerator) + 0.001 * abs(line - denominator)
            if name == slip:
                told = [(n, side.kind[n]) for n in (numerator, denominator)]
                above, below = ((kind, side.units_at(n, kind)) for n, kind in told)
                enough = (
                    above == below and numerator in named and fit.of >= 3 and fit.holds == fit.of
                )
                rank -= fit.of  # what the label says comes first
            if enough and (best is None or rank > best[0]):
                best = (rank, numerator, denominator, name)
    if best is None:
        return
    _, numerator, denominator, name = best
    of_one = unit_of(name).family.per_one
    note = f"{side.labels[numerator]} by {side.labels[denominator]}"
    note += (
        "" if unit or of_one == 1 else f"; the unit is not stated: {of_one:,.0f} is what recomputes"
    )
    note += f"; {name} is what recomputes" if name == slip else ""
    for place in range(len(side.across)):
        keys = side.keys[line][place], side.keys[numerator][place], side.keys[denominator][place]
        if all(keys) and MEASURES[side.measure[line][place]] == side.kind[line]:
            roles = tuple(zip(KINDS["ratio"].roles, keys, strict=True))
            yield Claim("ratio", roles, note, unit or name)


def _unit_of(side: Side, line: int) -> str:
    """The one unit that a line states, "" without one."""
    units = side.units_at(line, side.kind[line])
    return units.pop() if len(units) == 1 else ""


def _pairs(side: Side, line: int, named: set[int]) -> Iterator[tuple[int, int]]:
    """The pairs of lines whose quotient a line of rates may be: of the lines near it, and what it
    is named after with any line."""
    near = side.levels_of(line, ("count", "amount"))[:_MOST_LINES]
    yield from permutations(near, 2)
    nearest = sorted(_numbers(side), key=lambda n: abs(n - line))[:_MOST_DENOMINATORS]
    for numerator in sorted(named, key=lambda n: abs(n - line))[:_MOST_NUMERATORS]:
        yield from ((numerator, n) for n in nearest if n != numerator)


def _numbers(side: Side) -> list[int]:
    """The lines of counts and amounts, however far."""
    return [n for n, kind in enumerate(side.kind) if kind in ("count", "amount")]


def _numerators(side: Side, line: int) -> list[int]:
    """The lines that a line of rates is named after: 失业率, 失业人数; Birth rate, Births."""
    name = _NAMED_AFTER.search(side.paths[line][-1] if side.paths[line] else "")
    if name is None:
        return []
    stem = (name[1] or name[2]).lower()
    return [n for n in _numbers(side) if any(stem in part.lower() for part in side.paths[n][-1:])]


def _completion(side: Side, line: int) -> list[tuple[int, int]]:
    """What was done of what was planned, where a rate says that it is that: 执行率, 为预算%."""
    if not (_DONE.search(side.labels[line]) or _PLANNED.search(side.labels[line])):
        return []
    levels = list(side.levels_of(line, ("count", "amount")))
    planned = [n for n in levels if _PLANNED.search(side.labels[n])]
    done = [n for n in levels if n not in planned]
    return [(a, b) for a in done for b in planned]


def _stated_pairs(side: Side, line: int, formula: Formula | None) -> list[tuple[int, int]]:
    """The two lines of a rate by its formula; of a share what stands beside it under one head, and
    a total; of a section named after two others (profit % of revenue) the rows of its name in
    these; or, below a head that is 100 throughout, the line of the same name below the head of
    amounts, and that head."""
    if formula is not None and formula.kind == "ratio":
        return [(formula.roles[1][1], formula.roles[2][1])]
    *group, label = side.paths[line] or [""]
    if group and says_share(label):
        levels = _numbers(side)
        beside = [n for n in levels if side.paths[n][:-1] == group]
        over = [side.paths[n][:-1] for n in levels]  # not the total of another group
        known = [n for n, head in zip(levels, over, strict=True) if head == group[: len(head)]]
        totals = [n for n in known if side.totals[n] and n not in beside]
        if len(beside) == 1 and totals:
            return [(beside[0], total) for total in totals]
    if pairs := _sections_named(side, line):
        return pairs
    head = _head_of(side, line)
    if head is None or not side.is_hundred(head):
        return []
    same = [n for n, label in enumerate(side.labels) if label == side.labels[line] and n != line]
    heads = {n: _head_of(side, n) for n in same if side.kind[n] in ("count", "amount")}
    return [(n, over) for n, over in heads.items() if over is not None]


def _sections_named(side: Side, line: int) -> list[tuple[int, int]]:
    """The rows named as one of a section whose heading names two others: Profit % of revenue, over
    the same rows as Profit and as Revenue."""
    *over, own = side.paths[line] or [""]
    named = _OF_SECTION.fullmatch(over[-1]) if side.rows and over else None
    if named is None:
        return []
    same = [n for n in _numbers(side) if side.paths[n][-1:] == [own] and n != line]
    heads = {n: _bare(side.paths[n][-2]) for n in same if len(side.paths[n]) > 1}
    above, below = (
        [n for n, head in heads.items() if head == _bare(part)] for part in named.groups()
    )
    return [(above[0], below[0])] if len(above) == len(below) == 1 else []


def _bare(heading: str) -> str:
    return heading.rstrip(":： ").casefold()


def _head_of(side: Side, line: int) -> int | None:
    """The row under whose label a row stands."""
    heading = side.paths[line][0] if side.rows else ""
    return side.labels.index(heading) if heading in side.labels else None
