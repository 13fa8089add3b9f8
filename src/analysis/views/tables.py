"""A frame as a table to be read: words left, numbers right, ranges as one cell, source below.

Static HTML with inline styles only, as notebooks that are not trusted lose style sheets; it takes
its colours from the page, so that it is readable on light and dark. The frame stays what it was.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from ..extract import Extract
from ..figures.script import width
from ..phrases import require_language
from ..units import Language
from .columns import Column, Columns
from .proofread import BADGE, SPELLED_OUT, WRONG_BADGE, Shown, escaped

_LINE = "1px solid rgba(128,128,128,0.4)"
_BELOW = "margin:0.3em 0.5em;font-size:0.9em"
_SHORT = 12  # letters that stay on one line: Chinese breaks after each
_MARKS = {
    "contradicts": f"{WRONG_BADGE};{BADGE}",
    "proposed": "border-bottom:2px dashed",
}


class Table(Shown):
    """A table that a notebook shows; as plain text, the same cells."""


def show(
    frame: pd.DataFrame | pd.Series,
    *sources: Extract,
    language: Language = "en",
    heads: Mapping[str, str] | None = None,
    title: str = "",
    indicators: pd.DataFrame | None = None,
) -> Table:
    """A frame as a table to be read: in a notebook, in the report, or pasted into a document.

    Words stand left and numbers right, with thousands separators and the decimals that are known;
    `x_low` and `x_high` are one cell (7,679–7,687), rounded outward where they are long, and so are
    `Bounds`; large numbers are in millions (万, 亿) where they come out in these; what is missing
    is a dash. Columns that the library makes are called by their names in `language`, others as
    they are or as `heads` says. A unit that all rows have stands in the heads. What a column of the
    library says in every row, or in none, is said once below. Of prior values the five columns that
    answer first stand first. Of more than 500 rows the first are shown, and how many more there
    are.

    `sources` are the extracts that the frame is of: keys of figures and claims become names, what
    no person has read has a broken line under it, and who printed it stands below. A level or
    column `extract` says which row is of which, and is shown as the publisher; issues are shown as
    their days. `indicators`, as for `series`, has the names of indicators. What contradicts is
    framed, with ≠ before it.

    Raises `TypeError` for what is no frame or no extract, `ValueError` for another language.

    >>> from analysis import load, year_over_year
    >>> datong = load("data/datong-2018")
    >>> show(year_over_year(datong)[["current_low", "current_high", "prior_low", "prior_high"]])
    Figure            Printed  Before, implied
    criminal cases      6,623      7,679–7,687
    eight categories      342              447
    """
    if isinstance(frame, pd.Series):
        frame = frame.to_frame()
    if not isinstance(frame, pd.DataFrame):
        raise TypeError(f"show takes a DataFrame or a Series, not {type(frame).__name__}")
    for source in sources:
        if not isinstance(source, Extract):
            raise TypeError(f"sources: found {type(source).__name__}, expected an Extract")
    require_language(language)
    columns = Columns(frame, sources, language, heads or {}, indicators)
    return Table(_html(columns, title), _text(columns, title))


def _html(table: Columns, title: str) -> str:
    heads = "".join(_cell("th", column, column.head, "bottom") for column in table.columns)
    rows = []
    for row in range(table.count):
        cells = [
            _cell("th" if column.key else "td", column, column.cells[row], "top", column.marks[row])
            for column in table.columns
        ]
        rows.append(f"<tr style='background:none'>{''.join(cells)}</tr>")
    caption = "caption-side:top;text-align:left;font-weight:bold;padding:0.3em 0.5em"
    named = f"<caption style='{caption}'>{escaped(title)}</caption>" if title else ""
    look = "border-collapse:collapse;table-layout:auto;margin:0;border:0"
    below = "".join(f"<p style='{_BELOW}'>{escaped(line)}</p>" for line in table.below())
    # What scrolls can be reached by keyboard.
    return (
        f"<div lang='{table.language}' style='margin:0.6em 0'>"
        f"<div tabindex='0' style='overflow-x:auto'><table style='{look}'>{named}"
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>{below}</div>"
    )


def _cell(tag: str, column: Column, text: str, vertical: str, mark: str = "") -> str:
    head = vertical == "bottom"
    style = f"text-align:{'right' if column.numbers else 'left'};vertical-align:{vertical};"
    style += f"padding:0.3em 0.5em;border:0;border-bottom:{'2px solid' if head else _LINE};"
    longest = width(text) if head else max(map(width, column.cells), default=0)
    if longest > _SHORT and (head or column.breaks):
        least = min(5 if head else 11, longest // 2)
        style += f"white-space:normal;min-width:{least}em;max-width:26em;overflow-wrap:break-word"
    else:
        style += "white-space:nowrap"
    if tag == "th" and not head:
        style += ";font-weight:normal"
    said = f"{'≠ ' if mark == 'contradicts' else ''}{escaped(text)}"
    if mark:
        said = f"<span style='{_MARKS[mark]}'>{said}</span>"
    if not text:
        tag = "td"  # a head that says nothing is none
    scope = f" scope='{'col' if head else 'row'}'" if tag == "th" else ""
    return f"<{tag}{scope} style='{style}'>{said}</{tag}>"


def _text(table: Columns, title: str) -> str:
    """The same cells as lines, columns side by side."""
    lines = [title] if title else []
    sides = []
    for column in table.columns:
        marks = {"contradicts": "≠ ", "proposed": "? "}
        marked = [marks.get(m, "") + c for m, c in zip(column.marks, column.cells, strict=True)]
        cells = [column.head, *marked]
        room = max(map(width, cells))
        blanks = [" " * (room - width(cell)) for cell in cells]
        pairs = zip(blanks, cells, strict=True)
        sides.append([b + c if column.numbers else c + b for b, c in pairs])
    lines += ["  ".join(parts).rstrip() for parts in zip(*sides, strict=True)]
    return "\n".join([*lines, *table.below()]).translate(SPELLED_OUT)
