"""Hand an extract to a spreadsheet: one file, safe to open, that names the figures' source."""

from __future__ import annotations

import math
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from ..bounds import Bounds
from ..claims import audit_and_diagnosis, claims, result_figures
from ..extract import Extract, require_extract
from ..figures.script import width
from ..years import ComparisonError, prior_values
from .numbers import decimals_of

# A cell that begins so is taken for a formula by one spreadsheet or another.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LONGEST_CELL = 32_767  # characters, of Excel
LONGEST_SHEET = 1_048_576  # rows, of Excel
NARROWEST, WIDEST = 6, 60  # of a column, in digits; what is longer breaks


class ExportError(ValueError):
    """An extract that cannot be written as asked; nothing was written."""


def export(extract: Extract, path: str | Path, overwrite: bool = False) -> Path:
    """Write an extract and what follows from it to a file, with bounds, units and source.

    Gives the path. By the suffix of `path`:

    - `.xlsx`: a workbook with the sheets figures, claims, audit, diagnosis (where claims cannot all
      hold), prior values, passed over and source, which also says how many figures and claims no
      person has read yet. Each is a table with filters under a frozen head, its columns those of
      the function of that name, with the name of the figure beside its key. Numbers are numbers,
      dates are dates, and text is text: `reported` such as +5% is no formula. Excel keeps fifteen
      digits of a number, so that bounds may move by their last float step.
    - `.csv`: the figures alone, in UTF-8 with byte order mark, so that Excel shows the Chinese.
      CSV cannot say what is text: a text cell that a spreadsheet could take for a formula (it
      begins with = + - @, their full-width forms, a tab or an end of line) gets an apostrophe in
      front. So does one that begins with an apostrophe: take one off to read the text back.
      Excel may still show text such as 3-5 as a date; it does not do so in `.xlsx`.

    The figures are those of `extract.figures`, key first, and last the column source. An open
    end is "inf"; what is not known or not stated is empty.

    The file appears whole or not at all. Raises `ExportError` where the suffix is another, the
    file is there already (unless told to `overwrite`) or cannot be written, a cell or a table
    is more than Excel holds, or prior values cannot be computed.

    >>> from analysis import load
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = export(load("data/datong-2018"), Path(folder) / "figures.csv")
    ...     pd.read_csv(made)[["figure", "reported", "low", "high", "unit"]].head(2)
                  figure reported    low    high     unit
    0          satisfied   94.01%  94.005  94.015  percent
    1  projects_assessed     100%  99.500  100.000  percent
    """
    require_extract(extract, "export")
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
    sheets = _sheets(extract)
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, table in sheets.items():
        if len(table) >= LONGEST_SHEET:
            raise ExportError(f"{name}: {len(table)} rows, at most {LONGEST_SHEET - 1} go to Excel")
        sheet = book.create_sheet(name)
        for column, (header, cells) in enumerate(table.items(), 1):
            _write(sheet, 1, column, str(header))
            for row, cell in enumerate(cells.tolist(), 2):
                _write(sheet, row, column, cell)
        _lay_out(sheet)
    book.save(path)


def _sheets(extract: Extract) -> dict[str, pd.DataFrame]:
    """What the workbook holds, a table a sheet."""
    try:
        prior = prior_values(extract)
    except ComparisonError as error:
        raise ExportError(f"prior values: {error}") from error
    name, results = extract.named("en"), result_figures(extract)
    notes = extract.relations.groupby("relation", sort=False)["note"].first()

    def named(table: pd.DataFrame, figures: pd.Series) -> pd.DataFrame:
        table.insert(1, "name", figures.map(name).to_numpy())
        return table

    judged, wrong, _ = audit_and_diagnosis(extract)
    judged, before = judged.reset_index(), prior.reset_index()
    said = claims(extract).join(notes).reset_index()
    source = {"holds": str(extract)} | (vars(extract.source) if extract.source else {})
    sheets = {"figures": _figures(extract)}
    sheets["claims"] = named(said, said["relation"].map(results))
    sheets["audit"] = named(judged, judged["relation"].map(results))
    if len(wrong):
        wrong = wrong[["figure", *wrong.columns.drop("figure")]]
        sheets["diagnosis"] = named(wrong, wrong["figure"])
    sheets["prior values"] = named(before, before["figure"])
    sheets["passed over"] = extract.passed_over
    sheets["source"] = pd.DataFrame(source.items(), columns=["what", "stated"])
    return sheets


def _lay_out(sheet: Any) -> None:
    """A table with filters, its head in sight, its columns as wide as what they hold."""
    from openpyxl.styles import Alignment, Border, Font, Side  # type: ignore[import-untyped]
    from openpyxl.worksheet.table import Table, TableStyleInfo  # type: ignore[import-untyped]

    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    for column in sheet.iter_cols():
        widths = [width(_as_shown(cell)) for cell in column if cell.value is not None]
        room = min(max(max(widths, default=0) + 2, NARROWEST), WIDEST)
        # The arrow of the filter needs room beside the head.
        room = max(room, width(str(column[0].value)) + 4)
        sheet.column_dimensions[column[0].column_letter].width = room
        # Not every program shows the style of a table.
        head, plain = column[0], column[0].font
        head.font = Font(name=plain.name, size=plain.size, bold=True)
        head.border = Border(bottom=Side("thin"))
        sides = {cell.data_type == "s" for cell in column[1:] if cell.value is not None}
        for cell in column:
            if cell.value is None:
                continue
            words = True in sides if cell is head else cell.data_type == "s"
            # Words stand off the number to their left, and a head stands as its column does.
            side = {"horizontal": "left", "indent": 1} if words else {"horizontal": "right"}
            wrap = words and cell is not head
            cell.alignment = Alignment(vertical="top", wrap_text=wrap, **side)
    if sheet.max_row > 1:  # a table has a row
        table = Table(displayName=re.sub(r"\W", "_", sheet.title), ref=sheet.dimensions)
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
        sheet.add_table(table)


def _decimals(number: float) -> int:
    return decimals_of(Bounds(number, number))


def _as_shown(cell: Any) -> str:
    if cell.is_date:
        return "2018-10-31"
    number = isinstance(cell.value, (int, float))
    return f"{cell.value:,.{_decimals(cell.value)}f}" if number else str(cell.value)


def _write(sheet: Any, row: int, column: int, value: Any) -> None:
    """One cell: numbers as numbers, days as days, text as text whatever it begins with."""
    if pd.isna(value) or value == "":
        return
    if isinstance(value, bool):  # some programs show TRUE as 1
        value = "yes" if value else "no"
    if isinstance(value, pd.Timestamp):
        sheet.cell(row, column, value.to_pydatetime()).number_format = "yyyy-mm-dd"
    elif isinstance(value, (int, float)) and math.isfinite(value):
        decimals = _decimals(value)
        form = "#,##0" + ("." + "0" * decimals if decimals else "")
        sheet.cell(row, column, value).number_format = form
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
