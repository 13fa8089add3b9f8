"""The rows of one table of a data folder, and what is wrong with them by themselves.

`schema` reads the cells. Checked here is what a schema cannot say: that `value` says what
`reported` says, and that periods run forwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
import pandas as pd

from ..figures import FigureError, read_figure, read_figures
from ..units import is_share
from .model import Fault, in_context
from .schema import frame_of, read_cells

# A figure's context may make it another measure than its own text shows: 488起 beside 日均 is an
# average, 2.23亿 beside 人民币 an amount, 23.5% after 分别下降 a change, 7件 after it a difference.
MEASURE_IN_CONTEXT = {
    "count": {"count", "rate", "amount", "difference"},
    "amount": {"amount", "rate", "difference"},
    "rate": {"rate", "change", "difference"},
    "change": {"change"},
    "difference": {"difference"},
}


@dataclass
class Table:
    """A table of a data folder, as far as its file alone tells: its rows, and what is wrong there.

    `frame` holds text, of figures with what is read from `reported`; None where it has not the
    columns. `cells` are its columns as read by their fields.
    """

    name: str
    text: str
    frame: Any  # pd.DataFrame | None
    rows: list[int]
    cells: dict[str, list[Any]]
    left_out: set[str]
    faults: list[Fault]

    @classmethod
    def of(cls, name: str, text: str) -> Self:
        faults: list[Fault] = []
        left_out: set[str] = set()
        frame = frame_of(name, text, faults, left_out)
        if frame is None:
            return cls(name, text, None, [], {}, left_out, faults)
        rows = frame.index.tolist()
        cells, wrong = read_cells(name, frame)
        faults += wrong
        if name == "figures":
            faults += _period_faults(frame)
            frame, reading = _double_entry(frame)
            faults += reading
        return cls(name, text, frame, rows, cells, left_out, faults)

    @cached_property
    def converted(self) -> pd.DataFrame:
        """As an extract has it: dates as timestamps and places as nullable integers."""
        table: pd.DataFrame = self.frame
        dates = [name for name in ("period_start", "as_of") if name in table]
        places = [name for name in ("paragraph", "position") if name in table]
        table = table.assign(
            **{
                name: pd.to_datetime(table[name].where(table[name] != ""), format="%Y-%m-%d")
                for name in dates
            },
            **{name: pd.to_numeric(table[name]).astype("Int64") for name in places},
        )
        if self.name == "figures":
            return table.set_index("figure")
        return table.reset_index(drop=True)


def in_digits(value: float | None) -> str:
    """A value as the tables write it: every digit that tells it apart, and no exponent; "" of none.

    >>> in_digits(1e30), in_digits(-12.4), in_digits(float("nan"))
    ('1000000000000000000000000000000', '-12.4', '')
    """
    return (
        "" if value is None or value != value else str(np.format_float_positional(value, trim="-"))
    )


def _double_entry(figures: pd.DataFrame) -> tuple[pd.DataFrame, list[Fault]]:
    """Figures with bounds read from `reported`, and where value, unit or measure say otherwise."""
    faults: list[Fault] = []

    def report(wrong: Any, column: str, expected: Any) -> None:
        if not wrong.any():
            return
        rows = figures.assign(expected=expected)[wrong]  # an empty frame would grow to expected
        faults.extend(
            Fault("figures.csv", row["index"], column, row[column], row["expected"])
            for row in rows.reset_index(names="index").to_dict("records")
        )

    try:
        read = read_figures(figures["reported"])
    except FigureError:
        unreadable = dict(_unreadable(figures["reported"]))
        faults += [
            Fault("figures.csv", row, "reported", figures["reported"][row], f"a figure: {why}")
            for row, why in unreadable.items()
        ]
        figures = figures.drop(index=list(unreadable))
        read = read_figures(figures["reported"])

    plain = figures["value"].str.fullmatch(r"-?\d{1,60}(\.\d{1,60})?")
    value = pd.to_numeric(figures["value"].where(plain), errors="coerce")
    read, flipped = in_context(read, figures.assign(value=value))
    printed = " as in " + figures["reported"]
    values = [in_digits(x) or "no value" for x in read["value"]]
    says = pd.Series(values, index=figures.index, dtype="str") + printed
    neither = read["value"].isna() & (figures["value"] == "")
    report((value != read["value"]) & ~neither, "value", says)
    unit = figures["unit"].where((read["unit"] == "") | flipped, read["unit"])
    report((figures["unit"] != unit) & (figures["unit"] != ""), "unit", read["unit"] + printed)
    measure = figures["measure"]
    pairs = zip(read["measure"], measure, strict=True)
    possible = np.array([mine in MEASURE_IN_CONTEXT[read] for read, mine in pairs], dtype=bool)
    possible |= (read["unit"] == "") & (measure == "change") & unit.map(is_share).astype("bool")
    measured = measure.isin(MEASURE_IN_CONTEXT)
    report(measured & ~possible, "measure", read["measure"] + printed)
    nameless = (figures["name_en"] == "") & (figures["name_zh"] == "")
    report(nameless, "name_zh", "what it counts, in Chinese or, as name_en, in English")
    based, placed = figures["basis"] != "", figures["against"] != ""
    report((measure == "change") & ~based, "basis", "a basis, as it is a change")
    report((measure != "change") & based, "basis", "none, as it is no change")
    moved = measure.isin(["change", "difference"])
    report(moved & ~placed, "against", "what it is against, or: not stated, as it is a " + measure)
    report(~moved & placed, "against", "nothing, as it is no change and no difference")
    columns = list(figures.columns)
    columns[columns.index("value") + 1 : columns.index("unit")] = ["low", "high"]
    figures = figures.assign(
        value=read["value"], low=read["low"], high=read["high"], hedge=read["hedge"]
    )
    return figures[[*columns, "hedge"]], faults


def _unreadable(reported: pd.Series) -> Iterator[tuple[int, str]]:
    """The rows whose text is no figure, and what is wrong with each."""
    for row, text in zip(reported.index.tolist(), reported.tolist(), strict=True):
        try:
            read_figure(text)
        except FigureError as error:
            yield row, str(error).splitlines()[0]


def _period_faults(figures: pd.DataFrame) -> list[Fault]:
    iso = r"\d{4}-\d{2}-\d{2}"
    start, end = figures["period_start"], figures["as_of"]
    both = start.str.fullmatch(iso) & end.str.fullmatch(iso)
    return [
        Fault("figures.csv", int(row), "as_of", end[row], f"no earlier than {start[row]}")
        for row in figures.index[both & (start > end)]
    ]
