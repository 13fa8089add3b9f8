"""Parts of a whole, drawn: dots, a funnel, parts end to end."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ..bounds import Bounds
from ..extract import Extract
from ..units import Language
from ..views.numbers import written
from . import marks, page
from .words import say

_MOST_DOTS = 1000  # in one grid: more of them one cannot see


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
    `ValueError` for one that is not exact, or above the total, and for a total of 0 or of more
    than 1,000, whose dots nobody could see.
    """
    table = extract.figures.loc[list(figures)]
    whole: Any = extract.figures.loc[total]
    unfit = table.index[(table["low"] != table["high"]) | (table["high"] > whole["low"])]
    if len(unfit) or whole["low"] != whole["high"] or table.empty:
        raise ValueError(f"not an exact count within {total}: {', '.join(unfit) or total}")
    if not 1 <= whole["low"] <= _MOST_DOTS:
        raise ValueError(f"a dot for each one of 1 to {_MOST_DOTS:,}, not of {whole['low']:,.0f}")
    names = extract.named(language)
    count, many = int(whole["low"]), len(table)
    beside = min(many, 2 if many in (2, 4) else 3)  # grids in a row
    across = math.ceil(math.sqrt(count * 1.5))
    down = math.ceil(count / across)
    width = across + max(2.0, across * 0.15)
    # The page is 7 inches wide; of a dot's place the dot takes two thirds.
    dot_inches = min(7.0 / (beside * width), 0.3)
    letters = max(int(across * dot_inches * 13.5), 12)
    captions = []
    for key, row in marks.each_row(table):
        caption = f"{row['low']:,.0f} ({row['low'] / count:.0%}): {names[key]}"
        captions.append(page.wrapped(caption, letters))
    lines = 1 + max(caption.count("\n") for caption in captions)
    height = down + 0.6 + (0.19 * lines + 0.15) / dot_inches
    ax = page.new_axes(ax, 0.85 + math.ceil(many / beside) * height * dot_inches)
    place = np.arange(count)
    size = 72 * dot_inches * 0.66
    for n, (caption, (_, row)) in enumerate(zip(captions, marks.each_row(table), strict=True)):
        left, top = n % beside * width, n // beside * height
        x, y, reached = place % across + left, place // across + top, place < row["low"]
        full: dict[str, Any] = {"color": page.PRINTED, "markersize": size}
        ax.plot(x[reached], y[reached], "o", **full)
        ax.plot(x[~reached], y[~reached], "o", **full | {"color": page.QUIET}, fillstyle="none")
        ax.annotate(caption, (left - 0.5, top + down - 0.1), va="top", fontsize=9)
    # In the corner where its captions stand, so that they keep their distance.
    ax.set_aspect("equal", anchor="SW")
    ax.set_xlim(-1, beside * width)
    ax.set_ylim(math.ceil(many / beside) * height - 0.6, -1)
    _bare(ax)
    of = marks.counted(f"{count:,}", whole["unit"], language)
    rows = []
    for key, row in marks.each_row(table):
        reached_of = marks.counted(f"{row['low']:,.0f}", row["unit"], language)
        said = {"value": reached_of, "total": of, "share": f"{row['low'] / count:.0%}"}
        rows.append(say("reach", language, name=names[key], **said))
    headline = "\n".join(rows)
    if many > 2:
        order = table["low"].sort_values(kind="stable").index
        ends = {"least": order[0], "most": order[-1]}
        values = {end: f"{table.loc[key, 'low']:,.0f}" for end, key in ends.items()}
        values |= {f"{end}_name": names[key] for end, key in ends.items()}
        headline = say("reach between", language, total=of, **values)
    drawn = extract.figures.loc[[*table.index, total]]
    axis = say("of total", language, total=of, name=names[total])
    return page.finish(ax, extract, drawn, language, headline=headline, axis=axis, rows=rows)


def _bare(ax: Axes) -> None:
    ax.grid(visible=False)
    ax.set_xticks([])
    ax.set_yticks([])
    for spine in ax.spines.values():
        spine.set_visible(False)


class _Step(NamedTuple):
    """A row of a chart of parts: where its bar starts, how long it is, and what it means."""

    name: str
    start: float
    size: Bounds
    colour: str
    unit: str
    share: Bounds | None = None  # in percent
    printed: str = ""  # as printed; what is computed has none

    def words(self, language: Language) -> str:
        return self.printed or written(self.size, language, self.unit)


def _steps(ax: Axes, steps: Sequence[_Step], share: str, language: Language) -> list[str]:
    """Steps as rows: full as far as is certain, hatched as far as each may reach; in words."""
    marks.row_axis(ax, [page.wrapped(step.name, 30) for step in steps])
    cells, rows = [], []
    for y, step in enumerate(steps):
        low, high = step.size.low, step.size.high
        solid = "white" if step.colour == page.IMPLIED else step.colour
        lengths = [(low, solid, "")] if low == high else [(high, "white", "//////")]
        if 0 < low < high:
            lengths.append((low, solid, ""))
        for length, fill, hatch in lengths:
            look: dict[str, Any] = {"edgecolor": step.colour, "linewidth": 1.2, "zorder": 2}
            corner = (step.start, y - 0.32)
            ax.add_patch(Rectangle(corner, length, 0.64, facecolor=fill, hatch=hatch, **look))
        text = step.words(language)
        part = "" if step.share is None else marks.rounded(step.share, 1) + "%"
        cells.append([text, part])
        said = marks.counted(text, step.unit, language)
        rows.append(page.row_in_words(step.name, [f"{said} ({part})" if part else said], language))
    inks = [page.INKS[page.DOUBT] if step.colour == page.DOUBT else page.INK for step in steps]
    marks.columns(ax, [("", ""), (say(share, language), "")], cells, inks)
    for before, after in zip(range(len(steps) - 1), steps[1:], strict=True):
        ax.plot([after.start] * 2, [before + 0.32, before + 0.68], color=page.QUIET, lw=1, zorder=1)
    ends = [step.start + end for step in steps for end in (0, step.size.low, step.size.high)]
    span = max(ends) - min(ends) or 1.0
    ax.set_xlim(min(ends) - 0.01 * span, max(ends) + 0.02 * span)
    marks.numbered_axis(ax, language)
    return rows


_MEAN = {page.PRINTED: "now", page.IMPLIED: "implied here", page.DOUBT: "does not fit"}


def _key(ax: Axes, steps: Sequence[_Step], language: Language) -> None:
    """What the colours of the bars mean, where more than what is printed is drawn."""
    colours = dict.fromkeys(step.colour for step in steps)
    if {*colours} != {page.PRINTED}:
        handles = [marks.handle(c, say(_MEAN[c], language), marker="s") for c in colours]
        marks.key(ax, handles)


def _with_ends(table: pd.DataFrame, what: str) -> None:
    """Raises `ValueError` for figures that no bar can be as long as."""
    open_ended = table.index[~np.isfinite(table[["low", "high"]].to_numpy()).all(axis=1)]
    if len(open_ended):
        found = ", ".join(f"{key} ({table.loc[key, 'reported']})" for key in open_ended)
        raise ValueError(
            f"{what} has figures with two ends; one of these is open or not known: {found}"
        )


@page.styled
def funnel(
    extract: Extract, figures: Sequence[str], *, language: Language = "en", ax: Axes | None = None
) -> Axes:
    """From the first figure to the last, each a part of the one before, and what is left open.

    A bar a figure, all from zero; where a figure has bounds the bar is full as far as is certain
    and hatched as far as it may reach. The last row is the first figure less the last, drawn
    hollow where it is missing at the end of the last bar.

    Raises `KeyError` for an unknown figure and `ValueError` for fewer than two, where the units
    differ, where a figure is surely more than the one before it, where an end is open, and where
    the first may be zero.
    """
    table = extract.figures.loc[list(figures)]
    units = table["unit"].unique()
    if len(table) < 2:
        raise ValueError(f"a funnel has two figures or more, not {len(table)}")
    if len(units) > 1:
        raise ValueError(f"a funnel has one unit, not {', '.join(units)}")
    _with_ends(table, "a funnel")
    more = np.flatnonzero(table["low"].to_numpy()[1:] > table["high"].to_numpy()[:-1])
    if len(more):
        key, before = table.index[more[0] + 1], table.index[more[0]]
        raise ValueError(
            f"a funnel narrows, but {key} is more than {before}, which stands before it"
        )
    ends = [Bounds.of(row) for _, row in marks.each_row(table)]
    first, last = ends[0], ends[-1]
    if first.low <= 0:
        raise ValueError(f"a funnel starts above zero, not with {table.index[0]}")
    left = first - last
    left = Bounds(max(0.0, left.low), max(0.0, left.high))  # each is a part of the one before
    unit = units[0]
    names = extract.named(language)[table.index]
    said = [marks.number_of(row, language) for _, row in marks.each_row(table)]
    steps = [
        _Step(name, 0.0, size, page.PRINTED, unit, _share(size, first) if n else None, printed)
        for n, (name, size, printed) in enumerate(zip(names, ends, said, strict=True))
    ]
    share = _rest(last, first)
    if left.high > 0:
        start = last.high if left.low == left.high else first.high - left.high
        steps.append(_Step(say("open", language), start, left, page.IMPLIED, unit, share))
    labels = [page.wrapped(step.name, 30) for step in steps]
    ax = page.new_axes(ax, 1.4 + marks.height_of(labels, 0.45))
    rows = _steps(ax, steps, "share of first", language)
    _key(ax, steps, language)
    phrase = "left open" if left.low > 0 else "perhaps left" if left.high > 0 else "none left"
    shown_left = left if left.low > 0 else Bounds(left.high, left.high)
    shown_share = share if left.low > 0 else Bounds(share.high, share.high)
    values = {
        "name": names.iloc[0],
        "value": marks.counted(written(shown_left, language, unit), unit, language),
        "total": marks.counted(said[0], unit, language),
        "share": marks.rounded(shown_share, 1) + "%",
    }
    headline, axis = say(phrase, language, **values), page.units_line(table["unit"], language)
    return page.finish(ax, extract, table, language, headline=headline, axis=axis, rows=rows)


def _rest(part: Bounds, whole: Bounds) -> Bounds:
    """What a part leaves of a whole, in percent of it."""
    share = part / whole * 100
    return Bounds(max(0.0, 100 - share.high), max(0.0, 100 - share.low))


def _share(part: Bounds, whole: Bounds) -> Bounds:
    """A part of a whole in percent: of what is above zero, and no more than all of it."""
    share = part / whole * 100
    return Bounds(share.low, min(share.high, max(100.0, share.low)))


@page.styled
def composition(
    extract: Extract, relation: str, *, language: Language = "en", ax: Axes | None = None
) -> Axes:
    """What a printed total consists of: its parts end to end, a row each, with their shares.

    For a relation of kind `sum` or `part`, in the order of its rows; a part with bounds is
    hatched as far as it may reach. What the parts leave of the total is a hollow bar (kind
    `part`); where they surely go beyond it, or in a sum fall short of it, the difference is a row
    of its own, and the headline.

    Raises `KeyError` for an unknown relation, `ValueError` for one of another kind and where an
    end is open.
    """
    rows_of = extract.relations[extract.relations["relation"] == relation]
    if not (rows_of["role"] == "total").any() or not (rows_of["role"] == "part").any():
        raise ValueError(
            f"{relation} has no total and parts: its kind is {rows_of['kind'].iloc[0]}"
        )
    total = rows_of.loc[rows_of["role"] == "total", "figure"].iloc[0]
    parts = extract.figures.loc[rows_of.loc[rows_of["role"] == "part", "figure"]]
    drawn = extract.figures.loc[[total, *parts.index]]
    _with_ends(drawn, "a composition")
    names = extract.named(language)
    whole, unit = Bounds.of(drawn.iloc[0]), str(drawn["unit"].iloc[0])
    shares = whole.low > 0 and bool((parts["low"] >= 0).all())
    in_all = marks.number_of(drawn.iloc[0], language)
    steps = [_Step(names[total], 0.0, whole, page.PRINTED, unit, None, in_all)]
    reached, added = 0.0, Bounds(0.0, 0.0)
    for key, row in marks.each_row(parts):
        size = Bounds.of(row)
        share = size / whole * 100 if shares else None
        printed = marks.number_of(row, language)
        steps.append(_Step(names[key], reached, size, page.PRINTED, row["unit"], share, printed))
        reached, added = reached + (size.low + size.high) / 2, added + size
    gap = whole - added
    partial = rows_of["kind"].iloc[0] == "part"
    phrase, what = "", ""
    if gap.high < 0:
        phrase, what, gap = "parts come to", "beyond", -gap
        reached -= gap.high
    elif gap.low > 0 and not partial:
        phrase, what = "parts come short", "short"
    elif partial and gap.high > 0:
        what, gap, reached = "not among", Bounds(max(0.0, gap.low), gap.high), added.low
    if what:
        colour = page.IMPLIED if what == "not among" else page.DOUBT
        share = None
        if shares:
            share = added / whole * 100 - 100 if what == "beyond" else _rest(added, whole)
        steps.append(_Step(say(what, language), reached, gap, colour, unit, share))
    labels = [page.wrapped(step.name, 30) for step in steps]
    ax = page.new_axes(ax, 1.4 + marks.height_of(labels, 0.42))
    rows = _steps(ax, steps, "share of total", language)
    ax.axvline(
        (whole.low + whole.high) / 2, color=page.QUIET, linewidth=1, linestyle="--", zorder=1
    )
    _key(ax, steps, language)
    of = marks.counted(in_all, unit, language)
    if phrase:
        values = {
            "value": marks.counted(written(added, language, unit), unit, language),
            "gap": marks.counted(written(gap, language, unit), unit, language),
            "total": of,
        }
    else:
        phrase = "reach"
        largest = max(steps[1 : len(parts) + 1], key=lambda step: step.size.low)
        said = marks.counted(largest.words(language), largest.unit, language)
        part = "–" if largest.share is None else marks.rounded(largest.share, 0) + "%"
        values = {"name": largest.name, "value": said, "total": of, "share": part}
    headline, axis = say(phrase, language, **values), page.units_line(drawn["unit"], language)
    return page.finish(ax, extract, drawn, language, headline=headline, axis=axis, rows=rows)
