"""The periods of a table's figures: of their columns, their rows, and what stands above."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from .periods import a_year_before
from .table_columns import Ints, Numbers
from .table_grid import BARE_YEAR
from .table_labels import Period, months_in, period_of, year_in
from .table_measures import says_change
from .table_months import ends_of, is_dated, months_ended
from .table_numbers import in_digits, with_eras
from .table_rows import Block

_YEAR_BEFORE = re.compile(
    r"(?:(?:上一?年|去年)度?(?:同期)?|同期)(?:实际|實際)?(?:(?:完成|[执執]行|[决決]算|[预預]算|累[计計]|发生|發生)?[数數额額值量]?)"
    r"\s*(?:[(（].*)?|(?:same period (?:of )?)?(?:the )?(?:last|previous|prior) year",
    re.IGNORECASE,
)
_YEARS = re.compile("(?:[會会][計计])?年[度別别]?")
_NUMBER = re.compile(r"\d{1,4}")
_OF_ROC = range(70, 140)  # no month, no year of another era
_ALONE = r"(?=$|[^\u3400-\u9fff]|[数數额額值量实實完发發])"  # as in 本月数, not as in 本月末
_THIS_MONTH = re.compile(rf"[本当當]月{_ALONE}|(?i:current month|this month)\b")
_TO_DATE = re.compile(rf"(?:[本今]年|年初)?累[计計]{_ALONE}|(?i:year[- ]to[- ]date|YTD)\b")


def periods_of(block: Block, context: Sequence[str], numbers: Numbers) -> tuple[list[Period], Ints]:
    """The periods of a block, and which each number is of: by its column's label, then its row's,
    then what stands above."""
    years = [int(row.label) for row in block.rows if _NUMBER.fullmatch(row.label)]
    told = _YEARS.fullmatch(block.corner) and years and all(year in _OF_ROC for year in years)
    roc = re.search(r"民[国國]", block.corner) or told
    heads = with_eras([block.label(n) for n in range(len(block.columns))])
    above = [tuple(reversed(head.split(" / "))) for head in heads]
    above = [_months_first(levels, block.title) for levels in above]
    times = Counter(heads)
    for n, head in enumerate(heads[1:], 1):  # 2022年, 比重, 2021年, 比重: each beside its year
        if times[head] > 1 and not says_change(head) and not period_of([*above[n]]).when:
            above[n] = (*above[n], *above[n - 1])
    priors = [_prior_label(column) for column in above]
    sorts: dict[tuple[str, str, str], int] = {}
    kinds = []
    for row, label in zip(block.rows, with_eras([row.label for row in block.rows]), strict=True):
        name = f"{label}年" if roc and label.isdigit() else label
        prior = name if _YEAR_BEFORE.fullmatch(name) else ""
        dated = is_dated(name) and period_of([name]).when
        key = (name if dated else "", row.heading, prior)
        kinds.append(sorts.setdefault(key, len(sorts)))
    ended = next(filter(None, map(months_ended, map(in_digits, (block.title, *context)))), None)
    found: dict[Period, int] = {}
    known = []
    for name, heading, own in sorts:
        below = (name, heading, block.title, *context)
        periods = [
            _a_year_before(prior, _as_said(column[0], period_of([*column, *below])))
            for column, prior in zip(above, priors, strict=True)
        ]
        periods = [_a_year_before(own, period) for period in periods] if own else periods
        periods = [_ended(period, ended) for period in periods] if ended else periods
        known.append([found.setdefault(period, len(found)) for period in periods])
    places = np.array(kinds, dtype=int)[numbers.row], numbers.column
    return list(found), np.array(known, dtype=int)[places]


def _months_first(levels: tuple[str, ...], title: str) -> tuple[str, ...]:
    """Levels of a head, the innermost first, behind the months that stand over their year, of
    whose columns these are: 1-6月 over 2022年 and 2023年."""
    own, over, *_ = (*filter(is_dated, (*levels, title)), "", "")
    bare = months_in(own) is None and year_in(own) is not None
    return (over, *levels) if bare and months_in(over) and year_in(over) is None else levels


def _ended(period: Period, months: tuple[int, int]) -> Period:
    """A year that a label names alone, as the months that end in it (for the year ended 31 March)
    above the table."""
    year = BARE_YEAR.fullmatch(in_digits(period.when).rstrip("年度"))
    if not year or period.end is None:
        return period
    return Period(period.when, *ends_of(int(year[0]), months))


def _as_said(label: str, period: Period) -> Period:
    """What a head says of the months that are named above it: the last of them (本月), or all from
    January on (累计). Which month a whole year ended with is not stated."""
    start, end = period.start, period.end
    this = _THIS_MONTH.match(label)
    if start is None or end is None or not (this or _TO_DATE.match(label)):
        return period
    if this:
        whole = months_in(period.when) is None
        return Period(this[0]) if whole else Period(this[0], end.replace(day=1), end)
    return Period(period.when, start.replace(month=1), end)


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
