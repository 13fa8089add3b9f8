"""What the tables of a data folder must look like: their cells read by Frictionless, and keys."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import Any

import pandas as pd

from .model import Fault

TABLES: dict[str, dict[str, Any]] = json.loads(
    files("analysis").joinpath("tables.json").read_text(encoding="utf-8")
)
LONGEST_CELL = 100_000
# Characters that hide, join or turn the text around them, and control characters but for ends of
# lines: they can make a cell read as what it is not.
HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)
# How whole numbers and dates are written.
_PLAIN = {
    "integer": re.compile("-?[0-9]{1,9}"),
    "date": re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}"),
}

# What spreadsheets make of ISO dates. With the year first it is read; else the order of day and
# month is anyone's guess.
_YEAR_FIRST = re.compile(r"^([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})$")
_DAY_OR_MONTH_FIRST = re.compile(r"[0-9]{1,2}[/.][0-9]{1,2}[/.]([0-9]{2}){1,2}")
_MEND = "; a spreadsheet may have rewritten it: format the column as yyyy-mm-dd and save again"


def frame_of(name: str, text: str, faults: list[Fault], left_out: set[str]) -> pd.DataFrame | None:
    """A table as text, its index the rows of the file; None where it has not the columns.

    Rows without a cell for each column are faults, and left out: their cells go to `left_out`.
    """
    file, fields = TABLES[name]["path"], TABLES[name]["schema"]["fields"]
    known = [column["name"] for column in fields]
    needed = [column["name"] for column in fields if not column.get("optional")]
    header = re.split("[\r\n]", text, maxsplit=1)[0]
    columns = [column.strip('"') for column in header[:10_000].split(",")]
    wrong = [
        Fault(file, 1, column, "", "this column") for column in needed if column not in columns
    ]
    wrong += [
        Fault(file, 1, "", column, f"only the columns {', '.join(known)}")
        for column in columns[: 2 * len(known)]
        if column not in known
    ]
    if len(wrong) > 1 and ";" in header:
        wrong = [Fault(file, 1, "", header, "columns separated by commas, not semicolons")]
    if not wrong and len(set(columns)) < len(columns):
        wrong = [Fault(file, 1, "", header, "each column once")]
    if wrong:
        faults += wrong
        return None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    limit = csv.field_size_limit(LONGEST_CELL)
    try:
        rows = dict(enumerate(reader, 1))
    except csv.Error as error:
        found, expected = f"{error}", "CSV: quotes closed, cells not endless"
        faults.append(Fault(file, reader.line_num, "", found, expected))
        return None
    finally:
        csv.field_size_limit(limit)
    del rows[1]
    for row in [row for row, cells in rows.items() if len(cells) != len(columns)]:
        left_out.update(rows[row])
        found = ",".join(rows.pop(row)) or "a blank row"
        faults.append(Fault(file, row, "", found, f"{len(columns)} cells, one a column"))
    frame = pd.DataFrame(list(rows.values()), index=list(rows), columns=columns, dtype="str")
    for column in fields:
        if column["type"] == "date" and column["name"] in frame and "/" in text:
            days = frame[column["name"]]
            frame[column["name"]] = days.str.replace(_YEAR_FIRST, _as_iso, regex=True)
    if HIDDEN.search(text):
        faults += _hidden_characters(file, frame)
    return frame


def _as_iso(day: re.Match[str]) -> str:
    return f"{day[1]}-{day[2]:0>2}-{day[3]:0>2}"


def _hidden_characters(file: str, frame: pd.DataFrame) -> Iterator[Fault]:
    for column in frame.columns:
        for row, cell in zip(frame.index.tolist(), frame[column].tolist(), strict=True):
            if hidden := HIDDEN.search(cell):
                found = f"U+{ord(hidden[0]):04X} in {HIDDEN.sub('', cell)}"
                expected = "text without invisible characters or such as turn its direction"
                yield Fault(file, row, str(column), found, expected)


def read_cells(name: str, frame: pd.DataFrame) -> tuple[dict[str, list[Any]], list[Fault]]:
    """A table's columns as Frictionless reads each cell by its field, and what it does not allow.

    Keys that stand twice are looked up here, in what it has read: its own run over a package copies
    and checks the descriptors of every table first, which takes ten times as long as the cells do.
    """
    path, rows = TABLES[name]["path"], frame.index.tolist()
    fields = {column["name"]: column for column in TABLES[name]["schema"]["fields"]}
    readers = _readers(name)
    faults: list[Fault] = []
    read = {}
    for column in frame.columns.astype(str):
        texts = frame[column].tolist()
        reads = readers[column]
        known = {text: reads(text) for text in set(texts)}  # of most columns there are few
        read[column] = [known[text][0] for text in texts]
        if not any(notes for _, notes in known.values()):
            continue
        for row, text in zip(rows, texts, strict=True):
            for broken in known[text][1] or ():
                expected = _expected(fields[column], broken)
                if fields[column]["type"] == "date" and _DAY_OR_MONTH_FIRST.fullmatch(text):
                    expected += _MEND
                faults.append(Fault(path, row, column, text, expected))
    return read, [*faults, *_repeated_keys(name, rows, read)]


def dangling_keys(
    rows: Mapping[str, list[int]],
    read: Mapping[str, Mapping[str, list[Any]]],
    left_out: Mapping[str, set[str]],
) -> Iterator[Fault]:
    """Keys that lead nowhere, of tables with these rows; those of rows left out are there."""
    for name, cells in read.items():
        for key in TABLES[name]["schema"].get("foreignKeys", []):
            other, (column,) = key["reference"]["resource"], key["fields"]
            if other not in read:
                continue
            known = {*read[other][column], *left_out[other], None}
            for row, cell in zip(rows[name], cells[column], strict=True):
                if cell not in known:
                    expected = f"a key of {TABLES[other]['path']}"
                    yield Fault(TABLES[name]["path"], row, column, cell, expected)


_Reader = Callable[[str], tuple[Any, dict[str, str] | None]]


@cache  # made once a table: for a small folder it takes as long as all else
def _readers(name: str) -> dict[str, _Reader]:
    return {column["name"]: _reader(column) for column in TABLES[name]["schema"]["fields"]}


def _reader(column: Mapping[str, Any]) -> _Reader:
    """Frictionless' reader of a column's cells: the value, and a note for each thing it breaks.

    It would take whole numbers and dates in any notation that Python knows: ٣, 1_000, 2018-2-3.
    """
    plain = _PLAIN.get(column["type"])
    # Imported when first needed: it takes half as long as pandas does.
    types = import_module("frictionless.fields")
    kind = getattr(types, f"{column['type'].capitalize()}Field")
    field = kind(name=column["name"], constraints=column.get("constraints", {}))
    reader: _Reader = field.create_cell_reader()
    if plain is None:
        return reader
    return lambda text: (
        reader(text) if not text or plain.fullmatch(text) else (None, {"type": "not plain"})
    )


def _expected(column: Mapping[str, Any], broken: str) -> str:
    """What a cell should have been, by what it breaks: its type or a constraint."""
    constraints = column.get("constraints", {})
    if broken == "type":
        return {
            "date": "an ISO date that exists, such as 2018-10-31",
            "integer": "a whole number, in digits",
            "number": "a number",
        }[column["type"]]
    if broken == "enum":
        return "one of " + ", ".join(constraints["enum"])
    if broken == "pattern" and column["name"] == "against":
        return "what it is against: year earlier, previous period, year 2016, other or not stated"
    if broken == "pattern":
        return "a key: letters, digits and underscores, of any script"
    if broken == "minimum":
        return f"at least {constraints['minimum']}"
    return f"a {column['title'].lower()}: {column['description'].split('.')[0]}"


def _repeated_keys(name: str, rows: list[int], read: Mapping[str, list[Any]]) -> Iterator[Fault]:
    key = TABLES[name]["schema"]["primaryKey"]
    last: dict[tuple[Any, ...], int] = {}
    for row, *cells in zip(rows, *(read[part] for part in key), strict=True):
        if None in cells:
            continue  # a fault already
        if before := last.get(tuple(cells)):
            found, expected = ",".join(map(str, cells)), f"a key once (row {before} has it too)"
            yield Fault(TABLES[name]["path"], row, ", ".join(key), found, expected)
        last[tuple(cells)] = row
