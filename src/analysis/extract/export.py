"""Hand an extract to a spreadsheet: one file, safe to open, that names the figures' source."""

from __future__ import annotations

import math
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from .model import Extract

# A cell that begins so is taken for a formula by one spreadsheet or another.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LONGEST_CELL = 32_767  # characters, of Excel
LONGEST_SHEET = 1_048_576  # rows, of Excel


class ExportError(ValueError):
    """An extract that cannot be written as asked; nothing was written."""


def export(extract: Extract, path: str | Path, overwrite: bool = False) -> Path:
    """Write an extract's figures, with bounds, units and source, to a file; gives its path.

    By the suffix of `path`:

    - `.xlsx`: the sheets figures, relations, passed-over and source, which also says how many
      figures and claims no person has read yet. Numbers are numbers, dates
      are dates, and text is text: `reported` such as +5% is no formula. Excel keeps fifteen
      digits of a number, so that bounds may move by their last float step.
    - `.csv`: the figures alone, in UTF-8 with byte order mark, so that Excel shows the Chinese.
      CSV cannot say what is text: a text cell that a spreadsheet could take for a formula (it
      begins with = + - @, their full-width forms, a tab or an end of line) gets an apostrophe in
      front. So does one that begins with an apostrophe: take one off to read the text back.
      Excel may still show text such as 3-5 as a date; it does not do so in `.xlsx`.

    The figures are those of `extract.figures`, key first, and last the column source. An open
    end is "inf"; what is not known or not stated is empty.

    The file appears whole or not at all. Raises `ExportError` where the suffix is another, the
    file is there already (unless told to `overwrite`) or cannot be written, or a cell or a table
    is more than Excel holds.

    >>> from analysis import load
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = export(load("data/datong-2018"), Path(folder) / "figures.csv")
    ...     pd.read_csv(made)[["figure", "reported", "low", "high", "unit"]].head(2)
                  figure reported    low    high     unit
    0          satisfied   94.01%  94.005  94.015  percent
    1  projects_assessed     100%  99.500  100.000  percent
    """
    path = Path(path)
    writers: dict[str, Callable[[Extract, Path], None]] = {".csv": _to_csv, ".xlsx": _to_xlsx}
    if path.suffix.lower() not in writers:
        raise ExportError(f"{path}: found {path.suffix!r}, expected .csv or .xlsx")
    if not path.parent.is_dir():
        raise ExportError(f"{path}: found no folder {path.parent}, expected one to write to")
    if path.is_dir() or (path.exists() and not overwrite):
        found = "a folder" if path.is_dir() else "a file"
        raise ExportError(f"{path}: found {found}, expected no file yet (or overwrite=True)")
    try:
        with tempfile.TemporaryDirectory(prefix=f".{path.name}-", dir=path.parent) as folder:
            made = Path(folder) / path.name
            writers[path.suffix.lower()](extract, made)
            made.replace(path)
    except OSError as error:
        raise ExportError(f"{path}: {error}") from error
    return path


def _figures(extract: Extract) -> pd.DataFrame:
    source = extract.source
    parts = [source.publisher, source.published, source.title] if source else []
    return extract.figures.reset_index().assign(source=", ".join(parts))


def _to_csv(extract: Extract, path: Path) -> None:
    figures = _figures(extract)
    for name in figures.select_dtypes(["object", "str"]):
        text = figures[name].astype(str)
        risky = text.str.startswith((*_FORMULA, "'"))
        figures[name] = figures[name].where(~risky, "'" + text)
    figures.to_csv(
        path, index=False, encoding="utf-8-sig", lineterminator="\r\n", date_format="%Y-%m-%d"
    )


def _to_xlsx(extract: Extract, path: Path) -> None:
    try:
        from openpyxl import Workbook  # type: ignore[import-untyped]
    except ImportError as error:
        raise ExportError(
            f"{path.name}: .xlsx needs the package openpyxl; .csv does not"
        ) from error
    source = {"holds": str(extract)} | (vars(extract.source) if extract.source else {})
    sheets = {
        "figures": _figures(extract),
        "relations": extract.relations,
        "passed-over": extract.passed_over,
        "source": pd.DataFrame(source.items(), columns=["what", "stated"]),
    }
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, table in sheets.items():
        if len(table) >= LONGEST_SHEET:
            raise ExportError(f"{name}: {len(table)} rows, at most {LONGEST_SHEET - 1} go to Excel")
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "B2" if name == "figures" else "A2"
        for column, (header, cells) in enumerate(table.items(), 1):
            _write(sheet, 1, column, str(header))
            for row, cell in enumerate(cells.tolist(), 2):
                _write(sheet, row, column, cell)
    book.save(path)


def _write(sheet: Any, row: int, column: int, value: Any) -> None:
    """One cell: numbers as numbers, days as days, text as text whatever it begins with."""
    if pd.isna(value) or value == "":
        return
    if isinstance(value, pd.Timestamp):
        sheet.cell(row, column, value.to_pydatetime()).number_format = "yyyy-mm-dd"
    elif isinstance(value, (int, float)) and math.isfinite(value):
        sheet.cell(row, column, value)
    else:
        text = str(value)
        if len(text) > LONGEST_CELL or _NOT_IN_XML.search(text):
            found = f"{len(text)} characters" if len(text) > LONGEST_CELL else repr(text[:60])
            where = f"{sheet.title}, row {row}, column {sheet.cell(1, column).value or column}"
            raise ExportError(f"{where}: found {found}, expected text that Excel can hold")
        cell = sheet.cell(row, column, text)
        cell.data_type = "s"  # not the formula or error that its first sign makes of it
        # Typed into again, it stays text.
        cell.quotePrefix = text.startswith(_FORMULA)
