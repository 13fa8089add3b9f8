"""Write a data folder from an article: what was read in it, as rows for a person to confirm."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from ..extract import TABLES, Extract, ExtractError, Fault, Source, require_extract
from ..extract.load import load_unfinished, relation_faults
from ..extract.model import folder_of, in_context
from ..extract.rows import in_digits
from ..figures import read_figures
from ..figures.text import require_text

_NOT_STATED = "not stated"
_SLUG = r"[a-z0-9][a-z0-9_-]*"


def draft(folder: str | Path, article: str | Extract, title: str = "") -> Path:
    """Write a new data folder from an article, everything in it `proposed`, and return its path.

    `folder` is the new folder, such as `data/my-article`; its name becomes the package's.
    `article` is a text, a paragraph a line, which is read by `read_article`, or an extract, as that
    or `read_table` gives it. `title` is the article's, where the extract has none.

    Filled in is what the text itself says: figures with their names, times and what changes are
    against, the claims that its words make, and every other numeral as passed over. What the text
    does not say stays empty or "not stated", such as the publisher. `load` takes the folder as it
    is; `left_to_do` says what a reader has to see to. Read every row against the text, mend it, and
    empty its `status`.

    The folder appears whole or not at all. Raises `ExtractError` where it exists already, cannot
    be written, or has a name of more than small letters, digits, - and _, `TypeError` where the
    article is neither.

    >>> with tempfile.TemporaryDirectory() as data:
    ...     made = draft(Path(data) / "my-article", "立案342起,同比下降23.5%。", "An article")
    ...     pd.read_csv(made / "figures.csv")[["figure", "reported", "value"]]
        figure reported  value
    0      立案     342起  342.0
    1  立案_同比  下降23.5%  -23.5
    """
    folder = folder_of(folder, "draft")
    require_text(title, "draft, as title,")

    def refuse(found: str, expected: str) -> ExtractError:
        return ExtractError(str(folder), [Fault(str(folder), None, "", found, expected)])

    if not re.fullmatch(_SLUG, folder.name):
        raise refuse(folder.name, "a name of small letters, digits, - and _, such as my-article")
    taken = "no folder yet; nothing was written"
    if folder.exists():
        raise refuse("a folder" if folder.is_dir() else "a file", taken)
    extract = _read(article, title) if isinstance(article, str) else article
    require_extract(extract, "draft, for what is no text,")
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


def _read(article: str, title: str) -> Extract:
    # Here, as what reads texts takes twice as long to import as all else.
    from .read_article import read_article

    return read_article(article, title=title)


def drafted(folder: str | Path, article: Extract) -> Path:
    """The data folder of an article: drafted now, or as it stands where it was drafted before.

    Of a text without figures nothing is kept: its folder is one that is thrown away.

    Raises `ExtractError` where the folder is of another text, as its `datapackage.json` tells by
    `sha256`, or where `draft` does.

    >>> from analysis import read_article
    >>> article = read_article("立案342起。")
    >>> with tempfile.TemporaryDirectory() as data:
    ...     made = drafted(Path(data) / "my-article", article)
    ...     drafted(made, article) == made
    True
    """
    folder = Path(folder)
    if article.figures.empty:
        return draft(Path(tempfile.mkdtemp()) / "no-figures", article)
    if not folder.exists():
        return draft(folder, article)
    there, here = load_unfinished(folder)[0].source, article.source
    if there and here and there.sha256 and there.sha256 != here.sha256:
        expected = "the text it was drafted from, or another folder; nothing was written"
        found = f"a folder of another text, {there.title!r}"
        raise ExtractError(str(folder), [Fault(str(folder), None, "", found, expected)])
    return folder


def left_to_do(extract: Extract) -> pd.DataFrame:
    """What a reader of a drafted extract has still to see to: each kind of thing once.

    Columns: `file` of the data folder, `rows` (how many of its rows) and `to_do`, in words. Without
    rows where every figure and claim has been read, and nothing is left open.

    >>> from analysis import read_article
    >>> left_to_do(read_article("立案342起,同比下降23.5%。"))[["file", "rows"]]
                   file  rows
    0       figures.csv     2
    1       figures.csv     2
    2     relations.csv     1
    3  datapackage.json     1
    """
    figures, relations = extract.figures, extract.relations
    proposed = figures["status"] == "proposed"
    undated = proposed & figures["period_start"].isna() & figures["as_of"].isna()
    source = extract.source or Source("", "")
    claims = relations.loc[relations["status"] == "proposed", "relation"].nunique()
    unknown = {source.publisher, source.published} & {"", _NOT_STATED}
    things = [
        ("figures.csv", proposed.sum(), "read name, time and base in the text; empty status"),
        ("figures.csv", (proposed & (figures["name_zh"] == "未说明")).sum(), "say what it counts"),
        (
            "figures.csv",
            (proposed & (figures["against"] == _NOT_STATED)).sum(),
            "say what a change is against; if the text does not, leave it: not stated",
        ),
        ("figures.csv", (proposed & (figures["unit"] == _NOT_STATED)).sum(), "say in what unit"),
        ("figures.csv", undated.sum(), "give the days, where the text states them"),
        ("relations.csv", claims, "is it claimed? take out what is not, add claims; empty status"),
        (
            "passed-over.csv",
            extract.passed_over["reason"].isin(["no figure", "malformed number"]).sum(),
            "say why the numeral is no figure, or make it one",
        ),
        ("datapackage.json", proposed.any() and len(unknown) > 0, "say who published it, and when"),
    ]
    rows = [(file, int(count), what) for file, count, what in things if count]
    return pd.DataFrame(rows, columns=["file", "rows", "to_do"])


def _tables(extract: Extract) -> dict[str, pd.DataFrame]:
    """The tables as `load` reads them: days in ISO, numbers as they are told by their digits."""
    figures = extract.figures.reset_index()
    days = {name: figures[name].dt.strftime("%Y-%m-%d") for name in ("period_start", "as_of")}
    values = [in_digits(x) for x in figures["value"].astype(float)]
    relations = extract.relations.reset_index(drop=True)
    twice = relations.duplicated(["relation", "figure"])
    faults = relation_faults(figures, relations)
    misfits = [fault.row for fault in faults if fault.column == "figure"]
    left = relations["relation"].isin(relations["relation"][twice | relations.index.isin(misfits)])
    tables = {
        "figures": figures.assign(
            value=values,
            unit=figures["unit"].replace("", _NOT_STATED),
            note=_with_rounding(figures),
            **days,
        ),
        # A total's share of itself is no claim that could fail, one of cases and persons none that
        # `load` takes, and a mark in a table's cell (…, -) no numeral of a text.
        "relations": relations[~left],
        "passed-over": extract.passed_over.dropna(subset="position").sort_values(
            ["paragraph", "position"]
        ),
    }
    return {
        name: table.reindex(columns=[c["name"] for c in TABLES[name]["schema"]["fields"]])
        for name, table in tables.items()
    }


def _with_rounding(figures: pd.DataFrame) -> list[str]:
    """The notes, with what a whole number is rounded to where its own text does not tell: the last
    place of its column, or what stands below its table."""
    wide = (figures["low"] < figures["high"]) & (figures["value"] % 1 == 0)
    rounded = figures[wide]
    read, _ = in_context(read_figures(rounded["reported"]), rounded)
    wider = rounded[read["high"] - read["low"] < rounded["high"] - rounded["low"]]
    half = (wider["value"] - wider["low"]).clip(lower=wider["high"] - wider["value"])
    notes = figures["note"].astype("str").to_dict()
    for row, step in (2 * half).items():
        notes[row] = "; ".join(filter(None, [notes[row], f"rounded to {in_digits(step)}"]))
    return list(notes.values())


def _package(name: str, extract: Extract, title: str) -> dict[str, object]:
    today = datetime.now(tz=UTC)
    source = extract.source or Source(title, "")
    titled = title or source.title or name
    stated = {
        **vars(source),
        "title": titled,
        "publisher": source.publisher or _NOT_STATED,
        "published": source.published or _NOT_STATED,
        "accessed": source.accessed or f"{today:%Y-%m-%d}",
    }
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
