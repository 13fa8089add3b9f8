"""The prior value that a printed change or difference implies, against what the text says.

What is implied is the base that the author must have used, which need not be the number published
then: bases are re-scoped and revised. The equation is that of the kind `change`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..bounds import LONG_BLOCK, Bounds, elementwise, integers_inside, require_bounds
from ..claims import tighten
from ..claims.columns import cut_off
from ..extract import Extract, require_extract
from ..kinds import EQUATIONS, KINDS, Member, difference_kernel, misfits
from ..phrases import POINTS_MAY_BE_MEANT
from ..rounding import Floats, prior_kernel
from ..units import unit_of


class ComparisonError(ValueError):
    """Figures that cannot be compared: unlike units or measures, or an impossible change."""


def refuse(faults: Collection[str]) -> None:
    """One error for all that is at fault, if anything is."""
    if faults:
        raise ComparisonError("\n".join(["cannot be compared:", *faults]))


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
    require_bounds("implied_prior", current, change)
    kernel = partial(_whole_prior if whole else prior_kernel, refuse=_refuse_block)
    return _or_refuse(kernel, current, change)


_IMPOSSIBLE = "a fall of 100% or more leaves nothing, but the current value is above 0"


def _or_refuse(kernel: Callable[..., None], current: Bounds, change: Bounds) -> Bounds:
    """One error for the whole of two columns, which names the first row at fault."""
    ends = current.low, current.high, change.low, change.high
    try:
        return Bounds.made(*elementwise(kernel, 2, *ends, block=LONG_BLOCK))
    except ComparisonError:
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


def _whole_prior(
    found: Floats, low: Floats, high: Floats, change_low: Floats, change_high: Floats, **how: Any
) -> None:
    prior_kernel(found, low, high, change_low, change_high, **how)
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
    require_bounds("implied_difference", current, change)
    return _or_refuse(_difference, current, change)


def _difference(found: Floats, *ends: Floats) -> None:
    _refuse_block(ends[0], ends[3])
    difference_kernel(found, *ends)


def contribution(part: Bounds, total: Bounds) -> Bounds:
    """How much of a total's change each part explains, in percent, as bounds.

    `part` and `total` are the differences (current minus prior) of a part and of the total
    that holds it, in one unit; scalars or columns. Parts that move against the total have a
    negative contribution; where the total may not have moved at all, nothing bounds it.

    Contribution = 100 × difference of the part / difference of the total.

    >>> contribution(Bounds(-105, -105), Bounds(-1064, -1056))
    Bounds(9.868421053, 9.943181818)
    """
    require_bounds("contribution", part, total)
    return part / total * 100


def prior_values(extract: Extract, tightened: bool = False) -> pd.DataFrame:
    """What each figure was before, as its printed change and difference imply: one row a claim.

    Index `figure`: the current one, or the change or difference where no current is printed.
    Columns, in the figure's own unit unless said otherwise:

    - against: what the change or difference is against, as `figures.csv` says
    - current_low, current_high: the bounds of the figure as printed
    - change_low, change_high: of the printed change, in percent
    - prior_low, prior_high: of the value then, integers for counts: what is left of it by the
      current value, the change, the difference and a printed prior together; NaN where nothing
      is left (a fall of all, to a value above zero), where the current value is below zero, or
      where there is a change at constant prices (basis `real`) alone, which has no nominal prior
    - prior: that value where only one integer fits (Int64)
    - candidates: how many integers fit (Int64; missing where not a count, or without end)
    - difference_low, difference_high: current minus prior, integers for counts
    - period_start, as_of, prior_period_start, prior_as_of: as far as the text states them; the
      prior ones for a year earlier, a named year, and the period before one of whole months
    - basis: of the change

    With `tightened` the prior values and differences are narrowed by every other claim of the
    extract, too, as `tighten` does: priors add up as their currents do. Then a value no longer
    tells only of its own claim, and a wrong figure elsewhere tells on it.

    Where a note says that the change of a rate, printed in percent, may be meant in percentage
    points (结案率97.2%,同比上升6.7%), both are left room for.

    All this holds if figures are rounded to nearest. Raises `ComparisonError`, naming every
    relation at fault, for unlike units or a current value that is itself a change.

    >>> from analysis import load
    >>> prior_values(load("data/datong-2018"))[["against", "prior_low", "prior_high", "candidates"]]
                           against  prior_low  prior_high  candidates
    figure
    criminal_cases    year earlier     7679.0      7687.0           9
    eight_categories  year earlier      447.0       447.0           1
    """
    require_extract(extract, "prior_values")
    rows = extract.relations[extract.relations["kind"] == "change"]
    roles = list(KINDS["change"].roles)
    once = rows.drop_duplicates(["relation", "role"]).set_index("relation")
    of_role = {role: once.loc[once["role"] == role, "figure"] for role in roles}
    keys = pd.DataFrame(of_role).reindex(rows["relation"].unique())
    keys = keys[keys["change"].notna() | keys["difference"].notna()]
    figures = {role: extract.figures.reindex(keys[role]).set_axis(keys.index) for role in roles}
    _refuse_unlike(keys, figures)

    change, difference = figures["change"], figures["difference"]
    # One of the two is printed.
    moved = _either(change, difference, keys["change"], ["against", *_DATES])
    level = _either(
        figures["current"], figures["prior"], keys["current"], ["measure", "low", "high"]
    )
    counted = (level["measure"] == "count").to_numpy()
    level_ends = level[["low", "high"]].to_numpy(np.float64)
    counted = counted & (np.floor(level_ends) == level_ends).all(axis=1)  # an average is no count
    counted = counted | (level["measure"].isna() & _counts_things(difference)).to_numpy()
    printed = {role: _bounds(each) for role, each in figures.items()}
    # Growth at constant prices has no nominal prior, nor has a loss that grew or fell.
    nominal = (change["basis"] != "real").to_numpy() & ~(printed["current"].low < 0)
    plain = {**printed, "change": printed["change"].where(nominal)}
    then, by = _what_is_left("prior", plain, counted), _what_is_left("difference", plain, False)
    # Where no whole number gives the change as rounded, one may as cut off.
    cut_by = np.zeros(len(keys), dtype=bool)
    if (none := counted & ~(then.whole.count > 0)).any():
        ends = plain["change"].low, plain["change"].high
        cut = {**plain, "change": cut_off(change["value"].to_numpy(np.float64), *ends)}
        if_cut = _what_is_left("prior", cut, counted)
        cut_by = none & (if_cut.whole.count > 0)
        then = if_cut.where(cut_by, then)
        by = (printed["current"] - if_cut).where(cut_by, by)
    in_points = change["note"].astype("str").str.contains(POINTS_MAY_BE_MEANT, regex=False)
    if (unsure := in_points.to_numpy() & keys["prior"].isna().to_numpy()).any():
        moved_by = {"change": plain["change"].where(~unsure), "difference": plain["change"]}
        then = _either_way(unsure, then, _what_is_left("prior", {**plain, **moved_by}, counted))
        by = _either_way(unsure, by, plain["change"])
    if tightened:
        then = _tightened(extract, keys["prior"], then)
        by = by & (printed["current"] - then)
    whole, whole_by = then.whole, by.whole
    count = np.where(cut_by, 0, whole.count)
    candidates = pd.Series(np.where(np.isfinite(count) & counted, count, np.nan))
    only = pd.Series(np.where(counted, whole.only, np.nan))
    dated = _either(figures["current"], moved, keys["current"], _DATES)
    label = keys["current"].fillna(keys["change"]).fillna(keys["difference"])
    columns = {
        "against": moved["against"].to_numpy(),
        **printed["current"].columns("current"),
        **printed["change"].columns("change"),
        **Bounds.made(whole.low, whole.high).where(counted, then).columns("prior"),
        "prior": only.astype("Int64").array,
        "candidates": candidates.astype("Int64").array,
        **Bounds.made(whole_by.low, whole_by.high).where(counted, by).columns("difference"),
        **_periods(dated["period_start"], dated["as_of"], moved["against"]),
        "basis": change["basis"].fillna("").to_numpy(),
    }
    return pd.DataFrame(columns, index=pd.Index(label, name="figure"))


_DATES = ["period_start", "as_of"]
_YEAR = r"^year (\d{4})$"


def _either(
    figures: pd.DataFrame, others: pd.DataFrame, keys: pd.Series, columns: list[str]
) -> pd.DataFrame:
    """These columns of the figures, or of the others where there is no key."""
    # Column by column: of whole frames it takes ten times as long.
    there = keys.notna()
    return pd.DataFrame({name: figures[name].where(there, others[name]) for name in columns})


def _bounds(figures: pd.DataFrame) -> Bounds:
    return Bounds(figures["low"].to_numpy(np.float64), figures["high"].to_numpy(np.float64))


def _counts_things(differences: pd.DataFrame) -> pd.Series:
    known = {unit: unit_of(unit).family.measure for unit in differences["unit"].dropna().unique()}
    units = differences["unit"].map(known)
    exact = (differences["low"] == differences["high"]) & (differences["low"] % 1 == 0)
    return (units == "count") & exact


def _what_is_left(
    role: str, printed: dict[str, Bounds], counted: npt.NDArray[np.bool_] | bool
) -> Bounds:
    """What every solution of the equation leaves of a role, and its own print: NaN for nothing."""
    solutions = [s for s in EQUATIONS["change"] if s.role == role]
    every = [s.solve(*(printed[of] for of in s.of), 100.0) for s in solutions]
    low = np.fmax.reduce([printed[role].low, *(bounds.low for bounds in every)])
    high = np.fmin.reduce([printed[role].high, *(bounds.high for bounds in every)])
    low = np.where(counted & (low < 0), 0.0, low)  # a count is not below zero
    return Bounds.made(low, high).where(low <= high)


def _either_way(unsure: npt.NDArray[np.bool_], one: Bounds, other: Bounds) -> Bounds:
    """What both readings of a change leave together, where it is not known which is meant."""
    low, high = np.fmin(one.low, other.low), np.fmax(one.high, other.high)
    return Bounds.made(low, high).where(unsure, one)


def _tightened(extract: Extract, printed: pd.Series, then: Bounds) -> Bounds:
    """The prior values narrowed by all claims together; `printed`: the keys of those printed."""
    table = tighten(extract)
    rows = table.reindex(printed.where(printed.notna(), printed.index.astype("str") + ".prior"))
    low = np.fmax(then.low, rows["tightened_low"].to_numpy())
    high = np.fmin(then.high, rows["tightened_high"].to_numpy())
    return Bounds.made(low, high).where((low <= high) & (then.low <= then.high), then)


def _periods(start: pd.Series, end: pd.Series, against: pd.Series) -> dict[str, Any]:
    """The period of each figure, and the one that its change is against, where that is known."""
    last = end.dt.year.fillna(start.dt.year)
    months = pd.Series(np.nan, index=start.index)
    months[against == "year earlier"] = 12
    told = pd.Series(against.unique())  # few, and read once each
    of_each = pd.to_numeric(told.str.extract(_YEAR)[0])
    named = against.map(dict(zip(told, of_each, strict=True))).astype("float64")
    months = months.fillna(12 * (last - named))
    # The period before is as long: known of whole months, a month, a quarter or a half-year.
    months = months.where(against != "previous period", months_of(start, end))
    return {
        "period_start": start.to_numpy(),
        "as_of": end.to_numpy(),
        "prior_period_start": months_before(start, months).to_numpy(),
        "prior_as_of": months_before(end, months).to_numpy(),
    }


def _refuse_unlike(keys: pd.DataFrame, figures: dict[str, pd.DataFrame]) -> None:
    """One error for all claims whose figures are not a value and what it changed by."""
    faults = []
    # Few rows are looked at one by one: those that may be at fault.
    doubtful = figures["current"]["measure"].isin(["change", "difference"])
    for role, measure in KINDS["change"].measure.items():
        doubtful |= keys[role].notna() & (figures[role]["measure"] != measure)
    level = figures["current"]["unit"].where(keys["current"].notna(), figures["prior"]["unit"])
    doubtful |= keys["difference"].notna() & (figures["difference"]["unit"] != level)
    doubtful |= keys["prior"].notna() & (figures["prior"]["unit"] != level)
    judged = list(Member._fields[2:])
    rows = keys[doubtful].to_dict("index")
    of_role = {r: f.loc[doubtful, judged].to_numpy().tolist() for r, f in figures.items()}
    for place, (relation, row) in enumerate(rows.items()):
        there = {str(role): str(key) for role, key in row.items() if pd.notna(key)}
        members = [Member(role, key, *of_role[role][place]) for role, key in there.items()]
        if "change" in there and "current" in there:
            now = members[0].measure
            if now in ("change", "difference"):
                faults.append(f"{relation}: its current value {there['current']} is itself a {now}")
        for _, found, expected in misfits(KINDS["change"], members):
            faults.append(f"{relation}: found {found}, expected {expected}")
    refuse(faults)


def only_if_cut(table: pd.DataFrame) -> pd.Series:
    """Which rows of `prior_values` give a value that the change has only if it was cut off, not
    rounded."""
    return table["candidates"].eq(0).fillna(False).astype("bool") & table["prior_low"].notna()


def year_over_year(extract: Extract, tightened: bool = False) -> pd.DataFrame:
    """What each figure with a printed change was a year earlier: those rows of `prior_values`.

    A change against a named year is one where that is the year before the figure's own period.
    `tightened`: by all claims of the extract together, as there.

    >>> from analysis import load
    >>> year_over_year(load("data/datong-2018"))[["prior_low", "prior_high", "prior", "candidates"]]
                      prior_low  prior_high  prior  candidates
    figure
    criminal_cases       7679.0      7687.0   <NA>           9
    eight_categories      447.0       447.0    447           1
    """
    require_extract(extract, "year_over_year")
    table = prior_values(extract, tightened)
    own = table["as_of"].fillna(table["period_start"]).dt.year
    named = "year " + (own - 1).astype("Int64").astype("str")
    a_year: pd.Series = (table["against"] == "year earlier") | (table["against"] == named)
    return table.loc[a_year]


def months_of(start: pd.Series, end: pd.Series) -> pd.Series:
    """How many months each period covers; NaN where it is not of whole months, or not stated."""
    months = 12 * (end.dt.year - start.dt.year) + end.dt.month - start.dt.month + 1
    whole: pd.Series = months.where((start.dt.day == 1) & end.dt.is_month_end)
    return whole


def months_before(days: pd.Series, months: pd.Series) -> pd.Series:
    """The same day so many months before; the end of a month stays the end of a month."""
    first = days.dt.to_period("M").dt.to_timestamp()
    count = 12 * first.dt.year + first.dt.month - 1 - months
    moved = pd.to_datetime(
        pd.DataFrame({"year": count // 12, "month": count % 12 + 1, "day": 1}), errors="coerce"
    )
    day = days.dt.day.where(~days.dt.is_month_end, 31)
    offset = np.minimum(day, moved.dt.days_in_month) - 1
    shifted: pd.Series = moved + pd.to_timedelta(offset, unit="D")
    return shifted


# The first and the last month of a part of a year, and what it is called.
_PARTS = {(1, 12): "", (1, 6): " H1", (7, 12): " H2", (1, 9): " Q1–Q3"}
_PARTS |= {(3 * n - 2, 3 * n): f" Q{n}" for n in (1, 2, 3, 4)}


def period_name(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """What a period is called: "2021", "2021 H1", "2021-03", or its first and last day.

    >>> period_name(pd.Timestamp("2021-01-01"), pd.Timestamp("2021-09-30"))
    '2021 Q1–Q3'
    """
    if pd.isna(start) or pd.isna(end):
        return "not stated" if pd.isna(end) else f"to {end:%Y-%m-%d}"
    if start.day > 1 or not end.is_month_end:
        return f"{start:%Y-%m-%d} to {end:%Y-%m-%d}"
    if start.year == end.year and (part := _PARTS.get((start.month, end.month))) is not None:
        return f"{start.year}{part}"
    first, last = f"{start:%Y-%m}", f"{end:%Y-%m}"
    return first if first == last else f"{first} to {last}"
