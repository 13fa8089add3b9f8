"""Charts of printed figures: each takes an extract, draws its uncertainty and returns Axes.

One look for all: `figures.mplstyle` and a Chinese font of our own, registered when this module is
first used. Every chart has a headline that is computed, and its unit, source and as-of date under
the axis; `language` is "en" or "zh". The figure carries an alternative text, computed from the
same data, into the notebook's output (and so into the report).

Exact figures are dots; what is only bounded is a bar from low to high, never a bare point.
"""

from __future__ import annotations

import io
import math
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import wraps
from importlib.resources import files
from typing import Any, Literal, ParamSpec, TypeVar

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import LogLocator, NullLocator

from .audit import audit as audited
from .bounds import Bounds
from .comparison import compare
from .comparison import year_over_year as compared
from .extract import Extract
from .panel import OUTCOMES

Language = Literal["en", "zh"]
P = ParamSpec("P")
R = TypeVar("R")

_FOLDER = files("analysis")
STYLE = str(_FOLDER / "figures.mplstyle")
font_manager.fontManager.addfont(str(_FOLDER / "fonts" / "FiguresSansSC-Regular.ttf"))

# Loaded now, outside any style context: leaving one would undo the setting by which a notebook's
# backend shows every figure, and only the first would be shown.
plt.switch_backend(plt.get_backend())
# The style's colours, by what they are for.
with plt.style.context(STYLE):
    MAIN, ACCENT, QUIET, LIGHT, *_ = plt.rcParams["axes.prop_cycle"].by_key()["color"]

# What charts say, in both languages.
PHRASES: dict[str, tuple[str, str]] = {
    "source": ("Source: {publisher}, {published}", "来源：{publisher}，{published}"),
    "as of": ("as of {dates}", "截至{dates}"),
    "no date": ("date not stated", "日期未注明"),
    "in part": ("{dates} or not stated", "{dates}或未注明"),
    "unit": ("Unit: {units}", "单位：{units}"),
    "index": ("A year earlier = 100", "上年同期 = 100"),
    "earlier": ("a year earlier, implied", "上年同期（推算）"),
    "now": ("printed", "刊出"),
    "fewer": ("{name}: {value} fewer than a year earlier", "{name}：比上年同期减少 {value}"),
    "more": ("{name}: {value} more than a year earlier", "{name}：比上年同期增加 {value}"),
    "either": ("{name}: {value} against a year earlier", "{name}：比上年同期变动 {value}"),
    "precision": (
        "{exact} of {all} figures are exact, {bounded} only within bounds",
        "{all} 个数字中 {exact} 个精确，{bounded} 个只知范围",
    ),
    "imprecise": (
        "All {all} figures are known only within bounds",
        "{all} 个数字都只知范围",
    ),
    "adds up": (
        "{agree} of {all} printed claims agree with their own parts",
        "{all} 项刊出的说法中有 {agree} 项与自身数字相符",
    ),
    "does not": ("; not so: {names}", "；不符的是：{names}"),
    "deviation": (
        "Recomputed (dot or bar) against printed (pale), percent of the printed value",
        "重算值（点或条）与刊出值（浅色）之差，占刊出值的百分比",
    ),
    "both": ("printed {printed}, recomputed {again}", "刊出 {printed}，重算 {again}"),
    "at most": ("parts {again} of {printed}", "{printed} 中的 {again}"),
    "of total": ("A dot is one of {total}: {name}", "每个圆点是 {total} 个{name}之一"),
    "reach": ("{name}: {value} of {total} ({share})", "{name}：{total} 个中 {value} 个（{share}）"),
    "open": ("Left open", "未办结"),
    "left open": (
        "{value} of {total} left open ({share})",
        "{total} 中有 {value} 未办结（{share}）",
    ),
    "margin": (
        "A random sample of {answers} answers would give {percent} within {interval}",
        "若为随机样本，{answers} 份答卷时 {percent} 的区间为 {interval}",
    ),
    "undated": ("day not stated", "刊出日期未注明"),
    "slopes": (
        "Logarithmic: the same slope is the same growth. Unit: {units}",
        "对数刻度：斜率相同即增幅相同。单位：{units}",
    ),
    "grew": ("{name}: {growth}", "{name}：{growth}"),
    "grew between": (
        "from {growth} ({name}) to {most} ({most_name})",
        "从{growth}（{name}）到{most}（{most_name}）",
    ),
    "within": ("in {days} days: ", "{days} 天："),
    "unlike": (
        "{count} measures, kept apart: only figures within a group are alike",
        "{count} 种口径，分组列出：只有同组数字可比",
    ),
    "answers": ("Number of answers, had they been a random sample", "答卷数（假设为随机样本）"),
    "found": (
        "{found} of {all} claims with a slip are contradicted, {first} with that slip named first",
        "{all} 项含差错的说法中有 {found} 项判为不符，其中 {first} 项首列原差错",
    ),
    "claims": ("Claims with a slip of that kind, by relation", "含该类差错的说法（按关系类型）"),
}
UNITS_EN = {
    "起": "cases",
    "件": "items",
    "个": "number",
    "人": "persons",
    "人次": "attendances",
    "路": "feeds",
    "元": "yuan",
    "次": "times",
    "份": "documents",
    "批次": "batches",
    "案": "cases",
    "县": "counties",
    "名": "persons",
}
VERDICTS_ZH = {
    "agrees": "相符",
    "agrees if truncated": "截断时相符",
    "contradicts": "不符",
    "cannot tell": "无法判断",
}
OUTCOMES_ZH = dict(
    zip(OUTCOMES, ("首列原差错", "列有原差错", "未列原差错", "未判不符"), strict=True)
)
KINDS_ZH = {"change": "增减", "difference": "差额", "ratio": "比率", "sum": "合计", "part": "其中"}
UNITS_ZH = {"percent": "%", "percentage point": "百分点"}


class Chart(Figure):
    """A figure that shows itself as a PNG with its alternative text."""

    alt = ""

    def _repr_png_(self) -> tuple[bytes, dict[str, str]]:
        """The picture, and what a notebook keeps beside it: no date and no version, so that the
        same chart is the same file."""
        picture = io.BytesIO()
        with plt.style.context(STYLE):
            self.savefig(picture, format="png", metadata={"Software": None, "Title": self.alt})
        return picture.getvalue(), {"alt": self.alt}


def _show_charts_as_they_are() -> None:
    """In a notebook, keep matplotlib's inline backend from drawing charts its own way.

    It has a PNG formatter for every kind of figure, which knows nothing of alternative texts.
    """
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is not None:
        shell.display_formatter.formatters["image/png"].for_type(Chart, Chart._repr_png_)


_show_charts_as_they_are()


def _styled(draw: Callable[P, R]) -> Callable[P, R]:
    @wraps(draw)
    def styled(*args: P.args, **kwargs: P.kwargs) -> R:
        with plt.style.context(STYLE):
            return draw(*args, **kwargs)

    return styled


def _say(phrase: str, language: Language, **values: object) -> str:
    return PHRASES[phrase][language == "zh"].format(**values)


def _axes(ax: Axes | None, height: float) -> Axes:
    if ax is None:
        width = plt.rcParams["figure.figsize"][0]
        figure = plt.figure(FigureClass=Chart, figsize=(width, height))
        ax = figure.add_subplot()
    return ax


def _is_point(low: float, high: float) -> bool:
    """Whether bounds are one number, but for rounding in the last bits."""
    return low == high or high - low <= 1e-9 * min(abs(low), abs(high))


def _text(bounds: Bounds, language: Language, unit: str = "") -> str:
    """Scalar bounds in words, with as many decimals as tell the ends apart: "7,679–7,687"."""
    width = bounds.high - bounds.low
    if _is_point(bounds.low, bounds.high):
        decimals = 0 if float(bounds.low).is_integer() else 2
    else:
        decimals = max(0, 1 - round(math.log10(width))) if math.isfinite(width) else 0
    text = f"{bounds:,.{decimals}f}" + ("%" if unit == "percent" else "")
    return text.replace(" to ", "至") if language == "zh" else text


def _rows(table: pd.DataFrame) -> Iterator[tuple[str, Any]]:
    return ((str(key), row) for key, row in table.iterrows())


def _names(extract: Extract, language: Language) -> pd.Series:
    return extract.figures[f"name_{language}"]


def _row(name: str, said: Iterable[str], language: Language) -> str:
    """A row of a chart in words, for the alternative text."""
    colon, comma = ("：", "，") if language == "zh" else (": ", ", ")
    return name + colon + comma.join(said)


def _wrapped(text: str, language: Language, width: int) -> str:
    return "\n".join(textwrap.wrap(text, width // 2 if language == "zh" else width)) or text


def _unit(units: Iterable[str], language: Language) -> str:
    names = UNITS_EN if language == "en" else UNITS_ZH
    return ", ".join(dict.fromkeys(names.get(unit, unit) for unit in units))


def _source(extract: Extract, figures: pd.DataFrame, language: Language) -> str:
    """The line under a chart: who printed it, when, and as of when the figures are."""
    parts = []
    if (source := extract.source) is not None:
        publisher = source.publisher
        if language == "en" and source.publisher_en:
            publisher = f"{source.publisher_en} ({publisher})"
        undated = source.published == "not stated"
        published = _say("undated", language) if undated else source.published
        parts.append(_say("source", language, publisher=publisher, published=published))
    dates = figures["as_of"]
    if dates.isna().all():
        parts.append(_say("no date", language))
    else:
        stated = ", ".join(f"{date:%Y-%m-%d}" for date in sorted(dates.dropna().unique()))
        if dates.isna().any():
            stated = _say("in part", language, dates=stated)
        parts.append(_say("as of", language, dates=stated))
    return ("；" if language == "zh" else "; ").join(parts)


def _finish(
    ax: Axes,
    extract: Extract,
    figures: pd.DataFrame,
    language: Language,
    *,
    headline: str,
    axis: str,
    rows: Iterable[str],
    beside: Iterable[tuple[Extract, pd.DataFrame]] = (),
) -> Axes:
    """Headline above, unit and source below, and the alternative text: headline, rows, source.

    `beside` are further extracts that the chart draws from, each with its figures.
    """
    drawn = [(extract, figures), *beside]
    source = "\n".join(dict.fromkeys(_source(*each, language) for each in drawn))
    title = "\n".join(_wrapped(line, language, 80) for line in headline.split("\n"))
    small: dict[str, Any] = {"fontsize": 8.5, "color": "#555b66"}
    if isinstance(ax.figure, Chart):
        # Over the whole width: long row names leave the axes little of it.
        ax.figure.suptitle(title, x=0.01, ha="left", fontsize=12)
        ax.set_xlabel(axis, loc="left", **small)
        ax.figure.supxlabel(source, x=0.01, ha="left", **small)
        stop, comma = ("。", "；") if language == "zh" else (". ", "; ")
        said = [headline.replace("\n", comma), comma.join(rows), source.replace("\n", stop)]
        ax.figure.alt = stop.join(said)
        # When a notebook's cell ends, pyplot draws every stale figure, before the notebook draws it
        # anew to show it. A later change of the chart makes it stale again.
        ax.figure.stale = False
    else:  # one of several on the analyst's own figure
        # Axes made elsewhere have a font of their own, which may lack Chinese.
        family = plt.rcParams["font.family"]
        ax.set_title(title, fontfamily=family)
        ax.set_xlabel(f"{axis}\n{source}", loc="left", fontfamily=family, **small)
        ax.tick_params(labelfontfamily=family)
    return ax


def _row_axis(ax: Axes, labels: Sequence[str]) -> None:
    ax.set_yticks(range(len(labels)), labels)
    ax.set_ylim(len(labels) - 0.5, -0.5)
    ax.grid(visible=False, axis="y")
    ax.grid(visible=True, axis="x")
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)


def _bar_of_bounds(
    ax: Axes, at: float, low: float, high: float, end: float, colour: str, upright: bool = False
) -> None:
    """A dot where exact, else a bar with capped ends; an open end is an arrow up to `end`.

    Along the row `at`, or `upright` above the place `at`.
    """

    def place(value: float) -> tuple[float, float]:
        return (at, value) if upright else (value, at)

    if _is_point(low, high):
        x, y = place(low)
        ax.plot([x], [y], "o", color=colour, markersize=7, zorder=3)
        return
    if math.isinf(high):
        arrow = {"arrowstyle": "->", "color": colour, "lw": 2}
        ax.annotate("", place(end), place(low), arrowprops=arrow)
        high = low
    x, y = place((low + high) / 2)
    spread: dict[str, Any] = {"yerr" if upright else "xerr": [(high - low) / 2]}
    ax.errorbar([x], [y], fmt="none", ecolor=colour, elinewidth=5, capsize=5, zorder=3, **spread)


@_styled
def year_over_year(
    extract: Extract,
    figures: Sequence[str] | None = None,
    *,
    language: Language = "en",
    ax: Axes | None = None,
) -> Axes:
    """Each figure with a printed change beside its implied value a year earlier.

    A row a figure (all with a nominal prior, or those named), on a scale where the middle of the
    implied prior is 100; the prior is drawn as its range, the numbers stand beside.

    Raises `KeyError` for a name without a printed change.
    """
    table = compared(extract)
    table = table[table["prior_low"].notna()] if figures is None else table.loc[list(figures)]
    named = extract.figures.loc[table.index]
    names = _names(extract, language)[table.index]
    ax = _axes(ax, 1.5 + 0.9 * len(table))
    rows, headlines = [], []
    for y, (figure, row) in enumerate(_rows(table)):
        middle = (row["prior_low"] + row["prior_high"]) / 2
        prior = [row["prior_low"] / middle * 100, row["prior_high"] / middle * 100]
        current = [row["current_low"] / middle * 100, row["current_high"] / middle * 100]
        arrow = {"arrowstyle": "-|>", "color": QUIET, "lw": 1.2, "shrinkA": 7, "shrinkB": 7}
        ax.annotate("", (sum(current) / 2, y), (sum(prior) / 2, y), arrowprops=arrow)
        _bar_of_bounds(ax, y, prior[0], prior[1], prior[0], QUIET)
        _bar_of_bounds(ax, y, current[0], current[1], current[0], MAIN)
        printed = _change_of(extract, figure)
        before, now = (
            _text(Bounds.of(row, "prior"), language),
            _text(Bounds.of(row, "current"), language),
        )
        falls = sum(current) < sum(prior)
        for x, value, what, right in (
            (sum(prior) / 2, before, _say("earlier", language), falls),
            (sum(current) / 2, now, _say("now", language), not falls),
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
            (0, 5),
            textcoords="offset points",
            ha="center",
            color=QUIET,
            fontsize=9,
        )
        difference = Bounds.of(row, "difference")
        kind = "fewer" if difference.high < 0 else "more" if difference.low > 0 else "either"
        value = _text(-difference if kind == "fewer" else difference, language)
        value += f" {_unit([str(named['unit'][figure])], language)}"
        headlines.append(_say(kind, language, name=names[figure], value=value))
        said = [f"{before} {_say('earlier', language)}", f"{now} {_say('now', language)}", printed]
        rows.append(_row(names[figure], said, language))
    _row_axis(ax, [_wrapped(name, language, 22) for name in names])
    ax.margins(x=0.4)  # room for the numbers beside
    return _finish(
        ax,
        extract,
        named,
        language,
        headline="\n".join(headlines),
        axis=_say("index", language),
        rows=rows,
    )


def _change_of(extract: Extract, figure: str) -> str:
    relations = extract.relations
    of = relations.loc[
        (relations["figure"] == figure) & (relations["role"] == "current"), "relation"
    ]
    change = relations.loc[
        relations["relation"].isin(of) & (relations["role"] == "change"), "figure"
    ].iloc[0]
    row = extract.figures.loc[change]
    return f"{row['value']:+g}%".replace("-", "−")


@_styled
def ranges(
    extract: Extract,
    figures: Sequence[str],
    *,
    log: bool = False,
    language: Language = "en",
    ax: Axes | None = None,
) -> Axes:
    """A set of figures with their bounds, a row each: dots where exact, bars where bounded.

    `log` puts counts of very different size on one scale. Raises `KeyError` for an unknown
    figure.
    """
    table = extract.figures.loc[list(figures)]
    names = _names(extract, language)[table.index]
    ax = _axes(ax, 1.3 + 0.42 * len(table))
    if log:
        ax.set_xscale("log")
        ax.xaxis.set_major_locator(LogLocator(numticks=6))
        ax.xaxis.set_major_formatter("{x:,.0f}")
        ax.minorticks_off()
    ends = table[["low", "high"]].replace(math.inf, np.nan).max(axis=1)
    end = float(ends.max()) * 1.3
    rows = []
    for y, (figure, row) in enumerate(_rows(table)):
        bounded = row["low"] < row["high"]
        _bar_of_bounds(ax, y, row["low"], row["high"], end, ACCENT if bounded else MAIN)
        text = row["reported"] if language == "zh" else _text(Bounds.of(row), language, row["unit"])
        x = end if math.isinf(row["high"]) else row["high"]
        ax.annotate(text, (x, y), (9, 0), textcoords="offset points", va="center", fontsize=9)
        rows.append(_row(names[figure], [text], language))
    _row_axis(ax, [_wrapped(name, language, 34) for name in names])
    if log:
        ax.margins(x=0.2)
    else:
        ax.set_xlim(0, end)
    exact = int((table["low"] == table["high"]).sum())
    counts = {"all": len(table), "exact": exact, "bounded": len(table) - exact}
    return _finish(
        ax,
        extract,
        table,
        language,
        headline=_say("precision" if exact else "imprecise", language, **counts),
        axis=_say("unit", language, units=_unit(table["unit"], language)),
        rows=rows,
    )


@_styled
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

    Raises `KeyError` for an unknown relation.
    """
    table = audited(extract)
    table = (
        table[table["verdict"] != "cannot tell"]
        if relations is None
        else table.loc[list(relations)]
    )
    roles = extract.relations[
        extract.relations["role"].isin(["total", "rate", "change", "difference"])
    ]
    result = roles.drop_duplicates("relation").set_index("relation")["figure"][table.index]
    printed_figures = extract.figures.loc[result]
    names = _names(extract, language)[result].set_axis(table.index)
    units = printed_figures["unit"].set_axis(table.index)
    alone = len(table) == 1
    ax = _axes(ax, 1.5 + 0.55 * len(table))
    rows = []
    for y, (relation, row) in enumerate(_rows(table)):
        printed, again = Bounds.of(row, "printed"), Bounds.of(row, "recomputed")
        middle = (printed.low + printed.high) / 2
        scale = (0.0, 1.0) if alone else (middle, 100 / abs(middle) if middle else 1.0)
        printed_at, again_at = (
            [(end - scale[0]) * scale[1] for end in (bounds.low, bounds.high)]
            for bounds in (printed, again)
        )
        agrees = row["verdict"] == "agrees"
        within = row["kind"] == "part" and agrees
        ax.plot(printed_at, [y, y], color=LIGHT, alpha=0.45, linewidth=16, solid_capstyle="butt")
        ax.plot([sum(printed_at) / 2], [y], "|", color=LIGHT, markersize=16, markeredgewidth=2)
        if not within:
            colour = MAIN if agrees else ACCENT
            _bar_of_bounds(ax, y, again_at[0], again_at[1], again_at[0], colour)
        texts = {
            "printed": _text(printed, language, units[relation]),
            "again": _text(again, language, units[relation]),
        }
        said = _say("at most" if within else "both", language, **texts)
        colour = "#333333" if agrees else ACCENT
        place: dict[str, Any] = {"xycoords": ("axes fraction", "data"), "va": "center"}
        ax.annotate(
            said.replace(", ", "\n").replace("，", "\n"),
            (1.02, y),
            fontsize=8.5,
            color=colour,
            **place,
        )
        verdict = row["verdict"] if language == "en" else VERDICTS_ZH[row["verdict"]]
        rows.append(_row(names[relation], [said, verdict], language))
    _row_axis(ax, [_wrapped(name, language, 24) for name in names])
    ax.margins(x=0.15)
    if alone:
        axis = _say("unit", language, units=_unit(units, language))
    else:
        ax.axvline(0, color=QUIET, linewidth=0.8, zorder=0)
        axis = _say("deviation", language)
    agree = table["verdict"] == "agrees"
    headline = (
        rows[0] if alone else _say("adds up", language, agree=int(agree.sum()), all=len(table))
    )
    if not alone and not agree.all():
        comma = "、" if language == "zh" else ", "
        headline += _say("does not", language, names=comma.join(names[~agree]))
    return _finish(ax, extract, printed_figures, language, headline=headline, axis=axis, rows=rows)


@_styled
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
    `ValueError` for one that is not exact, or above the total.
    """
    table = extract.figures.loc[list(figures)]
    whole: Any = extract.figures.loc[total]
    unfit = table.index[(table["low"] != table["high"]) | (table["high"] > whole["low"])]
    if len(unfit) or whole["low"] != whole["high"]:
        raise ValueError(f"not an exact count within {total}: {', '.join(unfit) or total}")
    names = _names(extract, language)
    count = int(whole["low"])
    across = math.ceil(math.sqrt(count * 1.5))
    down = math.ceil(count / across)
    dot = np.arange(count)
    ax = _axes(ax, 3.6)
    rows = []
    for n, (figure, row) in enumerate(_rows(table)):
        left = n * (across + 3)
        x, y, reached = dot % across + left, dot // across, dot < row["low"]
        ax.plot(x[reached], y[reached], "o", color=MAIN, markersize=7)
        ax.plot(x[~reached], y[~reached], "o", color=QUIET, markersize=7, fillstyle="none")
        share = f"{row['low'] / count:.0%}"
        values = {"name": names[figure], "value": f"{row['low']:,.0f}", "total": f"{count:,}"}
        rows.append(_say("reach", language, share=share, **values))
        caption = _wrapped(f"{values['value']} ({share}): {names[figure]}", language, 36)
        ax.annotate(caption, (left - 0.5, down + 0.2), va="top", fontsize=9)
    # In the corner where its captions stand, so that they keep their distance.
    ax.set_aspect("equal", anchor="SW")
    ax.set_xlim(-1, len(table) * (across + 3) - 2)
    ax.set_ylim(down + 2.4, -1)
    ax.grid(visible=False)
    ax.set_xticks([])
    ax.set_yticks([])
    for spine in ax.spines.values():
        spine.set_visible(False)
    return _finish(
        ax,
        extract,
        pd.concat([table, extract.figures.loc[[total]]]),
        language,
        headline="\n".join(rows),
        axis=_say("of total", language, total=f"{count:,}", name=names[total]),
        rows=rows,
    )


def _centred_bar(ax: Axes, y: float, bounds: Bounds, colour: str) -> None:
    """A centred bar as long as is certain, and hatched as far as it may reach."""
    for size, fill, hatch in ((bounds.high, "white", "////"), (bounds.low, colour, None)):
        corner = (-size / 2, y - 0.36)
        ax.add_patch(Rectangle(corner, size, 0.72, facecolor=fill, edgecolor=colour, hatch=hatch))


@_styled
def funnel(
    extract: Extract, figures: Sequence[str], *, language: Language = "en", ax: Axes | None = None
) -> Axes:
    """From the first figure to the last, each a part of the one before, and what is left open.

    A centred bar a figure; where a figure has bounds the bar is solid as far as is certain and
    hatched as far as it may reach. The last row is the first figure less the last.

    Raises `KeyError` for an unknown figure and `ValueError` where the units differ.
    """
    table = extract.figures.loc[list(figures)]
    units = table["unit"].unique()
    if len(units) > 1:
        raise ValueError(f"a funnel has one unit, not {', '.join(units)}")
    ends = [Bounds.of(row) for _, row in _rows(table)]
    left = ends[0] - ends[-1]
    share = left / ends[0] * 100
    names = [*_names(extract, language)[table.index], _say("open", language)]
    ax = _axes(ax, 1.3 + 0.6 * len(names))
    rows = []
    for y, (name, bounds) in enumerate(zip(names, [*ends, left], strict=True)):
        _centred_bar(ax, y, bounds, ACCENT if y == len(ends) else MAIN)
        text = f"{bounds:,.0f}"
        ax.annotate(text, (bounds.high / 2, y), (6, 0), textcoords="offset points", va="center")
        rows.append(_row(name, [text], language))
    _row_axis(ax, [_wrapped(name, language, 24) for name in names])
    widest = max(bounds.high for bounds in ends)
    ax.set_xlim(-widest * 0.52, widest * 0.68)
    ax.set_xticks([])
    values = {"value": f"{left:,.0f}", "total": f"{ends[0]:,.0f}", "share": f"{share:.1f}%"}
    return _finish(
        ax,
        extract,
        table,
        language,
        headline=_say("left open", language, **values),
        axis=_say("unit", language, units=_unit(table["unit"], language)),
        rows=rows,
    )


@_styled
def composition(
    extract: Extract, relation: str, *, language: Language = "en", ax: Axes | None = None
) -> Axes:
    """What a printed total consists of: one bar of its parts, each named with its share.

    For a relation of kind `sum` or `part`, in the order of its rows; a part with bounds is
    hatched. Raises `KeyError` for an unknown relation.
    """
    rows_of = extract.relations[extract.relations["relation"] == relation]
    if rows_of.empty:
        raise KeyError(relation)
    total = rows_of.loc[rows_of["role"] == "total", "figure"].iloc[0]
    parts = extract.figures.loc[rows_of.loc[rows_of["role"] == "part", "figure"]]
    names = _names(extract, language)
    whole = Bounds.of(extract.figures.loc[[total]].iloc[0])
    ax = _axes(ax, 1.6 + 0.34 * len(parts))
    colours = [ACCENT, MAIN, LIGHT, QUIET]
    left, rows, shares = 0.0, [], []
    for n, (figure, row) in enumerate(_rows(parts)):
        bounds, colour = Bounds.of(row), colours[n % len(colours)]
        share = bounds / whole * 100
        hatch = None if row["low"] == row["high"] else "////"
        middle = (row["low"] + row["high"]) / 2
        ax.barh(0, middle, 1.2, left, color=colour, edgecolor="white", hatch=hatch)
        left += middle
        text = f"{bounds:,.0f} ({share:.1f}%)"
        y = 1.1 + n * 0.7
        ax.plot([0], [y], "s", color=colour, markersize=9, clip_on=False)
        label = f"{names[figure]}  {text}"
        ax.annotate(label, (0, y), (10, 0), textcoords="offset points", va="center", fontsize=9.5)
        rows.append(_row(names[figure], [text], language))
        shares.append((share.low, names[figure], f"{bounds:,.0f}", f"{share:.0f}%"))
    ax.set_xlim(-0.01 * whole.high, whole.high)
    ax.set_ylim(1.1 + len(parts) * 0.7 - 0.3, -0.7)
    ax.set_yticks([])
    ax.grid(visible=False)
    ax.spines["left"].set_visible(False)
    ax.spines["bottom"].set_visible(False)
    ax.set_xticks([])
    _, name, value, most = max(shares)
    largest = {"name": name, "value": value, "total": f"{whole:,.0f}", "share": most}
    return _finish(
        ax,
        extract,
        extract.figures.loc[[total, *parts.index]],
        language,
        headline=_say("reach", language, **largest),
        axis=_say("unit", language, units=_unit(parts["unit"], language)),
        rows=rows,
    )


@_styled
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
    name = _names(extract, language)[figure]
    ax = _axes(ax, 3.6)
    answers = intervals.index.to_numpy(dtype=float)
    ax.fill_between(answers, intervals["low"], intervals["high"], color=LIGHT, alpha=0.35, lw=0)
    ax.plot(answers, intervals["low"], color=MAIN)
    ax.plot(answers, intervals["high"], color=MAIN)
    ax.axhline(row["value"], color=ACCENT, linewidth=1.5)
    ax.annotate(
        row["reported"],
        (answers[0], row["value"]),
        (2, 3),
        textcoords="offset points",
        color=ACCENT,
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
    return _finish(
        ax,
        extract,
        extract.figures.loc[[figure]],
        language,
        headline=_say("margin", language, interval=f"{said[-1]:.1f}%", **values),
        axis=_say("answers", language),
        rows=[_row(name, every, language)],
    )


def _spread(at: Sequence[float], gap: float) -> list[float]:
    """Places for labels: as near to `at` as may be, in its order, at least `gap` apart."""
    order = np.argsort(at, kind="stable")
    groups: list[tuple[float, int]] = []  # of neighbours that would cover each other
    for n, place in enumerate(order):
        middle, size = at[place] - n * gap, 1
        while groups and groups[-1][0] > middle:
            before, many = groups.pop()
            middle, size = (before * many + middle * size) / (many + size), many + size
        groups.append((middle, size))
    middles = np.repeat([middle for middle, _ in groups], [size for _, size in groups])
    places = np.empty(len(at))
    places[order] = middles + gap * np.arange(len(at))
    return [float(place) for place in places]


def _growth(growth: Bounds, language: Language) -> str:
    """Growth in percent with its sign: "+38%", "+1,539% to +1,548%"."""
    decimals = 1 if max(abs(growth.low), abs(growth.high)) < 10 else 0
    ends = (f"{end + 0.0:+,.{decimals}f}%".replace("-", "−") for end in (growth.low, growth.high))
    return ("至" if language == "zh" else " to ").join(dict.fromkeys(ends))


@_styled
def slope(
    earlier: Extract,
    later: Extract,
    indicators: pd.DataFrame | None = None,
    which: Sequence[str] | None = None,
    *,
    language: Language = "en",
    ax: Axes | None = None,
) -> Axes:
    """What changed between two extracts: a line an indicator, from the earlier to the later figure.

    `indicators` as for `analysis.compare`, with the names to show; `which` are the indicators
    drawn, all if not given. The scale is logarithmic, so that lines of unlike units have equal
    slopes where they grow equally. Bounds are upright bars, and the line a band between them. Odd
    ones (the column `check` of `analysis.compare`) are drawn in the second colour.

    Raises `KeyError` for an unknown indicator and `ValueError` where a figure may be zero or has
    no end, is a percentage (which has no growth), or where there is nothing to draw; else as
    `analysis.compare`.
    """
    table = compare(earlier, later, indicators)
    table = table if which is None else table.loc[list(which)]
    low, high = table[["earlier_low", "later_low"]], table[["earlier_high", "later_high"]]
    drawable = (low.to_numpy() > 0) & np.isfinite(high.to_numpy())
    unfit = table.index[~drawable.all(axis=1) | table["growth_low"].isna()]
    if len(unfit) or table.empty:
        raise ValueError(
            f"no slope without growth between two figures above zero: {', '.join(unfit)}"
        )
    before, after = earlier.figures.loc[table["earlier"]], later.figures.loc[table["later"]]
    names = _names(later, language)[table["later"]].tolist()
    if indicators is not None and f"name_{language}" in indicators:
        shared = indicators.drop_duplicates("indicator").set_index("indicator")
        names = shared.loc[table.index, f"name_{language}"].tolist()
    grown = [_growth(Bounds.of(row, "growth"), language) for _, row in _rows(table)]
    if language == "zh":
        said = [side["reported"].tolist() for side in (before, after)]
    else:
        ends = [Bounds.of(table, side) for side in ("earlier", "later")]
        said = [
            [_text(Bounds(*end), language) for end in zip(b.low, b.high, strict=True)] for b in ends
        ]
    labels = [[*zip(names, said[0], strict=True)], [*zip(said[1], grown, strict=True)]]
    longest = sum(max(len("".join(label)) for label in side) for side in labels)
    long = longest > (25 if language == "zh" else 45)
    apart, height = ("\n", 0.55) if long else ("  ", 0.4)
    inches = 0.6 + height * len(table)  # of the axes alone
    ax = _axes(ax, 1.3 + inches)
    ax.set_yscale("log")
    middle = np.log10(low.to_numpy()) / 2 + np.log10(high.to_numpy()) / 2
    gap = max(float(np.ptp(middle)), 0.2) * (height - 0.17) / inches
    places = 10 ** np.column_stack([_spread(side, gap) for side in middle.T])
    for n, (_, row) in enumerate(_rows(table)):
        colour = ACCENT if row["check"] else MAIN
        ax.fill_between([0, 1], low.iloc[n], high.iloc[n], color=colour, alpha=0.3, lw=0)
        ax.plot([0, 1], 10 ** middle[n], color=colour, linewidth=1.5)
        for x, side in enumerate(("earlier", "later")):
            end, top = row[f"{side}_low"], row[f"{side}_high"]
            _bar_of_bounds(ax, x, end, top, end, colour, upright=True)
            where: dict[str, Any] = {"ha": ("right", "left")[x], "va": "center"}
            at, beside = (x, places[n, x]), (18 * x - 9, 0)
            text = apart.join(labels[x][n])
            ax.annotate(text, at, beside, textcoords="offset points", fontsize=9, **where)
    rows = [
        _row(name, [f"{old} → {new}", growth], language)
        for name, old, new, growth in zip(names, *said, grown, strict=True)
    ]
    ax.set_xlim(-0.05, 1.05)
    ax.set_ylim(
        min(places.min(), low.min(axis=None)) / 10**gap,
        max(places.max(), high.max(axis=None)) * 10**gap,
    )
    ax.set_xticks([0, 1], [_as_of(side, language) for side in (before, after)])
    ax.yaxis.set_major_locator(NullLocator())
    ax.yaxis.set_minor_locator(NullLocator())
    ax.spines["left"].set_visible(False)
    order = np.argsort(table["growth_low"].to_numpy(), kind="stable")
    least, most = int(order[0]), int(order[-1])
    values = {"name": names[least], "growth": grown[least]}
    values |= {"most": grown[most], "most_name": names[most]}
    headline = _say("grew" if len(table) == 1 else "grew between", language, **values)
    if len(days := table["days"].unique()) == 1 and pd.notna(days[0]):
        headline = _say("within", language, days=days[0]) + headline
    return _finish(
        ax,
        earlier,
        before,
        language,
        headline=headline[0].upper() + headline[1:],
        axis=_say("slopes", language, units=_unit(after["unit"], language)),
        rows=rows,
        beside=[(later, after)],
    )


def _as_of(figures: pd.DataFrame, language: Language) -> str:
    """The day or days that figures stand as of."""
    days = figures["as_of"]
    stated = [f"{day:%Y-%m-%d}" for day in sorted(days.dropna().unique())]
    return ", ".join(stated + [_say("no date", language)] * bool(days.isna().any()))


@_styled
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
    figures of one group in measure.
    """
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
    ax = _axes(ax, 1.3 + 0.5 * len(tables) + 0.48 * len(every))
    labels, rows, y = {}, [], 0.0
    for n, (heading, members) in enumerate(groups.items()):
        top = y - 0.5
        ax.annotate(
            heading,
            (0, y),
            (4, 0),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            va="center",
            color=ACCENT,
            fontsize=10,
        )
        said = []
        for (extract, _), (_, row) in zip(members, _rows(tables[heading]), strict=True):
            y += 1
            _bar_of_bounds(ax, y, row["low"], row["high"], row["low"], MAIN)
            text = _text(Bounds.of(row), language, row["unit"])
            ax.annotate(
                text, (row["high"], y), (9, 0), textcoords="offset points", va="center", fontsize=9
            )
            name = f"{row[f'name_{language}']} ({extract.name})"
            labels[y] = _wrapped(name, language, 34)
            said.append(f"{name} {text}")
        ax.axhspan(top, y + 0.5, color=QUIET, alpha=0.07 * (n % 2), lw=0)
        rows.append(_row(heading, said, language))
        y += 1.2
    _row_axis(ax, list(labels.values()))
    ax.set_yticks(list(labels), list(labels.values()))
    ax.set_ylim(y - 0.7, -0.7)
    ax.margins(x=0.3)
    drawn: dict[int, tuple[Extract, list[str]]] = {}
    for extract, figure in (member for members in groups.values() for member in members):
        drawn.setdefault(id(extract), (extract, []))[1].append(figure)
    first, *beside = [(extract, extract.figures.loc[keys]) for extract, keys in drawn.values()]
    return _finish(
        ax,
        *first,
        language,
        headline=_say("unlike", language, count=len(groups)),
        axis=_say("unit", language, units=_unit(every["unit"], language)),
        rows=rows,
        beside=beside,
    )


@_styled
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
    outcomes = OUTCOMES_ZH if language == "zh" else {name: name for name in OUTCOMES}
    kinds = KINDS_ZH if language == "zh" else {}
    counts = pd.crosstab(found["kind"], found["outcome"])
    counts = counts.reindex(columns=[name for name in OUTCOMES if name in counts])
    counts = counts.loc[counts.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    ax = _axes(ax, 1.9 + 0.5 * len(counts))
    colours = dict(zip(OUTCOMES, (MAIN, LIGHT, ACCENT, QUIET), strict=True))
    before = np.zeros(len(counts))
    for outcome, column in counts.items():
        width = column.to_numpy()
        label = outcomes[str(outcome)]
        ax.barh(range(len(counts)), width, left=before, color=colours[str(outcome)], label=label)
        before = before + width
    _row_axis(ax, [kinds.get(kind, kind) for kind in counts.index])
    ax.legend(ncols=2, loc="lower right")
    contradicted = int((found["outcome"] != OUTCOMES[-1]).sum())
    first = int((found["outcome"] == OUTCOMES[0]).sum())
    rows = [
        _row(
            kinds.get(kind, kind),
            (f"{outcomes[str(name)]} {count}" for name, count in row.items()),
            language,
        )
        for kind, row in _rows(counts)
    ]
    return _finish(
        ax,
        extract,
        extract.figures,
        language,
        headline=_say("found", language, found=contradicted, all=len(found), first=first),
        axis=_say("claims", language),
        rows=rows,
    )
