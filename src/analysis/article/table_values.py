"""What the cells of a block measure: units, measures, periods and bounds, cell by cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .periods import a_year_before
from .table_labels import (
    Period,
    averages,
    is_total,
    of_which,
    period_of,
    says_absolute,
    says_change,
    says_change_of_share,
    says_rate,
    says_share,
    units_of,
)
from .table_numbers import Number, bounds, with_eras
from .table_rows import Block, of_pairs
from .table_units import is_measured, is_money
from .table_unnamed import unnamed

_POWERS = re.compile(r"^[千百十]?[万萬亿億](?=\S)|^千(?=[人元吨噸])")
_COMPARES = re.compile(r"^[^增増升涨漲减減降跌]*[年期月度]比[^增増升涨漲减減降跌]*$")
_OF_PLAN = re.compile(
    r"(?!.*[增増升涨漲减減降跌差]).*(?:[预預]算|[计計][划劃]|目[标標]|任[务務]).*[比较較]"
)
_INDEX = 50  # no fewer where the year before is 100
_OF_A_WHOLE = re.compile(r"[率占佔比]|share|proportion|\bratios?\b", re.IGNORECASE)
_NO_RATIO = 1_000  # so many wholes and more are counted, whatever their label says
_BOTH_WAYS = re.compile(r"[增升涨漲][减減降跌]|[变變][动動化]")
_AGAINST = (
    (
        re.compile(
            r"同比|同期|[上前]年|去年|year earlier|year ago|last year|previous year|yoy"
            r"|year[- ]o\w+[- ]year"
        ),
        "year earlier",
    ),
    (
        re.compile(
            r"环比|環比|[上前][月期]|上季|previous (?:month|quarter)|last month"
            r"|month[- ]o\w+[- ]month"
        ),
        "previous period",
    ),
)
_YEAR_BEFORE = re.compile(
    r"(?:(?:上一?年|去年)度?(?:同期)?|同期)(?:实际|實際)?(?:(?:完成|[执執]行|[决決]算|[预預]算|累[计計]|发生|發生)?[数數额額值量]?)"
    r"\s*(?:[(（].*)?|(?:same period (?:of )?)?(?:the )?(?:last|previous|prior) year",
    re.IGNORECASE,
)
_FORMS = {"％": "percent", "%": "percent"}
_FORMS |= dict.fromkeys(
    ("百分點", "百分点", "個百分點", "个百分点", "ポイント", "pt", "pts"), "percentage point"
)
_IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_LONGEST_LABEL = 300  # characters that are asked what they say
_POINTS = "percentage point"
ROUND = 6  # figures that do not all end in 0 by chance


@dataclass
class Values:
    """A block's figures in columns: where each stands, as printed, what it measures, its bounds."""

    block: Block
    key: list[str] = field(default_factory=list)
    row: list[int] = field(default_factory=list)
    column: list[int] = field(default_factory=list)
    others: list[tuple[int, int]] = field(default_factory=list)  # cells that hold something else
    reported: list[str] = field(default_factory=list)
    unit: list[str] = field(default_factory=list)
    measure: list[str] = field(default_factory=list)
    period: list[Period] = field(default_factory=list)
    against: list[str] = field(default_factory=list)
    value: npt.NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    low: npt.NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    high: npt.NDArray[np.float64] = field(default_factory=lambda: np.empty(0))


class _Line:
    """What the label of a row or a column says of its figures."""

    def __init__(self, label: str) -> None:
        self.label = label = label[:_LONGEST_LABEL]
        self.unit = next(iter(units_of(label)), "")
        self.change = says_change(label)
        if self.change and self.unit == "percent" and says_change_of_share(label):
            self.unit = _POINTS
        self.absolute = says_absolute(label)
        self.rate = says_rate(label) or self.unit in ("percent", "‰")
        self.share = says_share(label)
        self.percent = self.unit == "percent"
        self.averaged = averages(label)
        self.fraction = False  # whether numbers with decimals stand in it
        changes = label if self.change else ""
        own = self.unit, self.change, self.absolute, self.rate, self.share, self.averaged
        self.key = *own, changes

    def is_rather(self, kind: str) -> None:
        """A kind that its figures tell, and no label: a share, a change, a difference."""
        self.share = self.rate = kind == "share"
        self.change, self.absolute = not self.share, kind == "difference"
        self.percent, self.unit = not self.absolute, "" if self.absolute else "percent"

    def counted(self) -> _Line:
        """What it says of a number beside which the percentage stands in the same cell: that is
        what brackets say, as in 件数(同比%)."""
        line = copy(self)
        line.change = self.change and says_change(_IN_BRACKETS.sub("", self.label))
        line.rate = line.share = line.percent = False
        line.unit, line.absolute = "" if self.percent else self.unit, line.change
        return line


def values_of(block: Block, caption: Sequence[str], context: Sequence[str]) -> Values:
    """Read the figures of a block. `caption` holds the units that hold for all of it, `context`
    the labels that may state its year: its title, the lines above it."""
    heads = [block.label(n) for n in range(len(block.columns))]
    columns = [_Line(head) for head in heads]
    for path, own, before in zip(block.columns[1:], columns[1:], columns, strict=False):
        if any(map(of_which, path)) and not (own.unit or own.rate or own.change or before.rate):
            own.unit = before.unit  # a part of what stands before it, not the caption's
    _signed_columns(block, columns)
    bare = [not (line.unit or line.change or line.rate) for line in columns]
    for c, kind in unnamed(block, bare):
        columns[c].is_rather(kind)
    _powers_restored(block, columns)
    if any(line.change and line.percent for line in columns):
        # Beside a change in percent, what only says that it rose and fell is the difference.
        for line, head in zip(columns, heads, strict=True):
            line.absolute |= line.change and not line.unit and bool(_BOTH_WAYS.search(head))
    rows = [_Line(f"{row.full}({row.unit})" if row.unit else row.full) for row in block.rows]
    fraction_row, fraction_column = _fractions(block, rows, columns)
    for line, fraction in zip(columns, fraction_column, strict=True):
        line.fraction = fraction
    turned = zip(*(row.cells for row in block.rows), strict=True)
    row_of_pairs = [of_pairs([row.full], row.cells) for row in block.rows]
    column_of_pairs = list(map(of_pairs, block.columns, turned))
    shape = len(block.rows), len(block.columns)
    general = [unit for unit in caption if unit not in ("percent", "‰")]
    common = general[0] if len(general) == 1 else ""
    periods = _periods(block, context)
    found = Values(block)
    steps: list[int] = []
    exponents: list[int] = []
    means_of: list[_Meaning] = []
    signs: list[bool] = []
    known: dict[tuple[object, ...], _Meaning] = {}
    usual: dict[tuple[int, bool], list[_Meaning | None]] = {}  # by column, of a number alone
    kinds: dict[tuple[object, ...], int] = {}  # of rows whose labels say the same
    names = [f"_c{c + 1}" for c in range(shape[1])]
    for r, row in enumerate(block.rows):
        says, name, when = rows[r], f"r{r + 1:02}", periods[r]
        sort = (kinds.setdefault(says.key, len(kinds)), fraction_row[r])
        plain = usual.setdefault(sort, [None] * shape[1])
        for c, cell in enumerate(row.cells):
            if cell.kind != "number":
                if cell.kind != "blank":
                    found.others.append((r, c))
                continue
            for k, number in enumerate(cell.numbers):
                beside = len(cell.numbers) > 1 and _beside_percent(number, cell.numbers)
                beside |= not (k or number.unit) and (row_of_pairs[r] or column_of_pairs[c])
                alone = not (number.unit or number.signed or number.worded or beside)
                if (means := plain[c] if alone else None) is None:
                    forms = (*sort, c, number.unit, number.signed, number.worded, beside)
                    if (means := known.get(forms)) is None:
                        label = f"{row.full} {heads[c]}"
                        fraction = fraction_row[r] and fraction_column[c]
                        fraction |= says.averaged or columns[c].averaged
                        lines = says, columns[c]
                        own, column = (x.counted() for x in lines) if beside else lines
                        means = _meaning(own, column, label, common, fraction, number)
                        known[forms] = means
                    plain[c] = means if alone else plain[c]
                down = number.bracketed and means.against and not number.signed
                found.key.append(f"{name}{names[c]}_{k + 1}" if k else name + names[c])
                found.row.append(r)
                found.column.append(c)
                found.reported.append(f"-{number.text}" if down else number.text)
                found.period.append(when[c])
                means_of.append(means)
                steps.append(-number.steps if down else number.steps)
                exponents.append(number.exponent)
                signs.append(means.signed or number.signed < 0)
    if not found.key:
        return found
    found.unit = [means.unit for means in means_of]
    found.measure = [means.measure for means in means_of]
    found.against = [means.against for means in means_of]
    printed = _unpadded(found, np.array(steps), np.array(exponents))
    value, low, high = bounds(*printed, [means.whole for means in means_of])
    low = np.where(signs, low, np.maximum(low, 0.0))
    full = np.array([means.share for means in means_of]) & (value == 100.0)
    found.value, found.low, found.high = value, low, np.where(full, 100.0, high)
    return found


def _beside_percent(number: Number, numbers: Sequence[Number]) -> bool:
    """Whether a number has no unit, and another in its cell is a percentage."""
    return not number.unit and any(_FORMS.get(each.unit) == "percent" for each in numbers)


def _unpadded(
    values: Values, steps: npt.NDArray[np.int64], exponents: npt.NDArray[np.int64]
) -> tuple[Sequence[int], Sequence[int]]:
    """Figures without the zero that pads all of a row's or a column's to one length (62.40,
    8.10): rounded before it."""
    for lines in (np.array(values.row), np.array(values.column)):
        count = np.bincount(lines)
        ends = np.bincount(lines, (steps % 10 == 0) & (exponents < 0))
        told = np.bincount(lines, steps % 100 != 0)
        padded = ((count == ends) & (count >= ROUND) & (2 * told > count))[lines]
        steps, exponents = np.where(padded, steps // 10, steps), exponents + padded
    return steps.tolist(), exponents.tolist()


def _signed_columns(block: Block, columns: list[_Line]) -> None:
    """A column in which most figures have a sign is one of changes though no label says so: there
    is a plus, too, or it names what came before, or all are percentages. One that compares
    (対前年比) and holds nothing below 50 has the year before as 100: a rate, as is a percentage
    without a sign that compares with a plan (與預算數比較). One that is called a share or a ratio,
    in no unit, and holds nothing but whole numbers from 1,000 on, holds the parts themselves."""
    turned = zip(*(row.cells for row in block.rows), strict=True)
    for c, (column, cells) in enumerate(zip(columns, turned, strict=False)):
        numbers = [n for cell in cells for n in cell.numbers if n.steps]
        signs = [n.signed for n in numbers]
        signed = len(signs) - signs.count(0)
        percent = not column.rate and all(_FORMS.get(n.unit) == "percent" for n in numbers)
        named = percent or any(pattern.search(block.label(c).lower()) for pattern, _ in _AGAINST)
        if (
            not column.change
            and (1 in signs or named)
            and signed >= (0.5 if percent else 0.8) * len(numbers)
            and signed > 2
        ):
            column.change = True
        compares = column.change and _COMPARES.search(block.label(c)) and numbers
        index = compares and min(n.value * (n.signed == 0) for n in numbers) >= _INDEX
        if index or (column.rate and not any(signs) and _OF_PLAN.match(block.label(c))):
            column.change, column.rate = False, True
        if column.rate and not column.unit and _OF_A_WHOLE.search(block.label(c)):
            counted = all(n.exponent == 0 and n.steps >= _NO_RATIO for n in numbers)
            column.rate &= not (counted and len(numbers) > 2)


def _powers_restored(block: Block, columns: list[_Line]) -> None:
    """A total in a length among areas or volumes of it (km beside km²) is one of these: what is
    printed small is lost first."""
    for path, total in zip(block.columns, columns, strict=True):
        if total.unit and any(map(is_total, path[-1:])):
            beside = zip(block.columns, columns, strict=True)
            units = {c.unit for p, c in beside if c is not total and p[:-1] == path[:-1]}
            powers = units & {total.unit + mark for mark in "²³23"}
            if len(powers) == 1 and total.unit not in units:
                total.unit = powers.pop()


def _fractions(
    block: Block, rows_say: Sequence[_Line], columns_say: Sequence[_Line]
) -> tuple[list[bool], list[bool]]:
    """Which rows and which columns hold a number with decimals, changes and rates among counts
    apart."""
    plain_row = [not (line.change or line.rate) for line in rows_say]
    plain_column = [not (line.change or line.rate) for line in columns_say]
    rows = [False] * len(block.rows)
    columns = [False] * len(block.columns)
    for r, row in enumerate(block.rows):
        for c, cell in enumerate(row.cells):
            for number in cell.numbers:
                if number.exponent < 0:
                    rows[r] = rows[r] or plain_column[c]
                    columns[c] = columns[c] or plain_row[r]
    return rows, columns


class _Meaning(NamedTuple):
    """What the figures of a column in rows alike are."""

    unit: str
    measure: str
    against: str
    whole: bool
    signed: bool
    share: bool


def _meaning(
    row: _Line, column: _Line, label: str, common: str, fraction: bool, number: Number
) -> _Meaning:
    own = _FORMS.get(number.unit, number.unit)
    unit, measure = _unit_and_measure(row, column, own, common, fraction, number)
    changes = measure in ("change", "difference")
    whole = measure == "count" or (measure == "difference" and _counts(unit, fraction))
    share = measure == "rate" and column.share and unit == "percent"
    against = _against(label) if changes else ""
    return _Meaning(unit, measure, against, whole and not _POWERS.match(unit), changes, share)


def _unit_and_measure(
    row: _Line, column: _Line, own: str, common: str, fraction: bool, number: Number
) -> tuple[str, str]:
    """The unit and the measure of a figure by its own unit, its column's, its row's or the
    caption's."""
    stated = own or column.unit or row.unit
    if column.change or row.change:
        says = column if column.change else row
        other = row if column.change else column
        if stated == _POINTS:
            return _POINTS, "difference"
        if own == "percent" or (says.percent and not own):
            return "percent", "change"
        if own or says.absolute or says.unit:
            return own or says.unit or other.unit or common, "difference"
        if other.percent:
            return _POINTS, "difference"
        if fraction or (says is column and column.fraction):
            return "percent", "change"
        return other.unit or common, "difference"
    if own and (number.worded or (number.signed and not column.rate and not row.rate)):
        return own, "change" if own == "percent" else "difference"
    unit = stated or ("" if column.rate or row.rate else common)
    return unit, _measure(unit, column.rate or row.rate, fraction)


@lru_cache(1024)
def _measure(unit: str, rate: bool, fraction: bool) -> str:
    if unit in ("percent", "‰") or re.search(r"[/／每]|\bper\b", unit):
        return "rate"
    if unit == _POINTS:
        return "difference"
    counted = _POWERS.sub("", unit)
    if is_measured(counted) or is_money(unit):
        return "amount"
    if rate and not unit:
        return "rate"
    if counted != unit:
        return "amount" if fraction else "count"
    return "rate" if rate else "amount" if fraction else "count"


def _counts(unit: str, fraction: bool) -> bool:
    """Whether differences in a unit are of whole things."""
    return unit != _POINTS and not fraction and _measure(unit, False, False) == "count"


def _against(label: str) -> str:
    """What a change is against, by the words of its labels."""
    return next((name for pattern, name in _AGAINST if pattern.search(label.lower())), "not stated")


def _periods(block: Block, context: Sequence[str]) -> list[list[Period]]:
    """The period of each cell: its column's label, then its row's, then what stands above."""
    roc = re.search(r"民[国國]", block.corner)
    heads = with_eras([block.label(n) for n in range(len(block.columns))])
    above = [tuple(reversed(head.split(" / "))) for head in heads]
    times = Counter(heads)
    for n, head in enumerate(heads[1:], 1):  # 2022年, 比重, 2021年, 比重: each beside its year
        if times[head] > 1 and not says_change(head) and not period_of([*above[n]]).when:
            above[n] = (*above[n], *above[n - 1])
    priors = [_prior_label(column) for column in above]
    found, known = [], dict[tuple[str, str], list[Period]]()
    labels = with_eras([row.label for row in block.rows])
    for row, label in zip(block.rows, labels, strict=True):
        name = f"{label}年" if roc and label.isdigit() else label
        key = (name if period_of([name]).when else "", row.heading)
        if key not in known:
            below = (*key, block.title, *context)
            known[key] = [
                _a_year_before(prior, period_of([*column, *below]))
                for column, prior in zip(above, priors, strict=True)
            ]
        own = name if _YEAR_BEFORE.fullmatch(name) else ""
        found.append([_a_year_before(own, period) for period in known[key]] if own else known[key])
    return found


def _prior_label(labels: Sequence[str]) -> str:
    """The label that says that figures are of the year before, if no nearer one names a period."""
    for label in labels:
        if _YEAR_BEFORE.fullmatch(label):
            return label
        if period_of([label]).when:
            break
    return ""


def _a_year_before(label: str, period: Period) -> Period:
    """The period that a label puts a year before one: the same months (同期), or all of it. The
    year before a part of one may be all of it or its part: not stated."""
    start, end = period.start, period.end
    if not label:
        return period
    if start is None or end is None:
        return Period(label)
    if (start.month, end.month) != (1, 12) and "同期" not in label and "same" not in label.lower():
        return Period(label)
    return Period(label, a_year_before(start), a_year_before(end))
