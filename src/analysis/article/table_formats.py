"""What a table is handed over as, made a grid: Markdown, CSV, a workbook, a frame.

Nothing is read here:
which rows are heads and what the cells say is the work of `table`. Text without any marks of cells
(columns aligned by spaces, a cell a line) is cut into cells by `table_text`.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd

from ..extract import ExtractError
from .table_grid import LARGEST, MOST_CELLS, Grid, refuse
from .table_numbers import read_cell

_LONGEST_ROW = 20_000  # characters of a row that is put together
_WIDEST = 60  # cells of a row that was broken, a line each


# --- Markdown -------------------------------------------------------------------------------------

_RULE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|?)+\s*")


def markdown_grids(text: str) -> list[Grid]:
    """The pipe tables of a text. Rows that a converter broke, a cell a line, are put together."""
    grids: list[Grid] = []
    before: list[str] = []
    pieces: list[tuple[int, str]] = []
    blank = 0
    for n, line in [*_closed(text.splitlines()), (0, ""), (0, "")]:
        if "|" in line:
            pieces.append((n, line))
            blank = 0
            continue
        blank += not line.strip()
        if pieces and (line.strip() or blank > 1):
            grids.append(_piped(pieces, before))
            before, pieces = [], []
        if line.strip():
            before = [*before, line.strip()][-4:]
            if grids and len(grids[-1].after) < 8:
                grids[-1].after.append(line.strip())
    return [grid for grid in grids if grid.rows]


def _closed(lines: list[str]) -> list[tuple[int, str]]:
    """Lines, with those joined that a break inside a cell parts: where rows end with a pipe, one
    that does not goes on in the next line."""
    piped = [line.rstrip() for line in lines if "|" in line]
    closing = sum(line.endswith("|") for line in piped) > 0.6 * len(piped)
    found: list[tuple[int, str]] = []
    for n, line in enumerate(lines, 1):
        last = found[-1][1].rstrip() if found else ""
        goes_on = closing and "|" in last and not last.endswith("|") and len(last) < _LONGEST_ROW
        if goes_on and line.strip():
            found[-1] = (found[-1][0], f"{last} {line.strip()}")
        else:
            found.append((n, line))
    return found


def _piped(pieces: list[tuple[int, str]], before: list[str]) -> Grid:
    lead = sum(line.lstrip().startswith("|") for _, line in pieces) * 2 > len(pieces)
    cut: list[tuple[int, list[str]]] = []
    heads = 0
    for n, line in pieces:
        if _RULE.fullmatch(line) and "-" in line:
            heads = heads or len(cut)
            continue
        line = line.strip().replace("\\|", "¦")
        if lead and line.startswith("|") and line.strip("| "):
            line = line[1:]
        cells = [cell.strip().replace("¦", "|") for cell in line.split("|")]
        if len(cells) > 1 and not cells[-1]:
            cells.pop()
        cut.append((n, cells))
    broken = sum(len(cells) == 1 for _, cells in cut) * 2 > len(cut)
    cut = _rejoined(cut) if broken else _stray(cut)
    width = _usual([len(cells) for _, cells in cut])
    rows = [[re.sub(r"\s*<br\s*/?>\s*", " ", cell) for cell in cells] for _, cells in cut]
    short = any(len(row) != width or not row[-1] for row in rows)
    return Grid(rows, before, [], [n for n, _ in cut], heads, short, "md")


def _rejoined(cut: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Rows whose cells stand a line each, put together again.

    Where a line holds more than one cell, the rest is filling: the row ends there. The width is
    the one at which most rows end so, and begin with a label.
    """
    stream = [(n, cell) for n, cells in cut for cell in cells]
    ends = {sum(len(c) for _, c in cut[: k + 1]) for k, (_, c) in enumerate(cut) if len(c) > 1}
    texts = [bool(cell) and read_cell(cell).kind == "text" for _, cell in stream]

    def fits(width: int) -> float:
        starts = range(0, len(stream), width)
        met = sum(start in ends for start in starts) + sum(texts[start] for start in starts)
        return met / (len(starts) + len(ends) + 1)

    width = max(range(2, min(len(stream), _WIDEST) + 1), key=fits, default=1)
    rows = [stream[k : k + width] for k in range(0, len(stream), width)]
    return [(row[0][0], [cell for _, cell in row]) for row in rows]


def _stray(cut: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Rows among which a few, of heads, stand a cell a line: put together up to the filling."""
    found: list[tuple[int, list[str]]] = []
    alone = False
    for n, cells in cut:
        filling = not any(cells[1:]) and len(cells) > 1
        if alone and (len(cells) == 1 or not any(cells) or filling):
            found[-1][1].extend(cells)
        else:
            found.append((n, list(cells)))
        alone = len(cells) == 1 and bool(cells[0])
    return found


def _usual(counts: list[int]) -> int:
    """The width of a table: the most frequent one, the larger of two alike."""
    return max(Counter(counts).items(), key=lambda c: (c[1], c[0]))[0] if counts else 0


# --- CSV ------------------------------------------------------------------------------------------


def csv_grid(text: str) -> Grid | None:
    """The grid of a CSV text, by the separator that cuts its lines alike; None where none does."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2:
        return None
    for separator in "\t;,":
        sample = lines[:200]
        if sum(separator in line for line in sample) < 0.6 * len(sample):
            continue
        try:
            cut = list(csv.reader(sample, delimiter=separator))
        except csv.Error:
            continue
        widths = [len(row) for row in cut if len(row) > 1]
        usual = _usual(widths)
        alike = sum(width == usual for width in widths)
        if usual < 2 or alike < 0.6 * len(sample):
            continue
        cells = [cell for row in cut for cell in row]
        broken = sum(bool(re.match(r"\s*\d{3}\s+[\d(+-]", cell)) for cell in cells)
        if separator == "," and broken > 0.05 * len(cells):
            continue  # the commas group thousands
        return _separated(text, separator)
    return None


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


# --- A workbook, a frame --------------------------------------------------------------------------


def workbook_grids(path: Path) -> list[Grid]:
    """The sheets of an `.xlsx`, each cell as its format prints it."""
    try:
        from openpyxl import load_workbook  # type: ignore[import-untyped]
    except ImportError as error:
        raise refuse(path.name, ".xlsx needs the package openpyxl; .csv does not") from error
    try:
        with zipfile.ZipFile(path) as packed:
            size = sum(part.file_size for part in packed.infolist())
        if size > 4 * LARGEST:
            raise refuse(f"{path.name}: {size} bytes unpacked", f"at most {4 * LARGEST} bytes")
        book = load_workbook(path, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError) as error:
        raise (
            error
            if isinstance(error, ExtractError)
            else refuse(f"{path.name}: {error}", "an Excel workbook (.xlsx)")
        ) from error
    return [grid for sheet in book.worksheets if (grid := _sheet(sheet)).rows]


def _sheet(sheet: Any) -> Grid:
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
    grid = Grid([], form="xlsx")
    for r in range(1, sheet.max_row + 1):
        places = [merged.get((r, c), (r, c)) for c in range(1, sheet.max_column + 1)]
        row = [texts.get(place, "") for place in places]
        if any(row):
            grid.rows.append(row)
            grid.lines.append(r)
    return grid


def _shown(cell: Any) -> str:
    """A workbook's cell as its number format prints it, as far as decimals and percent go."""
    value, shape = cell.value, str(cell.number_format).split(";")[0]
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        indent = int(cell.alignment.indent or 0) if cell.alignment else 0
        return "  " * indent + str(value)
    places = re.search(r"0(?:\.(0+))?(%?)", shape)
    if shape == "General" or places is None:
        return repr(value).removesuffix(".0")
    decimals, percent = len(places[1] or ""), places[2]
    return f"{value * (100 if percent else 1):.{decimals}f}{percent}"


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
