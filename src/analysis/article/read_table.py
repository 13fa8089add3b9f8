"""Printed tables, read like an article: figures with bounds, periods and labels, and the claims
that their layout makes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Self

import numpy as np
import pandas as pd

from ..claims import audit
from ..extract import Extract, ExtractError, Source
from ..extract.schema import HIDDEN
from ..units import differences_in
from .collector import uncollected
from .files import LARGEST, decoded, refuse, require_file
from .table import blocks_of
from .table_changes import change_claims, spans_of, steps_of, stock_claims
from .table_extract import figures_of, passed_over_of, relations_of
from .table_formats import csv_grid, frame_grid, unglued, workbook_grids
from .table_formulas import formulas_of
from .table_frames import unframed
from .table_grid import MOST_CELLS, Grid
from .table_head_words import is_corner
from .table_html import html_grids
from .table_labels import Period, caption_units, months_in, title_units, units_of
from .table_left import with_left
from .table_lines import NOTE, UNIT
from .table_markdown import markdown_grids
from .table_markup import without_markup
from .table_numbers import plain
from .table_place import UNSURE
from .table_ratios import ratio_claims
from .table_runs import MOST_LINES
from .table_sides import Claim, sides_of
from .table_sums import sum_claims
from .table_text import text_grids
from .table_units import in_yuan, is_money
from .table_values import Values, values_of

_HTML = re.compile(r"<(?:table|tr|td|html|!doctype)\b", re.IGNORECASE)
_TITLE = re.compile(r"\W*(?:[附续續]?表\s*[\d一二三四五六七八九十]|附表|table\s*\d)", re.IGNORECASE)
_NEAREST = 3  # lines above a table that may say its unit in brackets
_TEXT = 12  # characters that no figure has
_SLIPS = 2  # so many are hardly slips
_SUFFIXES = (".html", ".htm", ".md", ".csv", ".tsv", ".txt", ".xlsx")


def read_table(
    source: str | Path | pd.DataFrame, *, title: str = "", published: date | str | None = None
) -> Extract:
    """A printed table as an extract, everything in it proposed.

    `source` is a text (HTML, Markdown with pipes, CSV or TSV, columns aligned by spaces, or copied
    out of a page a cell a line), the path of such a file or of an `.xlsx`, or a frame of texts.
    What is hidden in a workbook is not printed, and left out.

    - figures: a row a printed number; `row` and `column` are its labels, header levels joined by
      ` / `; `when`, `period_start` and `as_of` come from the labels, then from `title` and the
      lines above the table. A unit is that of the cell, its column, its row or the caption, as the
      table prints it (万元): what stands in a cell is not multiplied by it.
    - relations: the claims that the layout makes (kind, role, figure), and in `note` what ties
      them.
    - passed_over: marks that stand for a figure that is not there (… - n.a.), which is not 0; and
      which claims were not looked for, where a table is too large.

    Of several tables in a source each has its title in the theme and the columns of its figures,
    or its number where it has none; `read_tables` gives an extract each.

    Raises `ExtractError` where the source holds no table, or cannot be read.

    >>> table = read_table("类别,2019年,2020年\\n盗窃,12,15\\n诈骗,30,28\\n合计,42,43\\n")
    >>> table.figures[["row", "column", "value", "as_of"]].tail(2).values.tolist()
    [['合计', '2019年', 42.0, Timestamp('2019-12-31 00:00:00')], ['合计', '2020年', 43.0, \
Timestamp('2020-12-31 00:00:00')]]
    >>> table.relations["role"].tolist()
    ['total', 'part', 'part', 'total', 'part', 'part']
    """
    return _tables(source, title, published, together=True)[0]


def read_tables(
    source: str | Path | pd.DataFrame, *, title: str = "", published: date | str | None = None
) -> list[Extract]:
    """Every table of a source, an extract each, in order: see `read_table`.

    Raises `ExtractError` where there is none.
    """
    return _tables(source, title, published, together=False)


@uncollected()
def _tables(
    source: str | Path | pd.DataFrame, title: str, published: date | str | None, together: bool
) -> list[Extract]:
    text = _text_of(source)
    if _piped(text) and not _HTML.search(text):
        text = without_markup(text)
    grids = [_as_seen(grid) for grid in _grids(source, text)]
    read = [_Table.of(grid, title) for grid in grids]
    tables = [table for table in read if table.has_figures]
    if not tables:
        raise _no_table(grids, source)
    several = [tables] if together else [[table] for table in tables]
    cells = not text or bool(_HTML.search(text))
    lines = {} if cells else dict(enumerate(text.split("\n"), 1))
    for grid, table in zip(grids, read, strict=True) if cells else ():
        for line, row in zip(grid.lines, grid.rows, strict=False) if table.has_figures else ():
            lines[line] = " ".join([*filter(None, [lines.get(line)]), *_once(row)])
    return with_left([_extract(each, title, published) for each in several], lines, cells)


def _once(row: list[str]) -> list[str]:
    """The texts of a row, one of a merged cell once: a text is in each cell that it covers."""
    return [
        text
        for text, before in zip(row, ["", *row], strict=False)
        if text != before or len(text) < _TEXT
    ]


def _no_table(grids: list[Grid], source: object) -> ExtractError:
    expected = "rows of labels and numbers: HTML, Markdown, CSV, or columns apart by spaces"
    for grid in grids:
        for line, row in zip(grid.lines, grid.rows, strict=False):
            if any(row):
                return refuse(" | ".join(row), "a table with figures", line)
    if isinstance(source, str) and source.strip():
        lines = source.splitlines()
        first = next(n for n, line in enumerate(lines, 1) if line.strip())
        return refuse(lines[first - 1].strip(), expected, first)
    return refuse("nothing", expected)


def _text_of(source: str | Path | pd.DataFrame) -> str:
    """The text of a source, its line ends and what nobody sees apart; "" of a frame, a workbook."""
    if isinstance(source, pd.DataFrame):
        return ""
    if not isinstance(source, (str, Path)):
        raise TypeError(f"read_table takes a text, a path or a frame, not {type(source).__name__}")
    path = _path(source)
    if path and path.suffix.lower() == ".xlsx":
        return ""
    text = decoded(path) if path else str(source)
    if len(text) > LARGEST:
        raise refuse(f"{len(text)} characters", f"at most {LARGEST}")
    return HIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _grids(source: str | Path | pd.DataFrame, text: str) -> list[Grid]:
    if isinstance(source, pd.DataFrame):
        return [frame_grid(source)]
    if (path := _path(source)) and path.suffix.lower() == ".xlsx":
        return workbook_grids(path)
    if _HTML.search(text):
        return html_grids(text)
    if (count := text.count("\n")) > MOST_CELLS:
        raise refuse(f"{count} lines", f"at most {MOST_CELLS}", MOST_CELLS + 1)
    text = unframed(text)
    if _piped(text):
        return markdown_grids(text)
    text = unglued(text.replace("\xa0", " "))
    separated = csv_grid(text)
    return [separated] if separated else text_grids(text)


def _piped(text: str) -> bool:
    """Whether a text is a table of Markdown: lines with pipes, or two with several."""
    piped = [line for line in text.split("\n") if "|" in line]
    return len(piped) > 2 or (len(piped) > 1 and all(line.count("|") > 1 for line in piped))


def _as_seen(grid: Grid) -> Grid:
    """A grid without the characters that nobody sees: entities of a page, cells of a workbook."""
    if not HIDDEN.search("".join(chain.from_iterable(grid.rows))):
        return grid
    return replace(grid, rows=[[HIDDEN.sub("", text) for text in row] for row in grid.rows])


def _path(source: str | Path) -> Path | None:
    """The file that is meant, where one is: a text of one line that ends like a table's file."""
    if isinstance(source, str) and (
        "\n" in source or len(source) > 1000 or not source.lower().endswith(_SUFFIXES)
    ):
        return None
    path = Path(source)
    if path.suffix.lower() not in _SUFFIXES:
        raise refuse(path.name, f"a file that ends in {', '.join(_SUFFIXES)}")
    return require_file(path)


@dataclass
class _Table:
    """A grid that is read, and what stands above it."""

    parts: list[Values]
    title: str

    @classmethod
    def of(cls, grid: Grid, title: str) -> Self:
        blocks = blocks_of(grid)
        above = list(reversed(grid.before))
        caption = caption_units([*above, *(b.corner for b in blocks), *(b.title for b in blocks)])
        caption = caption or caption_units(grid.after)
        alone = [b.corner for b in blocks if b.corner.startswith(("(", "（"))]
        caption = caption or [unit for corner in alone for unit in units_of(corner)]
        caption = caption or title_units(alone)
        caption = caption or [
            unit for b in blocks for unit in title_units([b.corner]) if is_money(unit)
        ]
        lone = [plain(text).strip("()（）") for text in (*(b.corner for b in blocks), *above)]
        caption = caption or [unit for unit in lone if is_money(unit) or in_yuan(unit)][:1]
        headed = grid.form != "flat" and all(any(block.columns) for block in blocks)
        caption = caption or (title_units([*above[:_NEAREST], title]) if headed else [])
        parts = [values_of(block, caption, [title, *above]) for block in blocks]
        for part in parts:
            part.rounded_as_said([*above, *grid.after])
        # Between two tables of a page stands the note of the first, too.
        titles = [line for line in map(str.strip, grid.before) if len(line) > 3]
        titles = [line for line in titles if not (NOTE.match(line) or UNIT.match(line))]
        named = [line for line in titles if _TITLE.match(line)]
        return cls(parts, (named[-1:] or titles[:1] or [""])[0])

    @property
    def has_figures(self) -> bool:
        """False for a menu, a frame of a page."""
        return any(part.key for part in self.parts)


def _extract(tables: list[_Table], title: str, published: date | str | None) -> Extract:
    """Tables as one extract."""
    if len(tables) > 1:
        corners = [table.parts[0].block.corner if table.parts else "" for table in tables]
        # Exports over the months in one table, Imports in the next: what each is of.
        named = all(corners) and len(set(corners)) == len(corners)
        named = named and not any(map(is_corner, corners))
        for n, (table, corner) in enumerate(zip(tables, corners, strict=True), 1):
            for part in table.parts:
                own = corner if named else table.title or f"[{n}]"
                part.block.title = part.block.title or own
    parts = [part for table in tables for part in table.parts]
    if len(parts) > 1:
        for n, part in enumerate(parts, 1):
            part.key = [f"t{n}{key}" for key in part.key]
    claims = [claim for part in parts for claim in claims_of(part)]
    places = {key: (part, n) for part in parts if claims for n, key in enumerate(part.key)}
    _set_by_claims(places, claims)
    _set_bases(places, claims)
    figures = pd.concat([figures_of(part) for part in parts if part.key])
    rounded = {key: claim.rounded for claim in claims if claim.rounded for _, key in claim.roles}
    if rounded:
        half = pd.Series(rounded, dtype=float).reindex(figures.index).fillna(0.0)
        figures["low"] -= half.where(figures["low"] != 0, 0.0)
        figures["high"] += half
        steps = (2 * half).map(lambda step: f"rounded to {step:.0f}, as sums show" if step else "")
        figures["note"] = (figures["note"] + "; " + steps).str.strip("; ")
    day = str(published) if published else "not stated"
    source = Source(title=title.strip() or tables[0].title, publisher="", published=day)
    return _sure(Extract(figures, relations_of(claims), passed_over_of(parts), source))


_Places = dict[str, tuple[Values, int]]  # of each figure, by key: its part, and which it is there


def _set_by_claims(places: _Places, claims: list[Claim]) -> None:
    """What claims say of their figures where no label does: a unit, or that one is a difference
    or, of an amount by the head, a rate."""
    for claim in sorted(claims, key=lambda claim: not claim.unit):
        if not (claim.unit or claim.roles[-1][0] == "difference"):
            continue
        part, n = places[claim.roles[0][1]]
        unit = part.unit[n] = part.unit[n] or claim.unit
        part.measure[n] = "rate" if claim.kind == "ratio" else part.measure[n]
        role, key = claim.roles[-1]
        part, n = places[key]
        if role == "difference" and part.measure[n] != role:
            part.measure[n], part.against[n] = role, "not stated"
            part.unit[n] = differences_in(part.unit[n])
        elif role == "difference" and differences_in(unit) != unit:
            part.unit[n] = differences_in(unit)  # of a rate among counts: 3.2, 3.4, 0.2


def _set_bases(places: _Places, claims: list[Claim]) -> None:
    """A change between columns a year apart is against the year earlier, though no word says so."""
    apart: dict[tuple[Period, Period], bool] = {}  # few pairs, each asked once
    for claim in claims:
        roles = dict(claim.roles) if claim.kind == "change" else {}
        if "current" not in roles or "prior" not in roles:
            continue
        figures = [places[key] for key in roles.values()]
        silent = [(part, n) for part, n in figures if part.against[n] == "not stated"]
        if not silent:  # of levels it is empty
            continue
        (now, n), (before, m) = places[roles["current"]], places[roles["prior"]]
        pair = now.periods[now.period.item(n)], before.periods[before.period.item(m)]
        if pair not in apart:
            apart[pair] = pair[1].is_a_year_before(pair[0])
        for part, n in silent if apart[pair] else ():
            part.against[n] = "year earlier"


def _sure(table: Extract) -> Extract:
    """A table without the claims that contradict figures whose columns are not sure: the places
    may be wrong, and not the figures. One alone in its row is a slip, where a claim of a figure
    behind it agrees: what stands behind a lost blank is out of place."""
    figures = table.figures
    places = np.flatnonzero(figures["note"].str.contains(UNSURE, regex=False))
    rows = pd.Series(figures["paragraph"].to_numpy()[places], index=figures.index[places])
    place = pd.Series(places, index=rows.index)
    loose = table.relations[table.relations["figure"].isin(rows.index)]
    if loose.empty:
        return table
    verdicts = audit(table)["verdict"]
    told = loose.assign(row=loose["figure"].map(rows), place=loose["figure"].map(place))
    told["verdict"] = told["relation"].map(verdicts)
    last = told[told["verdict"] == "agrees"].groupby("row")["place"].max().to_dict()
    gone = {
        relation
        for row, each in told[told["verdict"] == "contradicts"].groupby("row")
        for relation in set(each["relation"])
        if len(set(each["relation"])) > 1 or each["place"].max() > last.get(row, -1)
    }
    relations = table.relations[~table.relations["relation"].isin(gone)]
    return replace(table, relations=relations.reset_index(drop=True))


# --- The claims that the layout makes -------------------------------------------------------------


def claims_of(values: Values) -> list[Claim]:
    """Every claim that a block's layout makes, in the order of the table, each once.

    A layout is looked for in the labels; whether it is one is asked of the figures. What holds in
    all rows but one is a claim, and contradicted in that row; what holds in few is none. Rows and
    columns are looked at alike: a table turned on its side makes the same claims.
    """
    found: dict[object, Claim] = {}
    rows, columns = sides_of(values)
    for side in (rows, columns):
        if not side.labels or not side.across:
            continue
        formulas = formulas_of(side)
        few = len(side.labels) <= MOST_LINES
        steps = steps_of(side) if few else {}
        for line in (*steps, *spans_of(side, formulas)):
            side.kind[line] = "difference"
        found_here = list(sum_claims(side, formulas))
        if few:
            found_here += [*change_claims(side, formulas, steps), *ratio_claims(side, formulas)]
            found_here += stock_claims(side)
        for claim in found_here:
            kind = "sum" if claim.kind == "part" else claim.kind
            found.setdefault((kind, frozenset(claim.roles)), claim)
    return _of_whole_bases(_of_as_many(list(found.values()), values), values)


def _of_as_many(claims: list[Claim], values: Values) -> list[Claim]:
    """The claims without changes from a total of months to one of fewer: five of them are not set
    beside a year."""
    if all(claim.kind != "change" for claim in claims):
        return claims
    block = values.block
    rows = [bool(months_in(row.label)) for row in block.rows]
    columns = [bool(months_in(block.label(n))) for n in range(len(block.columns))]
    numbers = values.numbers
    if not (any(rows) or any(columns)):
        return claims
    monthly = np.array(rows)[numbers.row] | np.array(columns)[numbers.column]
    of_month = {values.key[n] for n in np.flatnonzero(monthly).tolist()}
    parts: dict[str, int] = {}
    for claim in claims:
        (role, total), *rest = claim.roles
        if role == "total" and total not in of_month and all(key in of_month for _, key in rest):
            parts[total] = len(rest)

    def is_of_as_many(claim: Claim) -> bool:
        ends = [cell for role, cell in claim.roles if role in ("current", "prior")]
        return len({parts[cell] for cell in ends if cell in parts}) < 2

    return [claim for claim in claims if claim.kind != "change" or is_of_as_many(claim)]


def _of_whole_bases(claims: list[Claim], values: Values) -> list[Claim]:
    """The claims without the changes of counts that no whole number before them gives, where these
    are several and not few of those that tell: what they are of is adjusted, or not all counted
    here, and nobody slipped so often. One alone may be a slip."""
    pairs = [n for n, claim in enumerate(claims) if len(claim.roles) == 2]
    alone = [n for n in pairs if [*dict(claims[n].roles)] == ["current", "change"]]
    if len(alone) < _SLIPS:
        return claims
    places = {key: n for n, key in enumerate(values.key)}
    roles = [[places[key] for _, key in claims[n].roles] for n in alone]
    now, change = np.array(roles).T
    counted = np.array([values.measure[n] == "count" for n in now.tolist()])
    counted &= values.low[now] == values.high[now]
    cut = np.sign(values.value[change]) * (values.high[change] - values.low[change]) / 2
    ends = values.low[change] + np.minimum(cut, 0), values.high[change] + np.maximum(cut, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        most, least = (values.value[now] / (1 + end / 100) for end in ends)  # cut off, or rounded
        telling = counted & (most - least < 1)
        odd = telling & (np.floor(most + 1e-9) < np.ceil(least - 1e-9))
    gone = {alone[n] for n in np.flatnonzero(odd).tolist()}
    if len(gone) < _SLIPS or _SLIPS * len(gone) < np.count_nonzero(telling) / 2:
        return claims
    return [claim for n, claim in enumerate(claims) if n not in gone]
