"""What the years say: one indicator over all issues, what was printed then beside what is implied.

Each bulletin prints a value and what it changed by, and so implies the value before. Held against
the bulletin before, that is a revision: bases are re-scoped, corrected and completed later. It is
no contradiction of one article.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from ..bounds import Bounds
from ..extract import Extract
from ..kinds import EQUATIONS
from ..units import is_share
from .indicators import matched
from .prior import ComparisonError, prior_values, year_over_year

_KEY = ["indicator", "start", "end"]
# What is asked of figures here and by `prior_values`.
_READ = ["reported", "value", "low", "high", "hedge", "unit", "measure", "against", "basis"]
_READ += ["period_start", "as_of"]
_DAY = pd.Timedelta(days=1)


def series(
    extracts: Sequence[Extract],
    indicators: pd.DataFrame | None = None,
    against: str = "year earlier",
) -> pd.DataFrame:
    """Each indicator in each period: as first printed, as the later issues imply it, and how much
    it is said to have changed beside how much the first prints changed.

    `extracts` are the issues of one issuer in the order in which they were printed (`load_all`).
    `indicators` says which figures are the same, as `data/indicators.csv`: columns indicator,
    extract (an issue, or its issuer for all of its issues), figure (the key there), and where
    wanted place and since: the first day of a definition or coverage that is another than before.
    Without it figures with equal keys are the same. `against` is what the changes that are looked
    at are against: "year earlier" (which a named year may be, too), "previous period" or "year
    2018".

    Index `indicator`, `period` ("2021", "2021 Q1", "2021 H1", "2021 Q1–Q3", "2021-03"), in the
    order of the table of indicators and of the periods' ends. A period that an issue should have
    printed, being between two others of its kind, has a row even where none did: the gap stays
    open. Columns, in the figures' own unit unless said otherwise:

    - printed_low, printed_high: as first printed; NaN where no issue did
    - implied_low, implied_high: as the change printed a year (a period) later implies it, and
      implied_by, the issue that does; of several issues the last one
    - revision_low, revision_high: implied minus printed, of one definition
    - base: what that says. "revised" where the two are surely apart, "within print" where one
      number can be both, "other definition" where they do not count the same; else empty
    - against, change_low, change_high: the change as printed, in percent (of percentages in
      percentage points)
    - by_prints_low, by_prints_high: the same change by the two values as first printed, of one
      definition
    - flips: whether these two surely have opposite signs
    - added_from, added_low, added_high: what is new since the shorter period of the same start
      was printed: the first half-year without its first quarter is the second quarter. All of it
      where nothing shorter was printed; NaN for rates
    - since: first day of the definition; period_start, as_of, unit, issue (its name), source (the
      issue's title) and published

    Raises `ComparisonError` where an indicator's figures differ in unit, measure or place, and for
    a table of indicators as `compare` does.

    >>> from analysis import load_all
    >>> fires = series(load_all("data/national-fires"), pd.read_csv("data/indicators.csv"))
    >>> fires.loc["larger_fires", ["printed_low", "implied_low", "base", "flips"]].head(4)
            printed_low  implied_low          base  flips
    period
    2014            NaN         67.0                False
    2015           60.0         68.0       revised  False
    2016           64.0         67.0       revised   True
    2017           65.0         65.0  within print   True
    """
    rows = matched(extracts, indicators)
    figures, changes = _gathered(extracts, rows, against)
    first = figures.drop_duplicates(_KEY)
    columns = [*_KEY, "printed_low", "printed_high", "n", "since"]
    table = _with_gaps(first[columns].merge(_implied(changes), on=_KEY, how="outer"))
    table = table.merge(_changes(changes, first), on=_KEY, how="left")
    table = table.merge(_added(first), on=_KEY, how="left")
    printed, implied = Bounds.of(table, "printed"), Bounds.of(table, "implied")
    both = printed.low.notna() & implied.low.notna()
    alike = both & _same(table["since"], table["since_implied"])
    revision = implied - printed
    base = np.where(printed.overlaps(implied), "within print", "revised")
    base = np.where(alike, base, np.where(both, "other definition", ""))
    names = np.array([extract.name for extract in extracts] + [""], dtype=object)
    # Where no issue printed it, it has the unit and the definition of those that did.
    unit = table["indicator"].map(first.drop_duplicates("indicator").set_index("indicator")["unit"])
    return pd.DataFrame(
        {
            "indicator": table["indicator"].to_numpy(),
            "period": _labels(table["start"], table["end"]),
            **{f"printed_{end}": table[f"printed_{end}"] for end in ("low", "high")},
            **{f"implied_{end}": table[f"implied_{end}"] for end in ("low", "high")},
            "implied_by": names[table["n_implied"].fillna(-1).astype(int)],
            "revision_low": revision.low.where(alike),
            "revision_high": revision.high.where(alike),
            "base": base,
            "against": table["against"].fillna(""),
            **{name: table[name] for name in _CHANGE},
            "flips": table["flips"].fillna(0).astype(bool),
            **{name: table[name] for name in _ADDED},
            "since": table["since"].where(printed.low.notna(), table["since_implied"]),
            "period_start": table["start"],
            "as_of": table["end"],
            "unit": unit.to_numpy(),
            "issue": names[table["n"].fillna(-1).astype(int)],
            **_sources(extracts, table["n"]),
        }
    ).set_index(["indicator", "period"])


_CHANGE = ["change_low", "change_high", "by_prints_low", "by_prints_high"]
_ADDED = ["added_from", "added_low", "added_high"]


def _gathered(
    extracts: Sequence[Extract], rows: pd.DataFrame, against: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All matched figures, in order of the issues; and all of their changes against that."""
    # One extract of all issues, whose keys are those of each with its number: the prior values of
    # all are found at once.
    figures = pd.concat([extract.figures[_READ] for extract in extracts])
    relations = pd.concat([extract.relations for extract in extracts], ignore_index=True)
    of_figures = np.repeat(range(len(extracts)), [len(each.figures) for each in extracts])
    of_claims = np.repeat(range(len(extracts)), [len(each.relations) for each in extracts])
    figures.index = pd.Index(_numbered(of_figures, figures.index))
    columns = {name: _numbered(of_claims, relations[name]) for name in ("relation", "figure")}
    every = Extract(figures, relations.assign(**columns))
    kept = ["unit", "measure", "low", "high", "period_start", "as_of"]
    found = figures.loc[_numbered(rows["n"], rows["figure"]), kept]
    columns = {"low": "printed_low", "high": "printed_high", "period_start": "start"}
    figures = found.rename(columns=columns | {"as_of": "end"}).assign(
        **{name: rows[name].to_numpy() for name in ("n", "indicator", "since")}
    )
    _refuse_unlike(figures.assign(place=rows["place"].to_numpy()))
    # Indicators in the order of their table, whatever the order of the issues.
    order = pd.CategoricalDtype(rows["indicator"].drop_duplicates(), ordered=True)
    figures = figures.astype({"indicator": order}).sort_values("n", kind="stable")

    yearly = against == "year earlier"
    table = year_over_year(every) if yearly else prior_values(every)
    table = table if yearly else table[table["against"] == against]
    of = figures.reindex(table.index)
    changes = table.assign(**{name: of[name] for name in ("n", "indicator", "since", "unit")})
    changes = changes[changes["n"].notna() & changes["prior_low"].notna()]
    names = {"period_start": "start", "as_of": "end", "prior_period_start": "prior_start"}
    changes = changes.rename(columns=names | {"prior_as_of": "prior_end"})
    return figures, changes.sort_values("n", kind="stable").reset_index(drop=True)


def _numbered(n: Any, keys: Any) -> Any:
    return np.array([f"{number}/" for number in range(max(n, default=0) + 1)], dtype=object)[
        n
    ] + keys.to_numpy(dtype=object)


def _refuse_unlike(figures: pd.DataFrame) -> None:
    faults = []
    for what in ("unit", "measure", "place"):
        pairs = figures[["indicator", what]].drop_duplicates()
        for indicator, several in pairs[pairs["indicator"].duplicated(keep=False)].groupby(
            "indicator", sort=False
        ):
            faults.append(f"{indicator}: {what} {' beside '.join(several[what])}")
    if faults:
        raise ComparisonError("\n".join(["cannot be compared:", *faults]))


def _same(one: pd.Series, other: pd.Series) -> pd.Series:
    """Whether two definitions are one: that of the first issues is NaT."""
    return (one == other) | (one.isna() & other.isna())


def _implied(changes: pd.DataFrame) -> pd.DataFrame:
    """What the periods before were, by the last issue that says."""
    dated = changes[changes["prior_end"].notna()]
    columns = {"prior_start": "start", "prior_end": "end", "prior_low": "implied_low"}
    columns |= {"prior_high": "implied_high", "n": "n_implied", "since": "since_implied"}
    found = dated[["indicator", *columns]].rename(columns=columns)
    # Of one issue's several claims the first: they are of one print, and it says so most directly.
    found = found.drop_duplicates([*_KEY, "n_implied"])
    return found.drop_duplicates(_KEY, keep="last")


def _changes(changes: pd.DataFrame, first: pd.DataFrame) -> pd.DataFrame:
    """The first printed change of each period, beside the change by the first prints."""
    printed = changes.drop_duplicates(_KEY)
    now = first[[*_KEY, "printed_low", "printed_high", "since"]]
    before = now.rename(columns={"start": "prior_start", "end": "prior_end"})
    names = ["indicator", "prior_start", "prior_end"]
    found = printed.drop(columns="since").merge(now, on=_KEY).reset_index(drop=True)
    found = found.merge(before, on=names, how="left", suffixes=("", "_before"))
    change, difference = Bounds.of(found, "change"), Bounds.of(found, "difference")
    now_, before_ = Bounds.of(found, "printed"), _renamed(found, "printed", "_before")
    alike = before_.low.notna() & _same(found["since"], found["since_before"])
    by_prints = now_ - before_
    share = found["unit"].isin([unit for unit in found["unit"].unique() if is_share(unit)])
    percent = change & _growth("difference")(Bounds.of(found, "current"), difference, 100.0)
    growth = _growth("prior")(now_, before_, 100.0)
    opposite = (difference.high < 0) & (by_prints.low > 0)
    opposite |= (difference.low > 0) & (by_prints.high < 0)
    columns: dict[str, Any] = {name: found[name] for name in [*_KEY, "against"]}
    for end in ("low", "high"):
        columns[f"change_{end}"] = np.where(share, getattr(difference, end), getattr(percent, end))
        told = np.where(share, getattr(by_prints, end), getattr(growth, end))
        columns[f"by_prints_{end}"] = np.where(alike, told, np.nan)
    return pd.DataFrame(columns | {"flips": opposite & alike})


def _renamed(frame: pd.DataFrame, name: str, suffix: str) -> Bounds:
    return Bounds(frame[f"{name}_low{suffix}"], frame[f"{name}_high{suffix}"])


def _growth(beside: str) -> Any:
    """The equation of a change, solved for it by the current value and another role."""
    of = ("current", beside)
    return next(s.solve for s in EQUATIONS["change"] if s.role == "change" and s.of == of)


def _added(first: pd.DataFrame) -> pd.DataFrame:
    """What each period adds to the shorter one of the same start and definition."""
    summed = first[first["measure"].isin(["count", "amount"]) & first["start"].notna()]
    summed = summed.sort_values([*_KEY]).reset_index(drop=True)
    alike = summed.groupby(["indicator", "start", "since"], observed=True, dropna=False)
    before = alike[["end", "printed_low", "printed_high"]].shift()
    shorter = before["end"].notna()
    now = Bounds.of(summed, "printed")
    rest = now - Bounds.of(before, "printed")
    return pd.DataFrame(
        {
            **{name: summed[name] for name in _KEY},
            "added_from": (before["end"] + _DAY).where(shorter, summed["start"]),
            "added_low": rest.low.where(shorter, now.low),
            "added_high": rest.high.where(shorter, now.high),
        }
    )


def _with_gaps(table: pd.DataFrame) -> pd.DataFrame:
    """Rows also for what is missing between two periods of a kind, in order of the periods.

    Of a kind are periods of whole months that start in the same month and are as long.
    """
    start, end = table["start"], table["end"]
    whole = (start.dt.day == 1) & end.dt.is_month_end
    month, months = 12 * start.dt.year + start.dt.month - 1, 12 * (end.dt.year - start.dt.year)
    months = months + end.dt.month - start.dt.month + 1
    of = [table["indicator"][whole], (month % 12)[whole].astype(int), months[whole].astype(int)]
    kinds = (month[whole] // 12).groupby(of, observed=True).agg(["min", "max"]).astype(int)
    kinds = kinds.rename_axis(index=["indicator", "month", "months"]).reset_index()
    years = kinds["max"] - kinds["min"] + 1
    every = kinds.loc[kinds.index.repeat(years)]
    nth = every.groupby(level=0).cumcount()
    first = (12 * (every["min"] + nth - 1970) + every["month"]).to_numpy()
    after = (first + every["months"].to_numpy()).astype("datetime64[M]")
    days = {"start": first.astype("datetime64[M]"), "end": after.astype("datetime64[D]") - 1}
    full = pd.DataFrame({"indicator": every["indicator"].to_numpy()} | days)
    full = full.astype(table.dtypes[_KEY].to_dict())
    found = table.merge(full, on=_KEY, how="outer")
    # Of two that end on one day the shorter was there first.
    ends = ["indicator", "end", "start"]
    return found.sort_values(ends, ascending=[True, True, False], ignore_index=True)


def _labels(start: pd.Series, end: pd.Series) -> Any:
    pairs = pd.DataFrame({"start": start, "end": end})
    number = pairs.groupby(["start", "end"], dropna=False, sort=False).ngroup()
    once = pairs[~number.duplicated()].itertuples(index=False, name=None)
    return np.array([period_name(*pair) for pair in once], dtype=object)[number.to_numpy()]


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
    months = (start.month, end.month)
    if start.year == end.year and months in _PARTS:
        return f"{start.year}{_PARTS[months]}"
    return (
        f"{start:%Y-%m}"
        if start.month == end.month and start.year == end.year
        else (f"{start:%Y-%m} to {end:%Y-%m}")
    )


def _sources(extracts: Sequence[Extract], n: pd.Series) -> dict[str, Any]:
    """Title and day of the source of each row; empty where there is none."""
    sources = [extract.source for extract in extracts]
    told = {
        "source": [source.title if source else "" for source in sources],
        "published": [source.published if source else "" for source in sources],
    }
    of = n.fillna(-1).astype(int)
    return {name: np.array([*each, ""], dtype=object)[of] for name, each in told.items()}
