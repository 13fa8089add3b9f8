"""Figures that claims tie, and which of them must be wrong: a row a figure, a column a claim."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from ..bounds import Bounds
from ..claims import diagnose, result_figures
from ..extract import Extract
from ..phrases import KINDS, explained
from ..units import Language
from ..views.numbers import written
from . import marks, page
from .words import say

_NAMED = 8  # so many columns have room for the name of their kind


@page.styled
def network(
    extract: Extract,
    relations: Sequence[str] | None = None,
    *,
    language: Language = "en",
    ax: Axes | None = None,
) -> Axes:
    """The figures that claims tie together, a row each, and the claims, a column each.

    A square is the figure that a claim prints as its result, dots are what it is made of. Claims
    that cannot all hold are dashed; figures that `diagnose` names have a band, and beside it what
    they would have been: where there is only one smallest set, it must be wrong; where there are
    several, one of them. All claims of the extract, or those named and all that figures tie to
    nothing else: what is wrong is told of these claims alone.

    Raises `KeyError` for an unknown relation, `ValueError` where there is no claim to draw.
    """
    lines = extract.relations[extract.relations["figure"].isin(extract.figures.index)]
    if relations is not None:
        lines = lines[lines["relation"].isin(list(relations))]
    if lines.empty:
        raise ValueError("nothing to draw: the extract has no claims")
    results = result_figures(Extract(extract.figures, lines))
    is_result = lines["figure"].to_numpy() == results[lines["relation"]].to_numpy()
    column = dict(zip(claims := results.index.tolist(), range(len(results)), strict=True))
    ordered = lines.assign(at=lines["relation"].map(column), part=~is_result)
    keys = ordered.sort_values(["at", "part"], kind="stable")["figure"].unique()
    row = dict(zip(keys, range(len(keys)), strict=True))
    drawn = extract.figures.loc[keys]
    printed = [marks.as_printed(each, language) for _, each in marks.each_row(drawn)]
    names = extract.named(language)[keys] + "  " + pd.Series(printed, keys)
    labels = [page.wrapped(name, language, 44) for name in names]
    found = diagnose(Extract(extract.figures, lines, source=extract.source))
    broken = {claim for some in found["claims"] for claim in some.split(", ") if claim in column}

    ax = page.new_axes(ax, 1.7 + 0.36 * len(keys))
    kind = lines.drop_duplicates("relation").set_index("relation")["kind"]
    for claim, of_claim in lines.groupby("relation", sort=False):
        x, wrong = column[claim], claim in broken
        colour = page.DOUBT if wrong else page.PRINTED
        rows = of_claim["figure"].map(row).tolist()
        style = "--" if wrong else "-"
        ax.plot([x, x], [min(rows), max(rows)], style, color=colour, linewidth=1.6, zorder=2)
        result = row[results[claim]]
        parts = [y for y in rows if y != result]
        ax.plot([x] * len(parts), parts, "o", color=colour, markersize=7, zorder=3)
        ax.plot([x], [result], "s", color=colour, markersize=8, zorder=3)
    said = _marked(ax, found, row, language)
    marks.row_axis(ax, labels)
    ax.grid(visible=True, axis="y", linewidth=0.5)
    ax.grid(visible=False, axis="x")
    ax.tick_params(axis="y", labelsize=8.5)
    few = len(claims) <= _NAMED
    words = [KINDS.get(kind[claim], (kind[claim],) * 2)[language == "zh"] for claim in claims]
    heads = [f"{n}\n{word}" if few else str(n) for n, word in enumerate(words, 1)]
    ax.set_xticks(range(len(claims)), heads, fontsize=8.5)
    ax.xaxis.tick_top()
    ax.tick_params(axis="x", length=0)
    ax.spines["bottom"].set_visible(False)
    ax.set_xlim(-0.6, len(claims) - 0.4)
    counts = {"claims": len(claims), "figures": len(keys), "broken": len(broken)}
    fewest = int((found["set"] == 1).sum())
    headline = say("network" if fewest else "network holds", language, fewest=fewest, **counts)
    alternative = [page.row_in_words(names[key], said[key], language) for key in said]
    axis = say("network axis", language) + (say("network broken", language) if broken else "")
    ax.xaxis.set_label_position("bottom")
    return page.finish(ax, extract, drawn, language, headline=headline, axis=axis, rows=alternative)


def _marked(
    ax: Axes, found: pd.DataFrame, row: dict[str, int], language: Language
) -> dict[str, list[str]]:
    """Mark the figures that must be wrong, or of which one set must be; what is said of each."""
    said: dict[str, list[str]] = {}
    for figure, each in marks.each_row(found.drop_duplicates("figure").set_index("figure")):
        how = explained(each["slip"] or "no single slip found", language)
        if not each["slip"] and each["low"] == each["high"]:  # the one whole number that is left
            how = written(Bounds.of(each), language)
        phrase = "must be wrong" if each["only"] else "may be wrong"
        text = say(phrase, language, how=how)
        y = row[figure]
        ax.axhspan(y - 0.45, y + 0.45, color=page.DOUBT, alpha=0.15, linewidth=0, zorder=0)
        look: dict[str, Any] = {"xycoords": ("axes fraction", "data"), "va": "center"}
        lines = page.wrapped(text, language, 30 if language == "en" else 34)
        ax.annotate(lines, (1.02, y), fontsize=8.5, **look)
        said[figure] = [text]
    return said
