"""Load and validate a data folder: one article's figures, relations and passed-over numerals.

Frictionless reads each cell by its field in the schema (`tables.json`). Checked here are the keys,
and what a schema cannot say: that `value` says what `reported` says, that periods run forwards,
that a relation has the roles its kind needs. Every fault of every table is reported at once.
"""

from __future__ import annotations

import csv
import gc
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from importlib import import_module
from importlib.resources import files
from pathlib import Path, PurePosixPath
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd

from .numerals import FigureError, find_numerals, read_figure, read_figures

TABLES: dict[str, dict[str, Any]] = json.loads(
    files("analysis").joinpath("tables.json").read_text(encoding="utf-8")
)

# Roles of each kind of relation: how few and how many figures may have each.
ROLES: dict[str, dict[str, tuple[int, float]]] = {
    "sum": {"total": (1, 1), "part": (1, np.inf)},
    "part": {"total": (1, 1), "part": (1, np.inf)},
    "ratio": {"rate": (1, 1), "numerator": (0, 1), "denominator": (0, 1)},
    "change": {"change": (1, 1), "current": (1, 1), "prior": (0, 1), "difference": (0, 1)},
    "difference": {"difference": (1, 1), "current": (1, 1), "prior": (1, 1)},
}
# Kinds whose figures are added or subtracted, and so must be in one unit.
ONE_UNIT = {
    "sum": {"total", "part"},
    "part": {"total", "part"},
    "change": {"current", "prior", "difference"},
    "difference": {"current", "prior", "difference"},
}
# A figure's context may make it another measure than its own text shows: 488起 beside 日均 is an
# average, 2.23亿 beside 人民币 an amount, 23.5% after 分别下降 a change.
MEASURE_IN_CONTEXT = {
    "count": {"count", "rate", "amount"},
    "amount": {"amount", "rate"},
    "rate": {"rate", "change", "point_change"},
    "change": {"change"},
    "point_change": {"point_change"},
}
LARGEST_FILE = 64 * 2**20  # some 250,000 figures
LONGEST_CELL = 100_000
# Characters that hide, join or turn the text around them, and control characters but for ends of
# lines: they can make a cell read as what it is not.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)
# How whole numbers and dates are written.
_PLAIN = {
    "integer": re.compile("-?[0-9]{1,9}"),
    "date": re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}"),
}
# What frames may leave out, and what then stands there.
_OPTIONAL: dict[str, Any] = {"theme": "", "basis": "", "term": "", "note": "", "hedge": ""} | {
    "period_start": pd.NaT,
    "as_of": pd.NaT,
    "paragraph": pd.NA,
    "position": pd.NA,
}


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a data folder: where, what stood there, what was expected."""

    file: str
    row: int | None
    column: str
    stood: str
    expected: str

    def __str__(self) -> str:
        place = [self.file]
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column:
            place.append(f"column {self.column}")
        stood = self.stood if len(self.stood) <= 60 else self.stood[:57] + "..."
        return f"{', '.join(place)}: found {stood!r}, expected {self.expected}"


class ExtractError(ValueError):
    """A data folder, or frames, that are no extract. `faults` holds every `Fault` found."""

    def __init__(self, where: str, faults: list[Fault]) -> None:
        self.faults = tuple(faults)
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        super().__init__("\n".join([f"{where}: {count}", *(f"- {fault}" for fault in faults)]))


@dataclass(frozen=True)
class Source:
    """Where an extract's figures were printed: what a chart's source line needs.

    Dates are ISO text; `published` is "not stated" where no day is known. `sha256` is that of the
    article's text in UTF-8, so that a text at hand can be told to be the one the extract was made
    from; empty where there was none.
    """

    title: str
    publisher: str
    published: str = ""
    accessed: str = ""
    sha256: str = ""
    publisher_en: str = ""


def _no_passed_over() -> pd.DataFrame:
    return pd.DataFrame(
        {"paragraph": pd.array([], "Int64"), "position": pd.array([], "Int64")}
        | {"reported": pd.array([], "str"), "reason": pd.array([], "str")}
    )


@dataclass(frozen=True)
class Extract:
    """One article's printed figures and the claims that tie them.

    - figures: DataFrame, index `figure`; `low` and `high` beside `value`, and last `precision`:
      exact, rounded or hedged. From frames, `reported`, `unit` and `measure` are needed; bounds
      are read from `reported` where they are not given.
    - relations: DataFrame with the columns relation, kind, role, figure.
    - passed_over: DataFrame with the columns paragraph, position, reported, reason.
    - source: `Source`, or None.
    - name: of the data folder it was loaded from, as `data/indicators.csv` refers to it.

    Raises `ExtractError` where columns are missing or `reported` cannot be read.

    >>> figures = pd.DataFrame(
    ...     {"reported": ["342起", "下降23.5%"], "unit": ["起", "percent"]}
    ...     | {"measure": ["count", "change"]},
    ...     index=["cases", "cases_change"],
    ... )
    >>> Extract(figures, pd.DataFrame(columns=["relation", "kind", "role", "figure"])).figures.low
    figure
    cases           342.00
    cases_change    -23.55
    Name: low, dtype: float64
    """

    figures: pd.DataFrame
    relations: pd.DataFrame
    passed_over: pd.DataFrame = field(default_factory=_no_passed_over)
    source: Source | None = None
    name: str = ""

    def __post_init__(self) -> None:
        figures = self.figures.rename_axis(index="figure")
        missing = [
            Fault(table, None, name, "", "this column")
            for table, frame, names in (
                ("figures", figures, ("reported", "unit", "measure")),
                ("relations", self.relations, ("relation", "kind", "role", "figure")),
                ("passed_over", self.passed_over, ("paragraph", "position", "reported", "reason")),
            )
            for name in names
            if name not in frame
        ]
        if figures.index.has_duplicates:
            twice = figures.index[figures.index.duplicated()].unique()
            missing += [Fault("figures", None, "figure", str(x), "each key once") for x in twice]
        if missing:
            raise ExtractError("Extract", missing)
        absent = {name: empty for name, empty in _OPTIONAL.items() if name not in figures}
        names: dict[str, Any] = {
            name: figures.index for name in ("name_en", "name_zh") if name not in figures
        }
        figures = figures.assign(**{**absent, **names})
        if not {"value", "low", "high"} <= set(figures):
            try:
                read = read_figures(figures["reported"])
            except FigureError as error:
                stood = "; ".join(str(error).splitlines())
                fault = Fault("figures", None, "reported", stood, "printed figures")
                raise ExtractError("Extract", [fault]) from error
            read, _ = in_context(read, figures.assign(value=figures.get("value", read["value"])))
            given = {name: read[name] for name in ("value", "low", "high", "hedge")}
            figures = figures.assign(**given)
        precision = np.where(figures["hedge"] != "", "hedged", "rounded")
        precision = np.where(figures["low"] == figures["high"], "exact", precision)
        object.__setattr__(self, "figures", figures.assign(precision=precision))


def in_context(read: pd.DataFrame, figures: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
    """What `reported` says, read with the measure and sign that its context gives.

    A change whose sign word stands elsewhere (分别下降) takes its sign from `value`; a whole number
    that is an average (日均) is a rounded one, half a unit either way. Also returns which rows
    took their sign from `value`.
    """
    value = figures["value"].astype("float64")
    signed = figures["measure"].isin(["change", "point_change"]) & (read["measure"] == "rate")
    unsigned_points = (read["measure"] == "point_change") & (figures["measure"] == "point_change")
    flipped = (signed | unsigned_points) & (value < 0) & (read["low"] >= 0)
    averages = (figures["measure"] == "rate") & (read["measure"] == "count")
    half = np.where(averages & (read["low"] == read["high"]), 0.5, 0.0)
    low, high = read["low"] - half, read["high"] + half
    return read.assign(
        value=read["value"].where(~flipped, -read["value"]),
        low=low.where(~flipped, -high),
        high=high.where(~flipped, -low),
    ), flipped


def load(folder: str | Path) -> Extract:
    """The extract in a data folder, validated.

    The folder holds `datapackage.json`, `figures.csv`, `relations.csv` and
    `passed-over.csv` (UTF-8, with or without byte order mark); the package's `tables.json`
    describes their columns. Bounds are read from `reported`; periods become timestamps (NaT
    where the article states none), paragraph and position nullable integers.

    Raises `ExtractError` with every fault of every table: file, row (the header is row 1), column,
    what was found and what was expected.

    >>> datong = load("data/datong-2018")
    >>> datong.figures.loc[["bureau_feeds"], ["reported", "value", "low", "high"]]
                 reported   value     low    high
    figure
    bureau_feeds   1200多路  1200.0  1200.0  1300.0
    """
    folder = Path(folder)
    if not folder.is_dir():
        stood = "a file" if folder.exists() else "nothing"
        raise ExtractError(str(folder), [Fault(str(folder), None, "", stood, "a data folder")])
    faults: list[Fault] = []
    source = _source(folder, faults)
    texts = {name: _text(folder / table["path"], faults) for name, table in TABLES.items()}
    left_out: dict[str, set[str]] = {name: set() for name in TABLES}
    frames = {
        name: _frame(name, text, faults, left_out[name])
        for name, text in texts.items()
        if text is not None
    }
    whole = {name: frame for name, frame in frames.items() if frame is not None}
    faults += _schema_faults(whole, left_out)
    figures, relations = frames.get("figures"), frames.get("relations")
    if figures is not None:
        faults += _period_faults(figures)
        figures, reading = _double_entry(figures)
        faults += reading
        if relations is not None:
            faults += _relation_faults(figures, relations)
    if faults:
        raise ExtractError(str(folder), sorted(faults, key=lambda f: (f.file, f.row or 0)))
    passed_over = frames["passed-over"]
    assert figures is not None
    assert relations is not None
    assert passed_over is not None
    figures, passed_over = _converted(figures.set_index("figure")), _converted(passed_over)
    relations, passed_over = (table.reset_index(drop=True) for table in (relations, passed_over))
    return Extract(figures, relations, passed_over, source, folder.resolve().name)


def _source(folder: Path, faults: list[Fault]) -> Source | None:
    name = "datapackage.json"
    text = _text(folder / name, faults)
    if text is None:
        return None
    try:
        package = json.loads(text)
        resources = {r["name"]: r["path"] for r in package["resources"]}
        source = package["sources"][0]
        title = source["title"]
    except (ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
        stood = f"{type(error).__name__}: {error}"
        expected = "a data package with resources (name, path) and a source with a title"
        faults.append(Fault(name, None, "", stood, expected))
        return None
    for resource, table in TABLES.items():
        if resources.get(resource) != table["path"]:
            stood = str(resources.get(resource, ""))
            faults.append(Fault(name, None, f"resource {resource}", stood, table["path"]))
    for resource, path in resources.items():
        safe = isinstance(path, str) and ":" not in path and "\\" not in path
        if not safe or PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
            expected = "a file inside the folder"
            faults.append(Fault(name, None, f"resource {resource}", str(path), expected))
    for key in ("publisher", "published"):
        if not source.get(key):
            day = "the day it was published, or: not stated"
            expected = "who published it" if key == "publisher" else day
            faults.append(Fault(name, None, f"source {key}", "", expected))
    known = {key: source.get(key, "") for key in Source.__dataclass_fields__} | {"title": title}
    for key, stood in known.items():
        if not isinstance(stood, str):
            faults.append(Fault(name, None, f"source {key}", str(stood), "text"))
    return Source(**known)


def _text(path: Path, faults: list[Fault]) -> str | None:
    """The text of a file, or None with a fault that says what the file seems to be."""

    def fault(stood: str, expected: str) -> None:
        faults.append(Fault(path.name, None, "", stood, expected))

    if not path.is_file():
        fault("a folder" if path.is_dir() else "no file", "a file of this name")
        return None
    if path.is_symlink() and path.resolve().parent != path.parent.resolve():
        fault(f"a link to {path.resolve()}", "a file inside the folder")
        return None
    if path.stat().st_size > LARGEST_FILE:
        fault(f"{path.stat().st_size} bytes", f"at most {LARGEST_FILE} bytes")
        return None
    try:
        data = path.read_bytes()
    except OSError as error:
        fault(str(error), "a file that can be read")
        return None
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        fault("UTF-16 text", "UTF-8; save it again as CSV UTF-8")
    elif b"\0" in data:
        row = data[: data.index(b"\0")].count(b"\n") + 1
        faults.append(Fault(path.name, row, "", "a NUL byte", "text"))
    else:
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            row = data[: error.start].count(b"\n") + 1
            seems = _seems(data)
            convert = f"UTF-8; convert it with: iconv -f {seems} -t UTF-8 {path.name}"
            expected = convert if seems else "UTF-8 text"
            stood = f"{seems} text" if seems else f"byte 0x{data[error.start]:02x}"
            faults.append(Fault(path.name, row, "", stood, expected))
    return None


def _seems(data: bytes) -> str:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "GB18030"


def _frame(name: str, text: str, faults: list[Fault], left_out: set[str]) -> pd.DataFrame | None:
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
        stood, expected = f"{error}", "CSV: quotes closed, cells not endless"
        faults.append(Fault(file, reader.line_num, "", stood, expected))
        return None
    finally:
        csv.field_size_limit(limit)
    del rows[1]
    for row in [row for row, cells in rows.items() if len(cells) != len(columns)]:
        left_out.update(rows[row])
        stood = ",".join(rows.pop(row)) or "a blank row"
        faults.append(Fault(file, row, "", stood, f"{len(columns)} cells, one a column"))
    frame = pd.DataFrame(list(rows.values()), index=list(rows), columns=columns, dtype="str")
    if _HIDDEN.search(text):
        faults += _hidden_characters(file, frame)
    return frame


def _hidden_characters(file: str, frame: pd.DataFrame) -> Iterator[Fault]:
    for column in frame.columns:
        for row, cell in zip(frame.index.tolist(), frame[column].tolist(), strict=True):
            if found := _HIDDEN.search(cell):
                stood = f"U+{ord(found[0]):04X} in {_HIDDEN.sub('', cell)}"
                expected = "text without invisible characters or such as turn its direction"
                yield Fault(file, row, str(column), stood, expected)


def _schema_faults(
    frames: Mapping[str, pd.DataFrame], left_out: Mapping[str, set[str]]
) -> Iterator[Fault]:
    """What the tables' schemas do not allow: cells, and keys that stand twice or lead nowhere.

    Frictionless reads each cell by its field. The keys are looked up here, in what it has read:
    its own run over a package copies and checks the descriptors of every table first, which takes
    ten times as long as the cells do. A key in a row that was left out is taken to be there.
    """
    read: dict[str, dict[str, list[Any]]] = {}
    for name, frame in frames.items():
        path, rows = TABLES[name]["path"], frame.index.tolist()
        fields = {column["name"]: column for column in TABLES[name]["schema"]["fields"]}
        read[name] = {}
        for column in frame.columns.astype(str):
            texts = frame[column].tolist()
            reads = _reader(fields[column])
            cells = [reads(text) for text in texts]
            read[name][column] = [value for value, _ in cells]
            for row, text, (_, notes) in zip(rows, texts, cells, strict=True):
                for broken in notes or ():
                    yield Fault(path, row, column, text, _expected(fields[column], broken))
        yield from _repeated_keys(name, rows, read[name])
    for name, frame in frames.items():
        for key in TABLES[name]["schema"].get("foreignKeys", []):
            other, (column,) = key["reference"]["resource"], key["fields"]
            if other not in read:
                continue
            known = {*read[other][column], *left_out[other], None}
            for row, cell in zip(frame.index.tolist(), read[name][column], strict=True):
                if cell not in known:
                    expected = f"a key of {TABLES[other]['path']}"
                    yield Fault(TABLES[name]["path"], row, column, cell, expected)


@cache
def _field_types() -> ModuleType:
    """Frictionless' field types, imported when first needed: it takes half as long as pandas does.

    An import makes objects that stay. Without looking for garbage among them, it takes a quarter
    less in a notebook.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        return import_module("frictionless.fields")
    finally:
        if collects:
            gc.enable()


def _reader(column: Mapping[str, Any]) -> Callable[[str], tuple[Any, dict[str, str] | None]]:
    """Frictionless' reader of a column's cells: the value, and a note for each thing it breaks.

    It would take whole numbers and dates in any notation that Python knows: ٣, 1_000, 2018-2-3.
    """
    plain = _PLAIN.get(column["type"])
    kind = getattr(_field_types(), f"{column['type'].capitalize()}Field")
    field = kind(name=column["name"], constraints=column.get("constraints", {}))
    reader: Callable[[str], tuple[Any, dict[str, str] | None]] = field.create_cell_reader()
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
    if broken == "pattern":
        return "a slug: small letters, digits and underscores, a letter first"
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
            stood, expected = ",".join(map(str, cells)), f"a key once (row {before} has it too)"
            yield Fault(TABLES[name]["path"], row, ", ".join(key), stood, expected)
        last[tuple(cells)] = row


def _double_entry(figures: pd.DataFrame) -> tuple[pd.DataFrame, list[Fault]]:
    """Figures with bounds read from `reported`, and where value, unit or measure say otherwise."""
    faults: list[Fault] = []

    def report(wrong: Any, column: str, expected: Any) -> None:
        if not wrong.any():
            return
        rows = figures.assign(expected=expected)[wrong]  # an empty frame would grow to expected
        faults.extend(
            Fault("figures.csv", row["index"], column, row[column], row["expected"])
            for row in rows.reset_index(names="index").to_dict("records")
        )

    try:
        read = read_figures(figures["reported"])
    except FigureError:
        unreadable = dict(_unreadable(figures["reported"]))
        faults += [
            Fault("figures.csv", row, "reported", figures["reported"][row], f"a figure: {why}")
            for row, why in unreadable.items()
        ]
        figures = figures.drop(index=list(unreadable))
        read = read_figures(figures["reported"])

    plain = figures["value"].str.fullmatch(r"-?\d{1,40}(\.\d{1,40})?")
    value = pd.to_numeric(figures["value"].where(plain), errors="coerce")
    read, flipped = in_context(read, figures.assign(value=value))
    printed = " as in " + figures["reported"]
    values = ["no value" if pd.isna(x) else f"{x:.15g}" for x in read["value"]]
    says = pd.Series(values, index=figures.index, dtype="str") + printed
    neither = read["value"].isna() & (figures["value"] == "")
    report((value != read["value"]) & ~neither, "value", says)
    unit = figures["unit"].where((read["unit"] == "") | flipped, read["unit"])
    report((figures["unit"] != unit) & (figures["unit"] != ""), "unit", read["unit"] + printed)
    measure = figures["measure"]
    pairs = zip(read["measure"], measure, strict=True)
    possible = [mine in MEASURE_IN_CONTEXT[read] for read, mine in pairs]
    measured = measure.isin(MEASURE_IN_CONTEXT)
    report(measured & ~np.array(possible, dtype=bool), "measure", read["measure"] + printed)
    based = figures["basis"] != ""
    report((measure == "change") & ~based, "basis", "a basis, as it is a change")
    report(~measure.isin(["change", "point_change"]) & based, "basis", "none, as it is no change")
    columns = list(figures.columns)
    columns[columns.index("value") + 1 : columns.index("unit")] = ["low", "high"]
    figures = figures.assign(
        value=read["value"], low=read["low"], high=read["high"], hedge=read["hedge"]
    )
    return figures[[*columns, "hedge"]], faults


def _unreadable(reported: pd.Series) -> Iterator[tuple[int, str]]:
    """The rows whose text is no figure, and what is wrong with each."""
    for row, text in zip(reported.index.tolist(), reported.tolist(), strict=True):
        try:
            read_figure(text)
        except FigureError as error:
            yield row, str(error).splitlines()[0]


def _period_faults(figures: pd.DataFrame) -> list[Fault]:
    iso = r"\d{4}-\d{2}-\d{2}"
    start, end = figures["period_start"], figures["as_of"]
    both = start.str.fullmatch(iso) & end.str.fullmatch(iso)
    return [
        Fault("figures.csv", int(row), "as_of", end[row], f"no earlier than {start[row]}")
        for row in figures.index[both & (start > end)]
    ]


def _relation_faults(figures: pd.DataFrame, relations: pd.DataFrame) -> Iterator[Fault]:
    """Relations without the roles that their kind needs, or with figures that do not fit them."""
    known = {figure.figure: figure for figure in figures.drop_duplicates("figure").itertuples()}
    claims: dict[str, list[Any]] = {}
    for row in relations.itertuples():
        claims.setdefault(str(row.relation), []).append(row)
    for relation, rows in claims.items():
        yield from _role_faults(relation, rows)
        yield from _misfits([(row, known[row.figure]) for row in rows if row.figure in known])

    differences = relations.loc[relations["role"] == "difference", "figure"]
    below = figures[(figures["measure"] == "count") & (figures["value"] < 0)]
    below = below[~below["figure"].isin(differences)]
    for at, value in zip(below.index.tolist(), below["value"].tolist(), strict=True):
        yield Fault("figures.csv", at, "value", f"{value:.15g}", "at least 0, as it counts")


def _role_faults(relation: str, rows: list[Any]) -> Iterator[Fault]:
    """Rows of one relation whose kind or role is none of its own, and roles not filled."""
    fault, first = partial(Fault, "relations.csv"), rows[0]
    for row in rows:
        if row.kind != first.kind:
            expected = f"{first.kind} as in the first row of {relation}"
            yield fault(row.Index, "kind", row.kind, expected)
        if row.kind in ROLES and row.role not in ROLES[row.kind]:
            expected = f"a role of {row.kind}: {', '.join(ROLES[row.kind])}"
            yield fault(row.Index, "role", row.role, expected)
    counts = Counter(row.role for row in rows)
    for role, (least, most) in ROLES.get(first.kind, {}).items():
        if counts[role] < least:
            stood = f"{relation} without a {role}"
            yield fault(first.Index, "role", stood, f"a figure as {role}")
        elif counts[role] > most:
            stood = f"{relation} with {counts[role]} figures as {role}"
            yield fault(first.Index, "role", stood, f"one as {role}")


def _misfits(members: list[tuple[Any, Any]]) -> Iterator[Fault]:
    """Figures of one relation that their role cannot have; pairs of a row and its figure."""
    fault = partial(Fault, "relations.csv")
    above = [row.figure for row, figure in members if row.role == "current" and figure.low > 0]
    one = ""
    for row, figure in members:
        if row.role in ("change", "rate") and figure.measure != row.role:
            stood = f"{row.figure}, which is a {figure.measure}"
            yield fault(row.Index, "figure", stood, f"a {row.role} as {row.role}")
        if row.role in ONE_UNIT.get(row.kind, ()):
            # Percentage points are what a difference of rates is printed in.
            unit = "percent" if figure.unit == "percentage point" else figure.unit
            one = one or unit
            if unit != one:
                stood = f"{row.figure} in {figure.unit}"
                yield fault(row.Index, "figure", stood, f"a figure in {one}")
        if row.role == "change" and figure.value <= -100 and above:
            less = f"a fall of less than 100%, as {', '.join(above)} is above 0"
            yield fault(row.Index, "figure", f"{row.figure} of {figure.value:g}%", less)


def _converted(table: pd.DataFrame) -> pd.DataFrame:
    """Dates as timestamps and places as nullable integers; the rest stays as it is."""
    dates = [name for name in ("period_start", "as_of") if name in table]
    places = [name for name in ("paragraph", "position") if name in table]
    return table.assign(
        **{name: pd.to_datetime(table[name].where(table[name] != "")) for name in dates},
        **{name: pd.to_numeric(table[name]).astype("Int64") for name in places},
    )


def coverage(extract: Extract, text: str | None = None) -> pd.DataFrame:
    """Every numeral of the article and what accounts for it: a figure, or a passed-over row.

    One row a numeral: paragraph, position, numeral, accounted (how many rows hold it), by (their
    keys or reasons). Everything is accounted for where `accounted` is 1 throughout. Rows whose
    text does not stand where they say, or that name no place, are listed below, with
    `accounted` 0. Without a text nothing can be checked: every row is listed so.

    >>> figures = pd.DataFrame(
    ...     {"reported": ["91个"], "unit": ["个"], "measure": ["count"]}
    ...     | {"paragraph": [1], "position": [2]},
    ...     index=["gangs"],
    ... )
    >>> nothing = pd.DataFrame(columns=["relation", "kind", "role", "figure"])
    >>> coverage(Extract(figures, nothing), "打掉91个,其中6个")
       paragraph  position numeral  accounted     by
    0          1         2      91          1  gangs
    1          1         8       6          0
    """
    columns = ["paragraph", "position", "reported", "by"]
    every = pd.concat(
        [
            extract.figures.reset_index().rename(columns={"figure": "by"})[columns],
            extract.passed_over.rename(columns={"reason": "by"})[columns],
        ],
        ignore_index=True,
    )
    placed = every[["paragraph", "position"]].notna().all(axis=1)
    if text is None:
        placed, text, why = placed & False, "", ": not checkable, no text at hand"
    else:
        why = ": not checkable, no place given"
    rows, unplaced = every[placed], every[~placed]
    lines = text.split("\n")
    stands = [
        paragraph <= len(lines) and lines[paragraph - 1].startswith(reported, position)
        for paragraph, position, reported, _ in rows.itertuples(index=False, name=None)
    ]
    astray = rows[~np.array(stands, dtype=bool)]
    rows = rows[np.array(stands, dtype=bool)]
    rows = rows.assign(end=rows["position"] + rows["reported"].str.len())
    numerals = find_numerals(text).rename_axis(index="n").reset_index()
    pairs = numerals.merge(rows, on="paragraph", suffixes=("", "_row"))
    end = pairs["position"] + pairs["numeral"].str.len()
    inside = pairs[(pairs["position_row"] <= pairs["position"]) & (end <= pairs["end"])]
    held = inside.groupby("n")["by"].agg(["size", ", ".join])
    found = numerals.assign(
        accounted=numerals["n"].map(held["size"]).fillna(0).astype(int),
        by=numerals["n"].map(held["join"]).fillna(""),
    ).drop(columns="n")
    wrong = [(astray, ": does not stand here"), (unplaced, why)]
    left = [
        table.rename(columns={"reported": "numeral"}).assign(accounted=0, by=table["by"] + says)
        for table, says in wrong
        if len(table)
    ]
    return pd.concat([found, *(table[found.columns] for table in left)], ignore_index=True)
