"""Year over year: the prior value that a printed change implies; and one article beside another.

A change of c percent from prior to current means current = prior × (1 + c/100), so
prior = current × 100 / (100 + c). What is implied is the base that the author must have used,
which need not be the number published a year earlier: bases are re-scoped and revised.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .bounds import (
    LONG_BLOCK,
    Bounds,
    Floats,
    below_zero,
    elementwise,
    greatest,
    integers_inside,
    leading,
    least,
    product_less,
    step_down,
    step_up,
    two_sum,
)

if TYPE_CHECKING:
    from .extract import Extract


_HUNDRED, _MARGIN = np.asarray(100.0), np.asarray(2.0**-19)
# Divided by a base, it makes no first place too small: a short quotient leaves nothing.
_ABOVE_ONE = np.asarray(1 + 2.0**-51)
# Between these sizes nothing underflows or overflows on the way to a quotient.
_LEAST, _GREATEST = 2.0**-800, 2.0**800
_INEXACT_FROM = 2.0**53  # a change from which 100 is lost in the sum


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


def _hundredfold_quotient(found: Floats, current: Floats, change: Floats, way: int) -> Floats:
    """Fill `found` with `100 × current / (100 + change)`, rounded to nearest.

    Returns how far that lies on the side of the exact quotient that `way` (-1 is down) points to:
    below zero where it lies on the other. Only the sign is to be relied on.

    A long division by two places (for the splitting of factors see Dekker, "A floating-point
    technique for extending the available precision", Numerische Mathematik 18, 1971). The first is
    so short that its products with both parts of the base lose nothing, so the second is known to
    2**-74 of the whole; that mostly tells on which side of the rounded sum of both the quotient
    lies. One division, into the inverse of the base, serves both places: it takes longest. Columns
    are worked on in place: a new one for each step would take half as long again.
    """
    base, base_high, base_low, first, second = np.empty((5, len(current)))
    np.add(_HUNDRED, change, out=base)
    leading(base, out=base_high)
    np.subtract(base_high, _HUNDRED, out=base_low)  # exact, as 100 is a multiple of 4
    np.subtract(change, base_low, out=base_low)
    np.multiply(_HUNDRED, current, out=second)
    inverse = np.divide(_ABOVE_ONE, base, out=base)
    np.multiply(second, inverse, out=first)
    leading(first, out=first)
    base_high *= first
    second -= base_high
    second -= np.multiply(first, base_low, out=base_high)
    # 100 is 25 × 4: with five digits to spare, as counts have them, its product is exact.
    if int(np.bitwise_or.reduce(current.view(np.int64))) & 31:
        second += product_less(_HUNDRED, current, _HUNDRED * current)
    second *= inverse
    np.add(first, second, out=found)
    if way < 0:
        first -= found
        spare = np.add(first, second, out=first)
    else:
        np.subtract(found, first, out=first)
        spare = np.subtract(first, second, out=first)
    margin = np.multiply(found, _MARGIN, out=base)
    untold = (np.add(margin, spare, out=base_high) == margin).nonzero()[0]
    # Where nothing is left after a first place, of a base with one part, the quotient is exact.
    untold = untold[(second[untold] != 0) | (base_low[untold] != 0)]
    if untold.size:
        lacks = _lacking(found[untold], current[untold], change[untold])
        spare[untold] = np.where(np.isnan(lacks), -1, -way * lacks + 0.0)  # no -0
    return spare


def _lacking(rounded: Floats, current: Floats, change: Floats) -> Floats:
    """What a rounded quotient lacks, times the size of its base, by multiplying it out.

    Good for its sign; NaN where that cannot be told.
    """
    base, base_lacks = two_sum(_HUNDRED, change)
    scaled = _HUNDRED * current
    of_base = rounded * base_lacks
    lacks = product_less(_HUNDRED, current, scaled) - product_less(rounded, base, scaled) - of_base
    unsure = np.abs(lacks) < np.abs(of_base) * 2.0**-50  # its own rounding; the others have none
    unsure |= (base_lacks != 0) & (np.abs(of_base) < _LEAST)
    return np.where(unsure, np.nan, lacks * np.sign(base))


def _extreme(
    step: Callable[[Floats, Floats], Floats], found: Floats, current: Floats, change: Floats
) -> Floats:
    """`found`, but beyond 1e240 and at open ends from the rounded quotient alone."""
    base = _HUNDRED + change
    large = np.abs(current) > _GREATEST
    quotient = np.where(large, _HUNDRED * (current / base), _HUNDRED * current / base)
    infinite = np.isinf(current) | np.isinf(base)
    sizes = [np.abs(x) for x in (current, quotient)]
    extreme = np.logical_or.reduce([~((x > _LEAST) & (x < _GREATEST)) for x in sizes])
    extreme |= np.abs(base) >= _INEXACT_FROM
    outward = quotient
    for _ in range(3):  # as many roundings
        outward = step(outward, np.full_like(quotient, np.nan))
    exact = infinite | (current == 0)
    return np.where(exact, quotient, np.where(extreme, outward, found))


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


def compare(
    earlier: Extract, later: Extract, indicators: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The same figures in two extracts: what changed between them, one row an indicator.

    `indicators` says which figures are the same: one row an indicator in an extract, with the
    columns indicator, extract (the name of its folder), figure (its key there), and where wanted
    place (which must be the same in both) and cumulative (true where the count goes on from one
    start, and so may not fall); as `data/indicators.csv`. Without it figures with equal keys are
    compared, none as cumulative.

    Index `indicator`, in the order in which the earlier extract has them. Columns, in the
    figures' own unit unless said otherwise:

    - earlier, later: the keys of both figures
    - earlier_low, earlier_high, later_low, later_high: their bounds
    - difference_low, difference_high: later minus earlier (of percentages: percentage points)
    - growth_low, growth_high: in percent of the earlier figure; NaN for percentages, and where
      the earlier figure is not surely above zero
    - earlier_as_of, later_as_of, and days between them (Int64; missing where one is not stated)
    - check: what is odd, or empty. "falls, though cumulative: ..." for a cumulative figure that is
      surely lower, and not of an earlier day; "revised: ..." where both figures stand a year apart
      and the prior value that the later source implies (see `year_over_year`) is surely another
      than the earlier source printed, with the size of the revision. A revision is no
      contradiction: bases are re-scoped and corrected.

    Only figures of one unit, measure and place are compared. Raises `ComparisonError`, naming all
    at fault, where these differ, where a later figure is of an earlier day, or where the table of
    indicators lacks a column, repeats a row or names a figure that is not there.

    >>> from analysis import load
    >>> september, november = load("data/datong-2018-09"), load("data/datong-2018")
    >>> indicators = pd.read_csv("data/indicators.csv")
    >>> table = compare(september, november, indicators)
    >>> table.loc[["gangs", "suspects"], ["difference_low", "growth_low", "days"]].round(1)
               difference_low  growth_low  days
    indicator
    gangs                25.0        37.9    67
    suspects            158.0        44.5    67
    """
    pairs = _matched(earlier, later, indicators)
    before = earlier.figures.reindex(pairs["earlier"]).set_axis(pairs.index)
    after = later.figures.reindex(pairs["later"]).set_axis(pairs.index)
    _refuse_unlike_indicators(pairs, before, after)

    old, new = Bounds.of(before), Bounds.of(after)
    difference, growth = new - old, new / old * 100 - 100
    grows = (old.low > 0) & ~before["unit"].isin(["percent", "percentage point"])
    days = (after["as_of"] - before["as_of"]).dt.days.astype("Int64")
    falls = pairs["cumulative"] & (new.high < old.low) & (days >= 0).fillna(False)
    # A count from another start is another count, which may be lower.
    starts = before["period_start"], after["period_start"]
    falls &= (starts[0] == starts[1]) | starts[0].isna() | starts[1].isna()
    revision = _revisions(later, pairs, before, old)
    return pd.DataFrame(
        {
            "earlier": pairs["earlier"],
            "later": pairs["later"],
            "earlier_low": old.low,
            "earlier_high": old.high,
            "later_low": new.low,
            "later_high": new.high,
            "difference_low": difference.low,
            "difference_high": difference.high,
            "growth_low": growth.low.where(grows),
            "growth_high": growth.high.where(grows),
            "earlier_as_of": before["as_of"],
            "later_as_of": after["as_of"],
            "days": days,
            "check": _checked(falls, difference, revision, before["unit"]),
        }
    ).rename_axis(index="indicator")


def _matched(earlier: Extract, later: Extract, indicators: pd.DataFrame | None) -> pd.DataFrame:
    """Index indicator; columns earlier and later (keys of figures), cumulative, and both places."""
    if indicators is None:
        keys = earlier.figures.index
        shared = keys[keys.isin(later.figures.index)]
        columns = {"earlier": shared, "later": shared, "cumulative": False}
        return pd.DataFrame(columns | {"place": "", "place_later": ""}, index=shared)
    missing = [c for c in ("indicator", "extract", "figure") if c not in indicators]
    if missing:
        raise ComparisonError(f"the table of indicators has no column {', '.join(missing)}")
    faults = []
    optional: dict[str, Any] = {"place": "", "cumulative": False}
    filled = {name: empty for name, empty in optional.items() if name not in indicators}
    table = indicators.assign(**filled)[["indicator", "extract", "figure", *optional]]
    table["place"] = table["place"].astype(object).fillna("")
    twice = table[table.duplicated(["indicator", "extract"])]
    for row in twice.to_dict("records"):
        faults.append(f"{row['indicator']}: more than once for the extract {row['extract']!r}")
    sides = []
    for extract in (earlier, later):
        rows = table[table["extract"] == extract.name]
        if rows.empty:
            faults.append(f"the table of indicators has no row for the extract {extract.name!r}")
        absent = rows[~rows["figure"].isin(extract.figures.index)]
        faults += [
            f"{row['indicator']}: the extract {extract.name!r} has no figure {row['figure']!r}"
            for row in absent.to_dict("records")
        ]
        sides.append(rows)
    if faults:
        raise ComparisonError("\n".join(["cannot be compared:", *faults]))
    both = sides[0].merge(sides[1], on="indicator", suffixes=("", "_later"))
    # Text as read without types says true as well.
    goes_on = both["cumulative"].astype(str).str.lower() == "true"
    return (
        both.assign(cumulative=goes_on)
        .rename(columns={"figure": "earlier", "figure_later": "later"})
        .set_index("indicator")
    )


def _refuse_unlike_indicators(
    pairs: pd.DataFrame, before: pd.DataFrame, after: pd.DataFrame
) -> None:
    """One error for all pairs that differ in unit, measure or place, or stand in wrong order."""
    faults = []
    sides = {
        "unit": (before["unit"], after["unit"]),
        "measure": (before["measure"], after["measure"]),
        "place": (pairs["place"], pairs["place_later"]),
    }
    for what, (old, new) in sides.items():
        for indicator in pairs.index[(old != new).to_numpy()]:
            faults.append(f"{indicator}: {what} {old[indicator]} beside {new[indicator]}")
    for indicator in pairs.index[(after["as_of"] < before["as_of"]).to_numpy()]:
        days = (f"{side['as_of'][indicator]:%Y-%m-%d}" for side in (before, after))
        faults.append(f"{indicator}: earlier as of {' and later as of '.join(days)}")
    if faults:
        raise ComparisonError("\n".join(["cannot be compared:", *faults]))


def _revisions(later: Extract, pairs: pd.DataFrame, before: pd.DataFrame, old: Bounds) -> Bounds:
    """Implied prior minus what was printed for that day; NaN where nothing was revised for sure."""
    implied = year_over_year(later)
    implied = implied[~implied.index.duplicated()].reindex(pairs["later"]).set_axis(pairs.index)
    prior = Bounds.of(implied, "prior")
    same_day = implied["prior_as_of"] == before["as_of"]
    starts = implied["prior_period_start"], before["period_start"]
    same_day &= (starts[0] == starts[1]) | starts[0].isna() | starts[1].isna()
    revision, revised = prior - old, same_day & prior.low.notna() & ~prior.overlaps(old)
    return Bounds(revision.low.where(revised), revision.high.where(revised))


def _checked(falls: pd.Series, difference: Bounds, revision: Bounds, unit: pd.Series) -> list[str]:
    """The words of the column `check`."""
    found = []
    columns = zip(
        falls.tolist(),
        difference.low.tolist(),
        difference.high.tolist(),
        revision.low.tolist(),
        revision.high.tolist(),
        unit.tolist(),
        strict=True,
    )
    for fell, low, high, revised_low, revised_high, counter in columns:
        says = []
        if fell:
            says.append(f"falls, though cumulative: {_signed(low, high)} {counter}")
        if revised_low == revised_low:
            size = f"{_signed(revised_low, revised_high)} {counter}"
            says.append(f"revised: {size} in the base that the later source implies")
        found.append("; ".join(says))
    return found


def _signed(low: float, high: float) -> str:
    ends = dict.fromkeys(f"{end:+,.10g}".replace("-", "−") for end in (low, high))
    return " to ".join(ends)
