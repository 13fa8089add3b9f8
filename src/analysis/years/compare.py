"""One article beside another: the same indicators then and now."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ..bounds import Bounds
from ..extract import Extract
from ..units import is_share
from .prior import ComparisonError, year_over_year


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
    - growth_low, growth_high: in percent of the earlier figure; NaN for percentages and permille,
      where the earlier figure is not surely above zero, and where the periods are unlike
    - earlier_as_of, later_as_of, and days between them (Int64; missing where one is not stated)
    - check: what is odd, or empty. "falls, though cumulative: ..." for a cumulative figure that is
      surely lower, and not of an earlier day; "periods of 9 and 12 months" (or of days) where
      figures that are not cumulative cover unlike lengths of time; "revised: ..." where both
      figures stand a year apart and the prior value that the later source implies (see
      `year_over_year`) is surely another than the earlier source printed, with the size of the
      revision. A revision is no
      contradiction: bases are re-scoped and corrected.

    Only figures of one unit, measure and place are compared. Raises `ComparisonError`, naming all
    at fault, where these differ, where an extract stands beside itself, where a later figure is of
    an earlier day, or where the table of
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
    if earlier is later or (earlier.name and earlier.name == later.name):
        raise ComparisonError(f"cannot be compared: {later.name or 'an extract'} with itself")
    pairs = _matched(earlier, later, indicators)
    before = earlier.figures.reindex(pairs["earlier"]).set_axis(pairs.index)
    after = later.figures.reindex(pairs["later"]).set_axis(pairs.index)
    _refuse_unlike_indicators(pairs, before, after)

    old, new = Bounds.of(before), Bounds.of(after)
    difference, growth = new - old, new / old * 100 - 100
    unlike = _unlike_lengths(before, after).where(~pairs["cumulative"], "")
    grows = (old.low > 0) & ~before["unit"].map(is_share) & (unlike == "")
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
            "check": _checked(falls, difference, revision, before["unit"], unlike),
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


def _unlike_lengths(before: pd.DataFrame, after: pd.DataFrame) -> pd.Series:
    """Where two figures cover unlike lengths of time, these in words: in months where whole."""
    lengths, whole = [], []
    for side in (before, after):
        start, end = side["period_start"], side["as_of"]
        whole.append((start.dt.day == 1) & end.dt.is_month_end)
        months = 12 * (end.dt.year - start.dt.year) + end.dt.month - start.dt.month + 1
        lengths.append({"months": months, "days": (end - start).dt.days + 1})
    words = pd.Series("", index=before.index)
    for unit, applies in (("months", whole[0] & whole[1]), ("days", ~(whole[0] & whole[1]))):
        old, new = (side[unit] for side in lengths)
        unlike = applies & old.notna() & new.notna() & (old != new)
        for at in words.index[unlike]:
            words[at] = f"periods of {old[at]:.0f} and {new[at]:.0f} {unit}"
    return words


def _checked(
    falls: pd.Series, difference: Bounds, revision: Bounds, unit: pd.Series, unlike: pd.Series
) -> list[str]:
    """The words of the column `check`."""
    found = []
    columns = zip(
        falls.tolist(),
        difference.low.tolist(),
        difference.high.tolist(),
        revision.low.tolist(),
        revision.high.tolist(),
        unit.tolist(),
        unlike.tolist(),
        strict=True,
    )
    for fell, low, high, revised_low, revised_high, counter, lengths in columns:
        says = [lengths] if lengths else []
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
