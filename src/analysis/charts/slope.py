"""What changed between two extracts, drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import NullLocator

from ..bounds import Bounds
from ..extract import Extract
from ..units import Language
from ..views.numbers import written
from ..years import compare
from ..years.indicators import names_in
from . import marks, page
from .words import say


def _spread(at: Sequence[float], gap: float) -> list[float]:
    """Places for labels: as near to `at` as may be, in its order, at least `gap` apart."""
    order = np.argsort(at, kind="stable")
    groups: list[tuple[float, int]] = []  # of neighbours that would cover each other
    for n, place in enumerate(order):
        middle, size = at[place] - n * gap, 1
        while groups and groups[-1][0] > middle:
            before, many = groups.pop()
            middle, size = (before * many + middle * size) / (many + size), many + size
        groups.append((middle, size))
    middles = np.repeat([middle for middle, _ in groups], [size for _, size in groups])
    places = np.empty(len(at))
    places[order] = middles + gap * np.arange(len(at))
    return [float(place) for place in places]


def _growth(growth: Bounds, language: Language) -> str:
    """Growth in percent with its sign: "+38%", "+1,539% to +1,548%"."""
    decimals = 1 if max(abs(growth.low), abs(growth.high)) < 10 else 0
    ends = (f"{end + 0.0:+,.{decimals}f}%".replace("-", "−") for end in (growth.low, growth.high))
    return ("至" if language == "zh" else " to ").join(dict.fromkeys(ends))


@page.styled
def slope(
    earlier: Extract,
    later: Extract,
    indicators: pd.DataFrame | None = None,
    which: Sequence[str] | None = None,
    *,
    language: Language = "en",
    ax: Axes | None = None,
) -> Axes:
    """What changed between two extracts: a line an indicator, from the earlier to the later figure.

    `indicators` as for `analysis.compare`, with the names to show; `which` are the indicators
    drawn, all if not given. The scale is logarithmic, so that lines of unlike units have equal
    slopes where they grow equally. Bounds are upright bars, and the line a band between them. Odd
    ones (the column `check` of `analysis.compare`) are dashed, in the colour of doubt.

    Raises `KeyError` for an unknown indicator and `ValueError` where a figure may be zero or has
    no end, is a percentage (which has no growth), or where there is nothing to draw; else as
    `analysis.compare`.
    """
    table = compare(earlier, later, indicators)
    table = table if which is None else table.loc[list(which)]
    low, high = table[["earlier_low", "later_low"]], table[["earlier_high", "later_high"]]
    drawable = (low.to_numpy() > 0) & np.isfinite(high.to_numpy())
    unfit = table.index[~drawable.all(axis=1) | table["growth_low"].isna()]
    if len(unfit) or table.empty:
        raise ValueError(
            f"no slope without growth between two figures above zero: {', '.join(unfit)}"
        )
    before, after = earlier.figures.loc[table["earlier"]], later.figures.loc[table["later"]]
    names = later.named(language)[table["later"]].tolist()
    if shared := names_in(indicators, language):
        names = [shared[indicator] for indicator in table.index]
    grown = [_growth(Bounds.of(row, "growth"), language) for _, row in marks.each_row(table)]
    if language == "zh":
        said = [
            [marks.as_printed(row, language) for _, row in marks.each_row(side)]
            for side in (before, after)
        ]
    else:
        rows_of = [row for _, row in marks.each_row(table)]
        said = [
            [written(Bounds.of(row, side), language) for row in rows_of]
            for side in ("earlier", "later")
        ]
    labels = [[*zip(names, said[0], strict=True)], [*zip(said[1], grown, strict=True)]]
    longest = sum(max(len("".join(label)) for label in side) for side in labels)
    long = longest > (25 if language == "zh" else 45)
    apart, height = ("\n", 0.55) if long else ("  ", 0.4)
    inches = 0.6 + height * len(table)  # of the axes alone
    ax = page.new_axes(ax, 1.3 + inches)
    ax.set_yscale("log")
    middle = np.log10(low.to_numpy()) / 2 + np.log10(high.to_numpy()) / 2
    gap = max(float(np.ptp(middle)), 0.2) * (height - 0.17) / inches
    places = 10 ** np.column_stack([_spread(side, gap) for side in middle.T])
    for n, (_, row) in enumerate(marks.each_row(table)):
        colour = page.DOUBT if row["check"] else page.PRINTED
        ax.fill_between([0, 1], low.iloc[n], high.iloc[n], color=colour, alpha=0.3, lw=0)
        line = "--" if row["check"] else "-"
        ax.plot([0, 1], 10 ** middle[n], color=colour, linewidth=1.5, linestyle=line)
        for x, side in enumerate(("earlier", "later")):
            end, top = row[f"{side}_low"], row[f"{side}_high"]
            marks.bar_of_bounds(ax, x, end, top, end, colour, upright=True)
            text = apart.join(labels[x][n])
            side_of = ("right", "left")[x]
            marks.label(ax, text, (x, places[n, x]), (18 * x - 9, 0), ha=side_of)
    rows = [
        page.row_in_words(name, [f"{old} → {new}", growth], language)
        for name, old, new, growth in zip(names, *said, grown, strict=True)
    ]
    ax.set_xlim(-0.05, 1.05)
    ax.set_ylim(
        min(places.min(), low.min(axis=None)) / 10**gap,
        max(places.max(), high.max(axis=None)) * 10**gap,
    )
    days = [page.days_of(side) for side in (before, after)]
    for stated, drawn in zip(days, (before, after), strict=True):
        stated += [say("no date", language)] if drawn["as_of"].isna().any() else []
    ax.set_xticks([0, 1], [", ".join(stated) for stated in days])
    ax.yaxis.set_major_locator(NullLocator())
    ax.yaxis.set_minor_locator(NullLocator())
    ax.spines["left"].set_visible(False)
    axis = f"{say('slopes', language)}\n{page.units_line(after['unit'], language)}"
    if (table["check"] != "").any():
        axis += "\n" + say("odd", language)
    headline = _headline(table, names, grown, language)
    words: dict[str, Any] = {"headline": headline, "axis": axis, "rows": rows}
    return page.finish(ax, earlier, before, language, **words, beside=[(later, after)])


def _headline(
    table: pd.DataFrame, names: Sequence[str], grown: Sequence[str], language: Language
) -> str:
    """How many rose and fell, in how many days, and the ends of their growth."""
    rose, fell = int((table["growth_low"] > 0).sum()), int((table["growth_high"] < 0).sum())
    counts: dict[str, Any] = {"rose": rose, "fell": fell, "all": len(table)}
    if len(table) == 1:
        headline = say("grew", language, name=names[0], growth=grown[0])
    else:
        phrase = {rose: "every rose", fell: "every fell"}.get(len(table), "both ways")
        headline = say(phrase if rose or fell else "none sure", language, **counts)
        if (rose or fell) and (unsure := len(table) - rose - fell):
            headline += say("direction open", language, count=unsure)
        order = np.argsort(table["growth_low"].to_numpy(), kind="stable")
        least, most = int(order[0]), int(order[-1])
        values = {"least": grown[least], "least_name": names[least]}
        values |= {"most": grown[most], "most_name": names[most]}
        headline += say("span", language, **values)
    if len(days := table["days"].unique()) == 1 and pd.notna(days[0]):
        headline = say("within", language, days=days[0]) + headline
    return headline[0].upper() + headline[1:]
