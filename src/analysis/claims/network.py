"""An extract as variables and equations: its figures, and the roles that nobody printed.

Every figure is a variable with a low and a high; so is a role that is not printed, from 0 and whole
where what is printed beside it says so. Each claim gives the equations of its kind.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import numpy as np

from ..kinds import KINDS, ROLES
from ..rounding import Floats
from .components import Cells, Terms
from .equations import Layout, equations_of
from .printed import COUNT, RATE, Bools, Figures, Ints, Lines, codes, connected


@dataclass
class Network:
    """Variables and equations, in columns. The first `printed` variables are the figures."""

    low: Floats
    high: Floats
    whole: Bools
    least: Floats  # what a figure that is set free cannot be below
    printed: int
    cells: Cells
    terms: Terms
    claim: Ints  # of each equation
    lines: Lines
    figures: Figures
    roles: list[tuple[int, str]]  # of each variable that is not printed: claim and role

    @cached_property
    def members(self) -> tuple[Ints, Ints]:
        """Equation and variable, a pair each time one stands in the other."""
        equations = np.concatenate([self.cells.equation, self.terms.equation])
        return equations, np.concatenate([self.cells.of, self.terms.of])

    def printed_in(self, equations: Bools) -> bool:
        """Whether some figure stands in one of some equations."""
        at, of = self.members
        return bool((equations[at] & (of < self.printed)).any())

    def labels(self, tied: Bools | slice = slice(None)) -> tuple[Ints, Ints]:
        """The component of each equation and of each variable, where some of `members` tie them."""
        equations, of = self.members
        size = len(self.claim)
        label = connected(equations[tied], of[tied] + size, size + len(self.low))
        return label[:size], label[size:]

    @property
    def once(self) -> Cells:
        """Each equation of three roles once, solved for the one that its products share."""
        return self.cells.take(slice(len(self.cells.of) * 2 // 3, None))  # see `equations`

    def only(self, equations: Bools) -> Self:
        """The same network with some of its equations."""
        if equations.all():
            return self
        cells = self.cells.take(equations[self.cells.equation])
        return replace(self, cells=cells, terms=self.terms.take(equations[self.terms.equation]))

    def without(self, claims: Bools) -> Self:
        """The same network where some claims say nothing."""
        return self.only(~claims[self.claim])

    @classmethod
    def of(cls, figures: Figures, lines: Lines, complete: bool = False) -> Self:
        """The network of an extract's figures and claims.

        Complete: with roles that nothing but one figure tells of.
        """
        size = len(figures)
        low, high, measure = figures.low[:size], figures.high[:size].copy(), figures.measure[:size]
        counted, rate = measure == COUNT, measure == RATE
        with np.errstate(invalid="ignore"):
            whole = figures.counted[:size] & (np.floor(low) == low) & (np.floor(high) == high)
        # Printed as 100%, it may be no share but, say, a completion rate, and rounded like any.
        end = figures.end[:size]
        at = np.flatnonzero((high == end) & rate & (low < end))
        at = at[figures.value[at] == end[at]]
        high[at] = 2 * end[at] - low[at]
        kind = codes(lines.kinds, list(KINDS))
        # A claim of a figure that is missing or has no bounds says nothing.
        silent = (lines.figure < 0) | (lines.role < 0) | np.isnan(figures.low)[lines.figure]
        kind[lines.claim[silent]] = -1
        factor = figures.factors(*map(lines.of_role, KINDS["ratio"].roles))
        kind[np.isnan(factor[0])] = -1
        # Equations are told by rates not below zero; that other figures are is no part of a layout.
        positive = np.zeros(size + 1, dtype=bool)
        positive[lines.figure[lines.role == ROLES.index("rate")]] = True
        positive = positive[:size] & (low >= 0)
        of_figures = counted, whole, positive, factor, figures.real, figures.against
        layout = Layout(lines.claim, lines.role, lines.figure, kind, *of_figures, complete)
        found = equations_of(layout)
        domain = np.where(counted | rate & (low >= 0), 0.0, -np.inf)
        return cls(
            low=np.concatenate([low, found.low]),
            high=np.concatenate([high, np.full(len(found.low), np.inf)]),
            whole=np.concatenate([whole, found.whole]),
            least=np.concatenate([domain, found.low]),
            printed=size,
            cells=found.cells,
            terms=found.terms,
            claim=found.claim,
            lines=lines,
            figures=figures,
            roles=found.roles,
        )
