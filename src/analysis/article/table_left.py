"""The numerals of a table that none of its figures holds, nor a label, nor a row passed over: no
numeral is lost and nothing said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from ..extract import Extract
from .table_numbers import MONEY_SIGN, in_plain_digits

_RUN = re.compile(r"[0-9]+")
_NUMERAL = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_PRINTED = re.compile(r"(?:^|; )printed (.+)$")
_AMOUNT = re.compile(  # a figure, unless a word before it says that it is a bound of what is named
    r"(?<!\S)(?P<before>\S+)\s+"
    rf"(?P<amounts>(?:[(+−-]?(?:{MONEY_SIGN})?\s?[0-9]+(?:(?:,[0-9]{{3}})+(?:\.[0-9]+)?|\.[0-9]+)[^\s0-9]{{0,3}}(?:\s+|$))+)"
)
_BOUND = re.compile(
    r".*(?:per|of|over|under|than|to|and|or|above|below|least|most|up|from|between|about|table|[-–—~≥≤<>至每过過满滿])",
    re.IGNORECASE,
)
_LONGEST = 60  # characters of a line that a reason shows
_COLUMNS = ["paragraph", "reported", "note", "row"]


def with_left(
    tables: list[Extract], lines: Mapping[int, str], cells: bool = False
) -> list[Extract]:
    """Tables of one source, with its further numerals passed over, each in the table in or above
    whose last row it stands, else in the last one. `lines` holds the source's lines by number, or
    the texts of their `cells`, of the heads, too, where a page stands in one line."""
    if not tables:
        return tables
    own, labels = _own(tables)
    heads = {*_said(_heads_of(tables))}
    rows_too: set[str] | None = None  # few tables ask for them
    left: list[tuple[int, str, Counter[str]]] = []
    pool: Counter[str] = Counter()  # of figures that stand on another line than their row
    for line, text in lines.items():
        held = own.pop(line, "")
        of_row = labels.get(line, ())
        if " ".join(text.split()) == " ".join((*of_row, held)) and not _amounts(of_row):
            continue  # the label and the figures of a row, and nothing else
        printed = _RUN.findall(in_plain_digits(text))
        inside = _RUN.findall(held)
        if len(printed) == len(inside) or line in labels:  # most rows hold their figures, no more
            named = _RUN.findall(" ".join(labels.get(line, ())))
            if sorted(printed) == sorted([*inside, *named]) and not _amounts(labels.get(line, ())):
                continue
        runs, figures = Counter(printed), Counter(inside)
        pool += figures - runs
        if not (missing := runs - figures):
            continue
        if line in labels:
            missing -= Counter(_said(labels[line]))
            if cells and len(labels[line]) > 1:
                missing = Counter({run: n for run, n in missing.items() if run not in heads})
        else:
            missing = Counter({run: n for run, n in missing.items() if run not in heads})
            if missing:
                rows_too = {*_said(_rows_of(tables))} if rows_too is None else rows_too
                missing = Counter({run: n for run, n in missing.items() if run not in rows_too})
        if missing:
            left.append((line, next(iter(labels.get(line, [])), ""), missing))
    for further in own.values():
        pool += Counter(_RUN.findall(further))
    last = [int(table.figures["paragraph"].fillna(0).max()) for table in tables]
    rows: list[list[tuple[int, str, str]]] = [[] for _ in tables]
    for line, label, missing in left:
        elsewhere = missing & pool
        pool -= elsewhere
        if not (missing := missing - elsewhere):
            continue
        shown = " ".join(lines[line].split())[:_LONGEST]
        reason = f"not read as a figure: {label}" if label else f"in no row of figures: {shown}"
        at = next((n for n, end in enumerate(last) if line <= end), len(tables) - 1)
        rows[at] += [(line, numeral, reason) for numeral in _numerals(lines[line], missing)]
    return [_with_rows(table, more) for table, more in zip(tables, rows, strict=True)]


def _own(tables: Iterable[Extract]) -> tuple[dict[int, str], dict[int, list[str]]]:
    """What figures and rows passed over already hold of each line, and the labels of its rows."""
    held: dict[int, list[str]] = {}
    labels: dict[int, dict[str, None]] = {}
    for table in tables:
        columns = (table.figures[name].tolist() for name in _COLUMNS)
        last, texts = None, list[str]()
        for line, reported, note, row in zip(*columns, strict=True):
            if (line, row) != last:
                last, texts = (line, row), held.setdefault(line, [])
                labels.setdefault(line, {})[row] = None
            printed = _PRINTED.search(note) if note else None
            texts.append(printed[1] if printed else reported)
        passed = table.passed_over
        for line, reported in zip(passed["paragraph"], passed["reported"], strict=True):
            if not pd.isna(line):
                held.setdefault(line, []).append(reported)
    found = {line: in_plain_digits(" ".join(texts)) for line, texts in held.items()}
    return found, {line: [*rows] for line, rows in labels.items()}


def _heads_of(tables: Iterable[Extract]) -> Iterable[str]:
    for table in tables:
        yield table.source.title if table.source else ""
        for name in ("column", "theme", "when"):
            yield from table.figures[name].unique().tolist()
        yield from table.passed_over["reason"].tolist()  # which names the row and the column


def _rows_of(tables: Iterable[Extract]) -> Iterable[str]:
    for table in tables:
        yield from table.figures["row"].unique().tolist()


def _said(labels: Iterable[str]) -> list[str]:
    """The runs of digits of labels, without those of figures that ran into them."""
    return [
        run
        for label in labels
        for run in _RUN.findall(in_plain_digits(_AMOUNT.sub(_without_amounts, label)))
    ]


def _amounts(labels: Iterable[str]) -> bool:
    return any(" " in label and _AMOUNT.search(label) for label in labels)


def _without_amounts(match: re.Match[str]) -> str:
    return match[0] if _BOUND.fullmatch(match["before"]) else f"{match['before']} "


def _numerals(text: str, missing: Counter[str]) -> Sequence[str]:
    """The numerals of a line of which a run of digits is missing, as printed."""
    missing, found = Counter(missing), []
    for match in _NUMERAL.finditer(in_plain_digits(text)):
        runs = Counter(_RUN.findall(match[0])) & missing
        if runs:
            missing -= runs
            found.append(text[match.start() : match.end()])
    return found


def _with_rows(table: Extract, rows: list[tuple[int, str, str]]) -> Extract:
    if not rows:
        return table
    paragraph, reported, reason = zip(*rows, strict=True)
    more = pd.DataFrame(
        {
            "paragraph": pd.array(list(paragraph), "Int64"),
            "position": pd.array([pd.NA] * len(rows), "Int64"),
            "reported": pd.array(list(reported), "str"),
            "reason": pd.array(list(reason), "str"),
        }
    )
    return replace(table, passed_over=pd.concat([table.passed_over, more], ignore_index=True))
