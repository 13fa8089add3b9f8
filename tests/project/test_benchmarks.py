"""The benchmarks' own arithmetic: ratios, aims, and the table that a run writes into its README."""

import runpy
from pathlib import Path

import pandas as pd
import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
table = runpy.run_path(str(BENCHMARKS / "table.py"))


def measured(key, seconds, units=1, **info):
    return {
        "stats": {"min": seconds},
        "extra_info": {"key": key, "units": units, "against": {}} | info,
    }


RUN = {
    "datetime": "2026-02-03T23:30:00+00:00",
    "machine_info": {"cpu": {"count": 2, "brand_raw": "Some processor"}},
    "benchmarks": [
        # 2 s for ten rows are 0.2 s a row; the peer takes 1 s a row, which is five times as long.
        measured("ours", 2.0, 10, against={"peer": "≥ 4", "half as much": "≤ 1.3", "gone": "≥ 9"}),
        measured("peer", 3.0, 3),
        measured("half as much", 0.5, 5),
        {
            "stats": {"min": 0},
            "extra_info": {"key": "memory", "against": {"x": "≤ 1"}, "ratio": 0.5},
        },
    ],
}


def test_each_ratio_is_of_times_a_unit_and_held_against_its_aim():
    rows = [(r["what"], r["against"], r["ratio"], r["reached"]) for r in table["rows"](RUN)]
    assert rows == [
        ("ours", "peer", pytest.approx(5), "yes"),
        ("ours", "half as much", pytest.approx(2), "no"),
        ("ours", "gone", None, "skipped"),
        ("memory", "x", 0.5, "yes"),
    ]


def test_the_table_of_a_run_takes_the_place_of_the_one_before():
    readme = (BENCHMARKS / "README.md").read_text("utf-8")
    once = table["with_table"](readme, table["markdown"](RUN))
    assert "| ours | peer | 5 × | ≥ 4 | yes |" in once
    assert "| ours | gone | not here | ≥ 9 | skipped |" in once
    assert "2026-02-03, 2 × Some processor." in once
    twice = table["with_table"](once, "| other |")
    assert "| other |" in twice
    assert "Some processor" not in twice
    assert twice.startswith(readme.partition(table["BEGIN"])[0])
    assert twice.endswith(readme.partition(table["END"])[2])
    with pytest.raises(ValueError, match="no place for the table"):
        table["with_table"]("nothing", "x")


def test_made_up_bulletins_are_read_as_they_were_written(tmp_path):
    panel = runpy.run_path(str(BENCHMARKS / "panel.py"))  # here, as it imports Dask
    size = panel["BULLETINS"].made(0, 30, str(tmp_path))
    bulletins = pd.read_parquet(next(tmp_path.glob("*.parquet")))
    assert len(bulletins) == 30
    assert size > 0
    found = panel["BULLETINS"].judged(bulletins)
    # Three rows of four figures, a change and a rate each; and some numbers add up by chance.
    assert set(found["figures"]) == {12}
    assert (found["claims"] >= 6).all()
    assert (found["claims"] == 6).mean() > 0.8
    sound = bulletins["slips"] == 0
    assert sound.sum() > 20
    assert (found.loc[sound, ["contradicted", "wrong"]] == 0).all(axis=None)
    told = panel["BULLETINS"].summary(bulletins).loc[0]
    assert (told["bulletins"], told["figures"]) == (30, 360)
    assert told["claims"] == found["claims"].sum()
    assert told["doubted without one"] == 0
