"""Year over year: the prior value that a printed change implies, as bounds.

A change of c percent from prior to current means current = prior × (1 + c/100), so
prior = current × 100 / (100 + c). What is implied is the base that the author must have used,
which need not be the number published a year earlier: bases are re-scoped and revised.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from .bounds import Bounds, Floats, elementwise, step_down, step_up, two_product, two_sum

if TYPE_CHECKING:
    from .extract import Extract


class ComparisonError(ValueError):
    """Figures that cannot be compared: unlike units or measures, or an impossible change."""


def implied_prior(current: Bounds, change: Bounds, whole: bool = False) -> Bounds:
    """The prior value that a current value and a change in percent imply, as bounds.

    ``current`` is in any unit, ``change`` in percent (-13.8 for 下降13.8%); scalars or columns.
    With ``whole`` the bounds are tightened to the first and last integer inside (NaN where there
    is none), as for counts. Sound, and within one float step of the exact bounds.

    Where the change may be as low as -100 percent the high end is open: no prior is too large.

    Raises `ComparisonError` for a change that is -100 percent or less even at its high end,
    beside a current value above zero.

    >>> implied_prior(Bounds(342, 342), Bounds(-23.55, -23.45), whole=True)
    Bounds(447, 447)
    """
    _refuse_impossible(current, change)
    ends = (current.low, current.high, change.low, change.high)
    return Bounds._made(*elementwise(_whole_prior if whole else _prior, 2, *ends))


def _refuse_impossible(current: Bounds, change: Bounds) -> None:
    if hasattr(current.low, "map_partitions"):
        return  # each partition is checked when it is computed
    impossible = np.asarray((change.high <= -100) & (current.low > 0))
    if impossible.any():
        first = np.flatnonzero(impossible)[0]
        label = current.low.index[first] if isinstance(current.low, pd.Series) else first
        raise ComparisonError(
            "a fall of 100% or more leaves nothing, but the current value is above 0 "
            f"({impossible.sum()} so, the first at {label!r})"
        )


def _prior(low: Floats, high: Floats, change_low: Floats, change_high: Floats) -> list[Floats]:
    hundred = np.asarray(100.0)
    # What the prior is multiplied by, in percent, each with its rounding error.
    least, most = two_sum(hundred, change_low), two_sum(hundred, change_high)
    if (low >= 0).all() and (least[0] > 0).all():
        return [
            _rounded(step_down, *_hundredfold_quotient(low, *most)),
            _rounded(step_up, *_hundredfold_quotient(high, *least)),
        ]
    # A gain turned into a loss (below -100 percent) is a loss turned into a gain, mirrored.
    turned = most[0] < 0
    low, high = np.where(turned, -high, low), np.where(turned, -low, high)
    mirrored = _either(turned, (-most[0], -most[1]), least)
    least, most = mirrored, _either(turned, (-least[0], -least[1]), most)
    # The least prior belongs to the greatest change; for a current loss it is the other way.
    of_low, of_high = _either(low >= 0, most, least), _either(high >= 0, least, most)
    prior_low = _rounded(step_down, *_hundredfold_quotient(low, *of_low))
    prior_high = _rounded(step_up, *_hundredfold_quotient(high, *of_high))
    # All may have gone (-100 percent): then no prior is too large.
    gone = least[0] <= 0
    prior_low = np.where(gone & (most[0] <= 0), 0.0, prior_low)
    return [
        np.where(gone & (low < 0), -np.inf, prior_low),
        np.where(gone, np.inf, prior_high),
    ]


_Doubled = tuple[Floats, Floats]  # a float and what it lacks


def _either(condition: npt.NDArray[np.bool_], a: _Doubled, b: _Doubled) -> _Doubled:
    return np.where(condition, a[0], b[0]), np.where(condition, a[1], b[1])


def _whole_prior(*ends: Floats) -> list[Floats]:
    low, high = _prior(*ends)
    first, last = np.ceil(low), np.floor(high)
    none = first > last
    return [np.where(none, np.nan, first), np.where(none, np.nan, last)]


def _hundredfold_quotient(
    current: Floats, base: Floats, base_error: Floats
) -> tuple[Floats, Floats, Floats]:
    """``100 × current / (base + base_error)`` as a float, what it lacks, and how sure that is.

    One Newton step on the quotient in doubled precision (Dekker, "A floating-point technique for
    extending the available precision", Numerische Mathematik 18, 1971).
    """
    scaled, scaled_error = two_product(np.asarray(100.0), current)
    quotient = scaled / base
    product, product_error = two_product(quotient, base)
    of_error = quotient * base_error
    lacking = ((((scaled - product) - product_error) + scaled_error) - of_error) / base
    return quotient, lacking, (np.abs(lacking) + np.abs(of_error / base)) * 2.0**-50


def _rounded(
    step: Callable[[Floats, Floats], Floats], quotient: Floats, lacking: Floats, slack: Floats
) -> Floats:
    """``quotient + lacking`` as a float, rounded the way that ``step`` steps."""
    rounded = quotient + lacking
    error = lacking - (rounded - quotient)
    found = step(rounded, error - slack if step is step_down else error + slack)
    unsure = np.isnan(lacking)  # beyond 1e290, or an open end: two steps are always enough
    if unsure.any():
        found = np.where(unsure, step(step(quotient, lacking), lacking), found)
    return found


def implied_difference(current: Bounds, change: Bounds) -> Bounds:
    """Current minus implied prior, in the unit of ``current``, as bounds.

    Current stands in both, so they are not simply subtracted: the difference is
    current × c / (100 + c), which has current in it once and grows with c.

    Raises as `implied_prior` does.

    >>> implied_difference(Bounds(342, 342), Bounds(-23.55, -23.45))
    Bounds(-105.3512099, -104.7668191)
    """
    _refuse_impossible(current, change)
    ends = (current.low, current.high, change.low, change.high)
    return Bounds._made(*elementwise(_difference, 2, *ends))


def _difference(low: Floats, high: Floats, change_low: Floats, change_high: Floats) -> list[Floats]:
    least, most = (Bounds._made(end, end) for end in (change_low, change_high))
    gone = (change_low <= -100) & (change_high >= -100)  # then the share has no low end
    share_low = np.where(gone, -np.inf, (least / (least + 100)).low)
    difference = Bounds._made(low, high) * Bounds._made(share_low, (most / (most + 100)).high)
    return [
        np.where(gone, -np.inf, difference.low),
        np.where(gone & (low < 0), np.inf, difference.high),
    ]


def contribution(part: Bounds, total: Bounds) -> Bounds:
    """How much of a total's change each part explains, in percent, as bounds.

    ``part`` and ``total`` are the differences (current minus prior) of a part and of the total
    that holds it, in one unit; scalars or columns. Parts that move against the total have a
    negative contribution; where the total may not have moved at all, nothing bounds it.

    Contribution = 100 × difference of the part / difference of the total.

    >>> contribution(Bounds(-105, -105), Bounds(-1064, -1056))
    Bounds(9.868421053, 9.943181818)
    """
    return part / total * 100


def year_over_year(extract: Extract) -> pd.DataFrame:
    """What each figure with a printed change was a year earlier: one row a printed change.

    Index ``figure`` (the current one). Columns, in the figure's own unit unless said otherwise:

    - current_low, current_high: the bounds of the figure as printed
    - change_low, change_high: of the printed change, in percent
    - prior_low, prior_high: of the value a year earlier, integers for counts; NaN where no
      integer fits, or where the change is at constant prices (basis ``real``), which has no
      nominal prior
    - prior: that value where only one integer fits (Int64)
    - candidates: how many integers fit (Int64; missing where not a count, or without end)
    - difference_low, difference_high: current minus prior, integers for counts
    - period_start, as_of, prior_period_start, prior_as_of: as far as the article states them
    - basis: of the change

    Only changes in percent are read; percentage points and absolute differences are other
    measures. Raises `ComparisonError`, naming every relation at fault, for a change whose measure
    is not ``change``, a current value that is itself a change, or a fall of 100% or more to a
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
