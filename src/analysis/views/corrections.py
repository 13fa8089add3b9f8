"""What a correction writes: a claim's figures, a time's days, and in which others it is alike.

And figures that were missed: what a person marks in a text, read as `reported` is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from ..article.periods import dates_of
from ..article.read_article import read_article
from ..article.words import fold
from ..extract.rows import in_digits
from ..extract.schema import HIDDEN
from ..figures import FigureError, find_figures, read_figure
from ..kinds import KINDS
from .folder import PACKAGE, SOURCE, Key, Row
from .steps import Refused, Tables, claim_rows, key_of, place_of

TIME = ("when", "period_start", "as_of")
_MOVED = ("change", "difference")
_NAMES = ("name_zh", "name_en")
_RUNS = ("theme", "unit", "against", "basis")  # hold until something else is said


def written(row: Row, column: str) -> dict[str, str]:
    """What is written with a cell: a time is three of them, and a name is in two languages."""
    together = next((of for of in (TIME, _NAMES) if column in of), (column,))
    return {name: row[name] for name in together}


def correct(tables: Tables, figure: str, column: str, value: str) -> None:
    """Write a cell of a figure, and what follows from it.

    A time phrase brings its days; what was no change until now needs a base, and the reverse; the
    figures that claims tie to it in one unit stay in one. A change that had the name of its value
    has it still, and what was one name in both languages is one.
    """
    row = tables["figures"][(figure,)]
    before, row[column] = dict(row), value
    if column == "measure":
        moved, change = value in _MOVED, value == "change"
        row["against"] = (row["against"] or "not stated") if moved else ""
        row["basis"] = (row["basis"] or "not stated") if change else ""
    elif column == "when":
        row |= days_of(tables, figure, value, before["when"])
    elif column == "unit":
        for other in _in_one_unit(tables, figure, before["unit"]):
            tables["figures"][(other,)]["unit"] = value
    elif column in _NAMES:
        if value and before["name_zh"] == before["name_en"]:
            row |= dict.fromkeys(_NAMES, value)
        for other in _of_one_name(tables, before):
            tables["figures"][(other,)] |= written(row, column)


def _of_one_name(tables: Tables, before: Row) -> set[str]:
    """The unread figures that had the name of one, and that a change ties to it."""
    rows = [row for row in tables["relations"].values() if row["kind"] == "change"]
    mine = {row["relation"] for row in rows if row["figure"] == before["figure"]}
    tied = {row["figure"] for row in rows if row["relation"] in mine} - {before["figure"]}
    had = written(before, _NAMES[0])
    figures = ((key, tables["figures"].get((key,))) for key in tied if any(had.values()))
    return {key for key, row in figures if row and row["status"] and written(row, _NAMES[0]) == had}


def _in_one_unit(tables: Tables, figure: str, unit: str) -> set[str]:
    """The figures in a unit that claims tie to one as what has to be in one unit with it."""
    claims: dict[str, set[str]] = {}
    for row in tables["relations"].values():
        of = tables["figures"].get((row["figure"],))
        same = of is not None and (row["figure"] == figure or of["unit"] == unit)
        if same and row["kind"] in KINDS and row["role"] in KINDS[row["kind"]].one_unit:
            claims.setdefault(row["relation"], set()).add(row["figure"])
    tied = {figure}
    while more := [each for each in claims.values() if each & tied and each - tied]:
        tied.update(*more)
    return tied - {figure}


def days_of(tables: Tables, figure: str, phrase: str, before: str = "") -> dict[str, str]:
    """The days of a time phrase, as far as it, the day of publication and the text tell them.

    The year of 上半年 is that of the figure, or else of the last one before it that has one. Where
    a phrase tells no day, the days stay, but for those that the phrase `before` told; where there
    is no phrase, none stay.
    """
    if not phrase:
        return dict.fromkeys(TIME[1:], "")
    published = None
    with suppress(ValueError):
        published = date.fromisoformat(tables[PACKAGE][SOURCE].get("published", ""))
    year = None
    for row in tables["figures"].values():
        day = row["as_of"] or row["period_start"]
        year = int(day[:4]) if day else year
        if row["figure"] == figure:
            break
    told, old = (
        dict(zip(TIME[1:], dates_of(fold(each), year, published), strict=True))
        for each in (phrase, before)
    )
    if any(told.values()):
        return told
    row = tables["figures"][(figure,)]
    return told if before and all(row[name] == day for name, day in old.items()) else {}


def alike(tables: Mapping[str, dict[Key, Row]], before: Row, column: str) -> list[str]:
    """The unread figures that had the same in a cell which was corrected in one.

    The same name is that in both languages, and one that is said; a theme, a unit or a base holds
    until something else is said, so only those after it count.
    """
    keys = [key for (key,) in tables["figures"]]
    if column in _NAMES:
        of: tuple[str, ...] = _NAMES
    elif column in (*TIME, *_RUNS):
        of = TIME if column in TIME else (column,)
    else:
        return []
    near = keys[keys.index(before["figure"]) + 1 :] if column in _RUNS else keys
    had = [before[name] for name in of]
    if column in _NAMES and not any(had):
        return []
    rows = ((key, tables["figures"][(key,)]) for key in near if key != before["figure"])
    return [key for key, row in rows if row["status"] and [row[name] for name in of] == had]


def set_aside(tables: Tables, figure: str, reason: str) -> None:
    """A figure that is none goes to the passed-over, and its claims go.

    Of a claim with other parts left only the part goes.
    """
    gone = tables["figures"].pop((figure,))
    for relation in {r["relation"] for r in tables["relations"].values() if r["figure"] == figure}:
        rows = list(claim_rows(tables, relation))
        others = [row for row in rows if row["figure"] != figure]
        mine = [row for row in rows if row["figure"] == figure]
        is_part = all(row["role"] == "part" for row in mine)
        left = is_part and any(row["role"] == "part" for row in others)
        for row in mine if left else rows:
            del tables["relations"][key_of(row)]
    if gone["paragraph"] and gone["position"]:
        names = ("paragraph", "position", "reported")
        row = {name: gone[name] for name in names} | {"reason": reason}
        passed = tables["passed-over"] | {(gone["paragraph"], gone["position"]): row}
        tables["passed-over"] = in_order(passed)


def add_claim(
    rows: dict[Key, Row], kind: str, roles: Sequence[str], figures: Sequence[str]
) -> dict[Key, Row]:
    """The rows of a claim that was missed, under a key of its own; who adds it has read it."""
    if not figures or len(roles) != len(figures):
        raise Refused("A claim ties figures, each with a role")
    taken = {row["relation"] for row in rows.values()}
    number = 1
    while (relation := f"{kind}_{number:02d}") in taken:
        number += 1
    said = {"relation": relation, "kind": kind, "status": "", "note": ""}
    return {
        (relation, role, figure): said | {"role": role, "figure": figure}
        for role, figure in zip(roles, figures, strict=True)
    }


def tied(rows: dict[Key, Row], relation: str, role: str, figure: str, to: str) -> dict[Key, Row]:
    """Rows of claims with another figure in a role of one.

    Without `figure` one more has the role, without `to` one less.
    """
    old, new = (relation, role, figure), (relation, role, to)
    if figure and old not in rows:
        raise Refused("There is no claim {key}", key=relation)
    if new in rows:
        raise Refused("{to} already has that role in this claim", "figure", to=to)
    made: dict[Key, Row] = {}
    of = [key for key in rows if key[0] == relation]
    for key, row in rows.items():
        if key != old:
            made[key] = row
        elif to:
            made[new] = row | {"figure": to}
        if key == of[-1] and not figure:
            made[new] = row | {"role": role, "figure": to}
    return made


# --- Figures that were missed ---------------------------------------------------------------------
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
        marked = HIDDEN.sub("", marked)
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
