"""What later issues make of earlier ones: first prints beside later bases, and both changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ..bounds import Bounds
from ..extract import Extract
from ..units import Language, is_share
from ..views.numbers import written
from . import marks, page
from .series import Issues, issues, judged
from .words import say

# What is printed lies on what is implied or computed again, and leaves its rim to be seen.
_ABOVE, _BELOW = 5.0, 9.0


@page.styled
def vintages(
    extracts: Sequence[Extract],
    indicators: pd.DataFrame | None,
    which: Sequence[str] | None = None,
    against: str = "year earlier",
    *,
    language: Language = "en",
    ax: Axes | None = None,
) -> Axes:
    """First prints beside the bases of a year later: a row a period, an arrow from then to later.

    `extracts`, `indicators` and `against` as for `analysis.series`; `which` are the indicators,
    all if not given. Every first print is 100, whatever its unit; both are drawn as their ranges.
    A base that counts otherwise is named and not drawn.

    Raises `KeyError` for an unknown indicator and `ValueError` where there is nothing to draw.
    """
    of = issues(extracts, indicators, which, language, against)
    table = of.table[(of.table["base"] != "") & (of.table["printed_low"] > 0)]
    table = table[np.isfinite(table["printed_high"])].reset_index(drop=True)
    if table.empty:
        raise ValueError("no first print that a later issue can be held against")
    ax, places = _rows_by_indicator(ax, table, of, language)
    middle = (table["printed_low"] + table["printed_high"]) / 2
    apart = table["base"] != "other definition"
    ends = table.loc[apart, "implied_high"] / middle[apart] * 100
    end = float(ends[np.isfinite(ends)].max()) * 1.05 if np.isfinite(ends).any() else 105.0
    rows = []
    for (_, row), y, base in zip(marks.each_row(table), places, middle, strict=True):
        then, later = (Bounds.of(row, side) / base * 100 for side in ("printed", "implied"))
        words = marks.range_of(row, language, "printed")
        if row["base"] == "other definition":
            text = say("otherwise", language)
            _beside(ax, text, (then.high, y), page.QUIET)
        else:
            text = marks.range_of(row, language, "implied")
            colour = page.DOUBT if row["base"] == "revised" else page.IMPLIED
            tip = later.low if later.low > 100 else later.high  # the nearer end
            # A shorter one would be all head.
            if row["base"] == "revised" and np.isfinite(tip) and abs(tip - 100) > end / 100:
                rim = _BELOW / 2 if marks.is_point(later.low, later.high) else 0
                arrow = {"arrowstyle": "-|>", "color": colour, "lw": 1}
                arrow |= {"shrinkA": 4, "shrinkB": rim}
                ax.annotate("", (tip, y), (100, y), arrowprops=arrow)
            marks.bar_of_bounds(ax, y, later.low, later.high, end, colour, size=_BELOW)
        marks.bar_of_bounds(ax, y, then.low, then.high, end, page.PRINTED, size=_ABOVE)
        name = f"{of.names[row['indicator']]} {row['period']}"
        rows.append(page.row_in_words(name, [f"{words} → {text}"], language))
    kinds = {"first print": page.PRINTED}
    kinds |= {"can be both": page.IMPLIED} if (table["base"] == "within print").any() else {}
    kinds |= {"another": page.DOUBT} if (table["base"] == "revised").any() else {}
    name = say("list", language).join(of.names.values())
    if len(of.names) > 1 and len(name) > (14 if language == "zh" else 30):
        name = say("indicators", language, count=len(of.names))
    said = judged(table, name, language), say("of print", language)
    return _finished(ax, of, language, kinds, *said, rows)


@page.styled
def changes(
    extracts: Sequence[Extract],
    indicators: pd.DataFrame | None,
    which: Sequence[str] | None = None,
    against: str = "year earlier",
    *,
    language: Language = "en",
    ax: Axes | None = None,
) -> Axes:
    """Printed changes beside those that the issuer's own first prints give, a row a period.

    Arguments as for `vintages`. Where the two surely have opposite signs the row says so, in the
    second colour.

    Raises `KeyError` for an unknown indicator, `ValueError` where there is nothing to draw, or
    where percentages, which change by points, would share the scale with others.
    """
    of = issues(extracts, indicators, which, language, against)
    ends = ["change_low", "change_high", "by_prints_low", "by_prints_high"]
    told = np.isfinite(of.table[ends].to_numpy(float)).all(axis=1)
    table: pd.DataFrame = of.table.loc[told].reset_index(drop=True)
    if table.empty:
        raise ValueError("no printed change beside two first prints of one definition")
    shares = table["unit"].map(is_share).astype(bool)
    if shares.any() and not shares.all():
        raise ValueError("changes of percentages are in points, and have a chart of their own")
    ax, places = _rows_by_indicator(ax, table, of, language)
    ax.axvline(0, color=page.QUIET, linewidth=1, zorder=1)
    rows = []
    for (_, row), y in zip(marks.each_row(table), places, strict=True):
        printed, again = Bounds.of(row, "change"), Bounds.of(row, "by_prints")
        colour = page.DOUBT if row["flips"] else page.IMPLIED
        middles = [(each.low + each.high) / 2 for each in (printed, again)]
        ax.plot(middles, [y, y], color=colour, linewidth=1, zorder=2)
        marks.bar_of_bounds(ax, y, again.low, again.high, again.high, colour, size=_BELOW)
        marks.bar_of_bounds(
            ax, y, printed.low, printed.high, printed.high, page.PRINTED, size=_ABOVE
        )
        said = [
            f"{say(what, language)} {written(each, language)}"
            for what, each in (("printed change", printed), ("by prints", again))
        ]
        if row["flips"]:
            said.append(say("other sign", language))
            _beside(ax, said[-1], (max(printed.high, again.high), y), page.INKS[page.DOUBT])
        name = f"{of.names[row['indicator']]} {row['period']}"
        rows.append(page.row_in_words(name, said, language))
    kinds = {"printed change": page.PRINTED, "by prints": page.IMPLIED}
    kinds |= {"other sign": page.DOUBT} if table["flips"].any() else {}
    headline = say("flips", language, flips=int(table["flips"].sum()), all=len(table))
    axis = say("point changes" if shares.all() else "changes", language)
    return _finished(ax, of, language, kinds, headline, axis, rows)


def _rows_by_indicator(
    ax: Axes | None, table: pd.DataFrame, of: Issues, language: Language
) -> tuple[Axes, list[float]]:
    """Axes with a row a period, under the name of its indicator; and the places of the rows."""
    first = ~table["indicator"].duplicated()
    places = (np.arange(len(table)) + first.cumsum().to_numpy()).astype(float)
    ax = page.new_axes(ax, 1.6 + 0.23 * (len(table) + int(first.sum())))
    labels = dict(zip(places.tolist(), table["period"], strict=True))
    heads = {
        y - 1: of.names[name]
        for y, name in zip(places[first], table["indicator"][first], strict=True)
    }
    both = sorted((labels | heads).items())
    marks.row_axis(ax, [text for _, text in both])
    ax.set_yticks([y for y, _ in both], [page.wrapped(text, 40) for _, text in both])
    for (y, _), label in zip(both, ax.get_yticklabels(), strict=True):
        if y in heads:
            label.set_fontsize(10.5)
    ax.set_ylim(max(places) + 0.6, -0.6)
    ax.margins(x=0.12)
    return ax, places.tolist()


def _finished(
    ax: Axes,
    of: Issues,
    language: Language,
    kinds: dict[str, str],
    headline: str,
    axis: str,
    rows: list[str],
) -> Axes:
    """The page around it, with a legend: each kind of mark by its phrase, and its colour."""
    handles = [marks.handle(colour, say(kind, language)) for kind, colour in kinds.items()]
    marks.key(ax, handles)
    return page.finish(
        ax, of.extract, of.figures, language, headline=headline, axis=axis, rows=rows
    )


def _beside(ax: Axes, text: str, at: tuple[float, float], colour: str) -> None:
    offset: dict[str, Any] = {"textcoords": "offset points", "va": "center"}
    ax.annotate(text, at, (9, 0), color=colour, fontsize=8.5, **offset)
