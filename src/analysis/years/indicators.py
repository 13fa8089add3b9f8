"""Which figures of several extracts are the same: the table of indicators, looked up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from ..extract import Extract
from .prior import ComparisonError

_NEEDED = ("indicator", "extract", "figure")
_COLUMNS = ["n", "figure", "indicator", "place", "cumulative", "since"]
_OPTIONAL: dict[str, Any] = {"place": "", "cumulative": False, "since": pd.NaT}


def matched(extracts: Sequence[Extract], indicators: pd.DataFrame | None) -> pd.DataFrame:
    """The figures that are of an indicator: columns n (of the extract), figure, indicator, place,
    cumulative and since, the first day of their definition (NaT for the first one).

    Rows in the order of the table of indicators; without one, every figure is of the indicator of
    its own key. A row that names an issue (issuer/issue) goes before one that names the issuer;
    of several definitions the last that holds on the first day of the figure is taken.

    Raises `ComparisonError`, naming all at fault, where the table lacks a column or repeats a row,
    has no row for an extract, or names a figure that the extract has not.
    """
    dated = pd.concat([extract.figures[["period_start", "as_of"]] for extract in extracts])
    lengths = [len(extract.figures) for extract in extracts]
    figures = dated.reset_index(names="figure").assign(n=np.repeat(range(len(extracts)), lengths))
    if indicators is None:
        return figures.assign(indicator=figures["figure"], **_OPTIONAL)[_COLUMNS]
    table = _read(indicators)
    names = [extract.name for extract in extracts]
    _refuse(table, extracts)
    figures["day"] = figures["period_start"].fillna(figures["as_of"])
    found = []
    for goes_before, of in ((True, names), (False, [name.rpartition("/")[0] for name in names])):
        of_extract = np.array(of, dtype=object)[figures["n"]]
        rows = figures.assign(extract=of_extract).merge(table, on=["extract", "figure"])
        found.append(rows[rows["extract"] != ""].assign(goes_before=goes_before))
    rows = pd.concat(found)
    rows = rows[rows["since"].isna() | ~(rows["since"] > rows["day"])]
    rows = rows.sort_values(["goes_before", "since"], kind="stable", na_position="first")
    rows = rows.drop_duplicates(["n", "figure"], keep="last")
    twice = rows.duplicated(["n", "indicator", "period_start", "as_of"])
    if twice.any():
        first = rows.loc[twice, ["n", "indicator"]].drop_duplicates()
        raise ComparisonError(
            "\n".join(
                ["cannot be compared:"]
                + [
                    f"{indicator}: more than once for the extract {names[n]!r}"
                    for n, indicator in first.itertuples(index=False)
                ]
            )
        )
    return rows.sort_values("row", kind="stable")[_COLUMNS].reset_index(drop=True)


def _read(indicators: pd.DataFrame) -> pd.DataFrame:
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


def _refuse(table: pd.DataFrame, extracts: Sequence[Extract]) -> None:
    faults = []
    twice = table[table.duplicated([*_NEEDED, "since"])]
    for row in twice.to_dict("records"):
        faults.append(f"{row['indicator']}: more than once for the extract {row['extract']!r}")
    named = table.groupby("extract")
    for extract in extracts:
        issuer = extract.name.rpartition("/")[0]
        if extract.name in named.groups:
            rows = named.get_group(extract.name)
            absent = rows[~rows["figure"].isin(extract.figures.index)]
            faults += [
                f"{row['indicator']}: the extract {extract.name!r} has no figure {row['figure']!r}"
                for row in absent.to_dict("records")
            ]
        elif not issuer or issuer not in named.groups:
            faults.append(f"the table of indicators has no row for the extract {extract.name!r}")
    if faults:
        raise ComparisonError("\n".join(["cannot be compared:", *faults]))
