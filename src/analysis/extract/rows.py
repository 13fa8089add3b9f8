"""The rows of one table of a data folder, and what is wrong with them by themselves.

`schema` reads the cells. Checked here is what a schema cannot say: that `value` says what
`reported` says, and that periods run forwards.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, Self

import numpy as np
import pandas as pd

from ..figures import FigureError, read_figure, read_figures
from ..units import halves, is_share
from .model import ROUNDED_TO, Fault, in_context
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
_SIGN = re.compile(r"\s*[-+−–－＋﹣]")


_IN_CONTEXT = "reported", "value", "unit", "measure"  # what a figure is read from
_BESIDE = "name_zh", "name_en", "basis", "against"
_DTYPES: dict[str, Any] = dict.fromkeys(("period_start", "as_of"), "datetime64[us]")
_DTYPES |= dict.fromkeys(("paragraph", "position"), "Int64")
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"-?[0-9]{1,60}(\.[0-9]{1,60})?")
_Cells = tuple[str, ...]


class Reading(NamedTuple):
    """What is read from a figure's `reported` in its context; unit and measure as they stand."""

    value: float
    low: float
    high: float
    hedge: str
    unit: str
    measure: str
    flipped: bool  # its sign is that of `value`


@dataclass
class Table:
    """A table of a data folder, as far as its file alone tells: its rows, and what is wrong there.

    `frame` holds text, of figures with what is read from `reported`; None where it has not the
    columns. `cells` are its columns as read by their fields, `readings` what was read of figures.
    """

    name: str
    text: str
    frame: Any  # pd.DataFrame | None
    rows: list[int]
    cells: dict[str, list[Any]]
    left_out: set[str]
    faults: list[Fault]
    readings: dict[_Cells, Reading]

    @classmethod
    def of(cls, name: str, text: str, before: Self | None = None) -> Self:
        """`before`: the table as it was. What it has of a figure in the same context stays."""
        readings: dict[_Cells, Reading] = {}
        faults: list[Fault] = []
        left_out: set[str] = set()
        frame = frame_of(name, text, faults, left_out)
        if frame is None:
            return cls(name, text, None, [], {}, left_out, faults, readings)
        rows = frame.index.tolist()
        cells, wrong = read_cells(name, frame)
        faults += wrong
        if name == "figures":
            faults += _period_faults(frame)
            frame, readings, reading = _double_entry(frame, before.readings if before else {})
            faults += reading
        return cls(name, text, frame, rows, cells, left_out, faults, readings)

    @cached_property
    def converted(self) -> pd.DataFrame:
        """As an extract has it: dates as timestamps and places as nullable integers."""
        table: pd.DataFrame = self.frame
        read = {
            name: pd.array(self.cells[name], dtype=dtype)
            for name, dtype in _DTYPES.items()
            if name in table
        }
        table = table.assign(**read)
        if self.name == "figures":
            return table.set_index("figure")
        return table.reset_index(drop=True)


def in_digits(value: float | None) -> str:
    """A value as the tables write it: every digit that tells it apart, and no exponent; "" of none.

    >>> in_digits(1e30), in_digits(-12.4), in_digits(float("nan"))
    ('1000000000000000000000000000000', '-12.4', '')
    """
    if value is None or math.isnan(value):
        return ""
    return str(np.format_float_positional(value, trim="-"))


def _double_entry(
    figures: pd.DataFrame, known: dict[_Cells, Reading]
) -> tuple[pd.DataFrame, dict[_Cells, Reading], list[Fault]]:
    """Figures with bounds read from `reported`, and where value, unit or measure say otherwise.

    With all that was read of them; what is `known` is not read again.
    """
    faults: list[Fault] = []
    contexts = _contexts(figures)
    new = [each not in known for each in contexts]
    found: dict[_Cells, Reading] = {}
    if any(new):
        try:
            found = _read(figures[new])
        except FigureError:
            unreadable = dict(_unreadable(figures["reported"]))
            faults += [
                Fault("figures.csv", row, "reported", figures["reported"][row], f"a figure: {why}")
                for row, why in unreadable.items()
            ]
            figures = figures.drop(index=list(unreadable))
            contexts = _contexts(figures)
            found = _read(figures)
    every = known | found
    read = [every[each] for each in contexts]
    rows = zip(figures.index.tolist(), contexts, _cells(figures, _BESIDE), read, strict=True)
    faults += [
        Fault("figures.csv", row, column, cell, expected)
        for row, context, beside, reading in rows
        for column, cell, expected in _contradicted(context, beside, reading)
    ]
    columns = list(figures.columns)
    columns[columns.index("value") + 1 : columns.index("unit")] = ["low", "high"]
    made = dict(zip(Reading._fields, zip(*read, strict=True), strict=True)) if read else {}
    numbers = {name: np.array(made.get(name, ()), dtype=float) for name in ("value", "low", "high")}
    figures = figures.assign(**numbers, hedge=pd.array(made.get("hedge", ()), dtype="str"))
    return figures[[*columns, "hedge"]], dict(zip(contexts, read, strict=True)), faults


def _contexts(table: pd.DataFrame) -> list[_Cells]:
    """What each figure is read from: its cells, and what its note says that it is rounded to."""
    steps = (re.search(ROUNDED_TO, note) if note else None for note in table["note"].tolist())
    of_each = (step[1] if step else "" for step in steps)
    return list(zip(*_columns(table, _IN_CONTEXT), of_each, strict=True))


def _cells(table: pd.DataFrame, names: tuple[str, ...]) -> list[_Cells]:
    return list(zip(*_columns(table, names), strict=True))


def _columns(table: pd.DataFrame, names: tuple[str, ...]) -> Iterator[list[str]]:
    return (table[name].tolist() for name in names)


def _read(figures: pd.DataFrame) -> dict[_Cells, Reading]:
    """What figures say in their context. Raises `FigureError` where one is none."""
    read = read_figures(figures["reported"])
    value = [_number(text) for text in figures["value"].tolist()]
    read, flipped = in_context(read, figures.assign(value=value))
    columns = (read[name].tolist() for name in Reading._fields[:-1])
    made = map(Reading, *columns, flipped.tolist())
    return dict(zip(_contexts(figures), made, strict=True))


def _number(text: str) -> float:
    return float(text) if _NUMBER.fullmatch(text) else math.nan


def _contradicted(context: _Cells, beside: _Cells, read: Reading) -> Iterator[tuple[str, str, str]]:
    """Cells of a figure that say otherwise than `reported` or each other: what was expected."""
    (reported, text, unit, measure, _), (name_zh, name_en, basis, against) = context, beside
    unknown = math.isnan(read.value)
    if _number(text) != read.value and not (unknown and text == ""):
        yield "value", text, f"{in_digits(read.value) or 'no value'} as in {reported}"
    told = read.unit != "" and not read.flipped
    # What it is by may stand before it: 每10万人中有192人, in 人/10万人.
    counted = (halves(unit) or (unit,))[0] if measure == "rate" else unit
    if told and not {"", read.unit} & {unit, counted}:
        yield "unit", unit, f"{read.unit} as in {reported}"
    share = read.unit == "" and measure == "change" and is_share(unit)
    fits = MEASURE_IN_CONTEXT[read.measure]
    if _SIGN.match(reported):  # alone it tells no change: -27 in a column of balances
        fits = fits | ({"amount", "rate"} if read.unit else {"amount", "rate", "count"})
    if not share and measure in MEASURE_IN_CONTEXT.keys() - fits:
        yield "measure", measure, f"{read.measure} as in {reported}"
    if name_en == name_zh == "":
        yield "name_zh", "", "what it counts, in Chinese or, as name_en, in English"
    if measure == "change" and not basis:
        yield "basis", basis, "a basis, as it is a change"
    elif measure != "change" and basis:
        yield "basis", basis, "none, as it is no change"
    moved = measure in ("change", "difference")
    if moved and not against:
        expected = f"what it is against, or: not stated, as it is a {measure}"
        yield "against", against, expected
    elif against and not moved:
        yield "against", against, "nothing, as it is no change and no difference"


def _unreadable(reported: pd.Series) -> Iterator[tuple[int, str]]:
    """The rows whose text is no figure, and what is wrong with each."""
    for row, text in zip(reported.index.tolist(), reported.tolist(), strict=True):
        try:
            read_figure(text)
        except FigureError as error:
            yield row, str(error).splitlines()[0]


def _period_faults(figures: pd.DataFrame) -> list[Fault]:
    days = zip(figures.index.tolist(), *_columns(figures, ("period_start", "as_of")), strict=True)
    return [
        Fault("figures.csv", row, "as_of", end, f"no earlier than {start}")
        for row, start, end in days
        if start > end and _DAY.fullmatch(start) and _DAY.fullmatch(end)
    ]
