"""The page a chart is drawn on: its look, its headline, unit and source, its alternative text.

One look for all: `figures.mplstyle` and a Chinese font of our own, registered when this module is
first used.
"""

from __future__ import annotations

import io
import sys
import textwrap
from collections.abc import Callable, Iterable
from functools import wraps
from importlib.resources import files
from inspect import signature
from typing import Any, ParamSpec, TypeVar

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..extract import Extract
from ..phrases import say
from ..units import Language

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


def styled(draw: Callable[P, R]) -> Callable[P, R]:
    """A chart in the house style, which refuses another language and a text for a list."""
    of = signature(draw)

    @wraps(draw)
    def styled(*args: P.args, **kwargs: P.kwargs) -> R:
        given = of.bind(*args, **kwargs).arguments
        if (language := given.get("language", "en")) not in ("en", "zh"):
            raise ValueError(f"language: found {language!r}, expected 'en' or 'zh'")
        for name in ("figures", "relations", "which"):
            if isinstance(text := given.get(name), str):
                raise TypeError(f"{name}: found the text {text!r}, expected a list, [{text!r}]")
        with plt.style.context(STYLE):
            return draw(*args, **kwargs)

    return styled


def new_axes(ax: Axes | None, height: float) -> Axes:
    if ax is None:
        width = plt.rcParams["figure.figsize"][0]
        figure = plt.figure(FigureClass=Chart, figsize=(width, height))
        ax = figure.add_subplot()
    return ax


def row_in_words(name: str, said: Iterable[str], language: Language) -> str:
    """A row of a chart in words, for the alternative text."""
    colon, comma = ("：", "，") if language == "zh" else (": ", ", ")
    return name + colon + comma.join(said)


def wrapped(text: str, language: Language, width: int) -> str:
    return "\n".join(textwrap.wrap(text, width // 2 if language == "zh" else width)) or text


def source_line(extract: Extract, figures: pd.DataFrame, language: Language) -> str:
    """The line under a chart: who printed it, when, and as of when the figures are."""
    parts = []
    if (source := extract.source) is not None:
        publisher = source.publisher or source.title
        if language == "en" and source.publisher_en:
            publisher = f"{source.publisher_en} ({publisher})"
        undated = source.published in ("", "not stated")
        published = say("undated", language) if undated else source.published
        parts.append(say("source", language, publisher=publisher, published=published))
    dates = figures["as_of"]
    if dates.isna().all():
        parts.append(say("no date", language))
    else:
        stated = ", ".join(f"{date:%Y-%m-%d}" for date in sorted(dates.dropna().unique()))
        if dates.isna().any():
            stated = say("in part", language, dates=stated)
        parts.append(say("as of", language, dates=stated))
    unread = int((figures["status"] == "proposed").sum())
    if unread:
        parts.append(say("proposed", language, unread=unread, all=len(figures)))
    return ("；" if language == "zh" else "; ").join(parts)


def finish(
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
    source = "\n".join(dict.fromkeys(source_line(*each, language) for each in drawn))
    title = "\n".join(wrapped(line, language, 80) for line in headline.split("\n"))
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
