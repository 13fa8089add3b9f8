"""Parts of a whole, drawn: dots, a funnel, a bar."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ..bounds import Bounds
from ..extract import Extract
from ..phrases import say
from ..units import Language, names_of
from . import marks, page


@page.styled
def of_total(
    extract: Extract,
    figures: Sequence[str],
    total: str,
    *,
    language: Language = "en",
    ax: Axes | None = None,
) -> Axes:
    """ "38 of 139": a grid of dots for each figure, a dot for each one of the total.

    For exact counts of things of one kind. Raises `KeyError` for an unknown figure and
    `ValueError` for one that is not exact, or above the total.
    """
    table = extract.figures.loc[list(figures)]
    whole: Any = extract.figures.loc[total]
    unfit = table.index[(table["low"] != table["high"]) | (table["high"] > whole["low"])]
    if len(unfit) or whole["low"] != whole["high"]:
        raise ValueError(f"not an exact count within {total}: {', '.join(unfit) or total}")
    names = extract.named(language)
    count = int(whole["low"])
    across = math.ceil(math.sqrt(count * 1.5))
    down = math.ceil(count / across)
    dot = np.arange(count)
    ax = page.new_axes(ax, 3.6)
    rows = []
    for n, (figure, row) in enumerate(marks.each_row(table)):
        left = n * (across + 3)
        x, y, reached = dot % across + left, dot // across, dot < row["low"]
        ax.plot(x[reached], y[reached], "o", color=page.MAIN, markersize=7)
        ax.plot(x[~reached], y[~reached], "o", color=page.QUIET, markersize=7, fillstyle="none")
        share = f"{row['low'] / count:.0%}"
        values = {"name": names[figure], "value": f"{row['low']:,.0f}", "total": f"{count:,}"}
        rows.append(say("reach", language, share=share, **values))
        caption = page.wrapped(f"{values['value']} ({share}): {names[figure]}", language, 36)
        ax.annotate(caption, (left - 0.5, down + 0.2), va="top", fontsize=9)
    # In the corner where its captions stand, so that they keep their distance.
    ax.set_aspect("equal", anchor="SW")
    ax.set_xlim(-1, len(table) * (across + 3) - 2)
    ax.set_ylim(down + 2.4, -1)
    ax.grid(visible=False)
    ax.set_xticks([])
    ax.set_yticks([])
    for spine in ax.spines.values():
        spine.set_visible(False)
    return page.finish(
        ax,
        extract,
        pd.concat([table, extract.figures.loc[[total]]]),
        language,
        headline="\n".join(rows),
        axis=say("of total", language, total=f"{count:,}", name=names[total]),
        rows=rows,
    )


def _centred_bar(ax: Axes, y: float, bounds: Bounds, colour: str) -> None:
    """A centred bar as long as is certain, and hatched as far as it may reach."""
    for size, fill, hatch in ((bounds.high, "white", "////"), (bounds.low, colour, None)):
        corner = (-size / 2, y - 0.36)
        ax.add_patch(Rectangle(corner, size, 0.72, facecolor=fill, edgecolor=colour, hatch=hatch))


@page.styled
def funnel(
    extract: Extract, figures: Sequence[str], *, language: Language = "en", ax: Axes | None = None
) -> Axes:
    """From the first figure to the last, each a part of the one before, and what is left open.

    A centred bar a figure; where a figure has bounds the bar is solid as far as is certain and
    hatched as far as it may reach. The last row is the first figure less the last.

    Raises `KeyError` for an unknown figure and `ValueError` where the units differ.
    """
    table = extract.figures.loc[list(figures)]
    units = table["unit"].unique()
    if len(units) > 1:
        raise ValueError(f"a funnel has one unit, not {', '.join(units)}")
    ends = [Bounds.of(row) for _, row in marks.each_row(table)]
    left = ends[0] - ends[-1]
    share = left / ends[0] * 100
    names = [*extract.named(language)[table.index], say("open", language)]
    ax = page.new_axes(ax, 1.3 + 0.6 * len(names))
    rows = []
    for y, (name, bounds) in enumerate(zip(names, [*ends, left], strict=True)):
        _centred_bar(ax, y, bounds, page.ACCENT if y == len(ends) else page.MAIN)
        text = f"{bounds:,.0f}"
        ax.annotate(text, (bounds.high / 2, y), (6, 0), textcoords="offset points", va="center")
        rows.append(page.row_in_words(name, [text], language))
    marks.row_axis(ax, [page.wrapped(name, language, 24) for name in names])
    widest = max(bounds.high for bounds in ends)
    ax.set_xlim(-widest * 0.52, widest * 0.68)
    ax.set_xticks([])
    values = {"value": f"{left:,.0f}", "total": f"{ends[0]:,.0f}", "share": f"{share:.1f}%"}
    return page.finish(
        ax,
        extract,
        table,
        language,
        headline=say("left open", language, **values),
        axis=say("unit", language, units=names_of(table["unit"], language)),
        rows=rows,
    )


@page.styled
def composition(
    extract: Extract, relation: str, *, language: Language = "en", ax: Axes | None = None
) -> Axes:
    """What a printed total consists of: one bar of its parts, each named with its share.

    For a relation of kind `sum` or `part`, in the order of its rows; a part with bounds is
    hatched. Raises `KeyError` for an unknown relation.
    """
    rows_of = extract.relations[extract.relations["relation"] == relation]
    if rows_of.empty:
        raise KeyError(relation)
    total = rows_of.loc[rows_of["role"] == "total", "figure"].iloc[0]
    parts = extract.figures.loc[rows_of.loc[rows_of["role"] == "part", "figure"]]
    names = extract.named(language)
    whole = Bounds.of(extract.figures.loc[[total]].iloc[0])
    ax = page.new_axes(ax, 1.6 + 0.34 * len(parts))
    colours = [page.ACCENT, page.MAIN, page.LIGHT, page.QUIET]
    left, rows, shares = 0.0, [], []
    for n, (figure, row) in enumerate(marks.each_row(parts)):
        bounds, colour = Bounds.of(row), colours[n % len(colours)]
        share = bounds / whole * 100
        hatch = None if row["low"] == row["high"] else "////"
        middle = (row["low"] + row["high"]) / 2
        ax.barh(0, middle, 1.2, left, color=colour, edgecolor="white", hatch=hatch)
        left += middle
        text = f"{bounds:,.0f} ({share:.1f}%)"
        y = 1.1 + n * 0.7
        ax.plot([0], [y], "s", color=colour, markersize=9, clip_on=False)
        label = f"{names[figure]}  {text}"
        ax.annotate(label, (0, y), (10, 0), textcoords="offset points", va="center", fontsize=9.5)
        rows.append(page.row_in_words(names[figure], [text], language))
        shares.append((share.low, names[figure], f"{bounds:,.0f}", f"{share:.0f}%"))
    ax.set_xlim(-0.01 * whole.high, whole.high)
    ax.set_ylim(1.1 + len(parts) * 0.7 - 0.3, -0.7)
    ax.set_yticks([])
    ax.grid(visible=False)
    ax.spines["left"].set_visible(False)
    ax.spines["bottom"].set_visible(False)
    ax.set_xticks([])
    _, name, value, most = max(shares)
    largest = {"name": name, "value": value, "total": f"{whole:,.0f}", "share": most}
    return page.finish(
        ax,
        extract,
        extract.figures.loc[[total, *parts.index]],
        language,
        headline=say("reach", language, **largest),
        axis=say("unit", language, units=names_of(parts["unit"], language)),
        rows=rows,
    )
