"""A table that is read again after a change: never otherwise than one that is read for itself."""

import csv
import io
from pathlib import Path

import pandas as pd
import pytest

from analysis.extract import rows
from analysis.extract.rows import Table

FIGURES = Path(__file__).parents[2].joinpath("data/datong-2018/figures.csv").read_text("utf-8")


def changed(**cells):
    """The figures with cells of the third one written otherwise."""
    table = list(csv.DictReader(io.StringIO(FIGURES)))
    table[2] |= cells
    out = io.StringIO()
    writer = csv.DictWriter(out, list(table[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(table)
    return out.getvalue()


@pytest.mark.parametrize(
    "cells",
    [
        {"status": "proposed", "note": "read again"},
        {"value": "7"},
        {"value": "nothing"},
        {"value": "", "unit": ""},
        {"unit": "吨"},
        {"measure": "change"},
        {"measure": "rate", "basis": "printed"},
        {"reported": "约1300起", "value": "1300"},
        {"reported": "no figure"},
        {"name_zh": "", "name_en": ""},
        {"against": "year earlier"},
        {"period_start": "2018-12-31", "as_of": "2018-01-01"},
    ],
)
def test_a_table_read_after_another_is_as_if_read_alone(cells):
    text = changed(**cells)
    alone = Table.of("figures", text)
    for before in (FIGURES, changed(reported="no figure"), changed(value="7", unit="吨")):
        after = Table.of("figures", text, Table.of("figures", before))
        pd.testing.assert_frame_equal(after.frame, alone.frame)
        assert (after.faults, after.cells) == (alone.faults, alone.cells)
        assert after.readings == alone.readings


def test_only_what_stands_in_another_context_is_read(monkeypatch):
    read = []
    real = rows.read_figures
    monkeypatch.setattr(rows, "read_figures", lambda of: read.append(len(of)) or real(of))
    before = Table.of("figures", FIGURES)
    assert read == [len(before.rows)]
    Table.of("figures", changed(status="proposed", name_zh="别名", note="again"), before)
    assert len(read) == 1
    Table.of("figures", changed(value="7"), before)
    assert read[1:] == [1]


@pytest.mark.parametrize(
    ("reported", "unit", "measure", "fits"),
    [
        ("192人", "人/10万人", "rate", True),  # 每10万人中有192人
        ("192人", "人", "rate", True),
        ("192人", "人/10万人", "count", False),
        ("192人", "元/10万人", "rate", False),
        ("192人/万人", "人/万人", "rate", True),
        ("192人/万人", "人/10万人", "rate", False),
    ],
)
def test_what_a_rate_is_by_may_stand_before_it(reported, unit, measure, fits):
    cells = {"reported": reported, "value": "192", "unit": unit, "measure": measure}
    faults = Table.of("figures", changed(**cells)).faults
    assert [fault.column for fault in faults if fault.column == "unit"] == ["unit"] * (not fits)
