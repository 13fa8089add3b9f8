"""How far a printed percentage may be from the truth, drawn."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from ..bounds import Bounds
from ..extract import Extract
from ..units import Language
from . import marks, page
from .words import say


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
    values |= {"percent": marks.as_printed(row, language), "confidence": confidence}
    every = [f"{n:,.0f}: {bounds:.1f}%" for n, bounds in zip(answers, said, strict=True)]
    rows, axis = [page.row_in_words(name, every, language)], say("answers", language)
    headline = say("margin" if len(said) > 1 else "margin of one", language, **values)
    drawn = extract.figures.loc[[figure]]
    return page.finish(ax, extract, drawn, language, headline=headline, axis=axis, rows=rows)
