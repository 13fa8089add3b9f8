"""Load and validate a data folder: one article's figures, relations and passed-over numerals.

`schema` reads the cells and checks the keys. Checked here is what a schema cannot say: that `value`
says what `reported` says, that periods run forwards, that a relation has the roles its kind needs.
Every fault of every table is reported at once.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import pandas as pd

from ..figures import FigureError, read_figure, read_figures
from ..kinds import KINDS, ROLES
from ..units import is_share
from .misfits import Member, misfits
from .model import Extract, ExtractError, Fault, Source, in_context
from .schema import TABLES, frame_of, schema_faults

# A figure's context may make it another measure than its own text shows: 488起 beside 日均 is an
# average, 2.23亿 beside 人民币 an amount, 23.5% after 分别下降 a change, 7件 after it a difference.
MEASURE_IN_CONTEXT = {
    "count": {"count", "rate", "amount", "difference"},
    "amount": {"amount", "rate", "difference"},
    "rate": {"rate", "change", "difference"},
    "change": {"change"},
    "difference": {"difference"},
}
# Where an empty cell is a fault that a reader may mend later: all else can be told without it.
_GAPS = {
    *("source publisher", "source published", "unit", "name_zh", "against", "basis", "reason"),
}
LARGEST_FILE = 64 * 2**20  # some 250,000 figures


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
    extract, gaps = load_unfinished(folder)
    if gaps:
        raise ExtractError(str(folder), list(gaps))
    return extract


def load_unfinished(folder: str | Path) -> tuple[Extract, tuple[Fault, ...]]:
    """As `load`, for a folder as `draft` leaves it: also what in it is still to be filled in.

    A gap is a unit, a name, a base or a reason that is empty, or a source without publisher or
    day. Where anything else is wrong `ExtractError` tells of all.
    """
    folder = Path(folder)
    if not folder.is_dir():
        found = "a file" if folder.exists() else "nothing"
        raise ExtractError(str(folder), [Fault(str(folder), None, "", found, "a data folder")])
    faults: list[Fault] = []
    source = _source(folder, faults)
    texts = {name: _text(folder / table["path"], faults) for name, table in TABLES.items()}
    left_out: dict[str, set[str]] = {name: set() for name in TABLES}
    frames = {
        name: frame_of(name, text, faults, left_out[name])
        for name, text in texts.items()
        if text is not None
    }
    whole = {name: frame for name, frame in frames.items() if frame is not None}
    faults += schema_faults(whole, left_out)
    figures, relations = frames.get("figures"), frames.get("relations")
    if figures is not None:
        faults += _period_faults(figures)
        figures, reading = _double_entry(figures)
        faults += reading
        if relations is not None:
            faults += _relation_faults(figures, relations)
    faults.sort(key=lambda fault: (fault.file, fault.row or 0))
    if any(fault.found or fault.column not in _GAPS for fault in faults):
        raise ExtractError(str(folder), faults)
    passed_over = frames["passed-over"]
    assert figures is not None and relations is not None and passed_over is not None
    figures, passed_over = _converted(figures.set_index("figure")), _converted(passed_over)
    relations, passed_over = (table.reset_index(drop=True) for table in (relations, passed_over))
    extract = Extract(figures, relations, passed_over, source, folder.resolve().name)
    return extract, tuple(faults)


def load_all(folder: str | Path) -> list[Extract]:
    """All issues of an issuer, each validated as by `load`, in order of the period they cover.

    `folder` holds a data folder for each issue, and nothing needs to be said of them elsewhere: a
    further issue is a further folder. The extracts are named issuer/issue. They are in order of
    the last day that any of their figures covers; of two of one day, that which starts later is
    first, as a quarter is printed before its year.

    Raises `ExtractError` with the faults of all issues, or where there is none.

    >>> [issue.name for issue in load_all("data/hong-kong-police")][:3]
    ['hong-kong-police/2013', 'hong-kong-police/2014', 'hong-kong-police/2016']
    """
    folder = Path(folder)
    issues, faults = [], []
    inside = sorted(folder.iterdir()) if folder.is_dir() else []
    for issue in inside:
        if not issue.is_dir() or issue.name.startswith("."):
            continue
        try:
            extract = load(issue)
        except ExtractError as error:
            faults += [replace(f, file=f"{issue.name}/{f.file}") for f in error.faults]
        else:
            issues.append(replace(extract, name=f"{folder.resolve().name}/{issue.name}"))
    if not issues and not faults:
        found = "no folder in it" if folder.is_dir() else "no folder"
        faults = [Fault(str(folder), None, "", found, "a data folder for each issue")]
    if faults:
        raise ExtractError(str(folder), faults)
    return sorted(issues, key=_when_printed)


def _when_printed(extract: Extract) -> tuple[pd.Timestamp, float, str]:
    last, first = extract.figures["as_of"].max(), extract.figures["period_start"].max()
    undated = pd.Timestamp.min if pd.isna(last) else last
    return undated, 0.0 if pd.isna(first) else -first.value, extract.name


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
        found = f"{type(error).__name__}: {error}"
        expected = "a data package with resources (name, path) and a source with a title"
        faults.append(Fault(name, None, "", found, expected))
        return None
    for resource, table in TABLES.items():
        if resources.get(resource) != table["path"]:
            found = str(resources.get(resource, ""))
            faults.append(Fault(name, None, f"resource {resource}", found, table["path"]))
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
    for key, found in known.items():
        if not isinstance(found, str):
            faults.append(Fault(name, None, f"source {key}", str(found), "text"))
    return Source(**known)


def _text(path: Path, faults: list[Fault]) -> str | None:
    """The text of a file, or None with a fault that says what the file seems to be."""

    def fault(found: str, expected: str) -> None:
        faults.append(Fault(path.name, None, "", found, expected))

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
            found = f"{seems} text" if seems else f"byte 0x{data[error.start]:02x}"
            faults.append(Fault(path.name, row, "", found, expected))
    return None


def _seems(data: bytes) -> str:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "GB18030"


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
    possible = np.array([mine in MEASURE_IN_CONTEXT[read] for read, mine in pairs], dtype=bool)
    possible |= (read["unit"] == "") & (measure == "change") & unit.map(is_share).astype("bool")
    measured = measure.isin(MEASURE_IN_CONTEXT)
    report(measured & ~possible, "measure", read["measure"] + printed)
    nameless = (figures["name_en"] == "") & (figures["name_zh"] == "")
    report(nameless, "name_zh", "what it counts, in Chinese or, as name_en, in English")
    based, placed = figures["basis"] != "", figures["against"] != ""
    report((measure == "change") & ~based, "basis", "a basis, as it is a change")
    report((measure != "change") & based, "basis", "none, as it is no change")
    moved = measure.isin(["change", "difference"])
    report(moved & ~placed, "against", "what it is against, or: not stated, as it is a " + measure)
    report(~moved & placed, "against", "nothing, as it is no change and no difference")
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
    known: dict[Any, Any] = {of.figure: of for of in figures.drop_duplicates("figure").itertuples()}
    claims: dict[str, list[Any]] = {}
    for row in relations.itertuples():
        claims.setdefault(str(row.relation), []).append(row)
    for relation, rows in claims.items():
        kind = KINDS.get(rows[0].kind)
        if kind is None:
            continue
        yield from _role_faults(relation, rows)
        rows = [row for row in rows if row.figure in known]
        figures_of = [known[row.figure] for row in rows]
        members = [
            Member(row.role, of.figure, of.measure, of.unit, of.value, of.low)
            for row, of in zip(rows, figures_of, strict=True)
        ]
        for place, found, expected in misfits(kind, members):
            yield Fault("relations.csv", int(rows[place].Index), "figure", found, expected)


def _role_faults(relation: str, rows: list[Any]) -> Iterator[Fault]:
    """Rows of one relation whose kind or role is none of its own; else roles not filled."""
    fault, first = partial(Fault, "relations.csv"), rows[0]
    kind = KINDS[first.kind]
    strange = [row for row in rows if row.kind != first.kind or row.role not in kind.roles]
    for row in strange:  # a word that is no kind or role at all is a fault of its cell already
        if row.kind != first.kind:
            if row.kind in KINDS:
                expected = f"{first.kind} as in the first row of {relation}"
                yield fault(row.Index, "kind", row.kind, expected)
        elif row.role in ROLES:
            expected = f"a role of {row.kind}: {', '.join(kind.roles)}"
            yield fault(row.Index, "role", row.role, expected)
    if strange:
        return  # a role that is another's may be the one that is not filled
    counts = Counter(row.role for row in rows)
    for role, (least, most) in kind.roles.items():
        if counts[role] < least:
            yield fault(first.Index, "role", f"{relation} without a {role}", f"a figure as {role}")
        elif counts[role] > most:
            found = f"{relation} with {counts[role]} figures as {role}"
            yield fault(first.Index, "role", found, f"one as {role}")
    first_role: dict[str, str] = {}
    for row in rows:
        before = first_role.setdefault(row.figure, row.role)
        if before != row.role:  # twice in one role is a key that stands twice
            found = f"{row.figure} as {before} and as {row.role}"
            yield fault(row.Index, "figure", found, "a figure once in a claim")
    if len(rows) < kind.least:
        expected = f"any two of {', '.join(kind.roles)}"
        yield fault(first.Index, "role", f"{relation} with a {first.role} alone", expected)


def _converted(table: pd.DataFrame) -> pd.DataFrame:
    """Dates as timestamps and places as nullable integers; the rest stays as it is."""
    dates = [name for name in ("period_start", "as_of") if name in table]
    places = [name for name in ("paragraph", "position") if name in table]
    return table.assign(
        **{name: pd.to_datetime(table[name].where(table[name] != "")) for name in dates},
        **{name: pd.to_numeric(table[name]).astype("Int64") for name in places},
    )
