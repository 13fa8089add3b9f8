"""Figures that must not be compared, drawn apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from ..extract import Extract, require_extract
from ..extract.cited import called
from ..units import Language, names_of
from . import marks, page
from .words import say


@page.styled
def apart(
    groups: Mapping[str, Sequence[tuple[Extract, str]]],
    *,
    language: Language = "en",
    ax: Axes | None = None,
) -> Axes:
    """Figures of several extracts in groups of like measure, each under its own heading.

    `groups` gives for each heading the figures under it, as pairs of an extract and a key. What
    stands in one group may be compared; what stands in two may not, though the unit is one.

    Raises `KeyError` for an unknown figure and `ValueError` where figures differ in unit, or
    figures of one group in measure; `TypeError` for groups of what are no extracts.
    """
    if not isinstance(groups, Mapping):
        given = type(groups).__name__
        raise TypeError(f"charts.apart takes pairs of an Extract and a key by heading, not {given}")
    for extract in (extract for members in groups.values() for extract, _ in members):
        require_extract(extract, "charts.apart")
    tables = {
        heading: pd.concat([extract.figures.loc[[figure]] for extract, figure in members])
        for heading, members in groups.items()
    }
    every = pd.concat(tables.values())
    unlike = [heading for heading, table in tables.items() if len(table["measure"].unique()) > 1]
    if len(every["unit"].unique()) > 1:
        raise ValueError(f"one scale has one unit, not {', '.join(every['unit'].unique())}")
    if unlike:
        raise ValueError(f"one group has one measure: {', '.join(unlike)}")
    ax = page.new_axes(ax, 1.3 + 0.5 * len(tables) + 0.48 * len(every))
    labels, rows, y = {}, [], 0.0
    for n, (heading, members) in enumerate(groups.items()):
        top = y - 0.5
        across: Any = ("axes fraction", "data")
        look: dict[str, Any] = {"va": "center", "color": page.INK, "fontsize": 10.5}
        ax.annotate(heading, (0, y), (4, 0), across, "offset points", **look)
        said = []
        for (extract, _), (_, row) in zip(members, marks.each_row(tables[heading]), strict=True):
            y += 1
            marks.bar_of_bounds(ax, y, row["low"], row["high"], row["low"], page.PRINTED)
            text = marks.range_of(row, language)
            at = row["high"], y
            ax.annotate(text, at, (9, 0), "data", "offset points", va="center", fontsize=9)
            name = f"{row[f'name_{language}']} ({called(extract, language)})"
            labels[y] = page.wrapped(name, language, 34)
            said.append(f"{name} {text}")
        ax.axhspan(top, y + 0.5, color=page.QUIET, alpha=0.07 * (n % 2), lw=0)
        rows.append(page.row_in_words(heading, said, language))
        y += 1.2
    marks.row_axis(ax, list(labels.values()))
    ax.set_yticks(list(labels), list(labels.values()))
    ax.set_ylim(y - 0.7, -0.7)
    ax.margins(x=0.3)
    drawn: dict[int, tuple[Extract, list[str]]] = {}
    for extract, figure in (member for members in groups.values() for member in members):
        drawn.setdefault(id(extract), (extract, []))[1].append(figure)
    first, *beside = [(extract, extract.figures.loc[keys]) for extract, keys in drawn.values()]
    headline = say("unlike", language, count=len(groups))
    axis = say("unit", language, units=names_of(every["unit"], language))
    return page.finish(ax, *first, language, headline=headline, axis=axis, rows=rows, beside=beside)
