"""Figures set free together: whether that mends their claims, and which slips of print fit.

What has been tried is kept, so that sets which share figures share the trials, too.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

import numpy as np

from ..kinds import ROLES
from ..rounding import Floats
from .edits import EXCHANGED, Edits, chances, edits_of
from .network import Network
from .printed import MISSING, Bools, Figures, Ints, distinct
from .trials import Regions, Spans, Trials

_COMBINATIONS = 4000  # of slips of figures that stand in one claim
_RINGS = 5_000  # combinations of slips that rings are asked of at once
_NUMBERS = 300  # whole numbers that a figure of a set is tried with


@dataclass
class _Tried:
    """Figures set free together that share a region: whether that mends, and what slips fit."""

    mends: bool
    conflict: frozenset[int] = frozenset()
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    likelihood: float = 0.0  # of the likeliest slips that fit
    slips: tuple[int, ...] = ()  # of the likeliest: rows of the edits


class Attempts:
    """What has been tried of a network's figures: `tried`, by those set free together."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.regions = Regions(network)
        self.tried: dict[tuple[int, ...], _Tried] = {}
        self.pool: list[Edits] = []  # what has been tried, and how many
        self.size = 0
        self.regions_of: dict[int, set[int]] = {}
        self.grouped: dict[tuple[int, ...], list[tuple[int, ...]]] = {}  # see `groups`

    @cached_property
    def pairs(self) -> Ints:
        """Which two figures are the current and the prior of one claim."""
        network, lines = self.network, self.network.lines
        kept = np.zeros(len(lines.names), dtype=bool)
        kept[network.claim[network.cells.equation]] = True
        both = np.full((2, len(kept)), MISSING)
        for of_role, role in zip(both, ("current", "prior"), strict=True):
            at = np.flatnonzero(kept[lines.claim] & (lines.role == ROLES.index(role)))
            of_role[lines.claim[at]] = lines.figure[at]
        both = np.sort(both[:, (both != MISSING).all(axis=0)], axis=0)
        found: Ints = both[0] * len(network.low) + both[1]
        return found

    def groups(self, figures: tuple[int, ...]) -> list[tuple[int, ...]]:
        """The figures of a set by what ties them: those of a group share a region."""
        if len(figures) == 1:
            return [figures]
        known = self.grouped.get(figures)
        if known is None:
            known = self.grouped[figures] = self.group(figures)
        return known

    def group(self, figures: tuple[int, ...]) -> list[tuple[int, ...]]:
        groups: list[tuple[set[int], list[int]]] = []
        for figure in figures:
            regions = set(self.regions_in(figure))
            together = [figure]
            apart = []
            for other in groups:
                if other[0] & regions:
                    regions |= other[0]
                    together += other[1]
                else:
                    apart.append(other)
            groups = [*apart, (regions, together)]
        return [tuple(sorted(each)) for _, each in groups]

    def regions_in(self, figure: int) -> set[int]:
        known = self.regions_of.get(figure)
        if known is None:
            spans = self.regions.of_figure
            first = int(spans.first[figure])
            known = set(spans.listed[first : first + int(spans.length[figure])].tolist())
            self.regions_of[figure] = known
        return known

    def mends(self, figures: tuple[int, ...]) -> bool:
        return all(self.tried[group].mends for group in self.groups(figures))

    def likelihood(self, figures: tuple[int, ...]) -> float:
        return math.prod(self.tried[group].likelihood for group in self.groups(figures))

    def try_all(self, groups: Iterable[tuple[int, ...]]) -> None:
        new = [group for group in dict.fromkeys(groups) if group not in self.tried]
        if not new:
            return
        count = np.array([len(group) for group in new])
        trial = np.repeat(np.arange(len(new)), count)
        figure = np.array([each for group in new for each in group], dtype=np.int64)
        trials = self.regions.try_(trial, figure)
        low, high = trials.left(trial, figure, len(self.network.low))
        self.try_rings(trials, trial, figure)
        empty = np.append(trials.empty, np.zeros(len(new) - len(trials.empty), bool))
        seen = trials.variable < self.network.printed
        first = np.searchsorted(trials.trial, np.arange(len(new) + 1)).tolist()
        ends = zip(low.tolist(), high.tolist(), strict=True)
        for n, (group, fails) in enumerate(zip(new, empty.tolist(), strict=True)):
            left = [next(ends) for _ in group]
            rows = slice(first[n], first[n + 1])
            members = frozenset(trials.variable[rows][seen[rows]].tolist()) - set(group)
            lows, highs = zip(*left, strict=True)
            self.tried[group] = _Tried(not fails, members, list(lows), list(highs))
        self.explain(~empty, trial, figure, low, high, new)
        self.confirm([group for group in new if len(group) > 1])

    def try_rings(self, trials: Trials, trial: Ints, figure: Ints) -> None:
        """Say of each trial whether a ring has no solution, though each equation leaves some."""
        if self.regions.ringed.any():
            at, equation = self.regions.equations_of(trial, figure)
            for each in distinct(at).tolist():
                rows = at == each
                self.regions.try_rings(trials, at[rows], equation[rows])

    def confirm(self, groups: list[tuple[int, ...]]) -> None:
        """Whether figures set free together have whole numbers that fit, where no slip shows it.

        Each number that one of them can be is tried, if they are not too many.
        """
        trial: list[int] = []
        figure: list[int] = []
        ends: list[tuple[float, float]] = []
        owners: list[tuple[int, ...]] = []
        for group in groups:
            tried = self.tried[group]
            if not tried.mends or tried.likelihood:
                continue
            counts = [
                (tried.high[n] - tried.low[n], n)
                for n, each in enumerate(group)
                if self.network.whole[each]
            ]
            width, at = min(counts, default=(math.inf, 0))
            if width > _NUMBERS:
                continue
            for step in range(int(width) + 1):
                value = tried.low[at] + step
                trial += [len(owners)] * len(group)
                figure += group
                ends += [
                    (value, value) if n == at else (tried.low[n], tried.high[n])
                    for n in range(len(group))
                ]
                owners.append(group)
        if not owners:
            return
        low, high = np.array(ends).T
        trials = self.regions.try_(np.array(trial), np.array(figure), low, high)
        fits = {owners[n] for n in np.flatnonzero(~trials.empty).tolist()}
        for group in dict.fromkeys(owners):
            self.tried[group].mends = group in fits

    def explain(
        self,
        mends: Bools,
        trial: Ints,
        figure: Ints,
        low: Floats,
        high: Floats,
        groups: list[tuple[int, ...]],
    ) -> None:
        """The slips that fit all claims of the figures of each group that mends."""
        at = np.flatnonzero(mends[trial])
        if not at.size:
            return
        rows = distinct(figure[at])
        figures = self.network.figures
        edits = edits_of(rows, figures)
        two = [groups[n] for n in np.flatnonzero(mends).tolist() if len(groups[n]) == 2]
        if two:
            edits = Edits.joined([edits, self.exchanges(np.array(two), figures)])
        chance = chances(edits, rows, figures)
        pool = self.size
        self.pool.append(edits)
        self.size += len(edits.figure)
        spans = Spans.of(edits.figure, np.arange(len(edits.figure)), len(self.network.low))
        owner, edit = spans.expand(figure[at])
        row = at[owner]
        least, most = np.maximum(low[row], edits.low[edit]), np.minimum(high[row], edits.high[edit])
        whole = self.network.whole[figure[row]]
        least, most = np.where(whole, np.ceil(least), least), np.where(whole, np.floor(most), most)
        fits = least <= most
        row, edit = row[fits], edit[fits]
        by_group: dict[int, dict[int, list[int]]] = {}
        for n, f, e in zip(trial[row].tolist(), figure[row].tolist(), edit.tolist(), strict=True):
            by_group.setdefault(n, {}).setdefault(f, []).append(e)
        together: list[tuple[int, tuple[int, ...]]] = []
        several: dict[tuple[int, ...], list[list[int]]] = {}
        for n, fitting in by_group.items():
            group = groups[n]
            if len(fitting) < len(group):
                continue
            for each in fitting.values():
                each.sort(key=lambda e: (-chance[e], edits.size[e]))
            limit = int(_COMBINATIONS ** (1 / len(group)))
            if len(group) == 1:
                together += [(n, (e,)) for e in fitting[group[0]][:limit]]
            else:
                several[group] = [fitting[f][:limit] for f in group]
        number = {group: n for n, group in enumerate(groups)}
        for group, combination in self.combinations(several, edits):
            # Two are exchanged for each other, or neither.
            places = {edits.place[e] for e in combination if edits.slip[e] == EXCHANGED}
            if not places or places == set(group):
                together.append((number[group], combination))
        self.verify(together, groups, edits, chance, pool)

    def combinations(
        self, fitting: dict[tuple[int, ...], list[list[int]]], edits: Edits
    ) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
        """Slips of the figures of each group that may fit together.

        Each slip of one figure is tried with the others free, so that of those only few are left.
        """
        if not fitting:
            return
        owners: list[tuple[tuple[int, ...], int, int]] = []  # group, place of the figure, its slip
        figure: list[int] = []
        ends: list[tuple[float, float]] = []
        for group, slips in fitting.items():
            tried = self.tried[group]
            left = list(zip(tried.low, tried.high, strict=True))
            at = min(range(len(group)), key=lambda n: len(slips[n]))
            for e in slips[at]:
                owners.append((group, at, e))
                figure += group
                ends += [*left[:at], (edits.low[e], edits.high[e]), *left[at + 1 :]]
        sizes = np.array([len(group) for group, _, _ in owners])
        trial, of = np.repeat(np.arange(len(owners)), sizes), np.array(figure)
        low, high = np.array(ends).T
        trials = self.regions.try_(trial, of, low, high)
        low, high = trials.left(trial, of, len(self.network.low))
        empty = np.append(trials.empty, np.zeros(len(owners) - len(trials.empty), bool)).tolist()
        starts = (np.cumsum(sizes) - sizes).tolist()
        found: dict[tuple[int, ...], list[tuple[int, ...]]] = {}
        for (group, at, slip), fails, start in zip(owners, empty, starts, strict=True):
            if fails:
                continue
            slips = []
            for n, each in enumerate(fitting[group]):
                rows = np.array(each)
                meet = (edits.low[rows] <= high[start + n]) & (edits.high[rows] >= low[start + n])
                slips.append([slip] if n == at else rows[meet].tolist())
            found.setdefault(group, []).extend(product(*slips))
        for group, combinations in found.items():
            place = [{e: n for n, e in enumerate(each)} for each in fitting[group]]
            combinations.sort(key=lambda c: [of[e] for of, e in zip(place, c, strict=True)])
            for combination in combinations:
                yield group, combination

    def verify(
        self,
        together: list[tuple[int, tuple[int, ...]]],
        groups: list[tuple[int, ...]],
        edits: Edits,
        chance: Floats,
        pool: int,
    ) -> None:
        """Keep the combinations of slips with which no range of their claims is empty."""
        surely = {each for each in together if self.surely(groups[each[0]], each[1], edits)}
        unsure = [each for each in together if each not in surely]
        failing = self.failing(unsure, groups, edits) if unsure else set()
        found: dict[int, list[tuple[float, tuple[int, ...]]]] = {}
        for n, combination in together:
            if (n, combination) not in failing:
                likelihood = math.prod(float(chance[e]) for e in combination)
                found.setdefault(n, []).append((likelihood, combination))
        for fitting in found.values():
            fitting.sort(key=lambda each: -each[0])
        for n, (likelihood, combination) in self.around(found, surely, groups, edits).items():
            tried = self.tried[groups[n]]
            if likelihood > tried.likelihood:
                tried.likelihood = likelihood
                tried.slips = tuple(pool + e for e in combination)

    def around(
        self,
        found: dict[int, list[tuple[float, tuple[int, ...]]]],
        surely: set[tuple[int, tuple[int, ...]]],
        groups: list[tuple[int, ...]],
        edits: Edits,
    ) -> dict[int, tuple[float, tuple[int, ...]]]:
        """Of each group the likeliest combination with which its rings have a solution, too: one
        after another, as long as not too many have been asked."""
        settled: dict[int, tuple[float, tuple[int, ...]]] = {}
        ringed, asked, turn = bool(self.regions.ringed.any()), 0, 0
        while len(settled) < len(found) and asked < _RINGS:
            next_ = {
                n: fitting[turn]
                for n, fitting in found.items()
                if n not in settled and turn < len(fitting)
            }
            if not next_:
                break
            sure = {n for n, (_, each) in next_.items() if not ringed or (n, each) in surely}
            unsure = [(n, each) for n, (_, each) in next_.items() if n not in sure]
            failing = self.failing(unsure, groups, edits, rings=True) if unsure else set()
            asked, turn = asked + len(unsure), turn + 1
            settled |= {n: each for n, each in next_.items() if (n, each[1]) not in failing}
        return settled

    def surely(self, group: tuple[int, ...], combination: tuple[int, ...], edits: Edits) -> bool:
        """Whether slips that lie in what is left of each figure need no trial.

        Those that hold all of what is left, and that of one figure whose equations share nothing.
        """
        if self.regions.stars and len(group) == 1:
            return True
        tried = self.tried[group]
        return all(
            edits.low[e] <= low and high <= edits.high[e]
            for e, low, high in zip(combination, tried.low, tried.high, strict=True)
        )

    def failing(
        self,
        together: list[tuple[int, tuple[int, ...]]],
        groups: list[tuple[int, ...]],
        edits: Edits,
        *,
        rings: bool = False,
    ) -> set[tuple[int, tuple[int, ...]]]:
        """Which combinations leave a range of their claims empty, or a ring without a solution."""
        figure = np.array([f for n, _ in together for f in groups[n]], dtype=np.int64)
        edit = np.array([e for _, combination in together for e in combination], dtype=np.int64)
        count = np.array([len(combination) for _, combination in together])
        trial = np.repeat(np.arange(len(together)), count)
        trials = self.regions.try_(trial, figure, edits.low[edit], edits.high[edit])
        empty = np.zeros(len(together), dtype=bool)
        if rings:
            self.try_rings(trials, trial, figure)
        empty[: len(trials.empty)] = trials.empty
        return {together[n] for n in np.flatnonzero(empty).tolist()}

    def exchanges(self, two: Ints, figures: Figures) -> Edits:
        """Current and prior of a claim, each printed for the other: of these two and two."""
        pairs = two[np.isin(two[:, 0] * len(self.network.low) + two[:, 1], self.pairs)]
        at, other = pairs.ravel(), pairs[:, ::-1].ravel()
        value, none = figures.value[other], np.zeros(len(at), dtype=np.int64)
        low, high = figures.low[other], figures.high[other]
        return Edits(at, value, low, high, none + EXCHANGED, np.zeros(len(at)), other, none)
