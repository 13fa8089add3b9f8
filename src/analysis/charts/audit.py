"""Printed claims, drawn: beside what their parts give, which of their figures must be wrong, and
how well planted slips are found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ..bounds import Bounds
from ..claims import audit as verdicts_of
from ..claims import diagnose, result_figures
from ..extract import Extract
from ..phrases import KINDS, OUTCOMES, VERDICTS, explained
from ..units import Language, unit_of
from ..views.names import told_apart
from ..views.numbers import written
from . import marks, page
from .words import say


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
    several units, and are drawn as the difference from the printed value in percent of it, on a
    scale that turns logarithmic beyond 1% where one of them is very far off. A partial list (kind
    `part`) that keeps within its total has nothing to compare, and is told in words. What agrees
    if truncated agrees, and the headline says that it takes this.

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
    results = extract.figures.loc[result_figures(extract)[table.index]]
    kinds = [KINDS[kind][language == "zh"] for kind in table["kind"]]
    pairs = zip(marks.each_row(table), marks.each_row(results), strict=True)
    cells = [_in_words(row, result, language) for (_, row), (_, result) in pairs]
    tells = [results["when"].tolist(), kinds, _beside(extract, table.index, results, language)]
    names = told_apart(extract.named(language)[results.index].tolist(), tells, language)
    labels = [page.wrapped(name, 30) for name in names]
    ax = page.new_axes(ax, 1.4 + marks.height_of(labels, 0.42))
    scale = _drawn(ax, table)
    marks.row_axis(ax, labels)
    contradicts = table["verdict"] == "contradicts"
    beside = [
        [printed, say("of it", language, again=again) if within else again, sign + verdict]
        for (printed, again, verdict), within, sign in zip(
            cells,
            (table["kind"] == "part") & ~contradicts,
            np.where(contradicts, f"{marks.SIGNS[page.DOUBT]} ", ""),
            strict=True,
        )
    ]
    heads = [(say("now", language), page.PRINTED), (say("recomputed", language), page.IMPLIED)]
    inks = [page.INKS[page.DOUBT] if no else page.INK for no in contradicts]
    marks.columns(ax, [*heads, (say("verdict", language), "")], beside, inks)
    if len(table) == 1:
        axis = page.units_line(results["unit"], language)
        marks.numbered_axis(ax, language, unit_of(results["unit"].iloc[0]).suffix)
    else:
        axis = say("deviation", language, scale=say(scale, language) if scale else "")
        marks.numbered_axis(ax, language, "%", "+")
    if untold.any():
        axis += "\n" + say("untold", language, count=int(untold.sum()))
    rows = []
    for name, (printed, again, verdict), kind in zip(names, cells, table["kind"], strict=True):
        phrase = "at most" if kind == "part" else "both"
        said = say(phrase, language, printed=printed, again=again)
        rows.append(page.row_in_words(name, [said, verdict], language))
    headline = _headline(table, names, cells, language)
    return page.finish(ax, extract, results, language, headline=headline, axis=axis, rows=rows)


def _beside(
    extract: Extract, claims: pd.Index, results: pd.DataFrame, language: Language
) -> list[str]:
    """The first figure of each claim that is not its result, as printed."""
    lines = extract.relations[extract.relations["figure"].isin(extract.figures.index)]
    result = dict(zip(claims, results.index, strict=True))
    others = lines[lines["figure"] != lines["relation"].map(result)]
    first = others.drop_duplicates("relation").set_index("relation")["figure"].reindex(claims)
    return [
        marks.as_printed(extract.figures.loc[key], language) if pd.notna(key) else ""
        for key in first
    ]


def _in_words(row: Any, result: Any, language: Language) -> list[str]:
    """A claim in words: what was printed, what its parts give, the verdict."""
    given = Bounds.of(row, "recomputed")
    again = marks.signed(
        written(given, language, result["unit"]), float(given.low), result["measure"]
    )
    return [marks.as_printed(result, language), again, VERDICTS[row["verdict"]][language == "zh"]]


def _drawn(ax: Axes, table: pd.DataFrame) -> str:
    """The claims as rows; gives the phrase of the scale where that is not even."""
    several = len(table) > 1
    printed, again = Bounds.of(table, "printed"), Bounds.of(table, "recomputed")
    middle = (printed.low + printed.high) / 2
    # An open end has no middle: then the other end stands for it.
    middle = middle.where(np.isfinite(middle), printed.low.where(np.isfinite(printed.low), 0.0))
    zero = middle * 0
    times = zero + 1.0
    if several:
        zero, times = middle, (100 / middle.abs()).replace(np.inf, 1.0)
    ends = [(side - zero) * times for side in (printed.low, printed.high, again.low, again.high)]
    reach = pd.concat(ends, axis=1).to_numpy()
    contradicts = (table["verdict"] == "contradicts").to_numpy()
    within = (table["kind"] == "part").to_numpy() & ~contradicts
    if several:  # of a partial list nothing is recomputed
        reach[within, 2:] = np.nan
    known = reach[np.isfinite(reach)]
    span = float(np.ptp(known)) or 1.0
    scale = ""
    if several:
        ax.axvline(0, color=page.QUIET, linewidth=0.8, zorder=0)
        if float(np.abs(known).max()) > _FAR:
            scale = "symmetric"
            ax.set_xscale("symlog", linthresh=1)
            ax.minorticks_off()
    for y, (low, high, again_low, again_high) in enumerate(reach):
        seen = [end for end in (low, high) if np.isfinite(end)]
        ends_at = [seen[0] - span / 5, seen[-1] + span / 5]
        drawn_at = np.where(np.isfinite([low, high]), [low, high], ends_at)
        ax.plot(drawn_at, [y, y], color=page.PRINTED, alpha=0.3, lw=16, solid_capstyle="butt")
        bar: dict[str, Any] = {"color": page.PRINTED, "markersize": 16, "markeredgewidth": 2.5}
        ax.plot([sum(seen) / len(seen)], [y], "|", **bar)
        if np.isnan(again_low):
            continue
        end = again_low + span / 5 if np.isinf(again_high) else again_high - span / 5
        colour = page.DOUBT if contradicts[y] else page.IMPLIED
        marks.bar_of_bounds(ax, y, again_low, again_high, end, colour)
    ax.margins(x=0.15)
    return scale


_FAR = 30.0  # percent, from where an even scale would press all others together
_NAMED = 3  # contradictions that a headline names


def _headline(
    table: pd.DataFrame, names: list[str], cells: list[list[str]], language: Language
) -> str:
    """Which of the claims do not add up; of one alone, what its parts give instead."""
    verdicts = table["verdict"]
    if len(table) == 1:
        phrase = {"contradicts": "gives other", "agrees": "gives"}.get(
            verdicts.iloc[0], "gives cut off"
        )
        if table["kind"].iloc[0] == "part":
            phrase = "parts beyond" if phrase == "gives other" else "parts within"
        printed, again, _ = cells[0]
        return say(phrase, language, name=names[0], printed=printed, again=again)
    wrong = [name for name, no in zip(names, verdicts == "contradicts", strict=True) if no]
    comma = say("list", language)
    listed = comma.join(wrong[:_NAMED])
    if len(wrong) > _NAMED:
        listed += say("and more", language, count=len(wrong) - _NAMED)
    phrase = "all contradict" if len(wrong) == len(table) else "many contradict"
    phrase = {0: "all agree", 1: "some contradict"}.get(len(wrong), phrase)
    headline = say(phrase, language, count=len(wrong), all=len(table), names=listed)
    if cut := int((verdicts == "agrees if truncated").sum()):
        headline += say("cut off", language, count=cut)
    return headline


# Contradicted is one colour, the better explained the fuller; what was missed is empty.
_EDGE: dict[str, Any] = {"edgecolor": page.DOUBT, "linewidth": 1}
_LOOKS: dict[str, dict[str, Any]] = dict(
    zip(
        OUTCOMES,
        (
            {"color": page.DOUBT},
            {"facecolor": "white", "hatch": "//////", **_EDGE},
            {"facecolor": "white", "hatch": "..", **_EDGE},
            {"facecolor": "white", "edgecolor": page.QUIET, "linewidth": 1},
        ),
        strict=True,
    )
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
    kind of relation, split by what came of the slip. Raises `ValueError` where there is none.
    """
    outcomes, kinds = (
        {key: words[language == "zh"] for key, words in table.items()}
        for table in (OUTCOMES, KINDS)
    )
    if found.empty:
        raise ValueError("nothing to draw: no slip was planted")
    counts = pd.crosstab(found["kind"], found["outcome"])
    counts = counts.reindex(columns=[name for name in OUTCOMES if name in counts])
    counts = counts.loc[counts.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    ax = page.new_axes(ax, 1.9 + 0.5 * len(counts))
    before = np.zeros(len(counts))
    for outcome, column in counts.items():
        width = column.to_numpy()
        label, look = outcomes[str(outcome)], _LOOKS[str(outcome)]
        ax.barh(range(len(counts)), width, 0.6, left=before, label=label, zorder=2, **look)
        before = before + width
    for y, total in enumerate(before):
        marks.label(ax, f"{total:,.0f}", (total, y), (5, 0))
    marks.row_axis(ax, [kinds[kind] for kind in counts.index])
    marks.numbered_axis(ax, language)
    ax.set_xlim(0, before.max() * 1.08)
    ax.legend(ncols=2, loc="lower left", bbox_to_anchor=(0, 1), borderaxespad=0.2, fontsize=8.5)
    contradicted = int((found["outcome"] != "not contradicted").sum())
    first = int((found["outcome"] == "nearest explanation").sum())
    rows = []
    for kind, row in marks.each_row(counts):
        said = (f"{outcomes[str(name)]} {count}" for name, count in row.items())
        rows.append(page.row_in_words(kinds[kind], said, language))
    headline = say("found", language, found=contradicted, all=len(found), first=first)
    axis = say("claims", language)
    return page.finish(
        ax, extract, extract.figures, language, headline=headline, axis=axis, rows=rows
    )


# --- Which figures must be wrong ------------------------------------------------------------------

_KINDS_NAMED = 8  # so many columns have room for the name of their kind


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
    labels = [page.wrapped(name, 44) for name in names]
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
    few = len(claims) <= _KINDS_NAMED
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
        lines = page.wrapped(text, 30 if language == "en" else 34)
        ax.annotate(lines, (1.02, y), fontsize=8.5, **look)
        said[figure] = [text]
    return said
