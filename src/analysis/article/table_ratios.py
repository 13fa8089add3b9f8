"""Shares of a total and rates of two lines that the layout of a table claims."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

import numpy as np

from ..kinds import KINDS, MEASURES
from ..units import unit_of
from .table_formulas import Formula
from .table_labels import is_total, says_per_population, says_population, says_share
from .table_sides import Claim, Fit, Side

_MOST_LINES = 30  # of levels among which the two of a rate are looked for
_FACTORS = {1.0: "", 100.0: "percent", 1000.0: "‰", 10_000.0: "per 10000", 100_000.0: "per 100000"}
_RATE = MEASURES.index("rate")


def ratio_claims(side: Side, formulas: dict[int, Formula]) -> Iterator[Claim]:
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
        yield from _rate_of_two(side, line, formulas.get(line))
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
    for level in side.levels_of(line, ("count", "amount")):
        for total in totals:
            if not side.value[level, total] > 0:
                continue
            low = side.low[level] / side.high[level, total] * 100
            with np.errstate(divide="ignore"):
                high = side.high[level] / side.low[level, total] * 100
            fit = side.meet(line, low, high)
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


def _rate_of_two(side: Side, line: int, formula: Formula | None) -> Iterator[Claim]:
    """The two lines whose quotient a line of rates is, by its label, or in all places but one or
    two."""
    levels = side.levels_of(line, ("count", "amount"))[:_MOST_LINES]
    stated = _stated_pairs(side, line, formula)
    units = side.units_at(line, "rate")
    if len(units) > 1:
        return
    unit = next(iter(units), "")
    factors = [unit_of(unit).family.per_one] if unit else list(_FACTORS)
    population = says_per_population(side.labels[line])
    best: tuple[float, int, int, float] | None = None
    for numerator, denominator in stated or permutations(levels, 2):
        known = ~np.isnan(side.value[numerator] * side.value[denominator] * side.value[line])
        if not (side.value[denominator][known] > 0).any():
            continue
        with np.errstate(divide="ignore", invalid="ignore"):
            low = side.low[numerator] / side.high[denominator]
            high = side.high[numerator] / side.low[denominator]
        for factor in factors:
            fit = side.meet(line, low * factor, high * factor)
            named = bool(stated) or (population and says_population(side.labels[denominator]))
            enough = (fit.of >= 3 and (fit.share >= 0.8 or fit.plainly)) or (
                named and fit.share >= 0.5
            )
            rank = fit.holds + 0.3 * named - 0.01 * abs(line - numerator)
            if enough and (best is None or rank > best[0]):
                best = (rank, numerator, denominator, factor)
    if best is None:
        return
    _, numerator, denominator, factor = best
    note = f"{side.labels[numerator]} by {side.labels[denominator]}"
    note += (
        "" if unit or factor == 1 else f"; the unit is not stated: {factor:,.0f} is what recomputes"
    )
    for place in range(len(side.across)):
        keys = side.keys[line][place], side.keys[numerator][place], side.keys[denominator][place]
        if all(keys) and side.measure[line][place] == _RATE:
            roles = tuple(zip(KINDS["ratio"].roles, keys, strict=True))
            yield Claim("ratio", roles, note, unit or _FACTORS[factor])


def _stated_pairs(side: Side, line: int, formula: Formula | None) -> list[tuple[int, int]]:
    """The two lines of a rate by its formula; or, below a head that is 100 throughout, the line
    of the same name below the head of amounts, and that head."""
    if formula is not None and formula.kind == "ratio":
        return [(formula.roles[1][1], formula.roles[2][1])]
    head = _head_of(side, line)
    if head is None or not side.is_hundred(head):
        return []
    same = [n for n, label in enumerate(side.labels) if label == side.labels[line] and n != line]
    heads = {n: _head_of(side, n) for n in same if side.kind[n] in ("count", "amount")}
    return [(n, over) for n, over in heads.items() if over is not None]


def _head_of(side: Side, line: int) -> int | None:
    """The row under whose label a row stands."""
    heading = side.paths[line][0] if side.rows else ""
    return side.labels.index(heading) if heading in side.labels else None
