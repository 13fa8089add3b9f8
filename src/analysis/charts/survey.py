"""How far a printed percentage may be from the truth, drawn."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from ..bounds import Bounds
from ..extract import Extract
from ..phrases import say
from ..units import Language
from . import page


@page.styled
def margin_of_error(
    extract: Extract,
    figure: str,
    intervals: pd.DataFrame,
    *,
    language: Language = "en",
    ax: Axes | None = None,
) -> Axes:
    """How far a printed percentage could be from the truth, had its answers been a random sample.

    `intervals` has the number of answers as index and `low`, `high` in percent as columns,
    as from `scipy.stats`. Drawn as a band around the printed value; the headline reads its last
    row. It says nothing of a poll that is no random sample.

    Raises `KeyError` for an unknown figure or a missing column.
    """
    row: Any = extract.figures.loc[figure]
    name = extract.named(language)[figure]
    ax = page.new_axes(ax, 3.6)
    answers = intervals.index.to_numpy(dtype=float)
    ax.fill_between(
        answers, intervals["low"], intervals["high"], color=page.LIGHT, alpha=0.35, lw=0
    )
    ax.plot(answers, intervals["low"], color=page.MAIN)
    ax.plot(answers, intervals["high"], color=page.MAIN)
    ax.axhline(row["value"], color=page.ACCENT, linewidth=1.5)
    ax.annotate(
        row["reported"],
        (answers[0], row["value"]),
        (2, 3),
        textcoords="offset points",
        color=page.ACCENT,
    )
    ax.set_xscale("log")
    ax.set_xticks(answers[:: max(1, len(answers) // 6)])
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.minorticks_off()
    ax.yaxis.set_major_formatter("{x:.0f}%")
    said = [
        Bounds(low, high) for low, high in zip(intervals["low"], intervals["high"], strict=True)
    ]
    values = {"answers": f"{answers[-1]:,.0f}", "percent": row["reported"]}
    every = [f"{n:,.0f}: {bounds:.1f}%" for n, bounds in zip(answers, said, strict=True)]
    return page.finish(
        ax,
        extract,
        extract.figures.loc[[figure]],
        language,
        headline=say("margin", language, interval=f"{said[-1]:.1f}%", **values),
        axis=say("answers", language),
        rows=[page.row_in_words(name, every, language)],
    )
