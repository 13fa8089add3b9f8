"""The page a chart is drawn on: its look, its headline, unit and source, its alternative text.

One look for all: `figures.mplstyle` and a Chinese font of our own, registered when this module is
first used. What a colour means is said here, once for all charts.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from importlib.resources import files
from inspect import signature
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image  # which matplotlib needs for its own pictures
from PIL.PngImagePlugin import PngInfo

from ..extract import Extract, require_extract
from ..extract.model import source_line
from ..figures import script
from ..phrases import require_language
from ..units import Language, names_of
from .words import say

P = ParamSpec("P")
R = TypeVar("R")
_FOLDER = files("analysis")
STYLE = str(_FOLDER / "figures.mplstyle")
font_manager.fontManager.addfont(str(_FOLDER / "fonts" / "FiguresSansSC-Regular.ttf"))
# Loaded now, outside any style context: leaving one would undo the setting by which a notebook's
# backend shows every figure, and only the first would be shown.
plt.switch_backend(plt.get_backend())


# The style's colours, each with the one meaning that it has on every chart. What is drawn differs
# in shape too (`marks.SHAPES`), so that a grey print says the same.
#
# | name    | means                                                   | a dot   | a range      |
# |---------|---------------------------------------------------------|---------|--------------|
# | PRINTED | as printed                                              | full    | full bar     |
# | IMPLIED | printed nowhere, but follows from what is printed       | hollow  | hollow bar   |
# | DOUBT   | does not fit what is printed, or need not be so         | diamond | bar, diamond |
# | QUIET   | no figure: what joins, shades, marks a place to compare |         |              |
with plt.style.context(STYLE):
    PRINTED, DOUBT, QUIET, IMPLIED, *_ = plt.rcParams["axes.prop_cycle"].by_key()["color"]
INK = "#333333"
# Of letters, which need more contrast than marks do.
INKS = {PRINTED: PRINTED, IMPLIED: "#2b669d", DOUBT: "#94500f"}
_SMALL: dict[str, Any] = {"fontsize": 8.5, "color": "#555b66"}
_WIDE = "\u2e80-\uffef"  # characters as wide as high
_WORDS = re.compile(
    rf"[（(][^（）()\s]{{1,12}}[)）][，。；：、,;:]*\s*|"  # short, and so kept together
    rf"[（《“]*[^\s{_WIDE}]+[，。；：、）》！？”]*\s*|"
    rf"[（《“(]*[{_WIDE}][，。；：、）》！？”),;:.%]*\s*"
)


class Chart(Figure):
    """A figure that shows itself as a PNG with its alternative text."""

    alt = ""

    def _repr_png_(self) -> tuple[bytes, dict[str, str | int]]:
        """The picture at two pixels a point of the page, and what a notebook keeps beside it: its
        width there, its alternative text; no date and no version, so that the same chart is the
        same file."""
        with plt.style.context(STYLE):
            shown = round(self.get_figwidth() * plt.rcParams["figure.dpi"])
        return _png(self), {"alt": self.alt, "width": shown}


def _png(figure: Any) -> bytes:
    """A figure as PNG of 256 colours, a third of the bytes, with its alternative text as title."""
    drawn, kept = io.BytesIO(), io.BytesIO()
    with plt.style.context(STYLE):
        figure.savefig(drawn, format="png")
        dots = plt.rcParams["savefig.dpi"]
    title = PngInfo()
    title.add_text("Title", getattr(figure, "alt", ""))
    few = Image.open(drawn).convert("RGB").quantize(256, dither=Image.Dither.NONE)
    few.save(kept, "PNG", pnginfo=title, dpi=(dots, dots), compress_level=9)
    return kept.getvalue()


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
    """A chart in the house style, which refuses another language, a text for a list, and keys of
    figures and claims that the extract has not."""
    of = signature(draw)

    @wraps(draw)
    def styled(*args: P.args, **kwargs: P.kwargs) -> R:
        given = of.bind(*args, **kwargs).arguments
        if "extract" in given:
            require_extract(given["extract"], f"charts.{draw.__name__}")
        require_language(given.get("language", "en"))
        for name in ("figures", "relations", "which"):
            if isinstance(text := given.get(name), str):
                raise TypeError(f"{name}: found the text {text!r}, expected a list, [{text!r}]")
        if "extract" in given:
            _require_keys(given["extract"], given)
        with plt.style.context(STYLE):
            return draw(*args, **kwargs)

    return styled


# Which arguments of a chart are keys, and of which table.
_KEYS = {"figures": "figures", "figure": "figures", "total": "figures"}
_KEYS |= {"relations": "relations", "relation": "relations"}


def _require_keys(extract: Extract, given: Mapping[str, Any]) -> None:
    for name, table in _KEYS.items():
        if (asked := given.get(name)) is None:
            continue
        keys = [asked] if isinstance(asked, str) else list(asked)
        known = {*(extract.figures.index if table == "figures" else extract.relations["relation"])}
        if unknown := ", ".join(repr(key) for key in keys if key not in known):
            raise KeyError(f"{name}: found {unknown}, expected a key of {table}.csv")


def new_axes(ax: Axes | None, height: float) -> Axes:
    """Axes on a page of so many inches, with room for one line of headline and one of source."""
    if ax is None:
        width = plt.rcParams["figure.figsize"][0]
        figure = plt.figure(FigureClass=Chart, figsize=(width, height))
        ax = figure.add_subplot()
    return ax


def row_in_words(name: str, said: Iterable[str], language: Language) -> str:
    """A row of a chart in words, for the alternative text."""
    colon, comma = ("：", "，") if language == "zh" else (": ", ", ")
    return name + colon + comma.join(said)


def wrapped(text: str, width: int) -> str:
    """A text in lines of so many letters; a Chinese character takes the place of two.

    Lines end between words or Chinese characters, never before a closing mark.

    >>> wrapped("报告，2018-11-15", 10).splitlines()
    ['报告，', '2018-11-15']
    """
    lines, used = [""], 0
    for word in _WORDS.findall(text):
        for piece in re.findall(f".{{1,{width}}}", word):  # a key may be longer than a line
            needed = script.width(piece.rstrip())
            if used and used + needed > width:
                lines, used = [*lines, ""], 0
            lines[-1] += piece
            used += script.width(piece)
    return "\n".join(line.rstrip() for line in lines)


def days_of(figures: pd.DataFrame) -> list[str]:
    """The days that figures stand as of, as far as they are stated."""
    return [f"{day:%Y-%m-%d}" for day in sorted(figures["as_of"].dropna().unique())]


def _below(extract: Extract, figures: pd.DataFrame, language: Language) -> str:
    """The line under a chart: who printed it, when, and as of when the figures are."""
    parts = [source_line(extract.source, language)]
    stated = ", ".join(days_of(figures))
    if stated and figures["as_of"].isna().any():
        stated = say("in part", language, dates=stated)
    parts.append(say("as of", language, dates=stated) if stated else say("no date", language))
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
    source = "\n".join(dict.fromkeys(_below(*each, language) for each in drawn))
    return place(ax, language, headline=headline, axis=axis, rows=rows, source=source)


def place(
    ax: Axes, language: Language, *, headline: str, axis: str, rows: Iterable[str], source: str
) -> Axes:
    """The words around a chart: each in lines that fit, for which the page grows."""

    def lines(text: str, width: int) -> str:
        return "\n".join(wrapped(line, width) for line in text.split("\n"))

    title, axis, below = lines(headline, 80), lines(axis, 76), lines(source, 116)
    if isinstance(ax.figure, Chart):
        # Over the whole width: long row names leave the axes little of it.
        ax.figure.suptitle(title, x=0.01, ha="left", fontsize=12)
        ax.set_xlabel(axis, loc="left", **_SMALL)
        ax.figure.supxlabel(below, x=0.01, ha="left", **_SMALL)
        more = 0.2 * title.count("\n") + 0.16 * (below.count("\n") + axis.count("\n"))
        ax.figure.set_figheight(ax.figure.get_figheight() + more)
        stop, comma = ("。", "；") if language == "zh" else (". ", "; ")
        said = [headline.replace("\n", comma), comma.join(rows), source.replace("\n", stop)]
        ax.figure.alt = stop.join(text for text in said if text)
        # When a notebook's cell ends, pyplot draws every stale figure, before the notebook draws it
        # anew to show it. A later change of the chart makes it stale again.
        ax.figure.stale = False
    else:  # one of several on the analyst's own figure
        # Axes made elsewhere have a font of their own, which may lack Chinese.
        family = plt.rcParams["font.family"]
        ax.set_title(title, fontfamily=family)
        ax.set_xlabel(f"{axis}\n{below}", loc="left", fontfamily=family, **_SMALL)
        ax.tick_params(labelfontfamily=family)
    return ax


def units_line(units: Iterable[str], language: Language) -> str:
    """ "Unit: cases, persons"; one that has no English name stands as it was printed."""
    named = names_of(units, language)
    if language == "en" and re.search(f"[{_WIDE}]", named):
        named += say("as in print", language)
    return say("unit", language, units=named)


def axes(
    headline: str,
    extract: Extract | None = None,
    figures: Sequence[str] = (),
    *,
    axis: str = "",
    height: float = 3.6,
    language: Language = "en",
) -> Axes:
    """Axes for a chart of one's own, in the look of these: colours, grid and Chinese letters.

    The headline stands above and, of an extract and those of its figures that are drawn, the
    source and the days below; `axis` is said under the axis, `height` is that of the page in
    inches. Headline and source become the alternative text. The style then holds for all that is
    drawn in the session, for letters take the font that is set when they are written.

    Raises `KeyError` for an unknown figure and `ValueError` for another language.

    >>> ax = axes("立案与破案", language="zh", height=2)
    >>> _ = ax.barh(["立案", "破案"], [486, 352])
    """
    require_language(language)
    plt.style.use(STYLE)
    if extract is not None:
        _require_keys(extract, {"figures": figures})
    of = None if extract is None else extract.figures.loc[list(figures)]
    source = "" if extract is None or of is None else _below(extract, of, language)
    ax = new_axes(None, height)
    rows = [axis] if axis else []
    return place(ax, language, headline=headline, axis=axis, rows=rows, source=source)


def save(chart: Axes | Sequence[Axes], path: str | Path) -> Path:
    """A chart as a file, as it stands: PNG, SVG or PDF, by the ending of its name.

    `chart` is what a chart function returned. The file carries the alternative text as its title,
    and no date: the same chart is the same file. Returns the path.

    Raises `ValueError` for another ending.

    >>> from tempfile import mkdtemp
    >>> save(axes("Nothing yet"), Path(mkdtemp()) / "own.png").name
    'own.png'
    """
    figure: Any = (chart if isinstance(chart, Axes) else chart[0]).figure
    path, undated = Path(path), {".svg": {"Date": None}, ".pdf": {"CreationDate": None}}
    ending = path.suffix.lower()
    if ending == ".png":
        path.write_bytes(_png(figure))
    elif ending in undated:
        with plt.style.context(STYLE):
            title = {"Title": getattr(figure, "alt", "")}
            figure.savefig(path, metadata={**undated[ending], **title})
    else:
        raise ValueError(f"a chart is saved as .png, .svg or .pdf, not as {path.name!r}")
    return path
