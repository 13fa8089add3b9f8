"""What stands for a figure on a chart: exact figures are dots, what is only bounded is a bar."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from ..bounds import Bounds
from ..units import Language, unit_of


def is_point(low: float, high: float) -> bool:
    """Whether bounds are one number, but for rounding in the last bits."""
    return low == high or high - low <= 1e-9 * min(abs(low), abs(high))


def in_words(bounds: Bounds, language: Language, unit: str = "") -> str:
    """Scalar bounds in words, with as many decimals as tell the ends apart: "7,679–7,687"."""
    width = bounds.high - bounds.low
    if is_point(bounds.low, bounds.high):
        decimals = 0 if float(bounds.low).is_integer() else 2
    else:
        decimals = max(0, 1 - round(math.log10(width))) if math.isfinite(width) else 0
    text = f"{bounds:,.{decimals}f}" + unit_of(unit).suffix
    return text.replace(" to ", "至") if language == "zh" else text


def each_row(table: pd.DataFrame) -> Iterator[tuple[str, Any]]:
    return ((str(key), row) for key, row in table.iterrows())


def row_axis(ax: Axes, labels: Sequence[str]) -> None:
    ax.set_yticks(range(len(labels)), labels)
    ax.set_ylim(len(labels) - 0.5, -0.5)
    ax.grid(visible=False, axis="y")
    ax.grid(visible=True, axis="x")
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)


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
    """A dot where exact, else a bar with capped ends; an open end is an arrow up to `end`.

    Along the row `at`, or `upright` above the place `at`. Of two on one place the one below is
    larger by `size`, so that it is seen.
    """

    def place(value: float) -> tuple[float, float]:
        return (at, value) if upright else (value, at)

    if is_point(low, high):
        x, y = place(low)
        ax.plot([x], [y], "o", color=colour, markersize=size, zorder=3)
        return
    if math.isinf(high):
        arrow = {"arrowstyle": "->", "color": colour, "lw": 2}
        ax.annotate("", place(end), place(low), arrowprops=arrow)
        high = low
    x, y = place((low + high) / 2)
    spread: dict[str, Any] = {"yerr" if upright else "xerr": [(high - low) / 2]}
    thick: dict[str, Any] = {"elinewidth": size - 2, "capsize": size - 2}
    ax.errorbar([x], [y], fmt="none", ecolor=colour, zorder=3, **thick, **spread)
