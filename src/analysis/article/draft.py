"""Write a data folder from an article: what was read in it, as rows for a person to confirm."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from ..extract import TABLES, Extract, ExtractError, Fault, Source
from .read_article import read_article

_SLUG = r"[a-z0-9][a-z0-9-]*"


def draft(folder: str | Path, article: str | Extract, title: str = "") -> Path:
    """Write a new data folder from an article, everything in it `proposed`, and return its path.

    `folder` is the new folder, such as `data/my-article`; its name becomes the package's.
    `article` is a text, a paragraph a line, which is read by `read_article`, or an extract, as that
    or `read_table` gives it. `title` is the article's, where the extract has none.

    Filled in is what the text itself says: figures with their names, times and what changes are
    against, the claims that its words make, and every other numeral as passed over. Left empty is
    what only a reader knows, such as the publisher; `load` then lists exactly that. Read every row
    against the text, mend it, and empty its `status`.

    The folder appears whole or not at all. Raises `ExtractError` where it exists already, cannot
    be written, or has no name of small letters, digits and hyphens.

    >>> with tempfile.TemporaryDirectory() as data:
    ...     made = draft(Path(data) / "my-article", "立案342起,同比下降23.5%。", "An article")
    ...     pd.read_csv(made / "figures.csv")[["figure", "reported", "value"]]
        figure reported  value
    0      立案     342起  342.0
    1  立案_同比  下降23.5%  -23.5
    """
    folder = Path(folder)

    def refuse(found: str, expected: str) -> ExtractError:
        return ExtractError(str(folder), [Fault(str(folder), None, "", found, expected)])

    if not re.fullmatch(_SLUG, folder.name):
        raise refuse(folder.name, "a name of small letters, digits and hyphens, such as my-article")
    taken = "no folder yet; nothing was written"
    if folder.exists():
        raise refuse("a folder" if folder.is_dir() else "a file", taken)
    extract = read_article(article, title=title) if isinstance(article, str) else article
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise refuse(str(error), "a place that can be written to") from error
    try:
        for name, table in _tables(extract).items():
            path = made / TABLES[name]["path"]
            table.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")
        package = json.dumps(_package(folder.name, extract, title), ensure_ascii=False, indent=2)
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


def _tables(extract: Extract) -> dict[str, pd.DataFrame]:
    """The tables as `load` reads them: days in ISO, numbers as they are told by their digits."""
    figures = extract.figures.reset_index()
    days = {name: figures[name].dt.strftime("%Y-%m-%d") for name in ("period_start", "as_of")}
    values = [f"{x:.15g}" if x == x else "" for x in figures["value"].astype(float)]
    tables = {
        "figures": figures.assign(value=values, **days),
        "relations": extract.relations,
        "passed-over": extract.passed_over.sort_values(["paragraph", "position"]),
    }
    return {
        name: table.reindex(columns=[c["name"] for c in TABLES[name]["schema"]["fields"]])
        for name, table in tables.items()
    }


def _package(name: str, extract: Extract, title: str) -> dict[str, object]:
    today = datetime.now(tz=UTC)
    source = extract.source or Source(title, "")
    titled = title or source.title or name
    stated = {**vars(source), "title": titled, "accessed": source.accessed or f"{today:%Y-%m-%d}"}
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": name,
        "title": titled,
        "created": f"{today:%Y-%m-%dT%H:%M:%SZ}",
        "sources": [stated],
        "resources": [
            {"name": table, "type": "table", "path": described["path"]}
            | {"title": described["title"], "scheme": "file", "format": "csv"}
            | {"mediatype": "text/csv", "encoding": "utf-8", "schema": described["schema"]}
            for table, described in TABLES.items()
        ],
    }
