"""What stands for a figure on a chart, and what is written beside it.

Exact figures are dots, what is only bounded is a bar. Shape says what colour says.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patheffects import Stroke, withStroke
from matplotlib.textpath import text_to_path
from matplotlib.ticker import FixedLocator, FuncFormatter, LogLocator, MaxNLocator

from ..bounds import Bounds
from ..figures import script
from ..figures.english import in_chinese
from ..units import Language, unit_of
from ..views.numbers import DUST, power_of, written
from . import page

# How a dot differs by what its colour means.
SHAPES: dict[str, dict[str, Any]] = {
    page.PRINTED: {"marker": "o", "markersize": 7},
    # Still seen around a printed one in the same place.
    page.IMPLIED: {"marker": "o", "markersize": 9, "markerfacecolor": "white"}
    | {"markeredgewidth": 1.8},
    page.DOUBT: {"marker": "D", "markersize": 6.5},
    page.QUIET: {"marker": "o", "markersize": 6},
}
# The same in a line of text.
SIGNS = {page.PRINTED: "●", page.IMPLIED: "○", page.DOUBT: "◆"}
_ROOM = 12.0  # points between columns of text


def is_point(low: float, high: float) -> bool:
    """Whether bounds are one number, but for rounding in the last bits."""
    return low == high or high - low <= DUST * min(abs(low), abs(high))


def range_of(row: Any, language: Language, of: str = "") -> str:
    """The bounds of a row, or those of one of its things, in words: "85.65–85.75%"."""
    return written(Bounds.of(row, of), language, row["unit"])


def rounded(bounds: Bounds, decimals: int) -> str:
    """Bounds to so many decimals, once where both ends round alike: "85.7", "84.6–86.8"."""
    ends = [f"{end:,.{decimals}f}".replace("-", "−") for end in (bounds.low, bounds.high)]
    return ends[0] if ends[0] == ends[1] else f"{bounds:,.{decimals}f}"


def counted(number: str, unit: str, language: Language) -> str:
    """A number with its counter, where the language has one: "64 起"; "64" in English."""
    counter = "" if unit_of(unit).suffix or language == "en" else unit_of(unit).zh
    return f"{number} {counter}" if counter else number


def as_printed(row: Any, language: Language, scale: tuple[float, str] | None = None) -> str:
    """A row of figures as printed in Chinese; in English, or of English print, its number.

    `scale`: what numbers are counted in beside it, as `scale_of` gives it.
    """
    printed = str(row["reported"])
    in_words = language == "zh" and in_chinese(printed) is None
    return printed if in_words else number_of(row, language, scale)


def number_of(row: Any, language: Language, scale: tuple[float, str] | None = None) -> str:
    """The number that a row of figures prints, with its decimals: "89.9%", "−13.8%", "223 million".

    What was hedged or is a range stands as its bounds.
    """
    if row["precision"] == "hedged" or pd.isna(row["value"]):
        return written(Bounds.of(row), language, row["unit"], scale=scale)
    value = float(row["value"])
    digits = re.search(r"\d[\d,，]*\.(\d+)", row["reported"])
    plain = digits is not None and float(re.sub("[,，]", "", digits[0])) == abs(value)
    if digits is None or not plain:
        text = written(Bounds(value, value), language, row["unit"], scale=scale)
    else:
        text = f"{value:,.{len(digits[1])}f}{unit_of(row['unit']).suffix}".replace("-", "−")
    return signed(text, value, row["measure"])


def signed(text: str, value: float, measure: str) -> str:
    """A number in words; of what says how much more or less, with its sign above zero, too."""
    return f"+{text}" if value > 0 and measure in ("change", "difference") else text


def each_row(table: pd.DataFrame) -> Iterator[tuple[str, Any]]:
    return ((str(key), row) for key, row in table.iterrows())


def row_axis(ax: Axes, labels: Sequence[str]) -> None:
    ax.set_yticks(range(len(labels)), labels)
    ax.set_ylim(len(labels) - 0.5, -0.5)
    ax.grid(visible=False, axis="y")
    ax.grid(visible=True, axis="x")
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)


def height_of(labels: Sequence[str], least: float = 0.36) -> float:
    """The inches that rows with such labels take."""
    return len(labels) * max(least, 0.08 + 0.155 * max(1 + text.count("\n") for text in labels))


def bar_of_bounds(
    ax: Axes,
    at: float,
    low: float,
    high: float,
    end: float,
    colour: str,
    upright: bool = False,
    size: float = 7,
) -> None:
    """A dot where exact, else a bar with capped ends; an open end is an arrow to `end`.

    Along the row `at`, or `upright` above the place `at`. Of two on one place the one below is
    larger by `size`, so that it is seen.
    """

    def place(value: float) -> tuple[float, float]:
        return (at, value) if upright else (value, at)

    if is_point(low, high):
        dot(ax, *place(low), colour, size)
        return
    if math.isinf(high) or math.isinf(low):
        known = high if math.isinf(low) else low
        arrow = {"arrowstyle": "-|>", "color": colour, "lw": 2.5, "shrinkA": 0, "shrinkB": 0}
        ax.annotate("", place(end), place(known), arrowprops=arrow)
        low = high = known
    x, y = place((low + high) / 2)
    spread: dict[str, Any] = {"yerr" if upright else "xerr": [(high - low) / 2]}
    look: dict[str, Any] = {"ecolor": colour, "elinewidth": size - 2, "capsize": size - 1.5}
    drawn = ax.errorbar([x], [y], fmt="none", capthick=2, zorder=3.5, **look, **spread)
    if colour == page.IMPLIED:
        hollow = [Stroke(linewidth=6, foreground=colour), Stroke(linewidth=2.5, foreground="white")]
        drawn[2][0].set_path_effects(hollow)
    if colour == page.DOUBT:
        dot(ax, x, y, colour)


def dot(ax: Axes, x: float, y: float, colour: str, size: float = 7) -> None:
    shape: dict[str, Any] = {"marker": "o", "markersize": 7} | SHAPES.get(colour, {})
    shape["markersize"] *= size / 7
    ax.plot([x], [y], color=colour, linestyle="none", zorder=3.5, **shape)


def label(
    ax: Axes, text: str, at: tuple[float, float], shift: tuple[float, float], **how: Any
) -> None:
    """A text beside a mark, so many points from it; what lies behind it keeps off its letters."""
    how = {"fontsize": 9, "color": page.INK, "va": "center"} | how
    halo = [withStroke(linewidth=3, foreground="white")]
    family = plt.rcParams["font.family"]
    ax.annotate(
        text, at, shift, textcoords="offset points", path_effects=halo, fontfamily=family, zorder=5
    ).update(how)


def handle(colour: str, text: str, **other: Any) -> Line2D:
    """What a legend shows of a colour: its mark as on the chart, or another shape of it."""
    shape = {"marker": "o"} | SHAPES.get(colour, {}) | other
    return Line2D([], [], color=colour, linestyle="none", label=text, **shape)


def key(ax: Axes, handles: Sequence[Any]) -> None:
    """What the marks mean, in a line above the chart."""
    family = plt.rcParams["font.family"]
    ax.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=len(handles),
        borderaxespad=0.2,
        borderpad=0,
        handlelength=1,
        handletextpad=0.4,
        columnspacing=1.2,
        prop={"family": family, "size": 8.5},
    )


def columns(
    ax: Axes,
    heads: Sequence[tuple[str, str]],
    cells: Sequence[Sequence[str]],
    inks: Sequence[str] | None = None,
) -> None:
    """Columns of text to the right of the rows, each flush right under its head.

    A head has a text and the colour whose figures stand below it, or none; its sign then is the key
    to the chart. `cells` has a sequence a row, a text a head; `inks` one a row.
    """
    family = plt.rcParams["font.family"]
    letters = FontProperties(family=family, size=9)

    def wide(text: str) -> float:
        sizes = (
            text_to_path.get_text_width_height_descent(line, letters, ismath=False)
            for line in text.split("\n")
        )
        return max(float(size[0]) for size in sizes)

    at = 6.0
    for n, (text, colour) in enumerate(heads):
        head = f"{SIGNS[colour]} {text}" if colour else text
        at += max(wide(said) for said in [head, *(row[n] for row in cells)]) + _ROOM
        how: dict[str, Any] = {"textcoords": "offset points", "ha": "right"}
        how["fontproperties"] = letters
        small = {"color": page.INKS.get(colour, "#555b66"), "va": "bottom"}
        ax.annotate(head, (1, 1), (at, 3), xycoords="axes fraction", **small, **how)
        for y, row in enumerate(cells):
            ink = inks[y] if inks is not None else page.INK
            across: Any = ("axes fraction", "data")
            ax.annotate(row[n], (1, y), (at, 0), xycoords=across, va="center", color=ink, **how)


def numbered_axis(
    ax: Axes, language: Language, suffix: str = "", sign: str = "", *, upright: bool = False
) -> None:
    """Numbers along the rows, or `upright`, as in the labels: 10,000, 2.5 million, 万.

    Along the rows as many as have room within the limits.
    """
    axis = ax.yaxis if upright else ax.xaxis
    even = axis.get_scale() == "linear"

    def words(x: float, _: int | None = None) -> str:
        # One name for all, where steps are even.
        ends = axis.get_view_interval() if even else (x, x)
        power, name = (1.0, "") if suffix or not x else power_of(Bounds(*ends), language)
        text = f"{x / power:{sign if x else ''},.10g}" if abs(x / power) < 1e15 else f"{x:g}"
        return text.replace("-", "−") + name + suffix

    axis.set_major_formatter(FuncFormatter(words))
    if upright:
        return
    low, high = ax.get_xlim()
    if even:
        step = (high - low) / 8  # about what lies between two numbers, which has as many decimals
        longest = max(script.width(words(float(f"{end - end % step:.3g}"))) for end in (low, high))
        axis.set_major_locator(MaxNLocator(max(2, min(7, 40 // longest)), steps=[1, 2, 2.5, 5, 10]))
    if axis.get_scale() == "symlog":
        axis.set_major_locator(FixedLocator(_decades(low, high, words)))
    if axis.get_scale() == "log":
        few = high / low < 300  # powers of ten, between which there is room
        axis.set_major_locator(LogLocator(subs=(1, 2, 5) if few else (1,), numticks=6 + 2 * few))
        ax.minorticks_off()


def _decades(low: float, high: float, words: Callable[[float], str]) -> list[float]:
    """Zero and the powers of ten either way, from near to far as many as there is room for."""
    reach = {sign: math.log10(max(1.0, sign * end)) for sign, end in ((-1, low), (1, high))}
    a_decade = _ACROSS / sum(2.0 + far for far in reach.values() if far)
    ticks = [0.0]
    for sign, far in reach.items():
        last, last_at = 0.0, 0.0
        for n in range(int(far) + 1 if far else 0):
            tick, at = sign * 10.0**n, a_decade * (n + 1.1)  # as far from zero to 1 as from 1 to 12
            if at - last_at > 1 + (script.width(words(tick)) + script.width(words(last))) / 2:
                last, last_at = tick, at
                ticks.append(tick)
    return sorted(ticks)


_ACROSS = 36  # letters along the axis, beside names and numbers of some length
