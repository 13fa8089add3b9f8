"""What the diagnosis of a component hangs on: where that is the same, so is what is found.

A component is what claims tie together. Its layout numbers its figures, claims and equations within
it, so that it stays the same where others come and go.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .network import Network
from .printed import Bools, Ints
from .trials import Spans

Layout = tuple[Any, ...]


def layouts(network: Network, failing: Bools, joint: list[Bools]) -> dict[int, Layout]:
    """The layout of each component that cannot hold, by its label, in the order of conflicts.

    `failing` are the equations that cannot hold by themselves, `joint` those that cannot together.
    """
    of_equation, of_variable = network.labels()
    equations, of = network.members
    at = failing[equations] & (of < network.printed)
    alone = of_equation[equations[at]].tolist()
    labels = list(dict.fromkeys([*alone, *(int(of_equation[some][0]) for some in joint)]))

    def grouped(label: Ints) -> list[Ints]:
        """The rows of each of the components."""
        order = np.argsort(label, kind="stable")
        first, last = (np.searchsorted(label[order], labels, side) for side in ("left", "right"))
        return [order[a:b] for a, b in zip(first.tolist(), last.tolist(), strict=True)]

    own, held = grouped(of_equation), grouped(of_variable)
    cells, terms = network.cells, network.terms
    pieces = grouped(of_equation[cells.equation]), grouped(of_equation[terms.equation])
    lines, claims = network.lines, len(network.lines.names)
    of_claim = Spans.of(lines.claim, np.arange(len(lines.claim)), claims)
    found = {}
    for label, mine, variables, of_cells, of_terms in zip(labels, own, held, *pieces, strict=True):
        numbers, number = np.unique(network.claim[mine], return_inverse=True)
        rows = of_claim.expand(numbers)[1]
        some, sums = cells.take(of_cells), terms.take(of_terms)
        told = (
            *(np.searchsorted(mine, each.equation) for each in (some, sums)),
            *(np.searchsorted(variables, each) for each in (some.of, some.u, some.v, sums.of)),
            *(some.a, some.b, sums.sign, number, failing[mine]),
            *(each[variables] for each in (network.low, network.high, network.least)),
            *(network.whole[variables], variables < network.printed, lines.role[rows]),
        )
        found[label] = (
            *(np.ascontiguousarray(each).tobytes() for each in told),
            *(each[mine].tobytes() for each in joint if each[mine].any()),
            *(str(lines.names[claim]) for claim in numbers.tolist()),
            *lines.kinds[numbers].tolist(),
            *(_figure(network, row) for row in lines.figure[rows].tolist()),
        )
    return found


def _figure(network: Network, row: int) -> tuple[Any, ...]:
    """What is printed of a figure."""
    of = network.figures
    columns = of.keys, of.reported, of.units, of.measure, of.value, of.low, of.high
    return tuple(str(column[row]) for column in columns)
