"""How precisely figures are printed, drawn."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import LogLocator

from ..bounds import Bounds
from ..extract import Extract
from ..phrases import say
from ..units import Language, names_of
from . import marks, page


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

    `log` puts counts of very different size on one scale. Raises `KeyError` for an unknown
    figure.
    """
    table = extract.figures.loc[list(figures)]
    names = extract.named(language)[table.index]
    ax = page.new_axes(ax, 1.3 + 0.42 * len(table))
    if log:
        ax.set_xscale("log")
        ax.xaxis.set_major_locator(LogLocator(numticks=6))
        ax.xaxis.set_major_formatter("{x:,.0f}")
        ax.minorticks_off()
    ends = table[["low", "high"]].replace(math.inf, np.nan).max(axis=1)
    end = float(ends.max()) * 1.3
    rows = []
    for y, (figure, row) in enumerate(marks.each_row(table)):
        bounded = row["low"] < row["high"]
        marks.bar_of_bounds(
            ax, y, row["low"], row["high"], end, page.ACCENT if bounded else page.MAIN
        )
        text = (
            row["reported"]
            if language == "zh"
            else marks.in_words(Bounds.of(row), language, row["unit"])
        )
        x = end if math.isinf(row["high"]) else row["high"]
        ax.annotate(text, (x, y), (9, 0), textcoords="offset points", va="center", fontsize=9)
        rows.append(page.row_in_words(names[figure], [text], language))
    marks.row_axis(ax, [page.wrapped(name, language, 34) for name in names])
    if log:
        ax.margins(x=0.2)
    else:
        ax.set_xlim(0, end)
    exact = int((table["low"] == table["high"]).sum())
    counts = {"all": len(table), "exact": exact, "bounded": len(table) - exact}
    return page.finish(
        ax,
        extract,
        table,
        language,
        headline=say("precision" if exact else "imprecise", language, **counts),
        axis=say("unit", language, units=names_of(table["unit"], language)),
        rows=rows,
    )
