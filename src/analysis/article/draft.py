"""Start a data folder from a text: the figures found, as rows to complete."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd

from ..extract import TABLES, ExtractError, Fault
from ..figures import find_figures, find_numerals

_SLUG = r"[a-z0-9][a-z0-9-]*"


def draft(folder: str | Path, text: str, title: str) -> Path:
    """Write a new data folder with a row for each figure found in `text`, and return its path.

    `folder` is the new folder, such as `data/my-article`; its name becomes the package's.
    `text` is the article, a paragraph a line; `title` its title. Filled in is what the text
    itself says: reported, value, unit, measure, paragraph and position, and every other numeral as
    passed over, dates with their reason. What changes are against, and on which basis, is `not
    stated`, and every figure is `proposed`. Left empty is what only a reader knows: names, reasons,
    the publisher; `load` then lists exactly those. Check also what was found: a figure that is none
    belongs in `passed-over.csv`.

    The folder appears whole or not at all. Raises `ExtractError` where it exists already, cannot
    be written, or has no name of small letters, digits and hyphens.

    >>> with tempfile.TemporaryDirectory() as data:
    ...     made = draft(Path(data) / "my-article", "立案342起,同比下降23.5%。", "An article")
    ...     pd.read_csv(made / "figures.csv")[["figure", "reported", "value"]]
          figure reported  value
    0  figure_01     342起  342.0
    1  figure_02  下降23.5%  -23.5
    """
    folder = Path(folder)

    def refuse(found: str, expected: str) -> ExtractError:
        return ExtractError(str(folder), [Fault(str(folder), None, "", found, expected)])

    if not re.fullmatch(_SLUG, folder.name):
        raise refuse(folder.name, "a name of small letters, digits and hyphens, such as my-article")
    taken = "no folder yet; nothing was written"
    if folder.exists():
        raise refuse("a folder" if folder.is_dir() else "a file", taken)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise refuse(str(error), "a place that can be written to") from error
    try:
        for name, table in _tables(text).items():
            path = made / TABLES[name]["path"]
            table.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")
        package = json.dumps(_package(folder.name, text, title), ensure_ascii=False, indent=2)
        (made / "datapackage.json").write_text(package + "\n", encoding="utf-8")
        made.chmod(0o755)
        made.rename(folder)
    except OSError as error:
        shutil.rmtree(made, ignore_errors=True)
        if folder.exists():  # somebody else was quicker
            raise refuse("a folder", taken) from error
        raise refuse(str(error), "a place that can be written to") from error
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return folder


def _tables(text: str) -> dict[str, pd.DataFrame]:
    found = find_figures(text, dates=True)
    dates, figures = found[found["measure"] == "date"], found[found["measure"] != "date"]
    digits = max(2, len(str(len(figures))))
    figures = figures.assign(
        figure=[f"figure_{n:0{digits}}" for n in range(1, len(figures) + 1)],
        value=[f"{x:.15g}" if x == x else "" for x in figures["value"]],
        status="proposed",
        against=np.where(figures["measure"].isin(["change", "difference"]), "not stated", ""),
        basis=np.where(figures["measure"] == "change", "not stated", ""),
    )
    spans = found.assign(end=found["position"] + found["reported"].str.len())
    pairs = find_numerals(text).merge(spans, on="paragraph", how="left", suffixes=("", "_found"))
    end = pairs["position"] + pairs["numeral"].str.len()
    pairs["held"] = (pairs["position_found"] < end) & (pairs["position"] < pairs["end"])
    held = pairs.groupby(["paragraph", "position", "numeral"])["held"].any()
    others = held[~held].index.to_frame(index=False).rename(columns={"numeral": "reported"})
    passed_over = pd.concat([dates.assign(reason="date"), others.assign(reason="")])
    tables = {
        "figures": figures,
        "relations": pd.DataFrame(),
        "passed-over": passed_over.sort_values(["paragraph", "position"]),
    }
    return {
        name: table.reindex(columns=[c["name"] for c in TABLES[name]["schema"]["fields"]])
        for name, table in tables.items()
    }


def _package(name: str, text: str, title: str) -> dict[str, object]:
    today = datetime.now(tz=UTC)
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": name,
        "title": title,
        "created": f"{today:%Y-%m-%dT%H:%M:%SZ}",
        "sources": [
            {
                "title": title,
                "publisher": "",
                "published": "",
                "accessed": f"{today:%Y-%m-%d}",
                "sha256": hashlib.sha256(text.encode()).hexdigest(),
            }
        ],
        "resources": [
            {"name": table, "type": "table", "path": described["path"]}
            | {"title": described["title"], "scheme": "file", "format": "csv"}
            | {"mediatype": "text/csv", "encoding": "utf-8", "schema": described["schema"]}
            for table, described in TABLES.items()
        ],
    }
