"""A column of printed figures reads as its entries do, to the bit."""

import random
import re

import numpy as np
import pandas as pd
import pytest
from building import COLUMNS, PRINTED, bits
from hypothesis import given
from hypothesis import strategies as st

from analysis.figures import (
    FigureError,
    columns,
    read_figure,
    read_figures,
    reading,
)
from analysis.rounding import quotient_below

FORMATS = [
    "{}起",
    "{}件",
    "下降{}%",
    "{}%",
    "{}亿元",
    "{}万件",
    "增长{}倍",
    "{}‰",
    "{}多人",
    "日均{}起",
    "超过{}件",
    "不足{}件",
    "约{}亿元",
    "近{} 人",
    "-{}%",
]


@pytest.mark.parametrize("rounding", ["nearest", "truncated", "either"])
def test_a_column_reads_like_its_entries_to_the_bit(rounding: str) -> None:
    rng = random.Random(20181115)
    texts = [row["reported"] for row in PRINTED]
    for form in FORMATS:
        for decimals in range(6):
            for digits in (1, 3, 8, 11):
                texts += [
                    form.format(f"{rng.uniform(0, 10**digits):.{decimals}f}") for _ in range(20)
                ]
    texts += [form.format(n) for form in FORMATS for n in [*range(100, 120), 99, 100, 0]]
    texts += texts[:50]
    series = pd.Series(texts, index=pd.RangeIndex(5, 5 + len(texts)), dtype="str")
    frame = read_figures(series, rounding=rounding)
    assert list(frame.columns) == COLUMNS
    assert frame.index.equals(series.index)
    for text, row in zip(texts, frame.itertuples(index=False), strict=True):
        one = read_figure(text, rounding=rounding)
        assert [bits(row.value), bits(row.low), bits(row.high)] == [
            bits(one.value),
            bits(one.low),
            bits(one.high),
        ], text
        rest = (row.unit, row.hedge, row.measure, row.decimals)
        assert rest == (one.unit, one.hedge, one.measure, one.decimals), text


@given(n=st.integers(0, 2**52), den=st.sampled_from([2, 20, 200, 2000, 20000]))
def test_column_division_rounds_down_exactly(n: int, den: int) -> None:
    column = columns._below_column(np.array([n, -n], dtype=float), den)
    assert column.tolist() == [quotient_below(n, den), quotient_below(-n, den)]


def test_distinct_plain_figures_are_not_read_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = 0
    real = columns.parse

    def counting(text: str) -> reading.Reading:
        nonlocal calls
        calls += 1
        return real(text)

    monkeypatch.setattr(columns, "parse", counting)
    series = pd.Series(
        [f"{n}起" for n in range(5000)] + [f"下降{n / 10:.1f}%" for n in range(5000)]
    )
    assert len(read_figures(series)) == 10_000
    assert calls == 2  # once for each form
    calls = 0
    read_figures(pd.Series(["1200多路"] * 1000))
    assert calls == 1  # equal texts once


def test_all_faults_of_a_column_come_together() -> None:
    series = pd.Series(["6623起", "12岁", None, "第三", "12岁"], index=list("abcde"), dtype=object)
    with pytest.raises(FigureError) as caught:
        read_figures(series)
    reasons = []
    for text in ("12岁", "第三"):
        with pytest.raises(FigureError) as one:
            read_figure(text)
        reasons.append(str(one.value))
    assert str(caught.value) == "\n".join(
        [
            "4 of 5 entries unreadable",
            f"'b': '12岁': {reasons[0]}",
            "'c': None: no text (str)",
            f"'d': '第三': {reasons[1]}",
            f"'e': '12岁': {reasons[0]}",
        ]
    )


@pytest.mark.parametrize("stray", [5, None, 5.0])
def test_a_number_among_texts_is_a_fault(stray: object) -> None:
    with pytest.raises(FigureError, match=f"1: {stray!r}: no text"):
        read_figures(pd.Series(["6623起", stray], dtype=object))


@pytest.mark.parametrize("odd", ["1起\0", "\0起", "1\n2起"])
def test_what_a_column_is_worked_through_with_is_no_figure(odd: str) -> None:
    series = pd.Series([*(f"{n}起" for n in range(100)), odd])
    with pytest.raises(FigureError, match=re.escape(f"1 of 101 entries unreadable\n100: {odd!r}")):
        read_figures(series)


def test_an_empty_column_has_its_types() -> None:
    frame = read_figures(pd.Series([], dtype="str"))
    assert list(frame.columns) == COLUMNS
    one = read_figures(pd.Series(["6623起"]))
    assert frame.dtypes.to_dict() == one.dtypes.to_dict()


def test_a_column_is_a_series() -> None:
    with pytest.raises(TypeError, match="list"):
        read_figures(["6623起"])  # type: ignore[arg-type]
