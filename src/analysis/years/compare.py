"""One article beside another: the same indicators then and now."""

from __future__ import annotations

import pandas as pd

from ..bounds import Bounds
from ..extract import Extract, require_extract
from ..units import is_share
from .indicators import matched, same_definition, stacked
from .prior import ComparisonError, months_of, refuse, year_over_year


def compare(
    earlier: Extract, later: Extract, indicators: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The same figures in two extracts: what changed between them, one row an indicator.

    `indicators` says which figures are the same: one row an indicator in an extract, with the
    columns indicator, extract (the name of its folder), figure (its key there), and where wanted
    place (which must be the same in both), cumulative (true where the count goes on from one
    start, and so may not fall) and since (see `series`); as `data/indicators.csv`. Without it
    figures with equal keys are compared, none as cumulative.

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
      figures that are not cumulative cover unlike lengths of time; "another definition or
      coverage" where the table of indicators says so, and nothing else is judged; "revised: ..."
      where both figures stand a year apart and the prior value that the later source implies (see
      `year_over_year`) is surely another than the earlier source printed, with the size of the
      revision. A revision is no contradiction: bases are re-scoped and corrected.

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
    for given in (earlier, later):
        require_extract(given, "compare")
    if earlier is later or (earlier.name and earlier.name == later.name):
        raise ComparisonError(f"cannot be compared: {later.name or 'an extract'} with itself")
    pairs = _matched(earlier, later, indicators)
    before = earlier.figures.reindex(pairs["earlier"]).set_axis(pairs.index)
    after = later.figures.reindex(pairs["later"]).set_axis(pairs.index)
    _refuse_unlike_indicators(pairs, before, after)

    old, new = Bounds.of(before), Bounds.of(after)
    difference, growth = new - old, new / old * 100 - 100
    unlike = _unlike_lengths(before, after).where(~pairs["cumulative"], "")
    other = ~same_definition(pairs["since"], pairs["since_later"])
    grows = (old.low > 0) & ~before["unit"].map(is_share) & (unlike == "") & ~other
    days = (after["as_of"] - before["as_of"]).dt.days.astype("Int64")
    falls = pairs["cumulative"] & (new.high < old.low) & (days >= 0).fillna(False)
    # A count from another start is another count, which may be lower.
    falls &= _may_be_one(before["period_start"], after["period_start"]) & ~other
    revision = _revisions(later, pairs, before, old).where(~other)
    unlike = unlike.mask(other, "another definition or coverage")
    return pd.DataFrame(
        {
            "earlier": pairs["earlier"],
            "later": pairs["later"],
            **old.columns("earlier"),
            **new.columns("later"),
            **difference.columns("difference"),
            **growth.where(grows).columns("growth"),
            "earlier_as_of": before["as_of"],
            "later_as_of": after["as_of"],
            "days": days,
            "check": _checked(falls, difference, revision, before["unit"], unlike),
        }
    ).rename_axis(index="indicator")


def _matched(earlier: Extract, later: Extract, indicators: pd.DataFrame | None) -> pd.DataFrame:
    """Index indicator; columns earlier and later (keys of figures), cumulative, and both places."""
    both = [earlier, later]
    rows = matched(both, stacked(both), indicators).rename(columns={"figure": "earlier"})
    before, after = (rows[rows["n"] == n].drop(columns=["n", "at"]) for n in (0, 1))
    pairs = before.merge(after, on="indicator", suffixes=("", "_later"))
    pairs = pairs.rename(columns={"earlier_later": "later"})
    if pairs["indicator"].duplicated().any():
        # A source may print a half-year and its last quarter: like stands beside like.
        sides = (earlier.figures.loc[pairs["earlier"]], later.figures.loc[pairs["later"]])
        old, new = ((side["as_of"] - side["period_start"]).dt.days // 7 for side in sides)
        several = pairs["indicator"].duplicated(keep=False).to_numpy()
        pairs = pairs[~several | (old.to_numpy() == new.to_numpy())]
    several = pairs.loc[pairs["indicator"].duplicated(), "indicator"].unique()
    refuse([f"{name}: several figures of like periods in one of the two" for name in several])
    return pairs.set_index("indicator")


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
    refuse(faults)


def _revisions(later: Extract, pairs: pd.DataFrame, before: pd.DataFrame, old: Bounds) -> Bounds:
    """Implied prior minus what was printed for that day; NaN where nothing was revised for sure."""
    implied = year_over_year(later)
    implied = implied[~implied.index.duplicated()].reindex(pairs["later"]).set_axis(pairs.index)
    prior = Bounds.of(implied, "prior")
    same = implied["prior_as_of"] == before["as_of"]
    same &= _may_be_one(implied["prior_period_start"], before["period_start"])
    return (prior - old).where(same & prior.low.notna() & ~prior.overlaps(old))


def _may_be_one(day: pd.Series, other: pd.Series) -> pd.Series:
    """Whether two days are one, as far as both are stated."""
    return (day == other) | day.isna() | other.isna()


def _unlike_lengths(before: pd.DataFrame, after: pd.DataFrame) -> pd.Series:
    """Where two figures cover unlike lengths of time, these in words: in months where whole."""
    periods = [(side["period_start"], side["as_of"]) for side in (before, after)]
    months = [months_of(start, end) for start, end in periods]
    days = [(end - start).dt.days + 1 for start, end in periods]
    whole = months[0].notna() & months[1].notna()
    words = pd.Series("", index=before.index)
    for unit, (old, new), applies in (("months", months, whole), ("days", days, ~whole)):
        unlike = applies & old.notna() & new.notna() & (old != new)
        for at in words.index[unlike]:
            words[at] = f"periods of {old[at]:.0f} and {new[at]:.0f} {unit}"
    return words


def _checked(
    falls: pd.Series, difference: Bounds, revision: Bounds, unit: pd.Series, unlike: pd.Series
) -> list[str]:
    """The words of the column `check`."""
    falling = "falls, though cumulative: " + _signed(difference, unit)
    revised = "revised: " + _signed(revision, unit) + " in the base that the later source implies"
    says = unlike, falling.where(falls, ""), revised.where(revision.low.notna(), "")
    return ["; ".join(filter(None, words)) for words in zip(*says, strict=True)]


def _signed(bounds: Bounds, unit: pd.Series) -> pd.Series:
    """Differences in words, each with its sign and unit."""
    ends = [bounds.low.map("{:+,.10g}".format), bounds.high.map("{:+,.10g}".format)]
    said = (" to ".join(dict.fromkeys(pair)) for pair in zip(*ends, strict=True))
    return pd.Series(said, unit.index, dtype="str").str.replace("-", "−") + " " + unit
