"""A column of printed figures: texts alike but for their digits are read together."""

import math
import re
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..rounding import Floats, product_error, step_down
from .meaning import HALF_STEPS, Reading, check_rounding, opened
from .reading import COLUMNS, FigureError, figure_of, parse

_FAST = re.compile(r"[0-9]{1,11}(?:\.[0-9]{1,4})?")  # at most 15 digits: exact in a float
_MANY = 16  # texts alike but for their digits, from which on the column arithmetic pays


def _below_column(num: Floats, den: int) -> Floats:
    """`quotient_below` for a column of whole numbers under 2**53."""
    x = num / den
    return step_down(x, -product_error(x, np.asarray(float(den)), num))


def _bounds_column(
    n: npt.NDArray[np.int64], r: Reading, rounding: str
) -> tuple[npt.NDArray[np.float64], ...] | None:
    """`bounds_of` for texts that read like `r` but for n; None where numbers may be too large."""
    common, meaning = math.gcd(r.multiplier, r.divisor), r.meaning
    up, down = r.multiplier // common, r.divisor // common
    if r.to or 4 * (int(n.max()) + 1) * max(up, down) >= 2**53:
        return None
    value = (n * up) / down
    below, above = HALF_STEPS[rounding]
    if meaning.direction:
        weight = np.ones(n.shape, dtype=np.int64)
        while not r.decimals and (more := (n % (10 * weight) == 0) & (n > 0)).any():
            weight = np.where(more, 10 * weight, weight)
        below, above = opened(meaning.direction, n, weight)
    low = _below_column(((2 * n - below) * up).astype(float), 2 * down)
    high = 0.0 - _below_column(((-2 * n - above) * up).astype(float), 2 * down)
    if meaning.direction == "at least":
        high = np.full(n.shape, math.inf)
    counted = meaning.whole and not meaning.direction
    if counted and up <= down and not (r.decimals and r.multiplier == 1):
        exact = (n * up) % down == 0
        low, high = np.where(exact, value, low), np.where(exact, value, high)
    if not meaning.signed:
        low = np.maximum(low, 0.0)
    if meaning.ceiling:
        below_it = (value < meaning.ceiling) | (value == meaning.ceiling) & np.isfinite(high)
        high = np.where(below_it, np.minimum(high, meaning.ceiling), high)
    if meaning.sign < 0:
        return 0.0 - value, 0.0 - high, 0.0 - low
    return value, low, high


def _alike(texts: list[str]) -> Iterator[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
    """Groups of texts alike but for the digits of their one number: their positions, and n."""
    joined = "\n".join(texts)
    if "\0" in joined or joined.count("\n") != len(texts) - 1:
        return
    kinds, templates = pd.factorize(np.array(_FAST.sub("\0", joined).split("\n"), dtype=object))
    counts = np.array([template.count("\0") for template in templates])[kinds]
    single = np.flatnonzero(counts == 1)
    if not len(single):
        return
    numbers = np.array(_FAST.findall(joined))[(np.cumsum(counts) - 1)[single]]
    points = np.strings.find(numbers, ".")
    decimals = np.where(points < 0, 0, np.strings.str_len(numbers) - points - 1)
    n = np.strings.replace(numbers, ".", "").astype(np.int64)
    groups = kinds[single] * 8 + decimals
    order = np.argsort(groups, kind="stable")
    for part in np.split(order, np.flatnonzero(np.diff(groups[order])) + 1):
        if len(part) >= _MANY:
            yield single[part], n[part]


def read_figures(series: pd.Series, *, rounding: str = "nearest") -> pd.DataFrame:
    """Read a column of printed figures.

    Gives a frame with the columns value (NaN for ranges), low, high, unit, hedge, measure,
    decimals and the same index: to the bit what `read_figure` gives for each entry.  Raises one
    FigureError that lists every unreadable entry with its index label.

    >>> read_figures(pd.Series(["6623起", "约40%"]))[["value", "low", "high", "unit", "hedge"]]
        value     low    high     unit hedge
    0  6623.0  6623.0  6623.0       起
    1    40.0    35.0    45.0  percent     约
    """
    check_rounding(rounding)
    if not isinstance(series, pd.Series):
        raise TypeError(f"read_figures takes a pandas Series, not {type(series).__name__}")
    entries = series.tolist()
    known = [entry if isinstance(entry, str) else None for entry in entries]
    codes, distinct = pd.factorize(np.array(known, dtype=object))
    texts: list[str] = list(distinct)
    numbers = np.full((3, len(texts)), math.nan)
    said: dict[tuple[str, str, str], int] = {}  # unit, hedge and measure: few, so each kept once
    words = np.zeros(len(texts), dtype=np.int64)
    decimals = np.zeros(len(texts), dtype=np.int64)
    slow = np.ones(len(texts), dtype=bool)
    for where, n in _alike(texts):
        try:
            r = parse(texts[where[0]])
        except FigureError:
            continue
        columns = _bounds_column(n, r, rounding) if r.steps == n[0] else None
        if columns:
            numbers[:, where] = columns
            words[where] = said.setdefault(r.meaning[-3:], len(said))
            decimals[where], slow[where] = r.decimals, False
    faults = {-1: "no text (str)"}
    for i in np.flatnonzero(slow).tolist():
        try:
            f = figure_of(parse(texts[i]), rounding)
        except FigureError as error:
            faults[i] = str(error)
        else:
            numbers[:, i] = math.nan if f.value is None else f.value, f.low, f.high
            words[i] = said.setdefault((f.unit, f.hedge, f.measure), len(said))
            decimals[i] = f.decimals
    bad = np.flatnonzero(np.isin(codes, list(faults))).tolist()
    if bad:
        lines = [f"{series.index[i]!r}: {entries[i]!r}: {faults[int(codes[i])]}" for i in bad]
        raise FigureError(f"{len(bad)} of {len(entries)} entries unreadable\n" + "\n".join(lines))
    kept = zip(*said, strict=True) if said else ([], [], [])
    columns_ = [
        *(column[codes] for column in numbers),
        *(pd.array(list(each), dtype="str").take(words[codes]) for each in kept),
        decimals[codes],
    ]
    return pd.DataFrame(dict(zip(COLUMNS, columns_, strict=True)), index=series.index)
