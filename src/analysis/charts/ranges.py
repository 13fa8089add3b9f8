"""How precisely figures are printed, drawn; how far off a percentage may be, and what must be kept
apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ..bounds import Bounds
from ..extract import Extract, require_extract
from ..extract.model import called
from ..units import Language, names_of, unit_of
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
    labels = [page.wrapped(name, 34) for name in names]
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


@page.styled
def margin_of_error(
    extract: Extract,
    figure: str,
    intervals: pd.DataFrame,
    *,
    level: float | None = None,
    language: Language = "en",
    ax: Axes | None = None,
) -> Axes:
    """How far a printed percentage could be from the truth, had its answers been a random sample.

    `intervals` has the number of answers as index and `low`, `high` in percent as columns,
    as from `scipy.stats`, and `level` is their level of confidence (0.95): the chart says that it
    is not stated where it is not given. Drawn as a band around the printed value; the headline
    names the fewest answers first, and then the most. It says nothing of a poll that is no random
    sample.

    Raises `KeyError` for an unknown figure or a missing column, `ValueError` for no interval and
    for a level outside 0 to 1.
    """
    if intervals.empty or (level is not None and not 0 < level < 1):
        found = "no interval" if intervals.empty else f"the level {level}"
        raise ValueError(f"a margin of error has intervals of a level in 0 to 1, not {found}")
    row: Any = extract.figures.loc[figure]
    intervals = intervals.sort_index()
    name = extract.named(language)[figure]
    ax = page.new_axes(ax, 3.8)
    answers = intervals.index.to_numpy(dtype=float)
    low, high = intervals["low"], intervals["high"]
    ax.fill_between(answers, low, high, color=page.IMPLIED, alpha=0.25, lw=0)
    for ends in (low, high):
        ax.plot(answers, ends, color=page.IMPLIED, **marks.SHAPES[page.IMPLIED])
    ax.axhline(row["value"], color=page.PRINTED, linewidth=2)
    ax.set_xscale("log")
    ax.minorticks_off()
    ax.set_xticks(answers[:: max(1, len(answers) // 6)])
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.yaxis.set_major_formatter("{x:,.10g}%")
    ax.margins(x=0.09, y=0.1)
    said = [Bounds(*ends) for ends in zip(low, high, strict=True)]
    printed = f"{marks.as_printed(row, language)} {say('now', language)}"
    stated = f"{level * 100:.10g}%" if level is not None else ""
    confidence = say("confidence" if stated else "no confidence", language, level=stated)
    # Where the band is widest, and where it has become narrow enough to leave room above it.
    marks.label(ax, printed, (answers[0], row["value"]), (8, 9))
    half = len(answers) // 2
    marks.label(ax, confidence, (answers[half], high.iloc[half]), (4, 12))
    for x, bounds in ((answers[0], said[0]), (answers[-1], said[-1])):
        for end, shift in ((bounds.low, -10), (bounds.high, 10)):
            marks.label(ax, f"{end:.1f}%", (x, end), (0, shift), ha="center", fontsize=8.5)
    values = {"few": f"{answers[0]:,.0f}", "many": f"{answers[-1]:,.0f}"}
    values |= {"wide": f"{said[0]:.1f}%", "interval": f"{said[-1]:.1f}%"}
    values |= {"share": marks.as_printed(row, language), "confidence": confidence}
    every = [f"{n:,.0f}: {bounds:.1f}%" for n, bounds in zip(answers, said, strict=True)]
    rows, axis = [page.row_in_words(name, every, language)], say("answers", language)
    headline = say("margin" if len(said) > 1 else "margin of one", language, **values)
    drawn = extract.figures.loc[[figure]]
    return page.finish(ax, extract, drawn, language, headline=headline, axis=axis, rows=rows)


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
            labels[y] = page.wrapped(name, 34)
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
