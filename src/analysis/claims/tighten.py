"""Everything that an extract's claims tell of each figure, printed or not, taken together."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ..bounds import Bounds
from ..extract import Extract, require_extract
from ..rounding import Floats
from .components import narrow
from .network import Network
from .printed import Bools, Figures, Ints, Lines, connected
from .program import narrow_rings
from .trials import failing_equations
from .verdicts import as_read


def tighten(extract: Extract) -> pd.DataFrame:
    """What all claims together leave of every figure that stands in one: printed, or only implied.

    All equations are solved for all of their figures, again and again, until nothing narrows: what
    is known of a prior tells of the total a year before, and that of another prior. Index `figure`:
    the key, or for what nobody printed its claim and role (`criminal_cases_change.prior`). Columns,
    in the figure's unit:

    - relation, role: of what nobody printed; empty for what is
    - printed_low, printed_high: as in `extract.figures`; NaN for what nobody printed
    - tightened_low, tightened_high: what is left, rounded outward; of whole things whole numbers
    - candidates: how many whole numbers that are, of which between the ends a claim of two figures
      that are not exact may leave out some; NaN for what need not be whole
    - by: what narrowed it: `propagation`, one equation at a time; `program`, all those of a ring of
      claims at once, as a linear program with whole numbers leaves it; empty for neither
    - proved: that no range could be narrower. Where claims make a ring it may be, if the program's
      answer could not be proved exactly; a number that fits all claims is never cut off
    - claims: those that narrowed it, commas between; of a program those of its ring

    Of figures that claims tie to a contradiction nothing is told: they stay as printed.

    >>> from analysis import load
    >>> found = tighten(load("data/datong-2018"))
    >>> columns = ["tightened_low", "tightened_high", "candidates"]
    >>> found.loc["criminal_cases_change.prior", columns].astype(int).tolist()
    [7679, 7687, 9]
    """
    require_extract(extract, "tighten")
    figures = Figures(extract.figures)
    lines = Lines.of(extract.relations, figures)
    network = Network.of(figures, lines, complete=True)
    network, _ = as_read(network, failing_equations(network)[0])
    _, of = network.members
    _, group = network.labels()
    low, high = network.low.copy(), network.high.copy()
    told: list[tuple[Ints, Ints]] = []
    empty = narrow(network.cells, network.terms, low, high, network.whole, group, told)
    lost = empty[group]
    low[lost], high[lost] = network.low[lost], network.high[lost]
    proved = _proved(network, low, high) & ~lost
    by = np.where((low > network.low) | (high < network.high), "propagation", "")
    before = low.copy(), high.copy()
    proved |= narrow_rings(network, low, high, ~proved & ~lost)
    changed = (low > before[0]) | (high < before[1])
    if changed.any():
        told.append(_rings(network, changed, before[0] != before[1]))
        narrow(network.cells, network.terms, low, high, network.whole, group, told)
        by[(low > before[0]) | (high < before[1])] = "program"
    proved |= _of_proved(network, low, high, proved)

    used = np.unique(of)
    is_printed = used < network.printed
    frame = extract.figures.iloc[used[is_printed]]
    names = [(network.lines.names[claim], role) for claim, role in network.roles]
    added = [names[n - network.printed] for n in used[~is_printed].tolist()]
    keys = [*frame.index, *(f"{claim}.{role}" for claim, role in added)]
    printed = np.full((2, len(used)), np.nan)
    printed[0, is_printed], printed[1, is_printed] = frame["low"], frame["high"]
    # Printed as 100%, a figure ends there unless its claims say that it is no share.
    least, most = low[used], high[used]
    most = np.where(least <= printed[1], np.fmin(most, printed[1]), most)
    whole = Bounds.made(least, most).whole.count
    return pd.DataFrame(
        {
            "relation": [""] * len(frame) + [claim for claim, _ in added],
            "role": [""] * len(frame) + [role for _, role in added],
            "printed_low": printed[0],
            "printed_high": printed[1],
            "tightened_low": least,
            "tightened_high": most,
            "candidates": np.where(network.whole[used], whole, np.nan),
            "by": by[used].astype(object),
            "proved": proved[used],
            "claims": _claims(network, told, lost, used),
        },
        index=pd.Index(keys, name="figure"),
    )


def _proved(network: Network, low: Floats, high: Floats) -> Bools:
    """Whose range no other could narrow: claims that make a tree, with nothing whole to fit.

    In a tree each end is reached together with some number of every other figure. Whole numbers
    leave gaps; only where one claim stands alone, and its whole figures are one but for an exact
    shift, is nothing lost by that.
    """
    equations, of = network.members
    claims, many = len(network.lines.names), len(network.low)
    pair = np.unique(network.claim[equations] * many + of)
    claim, variable = pair // many, pair % many
    inside = (network.low != network.high)[variable]
    exact = np.bincount(claim, ~inside, claims) > 0
    printed = np.bincount(claim, inside & (variable < network.printed), claims)
    claim, variable = claim[inside], variable[inside]
    label = connected(claim, variable + claims, claims + many)

    def at_label(nodes: Ints, weights: Any = None) -> Floats:
        found: Floats = np.asarray(np.bincount(label[nodes], weights, claims + many), np.float64)
        return found

    held, own = np.unique(claim), np.unique(variable)
    nodes = at_label(held) + at_label(own + claims)
    whole, alone = at_label(own + claims, network.whole[own] * 1.0), at_label(held) <= 1
    shifted = at_label(held, ~exact[held]) == 0
    tree = (at_label(claim) <= nodes - 1) & (at_label(held, printed[held] > 2) == 0)
    fine = tree & ((whole == 0) | alone & ((whole == 1) | shifted))
    proved: Bools = fine[label[claims:]] | (low == high)
    return proved


def _of_proved(network: Network, low: Floats, high: Floats, proved: Bools) -> Bools:
    """What stands in one claim and hangs there on one proved range alone: so is its own."""
    cells = network.cells
    exact = low == high
    pairs = np.unique(np.stack([cells.of, network.claim[cells.equation]]), axis=1)
    once = np.bincount(pairs[0], minlength=len(low)) == 1
    once &= np.bincount(network.terms.of, minlength=len(low)) == 0
    hangs = (exact[cells.u] & proved[cells.v]) | (exact[cells.v] & proved[cells.u])
    found: Bools = np.zeros(len(low), dtype=bool)
    found[cells.of[hangs]] = True
    found &= once & ~network.whole
    return found


def _rings(network: Network, some: Bools, free: Bools) -> tuple[Ints, Ints]:
    """Each of some variables with every equation of its ring."""
    label, ring = network.labels(free[network.members[1]])
    pairs = [
        (variable, equation)
        for variable in np.flatnonzero(some).tolist()
        for equation in np.flatnonzero(label == ring[variable]).tolist()
    ]
    variables, tied = np.array(pairs, dtype=np.int64).T
    return variables, tied


def _claims(network: Network, told: list[tuple[Ints, Ints]], lost: Bools, used: Ints) -> list[str]:
    """The claims that narrowed each variable in use, in the order of the extract."""
    of, equation = (np.concatenate([each[n] for each in told]) for n in (0, 1))
    pairs = np.unique(of * (len(network.lines.names) + 1) + network.claim[equation])
    claims: dict[int, list[str]] = {}
    for pair in pairs.tolist():
        variable, claim = divmod(pair, len(network.lines.names) + 1)
        claims.setdefault(variable, []).append(str(network.lines.names[claim]))
    return ["" if lost[n] else ", ".join(claims.get(n, [])) for n in used.tolist()]
