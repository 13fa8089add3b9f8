"""Year over year: the prior value that a printed change implies.

A change of c percent from prior to current means current = prior × (1 + c/100), so
prior = current × 100 / (100 + c). What is implied is the base that the author must have used,
which need not be the number published a year earlier: bases are re-scoped and revised.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from ..bounds import LONG_BLOCK, Bounds, elementwise, integers_inside
from ..extract import Extract
from ..rounding import (
    _GREATEST,
    _INEXACT_FROM,
    _LEAST,
    Floats,
    _extreme,
    _hundredfold_quotient,
    below_zero,
    greatest,
    least,
    step_down,
    step_up,
)


class ComparisonError(ValueError):
    """Figures that cannot be compared: unlike units or measures, or an impossible change."""


def implied_prior(current: Bounds, change: Bounds, whole: bool = False) -> Bounds:
    """The prior value that a current value and a change in percent imply, as bounds.

    `current` is in any unit, `change` in percent (-13.8 for 下降13.8%); scalars or columns.
    With `whole` the bounds are tightened to the first and last integer inside (NaN where there
    is none), as for counts. Sound, and within one float step of the exact bounds (a few for
    figures beyond 1e240 or below 1e-240, and for changes from 9e15 percent on).

    Where the change may be as low as -100 percent the high end is open: no prior is too large.

    Raises `ComparisonError` for a change that is -100 percent or less even at its high end,
    beside a current value above zero.

    >>> implied_prior(Bounds(342, 342), Bounds(-23.55, -23.45), whole=True)
    Bounds(447, 447)
    """
    return _implied(_whole_prior if whole else _prior, current, change)


_IMPOSSIBLE = "a fall of 100% or more leaves nothing, but the current value is above 0"


def _implied(kernel: Callable[..., None], current: Bounds, change: Bounds) -> Bounds:
    ends = current.low, current.high, change.low, change.high
    try:
        return Bounds._made(*elementwise(kernel, 2, *ends, block=LONG_BLOCK))
    except ComparisonError:
        _refuse_impossible(current, change)
        raise


def _refuse_impossible(current: Bounds, change: Bounds) -> None:
    """One error for the whole of two columns, which names the first row at fault."""
    rows = elementwise(_impossible, 1, current.low, change.high)[0]
    first = int(np.flatnonzero(rows)[0])
    label = rows.index[first] if isinstance(rows, pd.Series) else first
    many = f"{np.count_nonzero(rows)} so, the first at {label!r}"
    raise ComparisonError(f"{_IMPOSSIBLE} ({many})") from None


def _impossible(found: Floats, low: Floats, change_high: Floats) -> None:
    found[0] = (change_high <= -100) & (low > 0)


def _refuse_block(low: Floats, change_high: Floats) -> None:
    if many := np.count_nonzero((change_high <= -100) & (low > 0)):
        raise ComparisonError(f"{_IMPOSSIBLE} ({many} so in one block of rows)")


def _prior(
    found: Floats, low: Floats, high: Floats, change_low: Floats, change_high: Floats
) -> None:
    if (
        least(low) > _LEAST
        and greatest(high) < _GREATEST
        and least(change_low) > -100
        and greatest(change_high) < _INEXACT_FROM
    ):
        bits = found.view(np.int64)  # floats above zero lie in the order of their bits
        bits[0] += below_zero(_hundredfold_quotient(found[0], low, change_high, -1))
        bits[1] -= below_zero(_hundredfold_quotient(found[1], high, change_low, 1))
    else:
        _any_prior(found, low, high, change_low, change_high)


def _any_prior(
    found: Floats, low: Floats, high: Floats, change_low: Floats, change_high: Floats
) -> None:
    """Where the usual way is not open: losses, falls beyond -100 percent, ends without end."""
    _refuse_block(low, change_high)
    # A gain turned into a loss (below -100 percent) is a loss turned into a gain, mirrored.
    turned = change_high < -100
    of_low, of_high = np.where(turned, high, low), np.where(turned, low, high)
    # The least prior belongs to the greatest change; for a current loss it is the other way.
    by_low = np.where(of_low >= 0, change_high, change_low)
    by_high = np.where(of_high >= 0, change_low, change_high)
    spare = _hundredfold_quotient(found[0], of_low, by_low, -1)
    found[0] = _extreme(step_down, step_down(found[0], spare), of_low, by_low)
    spare = _hundredfold_quotient(found[1], of_high, by_high, 1)
    found[1] = _extreme(step_up, step_up(found[1], -spare), of_high, by_high)
    # All may have gone (-100 percent): then no prior is too large.
    gone = (change_low <= -100) & (change_high >= -100) & (low <= high)
    found[0][gone & (change_high == -100)] = 0
    found[0][gone & (low < 0)] = -np.inf
    found[1][gone] = np.inf


def _whole_prior(found: Floats, *ends: Floats) -> None:
    _prior(found, *ends)
    low, high = found
    integers_inside(low, high, low, high, *np.empty((2, len(low))))


def implied_difference(current: Bounds, change: Bounds) -> Bounds:
    """Current minus implied prior, in the unit of `current`, as bounds.

    Current stands in both, so they are not simply subtracted: the difference is
    current × c / (100 + c), which has current in it once and grows with c.

    Raises as `implied_prior` does.

    >>> implied_difference(Bounds(342, 342), Bounds(-23.55, -23.45))
    Bounds(-105.3512099, -104.7668191)
    """
    return _implied(_difference, current, change)


def _difference(
    found: Floats, low: Floats, high: Floats, change_low: Floats, change_high: Floats
) -> None:
    _refuse_block(low, change_high)
    least, most = (Bounds._made(end, end) for end in (change_low, change_high))
    gone = (change_low <= -100) & (change_high >= -100) & (low <= high)
    # All may have gone: then the share has no low end. Of an endless change it is all there is.
    share_low = np.where(np.isinf(change_low), 1, (least / (least + 100)).low)
    share_high = np.where(np.isinf(change_high), 1, (most / (most + 100)).high)
    share = Bounds._made(np.where(gone, -np.inf, share_low), share_high)
    difference = Bounds._made(low, high) * share
    found[0], found[1] = difference.low, difference.high
    found[0][gone] = -np.inf
    found[1][gone & (low < 0)] = np.inf


def contribution(part: Bounds, total: Bounds) -> Bounds:
    """How much of a total's change each part explains, in percent, as bounds.

    `part` and `total` are the differences (current minus prior) of a part and of the total
    that holds it, in one unit; scalars or columns. Parts that move against the total have a
    negative contribution; where the total may not have moved at all, nothing bounds it.

    Contribution = 100 × difference of the part / difference of the total.

    >>> contribution(Bounds(-105, -105), Bounds(-1064, -1056))
    Bounds(9.868421053, 9.943181818)
    """
    return part / total * 100


def year_over_year(extract: Extract) -> pd.DataFrame:
    """What each figure with a printed change was a year earlier: one row a printed change.

    Index `figure` (the current one). Columns, in the figure's own unit unless said otherwise:

    - current_low, current_high: the bounds of the figure as printed
    - change_low, change_high: of the printed change, in percent
    - prior_low, prior_high: of the value a year earlier, integers for counts; NaN where no
      integer fits, or where the change is at constant prices (basis `real`), which has no
      nominal prior
    - prior: that value where only one integer fits (Int64)
    - candidates: how many integers fit (Int64; missing where not a count, or without end)
    - difference_low, difference_high: current minus prior, integers for counts
    - period_start, as_of, prior_period_start, prior_as_of: as far as the article states them
    - basis: of the change

    Only changes in percent are read; percentage points and absolute differences are other
    measures. Raises `ComparisonError`, naming every relation at fault, for a change whose measure
    is not `change`, a current value that is itself a change, or a fall of 100% or more to a
    value above zero.

    >>> from analysis import load
    >>> year_over_year(load("data/datong-2018"))[["prior_low", "prior_high", "prior", "candidates"]]
                      prior_low  prior_high  prior  candidates
    figure
    criminal_cases       7679.0      7687.0   <NA>           9
    eight_categories      447.0       447.0    447           1
    """
    changes = extract.relations[extract.relations["kind"] == "change"]
    of_role = {
        role: changes[changes["role"] == role].set_index("relation")["figure"]
        for role in ("current", "change")
    }
    pairs = pd.DataFrame(of_role).reindex(changes["relation"].unique()).dropna()
    current = extract.figures.reindex(pairs["current"]).rename_axis(index="figure")
    change = extract.figures.reindex(pairs["change"]).set_axis(current.index)
    _refuse_unlike(pairs, current, change)

    now, changed = Bounds.of(current), Bounds.of(change)
    prior, difference = implied_prior(now, changed), implied_difference(now, changed)
    nominal = change["basis"] != "real"  # growth at constant prices has no nominal prior
    counted = (current["measure"] == "count") & nominal
    whole, whole_difference = prior.whole, difference.whole
    candidates = whole.count.where(counted & np.isfinite(whole.count))
    year = pd.DateOffset(years=1)
    return pd.DataFrame(
        {
            "current_low": now.low,
            "current_high": now.high,
            "change_low": changed.low,
            "change_high": changed.high,
            "prior_low": whole.low.where(counted, prior.low).where(nominal),
            "prior_high": whole.high.where(counted, prior.high).where(nominal),
            "prior": whole.only.where(counted).astype("Int64"),
            "candidates": candidates.astype("Int64"),
            "difference_low": whole_difference.low.where(counted, difference.low).where(nominal),
            "difference_high": whole_difference.high.where(counted, difference.high).where(nominal),
            "period_start": current["period_start"],
            "as_of": current["as_of"],
            "prior_period_start": current["period_start"] - year,
            "prior_as_of": current["as_of"] - year,
            "basis": change["basis"],
        }
    ).rename_axis(index="figure")


def _refuse_unlike(pairs: pd.DataFrame, current: pd.DataFrame, change: pd.DataFrame) -> None:
    """One error for all pairs of figures that are no value and its change in percent."""
    faults = []
    columns = zip(
        pairs.index.tolist(),
        current.reset_index().to_dict("records"),
        change.to_dict("records"),
        strict=True,
    )
    for relation, now, changed in columns:
        name = now["figure"]
        if changed["measure"] != "change":
            stands = changed["measure"]
            faults.append(f"{relation}: its change is a {stands}, not a change in percent")
        elif now["measure"] in ("change", "point_change"):
            faults.append(f"{relation}: its current value {name} is itself a {now['measure']}")
        elif changed["value"] <= -100 and now["low"] > 0:
            fall, stands = -changed["value"], now["reported"]
            faults.append(f"{relation}: a fall of {fall:g}% leaves nothing, but {name} is {stands}")
    if faults:
        raise ComparisonError("\n".join(["cannot be compared:", *faults]))
