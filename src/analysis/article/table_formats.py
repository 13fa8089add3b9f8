"""What a table is handed over as, made a grid: CSV, a workbook, a frame.

Nothing is read here: which rows are heads and what the cells say is the work of `table`. Markdown
is cut by `table_markdown`, HTML by `table_html`, text without any marks of cells (columns aligned
by spaces, a cell a line) by `table_text`.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from ..extract import ExtractError
from .files import LARGEST, refuse
from .table_grid import MOST_CELLS, Grid

_UNNAMED = re.compile(r"(?:sheet|工作表|表)\s*\d*", re.IGNORECASE)
_QUOTED = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]')  # letters that a number format prints
_DAYS = {"yyyy": "{:%Y}", "yy": "{:%y}", "mmmm": "{:%B}", "mmm": "{:%b}", "mm": "{:%m}"}
_DAYS |= {"m": "{0.month}", "dd": "{:%d}", "d": "{0.day}"}
_DAY = re.compile("yyyy|yy|mmmm|mmm|mm|m|dd|d", re.IGNORECASE)
_GROUPED = re.compile(  # a number alone on its line, or the last of it: 99.01 - 488,074
    r"(?:[^,]*[^\s,]\s+(?:-\s+)*)?[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?\s*"
)
_GLUED = re.compile(r"([^\d,\n]*[^\W\d_])(\d{1,3}(?:,\d{3})*)[^\S\n]*")
_BROKEN = re.compile(r"\s*\d{3}(?:\.\d+)?\s+[\d(+-]")  # 234 5 of 1,234 5,678
_BY_BLANKS = re.compile(r"\s*[-+]?\d{1,3}(?: \d{3})+(?:\.\d+)?\s*")
_BLANK = re.compile(" ")
_BY_NUMBER = re.compile(r'(?<=[\d"%-]) | (?=[\d"-])')
_NUMERAL = re.compile(r"\s*(?!(?:19|20)\d\d\s*$)[-+]?\d[\d .]*")  # and no year
_IN_QUOTES = re.compile(r'"[^"]*"')
_MASKED = {ord(","): "\x1f", ord(" "): "\x1e"}  # between quotes they part nothing
_UNMASKED = {ord(masked): chr(mark) for mark, masked in _MASKED.items()}

# --- CSV ------------------------------------------------------------------------------------------


def unglued(text: str) -> str:
    """A list whose labels and numbers a copy ran together, with a blank between: 甲区9,785.

    Only where most of many lines are so, and one of them has its thousands apart.

    >>> unglued("甲区9,785\\n乙区4,449\\n丙区674\\n丁区81").split("\\n")[0]
    '甲区 9,785'
    """
    lines = [line for line in text.split("\n") if line.strip()]
    glued = [line for line in lines[:200] if _GLUED.fullmatch(line)]
    if len(glued) < max(4, 0.6 * len(lines[:200])) or not any("," in line for line in glued):
        return text
    return re.sub(rf"(?m)^{_GLUED.pattern}$", r"\1 \2", text)


def csv_grid(text: str) -> Grid | None:
    """The grid of a CSV text, by the separator that cuts its lines alike; None where none does."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) == 1:
        lines = _rows_in_line(text)
        text = "\n".join(lines)
    if len(lines) < 2:
        return None
    for separator in "\t;,":
        sample = lines[:200]
        told, most = sum(separator in line for line in sample), 0.6 * len(sample)
        if told < (min(most, max(3, most / 2)) if separator == "\t" else most):
            continue
        try:
            cut = list(csv.reader(sample, delimiter=separator))
        except csv.Error:
            continue
        widths = [len(row) for row in cut if len(row) > 1]
        usual = _usual(widths)
        alike = sum(width == usual for width in widths)
        # A tab is a cell's end, whatever titles and notes stand around its rows.
        if usual < 2 or alike < 0.6 * (told if separator == "\t" else len(sample)):
            continue
        cells = [cell for row in cut for cell in row]
        broken = 0 if _headed(cut) else sum(bool(_BROKEN.match(cell)) for cell in cells)
        grouped = all(_GROUPED.fullmatch(line) for line in sample if "," in line)
        if separator == "," and (grouped or broken > 0.05 * len(cells)):
            continue  # the commas group thousands
        return _separated(text, separator)
    return None


def _headed(cut: list[list[str]]) -> bool:
    """Whether rows of a CSV group their thousands by blanks: below as many heads, what looks broken
    off (029 690) is a whole number."""
    numbers = [[bool(_NUMERAL.fullmatch(cell)) for cell in row] for row in cut]
    told = zip(cut, numbers, strict=True)
    heads = {len(row) for row, own in told if not any(own) and not any(map(_BROKEN.match, row))}
    rows = [row for row, own in zip(cut, numbers, strict=True) if any(own)]
    whole = (_BY_BLANKS.fullmatch(c) for row in rows for c in row if _BROKEN.match(c))
    return all(len(row) in heads for row in rows) and all(whole)


def _rows_in_line(line: str) -> list[str]:
    """The rows of a CSV whose line ends became blanks: of rows alike in length, the last cell and
    the first of the next have one blank between them, or one beside a number. None of two columns
    are told."""
    masked = _IN_QUOTES.sub(lambda quoted: quoted[0].translate(_MASKED), line.strip())
    pieces = masked.split(",")
    for step in range(2, len(pieces) // 2):
        joints = pieces[step:-1:step]
        if (len(pieces) - 1) % step == 0 and joints:
            ends = [(_BLANK if j.count(" ") == 1 else _BY_NUMBER).split(j) for j in joints]
            if all(len(end) == 2 for end in ends):
                pieces[step:-1:step] = map("\n".join, ends)
                return ",".join(pieces).translate(_UNMASKED).split("\n")
    return []


def _separated(text: str, separator: str) -> Grid:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    grid, cells = Grid([], form="csv"), 0
    limit = csv.field_size_limit(1_000_000)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                grid.lines.append(reader.line_num)
                grid.rows.append(row)
                cells += len(row)
            if cells > MOST_CELLS:
                raise refuse(f"more than {MOST_CELLS} cells", "fewer", reader.line_num)
    except csv.Error as error:
        raise refuse(
            str(error), "CSV: quotes closed, cells not endless", reader.line_num
        ) from error
    finally:
        csv.field_size_limit(limit)
    return grid


def _usual(counts: list[int]) -> int:
    """The width of a table: the most frequent one, the larger of two alike."""
    return max(Counter(counts).items(), key=lambda c: (c[1], c[0]))[0] if counts else 0


# --- A workbook, a frame --------------------------------------------------------------------------


def workbook_grids(path: Path) -> list[Grid]:
    """The sheets of an `.xlsx` that are not hidden, each cell as its format prints it."""
    try:
        from openpyxl import load_workbook  # type: ignore[import-untyped]
    except ImportError as error:
        raise refuse(path.name, ".xlsx needs the package openpyxl; .csv does not") from error
    try:
        data = path.read_bytes()
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(part.file_size for part in packed.infolist())
            sheets = [n for n in packed.namelist() if n.startswith("xl/worksheets/")]
            small = size <= 4 * LARGEST
            computed = small and any(b"<f" in packed.read(name) for name in sheets)
        if size > 4 * LARGEST:
            raise refuse(f"{path.name}: {size} bytes unpacked", f"at most {4 * LARGEST} bytes")
        book = load_workbook(io.BytesIO(data), data_only=True)
        typed = load_workbook(io.BytesIO(data)) if computed else None
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        return [grid for sheet in shown if (grid := _sheet(sheet, typed)).rows]
    except ExtractError:
        raise
    # zipfile and openpyxl have no error for a damaged file: it ends in whatever comes first.
    except Exception as error:
        raise refuse(f"{path.name}: {error}", "an Excel workbook (.xlsx)") from error


def _sheet(sheet: Any, typed: Any) -> Grid:
    """A sheet as it is printed: without what is hidden in it. A formula whose value was not stored
    stands as it was `typed`, in the same workbook with its formulas."""
    if sheet.max_row * sheet.max_column > MOST_CELLS:
        stood = f"sheet {sheet.title}: {sheet.max_row} × {sheet.max_column} cells"
        raise refuse(stood, f"at most {MOST_CELLS} cells")
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    for area in sheet.merged_cells.ranges:
        first = (area.min_row, area.min_col)
        merged |= {
            (r, c): first
            for r in range(area.min_row, min(area.max_row, sheet.max_row) + 1)
            for c in range(area.min_col, min(area.max_col, sheet.max_column) + 1)
        }
    texts = {(cell.row, cell.column): _shown(cell) for row in sheet.iter_rows() for cell in row}
    if typed is not None:
        cells = (cell for row in typed[sheet.title].iter_rows() for cell in row)
        formulas = {(c.row, c.column): c.value for c in cells if c.data_type == "f"}
        texts |= {
            at: formula if isinstance(formula, str) else "=…"
            for at, formula in formulas.items()
            if not texts.get(at)
        }
    hidden = {
        c
        for width in sheet.column_dimensions.values()
        if width.hidden
        for c in range(width.min, width.max + 1)
    }
    columns = [c for c in range(1, sheet.max_column + 1) if c not in hidden]
    grid = Grid([], form="xlsx")
    for r in range(1, sheet.max_row + 1):
        row = [texts.get(merged.get((r, c), (r, c)), "") for c in columns]
        if any(row) and not sheet.row_dimensions[r].hidden:
            grid.rows.append(row)
            grid.lines.append(r)
    if grid.rows and len(set(grid.rows[0]) - {""}) > 1 and not _UNNAMED.fullmatch(sheet.title):
        grid.before.append(sheet.title)  # the only title it has
    return grid


def _shown(cell: Any) -> str:
    """A workbook's cell as its number format prints it, as far as decimals, thousands, percent
    and the parts of a day go."""
    value, shape = cell.value, _QUOTED.sub(r"\1\2", str(cell.number_format).split(";")[0])
    if value is None:
        return ""
    if isinstance(value, date):
        day = re.split("[hsHS]", shape)[0].strip()  # without a time
        shown = _DAY.sub(lambda part: _DAYS[part[0].lower()].format(value), day)
        return shown if shown != day else f"{value:%Y-%m-%d}"
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        indent = int(cell.alignment.indent or 0) if cell.alignment else 0
        return "  " * indent + str(value)
    places = re.search(r"0(?:\.(0+))?(,*)(%?)", shape)
    if shape == "General" or places is None:
        return repr(value).removesuffix(".0") if value == int(value) else f"{value:.10g}"
    decimals, thousands, percent = len(places[1] or ""), len(places[2]), places[3]
    return f"{value * (100 if percent else 1) / 1000**thousands:.{decimals}f}{percent}"


def frame_grid(frame: pd.DataFrame) -> Grid:
    """A frame of texts: the levels of its columns are heads, those of its index labels."""
    if frame.size > MOST_CELLS:
        raise refuse(f"{frame.size} cells", f"at most {MOST_CELLS} cells")
    labelled = not isinstance(frame.index, pd.RangeIndex)
    index = [_texts(label) for label in frame.index] if labelled else [[] for _ in frame.index]
    depth = frame.index.nlevels if labelled else 0
    unnamed = isinstance(frame.columns, pd.RangeIndex)
    heads = [] if unnamed else list(zip(*map(_texts, frame.columns), strict=True))
    corner = [str(name or "") for name in frame.index.names] if labelled else []
    rows = [[*(corner if n == len(heads) - 1 else [""] * depth), *h] for n, h in enumerate(heads)]
    cells = frame.astype("object").where(frame.notna(), "").to_numpy().tolist()
    rows += [[*i, *map(_text, row)] for i, row in zip(index, cells, strict=True)]
    return Grid(rows, lines=list(range(1, len(rows) + 1)), heads=len(heads), form="frame")


def _texts(label: Any) -> list[str]:
    parts = label if isinstance(label, tuple) else (label,)
    return [re.sub(r"^Unnamed: .*", "", str(part)) for part in parts]


def _text(cell: Any) -> str:
    return cell if isinstance(cell, str) else repr(cell) if isinstance(cell, float) else str(cell)
