"""Tables inside a text: found, read in place, and tied to the figures of the text that say the
same.

A table is lines that part into cells alike, with numbers in them; what stands between its lines
and the paragraphs around it stays a paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from ..extract import Extract, ExtractError
from ..figures import find_numerals
from ..units import is_scaled
from .read_table import read_tables
from .table_labels import is_total
from .table_numbers import read_cell
from .table_words import line_of

_GAP = re.compile(r"\t+|[ \u3000\xa0]{2,}")
_UNIT = re.compile(r"\s*[(（]?\s*(?:单位|單位|unit)\s*[:：].{1,30}", re.IGNORECASE)
_AROUND = re.compile(  # what stands around a name in a label
    r"[(（].*?[)）]|[\s#:：]|其中|^[一二三四五六七八九十\d]+[、.]|[合总總小][计計]$|总[数量]$"
)
_SUMMED = re.compile(r"[合总總共][计計]|[总總][数數额額量]|共")
_SENTENCE = re.compile(r"[。；;！!？?]\s*$")
_TITLE = 60  # characters of a line before a table that may name it
_FEWEST = 3  # lines
_IN_A_ROW = re.compile(r"(?<=\d)[%％]? +[+\-−]?\d")  # two numbers, a blank between them
_LINE, _LABEL = 120, 24  # characters of a line of numbers, and of a label that has its own
_NO_LABEL = re.compile(r"[。；;！!？?，,：:]|^[(（]?[一二三四五六七八九十]+[)）、]")


class _Found(NamedTuple):
    """A table of the text, read: its lines, from 1, and its extract."""

    first: int
    last: int
    table: Extract


def tables_in(text: str) -> list[tuple[int, int]]:
    """The first and the last line of each table in a text, from 1.

    >>> tables_in("全年情况如下。\\n| 类别 | 2018 |\\n| --- | --- |\\n| 盗窃 | 12 |\\n完。")
    [(2, 4)]
    """
    lines = text.split("\n")
    kinds = [_kind(line) for line in lines]
    found = _one_cell_a_line(lines, kinds)
    n = 0
    while n < len(lines):
        end = n
        while end < len(lines) and kinds[end] and kinds[end] == kinds[n]:
            end += 1
        if kinds[n] and end - n >= _FEWEST and _holds_numbers(lines[n:end], kinds[n]):
            # Where blanks part the cells, heads have no numbers to tell them by.
            width = len(_apart(lines[n])) if n and kinds[n] == "gap" > kinds[n - 1] else 0
            headed = (
                width > 1
                and width - len(lines[n - 1].split()) in (0, 1)
                and not _NO_LABEL.search(lines[n - 1])
            )
            found.append((n + 1 - headed, end))
        n = max(end, n + 1)
    return sorted(found)


def _kind(line: str) -> str:
    """What parts a line into cells; "" where nothing does."""
    if line.count("|") > 1 or line.strip() == "|" or line.rstrip().endswith("|"):
        return "|"
    if _SENTENCE.search(line):
        return ""
    return "gap" if len(_apart(line)) > 1 else ""


def _apart(line: str) -> list[str]:
    """The cells of a line that wide gaps part; or blanks, where several numbers end it."""
    cells = [cell for cell in _GAP.split(line.strip()) if cell]
    if len(cells) == 1 and len(line) <= _LINE and _IN_A_ROW.search(line):
        words = line_of(line, 0)
        if len(words.pieces) > 1 and not _NO_LABEL.search(words.label):
            return [words.label, *words.pieces] if words.label else words.pieces
    return cells


def _one_cell_a_line(lines: list[str], kinds: list[str]) -> list[tuple[int, int]]:
    """Tables that were copied one cell a line: labels, and behind each several numbers.

    A line with one number under each label is a list and no table.
    """
    found = []
    run: list[tuple[int, bool]] = []  # the lines of cells, and whether each is a number

    def end() -> None:
        while run and not run[-1][1]:
            run.pop()
        spans = [len(list(rows)) for number, rows in groupby(run, itemgetter(1)) if number]
        width, alike = Counter(spans).most_common(1)[0] if spans else (0, 0)
        enough = sum(spans) >= max(2 * _FEWEST, 0.4 * len(run))
        if width > 1 and alike > 0.5 * len(spans) and alike > 1 and enough:
            found.append((run[0][0], run[-1][0]))
        run.clear()

    for n, (line, kind) in enumerate(zip(lines, kinds, strict=True), 1):
        cell = line.strip()
        if kind or len(cell) > _LABEL:
            end()
        elif cell:
            number = read_cell(cell).kind != "text"
            if number or not _NO_LABEL.search(cell):
                run.append((n, number))
            else:
                end()
    end()
    return found


def _holds_numbers(lines: list[str], kind: str) -> bool:
    rows = [
        [c for c in (line.split("|") if kind == "|" else _apart(line)) if c.strip()]
        for line in lines
    ]
    numbers = [sum(bool(re.search(r"\d", cell)) for cell in row) for row in rows]
    return sum(count > (kind != "|") for count in numbers) >= 2 or (
        kind == "|" and sum(numbers) >= 2
    )


def without_tables(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with the lines of its tables empty, so that every paragraph keeps its number."""
    lines = text.split("\n")
    for first, last in spans:
        lines[first - 1 : last] = [""] * (last - first + 1)
    return "\n".join(lines)


def with_tables(
    article: Extract, text: str, spans: list[tuple[int, int]], published: date | None
) -> Extract:
    """An article with the figures and claims of the tables in its text.

    A table that cannot be read leaves its numerals passed over, with the reason.
    """
    lines = text.split("\n")
    found: list[_Found] = []
    refused: dict[int, str] = {}
    said: dict[tuple[int, str], str] = {}  # why a numeral of a table is no figure
    for first, last in spans:
        above = next((line.strip() for line in reversed(lines[: first - 1]) if line.strip()), "")
        title = above if len(above) <= _TITLE and not _SENTENCE.search(above) else ""
        unit = f"{above}\n" if _UNIT.fullmatch(above) else ""
        body = unit + "\n".join(lines[first - 1 : last])
        try:
            tables = read_tables(body, title="" if unit else title, published=published)
        except ExtractError as error:
            refused |= dict.fromkeys(range(first, last + 1), f"a table not read: {error.faults[0]}")
            continue
        shift = first - 1 - bool(unit)
        for read in tables:
            passed = read.passed_over[["paragraph", "reported", "reason"]].dropna()
            for at, reported, reason in passed.itertuples(index=False, name=None):
                if not reason.startswith("in no row"):  # there it is a head, or stands beside it
                    said[int(at) + shift, reported] = reason
        found += [_Found(first, last, _placed(table, lines, shift)) for table in tables]
    figures, relations = [article.figures], [article.relations]
    for n, each in enumerate(found, 1):
        prefix = f"table{n}_"
        cells = each.table.figures
        no_other = cells["name_zh"] == ""  # as those of English lines, in both columns
        cells = cells.assign(name_zh=cells["name_zh"].where(~no_other, cells["name_en"]))
        figures.append(cells.set_index(prefix + cells.index))
        table = each.table.relations
        relations.append(
            table.assign(relation=prefix + table["relation"], figure=prefix + table["figure"])
        )
    every = pd.concat(figures)
    for column in ("row", "column"):
        if column in every:
            every[column] = every[column].fillna("").astype("str")
    every.index.name = "figure"
    notes, ties = _repeated(every, lines)
    every["note"] = pd.array(notes, "str")
    passed = pd.concat([article.passed_over, _left(text, spans, every, refused, said)])
    return replace(
        article,
        figures=every,
        relations=pd.concat([*relations, ties], ignore_index=True),
        passed_over=passed.sort_values(["paragraph", "position"], ignore_index=True),
    )


def _placed(table: Extract, lines: list[str], shift: int) -> Extract:
    """A table with its figures where they stand in the text."""
    ahead: dict[int, int] = {}
    places: list[tuple[int, int | None]] = []
    figures = table.figures
    for line, label, reported in zip(
        figures["paragraph"].tolist(), figures["row"], figures["reported"], strict=True
    ):
        paragraph = int(line) + shift
        own = label.split(" / ")[-1]
        for at in range(paragraph, min(paragraph + 30, len(lines)) + 1):
            text = lines[at - 1]
            start = ahead.get(at, max(text.find(own) + len(own), 0) if own in text else 0)
            exact = re.compile(rf"(?<![\d.,]){re.escape(reported)}(?!\d)")
            if match := exact.search(text, start):
                ahead[at] = match.end()
                places.append((at, match.start()))
                break
        else:
            places.append((paragraph, None))
    return replace(
        table,
        figures=figures.assign(
            paragraph=pd.array([p for p, _ in places], "Int64"),
            position=pd.array([s for _, s in places], "Int64"),
        ),
    )


def _left(
    text: str,
    spans: list[tuple[int, int]],
    figures: pd.DataFrame,
    refused: dict[int, str],
    said: dict[tuple[int, str], str],
) -> pd.DataFrame:
    """The numerals of tables that are no figures: of heads, labels, serial numbers."""
    inside = np.zeros(text.count("\n") + 2, dtype=bool)
    for first, last in spans:
        inside[first : last + 1] = True
    numerals = find_numerals(text)
    numerals = numerals[inside[numerals["paragraph"].astype(int)]]
    held: dict[int, list[tuple[int, int]]] = {}
    placed = figures[figures["position"].notna()]
    for paragraph, start, reported in zip(
        placed["paragraph"].astype(int), placed["position"].astype(int), placed["reported"],
        strict=True,
    ):  # fmt: skip
        held.setdefault(paragraph, []).append((start, start + len(reported)))
    rows = []
    for paragraph, start, numeral in zip(*(numerals[c].tolist() for c in numerals), strict=True):
        end = start + len(numeral)
        if not any(a < end and start < b for a, b in held.get(paragraph, [])):
            reason = said.get((paragraph, numeral)) or refused.get(
                paragraph, "head or label of a table"
            )
            rows.append((paragraph, start, numeral, reason))
    return pd.DataFrame(
        {
            "paragraph": pd.array([r[0] for r in rows], "Int64"),
            "position": pd.array([r[1] for r in rows], "Int64"),
            "reported": pd.array([r[2] for r in rows], "str"),
            "reason": pd.array([r[3] for r in rows], "str"),
        }
    )


# --- What text and table both say -----------------------------------------------------------------


def _repeated(figures: pd.DataFrame, lines: list[str]) -> tuple[list[str], pd.DataFrame]:
    """Notes with what a figure of the text repeats, and claims that both are one number.

    The text must name what a cell's labels name, or say 合计 of a total, and print its number in
    the same unit; of several such cells, the one of the same period is meant.
    """
    columns = ["name_zh", "value", "unit", "row", "column", "paragraph", "position", "reported"]
    columns += ["as_of", "note"]
    rows = figures.reindex(columns=columns).fillna({"row": "", "column": ""}).to_dict("index")
    cells: dict[float | str, list[str]] = {}
    for key, row in rows.items():
        if row["row"]:
            cells.setdefault(abs(row["value"]), []).append(str(key))
            if is_scaled(row["unit"]):  # 35.2 in 万人 is 352,000 人 in the text
                cells.setdefault(_printed(row["reported"] + row["unit"]), []).append(str(key))
    ties: list[tuple[str, ...]] = []
    for key, row in rows.items():
        if row["row"]:
            continue
        in_powers = cells.get(_printed(row["reported"]), [])
        same = [
            other
            for other in cells.get(abs(row["value"]), [])
            if rows[other]["unit"] in (row["unit"], "")
        ]
        alike = [n for n in dict.fromkeys([*same, *in_powers]) if _one_name(row, rows[n], lines)]
        if len(alike) > 1:
            alike = [n for n in alike if rows[n]["as_of"] == row["as_of"]]
        if len(alike) != 1:
            continue
        cell = rows[alike[0]]
        said = f"repeated in the table, paragraph {cell['paragraph']}: {cell['reported']}"
        row["note"] = "; ".join(filter(None, [row["note"], said]))
        if cell["unit"] == row["unit"]:
            claim = f"repeats_{len(ties) // 2 + 1:02}", "sum"
            note = "text and table print one number"
            ties.append((*claim, "total", str(key), "proposed", note))
            ties.append((*claim, "part", alike[0], "proposed", note))
    names = ["relation", "kind", "role", "figure", "status", "note"]
    return [row["note"] for row in rows.values()], pd.DataFrame(ties, columns=names, dtype="str")


def _printed(text: str) -> str:
    """A number and its unit without what may stand before or in it: 增长1,352.5万元."""
    return re.sub(r"^\D+|[,，\s]", "", text)


def _one_name(row: dict[Hashable, Any], cell: dict[Hashable, Any], lines: list[str]) -> bool:
    """Whether a figure of the text is named like a cell, or as the sum where that is a total."""
    if _names_alike(row["name_zh"], cell["row"], cell["column"]):
        return True
    total = any(is_total(path.split(" / ")[-1]) for path in (cell["row"], cell["column"]))
    if not total or pd.isna(row["position"]):
        return False
    before = lines[int(row["paragraph"]) - 1][: int(row["position"])]
    return bool(_SUMMED.search(re.split(r"[,，;；。、]", before)[-1]))


def _names_alike(name: str, row: str, column: str) -> bool:
    """Whether a name of the text is in the labels of a cell, or holds one of them."""
    return any(label in name or name in label for label in _labels(row, column)) if name else False


def _labels(*paths: str) -> Iterator[str]:
    for path in paths:
        for label in path.split(" / "):
            bare = _AROUND.sub("", label)
            if len(bare) > 1 and not re.fullmatch(r"[\d年月\-]+", bare):
                yield bare
