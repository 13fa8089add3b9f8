"""A printed change, drawn: each figure beside its implied value a year earlier."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from .. import years
from ..bounds import Bounds
from ..extract import Extract
from ..phrases import say, then
from ..units import Language, differences_in, names_of, unit_of
from . import marks, page


@page.styled
def year_over_year(
    extract: Extract,
    figures: Sequence[str] | None = None,
    *,
    language: Language = "en",
    ax: Axes | None = None,
) -> Axes:
    """Each figure with a printed change beside its implied value then.

    A row a figure: all with a nominal value a year earlier, or those named, whatever their change
    is against. On a scale where the middle of the implied prior is 100; the prior is drawn as its
    range, the numbers stand beside.

    Raises `KeyError` for a name without a printed change, `ValueError` for one of which the text
    does not say what its change is against, or whose value then cannot be told; and where there
    is nothing to draw.
    """
    table = (
        years.year_over_year(extract)
        if figures is None
        else years.prior_values(extract).loc[list(figures)]
    )
    drawable = table[["prior_low", "prior_high", "current_low"]].notna().all(axis=1)
    drawable &= np.isfinite(table["prior_high"]) & (table["prior_high"] > 0)
    if figures is not None and not drawable.all():
        unknown = ", ".join(table.index[~drawable].astype(str))
        raise ValueError(f"no value then can be told of {unknown}")
    table = table[drawable]
    if table.empty:
        raise ValueError("nothing to draw: no printed change gives a value a year earlier")
    named = extract.figures.loc[table.index]
    names, units = extract.named(language), extract.figures["unit"]
    ax = page.new_axes(ax, 1.5 + 0.9 * len(table))
    rows, headlines = [], []
    for y, (figure, row) in enumerate(marks.each_row(table)):
        middle = (row["prior_low"] + row["prior_high"]) / 2
        prior = [row["prior_low"] / middle * 100, row["prior_high"] / middle * 100]
        current = [row["current_low"] / middle * 100, row["current_high"] / middle * 100]
        arrow = {"arrowstyle": "-|>", "color": page.QUIET, "lw": 1.2, "shrinkA": 7, "shrinkB": 7}
        ax.annotate("", (sum(current) / 2, y), (sum(prior) / 2, y), arrowprops=arrow)
        marks.bar_of_bounds(ax, y, prior[0], prior[1], prior[0], page.QUIET)
        marks.bar_of_bounds(ax, y, current[0], current[1], current[0], page.MAIN)
        printed = _change_of(extract, figure, row["against"], language)
        end, end_then = row["as_of"], row["prior_as_of"]
        months = 12 * (end.year - end_then.year) + end.month - end_then.month  # NaN where unknown
        past = then(row["against"], months, language)
        before, now = (
            marks.in_words(Bounds.of(row, "prior"), language),
            marks.in_words(Bounds.of(row, "current"), language),
        )
        falls = sum(current) < sum(prior)
        for x, value, what, right in (
            (sum(prior) / 2, before, say("earlier", language, then=past), falls),
            (sum(current) / 2, now, say("now", language), not falls),
        ):
            ax.annotate(
                f"{value}\n{what}",
                (x, y),
                (10 if right else -10, 0),
                textcoords="offset points",
                ha="left" if right else "right",
                va="center",
                fontsize=9,
            )
        ax.annotate(
            printed,
            ((sum(current) + sum(prior)) / 4, y),
            (0, 13),  # above both numbers, which a small change brings close together
            textcoords="offset points",
            ha="center",
            color=page.QUIET,
            fontsize=9,
        )
        difference = Bounds.of(row, "difference")
        kind = "fewer" if difference.high < 0 else "more" if difference.low > 0 else "either"
        value = marks.in_words(-difference if kind == "fewer" else difference, language)
        value += f" {names_of([differences_in(units[figure])], language)}"
        headlines.append(say(kind, language, name=names[figure], value=value, then=past))
        said = [
            f"{before} {say('earlier', language, then=past)}",
            f"{now} {say('now', language)}",
            printed,
        ]
        rows.append(page.row_in_words(names[figure], said, language))
    marks.row_axis(ax, [page.wrapped(names[figure], language, 22) for figure in table.index])
    ax.margins(x=0.4)  # room for the numbers beside
    return page.finish(
        ax,
        extract,
        named,
        language,
        headline="\n".join(headlines),
        axis=say("index", language),
        rows=rows,
    )


def _change_of(extract: Extract, figure: str, against: str, language: Language) -> str:
    """The printed change of a figure, or where there is none in percent, its difference."""
    relations = extract.relations
    is_current = (relations["figure"] == figure) & (relations["role"] == "current")
    of = relations[relations["relation"].isin(relations.loc[is_current, "relation"])]
    moved = extract.figures.loc[of.loc[of["role"].isin(["change", "difference"]), "figure"]]
    row: Any = moved[moved["against"] == against].sort_values("measure").iloc[0]
    unit = unit_of(row["unit"])
    words = unit.suffix or f" {unit.en if language == 'en' else unit.zh}"
    return f"{row['value']:+,g}{words}".replace("-", "−")
