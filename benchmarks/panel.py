"""A panel larger than the memory it is worked in: implied priors, sums and contributions on Dask.

    .venv/bin/python benchmarks/panel.py                # ten million rows, two workers here
    .venv/bin/python benchmarks/panel.py 1000000        # another number of rows
    .venv/bin/python benchmarks/panel.py 10000000 --scheduler tcp://HOST:8786   # a cluster

The functions are the library's own, one partition at a time by `map_partitions`: that is faster
than Dask columns inside `Bounds`, which work too but read a partition once for each result. On a
cluster nothing changes but the address that the client is given, and that the folder must be one
that all its workers see (`--folder`).
"""

import argparse
import resource
import shutil
import time
from pathlib import Path

import dask.dataframe as dd
import pandas as pd
from dask.distributed import Client, LocalCluster

from analysis import Bounds, contribution, implied_prior
from analysis.simulation import CATEGORIES, synthetic_panel

FOLDER = Path(__file__).resolve().parents[1] / "build" / "panel"
A_PART = 60_000  # rows a partition
ERROR_RATE = 0.001
WORKER = 360 * 2**20  # bytes each of two workers may use, its Python and libraries included


def made(number: int, rows: int, folder: str) -> int:
    """Write a partition of the panel; its bytes in memory."""
    panel = synthetic_panel(rows, seed=number, error_rate=ERROR_RATE)
    panel["county"] += number * 10**6
    panel.to_parquet(Path(folder) / f"part-{number:05}.parquet", index=False)
    return int(panel.memory_usage(deep=True).sum())


def judged(panel: pd.DataFrame) -> pd.DataFrame:
    """Each row of whole groups with its implied prior, sum check and contribution.

    prior_low, prior_high: what current and change imply; holds_prior: whether the printed prior is
    one of them. adds_up: whether the total is the sum of its parts (of total rows, else true).
    contribution_low, contribution_high: of the row's implied difference to its total's, percent.
    """
    current = Bounds(panel["current"], panel["current"])
    change = Bounds(panel["change"], panel["change"]) + Bounds(-0.05, 0.05)
    # A slip may print a fall of more than all: nothing can be implied by it.
    possible = change.high > -100
    change = Bounds(change.low.where(possible), change.high.where(possible))
    prior = implied_prior(current, change)
    difference = current - prior

    group = [panel["county"], panel["month"]]
    is_total = panel["category"] == CATEGORIES[0]
    parts = panel["current"].where(~is_total, 0).groupby(group).transform("sum")
    of_total = [
        end.where(is_total).groupby(group).transform("first")
        for end in (difference.low, difference.high)
    ]
    share = contribution(difference, Bounds(*of_total))
    return pd.DataFrame(
        {
            "prior_low": prior.low,
            "prior_high": prior.high,
            "holds_prior": prior.contains(panel["prior"]),
            "adds_up": ~is_total | (panel["current"] == parts),
            "contribution_low": share.low,
            "contribution_high": share.high,
        }
    )


def summary(panel: pd.DataFrame) -> pd.DataFrame:
    """One row a partition: its rows, sums that fail, priors outside, parts that explain all."""
    found = judged(panel)
    counts = {
        "rows": len(found),
        "sums that fail": int((~found["adds_up"]).sum()),
        "priors outside": int((~found["holds_prior"]).sum()),
        "contributions above 100%": int((found["contribution_low"] > 100).sum()),
    }
    return pd.DataFrame([counts])


def peak_memory() -> int:
    """The most bytes that this process has used."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main() -> None:
    """Make the panel, work through it, compare a sample with pandas, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("rows", type=int, nargs="?", default=10**7)
    parser.add_argument("--scheduler", help="address of a cluster; without it, two workers here")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    arguments = parser.parse_args()
    shutil.rmtree(arguments.folder, ignore_errors=True)
    arguments.folder.mkdir(parents=True)

    cluster = arguments.scheduler or LocalCluster(
        n_workers=2, threads_per_worker=1, memory_limit=WORKER, dashboard_address=None
    )
    with Client(cluster) as client:
        started = time.perf_counter()
        parts = range(-(-arguments.rows // A_PART))
        sizes = client.map(made, parts, rows=A_PART, folder=str(arguments.folder), pure=False)
        size = sum(client.gather(sizes))
        written = time.perf_counter()

        panel = dd.read_parquet(arguments.folder)
        table = panel.map_partitions(summary, meta=summary(synthetic_panel(60))).sum().compute()
        ended = time.perf_counter()
        peaks = client.run(peak_memory)

        sample = panel.partitions[[0, -1]]
        lazily = sample.map_partitions(judged, meta=judged(synthetic_panel(60))).compute()
        paths = sorted(arguments.folder.glob("*.parquet"))
        frames = [judged(pd.read_parquet(path)) for path in (paths[0], paths[-1])]
        pd.testing.assert_frame_equal(lazily, pd.concat(frames), check_exact=True)

    print(table.to_string())
    print(f"{len(parts)} partitions, {size / 2**20:,.0f} MB in memory all together")
    for address, peak in peaks.items():
        print(f"worker {address}: at most {peak / 2**20:,.0f} MB")
    print(f"written in {written - started:.1f} s, worked through in {ended - written:.1f} s")
    print("the first and the last partition: equal to pandas' to the bit")


if __name__ == "__main__":
    main()
