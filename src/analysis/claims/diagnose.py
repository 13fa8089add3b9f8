"""Diagnosis: where printed claims cannot all hold, the fewest figures that must be wrong."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from ..extract import Extract, require_extract
from .edits import Edits, slip_text
from .holding import plainly_holds
from .network import Network
from .printed import Bools, Figures, Ints, Lines
from .sets import Component, Sets
from .trials import Spans, failing_equations, joint_conflicts
from .verdicts import Verdicts, as_read

COLUMNS = {
    **{"set": "int64", "figure": "str", "reported": "str"},
    **{"low": "float64", "high": "float64", "value": "float64"},
    **{"slip": "str", "only": "bool", "claims": "str"},
}

_MOST = 3  # sets of a component, where nobody asks for more
_KEPT = 2_000  # components of which is remembered what was found

_TEXT = pd.StringDtype(na_value=np.nan)  # what pandas calls str


def diagnose(
    extract: Extract, most: int = _MOST, weights: Mapping[Any, float] | pd.Series | None = None
) -> pd.DataFrame:
    """The smallest sets of printed figures that must be wrong, for all claims to hold together.

    Figures that claims tie together are judged as a whole: what each claim leaves of a figure, of
    those printed and of those that nobody printed, has to meet. Where it cannot, the fewest figures
    that, set free, leave no range empty are a set. A row a figure of each set:

    - set: 1 is the likeliest, `most` the last; counted anew for figures that no claim ties to these
    - figure, reported: as in `extract.figures`
    - low, high: what is left of the figure once the set is free
    - value, slip: the likeliest slip of its print (one digit, two swapped, a power of ten, see
      `audit`) that fits all of its claims, and the value without it; NaN and empty where none does,
      or the one whole number that is left
    - only: no other set of this size mends
    - claims: those that fail as printed and hold with this figure right, commas between

    Sets of equal size stand in the order of how many ways a slip could have led to them: the fewer
    other figures the same kind of slip would have given, the likelier. Where no set of the smallest
    size is explained by slips, those one larger that are stand behind.

    `weights`: how far figures are trusted, by key, 1 for those not named: where one has 2, a set
    with it is half as likely. They order sets of equal size, and make none larger or smaller. In
    made-up bulletins no more was found with rounded percentages doubted before counts (notebook
    12), so by default none is.
    Where claims make a ring of rounded figures, each may leave some range and all together nothing:
    that is proved by a linear program with whole numbers, as in `tighten`.

    Empty where all claims can hold. Raises `ValueError` for a low above its high, and for weights
    of no figure or not above 0.

    >>> from analysis import load
    >>> diagnose(load("data/datong-2018"))[["set", "figure", "slip"]].head(1).values.tolist()
    [[1, 'mediation_rate', '89.9% → 89.7% (one digit)']]
    """
    require_extract(extract, "diagnose")
    # What is wrong with the weights is said even where all can hold.
    trust = _trust(extract.figures, weights)
    if isinstance(most, bool) or not isinstance(most, int) or most < 1:
        raise ValueError(f"most is how many sets are given, a whole number from 1, not {most!r}")
    figures = Figures(extract.figures)
    lines = Lines.of(extract.relations, figures)
    if plainly_holds(figures, lines):
        return table_of(None)
    return table_of(diagnosed(figures, lines, trust, most=most))


def _trust(
    figures: pd.DataFrame, weights: Mapping[Any, float] | pd.Series | None
) -> dict[int, float]:
    """The weights by row of the figure."""
    if weights is None:
        return {}
    given, keys = dict(weights.items()), figures.index
    rows = keys.get_indexer(pd.Index(list(given), dtype=keys.dtype)).tolist()
    for (key, weight), row in zip(given.items(), rows, strict=True):
        if row < 0:
            raise ValueError(f"weights are of figures of the extract, and none is {key!r}")
        if not 0 < weight < math.inf:
            raise ValueError(f"a weight is a number above 0, not {weight!r} (of {key!r})")
    return dict(zip(rows, given.values(), strict=True))


class Diagnosis(NamedTuple):
    """What is found of claims that cannot all hold."""

    rows: list[list[Any]]  # of `diagnose`, the claims in a list
    together: list[list[Any]]  # claims that hold each by itself, and not all


Layout = tuple[Any, ...]  # what the diagnosis of a component hangs on
Known = dict[Layout, list[list[Any]]]


def diagnosed(
    figures: Figures,
    lines: Lines,
    trust: dict[int, float] | None = None,
    verdicts: Verdicts | None = None,
    most: int = _MOST,
    known: Known | None = None,
) -> Diagnosis | None:
    """What is found of these claims together; None where all can hold.

    `verdicts`: what is found of each by itself, of these and perhaps of others. `known` keeps what
    is found of each component, for the next time: one that is as it was is not looked at again.
    """
    network = Network.of(figures, lines)
    if not len(network.claim):
        return None
    failing, together = failing_equations(network)
    if failing.any():
        network, changed = as_read(network, failing, verdicts)
        failing, together = failing_equations(network) if changed else (failing, together)
    while True:
        joint = joint_conflicts(network, together) if together.any() else []
        unprinted = [each for each in joint if each.any() and not network.printed_in(each)]
        if not unprinted:
            break
        # 77 = 22 + 53 + 2 and 77 = 22 + 53, each with its change: that the 2 had a prior above 0 is
        # against the claims, and no figure is wrong for it. What nobody printed is then not asked.
        network = network.only(~np.logical_or.reduce(unprinted))
        failing, together = failing_equations(network)
    if not failing.any() and not joint:
        return None
    tied = [sorted(set(network.claim[some].tolist())) for some in joint]
    names = [[lines.names[claim] for claim in each] for each in tied if len(each) > 1]
    if known is None:
        found = _found(network, failing, joint, trust, most)
    else:
        of_component = layouts(network, failing, joint)
        new = [label for label, layout in of_component.items() if layout not in known]
        if new:
            some = np.isin(network.labels()[0], new)
            here = [each for each in joint if some[each].all()]
            for label, rows in _found(network.only(some), failing, here, trust, most).items():
                known[of_component[label]] = rows
        found = {label: known[layout] for label, layout in of_component.items()}
        for layout in list(known)[: max(len(known) - _KEPT, 0)]:
            del known[layout]
    return Diagnosis([row for rows in found.values() for row in rows], names)


def _found(
    network: Network,
    failing: Bools,
    joint: list[Bools],
    trust: dict[int, float] | None,
    most: int,
) -> dict[int, list[list[Any]]]:
    """The rows of each component, by its label."""
    found = Sets(network, failing, joint, trust or {})
    pool = Edits.joined(found.pool)
    return {each.label: _rows(found, each, pool, most) for each in found.components}


def first_slips(found: Diagnosis | None) -> dict[Any, str]:
    """Of each claim that cannot hold the slips of its figures in the likeliest set, if there are.

    Where one of these figures has no slip that fits, there is nothing to say.
    """
    slips: dict[Any, list[str]] = {}
    for number, _, _, _, _, _, slip, _, claims in found.rows if found else ():
        for claim in claims if number == 1 else ():
            slips.setdefault(claim, []).append(slip)
    return {claim: " and ".join(each) for claim, each in slips.items() if all(each)}


def _rows(found: Sets, component: Component, pool: Edits, most: int) -> list[list[Any]]:
    """The columns of `diagnose`, a row a figure; the claims in a list."""
    rows = []
    network, figures = found.network, found.network.figures
    keys, names = figures.keys, network.lines.names
    for number, each in enumerate(found.ranked(component)[:most], 1):
        smallest = [other for other in component.sets if len(other) == len(each)]
        only = smallest == [each] and component.proved and len(each) == component.smallest
        for group in found.groups(each):
            tried = found.tried[group]
            for n, figure in enumerate(group):
                low, high = tried.low[n], tried.high[n]
                value, slip = math.nan, ""
                if tried.slips:
                    row = tried.slips[n]
                    value = float(pool.value[row])
                    at = figure, int(pool.place[row]), int(pool.digit[row])
                    slip = slip_text(int(pool.slip[row]), at, figures)
                elif network.whole[figure] and low == high:
                    value = low
                claims = [names[claim] for claim in sorted(found.mended(figure))]
                printed = str(keys[figure]), str(figures.reported[figure])
                rows.append([number, *printed, low, high, value, slip, only, claims])
    return rows


@cache
def _no_rows() -> pd.DataFrame:
    return _frame([])


def table_of(found: Diagnosis | None) -> pd.DataFrame:
    """The table that `diagnose` gives."""
    if not found:
        return _no_rows().copy(deep=False)  # pandas copies when written to
    return _frame([[*row, ", ".join(map(str, claims))] for *row, claims in found.rows])


def _frame(rows: list[list[Any]]) -> pd.DataFrame:
    """Column by column, each of its type; the texts of all in one, as pandas takes its time."""
    columns = dict(zip(COLUMNS, zip(*rows, strict=True), strict=True)) if rows else {}
    of_text = [name for name, kind in COLUMNS.items() if kind == "str"]
    texts = pd.array([text for name in of_text for text in columns.get(name, ())], dtype=_TEXT)
    made = {
        name: texts[(n := of_text.index(name)) * len(rows) : (n + 1) * len(rows)]
        if kind == "str"
        else np.array(columns.get(name, ()), dtype=kind)
        for name, kind in COLUMNS.items()
    }
    return pd.DataFrame(made, pd.RangeIndex(len(rows)), copy=False)


def layouts(network: Network, failing: Bools, joint: list[Bools]) -> dict[int, Layout]:
    """The layout of each component that cannot hold, by its label, in the order of conflicts.

    A component is what claims tie together. Its layout numbers its figures, claims and equations
    within it, so that it stays the same where others come and go; and with it what is found.

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
