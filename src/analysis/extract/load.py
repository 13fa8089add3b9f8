"""Load and validate a data folder: one article's figures, relations and passed-over numerals.

`rows` reads and checks each table by itself. Checked here is what only all of them tell: that keys
lead somewhere, and that a relation has the roles its kind needs.
Every fault of every table is reported at once.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

import pandas as pd

from ..kinds import KINDS, ROLES, Member, misfits
from .model import DAY_OR_NONE, Extract, ExtractError, Fault, Source, folder_of, is_day_or_none
from .rows import Table
from .schema import TABLES, dangling_keys

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
    extract, gaps = load_unfinished(folder_of(folder, "load"))
    if gaps:
        raise ExtractError(str(folder), list(gaps))
    return extract


def load_unfinished(
    folder: str | Path, seen: dict[str, Table] | None = None, name: str = ""
) -> tuple[Extract, tuple[Fault, ...]]:
    """As `load`, for a folder as `draft` leaves it: also what in it is still to be filled in.

    A gap is a unit, a name, a base or a reason that is empty, or a source without publisher or
    day. Where anything else is wrong `ExtractError` tells of all.

    `seen` keeps each table that was read, for the next time: one with the same text in its file is
    not read again, nor what a figure of another says in the same context. `name`: of the extract,
    where it is not that of the folder.
    """
    folder = Path(folder)
    if not folder.is_dir():
        found = "a file" if folder.exists() else "nothing"
        raise ExtractError(str(folder), [Fault(str(folder), None, "", found, "a data folder")])
    faults: list[Fault] = []
    source = _source(folder, faults)
    tables: dict[str, Table] = {}
    for each, table in TABLES.items():
        text = _text(folder / table["path"], faults)
        if text is not None:
            known = seen.get(each) if seen else None
            tables[each] = known if known and known.text == text else Table.of(each, text, known)
            faults += tables[each].faults
    if seen is not None:
        seen |= tables
    whole = {each: table for each, table in tables.items() if table.frame is not None}
    faults += dangling_keys(
        {each: table.rows for each, table in whole.items()},
        {each: table.cells for each, table in whole.items()},
        {each: table.left_out for each, table in whole.items()},
    )
    if {"figures", "relations"} <= set(whole):
        faults += relation_faults(whole["figures"].frame, whole["relations"].frame)
    faults.sort(key=lambda fault: (fault.file, fault.row or 0))
    if any(fault.found or fault.column not in _GAPS for fault in faults):
        raise ExtractError(str(folder), faults)
    figures, relations, passed_over = (
        tables[each].converted for each in ("figures", "relations", "passed-over")
    )
    extract = Extract(figures, relations, passed_over, source, name or folder.resolve().name)
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
    folder = folder_of(folder, "load_all")
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
        found = f"no {error}" if type(error) is KeyError else f"{type(error).__name__}: {error}"
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
            expected = "who published it" if key == "publisher" else DAY_OR_NONE
            faults.append(Fault(name, None, f"source {key}", "", expected))
    day = source.get("published")
    if isinstance(day, str) and day and not is_day_or_none(day):
        faults.append(Fault(name, None, "source published", day, DAY_OR_NONE))
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


class _Line(NamedTuple):
    row: int
    relation: str
    kind: str
    role: str
    figure: str


def relation_faults(figures: pd.DataFrame, relations: pd.DataFrame) -> Iterator[Fault]:
    """Relations without the roles that their kind needs, or with figures that do not fit them."""
    names = ("figure", "measure", "unit")
    known: dict[str, tuple[Any, ...]] = {}
    for key, *of in zip(*(figures[name].tolist() for name in names), strict=True):
        known.setdefault(key, (key, *of))
    claims: dict[str, list[_Line]] = {}
    columns = (relations[name].tolist() for name in _Line._fields[1:])
    for line in map(_Line, relations.index.tolist(), *columns):
        claims.setdefault(line.relation, []).append(line)
    for relation, rows in claims.items():
        kind = KINDS.get(rows[0].kind)
        if kind is None:
            continue
        yield from _role_faults(relation, rows)
        rows = [row for row in rows if row.figure in known]
        members = [Member(row.role, *known[row.figure]) for row in rows]
        for place, found, expected in misfits(kind, members):
            yield Fault("relations.csv", rows[place].row, "figure", found, expected)


def _role_faults(relation: str, rows: list[_Line]) -> Iterator[Fault]:
    """Rows of one relation whose kind or role is none of its own; else roles not filled."""
    fault, first = partial(Fault, "relations.csv"), rows[0]
    kind = KINDS[first.kind]
    strange = [row for row in rows if row.kind != first.kind or row.role not in kind.roles]
    for row in strange:  # a word that is no kind or role at all is a fault of its cell already
        if row.kind != first.kind:
            if row.kind in KINDS:
                expected = f"{first.kind} as in the first row of {relation}"
                yield fault(row.row, "kind", row.kind, expected)
        elif row.role in ROLES:
            expected = f"a role of {row.kind}: {', '.join(kind.roles)}"
            yield fault(row.row, "role", row.role, expected)
    if strange:
        return  # a role that is another's may be the one that is not filled
    counts = Counter(row.role for row in rows)
    for role, (least, most) in kind.roles.items():
        if counts[role] < least:
            yield fault(first.row, "role", f"{relation} without a {role}", f"a figure as {role}")
        elif counts[role] > most:
            found = f"{relation} with {counts[role]} figures as {role}"
            yield fault(first.row, "role", found, f"one as {role}")
    first_role: dict[str, str] = {}
    for row in rows:
        before = first_role.setdefault(row.figure, row.role)
        if before != row.role:  # twice in one role is a key that stands twice
            found = f"{row.figure} as {before} and as {row.role}"
            yield fault(row.row, "figure", found, "a figure once in a claim")
    if len(rows) < kind.least:
        expected = f"any two of {', '.join(kind.roles)}"
        yield fault(first.row, "role", f"{relation} with a {first.role} alone", expected)
