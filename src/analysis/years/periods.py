"""Periods of whole months: how long they are, what was before them, what they are called."""

from __future__ import annotations

import numpy as np
import pandas as pd


def months_of(start: pd.Series, end: pd.Series) -> pd.Series:
    """How many months each period covers; NaN where it is not of whole months, or not stated."""
    months = 12 * (end.dt.year - start.dt.year) + end.dt.month - start.dt.month + 1
    whole: pd.Series = months.where((start.dt.day == 1) & end.dt.is_month_end)
    return whole


def months_before(days: pd.Series, months: pd.Series) -> pd.Series:
    """The same day so many months before; the end of a month stays the end of a month."""
    first = days.dt.to_period("M").dt.to_timestamp()
    count = 12 * first.dt.year + first.dt.month - 1 - months
    moved = pd.to_datetime(
        pd.DataFrame({"year": count // 12, "month": count % 12 + 1, "day": 1}), errors="coerce"
    )
    day = days.dt.day.where(~days.dt.is_month_end, 31)
    offset = np.minimum(day, moved.dt.days_in_month) - 1
    shifted: pd.Series = moved + pd.to_timedelta(offset, unit="D")
    return shifted


# The first and the last month of a part of a year, and what it is called.
_PARTS = {(1, 12): "", (1, 6): " H1", (7, 12): " H2", (1, 9): " Q1–Q3"}
_PARTS |= {(3 * n - 2, 3 * n): f" Q{n}" for n in (1, 2, 3, 4)}


def period_name(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """What a period is called: "2021", "2021 H1", "2021-03", or its first and last day.

    >>> period_name(pd.Timestamp("2021-01-01"), pd.Timestamp("2021-09-30"))
    '2021 Q1–Q3'
    """
    if pd.isna(start) or pd.isna(end):
        return "not stated" if pd.isna(end) else f"to {end:%Y-%m-%d}"
    if start.day > 1 or not end.is_month_end:
        return f"{start:%Y-%m-%d} to {end:%Y-%m-%d}"
    if start.year == end.year and (part := _PARTS.get((start.month, end.month))) is not None:
        return f"{start.year}{part}"
    first, last = f"{start:%Y-%m}", f"{end:%Y-%m}"
    return first if first == last else f"{first} to {last}"
