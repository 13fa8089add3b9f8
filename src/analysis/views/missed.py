"""Figures that were missed: what a person marks in a text, read as `reported` is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..article.read_article import read_article
from ..extract.rows import in_digits
from ..figures import FigureError, find_figures, read_figure
from .folder import Key, Row
from .steps import Refused, place_of

_MOVED = ("change", "difference")
_TOLD = (
    *("name_zh", "name_en", "theme", "value", "unit", "measure", "when", "period_start", "as_of"),
    *("against", "basis", "note", "reported"),
)


class Found(NamedTuple):
    """A numeral of the text that could be a figure."""

    paragraph: int
    position: int
    reported: str
    row: Row  # of figures.csv, as far as the text tells
    key: str


class Finder:
    """The figures of a text, by the place that somebody marks in it."""

    def __init__(self, text: str | None) -> None:
        self.text = text
        self._lines = text.split("\n") if text is not None else []
        self._proposals: dict[tuple[int, int], tuple[str, Row]] | None = None

    def find(self, paragraph: int, start: int, end: int, figures: Iterable[Row]) -> Found:
        """The figure at a place of the text that somebody has marked; lines count from 1.

        Where it is part of what the text prints as one figure, it is the whole of that.
        """
        if not (1 <= paragraph <= len(self._lines)):
            raise Refused("There is no text there")
        line = self._lines[paragraph - 1]
        if not (0 <= start < end <= len(line)):
            raise Refused("There is no text there")
        marked = line[start:end]
        start += len(marked) - len(marked.lstrip())
        marked = marked.strip()
        whole = _found_around(line, start, start + len(marked))
        if whole:
            start, marked = whole
        try:
            read = read_figure(marked)
        except FigureError as error:
            why = str(error).splitlines()[0]
            raise Refused("This is no figure: {why}", "reported", why=why) from error
        for row in figures:
            at = place_of(row)
            if (
                at[0] == paragraph
                and at[1] < start + len(marked)
                and start < at[1] + len(row["reported"])
            ):
                raise Refused("{other} is a figure already", "reported", other=row["reported"])
        key, proposed = self._proposed().get((paragraph, start), ("", {}))
        moved = read.measure in _MOVED
        row = {
            "reported": marked,
            "value": in_digits(read.value),
            "unit": read.unit,
            "measure": read.measure,
            "against": "not stated" if moved else "",
            "basis": "not stated" if read.measure == "change" else "",
        }
        row |= proposed if proposed.get("reported") == marked else {}
        row |= {"paragraph": str(paragraph), "position": str(start), "status": "proposed"}
        return Found(paragraph, start, marked, row, key)

    def _proposed(self) -> dict[tuple[int, int], tuple[str, Row]]:
        """What the text tells of each of its figures, by place."""
        if self._proposals is None:
            figures = read_article(self.text or "").figures
            days = {
                name: figures[name].dt.strftime("%Y-%m-%d").fillna("")
                for name in ("period_start", "as_of")
            }
            values = [in_digits(x) for x in figures["value"].astype(float)]
            table = figures.assign(value=values, **days)
            places = zip(table["paragraph"], table["position"], strict=True)
            rows = table.reset_index()[["figure", *_TOLD]].astype(str).to_dict("records")
            self._proposals = {
                (int(p), int(at)): (str(row.pop("figure")), {str(k): v for k, v in row.items()})
                for (p, at), row in zip(places, rows, strict=True)
            }
        return self._proposals


def _found_around(line: str, start: int, end: int) -> tuple[int, str] | None:
    """The figure as the text prints it that holds what was marked, or begins within it."""
    for row in find_figures(line).to_dict("records"):
        at, reported = int(row["position"]), str(row["reported"])
        if at <= start and end <= at + len(reported):
            return at, reported
    return None


def in_order(rows: dict[Key, Row]) -> dict[Key, Row]:
    """Rows of what is passed over, as they stand in the text."""
    return dict(sorted(rows.items(), key=lambda item: place_of(item[1])))


def with_reason(
    rows: dict[Key, Row],
    paragraph: int,
    position: int,
    reason: str,
    left: list[tuple[int, int, str]],
) -> dict[Key, Row]:
    """Rows of what is passed over, of which one says why; it may be `left` without a row so far."""
    place = str(paragraph), str(position)
    row = rows.get(place)
    if row is None:
        if not left:
            raise Refused("There is no numeral there that is no figure")
        row = {"paragraph": place[0], "position": place[1], "reported": left[0][2]}
    return in_order(rows | {place: row | {"reason": reason}})


def free_key(wanted: str, taken: dict[Key, Row]) -> str:
    """A key of word characters that no figure has."""
    key = "".join(c if c.isalnum() or c == "_" else "_" for c in wanted).strip("_") or "figure"
    number = 2
    free = key
    while (free,) in taken:
        free, number = f"{key}_{number}", number + 1
    return free
