"""The figures of a table, its claims and what was passed over, as the frames of an extract: columns
of texts that are alike in most rows are taken from few."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from .table_labels import is_total, naming_totals
from .table_place import LOST
from .table_rows import Block
from .table_runs import MOST_LINES
from .table_sides import Claim
from .table_sums import MOST_SUMS, MOST_TOTALS
from .table_values import Values

_CHINESE = re.compile("[\u3400-\u9fff]")
# What marks a row as one of a list, or as the head of one, is no part of its name.
_MARKED = re.compile(r"^[-–—·•]\s*(?=[^\W\d])|(?<=\w)[,，、]?\s*(?:包括|其中)?[:：]$")
_NO_KEY = re.compile(r"\W+")  # a theme is a key


def figures_of(part: Values) -> pd.DataFrame:
    """A row a figure, by key."""
    block = part.block
    rows, columns = part.numbers.row, part.numbers.column
    heads = [block.label(column) for column in range(len(block.columns))]
    labels = [row.full for row in block.rows]
    left, right = ([_unmarked(text.strip()) for text in each] for each in (labels, heads))
    apart = np.outer([*map(bool, left)], [*map(bool, right)]).astype(int)[rows, columns]
    names = _taken(left, rows) + _taken(["", " "], apart) + _taken(right, columns)
    if not (all(left) or all(right)):
        names = pd.array([name or key for name, key in zip(names, part.key, strict=True)], "str")
    label_zh, head_zh = (
        np.array([bool(_CHINESE.search(text)) for text in each]) for each in (left, right)
    )
    chinese = label_zh[rows] | head_zh[columns]
    same = np.zeros_like(rows)
    text = {
        "theme": _taken([_NO_KEY.sub("_", block.title).strip("_")], same),
        "name_en": _only(names, ~chinese),
        "name_zh": _only(names, chinese),
        "reported": part.reported,
        "unit": _of_few(part.unit),
        "measure": _of_few(part.measure),
        "when": _taken([period.when for period in part.periods], part.period),
        "against": _of_few(part.against),
        "basis": _of_few(["not stated" if name == "change" else "" for name in part.measure]),
        "row": _taken(labels, rows),
        "column": _taken([_column(head, block.title) for head in heads], columns),
        "status": _taken(["proposed"], same),
        "term": _taken([""], same),
        "note": _notes(part),
        "hedge": _taken([""], same),
    }
    index = pd.Index(part.key, name="figure", dtype="str")
    frame = pd.DataFrame({k: pd.array(v, "str") for k, v in text.items()}, index=index)
    return frame.assign(
        value=part.value,
        low=part.low,
        high=part.high,
        period_start=_days(period.start for period in part.periods).take(part.period),
        as_of=_days(period.end for period in part.periods).take(part.period),
        paragraph=pd.array([row.line for row in block.rows], "Int64").take(rows),
        position=pd.array([pd.NA], "Int64").take(same),
    )


def _unmarked(label: str) -> str:
    """A name without what marks its row; most begin and end with no mark."""
    marked = label[:1] in "-–—·•" or label[-1:] in ":："
    return _MARKED.sub("", label) if marked else label


def _only(texts: Any, which: npt.NDArray[np.bool_]) -> Any:
    """A column of texts, nothing where others are."""
    if which.all() or not which.any():
        return texts if which.all() else _taken([""], np.zeros(len(texts), dtype=int))
    found = texts.copy()
    found[~which] = ""
    return found


def _notes(part: Values) -> Any:
    """What a reader must know of each figure: of its row, of its column, of what is printed in its
    cell beside it."""
    block, numbers = part.block, part.numbers
    headed = any(block.columns)
    lost = [LOST if headed and not all(column or [""]) else "" for column in block.columns]
    texts = np.array([text for row in block.rows for text in row.texts], dtype=object)
    texts = texts[numbers.row * len(block.columns) + numbers.column]
    noted = np.array([bool(row.note) for row in block.rows])[numbers.row]
    noted |= np.array([bool(note) for note in lost])[numbers.column]
    notes = [""]
    which = np.zeros(len(part.key), dtype=int)
    for n in np.flatnonzero(noted | (texts != np.array(part.reported, dtype=object))).tolist():
        r, c = int(numbers.row[n]), int(numbers.column[n])
        marked = _marked(block, r, c, part.reported[n])
        which[n] = len(notes)
        notes.append("; ".join(filter(None, (block.rows[r].note or lost[c], marked))))
    return _taken(notes, which)


def _marked(block: Block, row: int, column: int, reported: str) -> str:
    """What is printed in a cell beside its figure: a footnote mark, brackets, an arrow."""
    text = block.rows[row].texts[column]
    alone = text != reported and len(block.rows[row].cells[column].numbers) < 2
    return f"printed {text}" if alone else ""


def _days(days: Iterable[date | None]) -> pd.DatetimeIndex:
    return pd.to_datetime(pd.Index([day or pd.NaT for day in days], dtype="datetime64[ns]"))


def _column(label: str, title: str) -> str:
    return " / ".join(part for part in (title, label) if part)


def passed_over_of(parts: list[Values]) -> pd.DataFrame:
    """A row a cell that holds something else, or a kind of claim that was not looked for."""
    found = list(_missing(parts))
    paragraph, reported, reason = zip(*found, strict=True) if found else ((), (), ())
    return pd.DataFrame(
        {
            "paragraph": pd.array(list(paragraph), "Int64"),
            "position": pd.array([pd.NA] * len(found), "Int64"),
            "reported": pd.array(list(reported), "str"),
            "reason": pd.array(list(reason), "str"),
        }
    )


def _missing(parts: list[Values]) -> Iterator[tuple[int | None, str, str]]:
    for part in parts:
        for reason in _not_looked_for(part.block) if part.key else ():
            yield part.block.rows[0].line, part.block.rows[0].full or "table", reason
        for r, c in part.numbers.others:
            row, text = part.block.rows[r], part.block.rows[r].texts[c]
            where = f"{row.full} | {part.block.label(c)}"
            if row.cells[c].kind == "missing":
                formula = text.startswith("=")
                reason = "a formula without a stored value" if formula else "no figure"
                yield row.line, text, f"{reason}: {where}"
            elif row.cells[c].kind == "text" and any(char.isdigit() for char in text):
                yield row.line, text, f"not read as a figure: {where}"


def _not_looked_for(block: Block) -> Iterator[str]:
    """The claims that were not looked for in a block, as it is too large, in words."""
    for what, paths in (("rows", [row.parts for row in block.rows]), ("columns", block.columns)):
        count = len(paths)
        names = [path[-1] if path else "" for path in paths]
        totals = sum(is_total(names[n]) for n in naming_totals(names))
        if totals * count > MOST_TOTALS:
            yield f"{totals} totals among {count} {what}: their sums were not looked for"
        elif totals > MOST_SUMS:
            yield f"{totals} totals among {what}: sums were looked for in the first {MOST_SUMS}"
        if count > MOST_LINES:
            unseen = "sums that no label names, and changes and shares, were not looked for"
            yield f"{count} {what}, more than {MOST_LINES}: {unseen}"


def relations_of(claims: list[Claim]) -> pd.DataFrame:
    """A row a role of a claim."""
    whose = np.repeat(
        np.arange(len(claims)), np.array([len(claim.roles) for claim in claims], dtype=int)
    )
    digits = max(2, len(str(len(claims))))
    return pd.DataFrame(
        {
            "relation": _taken([f"claim_{n + 1:0{digits}}" for n in range(len(claims))], whose),
            "kind": _taken([claim.kind for claim in claims], whose),
            "role": pd.array([role for claim in claims for role, _ in claim.roles], "str"),
            "figure": pd.array([key for claim in claims for _, key in claim.roles], "str"),
            "status": _taken(["proposed"], np.zeros_like(whose)),
            "note": _taken([claim.note for claim in claims], whose),
        }
    )


def _of_few(texts: list[str]) -> Any:
    """A column of texts of which few differ."""
    known = {text: n for n, text in enumerate(dict.fromkeys(texts))}
    return _taken([*known], np.fromiter(map(known.__getitem__, texts), np.int64, len(texts)))


def _taken(texts: list[str], places: npt.NDArray[np.int64]) -> Any:
    """A column of texts, each taken from a list: most stand in many rows."""
    return pd.array(texts, "str").take(places)
