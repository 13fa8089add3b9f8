"""A printed change, drawn: each figure beside its implied value a year earlier."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .. import years
from ..bounds import Bounds
from ..extract import Extract
from ..phrases import then
from ..units import Language, differences_in, is_share, names_of, unit_of
from ..views.names import told_apart
from ..views.numbers import scale_of, written
from ..years.prior import only_if_cut
from . import marks, page
from .words import say

_FEW = 2  # figures that have a line of the headline each
_FAR = 4.0  # times as far as another figure, from where the scale is logarithmic


@page.styled
def year_over_year(
    extract: Extract,
    figures: Sequence[str] | None = None,
    *,
    language: Language = "en",
    ax: Axes | None = None,
) -> Axes:
    """Each figure with a printed change beside its implied value then.

    A row a figure: all with a change against the year earlier, or those named, whatever their
    change is against. On a scale where the middle of the implied prior is 100, logarithmic where
    one end of it is more than four times the other; the prior is drawn as its range, the numbers
    stand beside, with their units and those of one unit on one scale. Where a few of many rows
    move many times as far as all others, an arrow to the edge stands for them. Where no value
    then can be told, as where no whole number gives the printed change, the row says so.

    Raises `KeyError` for a name without a printed change, `ValueError` for one of which the text
    does not say what its change is against, or whose value then cannot be told; and where there
    is nothing to draw.
    """
    table = (
        years.year_over_year(extract)
        if figures is None
        else years.prior_values(extract).loc[list(figures)]
    )
    table = table.assign(as_cut=only_if_cut(table))
    drawable = table[["prior_low", "prior_high", "current_low"]].notna().all(axis=1)
    drawable &= np.isfinite(table["prior_high"]) & (table["prior_high"] > 0)
    none = table["candidates"].eq(0).fillna(False).astype(bool)
    none_fits = none & ~drawable  # else one does, of a change that was cut off
    if figures is not None and not (drawable | none_fits).all():
        unknown = ", ".join(table.index[~(drawable | none_fits)].astype(str))
        raise ValueError(f"no value then can be told of {unknown}")
    if not (drawable | none_fits).any():
        raise ValueError("nothing to draw: no printed change gives a value a year earlier")
    printed = table["current_low"].notna()
    unshown = int((~printed).sum())
    table, drawable, none_fits = table[printed], drawable[printed], none_fits[printed]
    pasts = [_past(row, language) for _, row in marks.each_row(table)]
    drawn = extract.figures.loc[table.index]
    tells = [drawn["when"].tolist(), pasts, drawn["reported"].tolist()]
    names = told_apart(extract.named(language)[table.index].tolist(), tells, language)
    scales = _scales(table, drawn["unit"], language)
    each_of = zip(names, marks.each_row(table), pasts, drawable, none_fits, strict=True)
    compared = [
        _compared(extract, name, row, past, fits, none, scales, language)
        for name, (_, row), past, fits, none in each_of
    ]
    alike, cells = len(set(pasts)) == 1, []
    for each in compared:
        before = each.before if alike or not each.at else f"{each.before}\n{each.past}"
        cells.append([before, each.now, each.change, names_of([each.unit], language)])
    labels = [page.wrapped(each.name, 30) for each in compared]
    tall = [*labels, *(cell for row in cells for cell in row)]
    lines = 1 + max(text.count("\n") for text in tall)
    ax = page.new_axes(ax, 1.4 + marks.height_of(["\n" * (lines - 1)] * len(labels), 0.42))
    log, beyond = _draw(ax, compared)
    marks.row_axis(ax, labels)
    if any(each.at for each in compared):
        marks.numbered_axis(ax, language)
    past = pasts[0] if alike else say("implied here", language)
    head = say("earlier", language, then=past).replace(", ", ",\n") if alike else past
    heads = [(head, page.IMPLIED), (say("now", language), page.PRINTED)]
    inks = [page.INKS[page.DOUBT] if none else page.INK for none in none_fits]
    heads.append((say("change", language), ""))
    # One unit is said below; several stand each beside its numbers.
    several = len({*drawn["unit"]}) > 1
    heads += [(say("counted in", language), "")] if several else []
    marks.columns(ax, heads, [row[: len(heads)] for row in cells], inks)
    axis = say("logarithmic", language) if log else ""
    axis += say("index", language) if drawable.any() else ""
    axis += say("beyond scale", language, count=beyond) if beyond else ""
    if not several and drawn["unit"].iloc[0]:
        axis = f"{page.units_line(drawn['unit'], language)}\n{axis}".rstrip()
    if unshown:
        axis += "\n" + say("unshown", language, count=unshown)
    rows = []
    for each in compared:
        before = f"{each.before} {say('earlier', language, then=each.past)}"
        said = [before if each.at else each.before, f"{each.now} {say('now', language)}"]
        rows.append(page.row_in_words(each.name, [*said, each.change], language))
    headline = _headline(compared, none_fits.to_numpy(), language)
    return page.finish(ax, extract, drawn, language, headline=headline, axis=axis, rows=rows)


class _Compared(NamedTuple):
    """A figure beside its value then, in words and on the scale where that is 100."""

    name: str
    past: str  # "a year earlier"
    before: str
    now: str
    change: str
    unit: str
    difference: Bounds
    growth: float  # in percent; NaN where the change is not printed so
    at: tuple[Bounds, Bounds] | None  # then and now; None where no value then can be told


_LEAST_YEAR = 360  # days


def _past(row: Any, language: Language) -> str:
    end, end_then = row["as_of"], row["prior_as_of"]
    months = 12 * (end.year - end_then.year) + end.month - end_then.month  # NaN where unknown
    part = (end - row["period_start"]).days < _LEAST_YEAR  # False where one is not known
    return then(row["against"], months, language, part=part)


_Scales = dict[str, tuple[float, str]]


def _scales(table: pd.DataFrame, units: pd.Series, language: Language) -> _Scales:
    """What the numbers in each unit are counted in, then and now alike: one scale a column."""
    ends = [
        table[[f"{of}_low", f"{of}_high"]].set_axis(["low", "high"], axis=1) for of in _THEN_NOW
    ]
    every = pd.concat(ends).assign(unit=[*units] * 2).dropna()
    return {
        str(unit): scale_of([Bounds.of(row) for _, row in of.iterrows()], language)
        for unit, of in every.groupby("unit")
    }


_THEN_NOW = "prior", "current"


def _compared(
    extract: Extract,
    name: str,
    row: Any,
    past: str,
    fits: bool,
    none: bool,
    scales: _Scales,
    language: Language,
) -> _Compared:
    figure: Any = extract.figures.loc[row.name]
    unit = str(figure["unit"])
    turned = _turned(extract, str(row.name), row["against"])
    prior, current = Bounds.of(row, "prior"), Bounds.of(row, "current")
    at, growth = None, np.nan
    before = say("cannot be told", language)
    if none:
        before = f"{marks.SIGNS[page.DOUBT]} {say('none fits', language)}"
    if fits:
        middle = (prior.low + prior.high) / 2
        at = prior / middle * 100, current / middle * 100
        # By absolute numbers, or points, rows of several units and sizes are in no order.
        in_percent = turned["measure"] == "change" and not is_share(unit)
        growth = (at[1].low + at[1].high) / 2 - 100 if in_percent else np.nan
        before = written(prior, language, unit, scale=scales.get(unit))
        if row["as_cut"]:
            before = say("if cut off", language, value=before)
    return _Compared(
        name,
        past,
        before,
        marks.as_printed(figure, language, scales.get(unit)),
        _change_in_words(turned, language),
        unit,
        Bounds.of(row, "difference"),
        growth,
        at,
    )


def _draw(ax: Axes, compared: Sequence[_Compared]) -> tuple[bool, int]:
    """Then and now as rows, and an arrow from one to the other.

    Gives whether the scale is logarithmic, and how many rows go beyond it: few that are far from
    all others would press these together.
    """
    both = [each.at or (Bounds(np.nan, np.nan),) * 2 for each in compared]
    ends = np.array([[end for of in pair for end in (of.low, of.high)] for pair in both])
    ends[~np.isfinite(ends)] = np.nan
    beyond = _beyond(ends)
    kept = ends[~beyond]
    known = kept[~np.isnan(kept)]
    log = len(known) > 0 and bool(known.min() > 0 and known.max() / known.min() > _FAR)
    most = float(known.max()) * 1.1 if len(known) else 100.0
    if log:
        ax.set_xscale("log")
    for y, each in enumerate(compared):
        if each.at is None:
            continue
        before, now = each.at
        if not beyond[y] or before.high - before.low < np.ptp(known):
            marks.bar_of_bounds(ax, y, before.low, before.high, most, page.IMPLIED)
        if not beyond[y]:
            marks.bar_of_bounds(ax, y, now.low, now.high, most, page.PRINTED)
    ax.margins(x=0.12)
    if not len(known):
        ax.set_xticks([])
    _draw_arrows(ax, compared, most)
    return log, int(beyond.sum())


def _beyond(ends: Any) -> Any:
    """Which rows reach many times as far from 100 as nearly all others do."""
    with np.errstate(all="ignore"):
        reach = np.nan_to_num(np.abs(ends - 100)).max(axis=1)
    told = np.sort(reach[reach > 0])
    if len(told) < _MANY:
        return reach < 0
    return reach > _OUTLYING * told[-1 - len(told) // _MANY]


_MANY = 6  # rows, of which one may lie beyond the scale
_OUTLYING = 5.0  # times as far as the others


def _draw_arrows(ax: Axes, compared: Sequence[_Compared], most: float) -> None:
    """From then to now, where there is room: between marks that touch it would point backwards.

    To what lies beyond the scale, as far as its edge.
    """
    edges = ax.get_xlim()  # now that all is drawn, how far apart things are on the page
    on_page = ax.transScale + ax.transLimits
    arrow = {"arrowstyle": "-|>", "color": page.QUIET, "lw": 1.2, "shrinkA": 6, "shrinkB": 5}
    for y, each in enumerate(compared):
        if each.at is None:
            continue
        then, now = (np.clip((at.low + min(at.high, most)) / 2, *edges) for at in each.at)
        (start, _), (end, _) = on_page.transform([(then, y), (now, y)])
        if abs(end - start) > _ROOM:
            ax.annotate("", (now, y), (then, y), arrowprops=arrow)


_ROOM = 0.1  # of the axis: some eleven points, which the marks and the head take


def _headline(compared: Sequence[_Compared], none: Any, language: Language) -> str:
    """What rose and what fell; of few figures, each by how much."""
    told = [each for each in compared if each.at]
    if not told:
        return "\n".join(
            say("whole of none", language, name=each.name, then=each.past)
            for each in compared[:_FEW]
        )
    fell = [each for each in told if each.difference.high < 0]
    rose = [each for each in told if each.difference.low > 0]
    untold = len(compared) - len(told)
    rest = say("no value then", language, count=untold) if untold else ""
    if len(told) <= _FEW:
        lines = [_moved(each, language) for each in told]
        if untold > 1:
            lines[-1] += rest
        elif untold:
            (n,) = (n for n, each in enumerate(compared) if each.at is None)
            phrase = "whole of none" if none[n] else "no value of"
            lines.append(say(phrase, language, name=compared[n].name, then=compared[n].past))
        return "\n".join(lines)
    pasts = {each.past for each in told}
    past = pasts.pop() if len(pasts) == 1 else say("what it is against", language)
    counts: dict[str, Any] = {"fell": len(fell), "rose": len(rose), "all": len(told), "then": past}
    if not fell and not rose:
        headline = say("none sure", language, **counts)
        return headline[0].upper() + headline[1:] + rest
    every = {len(fell): "all fell", len(rose): "all rose"}
    headline = say(every.get(len(told), "fell and rose"), language, **counts)
    if unsure := len(told) - len(fell) - len(rose):
        headline += say("direction open", language, count=unsure)
    if not any(np.isnan(each.growth) for each in told):
        least, most = (pick(told, key=lambda each: each.growth) for pick in (min, max))
        values = {"least": least.change, "least_name": least.name}
        values |= {"most": most.change, "most_name": most.name}
        headline += say("span", language, **values)
    return headline + rest


def _moved(each: _Compared, language: Language) -> str:
    """By how much a figure is more or fewer than then."""
    difference = each.difference
    kind = "fewer" if difference.high < 0 else "more" if difference.low > 0 else "either"
    value = written(-difference if kind == "fewer" else difference, language)
    value += f" {names_of([differences_in(each.unit)], language)}"
    return say(kind, language, name=each.name, value=value, then=each.past)


def _turned(extract: Extract, figure: str, against: str) -> Any:
    """The printed change of a figure, or where there is none in percent, its difference."""
    relations = extract.relations
    is_current = (relations["figure"] == figure) & (relations["role"] == "current")
    of = relations[relations["relation"].isin(relations.loc[is_current, "relation"])]
    moved = extract.figures.loc[of.loc[of["role"].isin(["change", "difference"]), "figure"]]
    return moved[moved["against"] == against].sort_values("measure").iloc[0]


def _change_in_words(turned: Any, language: Language) -> str:
    if language == "zh":
        return marks.as_printed(turned, language)
    unit = unit_of(turned["unit"])
    return f"{turned['value']:+,.10g}{unit.suffix or ' ' + unit.en}".replace("-", "−")
