"""Printed claims beside what their parts give, drawn; and how well planted slips are found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ..bounds import Bounds
from ..claims import audit as verdicts_of
from ..claims import result_figures
from ..extract import Extract
from ..phrases import KINDS, OUTCOMES, VERDICTS, say
from ..units import Language, names_of
from . import marks, page


@page.styled
def audit(
    extract: Extract,
    relations: Sequence[str] | None = None,
    *,
    language: Language = "en",
    ax: Axes | None = None,
) -> Axes:
    """Each claim's printed range beside the range recomputed from its parts, a row a claim.

    All claims that can be told, or those named. One claim is drawn in its own unit; several have
    several units, and are drawn as the difference from the printed value in percent of it. A
    partial list (kind `part`) that keeps within its total has nothing to compare, and is told
    in words.

    Raises `KeyError` for an unknown relation, `ValueError` for one of which nothing can be told,
    and where there is nothing to draw.
    """
    table = verdicts_of(extract)
    table = table if relations is None else table.loc[list(relations)]
    untold = table["verdict"] == "cannot tell"
    if relations is not None and untold.any():
        raise ValueError(f"nothing can be told of {', '.join(table.index[untold])}")
    table = table[~untold]
    if table.empty:
        raise ValueError("nothing to draw: of no claim anything can be told")
    result = result_figures(extract)[table.index]
    printed_figures = extract.figures.loc[result]
    names = extract.named(language)[result].set_axis(table.index)
    units = printed_figures["unit"].set_axis(table.index)
    alone = len(table) == 1
    ax = page.new_axes(ax, 1.5 + 0.55 * len(table))
    rows = []
    for y, (relation, row) in enumerate(marks.each_row(table)):
        printed, again = Bounds.of(row, "printed"), Bounds.of(row, "recomputed")
        middle = (printed.low + printed.high) / 2
        scale = (0.0, 1.0) if alone else (middle, 100 / abs(middle) if middle else 1.0)
        printed_at, again_at = (
            [(end - scale[0]) * scale[1] for end in (bounds.low, bounds.high)]
            for bounds in (printed, again)
        )
        agrees = row["verdict"] == "agrees"
        within = row["kind"] == "part" and agrees
        ax.plot(
            printed_at, [y, y], color=page.LIGHT, alpha=0.45, linewidth=16, solid_capstyle="butt"
        )
        ax.plot([sum(printed_at) / 2], [y], "|", color=page.LIGHT, markersize=16, markeredgewidth=2)
        if not within:
            colour = page.MAIN if agrees else page.ACCENT
            marks.bar_of_bounds(ax, y, again_at[0], again_at[1], again_at[0], colour)
        texts = {
            "printed": marks.in_words(printed, language, units[relation]),
            "again": marks.in_words(again, language, units[relation]),
        }
        said = say("at most" if within else "both", language, **texts)
        colour = "#333333" if agrees else page.ACCENT
        place: dict[str, Any] = {"xycoords": ("axes fraction", "data"), "va": "center"}
        ax.annotate(
            said.replace(", ", "\n").replace("，", "\n"),
            (1.02, y),
            fontsize=8.5,
            color=colour,
            **place,
        )
        verdict = VERDICTS[row["verdict"]][language == "zh"]
        rows.append(page.row_in_words(names[relation], [said, verdict], language))
    marks.row_axis(ax, [page.wrapped(name, language, 24) for name in names])
    ax.margins(x=0.15)
    if alone:
        axis = say("unit", language, units=names_of(units, language))
    else:
        ax.axvline(0, color=page.QUIET, linewidth=0.8, zorder=0)
        axis = say("deviation", language)
    agree = table["verdict"] == "agrees"
    headline = (
        rows[0] if alone else say("adds up", language, agree=int(agree.sum()), all=len(table))
    )
    if not alone and not agree.all():
        comma = "、" if language == "zh" else ", "
        headline += say("does not", language, names=comma.join(names[~agree]))
    return page.finish(
        ax, extract, printed_figures, language, headline=headline, axis=axis, rows=rows
    )


@page.styled
def slips(
    found: pd.DataFrame,
    extract: Extract,
    *,
    language: Language = "en",
    ax: Axes | None = None,
) -> Axes:
    """How many claims with a planted slip are contradicted, and whether the slip is named.

    `found` is `panel.slips_found` of the panel that `extract` was made from: a bar for each
    kind of relation, split by what came of the slip.
    """
    outcomes, kinds = (
        {key: words[language == "zh"] for key, words in table.items()}
        for table in (OUTCOMES, KINDS)
    )
    counts = pd.crosstab(found["kind"], found["outcome"])
    counts = counts.reindex(columns=[name for name in OUTCOMES if name in counts])
    counts = counts.loc[counts.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    ax = page.new_axes(ax, 1.9 + 0.5 * len(counts))
    colours = dict(zip(OUTCOMES, (page.MAIN, page.LIGHT, page.ACCENT, page.QUIET), strict=True))
    before = np.zeros(len(counts))
    for outcome, column in counts.items():
        width = column.to_numpy()
        label = outcomes[str(outcome)]
        ax.barh(range(len(counts)), width, left=before, color=colours[str(outcome)], label=label)
        before = before + width
    marks.row_axis(ax, [kinds[kind] for kind in counts.index])
    ax.legend(ncols=2, loc="lower right")
    contradicted = int((found["outcome"] != "not contradicted").sum())
    first = int((found["outcome"] == "nearest explanation").sum())
    rows = [
        page.row_in_words(
            kinds[kind],
            (f"{outcomes[str(name)]} {count}" for name, count in row.items()),
            language,
        )
        for kind, row in marks.each_row(counts)
    ]
    return page.finish(
        ax,
        extract,
        extract.figures,
        language,
        headline=say("found", language, found=contradicted, all=len(found), first=first),
        axis=say("claims", language),
        rows=rows,
    )
