"""Every numeral of an article, and what accounts for it."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from ..figures import find_numerals
from ..figures.text import require_text
from .model import Extract, require_extract
from .schema import HIDDEN

# What stands between the lines of a paragraph that goes on: nothing, or the number of a page; and
# what a mail has before the lines that it quotes.
_PAGE = (
    r"[-–—]\s?[0-9]{1,4}\s?[-–—]|第\s?[0-9]{1,4}\s?页(?:\s?共\s?[0-9]{1,4}\s?页)?"
    "|Page [0-9]{1,4}(?: of [0-9]{1,4})?"
)
_UNSEEN = re.compile(rf"(?:{HIDDEN.pattern}|\s)*+")
BETWEEN_LINES = re.compile(rf"{_UNSEEN.pattern}(?:(?:{_PAGE}){_UNSEEN.pattern})?")
QUOTED = re.compile(r"\s*>[>\s]*")
_BEGINS = re.compile(rf"(?:{HIDDEN.pattern}|[>\s])*+")


def standing(lines: list[str], line: int, start: int, reported: str) -> list[tuple[int, int, int]]:
    """Where a figure stands in the lines of a text: line (from 0), start and end, a row a line.

    One row, or several where it was printed over the end of a line; none where it does not stand
    there. Blanks, characters that nobody sees and the number of a page are no difference.

    >>> standing(["下降13.8%"], 0, 0, "下降13.8%"), standing(["下降13.", "8%。"], 0, 0, "下降13.8%")
    ([(0, 0, 7)], [(0, 0, 5), (1, 0, 2)])
    """
    if not (reported and 0 <= line < len(lines) and start >= 0):
        return []
    if lines[line].startswith(reported, start):
        return [(line, start, start + len(reported))]
    rows: list[tuple[int, int, int]] = []
    at = start
    for n, sign in enumerate(reported):
        if sign.isspace():
            continue
        text = lines[line]
        there = _after(_UNSEEN, text, at)
        if there == len(text) and at > start:
            rows.append((line, start, at))
            line += 1
            while line < len(lines) and BETWEEN_LINES.fullmatch(lines[line]):
                line += 1
            if line == len(lines):
                return []
            text = lines[line]
            start = there = _after(_BEGINS, text, 0)
        elif sign.isdigit() and reported[n - 1 : n].isdigit() and HIDDEN.sub("", text[at:there]):
            return []  # 12 does not stand in 1 2
        if not text.startswith(sign, there):
            return []
        at = there + 1
    return [*rows, (line, start, at)]


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def require_its_text(extract: Extract, text: str) -> None:
    """Raises `ValueError` for a text in which none of the figures stands where it says it does."""
    figures = extract.figures
    placed = figures[["paragraph", "position"]].notna().all(axis=1)
    placed &= (figures["row"] == "") & (figures["column"] == "")
    rows = figures.loc[placed, ["paragraph", "position", "reported"]]
    lines = text.split("\n")
    if len(rows) and not any(
        standing(lines, paragraph - 1, max(position, 0), reported)
        for paragraph, position, reported in rows.itertuples(index=False, name=None)
    ):
        raise ValueError(
            f"text: found none of the {len(rows)} figures of the extract where they stand, "
            "expected the text that they were read from"
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
    require_extract(extract, "coverage")
    columns = ["paragraph", "position", "reported", "by"]
    every = pd.concat(
        [
            extract.figures.reset_index().rename(columns={"figure": "by"})[columns],
            extract.passed_over.rename(columns={"reason": "by"})[columns],
        ],
        ignore_index=True,
    )
    placed = every[["paragraph", "position"]].notna().all(axis=1)
    if text is not None:
        require_text(text, "coverage")
    if text is None:
        placed, text, why = placed & False, "", ": not checkable, no text at hand"
    else:
        why = ": not checkable, no place given"
    rows, unplaced = every[placed], every[~placed]
    lines = text.split("\n")
    places = [
        standing(lines, paragraph - 1, position, reported)
        for paragraph, position, reported, _ in rows.itertuples(index=False, name=None)
    ]
    astray = rows[np.array([not pieces for pieces in places], dtype=bool)]
    pieces = [(n, *piece) for n, each in enumerate(places) for piece in each]
    of, line, start, end_ = np.array(pieces, dtype=np.int64).reshape(-1, 4).T
    rows = rows.iloc[of].assign(paragraph=line + 1, position=start, end=end_)
    numerals = find_numerals(text).rename_axis(index="n").reset_index()
    pairs = numerals.merge(rows, on="paragraph", suffixes=("", "_row"))
    end = pairs["position"] + pairs["numeral"].str.len()
    inside = pairs[(pairs["position_row"] <= pairs["position"]) & (end <= pairs["end"])]
    held = inside.groupby("n")["by"].agg(["size", ", ".join])
    found = numerals.assign(
        accounted=numerals["n"].map(held["size"]).fillna(0).astype(int),
        by=numerals["n"].map(held["join"]).fillna("").astype("str"),
    ).drop(columns="n")
    wrong = [(astray, ": does not stand here"), (unplaced, why)]
    left = [
        table.rename(columns={"reported": "numeral"}).assign(accounted=0, by=table["by"] + says)
        for table, says in wrong
        if len(table)
    ]
    return pd.concat([found, *(table[found.columns] for table in left)], ignore_index=True)
