"""Which figures of several extracts are the same: the table of indicators, looked up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from ..extract import Extract
from ..units import Language
from .prior import ComparisonError, refuse

_NEEDED = ("indicator", "extract", "figure")
_COLUMNS = ["at", "n", "figure", "indicator", "place", "cumulative", "since"]
_OPTIONAL: dict[str, Any] = {"place": "", "cumulative": False, "since": pd.NaT}
_DATED = ["n", "figure", "period_start", "as_of"]


def stacked(extracts: Sequence[Extract]) -> pd.DataFrame:
    """All figures of several extracts, one after the other: n (of the extract), figure (the key
    there) and all else that is said of them."""
    # Whole frames: to take some columns of each first costs more than the columns.
    figures = pd.concat([extract.figures for extract in extracts]).reset_index(names="figure")
    lengths = [len(extract.figures) for extract in extracts]
    return figures.assign(n=np.repeat(range(len(extracts)), lengths))


def matched(
    extracts: Sequence[Extract], figures: pd.DataFrame, indicators: pd.DataFrame | None
) -> pd.DataFrame:
    """The figures that are of an indicator: columns at (the row of `figures`), n (of the extract),
    figure, indicator, place, cumulative and since, the first day of their definition (NaT for the
    first one).

    `figures` are those of the extracts, `stacked`. Rows in the order of the table of indicators;
    without one, every figure is of the indicator of its own key. A row that names an issue
    (issuer/issue) goes before one that names the issuer; of several definitions the last that
    holds on the first day of the figure is taken.

    Raises `ComparisonError`, naming all at fault, where the table lacks a column or repeats a row,
    has no row for an extract, or names a figure that the extract has not.
    """
    figures = figures[_DATED].rename_axis("at").reset_index()
    if indicators is None:
        return figures.assign(indicator=figures["figure"], **_OPTIONAL)[_COLUMNS]
    table = _read(indicators)
    rows_of = {str(name): rows for name, rows in table.groupby("extract")}
    _refuse_rows(table, rows_of, extracts)
    figures["day"] = figures["period_start"].fillna(figures["as_of"])
    names = [extract.name for extract in extracts]
    found = []
    for goes_before, of in ((True, names), (False, [name.rpartition("/")[0] for name in names])):
        for name in set(of) & set(rows_of) - {""}:
            numbers = [n for n, each in enumerate(of) if each == name]
            rows = figures[figures["n"].isin(numbers)].merge(rows_of[name], on="figure")
            found.append(rows.assign(goes_before=goes_before))
    rows = pd.concat(found)
    rows = rows[rows["since"].isna() | ~(rows["since"] > rows["day"])]
    rows = rows.sort_values(["goes_before", "since"], kind="stable", na_position="first")
    rows = rows.drop_duplicates("at", keep="last")
    twice = rows.duplicated(["n", "indicator", "period_start", "as_of"])
    first = rows.loc[twice, ["n", "indicator"]].drop_duplicates().itertuples(index=False)
    refuse([f"{of}: more than once for the extract {names[n]!r}" for n, of in first])
    # In order of the extracts, too, whichever of them was looked up first.
    return rows.sort_values(["row", "at"])[_COLUMNS].reset_index(drop=True)


def _read(indicators: pd.DataFrame) -> pd.DataFrame:
    if not isinstance(indicators, pd.DataFrame):
        given = f"{type(indicators).__name__} {str(indicators)!r}"
        raise TypeError(f"indicators: found {given}, expected a table, as pd.read_csv gives it")
    missing = [name for name in _NEEDED if name not in indicators]
    if missing:
        raise ComparisonError(f"the table of indicators has no column {', '.join(missing)}")
    filled = {name: empty for name, empty in _OPTIONAL.items() if name not in indicators}
    table = indicators.assign(**filled)[[*_NEEDED, *_OPTIONAL]].reset_index(drop=True)
    table["place"] = table["place"].astype(object).fillna("")
    # Text as read without types says true as well.
    table["cumulative"] = table["cumulative"].astype(str).str.lower() == "true"
    table["since"] = pd.to_datetime(table["since"].replace("", None))
    return table.assign(row=range(len(table)))


def _refuse_rows(
    table: pd.DataFrame, rows_of: dict[str, pd.DataFrame], extracts: Sequence[Extract]
) -> None:
    twice = table[table.duplicated([*_NEEDED, "since"])]
    faults = [
        f"{indicator}: more than once for the extract {extract!r}"
        for indicator, extract in zip(twice["indicator"], twice["extract"], strict=True)
    ]
    for extract in extracts:
        issuer = extract.name.rpartition("/")[0]
        if extract.name and extract.name in rows_of:
            rows = rows_of[extract.name]
            absent = rows[~rows["figure"].isin(extract.figures.index)]
            faults += [
                f"{row['indicator']}: the extract {extract.name!r} has no figure {row['figure']!r}"
                for row in absent.to_dict("records")
            ]
        elif not issuer or issuer not in rows_of:
            faults.append(f"the table of indicators has no row for the extract {extract.name!r}")
    refuse(faults)


def names_in(indicators: pd.DataFrame | None, language: Language) -> dict[str, str]:
    """What the table of indicators calls each in a language; nothing where it does not."""
    if indicators is None or f"name_{language}" not in indicators:
        return {}
    once = indicators.drop_duplicates("indicator")
    return dict(zip(once["indicator"], once[f"name_{language}"], strict=True))


def same_definition(one: pd.Series, other: pd.Series) -> pd.Series:
    """Whether two definitions are one: that of the first issues is NaT."""
    return (one == other) | (one.isna() & other.isna())
