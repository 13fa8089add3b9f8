"""Claims that hold each by itself and cannot all hold: sets of which none can be left out.

An irreducible infeasible subset, as linear programming calls it: each equation of a region that has
no solution is left out in turn, and stays out where there is none without it either.
"""

from __future__ import annotations

import numpy as np

from .network import Network
from .printed import Bools, Ints
from .trials import Regions

_MOST = 200  # equations of a region beyond which it is left as it is


def joint_conflicts(network: Network, some: Bools) -> list[Bools]:
    """Sets of some equations that cannot hold together."""
    regions = Regions(network.only(some))
    equation = np.unique(regions.network.members[0])
    found: list[Bools] = []
    while True:
        region = regions.label[equation]
        empty = np.flatnonzero(_impossible(regions, region, equation))
        if not empty.size:
            return found
        for least in _irreducible(regions, [equation[region == each] for each in empty.tolist()]):
            conflict = np.zeros(len(network.claim), dtype=bool)
            conflict[least] = True
            found.append(conflict)
            equation = equation[~conflict[equation]]
        equation = equation[np.isin(regions.label[equation], empty)]  # all others can hold


def _impossible(regions: Regions, at: Ints, equation: Ints) -> Bools:
    """Which sets of equations, numbered `at` and each of another region, have no solution."""
    none: Ints = np.empty(0, np.int64)
    trials = regions.solved(at, equation, none, none, np.empty(0), np.empty(0))
    regions.try_rings(trials, at, equation)
    return trials.empty


def _irreducible(regions: Regions, sets: list[Ints]) -> list[Ints]:
    """Of sets that have no solution, what is left when nothing more can be left out."""
    kept = list(sets)
    for step in range(max(map(len, sets))):
        trying = [n for n, each in enumerate(sets) if step < len(each) <= _MOST]
        if not trying:
            break
        without = [kept[n][kept[n] != sets[n][step]] for n in trying]
        at = np.repeat(np.arange(len(without)), [len(each) for each in without])
        empty = _impossible(regions, at, np.concatenate(without))
        for n, less, still in zip(trying, without, empty.tolist(), strict=False):
            if still:
                kept[n] = less
    return kept
