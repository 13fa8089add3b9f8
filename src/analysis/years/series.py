"""What the years say: one indicator over all issues, what was printed then beside what is implied.

Each bulletin prints a value and what it changed by, and so implies the value before. Held against
the bulletin before, that is a revision: bases are re-scoped, corrected and completed later. It is
no contradiction of one article.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..bounds import Bounds
from ..extract import Extract, require_extract
from ..kinds import EQUATIONS
from ..units import is_share
from .indicators import matched, same_definition, stacked
from .prior import (
    ComparisonError,
    months_of,
    only_if_cut,
    period_name,
    prior_values,
    refuse,
    year_over_year,
)

# What is asked of figures here and by `prior_values`.
_READ = ["n", "figure", "reported", "value", "low", "high", "hedge", "unit", "measure"]
_READ += ["against", "basis", "period_start", "as_of"]
_CHANGE = ["change_low", "change_high", "by_prints_low", "by_prints_high"]
_ADDED = ["added_from", "added_low", "added_high"]
_DAY = pd.Timedelta(days=1)
_DAYS = "datetime64[us]"


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

    Raises `ComparisonError` where there is no issue, where an indicator's figures differ in unit,
    measure or place, and for a table of indicators as `compare` does.

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
    if isinstance(extracts, Extract):
        raise TypeError("series takes a list of extracts, as load_all gives it, not one Extract")
    if not isinstance(extracts, Iterable):
        raise TypeError(f"series takes a list of extracts, not {type(extracts).__name__}")
    if not extracts:
        raise ComparisonError("found no issue, expected one or more")
    for given in extracts:
        require_extract(given, "series")
    figures, changes = _gathered(extracts, indicators, against)
    periods, of_figures, of_changes, of_priors = _periods(figures, changes)
    printed_at = _first(of_figures, len(periods))
    kept = ["printed_low", "printed_high", "n", "since", "measure"]
    table = periods.join(_rows(figures[kept], printed_at))
    # By the last issue that says; of its several claims the first, which says it most directly.
    once = ~pd.DataFrame({"prior": of_priors, "n": changes["n"]}).duplicated().to_numpy()
    implied_at = _last(np.where(once, of_priors, -1), len(periods))
    kept = ["prior_low", "prior_high", "n", "since"]
    columns = {"prior_low": "implied_low", "prior_high": "implied_high"}
    columns |= {"n": "n_implied", "since": "since_implied"}
    table = table.join(_rows(changes[kept], implied_at).rename(columns=columns))
    change_at = _first(of_changes, len(periods))
    before = np.append(of_priors, -1)[change_at]  # the place of the period that it is against
    unit = figures.drop_duplicates("indicator").set_index("indicator")["unit"]
    table["unit"] = table["indicator"].map(unit).astype(unit.dtype)
    table = table.join(_changes(_rows(changes, change_at), table, _rows(table, before)))
    table = table.join(_added(table))
    printed, implied = Bounds.of(table, "printed"), Bounds.of(table, "implied")
    both = printed.low.notna() & implied.low.notna()
    alike = both & same_definition(table["since"], table["since_implied"])
    base = np.where(printed.overlaps(implied), "within print", "revised")
    base = np.where(alike, base, np.where(both, "other definition", ""))
    names, sources = [each.name for each in extracts], [each.source for each in extracts]
    return pd.DataFrame(
        {
            "indicator": table["indicator"].to_numpy(),
            "period": _labels(table["start"], table["end"]),
            **printed.columns("printed"),
            **implied.columns("implied"),
            "implied_by": _of(names, table["n_implied"]),
            **(implied - printed).where(alike).columns("revision"),
            "base": base,
            "against": table["against"],
            **{name: table[name] for name in _CHANGE},
            "flips": table["flips"],
            **{name: table[name] for name in _ADDED},
            # Where no issue printed it, the definition of the one that implies it.
            "since": table["since"].where(printed.low.notna(), table["since_implied"]),
            "period_start": table["start"],
            "as_of": table["end"],
            "unit": table["unit"],
            "issue": _of(names, table["n"]),
            "source": _of([source.title if source else "" for source in sources], table["n"]),
            "published": _of(
                [source.published if source else "" for source in sources], table["n"]
            ),
        }
    ).set_index(["indicator", "period"])


def _gathered(
    extracts: Sequence[Extract], indicators: pd.DataFrame | None, against: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All matched figures, in order of the issues; and all of their changes against that."""
    # One extract of all issues, whose keys are numbers: the prior values of all are found at once.
    every = stacked(extracts)[_READ]
    rows = matched(extracts, every, indicators)
    found = every.loc[rows["at"], ["unit", "measure", "low", "high", "period_start", "as_of"]]
    columns = {"low": "printed_low", "high": "printed_high", "period_start": "start"}
    figures = found.rename(columns=columns | {"as_of": "end"}).assign(
        **{name: rows[name].to_numpy() for name in ("n", "indicator", "since", "place")}
    )
    # Indicators in the order of their table, whatever the order of the issues.
    order = pd.CategoricalDtype(rows["indicator"].drop_duplicates(), ordered=True)
    figures = figures.astype({"indicator": order}).sort_values("n", kind="stable")
    _refuse_unlike(figures)

    numbered = Extract(every.drop(columns=["n", "figure"]), _relations(extracts, every))
    yearly = against == "year earlier"
    try:
        table = year_over_year(numbered) if yearly else prior_values(numbered)
    except ComparisonError:
        _refuse_each(extracts)
        raise
    table = table if yearly else table[table["against"] == against]
    of = figures.reindex(table.index)
    changes = table.assign(**{name: of[name] for name in ("n", "indicator", "since")})
    told = changes["prior_low"].notna() & ~only_if_cut(changes)
    changes = changes[changes["n"].notna() & told]
    names = {"period_start": "start", "as_of": "end", "prior_period_start": "prior_start"}
    changes = changes.rename(columns=names | {"prior_as_of": "prior_end"})
    changes = changes.sort_values("n", kind="stable").reset_index(drop=True)
    return figures.reset_index(drop=True), changes


def _relations(extracts: Sequence[Extract], every: pd.DataFrame) -> pd.DataFrame:
    """The printed changes of all, whose figures are rows of `every`."""
    relations = pd.concat([extract.relations for extract in extracts], ignore_index=True)
    n = np.repeat(range(len(extracts)), [len(each.relations) for each in extracts])
    relation = len(relations) * n + pd.factorize(relations["relation"])[0]
    names = [every["figure"].to_numpy(object), relations["figure"].to_numpy(object)]
    codes, known = pd.factorize(np.concatenate(names))
    of_figures, of_claims = np.split(codes, [len(every)])
    figure = pd.Index(len(known) * every["n"] + of_figures).get_indexer(len(known) * n + of_claims)
    numbered = relations[["kind", "role"]].assign(relation=relation, figure=figure)
    return numbered[numbered["kind"] == "change"]


def _refuse_each(extracts: Sequence[Extract]) -> None:
    """One error for all issues whose changes are of unlike figures, by their own names."""
    faults = []
    for extract in extracts:
        try:
            prior_values(extract)
        except ComparisonError as error:
            faults.append(f"{extract.name}: {error}")
    if faults:
        raise ComparisonError("\n".join(faults))


def _refuse_unlike(figures: pd.DataFrame) -> None:
    faults = []
    first = figures.drop_duplicates("indicator").set_index("indicator")
    for what in ("unit", "measure", "place"):
        unlike = figures[what].to_numpy() != figures["indicator"].map(first[what]).to_numpy()
        for indicator in figures.loc[unlike, "indicator"].sort_values().unique():
            several = figures.loc[figures["indicator"] == indicator, what].unique()
            faults.append(f"{indicator}: {what} {' beside '.join(several)}")
    refuse(faults)


Places = npt.NDArray[np.intp]  # of rows in another table; -1 for none


def _first(places: Places, count: int) -> Places:
    """For each of so many places the first row that is there."""
    found = np.full(count + 1, -1)  # what has no place goes to the last one
    found[places[::-1]] = np.arange(len(places))[::-1]
    return found[:count]


def _last(places: Places, count: int) -> Places:
    found = np.full(count + 1, -1)
    found[places] = np.arange(len(places))
    return found[:count]


def _rows(table: pd.DataFrame, at: Places) -> pd.DataFrame:
    """Those rows of a table, one after the other; missing where there is none."""
    return table.reindex(at).reset_index(drop=True)


def _changes(changes: pd.DataFrame, now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """The first printed change of each period, beside the change by the first prints."""
    change, difference = Bounds.of(changes, "change"), Bounds.of(changes, "difference")
    now_, before_ = Bounds.of(now, "printed"), Bounds.of(before, "printed")
    alike = before_.low.notna() & same_definition(now["since"], before["since"])
    by_prints = now_ - before_
    share = now["unit"].isin([unit for unit in now["unit"].unique() if is_share(unit)])
    percent = change & _growth("difference")(Bounds.of(changes, "current"), difference, 100.0)
    growth = _growth("prior")(now_, before_, 100.0)
    opposite = (difference.high < 0) & (by_prints.low > 0)
    opposite |= (difference.low > 0) & (by_prints.high < 0)
    return pd.DataFrame(
        {
            "against": changes["against"].fillna(""),
            **difference.where(share, percent).columns("change"),
            **by_prints.where(share, growth).where(alike).columns("by_prints"),
            "flips": opposite & alike,
        }
    )


def _growth(beside: str) -> Any:
    """The equation of a change, solved for it by the current value and another role."""
    of = ("current", beside)
    return next(s.solve for s in EQUATIONS["change"] if s.role == "change" and s.of == of)


def _added(table: pd.DataFrame) -> pd.DataFrame:
    """What each period adds to the shorter one of the same start and definition."""
    summed = table[table["measure"].isin(["count", "amount"]) & table["start"].notna()]
    # Of one start, they are in the order of their ends.
    alike = summed.groupby(["indicator", "start", "since"], observed=True, dropna=False)
    before = alike[["end", "printed_low", "printed_high"]].shift()
    shorter = before["end"].notna()
    now = Bounds.of(summed, "printed")
    rest = now - Bounds.of(before, "printed")
    return pd.DataFrame(
        {
            "added_from": (before["end"] + _DAY).where(shorter, summed["start"]),
            **rest.where(shorter, now).columns("added"),
        }
    )


class _Order(NamedTuple):
    """Indicators and periods as one number each, in the order of the rows of a series.

    By the end of the period; of two that end on one day the shorter was there first. What is not
    stated comes last.
    """

    indicators: pd.Index
    first: int  # the first and the last day, counted from 1970
    last: int

    def number(self, indicator: pd.Series, start: Any, end: Any) -> npt.NDArray[np.int64]:
        days, codes = self.last - self.first + 2, self.indicators.get_indexer(pd.Index(indicator))
        from_last = np.where(np.isnat(start), days - 1, self.last - start.astype(np.int64))
        from_first = np.where(np.isnat(end), days - 1, end.astype(np.int64) - self.first)
        numbers: npt.NDArray[np.int64] = (codes * days + from_first) * days + from_last
        return numbers

    def keys(self, numbers: npt.NDArray[np.int64]) -> pd.DataFrame:
        days = self.last - self.first + 2
        rest, from_last = np.divmod(numbers, days)
        codes, from_first = np.divmod(rest, days)
        ends = {"start": self.last - from_last, "end": self.first + from_first}
        unstated = {"start": from_last, "end": from_first}
        dates = {
            name: pd.Series(day.astype("datetime64[D]"), dtype=_DAYS).mask(
                unstated[name] == days - 1
            )
            for name, day in ends.items()
        }
        indicator = pd.Categorical.from_codes(codes, self.indicators, ordered=True)
        return pd.DataFrame({"indicator": indicator} | dates)


def _periods(
    figures: pd.DataFrame, changes: pd.DataFrame
) -> tuple[pd.DataFrame, Places, Places, Places]:
    """All periods of each indicator, gaps included: indicator, start and end, in order.

    And the places in them of the figures, the changes, and the values that these are against.
    """
    keys: list[tuple[pd.Series, Any, Any]] = [
        (
            frame["indicator"],
            frame[f"{of}start"].to_numpy("M8[D]"),
            frame[f"{of}end"].to_numpy("M8[D]"),
        )
        for frame, of in ((figures, ""), (changes, ""), (changes, "prior_"))
    ]
    every = np.concatenate([end for _, *ends in keys for end in ends])
    every = every[~np.isnat(every)].astype(np.int64)
    days = (int(every.min()), int(every.max())) if len(every) else (0, 0)
    order = _Order(figures["indicator"].cat.categories, *days)
    numbers = [order.number(*key) for key in keys]
    dated = ~np.isnat(keys[2][2])
    known = np.unique(np.concatenate([numbers[0], numbers[2][dated]]))
    indicator, start, end = _between(order.keys(known))
    whole = np.union1d(known, order.number(indicator, start, end))
    places = [np.searchsorted(whole, each) for each in numbers]
    return order.keys(whole), places[0], places[1], np.where(dated, places[2], -1)


def _between(periods: pd.DataFrame) -> tuple[pd.Series, Any, Any]:
    """Every period from the first to the last of a kind, the missing ones, too.

    Of a kind are periods of whole months that start in the same month and are as long.
    """
    start, end = periods["start"], periods["end"]
    month, months = 12 * start.dt.year + start.dt.month - 1, months_of(start, end)
    whole = months.notna()
    of = [periods["indicator"][whole], (month % 12)[whole].astype(int), months[whole].astype(int)]
    kinds = (month[whole] // 12).groupby(of, observed=True).agg(["min", "max"]).astype(int)
    kinds = kinds.rename_axis(index=["indicator", "month", "months"]).reset_index()
    every = kinds.loc[kinds.index.repeat(kinds["max"] - kinds["min"] + 1)]
    nth = every.groupby(level=0).cumcount()
    first = (12 * (every["min"] + nth - 1970) + every["month"]).to_numpy()
    after = (first + every["months"].to_numpy()).astype("datetime64[M]")
    days = first.astype("datetime64[M]").astype("datetime64[D]"), after.astype("datetime64[D]") - 1
    return every["indicator"], *days


def _labels(start: pd.Series, end: pd.Series) -> Any:
    pairs = pd.DataFrame({"start": start, "end": end})
    number = pairs.groupby(["start", "end"], dropna=False, sort=False).ngroup()
    once = pairs[~number.duplicated()].itertuples(index=False, name=None)
    return np.array([period_name(*pair) for pair in once], dtype=object)[number.to_numpy()]


def _of(each: Sequence[str], n: pd.Series) -> Any:
    """What belongs to the issue of each row; empty where there is none."""
    return np.array([*each, ""], dtype=object)[n.fillna(-1).astype(int)]
