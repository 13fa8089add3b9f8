"""Which printed figure is wrong: county bulletins of 36 figures in 22 claims, a slip in some."""

import json
import subprocess
import time
import tracemalloc
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis import Extract, audit, diagnose, tighten
from analysis.simulation import CATEGORIES, panel_extract, synthetic_panel

RECORDS = 200
SIGNS = {"change": ("上升", "下降"), "difference": ("增加", "减少")}
HERE = Path(__file__).resolve().parent
BANFF = HERE.parent / "build" / "banff-venv" / "bin" / "python"
SUMS = ("current", "prior", "difference", "solved")


def bulletins(error_rate=0.0):
    """A bulletin a county and month of a panel, with each one's wrong figures and their values."""
    rows = RECORDS * len(CATEGORIES) * 2
    panel = synthetic_panel(rows, seed=7, error_rate=error_rate)
    made = []
    for _, group in panel.groupby(["county", "month"], sort=False):
        figures, relations, wrong = {}, [], {}
        for n, row in enumerate(group.itertuples(index=False)):
            for name in ("current", "prior", "difference", "change", "solved", "rate"):
                value, percent = getattr(row, name), name in ("change", "rate")
                text = f"{abs(value):.1f}%" if percent else f"{abs(value):.0f}起"
                measure = name if name in ("change", "rate", "difference") else "count"
                text = SIGNS.get(name, ("", ""))[int(value < 0)] + text
                figures[f"{name}_{n}"] = (text, "percent" if percent else "起", measure)
            if row.slip:
                wrong[f"{row.slipped}_{n}"] = row.intended
            roles = ("current", "prior", "change", "difference")
            relations += [(f"change_{n}", "change", role, f"{role}_{n}") for role in roles]
            ratio = {"rate": "rate", "numerator": "solved", "denominator": "current"}
            relations += [(f"rate_{n}", "ratio", role, f"{of}_{n}") for role, of in ratio.items()]
        for name in SUMS:
            relations.append((f"sum_{name}", "sum", "total", f"{name}_0"))
            parts = range(1, len(CATEGORIES))
            relations += [(f"sum_{name}", "sum", "part", f"{name}_{n}") for n in parts]
        frame = pd.DataFrame.from_dict(
            figures, orient="index", columns=["reported", "unit", "measure"]
        )
        lines = pd.DataFrame(relations, columns=["relation", "kind", "role", "figure"])
        made.append((Extract(frame, lines), wrong))
    return made


def joined(extracts):
    """All bulletins in one extract."""
    figures, lines = [], []
    for n, extract in enumerate(extracts):
        figures.append(extract.figures.rename(index=lambda key, n=n: f"{n}_{key}"))
        names = {name: f"{n}_" + extract.relations[name] for name in ("relation", "figure")}
        lines.append(extract.relations.assign(**names))
    return Extract(pd.concat(figures), pd.concat(lines, ignore_index=True))


@pytest.fixture(scope="module")
def clean():
    return [extract for extract, _ in bulletins()][:RECORDS]


@pytest.fixture(scope="module")
def slipped():
    """Bulletins with one or two wrong figures."""
    return [each for each in bulletins(error_rate=0.15) if 1 <= len(each[1]) <= 2][:RECORDS]


def test_clean(measure, clean):
    """Bulletins in which all holds, one after another: the time a bulletin."""
    key = "diagnose, a bulletin that holds"
    aims = {"audit, a bulletin that holds": "≤ 0.2"}
    measure(key, lambda: [diagnose(each) for each in clean], len(clean), against=aims)


def test_audit_clean(measure, clean):
    """The audit of the same bulletins."""
    some = clean[:20]
    measure("audit, a bulletin that holds", lambda: [audit(each) for each in some], len(some))


def test_slipped(measure, slipped):
    """Bulletins with one or two slips, one after another: the time a bulletin."""
    extracts = [extract for extract, _ in slipped]
    aims = {"diagnose, a bulletin that holds": "≤ 15"}
    key = "diagnose, a bulletin with slips"
    measure(key, lambda: [diagnose(each) for each in extracts], len(extracts), against=aims)


def test_together(measure, slipped):
    """The same bulletins in one extract: the time a bulletin."""
    extract = joined([each for each, _ in slipped])
    aims = {"diagnose, a bulletin with slips": "≤ 0.2"}
    measure("diagnose, bulletins in one", lambda: diagnose(extract), len(slipped), against=aims)


@pytest.fixture(scope="module")
def panel():
    """A million figures in 400,000 claims, one in a thousand rows wrong."""
    return panel_extract(synthetic_panel(10**6 // 6, seed=7, error_rate=0.001))


def test_a_million_figures(measure, panel):
    """A panel of a million figures: the time a figure, against one of bulletins in one extract."""
    key, count = "diagnose, a million figures", len(panel.figures)
    measure(
        key, lambda: diagnose(panel), count, 1, {"diagnose, figures of bulletins in one": "≤ 1"}
    )


def test_figures_together(measure, slipped):
    """The bulletins with slips in one extract, the time a figure."""
    extract = joined([each for each, _ in slipped])
    measure(
        "diagnose, figures of bulletins in one", lambda: diagnose(extract), len(extract.figures)
    )


def test_peak_memory_of_a_million_figures(record, panel):
    """What is allocated at the peak beside the extract, by tracemalloc."""
    size = sum(int(x.memory_usage(deep=True).sum()) for x in (panel.figures, panel.relations))
    tracemalloc.start()
    diagnose(panel)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    record("peak memory of diagnose, a million figures", "the extract", peak / size, "≤ 4")


def test_tighten(measure, clean):
    """What all claims leave of each figure, of bulletins that hold: the time a bulletin."""
    some = clean[:40]
    aims = {"diagnose, a bulletin that holds": "reported"}
    key = "tighten, a bulletin that holds"
    measure(key, lambda: [tighten(each) for each in some], len(some), against=aims)


def test_banff(record, slipped, tmp_path):
    """Banff 3.1.3 (Statistics Canada) on the same bulletins, told how many figures are wrong.

    In an environment of its own (README.md): our time a bulletin against its. It can hold no
    percentage as wrong; how often it names other figures, or none, is printed.
    """
    if not BANFF.exists():
        pytest.skip("no build/banff-venv: Banff needs pandas before 3, see README.md")
    some = slipped[:40]
    given = [
        {"record": extract.figures["value"].to_dict(), "wrong": len(wrong)}
        for extract, wrong in some
    ]
    question = json.dumps({"parts": list(range(1, len(CATEGORIES))), "bulletins": given})
    answer = tmp_path / "answer.json"
    command = [BANFF, HERE / "banff_peer.py", answer]
    subprocess.run(command, input=question.encode(), stdout=subprocess.DEVNULL, check=True)
    peer = json.loads(answer.read_text("utf-8"))
    started = time.process_time()
    for extract, _ in some:
        diagnose(extract)
    ours = time.process_time() - started
    missed = [found != sorted(wrong) for found, (_, wrong) in zip(peer["found"], some, strict=True)]
    print(f"Banff: other figures than those wrong in {np.mean(missed):.3f}")
    record("diagnose, bulletins with slips", "Banff", ours / peer["seconds"], "≤ 1")


def test_found(record, slipped):
    """The share of bulletins in which the first set is not the figures that slipped.

    Of those in which something fails: a slip that leaves every claim true nobody can see.
    """
    missed = []
    for extract, wrong in slipped:
        found = diagnose(extract)
        if not found.empty:
            missed.append(set(found.loc[found["set"] == 1, "figure"]) != set(wrong))
    others = "share of first sets that are other figures"
    record("diagnose", others, np.mean(missed), "≤ 0.01")


def test_false_alarms(record, clean):
    """The share of bulletins in which all holds and something is said to be wrong."""
    alarms = np.mean([not diagnose(each).empty for each in clean])
    record("diagnose", "share of false alarms", alarms, "≤ 0")
