"""How precisely figures are printed, drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ..extract import Extract
from ..units import Language, unit_of
from . import marks, page
from .words import say


@page.styled
def ranges(
    extract: Extract,
    figures: Sequence[str],
    *,
    log: bool = False,
    language: Language = "en",
    ax: Axes | None = None,
) -> Axes:
    """A set of figures with their bounds, a row each: dots where exact, bars where bounded.

    An end that is open is an arrow. `log` puts counts of very different size on one scale.

    Raises `KeyError` for an unknown figure, `ValueError` for one without bounds, for none at all,
    and for one that may be zero or less on a logarithmic scale.
    """
    table = extract.figures.loc[list(figures)]
    low, high = table["low"], table["high"]
    unfit = table.index[low.isna() | high.isna()]
    if len(unfit) or table.empty:
        raise ValueError(f"nothing to draw: no bounds of {', '.join(unfit) or 'no figure'}")
    if log and (low <= 0).any():
        below = ", ".join(table.index[low <= 0])
        raise ValueError(f"a logarithmic scale has no zero and nothing below it: {below}")
    names = extract.named(language)[table.index].tolist()
    labels = [page.wrapped(name, language, 34) for name in names]
    ax = page.new_axes(ax, 1.2 + marks.height_of(labels, 0.42))
    known = table[["low", "high"]].to_numpy()
    known = known[np.isfinite(known)]
    least, most = float(known.min()), float(known.max())
    first, last = (
        (least / 2, most * 2) if log else (min(0.0, least * 1.3), max(0.0, most * 1.3) or 1.0)
    )
    texts = []
    for y, (_, row) in enumerate(marks.each_row(table)):
        end = last if np.isinf(row["high"]) else first
        marks.bar_of_bounds(ax, y, row["low"], row["high"], end, page.PRINTED)
        text = marks.as_printed(row, language)
        if language == "en" and row["low"] < row["high"]:
            text = marks.range_of(row, language)
        # What is counted stands in the name; an amount has a unit besides.
        unit = unit_of(row["unit"])
        amount = language == "en" and unit.family.measure == "amount"
        texts.append(f"{text} {unit.en}" if amount else text)
        marks.label(ax, texts[-1], (last if np.isinf(row["high"]) else row["high"], y), (9, 0))
    marks.row_axis(ax, labels)
    if log:
        ax.set_xscale("log")
    ax.set_xlim(first, last)
    marks.numbered_axis(ax, language)
    axis = (say("logarithmic", language) if log else "") + page.units_line(table["unit"], language)
    rows = [page.row_in_words(*pair, language) for pair in zip(names, zip(texts), strict=True)]
    headline = _headline(table, names, language)
    return page.finish(ax, extract, table, language, headline=headline, axis=axis, rows=rows)


def _headline(table: pd.DataFrame, names: list[str], language: Language) -> str:
    """How much of a figure print leaves open at the most, and of which."""
    open_ended = ~np.isfinite(table[["low", "high"]].to_numpy()).all(axis=1)
    values: dict[str, Any] = {"all": len(table), "count": int(open_ended.sum())}
    texts = [
        say("in brackets", language, name=name, bounds=marks.range_of(row, language))
        for name, (_, row) in zip(names, marks.each_row(table), strict=True)
    ]
    if open_ended.any():
        those = [text for text, is_open in zip(texts, open_ended, strict=True) if is_open]
        values["names"] = say("list", language).join(those)
        return say("no end" if len(table) > 1 else "its open end", language, **values)
    if (table["low"] == table["high"]).all():
        printed = marks.as_printed(table.iloc[0], language)
        values |= {"name": names[0], "value": printed}
        return say("all exact" if len(table) > 1 else "exact", language, **values)
    middle = (table["low"] + table["high"]) / 2
    printed_value = table["value"].fillna(middle).abs()
    share = (table["high"] - table["low"]) / printed_value.where(printed_value > 0)
    if share.isna().all():
        values["bounded"] = int((table["low"] < table["high"]).sum())
        return say("precision", language, **values)
    most = int(np.nanargmax(share.to_numpy()))
    row = table.iloc[most]
    what = "rounding" if row["precision"] == "rounded" else "hedges"
    what = "range" if pd.isna(row["value"]) else what  # 三五百 is neither
    part = share.iloc[most]
    said = say("up to", language) if len(table) > 1 else " " if language == "zh" else ""
    said += f"{part:.0%}" if part >= 0.1 else f"{part * 100:.2g}%"
    values |= {"what": say(what, language), "share": said}
    values |= {"name": names[most], "bounds": marks.range_of(row, language)}
    return say("leaves", language, **values)
