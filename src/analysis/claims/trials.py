"""What is left where some printed figures are set free: many trials at once, in columns.

A trial takes the equations of its figures and of whatever their ranges reach from there: a figure
that is exact passes nothing on. So the equations fall into regions, which only an exact figure
ties to each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from ..rounding import Floats
from .components import Cells, Terms, narrow, solve, solve_terms
from .network import Network
from .printed import Bools, Ints, distinct
from .program import impossible


class Spans(NamedTuple):
    """Lists of different lengths one behind the other: where each begins, how long it is."""

    first: Ints
    length: Ints
    listed: Ints

    @classmethod
    def of(cls, key: Ints, listed: Ints, size: int) -> Spans:
        order = np.argsort(key, kind="stable")
        count = np.bincount(key, minlength=size)
        return cls(count.cumsum() - count, count, listed[order])

    def expand(self, keys: Ints) -> tuple[Ints, Ints]:
        """For each key its list: the place of the key in `keys`, and the value."""
        count = self.length[keys]
        owner = np.arange(len(keys)).repeat(count)
        start = (self.first[keys] - (count.cumsum() - count)).repeat(count)
        return owner, self.listed[start + np.arange(len(owner))]


def _pairs(a: Ints, b: Ints, size: int) -> tuple[Ints, Ints]:
    """Each pair once."""
    one = distinct(a * size + b)
    return one // size, one % size


@dataclass
class Trials:
    """What was tried: a row a variable of each trial, and which trials have no solution."""

    trial: Ints
    variable: Ints
    low: Floats
    high: Floats
    empty: Bools

    def left(self, trial: Ints, variable: Ints, size: int) -> tuple[Floats, Floats]:
        """What is left of a variable in a trial."""
        at = np.searchsorted(self.trial * size + self.variable, trial * size + variable)
        return self.low[at], self.high[at]


class Regions:
    """The network's equations by region, and by figure the regions it stands in."""

    def __init__(self, network: Network) -> None:
        self.network = network
        equations, of = network.members
        size = len(network.claim)
        inside = network.low[of] != network.high[of]
        many = np.bincount(of, minlength=len(network.low)) > 1
        tied = inside & many[of]
        self.stars = not tied.any()  # each equation is a region of its own
        self.label, _ = network.labels(tied)
        figures, regions = _pairs(of, self.label[equations], size + 1)
        self.of_figure = Spans.of(figures, regions, len(network.low))
        self.equations = Spans.of(self.label, np.arange(size), size)
        cells, terms = network.cells, network.terms
        self.cells = Spans.of(cells.equation, np.arange(len(cells.of)), size)
        self.terms = Spans.of(terms.equation, np.arange(len(terms.of)), size)

    def try_(
        self, trial: Ints, figure: Ints, low: Floats | None = None, high: Floats | None = None
    ) -> Trials:
        """Set figures free, or give them other bounds; trials are numbered from 0, in order."""
        at, equation = self.equations_of(trial, figure)
        least = self.network.least[figure] if low is None else low
        most = np.full(len(figure), np.inf) if high is None else high
        return self.solved(at, equation, trial, figure, least, most)

    def equations_of(self, trial: Ints, figure: Ints) -> tuple[Ints, Ints]:
        """Each trial with each equation of the regions in which its figures stand."""
        owner, region = self.of_figure.expand(figure)
        at, region = _pairs(trial[owner], region, len(self.network.claim) + 1)
        owner, equation = self.equations.expand(region)
        return at[owner], equation

    @cached_property
    def ringed(self) -> Bools:
        """By label, whether the claims of a region make a ring of figures that are not exact."""
        network = self.network
        equations, of = network.members
        inside = network.low[of] != network.high[of]
        claim, of = _pairs(network.claim[equations[inside]], of[inside], len(network.low))
        size = len(self.label)
        ringed: Bools = np.zeros(size, dtype=bool)
        if (np.bincount(of) > 1).any():
            region = np.full(len(network.low), -1)  # such a figure stands in one
            region[network.members[1][inside]] = self.label[equations[inside]]
            label = region[of]
            held, _ = _pairs(label, claim, len(network.lines.names))
            figures = np.bincount(region[distinct(of)], minlength=size)
            # A tree has one tie less than figures and claims.
            ringed = (
                np.bincount(label, minlength=size) >= np.bincount(held, minlength=size) + figures
            )
            ringed &= figures > 0
        return ringed

    def try_rings(self, trials: Trials, at: Ints, equation: Ints) -> None:
        """Say of trials `at` these equations that a ring has no solution, though each leaves some.

        The trials share no figure that is not exact.
        """
        ringed = self.ringed[self.label[equation]] & ~trials.empty[at]
        if not ringed.any():
            return
        network = self.network
        low, high = network.low.copy(), network.high.copy()
        tried = np.zeros(len(trials.empty), dtype=bool)
        tried[at[ringed]] = True
        rows = np.flatnonzero(tried[trials.trial])
        variable = trials.variable[rows]
        low[variable], high[variable] = trials.low[rows], trials.high[rows]
        some = np.zeros(len(network.claim), dtype=bool)
        some[equation[ringed]] = True
        lost = impossible(network.only(some), low, high)
        trials.empty[trials.trial[rows[lost[variable]]]] = True

    def solved(
        self, at: Ints, equation: Ints, trial: Ints, figure: Ints, low: Floats, high: Floats
    ) -> Trials:
        """What the equations `at` each trial leave, where some figures have other bounds."""
        network, size = self.network, len(self.network.low)
        cell_owner, cell = self.cells.expand(equation)
        term_owner, term = self.terms.expand(equation)
        cell_trial, term_trial = at[cell_owner], at[term_owner]
        cells, terms = network.cells.take(cell), network.terms.take(term)
        key = np.concatenate(
            [cell_trial * size + cells.of, term_trial * size + terms.of, trial * size + figure]
        )
        known = distinct(key)
        count = len(cells.of)
        copied = known % size
        # Of a cell's three variables each is the one that another cell of its equation gives.
        every = key, cell_trial * size + cells.u, cell_trial * size + cells.v
        place, u, v = (known.searchsorted(each) for each in every)
        cells = Cells(cells.equation, place[:count], u, v, cells.a, cells.b)
        terms = Terms(term_owner, place[count : count + len(terms.of)], terms.sign)
        lows, highs = network.low[copied], network.high[copied]
        free = place[count + len(terms.of) :]
        lows[free], highs[free] = low, high
        group = known // size
        empty = narrow(cells, terms, lows, highs, network.whole[copied], group)
        return Trials(group, copied, lows, highs, empty)


def failing_equations(network: Network) -> tuple[Bools, Bools]:
    """Which equations fail by themselves, and which others have to be looked at together.

    Those of a region where what they leave of a figure does not meet, or where a range that one
    narrows may narrow another's.
    """
    cells, terms = network.cells, network.terms
    equations, of = network.members
    bounds = solve(cells, network.low, network.high), solve_terms(terms, network.low, network.high)
    low, high = network.low.copy(), network.high.copy()
    least = np.maximum(np.concatenate([bounds[0][0], bounds[1][0]]), low[of])
    most = np.minimum(np.concatenate([bounds[0][1], bounds[1][1]]), high[of])
    whole = network.whole[of]
    least[whole], most[whole] = np.ceil(least[whole]), np.floor(most[whole])
    failing: Bools = np.zeros(len(network.claim), dtype=bool)
    failing[equations[least > most]] = True
    held = ~failing[equations]
    tied = (low != high)[of] & held
    tied &= (np.bincount(of[tied], minlength=len(low)) > 1)[of]
    at, equation = of[tied], equations[tied]
    np.maximum.at(low, at, least[tied])
    np.minimum.at(high, at, most[tied])
    together: Bools = np.bincount(equation, minlength=len(failing)) > 1
    together[equation[low[at] > high[at]]] = True
    if together.any():
        label, _ = network.labels(tied)
        looked_at = np.zeros(int(label.max()) + 1, dtype=bool)
        looked_at[label[together]] = True
        together = looked_at[label] & ~failing
    return failing, together


# --- Claims that hold each by itself and cannot all hold ------------------------------------------
_MOST = 200  # equations of a region beyond which it is left as it is


def joint_conflicts(network: Network, some: Bools) -> list[Bools]:
    """Sets of some equations that cannot hold together, and of which none can be left out.

    An irreducible infeasible subset, as linear programming calls it: each equation of a region that
    has no solution is left out in turn, and stays out where there is none without it either.
    """
    regions = Regions(network.only(some))
    equation = distinct(regions.network.members[0])
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
