"""A panel larger than the memory it is worked in: implied priors, sums and contributions on Dask.

    .venv/bin/python benchmarks/panel.py                # ten million rows, two workers here
    .venv/bin/python benchmarks/panel.py 1000000        # another number of rows
    .venv/bin/python benchmarks/panel.py 100000 --bulletins   # texts read, audited and diagnosed
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
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import dask.dataframe as dd
import pandas as pd
from dask.distributed import Client, LocalCluster

from analysis import Bounds, audit, contribution, diagnose, implied_prior, read_article
from analysis.simulation import CATEGORIES, synthetic_panel

FOLDER = Path(__file__).resolve().parents[1] / "build" / "panel"
ERROR_RATE = 0.001


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


def counted(found: pd.DataFrame) -> dict[str, int]:
    """Of judged rows: how many, sums that fail, priors outside, parts that explain all."""
    return {
        "rows": len(found),
        "sums that fail": int((~found["adds_up"]).sum()),
        "priors outside": int((~found["holds_prior"]).sum()),
        "contributions above 100%": int((found["contribution_low"] > 100).sum()),
    }


NAMES = {"all cases": "全县共立刑事案件", "theft": "盗窃案件立案", "fraud": "诈骗案件立案"}


def sentence(row: Any) -> str:
    """What a bulletin says of a row of the panel."""
    word = "上升" if row.change > 0 else "下降"
    return (
        f"{NAMES[row.category]}{row.current}起，同比{word}{abs(row.change)}%，"
        f"破获{row.solved}起，破案率{row.rate}%。"
    )


def written(number: int, rows: int, folder: str) -> int:
    """Write a partition of bulletins, one a county and month; its bytes in memory."""
    panel = synthetic_panel(rows * len(CATEGORIES), seed=number, error_rate=10 * ERROR_RATE)
    said = panel[panel["category"].isin(NAMES)][: rows * len(NAMES)]
    texts = [sentence(row) for row in said.itertuples(index=False)]
    months = said["month"].tolist()
    starts = range(0, len(texts), len(NAMES))
    articles = [f"2024年{months[n]}月，" + "".join(texts[n : n + len(NAMES)]) for n in starts]
    wrong = said["slipped"].isin(["current", "change", "solved", "rate"]).to_numpy()
    slips = wrong.reshape(-1, len(NAMES)).sum(axis=1)
    bulletins = pd.DataFrame({"text": pd.array(articles, "str"), "slips": slips})
    bulletins.to_parquet(Path(folder) / f"part-{number:05}.parquet", index=False)
    return int(bulletins.memory_usage(deep=True).sum())


def read(bulletins: pd.DataFrame) -> pd.DataFrame:
    """Each text by itself: its figures and claims, how many of these are contradicted, how many
    figures must be wrong, and the likeliest slip in words."""
    rows = []
    for text in bulletins["text"]:
        article = read_article(text)
        verdicts = audit(article)["verdict"]
        sets = diagnose(article)
        first = sets[sets["set"] == 1]
        slip = first["slip"].iloc[0] if len(first) else ""
        contradicted = int((verdicts == "contradicts").sum())
        rows.append((len(article.figures), len(verdicts), contradicted, len(first), slip))
    names = ["figures", "claims", "contradicted", "wrong", "slip"]
    found = pd.DataFrame(rows, columns=names, index=bulletins.index)
    return found.astype({"slip": "str"}).assign(slips=bulletins["slips"])


def told(found: pd.DataFrame) -> dict[str, int]:
    """Of bulletins that were read: how many, figures, claims, and what was said to be wrong."""
    return {
        "bulletins": len(found),
        "figures": int(found["figures"].sum()),
        "claims": int(found["claims"].sum()),
        "claims contradicted": int(found["contradicted"].sum()),
        "bulletins with a slip": int((found["slips"] > 0).sum()),
        "of them doubted": int(((found["slips"] > 0) & (found["wrong"] > 0)).sum()),
        "doubted without one": int(((found["slips"] == 0) & (found["wrong"] > 0)).sum()),
        "slips put into words": int((found["slip"] != "").sum()),
    }


class Work(NamedTuple):
    """What is made and what is done with it, a partition at a time."""

    a_part: int  # rows a partition
    made: Callable[[int, int, str], int]
    judged: Callable[[pd.DataFrame], pd.DataFrame]
    counted: Callable[[pd.DataFrame], dict[str, int]]
    memory: int  # bytes that each worker may use, its Python and libraries included

    def summary(self, part: pd.DataFrame) -> pd.DataFrame:
        """One row a partition."""
        return pd.DataFrame([self.counted(self.judged(part))])


ROWS = Work(60_000, made, judged, counted, 360 * 2**20)
BULLETINS = Work(200, written, read, told, 512 * 2**20)


def peak_memory() -> int:
    """The most bytes that this process has used."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main() -> None:
    """Make the panel, work through it, compare a sample with pandas, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("rows", type=int, nargs="?", default=10**7)
    parser.add_argument("--bulletins", action="store_true", help="texts in place of rows")
    parser.add_argument("--scheduler", help="address of a cluster; without it, two workers here")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    arguments = parser.parse_args()
    shutil.rmtree(arguments.folder, ignore_errors=True)
    arguments.folder.mkdir(parents=True)

    work = BULLETINS if arguments.bulletins else ROWS
    # The address of a cluster is all that changes.
    cluster = arguments.scheduler or LocalCluster(
        n_workers=2, threads_per_worker=1, memory_limit=work.memory, dashboard_address=None
    )
    with Client(cluster) as client:
        started = time.perf_counter()
        parts = [
            min(work.a_part, arguments.rows - n) for n in range(0, arguments.rows, work.a_part)
        ]
        folder = str(arguments.folder)
        sizes = client.map(work.made, range(len(parts)), parts, folder=folder, pure=False)
        size = sum(client.gather(sizes))
        made_at = time.perf_counter()

        panel = dd.read_parquet(arguments.folder)
        paths = sorted(arguments.folder.glob("*.parquet"))
        head = pd.read_parquet(paths[0]).head(len(CATEGORIES))
        table = panel.map_partitions(work.summary, meta=work.summary(head)).sum().compute()
        ended = time.perf_counter()
        peaks = client.run(peak_memory)

        sample = panel.partitions[[0, -1]]
        lazily = sample.map_partitions(work.judged, meta=work.judged(head)).compute()
        frames = [work.judged(pd.read_parquet(path)) for path in (paths[0], paths[-1])]
        pd.testing.assert_frame_equal(lazily, pd.concat(frames), check_exact=True)

    print(table.to_string())
    print(f"{len(parts)} partitions, {size / 2**20:,.0f} MB in memory all together")
    for address, peak in peaks.items():
        print(f"worker {address}: at most {peak / 2**20:,.0f} MB")
    print(f"written in {made_at - started:.1f} s, worked through in {ended - made_at:.1f} s")
    print("the first and the last partition: equal to pandas' to the bit")


if __name__ == "__main__":
    main()
