"""One indicator over many issues: as first printed, and as later issues imply it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ..bounds import Bounds
from ..extract import Extract
from ..extract.model import together
from ..units import Language, names_of
from ..views.numbers import written
from ..years import series as series_of
from ..years.indicators import names_in
from ..years.prior import period_name
from . import marks, page
from .words import say


@page.styled
def series(
    extracts: Sequence[Extract],
    indicators: pd.DataFrame | None,
    indicator: str,
    part: str | None = None,
    *,
    language: Language = "en",
    ax: Axes | None = None,
) -> Axes:
    """An indicator over the years: what was first printed, and what the issue a year later implies.

    `extracts` and `indicators` as for `analysis.series`. `part` is the part of the year drawn
    ("Q1", "H1", "" for whole years): the one most often printed if not given. A line leads from
    one print to the next year's where both are there and count the same; years without a print
    are shaded, a break of definition is a dashed line.

    Raises `KeyError` for an unknown indicator, `ValueError` for a part that no issue prints.
    """
    of = issues(extracts, indicators, [indicator], language)
    table = part_of(of.table, part)
    ax = page.new_axes(ax, 4.4)
    _draw(ax, table, language, 14)
    ax.legend(handles=_handles(table, language), loc="best")
    headline = judged(table, _named(of, table, indicator), language)
    axis, rows = _axis(table, language), _rows(table, language)
    return page.finish(
        ax, of.extract, of.figures, language, headline=headline, axis=axis, rows=rows
    )


@page.styled
def multiples(
    extracts: Sequence[Extract],
    indicators: pd.DataFrame | None,
    which: Sequence[str],
    part: str | None = None,
    *,
    language: Language = "en",
) -> list[Axes]:
    """Several indicators, each as by `series` in a panel of its own: one for each of `which`.

    All are of one part of the year; each has a scale of its own, from zero. Raises as `series`.
    """
    of = issues(extracts, indicators, which, language)
    table = part_of(of.table, part)
    rows = -(-len(which) // 2)
    width = plt.rcParams["figure.figsize"][0]
    figure = plt.figure(FigureClass=page.Chart, figsize=(width, 1.2 + 2.1 * rows))
    panels = list(figure.subplots(rows, 2, squeeze=False).flat)
    for panel in panels[len(which) :]:
        panel.set_axis_off()
    said = []
    years = table["year"].min() - 0.6, table["year"].max() + 0.6
    for panel, indicator in zip(panels, which, strict=False):
        own = table[table["indicator"] == indicator]
        _draw(panel, own, language, 7, from_zero=True)
        panel.set_xlim(*years)
        unit = names_of(own["unit"].unique(), language)
        panel.set_title(f"{of.names[indicator]} ({unit})", fontsize=9.5, pad=4)
        panel.tick_params(labelsize=8)
        said.append(page.row_in_words(of.names[indicator], _rows(own, language), language))
    # Below the last panel, where no data can be; it may be wider than that.
    below: dict[str, Any] = {"loc": "upper right", "bbox_to_anchor": (1, -0.13), "ncols": 3}
    legend = panels[-1].legend(
        handles=_handles(table, language), fontsize=8, borderaxespad=0, columnspacing=1, **below
    )
    legend.set_in_layout(False)
    headline = judged(table, say("indicators", language, count=len(which)), language)
    page.finish(panels[0], of.extract, of.figures, language, headline=headline, axis="", rows=said)
    small: dict[str, Any] = {"fontsize": 8.5, "color": page.QUIET}
    # Below the legend, which begins in this panel.
    note = say("shaded or dashed", language)
    panels[2 * (rows - 1)].set_xlabel(note, loc="left", labelpad=22, **small)
    return panels[: len(which)]


def _named(of: Issues, table: pd.DataFrame, indicator: str) -> str:
    part = part_named(table["period"].iloc[0], table["year"].iloc[0])
    return of.names[indicator] + (f" ({part})" if part else "")


def _axis(table: pd.DataFrame, language: Language) -> str:
    units = names_of(table["unit"].dropna().unique(), language)
    unprinted = say("shaded", language) if table["printed_low"].isna().any() else ""
    breaks = [f"{day:%Y-%m-%d}" for day in _breaks(table)]
    dashed = say("dashed", language, days=", ".join(breaks)) if breaks else ""
    return say("unit", language, units=units) + unprinted + dashed


def _handles(table: pd.DataFrame, language: Language) -> list[Any]:
    kinds = {"first print": page.PRINTED, "implied": page.IMPLIED, "another": page.DOUBT}
    if not (table["base"] == "revised").any():
        del kinds["another"]
    return [marks.handle(colour, say(kind, language)) for kind, colour in kinds.items()]


def _rows(table: pd.DataFrame, language: Language) -> list[str]:
    """Each period in words: printed, and implied a year later."""
    rows = []
    for _, row in marks.each_row(table):
        said = [
            f"{marks.range_of(row, language, side)} {say(what, language)}"
            for side, what in (("printed", "now"), ("implied", "implied"))
            if pd.notna(row[f"{side}_low"])
        ]
        said = said or [say("no print", language)]
        rows.append(page.row_in_words(row["period"], said, language))
    return rows


def _breaks(table: pd.DataFrame) -> list[pd.Timestamp]:
    """The first days of definitions other than that of the first year drawn."""
    days = table.sort_values("year")["since"]
    return [day for day in days.dropna().unique() if day != days.iloc[0]]


def _draw(
    ax: Axes, table: pd.DataFrame, language: Language, ticks: int, *, from_zero: bool = False
) -> None:
    """One indicator on its axes, with about so many years named."""
    table = table.sort_values("year").reset_index(drop=True)
    ends = table[["printed_low", "printed_high", "implied_low", "implied_high"]].to_numpy(float)
    most = float(np.nanmax(np.where(np.isfinite(ends), ends, np.nan)))
    marks.numbered_axis(ax, language, upright=True)
    least = float(np.nanmin(ends))
    for year in table.loc[table["printed_low"].isna(), "year"]:
        ax.axvspan(year - 0.5, year + 0.5, color=page.QUIET, alpha=0.1, lw=0, zorder=0)
    for day in _breaks(table):
        first = table.loc[table["since"] == day, "year"].min()
        ax.axvline(first - 0.5, color=page.QUIET, linestyle="--", linewidth=1)
    bottom = 0.0 if 0 <= least < (most if from_zero else most / 3) else least
    for before, after in zip(table.index[:-1], table.index[1:], strict=True):
        two = table.loc[[before, after]]
        alike = len(two["since"].unique()) == 1
        if two["year"].diff().iloc[1] == 1 and alike and two["printed_low"].notna().all():
            low, high = two["printed_low"], two["printed_high"].replace(np.inf, np.nan)
            ax.fill_between(two["year"], low, high, color=page.PRINTED, alpha=0.25, lw=0)
            ax.plot(two["year"], (low + high.fillna(low)) / 2, color=page.PRINTED, linewidth=1.5)
    for _, row in marks.each_row(table):
        x = float(row["year"])
        if row["base"] == "revised" and np.isfinite(row["implied_high"]):
            start = (row["printed_low"] + row["printed_high"]) / 2
            end = (row["implied_low"] + row["implied_high"]) / 2
            arrow = {"arrowstyle": "-|>", "color": page.DOUBT, "lw": 1, "shrinkB": 4}
            if abs(end - start) > (most - bottom) / 8:  # a shorter one would be all head
                ax.annotate("", (x, end), (x, start), arrowprops=arrow)
        # What is printed lies on what is implied, and leaves its rim to be seen.
        later = page.DOUBT if row["base"] == "revised" else page.IMPLIED
        sides = (("implied", later, 9.0), ("printed", page.PRINTED, 6.0))
        for side, colour, size in sides:
            low, high = row[f"{side}_low"], row[f"{side}_high"]
            if pd.notna(low):
                marks.bar_of_bounds(ax, x, low, high, most * 1.05, colour, True, size)
    if bottom == 0:
        ax.set_ylim(0, max(ax.get_ylim()[1], most * _ABOVE))
    ax.margins(x=0.04)
    every = range(int(table["year"].min()), int(table["year"].max()) + 1)
    step = 1 + len(every) // ticks
    ax.set_xticks([year for year in every if (every[-1] - year) % step == 0])


_ABOVE = 1.07  # of the highest: half a mark's height on the lowest panel there is


@page.styled
def quarters(
    extracts: Sequence[Extract],
    indicators: pd.DataFrame | None,
    indicator: str,
    *,
    language: Language = "en",
    ax: Axes | None = None,
) -> Axes:
    """What each quarter added, where issues print the year to date: differences, in bounds.

    The first half-year less its first quarter is the second quarter. What covers more than a
    quarter, because an issue is missing, is drawn as wide as it is; all is for each month, so
    that unlike lengths can be compared. Bounds are the height of a bar, and a thin exact one a
    line. What no issue at hand prints is shaded.

    Raises `KeyError` for an unknown indicator, `ValueError` where there is nothing to add up.
    """
    of = issues(extracts, indicators, [indicator], language)
    table = of.table[of.table["added_low"].notna() & (of.table["as_of"] > of.table["added_from"])]
    # A quarter printed by itself goes before what the difference gives.
    table = table.sort_values(["added_from", "as_of", "period_start"])
    table = table.drop_duplicates(["added_from", "as_of"], keep="last")
    if table.empty:
        raise ValueError(f"{indicator}: no issue prints a total of a stated period")
    ax = page.new_axes(ax, 4.2)
    start, end = (_year(day) for day in (table["added_from"], table["as_of"] + pd.Timedelta("1D")))
    months = ((end - start) * 12).round()
    added = Bounds.of(table, "added") / months
    marks.numbered_axis(ax, language, upright=True)
    for x, width, low, high in zip(start, end - start, added.low, added.high, strict=True):
        middle = (low + high) / 2
        ax.bar(x, middle, width, align="edge", color=page.IMPLIED, alpha=0.25, lw=0)
        ax.bar(x, high - low, width, low, align="edge", color=page.IMPLIED, alpha=0.9, lw=0)
        ax.plot([x, x + width], [middle, middle], color=page.INKS[page.IMPLIED], linewidth=2)
    years = range(int(start.min()), int(np.ceil(end.max())))
    gaps = list(_uncovered(start, end, years[-1] + 1))
    for gap in gaps:
        ax.axvspan(*gap, color=page.QUIET, alpha=0.1, lw=0, zorder=0)
    for year in years[1:]:
        ax.axvline(year, color=page.QUIET, linewidth=0.8, alpha=0.5, zorder=1)
    ax.grid(visible=False, axis="x")
    ax.set_xticks([year + 0.5 for year in years], [str(year) for year in years])
    ax.set_xlim(years[0], years[-1] + 1)
    ax.set_ylim(0, float(added.high[np.isfinite(added.high)].max()) * 1.06)
    names = [period_name(a, b) for a, b in zip(table["added_from"], table["as_of"], strict=True)]
    # A third of a count of persons is no precision that was printed.
    whole = zip(added.low.round(), added.high.round(), strict=True)
    said = [written(Bounds(*ends), language) for ends in whole]
    rows = [
        page.row_in_words(name, [text], language) for name, text in zip(names, said, strict=True)
    ]
    most, least = int(np.argmax(added.low)), int(np.argmin(added.high))
    values: dict[str, Any] = {"name": of.names[indicator], "most": said[most], "least": said[least]}
    values |= {"when": names[most], "then": names[least]}
    units = names_of(table["unit"].unique(), language)
    headline, axis = say("a month", language, **values), say("each month", language, units=units)
    axis += say("shaded", language) if gaps else ""
    return page.finish(
        ax, of.extract, of.figures, language, headline=headline, axis=axis, rows=rows
    )


def _uncovered(start: pd.Series, end: pd.Series, last: float) -> Iterator[tuple[float, float]]:
    """From when to when there is nothing, from the start of the first year on."""
    covered = np.floor(start.min())
    ends = [*zip(start, end, strict=True), (last, last)]
    for begins, until in sorted(ends):
        if begins > covered + 1e-9:
            yield covered, begins
        covered = max(covered, until)


def _year(days: pd.Series) -> pd.Series:
    """A day as a number of years, every month as long."""
    of_month = (days.dt.day - 1) / days.dt.days_in_month
    years: pd.Series = days.dt.year + (days.dt.month - 1 + of_month) / 12
    return years


# --- What charts over many issues share -----------------------------------------------------------


class Issues(NamedTuple):
    """The series of some indicators, their names, and all issues as one source."""

    table: pd.DataFrame
    names: dict[str, str]
    extract: Extract
    figures: pd.DataFrame


def issues(
    extracts: Sequence[Extract],
    indicators: pd.DataFrame | None,
    which: Sequence[str] | None,
    language: Language,
    against: str = "year earlier",
) -> Issues:
    """Raises `KeyError` for an indicator that is not there, else as `analysis.series`."""
    table = series_of(extracts, indicators, against).reset_index()
    of = list(table["indicator"].unique()) if which is None else list(which)
    absent = [name for name in of if name not in set(table["indicator"])]
    if absent:
        raise KeyError(f"no such indicator: {', '.join(absent)}")
    order = pd.CategoricalDtype(of, ordered=True)
    table = table[table["indicator"].isin(of)].astype({"indicator": order})
    table = table.sort_values("indicator", kind="stable").reset_index(drop=True)
    names = {name: name for name in of} | names_in(indicators, language)
    # The issues as one: who printed them, from when to when, and the last day they cover.
    used = {*table["issue"], *table["implied_by"]}
    drawn = [each for each in extracts if each.name in used]
    figures = pd.concat([each.figures[["as_of", "status"]] for each in drawn])
    figures = figures.assign(as_of=table.loc[table["issue"] != "", "as_of"].max())
    one = replace(extracts[-1], source=together(drawn, language))
    return Issues(table, {name: names[name] for name in of}, one, figures)


def part_of(table: pd.DataFrame, part: str | None) -> pd.DataFrame:
    """The rows of one part of the year ("Q1", "" for the whole); of the one most printed if None.

    With a column `year`. Raises `ValueError` for a part that no issue prints.
    """
    dated = table[table["period_start"].notna() & table["as_of"].notna()]
    year = dated["period_start"].dt.year
    named = zip(dated["period"], year, strict=True)
    parts = pd.Series([part_named(*pair) for pair in named], dated.index, dtype="object")
    printed = parts[dated["printed_low"].notna()]
    if part is None and len(printed):
        part = printed.value_counts(sort=True).index[0]
    if part is None or not (printed == part).any():
        raise ValueError(f"no issue prints the part of the year {part!r}")
    return dated.assign(year=year)[parts == part]


def part_named(period: str, year: int) -> str:
    """The part of the year in the name of a period: "Q1", "03", "" for the whole year."""
    return period.removeprefix(str(year)).lstrip(" -")


def judged(table: pd.DataFrame, name: str, language: Language) -> str:
    """What the later issues say of the first prints, as a headline."""
    of = table["base"].isin(["revised", "within print"])
    higher = int((table["revision_low"] > 0).sum())
    revised = int((table["base"] == "revised").sum())
    phrase = "bases" if revised else "bases kept" if of.any() else "no bases"
    counts = {"judged": int(of.sum()), "higher": higher, "revised": revised}
    return say(phrase, language, name=name, **counts)
